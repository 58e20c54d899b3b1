use crate::extract::{Circumstances, extract};
use jiff::civil::date;
use jiff::tz::TimeZone;

/// The byline of a made-up page with this behind its headline, and this in its head.
fn byline_with(head: &str, shown: &str) -> Vec<String> {
    let page = format!(
        "<html><head><title>The bridge is closed</title><meta property='og:site_name' content='Coast Watch'>{head}</head>\
         <body><nav><a href='/'>Home</a></nav><h1>The bridge is closed</h1>{shown}\
         <p>The old bridge was closed on Monday, and nobody said when it will open again, a clerk at the harbour said.</p>\
         <p>Two ferries were moved north, so that people can cross the river in the meantime, the clerk added.</p></body></html>"
    );
    let circumstances = Circumstances {
        url: Some("https://www.coastwatch.example/bridge"),
        content_type: Some("text/html; charset=utf-8"),
        zone: TimeZone::UTC,
        received: date(2026, 11, 10),
    };
    extract(page.as_bytes(), &circumstances).unwrap().byline
}

fn check(shown: &str, expected: &[&str]) {
    assert_eq!(byline_with("", shown), expected, "{shown}");
}

#[test]
fn lines_of_every_desk_language_name_their_author() {
    for (shown, expected) in [
        ("<p>By Nina Example</p>", "Nina Example"),
        ("<p>By NINA EXAMPLE</p>", "NINA EXAMPLE"),
        ("<p>Written by Nina van der Example</p>", "Nina van der Example"),
        ("<div>Von <a href='/x'>Nina Beispiel</a>, Berlin</div>", "Nina Beispiel"),
        ("<p>Par Jean-Luc Exemple</p>", "Jean-Luc Exemple"),
        ("<p>Автор: Нина Примерова</p>", "Нина Примерова"),
        ("<div>Текст: <b>Нина Примерова</b></div>", "Нина Примерова"),
        ("<p>نویسنده: نگار نمونه</p>", "نگار نمونه"),
        ("<span>خبرنگار : نگار نمونه‌پور</span>", "نگار نمونه‌پور"),
        ("<p>به قلم نگار نمونه</p>", "نگار نمونه"),
        ("<p>بقلم: سمير مثال</p>", "سمير مثال"),
        ("<p>كتبه سمير مثال</p>", "سمير مثال"),
        ("<p>מאת: דנה דוגמה</p>", "דנה דוגמה"),
        ("<p>Yazan: Nil Örnek</p>", "Nil Örnek"),
    ] {
        check(shown, &[expected]);
    }
}

#[test]
fn marks_of_several_generations_name_the_author() {
    for shown in [
        r#"<div itemprop="author" itemscope><span itemprop="name">Nina Example</span> <span>Editor</span></div>"#,
        r#"<span class="author vcard"><a class="url fn n" href="/author/nina/">Nina Example</a></span>"#,
        r#"<a rel="author" href="/nina">Nina Example</a>"#,
        r#"<p class="byline">By Nina Example, Staff Writer | 3 May 2026, 10:48</p>"#,
        r#"<div class="c-article__author-name">Nina Example</div>"#,
        r#"<div class="meta"><a href="/authors/nina-example">Nina Example</a> <time>3 May</time></div>"#,
        r#"<li class="post-author meta-wrapper"><span>By</span> <a href="/?a=1">Nina Example</a></li>"#,
        r#"<font size="2"><i>by Nina Example<br></i></font>"#,
        r#"<div class="articleAuthor">Nina Example May 3, 2026</div>"#,
        r#"<div class="author">Alle Beiträge von Nina Example</div>"#,
        r#"<div class="author">Nina Example Illustration von Jo Doe</div>"#,
        r#"<p class="autorenzeile">Von Nina Example, NDR</p>"#,
    ] {
        check(shown, &["Nina Example"]);
    }
}

