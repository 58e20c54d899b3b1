//! Word documents, made here: notes, headings, links, lists, changes, tables, and hostile ones.

#![allow(clippy::unwrap_used)] // a test

use sitrep_editions::parse::{Parsed, Role};
use sitrep_editions::{parse, roundtrip};
use std::io::{Cursor, Write as _};
use zip::write::{SimpleFileOptions, ZipWriter};

const MAIN: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml";

/// A package of parts.
fn package(kind: &str, parts: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let types = format!(
        r#"<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/word/document.xml" ContentType="{kind}"/></Types>"#
    );
    let relations = r#"<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>"#;
    let fixed = [("[Content_Types].xml", types.as_str()), ("_rels/.rels", relations)];
    for (name, text) in fixed.iter().chain(parts) {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

const NAMESPACES: &str = r#"xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006""#;

fn body(paragraphs: &str) -> String {
    format!(r#"<?xml version="1.0"?><w:document {NAMESPACES}><w:body>{paragraphs}<w:sectPr/></w:body></w:document>"#)
}

/// A document of one part.
fn docx(paragraphs: &str) -> Vec<u8> {
    package(MAIN, &[("word/document.xml", &body(paragraphs))])
}

fn p(text: &str) -> String {
    format!("<w:p><w:r><w:t xml:space=\"preserve\">{text}</w:t></w:r></w:p>")
}

fn styled(style: &str, text: &str) -> String {
    format!("<w:p><w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>")
}

fn read(bytes: &[u8]) -> Parsed {
    let parsed = parse(bytes, None).unwrap();
    let (want, got) = (roundtrip::normalized(&parsed.text), roundtrip::normalized(&roundtrip::text(&parsed)));
    assert_eq!(want, got);
    parsed
}

fn texts(parsed: &Parsed) -> Vec<&str> {
    parsed.blocks.iter().map(|block| block.text.as_str()).collect()
}

const STYLES: &str = r#"<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">
<w:style w:type="paragraph" w:styleId="Titel"><w:name w:val="Title"/></w:style>
<w:style w:type="paragraph" w:styleId="berschrift1"><w:name w:val="heading 1"/></w:style>
<w:style w:type="paragraph" w:styleId="Eigen"><w:name w:val="House subtitle"/><w:basedOn w:val="berschrift2"/></w:style>
<w:style w:type="paragraph" w:styleId="berschrift2"><w:name w:val="heading 2"/></w:style>
<w:style w:type="paragraph" w:styleId="Liste"><w:name w:val="List Bullet"/></w:style>
<w:style w:type="character" w:styleId="Hoch"><w:name w:val="note sign"/><w:rPr><w:vertAlign w:val="superscript"/></w:rPr></w:style>
</w:styles>"#;

#[test]
fn true_footnotes_and_endnotes_are_one_list_in_order_of_appearance() {
    let text = body(&format!(
        "{}{}",
        p("Coast Watch, November 10, 2026"),
        r#"<w:p><w:r><w:t>The port closed.</w:t></w:r><w:r><w:endnoteReference w:id="2"/></w:r><w:r><w:t xml:space="preserve"> Ships left.</w:t></w:r><w:r><w:footnoteReference w:id="5"/></w:r><w:r><w:t xml:space="preserve"> It reopened.</w:t></w:r><w:r><w:endnoteReference w:id="2"/></w:r></w:p>"#
    ));
    let notes = |name: &str, id: u32, text: &str| {
        format!(
            r#"<w:{name}s {NAMESPACES}><w:{name} w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:{name}><w:{name} w:id="{id}"><w:p><w:r><w:{name}Ref/></w:r><w:r><w:t xml:space="preserve"> {text}</w:t></w:r></w:p></w:{name}></w:{name}s>"#
        )
    };
    let bytes = package(
        MAIN,
        &[
            ("word/document.xml", &text),
            ("word/footnotes.xml", &notes("footnote", 5, "A harbour clerk, by telephone")),
            ("word/endnotes.xml", &notes("endnote", 2, "https://isna dot ir/news/1 ; https://example.org/2")),
        ],
    );
    let parsed = read(&bytes);
    assert_eq!(parsed.markers_tied(), (3, 3));
    assert_eq!(parsed.paragraph(0).markers().map(|(_, number)| number).collect::<Vec<_>>(), [1, 2, 1]);
    let of = |at: usize| {
        parsed.notes[at].references.iter().map(|r| (r.printed.as_str(), r.url.as_deref())).collect::<Vec<_>>()
    };
    assert_eq!(
        of(0),
        [
            ("https://isna dot ir/news/1", Some("https://isna.ir/news/1")),
            ("https://example.org/2", Some("https://example.org/2"))
        ]
    );
    assert_eq!(of(1), [("A harbour clerk, by telephone", None)]);
}

#[test]
fn typed_notes_are_read_in_brackets_raised_and_numbered_by_word() {
    let brackets = read(&docx(&format!(
        "{}{}{}{}",
        p("Coast Watch, November 10, 2026"),
        p("The port closed.[i] Ships left.[ii]"),
        p("[i] https://example.org/1"),
        p("[ii] https://example.org/2")
    )));
    assert_eq!(brackets.markers_tied(), (2, 2));
    let list = |text: &str| {
        format!(
            r#"<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="3"/></w:numPr></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"#
        )
    };
    let raised = format!(
        r#"{}<w:p><w:r><w:t>The port covers 4 km</w:t></w:r><w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>2</w:t></w:r><w:r><w:t xml:space="preserve"> by now.</w:t></w:r><w:r><w:rPr><w:rStyle w:val="Hoch"/></w:rPr><w:t>1, 2</w:t></w:r></w:p>{}{}{}"#,
        p("Coast Watch, November 10, 2026"),
        styled("berschrift1", "Endnotes"),
        list("https://example.org/1"),
        list("https://example.org/2"),
    );
    let parsed = read(&package(MAIN, &[("word/document.xml", &body(&raised)), ("word/styles.xml", STYLES)]));
    assert_eq!(parsed.paragraph(0).markers().map(|(_, number)| number).collect::<Vec<_>>(), [1, 2]);
    assert!(parsed.paragraph(0).text.starts_with("The port covers 4 km2 by now."));
    assert_eq!(parsed.markers_tied(), (2, 2));
    assert_eq!(parsed.notes[1].references[0].url.as_deref(), Some("https://example.org/2"));
}

#[test]
fn headings_are_found_by_style_by_outline_and_by_bold_lines() {
    let bold = |text: &str| format!("<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>{text}</w:t></w:r></w:p>");
    let text = [
        styled("Titel", "Coast Watch"),
        p("November 10, 2026"),
        styled("berschrift1", "Key Takeaways"),
        styled("Liste", "The port closed."),
        styled("Liste", "Trains are late."),
        styled("berschrift1", "Ports"),
        p("The port closed. Nobody was hurt."),
        styled("Eigen", "Ferries"),
        p("Ferries moved north in the night."),
        bold("rail and road, in brief"),
        p("Trains are late. The line said so."),
        r#"<w:p><w:pPr><w:outlineLvl w:val="0"/></w:pPr><w:r><w:t>Air</w:t></w:r></w:p>"#.to_owned(),
        p("No aircraft flew."),
    ];
    let bytes = package(MAIN, &[("word/document.xml", &body(&text.concat())), ("word/styles.xml", STYLES)]);
    let parsed = read(&bytes);
    assert_eq!(parsed.title.as_deref(), Some("Coast Watch"));
    assert_eq!(parsed.date.unwrap().to_string(), "2026-11-10");
    assert_eq!(parsed.takeaways.iter().map(|t| t.announces.clone()).collect::<Vec<_>>(), [vec![0], vec![2]]);
    let sections: Vec<(&str, u8)> = parsed.sections.iter().map(|s| (s.title.as_str(), s.level)).collect();
    assert_eq!(sections, [("Ports", 1), ("Ferries", 2), ("rail and road, in brief", 3), ("Air", 1)]);
}

#[test]
fn tracked_changes_are_read_as_accepted_and_said() {
    let text = r#"<w:p><w:r><w:t>The port </w:t></w:r><w:del w:id="1"><w:r><w:delText>opened</w:delText></w:r></w:del><w:ins w:id="2"><w:r><w:t>closed</w:t></w:r></w:ins><w:moveFrom w:id="3"><w:r><w:t>today </w:t></w:r></w:moveFrom><w:r><w:t xml:space="preserve"> on </w:t></w:r><w:moveTo w:id="4"><w:r><w:t>Monday</w:t></w:r></w:moveTo><w:r><w:t>.</w:t></w:r></w:p>
<w:p><w:pPr><w:rPr><w:del w:id="5"/></w:rPr><w:pPrChange w:id="9"><w:pPr><w:pStyle w:val="Heading1"/></w:pPr></w:pPrChange></w:pPr><w:r><w:t xml:space="preserve">One sentence </w:t></w:r></w:p><w:p><w:r><w:t>in two halves.</w:t></w:r></w:p>"#;
    let parsed = read(&docx(
        &text
            .replace("The port </w:t>", "The port</w:t>")
            .replace("<w:t>closed", "<w:t xml:space=\"preserve\"> closed"),
    ));
    assert_eq!(texts(&parsed), ["The port closed on Monday.", "One sentence in two halves."]);
    assert_eq!(
        parsed.left_out,
        ["2 tracked deletions, whose text was left out", "2 tracked insertions, which were taken as accepted"]
    );
}

#[test]
fn links_lists_tables_and_right_to_left_runs_are_kept() {
    let relations = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId7" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink" Target="https://example.org/map?a=1&amp;b=2" TargetMode="External"/></Relationships>"#;
    let text = r#"<w:p><w:r><w:t xml:space="preserve">See </w:t></w:r><w:hyperlink r:id="rId7"><w:r><w:t>the map</w:t></w:r></w:hyperlink><w:r><w:t xml:space="preserve"> and </w:t></w:r><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> HYPERLINK "https://example.org/field" </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>the field</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r><w:r><w:t>.</w:t></w:r></w:p>
<w:p><w:pPr><w:bidi/></w:pPr><w:r><w:rPr><w:rtl/></w:rPr><w:t>بندر خوش بسته شد.</w:t></w:r></w:p>
<w:tbl><w:tblGrid><w:gridCol/><w:gridCol/></w:tblGrid><w:tr><w:tc><w:p><w:r><w:t>Port</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>Ships</w:t></w:r></w:p></w:tc></w:tr><w:tr><w:trPr><w:del w:id="1"/></w:trPr><w:tc><w:p><w:r><w:t>Gone</w:t></w:r></w:p></w:tc><w:tc><w:p/></w:tc></w:tr><w:tr><w:tc><w:p><w:r><w:t>Khosh &amp; Adra</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>12</w:t></w:r></w:p></w:tc></w:tr></w:tbl>
<w:p><w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr><w:r><w:t>an item of a list</w:t></w:r></w:p>
<mc:AlternateContent><mc:Choice><w:p><w:r><w:t>A box of text, said once.</w:t></w:r></w:p></mc:Choice><mc:Fallback><w:p><w:r><w:t>A box of text, said once.</w:t></w:r></w:p></mc:Fallback></mc:AlternateContent>"#;
    let bytes = package(MAIN, &[("word/document.xml", &body(text)), ("word/_rels/document.xml.rels", relations)]);
    let parsed = read(&bytes);
    let expected = [
        "See the map and the field.",
        "بندر خوش بسته شد.",
        "Port | Ships",
        "Khosh & Adra | 12",
        "an item of a list",
        "A box of text, said once.",
    ];
    assert_eq!(texts(&parsed), expected);
    let links: Vec<(String, &str)> = parsed
        .links
        .iter()
        .map(|link| (parsed.text.chars().take(link.span.end).skip(link.span.start).collect(), link.url.as_str()))
        .collect();
    let expected = [
        ("the map".to_owned(), "https://example.org/map?a=1&b=2"),
        ("the field".to_owned(), "https://example.org/field"),
    ];
    assert_eq!(links, expected);
    assert_eq!(parsed.blocks[4].role, Role::ListItem);
}

#[test]
fn macros_are_not_read_and_said() {
    let bytes =
        package(MAIN, &[("word/document.xml", &body(&p("The port closed."))), ("word/vbaProject.bin", "Sub AutoOpen")]);
    assert_eq!(read(&bytes).left_out, ["macros, which were not read"]);
}

fn refused(bytes: &[u8]) -> String {
    let error = parse(bytes, None).unwrap_err();
    format!("{}: {error}", error.code())
}

#[test]
fn what_is_no_plain_document_is_refused_with_what_to_do() {
    let part = body(&p("x"));
    let macros = package("application/vnd.ms-word.document.macroEnabled.main+xml", &[("word/document.xml", &part)]);
    assert_eq!(refused(&macros), "document: the document is one with macros (.docm); save it as .docx and try again");
    let wide = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
    let ole = |name: &str| [&[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, 0, 0][..], &wide(name)].concat();
    assert!(refused(&ole("EncryptedPackage")).contains("encrypted"));
    assert!(refused(&ole("WordDocument")).contains(".doc"));
    assert!(refused(&package(MAIN, &[("xl/workbook.xml", "<a/>")])).contains("spreadsheet"));
    assert!(
        refused(&package(MAIN, &[("mimetype", "application/vnd.oasis.opendocument.text")])).contains("OpenDocument")
    );
    let whole = docx(&p("The port closed."));
    assert!(refused(&whole[..whole.len() / 2]).contains("damaged"));
    assert!(refused(&docx("<w:p><w:r><w:t>breaks off")).contains("damaged"));
    assert!(refused(&docx("")).starts_with("empty"));
}

#[test]
fn hostile_documents_end_within_bounds() {
    let bomb = package(MAIN, &[("word/document.xml", &" ".repeat(40 * 1024 * 1024))]);
    assert!(bomb.len() < 100_000);
    assert!(refused(&bomb).starts_with("too_large"));
    let deep = docx(&"<w:p>".repeat(100_000));
    assert!(refused(&deep).starts_with("too_deep"));
    let entities = r#"<!DOCTYPE d [<!ENTITY a "aaaa"><!ENTITY x SYSTEM "file:///etc/passwd">]><d>&a;&x;</d>"#;
    assert!(refused(&package(MAIN, &[("word/document.xml", entities)])).contains("entities"));
    let names: Vec<String> = (0..10_001).map(|at| format!("a/{at}")).collect();
    let many: Vec<(&str, &str)> = names.iter().map(|name| (name.as_str(), "")).collect();
    assert!(refused(&package(MAIN, &many)).contains("more than 10000 files"));
}
