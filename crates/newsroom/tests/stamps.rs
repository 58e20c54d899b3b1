//! Time stamps, by a real authority made with `openssl ts` and by hostile ones: captures get their tokens on both
//! databases, collecting waits for nobody, and another program takes the tokens too.

#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout, reason = "a test")]

mod installation;

use base64::Engine as _;
use installation::{PROGRAM, desk};
use jiff::SignedDuration;
use sitrep_model::capture::Capture;
use sitrep_newsroom::evidence::Selection;
use sitrep_newsroom::gather::Keeping;
use sitrep_newsroom::signing::statement;
use sitrep_newsroom::stamping::{StampSettings, Stamped, TimeStamp};
use sitrep_newsroom::{Clock, Newsroom, vouching};
use sitrep_store::Database;
use sitrep_testkit::authority::{Authority, POLICIES, Signing};
use sitrep_testkit::database::Schema;
use sitrep_testkit::site::{Reply, Site};
use std::io::{Cursor, Read as _};
use std::path::Path;
use std::sync::{Arc, Mutex};

#[allow(clippy::disallowed_methods, reason = "the authority stamps by the machine's clock")]
fn now() -> jiff::Timestamp {
    jiff::Timestamp::now()
}

struct Stage {
    newsroom: Newsroom,
    clock: Clock,
    folder: tempfile::TempDir,
    database: Database,
    _schema: Option<Schema>,
}

impl Stage {
    fn open(database: Database, schema: Option<Schema>, stamps: Option<StampSettings>) -> Self {
        let (folder, clock) = (tempfile::tempdir().unwrap(), Clock::fixed(now()));
        let newsroom = installation::open(folder.path(), database.clone(), stamps, &clock);
        installation::take_example(&newsroom);
        Self { newsroom, clock, folder, database, _schema: schema }
    }

    fn sqlite(stamps: Option<StampSettings>) -> Self {
        Self::open(Database::Sqlite, None, stamps)
    }

    /// The same installation, opened with another authority.
    fn reopened(&mut self, stamps: Option<StampSettings>) {
        self.newsroom = installation::open(self.folder.path(), self.database.clone(), stamps, &self.clock);
    }

    /// Captures a page of that number.
    fn capture(&self, number: usize) -> Capture {
        let url = format!("https://chekad.example/rail/{number}");
        let html = format!(
            "<html lang=en><title>Train {number}</title><article><p>Train {number} has stood in the station since the morning, \
             and nobody could say when it would leave for the coast.</p></article></html>"
        );
        let received = installation::received(&self.newsroom, &url, html);
        let kept = self.newsroom.keep(&PROGRAM, &desk(), None, &received, &Keeping::default()).unwrap();
        self.newsroom.get(&PROGRAM, &desk(), kept.value.capture.unwrap().as_str(), None).unwrap().value
    }

    fn stamped(&self, capture: &Capture) -> Stamped {
        self.newsroom.time_stamp(capture).unwrap()
    }

    fn token(&self, capture: &Capture) -> TimeStamp {
        match self.stamped(capture) {
            Stamped::Token(token) => token,
            other => panic!("{other:?}"),
        }
    }
}

/// An address where nobody is.
fn nowhere() -> String {
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    format!("http://127.0.0.1:{port}/")
}

fn at(url: &str) -> Option<StampSettings> {
    Some(StampSettings::new(url, None, true).unwrap())
}

async fn authority(folder: &Path, signing: Signing) -> Option<Authority> {
    let made = Authority::open(folder, signing).await.unwrap();
    if made.is_none() {
        println!("skipped: there is no openssl");
    }
    made
}

/// Not on a runtime: the other database's client has one of its own.
#[test]
fn each_capture_gets_a_token_that_openssl_takes_too_on_both_databases() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let Some(authority) = runtime.block_on(authority(folder.path(), Signing::Rsa)) else { return };
    installation::on_both(|database, schema| {
        let stage = Stage::open(database, schema, at(&authority.url()));
        let captures = [stage.capture(1), stage.capture(2)];
        assert_eq!(stage.stamped(&captures[0]), Stamped::No, "nothing is asked while it is collected");
        let stamped = || runtime.block_on(stage.newsroom.stamp_due()).unwrap().stamped;
        assert_eq!((stamped(), stamped()), (2, 0));
        for capture in &captures {
            let token = stage.token(capture);
            let stamp = token.says.unwrap();
            assert!(stamp.authority.contains("Exercise Time Authority"), "{}", stamp.authority);
            assert_eq!(stamp.policy, POLICIES[0]);
            let text = statement(capture).unwrap();
            let (holds, said) = authority.verifies(&token.token, text.as_bytes()).unwrap();
            assert!(holds, "{said}");
            assert!(!authority.verifies(&token.token, b"other").unwrap().0);
        }
        let vouched = stage.newsroom.verify_captures(&PROGRAM).unwrap();
        assert!(vouched.is_clean() && vouched.stamped == 2, "{vouched:?}");
        let unchanged: Capture = stage.newsroom.get(&PROGRAM, &desk(), captures[0].id.as_str(), None).unwrap().value;
        assert_eq!(unchanged, captures[0], "a time stamp changes nothing of its capture");
    });
}

