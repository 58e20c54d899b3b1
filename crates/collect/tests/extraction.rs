//! Which words of a page are its report: pages of our own making, each with one habit of the web.

#![allow(clippy::unwrap_used)] // a test

use jiff::civil::date;
use jiff::tz::TimeZone;
use sitrep_collect::extract::{Circumstances, Extracted, extract};

const FIRST: &str = "The old bridge over the river was closed on Monday after engineers found cracks in two of its pillars, the city said.";
const SECOND: &str = "Buses take another way until the repairs are done, which may last, according to the mayor, until the end of the year.";
const THIRD: &str =
    "The council will decide in May about the money, and the ministry has promised to pay a third of what is needed.";

fn read(html: &str) -> Extracted {
    let circumstances = Circumstances {
        url: Some("https://example.org/news/bridge"),
        content_type: Some("text/html; charset=utf-8"),
        zone: TimeZone::UTC,
        received: date(2026, 11, 1),
    };
    let read = extract(html.as_bytes(), &circumstances).unwrap();
    assert_eq!(read.paragraphs.join("\n"), read.text, "the text is its paragraphs");
    read
}

fn page(body: &str) -> String {
    format!("<!doctype html><html lang=en><head><title>The bridge is closed</title></head><body>{body}</body></html>")
}

fn story() -> String {
    format!("<h1>The bridge is closed</h1><p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p>")
}

fn three(body: &str) {
    assert_eq!(read(&page(body)).paragraphs, [FIRST, SECOND, THIRD], "{body}");
}

#[test]
fn names_that_only_lay_out_or_modify_hide_no_report() {
    for names in
        ["content-sidebar-wrap", "lay-sidebar", "sidebar-wrapper", "has-related", "paywall", "field--label-hidden"]
    {
        three(&format!("<div class='{names}'><div class=entry>{}</div></div>", story()));
    }
}

#[test]
fn a_sidebar_that_says_more_than_the_report_is_still_a_sidebar() {
    let point =
        "<p>Point after point of our programme is, as everybody knows, freedom for the readers of this page.</p>";
    let sidebar = point.repeat(9);
    three(&format!("<div id=container><article>{}</article><section id=sidebar>{sidebar}</section></div>", story()));
}

#[test]
fn a_report_inside_a_header_or_an_aside_is_found() {
    three(&format!("<header role=banner><aside><article>{}</article></aside></header>", story()));
}

#[test]
fn what_is_beside_the_main_element_is_beside_the_report() {
    let popup = "<p>We tell you, dear reader, about our services, and of the offers of our partners.</p>".repeat(20);
    let (one, two) = (format!("{FIRST} {THIRD}"), format!("{SECOND} {THIRD} {FIRST}"));
    let body = format!("<main><h1>T</h1><p>{one}</p><p>{two}</p></main><div class=pop>{popup}</div>");
    assert_eq!(read(&page(&body)).paragraphs, [one, two]);
}

#[test]
fn readers_comments_and_what_else_there_is_to_read_end_a_report() {
    let comment = "<p>I have crossed this bridge every day of my life, and nobody told me about any cracks in it.</p>";
    for heading in ["3 Comments", "Leave a Reply", "Комментарии", "نظرات کاربران", "Kommentare"]
    {
        three(&format!("<div class=box>{}<h3>{heading}</h3>{comment}</div>", story()));
    }
    let others = "<ul><li>Another story of the town</li><li>A third story of it</li></ul>";
    for heading in ["Related Articles", "Читайте также:", "اخبار مرتبط", "Mehr zum Thema", "Te puede interesar"]
    {
        three(&format!("<div class=box>{}<h3>{heading}</h3>{others}</div>", story()));
    }
}

#[test]
fn a_heading_that_leads_elsewhere_inside_a_report_takes_only_its_list() {
    three(&format!(
        "<article><h1>T</h1><p>{FIRST}</p><h3>Don't miss</h3><ul><li>Two words more</li></ul><p>{SECOND}</p><p>{THIRD}</p></article>"
    ));
}

#[test]
fn teasers_of_other_reports_are_left_out() {
    let teaser = "<div class=item><h3><a href=/1>Story of the town</a></h3><p>A few lines of another story, which tell \
                  what happened in the town, and when.</p></div>";
    let list = teaser.repeat(4);
    three(&format!("<div class=page><div class=post>{}</div><div class=list>{list}</div></div>", story()));
}

#[test]
fn a_quoted_post_is_part_of_the_report() {
    let body = format!(
        "<article><h1>T</h1><p>{FIRST}</p><div class=social-embed><blockquote class=twitter-tweet><p>We are working on it, \
         and thank you for your patience.</p>&mdash; City (@city)</blockquote></div><p>{SECOND}</p><p>{THIRD}</p></article>"
    );
    assert!(read(&page(&body)).text.contains("thank you for your patience"));
}

#[test]
fn captions_bylines_disclosures_and_credits_are_left_out() {
    three(&format!(
        "<article><h1>T</h1><p>By Nina Example, Staff Writer</p><p>Published: 3 May 2026, 10:48 | Updated: 3 May 2026, 11:05</p>\
         <p>This post contains links by which we earn.</p><p>{FIRST}</p>\
         <figure><img src=a.jpg><figcaption>The bridge.</figcaption></figure><p>Photo: Nina Example</p><p>{SECOND}</p>\
         <p>{THIRD}</p><p>(Reporting by Jo Doe; Editing by Al Roe)</p><p>© 2026 Example. All rights reserved.</p></article>"
    ));
}

