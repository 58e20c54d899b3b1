use super::super::Circumstances;
use super::times;
use jiff::civil::date;
use jiff::tz::TimeZone;

fn read(source: &str, url: Option<&str>, zone: &str) -> (Option<String>, Option<String>) {
    let zone = TimeZone::get(zone).unwrap();
    let circumstances = Circumstances { url, content_type: None, zone, received: date(2023, 6, 21) };
    let times = times(source, &circumstances, "");
    (times.published.map(|moment| moment.to_string()), times.modified.map(|moment| moment.to_string()))
}

fn published(source: &str) -> Option<String> {
    read(source, None, "UTC").0
}

#[test]
fn metadata_keeps_the_clock_it_was_written_by() {
    let page = r#"<meta property="article:published_time" content="2023-05-30T01:10:00+03:30">
        <meta property="article:modified_time" content="2023-05-31T09:00:00+03:30"><h1>A bridge</h1><time>29 May 2023</time>"#;
    let (published, modified) = read(page, None, "UTC");
    assert_eq!(published.as_deref(), Some("2023-05-30T01:10:00+03:30"));
    assert_eq!(modified.as_deref(), Some("2023-05-31T09:00:00+03:30"));
}

#[test]
fn a_time_in_utc_falls_on_the_day_that_the_address_names() {
    let page =
        r#"<script type="application/ld+json">{"@type":"NewsArticle","datePublished":"2023-05-31T03:30:00Z"}</script>"#;
    let (published, _) = read(page, Some("https://example.com/2023/05/30/bridge"), "UTC");
    assert_eq!(published.as_deref(), Some("2023-05-30T23:30:00-04:00"));
    let (published, _) = read(page, Some("https://example.com/2023/05/12/bridge"), "UTC");
    assert_eq!(published.as_deref(), Some("2023-05-31T03:30:00Z"));
}

#[test]
fn times_of_other_things_on_the_page_are_passed_over() {
    let page = r#"<title>The bridge is mended | Example</title><div class="header-date">21 June 2023</div>
        <aside class="sidebar"><time datetime="2023-06-20">20 June</time></aside>
        <div class="archive-page"><h1>The bridge is mended</h1><ul class="info"><li>30. Mai 2023</li></ul>
        <p>The bridge, which fell on 2 January 2020, is mended.</p>
        <blockquote><time datetime="2021-03-03">3 March</time></blockquote>
        <div id="comments"><time datetime="2023-06-02" pubdate>2 June 2023</time></div></div>"#;
    assert_eq!(published(page).as_deref(), Some("2023-05-30T00:00:00Z"));
}

#[test]
fn visible_dates_of_all_calendars_and_digits_are_read_in_the_outlets_zone() {
    for (line, expected) in [
        ("سه‌شنبه ۹ خرداد ۱۴۰۲ - ۱۳:۱۷", "2023-05-30T13:17:00+03:30"),
        ("تاریخ انتشار: ۱۴۰۲/۰۳/۰۹", "2023-05-30T00:00:00+03:30"),
        ("٣٠ أيار/مايو ٢٠٢٣، ١٤:٠٥", "2023-05-30T14:05:00+03:30"),
        ("١٠ ذو القعدة ١٤٤٤", "2023-05-30T00:00:00+03:30"),
        ("30 мая 2023, 12:40", "2023-05-30T12:40:00+03:30"),
        ("30 במאי 2023", "2023-05-30T00:00:00+03:30"),
        ("Tuesday, May 30, 2023 at 1:17 p.m. GMT", "2023-05-30T13:17:00Z"),
        ("30 de mayo de 2023", "2023-05-30T00:00:00+03:30"),
        ("30.05.23", "2023-05-30T00:00:00+03:30"),
        ("2023年5月30日", "2023-05-30T00:00:00+03:30"),
    ] {
        let page = format!("<h1>A headline</h1><div class=\"news-date\">{line}</div><p>Text.</p>");
        assert_eq!(read(&page, None, "Asia/Tehran").0.as_deref(), Some(expected), "{line}");
    }
}

#[test]
fn words_that_count_from_the_day_of_receipt_are_the_last_resort() {
    let page = |line: &str| format!("<h1>A headline</h1><span class=\"post-date\">{line}</span>");
    assert_eq!(published(&page("2 days ago")).as_deref(), Some("2023-06-19T00:00:00Z"));
    assert_eq!(published(&page("دیروز")).as_deref(), Some("2023-06-20T00:00:00Z"));
    assert_eq!(published(&page("Updated yesterday")).as_deref(), Some("2023-06-20T00:00:00Z"));
    let dated = page("yesterday") + "<footer>Published on 3 June 2023</footer>";
    assert_eq!(published(&dated).as_deref(), Some("2023-06-03T00:00:00Z"));
}

#[test]
fn a_change_is_not_a_publication() {
    let page = "<h1>A headline</h1><p class=date>Written: 2023-05-30 15:03 / Updated: 2023-06-01 15:30</p>";
    let (published, modified) = read(page, None, "UTC");
    assert_eq!(published.as_deref(), Some("2023-05-30T15:03:00Z"));
    assert_eq!(modified.as_deref(), Some("2023-06-01T15:30:00Z"));
}

#[test]
fn broken_json_is_searched_and_the_outermost_time_counts() {
    let page = r#"<script type="application/ld+json">{"@type":"NewsArticle","image":{"datePublished":"2020-01-01"},
        "headline":"He said "no"", "datePublished":"2023-05-30"}</script>"#;
    assert_eq!(published(page).as_deref(), Some("2023-05-30T00:00:00Z"));
}

#[test]
fn days_after_the_receipt_and_before_the_web_are_no_publication() {
    let page = r#"<meta name="date" content="2031-01-01"><h1>A headline</h1><div class="date">1 May 1945</div>"#;
    assert_eq!(published(page), None);
}

proptest::proptest! {
    #[test]
    fn no_page_makes_it_stumble(source in "[<>/!a-z\"'= \\-é0-9۰-۹:.]{0,200}") {
        let _ = published(&source);
    }
}
