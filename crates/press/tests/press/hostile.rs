//! Text that would be markup, a path or a program somewhere else.

use crate::reader::{in_order, info, solid, stands, text};
use crate::sample::{Sample, paragraph, section};
use sitrep_model::citation::{Citation, Reference, Target};
use sitrep_model::edition::{Mark, MarkKind, ParagraphKind, Takeaway};

const HOSTILE: &[&str] = &[
    "#import \"@preview/evil:1.0.0\": *",
    "#read(\"/etc/passwd\")",
    "#panic(\"x\")",
    "$ x^2 $ and \\ and *bold* and _it_",
    "@label <label> = Heading",
    "`raw` // comment /* gone */",
    "#{ 1 + 1 } #[x] ~ ... end",
    "{\"json\": \"\\u0041\"} ${shell} %s",
    "</script><b>&amp;",
];

#[test]
fn hostile_text_is_printed_as_it_is() {
    let mut sample = Sample::new();
    let kinds = [ParagraphKind::Prose, ParagraphKind::ListItem, ParagraphKind::Quotation, ParagraphKind::Figure];
    let paragraphs = HOSTILE.iter().enumerate().map(|(index, hostile)| {
        let mut made = paragraph(&format!("h{index}"), kinds[index % kinds.len()], "x");
        made.text = (*hostile).to_owned();
        made.sentences.clear();
        made
    });
    let paragraphs: Vec<_> = paragraphs.collect();
    let all = HOSTILE.join(" ");
    sample.edition.takeaways = vec![Takeaway { body: paragraphs[1].clone(), announces: Some("h2".into()) }];
    sample.edition.sections = vec![section("#import $ \\ * @label", 1, Some(&all), paragraphs)];
    sample.edition.title = "Title #read(\"/etc/passwd\") *x*".to_owned();
    sample.edition.standing = Some("#standing $".to_owned());
    sample.edition.notices = vec!["#notice \\".to_owned()];
    sample.edition.authors = vec!["#author *".to_owned()];
    sample.desk.label = Some("#label $x$".to_owned());
    sample.desk.name = "#desk @x".to_owned();
    sample.desk.publisher = "#publisher".to_owned();
    let Some(found) = text("hostile", &sample.pdf()) else { return };
    in_order(
        &found,
        &["#label $x$", "#desk @x", "Title #read(\"/etc/passwd\") *x*", "#author *", "#standing $", "#notice \\"],
    );
    let section = solid(&found);
    for hostile in HOSTILE {
        assert!(section.matches(&solid(hostile)).count() >= 2, "{hostile} is not twice in:\n{found}");
    }
    assert!(!found.contains("root:"));
}

#[test]
fn what_a_reader_would_run_is_no_link() {
    let mut sample = Sample::new();
    let mut linked = paragraph("x", ParagraphKind::Prose, "one two three four[z]");
    let link = |start, end, url: &str| Mark { start, end, kind: MarkKind::Link { url: url.to_owned() } };
    linked.marks = vec![
        link(0, 3, "javascript:alert(1)"),
        link(4, 7, "file:///etc/passwd"),
        link(8, 13, "https://www.port.example/x"),
        link(14, 18, &format!("https://long.example/{}", "x".repeat(9_000))),
    ];
    sample.edition.sections = vec![section("Links", 1, None, vec![linked])];
    let target = Target::Address { url: "javascript:alert(2)".to_owned() };
    let references = vec![Reference { target, printed: None, defanged: None }];
    sample.edition.citations.push(Citation { id: "z".into(), references, label: None });
    let Some(found) = info("no-links", &sample.pdf(), &["-url"]) else { return };
    for bad in ["javascript", "file:", "port.example", "long.example"] {
        assert!(!found.contains(bad), "{bad} is a link in:\n{found}");
    }
}

#[test]
fn long_words_stay_on_the_page_and_unseen_characters_turn_nothing_about() {
    let mut sample = Sample::new();
    // Without the map all of it fits between two page breaks.
    sample.picture = None;
    let (latin, bytes, arabic) = ("x".repeat(400), "%D8%A7".repeat(100), "بـ".repeat(300));
    let turned = "abc \u{202E}def\u{2066} ghi \u{0}\u{7}jkl \u{2028}mno";
    let texts = [&latin, &bytes, &arabic, turned].map(|text| paragraph("x", ParagraphKind::Prose, text));
    sample.edition.sections = vec![section(&"LongHeading".repeat(20), 1, None, texts.to_vec())];
    sample.edition.title = "T".repeat(300);
    let Some(found) = text("long-words", &sample.pdf()) else { return };
    assert!(stands(&found, "abc def ghi jkl mno"), "{found}");
    for long in [latin, bytes, "T".repeat(300), "LongHeading".repeat(20)] {
        assert!(stands(&found, &long), "{long} is not whole in:\n{found}");
    }
}
