//! The same edition as different teams and programs write it: one structure is found in all.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test says what is wrong by failing")]

use sitrep_editions::parse::{Parsed, parse};
use sitrep_editions::roundtrip;

/// What an edition is made of, in the signs of one make.
struct Make {
    /// Before the title's words and behind them.
    title: (&'static str, &'static str),
    heading: (&'static str, &'static str),
    paragraph: (&'static str, &'static str),
    bold: (&'static str, &'static str),
    item: fn(usize) -> String,
    marker: fn(usize) -> String,
    /// The list of notes, from its references.
    notes: fn(&[&str]) -> String,
    takeaways: &'static str,
}

const REFERENCES: [&str; 4] = [
    "https://post.example/harbour",
    "https://pilots.example/statement ; https://t [dot] me/pilots/12",
    "hxxps://rail[.]example/night-pay",
    "Interview with a clerk, November 9",
];

fn page(make: &Make) -> String {
    let paragraph = |text: String| format!("{}{text}{}", make.paragraph.0, make.paragraph.1);
    let heading = |text: &str| format!("{}{text}{}", make.heading.0, make.heading.1);
    let bold = |text: &str| format!("{}{text}{}", make.bold.0, make.bold.1);
    let m = make.marker;
    let item = |number: usize, text: &str| {
        let sign = (make.item)(number);
        let end =
            ["<li>", "<br>"].iter().position(|tag| sign.starts_with(tag)).map_or("", |tag| ["</li>", "<br>"][tag]);
        format!("{sign}{text}{end}")
    };
    let lines = [
        format!("{}Coast Watch Update, November 10, 2026{}", make.title.0, make.title.1),
        paragraph("By Noor Castellane, Peter van Holm and Ruth Ashgrove".to_owned()),
        paragraph("Data cutoff: 2:00 pm ET".to_owned()),
        paragraph(
            "The Coast Watch Update covers ports and railways. The institute publishes it on weekdays.".to_owned(),
        ),
        heading(make.takeaways),
        item(1, "The harbour closed for ships over 40 meters."),
        item(2, "The union will likely strike before spring."),
        heading("Ports"),
        paragraph(format!(
            "{} The master told a newspaper that the pier had sunk by 3.5 meters.{} Two pilots denied this on Monday and asked for a second opinion on all of it.{}",
            bold("The harbour closed for ships over 40 meters."),
            m(1),
            m(2)
        )),
        heading("Railways and Roads"),
        paragraph(format!(
            "{} The ministry refused its demand for night pay.{} A clerk said that talks were over, and that nobody knew when they would be taken up again.{}",
            bold("The union will likely strike before spring."),
            m(3),
            m(4)
        )),
        (make.notes)(&REFERENCES),
    ];
    lines.join("\n\n")
}

fn check(make: &Make) -> Parsed {
    check_text(page(make).as_bytes())
}

fn check_text(bytes: &[u8]) -> Parsed {
    let parsed = parse(bytes, None).unwrap();
    assert_eq!(roundtrip::normalized(&parsed.text), roundtrip::normalized(&roundtrip::text(&parsed)));
    assert_eq!(parsed.title.as_deref(), Some("Coast Watch Update, November 10, 2026"));
    assert_eq!(parsed.date.unwrap().to_string(), "2026-11-10");
    assert_eq!(parsed.cutoff.unwrap().to_string(), "2026-11-10T19:00:00Z");
    assert_eq!(parsed.authors, ["Noor Castellane", "Peter van Holm", "Ruth Ashgrove"]);
    assert!(parsed.standing.is_some());
    let announced: Vec<_> = parsed.takeaways.iter().map(|takeaway| takeaway.announces.clone()).collect();
    assert_eq!(announced, [[0], [1]]);
    let titles: Vec<&str> = parsed.sections.iter().map(|section| section.title.as_str()).collect();
    assert_eq!(titles, ["Ports", "Railways and Roads"]);
    let cited: Vec<Vec<u32>> = (0..parsed.paragraphs.len())
        .map(|at| parsed.paragraph(at).markers().map(|(_, number)| number).collect())
        .collect();
    assert_eq!(cited, [[1, 2], [3, 4]]);
    let addresses: Vec<Vec<Option<&str>>> =
        parsed.notes.iter().map(|note| note.references.iter().map(|r| r.url.as_deref()).collect()).collect();
    let expected = [
        vec![Some("https://post.example/harbour")],
        vec![Some("https://pilots.example/statement"), Some("https://t.me/pilots/12")],
        vec![Some("https://rail.example/night-pay")],
        vec![None],
    ];
    assert_eq!(addresses, expected);
    assert!(parsed.unclassified.iter().all(|u| u.reason == "page furniture"), "{:?}", parsed.unclassified);
    parsed
}

