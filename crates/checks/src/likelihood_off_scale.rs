//! A word of likelihood that the desk's scale doesn't have.

use crate::rule::Rule;
use crate::subject::{Part, Passage, Subject};
use crate::wording::{self, Pattern, overlap, pattern};
use sitrep_model::finding::{Finding, Severity};
use sitrep_model::likelihood::{Scale, Term};
use std::ops::Range;
use std::sync::LazyLock;

pub(crate) const RULE: Rule =
    Rule { id: "likelihood-off-scale", since: "0.1.0", severity: Severity::Warning, explain: EXPLAIN, run };

/// Words of likelihood, on whichever scale: the longest that matches is looked up.
static TERMS: Pattern = LazyLock::new(|| {
    let degree = "highly|very|quite|rather|fairly|somewhat|extremely|exceedingly|exceptionally|overwhelmingly|reasonably|pretty|hugely|incredibly|decidedly|most";
    let even = r"(?:roughly |about |approximately )?(?:an? )?(?:roughly )?(?:even|equal|50[-–/ ]50|fifty-fifty)(?: chances?| odds)|about as likely as not|as likely as not";
    let chance = r"(?:an? )?(?:remote|slim|small|low|fair|decent|reasonable|good|strong|high|big|excellent|outside|real|realistic|distinct|serious) (?:chance|probability|possibility|likelihood)|almost no chance|(?:little|no) chance|chances are|(?:the )?odds are";
    let percent = r"(?:an? )?\d{1,3}(?:[-–]\d{1,3})? ?(?:percent|per cent|%) (?:chance|probability|likelihood)";
    let certain = r"(?:almost|nearly|virtually|practically) (?:certain(?:ly)?|impossible)|undoubtedly|without (?:a )?doubt|beyond doubt|no doubt|in all (?:likelihood|probability)|conceivabl[ey]|presumably|perhaps|maybe|possibly|plausibl[ey]";
    pattern(&format!(
        r"(?i)\b(?:{even}|{chance}|{percent}|{certain}|more likely than not|less likely than not|(?:{degree}) (?:un)?likely|(?:{degree}) (?:im)?probabl[ey]|(?:un)?likely|(?:im)?probabl[ey])\b"
    ))
});
/// Comparisons, and words that only sound like a likelihood.
static BESIDE: Pattern = LazyLock::new(|| {
    pattern(r"(?i)(?:\b(?:the|its|their|his|her|than|as|more|less|equally|increasingly|no) $)|(?:\bprobable cause)")
});

fn run(subject: &Subject) -> Vec<Finding> {
    let prose = |passage: &&Passage| passage.is_body() || passage.part == Part::Takeaway;
    subject.passages.iter().filter(prose).flat_map(|passage| of_passage(subject, passage)).collect()
}

fn of_passage(subject: &Subject, passage: &Passage) -> Vec<Finding> {
    let quoted = wording::quoted(passage);
    let matches = TERMS.as_ref().map(|terms| passage.matches(terms)).unwrap_or_default();
    let open = matches.into_iter().filter(|range| !quoted.iter().any(|quote| overlap(quote, range)));
    open.filter(|range| is_judgement(passage, range)).filter_map(|range| finding(subject, passage, range)).collect()
}

/// Whether the desk judges here: no comparison, and nobody else's words.
fn is_judgement(passage: &Passage, range: &Range<usize>) -> bool {
    let Some(sentence) = passage.sentences.iter().find(|sentence| sentence.contains(&range.start)) else {
        return true;
    };
    let before = passage.slice(&(sentence.start..range.start));
    let term = passage.slice(range).to_lowercase();
    let comparison = BESIDE.as_ref().is_some_and(|beside| beside.is_match(before));
    let superlative = term.starts_with("most ") && !before.trim_end().ends_with(|c: char| c == ',' || c.is_lowercase());
    // *May possibly* is one fault, and another rule's.
    let last = before.split_whitespace().next_back().unwrap_or_default().to_lowercase();
    let second_hedge = ["could", "may", "might"].contains(&last.as_str());
    let text = passage.slice(sentence);
    !second_hedge && !comparison && !superlative && !wording::attributed(text, before.len())
}

/// The term as a scale would list it: without article, `-ly` and plural.
fn listed<'a>(scale: &'a Scale, wording: &str) -> Option<&'a Term> {
    let lower = wording.to_lowercase();
    let bare = ["a ", "an ", "the "].iter().find_map(|article| lower.strip_prefix(article)).unwrap_or(&lower);
    let adjective = bare.strip_suffix("probably").map(|head| format!("{head}probable"));
    let certain = bare.strip_suffix("certainly").map(|head| format!("{head}certain"));
    let remote = bare.strip_suffix(" chance").map(str::to_owned);
    scale
        .find(bare)
        .or_else(|| adjective.and_then(|term| scale.find(&term)))
        .or_else(|| certain.and_then(|term| scale.find(&term)))
        .or_else(|| remote.filter(|term| term == "remote").and_then(|term| scale.find(&term)))
}

