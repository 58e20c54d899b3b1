//! Dates in titles and addresses, and data cut-offs.

use jiff::Timestamp;
use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;
use regex::{Captures, Regex};
use std::sync::LazyLock;

const MONTHS: &str = "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?";

static DATE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(&format!(
        r"(?i)\b(?:(?P<m>{MONTHS})\.? +(?P<d>\d{{1,2}})(?:st|nd|rd|th)?,? +(?P<y>\d{{4}})|(?P<d2>\d{{1,2}})(?:st|nd|rd|th)? +(?P<m2>{MONTHS})\.?,? +(?P<y2>\d{{4}})|(?P<y3>\d{{4}})-(?P<m3>\d\d)-(?P<d3>\d\d)(?:T[\d:.]+(?:Z|[+-][\d:]+)?)?)\b"
    ))
    .ok()
});
static DAY: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(&format!(r"(?i)\b(?P<m>{MONTHS})\.? +(?P<d>\d{{1,2}})\b")).ok());
static SLUG: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(&format!(r"(?i)/(?P<name>[^/]*?)-?(?P<m>{MONTHS})-(?P<d>\d{{1,2}})-(?P<y>\d{{4}})")).ok()
});
static CLOCK: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)\b(?P<h>\d{1,2})(?:[:.]?(?P<min>\d{2}))? ?(?P<half>a\.?m\.?|p\.?m\.?)?,? ?\(?(?P<zone>ET|EST|EDT|Eastern|UTC|GMT|Z|CET|CEST|BST|local time|Tehran|IRST)\b").ok()
});

fn month(name: &str) -> Option<i8> {
    let head = name.to_lowercase();
    let names = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let at = names.iter().position(|month| head.starts_with(month))?;
    i8::try_from(at + 1).ok()
}

fn date_of(found: &Captures<'_>) -> Option<Date> {
    let named = |name: &str| found.name(name).map(|part| part.as_str());
    let (year, month, day) = if let Some(year) = named("y") {
        (year, month(named("m")?)?, named("d")?)
    } else if let Some(year) = named("y2") {
        (year, month(named("m2")?)?, named("d2")?)
    } else {
        (named("y3")?, named("m3")?.parse().ok()?, named("d3")?)
    };
    Date::new(year.parse().ok()?, month, day.parse().ok()?).ok()
}

/// The first whole date in a text: `June 21, 2023`, `21 June 2023`, `2023-06-21`.
pub fn date_in(text: &str) -> Option<Date> {
    DATE.as_ref()?.captures_iter(text).find_map(|found| date_of(&found))
}

/// What stands before the first whole date in a text.
pub(super) fn before_date(text: &str) -> Option<&str> {
    DATE.as_ref()?.find(text).map(|found| text[..found.start()].trim())
}

/// What is left of a text without its whole dates.
pub(super) fn without_date(text: &str) -> String {
    DATE.as_ref().map_or_else(|| text.to_owned(), |date| date.replace_all(text, "").into_owned())
}

/// The date that ends an address: `…/iran-update-may-3-2023`.
pub fn date_in_address(url: &str) -> Option<Date> {
    date_of_slug(&SLUG.as_ref()?.captures(url)?)
}

fn date_of_slug(found: &Captures<'_>) -> Option<Date> {
    Date::new(found["y"].parse().ok()?, month(&found["m"])?, found["d"].parse().ok()?).ok()
}

/// What an edition's address calls it.
static EDITION: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new("(?i)update|assessment|special-report|situation-report|sitrep|daily|backgrounder|edition").ok()
});

/// The date of the edition that an address names: its last part says that it is an update or assessment of a day.
pub(super) fn edition_in_address(url: &str) -> Option<Date> {
    // Most addresses are no edition's.
    let edition = EDITION.as_ref().filter(|edition| edition.is_match(url))?;
    let found = SLUG.as_ref()?.captures(url)?;
    if edition.is_match(&found["name"]) { date_of_slug(&found) } else { None }
}

static CUTOFF: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)\bcut-?off|\bcut off time|\b(?:information|data|reporting|events?|current|accurate) as of\b|\bcovers? (?:and (?:have|has) covered )?events\b").ok()
});
static EARLIER: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)\b(?:last|previous|prior|yesterday.s)(?: [\w-]+)? (?:data |information )?cut-?off").ok()
});

