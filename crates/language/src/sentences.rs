//! Where sentences begin and end, in English, Persian, Arabic, Russian and Hebrew.

use std::ops::Range;

/// Words that a full stop follows without ending the sentence.
const ABBREVIATIONS: &[&str] = &[
    "adm", "amb", "approx", "apr", "aug", "ave", "bn", "brig", "capt", "cf", "cmdr", "co", "col", "corp", "cpt", "dec",
    "dept", "dr", "ed", "eds", "eg", "est", "etc", "feb", "fig", "fn", "gen", "gov", "hon", "ie", "inc", "intl", "jan",
    "jr", "jul", "jun", "lt", "ltd", "maj", "mar", "messrs", "min", "mr", "mrs", "ms", "mt", "no", "nos", "nov", "oct",
    "op", "pp", "prof", "rep", "reps", "rev", "sec", "sen", "sens", "sep", "sept", "sgt", "spc", "sr", "st", "supt",
    "vol", "vs", "г", "гг", "гор", "им", "млн", "млрд", "обл", "руб", "ст", "стр", "тыс", "ул",
];

/// The sentences of a paragraph, as code point ranges without the white space around them. A line break ends a
/// sentence.
pub fn sentences(text: &str) -> Vec<Range<usize>> {
    let characters: Vec<char> = text.chars().collect();
    let mut found = Vec::new();
    let mut start = 0;
    while let Some((sentence, next)) = next_sentence(&characters, start) {
        found.push(sentence);
        start = next;
    }
    found
}

/// The topic sentence of a paragraph: its first sentence, in code points.
pub fn topic(text: &str) -> Option<Range<usize>> {
    let characters: Vec<char> = text.chars().collect();
    next_sentence(&characters, 0).map(|(sentence, _)| sentence)
}

/// The first sentence that begins at a place or behind it, and where to look for the next one.
fn next_sentence(characters: &[char], from: usize) -> Option<(Range<usize>, usize)> {
    let (mut start, mut i) = (from, from);
    while i < characters.len() {
        let (end, next) = match characters[i] {
            '\n' => (i, i + 1),
            c if is_stop(c) => match ends_at(characters, start, i) {
                Some(end) => (end, end),
                None => {
                    i += 1;
                    continue;
                }
            },
            _ => {
                i += 1;
                continue;
            }
        };
        if let Some(sentence) = trimmed(characters, start..end) {
            return Some((sentence, next));
        }
        (start, i) = (next, next);
    }
    trimmed(characters, start.min(characters.len())..characters.len()).map(|sentence| (sentence, characters.len()))
}

/// A range without the white space around it; `None` where nothing is left.
fn trimmed(characters: &[char], range: Range<usize>) -> Option<Range<usize>> {
    let (mut start, mut end) = (range.start, range.end);
    while start < end && characters[start].is_whitespace() {
        start += 1;
    }
    while end > start && characters[end - 1].is_whitespace() {
        end -= 1;
    }
    (start < end).then_some(start..end)
}

fn is_stop(c: char) -> bool {
    matches!(c, '.' | '!' | '?' | '؟' | '۔' | '…' | '。')
}

fn is_closing(c: char) -> bool {
    matches!(c, '"' | '”' | '’' | '\'' | ')' | ']' | '»' | '›' | '）')
}

/// Where the sentence that has a stop at `stop` ends, if it does end there.
fn ends_at(characters: &[char], start: usize, stop: usize) -> Option<usize> {
    let mut end = stop + 1;
    while end < characters.len() && (is_stop(characters[end]) || is_closing(characters[end])) {
        end += 1;
    }
    let Some(next) = characters.get(end) else {
        return Some(end);
    };
    if !next.is_whitespace() {
        // A stop inside a number, an address or an abbreviation; a missing blank before a capital ends it.
        let missing_blank = next.is_uppercase()
            && characters[stop] == '.'
            && stop >= 2
            && characters[stop - 1].is_lowercase()
            && characters[stop - 2].is_lowercase()
            && characters.get(end + 1).is_some_and(|c| c.is_lowercase() || c.is_whitespace())
            && !in_address(characters, stop);
        return missing_blank.then_some(end);
    }
    if characters[stop] != '.' {
        let follower = characters[end..].iter().find(|c| !c.is_whitespace());
        // “Why?” he asked.
        return (!follower.is_some_and(|c| c.is_lowercase())).then_some(end);
    }
    let follower = characters[end..].iter().position(|c| !c.is_whitespace()).map(|at| end + at);
    let Some(follower) = follower else {
        return Some(end);
    };
    if characters[follower].is_lowercase() {
        return None;
    }
    let word_start =
        characters[start..stop].iter().rposition(|c| c.is_whitespace() || matches!(c, '(' | '“' | '"' | '['));
    let word: String = characters[word_start.map_or(start, |at| start + at + 1)..stop].iter().collect();
    let next: String = characters[follower..].iter().take_while(|c| c.is_alphanumeric()).take(16).collect();
    (end > stop + 1 || !is_abbreviation(&word, characters[follower], &next)).then_some(end)
}

