//! One statement hedged twice.

use crate::rule::Rule;
use crate::subject::{Part, Passage, Subject};
use crate::wording::{self, Pattern, overlap, pattern};
use sitrep_model::finding::{Finding, Severity};
use std::ops::Range;
use std::sync::LazyLock;

pub(crate) const RULE: Rule =
    Rule { id: "two-hedges", since: "0.1.0", severity: Severity::Warning, explain: EXPLAIN, run };

const MODAL: &str = "could|may|might";
const ADVERB: &str = "possibly|perhaps|probably|potentially|conceivably|presumably|likely|plausibly|maybe";

/// Two hedges of one verb: `may possibly`, `could well likely`, `will likely possibly`, `likely might`.
static TWICE: Pattern = LazyLock::new(|| {
    let between = r"(?:\s(?:also|well|then|still|even|soon|thus|therefore|very|be|have|not|only))?";
    pattern(&format!(
        r"(?i)\b(?:(?:{MODAL}){between}\s(?:{ADVERB})|(?:{ADVERB}){between}\s(?:{MODAL})|(?:{ADVERB})\s(?:{ADVERB})|(?:appears?|seems?)\sto\s(?:{ADVERB})|(?:un)?likely\s(?:to\s)?(?:be\s)?(?:possibly|perhaps|probably|potentially|conceivably|maybe)|(?:it\s(?:is|seems|appears)\s)(?:likely|probable|possible|unlikely|conceivable|plausible)\sthat\s(?:\w+[\s’'-]){{1,6}}?(?:may|might|possibly|perhaps|probably|likely|conceivably))\b"
    ))
});
/// Likelihood and confidence in one sentence.
static CONFIDENCE: Pattern = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:(?:with|have|has|at) (?:low|moderate|medium|high)(?:[- ]to[- ](?:moderate|medium|high))? confidence|(?:low|moderate|medium|high)[- ]confidence)\b",
    )
});
static LIKELIHOOD: Pattern = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:(?:un)?likely|(?:im)?probabl[ey]|possibly|perhaps|almost certain(?:ly)?|(?:remote|even) chance|realistic possibility)\b",
    )
});

fn run(subject: &Subject) -> Vec<Finding> {
    let mut findings = Vec::new();
    for passage in subject.passages.iter().filter(|passage| passage.is_body() || passage.part == Part::Takeaway) {
        let quoted = wording::quoted(passage);
        let open = |range: &Range<usize>| !quoted.iter().any(|quote| overlap(quote, range));
        for range in TWICE.as_ref().map(|twice| passage.matches(twice)).unwrap_or_default().into_iter().filter(open) {
            if attributed(passage, &range) {
                continue;
            }
            let message = format!("“{}” hedges one statement twice", passage.slice(&range));
            let hint = "Keep one: the term of the scale that says how likely it is.";
            let span = passage.span(&range);
            let mut finding = subject.finding(&RULE, span.clone(), message, hint);
            finding.fix = one_word(passage.slice(&range)).and_then(|word| subject.fix("keep one hedge", span, word));
            findings.push(finding);
        }
        findings.extend(confident(subject, passage, &open));
    }
    findings
}

fn attributed(passage: &Passage, range: &Range<usize>) -> bool {
    let sentence = passage.sentences.iter().find(|sentence| sentence.contains(&range.start));
    sentence.is_some_and(|sentence| {
        let before = passage.slice(&(sentence.start..range.start)).len();
        wording::attributed(passage.slice(sentence), before)
    })
}

/// `may possibly` is `may`; other pairs ask for a person.
fn one_word(pair: &str) -> Option<String> {
    let (modal, adverb) = pair.split_once(' ')?;
    let plain = ["could", "may", "might"].contains(&modal.to_lowercase().as_str());
    let weak = ["possibly", "perhaps", "potentially", "conceivably", "maybe"].contains(&adverb.to_lowercase().as_str());
    (plain && weak).then(|| modal.to_owned())
}

fn confident(subject: &Subject, passage: &Passage, open: &dyn Fn(&Range<usize>) -> bool) -> Vec<Finding> {
    let confidence = CONFIDENCE.as_ref().map(|words| passage.matches(words)).unwrap_or_default();
    let likelihood = LIKELIHOOD.as_ref().map(|words| passage.matches(words)).unwrap_or_default();
    let mut findings = Vec::new();
    for sentence in &passage.sentences {
        let within = |ranges: &[Range<usize>]| ranges.iter().find(|r| sentence.contains(&r.start) && open(r)).cloned();
        let (Some(one), Some(other)) = (within(&confidence), within(&likelihood)) else {
            continue;
        };
        if attributed(passage, &one) {
            continue;
        }
        let message = format!(
            "“{}” speaks of the evidence and “{}” of the event, in one sentence",
            passage.slice(&one),
            passage.slice(&other)
        );
        let hint = "Say how likely it is in one sentence and how good the evidence is in another.";
        let span = passage.span(&(one.start.min(other.start)..one.end.max(other.end)));
        findings.push(subject.finding(&RULE, span, message, hint));
    }
    findings
}

/// The manual's page.
const EXPLAIN: &str = r#"## Flags

Two hedges of one statement (*may possibly*, *could likely*), and likelihood and confidence in one sentence.

## Why

Two hedges multiply to nothing that a reader can hold the desk to. Likelihood speaks of the event, confidence of the evidence: together in a sentence each is read as the other.

## Flagged

````text
Levant Update, November 10, 2026

Rail

The ministry may possibly open the line this month.
````

````text
Levant Update, November 10, 2026

Rail

We assess with high confidence that the ministry is likely to open the line this month.
````

## Fine

````text
Levant Update, November 10, 2026

Rail

The ministry is likely to open the line this month. We have moderate confidence in this judgement. Repairs could be finished on Friday, and trains will likely run from then on.
````

## Remedy

Keep the term of the scale. Give confidence a sentence of its own."#;
