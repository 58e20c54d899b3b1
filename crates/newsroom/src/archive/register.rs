//! The register's names found in a text: actors and places under any of their names, in any script.

use sitrep_language::fold::{self, fold};
use sitrep_model::actor::Actor;
use sitrep_model::id::{ActorId, PlaceId};
use sitrep_model::place::Place;
use std::collections::HashMap;
use std::ops::Range;

/// Who or what a name names.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Named {
    Actor(ActorId),
    Place(PlaceId),
}

/// A name as it is looked for.
#[derive(Clone)]
struct Pattern {
    /// Its words behind the first, folded.
    rest: Vec<String>,
    /// An abbreviation counts only as it is written: `US` is not `us`.
    exact: Option<String>,
    named: Named,
}

/// All names of a desk's register, by their first word.
#[derive(Default, Clone)]
pub(super) struct Register {
    patterns: HashMap<String, Vec<Pattern>>,
}

/// A word of a text as written, and its place in bytes. Few of a text's words are looked up: only these are folded.
struct Word<'t> {
    surface: &'t str,
    start: usize,
}

impl Word<'_> {
    fn folded(&self) -> String {
        fold(self.surface)
    }

    /// Scripts that have capitals write names with them; `may` is no month and `hope` nobody.
    fn may_begin_a_name(&self) -> bool {
        self.surface.chars().next().is_some_and(|c| !c.is_lowercase())
    }
}

impl Register {
    /// Takes in actors and places. Where several places bear a name, it means the largest.
    pub(super) fn new(actors: &[Actor], places: &[Place]) -> Self {
        let mut register = Self::default();
        let mut size: HashMap<String, (u64, PlaceId)> = HashMap::new();
        for place in places {
            let population = place.population.unwrap_or_default();
            for name in place.spellings() {
                let known = size.entry(fold(name)).or_insert_with(|| (population, place.id.clone()));
                if known.0 < population {
                    *known = (population, place.id.clone());
                }
            }
        }
        for actor in actors {
            let named = Named::Actor(actor.id.clone());
            for name in actor.spellings() {
                register.add(name, false, &named);
            }
            if let Some(abbreviation) = &actor.abbreviation {
                register.add(abbreviation, true, &named);
            }
        }
        for place in places {
            for name in place.spellings() {
                if size.get(&fold(name)).is_some_and(|(_, id)| id == &place.id) {
                    register.add(name, false, &Named::Place(place.id.clone()));
                }
            }
        }
        // The longest name that begins here is meant: `Deir ez-Zor Military Council` is no mention of the town.
        for patterns in register.patterns.values_mut() {
            patterns.sort_by_key(|pattern| std::cmp::Reverse(pattern.rest.len()));
        }
        register
    }

    fn add(&mut self, name: &str, exact: bool, named: &Named) {
        let mut folded = words(name).into_iter().map(|word| word.folded()).filter(|folded| !folded.is_empty());
        let Some(first) = folded.next() else { return };
        let rest: Vec<String> = folded.collect();
        // A single letter, or a number, names nothing by itself.
        if rest.is_empty() && (first.chars().count() < 2 || first.chars().all(char::is_numeric)) {
            return;
        }
        let patterns = self.patterns.entry(first).or_default();
        let exact = exact.then(|| name.to_owned());
        if !patterns.iter().any(|known| known.rest == rest && known.named == *named && known.exact == exact) {
            patterns.push(Pattern { rest, exact, named: named.clone() });
        }
    }

    /// Everything that a text names, in order, each with where its name stands, in bytes.
    pub(super) fn find<'r>(&'r self, text: &str) -> Vec<(Range<usize>, &'r Named)> {
        let words = words(text);
        let mut found = Vec::new();
        let mut at = 0;
        while let Some(word) = words.get(at) {
            let patterns = word.may_begin_a_name().then(|| self.patterns.get(&word.folded())).flatten();
            let fitting: Vec<&Pattern> =
                patterns.into_iter().flatten().filter(|pattern| pattern.fits(&words[at..])).collect();
            let length = fitting.first().map(|pattern| pattern.rest.len());
            // An actor and a place may bear the same name: both are meant.
            let meant = fitting.into_iter().filter(|pattern| Some(pattern.rest.len()) == length);
            let last = words.get(at + length.unwrap_or_default()).unwrap_or(word);
            let span = word.start..last.start + last.surface.len();
            found.extend(meant.map(|pattern| (span.clone(), &pattern.named)));
            at += length.unwrap_or_default() + 1;
        }
        found
    }
}

