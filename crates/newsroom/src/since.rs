//! What changed since: the statements of an edition against those of a later one, through the editions between them.

use crate::error::Error;
use crate::newsroom::Newsroom;
use crate::reading::public_edition;
use jiff::Timestamp;
use jiff::civil::Date;
use sitrep_editions::diff::{self, Difference, Kind};
use sitrep_model::desk::Desk;
use sitrep_model::edition::Edition;
use std::collections::HashMap;

/// Editions that are followed one by one at the most; between more than these, the two ends are compared.
const FOLLOWED: usize = 40;

/// Which editions are compared.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Span {
    /// Slug of the earlier edition; the newest one before `since`, or the one before the later edition, where it is left out.
    pub from: Option<String>,
    /// Slug of the later one; the newest, where it is left out.
    pub to: Option<String>,
    /// The last day that the reader has read.
    pub since: Option<Date>,
}

/// An edition that was compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Compared {
    /// Its slug.
    pub slug: String,
    /// Its title.
    pub title: String,
    /// Its date.
    pub date: Date,
}

/// What became of a statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    /// How it changed.
    pub kind: Kind,
    /// Its first words in the span, where they are other ones.
    pub before: Option<String>,
    /// Its last words.
    pub after: String,
    /// The sentence that says so last.
    pub sentence: String,
    /// The edition of that sentence, as its place in [`Since::editions`].
    pub edition: usize,
}

/// A section's statements.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// Its title.
    pub title: String,
    /// What changed, in this order: stronger and weaker, new, reworded, dropped; each newest first.
    pub changed: Vec<Statement>,
    /// What is repeated.
    pub repeated: Vec<Statement>,
}

/// What changed since.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Since {
    /// The editions compared, oldest first.
    pub editions: Vec<Compared>,
    /// Editions that lie between the first and the last and were not looked at, since there are too many.
    pub skipped: usize,
    /// Sections in the order of the last edition, takeaways first.
    pub parts: Vec<Part>,
}

impl Newsroom {
    /// What changed between two editions, statement by statement, as known at a moment. Statements are followed through the
    /// editions between them: what was new in one of these and is said no more is told as new, with the link to where it stands.
    ///
    /// # Errors
    /// [`Error::NotFound`] where an edition is not public, or where there are no two.
    pub fn since(&self, desk: &Desk, span: &Span, as_of: Option<Timestamp>) -> Result<Since, Error> {
        let few = || Error::not_found("pair of editions", desk.id.as_str());
        let archive = self.archive(&desk.id)?;
        let mut read: HashMap<String, Edition> = HashMap::new();
        let mut place = |slug: &str| {
            let edition = self.read(|reader| public_edition(reader, &desk.id, slug, as_of))?.value;
            let place = archive.place(&edition, as_of).ok_or_else(|| Error::not_found("edition", slug))?;
            read.insert(slug.to_owned(), edition);
            Ok::<_, Error>(place)
        };
        let to = match &span.to {
            Some(slug) => place(slug)?,
            None => archive.readable(0, as_of).next().map(|(at, ..)| at).ok_or_else(few)?,
        };
        let from = match (&span.from, span.since) {
            (Some(slug), _) => place(slug)?,
            (None, since) => {
                let mut found = None;
                for (at, _, date) in archive.readable(to + 1, as_of) {
                    found = Some(at);
                    if since.is_none_or(|day| date <= day) {
                        break;
                    }
                }
                found.ok_or_else(few)?
            }
        };
        // Whoever asks the other way round means the same two.
        let (newer, older) = (to.min(from), to.max(from));
        let until = archive.readable(newer, as_of).take_while(|(at, ..)| *at <= older);
        let mut slugs: Vec<&str> = until.map(|(_, slug, _)| slug).collect();
        slugs.reverse();
        let &[first, .., last] = &slugs[..] else { return Err(few()) };
        let skipped = if slugs.len() > FOLLOWED + 1 { slugs.len() - 2 } else { 0 };
        let chosen = if skipped > 0 { vec![first, last] } else { slugs };
        let editions = self.read(|reader| {
            let edition = |slug: &&str| match read.remove(*slug) {
                Some(edition) => Ok(edition),
                None => Ok(public_edition(reader, &desk.id, slug, as_of)?.value),
            };
            chosen.iter().map(edition).collect()
        });
        let editions: Vec<Edition> = editions?;
        Ok(compared(&editions, desk, skipped))
    }
}

/// A statement on its way through the editions.
struct Thread {
    kind: Kind,
    section: String,
    first: Option<String>,
    last: String,
    sentence: String,
    edition: usize,
    /// It is still said.
    alive: bool,
}

fn compared(editions: &[Edition], desk: &Desk, skipped: usize) -> Since {
    let mut threads: Vec<Thread> = Vec::new();
    // Sentences of the edition before, by the statement that they say.
    let mut known: HashMap<String, usize> = HashMap::new();
    for (place, pair) in editions.windows(2).enumerate() {
        let differences = diff::editions_by(&pair[0], &pair[1], &desk.scale);
        let mut now: HashMap<String, usize> = HashMap::new();
        for difference in differences {
            follow(difference, place, &mut threads, &known, &mut now);
        }
        known = now;
    }
    let order = editions.last().map(section_order).unwrap_or_default();
    let compared =
        |edition: &Edition| Compared { slug: edition.slug.clone(), title: edition.title.clone(), date: edition.date };
    Since { editions: editions.iter().map(compared).collect(), skipped, parts: parts(threads, &order) }
}

