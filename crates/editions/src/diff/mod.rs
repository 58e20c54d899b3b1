//! What changed between two editions, statement by statement, and between two texts, word by word.

mod strength;
mod words;

pub use words::{Piece, words};

use crate::matching::{self, Statement};
use serde::{Deserialize, Serialize};
use sitrep_model::edition::{Edition, Paragraph};
use sitrep_model::id::{ParagraphId, SentenceId};
use sitrep_model::likelihood::Scale;
use std::collections::HashMap;

/// How a statement changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Only in the later edition.
    New,
    /// Only in the earlier one.
    Dropped,
    /// In both, word for word.
    Same,
    /// In both, in other words.
    Reworded,
    /// In both; the later one calls it likelier.
    Stronger,
    /// In both; the later one calls it less likely.
    Weaker,
}

/// A statement of either edition and what became of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Difference {
    /// How it changed.
    pub kind: Kind,
    /// Its words in the earlier edition.
    pub before: Option<String>,
    /// Its words in the later one.
    pub after: Option<String>,
    /// The title of the section that it stands in (or stood in); `Key Takeaways` for a takeaway.
    pub section: String,
    /// Its sentence in the earlier edition.
    pub before_id: Option<SentenceId>,
    /// Its sentence in the later one.
    pub after_id: Option<SentenceId>,
    /// The paragraph that it stands in in the earlier edition.
    pub before_paragraph: Option<ParagraphId>,
    /// The paragraph that it stands in in the later one.
    pub after_paragraph: Option<ParagraphId>,
}

struct Line {
    text: String,
    id: SentenceId,
    paragraph: ParagraphId,
    section: usize,
}

/// An edition's statements.
struct Lines {
    titles: Vec<String>,
    lines: Vec<Line>,
}

impl Lines {
    fn takeaways(edition: &Edition) -> Self {
        let mut lines = Self { titles: vec!["Key Takeaways".to_owned()], lines: Vec::new() };
        edition.takeaways.iter().for_each(|takeaway| lines.add(&takeaway.body, 0));
        lines
    }

    fn sections(edition: &Edition) -> Self {
        let titles = edition.sections.iter().map(|section| section.title.clone()).collect();
        let mut lines = Self { titles, lines: Vec::new() };
        for (index, section) in edition.sections.iter().enumerate() {
            section.paragraphs.iter().for_each(|paragraph| lines.add(paragraph, index));
        }
        lines
    }

    fn add(&mut self, paragraph: &Paragraph, section: usize) {
        let characters: Vec<char> = paragraph.text.chars().collect();
        for sentence in &paragraph.sentences {
            let text = characters.get(sentence.start..sentence.end).unwrap_or_default().iter().collect();
            let (id, paragraph) = (sentence.id.clone(), paragraph.id.clone());
            self.lines.push(Line { text, id, paragraph, section });
        }
    }

    fn statements(&self) -> Vec<Statement<'_>> {
        self.lines.iter().map(|line| Statement { text: &line.text, id: line.id.as_str() }).collect()
    }
}

/// What changed between two editions, in the order of the later one; what was dropped stands where it was. Likelihood
/// is judged by ICD 203.
pub fn editions(before: &Edition, after: &Edition) -> Vec<Difference> {
    editions_by(before, after, &Scale::icd_203())
}

/// What changed between two editions of a desk with that scale of likelihood.
pub fn editions_by(before: &Edition, after: &Edition, scale: &Scale) -> Vec<Difference> {
    let mut found = compare(&Lines::takeaways(before), &Lines::takeaways(after), scale);
    found.extend(compare(&Lines::sections(before), &Lines::sections(after), scale));
    found
}

fn compare(before: &Lines, after: &Lines, scale: &Scale) -> Vec<Difference> {
    let matching = matching::pairs(&before.statements(), &after.statements());
    let ladder = strength::Ladder::new(scale);
    // Dropped statements, by the later statement that they stood before.
    let mut gone: HashMap<usize, Vec<usize>> = HashMap::new();
    let mut place = 0;
    for (a, later) in matching.of_before.iter().enumerate() {
        match later {
            Some(b) => place = b + 1,
            None => gone.entry(place).or_default().push(a),
        }
    }
    let mut found = Vec::new();
    for b in 0..=after.lines.len() {
        for a in gone.get(&b).into_iter().flatten() {
            found.push(lost(before, after, *a, matching.merged_into[*a]));
        }
        if let Some(line) = after.lines.get(b) {
            let was = matching.of_after[b].or(matching.split_from[b]).and_then(|a| before.lines.get(a));
            found.push(change(was, line, after, &ladder));
        }
    }
    found
}

/// A statement that none of the later ones is: dropped, or part of another one.
fn lost(before: &Lines, after: &Lines, a: usize, part_of: Option<usize>) -> Difference {
    let line = &before.lines[a];
    let now = part_of.and_then(|b| after.lines.get(b));
    Difference {
        kind: if now.is_some() { Kind::Reworded } else { Kind::Dropped },
        before: Some(line.text.clone()),
        after: now.map(|now| now.text.clone()),
        section: before.titles[line.section].clone(),
        before_id: Some(line.id.clone()),
        after_id: now.map(|now| now.id.clone()),
        before_paragraph: Some(line.paragraph.clone()),
        after_paragraph: now.map(|now| now.paragraph.clone()),
    }
}

fn change(was: Option<&Line>, line: &Line, after: &Lines, ladder: &strength::Ladder) -> Difference {
    let kind = match was {
        None => Kind::New,
        Some(was) if was.text == line.text || matching::plain(&was.text) == matching::plain(&line.text) => Kind::Same,
        Some(was) => ladder.compare(&was.text, &line.text),
    };
    Difference {
        kind,
        before: was.map(|was| was.text.clone()),
        after: Some(line.text.clone()),
        section: after.titles[line.section].clone(),
        before_id: was.map(|was| was.id.clone()),
        after_id: Some(line.id.clone()),
        before_paragraph: was.map(|was| was.paragraph.clone()),
        after_paragraph: Some(line.paragraph.clone()),
    }
}

#[cfg(test)]
mod judged;
#[cfg(test)]
mod tests;
