//! Leads on both databases: put forward, answered, taken back, carried in a desk's folder.

#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a test")]

mod installation;

use installation::{PROGRAM, desk};
use sitrep_model::citation::Passage;
use sitrep_model::document::Document;
use sitrep_model::event::{Credibility, Event, EventStatus};
use sitrep_model::id::{DocumentId, EventId, LeadId};
use sitrep_model::lead::{Lead, LeadState};
use sitrep_model::place::{Point, Whereabouts};
use sitrep_model::visibility::Visibility;
use sitrep_newsroom::desk_folder::{DeskFolder, Stage as Part};
use sitrep_newsroom::gather::Keeping;
use sitrep_newsroom::threads::Station;
use sitrep_newsroom::{Clock, Error, Newsroom, Query, Versioned, Who};
use sitrep_store::Database;
use sitrep_testkit::database::Schema;

const TEXT: &str = "Dockers in Khorramshahr laid down work on Thursday. Forty of them were arrested, a clerk said.";

struct Stage {
    newsroom: Newsroom,
    clock: Clock,
    ann: Who,
    ben: Who,
    _schema: Option<Schema>,
    _folder: tempfile::TempDir,
}

/// Tells a story on each database that is there.
fn on_both(story: impl Fn(&Stage)) {
    installation::on_both(|database, schema| story(&Stage::open(database, schema)));
}

impl Stage {
    fn open(database: Database, schema: Option<Schema>) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let clock = installation::clock();
        let newsroom = installation::open(folder.path(), database, None, &clock);
        installation::take_example(&newsroom);
        let (ann, ben) = (installation::person(&newsroom, "ann"), installation::person(&newsroom, "ben"));
        let stage = Self { newsroom, clock, ann, ben, _schema: schema, _folder: folder };
        stage.keep();
        stage
    }

    /// A page of an outlet.
    fn keep(&self) {
        let html = format!(
            "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>At the docks</title></head><body>\
             <article><h1>At the docks</h1><p>{TEXT}</p></article></body></html>"
        );
        let received = installation::received(&self.newsroom, "https://daily.example/docks", html);
        let keeping = Keeping { document: Some(DocumentId::from("doc-docks")), ..Keeping::default() };
        self.newsroom.keep(&PROGRAM, &desk(), None, &received, &keeping).unwrap();
    }

    /// A lead that ann made of some words of the page, a minute later.
    fn made(&self) -> Versioned<Lead> {
        self.clock.advance(jiff::SignedDuration::from_mins(1));
        let desk = self.newsroom.desk(&desk()).unwrap();
        let filled = self.newsroom.fill_lead(&self.ann, &desk, "doc-docks", "laid down  work on Thursday").unwrap();
        self.newsroom.save_lead(&self.ann, &filled.lead, 0).unwrap()
    }

    fn lead(&self, id: &LeadId) -> Lead {
        self.newsroom.get::<Lead>(&PROGRAM, &desk(), id.as_str(), None).unwrap().value
    }

    fn event(&self) -> Event {
        let at = self.newsroom.now();
        Event {
            id: EventId::default(),
            desk: desk(),
            event_type: "strike".to_owned(),
            when: sitrep_model::when::When { from: at, to: at, precision: Default::default() },
            at: Whereabouts {
                place: None,
                name: "Khorramshahr".to_owned(),
                point: Point { latitude: 30.4, longitude: 48.2 },
                precision: Default::default(),
            },
            summary: "Dockers strike in Khorramshahr.".to_owned(),
            actors: Vec::new(),
            counts: Vec::new(),
            evidence: Vec::new(),
            credibility: Credibility::default(),
            status: EventStatus::Coded,
            visibility: Visibility::Newsroom,
            layer: None,
            coded_by: None,
        }
    }

    fn waiting(&self) -> Vec<LeadId> {
        let query = Query { status: vec!["waiting".to_owned()], ..Query::default() };
        let page = self.newsroom.leads(&PROGRAM, &desk(), &query).unwrap();
        page.items.into_iter().map(|line| line.lead.value.id).collect()
    }
}

#[test]
fn a_lead_is_filled_in_from_the_words_that_were_marked() {
    on_both(|stage| {
        let made = stage.made().value;
        assert_eq!(made.what, "laid down work on Thursday");
        let passage = made.passage.clone().unwrap();
        assert_eq!(passage.exact, "laid down work on Thursday", "as it stands in the document");
        assert_eq!(passage.prefix, "Dockers in Khorramshahr ");
        // Captured on Wednesday: the Thursday before.
        assert_eq!(made.when.unwrap().from.to_string(), "2026-11-19T05:00:00Z");
        assert_eq!((made.made.by.as_str(), made.is_waiting()), ("ann", true));
        assert_eq!(stage.waiting(), std::slice::from_ref(&made.id));
        let (line, _) = stage.newsroom.inbox_line(&stage.ann, &desk(), "doc-docks").unwrap();
        assert_eq!((line.leads, line.used), (1, 0), "a lead is nothing that was published");
    });
}

