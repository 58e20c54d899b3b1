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
    ("highly likely", 87.0),
    ("highly unlikely", 12.0),
    ("most likely", 75.0),
    ("will", 99.0),
    ("certainly", 99.0),
    ("certain", 99.0),
    ("definitely", 99.0),
    ("undoubtedly", 99.0),
    ("cannot", 1.0),
];

const NEGATIONS: &[&str] = &["not", "never", "no", "hardly"];

/// What a statement without any such word amounts to.
const ASSERTED: f64 = 100.0;

/// Share of the other words that two wordings must have in common for their likelihoods to be compared.
const SAME_MATTER: f64 = 0.6;

/// The terms of a scale and the hedges of the language, by their probability.
pub(super) struct Ladder {
    terms: Vec<(Vec<String>, f64)>,
}

impl Ladder {
    pub(super) fn new(scale: &Scale) -> Self {
        let words = |term: &str| term.split_whitespace().map(str::to_lowercase).collect::<Vec<_>>();
        let mut terms: Vec<(Vec<String>, f64)> = Vec::new();
        for term in &scale.terms {
            let middle = (f64::from(term.from) + f64::from(term.to)) / 2.0;
            terms.extend(std::iter::once(&term.term).chain(&term.also).map(|wording| (words(wording), middle)));
        }
        for (hedge, middle) in HEDGES {
            let known = terms.iter().any(|(term, _)| *term == words(hedge));
            if !known {
                terms.push((words(hedge), *middle));
            }
        }
        // The longest term that fits is the one that is meant: `very unlikely`, not `unlikely`.
        terms.sort_by_key(|(term, _)| std::cmp::Reverse(term.len()));
        Self { terms }
    }

    /// Of two wordings of one statement: which is the likelier.
    pub(super) fn compare(&self, before: &str, after: &str) -> Kind {
        let (mut was, rest_before) = self.read(before);
        let (mut is, rest_after) = self.read(after);
        if same_share(&rest_before, &rest_after) < SAME_MATTER {
            return Kind::Reworded;
        }
        let hedged = (!was.is_empty(), !is.is_empty());
        // What both say does not tell them apart.
        was.retain(|level| match is.iter().position(|other| other == level) {
            Some(at) => {
                is.remove(at);
                false
            }
            None => true,
        });
        let (was, is) = match (was.first(), is.first(), hedged) {
            (Some(was), Some(is), _) => (*was, *is),
            (Some(was), None, (_, false)) => (*was, ASSERTED),
            (None, Some(is), (false, _)) => (ASSERTED, *is),
            _ => return Kind::Reworded,
        };
        match is.total_cmp(&was) {
            std::cmp::Ordering::Greater => Kind::Stronger,
            std::cmp::Ordering::Less => Kind::Weaker,
            std::cmp::Ordering::Equal => Kind::Reworded,
        }
    }

    /// The probabilities that a text names, in order, and its other words.
    fn read(&self, text: &str) -> (Vec<f64>, Vec<String>) {
        let given: Vec<&str> = text.split(|c: char| !c.is_alphanumeric() && c != '’' && c != '\'').collect();
        let given: Vec<&str> = given.into_iter().filter(|word| !word.is_empty()).collect();
        let words: Vec<String> = given.iter().map(|word| word.to_lowercase().replace('’', "'")).collect();
        let (mut levels, mut rest) = (Vec::new(), Vec::new());
        let mut at = 0;
        while at < words.len() {
            let fits = |(term, _): &&(Vec<String>, f64)| words[at..].starts_with(term);
            let found = self.terms.iter().find(fits).filter(|_| !is_month(&given, at));
            let Some((term, level)) = found else {
                // `won't`, `couldn't`: the word and its negation in one.
                let bare = contracted(&words[at]).unwrap_or_default();
                match self.terms.iter().find(|(term, _)| term.len() == 1 && term[0] == bare) {
                    Some((_, level)) => levels.push(100.0 - level),
                    None => rest.push(words[at].clone()),
                }
                at += 1;
                continue;
            };
            let negated = |word: Option<&String>| word.is_some_and(|word| NEGATIONS.contains(&word.as_str()));
            let before = negated(at.checked_sub(1).and_then(|before| words.get(before)));
            let behind = negated(words.get(at + term.len()));
            if before {
                rest.pop();
            }
            levels.push(if before || behind { 100.0 - level } else { *level });
            at += term.len() + usize::from(behind);
        }
        (levels, rest)
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