/// One difference between editions `place` and `place + 1`.
fn follow(
    difference: Difference,
    place: usize,
    threads: &mut Vec<Thread>,
    known: &HashMap<String, usize>,
    now: &mut HashMap<String, usize>,
) {
    let Difference { kind, before, after, section, before_id, after_id, .. } = difference;
    let before_id = before_id.map(|id| id.0).unwrap_or_default();
    let thread = known.get(&before_id).copied().unwrap_or_else(|| {
        // It was said in the first edition of the span, or it is new in this one.
        let words = before.clone().or_else(|| after.clone()).unwrap_or_default();
        threads.push(Thread {
            kind: if before.is_some() { Kind::Same } else { Kind::New },
            section: section.clone(),
            first: before.clone(),
            last: words,
            sentence: before_id.clone(),
            edition: place,
            alive: true,
        });
        threads.len() - 1
    });
    let Some(thread_now) = threads.get_mut(thread) else { return };
    match (after, after_id) {
        (Some(words), Some(id)) => {
            thread_now.kind = joined(thread_now.kind, kind);
            (thread_now.section, thread_now.last, thread_now.edition) = (section, words, place + 1);
            thread_now.sentence.clone_from(&id.0);
            thread_now.alive = true;
            now.insert(id.0, thread);
        }
        _ => thread_now.alive = false,
    }
}

/// What became of a statement that changed before and changes again. What is new stays new; a judgement that moved both ways
/// moved last as it moved last.
fn joined(so_far: Kind, then: Kind) -> Kind {
    match (so_far, then) {
        (Kind::New, _) | (_, Kind::New) => Kind::New,
        (_, Kind::Stronger | Kind::Weaker) => then,
        (Kind::Stronger | Kind::Weaker, _) => so_far,
        (Kind::Reworded, _) | (_, Kind::Reworded) => Kind::Reworded,
        _ => Kind::Same,
    }
}

fn section_order(edition: &Edition) -> Vec<String> {
    let takeaways = std::iter::once("Key Takeaways".to_owned());
    takeaways.chain(edition.sections.iter().map(|section| section.title.clone())).collect()
}

fn parts(threads: Vec<Thread>, order: &[String]) -> Vec<Part> {
    let mut parts: Vec<Part> = order.iter().map(|title| part(title)).collect();
    for thread in threads {
        let Thread { kind, section, first, last, sentence, edition, alive } = thread;
        // What was there before and is gone is dropped; what came and went between is still news to who was away.
        let kind = if alive || kind == Kind::New { kind } else { Kind::Dropped };
        let before = first.filter(|first| *first != last);
        let statement = Statement { kind, before, after: last, sentence, edition };
        let place = parts.iter().position(|part| part.title == section).unwrap_or_else(|| {
            parts.push(part(&section));
            parts.len() - 1
        });
        let Some(part) = parts.get_mut(place) else { continue };
        if kind == Kind::Same { part.repeated.push(statement) } else { part.changed.push(statement) }
    }
    for part in &mut parts {
        part.changed.sort_by_key(|statement| (rank(statement.kind), std::cmp::Reverse(statement.edition)));
    }
    parts.retain(|part| !(part.changed.is_empty() && part.repeated.is_empty()));
    parts
}

fn part(title: &str) -> Part {
    Part { title: title.to_owned(), changed: Vec::new(), repeated: Vec::new() }
}

const fn rank(kind: Kind) -> u8 {
    match kind {
        Kind::Stronger | Kind::Weaker => 0,
        Kind::New => 1,
        Kind::Reworded => 2,
        Kind::Dropped => 3,
        Kind::Same => 4,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use sitrep_editions::form;

    fn desk() -> Desk {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../desks/iran");
        crate::desk_folder::DeskFolder::read(&folder).unwrap().desk
    }

    fn edition(desk: &Desk, day: i8, sentences: &[&str]) -> Edition {
        let date = date(2026, 11, day);
        let text = format!(
            "+++\nid = \"d-{date}\"\nslug = \"{date}\"\ntitle = \"Brief, {date}\"\ndate = \"{date}\"\n+++\n\n# Levant\n\n{}\n",
            sentences.join("\n\n")
        );
        let mut edition = form::read(&text, desk, &mut |_| String::new()).unwrap();
        for (at, sentence) in edition.paragraphs_mut().flat_map(|p| &mut p.sentences).enumerate() {
            sentence.id = format!("{day}.{at}").as_str().into();
        }
        edition
    }

    #[test]
    fn whoever_was_away_is_told_what_came_and_went_and_what_moved() {
        let desk = desk();
        let editions = [
            edition(&desk, 2, &["Rail talks are unlikely to end this week.", "The crossing at Qadis stays closed."]),
            edition(&desk, 3, &["Rail talks are likely to end this week.", "A convoy of nine trucks left the depot."]),
            edition(&desk, 4, &["Rail talks are likely to end this week."]),
        ];
        let since = compared(&editions, &desk, 0);
        assert_eq!(since.parts.len(), 1);
        let told: Vec<(Kind, &str, usize)> =
            since.parts[0].changed.iter().map(|s| (s.kind, s.after.as_str(), s.edition)).collect();
        assert_eq!(
            told,
            [
                (Kind::Stronger, "Rail talks are likely to end this week.", 2),
                (Kind::New, "A convoy of nine trucks left the depot.", 1),
                (Kind::Dropped, "The crossing at Qadis stays closed.", 0),
            ]
        );
        assert_eq!(since.parts[0].changed[0].before.as_deref(), Some("Rail talks are unlikely to end this week."));
    }
}
