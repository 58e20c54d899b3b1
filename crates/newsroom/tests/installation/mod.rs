//! An installation for a test: a newsroom on a database of its own, the example desk, people, pages of an outlet.

#![allow(dead_code, reason = "not every test binary asks for all of it")]

use sitrep_model::account::{Membership, Role};
use sitrep_model::id::DeskId;
use sitrep_newsroom::desk_folder::{DeskFolder, Stage as Part};
use sitrep_newsroom::gather::Received;
use sitrep_newsroom::stamping::StampSettings;
use sitrep_newsroom::{Clock, Newsroom, Settings, Who};
use sitrep_store::{BlobSettings, Database, Store};
use sitrep_testkit::database::Schema;
use std::path::Path;

pub(crate) const PROGRAM: Who = Who::Program("test");

/// The example desk.
pub(crate) fn desk() -> DeskId {
    DeskId::from("iran")
}

/// A clock that stands where the tests' stories begin.
pub(crate) fn clock() -> Clock {
    Clock::fixed("2026-11-25T12:00:00Z".parse().unwrap())
}

/// A newsroom whose data lie in a folder.
pub(crate) fn open(folder: &Path, database: Database, stamps: Option<StampSettings>, clock: &Clock) -> Newsroom {
    let settings = sitrep_store::Settings { data: folder.to_owned(), database, blobs: BlobSettings::Files };
    let settings_of = Settings {
        base: "https://desk.example".to_owned(),
        fetch: sitrep_net::FetchSettings::default(),
        mail: None,
        stamps,
        browser: None,
        clock: clock.clone(),
    };
    Newsroom::open(Store::open(&settings).unwrap(), settings_of).unwrap()
}

/// Takes in what stands of the example desk.
pub(crate) fn take_example(newsroom: &Newsroom) {
    let example = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../desks/iran");
    newsroom.take_desk(&PROGRAM, &DeskFolder::read(&example).unwrap(), Part::Standing).unwrap();
}

/// Tells a story on each database that is there.
pub(crate) fn on_both(story: impl Fn(Database, Option<Schema>)) {
    story(Database::Sqlite, None);
    match Schema::make() {
        Some(schema) => story(Database::Postgres(schema.url().to_owned()), Some(schema)),
        None => println!("skipped: there is no PostgreSQL server"),
    }
}

/// An analyst of the example desk.
pub(crate) fn person(newsroom: &Newsroom, login: &str) -> Who {
    let memberships = vec![Membership { desk: desk(), role: Role::Analyst }];
    Who::person(newsroom.invite(&PROGRAM, login, login, memberships, false).unwrap().0)
}

/// A page as its outlet's server sent it now.
pub(crate) fn received(newsroom: &Newsroom, url: &str, html: String) -> Received {
    Received {
        url: url.to_owned(),
        final_url: url.to_owned(),
        at: newsroom.now(),
        ip: None,
        via: None,
        request: b"GET / HTTP/1.1\r\n\r\n".to_vec(),
        response_head: b"HTTP/1.1 200 OK\r\ncontent-type: text/html; charset=utf-8\r\n\r\n".to_vec(),
        status: 200,
        media_type: Some("text/html; charset=utf-8".to_owned()),
        raw: html.clone().into_bytes(),
        body: html.into_bytes(),
    }
}
