//! A date in the text that comes after the date of what is cited for it, in whichever calendar the address counts.

use crate::rule::Rule;
use crate::subject::{Passage, Reference, Subject};
use crate::wording::{self, Pattern, pattern};
use jiff::civil::Date;
use sitrep_language::calendar::Calendar;
use sitrep_language::dates::{self, FoundDate};
use sitrep_model::finding::{Finding, Severity};
use sitrep_model::when::TimePrecision;
use std::ops::Range;
use std::sync::LazyLock;

pub(crate) const RULE: Rule =
    Rule { id: "date-against-address", since: "0.1.0", severity: Severity::Warning, explain: EXPLAIN, run };

/// What lies ahead may be reported before it comes.
static AHEAD: Pattern = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:will|would|scheduled|planned|plans?|upcoming|expected|expects?|set to|due|deadline|ahead of|by the end|until|before|prior to|intends?|going to|next|forthcoming|invited|postponed|proposed|should|must|calls? for|called for)\b",
    )
});

/// Code points before a date in which a word that looks ahead speaks of it.
const NEAR: usize = 70;

fn run(subject: &Subject) -> Vec<Finding> {
    let Some(reference_day) = subject.date else {
        return Vec::new();
    };
    let mut findings = Vec::new();
    for passage in subject.passages.iter().filter(|passage| passage.is_body()) {
        for index in 0..passage.sentences.len() {
            for (stretch, references) in stretches(subject, passage, index) {
                let found = days(passage, &stretch, &subject.language, reference_day);
                findings.extend(against_addresses(subject, passage, &stretch, &found, &references));
            }
            let sentence = passage.sentences[index].clone();
            let found = days(passage, &sentence, &subject.language, reference_day);
            findings.extend(against_each_other(subject, passage, &found));
        }
    }
    findings
}

/// The stretches of a sentence before each of its groups of markers, with what these cite.
fn stretches<'a>(subject: &'a Subject, passage: &Passage, sentence: usize) -> Vec<(Range<usize>, Vec<&'a Reference>)> {
    let range = &passage.sentences[sentence];
    let mut made: Vec<(Range<usize>, Vec<&Reference>)> = Vec::new();
    let mut from = range.start;
    for marker in passage.markers_of(sentence) {
        let until = marker.offset.min(range.end);
        let cited =
            subject.note(marker.number).map(|note| note.references.iter().collect::<Vec<_>>()).unwrap_or_default();
        match made.last_mut() {
            Some((_, references)) if until <= from + 1 => references.extend(cited),
            _ => made.push((from..until, cited)),
        }
        from = until.max(from);
    }
    made
}

/// The single days that a stretch names in figures, in the passage's code points.
fn days(passage: &Passage, stretch: &Range<usize>, language: &str, reference: Date) -> Vec<FoundDate> {
    let language = if language.is_empty() { "en" } else { language };
    let mut found = dates::find(passage.slice(stretch), language, reference);
    found.retain(|date| date.precision == TimePrecision::Day && date.text.chars().any(char::is_numeric));
    for date in &mut found {
        date.start += stretch.start;
        date.end += stretch.start;
    }
    found
}

/// The day a reference is of, and whether its address says so.
fn day_of(reference: &Reference) -> Option<(Date, Option<Calendar>)> {
    let in_address = reference.url.as_deref().and_then(dates::in_address);
    in_address.map(|found| (found.date, Some(found.calendar))).or_else(|| Some((reference.published?, None)))
}

fn against_addresses(
    subject: &Subject,
    passage: &Passage,
    stretch: &Range<usize>,
    found: &[FoundDate],
    references: &[&Reference],
) -> Option<Finding> {
    let first = found.iter().min_by_key(|date| date.from)?;
    let dated: Vec<(Date, Option<Calendar>, &&Reference)> = references
        .iter()
        .filter_map(|reference| day_of(reference).map(|(day, calendar)| (day, calendar, reference)))
        .collect();
    // One report of the day or later is enough; the others may be background.
    if dated.is_empty() || dated.iter().any(|(day, ..)| *day >= first.from) {
        return None;
    }
    if lies_ahead(passage.slice(&(stretch.start..first.start)))
        || subject.date.is_some_and(|edition| first.from > edition)
    {
        return None;
    }
    let (day, calendar, reference) = dated.into_iter().max_by_key(|(day, ..)| *day)?;
    if is_background(first, day, subject.date) || wording::is_own(passage.slice(stretch)) {
        return None;
    }
    let place = match calendar {
        Some(calendar @ (Calendar::Persian | Calendar::Islamic)) => {
            let name = if calendar == Calendar::Persian { "Solar Hijri" } else { "Islamic" };
            let (year, month, of_month) = calendar.of_gregorian(day)?;
            format!("the address cited for it is of {year}/{month:02}/{of_month:02} ({name}), which is {}", shown(day))
        }
        Some(Calendar::Gregorian) => format!("the address cited for it is of {}", shown(day)),
        None => format!("the document cited for it is of {}", shown(day)),
    };
    let message = format!("“{}” is {}; {place}", first.text, shown(first.from));
    let hint = format!("Look at {}: either the date or the citation is wrong.", reference.printed);
    Some(subject.finding(&RULE, passage.span(&(first.start..first.end)), message, &hint))
}

