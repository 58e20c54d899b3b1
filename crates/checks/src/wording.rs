//! Wordings that several rules look for: who states something, what is quoted, what is a judgement.

use crate::subject::Passage;
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

/// A pattern that is compiled when it is first used. All patterns are constants and covered by tests.
pub(crate) type Pattern = LazyLock<Option<Regex>>;

/// Compiles a pattern.
pub(crate) fn pattern(text: &str) -> Option<Regex> {
    Regex::new(text).ok()
}

/// Verbs of statement in the past, as reports use them of their sources.
static STATEMENT: Pattern = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:said|stated|told|announced|claimed|asserted|reported|declared|added|noted|warned|confirmed|denied|emphasized|emphasised|stressed|called (?:on|for)|argued|alleged|accused|acknowledged|admitted|wrote|posted|published|tweeted|reiterated|insisted|threatened|vowed|pledged|urged|condemned|criticized|criticised|praised|demanded|remarked|boasted|testified|revealed|disclosed|instructed|ordered|signed|according to)\b",
    )
});

/// Who states it is the desk itself, or an earlier sentence.
static OWN: Pattern = LazyLock::new(|| {
    pattern(
        r"(?:\b(?:CTP|ISW|ISW-CTP|CTP-ISW|We|we|[Tt]his (?:desk|publication|update|section|map|report)|[Oo]ur)\b)|\b(?:noted|mentioned|discussed|described|see|cited|reported) (?:above|below|earlier in)|at the time of (?:this )?writing|^(?:NOTE|Note)\b|:$|^(?:This|These|That|Those|Such|The (?:statement|announcement|report|timing|move|decision|incident|remark|remarks|comments)s?) \w*(?:\s\w+){0,3}?\s?(?:suggest|indicat|demonstrat|reflect|highlight|underscor|impl|show|illustrat|signal|may|could|would|is|are|will|likely)",
    )
});

/// Wordings of a judgement or a forecast.
static JUDGEMENT: Pattern = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:likely|unlikely|probably|possibly|presumably|perhaps|would|could|may|might|will|cannot|can|should|must|appears?|seems?|suggests?|indicates?|demonstrates?|reflects?|highlights?|underscores?|assess(?:es|ed)?|forecasts?|aims?|seeks?)\b",
    )
});

static QUOTED: Pattern = LazyLock::new(|| pattern(r#"“[^”]*”|"[^"]*"|«[^»]*»"#));

/// Words before a participle that only looks like a verb of statement: *the stated aim*, *as noted above*.
const BEFORE_PARTICIPLE: &[&str] = &[
    "the",
    "its",
    "their",
    "his",
    "her",
    "our",
    "a",
    "an",
    "these",
    "those",
    "as",
    "of",
    "with",
    "any",
    "some",
    "recently",
    "newly",
    "widely",
    "previously",
    "not",
    "never",
    "neither",
    "no",
    "despite",
    "under",
    "by",
];

/// Where somebody states something in a sentence, in bytes; `None` where nobody does.
pub(crate) fn statement(sentence: &str) -> Option<usize> {
    let verbs = STATEMENT.as_ref()?;
    let is_verb = |found: &regex::Match<'_>| {
        let before = sentence[..found.start()].split_whitespace().next_back().unwrap_or_default().to_lowercase();
        !BEFORE_PARTICIPLE.contains(&before.as_str())
            && !before.ends_with("’s")
            && !before.ends_with("s’")
            && !before.ends_with("'s")
    };
    verbs.find_iter(sentence).find(is_verb).map(|found| found.start())
}

/// Whether somebody states something in a sentence.
pub(crate) fn states(sentence: &str) -> bool {
    statement(sentence).is_some()
}

/// Bytes before the end of the last verb of statement; 0 where there is none.
pub(crate) fn last_statement(text: &str) -> usize {
    STATEMENT.as_ref().and_then(|verbs| verbs.find_iter(text).last()).map_or(0, |found| found.end())
}

/// Whether the desk speaks for itself in a sentence.
pub(crate) fn is_own(sentence: &str) -> bool {
    OWN.as_ref().is_some_and(|own| own.is_match(sentence))
}

/// Where a sentence judges or forecasts, in bytes; `None` where it doesn't.
pub(crate) fn judgement(sentence: &str) -> Option<usize> {
    JUDGEMENT.as_ref()?.find(sentence).map(|found| found.start())
}

/// What is quoted in a passage, in code points.
pub(crate) fn quoted(passage: &Passage) -> Vec<Range<usize>> {
    QUOTED.as_ref().map(|quotes| passage.matches(quotes)).unwrap_or_default()
}

/// Words of the longest quotation in a sentence.
pub(crate) fn longest_quotation(sentence: &str) -> usize {
    let quotes = QUOTED.as_ref().into_iter().flat_map(|quotes| quotes.find_iter(sentence));
    quotes.map(|quote| quote.as_str().split_whitespace().count()).max().unwrap_or(0)
}

/// Whether somebody else's statement opens in a sentence before a byte of it: what follows is theirs, not the desk's.
pub(crate) fn attributed(sentence: &str, before: usize) -> bool {
    let head = sentence.get(..before).unwrap_or_default();
    states(head) && !is_own(head)
}

/// How many of their words two sentences share, 0 to 1 (Dice).
pub(crate) fn alike(a: &str, b: &str) -> f64 {
    let words = |text: &str| -> Vec<String> {
        text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase).collect()
    };
    let (a, mut b) = (words(a), words(b));
    let all = a.len() + b.len();
    let shared =
        a.iter().filter(|word| b.iter().position(|other| other == *word).map(|at| b.swap_remove(at)).is_some()).count();
    if all == 0 { 0.0 } else { 2.0 * shared as f64 / all as f64 }
}

/// Two spans that have a code point in common.
pub(crate) fn overlap(a: &Range<usize>, b: &Range<usize>) -> bool {
    a.start < b.end && b.start < a.end
}

/// A number with its noun: `1 sentence`, `3 sentences`.
pub(crate) fn counted(number: usize, noun: &str) -> String {
    if number == 1 { format!("1 {noun}") } else { format!("{number} {noun}s") }
}
