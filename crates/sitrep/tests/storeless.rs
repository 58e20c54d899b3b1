//! The real binary, without a store: what it prints, and how it ends.

#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout, reason = "a test says what is wrong by failing")]

use serde_json::Value;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

const EDITION: &str = "Levant Update, November 10, 2026

Key Takeaways

1. The ministry is reopening the line to the coast.

Rail

The ministry is reopening the line to the coast. Engineers cleared the last bridge on November 8.[1] Trains will run daily.[2]

[1] https://desk.example/line

[2] https://desk.example/trains
";

fn sitrep(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_sitrep")).args(arguments).output().unwrap()
}

fn code(output: &Output) -> i32 {
    output.status.code().unwrap()
}

fn json(output: &Output) -> Value {
    let text = String::from_utf8(output.stdout.clone()).unwrap();
    serde_json::from_str(&text)
        .unwrap_or_else(|error| panic!("{error}: {text}{}", String::from_utf8_lossy(&output.stderr)))
}

fn write(folder: &Path, name: &str, text: impl AsRef<[u8]>) -> String {
    let path: PathBuf = folder.join(name);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(&path, text).unwrap();
    path.to_str().unwrap().to_owned()
}

#[test]
fn a_clean_edition_passes_and_a_faulty_one_does_not() {
    let folder = tempfile::tempdir().unwrap();
    let clean = write(folder.path(), "clean.txt", EDITION);
    let output = sitrep(&["check", &clean, "--json"]);
    assert_eq!((code(&output), json(&output)), (0, Value::Array(Vec::new())));
    let faulty = write(folder.path(), "faulty.txt", EDITION.replace(".[2]", "."));
    let output = sitrep(&["check", &faulty, "--json"]);
    assert_eq!(code(&output), 1);
    let found = json(&output);
    let finding = &found[0];
    assert_eq!((finding["rule"].as_str(), finding["line"].as_u64()), (Some("note-without-marker"), Some(13)));
    for field in ["rule", "severity", "line", "start", "end", "excerpt", "message", "hint", "fix"] {
        assert!(finding.get(field).is_some(), "{field}");
    }
    let output = sitrep(&["check", &faulty]);
    assert!(String::from_utf8(output.stdout).unwrap().contains("faulty.txt:13:1: warning [note-without-marker]"));
}

#[test]
fn several_inputs_are_named_and_a_refused_one_stops_none() {
    let folder = tempfile::tempdir().unwrap();
    let clean = write(folder.path(), "clean.txt", EDITION);
    let faulty = write(folder.path(), "faulty.txt", EDITION.replace(".[2]", "."));
    let binary = write(folder.path(), "binary.pdf", [0x25, 0x50, 0xFF, 0x00, 0xFE]);
    let output = sitrep(&["check", &clean, &binary, &faulty, "--json"]);
    assert_eq!(code(&output), 1);
    let list = json(&output);
    assert_eq!(
        (list[0]["file"].as_str(), list[0]["error"]["code"].as_str()),
        (Some(binary.as_str()), Some("not_text"))
    );
    for field in ["code", "message", "hint", "line"] {
        assert!(list[0]["error"].get(field).is_some(), "{field}");
    }
    assert_eq!(list[1]["file"].as_str(), Some(faulty.as_str()));
    let output = sitrep(&["edition", "parse", &binary, &clean, "--json"]);
    assert_eq!((code(&output), json(&output)[1]["title"].as_str()), (1, Some("Levant Update, November 10, 2026")));
    let output = sitrep(&["check", &binary, "--json"]);
    assert_eq!(code(&output), 3);
    let error: Value = serde_json::from_slice(&output.stderr).unwrap();
    assert_eq!(error["error"]["code"], "not_text");
}

#[test]
fn each_way_to_end_has_its_code() {
    let folder = tempfile::tempdir().unwrap();
    let deep = write(folder.path(), "deep.html", "<div>".repeat(4000));
    for (arguments, expected) in [
        (vec!["--help"], 0),
        (vec!["check", "--help"], 0),
        (vec!["check", "--rules"], 0),
        (vec!["check", "--explain", "repeated-note"], 0),
        (vec!["check", "--explain", "no-such-rule"], 2),
        (vec!["check"], 2),
        (vec!["no-such-command"], 2),
        (vec!["check", "no/such/file.txt"], 3),
        (vec!["check", deep.as_str()], 4),
        (vec!["names", "رئیسی", "Raisi"], 0),
    ] {
        assert_eq!(code(&sitrep(&arguments)), expected, "{arguments:?}");
    }
}