#[test]
fn a_lead_keeps_to_its_document_and_codebook() {
    on_both(|stage| {
        let made = stage.made();
        let save = |lead: &Lead, version| stage.newsroom.save_lead(&stage.ann, lead, version);
        let field = |result: Result<Versioned<Lead>, Error>| match result {
            Err(Error::Invalid { at: Some(at), .. }) => at,
            other => format!("{other:?}"),
        };
        let odd = Lead { event_type: Some("picnic".to_owned()), ..made.value.clone() };
        assert_eq!(field(save(&odd, made.version)), "event_type");
        let foreign = Passage { exact: "of another page".to_owned(), prefix: String::new(), suffix: String::new() };
        assert_eq!(field(save(&Lead { passage: Some(foreign), ..made.value.clone() }, made.version)), "passage");
        assert_eq!(field(save(&Lead { what: " ".to_owned(), ..made.value.clone() }, made.version)), "what");
        let elsewhere = Lead { document: DocumentId::from("nothing"), ..made.value.clone() };
        assert!(matches!(save(&elsewhere, 0), Err(Error::NotFound { .. })));
        let words =
            stage.newsroom.fill_lead(&stage.ann, &stage.newsroom.desk(&desk()).unwrap(), "doc-docks", "no such");
        assert!(matches!(words, Err(Error::Invalid { .. })));
        // Who edits changes what it tells, not who made it or of what.
        let edited = Lead { what: "Dockers strike.".to_owned(), document: DocumentId::from("nothing"), ..made.value };
        let edited = stage.newsroom.save_lead(&stage.ben, &edited, made.version).unwrap().value;
        assert_eq!((edited.what.as_str(), edited.made.by.as_str()), ("Dockers strike.", "ann"));
        assert_eq!(edited.document.as_str(), "doc-docks");
        assert!(matches!(save(&edited, made.version), Err(Error::Stale { .. })));
    });
}

#[test]
fn a_yes_codes_an_event_that_rests_on_the_document_and_both_know_of_each_other() {
    on_both(|stage| {
        let made = stage.made().value;
        let before = stage.newsroom.now();
        stage.clock.advance(jiff::SignedDuration::from_mins(5));
        let coded = stage.newsroom.take_lead(&stage.ben, stage.event(), &made.id, None).unwrap().value;
        assert_eq!(coded.evidence[0].document, made.document);
        assert_eq!(coded.evidence[0].passage, made.passage);
        assert_eq!(stage.lead(&made.id).state.event(), Some(&coded.id));
        let from = stage.newsroom.lead_of_event(&PROGRAM, &desk(), &coded.id).unwrap();
        assert_eq!(from.map(|lead| lead.id), Some(made.id.clone()));
        // One change holds both: neither is half done.
        let record = stage.newsroom.read(|reader| Ok(reader.changes(0, 10_000)?)).unwrap();
        let change = record.into_iter().find(|change| change.verb == "lead.take").unwrap();
        assert_eq!(change.writes.len(), 2);
        let page = stage.newsroom.document_page(&stage.ann, &desk(), "doc-docks", None).unwrap();
        let leads: Vec<_> = page.stations.iter().filter(|station| matches!(station, Station::Lead(_))).collect();
        let [Station::Lead(line)] = leads.as_slice() else { unreachable!("{leads:?}") };
        assert_eq!(line.event.as_ref().map(|(id, _)| id), Some(&coded.id));
        let then = stage.newsroom.lead(&stage.ann, &desk(), made.id.as_str(), Some(before)).unwrap();
        assert!(then.lead.value.is_waiting(), "as it was known then");
        // Taken once; and a yes is taken back by withdrawing the event.
        assert!(stage.newsroom.take_lead(&stage.ann, stage.event(), &made.id, None).is_err());
        assert!(stage.newsroom.refuse_lead(&stage.ann, &desk(), made.id.as_str(), "no").is_err());
        assert!(stage.newsroom.put_lead_back(&stage.ann, &desk(), made.id.as_str()).is_err());
        let withdraw =
            |who| stage.newsroom.set_event_status(who, &desk(), coded.id.as_str(), EventStatus::Withdrawn, None);
        withdraw(&stage.ben).unwrap();
        stage.newsroom.put_lead_back(&stage.ann, &desk(), made.id.as_str()).unwrap();
        assert_eq!(stage.waiting(), [made.id]);
        assert!(stage.newsroom.store().verify(&mut |_, _| {}).unwrap().is_clean());
    });
}

