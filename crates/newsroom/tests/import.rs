//! Editions that a team has already: two captures of one edition are two versions of it.

#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout, reason = "a test")]

mod installation;

use sitrep_editions::diff::{self, Kind};
use sitrep_model::edition::{Edition, EditionState};
use sitrep_model::id::DeskId;
use sitrep_newsroom::archive::{DayLine, FacetKind};
use sitrep_newsroom::desk_folder::{DeskFolder, Stage as DeskStage};
use sitrep_newsroom::import::{Imported, Incoming, IncomingFile};
use sitrep_newsroom::{Clock, Error, Newsroom, Who};
use sitrep_store::Database;
use std::path::{Path, PathBuf};

const OPERATOR: Who = Who::Program("operator");

struct Stage {
    newsroom: Newsroom,
    _folder: tempfile::TempDir,
}

impl Stage {
    fn open() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let newsroom = installation::open(folder.path(), Database::Sqlite, None, &installation::clock());
        Self { newsroom, _folder: folder }
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

/// Days of an invented watch, each naming the one before it.
fn day(number: usize) -> (String, String) {
    let date = jiff::civil::date(2026, 1, 1).checked_add(jiff::Span::new().days(number as i64)).unwrap();
    let slug = date.to_string();
    let day = date.strftime("%B %-d, %Y");
    let before = date.yesterday().unwrap().strftime("%B-%-d-%Y").to_string().to_lowercase();
    let text = format!(
        "Coast Watch, {day}\n\nKey Takeaways\n\n1. Harbour {number} closed.\n\nPorts\n\nHarbour {number} closed. A clerk said so for the \
         {number}th time.[1] The ministry was silent.[2]\n\n[1] https://www.port{}.example/{number}\n\n[2] https://coast.example/coast-update-{before}\n",
        number % 3
    );
    (slug, text)
}

impl Stage {
    /// Imports texts together; what became of each, in the order in which it was told.
    fn import_all(&self, desk: &DeskId, texts: &[String]) -> Vec<(usize, Result<Imported, Error>)> {
        let mut told = Vec::new();
        let open = |n: usize| Ok(IncomingFile { bytes: texts[n].clone().into_bytes(), ..IncomingFile::default() });
        self.newsroom.import_editions(&OPERATOR, desk, texts.len(), open, |n, result| told.push((n, result))).unwrap();
        told
    }

