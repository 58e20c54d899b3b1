//! Whether a rewording calls what it speaks of likelier or less likely.

use super::Kind;
use sitrep_model::likelihood::Scale;
use std::collections::HashMap;

/// Words that weaken or assert without being terms of a scale, and the probability that readers take them for.
const HEDGES: &[(&str, f64)] = &[
    ("could", 42.0),
    ("may", 42.0),
    ("might", 42.0),
    ("can", 42.0),
    ("possibly", 42.0),
    ("possible", 42.0),
    ("perhaps", 42.0),
    ("potentially", 42.0),
    ("highly likely", 87.5),
    ("highly unlikely", 12.5),
    ("most likely", 75.0),
    ("more likely than not", 60.0),
    ("increasingly likely", 70.0),
    ("increasingly unlikely", 28.0),
    ("less likely", 32.0),
    ("apparently", 75.0),
    ("appears to", 75.0),
    ("appear to", 75.0),
    ("appeared to", 75.0),
    ("seems to", 70.0),
    ("seem to", 70.0),
    ("reportedly", 65.0),
    ("allegedly", 55.0),
    ("not certain", 50.0),
    ("not clear", 50.0),
    ("unclear", 50.0),
    ("uncertain", 50.0),
    ("impossible", 1.0),
    ("will", 99.0),
    ("certainly", 99.0),
    ("certain", 99.0),
    ("definitely", 99.0),
    ("undoubtedly", 99.0),
    ("cannot", 1.0),
];

/// How sure the evidence makes its writers: it decides where likelihood does not.
const CONFIDENCE: &[(&str, f64)] = &[
    ("very low confidence", 5.0),
    ("low confidence", 20.0),
    ("low to moderate confidence", 35.0),
    ("moderate confidence", 50.0),
    ("medium confidence", 50.0),
    ("moderate to high confidence", 65.0),
    ("high confidence", 80.0),
    ("very high confidence", 95.0),
];

/// Verbs of attribution that put what follows in doubt.
const CLAIMS: &[&str] = &["claimed", "alleged", "asserted", "purported"];

const NEGATIONS: &[&str] = &["not", "never", "no", "hardly"];

/// Words that a negation brings along: `plans` → `does not plan`.
const HELPERS: &[&str] =
    &["do", "does", "did", "has", "have", "had", "is", "are", "was", "were", "be", "been", "that", "t"];

/// What a statement without any such word amounts to.
const ASSERTED: f64 = 100.0;

/// Share of the other words that two wordings have in common where one only denies the other.
const DENIED: f64 = 0.8;

/// Share of the other words that two wordings must have in common for their likelihoods to be compared.
const SAME_MATTER: f64 = 0.6;

/// The terms of a scale and the hedges of the language, by their probability.
pub(super) struct Ladder {
    terms: Vec<(Vec<String>, Step)>,
}

/// What a term says.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Step {
    /// How likely, in percent.
    Likelihood(f64),
    /// How sure, in percent.
    Confidence(f64),
}

/// What a wording says of likelihood and confidence, and its other words.
struct Reading {
    likelihood: Vec<f64>,
    confidence: Vec<f64>,
    rest: Vec<String>,
}

impl Reading {
    fn negations(&self) -> usize {
        let negates = |word: &&String| NEGATIONS.contains(&word.as_str()) || word.ends_with("n't");
        self.rest.iter().filter(negates).count()
    }

    /// The other words without negations and what they bring along, each cut to its stem.
    fn matter(&self) -> Vec<String> {
        let kept = |word: &&String| {
            !NEGATIONS.contains(&word.as_str()) && !word.ends_with("n't") && !HELPERS.contains(&word.as_str())
        };
        let stem = |word: &String| word.trim_end_matches("ing").trim_end_matches("ed").trim_end_matches('s').to_owned();
        self.rest.iter().filter(kept).map(stem).collect()
    }

    fn claims(&self) -> bool {
        self.rest.iter().any(|word| CLAIMS.contains(&word.as_str()))
    }
}

impl Ladder {
    pub(super) fn new(scale: &Scale) -> Self {
        let words = |term: &str| term.split_whitespace().map(str::to_lowercase).collect::<Vec<_>>();
        let mut terms: Vec<(Vec<String>, Step)> = Vec::new();
        for term in &scale.terms {
            let middle = Step::Likelihood((f64::from(term.from) + f64::from(term.to)) / 2.0);
            terms.extend(std::iter::once(&term.term).chain(&term.also).map(|wording| (words(wording), middle)));
        }
        for (hedge, middle) in HEDGES {
            let known = terms.iter().any(|(term, _)| *term == words(hedge));
            if !known {
                terms.push((words(hedge), Step::Likelihood(*middle)));
            }
        }
        terms.extend(CONFIDENCE.iter().map(|(words_of, level)| (words(words_of), Step::Confidence(*level))));
        // The longest term that fits is the one that is meant: `very unlikely`, not `unlikely`.
        terms.sort_by_key(|(term, _)| std::cmp::Reverse(term.len()));
        Self { terms }
    }