#[test]
fn what_one_did_last_to_leads_is_taken_back_step_by_step() {
    on_both(|stage| {
        let made = stage.made();
        let id = made.value.id.clone();
        let edited = Lead { what: "Dockers strike.".to_owned(), ..made.value.clone() };
        stage.newsroom.save_lead(&stage.ann, &edited, made.version).unwrap();
        stage.newsroom.refuse_lead(&stage.ann, &desk(), id.as_str(), " an old page ").unwrap();
        let LeadState::Refused { reason, by, .. } = stage.lead(&id).state else { unreachable!() };
        assert_eq!((reason.as_str(), by.as_str()), ("an old page", "ann"));
        assert!(stage.waiting().is_empty());
        let undo = || stage.newsroom.undo(&stage.ann, &desk());
        assert_eq!(undo().unwrap().leads, std::slice::from_ref(&id));
        assert_eq!((stage.lead(&id).what.as_str(), stage.lead(&id).is_waiting()), ("Dockers strike.", true));
        undo().unwrap();
        assert_eq!(stage.lead(&id).what, made.value.what);
        undo().unwrap();
        assert!(stage.waiting().is_empty());
        let gone = stage.newsroom.get::<Lead>(&PROGRAM, &desk(), id.as_str(), None);
        assert!(matches!(gone, Err(Error::NotFound { .. })));
        let nothing = undo().unwrap_err().to_string();
        assert!(nothing.contains("nothing of yours"), "{nothing}");
        // What another answered meanwhile stays.
        let second = stage.made().value;
        stage.newsroom.refuse_lead(&stage.ben, &desk(), second.id.as_str(), "told already").unwrap();
        assert!(undo().is_err());
        assert!(!stage.lead(&second.id).is_waiting());
        assert!(stage.newsroom.store().verify(&mut |_, _| {}).unwrap().is_clean());
    });
}

#[test]
fn strangers_learn_of_no_lead() {
    on_both(|stage| {
        let made = stage.made().value;
        let public = Event { visibility: Visibility::Public, ..stage.event() };
        let coded = stage.newsroom.take_lead(&stage.ann, public, &made.id, None).unwrap().value;
        let kind = sitrep_model::Kind::Event;
        let leads = |who: &Who| {
            let back = stage.newsroom.backward(who, kind, coded.id.as_str(), None).unwrap();
            back.iter().filter(|station| matches!(station, Station::Lead(_))).count()
        };
        assert_eq!((leads(&stage.ann), leads(&Who::Stranger)), (1, 0));
        let page = stage.newsroom.document_page(&Who::Stranger, &desk(), "doc-docks", None).unwrap();
        assert!(!page.stations.iter().any(|station| matches!(station, Station::Lead(_))));
        assert!(matches!(stage.newsroom.leads(&Who::Stranger, &desk(), &Query::default()), Err(Error::Forbidden(_))));
    });
}

#[test]
fn a_desks_folder_carries_its_leads_and_how_they_were_answered() {
    let stage = Stage::open(Database::Sqlite, None);
    let (taken, refused, waiting) = (stage.made().value, stage.made().value, stage.made().value);
    stage.clock.advance(jiff::SignedDuration::from_mins(5));
    stage.newsroom.take_lead(&stage.ann, stage.event(), &taken.id, None).unwrap();
    stage.newsroom.refuse_lead(&stage.ben, &desk(), refused.id.as_str(), "an old page").unwrap();
    let folder = tempfile::tempdir().unwrap();
    stage.newsroom.export_desk(&PROGRAM, &desk(), folder.path()).unwrap();
    let read = DeskFolder::read(folder.path()).unwrap();
    assert_eq!(read.leads.len(), 3);
    let other = Stage::open(Database::Sqlite, None);
    other.clock.advance(jiff::SignedDuration::from_hours(1));
    let before = stage.newsroom.get::<Document>(&PROGRAM, &desk(), "doc-docks", None).unwrap();
    assert_eq!(other.newsroom.take_desk(&PROGRAM, &read, Part::Happenings).unwrap().leads, 5);
    for lead in [&taken, &refused, &waiting] {
        assert_eq!(other.lead(&lead.id), stage.lead(&lead.id));
    }
    let made_at = taken.made.at;
    let then = other.newsroom.lead(&PROGRAM, &desk(), taken.id.as_str(), Some(made_at)).unwrap();
    assert!(then.lead.value.is_waiting(), "it waited before it was answered");
    assert!(before.recorded <= made_at);
    assert_eq!(other.newsroom.take_desk(&PROGRAM, &read, Part::Happenings).unwrap().leads, 0, "nothing differs");
}
