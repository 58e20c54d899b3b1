//! Passages: the words that are cited, with what stands around them, so that they are found again in a later reading.

use sitrep_language::{fold, sentences};
use sitrep_model::citation::Passage;
use std::ops::Range;

/// Code points kept before and after the words.
const AROUND: usize = 32;

/// The passage of a range of code points; the range is cut to the text.
pub fn make(text: &str, range: Range<usize>) -> Passage {
    of(&text.chars().collect::<Vec<char>>(), range)
}

fn of(text: &[char], range: Range<usize>) -> Passage {
    let end = range.end.min(text.len());
    let start = range.start.min(end);
    let part = |range: Range<usize>| text[range].iter().collect::<String>();
    Passage {
        exact: part(start..end),
        prefix: part(start.saturating_sub(AROUND)..start),
        suffix: part(end..(end + AROUND).min(text.len())),
    }
}

/// Where a passage stands in a text, in code points: the exact words, and where these stand several times, where most
/// of what was around them stands too. Words that are only spelt differently (other white space, ی for ي, …) are found too.
pub fn find(text: &str, passage: &Passage) -> Option<Range<usize>> {
    if passage.exact.is_empty() {
        return None;
    }
    let text: Vec<char> = text.chars().collect();
    let plain = Needle::new(passage, |text| text.chars().collect());
    let places: Vec<usize> = (0..text.len()).collect();
    if let Some(found) = plain.best(&text) {
        return Some(found);
    }
    let (folded, places) = folded(&text, &places);
    let needle = Needle::new(passage, |text| {
        let characters: Vec<char> = text.chars().collect();
        self::folded(&characters, &(0..characters.len()).collect::<Vec<_>>()).0
    });
    let found = needle.best(&folded)?;
    Some(*places.get(found.start)?..places.get(found.end.checked_sub(1)?)? + 1)
}

/// The sentences of a document as passages, in order; offsets are those of the paragraphs joined by a line break.
pub fn candidates(paragraphs: &[String]) -> Vec<Passage> {
    let text: Vec<char> = paragraphs.join("\n").chars().collect();
    let mut start = 0;
    let mut found = Vec::new();
    for paragraph in paragraphs {
        for sentence in sentences::sentences(paragraph) {
            found.push(of(&text, start + sentence.start..start + sentence.end));
        }
        start += paragraph.chars().count() + 1;
    }
    found
}

/// Folded characters without white space, each with the place it comes from.
fn folded(text: &[char], places: &[usize]) -> (Vec<char>, Vec<usize>) {
    let mut characters = Vec::with_capacity(text.len());
    let mut origins = Vec::with_capacity(text.len());
    let mut buffer = [0; 4];
    for (c, place) in text.iter().zip(places) {
        if c.is_whitespace() {
            continue;
        }
        for c in fold::fold(c.encode_utf8(&mut buffer)).chars() {
            characters.push(c);
            origins.push(*place);
        }
    }
    (characters, origins)
}

struct Needle {
    exact: Vec<char>,
    prefix: Vec<char>,
    suffix: Vec<char>,
}

impl Needle {
    fn new(passage: &Passage, make: impl Fn(&str) -> Vec<char>) -> Self {
        Self { exact: make(&passage.exact), prefix: make(&passage.prefix), suffix: make(&passage.suffix) }
    }

    fn best(&self, text: &[char]) -> Option<Range<usize>> {
        let first = self.exact.first()?;
        let last = text.len().checked_sub(self.exact.len())?;
        let mut best: Option<(usize, usize)> = None;
        for at in 0..=last {
            if text[at] != *first || text[at..at + self.exact.len()] != self.exact[..] {
                continue;
            }
            let before = text[..at].iter().rev().zip(self.prefix.iter().rev()).take_while(|(a, b)| a == b).count();
            let after = text[at + self.exact.len()..].iter().zip(&self.suffix).take_while(|(a, b)| a == b).count();
            if best.is_none_or(|(_, score)| before + after > score) {
                best = Some((at, before + after));
            }
        }
        best.map(|(at, _)| at..at + self.exact.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_passage_is_found_where_its_surroundings_are() {
        let text = "گفت: «نه». سپس گفت: «آری». سپس رفت.";
        let at = text.chars().position(|c| c == 'آ').unwrap() - 6;
        let passage = make(text, at..at + 3);
        assert_eq!(passage.exact, "گفت");
        assert_eq!(find(text, &passage), Some(at..at + 3));
        assert_eq!(find(&format!("پیش‌گفتار. {text}"), &passage), Some(at + 11..at + 14));
    }

    #[test]
    fn another_spelling_is_found_too() {
        let passage = make("رئيسي  گفت كه می‌رود", 0..100);
        assert_eq!(find("دیروز رئیسی گفت که میرود.", &passage), Some(6..24));
        assert_eq!(find("nothing of it", &passage), None);
        let backwards = std::ops::Range { start: 2, end: 1 };
        assert_eq!(make("abc", backwards).exact, "");
    }

    #[test]
    fn sentences_are_candidates_with_their_surroundings() {
        let paragraphs = ["First one. Second one.".to_owned(), "Третья фраза.".to_owned()];
        let found = candidates(&paragraphs);
        let exact: Vec<&str> = found.iter().map(|passage| passage.exact.as_str()).collect();
        assert_eq!(exact, ["First one.", "Second one.", "Третья фраза."]);
        assert_eq!(found[2].prefix, "First one. Second one.\n");
        assert!(found.iter().all(|passage| find(&paragraphs.join("\n"), passage).is_some()));
    }
}
