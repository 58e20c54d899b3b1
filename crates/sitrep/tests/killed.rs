//! The real binary, killed at random moments while it collects, publishes and sends: nothing that it acknowledged is lost,
//! nothing is published or sent twice, and the store is clean.
//!
//! `SITREP_KILLS` says how often, per database; 6 times without it.

#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout, reason = "a test says what is wrong by failing")]

mod stage;

use serde_json::Value;
use sitrep_model::Kind;
use sitrep_model::dispatch::{Delivery, DeliveryState};
use sitrep_model::document::Document;
use sitrep_model::edition::EditionState;
use sitrep_model::id::{DeskId, SourceId};
use sitrep_newsroom::{Newsroom, Query, Who};
use sitrep_testkit::database::Schema;
use sitrep_testkit::simulator::{self, Live, Simulator};
use sitrep_testkit::site::{Asked, Reply};
use sitrep_testkit::{MailSink, Site};
use stage::{EXAMPLE, Place};
use std::collections::{BTreeMap, BTreeSet};
use std::hash::{BuildHasher as _, RandomState};
use std::io::Read as _;
use std::path::PathBuf;
use std::process::Stdio;
use std::sync::mpsc::channel;
use std::time::{Duration, Instant};

const READERS: [&str; 3] = ["ann@reader.example", "ben@reader.example", "cyrus@reader.example"];

#[test]
fn nothing_is_lost_or_done_twice_on_sqlite() {
    story(&Place::sqlite());
}

#[test]
fn nothing_is_lost_or_done_twice_on_postgres() {
    match Schema::make() {
        Some(schema) => story(&Place::postgres(schema)),
        None => println!("skipped: no PostgreSQL server here"),
    }
}

/// An installation with its outlets, its mail server and three readers.
struct House<'p> {
    place: &'p Place,
    outlets: Simulator,
    /// A channel, which is collected too; dropped, it would answer no more.
    _channel: Site,
    mail: MailSink,
    newsroom: Newsroom,
    desk: DeskId,
}

const POSTS: u64 = 45;
const LETTERS: usize = 130;

/// Sources that are no feeds: a channel with three pages of posts, and a mailbox.
fn others(channel: &Site) -> String {
    let base = channel.base();
    format!(
        "\n[[source]]\nid = \"posts\"\nname = \"Posts\"\nlanguage = \"en\"\nlocal = true\n\
         collection = {{ how = \"telegram\", channel = \"exercise_channel\", base = \"{base}\", pages_back = 10 }}\n\
         \n[[source]]\nid = \"letters\"\nname = \"Letters\"\nlanguage = \"en\"\n\
         collection = {{ how = \"mail\", path = \"letters\" }}\n"
    )
}

fn posts(asked: &Asked) -> Reply {
    let Some(query) = asked.path.strip_prefix("/s/exercise_channel") else { return Reply::status(404) };
    let before = query.strip_prefix("?before=").map_or(POSTS + 1, |before| before.parse().unwrap());
    let post = |number: u64| {
        format!(
            "<div class=tgme_widget_message data-post=exercise_channel/{number}><div class=tgme_widget_message_text>Post {number} of the channel.</div>\
             <time datetime=2026-11-26T06:10:05+00:00></time></div>"
        )
    };
    let shown: String = (before.saturating_sub(20).max(1)..before).map(post).collect();
    Reply::page("text/html", format!("<div class=tgme_channel_info></div>{shown}"))
}

fn mailbox() -> String {
    let letter = |number: usize| {
        format!(
            "From desk Thu Nov 26 07:00:00 2026\nMessage-ID: <{number}@letters.example>\nFrom: a@letters.example\n\
             Subject: Letter {number}\n\nThis is what letter {number} says.\n\n"
        )
    };
    (1..=LETTERS).map(letter).collect()
}

/// What was acknowledged.
#[derive(Default)]
struct Acknowledged {
    documents: BTreeSet<String>,
    editions: BTreeSet<String>,
}

