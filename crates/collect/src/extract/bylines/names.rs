//! Persons' names in what pages write where an author's name should be: with *by*, dates, offices, outlets, several names
//! in a row.

use super::add;
use super::words::{
    CONNECTIVES, FUNCTION, LEADING_PARTICLES, MONTHS, NOBODY, OFFICES, PARTICLES, ROLES, STOPS, UNNAMED,
};
use crate::extract::metadata::unescaped;
use sitrep_language::fold;

/// How surely a text is there to name an author.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sureness {
    /// Its element says so: any word may be a name, and commas part names.
    Marked,
    /// Its element's name says so: one word may be a name.
    Said,
    /// It may be so: a name has two words at least.
    Guessed,
}

/// Characters of a name, at most.
const LONGEST: usize = 60;

/// Words of a name, at most.
const MOST_WORDS: usize = 6;

/// Words of a name in a script without capitals, at most: more are a sentence.
const MOST_CASELESS: usize = 4;

/// Names as a page declares them, each alone; what is no person's is left as it is, but for addresses, dates, and words
/// that stand for nobody.
pub(super) fn declared(written: &[String]) -> Vec<String> {
    let mut names = Vec::new();
    for text in written {
        let text = without_tags(&unescaped(text));
        for piece in text.split([';', '|']) {
            let piece = super::lines::behind_opening(piece.trim().trim_matches('/').trim());
            let piece = without_times(&without_addresses(piece));
            let plausible = (2..=80).contains(&piece.chars().count()) && piece.chars().any(char::is_alphabetic);
            if !plausible || NOBODY.contains(&*fold::fold(&piece)) {
                continue;
            }
            let persons = parted(&piece);
            let all =
                persons.len() > 1 && persons.iter().all(|name| name.contains(' ') && person(name, Sureness::Guessed));
            add(&mut names, if all { persons } else { vec![piece] });
        }
    }
    names
}

/// Whether a declared name may be a person's own: no office, no account's name.
pub(super) fn is_own(name: &str) -> bool {
    let is_account =
        !name.contains(' ') && !name.chars().any(|c| c.is_uppercase() || c.is_alphabetic() && !c.is_lowercase());
    !is_account && !words(name).any(|word| OFFICES.contains(&*word))
}

/// The names in a text that is there to name authors; none where anything else stands first in it.
pub(super) fn shown(text: &str, sureness: Sureness) -> Vec<String> {
    let text = without_parentheses(text);
    let mut segments = text.split(['|', '•', '·', '[', '<', '»', '›', '\n']).flat_map(|segment| segment.split(" / "));
    let segment = segments.find(|segment| segment.chars().any(char::is_alphanumeric)).unwrap_or_default();
    let segment = [" - ", " – ", " — "].iter().fold(segment, |text, mark| text.split(mark).next().unwrap_or_default());
    let segment = super::lines::behind_opening(segment.trim().trim_matches('/').trim());
    let text = up_to_a_stop(behind_what_is_by(segment));
    let mut found = Vec::new();
    let connected = CONNECTIVES.iter().any(|word| text.contains(word));
    for (at, name) in parted(&text).into_iter().enumerate() {
        let name = without_role(&name);
        let sureness = if at == 0 { sureness } else { Sureness::Guessed };
        if !person(&name, sureness) {
            break;
        }
        found.push(name);
        if !connected && sureness != Sureness::Marked && at == 0 && !text.contains([';', '&', '/']) && !joins(&text) {
            break;
        }
    }
    found
}

/// Whether names are joined in it as Hebrew and Arabic join them.
fn joins(text: &str) -> bool {
    joined_at(&text.split(' ').collect::<Vec<_>>()).is_some()
}

/// `All articles by Nina Example`, `Interview: Nina Example`: what stands behind.
fn behind_what_is_by(text: &str) -> &str {
    let is_unnamed = |front: &str| words(front).next().is_some_and(|word| UNNAMED.contains(&*word));
    let marks = [" by ", " von ", " par ", " por ", ": "];
    let behind = marks.iter().find_map(|mark| text.split_once(mark).filter(|(front, _)| is_unnamed(front)));
    behind.map_or(text, |(_, rest)| rest)
}

