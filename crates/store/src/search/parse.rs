//! What somebody typed: words, `"phrases"`, `-without`, `field:value`.

use sitrep_language::fold::fold;

/// The fields that can be named.
pub(super) const FIELDS: [&str; 9] =
    ["section", "outlet", "language", "actor", "place", "campaign", "layer", "type", "cites"];

/// One part of a question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Part {
    /// One word, as typed.
    Word(String),
    /// Words next to each other, as typed.
    Phrase(String),
    /// `section=levant`.
    Tag(String),
}

/// A question, read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Question {
    pub(super) wanted: Vec<Part>,
    pub(super) unwanted: Vec<Part>,
}

/// Parts of a question that are looked at; the rest of an endless one is left out.
const PARTS: usize = 32;

/// Reads what was typed. Everything can be read: what has no meaning as a sign is a word.
pub(super) fn read(text: &str) -> Question {
    let mut question = Question::default();
    let mut rest = text.trim_start();
    while !rest.is_empty() && question.wanted.len() + question.unwanted.len() < PARTS {
        let (unwanted, from) = match rest.strip_prefix(['-', '\u{2212}']) {
            Some(behind) if behind.starts_with(|c: char| c.is_alphanumeric() || is_quote(c)) => (true, behind),
            _ => (false, rest),
        };
        let (parts, behind) = part(from);
        let to = if unwanted { &mut question.unwanted } else { &mut question.wanted };
        to.extend(parts);
        rest = behind.trim_start();
    }
    question
}

fn is_quote(c: char) -> bool {
    matches!(c, '"' | '“' | '”' | '„' | '«' | '»')
}

fn part(text: &str) -> (Vec<Part>, &str) {
    if text.starts_with(is_quote) {
        let (phrase, behind) = quoted(text);
        return (vec![Part::Phrase(phrase.to_owned())], behind);
    }
    let end = text.find(|c: char| c.is_whitespace() || is_quote(c)).unwrap_or(text.len());
    let word = &text[..end];
    if let Some((field, value)) = word.split_once(':')
        && let Some(field) = FIELDS.into_iter().find(|known| *known == field.to_ascii_lowercase())
    {
        let behind_colon = &text[field.len() + 1..];
        let (value, behind) = if value.is_empty() && behind_colon.starts_with(is_quote) {
            quoted(behind_colon)
        } else {
            (value, &text[end..])
        };
        if field == "section" || field == "outlet" {
            // A section is found by any word of its title, a host by the host: each word of the value must be there.
            let tags = value.split_whitespace().map(|value| Part::Tag(format!("{field}={}", fold(value))));
            return (tags.collect(), behind);
        }
        let value = value.to_lowercase();
        return (if value.is_empty() { Vec::new() } else { vec![Part::Tag(format!("{field}={value}"))] }, behind);
    }
    let words = super::words::split(word);
    let parts = match words.len() {
        0 => Vec::new(),
        1 => words.iter().map(|word| Part::Word(word.surface.to_owned())).collect(),
        // `Iran-backed`, `isna.ir`: words that were typed as one stand next to each other.
        _ => vec![Part::Phrase(word.to_owned())],
    };
    (parts, &text[end..])
}

/// What stands between quotation marks, and what comes behind; an open one goes to the end.
fn quoted(text: &str) -> (&str, &str) {
    let inside = text.trim_start_matches(is_quote);
    match inside.char_indices().find(|(_, c)| is_quote(*c)) {
        Some((end, mark)) => (&inside[..end], &inside[end + mark.len_utf8()..]),
        None => (inside, ""),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_phrases_exclusions_and_fields_are_told_apart() {
        let question = read("drone \"Quds Force\" -Erbil section:Levant -outlet:isna.ir Iran-backed actor:irgc");
        assert_eq!(
            question.wanted,
            [
                Part::Word("drone".into()),
                Part::Phrase("Quds Force".into()),
                Part::Tag("section=levant".into()),
                Part::Phrase("Iran-backed".into()),
                Part::Tag("actor=irgc".into()),
            ]
        );
        assert_eq!(question.unwanted, [Part::Word("Erbil".into()), Part::Tag("outlet=isna.ir".into())]);
    }

    #[test]
    fn whatever_is_typed_can_be_read() {
        for text in ["", "\"", "\"\"", "- -- -", "section:", "section:\"", "a\"b", "«رئیسی", ":", "x:y", "—", "'", "‌"]
        {
            let _ = read(text);
        }
        assert_eq!(
            read("section:\"axis of\"").wanted,
            [Part::Tag("section=axis".into()), Part::Tag("section=of".into())]
        );
    }
}
