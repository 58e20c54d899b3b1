//! Why something stands where it stands in the inbox: points, each with its reason in words.
//!
//! Points and age are added, and age counts from a fixed day: so the order of two documents is the same at every moment, and
//! a page of the list can be asked for by what stood last on the page before.

use super::shelf::{Entry, Shelf};
use jiff::Timestamp;
use sitrep_model::document::StoryRelation;
use sitrep_model::id::{AccountId, WatchId};
use sitrep_model::source::Reliability;

/// Points are counted in thousandths.
const ONE: i64 = 1_000;
/// An interest in the title.
const IN_TITLE: i64 = 3 * ONE;
/// An interest in the text only, and what all of those can make together.
const IN_TEXT: i64 = ONE;
const IN_TEXT_AT_MOST: i64 = 4 * ONE;
const WATCHED: i64 = 4 * ONE;
const MINE: i64 = 5 * ONE;
const REPEATS: i64 = -2 * ONE;
/// What a day of age costs: as much as a watch is worth.
const A_DAY: i64 = 4 * ONE;
const SECONDS_OF_A_DAY: i64 = 24 * 3600;

/// Why something stands where it does: one reason, in words.
#[derive(Debug, Clone, PartialEq)]
pub struct Reason {
    /// What counts: `it speaks of`.
    pub says: &'static str,
    /// What it is about, in its own script: `budget`.
    pub subject: String,
    /// What it adds, in points; a day of age costs four.
    pub points: f64,
    /// The kind of reason, for programs.
    pub kind: ReasonKind,
}

/// Kinds of reasons.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReasonKind {
    /// One of the desk's interests.
    Interest,
    /// A watch that it answers.
    Watch,
    /// Independent origins of its story.
    Origins,
    /// The source's reliability.
    Grade,
    /// It repeats an earlier document.
    Repeats,
    /// It is the asker's task.
    Assigned,
}

/// What a document's points are worked out with.
pub(super) struct Ranking<'a> {
    pub(super) shelf: &'a Shelf,
    /// Who asks: their own tasks stand higher.
    pub(super) asker: Option<&'a AccountId>,
}

impl Ranking<'_> {
    /// A document's points by itself.
    pub(super) fn points(&self, entry: &Entry) -> i64 {
        let mut points = 0;
        self.each(entry, &mut |_, more, _| points += more);
        points
    }

    /// What a document's points come from.
    pub(super) fn reasons(&self, entry: &Entry) -> Vec<Reason> {
        let mut reasons = Vec::new();
        self.each(entry, &mut |kind, more, subject| {
            let (says, subject) = match (kind, subject) {
                (ReasonKind::Interest, Subject::Interest(word, true)) => ("its title speaks of", word.to_owned()),
                (ReasonKind::Interest, Subject::Interest(word, false)) => ("it speaks of", word.to_owned()),
                (ReasonKind::Watch, Subject::Watch(watch)) => ("it answers the watch", self.shelf.names.watch(watch)),
                (ReasonKind::Grade, Subject::Grade(grade)) => ("its source is graded", format!("{grade:?}")),
                (ReasonKind::Repeats, _) => ("it repeats an earlier document", String::new()),
                _ => ("it is assigned to you", String::new()),
            };
            reasons.push(Reason { says, subject, points: thousandths(more), kind });
        });
        reasons
    }

    fn each(&self, entry: &Entry, add: &mut dyn FnMut(ReasonKind, i64, Subject<'_>)) {
        if self.asker.is_some() && entry.assigned.as_ref() == self.asker {
            add(ReasonKind::Assigned, MINE, Subject::Itself);
        }
        let mut in_text = 0;
        for spoken in &entry.interests {
            let Some(word) = self.shelf.interests.get(usize::from(spoken.interest)) else { continue };
            let more = if spoken.title { IN_TITLE } else { IN_TEXT.min(IN_TEXT_AT_MOST - in_text) };
            in_text += if spoken.title { 0 } else { more };
            add(ReasonKind::Interest, more, Subject::Interest(word, spoken.title));
        }
        for watch in &entry.watches {
            add(ReasonKind::Watch, WATCHED, Subject::Watch(watch));
        }
        let source = entry.source.as_ref().and_then(|source| self.shelf.names.sources.get(source));
        let grade = source.map(|(_, grade)| *grade).unwrap_or_default();
        let more = match grade {
            Reliability::A => ONE,
            Reliability::B => ONE / 2,
            Reliability::D => -ONE / 2,
            Reliability::E => -ONE,
            Reliability::C | Reliability::F => 0,
        };
        if more != 0 {
            add(ReasonKind::Grade, more, Subject::Grade(grade));
        }
        if entry.relation == StoryRelation::Reprint {
            add(ReasonKind::Repeats, REPEATS, Subject::Itself);
        }
    }
}

/// What a reason is about.
enum Subject<'a> {
    /// A word of the desk's list, and whether it stands in the title.
    Interest(&'a str, bool),
    Watch(&'a WatchId),
    Grade(Reliability),
    Itself,
}

/// What a story gains by being told by several independent origins: two points for the second, less for each further one, as the harmonic numbers grow.
pub(super) fn of_origins(origins: usize) -> Option<(i64, Reason)> {
    // Hundredths of a doubling are enough, and whole numbers give the same order on every machine.
    let doublings = (2..=origins.min(64)).map(|n| 100 * ONE / i64::try_from(n).unwrap_or(i64::MAX)).sum::<i64>();
    let more = doublings * 2 / 100;
    let reason = |more| Reason {
        says: "independent origins that tell it:",
        subject: origins.to_string(),
        points: thousandths(more),
        kind: ReasonKind::Origins,
    };
    (origins > 1).then(|| (more, reason(more)))
}

/// What the moment of arrival counts: younger counts more, by a fixed amount a day.
pub(super) fn of_arrival(arrived: Timestamp) -> i64 {
    arrived.as_second().saturating_mul(A_DAY) / SECONDS_OF_A_DAY
}

fn thousandths(points: i64) -> f64 {
    points as f64 / ONE as f64
}
