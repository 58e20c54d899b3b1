//! Stable identity: paragraphs and sentences of a new version keep the ids of what they were.

use crate::matching::{self, Matching, Statement};
use sitrep_model::edition::{Edition, Paragraph};
use sitrep_model::id::{ParagraphId, SentenceId};
use std::collections::{HashMap, HashSet};

/// What became of a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Fate {
    /// It stands where it stood, word for word.
    Same,
    /// Word for word, in another paragraph.
    Moved,
    /// In other words.
    Reworded,
    /// Its words are a part of another sentence.
    Merged,
    /// It is no more.
    Dropped,
}

/// A sentence of the earlier version and what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Carried {
    /// The sentence.
    pub before: SentenceId,
    /// The sentence that a link to it leads to now.
    pub now: Option<SentenceId>,
    /// What became of it.
    pub fate: Fate,
}

/// The paragraphs of one part of an edition with their sentences as statements.
struct Part {
    texts: Vec<String>,
    ids: Vec<String>,
    /// Paragraph of each sentence.
    of: Vec<usize>,
    paragraphs: Vec<String>,
}

impl Part {
    fn new<'a>(paragraphs: impl Iterator<Item = &'a Paragraph>) -> Self {
        let mut part = Self { texts: Vec::new(), ids: Vec::new(), of: Vec::new(), paragraphs: Vec::new() };
        for paragraph in paragraphs {
            let characters: Vec<char> = paragraph.text.chars().collect();
            for sentence in &paragraph.sentences {
                let text = characters.get(sentence.start..sentence.end).unwrap_or_default();
                part.texts.push(text.iter().collect());
                part.ids.push(sentence.id.to_string());
                part.of.push(part.paragraphs.len());
            }
            part.paragraphs.push(paragraph.id.to_string());
        }
        part
    }

    fn statements(&self) -> Vec<Statement<'_>> {
        self.texts.iter().zip(&self.ids).map(|(text, id)| Statement { text, id }).collect()
    }
}

/// Gives the paragraphs and sentences of `after` the ids of what they were in `before`: found by content wherever they
/// stand now, moved, reworded, split (the likest part keeps the id) or merged (the sentence keeps the id of its likest
/// part). What is new keeps an id of its own that `before` doesn't know, or gets one from `make` (called with
/// `paragraph` or `sentence`). No id is used twice. Takeaways go on announcing the paragraphs they announced.
pub fn carry(before: &Edition, after: &mut Edition, make: &mut dyn FnMut(&str) -> String) -> Vec<Carried> {
    let mut used: HashSet<String> = HashSet::new();
    let mut known: HashSet<String> = HashSet::new();
    for paragraph in before.paragraphs() {
        known.insert(paragraph.id.to_string());
        known.extend(paragraph.sentences.iter().map(|sentence| sentence.id.to_string()));
    }
    let takeaways = (
        Part::new(before.takeaways.iter().map(|takeaway| &takeaway.body)),
        Part::new(after.takeaways.iter().map(|takeaway| &takeaway.body)),
    );
    let sections = (
        Part::new(before.sections.iter().flat_map(|section| &section.paragraphs)),
        Part::new(after.sections.iter().flat_map(|section| &section.paragraphs)),
    );
    let mut plans: Vec<Plan> =
        [takeaways, sections].into_iter().map(|(before, after)| Plan::new(before, after)).collect();
    // First the ids that are kept, so that no new one takes them.
    for plan in &mut plans {
        plan.keep(&mut used);
    }
    let mut renamed: HashMap<ParagraphId, ParagraphId> = HashMap::new();
    let mut name = |kept: Option<&String>, own: &str, kind: &str| -> String {
        let id = match kept {
            Some(id) => return id.clone(),
            None if !own.is_empty() && !known.contains(own) && !used.contains(own) => own.to_owned(),
            None => make(kind),
        };
        used.insert(id.clone());
        id
    };
    let bodies = after.takeaways.iter_mut().map(|takeaway| &mut takeaway.body);
    plans[0].name(bodies, &mut name, &mut renamed);
    plans[1].name(after.sections.iter_mut().flat_map(|section| &mut section.paragraphs), &mut name, &mut renamed);
    for takeaway in &mut after.takeaways {
        let now = takeaway.announces.as_ref().and_then(|id| renamed.get(id)).cloned();
        takeaway.announces = now.or(takeaway.announces.take());
    }
    plans.iter().flat_map(Plan::fates).collect()
}

/// The ids of one part, before they are written into the edition.
struct Plan {
    before: Part,
    after: Part,
    matching: Matching,
    /// For each later paragraph the earlier one that it was.
    paragraphs: Vec<Option<usize>>,
    kept_paragraphs: Vec<Option<String>>,
    kept_sentences: Vec<Option<String>>,
    names: Vec<String>,
}

impl Plan {
    fn new(before: Part, after: Part) -> Self {
        let matching = matching::pairs(&before.statements(), &after.statements());
        let paragraphs = paragraphs(&before, &after, &matching);
        let (kept_paragraphs, kept_sentences) = (Vec::new(), Vec::new());
        Self { before, after, matching, paragraphs, kept_paragraphs, kept_sentences, names: Vec::new() }
    }

