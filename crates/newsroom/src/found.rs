//! What a document's text names: persons and organisations, places, dates, numbers, each with what it is in the desk's own
//! terms: a date of any calendar as a Gregorian day, a number in any digits, a name in any script as the register has it.

use crate::archive::Named;
use crate::error::Error;
use crate::newsroom::Newsroom;
use crate::who::Who;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use sitrep_language::fold::fold;
use sitrep_language::{dates, digits, numbers};
use sitrep_model::account::Role;
use sitrep_model::actor::Actor;
use sitrep_model::desk::Desk;
use sitrep_model::document::Document;
use sitrep_model::id::{ActorId, PlaceId};
use sitrep_model::place::Place;
use sitrep_store::Reader;
use std::collections::HashMap;
use std::ops::Range;

/// Things of one text that are named, at most.
const MOST: usize = 2_000;

/// What was found.
#[derive(Debug, Clone, PartialEq)]
pub enum Thing {
    /// An actor of the register.
    Actor(ActorId),
    /// A place of the gazetteer.
    Place(PlaceId),
    /// A day, or the days from one to another.
    Date(Date, Date),
    /// A number.
    Number(f64),
}

impl Thing {
    /// Its kind in a word.
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Actor(_) => "name",
            Self::Place(_) => "place",
            Self::Date(..) => "date",
            Self::Number(_) => "number",
        }
    }
}

/// Something that a text names.
#[derive(Debug, Clone, PartialEq)]
pub struct Naming {
    /// The paragraph, from 0.
    pub paragraph: usize,
    /// Where in it, in bytes.
    pub range: Range<usize>,
    /// What it is.
    pub thing: Thing,
    /// What it is called in the desk's terms: `30 May 2023`, `35,000`, `Isfahan`.
    pub called: String,
    /// Whether that says more than what is printed there.
    pub converted: bool,
}

impl Newsroom {
    /// What a document's text names, in order; where things overlap, dates before names before numbers.
    pub fn namings(&self, who: &Who, desk: &Desk, document: &Document) -> Result<Vec<Naming>, Error> {
        who.must_be(Role::Reader, &desk.id)?;
        let archive = self.archive(&desk.id)?;
        let mut found: Vec<Naming> = Vec::new();
        let mut add = |naming: Naming| {
            let apart = |known: &Naming| {
                known.paragraph != naming.paragraph
                    || known.range.end <= naming.range.start
                    || naming.range.end <= known.range.start
            };
            if found.len() < MOST && found.iter().all(apart) {
                found.push(naming);
            }
        };
        dated(desk, document, &mut add);
        self.read(|reader| {
            let mut names = Names::default();
            for (paragraph, text) in document.paragraphs.iter().enumerate() {
                for (range, named) in archive.names_in(text) {
                    let Some(called) = names.of(reader, named)? else { continue };
                    let thing = match named {
                        Named::Actor(id) => Thing::Actor(id.clone()),
                        Named::Place(id) => Thing::Place(id.clone()),
                    };
                    let converted = fold(&text[range.clone()]) != fold(&called);
                    add(Naming { paragraph, range, thing, called, converted });
                }
            }
            Ok::<(), Error>(())
        })?;
        for (paragraph, text) in document.paragraphs.iter().enumerate() {
            for number in numbers::find(text, &document.language) {
                let called = number.printed();
                let printed = &text[number.range.clone()];
                let converted = !printed.is_ascii() || printed.chars().any(char::is_alphabetic);
                let thing = Thing::Number(number.value);
                add(Naming { paragraph, range: number.range, thing, called, converted });
            }
        }
        found.sort_by_key(|naming| (naming.paragraph, naming.range.start));
        Ok(found)
    }
}

fn dated(desk: &Desk, document: &Document, add: &mut dyn FnMut(Naming)) {
    let zone = TimeZone::get(&desk.time_zone).unwrap_or(TimeZone::UTC);
    let reference = zone.to_datetime(document.published.unwrap_or(document.arrived)).date();
    for (paragraph, text) in document.paragraphs.iter().enumerate() {
        for date in dates::find(text, &document.language, reference) {
            let byte = |point: usize| text.char_indices().nth(point).map_or(text.len(), |(at, _)| at);
            let range = byte(date.start)..byte(date.end);
            let called = days(date.from, date.to);
            let converted = digits::western(&date.text) != called;
            add(Naming { paragraph, range, thing: Thing::Date(date.from, date.to), called, converted });
        }
    }
}

/// A day, or days, in words: `30 May 2023`, `May 2023`, `1–7 May 2023`.
fn days(from: Date, to: Date) -> String {
    let day = |date: Date| date.strftime("%-d %B %Y").to_string();
    if from == to {
        return day(from);
    }
    if from.first_of_month() == from && to == from.last_of_month() {
        return from.strftime("%B %Y").to_string();
    }
    if from.first_of_year() == from && to == from.last_of_year() {
        return from.year().to_string();
    }
    if from.first_of_month() == to.first_of_month() {
        return format!("{}–{}", from.day(), day(to));
    }
    format!("{} – {}", day(from), day(to))
}

/// What things of the register are called, each looked up once.
#[derive(Default)]
struct Names(HashMap<Named, Option<String>>);

impl Names {
    fn of(&mut self, reader: &mut Reader<'_>, named: &Named) -> Result<Option<String>, Error> {
        if let Some(known) = self.0.get(named) {
            return Ok(known.clone());
        }
        let called = match named {
            Named::Actor(id) => reader.get::<Actor>(id.as_str())?.map(|found| found.value.name),
            Named::Place(id) => reader.get::<Place>(id.as_str())?.map(|found| found.value.name),
        };
        self.0.insert(named.clone(), called.clone());
        Ok(called)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn days_are_told_as_briefly_as_they_can_be() {
        assert_eq!(days(date(2023, 5, 30), date(2023, 5, 30)), "30 May 2023");
        assert_eq!(days(date(2023, 5, 1), date(2023, 5, 31)), "May 2023");
        assert_eq!(days(date(2023, 5, 1), date(2023, 5, 7)), "1–7 May 2023");
        assert_eq!(days(date(2023, 3, 21), date(2023, 4, 20)), "21 March 2023 – 20 April 2023");
        assert_eq!(days(date(2023, 1, 1), date(2023, 12, 31)), "2023");
    }
}
