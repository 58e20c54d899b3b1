//! Editions that a team has already: two captures of one edition are two versions of it.

#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a test")]

use sitrep_editions::diff::{self, Kind};
use sitrep_model::edition::Edition;
use sitrep_model::id::DeskId;
use sitrep_newsroom::import::{Imported, Incoming};
use sitrep_newsroom::{Clock, Newsroom, Settings, Who};
use sitrep_store::{BlobSettings, Database, Store};
use std::path::{Path, PathBuf};

const OPERATOR: Who = Who::Program("operator");

struct Stage {
    newsroom: Newsroom,
    _folder: tempfile::TempDir,
}

impl Stage {
    fn open() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let settings = sitrep_store::Settings {
            data: folder.path().to_owned(),
            database: Database::Sqlite,
            blobs: BlobSettings::Files,
        };
        let newsroom = Newsroom::open(
            Store::open(&settings).unwrap(),
            Settings {
                base: "https://desk.example".to_owned(),
                fetch: sitrep_net::FetchSettings::default(),
                mail: None,
                clock: Clock::fixed("2026-11-25T12:00:00Z".parse().unwrap()),
            },
        );
        Self { newsroom: newsroom.unwrap(), _folder: folder }
    }

    fn import(&self, desk: &DeskId, text: &[u8], day: Option<&str>) -> Imported {
        let date = day.map(|day| day.parse().unwrap());
        self.newsroom.import_edition(&OPERATOR, desk, &Incoming { bytes: text, date, ..Incoming::default() }).unwrap()
    }

    fn version(&self, edition: &str, version: u64) -> Edition {
        self.newsroom.version::<Edition>(edition, version).unwrap().unwrap().value
    }
}

const MORNING: &str = "Coast Watch Morning Report, November 10, 2026\n\nKey Takeaways\n\n1. The harbour closed on Monday.\n\nPorts\n\nThe harbour closed on Monday. Two ferries were moved north, a clerk said.[1] The ministry did not answer.\n\n[1] https://desk.example/ferries\n";

#[test]
fn a_later_capture_is_the_next_version_and_another_edition_of_the_day_is_not() {
    let stage = Stage::open();
    let incoming = Incoming { bytes: MORNING.as_bytes(), ..Incoming::default() };
    let desk = stage.newsroom.desk_from_edition(&OPERATOR, Some("coast"), &incoming).unwrap().id;
    let first = stage.import(&desk, MORNING.as_bytes(), None);
    assert_eq!((first.slug.as_str(), first.outcome), ("2026-11-10", "new"));
    assert_eq!(stage.import(&desk, MORNING.as_bytes(), None).outcome, "same");
    let later = stage.import(&desk, MORNING.replace("Two ferries", "Three ferries").as_bytes(), None);
    assert_eq!((later.edition.as_str(), later.version, later.outcome), (first.edition.as_str(), 2, "changed"));
    let (was, is) = (stage.version(&first.edition, 1), stage.version(&first.edition, 2));
    let changed: Vec<_> = diff::editions(&was, &is).into_iter().filter(|d| d.kind != Kind::Same).collect();
    assert_eq!(changed.len(), 1);
    assert!(changed[0].before_id.is_some() && changed[0].before_id == changed[0].after_id);
    let evening = MORNING.replace("Morning", "Evening").replace("did not answer", "answered at night");
    let other = stage.import(&desk, evening.as_bytes(), None);
    assert_eq!((other.slug.as_str(), other.outcome), ("2026-11-10-evening", "new"));
    assert_eq!(stage.import(&desk, evening.as_bytes(), None).outcome, "same");
    assert_eq!(stage.import(&desk, MORNING.as_bytes(), None).version, 3);
}

