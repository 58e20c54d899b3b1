//! Documents as they arrive, put into stories: first reports, re-prints, further reports, edited pages.
//!
//! Nothing is read twice and nothing is regrouped later: each document gets its answer when it comes, from those before it.
//! What is remembered is bounded by number and by time.

use crate::asked::Asked;
use crate::canonical::canonical;
use crate::fingerprint::Fingerprint;
use crate::heard::{Heard, Listener};
use crate::likeness::{ACROSS, Factors, SAME_LANGUAGE, Weighed, log_odds, measures};
use crate::reprints::Index;
use crate::telling::{Feature, Telling};
use crate::vocabulary::{Told, Vocabulary};
use rustc_hash::FxHashMap;
use standing::{FAINT, Standing};
use std::collections::{HashMap, VecDeque};

/// How a document stands to its story.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Relation {
    /// It opened the story.
    First,
    /// A further report of it, in words of its own.
    New,
    /// It repeats an earlier document, perhaps with sentences added or left out.
    Reprint,
    /// The page of an earlier document, as it is now.
    Update,
}

impl Relation {
    /// The relation's name in answers to programs.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::First => "first",
            Self::New => "new",
            Self::Reprint => "reprint",
            Self::Update => "update",
        }
    }
}

/// A document that arrives.
#[derive(Debug, Clone, Copy, Default)]
pub struct Incoming<'a> {
    /// Its identifier; the same identifier again is the same document.
    pub id: &'a str,
    /// Its address; empty where it has none.
    pub url: &'a str,
    /// Title.
    pub title: &'a str,
    /// Main text.
    pub text: &'a str,
    /// BCP 47 language.
    pub language: &'a str,
    /// When it was published, in seconds since 1970; where unknown, the latest time seen counts.
    pub published: Option<i64>,
}

/// A document that arrives and was read already.
#[derive(Debug, Clone, Copy)]
pub struct Arrival<'a> {
    /// Its identifier; the same identifier again is the same document.
    pub id: &'a str,
    /// Its address; empty where it has none.
    pub url: &'a str,
    /// When it was published, in seconds since 1970; where unknown, the latest time seen counts.
    pub published: Option<i64>,
    /// What was read of it.
    pub heard: &'a Heard,
}

/// Where a document was put.
#[derive(Debug, Clone, PartialEq)]
pub struct Placed {
    /// The story, named by the identifier of its first document.
    pub story: String,
    /// How the document stands to it.
    pub relation: Relation,
    /// The document that it repeats, updates, or is most alike; `None` for a first.
    pub of: Option<String>,
    /// How sure that is, 0 to 1: of a re-print the share of its text that stands in the other, of a further report the
    /// odds that both tell the same, by what the labelled documents taught; under a half where the story was joined for
    /// standing out from all others.
    pub likeness: f64,
}

/// What the stream remembers, and what it takes for the same story. The defaults were chosen on the tuning part of the
/// labelled documents (`bench/stories`).
#[derive(Debug, Clone, Copy)]
pub struct Settings {
    /// Documents remembered, at most.
    pub documents: usize,
    /// Days after which a document is forgotten, by the times of publication.
    pub days: f64,
    /// Share of a text that must stand in an earlier one for a re-print.
    pub reprint: f64,
    /// Share of the score that all documents of a story have, beside the most alike.
    pub members: f64,
    /// Log odds that each doubling of a story's documents adds: what many tell is likely told again.
    pub size: f64,
    /// Factors of the measures within a language.
    pub same_language: Factors,
    /// Factors of the measures across languages.
    pub across: Factors,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            documents: 20_000,
            days: 14.0,
            reprint: 0.6,
            members: 0.6,
            size: 0.5,
            same_language: SAME_LANGUAGE,
            across: ACROSS,
        }
    }
}

/// Features by which documents are looked up.
const KEYS: usize = 24;
/// Documents compared with one that arrives, at most.
const COMPARED: usize = 64;
/// Members of a story that are compared with one that arrives, at most: the latest.
const MEMBERS: usize = 12;
/// Words from which a text can be a re-print: shorter ones are alike by chance.
const SHORTEST: usize = 6;
const DAY: f64 = 86_400.0;