#[test]
fn standard_input_is_read_and_a_reader_that_goes_away_is_no_error() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_sitrep"))
        .args(["edition", "roundtrip", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(EDITION.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    let bare = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    assert_eq!(bare(&String::from_utf8(output.stdout).unwrap()), bare(EDITION));
    let folder = tempfile::tempdir().unwrap();
    let long = write(folder.path(), "long.txt", EDITION.replace("Trains will", &"The line is open. ".repeat(20_000)));
    let mut child = Command::new(env!("CARGO_BIN_EXE_sitrep"))
        .args(["edition", "parse", &long, "--json"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!((code(&output), String::from_utf8(output.stderr).unwrap().as_str()), (0, ""));
}

#[test]
fn findings_are_written_as_sarif_with_their_rules_and_fixes() {
    let folder = tempfile::tempdir().unwrap();
    let text = EDITION.replace("Trains will run daily.", "Trains are highly likely to run daily.");
    let file = write(folder.path(), "a b.txt", text);
    let output = sitrep(&["check", &file, "--sarif"]);
    assert_eq!(code(&output), 1);
    let log = json(&output);
    let run = &log["runs"][0];
    assert_eq!((log["version"].as_str(), run["columnKind"].as_str()), (Some("2.1.0"), Some("unicodeCodePoints")));
    let result = &run["results"][0];
    let index = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
    assert_eq!(run["tool"]["driver"]["rules"][index]["id"], result["ruleId"]);
    let location = &result["locations"][0]["physicalLocation"];
    assert!(location["artifactLocation"]["uri"].as_str().unwrap().ends_with("a%20b.txt"));
    assert_eq!(location["region"]["snippet"]["text"], "highly likely");
    let content = &result["fixes"][0]["artifactChanges"][0]["replacements"][0]["insertedContent"]["text"];
    assert_eq!(content, "very likely");
}

#[test]
fn the_desks_settings_hold() {
    let folder = tempfile::tempdir().unwrap();
    let desk = "id = 'd'\nname = 'D'\npublisher = 'P'\nlanguage = 'en'\ntime_zone = 'UTC'\nstanding = 'S'\nscale = 'phia'\nsections = []\n[style]\nknown_abbreviations = ['SRA']\nchecks_off = ['unsourced-sentence']\n";
    write(folder.path(), "desk.toml", desk);
    write(
        folder.path(),
        "actors.toml",
        "[[actor]]\nid = 'n'\nname = 'Farid Nouri'\nkind = 'person'\navoid = ['Fareed Noori']\n",
    );
    write(
        folder.path(),
        "sources.toml",
        "[[source]]\nid = 'x'\nname = 'X'\nlanguage = 'en'\ncollection = { how = 'pasted' }\nhosts = ['x.example']\n",
    );
    write(
        folder.path(),
        "outlets/x/a.md",
        "+++\nid = 'doc-1'\nurl = 'https://x.example/a'\ntitle = 'A'\npublished = '2026-11-07T10:00:00Z'\n+++\n\nA.\n",
    );
    let text = EDITION
        .replace("Engineers cleared", "The SRA and Fareed Noori cleared")
        .replace("Trains will", "It is highly likely that trains will")
        .replace("[1] https://desk.example/line", "[1] document:doc-1");
    let file = write(folder.path(), "edition.txt", text);
    let rules = |arguments: &[&str]| -> Vec<String> {
        let found = json(&sitrep(arguments));
        found.as_array().unwrap().iter().map(|finding| finding["rule"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(rules(&["check", &file, "--json"]), ["unexplained-abbreviation", "likelihood-off-scale"]);
    let folder = folder.path().to_str().unwrap();
    assert_eq!(rules(&["check", &file, "--json", "--desk", folder]), ["name-against-register", "date-against-address"]);
}

#[test]
fn an_edition_is_printed_in_each_form_and_compared_with_another() {
    let folder = tempfile::tempdir().unwrap();
    let file = write(folder.path(), "edition.txt", EDITION);
    let markdown = folder.path().join("edition.md");
    let output = sitrep(&["render", &file, "--to", "md", "-o", markdown.to_str().unwrap()]);
    assert_eq!(code(&output), 0, "{}", String::from_utf8_lossy(&output.stderr));
    for (form, start) in [("html", "<!doctype html>"), ("txt", ""), ("json", "{"), ("eml", "From: "), ("md", "+++")] {
        let output = sitrep(&["render", markdown.to_str().unwrap(), "--to", form]);
        let text = String::from_utf8(output.stdout).unwrap();
        assert!(text.starts_with(start) && text.contains("Engineers cleared"), "{form}: {text}");
    }
    let output = sitrep(&["render", &file, "--to", "docx"]);
    assert_eq!(code(&output), 2);
    assert!(String::from_utf8(output.stderr).unwrap().contains("docx"));
    let later =
        write(folder.path(), "later.txt", EDITION.replace("Trains will run daily", "Freight is booked until May"));
    let output = sitrep(&["edition", "diff", &file, &later, "--json"]);
    let kinds: Vec<String> =
        json(&output).as_array().unwrap().iter().map(|d| d["kind"].as_str().unwrap().to_owned()).collect();
    assert!(kinds.contains(&"same".to_owned()) && kinds.iter().any(|kind| kind != "same"), "{kinds:?}");
}

#[test]
fn pages_feeds_dates_and_names_are_read() {
    let folder = tempfile::tempdir().unwrap();
    let page = "<html lang=en><head><title>Line open</title></head><body><article><h1>Line open</h1><p>Engineers cleared the last bridge on the line to the coast, the ministry said in a statement.</p><p>Trains will run daily from Monday, and freight will follow in the spring, it added.</p></article></body></html>";
    let page = write(folder.path(), "pages/page.html", page);
    let output = sitrep(&["extract", &page, "--url", "https://news.example/2026/11/10/line", "--json"]);
    let read = json(&output);
    for field in [
        "file",
        "url",
        "canonical",
        "title",
        "byline",
        "published",
        "modified",
        "language",
        "site",
        "text",
        "paragraphs",
        "links",
        "image",
    ] {
        assert!(read.get(field).is_some(), "{field}");
    }
    assert_eq!((read["title"].as_str(), read["file"].as_str()), (Some("Line open"), Some("page.html")));
    write(folder.path(), "pages/index.jsonl", "{\"file\": \"page.html\", \"url\": \"https://news.example/line\"}\n");
    let output = sitrep(&["extract", folder.path().join("pages").to_str().unwrap(), "--json"]);
    assert_eq!(json(&output)["url"], "https://news.example/line");
    let feed = "<rss version='2.0'><channel><title>News</title><link>https://news.example/</link><item><title>Line open</title><link>/line</link><pubDate>Tue, 10 Nov 2026 10:00:00 GMT</pubDate></item></channel></rss>";
    let feed = write(folder.path(), "feed.xml", feed);
    let read = json(&sitrep(&["feed", "parse", &feed, "--url", "https://news.example/feed", "--json"]));
    assert_eq!(read["entries"][0]["url"], "https://news.example/line");
    let dates = write(folder.path(), "dates.txt", "در ۹ خرداد ۱۴۰۲ گفت.");
    let read = json(&sitrep(&["dates", &dates, "--language", "fa", "--reference", "2023-06-21", "--json"]));
    assert_eq!((read[0]["from"].as_str(), read[0]["calendar"].as_str()), (Some("2023-05-30"), Some("solar_hijri")));
    let names = write(folder.path(), "names.txt", "Yesterday Farid al-Nouri spoke.");
    let read = json(&sitrep(&["names", &names, "--json"]));
    assert_eq!(read[0]["script"], "latin");
}

#[test]
fn documents_of_a_stream_get_their_stories_and_a_bad_line_stops_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let text = "The railway bridge at Khorramabad was closed on Friday after engineers found cracks in two piers.";
    let lines = [
        format!(r#"{{"id":"a","url":"https://agency.example/1","title":"Bridge closed","text":"{text}","language":"en","published":"2026-11-20T08:00:00Z"}}"#),
        "{not json".to_owned(),
        format!(r#"{{"id":"b","url":"https://daily.example/9","title":"Bridge closed","text":"{text} Nobody was hurt.","language":"en","published":"2026-11-20"}}"#),
        r#"{"id":"c","url":"https://agency.example/1?utm_source=rss","title":"Bridge open","text":"Trains run.","language":"en","published":null}"#.to_owned(),
        r#"{"id":7,"title":"Harvest falls short","text":null}"#.to_owned(),
        r#"{"title":"nameless"}"#.to_owned(),
        r#"{"doc_id":"d","url":null,"title":"Engineers find cracks, bridge at Khorramabad closed","raw_text":"The railway bridge in Khorramabad is closed: its piers are cracked.","summary":"Bridge.","language":"en","published_at_utc":"2026-11-20T09:00:00+00:00"}"#.to_owned(),
        r#"{"url":"https://weekly.example/x","title":"National team wins in Doha"}"#.to_owned(),
    ];
    let file = write(folder.path(), "stream.jsonl", lines.join("\n"));
    let output = sitrep(&["stories", &file]);
    assert_eq!(code(&output), 1);
    let printed: Vec<Value> =
        String::from_utf8(output.stdout).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let told =
        |at: usize| (printed[at]["story"].as_str(), printed[at]["relation"].as_str(), printed[at]["of"].as_str());
    assert_eq!(told(0), (Some("a"), Some("first"), None));
    assert_eq!(printed[1]["error"]["line"], 2);
    assert_eq!(told(2), (Some("a"), Some("reprint"), Some("a")));
    assert_eq!(told(3), (Some("a"), Some("update"), Some("a")));
    assert_eq!((printed[4]["id"].as_u64(), printed[4]["relation"].as_str()), (Some(7), Some("first")));
    assert_eq!(printed[5]["error"]["line"], 6);
    assert_eq!(told(6), (Some("a"), Some("new"), Some("b")));
    let why: Vec<&str> = printed[6]["why"].as_array().unwrap().iter().filter_map(Value::as_str).collect();
    assert!(why.contains(&"khorramabad") && why.len() <= 6, "{why:?}");
    assert_eq!(printed[7]["id"], "https://weekly.example/x");
    assert_eq!(code(&sitrep(&["stories", "no-such-file.jsonl"])), 3);
}

#[test]
fn editions_are_found_in_folders_within_a_folder_but_not_among_what_a_browser_saved_beside_a_page() {
    let folder = tempfile::tempdir().unwrap();
    let text = "Levant Update, November 10, 2026\n\nRail\n\nThe ministry is reopening the line.[1]\n\n[1] https://desk.example/trains\n";
    let page =
        "<html><body><h1>Levant Update, November 11, 2026</h1><h2>Rail</h2><p>Trains run again.</p></body></html>";
    write(folder.path(), "2026/november/10.txt", text);
    write(folder.path(), "2026/11.html", page);
    write(folder.path(), "2026/11_files/frame.html", "<p>An advertisement</p>");
    write(folder.path(), "2026/domains.csv", "domain,count\n");
    write(folder.path(), ".trash/9.txt", text);
    let output = sitrep(&["edition", "parse", folder.path().to_str().unwrap(), "--json"]);
    let titles: Vec<Value> = json(&output).as_array().unwrap().iter().map(|edition| edition["title"].clone()).collect();
    assert_eq!(titles, ["Levant Update, November 11, 2026", "Levant Update, November 10, 2026"]);
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(said.contains("1 files are no editions"), "{said}");
}

#[test]
fn a_folder_of_pages_is_read_with_the_folders_in_it_each_by_its_path_and_address() {
    let folder = tempfile::tempdir().unwrap();
    let page = |title: &str| {
        format!(
            "<html lang=en><head><title>{title}</title></head><body><article><h1>{title}</h1><p>The line is open again, said the ministry of roads on Tuesday.</p></article></body></html>"
        )
    };
    write(folder.path(), "a.html", page("First"));
    write(folder.path(), "march/b.html", page("Second"));
    write(folder.path(), "index.jsonl", "{\"file\": \"march/b.html\", \"url\": \"https://desk.example/b\"}\n");
    let output = sitrep(&["extract", folder.path().to_str().unwrap(), "--jsonl"]);
    let text = String::from_utf8(output.stdout).unwrap();
    let read: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let told: Vec<(&str, &str)> =
        read.iter().map(|page| (page["file"].as_str().unwrap(), page["url"].as_str().unwrap_or_default())).collect();
    assert_eq!(told, [("a.html", ""), ("march/b.html", "https://desk.example/b")]);
}
