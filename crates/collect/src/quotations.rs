//! What a text quotes, and who said it: quotation marks of each script, and the words around them by which a language says
//! that somebody speaks. Rules alone: where they find no speaker, none is named.

mod marks;
mod speakers;
mod speech;

use serde::Serialize;
use speech::Speech;

/// Quotations of one text, at most.
const MOST: usize = 2_000;

/// Words from which a quotation counts though nothing says that it was spoken. Fewer are mostly a name, or a word held at
/// a distance.
const WORDS: usize = 5;

/// Something that is quoted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Quotation {
    /// The words between the marks, as printed.
    pub text: String,
    /// Who said it, as printed: name and title, or an office. A pronoun is answered by the speaker before it.
    pub speaker: Option<String>,
    /// The word that says that it was said, as printed.
    pub verb: Option<String>,
    /// The paragraph that it stands in, counted from nought.
    pub paragraph: usize,
}

/// What a text quotes. `language` is its BCP 47 code; English, Persian, Arabic, Hebrew and Russian are known, and of any
/// other the quotations are found without their speakers.
pub fn find(paragraphs: &[String], language: &str) -> Vec<Quotation> {
    let speech = Speech::of(language);
    let mut found: Vec<Quotation> = Vec::new();
    let mut last: Option<String> = None;
    for (index, paragraph) in paragraphs.iter().enumerate() {
        let quoted = marks::quoted(paragraph, paragraphs.get(index + 1).map(String::as_str));
        let mut named: Option<(String, Option<String>)> = None;
        for (number, inner) in quoted.iter().enumerate() {
            let text = paragraph[inner.clone()].trim().trim_end_matches([',', '،']).trim_end();
            let after = quoted.get(number + 1).map_or(paragraph.len(), |next| next.start);
            let said = speech.and_then(|speech| speakers::of(paragraph, inner, after, speech, last.as_deref()));
            let words = text.split_whitespace().count();
            let is_held = match &said {
                None => words < WORDS,
                Some(said) => words < 2 && !said.near,
            };
            if let Some(speaker) = said.as_ref().and_then(|said| said.speaker.as_ref()) {
                last = Some(speaker.clone());
            }
            if text.is_empty() || is_held {
                continue;
            }
            let opens = paragraph[..inner.start].trim().chars().count() <= 1;
            let (speaker, verb) = match said {
                Some(said) => {
                    if let Some(speaker) = &said.speaker {
                        named = Some((speaker.clone(), None));
                    }
                    (said.speaker, said.verb)
                }
                // What goes on in the same paragraph is said by the same; and a paragraph that is all quotation goes on
                // with the one before it.
                None => match &named {
                    Some((speaker, verb)) => (Some(speaker.clone()), verb.clone()),
                    None if opens && found.last().is_some_and(|before| before.paragraph + 1 == index) => {
                        (last.clone(), None)
                    }
                    None => (None, None),
                },
            };
            found.push(Quotation { text: text.to_owned(), speaker, verb, paragraph: index });
            if found.len() >= MOST {
                return found;
            }
        }
    }
    found
}

#[cfg(test)]
mod tests;
