//! What somebody typed: words, `"phrases"`, `-without`, `field:value`.

use jiff::civil::{Date, date};
use jiff::{Timestamp, ToSpan as _};
use sitrep_language::fold::fold;
use sitrep_model::Kind;

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
    /// As typed.
    pub(super) text: String,
    pub(super) wanted: Vec<Part>,
    pub(super) unwanted: Vec<Part>,
    /// Only these kinds; empty for all.
    pub(super) kinds: Vec<Kind>,
    /// Valid time from here on, and before this.
    pub(super) from: Option<Timestamp>,
    pub(super) to: Option<Timestamp>,
}

/// Parts of a question that are looked at; the rest of an endless one is left out.
const PARTS: usize = 32;

/// Reads what was typed. Everything can be read: what has no meaning as a sign is a word.
pub(super) fn read(text: &str) -> Question {
    let mut question = Question { text: text.trim().to_owned(), ..Question::default() };
    let mut rest = text.trim_start();
    while !rest.is_empty() && question.wanted.len() + question.unwanted.len() < PARTS {
        let (unwanted, from) = match rest.strip_prefix(['-', '\u{2212}']) {
            Some(behind) if behind.starts_with(|c: char| c.is_alphanumeric() || is_quote(c)) => (true, behind),
            _ => (false, rest),
        };
        if !unwanted && let Some(behind) = bound(&mut question, from) {
            rest = behind.trim_start();
            continue;
        }
        let (parts, behind) = part(from);
        let to = if unwanted { &mut question.unwanted } else { &mut question.wanted };
        to.extend(parts);
        rest = behind.trim_start();
    }
    question
}

/// Takes `kind:…`, `date:…`, `after:…`, `before:…` in; `None` for anything else.
fn bound<'t>(question: &mut Question, text: &'t str) -> Option<&'t str> {
    let (word, behind) = text.split_at(text.find(char::is_whitespace).unwrap_or(text.len()));
    let (field, value) = word.split_once(':')?;
    let start = |date: Date| date.to_zoned_datetime(jiff::tz::TimeZone::UTC).ok().map(|zoned| zoned.timestamp());
    match field.to_ascii_lowercase().as_str() {
        "kind" => question.kinds.push(Kind::parse(&value.to_lowercase())?),
        "date" => {
            let (from, to) = days(value)?;
            (question.from, question.to) = (start(from), start(to));
        }
        "after" => question.from = start(days(value)?.0),
        "before" => question.to = start(days(value)?.0),
        _ => return None,
    }
    Some(behind)
}

/// The days of `2026-02-20`, `2026-02` or `2026`: the first, and the first behind them. Digits may be of any script.
fn days(text: &str) -> Option<(Date, Date)> {
    let text = fold(text);
    let mut numbers = text.split('-').map(str::parse::<i16>);
    let year = numbers.next()?.ok()?;
    let month = numbers.next().transpose().ok()?;
    let day = numbers.next().transpose().ok()?;
    if numbers.next().is_some() || !(1..=9998).contains(&year) {
        return None;
    }
    let first = Date::new(year, month.unwrap_or(1).try_into().ok()?, day.unwrap_or(1).try_into().ok()?).ok()?;
    let behind = match (month, day) {
        (Some(_), Some(_)) => first.checked_add(1.day()),
        (Some(_), None) => first.checked_add(1.month()),
        _ => first.checked_add(1.year()),
    };
    Some((first, behind.unwrap_or(date(9999, 1, 1))))
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
    fn kinds_and_days_bound_a_question() {
        let question = read("drone kind:edition date:2026-02 kind:event");
        assert_eq!(question.wanted, [Part::Word("drone".into())]);
        assert_eq!(question.kinds, [Kind::Edition, Kind::Event]);
        let time = |text: &str| Some(text.parse::<Timestamp>().unwrap());
        assert_eq!((question.from, question.to), (time("2026-02-01T00:00:00Z"), time("2026-03-01T00:00:00Z")));
        let question = read("after:۲۰۲۶-۰۲-۲۰ before:2027");
        assert_eq!((question.from, question.to), (time("2026-02-20T00:00:00Z"), time("2027-01-01T00:00:00Z")));
        assert_eq!(read("date:soon").from, None);
        assert!(!read("date:soon").wanted.is_empty(), "what is no day is words");
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