/// Whether a text says when its data were cut off: its own, not an earlier edition's.
pub(super) fn states_cutoff(text: &str) -> bool {
    let says = |pattern: &LazyLock<Option<Regex>>| pattern.as_ref().is_some_and(|pattern| pattern.is_match(text));
    says(&CUTOFF) && !says(&EARLIER)
}

/// The whole date in `elsewhere` that falls on the day which `text` names without its year.
pub(super) fn day_named_elsewhere(text: &str, elsewhere: &str) -> Option<Date> {
    let found = DAY.as_ref()?.captures(text)?;
    let (month, day): (i8, i8) = (month(&found["m"])?, found["d"].parse().ok()?);
    let mut dates = DATE.as_ref()?.captures_iter(elsewhere).filter_map(|found| date_of(&found));
    dates.find(|date| (date.month(), date.day()) == (month, day))
}

/// The day that `text` names without its year, in the year that brings it nearest to `near`.
pub(super) fn day_near(text: &str, near: Date) -> Option<Date> {
    let found = DAY.as_ref()?.captures(text)?;
    let (month, day): (i8, i8) = (month(&found["m"])?, found["d"].parse().ok()?);
    let years = [near.year() - 1, near.year(), near.year() + 1].into_iter();
    let days = years.filter_map(|year| Date::new(year, month, day).ok());
    days.min_by_key(|day| near.until(*day).map_or(i32::MAX, |span| span.get_days().abs()))
}

/// The date in a file's name: `2023-06-21.txt`, `iran-update-june-21-2023.html`, `update_20230621.docx`.
pub fn date_in_name(name: &str) -> Option<Date> {
    let spaced: String = name.chars().map(|c| if matches!(c, '-' | '_' | '.' | '+') { ' ' } else { c }).collect();
    let compact = || {
        let digits: Vec<&str> = spaced.split(|c: char| !c.is_ascii_digit()).filter(|part| part.len() == 8).collect();
        digits.iter().find_map(|part| date_in(&format!("{}-{}-{}", &part[..4], &part[4..6], &part[6..])))
    };
    let iso = || {
        let parts: Vec<&str> = spaced.split_whitespace().collect();
        parts.windows(3).find_map(|part| {
            let sizes = (part[0].len(), part[1].len(), part[2].len());
            let date = (sizes == (4, 2, 2)).then(|| part.join("-"))?;
            date_in(&date)
        })
    };
    date_in(&spaced).or_else(iso).or_else(compact)
}

/// Whether a text is nothing but a date and perhaps a time.
pub(super) fn is_date_line(text: &str) -> bool {
    let mut rest = without_date(text);
    for pattern in [&DAY, &CLOCK].into_iter().filter_map(|pattern| pattern.as_ref()) {
        rest = pattern.replace(&rest, "").into_owned();
    }
    let dated = rest.len() < text.len();
    dated && rest.chars().filter(|c| c.is_alphanumeric()).count() <= 9 && text.chars().count() < 60
}

/// Whether a text states a time of day with its zone.
pub(super) fn has_clock(text: &str) -> bool {
    CLOCK.as_ref().is_some_and(|clock| clock.is_match(text))
}

/// The moment a text states, on the edition's day unless it names another.
pub(super) fn moment(text: &str, edition: Option<Date>) -> Option<Timestamp> {
    let found = CLOCK.as_ref()?.captures(text)?;
    let hour: i8 = found["h"].parse().ok()?;
    let minute: i8 = found.name("min").map_or(Some(0), |m| m.as_str().parse().ok())?;
    let half = found.name("half").map(|half| half.as_str().to_lowercase());
    let hour = match half.as_deref().and_then(|half| half.chars().next()) {
        Some('p') if hour < 12 => hour + 12,
        Some('a') if hour == 12 => 0,
        _ => hour,
    };
    let zone = match found["zone"].to_lowercase().as_str() {
        "et" | "est" | "edt" | "eastern" => "America/New_York",
        "cet" | "cest" => "Europe/Berlin",
        "bst" => "Europe/London",
        "tehran" | "irst" => "Asia/Tehran",
        "local time" => return None,
        _ => "UTC",
    };
    let date = date_in(text).or_else(|| {
        let found = DAY.as_ref()?.captures(text)?;
        Date::new(edition?.year(), month(&found["m"])?, found["d"].parse().ok()?).ok()
    });
    let time = Time::new(hour, minute, 0, 0).ok()?;
    let zone = TimeZone::get(zone).ok()?;
    zone.to_timestamp(date.or(edition)?.to_datetime(time)).ok()
}