fn finding(subject: &Subject, passage: &Passage, range: Range<usize>) -> Option<Finding> {
    let scale = &subject.settings.scale;
    let wording = passage.slice(&range).to_owned();
    if listed(scale, &wording).is_some() {
        return None;
    }
    let message = format!("“{wording}” is no term of the scale {}", scale.name);
    let near = meant(scale, &wording);
    let hint = match near {
        Some(term) => {
            format!("Say “{}” ({}–{} %), or choose another term of the scale.", term.term, term.from, term.to)
        }
        None => {
            let terms: Vec<&str> = scale.terms.iter().map(|term| term.term.as_str()).collect();
            format!("Choose a term of the scale: {}.", terms.join(", "))
        }
    };
    let span = passage.span(&range);
    let mut finding = subject.finding(&RULE, span.clone(), message, &hint);
    // One adverb for another stands in any sentence; other changes ask for a person.
    let swapped = near.filter(|_| degree(&wording).is_some_and(|(_, rest)| matches!(rest, "likely" | "unlikely")));
    finding.fix = swapped.and_then(|term| subject.fix("use the scale's term", span, cased(&wording, &term.term)));
    Some(finding)
}

/// An adverb of degree, and the word it goes with.
fn degree(wording: &str) -> Option<(&str, &str)> {
    wording.rsplit_once(' ').filter(|(degree, _)| !degree.contains(' '))
}

/// The scale's term that was probably meant, where the wording is as strong as one.
fn meant<'a>(scale: &'a Scale, wording: &str) -> Option<&'a Term> {
    let lower = wording.to_lowercase();
    let lower = ["a ", "an "].iter().find_map(|article| lower.strip_prefix(article)).unwrap_or(&lower);
    let per_cent: u8 = match lower {
        "highly likely"
        | "very likely"
        | "extremely likely"
        | "exceedingly likely"
        | "overwhelmingly likely"
        | "most likely"
        | "highly probable"
        | "very probable"
        | "in all likelihood"
        | "in all probability"
        | "most probably"
        | "very probably" => 88,
        "highly unlikely"
        | "very unlikely"
        | "extremely unlikely"
        | "exceedingly unlikely"
        | "highly improbable"
        | "very improbable" => 12,
        "quite likely"
        | "fairly likely"
        | "rather likely"
        | "reasonably likely"
        | "pretty likely"
        | "somewhat likely"
        | "good chance"
        | "strong chance"
        | "high probability"
        | "high likelihood"
        | "odds are"
        | "the odds are"
        | "chances are"
        | "more likely than not"
        | "likely"
        | "probably"
        | "probable" => 66,
        "quite unlikely"
        | "fairly unlikely"
        | "rather unlikely"
        | "somewhat unlikely"
        | "unlikely"
        | "improbable"
        | "less likely than not"
        | "low probability"
        | "low likelihood" => 30,
        "undoubtedly"
        | "no doubt"
        | "without doubt"
        | "without a doubt"
        | "beyond doubt"
        | "virtually certain"
        | "practically certain"
        | "almost certain"
        | "nearly certain"
        | "almost certainly"
        | "virtually certainly" => 97,
        "remote chance" | "slim chance" | "little chance" | "no chance" | "almost no chance" => 3,
        "roughly even chance"
        | "even chance"
        | "even odds"
        | "about as likely as not"
        | "as likely as not"
        | "50-50 chance" => 50,
        _ => return None,
    };
    let holds = |term: &&Term| term.from <= per_cent && per_cent <= term.to;
    let narrowest = scale.terms.iter().filter(holds).min_by_key(|term| term.to - term.from);
    let middle = |term: &&Term| ((u16::from(term.from) + u16::from(term.to)) / 2).abs_diff(u16::from(per_cent));
    narrowest.or_else(|| scale.terms.iter().min_by_key(middle))
}

/// A term with a capital where the wording had one.
fn cased(wording: &str, term: &str) -> String {
    let mut characters = term.chars();
    match characters.next() {
        Some(first) if wording.starts_with(char::is_uppercase) => first.to_uppercase().chain(characters).collect(),
        _ => term.to_owned(),
    }
}

/// The manual's page.
const EXPLAIN: &str = r#"## Flags

A word of likelihood, in the desk's own voice, that its scale doesn't have. Quotations, other people's statements and comparisons are not flagged.

## Why

A scale gives each term a range of probability that readers can look up. A word that is not on it means something else to each of them. Without a desk the scale is that of ICD 203.

## Flagged

````text
Levant Update, November 10, 2026

Rail

The ministry is highly likely to open the line this month.
````

````text
Levant Update, November 10, 2026

Rail

There is a good chance that the line will open this month.
````

````toml
scale = "phia"
````

````text
Levant Update, November 10, 2026

Rail

The ministry is very likely to open the line this month.
````

## Fine

````text
Levant Update, November 10, 2026

Rail

The ministry is very likely to open the line this month. Trains will probably be late. The minister said that an accident is “highly unlikely.” The ministry is more likely to open the line than to sell it. The most likely date is Friday.
````

````toml
scale = "phia"
````

````text
Levant Update, November 10, 2026

Rail

The ministry is highly likely to open the line this month.
````

## Remedy

Choose the term whose range is meant."#;