#[derive(Debug)]
struct Kept {
    id: Box<str>,
    address: Box<str>,
    story: u32,
    published: i64,
    told: Told,
    weighed: Weighed,
    /// Its page was edited since it arrived.
    edited: bool,
}

#[derive(Debug)]
struct Thread {
    name: Box<str>,
    /// Serials of its remembered documents, oldest first.
    members: VecDeque<u32>,
}

/// The stream of a desk's documents.
#[derive(Debug)]
pub struct Stream {
    settings: Settings,
    documents: VecDeque<Option<Kept>>,
    /// Serial of the first of `documents`.
    first: u32,
    by_id: HashMap<Box<str>, u32>,
    by_address: HashMap<Box<str>, u32>,
    listener: Listener,
    vocabulary: Vocabulary,
    reprints: Index,
    threads: HashMap<u32, Thread>,
    by_name: HashMap<Box<str>, u32>,
    next_thread: u32,
    latest: i64,
    /// What each document shares with the one that arrives; [`NOTHING`] between two.
    shared: Vec<f32>,
}

/// What was not looked at shares: less than nothing.
const NOTHING: f32 = -1.0;

impl Default for Stream {
    fn default() -> Self {
        Self::new(Settings::default())
    }
}

impl Stream {
    /// An empty stream.
    pub fn new(settings: Settings) -> Self {
        Self {
            documents: VecDeque::new(),
            first: 0,
            by_id: HashMap::new(),
            by_address: HashMap::new(),
            listener: Listener::default(),
            vocabulary: Vocabulary::default(),
            reprints: Index::with_capacity(settings.documents),
            threads: HashMap::new(),
            by_name: HashMap::new(),
            next_thread: 0,
            latest: 0,
            shared: Vec::new(),
            settings,
        }
    }

    /// How many documents are remembered.
    pub fn len(&self) -> usize {
        self.by_id.len()
    }

    /// Whether none is.
    pub fn is_empty(&self) -> bool {
        self.by_id.is_empty()
    }

    /// Reads a document and puts it into its story.
    pub fn place(&mut self, document: &Incoming<'_>) -> Placed {
        let Incoming { id, url, title, text, language, published } = *document;
        let heard = self.listener.hear(title, text, language);
        self.place_heard(&Arrival { id, url, published, heard: &heard })
    }

    /// Puts a document that was read already into its story.
    pub fn place_heard(&mut self, document: &Arrival<'_>) -> Placed {
        let Heard { telling, fingerprint } = document.heard;
        let published = self.arrives(document.published);
        let address = canonical(document.url);
        if let Some(serial) = self.known(document.id, &address) {
            return self.update(serial, telling, fingerprint);
        }
        let numbers = self.vocabulary.numbers(telling);
        let placed = match self.reprint(fingerprint) {
            Some(placed) => Some(placed),
            None => self.report(&Asked::new(telling, &numbers, published, &self.vocabulary)),
        };
        let (thread, relation, of, likeness) = match placed {
            Some((serial, relation, likeness)) => {
                let of = self.kept(serial);
                (of.map(|kept| kept.story), relation, of.map(|kept| kept.id.to_string()), likeness)
            }
            None => (None, Relation::First, None, 1.0),
        };
        let thread = thread.unwrap_or_else(|| self.open(document.id));
        self.remember((document.id, &address), thread, published, (telling, &numbers), fingerprint);
        let story = self.threads.get(&thread).map_or_else(|| document.id.to_owned(), |thread| thread.name.to_string());
        Placed { story, relation, of, likeness }
    }

    /// Takes back a document whose story is known already, as after a restart; in order of arrival.
    pub fn recall(&mut self, document: &Arrival<'_>, story: &str) {
        let Heard { telling, fingerprint } = document.heard;
        let published = self.arrives(document.published);
        let address = canonical(document.url);
        if self.known(document.id, &address).is_some() {
            return;
        }
        let thread = self.by_name.get(story).copied().unwrap_or_else(|| self.open(story));
        let numbers = self.vocabulary.numbers(telling);
        self.remember((document.id, &address), thread, published, (telling, &numbers), fingerprint);
    }

