//! What is known of a story beside its documents: where it comes from, who copied whom, who added what.

use crate::fingerprint::run_hashes;
use crate::stream::Relation;
use sitrep_language::sentences::sentences;
use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::ops::Range;

/// Share of a sentence's runs of words that must stand in the earlier text for it not to be added.
const TAKEN_OVER: f64 = 0.5;

/// Steps from copy to copy that are followed: more are a circle.
const STEPS: usize = 64;

/// A document of a story.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// Its identifier.
    pub id: String,
    /// Who published it: the source where it is known, else the address's host.
    pub outlet: String,
    /// How it stands to the story.
    pub relation: Relation,
    /// What it repeats, where it repeats something.
    pub of: Option<String>,
}

/// Where a story comes from.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Account {
    /// The first report.
    pub first: Option<String>,
    /// Outlets that report it in words of their own, in order of their first such report: the independent origins. Ten
    /// outlets that print one agency's text are one origin, and so is an outlet that reports twice.
    pub origins: Vec<String>,
    /// Who copied whom: each copy with the document at the beginning of its chain.
    pub copies: BTreeMap<String, String>,
}

/// Where a story comes from, by its documents in order of arrival.
pub fn account(documents: &[Told]) -> Account {
    let by_id: BTreeMap<&str, &Told> = documents.iter().map(|told| (told.id.as_str(), told)).collect();
    let mut account = Account { first: documents.first().map(|told| told.id.clone()), ..Account::default() };
    let mut counted = BTreeSet::new();
    for told in documents {
        let root = root(told, &by_id);
        if root != told.id {
            account.copies.insert(told.id.clone(), root.to_owned());
        }
        // A copy of a document that is not (or no longer) in the story stands for it, once.
        let origin = match by_id.get(root) {
            Some(known) => known.outlet.as_str(),
            None => root,
        };
        if counted.insert(origin) {
            account.origins.push(by_id.get(root).map_or(&told.outlet, |known| &known.outlet).clone());
        }
    }
    account
}

/// The document at the beginning of a chain of copies.
fn root<'a>(told: &'a Told, by_id: &BTreeMap<&str, &'a Told>) -> &'a str {
    let mut at = told;
    for _ in 0..STEPS {
        match (at.relation, &at.of) {
            (Relation::Reprint, Some(of)) => match by_id.get(of.as_str()) {
                Some(earlier) => at = earlier,
                None => return of,
            },
            _ => break,
        }
    }
    &at.id
}

/// The sentences of a text that do not stand in an earlier one, as ranges of code points: what a copy added.
pub fn added(text: &str, earlier: &str) -> Vec<Range<usize>> {
    let known: HashSet<u32> = run_hashes(earlier).into_iter().collect();
    let known_words: HashSet<String> = sitrep_language::fold::words(earlier).into_iter().collect();
    let characters: Vec<char> = text.chars().collect();
    sentences(text)
        .into_iter()
        .filter(|range| {
            let sentence: String = characters[range.clone()].iter().collect();
            let runs = run_hashes(&sentence);
            let words = sitrep_language::fold::words(&sentence);
            // A sentence of one or two words has no run: its words are asked for themselves.
            let (common, all) = if words.len() < 3 {
                (words.iter().filter(|word| known_words.contains(*word)).count(), words.len())
            } else {
                (runs.iter().filter(|run| known.contains(run)).count(), runs.len())
            };
            all > 0 && (common as f64) < TAKEN_OVER * all as f64
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(id: &str, outlet: &str, of: Option<&str>) -> Told {
        let relation = if of.is_some() { Relation::Reprint } else { Relation::New };
        Told { id: id.into(), outlet: outlet.into(), relation, of: of.map(str::to_owned) }
    }

    #[test]
    fn origins_are_counted_not_outlets() {
        let story = [
            told("1", "agency", None),
            told("2", "daily", Some("1")),
            told("3", "radio", Some("2")),
            told("4", "daily", Some("1")),
            told("5", "weekly", None),
            told("6", "weekly", None),
        ];
        let account = account(&story);
        assert_eq!(account.origins, ["agency", "weekly"]);
        assert_eq!(account.first.as_deref(), Some("1"));
        assert_eq!(account.copies["3"], "1");
    }

    #[test]
    fn copies_of_a_text_that_is_gone_are_one_origin() {
        let account = account(&[told("2", "daily", Some("1")), told("3", "radio", Some("1"))]);
        assert_eq!(account.origins, ["daily"]);
    }

    #[test]
    fn a_circle_of_copies_ends() {
        let account = account(&[told("1", "a", Some("2")), told("2", "b", Some("1"))]);
        assert!((1..=2).contains(&account.origins.len()));
    }

    #[test]
    fn added_sentences_are_found() {
        let earlier = "The bridge at Bam was closed on Friday. Trucks wait on both sides of the river.";
        let copy = "BAM (Agency) The bridge at Bam was closed on Friday. The mayor had warned of cracks in spring. Trucks wait on both sides of the river.";
        let characters: Vec<char> = copy.chars().collect();
        let found: Vec<String> =
            added(copy, earlier).into_iter().map(|range| characters[range].iter().collect()).collect();
        assert_eq!(found, ["The mayor had warned of cracks in spring."]);
        assert!(added(earlier, copy).is_empty());
    }
}