#[test]
fn several_authors_are_told_apart() {
    check("<p class='byline'>By Nina Example, Jo Doe and Al Roe</p>", &["Nina Example", "Jo Doe", "Al Roe"]);
    check("<p>Von Nina Beispiel und Jo Muster, NDR</p>", &["Nina Beispiel", "Jo Muster"]);
    check("<p>نویسنده: نگار نمونه و آرش مثالی</p>", &["نگار نمونه", "آرش مثالی"]);
    check("<p>بقلم سمير مثال وأحمد نموذج</p>", &["سمير مثال", "أحمد نموذج"]);
    check("<p>מאת דנה דוגמה ויוסי משל</p>", &["דנה דוגמה", "יוסי משל"]);
    check(
        "<p>Авторы: Нина Примерова, Пётр Образцов и Анна Тестова</p>",
        &["Нина Примерова", "Пётр Образцов", "Анна Тестова"],
    );
    check(
        "<a rel='author' href='/n'>Nina Example</a>, <a rel='author' href='/j'>Jo Doe</a>",
        &["Nina Example", "Jo Doe"],
    );
    let declared = "<meta name='author' content='Nina Example, Jo Doe'>";
    assert_eq!(byline_with(declared, ""), ["Nina Example", "Jo Doe"]);
}

#[test]
fn what_is_no_name_is_no_byline() {
    for shown in [
        "<p class='byline'>3 May 2026</p>",
        "<p class='byline'>Share on Facebook</p>",
        "<p class='byline'>By Coast Watch</p>",
        "<p class='author'>coastwatch.example</p>",
        "<p>By the river the bridge was closed.</p>",
        "<p>By Monday evening all trains ran again</p>",
        "<p>By Prime Minister order the bridge is closed</p>",
        "<p>Von hier geht es weiter</p>",
        "<p>گزارش از سفر وزیر به شمال</p>",
        "<p>گزارش از بازار شهر</p>",
        "<p>Text: Deutsch</p>",
        "<p>گزارش: آنچه در شهر گذشت</p>",
        "<p>نویسنده: خبرگزاری نمونه</p>",
        "<p>تقرير عن الجسر في المدينة</p>",
        "<p>Автор: редакция</p>",
        "<div class='comments'><span class='comment-author'>Nina Example</span></div>",
        "<figure><figcaption class='byline'>Nina Example</figcaption></figure>",
        "<aside class='related'><a rel='author' href='/n'>Nina Example</a></aside>",
        "<ul class='author-list'><li>All authors</li></ul>",
    ] {
        check(shown, &[]);
    }
}

#[test]
fn the_only_line_far_from_the_headline_counts_and_one_of_several_does_not() {
    let far = |line: &str| format!("{}{line}", "<p>Some words of the report.</p>".repeat(300));
    check(&far("<p>نویسنده: نگار نمونه</p>"), &["نگار نمونه"]);
    check(&far("<p>By Nina Example</p>"), &[]);
    check(&far("<p>Autorin: Nina Beispiel</p><p>Autor: Jo Muster</p>"), &[]);
}

#[test]
fn what_is_declared_is_cleaned_and_an_office_gives_way_to_a_person() {
    let declared = |name: &str| byline_with(&format!("<meta name='author' content='{name}'>"), "");
    assert_eq!(declared("By Nina Example 2026-05-03"), ["Nina Example"]);
    assert_eq!(declared("Nina Example nina@coastwatch.example"), ["Nina Example"]);
    assert!(declared("admin").is_empty());
    assert!(declared("6 May 2026 05:30").is_empty());
    assert_eq!(declared("Redacci&amp;oacute;n"), ["Redacción"]);
    assert_eq!(declared("Coast Watch"), ["Coast Watch"]);
    let office = "<meta name='author' content='Coast Watch GmbH, Munich, Germany'>";
    assert_eq!(byline_with(office, "<p class='byline'>By Nina Example</p>"), ["Nina Example"]);
    assert_eq!(byline_with(office, "<p class='byline'>By Nina</p>"), ["Coast Watch GmbH, Munich, Germany"]);
    let person = "<meta name='author' content='Jo Doe'>";
    assert_eq!(byline_with(person, "<p class='byline'>By Nina Example</p>"), ["Jo Doe"]);
}