    /// Lets time pass up to a document that arrives; when it was published.
    fn arrives(&mut self, published: Option<i64>) -> i64 {
        let published = published.unwrap_or(self.latest);
        self.latest = self.latest.max(published);
        self.forget_old();
        published
    }

    fn known(&self, id: &str, address: &str) -> Option<u32> {
        let by_address = (!address.is_empty()).then(|| self.by_address.get(address)).flatten();
        self.by_id.get(id).or(by_address).copied()
    }

    fn kept(&self, serial: u32) -> Option<&Kept> {
        self.documents.get(serial.wrapping_sub(self.first) as usize)?.as_ref()
    }

    /// The page of a remembered document as it is now: the same document, found by its new words from here on.
    fn update(&mut self, serial: u32, telling: &Telling, fingerprint: &Fingerprint) -> Placed {
        let at = serial.wrapping_sub(self.first) as usize;
        let Some(kept) = self.documents.get_mut(at).and_then(Option::as_mut) else {
            return Placed { story: String::new(), relation: Relation::First, of: None, likeness: 0.0 };
        };
        let (id, story) = (kept.id.to_string(), kept.story);
        let before = self.vocabulary.telling(&kept.told);
        let telling = telling.clone().after(&before);
        if before != telling {
            let numbers = self.vocabulary.numbers(&telling);
            let told = self.vocabulary.learn(&telling, &numbers, serial);
            self.vocabulary.uncount(&kept.told);
            kept.told = told;
            kept.weighed = Weighed::of(&kept.told, &self.vocabulary);
            kept.edited = true;
            self.reprints.insert(&id, fingerprint);
        }
        let story = self.threads.get(&story).map_or_else(|| id.clone(), |thread| thread.name.to_string());
        Placed { story, relation: Relation::Update, of: Some(id), likeness: 1.0 }
    }

    /// The earlier document that the text repeats.
    fn reprint(&self, fingerprint: &Fingerprint) -> Option<(u32, Relation, f64)> {
        if fingerprint.len() < SHORTEST {
            return None;
        }
        let (id, overlap) = self.reprints.nearest_from(fingerprint, self.settings.reprint)?;
        Some((*self.by_id.get(id)?, Relation::Reprint, overlap))
    }

    /// The document of the story that is told again, most alike of its documents.
    fn report(&mut self, asked: &Asked<'_>) -> Option<(u32, Relation, f64)> {
        let candidates = self.candidates(asked);
        self.weigh_again(&candidates);
        let known: FxHashMap<u32, f64> =
            candidates.iter().filter_map(|serial| Some((*serial, self.likeness(asked, self.kept(*serial)?)))).collect();
        let mut standing = Standing::new();
        for (at_most, story) in self.stories(&known) {
            if at_most < standing.open_from() {
                break;
            }
            if let Some((score, nearest)) = self.score(asked, story, &known) {
                standing.add(score, nearest);
            }
        }
        let (score, nearest) = standing.joined()?;
        Some((nearest, Relation::New, 1.0 / (1.0 + (-score).exp())))
    }

    /// Stories of the documents that one was compared with, and the most that each can score, best first. Documents that
    /// it was not compared with share less, so that they are taken for no more alike.
    fn stories(&self, known: &FxHashMap<u32, f64>) -> Vec<(f64, u32)> {
        let mut nearest: FxHashMap<u32, f64> = FxHashMap::default();
        for (serial, likeness) in known.iter().filter(|(_, likeness)| **likeness >= FAINT) {
            if let Some(kept) = self.kept(*serial) {
                let most = nearest.entry(kept.story).or_insert(*likeness);
                *most = most.max(*likeness);
            }
        }
        let at_most = |(story, likeness)| {
            let told = self.threads.get(&story).map_or(0, |thread| thread.members.len().min(MEMBERS));
            (likeness + self.drawn(told), story)
        };
        let mut stories: Vec<(f64, u32)> = nearest.into_iter().map(at_most).collect();
        stories.sort_unstable_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        stories
    }

