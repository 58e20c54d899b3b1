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