fn story(place: &Place) {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    let house = runtime.block_on(House::open(place));
    let kills: u32 = std::env::var("SITREP_KILLS").ok().and_then(|kills| kills.parse().ok()).unwrap_or(6);
    let mut acknowledged = Acknowledged::default();
    let mut lengths: BTreeMap<&str, Duration> = BTreeMap::new();
    let mut killed = 0;
    let mut round = 0;
    while killed < kills {
        round += 1;
        let file = house.draft(round);
        let file = file.to_str().unwrap();
        let tasks: [(&str, Vec<&str>); 3] = [
            ("collect", vec!["collect", "--json"]),
            ("publish", vec!["edition", "publish", file, "--overrule", "an exercise", "--json"]),
            ("work", vec!["work", "--once", "--json"]),
        ];
        for (task, arguments) in tasks {
            let longest = lengths.entry(task).or_insert(Duration::from_secs(2));
            let patience = Duration::from_micros(random(u64::try_from(longest.as_micros()).unwrap() * 5 / 4));
            let begun = Instant::now();
            match house.run(&arguments, patience) {
                Some(said) => {
                    *longest = begun.elapsed();
                    acknowledged.take(task, &said);
                }
                None => killed += 1,
            }
        }
    }
    house.finish(&mut acknowledged, round);
    house.check(&acknowledged, round);
    println!(
        "{killed} kills; {} documents, {} editions acknowledged",
        acknowledged.documents.len(),
        acknowledged.editions.len()
    );
}

fn random(below: u64) -> u64 {
    RandomState::new().hash_one(0) % below.max(1)
}

impl Acknowledged {
    fn take(&mut self, task: &str, said: &Value) {
        match task {
            "collect" => {
                let documents = said["documents"].as_array().into_iter().flatten();
                self.documents.extend(documents.map(|id| id.as_str().unwrap().to_owned()));
            }
            "publish" => {
                self.editions.extend(said["id"].as_str().map(str::to_owned));
            }
            _ => {}
        }
    }
}

impl<'p> House<'p> {
    async fn open(place: &'p Place) -> Self {
        let outlets = simulator::serve(([127, 0, 0, 1], 0).into(), EXAMPLE.as_ref(), Live::Served).await.unwrap();
        let channel = Site::open(posts).await.unwrap();
        let mail = MailSink::open().await.unwrap();
        place.json(&["init", "--json"]);
        let folder = place.folder().join("desk");
        std::fs::create_dir_all(&folder).unwrap();
        for name in ["desk.toml", "sources.toml", "actors.toml", "places.toml", "layers.toml"] {
            let text = std::fs::read_to_string(format!("{EXAMPLE}/{name}")).unwrap();
            let text = text.replace("http://127.0.0.1:8089", outlets.base()).replace("two_persons = true", "");
            let text = if name == "sources.toml" { text + &others(&channel) } else { text };
            std::fs::write(folder.join(name), text).unwrap();
        }
        place.json(&["desk", "import", folder.to_str().unwrap(), "--standing", "--json"]);
        let incoming = place.data().join("incoming/letters");
        std::fs::create_dir_all(&incoming).unwrap();
        std::fs::write(incoming.join("list.mbox"), mailbox()).unwrap();
        let newsroom = place.newsroom(mail.address());
        let house = Self { place, outlets, _channel: channel, mail, newsroom, desk: DeskId::from("iran") };
        house.subscribe().await;
        house
    }

    /// Three readers ask, get a message each, and follow its link.
    async fn subscribe(&self) {
        for reader in READERS {
            self.newsroom.subscribe(&self.desk, reader, Vec::new(), "127.0.0.1").unwrap();
        }
        self.newsroom.send_due().await.unwrap();
        for message in self.mail.wait_for(READERS.len()).await {
            let text = message.text().replace("=\r\n", "");
            let (_, rest) = text.split_once("/confirm/").unwrap();
            let secret: String = rest.chars().take_while(char::is_ascii_alphanumeric).collect();
            self.newsroom.confirm(&self.desk, &secret).unwrap();
        }
    }

    /// A draft for a round, in the desk's Markdown form.
    fn draft(&self, round: u32) -> PathBuf {
        let text = format!(
            "+++\nslug = \"2026-11-24-{round}\"\ntitle = \"Round {round}\"\ndate = \"2026-11-24\"\nstate = \"drafting\"\n+++\n\n# Key Takeaways\n\n1. The desk met. {{announces=met}}\n\n# Iranian Domestic and Political Affairs\n\n**The desk met.** It met for round {round}.\n{{#met}}\n"
        );
        let path = self.place.folder().join(format!("round-{round}.md"));
        std::fs::write(&path, text).unwrap();
        path
    }

