use crate::sample::{BASE, Sample};
use sitrep_publish::citation::{STYLES, Style, Work, style};
use std::collections::BTreeMap;

const SENTENCE: &str = "p1-2";

fn cited(sample: &Sample, words: &str) -> Work {
    Work::sentence(&sample.manuscript(), &SENTENCE.into(), words)
}

fn printed(extension: &str, work: &Work) -> String {
    let style = STYLES.iter().find(|style| style.extension == extension).expect("the style is there");
    (style.render)(work)
}

/// Reads a BibTeX entry as BibTeX does: key, then `name = value`, where a value is a word or stands in balanced braces.
fn bibtex(entry: &str) -> (String, BTreeMap<String, String>) {
    let inside = entry.trim().strip_prefix("@misc{").and_then(|rest| rest.strip_suffix('}')).expect("it is an entry");
    let (key, mut rest) = inside.split_once(',').expect("it has a key");
    let mut fields = BTreeMap::new();
    while let Some((name, after)) = rest.split_once('=') {
        let after = after.trim_start();
        let (mut depth, mut escaped, mut end) = (0, false, after.len());
        for (at, c) in after.char_indices() {
            match c {
                _ if escaped => escaped = false,
                '\\' => escaped = true,
                '{' => depth += 1,
                '}' => depth -= 1,
                ',' if depth == 0 => {
                    end = at;
                    break;
                }
                _ => {}
            }
            assert!(depth >= 0, "a brace is closed that was not opened: {entry}");
        }
        assert_eq!(depth, 0, "a brace stays open: {entry}");
        let value = after[..end].trim();
        let value = value.strip_prefix('{').and_then(|value| value.strip_suffix('}')).unwrap_or(value);
        fields.insert(name.trim().to_owned(), value.to_owned());
        rest = after.get(end + 1..).unwrap_or_default();
    }
    assert!(rest.trim().is_empty(), "something stands behind the last field: {rest}");
    (key.to_owned(), fields)
}

/// What TeX prints of a field.
fn typeset(field: &str) -> String {
    let named = [("\\textbackslash{}", "\\"), ("\\textasciitilde{}", "~"), ("\\textasciicircum{}", "^")];
    let text = named.iter().fold(field.to_owned(), |text, (from, to)| text.replace(from, &format!("\u{1}{to}")));
    let mut shown = String::new();
    let mut characters = text.chars();
    while let Some(c) = characters.next() {
        match c {
            '\u{1}' | '\\' => shown.extend(characters.next()),
            '{' | '}' => {}
            c => shown.push(c),
        }
    }
    shown
}

fn ris(text: &str) -> Vec<(String, String)> {
    assert!(text.ends_with("ER  - \r\n"));
    let lines = text.split("\r\n").filter(|line| !line.is_empty());
    let tag = |line: &str| {
        let (tag, value) = line.split_once("  - ").expect("two spaces, a hyphen and a space stand behind a tag");
        assert!(tag.len() == 2 && tag.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit()), "{tag}");
        (tag.to_owned(), value.to_owned())
    };
    lines.map(tag).collect()
}

#[test]
fn every_style_of_a_sentence_and_of_an_edition_stays_as_it_was() {
    let sample = Sample::new();
    let sentence = cited(&sample, "Two rallies were held, as assessed before, on 9 November.");
    let edition = Work::edition(&sample.manuscript());
    let print = |style: &Style| {
        format!("== {}\n{}\n{}", style.extension, (style.render)(&sentence), (style.render)(&edition)).replace('\r', "")
    };
    insta::assert_snapshot!(STYLES.iter().map(print).collect::<Vec<_>>().join("\n"));
}

#[test]
fn bibtex_reads_back_whatever_the_words_are() {
    let sample = Sample::new();
    let words = "A 40% rise\\fall of $5 {in} #3_b & “c” ~ ^2,\r\nand so on";
    let (key, fields) = bibtex(&printed("bib", &cited(&sample, words)));
    assert_eq!(key, SENTENCE);
    assert_eq!(
        typeset(&fields["note"]),
        "“A 40% rise\\fall of $5 {in} #3_b & “c” ~ ^2, and so on” Corrected on 11 November 2026. Exercise: all happenings are invented."
    );
    assert_eq!(fields["author"], "{Ada Example} and {Bo Example}");
    assert_eq!((fields["year"].as_str(), fields["month"].as_str(), fields["day"].as_str()), ("2026", "nov", "10"));
    assert_eq!(fields["url"], format!("{BASE}/harbour/sentences/{SENTENCE}"));
}

#[test]
fn ris_has_each_tag_on_one_line() {
    let sample = Sample::new();
    let found = ris(&printed("ris", &cited(&sample, "گفت:\n«نه»\r\nER  - \u{2028}TY  - BOOK")));
    let of = |tag: &str| found.iter().filter(|(t, _)| t == tag).map(|(_, value)| value.as_str()).collect::<Vec<_>>();
    assert_eq!(found[0], ("TY".to_owned(), "RPRT".to_owned()));
    assert_eq!(of("TY").len(), 1, "words can't open another record");
    assert_eq!(of("ER").len(), 1, "words can't end the record");
    assert_eq!(of("AU"), ["Ada Example", "Bo Example"]);
    assert_eq!(of("DA"), ["2026/11/10"]);
    assert!(of("N1")[0].starts_with("“گفت: «نه» ER - TY - BOOK”"));
}

#[test]
fn csl_json_is_a_list_of_one_item_with_the_date_in_parts() {
    let sample = Sample::new();
    let work = cited(&sample, "Freight \"stood\" still.");
    let item: serde_json::Value = serde_json::from_str(&printed("csl.json", &work)).expect("it is JSON");
    assert_eq!(item.as_array().map(Vec::len), Some(1));
    assert_eq!(item[0]["issued"], serde_json::json!({ "date-parts": [[2026, 11, 10]] }));
    assert_eq!(item[0]["author"][1]["literal"], "Bo Example");
    assert_eq!(
        item[0]["note"],
        "“Freight \"stood\" still.” Corrected on 11 November 2026. Exercise: all happenings are invented."
    );
}

#[test]
fn the_publisher_answers_for_what_nobody_signed() {
    let mut sample = Sample::new();
    sample.edition.authors.clear();
    let (_, fields) = bibtex(&printed("bib", &Work::edition(&sample.manuscript())));
    assert_eq!(fields["author"], "{Office of Tides}");
    assert!(printed("cite.txt", &Work::edition(&sample.manuscript())).starts_with("Office of Tides, “Harbour Watch, "));
}

#[test]
fn a_style_is_told_from_a_form_by_what_stands_behind_the_name() {
    let told = |name: &str| style(name).map(|(stem, style)| (stem.to_owned(), style.label));
    assert_eq!(told("2026-11-20.csl.json"), Some(("2026-11-20".to_owned(), "CSL-JSON")));
    assert_eq!(told("iran-2026-11-20.s4.bib"), Some(("iran-2026-11-20.s4".to_owned(), "BibTeX")));
    assert_eq!(told("2026-11-20.json"), None);
    assert_eq!(told("2026-11-20.txt"), None);
    assert_eq!(told(".bib"), None);
}
