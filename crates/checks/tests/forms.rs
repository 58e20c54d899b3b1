//! One edition in plain text, as a page, with Windows' line ends and in the desk's form: the same faults, each at its
//! place in what was given.

#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout, reason = "a test says what is wrong by failing")]

use sitrep_checks::{Subject, check};
use sitrep_model::finding::Finding;

const TEXT: &str = "Levant Update, November 10, 2026

Key Takeaways

1. The ministry is reopening the line to the coast.
2. Smugglers are moving fuel across the border.
3. Nobody carries this one out.

Rail & Roads

The ministry is reopening the line to the coast. Engineers cleared the last bridge on November 8.[1] Minister Farid Nouri said in an interview on November 9 that trains will run daily.

Smugglers are moving fuel across the border. Police stopped two lorries.[2] The SRA is highly likely to close the road, and may possibly open it again.[3]

Prices rose in the north. A dealer’s list was printed on November 9.[4]

[1] https://desk[.]example/line

[2] https://desk dot example/fuel

[3] https://desk dot example/fuel

[4] https://paper.example/fa/1405/08/16/2903839

[5] https://paper.example/unused
";

const FOUND: [(&str, &str); 10] = [
    ("date-against-address", "November 9"),
    ("likelihood-off-scale", "highly likely"),
    ("mixed-defanging", "https://desk[.]example/line"),
    ("note-without-marker", ""),
    ("paragraph-without-takeaway", "Prices rose in the north."),
    ("repeated-note", ""),
    ("takeaway-without-paragraph", "Nobody carries this one out."),
    ("two-hedges", "may possibly"),
    ("unexplained-abbreviation", "SRA"),
    ("unsourced-sentence", "Minister Farid Nouri said in an interview on November 9 that trains will run daily."),
];

/// Checks a text in some form: what is expected, and nothing else, each at its place.
fn finds(given: &str, but: &[&str]) {
    let findings = check(&Subject::read(given.as_bytes(), None).unwrap());
    let characters: Vec<char> = given.chars().collect();
    let mut rules: Vec<&str> = findings.iter().map(|finding| finding.rule.as_str()).collect();
    rules.sort_unstable();
    let expected: Vec<&str> = FOUND.iter().map(|(rule, _)| *rule).filter(|rule| !but.contains(rule)).collect();
    assert_eq!(rules, expected, "{given}");
    for finding in &findings {
        let (_, excerpt) = FOUND.iter().find(|(rule, _)| *rule == finding.rule).unwrap();
        if !excerpt.is_empty() {
            assert_eq!(&finding.excerpt, excerpt);
            assert_eq!(characters[finding.start..finding.end].iter().collect::<String>(), *excerpt, "{}", finding.rule);
        }
        placed(finding, &characters);
    }
}

fn placed(finding: &Finding, characters: &[char]) {
    let before = &characters[..finding.start];
    let line = before.iter().filter(|c| **c == '\n').count() + 1;
    let column = before.iter().rev().take_while(|c| **c != '\n').count() + 1;
    assert_eq!((finding.line, finding.column), (line, column), "{}", finding.rule);
}

#[test]
fn plain_text_is_checked_in_place() {
    finds(TEXT, &[]);
}

#[test]
fn windows_line_ends_move_nothing() {
    finds(&TEXT.replace('\n', "\r\n"), &[]);
}

#[test]
fn a_page_is_checked_in_its_source() {
    let mut page = String::from(
        "<!doctype html>\n<html><head><title>Head &amp; foot</title><script>if (a < b) {}</script></head>\n<body><nav><a href=\"/\">Home</a></nav><article>\n",
    );
    let escape = |text: &str| text.replace('&', "&amp;").replace('’', "&rsquo;");
    let mut listed = false;
    for line in TEXT.lines().filter(|line| !line.is_empty()) {
        let item = line.split_once(". ").filter(|(number, _)| number.len() == 1).map(|(_, item)| item);
        if item.is_some() != listed {
            page.push_str(if listed { "</ol>\n" } else { "<ol>\n" });
            listed = !listed;
        }
        page.push_str(&match (line, item) {
            (_, Some(item)) => format!("<li>{}</li>\n", escape(item)),
            ("Key Takeaways" | "Rail & Roads", _) => format!("<h2>{}</h2>\n", escape(line)),
            (title, _) if title.starts_with("Levant Update") => format!("<h1>{title}</h1>\n"),
            (line, _) => format!("<p class=\"a > b\">{}</p>\n", escape(line)),
        });
    }
    page.push_str("</article></body></html>\n");
    finds(&page, &[]);
}

#[test]
fn the_desks_form_is_checked_in_its_source() {
    let form = r##"+++
slug = "2026-11-10"
title = "Levant Update"
date = "2026-11-10"
authors = ["N. Example"]
+++

{.standing}
The update follows what is said of the railways of the Levant.

# Key Takeaways

1. The ministry is reopening the line to the coast. {#k-1 announces=p-rail}
2. Smugglers are moving fuel across the border.
3. Nobody carries this one out.

# Rail & Roads {#rail}

{.scope}
How goods move between the river and the coast.

The ministry is reopening the line to the coast. Engineers cleared the *last bridge* on November 8.[^line]{events=ev-1} Minister Farid Nouri said in an interview on November 9 that trains will run daily.
{#p-rail campaign=land-bridge}

Smugglers are moving fuel across the border. Police stopped two lorries.[^fuel] The SRA is highly likely to close the road, and may possibly open it again.{made=as-road}[^again]

Prices rose in the north. A dealer’s list was printed on November 9.[^list] We said so [before](edition:2026-11-03#t-1).

> “A quotation is not a paragraph that a takeaway announces.”

[^line]: document:rail-1 "exact ; words" {defanged=true}
[^fuel]: https://desk.example/fuel ; text:Interview with a driver
[^again]: https://desk.example/fuel ; text:Interview with a driver
[^list]: https://paper.example/fa/1405/08/16/2903839 {printed="https://paper.example/list } 1405"}
[^unused]: https://paper.example/unused
"##;
    finds(form, &["mixed-defanging"]);
    finds(&form.replace('\n', "\r\n"), &["mixed-defanging"]);
}

#[test]
fn hostile_input_never_panics() {
    let texts = [
        "",
        "+++",
        "+++\n+++",
        "+++\ntitle = 3\n+++\n[^",
        "+++\n+++\n[^a]: {\"",
        "<p>&",
        "<p><p><p>&#x;</p></p><!--",
        "[1][2]\n[1]",
        "\u{FEFF}\r\r\n[1]",
        "+++\n+++\n{\n[^a\n![\n> \n\\",
    ];
    for text in texts.iter().flat_map(|text| [(*text).to_owned(), format!("{TEXT}{text}"), format!("{text}\n{TEXT}")]) {
        let _ = Subject::read(text.as_bytes(), None).map(|subject| check(&subject));
    }
}