    /// Runs a command; `None` where it was killed before it had ended. One that ends by itself must have gone well.
    fn run(&self, arguments: &[&str], patience: Duration) -> Option<Value> {
        let smtp = format!("smtp+plain://{}", self.mail.address());
        let mut command = self.place.command(arguments);
        let mut child = command.env("SITREP_SMTP", smtp).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let mut stdout = child.stdout.take().unwrap();
        let (say, said) = channel();
        std::thread::spawn(move || {
            let mut text = String::new();
            let _ = stdout.read_to_string(&mut text);
            let _ = say.send(text);
        });
        let text = match said.recv_timeout(patience) {
            Ok(text) => text,
            Err(_) => {
                let _ = child.kill();
                said.recv().unwrap()
            }
        };
        let output = child.wait_with_output().unwrap();
        let complaint = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.code().is_none_or(|code| code == 0), "{arguments:?}: {complaint}");
        // What was said whole was acknowledged, even where the kill came right after.
        serde_json::from_str(&text).ok()
    }

    /// Everything that was begun is brought to its end.
    fn finish(&self, acknowledged: &mut Acknowledged, rounds: u32) {
        let patience = Duration::from_secs(300);
        acknowledged.take("collect", &self.run(&["collect", "--json"], patience).unwrap());
        for round in 1..=rounds {
            let found = self.newsroom.draft(&Who::Program("test"), &self.desk, &format!("iran-2026-11-24-{round}"));
            if found.is_ok_and(|found| found.value.state == EditionState::Published) {
                continue;
            }
            let file = self.draft(round);
            let arguments = ["edition", "publish", file.to_str().unwrap(), "--overrule", "an exercise", "--json"];
            acknowledged.take("publish", &self.run(&arguments, patience).unwrap());
        }
        self.run(&["work", "--once", "--json"], patience).unwrap();
    }

    /// How many articles the outlets' feeds tell of, and how many posts and letters there are.
    fn expected(&self) -> usize {
        let is_fed = |id: &SourceId| {
            let source = self.outlets.sources().iter().find(|source| source.id == *id);
            source.is_some_and(|source| source.collection.how == "feed")
        };
        let articles = self.outlets.articles().iter().filter(|article| is_fed(&article.source)).count();
        articles + usize::try_from(POSTS).unwrap() + LETTERS
    }

    fn check(&self, acknowledged: &Acknowledged, rounds: u32) {
        assert!(self.place.is_clean());
        let who = Who::Program("test");
        let documents: Vec<Document> = self.newsroom.all(&who, &self.desk).unwrap();
        let ids: BTreeSet<&str> = documents.iter().map(|document| document.id.as_str()).collect();
        let addresses: BTreeSet<&str> = documents.iter().map(|document| document.url.as_str()).collect();
        assert_eq!(addresses.len(), documents.len(), "an address became two documents");
        assert_eq!(documents.len(), self.expected(), "every article is there, once");
        for id in &acknowledged.documents {
            assert!(ids.contains(id.as_str()), "{id} was acknowledged and is gone");
        }
        for round in 1..=rounds {
            let id = format!("iran-2026-11-24-{round}");
            let history = self.newsroom.history(Kind::Edition, &id).unwrap();
            let published = history.iter().filter(|version| version.verb == "edition.publish").count();
            assert_eq!(published, 1, "{id} was published {published} times");
        }
        for id in &acknowledged.editions {
            assert!(self.newsroom.draft(&who, &self.desk, id).is_ok(), "{id} was acknowledged and is gone");
        }
        self.check_mail(rounds);
    }

    /// No reader had a message twice; who had none has one in doubt.
    fn check_mail(&self, rounds: u32) {
        let mut had: BTreeMap<(String, String), u32> = BTreeMap::new();
        for message in self.mail.received() {
            let text = message.text();
            let id = text.lines().find_map(|line| line.strip_prefix("Message-ID: ")).unwrap().to_owned();
            *had.entry((message.to.join(","), id)).or_default() += 1;
        }
        for (message, times) in &had {
            assert_eq!(*times, 1, "{message:?} came {times} times");
        }
        let who = Who::Program("test");
        let query = Query { limit: 500, ..Query::default() };
        let mut deliveries: Vec<Delivery> = Vec::new();
        let mut page = self.newsroom.list::<Delivery>(&who, &self.desk, &query).unwrap();
        loop {
            deliveries.extend(page.items.into_iter().map(|found| found.value));
            let Some(next) = page.next else { break };
            let query = Query { after: Some(next), ..query.clone() };
            page = self.newsroom.list(&who, &self.desk, &query).unwrap();
        }
        assert_eq!(deliveries.len(), READERS.len() * rounds as usize, "one delivery for each reader and edition");
        let sent = deliveries.iter().filter(|delivery| delivery.state == DeliveryState::Sent).count();
        let doubtful = deliveries
            .iter()
            .filter(|delivery| matches!(delivery.state, DeliveryState::Sending | DeliveryState::InDoubt))
            .count();
        assert_eq!(sent + doubtful, deliveries.len(), "each was sent, or waits for a person's decision");
        let editions = had.len() - READERS.len();
        assert!(editions >= sent && editions <= sent + doubtful, "{editions} came, {sent} sent, {doubtful} in doubt");
    }
}