    /// What a story draws by its size, in log odds.
    fn drawn(&self, told: usize) -> f64 {
        self.settings.size * (told.max(1) as f64).log2()
    }

    /// Log odds that a document tells a story, and which of its documents it is most alike; `known` are those of documents
    /// that it was compared with already.
    fn score(&mut self, asked: &Asked<'_>, story: u32, known: &FxHashMap<u32, f64>) -> Option<(f64, u32)> {
        let members: Vec<u32> = self.threads.get(&story)?.members.iter().rev().take(MEMBERS).copied().collect();
        self.weigh_again(&members);
        let mut most: Option<(f64, u32)> = None;
        let (mut sum, mut count) = (0.0, 0_usize);
        for serial in members {
            let Some(kept) = self.kept(serial) else { continue };
            let likeness = known.get(&serial).copied().unwrap_or_else(|| self.likeness(asked, kept));
            sum += likeness;
            count += 1;
            if most.is_none_or(|(known, _)| likeness > known) {
                most = Some((likeness, serial));
            }
        }
        let (most, nearest) = most?;
        let share = self.settings.members;
        Some(((1.0 - share) * most + share * sum / count.max(1) as f64 + self.drawn(count), nearest))
    }

    /// Log odds that two documents tell the same.
    fn likeness(&self, asked: &Asked<'_>, kept: &Kept) -> f64 {
        let same = asked.telling.language == kept.told.language;
        let factors = if same { &self.settings.same_language } else { &self.settings.across };
        log_odds(&self.measures(asked, kept), factors)
    }

    fn measures(&self, asked: &Asked<'_>, kept: &Kept) -> Factors {
        let days = (asked.published - kept.published).abs() as f64 / DAY;
        measures(asked, (&kept.told, &kept.weighed), days)
    }

    /// Sums up again what has grown old.
    fn weigh_again(&mut self, serials: &[u32]) {
        for serial in serials {
            let at = serial.wrapping_sub(self.first) as usize;
            if let Some(kept) = self.documents.get_mut(at).and_then(Option::as_mut)
                && kept.weighed.is_old(&self.vocabulary)
            {
                kept.weighed = Weighed::of(&kept.told, &self.vocabulary);
            }
        }
    }

    /// Documents that share what tells most, best first.
    fn candidates(&mut self, asked: &Asked<'_>) -> Vec<u32> {
        let mut keys: Vec<(f32, Feature, u32)> = Vec::new();
        for ((said, weight), number) in asked.telling.features.iter().zip(&asked.each).zip(asked.numbers) {
            if self.vocabulary.is_posted(*number) {
                keys.push((said.much * weight, said.feature, *number));
            }
        }
        let best_first = |a: &(f32, Feature, u32), b: &(f32, Feature, u32)| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1));
        if keys.len() > KEYS {
            keys.select_nth_unstable_by(KEYS, best_first);
            keys.truncate(KEYS);
        }
        keys.sort_unstable_by(best_first);
        self.shared.resize(self.documents.len(), NOTHING);
        let mut met: Vec<u32> = Vec::new();
        for (weight, _, number) in keys {
            for serial in self.vocabulary.posted(number) {
                let Some(shared) = self.shared.get_mut(serial.wrapping_sub(self.first) as usize) else { continue };
                if *shared == NOTHING {
                    *shared = 0.0;
                    met.push(serial);
                }
                *shared += weight;
            }
        }
        let first = self.first;
        let shared =
            |serial: u32| (serial, std::mem::replace(&mut self.shared[serial.wrapping_sub(first) as usize], NOTHING));
        let mut found: Vec<(u32, f32)> = met.into_iter().map(shared).collect();
        let best_first = |a: &(u32, f32), b: &(u32, f32)| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0));
        if found.len() > COMPARED {
            found.select_nth_unstable_by(COMPARED, best_first);
            found.truncate(COMPARED);
        }
        found.sort_unstable_by(best_first);
        found.into_iter().map(|(serial, _)| serial).filter(|serial| self.kept(*serial).is_some()).collect()
    }
}

mod memory;
mod standing;
mod why;

#[cfg(test)]
mod tests;