#[tokio::test(flavor = "multi_thread")]
async fn the_usual_ways_of_signing_and_a_policy_are_known() {
    for signing in [Signing::LongRsa, Signing::Ecdsa] {
        let folder = tempfile::tempdir().unwrap();
        let Some(authority) = authority(folder.path(), signing).await else { return };
        let stage = Stage::sqlite(Some(StampSettings::new(&authority.url(), Some(POLICIES[1]), true).unwrap()));
        let capture = stage.capture(1);
        assert_eq!(stage.newsroom.stamp_due().await.unwrap().fault, None, "{signing:?}");
        assert_eq!(stage.token(&capture).says.unwrap().policy, POLICIES[1]);
    }
    let folder = tempfile::tempdir().unwrap();
    let Some(authority) = authority(folder.path(), Signing::Ecdsa).await else { return };
    let stage = Stage::sqlite(Some(StampSettings::new(&authority.url(), Some("1.2.3.4"), true).unwrap()));
    stage.capture(1);
    let fault = stage.newsroom.stamp_due().await.unwrap().fault.unwrap();
    assert!(fault.contains("it does not stamp under that policy"), "{fault}");
}

#[tokio::test(flavor = "multi_thread")]
async fn tokens_are_handed_out_beside_the_signatures_and_verify_without_the_installation() {
    let folder = tempfile::tempdir().unwrap();
    let Some(authority) = authority(folder.path(), Signing::Ecdsa).await else { return };
    let stage = Stage::sqlite(at(&authority.url()));
    let capture = stage.capture(1);
    stage.newsroom.stamp_due().await.unwrap();
    stage.capture(2);
    let mut file = Cursor::new(Vec::new());
    stage.newsroom.hand_out(&PROGRAM, &desk(), &Selection::default(), &mut file).unwrap();
    let vouched = vouching::verify_file(Cursor::new(file.get_ref().clone())).unwrap();
    assert!(vouched.captures.is_clean(), "{vouched:?}");
    assert_eq!((vouched.captures.signed, vouched.captures.stamped), (2, 1));
    let mut zip = zip::ZipArchive::new(file).unwrap();
    let mut lines = String::new();
    zip.by_name("evidence/time-stamps.jsonl").unwrap().read_to_string(&mut lines).unwrap();
    let line: serde_json::Value = serde_json::from_str(lines.trim()).unwrap();
    assert_eq!(line["capture"], capture.id.as_str());
    let token = base64::engine::general_purpose::STANDARD.decode(line["token"].as_str().unwrap()).unwrap();
    let (holds, said) = authority.verifies(&token, line["statement"].as_str().unwrap().as_bytes()).unwrap();
    assert!(holds, "{said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_of_another_capture_fails_in_words() {
    let folder = tempfile::tempdir().unwrap();
    let Some(authority) = authority(folder.path(), Signing::Ecdsa).await else { return };
    let stage = Stage::sqlite(at(&authority.url()));
    let (one, two) = (stage.capture(1), stage.capture(2));
    stage.newsroom.stamp_due().await.unwrap();
    stage
        .newsroom
        .store()
        .operate(|operations| -> Result<(), sitrep_store::Error> {
            let other = operations.vault_get("time-stamp", two.id.as_str())?.unwrap();
            operations.vault_put("time-stamp", one.id.as_str(), &other)
        })
        .unwrap();
    assert_eq!(stage.token(&one).says, Err("it is about other bytes".to_owned()));
    let vouched = stage.newsroom.verify_captures(&PROGRAM).unwrap();
    assert_eq!((vouched.stamped, vouched.failed), (1, 1));
    assert!(vouched.faults[0].1.contains("its time stamp fails: it is about other bytes"), "{vouched:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_authority_that_is_away_is_asked_again_after_a_pause_and_then_catches_up() {
    let folder = tempfile::tempdir().unwrap();
    let Some(authority) = authority(folder.path(), Signing::Ecdsa).await else { return };
    let mut stage = Stage::sqlite(at(&nowhere()));
    let (one, two) = (stage.capture(1), stage.capture(2));
    let round = stage.newsroom.stamp_due().await.unwrap();
    assert_eq!(round.stamped, 0);
    let fault = round.fault.unwrap();
    assert!(fault.contains("nothing listens there"), "{fault}");
    let states = [stage.stamped(&one), stage.stamped(&two)];
    for state in [Stamped::Waiting(Some(fault)), Stamped::Waiting(None)] {
        assert!(states.contains(&state), "only one was asked for: {states:?}");
    }
    stage.reopened(at(&authority.url()));
    assert_eq!(stage.newsroom.stamp_due().await.unwrap(), Default::default(), "the pause is not over");
    assert_eq!(authority.asked(), 0);
    stage.clock.advance(SignedDuration::from_secs(30));
    assert_eq!(stage.newsroom.stamp_due().await.unwrap().stamped, 2);
    assert!(stage.token(&one).says.is_ok() && stage.token(&two).says.is_ok());
}

#[tokio::test(flavor = "multi_thread")]
async fn captures_of_before_there_was_an_authority_are_stamped_where_that_is_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    let Some(authority) = authority(folder.path(), Signing::Ecdsa).await else { return };
    let mut stage = Stage::sqlite(None);
    let (before, removed) = (stage.capture(1), stage.capture(2));
    stage.newsroom.remove_capture(&PROGRAM, &desk(), removed.id.as_str(), "order of a court").unwrap();
    assert!(stage.newsroom.stamp_all(&PROGRAM).await.unwrap_err().to_string().contains("SITREP_TSA"));
    stage.reopened(at(&authority.url()));
    let since = stage.capture(3);
    assert_eq!(stage.newsroom.stamp_due().await.unwrap().stamped, 1);
    assert_eq!(stage.stamped(&before), Stamped::No);
    assert_eq!(stage.newsroom.stamp_all(&PROGRAM).await.unwrap().stamped, 1);
    assert!(stage.token(&before).says.is_ok() && stage.token(&since).says.is_ok());
    assert_eq!(stage.stamped(&removed), Stamped::No);
}

#[tokio::test(flavor = "multi_thread")]
async fn hostile_answers_are_refused_in_words_and_asked_for_again_within_bounds() {
    let answer = Arc::new(Mutex::new(Reply::status(500)));
    let said = Arc::clone(&answer);
    let site = Site::open(move |_| said.lock().unwrap().clone()).await.unwrap();
    let stage = Stage::sqlite(at(&site.base()));
    let capture = stage.capture(1);
    let other = include_bytes!("../../timestamp/samples/answer.tsr").to_vec();
    let kind = "application/timestamp-reply";
    for (reply, words) in [
        (Reply::status(500), "(500)"),
        (Reply::page("text/html", "<html>welcome</html>"), "its answer can't be read"),
        (Reply::page(kind, vec![0x30; 60_000]), "its answer can't be read"),
        (Reply::page(kind, vec![0x30; 1 << 20]), "too large"),
        (Reply::page(kind, Vec::new()), "its answer can't be read"),
        (Reply::page(kind, b"\x30\x05\x30\x03\x02\x01\x02".to_vec()), "it does not say why"),
        (Reply::page(kind, other), "it answers another question"),
    ] {
        *answer.lock().unwrap() = reply;
        let fault = stage.newsroom.stamp_due().await.unwrap().fault.unwrap_or_default();
        assert!(fault.contains(words), "{words}: {fault}");
        stage.clock.advance(SignedDuration::from_hours(2));
    }
    let mut rounds = 0;
    while stage.newsroom.stamp_due().await.unwrap().fault.is_some() {
        rounds += 1;
        stage.clock.advance(SignedDuration::from_hours(2));
    }
    assert_eq!(rounds, 9, "it is given up after sixteen attempts");
    assert!(matches!(stage.stamped(&capture), Stamped::GivenUp(_)));
    assert!(stage.newsroom.verify_captures(&PROGRAM).unwrap().is_clean());
}

#[tokio::test(flavor = "multi_thread")]
async fn an_authority_on_this_machine_is_refused_unless_it_is_marked_so() {
    let stage = Stage::sqlite(Some(StampSettings::new(&nowhere(), None, false).unwrap()));
    stage.capture(1);
    let fault = stage.newsroom.stamp_due().await.unwrap().fault.unwrap();
    assert!(fault.contains("this machine itself"), "{fault}");
    for (url, policy) in [("ftp://tsa.example/", None), ("tsa", None), ("https://tsa.example/", Some("mine"))] {
        assert!(StampSettings::new(url, policy, false).is_err(), "{url} {policy:?}");
    }
}