fn listed(references: &[&str], line: impl Fn(usize, &str) -> String) -> String {
    references.iter().enumerate().map(|(at, reference)| line(at + 1, reference)).collect::<Vec<_>>().join("\n\n")
}

const TEXT: Make = Make {
    title: ("", ""),
    heading: ("", ""),
    paragraph: ("", ""),
    bold: ("", ""),
    item: |_| "- ".to_owned(),
    marker: |number| format!("[{number}]"),
    notes: |references| format!("Endnotes\n\n{}", listed(references, |number, text| format!("[{number}] {text}"))),
    takeaways: "Key Takeaways",
};

const HTML: Make = Make {
    title: ("<!doctype html><html><body><main><h1>", "</h1>"),
    heading: ("<h2>", "</h2>"),
    paragraph: ("<p>", "</p>"),
    bold: ("<strong>", "</strong>"),
    item: |_| "<li>".to_owned(),
    ..TEXT
};

fn letters(number: usize) -> &'static str {
    ["i", "ii", "iii", "iv"][number - 1]
}

#[test]
fn takeaways_stand_under_many_titles() {
    for takeaways in
        ["Toplines", "BOTTOM LINE UP FRONT", "Key developments:", "Executive Summary", "Summary", "Main Points"]
    {
        check(&Make { takeaways, ..TEXT });
    }
}

#[test]
fn a_list_with_notes_under_such_a_title_is_takeaways_too() {
    let text = "# River Brief, June 13, 2026\n\n## Toplines\n\n- The ferry stopped for a week.[^1]\n- The bridge is open.[^2]\n\n\
                ## River traffic\n\n**The ferry stopped on Monday.** Its owner said so.[^1]\n\n[^1]: https://paper.example/ferry\n\
                [^2]: https://paper.example/bridge\n";
    let parsed = parse(text.as_bytes(), None).unwrap();
    let cited: Vec<usize> =
        parsed.takeaways.iter().map(|takeaway| parsed.blocks[takeaway.block].markers().count()).collect();
    assert_eq!(cited, [1, 1]);
    let titles: Vec<&str> = parsed.sections.iter().map(|section| section.title.as_str()).collect();
    assert_eq!(titles, ["River traffic"]);
}

#[test]
fn notes_of_a_text_are_labelled_in_many_ways() {
    check(&Make { notes: |r| format!("Notes\n\n{}", listed(r, |n, text| format!("{n}. {text}"))), ..TEXT });
    check(&Make { notes: |r| listed(r, |n, text| format!("{n}. {text}")), ..TEXT });
    check(&Make { notes: |r| listed(r, |n, text| format!("{n}) {text}")), ..TEXT });
    let marker = |number| format!("[{}]", letters(number));
    check(&Make { marker, notes: |r| listed(r, |n, text| format!("{}. {text}", letters(n))), ..TEXT });
    let marker = |number| format!(" ({number})");
    check(&Make { marker, notes: |r| listed(r, |n, text| format!("({n}) {text}")), ..TEXT });
    let marker = |number: usize| ["¹", "²", "³", "⁴"][number - 1].to_owned();
    check(&Make { marker, notes: |r| listed(r, |n, text| format!("{n} {text}")), ..TEXT });
}

#[test]
fn titles_of_a_text_are_marked_by_signs() {
    check(&Make { heading: ("", "\n-------"), ..TEXT });
    check(&Make { title: ("=== ", " ==="), heading: ("== ", " =="), ..TEXT });
    check(&Make { heading: ("*** ", " ***"), ..TEXT });
}

#[test]
fn a_text_wrapped_to_a_page_is_one_with_lines_joined() {
    for width in [60, 76] {
        let wrapped = page(&TEXT).lines().map(|line| wrap(line, width)).collect::<Vec<_>>().join("\r\n");
        check_text(&[b"\xEF\xBB\xBF", wrapped.as_bytes()].concat());
    }
}

