use super::*;
use jiff::civil::date;

fn check(text: &str, language: &str, expected: &[(&str, &str, &str)]) {
    let found = find(text, language, date(2023, 6, 21));
    let got: Vec<_> = found.iter().map(|f| (f.text.clone(), f.from.to_string(), f.to.to_string())).collect();
    let expected: Vec<_> =
        expected.iter().map(|(t, from, to)| ((*t).to_owned(), (*from).to_owned(), (*to).to_owned())).collect();
    assert_eq!(got, expected, "{text}");
}

#[test]
fn english_dates() {
    check("stated on May 31 that", "en", &[("May 31", "2023-05-31", "2023-05-31")]);
    check("during his May 3 - 5 trip", "en", &[("May 3 - 5", "2023-05-03", "2023-05-05")]);
    check("May 30–June 2", "en", &[("May 30–June 2", "2023-05-30", "2023-06-02")]);
    check(
        "on 31 May 2023, and 2023-05-30.",
        "en",
        &[("31 May 2023", "2023-05-31", "2023-05-31"), ("2023-05-30", "2023-05-30", "2023-05-30")],
    );
    check(
        "on May 29 and on May 8 and 10.",
        "en",
        &[
            ("May 29", "2023-05-29", "2023-05-29"),
            ("May 8", "2023-05-08", "2023-05-08"),
            ("10", "2023-05-10", "2023-05-10"),
        ],
    );
    check(
        "They may march in April and May 2023",
        "en",
        &[("April", "2023-04-01", "2023-04-30"), ("May 2023", "2023-05-01", "2023-05-31")],
    );
    check(
        "June 13, 2023 and December 30",
        "en",
        &[("June 13, 2023", "2023-06-13", "2023-06-13"), ("December 30", "2022-12-30", "2022-12-30")],
    );
    check(
        "They met yesterday and on Monday, two days ago.",
        "en",
        &[
            ("yesterday", "2023-06-20", "2023-06-20"),
            ("Monday", "2023-06-19", "2023-06-19"),
            ("two days ago", "2023-06-19", "2023-06-19"),
        ],
    );
    check("Version 10.2.3.4 cost 3.5 to 20", "en", &[]);
}

#[test]
fn persian_dates() {
    check("روز ۹ خرداد ۱۴۰۲ گفت", "fa", &[("۹ خرداد ۱۴۰۲", "2023-05-30", "2023-05-30")]);
    check(
        "1402/03/09 و ۱۴۰۲/۰۳/۱۰",
        "fa",
        &[("1402/03/09", "2023-05-30", "2023-05-30"), ("۱۴۰۲/۰۳/۱۰", "2023-05-31", "2023-05-31")],
    );
    check("سه‌شنبه نهم خردادماه", "fa", &[("نهم خردادماه", "2023-05-30", "2023-05-30")]);
    check("دیروز می‌شود", "fa", &[("دیروز", "2023-06-20", "2023-06-20")]);
    check("خرداد ۱۴۰۲", "fa", &[("خرداد ۱۴۰۲", "2023-05-22", "2023-06-21")]);
    check("۳۱ مه ۲۰۲۳", "fa", &[("۳۱ مه ۲۰۲۳", "2023-05-31", "2023-05-31")]);
    check("بیست و نهم خرداد", "fa", &[("بیست و نهم خرداد", "2023-06-19", "2023-06-19")]);
}

#[test]
fn arabic_dates() {
    check("في 20 حزيران/يونيو 2023", "ar", &[("20 حزيران/يونيو 2023", "2023-06-20", "2023-06-20")]);
    check("يوم 31 أيار", "ar", &[("31 أيار", "2023-05-31", "2023-05-31")]);
    check("٣ ذو الحجة ١٤٤٤", "ar", &[("٣ ذو الحجة ١٤٤٤", "2023-06-21", "2023-06-21")]);
    check("وصل أمس إلى دمشق", "ar", &[("أمس", "2023-06-20", "2023-06-20")]);
    check("في 5 كانون الثاني 2023", "ar", &[("5 كانون الثاني 2023", "2023-01-05", "2023-01-05")]);
}

