//! The real archive as pieces, and a store that holds pieces as editions and documents.

use crate::Piece;
use jiff::Timestamp;
use sitrep_model::document::{Document, Triage};
use sitrep_model::edition::{Edition, EditionSection, EditionState, Paragraph, Sentence};
use sitrep_store::{BlobSettings, ChangeRequest, Database, Error, Expected, Settings, Store, Writer};
use std::collections::BTreeMap;
use std::path::Path;

/// Characters of a paragraph before it may end.
const PARAGRAPH: usize = 200;
/// Sentences of an archive without paragraphs are put together until they have so many characters.
const TOGETHER: usize = 450;

/// The pieces of the corpus under `root`, and of files of our own (`{id, language, title, text}` a line).
pub fn pieces(root: &Path) -> Vec<Piece> {
    let mut pieces = Vec::new();
    for path in files(&root.join("editions/iran-update-2026"), ".txt") {
        let name = stem(&path);
        for (n, text) in lines_joined(&std::fs::read_to_string(&path).unwrap()).into_iter().enumerate() {
            pieces.push(Piece { key: format!("{name}#{n}"), title: String::new(), text, language: "en".into() });
        }
    }
    for path in files(&root.join("editions/roca-2022-23"), ".txt") {
        let name = format!("roca-{}", stem(&path));
        for (n, text) in sentences_joined(&std::fs::read_to_string(&path).unwrap()).into_iter().enumerate() {
            pieces.push(Piece { key: format!("{name}#{n}"), title: String::new(), text, language: "en".into() });
        }
    }
    // One page was collected several times: its fullest reading counts, under the id of the first.
    let mut pages: BTreeMap<String, Piece> = BTreeMap::new();
    for line in std::fs::read_to_string(root.join("osint-docs/documents.jsonl")).unwrap().lines() {
        let record: serde_json::Value = serde_json::from_str(line).unwrap();
        let text = |name: &str| record[name].as_str().unwrap_or_default().to_owned();
        // Editions are there as editions.
        if text("source_id") == "SRC_ISW" {
            continue;
        }
        let piece =
            Piece { key: text("doc_id"), title: text("title"), text: text("raw_text"), language: text("language") };
        match pages.get_mut(&text("url")) {
            Some(known) if known.text.len() < piece.text.len() => known.text = piece.text,
            Some(_) => {}
            None => {
                pages.insert(text("url"), piece);
            }
        }
    }
    pieces.extend(pages.into_values());
    pieces
}

/// Pieces of a file of ours.
pub fn own(path: &Path) -> Vec<Piece> {
    let lines = std::fs::read_to_string(path).unwrap();
    let piece = |line: &str| {
        let record: serde_json::Value = serde_json::from_str(line).unwrap();
        let text = |name: &str| record[name].as_str().unwrap_or_default().to_owned();
        Piece { key: text("id"), title: text("title"), text: text("text"), language: text("language") }
    };
    lines.lines().map(piece).collect()
}

fn files(folder: &Path, ending: &str) -> Vec<std::path::PathBuf> {
    let mut found: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| {
            let name = path.to_string_lossy();
            name.ends_with(ending) && !name.contains(".v")
        })
        .collect();
    found.sort();
    found
}

fn stem(path: &Path) -> String {
    path.file_stem().unwrap().to_string_lossy().into_owned()
}

/// Lines put together to paragraphs: a line that a link broke goes on in the next. The notes at the end are left out.
fn lines_joined(text: &str) -> Vec<String> {
    let mut paragraphs = Vec::new();
    let mut open = String::new();
    for line in text.lines() {
        let line = line.trim();
        if line.starts_with("[1]") && line.contains("http") {
            break;
        }
        if !open.is_empty() {
            open.push(' ');
        }
        open.push_str(line);
        if open.len() >= PARAGRAPH && open.ends_with(['.', '!', '?', '”', '"', ']']) {
            paragraphs.push(std::mem::take(&mut open));
        }
    }
    if !open.trim().is_empty() {
        paragraphs.push(open);
    }
    paragraphs
}