fn wrap(line: &str, width: usize) -> String {
    let mut lines = vec![String::new()];
    for word in line.split(' ') {
        let last = lines.last_mut().unwrap();
        if last.len() + word.len() > width && !last.is_empty() {
            lines.push(word.to_owned());
        } else {
            last.push_str(if last.is_empty() { "" } else { " " });
            last.push_str(word);
        }
    }
    lines.join("\r\n")
}

#[test]
fn a_line_of_a_wrapped_takeaway_may_begin_with_a_number() {
    let text = "Coast Watch Update, November 10, 2026\n\nKey Takeaways\n\n1. The harbour closed for all ships on November\n   9. The pilots went home. Nobody has said when it opens.\n2. Trains are late.\n\nPorts\n\nThe harbour closed.[1]\n\n[1] https://desk.example/1\n";
    let parsed = parse(text.as_bytes(), None).unwrap();
    assert_eq!(parsed.takeaways.len(), 2);
}

#[test]
fn sections_are_numbered_where_a_paragraph_follows() {
    let text = "Coast Watch Update, November 10, 2026\n\nKey Takeaways\n\n1. The harbour closed.\n\n2. Trains are late.\n\n1. Ports\n\nThe harbour closed. A clerk said so at noon.[1]\n\n2. Railways\n\nTrains are late. A clerk said so at night.[2]\n\n[1] https://desk.example/1\n\n[2] https://desk.example/2\n";
    let parsed = parse(text.as_bytes(), None).unwrap();
    let titles: Vec<&str> = parsed.sections.iter().map(|section| section.title.as_str()).collect();
    assert_eq!((parsed.takeaways.len(), titles), (2, vec!["Ports", "Railways"]));
}

const MARKDOWN: Make = Make {
    title: ("# ", ""),
    heading: ("## ", ""),
    bold: ("**", "**"),
    marker: |number| format!("[^{number}]"),
    notes: |references| listed(references, |number, text| format!("[^{number}]: {text}")),
    ..TEXT
};

#[test]
fn markdown_has_many_makes() {
    let parsed = check(&MARKDOWN);
    assert!(parsed.paragraph(0).text.starts_with("The harbour closed for ships over 40 meters. The master"));
    check(&Make { bold: ("__", "__"), item: |n| format!("{n}. "), ..MARKDOWN });
    let marker = |number: usize| format!("[^{}]", ["post", "pilots-2", "rail", "clerk"][number - 1]);
    let notes: fn(&[&str]) -> String = |references| {
        listed(references, |n, text| format!("[^{}]: {text}", ["post", "pilots-2", "rail", "clerk"][n - 1]))
    };
    check(&Make { marker, notes, ..MARKDOWN });
    let notes: fn(&[&str]) -> String =
        |references| format!("## Endnotes\n\n{}", listed(references, |n, text| format!("\\[{n}\\] {text}")));
    check(&Make { marker: |n| format!("\\[{n}\\]"), notes, ..MARKDOWN });
    let notes: fn(&[&str]) -> String = |references| {
        let linked = |text: &str| {
            text.replace("https://post.example/harbour", "[https://post.example/harbour](https://post.example/harbour)")
        };
        listed(references, |n, text| format!("[\\[{n}\\]](#_ednref{n}) {}", linked(text)))
    };
    check(&Make { marker: |n| format!("[\\[{n}\\]](#_edn{n})"), notes, ..MARKDOWN });
    let notes: fn(&[&str]) -> String =
        |references| format!("## Notes\n\n{}", listed(references, |n, text| format!("{n}. {text}")));
    check(&Make { marker: |n| format!("<sup>{n}</sup>"), notes, ..MARKDOWN });
    check(&Make { marker: |n| format!("^{n}^"), notes, ..MARKDOWN });
}