#[test]
fn russian_and_hebrew_dates() {
    check("9 мая 2023 года", "ru", &[("9 мая 2023", "2023-05-09", "2023-05-09")]);
    check("вчера, 3–5 мая", "ru", &[("вчера", "2023-06-20", "2023-06-20"), ("3–5 мая", "2023-05-03", "2023-05-05")]);
    check("31.05.2023", "ru", &[("31.05.2023", "2023-05-31", "2023-05-31")]);
    check("ב-31 במאי 2023", "he", &[("31 במאי 2023", "2023-05-31", "2023-05-31")]);
}

proptest::proptest! {
    #[test]
    fn no_text_makes_it_stumble(text in "[\\PC]{0,60}") {
        let length = text.chars().count();
        for found in find(&text, "fa", date(2023, 6, 21)) {
            proptest::prop_assert!(found.start < found.end && found.end <= length && found.from <= found.to);
        }
    }

    #[test]
    fn every_written_day_is_found(days in 0i32..3000, language in 0usize..3) {
        let day = date(2015, 1, 1).saturating_add(jiff::Span::new().days(days));
        let (year, month, of_month) = Calendar::Persian.of_gregorian(day).unwrap();
        let text = match language {
            0 => day.to_string(),
            1 => format!("{year}/{month:02}/{of_month:02}"),
            _ => day.strftime("%-d %B %Y").to_string(),
        };
        let found = find(&text, "en", date(2023, 6, 21));
        proptest::prop_assert_eq!(found.len(), 1);
        proptest::prop_assert_eq!(found[0].from, day);
    }
}

#[test]
fn a_weekday_is_the_last_one_unless_the_words_around_it_look_ahead() {
    // 21 June 2023 is a Wednesday.
    for (language, text, day) in [
        ("fa", "وزیر روز شنبه گفت", "2023-06-17"),
        ("fa", "وزیر سه شنبه گفت", "2023-06-20"),
        ("fa", "یک‌شنبه", "2023-06-18"),
        ("fa", "چهارشنبه اعلام شد", "2023-06-21"),
        ("fa", "شنبه گذشته", "2023-06-17"),
        ("fa", "شنبه آینده", "2023-06-24"),
        ("fa", "نشست روز شنبه برگزار خواهد شد", "2023-06-24"),
        ("fa", "او روز شنبه گفت که نشست برگزار خواهد شد", "2023-06-17"),
        ("fa", "شنبه هفته آینده", "2023-06-24"),
        ("ar", "قال يوم الاثنين", "2023-06-19"),
        ("ar", "يوم الجمعة المقبل", "2023-06-23"),
        ("ar", "الجمعة الماضي", "2023-06-16"),
        ("ar", "سيعقد الاجتماع يوم الجمعة", "2023-06-23"),
        ("ru", "заявил в понедельник", "2023-06-19"),
        ("ru", "в следующую пятницу", "2023-06-23"),
        ("ru", "встреча состоится в пятницу", "2023-06-23"),
        ("he", "ביום שלישי", "2023-06-20"),
        ("he", "יום שישי הבא", "2023-06-23"),
        ("en", "He said on Thursday that", "2023-06-15"),
        ("en", "They will meet on Thursday", "2023-06-22"),
        ("en", "next Thursday", "2023-06-22"),
        ("en", "last Wednesday", "2023-06-14"),
        ("en", "Monday of last week", "2023-06-12"),
    ] {
        let found = find(text, language, date(2023, 6, 21));
        let days: Vec<String> = found.iter().map(|found| found.from.to_string()).collect();
        assert_eq!(days, [day], "{text}");
    }
}