#[test]
fn texts_without_titles_are_told_apart_by_what_they_say() {
    let stage = Stage::open();
    let text = |what: &str| {
        format!(
            "{what} closed on Monday after a long dispute. {what} will open again in spring.\n\n{what} has been without pilots since the dispute began.\n"
        )
    };
    let (port, line) = (text("The northern port"), text("The railway to the coast"));
    let incoming =
        Incoming { bytes: port.as_bytes(), date: Some("2026-11-10".parse().unwrap()), ..Incoming::default() };
    let desk = stage.newsroom.desk_from_edition(&OPERATOR, Some("coast"), &incoming).unwrap().id;
    let day = Some("2026-11-10");
    assert_eq!(stage.import(&desk, port.as_bytes(), day).slug, "2026-11-10");
    assert_eq!(stage.import(&desk, line.as_bytes(), day).slug, "2026-11-10-2");
    assert_eq!(stage.import(&desk, line.as_bytes(), day).outcome, "same");
    let again = stage.import(&desk, port.replace("in spring", "in May").as_bytes(), day);
    assert_eq!((again.slug.as_str(), again.outcome), ("2026-11-10", "changed"));
}

#[test]
fn a_refused_text_leaves_nothing_behind() {
    let stage = Stage::open();
    let incoming = Incoming { bytes: MORNING.as_bytes(), ..Incoming::default() };
    let desk = stage.newsroom.desk_from_edition(&OPERATOR, Some("coast"), &incoming).unwrap().id;
    let deep = format!("<html><body>{}", "<div>".repeat(100_000));
    for bad in [
        &b"%PDF-1.7"[..],
        &[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1],
        deep.as_bytes(),
        b" ",
        b"PK\x03\x04 broken",
    ] {
        let incoming = Incoming { bytes: bad, date: Some("2026-11-11".parse().unwrap()), ..Incoming::default() };
        assert!(stage.newsroom.import_edition(&OPERATOR, &desk, &incoming).is_err());
    }
    assert!(stage.newsroom.version::<Edition>("coast-2026-11-11", 1).unwrap().is_none());
}

fn corpus() -> Option<PathBuf> {
    let given = std::env::var_os("SITREP_CORPUS").map(PathBuf::from);
    let root = given.unwrap_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared"));
    let folder = root.join("corpus/editions");
    if folder.is_dir() {
        return Some(folder);
    }
    println!("skipped: corpus not found");
    None
}

#[test]
fn captures_of_the_archive_become_versions_of_its_editions() {
    let Some(folder) = corpus() else { return };
    let stage = Stage::open();
    let mut files: Vec<PathBuf> =
        std::fs::read_dir(folder.join("iran-update-2026")).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|ending| ending == "txt"));
    files.sort();
    let first = std::fs::read(&files[0]).unwrap();
    let incoming = Incoming { bytes: &first, ..Incoming::default() };
    let desk = stage.newsroom.desk_from_edition(&OPERATOR, Some("archive"), &incoming).unwrap().id;
    let mut slugs = Vec::new();
    for path in &files {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let imported = stage.import(&desk, &std::fs::read(path).unwrap(), None);
        if name.contains(".v2.") {
            // A capture that differs in the page's furniture alone changes nothing.
            if imported.outcome == "same" {
                println!("{name}: no change");
                continue;
            }
            assert_eq!((imported.version, imported.outcome), (2, "changed"), "{name}");
            let (was, is) = (stage.version(&imported.edition, 1), stage.version(&imported.edition, 2));
            let found = diff::editions(&was, &is);
            let changed = found.iter().filter(|difference| difference.kind != Kind::Same).count();
            println!("{name}: {} statements, {changed} changed", found.len());
            assert!(changed * 10 < found.len(), "{name}");
        } else {
            assert_eq!(imported.outcome, "new", "{name}");
            slugs.push(imported.slug);
        }
    }
    println!("{slugs:?}");
    let all = slugs.len();
    slugs.sort();
    slugs.dedup();
    assert_eq!(slugs.len(), all);
    for path in &files {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let has_later = files.iter().any(|file| file.to_string_lossy().contains(&name.replace(".txt", ".v2.")));
        if !has_later {
            assert_eq!(stage.import(&desk, &std::fs::read(path).unwrap(), None).outcome, "same", "{name}");
        }
    }
}