    fn keep(&mut self, used: &mut HashSet<String>) {
        let mut take = |id: Option<&String>| id.filter(|id| !id.is_empty() && used.insert((*id).clone())).cloned();
        let paragraphs = self.paragraphs.iter().map(|was| take(was.and_then(|was| self.before.paragraphs.get(was))));
        self.kept_paragraphs = paragraphs.collect();
        let sentences = self.matching.of_after.iter().map(|was| take(was.and_then(|was| self.before.ids.get(was))));
        self.kept_sentences = sentences.collect();
    }

    fn name<'a>(
        &mut self,
        paragraphs: impl Iterator<Item = &'a mut Paragraph>,
        name: &mut dyn FnMut(Option<&String>, &str, &str) -> String,
        renamed: &mut HashMap<ParagraphId, ParagraphId>,
    ) {
        let mut sentences = self.kept_sentences.iter();
        for (paragraph, kept) in paragraphs.zip(&self.kept_paragraphs) {
            let now = ParagraphId(name(kept.as_ref(), paragraph.id.as_str(), "paragraph"));
            let was = std::mem::replace(&mut paragraph.id, now.clone());
            renamed.entry(was).or_insert(now);
            for (sentence, kept) in paragraph.sentences.iter_mut().zip(&mut sentences) {
                sentence.id = SentenceId(name(kept.as_ref(), sentence.id.as_str(), "sentence"));
                self.names.push(sentence.id.to_string());
            }
        }
    }

    fn fates(&self) -> Vec<Carried> {
        let fate = |a: usize| -> (Option<usize>, Fate) {
            match (self.matching.of_before[a], self.matching.merged_into[a]) {
                (Some(b), _) if self.before.texts[a] != self.after.texts[b] => (Some(b), Fate::Reworded),
                (Some(b), _) if self.paragraphs[self.after.of[b]] == Some(self.before.of[a]) => (Some(b), Fate::Same),
                (Some(b), _) => (Some(b), Fate::Moved),
                (None, Some(b)) => (Some(b), Fate::Merged),
                (None, None) => (None, Fate::Dropped),
            }
        };
        let carried = |a: usize| {
            let (now, fate) = fate(a);
            let now = now.and_then(|b| self.names.get(b)).map(|id| SentenceId(id.clone()));
            Carried { before: SentenceId(self.before.ids[a].clone()), now, fate }
        };
        (0..self.before.texts.len()).map(carried).collect()
    }
}

/// Which paragraph is which: the one that most of its words came from.
fn paragraphs(before: &Part, after: &Part, matching: &Matching) -> Vec<Option<usize>> {
    let mut votes: HashMap<(usize, usize), usize> = HashMap::new();
    let pairs = matching.of_after.iter().zip(&matching.split_from).map(|(was, part)| was.or(*part));
    for (b, a) in pairs.enumerate() {
        if let Some(a) = a {
            let words = after.texts[b].split_whitespace().count().max(1);
            *votes.entry((before.of[a], after.of[b])).or_default() += words;
        }
    }
    let same_id = |a: usize, b: usize| !before.paragraphs[a].is_empty() && before.paragraphs[a] == after.paragraphs[b];
    let mut ranked: Vec<(bool, usize, usize, usize)> =
        votes.into_iter().map(|((a, b), words)| (same_id(a, b), words, a, b)).collect();
    // What keeps its own id comes first, then the greater share, then reading order.
    ranked.sort_by(|x, y| (y.0, y.1).cmp(&(x.0, x.1)).then((x.2, x.3).cmp(&(y.2, y.3))));
    let mut taken = vec![false; before.paragraphs.len()];
    let mut found = vec![None; after.paragraphs.len()];
    for (_, _, a, b) in ranked {
        if !taken[a] && found[b].is_none() {
            (taken[a], found[b]) = (true, Some(a));
        }
    }
    let ids: HashMap<&str, usize> = before.paragraphs.iter().map(String::as_str).zip(0..).collect();
    for (b, was) in found.iter_mut().enumerate().filter(|(_, was)| was.is_none()) {
        if let Some(a) = ids.get(after.paragraphs[b].as_str()).filter(|a| !taken[**a] && same_id(**a, b)) {
            (taken[*a], *was) = (true, Some(*a));
        }
    }
    found
}

/// The share of sentences, of the edition that has fewer, which stand word for word in the other: about 1 for two
/// captures of one edition, near 0 for two editions of a desk.
pub fn kinship(a: &Edition, b: &Edition) -> f64 {
    let sentences = |edition: &Edition| -> HashSet<String> {
        let paragraphs = edition.sections.iter().flat_map(|section| &section.paragraphs);
        let texts = paragraphs.flat_map(|body| body.sentences.iter().map(|sentence| body.sentence_text(sentence)));
        texts.map(|text| matching::plain(&text)).collect()
    };
    let (a, b) = (sentences(a), sentences(b));
    let fewer = a.len().min(b.len());
    if fewer == 0 { 0.0 } else { a.intersection(&b).count() as f64 / fewer as f64 }
}

#[cfg(test)]
mod tests;