    /// Of two wordings of one statement: which is the likelier; of equally likely ones, which is surer, or denies the
    /// other, or only tells what somebody claims.
    pub(super) fn compare(&self, before: &str, after: &str) -> Kind {
        let (was, is) = (self.read(before), self.read(after));
        if same_share(&was.rest, &is.rest) < SAME_MATTER && same_share(&was.matter(), &is.matter()) < SAME_MATTER {
            return Kind::Reworded;
        }
        let by_likelihood = compared(&was.likelihood, &is.likelihood, Some(ASSERTED));
        let by_confidence = || compared(&was.confidence, &is.confidence, None);
        let by_denial = || {
            let denied =
                was.negations().abs_diff(is.negations()) == 1 && same_share(&was.matter(), &is.matter()) >= DENIED;
            denied.then(|| if was.negations() > is.negations() { Kind::Stronger } else { Kind::Weaker })
        };
        let by_claim = || match (was.claims(), is.claims()) {
            (false, true) => Some(Kind::Weaker),
            (true, false) => Some(Kind::Stronger),
            _ => None,
        };
        by_likelihood.or_else(by_confidence).or_else(by_denial).or_else(by_claim).unwrap_or(Kind::Reworded)
    }

    /// What a text says of likelihood and confidence, in order, and its other words.
    fn read(&self, text: &str) -> Reading {
        let given: Vec<&str> = text.split(|c: char| !c.is_alphanumeric() && c != '’' && c != '\'').collect();
        let given: Vec<&str> = given.into_iter().filter(|word| !word.is_empty()).collect();
        let words: Vec<String> = given.iter().map(|word| word.to_lowercase().replace('’', "'")).collect();
        let mut read = Reading { likelihood: Vec::new(), confidence: Vec::new(), rest: Vec::new() };
        let mut at = 0;
        while at < words.len() {
            let fits = |(term, _): &&(Vec<String>, Step)| words[at..].starts_with(term);
            let found = self.terms.iter().find(fits).filter(|_| !is_month(&given, at));
            let Some((term, step)) = found else {
                // `won't`, `couldn't`: the word and its negation in one.
                let bare = contracted(&words[at]).unwrap_or_default();
                match self.terms.iter().find(|(term, _)| term.len() == 1 && term[0] == bare) {
                    Some((_, Step::Likelihood(level))) => read.likelihood.push(100.0 - level),
                    _ => read.rest.push(words[at].clone()),
                }
                at += 1;
                continue;
            };
            let negated = |word: Option<&String>| word.is_some_and(|word| NEGATIONS.contains(&word.as_str()));
            let before = negated(at.checked_sub(1).and_then(|before| words.get(before)));
            let behind = negated(words.get(at + term.len()));
            match step {
                Step::Confidence(level) => {
                    read.confidence.push(*level);
                    at += term.len();
                    continue;
                }
                Step::Likelihood(level) => {
                    if before {
                        read.rest.pop();
                    }
                    read.likelihood.push(if before || behind { 100.0 - level } else { *level });
                }
            }
            at += term.len() + usize::from(behind);
        }
        read
    }
}

/// Which of two lists of levels stands higher, by the first that they don't have in common; what only one of them
/// names is held against `unnamed`, where there is such a level.
fn compared(was: &[f64], is: &[f64], unnamed: Option<f64>) -> Option<Kind> {
    let (mut was, mut is) = (was.to_vec(), is.to_vec());
    let named = (!was.is_empty(), !is.is_empty());
    // What both say does not tell them apart.
    was.retain(|level| match is.iter().position(|other| other == level) {
        Some(at) => {
            is.remove(at);
            false
        }
        None => true,
    });
    let (was, is) = match (was.first(), is.first(), named) {
        (Some(was), Some(is), _) => (*was, *is),
        (Some(was), None, (_, false)) => (*was, unnamed?),
        (None, Some(is), (false, _)) => (unnamed?, *is),
        _ => return None,
    };
    match is.total_cmp(&was) {
        std::cmp::Ordering::Greater => Some(Kind::Stronger),
        std::cmp::Ordering::Less => Some(Kind::Weaker),
        std::cmp::Ordering::Equal => None,
    }
}

/// The word that a contraction negates.
fn contracted(word: &str) -> Option<String> {
    match word {
        "won't" => Some("will".to_owned()),
        "can't" => Some("can".to_owned()),
        _ => word.strip_suffix("n't").map(str::to_owned),
    }
}

/// `May` with a capital within a sentence, or before a number, is the month.
fn is_month(words: &[&str], at: usize) -> bool {
    let numbered = |word: Option<&&str>| word.is_some_and(|word| word.starts_with(|c: char| c.is_ascii_digit()));
    words[at] == "May" && (at > 0 || numbered(words.get(at + 1)))
}

/// Words that two lists share, against all words of both.
fn same_share(a: &[String], b: &[String]) -> f64 {
    if a.is_empty() && b.is_empty() {
        return 1.0;
    }
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for word in a {
        *counts.entry(word).or_default() += 1;
    }
    let mut shared = 0;
    for word in b {
        if let Some(left) = counts.get_mut(word.as_str()).filter(|left| **left > 0) {
            *left -= 1;
            shared += 1;
        }
    }
    2.0 * f64::from(shared) / (a.len() + b.len()) as f64
}