/// A text without what stands in parentheses: initials, an office, an agency.
fn without_parentheses(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((front, inside)) = rest.split_once('(') {
        out.push_str(front);
        let Some((_, behind)) = inside.split_once(')') else { return out };
        rest = behind;
    }
    out + rest
}

/// The words of a text before a time, an address, or a word that ends a name: `on`, `in`, `für`.
fn up_to_a_stop(text: &str) -> String {
    let is_stop =
        |word: &&str| word.starts_with(|c: char| c.is_numeric()) || word.contains(['@', '#']) || STOPS.contains(*word);
    let mut words: Vec<&str> = text.split_whitespace().take_while(|word| !is_stop(word)).collect();
    // `Nina Example May 3`
    let is_month = |word: &&str| MONTHS.contains(&*bare(word));
    if words.len() > 2 && words.len() < text.split_whitespace().count() && words.last().is_some_and(is_month) {
        words.pop();
    }
    words.join(" ")
}

/// The parts of a list of names.
fn parted(text: &str) -> Vec<String> {
    let mut parts = vec![text.to_owned()];
    for word in CONNECTIVES {
        parts = parts.iter().flat_map(|part| halves(part, word)).collect();
    }
    let parts = parts.iter().flat_map(|part| part.split([',', '،', '、', ';', '&', '/', '+']));
    let parts = parts.flat_map(|part| {
        let words: Vec<&str> = part.split_whitespace().collect();
        match joined_at(&words) {
            Some(at) => {
                let second = words[at].chars().skip(1).collect::<String>();
                let rest = std::iter::once(second.as_str()).chain(words[at + 1..].iter().copied()).collect::<Vec<_>>();
                vec![words[..at].join(" "), rest.join(" ")]
            }
            None => vec![words.join(" ")],
        }
    });
    let is_edge = |c: char| c.is_whitespace() || matches!(c, ',' | ':' | '"' | '“' | '”' | '*' | '–' | '-' | '‎' | '‏');
    parts.map(|part| part.trim_matches(is_edge).to_owned()).filter(|part| !part.is_empty()).collect()
}

/// A text divided at a word that joins names; one that is also in names only where there are two words on either side.
fn halves(text: &str, word: &str) -> Vec<String> {
    let parts: Vec<&str> = text.split(word).collect();
    let doubtful = matches!(word, " y " | " e " | " i ");
    if doubtful && parts.iter().any(|part| !part.trim().contains(' ')) {
        return vec![text.to_owned()];
    }
    parts.into_iter().map(str::to_owned).collect()
}

/// The word that holds a Hebrew or an Arabic *and* before a second name of two words.
fn joined_at(words: &[&str]) -> Option<usize> {
    let second = |word: &str| match word.chars().next() {
        Some('ו') => word.chars().count() > 2,
        Some('و') => word.starts_with("وأ") || word.starts_with("وإ"),
        _ => false,
    };
    (words.len() >= 4).then(|| (2..words.len() - 1).find(|at| second(words[*at]))).flatten()
}

/// A name without the office that follows it: `Nina Example Staff Writer`.
fn without_role(name: &str) -> String {
    let words: Vec<&str> = name.split_whitespace().collect();
    // The same name twice is one for two widths of window.
    let half = words.len() / 2;
    if half >= 2 && words[..half] == words[half..] {
        return words[..half].join(" ");
    }
    let is_other = |word: &&str| ROLES.contains(&*bare(word)) || UNNAMED.contains(&*bare(word));
    let at = words.iter().position(is_other).unwrap_or(words.len());
    if at >= 2 { words[..at].join(" ") } else { name.to_owned() }
}

