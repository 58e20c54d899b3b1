//! What texts and pages hold, on samples written for this.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test says what is wrong by failing")]

use sitrep_editions::parse::{Parsed, Role, date_in_name, parse_near};
use sitrep_editions::{contract, parse, roundtrip};

fn whole(parsed: Parsed) -> Parsed {
    assert_eq!(roundtrip::normalized(&parsed.text), roundtrip::normalized(&roundtrip::text(&parsed)));
    parsed
}

fn read(text: &str) -> Parsed {
    whole(parse(text.as_bytes(), None).unwrap())
}

fn titles(parsed: &Parsed) -> Vec<(&str, u8, Option<&str>)> {
    let scope = |block: usize| parsed.blocks[block].text.as_str();
    parsed.sections.iter().map(|section| (section.title.as_str(), section.level, section.scope.map(scope))).collect()
}

fn takeaways(parsed: &Parsed) -> Vec<(&str, Vec<usize>)> {
    parsed.takeaways.iter().map(|t| (parsed.blocks[t.block].text.as_str(), t.announces.clone())).collect()
}

const JOINED: &str = "November 9, 7pm ET,Click here to see the interactive map of the coast. ,,The harbour closed on Monday. Two ferries were moved north and the pilots went home. Nobody has said when it will open again.,Trains are late on the whole line. The ministry spoke of frost. The union spoke of wages and of a strike.,Key Takeaways,The harbour closed on Monday.,Trains are late on the whole line.,, ,We do not report on football because others do.,Main Effort – Ports (comprised of two subordinate efforts),Supporting Effort #1 – Rail and the coast,Supporting Effort #2 – Roads,Activities of Unions,Main Effort – Ports,Supporting Effort #1 – Rail (Objective: keep the line to the coast open through the winter),Trains are late on the whole line. The ministry spoke of frost.,Supporting Effort #2 – Roads,All roads are open. Nobody counts the lorries on them. The police said on November 8 that the passes in the north would be kept free of snow through the night and on the next day. It lent two ploughs to the coast.,Activity of Unions (Objective: follow what unions do about wages in ports and on trains),The dockers met on November 9. They did not vote.,Note: this desk reads only open sources. ,,,";

#[test]
fn paragraphs_joined_by_commas_are_parted_and_come_back_whole() {
    let parsed = whole(parse_near(JOINED.as_bytes(), None, date_in_name("2026-11-10.txt")).unwrap());
    assert_eq!(parsed.date.unwrap().to_string(), "2026-11-09");
    assert_eq!(parsed.cutoff.unwrap().to_string(), "2026-11-10T00:00:00Z");
    assert_eq!(parsed.notices.len(), 2);
    let told = takeaways(&parsed);
    assert_eq!(told, [("The harbour closed on Monday.", vec![0]), ("Trains are late on the whole line.", vec![1, 7])]);
    let expected = [
        ("", 1, None),
        ("Main Effort – Ports", 1, None),
        ("Supporting Effort #1 – Rail", 1, Some("(Objective: keep the line to the coast open through the winter)")),
        ("Supporting Effort #2 – Roads", 1, None),
        ("Activity of Unions", 1, Some("(Objective: follow what unions do about wages in ports and on trains)")),
    ];
    assert_eq!(titles(&parsed), expected);
    assert!(parsed.unclassified.is_empty(), "{:?}", parsed.unclassified);
}

#[test]
fn takeaways_under_labels_end_where_the_sections_begin() {
    let text = "Coast Watch, November 10, 2026\nToplines\nThe harbour closed on Monday.\nA clerk of the\nHarbour Post\nsaid so at noon.[1] Ferries left.[2]\nKey Takeaways\nPorts on the Coast:\nThe harbour closed on Monday. Ferries left.\nRail and Road:\nTrains are late.\nPorts\nSee topline section.\nRail\nTrains are late. The line said so.[3]\nEndnotes\n[1] https://desk.example/1\n[2] https://desk.example/2[3] https://desk.example/3\n";
    let parsed = read(text);
    let expected = [
        ("Ports on the Coast: The harbour closed on Monday. Ferries left.", vec![0]),
        ("Rail and Road: Trains are late.", vec![2]),
    ];
    assert_eq!(takeaways(&parsed), expected);
    assert_eq!(
        parsed.paragraph(0).text,
        "The harbour closed on Monday. A clerk of the Harbour Post said so at noon. Ferries left."
    );
    assert_eq!(titles(&parsed).iter().map(|(title, ..)| *title).collect::<Vec<_>>(), ["Toplines", "Ports", "Rail"]);
    assert_eq!(parsed.markers_tied(), (3, 3), "a note whose line break was lost");
}

#[test]
fn a_data_cutoff_is_the_edition_s_own() {
    let text = "Coast Watch, November 10, 2026\n\nInformation Cutoff: 2:00 pm ET\n\nKey Takeaways\n\n1. Ships left since the desk's last data cutoff at 4:00 PM ET on November 9.\n\nPorts\n\nShips left since the desk's last data cutoff at 4:00 PM ET on November 9. A clerk said so.[1]\n\n[1] https://desk.example/1\n";
    let parsed = read(text);
    assert_eq!(parsed.cutoff.unwrap().to_string(), "2026-11-10T19:00:00Z");
    assert_eq!((parsed.takeaways.len(), parsed.paragraphs.len()), (1, 1));
}