#[test]
fn the_first_sentences_between_headline_and_body_belong_to_the_report() {
    let tail = "<div class=foot-note><a href=/x>More of it</a></div>";
    three(&format!(
        "<div><div class=head><h1>T</h1><p>{FIRST}</p></div>{tail}<div class=body><div><p>{SECOND}</p><p>{THIRD}</p></div></div></div>"
    ));
}

#[test]
fn lines_broken_by_br_are_paragraphs() {
    three(&format!("<div id=text>{FIRST}<br><br>{SECOND}<br><br>{THIRD}</div>"));
}

#[test]
fn tables_that_only_lay_out_are_read() {
    three(&format!(
        "<table><tr><td><a href=/>Home</a><br><a href=/n>News</a></td><td><font size=2><p>{FIRST}<p>{SECOND}<p>{THIRD}</font>\
         </td></tr></table>"
    ));
}

#[test]
fn headings_list_items_and_quotations_are_paragraphs_of_their_own() {
    let quoted = "We are careful, and we will not open it too early.";
    let body = format!(
        "<article><h1>T</h1><p>{FIRST}</p><h2>What is known<span class=mw-editsection>[edit]</span></h2><ul><li>Two pillars have cracks.</li><li>No one was hurt.</li></ul>\
         <blockquote>{quoted}</blockquote><p>{SECOND}</p></article>"
    );
    let expected = [FIRST, "What is known", "Two pillars have cracks.", "No one was hurt.", quoted, SECOND];
    assert_eq!(read(&page(&body)).paragraphs, expected);
}

#[test]
fn lines_that_outweigh_sentences_are_the_report() {
    let days: String = (1..13).map(|n| format!("<p>Day {n}: a race in the town of Number {n}</p>")).collect();
    let note = "<p>All of this may change, as always in this series of races.</p>";
    let text = read(&page(&format!("<div class=entry-content><h1>T</h1>{days}{note}</div>"))).text;
    assert!(text.contains("Day 1:") && text.contains("Day 12:"), "{text}");
}

#[test]
fn metadata_that_gives_but_the_beginning_cuts_nothing() {
    let long = format!("<p>{SECOND} {THIRD}</p>").repeat(6);
    let begun = format!("{FIRST} {SECOND} {THIRD}");
    let json = format!(
        "<script type='application/ld+json'>{{\"@type\":\"NewsArticle\",\"articleBody\":\"{begun}\"}}</script>"
    );
    let end = "And that is how it ends, for the time being at least.";
    let html = page(&format!("{json}<article><h1>T</h1><p>{begun}</p>{long}<p>{end}</p></article>"));
    assert!(read(&html).text.ends_with(end));
}

#[test]
fn a_report_kept_for_a_program_is_found_too() {
    let story = format!("<p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p>");
    let page_of = |kept: &str| page(&format!("<h1>T</h1><div id=app>Loading</div>{kept}"));
    let data = serde_json::json!({ "props": { "page": { "html": format!("{story}{story}"), "id": 7 } } });
    for kept in [
        format!("<noscript><div>{story}{story}</div></noscript>"),
        format!("<script id=__NEXT_DATA__ type='application/json'>{data}</script>"),
    ] {
        assert!(read(&page_of(&kept)).paragraphs.starts_with(&[FIRST.into(), SECOND.into(), THIRD.into()]), "{kept}");
    }
}

#[test]
fn a_page_without_a_sentence_gives_its_words() {
    assert_eq!(read(&page("<p>Closed<p>until May<p><a href=/>Home</a>")).paragraphs, ["Closed", "until May"]);
}

#[test]
fn a_text_shown_twice_for_two_widths_is_read_once() {
    let body = format!(
        "<article><h1>T</h1><div><p>{FIRST}</p></div><div><p>{FIRST}</p></div><p>{SECOND}</p><p>{THIRD}</p></article>"
    );
    three(&body);
}

#[test]
fn links_are_those_of_the_report() {
    let body = format!(
        "<nav><a href=/a>Other page</a></nav><article><h1>T</h1><p>{FIRST} See the <a href='/report.pdf'>engineers' report</a>, \
         which is <b>public</b>.</p><p>{SECOND}</p><p>{THIRD}</p></article><a href=/b>More of it</a>"
    );
    let links = read(&page(&body)).links;
    assert_eq!(links.len(), 1);
    assert_eq!(
        (links[0].url.as_str(), links[0].text.as_str()),
        ("https://example.org/report.pdf", "engineers' report")
    );
}

#[test]
fn nesting_and_length_beyond_reason_stay_in_bounds() {
    let deep = format!("<html><body>{}<p>{FIRST}", "<div class='a b'><span><b>".repeat(100_000));
    assert!(read(&deep).text.contains(FIRST));
    let long = format!("<html><body>{}", format!("<p>{}</p>", FIRST.repeat(2_000)).repeat(220));
    assert!(long.len() > 50_000_000);
    assert!(!read(&long).paragraphs.is_empty());
}
