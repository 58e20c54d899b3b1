use super::*;
use jiff::civil::date;

fn read(html: &str, url: &str) -> Extracted {
    let circumstances = Circumstances {
        url: Some(url),
        content_type: Some("text/html; charset=utf-8"),
        zone: TimeZone::get("Asia/Tehran").unwrap(),
        received: date(2023, 6, 1),
    };
    extract(html.as_bytes(), &circumstances).unwrap()
}

const PERSIAN: &str = r##"<!doctype html><html lang="fa" dir="rtl"><head><title>استاندار از آغاز تعمیر پل خبر داد | خبرگزاری نمونه</title>
<meta property="og:site_name" content="خبرگزاری نمونه"></head><body>
<nav><ul><li><a href="/">خانه</a></li><li><a href="/politics">سیاسی</a></li></ul></nav>
<div class="news-page"><h1>استاندار از آغاز تعمیر پل خبر داد</h1><div class="news-date">۹ خرداد ۱۴۰۲ - ۱۳:۱۷</div>
<div class="news-body"><p>استاندار در نشست خبری روز سه‌شنبه گفت که تعمیر پل قدیمی شهر، پس از ماه‌ها گفت‌وگو با پیمانکاران، از هفته آینده آغاز می‌شود.</p>
<p>او افزود، بودجه این طرح در جلسه شورا تصویب شده است و <a href="/news/42">گزارش پیشین</a> آن نیز منتشر شده بود، چنان‌که همه می‌توانند آن را بخوانند.</p>
<p>به گفته او، رفت‌وآمد در این مدت از مسیر کناری انجام می‌گیرد، و شهرداری نشانه‌های لازم را نصب خواهد کرد.</p></div>
<div class="related"><h3>اخبار مرتبط</h3><ul><li><a href="/1">یک خبر دیگر از شهر</a></li><li><a href="/2">خبری دیگر از استان</a></li></ul></div>
</div><footer>همه حقوق محفوظ است</footer></body></html>"##;

#[test]
fn a_persian_page_gives_text_title_date_and_links() {
    let read = read(PERSIAN, "https://example.ir/news/1402030900152");
    assert_eq!(read.title.as_deref(), Some("استاندار از آغاز تعمیر پل خبر داد"));
    assert_eq!(read.paragraphs.len(), 3, "{:?}", read.paragraphs);
    assert!(read.paragraphs[0].starts_with("استاندار در نشست"));
    assert_eq!(read.language.as_deref(), Some("fa"));
    assert_eq!(read.site.as_deref(), Some("خبرگزاری نمونه"));
    assert_eq!(read.published.map(|time| time.to_string()).as_deref(), Some("2023-05-30T13:17:00+03:30"));
    assert_eq!(read.links, [Link { url: "https://example.ir/news/42".into(), text: "گزارش پیشین".into() }]);
}

#[test]
fn metadata_speaks_before_the_visible_text() {
    let page = PERSIAN.replace(
        "</head>",
        r#"<script type="application/ld+json">{"@context":"https://schema.org","@graph":[{"@type":"NewsArticle","headline":"تعمیر پل",
        "author":[{"@type":"Person","name":"نگار نمونه"}],"datePublished":"2023-05-30T14:00:00+03:30","image":{"url":"/a.jpg"}}]}</script>
        <link rel="canonical" href="/news/7"></head>"#,
    );
    let read = read(&page, "https://example.ir/x");
    assert_eq!(read.title.as_deref(), Some("تعمیر پل"));
    assert_eq!(read.byline, ["نگار نمونه"]);
    assert_eq!(read.canonical.as_deref(), Some("https://example.ir/news/7"));
    assert_eq!(read.image.as_deref(), Some("https://example.ir/a.jpg"));
    assert_eq!(read.published.map(|time| time.to_string()).as_deref(), Some("2023-05-30T14:00:00+03:30"));
}

#[test]
fn the_address_dates_a_page_that_says_nothing() {
    let page =
        "<html><body><p>A short note without any date in it, but with one long sentence at least.</p></body></html>";
    let read = read(page, "https://example.ir/1402/03/09/some-news");
    assert_eq!(read.published.map(|time| time.to_string()).as_deref(), Some("2023-05-30T00:00:00+03:30"));
}

#[test]
fn plain_text_is_read_and_pictures_are_refused() {
    let mut circumstances =
        Circumstances { url: None, content_type: Some("text/plain"), zone: TimeZone::UTC, received: date(2023, 6, 1) };
    let read = extract(b"A headline\n\nFirst paragraph\ngoes on.\n\nSecond.", &circumstances).unwrap();
    assert_eq!(read.paragraphs, ["A headline", "First paragraph goes on.", "Second."]);
    circumstances.content_type = None;
    assert!(matches!(extract(b"\x89PNG\r\n", &circumstances), Err(Error::NotText(_))));
    assert_eq!(extract(b"  \n", &circumstances), Err(Error::Empty));
}

#[test]
fn nesting_beyond_reason_is_read_in_bounds() {
    let page = format!(
        "<html><body>{}<p>The text at the bottom of it all, which is long enough to count.",
        "<div><span><b>".repeat(100_000)
    );
    assert!(read(&page, "https://example.org/").text.contains("at the bottom"));
}

/// A page with this between two paragraphs of its report.
fn with_inside(inside: &str) -> String {
    let prose =
        "The old bridge was closed on Monday, and nobody said when it will open again, a clerk at the harbour said.";
    format!(
        "<html><body><article><h1>Bridges</h1>{}{inside}<p>{prose}</p></article></body></html>",
        format!("<p>{prose}</p>").repeat(3)
    )
}

#[test]
fn a_bold_cell_of_a_table_does_not_end_a_report() {
    let inside = "<table><tr><td><p><b>State</b></p></td><td><p><b>Comment</b></p></td></tr>\
        <tr><td>open</td><td>Cars and ferries may cross the river here at any time of the day.</td></tr></table>";
    let read = read(&with_inside(inside), "https://example.org/");
    assert!(read.text.contains("Cars and ferries may cross"), "{:?}", read.paragraphs);
    assert_eq!(read.text.matches("a clerk at the harbour said").count(), 4);
}

#[test]
fn linked_headings_among_a_reports_paragraphs_are_its_own_where_they_are_several() {
    let part = |name: &str| {
        format!(
            "<h2><a href='/{name}'>The {name} bridge</a></h2><p>The {name} bridge is a hundred years old, and its piers \
             were mended last summer, as the harbour office wrote in May.</p>"
        )
    };
    let read_with = |names: &[&str]| {
        let inside: String = names.iter().map(|name| part(name)).collect();
        read(&with_inside(&inside), "https://example.org/").text
    };
    assert!(read_with(&["northern", "southern", "western"]).contains("\nThe southern bridge\n"));
    assert!(!read_with(&["northern"]).contains("\nThe northern bridge\n"));
}

#[test]
fn a_page_of_links_alone_says_what_they_say() {
    let read = read(
        "<html><body><p><a href='/a'>North</a></p><p><a href='/b'>South</a></p></body></html>",
        "https://example.org/",
    );
    assert_eq!(read.paragraphs, ["North", "South"]);
}
