//! Lines that say in words who wrote a report: `By Nina Example`, `نویسنده: نگار نمونه`, `Автор: Нина Примерова`.

use super::names::{self, Sureness};
use super::{Outlet, is_strange};
use crate::extract::elements::Kind;
use crate::extract::page::{Page, Place};
use foldhash::fast::RandomState;
use std::collections::HashSet;
use std::sync::LazyLock;

/// Nodes behind the headline among which a line may begin with a mere *by*.
const NEAR: usize = 400;

/// Characters of a line, at most.
const LONGEST: usize = 120;

/// Boxes that are climbed where a word such as *By* stands alone in its own.
const CLIMBED: usize = 3;

/// Words that say *by*, and often something else: near the headline, before a name only. Lower case.
const BY: [&str; 17] = [
    "text by",
    "story by",
    "words by",
    "report by",
    "reporting by",
    "by",
    "text von",
    "von",
    "propos recueillis par",
    "par",
    "por",
    "door",
    "di",
    "от",
    "av",
    "af",
    "przez",
];

/// Words that only stand before an author. Lower case.
const SURELY_BY: [&str; 24] = [
    "written by",
    "posted by",
    "published by",
    "submitted by",
    "geschrieben von",
    "verfasst von",
    "veröffentlicht von",
    "ein bericht von",
    "ein kommentar von",
    "écrit par",
    "publié par",
    "rédigé par",
    "escrito por",
    "publicado por",
    "scritto da",
    "به قلم",
    "بقلم",
    "كتبه",
    "کتبه",
    "كتبها",
    "מאת",
    "נכתב על ידי",
    "yazan",
    "автор текста",
];

/// Words that stand before an author where a colon follows them. Lower case.
const LABELS: [&str; 36] = [
    "text",
    "текст",
    "گزارش از",
    "إعداد",
    "haber",
    "author",
    "authors",
    "autor",
    "autorin",
    "autoren",
    "autor/in",
    "auteur",
    "auteurs",
    "autore",
    "autores",
    "автор",
    "авторы",
    "корреспондент",
    "журналист",
    "نویسنده",
    "نويسنده",
    "نویسندگان",
    "خبرنگار",
    "خبرنگاران",
    "گزارشگر",
    "تهیه و تنظیم",
    "الكاتب",
    "الكاتبة",
    "المؤلف",
    "כתב",
    "כתבת",
    "yazar",
    "muhabir",
    "作者",
    "记者",
    "by",
];

/// The names in the first line near the headline that says who wrote the report; else in the only one of the page.
pub(super) fn find(page: &Page, headline: Option<Place>, outlet: Outlet) -> Vec<String> {
    let start = headline.map_or(0, Place::order);
    let mut far: Vec<String> = Vec::new();
    for (place, text) in page.texts().filter(|(place, _)| place.order() > start) {
        let Some(word) = opening(text.trim_start_matches(is_lead)) else { continue };
        let near = place.order() <= start + NEAR;
        if word == Opening::By && !near || is_strange(place) {
            continue;
        }
        let mut names = line(place).map(|line| read(&line)).unwrap_or_default();
        names.retain(|name| !outlet.is(name));
        if near && !names.is_empty() {
            return names;
        }
        // Where a page names several authors, each is of something in it: books, pictures, other reports.
        if !far.is_empty() && !names.is_empty() && far != names {
            return Vec::new();
        }
        far = if names.is_empty() { far } else { names };
    }
    far
}

/// What stands before the words of such a line.
fn is_lead(c: char) -> bool {
    c.is_whitespace() || matches!(c, '(' | '[' | '|' | '/' | '-' | '–' | '—' | '•' | '·' | '*')
}

/// How a line begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Opening {
    By,
    Surely,
}

/// Whether a text begins like a line about its author.
fn opening(text: &str) -> Option<Opening> {
    if !begins_like_one(text) {
        return None;
    }
    let behind = |words: &'static [&'static str]| words.iter().find_map(|word| behind(text, word));
    if behind(&SURELY_BY).is_some() {
        return Some(Opening::Surely);
    }
    if behind(&LABELS).is_some_and(|rest| rest.is_empty() || rest.starts_with([':', '：'])) {
        return Some(Opening::Surely);
    }
    behind(&BY).map(|_| Opening::By)
}

/// First letters of the words that begin such a line.
static STARTS: LazyLock<HashSet<char, RandomState>> = LazyLock::new(|| {
    let words = BY.iter().chain(&SURELY_BY).chain(&LABELS);
    words.filter_map(|word| word.chars().next()).collect()
});

/// Whether any of the words begins with a text's first letter, which nearly no text's does.
fn begins_like_one(text: &str) -> bool {
    let first = text.chars().next().and_then(|c| c.to_lowercase().next());
    first.is_some_and(|first| STARTS.contains(&first))
}

/// What stands behind a word at the beginning of a text, if it is there as a word.
fn behind<'a>(text: &'a str, word: &str) -> Option<&'a str> {
    let mut rest = text.chars();
    for wanted in word.chars() {
        if rest.next()?.to_lowercase().next()? != wanted {
            return None;
        }
    }
    let rest = rest.as_str();
    (!rest.starts_with(|c: char| c.is_alphanumeric())).then(|| rest.trim_start())
}

/// The line that a text begins.
fn line(place: Place) -> Option<String> {
    let is_inline = |place: &Place| place.element().is_some_and(|element| element.kind().is(Kind::INLINE));
    let own = place.around().find(|around| !is_inline(around))?;
    let start = place.text()?.trim_start_matches(is_lead);
    let word = start.split_whitespace().next()?;
    let mut found = None;
    for around in std::iter::once(own).chain(own.around()).take(CLIMBED) {
        let Some(text) = around.brief(LONGEST) else { break };
        let at = text.find(word)?;
        let line = text[at..].to_owned();
        let alone = rest(&line).is_none_or(|rest| !rest.chars().any(char::is_alphabetic));
        found = Some(line);
        if !alone {
            break;
        }
    }
    // A long box in which the line is but one of several, parted by breaks.
    found.or_else(|| place.around().next()?.brief(LONGEST))
}

/// What a text says behind words such as *by* at its beginning, if more than one word is left; else all of it.
pub(super) fn behind_opening(text: &str) -> &str {
    let behind_label = |word: &&str| behind(text, word).map(|rest| rest.trim_start_matches([':', '：', ' ']));
    let label = LABELS.iter().chain(&SURELY_BY).find_map(behind_label).filter(|rest| !rest.is_empty());
    // `Di Nardo`, `Von Beispiel` are names; `von Nina` is not.
    let is_by = |rest: &&str| rest.contains(' ') || text.starts_with(char::is_lowercase) && !rest.is_empty();
    let by = || BY.iter().find_map(|word| behind(text, word)).map(str::trim).filter(is_by);
    label.or_else(by).unwrap_or(text)
}

/// What a line says behind the words that begin it.
fn rest(line: &str) -> Option<&str> {
    let labels = LABELS.iter().filter_map(|word| behind(line, word).and_then(|rest| rest.strip_prefix([':', '：'])));
    let mut all = labels.chain(SURELY_BY.iter().chain(&BY).filter_map(|word| behind(line, word)));
    all.next().map(|rest| rest.trim_start_matches([':', '：', ' ']))
}

/// The names that a line gives.
fn read(line: &str) -> Vec<String> {
    let line = line.trim_start_matches(is_lead);
    rest(line).map(|rest| names::shown(rest, Sureness::Guessed)).unwrap_or_default()
}
