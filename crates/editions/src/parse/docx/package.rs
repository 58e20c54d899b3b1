//! The package: a zip whose parts are read one by one, each within a bound.

use super::relations;
use crate::Error;
use std::io::{Cursor, Read as _};
use zip::ZipArchive;

/// The largest package that is opened: pictures are most of a document.
const MAX_PACKAGE: usize = 64 * 1024 * 1024;
/// The largest part that is read, unpacked.
const MAX_PART: usize = 32 * 1024 * 1024;
/// Entries of a package; a document has some dozens.
const MAX_ENTRIES: usize = 10_000;

/// Whether bytes begin as a zip does.
pub(in crate::parse) fn is_zip(input: &[u8]) -> bool {
    input.starts_with(b"PK\x03\x04") || input.starts_with(b"PK\x05\x06")
}

/// Whether bytes begin as files of Word did before 2007, and encrypted ones do today.
pub(in crate::parse) fn is_ole(input: &[u8]) -> bool {
    input.starts_with(&[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1])
}

/// Why such a file is refused.
pub(in crate::parse) fn refuse_ole(input: &[u8]) -> Error {
    let holds = |name: &str| {
        let wide: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let head = &input[..input.len().min(MAX_PACKAGE)];
        head.windows(wide.len()).any(|window| window == wide)
    };
    if holds("EncryptedPackage") {
        return document("the document is encrypted", "open it with its password, save it without one and try again");
    }
    document(
        "the file is in Word's format of before 2007 (.doc)",
        "open it in a word processor, save it as .docx and try again",
    )
}

fn document(message: &str, hint: &str) -> Error {
    Error::Document { message: message.to_owned(), hint: hint.to_owned() }
}

/// A zip that is no document of Word.
pub(super) fn no_word(why: &str) -> Error {
    document(&format!("the file is no Word document: {why}"), "save the edition as .docx, HTML or text and try again")
}

pub(super) struct Package<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    types: String,
}

impl<'a> Package<'a> {
    pub(super) fn open(input: &'a [u8]) -> Result<Self, Error> {
        if input.len() > MAX_PACKAGE {
            return Err(Error::TooLarge { bytes: input.len(), limit: MAX_PACKAGE });
        }
        // Counted before the directory is read, so that no directory of millions is built.
        let entries = input.windows(4).filter(|window| *window == b"PK\x01\x02").take(MAX_ENTRIES + 1).count();
        if entries > MAX_ENTRIES {
            return Err(no_word(&format!("it holds more than {MAX_ENTRIES} files")));
        }
        let archive = ZipArchive::new(Cursor::new(input))
            .map_err(|error| document(&format!("the document is damaged ({error})"), "save it again and try again"))?;
        let mut package = Self { archive, types: String::new() };
        if let Some(kind) = package.part("mimetype")?
            && kind.starts_with("application/vnd.oasis")
        {
            return Err(no_word("it is an OpenDocument file"));
        }
        package.types = package.part("[Content_Types].xml")?.unwrap_or_default();
        if package.types.contains("macroEnabled.main+xml") || package.types.contains("macroEnabledTemplate.main+xml") {
            return Err(document("the document is one with macros (.docm)", "save it as .docx and try again"));
        }
        Ok(package)
    }

    /// The name of the part with the text.
    pub(super) fn main_part(&mut self) -> Result<String, Error> {
        let relations = self.part("_rels/.rels")?;
        let named = relations::main(relations.as_deref())?.unwrap_or_else(|| "word/document.xml".to_owned());
        if self.archive.index_for_name(&named).is_some() {
            return Ok(named);
        }
        let other = if self.has("xl/") { "it is a spreadsheet" } else { "it has no text part" };
        Err(no_word(if self.has("ppt/") { "it is a presentation" } else { other }))
    }

    fn has(&self, beginning: &str) -> bool {
        self.archive.file_names().flatten().any(|name| name.starts_with(beginning))
    }

    /// A part's text; `None` where the package has no such part.
    pub(super) fn part(&mut self, name: &str) -> Result<Option<String>, Error> {
        let Some(index) = self.archive.index_for_name(name) else {
            return Ok(None);
        };
        let damaged = |error: &dyn std::fmt::Display| {
            document(&format!("the document is damaged: {name}: {error}"), "save it again and try again")
        };
        let entry = self.archive.by_index(index).map_err(|error| damaged(&error))?;
        let mut bytes = Vec::new();
        entry.take(MAX_PART as u64 + 1).read_to_end(&mut bytes).map_err(|error| damaged(&error))?;
        if bytes.len() > MAX_PART {
            return Err(Error::TooLarge { bytes: bytes.len(), limit: MAX_PART });
        }
        Ok(Some(sitrep_language::charset::decode(&bytes, None, None).text))
    }

    /// What stands in the package and is not read, in words.
    pub(super) fn left_out(&self) -> Vec<String> {
        let count = |test: &dyn Fn(&str) -> bool| self.archive.file_names().flatten().filter(|name| test(name)).count();
        let mut found = Vec::new();
        if count(&|name| name.ends_with("vbaProject.bin")) > 0 {
            found.push("macros, which were not read".to_owned());
        }
        let pictures = count(&|name| name.contains("/media/"));
        if pictures > 0 {
            found.push(format!("{pictures} pictures, which were not read"));
        }
        let objects = count(&|name| name.contains("/embeddings/") || name.contains("/activeX/"));
        if objects > 0 {
            found.push(format!("{objects} embedded objects, which were not read"));
        }
        let margins = count(&|name| {
            let file = name.rsplit('/').next().unwrap_or_default();
            (file.starts_with("header") || file.starts_with("footer")) && file.ends_with(".xml")
        });
        if margins > 0 {
            found.push("headers and footers of its pages, which were not read".to_owned());
        }
        found
    }
}