/// Whether what is cited is so much older than the day that it is cited for something else in the sentence: unless it
/// is of the same day of another year, which is a slip again. A day without a year that lies months back may be of any
/// year.
fn is_background(stated: &FoundDate, cited: Date, edition: Option<Date>) -> bool {
    let days = |from: Date, to: Date| to.duration_since(from).as_hours() / 24;
    let gap = days(cited, stated.from);
    let with_year = stated.text.chars().filter(char::is_ascii_digit).count() >= 4;
    let remote = edition.is_some_and(|edition| days(stated.from, edition) > 60);
    let anniversary = (gap % 365 <= 3 || gap % 365 >= 362) && gap <= 2 * 365;
    (remote && !with_year) || (gap > 45 && !anniversary)
}

/// Whether the words before a date say that it is still to come: behind the last verb of statement, for *said on 31 May
/// that Iran will …* was said on that day.
fn lies_ahead(before: &str) -> bool {
    let clause = &before[wording::last_statement(before)..];
    let near = clause.char_indices().rev().nth(NEAR).map_or(clause, |(at, _)| &clause[at..]);
    AHEAD.as_ref().is_some_and(|ahead| ahead.is_match(near))
}

/// `9 Khordad 1402 (31 May 2023)`: one day given in two calendars that isn't one.
fn against_each_other(subject: &Subject, passage: &Passage, found: &[FoundDate]) -> Vec<Finding> {
    let pairs = found.windows(2).filter_map(|pair| pair.first().zip(pair.get(1)));
    let wrong = pairs.filter(|(first, second)| {
        let between = passage.slice(&(first.end..second.start)).trim();
        first.calendar != second.calendar && matches!(between, "(" | "/" | "[" | "=") && first.from != second.from
    });
    let finding = |(first, second): (&FoundDate, &FoundDate)| {
        let message = format!("“{}” is {}, “{}” is {}", first.text, shown(first.from), second.text, shown(second.from));
        let span = passage.span(&(first.start..second.end));
        subject.finding(&RULE, span, message, "Convert the date again, and give the one that the source has.")
    };
    wrong.map(finding).collect()
}

/// `31 May 2023`.
fn shown(date: Date) -> String {
    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    let month = usize::try_from(date.month()).ok().and_then(|month| MONTHS.get(month - 1)).unwrap_or(&"");
    format!("{} {month} {}", date.day(), date.year())
}

/// The manual's page.
const EXPLAIN: &str = r#"## Flags

A day in the text that is later than every dated address cited for it. Addresses are read in the Gregorian, the Solar Hijri and the Islamic calendar. Also a day that is given in two calendars and isn't one.

## Why

A report can't be older than what it reports. Dates slip most easily when a Persian or Arabic page is converted. What lies ahead may be announced before it comes and is not flagged.

## Flagged

````text
Levant Update, June 21, 2023

Rail

The general said on May 31 that trains will carry arms.[1]

[1] https://news.example/fa/1402/03/09/2903839
````

````text
Levant Update, June 21, 2023

Rail

The line was opened on 9 Khordad 1402 (31 May 2023).[1]

[1] https://news.example/line
````

## Fine

````text
Levant Update, June 21, 2023

Rail

The general said on May 30 that trains will carry arms.[1] The line is scheduled to open on June 25.[2]

[1] https://news.example/fa/1402/03/09/2903839

[2] https://news.example/2023/06/20/line
````

## Remedy

Look at the page that is cited: correct the date, or cite the report of that day."#;