/// Words that open a sentence far more often than they follow a title or abbreviation.
const OPENERS: &[&str] = &[
    "A",
    "According",
    "After",
    "All",
    "Also",
    "An",
    "And",
    "As",
    "At",
    "Both",
    "But",
    "By",
    "During",
    "For",
    "From",
    "He",
    "Her",
    "His",
    "However",
    "I",
    "If",
    "In",
    "Iran",
    "Iranian",
    "It",
    "Its",
    "Many",
    "Most",
    "No",
    "Not",
    "On",
    "One",
    "Other",
    "Our",
    "Several",
    "She",
    "Since",
    "Some",
    "Such",
    "That",
    "The",
    "Their",
    "Then",
    "There",
    "These",
    "They",
    "This",
    "Those",
    "Thus",
    "To",
    "Two",
    "Under",
    "We",
    "When",
    "While",
    "With",
    "You",
];

/// Whether the stop belongs to a word that has dots of its own, as addresses have.
fn in_address(characters: &[char], stop: usize) -> bool {
    let before = characters[..stop].iter().rev().take_while(|c| !c.is_whitespace());
    before.clone().any(|c| *c == '/' || *c == '@') || before.clone().filter(|c| **c == '.').count() > 0
}

fn is_abbreviation(word: &str, next: char, next_word: &str) -> bool {
    let lower = word.to_lowercase();
    if ABBREVIATIONS.contains(&lower.as_str()) {
        // “No.” and months are abbreviations only before a number.
        return match lower.as_str() {
            "no" | "nos" | "min" | "mar" | "may" | "dec" | "sec" => {
                next.is_numeric() || (lower == "sec" && next.is_uppercase() && word.starts_with('S'))
            }
            "etc" | "inc" | "ltd" | "co" | "corp" | "jr" | "sr" | "bn" => !next.is_uppercase(),
            _ => true,
        };
    }
    let length = word.chars().count();
    // Initials: `J.`, `С.`, `د.`; a sentence may end in `Plan B.`, but before a capital an initial is likelier.
    if length == 1 && word.chars().all(char::is_alphabetic) {
        let cased = word.chars().any(|c| c.is_uppercase() || c.is_lowercase());
        return !cased
            || (word.chars().all(char::is_uppercase) && next.is_uppercase() && !OPENERS.contains(&next_word));
    }
    // U.S., a.m., U.S.-backed: dots inside. Before a word that usually opens a sentence it ends one.
    let parts_are_short = word.split('.').all(|part| part.chars().count() <= 1 || part.contains('-'));
    word.contains('.') && parts_are_short && !OPENERS.contains(&next_word)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(text: &str) -> Vec<String> {
        let characters: Vec<char> = text.chars().collect();
        sentences(text).into_iter().map(|range| characters[range].iter().collect()).collect()
    }

    #[test]
    fn abbreviations_and_numbers_do_not_end_sentences() {
        let text =
            "Maj. Gen. Karimi met Dr. J. Smith of the U.S. Navy on Nov. 3. Trade grew 3.5 percent. See No. 4 there.";
        assert_eq!(split(text).len(), 3, "{:?}", split(text));
    }

    #[test]
    fn quotes_and_questions_end_where_they_close() {
        assert_eq!(split("He said “we will.” They did. “Why?” he asked. Yes!").len(), 4);
        assert_eq!(split("چرا؟ نمی‌دانم. باشد").len(), 3);
    }

    #[test]
    fn a_dotted_abbreviation_may_end_a_sentence() {
        assert_eq!(split("They returned to the U.S. The talks went on. The U.S. Senate met.").len(), 3);
        assert_eq!(split("وصل د. كريمي إلى دمشق. ثم غادر.").len(), 2);
    }

    #[test]
    fn the_topic_is_the_first_sentence() {
        assert_eq!(topic("  One. Two."), Some(2..6));
        assert_eq!(topic(" "), None);
    }

    #[test]
    fn addresses_stay_whole() {
        assert_eq!(split("It stands at https://example.com/a.html on the site. Next.").len(), 2);
    }
}