#[test]
fn fields_at_the_head_of_markdown_are_title_date_and_authors() {
    let body = page(&MARKDOWN);
    let body = body.split_once("Data cutoff").unwrap().1;
    let heads = [
        "---\ntitle: \"Coast Watch Update, November 10, 2026\"\ndate: 2026-11-10T12:00:00Z\nauthors:\n  - Noor Castellane\n  - Peter van Holm\n  - Ruth Ashgrove\n---",
        "+++\ntitle = 'Coast Watch Update, November 10, 2026'\ndate = 2026-11-10\nauthors = [\"Noor Castellane\", \"Peter van Holm\", \"Ruth Ashgrove\"]\n+++",
    ];
    for head in heads {
        let text = format!("{head}\n\nData cutoff{body}");
        let parsed = parse(text.as_bytes(), None).unwrap();
        let outside = parsed.unclassified.iter().filter(|u| u.reason.starts_with("outside")).count();
        assert!(outside >= 2, "the fences");
        let bare = Parsed { unclassified: Vec::new(), ..parsed };
        assert_eq!(bare.authors, ["Noor Castellane", "Peter van Holm", "Ruth Ashgrove"]);
        assert_eq!(bare.title.as_deref(), Some("Coast Watch Update, November 10, 2026"));
        assert_eq!(bare.date.unwrap().to_string(), "2026-11-10");
        assert_eq!(bare.markers_tied(), (4, 4));
        assert_eq!(roundtrip::normalized(&bare.text), roundtrip::normalized(&roundtrip::text(&bare)));
    }
}

fn rows(references: &[&str], row: impl Fn(usize, &str) -> String) -> String {
    references.iter().enumerate().map(|(at, reference)| row(at + 1, reference)).collect()
}

#[test]
fn programs_mark_the_notes_of_pages_each_in_its_way() {
    // Drupal's footnotes, old and new.
    check(&Make {
        marker: |n| format!("<a class=\"see-footnote\" id=\"footnoteref{n}_k3j\" href=\"#footnote{n}_k3j\">{n}</a>"),
        notes: |r| {
            format!(
                "<ul class=\"footnotes\">{}</ul>",
                rows(r, |n, text| format!(
                    "<li class=\"footnote\" id=\"footnote{n}_k3j\"><a class=\"footnote-label\" href=\"#footnoteref{n}_k3j\">{n}.</a> {text}</li>"
                ))
            )
        },
        ..HTML
    });
    check(&Make {
        marker: |n| format!("<a id=\"footnoteref{n}_ab1\" href=\"#footnote{n}_ab1\">{n}</a>"),
        notes: |r| {
            format!(
                "<ul class=\"footnotes\">{}</ul>",
                rows(r, |n, text| format!(
                    "<li><span><a id=\"footnote{n}_ab1\" href=\"#footnoteref{n}_ab1\">{n}</a></span><div><p>{text}</p></div></li>"
                ))
            )
        },
        ..HTML
    });
    // Word and LibreOffice saved as pages, an export of Google's.
    check(&Make {
        marker: |n| {
            format!(
                "<a style='mso-endnote-id:edn{n}' href=\"#_edn{n}\" name=\"_ednref{n}\"><span><![if !supportFootnotes]>[{}]<![endif]></span></a>",
                letters(n)
            )
        },
        notes: |r| {
            rows(r, |n, text| {
                format!(
                    "<div id=edn{n}><p><a href=\"#_ednref{n}\" name=\"_edn{n}\">[{}]</a> {text}</p></div>",
                    letters(n)
                )
            })
        },
        ..HTML
    });
    check(&Make {
        marker: |n| format!("<a name=\"sdendnote{n}anc\" href=\"#sdendnote{n}sym\"><sup>{}</sup></a>", letters(n)),
        notes: |r| {
            rows(r, |n, text| {
                format!(
                    "<div id=\"sdendnote{n}\"><p><a name=\"sdendnote{n}sym\" href=\"#sdendnote{n}anc\">{}</a>{text}</p></div>",
                    letters(n)
                )
            })
        },
        ..HTML
    });
    check(&Make {
        marker: |n| format!("<sup><a href=\"#ftnt{n}\" id=\"ftnt_ref{n}\">[{n}]</a></sup>"),
        notes: |r| {
            rows(r, |n, text| {
                format!("<div><p><a href=\"#ftnt_ref{n}\" id=\"ftnt{n}\">[{n}]</a><span>&nbsp;</span>{text}</p></div>")
            })
        },
        ..HTML
    });
    // A newsletter, a wiki, a block editor, a converter of documents.
    check(&Make {
        marker: |n| format!("<a id=\"footnote-anchor-{n}\" href=\"#footnote-{n}\">{n}</a>"),
        notes: |r| {
            rows(r, |n, text| {
                format!(
                    "<div class=\"footnote\"><a id=\"footnote-{n}\" href=\"#footnote-anchor-{n}\" class=\"footnote-number\">{n}</a><div><p>{text}</p></div></div>"
                )
            })
        },
        ..HTML
    });
    check(&Make {
        heading: ("<div><h2>", "</h2><span>[<a href=\"/e\">edit</a>]</span></div>"),
        marker: |n| format!("<sup id=\"cite_ref-{n}\"><a href=\"#cite_note-{n}\">[{n}]</a></sup>"),
        notes: |r| {
            format!(
                "<h2>References</h2><ol class=\"references\">{}</ol>",
                rows(r, |n, text| format!(
                    "<li id=\"cite_note-{n}\"><b><a href=\"#cite_ref-{n}\">^</a></b> {text}</li>"
                ))
            )
        },
        ..HTML
    });
    check(&Make {
        marker: |n| format!("<sup data-fn=\"a0b{n}\"><a href=\"#a0b{n}\" id=\"a0b{n}-link\">{n}</a></sup>"),
        notes: |r| {
            format!(
                "<ol class=\"wp-block-footnotes\">{}</ol>",
                rows(r, |n, text| format!("<li id=\"a0b{n}\">{text} <a href=\"#a0b{n}-link\">↩︎</a></li>"))
            )
        },
        ..HTML
    });
    check(&Make {
        marker: |n| format!("<sup><a href=\"#footnote-{}\" id=\"footnote-ref-{}\">[{n}]</a></sup>", n + 9, n + 9),
        notes: |r| {
            format!(
                "<ol>{}</ol>",
                rows(r, |n, text| format!(
                    "<li id=\"footnote-{}\"><p>{text} <a href=\"#footnote-ref-{}\">↑</a></p></li>",
                    n + 9,
                    n + 9
                ))
            )
        },
        ..HTML
    });
    // A page that names itself in its anchors.
    check(&Make {
        marker: |n| format!("<a href=\"/news/update.html#_ftn{n}\">[{n}]</a>"),
        notes: |r| {
            format!(
                "<h2>Endnotes</h2>{}",
                rows(r, |n, text| format!(
                    "<p><a href=\"/news/update.html#_ftnref{n}\" name=\"_ftn{n}\">[{n}]</a> {text}</p>"
                ))
            )
        },
        ..HTML
    });
}

