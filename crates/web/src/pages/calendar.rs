//! The archive by day: a year of months, each day with its editions.

use super::{Answer, moment, page};
use crate::app::App;
use crate::session::Visitor;
use crate::shell::Shell;
use askama::Template;
use axum::extract::{Path, Query, State};
use jiff::ToSpan;
use jiff::civil::{Date, Weekday};
use serde::Deserialize;
use sitrep_newsroom::archive::DayLine;
use std::collections::{BTreeMap, BTreeSet};

#[derive(Debug, Default, Deserialize)]
pub(crate) struct Asked {
    as_of: Option<String>,
    year: Option<i16>,
}

#[derive(Template)]
#[template(path = "calendar.html")]
struct Calendar {
    shell: Shell,
    year: i16,
    years: Vec<(i16, usize)>,
    weekdays: [(&'static str, &'static str); 7],
    months: Vec<Month>,
    total: usize,
}

struct Month {
    name: String,
    count: usize,
    weeks: Vec<Vec<Option<Day>>>,
}

struct Day {
    date: Date,
    editions: Vec<DayLine>,
}

const WEEKDAYS: [(&str, &str); 7] = [
    ("Mon", "Monday"),
    ("Tue", "Tuesday"),
    ("Wed", "Wednesday"),
    ("Thu", "Thursday"),
    ("Fri", "Friday"),
    ("Sat", "Saturday"),
    ("Sun", "Sunday"),
];

pub(crate) async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Answer {
    let desk = app.desk(&id).await?;
    let as_of = moment(asked.as_of.as_deref(), &desk)?;
    let of = desk.id.clone();
    let found = app.ask(move |newsroom| newsroom.archive_year(&of, asked.year, as_of)).await?;
    let year = found.year.unwrap_or_else(|| app.newsroom().now().to_zoned_datetime(jiff::tz::TimeZone::UTC).year());
    let year = year.clamp(1, 9998);
    let shell = Shell::of_desk(&visitor, desk, "archive", "Calendar", format!("/{id}/calendar")).known_at(as_of);
    let mut by_day: BTreeMap<Date, Vec<DayLine>> = BTreeMap::new();
    for line in found.days {
        by_day.entry(line.date).or_default().insert(0, line);
    }
    let total = by_day.values().map(Vec::len).sum();
    let months = months(year, by_day);
    page(&Calendar { shell, year, years: found.years, weekdays: WEEKDAYS, months, total })
}

/// The months that have editions, in weeks from Monday.
fn months(year: i16, mut by_day: BTreeMap<Date, Vec<DayLine>>) -> Vec<Month> {
    let having: BTreeSet<i8> = by_day.keys().map(|date| date.month()).collect();
    let month = |month: i8| {
        let first = Date::new(year, month, 1).ok()?;
        let mut weeks: Vec<Vec<Option<Day>>> = Vec::new();
        let blank = usize::try_from(first.weekday().to_monday_zero_offset()).unwrap_or_default();
        let mut week: Vec<Option<Day>> = std::iter::repeat_with(|| None).take(blank).collect();
        let mut count = 0;
        let mut date = first;
        while date.month() == month {
            let editions = by_day.remove(&date).unwrap_or_default();
            count += editions.len();
            week.push(Some(Day { date, editions }));
            if date.weekday() == Weekday::Sunday {
                weeks.push(std::mem::take(&mut week));
            }
            date = date.checked_add(1.day()).ok()?;
        }
        if !week.is_empty() {
            week.resize_with(7, || None);
            weeks.push(week);
        }
        Some(Month { name: first.strftime("%B").to_string(), count, weeks })
    };
    having.into_iter().filter_map(month).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use sitrep_model::edition::EditionState;

    #[test]
    fn a_month_has_all_its_days_under_their_weekdays() {
        let line = DayLine {
            id: "e".to_owned(),
            slug: "2026-11-20".to_owned(),
            title: "A day".to_owned(),
            date: date(2026, 11, 20),
            version: 1,
            state: EditionState::Published,
            recorded: "2026-11-20T20:00:00Z".parse().unwrap(),
            changed: "2026-11-20T20:00:00Z".parse().unwrap(),
        };
        let months = months(2026, BTreeMap::from([(line.date, vec![line])]));
        assert_eq!((months.len(), months[0].name.as_str(), months[0].count), (1, "November", 1));
        // 1 November 2026 is a Sunday.
        assert!(months[0].weeks[0][..6].iter().all(Option::is_none) && months[0].weeks[0][6].is_some());
        assert!(months[0].weeks.iter().all(|week| week.len() == 7));
        assert_eq!(months[0].weeks.iter().flatten().flatten().count(), 30);
        let friday = months[0].weeks[3][4].as_ref().unwrap();
        assert_eq!((friday.date.day(), friday.editions.len()), (20, 1));
    }
}
