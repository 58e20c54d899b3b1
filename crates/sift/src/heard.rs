//! A document as it was read, before it has a place in the stream. Reading needs nothing of what came before, so that many
//! documents can be read at once.

use crate::fingerprint::Fingerprint;
use crate::glossary::Glossary;
use crate::telling::Telling;

/// What was read of a document.
#[derive(Debug, Clone)]
pub struct Heard {
    pub(crate) telling: Telling,
    pub(crate) fingerprint: Fingerprint,
}

/// Reads documents, one at a time, and remembers words that it met: the same document is read alike by all.
#[derive(Debug, Default)]
pub struct Listener {
    glossary: Glossary,
}

impl Listener {
    /// Reads a document's title and main text; `language` is BCP 47, and found where it is empty.
    pub fn hear(&mut self, title: &str, text: &str, language: &str) -> Heard {
        Heard {
            telling: Telling::of(&mut self.glossary, title, text, language),
            fingerprint: Fingerprint::of(&format!("{title}\n{text}")),
        }
    }
}
