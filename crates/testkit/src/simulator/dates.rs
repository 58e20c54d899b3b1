//! Dates as outlets print them: in their calendar, digits and words.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use sitrep_language::calendar::Calendar;
use sitrep_model::source::Source;

const PERSIAN_MONTHS: [&str; 12] =
    ["فروردین", "اردیبهشت", "خرداد", "تیر", "مرداد", "شهریور", "مهر", "آبان", "آذر", "دی", "بهمن", "اسفند"];
const PERSIAN_DAYS: [&str; 7] = ["دوشنبه", "سه‌شنبه", "چهارشنبه", "پنجشنبه", "جمعه", "شنبه", "یکشنبه"];
const ISLAMIC_MONTHS: [&str; 12] = [
    "محرم",
    "صفر",
    "ربيع الأول",
    "ربيع الآخر",
    "جمادى الأولى",
    "جمادى الآخرة",
    "رجب",
    "شعبان",
    "رمضان",
    "شوال",
    "ذو القعدة",
    "ذو الحجة",
];
const ARABIC_MONTHS: [&str; 12] =
    ["يناير", "فبراير", "مارس", "أبريل", "مايو", "يونيو", "يوليو", "أغسطس", "سبتمبر", "أكتوبر", "نوفمبر", "ديسمبر"];
const ARABIC_DAYS: [&str; 7] = ["الاثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة", "السبت", "الأحد"];
const RUSSIAN_MONTHS: [&str; 12] = [
    "января",
    "февраля",
    "марта",
    "апреля",
    "мая",
    "июня",
    "июля",
    "августа",
    "сентября",
    "октября",
    "ноября",
    "декабря",
];
const HEBREW_MONTHS: [&str; 12] = [
    "בינואר",
    "בפברואר",
    "במרץ",
    "באפריל",
    "במאי",
    "ביוני",
    "ביולי",
    "באוגוסט",
    "בספטמבר",
    "באוקטובר",
    "בנובמבר",
    "בדצמבר",
];

/// The outlet's own time zone, or that of most outlets of its language.
pub(super) fn zone(source: &Source, language: &str) -> TimeZone {
    let usual = match language.split('-').next().unwrap_or_default() {
        "fa" => "Asia/Tehran",
        "ar" => "Asia/Damascus",
        "ru" => "Europe/Moscow",
        "he" => "Asia/Jerusalem",
        _ => "UTC",
    };
    let name = source.time_zone.as_deref().unwrap_or(usual);
    TimeZone::get(name).unwrap_or(TimeZone::UTC)
}

/// RFC 3339 with the outlet's offset.
pub(super) fn with_offset(at: Timestamp, zone: &TimeZone) -> String {
    at.to_zoned_datetime(zone.clone()).strftime("%Y-%m-%dT%H:%M:%S%:z").to_string()
}

/// `سه‌شنبه ۱۹ آبان ۱۴۰۵ - ۱۴:۳۲`.
pub(super) fn persian(at: Timestamp, zone: &TimeZone) -> String {
    let local = at.to_zoned_datetime(zone.clone());
    let Some((year, month, day)) = Calendar::Persian.of_gregorian(local.date()) else { return with_offset(at, zone) };
    let weekday = PERSIAN_DAYS[weekday(&local)];
    let month = PERSIAN_MONTHS[usize::from(month - 1) % 12];
    persian_digits(&format!("{weekday} {day} {month} {year} - {:02}:{:02}", local.hour(), local.minute()))
}

/// `الثلاثاء 30 جمادى الأولى 1448 هـ - 10 نوفمبر 2026 م، 16:32`.
pub(super) fn arabic(at: Timestamp, zone: &TimeZone) -> String {
    let local = at.to_zoned_datetime(zone.clone());
    let gregorian = arabic_gregorian(at, zone);
    let Some((year, month, day)) = Calendar::Islamic.of_gregorian(local.date()) else { return gregorian };
    format!(
        "{} {day} {} {year} هـ - {gregorian}",
        ARABIC_DAYS[weekday(&local)],
        ISLAMIC_MONTHS[usize::from(month - 1) % 12]
    )
}

/// `10 نوفمبر 2026 م، 16:32`.
pub(super) fn arabic_gregorian(at: Timestamp, zone: &TimeZone) -> String {
    let local = at.to_zoned_datetime(zone.clone());
    format!(
        "{} {} {} م، {:02}:{:02}",
        local.day(),
        named(&ARABIC_MONTHS, &local),
        local.year(),
        local.hour(),
        local.minute()
    )
}

/// `10 ноября 2026, 15:32`.
pub(super) fn russian(at: Timestamp, zone: &TimeZone) -> String {
    let local = at.to_zoned_datetime(zone.clone());
    format!(
        "{} {} {}, {:02}:{:02}",
        local.day(),
        named(&RUSSIAN_MONTHS, &local),
        local.year(),
        local.hour(),
        local.minute()
    )
}

/// `10 בנובמבר 2026, 14:32`.
pub(super) fn hebrew(at: Timestamp, zone: &TimeZone) -> String {
    let local = at.to_zoned_datetime(zone.clone());
    format!(
        "{} {} {}, {:02}:{:02}",
        local.day(),
        named(&HEBREW_MONTHS, &local),
        local.year(),
        local.hour(),
        local.minute()
    )
}

/// `November 10, 2026 2:32 PM UTC`.
pub(super) fn english(at: Timestamp, zone: &TimeZone) -> String {
    at.to_zoned_datetime(zone.clone()).strftime("%B %-d, %Y %-I:%M %p %Z").to_string()
}

fn named(months: &[&'static str; 12], local: &jiff::ZonedDateTime) -> &'static str {
    months[usize::try_from(local.month() - 1).unwrap_or_default() % 12]
}

fn weekday(local: &jiff::ZonedDateTime) -> usize {
    usize::try_from(local.weekday().to_monday_zero_offset()).unwrap_or_default() % 7
}

fn persian_digits(text: &str) -> String {
    text.chars().map(|c| c.to_digit(10).and_then(|digit| char::from_u32(0x6f0 + digit)).unwrap_or(c)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_moment_in_five_manners() {
        let at: Timestamp = "2026-11-10T11:02:00Z".parse().unwrap();
        let zone = |name: &str| TimeZone::get(name).unwrap();
        assert_eq!(persian(at, &zone("Asia/Tehran")), "سه‌شنبه ۱۹ آبان ۱۴۰۵ - ۱۴:۳۲");
        assert_eq!(arabic(at, &zone("Asia/Damascus")), "الثلاثاء 30 جمادى الأولى 1448 هـ - 10 نوفمبر 2026 م، 14:02");
        assert_eq!(russian(at, &zone("Europe/Moscow")), "10 ноября 2026, 14:02");
        assert_eq!(hebrew(at, &zone("Asia/Jerusalem")), "10 בנובמבר 2026, 13:02");
        assert_eq!(english(at, &zone("UTC")), "November 10, 2026 11:02 AM UTC");
        assert_eq!(with_offset(at, &zone("Asia/Tehran")), "2026-11-10T14:32:00+03:30");
    }
}