const PAGE: &str = r##"<html><body><nav><a href="/">Home</a></nav><article>
<p class="edition-desk">Coast Watch</p><h1>Coast Watch, November 10, 2026</h1><p class="byline">Noor Castellane</p>
<p>Coast Watch follows what happens in ports. Each update says who reported it.</p>
<h2>Key Takeaways</h2><h3>Ports:</h3><ul><li>The harbour closed.</li><li>Ferries left.</li></ul><p>We do not report on football.</p>
<h2>Ports</h2><h5>Objective of the harbour master: keep the northern basin open through the winter</h5>
<p><strong>The harbour closed.</strong> A clerk said so.<sup>1</sup> The basin covers 4 km<sup>2</sup> <a href="https://desk.example/map">on the map</a>.<a href="#_edn2">2</a> Ferries left.<span style="vertical-align: super">iii</span></p>
<p><strong>Rail to the coast</strong></p><p>Trains are late.<sup><a href="#fn4">4</a></sup></p>
<table><tr><td>Port</td><td>Ships</td></tr></table>
<h2>Endnotes</h2><ol><li><p><a href="https://outlet.example/news/2026/a-long-address">https://outlet.example/news/20...</a></p></li>
<li id="fn2"><a href="https://outlet.example/1; https://outlet.example/2">https://outlet.example/1; https://out...</a> ↩</li><li><a href="https://desk.example/coast-watch-update-november-3-2026">The edition of last week</a></li><li>Words of a clerk</li></ol></article><footer>Imprint</footer></body></html>"##;

#[test]
fn pages_mark_notes_in_many_ways() {
    let parsed = read(PAGE);
    assert_eq!(parsed.authors, ["Noor Castellane"]);
    assert!(parsed.standing.is_some());
    assert_eq!(
        takeaways(&parsed).iter().map(|(text, _)| *text).collect::<Vec<_>>(),
        ["The harbour closed.", "Ferries left."]
    );
    let expected = [
        ("Ports", 1, Some("Objective of the harbour master: keep the northern basin open through the winter")),
        ("Rail to the coast", 2, None),
    ];
    assert_eq!(titles(&parsed)[1..], expected);
    assert_eq!(parsed.markers_tied(), (4, 4));
    let cited = parsed.paragraphs.iter().map(|paragraph| &parsed.blocks[paragraph.block]);
    let cited = cited.into_iter().find(|block| block.text.starts_with("The harbour closed. A clerk")).unwrap();
    assert!(cited.text.contains("4 km2 on the map"), "{}", cited.text);
    let references: Vec<Vec<Option<&str>>> =
        parsed.notes.iter().map(|note| note.references.iter().map(|r| r.url.as_deref()).collect()).collect();
    let expected = [
        vec![Some("https://outlet.example/news/2026/a-long-address")],
        vec![Some("https://outlet.example/1"), Some("https://outlet.example/2")],
        vec![Some("https://desk.example/coast-watch-update-november-3-2026")],
        vec![None],
    ];
    assert_eq!(references, expected);
    assert_eq!(parsed.notes[2].references[0].edition_date.unwrap().to_string(), "2026-11-03");
    let label = parsed.blocks.iter().find(|block| block.role == Role::TakeawayLabel).unwrap();
    assert_eq!(contract::Edition::from(&parsed).takeaways[0].label.as_deref(), Some(label.text.as_str()));
    let edition = parsed.into_edition(&"coast".into(), None, &mut |_| String::new()).unwrap();
    assert!(edition.takeaways[0].body.text.starts_with("Ports: The harbour"));
    let links = edition.paragraphs().flat_map(|body| &body.marks).count();
    assert_eq!(links, 1);
}

#[test]
fn texts_in_other_encodings_are_read_and_what_is_no_text_is_refused() {
    let text = "Coast Watch, November 10, 2026\n\nPorts\n\nThe café at the quay closed – for good. Ferries left.\n";
    let legacy = legacy_of(text);
    let wide: Vec<u8> = [0xFF, 0xFE].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    for bytes in [text.as_bytes(), &legacy, &wide] {
        assert!(whole(parse(bytes, None).unwrap()).text.contains("The café at the quay closed – for good."));
    }
    let lying = format!("<html><head><meta charset=\"utf-8\"></head><body><p>{text}</p></body></html>");
    let lying = legacy_of(&lying);
    assert!(parse(&lying, None).unwrap().text.contains("The café at the quay closed – for good."));
    let code = |bytes: &[u8]| parse(bytes, None).unwrap_err().code();
    assert_eq!(code(b"%PDF-1.7 and so on"), "document");
    assert_eq!(code(&[0, 1, 2, 3, 0, 0, 9, 9]), "not_text");
    assert_eq!(code(b" \n "), "empty");
    assert_eq!(code(&vec![b'a'; 17 * 1024 * 1024]), "too_large");
    assert_eq!(code(format!("<html><body>{}", "<div>".repeat(100_000)).as_bytes()), "too_deep");
}

/// A text in windows-1252.
fn legacy_of(text: &str) -> Vec<u8> {
    let byte = |c: char| match c {
        '–' => 0x96,
        c => u8::try_from(u32::from(c)).unwrap(),
    };
    text.chars().map(byte).collect()
}

#[test]
fn days_are_found_in_the_names_of_files() {
    for name in [
        "2023-06-21.txt",
        "iran-update-june-21-2023.html",
        "update_20230621.docx",
        "2023-06-21-2.v2.txt",
        "21 June 2023.md",
    ] {
        assert_eq!(date_in_name(name).map(|date| date.to_string()).as_deref(), Some("2023-06-21"), "{name}");
    }
    assert_eq!(date_in_name("edition-12.txt"), None);
}