fn sentences_joined(text: &str) -> Vec<String> {
    let characters: Vec<char> = text.chars().collect();
    let mut paragraphs = Vec::new();
    let mut open = String::new();
    for range in sitrep_language::sentences::sentences(text) {
        if !open.is_empty() {
            open.push(' ');
        }
        open.extend(&characters[range]);
        if open.len() >= TOGETHER {
            paragraphs.push(std::mem::take(&mut open));
        }
    }
    if !open.is_empty() {
        paragraphs.push(open);
    }
    paragraphs
}

/// A store of its own in a folder.
pub fn store(folder: &Path) -> Store {
    let settings = Settings { data: folder.join("data"), database: Database::Sqlite, blobs: BlobSettings::Files };
    Store::open(&settings).unwrap()
}

/// One change.
pub fn change(store: &Store, f: impl FnOnce(&mut Writer<'_>) -> Result<(), Error>) {
    let request = ChangeRequest {
        at: moment(0),
        recorded: None,
        who: "bench".into(),
        verb: "bench.fill".into(),
        why: None,
        desk: Some("iran".into()),
    };
    store.change(request, f).unwrap();
}

fn moment(second: i64) -> Timestamp {
    Timestamp::from_second(1_700_000_000 + second).unwrap()
}

/// Puts pieces into the store: paragraphs that follow each other with keys `name#n` as one edition, others as documents.
pub fn fill(store: &Store, pieces: &[Piece]) {
    let name = |piece: &Piece| piece.key.split_once('#').map(|(name, _)| name.to_owned());
    let groups = pieces.chunk_by(|a, b| name(a).is_some() && name(a) == name(b));
    let groups: Vec<&[Piece]> = groups.collect();
    for batch in groups.chunks(200) {
        change(store, |writer| {
            for group in batch {
                match name(&group[0]) {
                    Some(name) => writer.put(&edition(&name, group), Expected::Any)?,
                    None => writer.put(&document(&group[0]), Expected::Any)?,
                };
            }
            Ok(())
        });
    }
}

fn edition(name: &str, pieces: &[Piece]) -> Edition {
    let paragraphs = pieces.iter().map(|piece| paragraph(&piece.key, &piece.text)).collect();
    Edition {
        id: name.into(),
        desk: "iran".into(),
        slug: name.to_owned(),
        title: format!("Edition {name}"),
        date: jiff::civil::date(2026, 1, 1),
        cutoff: None,
        authors: Vec::new(),
        standing: None,
        notices: Vec::new(),
        takeaways: Vec::new(),
        sections: vec![EditionSection {
            section: Some("levant".into()),
            title: "Section".to_owned(),
            level: 1,
            scope: None,
            paragraphs,
        }],
        citations: Vec::new(),
        state: EditionState::Published,
        published: Some(moment(0)),
        corrections: Vec::new(),
        origin_url: None,
    }
}

fn paragraph(key: &str, text: &str) -> Paragraph {
    let sentences = sitrep_language::sentences::sentences(text);
    let sentences = sentences.into_iter().enumerate().map(|(n, range)| Sentence {
        id: format!("{key}/{n}").into(),
        start: range.start,
        end: range.end,
        events: Vec::new(),
        judgement: None,
    });
    Paragraph { id: key.into(), text: text.to_owned(), sentences: sentences.collect(), ..Paragraph::default() }
}

fn document(piece: &Piece) -> Document {
    Document {
        id: piece.key.as_str().into(),
        desk: "iran".into(),
        source: None,
        capture: None,
        url: format!("https://outlet.example/{}", piece.key),
        title: piece.title.clone(),
        byline: Vec::new(),
        published: None,
        modified: None,
        arrived: moment(0),
        language: piece.language.clone(),
        paragraphs: piece.text.split('\n').filter(|text| !text.trim().is_empty()).map(str::to_owned).collect(),
        text_sha256: String::new(),
        reader: "bench 1".to_owned(),
        reprint: None,
        story: None,
        translations: Vec::new(),
        marks: Vec::new(),
        post: None,
        triage: Triage::New,
        handling: Default::default(),
        opened: true,
        removed: None,
    }
}