#[test]
fn old_pages_are_laid_out_with_tables_and_broken_lines() {
    let parsed = check(&Make {
        title: ("<html><body><table><tr><td>", "<br><br>"),
        heading: ("<b>", "</b><br><br>"),
        paragraph: ("", "<br><br>"),
        bold: ("<b>", "</b>"),
        item: |n| format!("<br>{n}. "),
        marker: |n| format!("<sup>{n}</sup>"),
        notes: |r| {
            format!("<b>Notes</b><br>{}</td></tr></table></body></html>", rows(r, |n, text| format!("{n}. {text}<br>")))
        },
        ..TEXT
    });
    assert_eq!(parsed.paragraphs.len(), 2);
}

#[test]
fn what_stands_around_a_title_is_kept_apart_from_sections() {
    let page = page(&HTML).replace(
        "<p>By Noor Castellane, Peter van Holm and Ruth Ashgrove</p>",
        "<h3>What happened today</h3><div class=\"meta\">Posted on <a href=\"/x\">November 10, 2026</a> by <a>Noor Castellane</a></div><div>Authors</div><div>Peter van Holm</div><div>Ruth Ashgrove</div>",
    );
    let parsed = parse(page.as_bytes(), None).unwrap();
    assert_eq!(parsed.authors, ["Noor Castellane", "Peter van Holm", "Ruth Ashgrove"]);
    assert!(parsed.standing.is_some());
    assert_eq!(parsed.sections.len(), 2);
    let reasons: Vec<&str> = parsed.unclassified.iter().map(|u| u.reason.as_str()).collect();
    assert_eq!(reasons, ["a heading before the takeaways, with nothing under it"]);
}