impl Pattern {
    fn fits(&self, words: &[Word<'_>]) -> bool {
        let Some((first, rest)) = words.split_first() else { return false };
        let exact = self.exact.as_ref().is_none_or(|exact| !self.rest.is_empty() || first.surface == exact);
        exact
            && rest.len() >= self.rest.len()
            && self.rest.iter().zip(rest).all(|(wanted, word)| *wanted == word.folded())
    }
}

/// The words of a text. What marks a possessive in English is no part of a word.
fn words(text: &str) -> Vec<Word<'_>> {
    let mut words = Vec::new();
    for span in fold::stretches(text) {
        let (start, whole) = (span.start, &text[span]);
        let possessive = ["'s", "’s", "'S", "’S"].iter().find_map(|ending| whole.strip_suffix(ending));
        let surface = possessive.unwrap_or(whole).trim_end_matches(['\'', '’']);
        if surface.chars().any(fold::is_alphanumeric) {
            words.push(Word { surface, start });
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;
    use sitrep_model::place::{Name, PlaceKind, Point};

    fn actor(id: &str, name: &str, others: &[&str], abbreviation: Option<&str>) -> Actor {
        let names = others.iter().map(|text| Name { text: (*text).to_owned(), language: None }).collect();
        Actor {
            id: id.into(),
            desk: "d".into(),
            name: name.to_owned(),
            names,
            avoid: Vec::new(),
            abbreviation: abbreviation.map(str::to_owned),
            kind: sitrep_model::actor::ActorKind::default(),
            memberships: Vec::new(),
            note: None,
        }
    }

    fn place(id: &str, name: &str, population: u64) -> Place {
        Place {
            id: id.into(),
            name: name.to_owned(),
            names: Vec::new(),
            kind: PlaceKind::City,
            point: Point { latitude: 0.0, longitude: 0.0 },
            population: Some(population),
            country: None,
            admin: Vec::new(),
        }
    }

    fn found(register: &Register, text: &str) -> Vec<String> {
        let name = |named: &Named| match named {
            Named::Actor(id) => id.to_string(),
            Named::Place(id) => id.to_string(),
        };
        register.find(text).into_iter().map(|(_, named)| name(named)).collect()
    }

    #[test]
    fn a_man_is_found_in_every_script_that_the_register_knows() {
        let raisi = actor("raisi", "Ebrahim Raisi", &["Raisi", "رئیسی", "Раиси"], None);
        let register = Register::new(&[raisi], &[]);
        for text in ["President Ebrahim Raisi said", "Ra’isi’s visit", "سخنان رئيسي در تهران", "визит Раиси"]
        {
            assert_eq!(found(&register, text), ["raisi"], "{text}");
        }
        assert_eq!(found(&register, "raisin bread, raisi"), Vec::<String>::new());
    }

    #[test]
    fn the_longest_name_is_meant_and_the_largest_place() {
        let council = actor("council", "Qadis Military Council", &[], None);
        let register = Register::new(&[council], &[place("small", "Qadis", 10), place("large", "Qadis", 90)]);
        assert_eq!(found(&register, "The Qadis Military Council left Qadis."), ["council", "large"]);
    }

    #[test]
    fn an_abbreviation_counts_only_as_it_is_written() {
        let register = Register::new(&[actor("us", "Ursal Statehood", &[], Some("US"))], &[]);
        assert_eq!(found(&register, "The US told us."), ["us"]);
        assert_eq!(found(&register, "Us, and us"), Vec::<String>::new());
    }
}