/// Whether a text reads like a person's name.
fn person(name: &str, sureness: Sureness) -> bool {
    let count = name.split(' ').count();
    let least = if sureness == Sureness::Guessed { 2 } else { 1 };
    if !(2..=LONGEST).contains(&name.chars().count()) || !(least..=MOST_WORDS).contains(&count) {
        return false;
    }
    let folded: Vec<String> = words(name).collect();
    if folded.iter().any(|word| [&OFFICES, &ROLES, &UNNAMED, &NOBODY].iter().any(|list| list.contains(&**word)))
        || NOBODY.contains(&*fold::fold(name))
    {
        return false;
    }
    if count == 1 {
        let letters = name.chars().filter(|c| c.is_alphabetic()).count();
        let is_plain = name.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | '\'' | '’'));
        let capital = sureness == Sureness::Marked || name.starts_with(|c: char| !c.is_lowercase());
        let cased = name.chars().any(|c| c.is_lowercase() || c.is_uppercase());
        return letters >= if cased { 3 } else { 2 } && is_plain && capital && !name.contains("www.");
    }
    let caseless = name.chars().filter(|c| c.is_alphabetic()).all(|c| !c.is_lowercase() && !c.is_uppercase());
    if caseless && (count > MOST_CASELESS || folded.iter().any(|word| FUNCTION.contains(&**word))) {
        return false;
    }
    let first = name.split(' ').next().unwrap_or_default();
    if first.starts_with(char::is_lowercase) && !LEADING_PARTICLES.contains(&first) {
        return false;
    }
    let mut capitals = 0;
    let fit = name.split(' ').all(|word| {
        let first = word.trim_start_matches(['“', '"', '\'', '’']).chars().next();
        let is_capital = first.is_some_and(|c| c.is_alphabetic() && !c.is_lowercase());
        capitals += usize::from(is_capital);
        (is_capital || PARTICLES.contains(word)) && is_name_word(word)
    });
    let last = name.rsplit(' ').next().unwrap_or_default();
    let is_whole = !last.starts_with(char::is_lowercase) && name.split(' ').any(|word| word.chars().count() >= 3);
    fit && capitals >= 1 && is_whole && !ends_like_a_sentence(name)
}

/// Letters, with what stands in names between them.
fn is_name_word(word: &str) -> bool {
    let inside = |c: char| matches!(c, '\'' | '’' | '‘' | '-' | '‐' | '.' | '\u{200c}' | '״' | '׳' | '"' | '“' | '”');
    word.chars().any(char::is_alphabetic)
        && word.chars().all(|c| c.is_alphabetic() || inside(c) || unicode_normalization::char::is_combining_mark(c))
}

/// A point behind more than an initial or a short title.
fn ends_like_a_sentence(name: &str) -> bool {
    let last = name.rsplit(' ').next().unwrap_or_default();
    last.ends_with(['.', '!', '?']) && last.chars().count() > 4
}

/// The words of a name, folded, without marks at their ends.
fn words(name: &str) -> impl Iterator<Item = String> {
    name.split(|c: char| c.is_whitespace() || matches!(c, '/' | ',')).map(bare).filter(|word| !word.is_empty())
}

fn bare(word: &str) -> String {
    fold::fold(word.trim_matches(|c: char| !c.is_alphanumeric()))
}

/// A piece of HTML as its text.
fn without_tags(text: &str) -> String {
    if !text.contains("</") {
        return text.to_owned();
    }
    scraper::Html::parse_fragment(text).root_element().text().collect()
}

/// A text without addresses of mail and of the web.
fn without_addresses(text: &str) -> String {
    let is_address = |word: &str| {
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
        word.starts_with('@')
            || word.contains("://")
            || word.contains("[at]")
            || bare.contains('@')
            || bare.contains('/') && bare.split('/').next().is_some_and(|host| host.contains('.'))
    };
    text.split_whitespace().filter(|word| !is_address(word)).collect::<Vec<_>>().join(" ")
}

/// A text up to a day or a time in it.
fn without_times(text: &str) -> String {
    let words: Vec<&str> = text.split(' ').collect();
    let is_number = |word: &&str| word.starts_with(|c: char| c.is_numeric());
    let of_time =
        |word: &&str| is_number(word) && word.contains(['.', ':', '/', '-']) || word.len() == 4 && is_number(word);
    if !words.iter().any(of_time) {
        return text.to_owned();
    }
    words.iter().take_while(|word| !is_number(word)).copied().collect::<Vec<_>>().join(" ")
}