#[test]
fn lists_and_ranges_of_days() {
    check(
        "on November 21 and 22 in Cairo",
        "en",
        &[("November 21", "2022-11-21", "2022-11-21"), ("22", "2022-11-22", "2022-11-22")],
    );
    check("from 3 to 5 June 2023", "en", &[("3 to 5 June 2023", "2023-06-03", "2023-06-05")]);
    check("۳ تا ۵ خرداد ۱۴۰۲", "fa", &[("۳ تا ۵ خرداد ۱۴۰۲", "2023-05-24", "2023-05-26")]);
    check("с 3 по 5 мая", "ru", &[("3 по 5 мая", "2023-05-03", "2023-05-05")]);
    check("vom 3. bis 5. Mai 2023", "de", &[("3. bis 5. Mai 2023", "2023-05-03", "2023-05-05")]);
}

#[test]
fn stretches_that_count_from_the_day_of_the_text() {
    check("last week", "en", &[("last week", "2023-06-12", "2023-06-18")]);
    check("هفته گذشته", "fa", &[("هفته گذشته", "2023-06-10", "2023-06-16")]);
    check("الأسبوع المقبل", "ar", &[("الأسبوع المقبل", "2023-06-24", "2023-06-30")]);
    check("в прошлом месяце", "ru", &[("прошлом месяце", "2023-05-01", "2023-05-31")]);
    check("ماه گذشته", "fa", &[("ماه گذشته", "2023-04-21", "2023-05-21")]);
    check("قبل يومين", "ar", &[("قبل يومين", "2023-06-19", "2023-06-19")]);
    check("לפני 3 ימים", "he", &[("לפני 3 ימים", "2023-06-18", "2023-06-18")]);
    check("vor 2 Wochen", "de", &[("vor 2 Wochen", "2023-06-07", "2023-06-07")]);
}

#[test]
fn times_and_zones_stand_with_their_date() {
    for (language, text, time, offset) in [
        ("en", "May 31, 2023, 2:30 p.m. GMT", "14:30:00", Some(0)),
        ("en", "2023-05-31T10:00+03:30", "10:00:00", Some(210)),
        ("fa", "۹ خرداد ۱۴۰۲ ساعت ۱۳:۱۷", "13:17:00", None),
        ("ru", "в 12:40 мск 9 мая 2023", "12:40:00", Some(180)),
        ("de", "31. Mai 2023, 17 Uhr", "17:00:00", None),
    ] {
        let found = find(text, language, date(2023, 6, 21));
        assert_eq!(found.len(), 1, "{text}: {found:?}");
        assert_eq!(found[0].time.map(|time| time.to_string()).as_deref(), Some(time), "{text}");
        assert_eq!(found[0].offset.map(|offset| offset.seconds() / 60), offset, "{text}");
    }
}

proptest::proptest! {
    #[test]
    fn a_weekday_alone_lies_in_the_week_up_to_the_reference(days in 0i32..4000, weekday in 0usize..7) {
        let reference = date(2015, 1, 1).saturating_add(jiff::Span::new().days(days));
        let name = ["دوشنبه", "سه‌شنبه", "چهارشنبه", "پنج‌شنبه", "جمعه", "شنبه", "یکشنبه"][weekday];
        let found = find(name, "fa", reference);
        proptest::prop_assert_eq!(found.len(), 1);
        let back = days_between(found[0].from, reference);
        proptest::prop_assert!((0..7).contains(&back));
        proptest::prop_assert_eq!(found[0].from.weekday().to_monday_zero_offset() as usize, weekday);
    }

    #[test]
    fn offsets_are_code_points_of_the_text(before in "[a-zа-яا-ی ]{0,12}", days in 0i32..3000) {
        let day = date(2015, 1, 1).saturating_add(jiff::Span::new().days(days));
        let text = format!("{before}، {day}.");
        let found = find(&text, "fa", date(2023, 6, 21));
        let last = found.last().unwrap();
        let cut: String = text.chars().skip(last.start).take(last.end - last.start).collect();
        proptest::prop_assert_eq!(cut, day.to_string());
    }
}