    /// The same store, opened as a later start does.
    fn again(&self) -> Newsroom {
        let clock = Clock::fixed("2026-11-26T12:00:00Z".parse().unwrap());
        installation::open(self.newsroom.store().data(), Database::Sqlite, None, &clock)
    }
}

#[test]
fn an_archive_comes_in_together_as_its_editions_would_one_by_one() {
    let (together, alone) = (Stage::open(), Stage::open());
    let mut texts: Vec<String> = (0..150).map(|number| day(number).1).collect();
    texts.insert(20, "%PDF-1.7".to_owned());
    texts.insert(70, day(3).1.replace("was silent", "answered"));
    let incoming = Incoming { bytes: texts[0].as_bytes(), ..Incoming::default() };
    let desk = together.newsroom.desk_from_edition(&OPERATOR, Some("coast"), &incoming).unwrap().id;
    alone.newsroom.desk_from_edition(&OPERATOR, Some("coast"), &incoming).unwrap();
    let told = together.import_all(&desk, &texts);
    assert_eq!(told.iter().map(|(n, _)| *n).collect::<Vec<_>>(), (0..texts.len()).collect::<Vec<_>>());
    for (n, result) in told {
        let one = alone.newsroom.import_edition(
            &OPERATOR,
            &desk,
            &Incoming { bytes: texts[n].as_bytes(), ..Incoming::default() },
        );
        match (result, one) {
            (Ok(many), Ok(one)) => assert_eq!(many, one),
            (Err(many), Err(one)) => assert_eq!((n, many.to_string()), (20, one.to_string())),
            (many, one) => panic!("{n}: {many:?} but {one:?}"),
        }
    }
    assert_eq!(together.version("coast-2026-01-04", 2).published, alone.version("coast-2026-01-04", 2).published);
    let known = |stage: &Stage| stage.newsroom.archive_days(&desk, None).unwrap();
    assert_eq!(known(&together).len(), 150);
    let since =
        |days: Vec<DayLine>| days.into_iter().map(|day| (day.slug, day.version, day.recorded)).collect::<Vec<_>>();
    assert_eq!(since(known(&together)), since(known(&alone)));
    let page = together.newsroom.edition_page(&together.newsroom.desk(&desk).unwrap(), "2026-02-01", None).unwrap();
    assert_eq!(page.cites.iter().map(|line| line.slug.as_str()).collect::<Vec<_>>(), ["2026-01-31"]);
    assert_eq!(page.cited_by.iter().map(|line| line.slug.as_str()).collect::<Vec<_>>(), ["2026-02-02"]);
    assert!(together.newsroom.store().verify(&mut |_, _| {}).unwrap().damage.is_empty());
}

#[test]
fn an_archive_is_read_from_its_file_and_made_again_where_that_is_not_to_be_trusted() {
    let stage = Stage::open();
    let texts: Vec<String> = (0..9).map(|number| day(number).1).collect();
    let incoming = Incoming { bytes: texts[0].as_bytes(), ..Incoming::default() };
    let desk = stage.newsroom.desk_from_edition(&OPERATOR, Some("coast"), &incoming).unwrap().id;
    stage.import_all(&desk, &texts);
    let outlets = |newsroom: &Newsroom| newsroom.archive_facets(&desk, FacetKind::Outlet, None).unwrap();
    let worked_out = outlets(&stage.newsroom);
    assert_eq!(worked_out.len(), 3);
    let folder = stage.newsroom.store().data().join("archive");
    let file = std::fs::read_dir(&folder).unwrap().next().unwrap().unwrap().path();
    let written = std::fs::read_to_string(&file).unwrap();
    assert_eq!(outlets(&stage.again()), worked_out);
    // That the file is what is read shows where it says something else.
    std::fs::write(&file, written.replace("port1.example", "port9.example")).unwrap();
    let read = outlets(&stage.again());
    assert!(read != worked_out && read.iter().any(|line| line.facet.key() == "port9.example"));
    std::fs::write(&file, &written).unwrap();
    stage.import_all(&desk, &[day(40).1, day(0).1.replace("was silent", "answered")]);
    let days = |newsroom: &Newsroom| newsroom.archive_days(&desk, None).unwrap();
    assert_eq!(days(&stage.again()), days(&stage.newsroom), "what came since is taken in");
    assert_eq!(days(&stage.newsroom).len(), 10);
    for spoilt in ["", "{", &written[..written.len() / 2], &written.replace("\"hash\":\"", "\"hash\":\"0")] {
        std::fs::write(&file, spoilt).unwrap();
        assert_eq!(outlets(&stage.again()), outlets(&stage.newsroom));
    }
    let other = written.replace("port1.example", "port9.example").replace("\"form\":\"", "\"form\":\"0");
    std::fs::write(&file, other).unwrap();
    assert_eq!(outlets(&stage.again()), outlets(&stage.newsroom), "another form is not read");
}

#[test]
fn a_folder_tells_of_an_edition_that_was_retracted_and_of_one_that_was_taken_down() {
    let folder = tempfile::tempdir().unwrap();
    let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../desks/iran");
    std::fs::copy(from.join("desk.toml"), folder.path().join("desk.toml")).unwrap();
    std::fs::create_dir(folder.path().join("editions")).unwrap();
    let write = |name: &str, date: &str, act: &str, state: &str, note: &str| {
        let front = format!(
            "+++\nslug = \"{date}\"\ntitle = \"Brief of {date}\"\ndate = \"{date}\"\nstate = \"{state}\"\npublished = \"{date}T22:00:00Z\"\n{act}+++\n\n"
        );
        let text = format!(
            "# Key Takeaways\n\n1. The port closed.\n\n# Ports\n\n**The port closed.** A clerk said so.[^c1]\n\n[^c1]: {note}\n"
        );
        std::fs::write(folder.path().join("editions").join(name), front + &text).unwrap();
    };
    let act =
        |day: &str| format!("correction = \"The clerk spoke of another port.\"\ncorrected = \"{day}T09:00:00Z\"\n");
    write("2026-03-02.md", "2026-03-02", "", "published", "https://port.example/2");
    write("2026-03-02.v2.md", "2026-03-02", &act("2026-03-06"), "retracted", "https://port.example/2");
    write("2026-03-03.md", "2026-03-03", "", "published", "https://port.example/3");
    write("2026-03-03.v2.md", "2026-03-03", &act("2026-03-07"), "taken_down", "https://port.example/3");
    write("2026-03-04.md", "2026-03-04", "", "published", "edition:iran-2026-03-02 ; edition:iran-2026-03-03");
    let stage = Stage::open();
    let read = DeskFolder::read(folder.path()).unwrap();
    for part in [DeskStage::Standing, DeskStage::Happenings, DeskStage::Happenings] {
        stage.newsroom.take_desk(&OPERATOR, &read, part).unwrap();
    }
    let page = |slug: &str| stage.newsroom.edition_page(&read.desk, slug, None).unwrap();
    let (retracted, gone, later) = (page("2026-03-02"), page("2026-03-03"), page("2026-03-04"));
    assert_eq!((retracted.edition.version, retracted.edition.value.state), (2, EditionState::Retracted));
    assert!(!retracted.article.is_empty(), "what was retracted stays readable");
    assert_eq!((gone.edition.version, gone.edition.value.state), (2, EditionState::TakenDown));
    assert!(gone.article.is_empty());
    let noted: Vec<_> = later.withdrawn.iter().map(|line| (line.slug.as_str(), line.note.as_deref())).collect();
    let note = Some("The clerk spoke of another port.");
    assert_eq!(noted, [("2026-03-02", note), ("2026-03-03", note)]);
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
