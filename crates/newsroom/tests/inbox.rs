//! The inbox on both databases: what matters on top, decisions and tasks, and each person's last act taken back.

#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a test")]

mod installation;

use installation::{PROGRAM, desk};
use sitrep_model::document::{Document, Triage};
use sitrep_model::id::DocumentId;
use sitrep_newsroom::gather::Keeping;
use sitrep_newsroom::inbox::{InboxQuery, ReasonKind, SavedView, TaskOf};
use sitrep_newsroom::{Clock, Error, Newsroom, Who};
use sitrep_store::Database;
use sitrep_testkit::database::Schema;
use std::collections::BTreeSet;

struct Stage {
    newsroom: Newsroom,
    clock: Clock,
    database: Database,
    _schema: Option<Schema>,
    folder: tempfile::TempDir,
}

/// Tells a story on each database that is there.
fn on_both(story: impl Fn(&Stage)) {
    installation::on_both(|database, schema| story(&Stage::open(database, schema)));
}

impl Stage {
    fn open(database: Database, schema: Option<Schema>) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let clock = installation::clock();
        let newsroom = installation::open(folder.path(), database.clone(), None, &clock);
        installation::take_example(&newsroom);
        Self { newsroom, clock, database, _schema: schema, folder }
    }

    /// The same installation, started once more.
    fn again(&self) -> Newsroom {
        installation::open(self.folder.path(), self.database.clone(), None, &self.clock)
    }

    fn person(&self, login: &str) -> Who {
        installation::person(&self.newsroom, login)
    }

    /// A page of an outlet, a minute after the one before.
    fn keep(&self, id: &str, title: &str, text: &str) -> Document {
        self.clock.advance(jiff::SignedDuration::from_mins(1));
        let url = format!("https://daily.example/{id}");
        let html = format!(
            "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>{title}</title></head><body><article>\
             <h1>{title}</h1><p>{text}</p></article></body></html>"
        );
        let received = installation::received(&self.newsroom, &url, html);
        let keeping = Keeping { document: Some(DocumentId::from(id)), ..Keeping::default() };
        self.newsroom.keep(&PROGRAM, &desk(), None, &received, &keeping).unwrap().value
    }

    fn document(&self, id: &str) -> Document {
        self.newsroom.get::<Document>(&PROGRAM, &desk(), id, None).unwrap().value
    }

    /// The first documents of the stories, from top to bottom.
    fn order(&self, who: &Who, asked: &InboxQuery) -> Vec<String> {
        let page = self.newsroom.inbox(who, &desk(), asked).unwrap();
        page.stories.into_iter().map(|story| story.lines[0].document.value.id.to_string()).collect()
    }
}

fn new() -> InboxQuery {
    InboxQuery { show: Some(Triage::New), limit: 50, ..InboxQuery::default() }
}

const DULL: &str =
    "The museum of the town opens a hall for old clocks, and its keeper invites everybody who likes them.";
const CAKES: &str =
    "A baker of the old quarter makes the largest cake that anybody there remembers, with plums and almonds.";

#[test]
fn what_the_desk_is_interested_in_stands_above_what_came_later() {
    on_both(|stage| {
        stage.keep("doc-title", "Budget goes to parliament", "The cabinet sent its bill, the speaker said on Monday.");
        stage.keep("doc-text", "A long Monday in the chamber", "Members spoke of schools, of roads and of the budget.");
        stage.keep("doc-dull", "A hall for old clocks", DULL);
        let page = stage.newsroom.inbox(&PROGRAM, &desk(), &new()).unwrap();
        let ids: Vec<&str> = page.stories.iter().map(|story| story.lines[0].document.value.id.as_str()).collect();
        assert_eq!(ids, ["doc-title", "doc-text", "doc-dull"]);
        let first = &page.stories[0].reasons[0];
        assert_eq!((first.says, first.subject.as_str(), first.points), ("its title speaks of", "budget", 3.0));
        assert_eq!(page.stories[1].reasons[0].says, "it speaks of");
        assert!(page.stories[2].reasons.is_empty());
        let newest = InboxQuery { newest: true, ..new() };
        assert_eq!(stage.order(&PROGRAM, &newest), ["doc-dull", "doc-text", "doc-title"]);
        // A day of age outweighs an interest.
        stage.clock.advance(jiff::SignedDuration::from_hours(24));
        stage.keep("doc-late", "The largest cake", CAKES);
        assert_eq!(stage.order(&PROGRAM, &new())[0], "doc-late");
    });
}

#[test]
fn a_start_takes_the_inbox_as_it_was_kept_and_follows_it() {
    on_both(|stage| {
        stage.keep("doc-title", "Budget goes to parliament", "The cabinet sent its bill, the speaker said on Monday.");
        stage.keep("doc-dull", "A hall for old clocks", DULL);
        assert_eq!(stage.order(&PROGRAM, &new()), ["doc-title", "doc-dull"]);
        let inboxes = stage.folder.path().join("inbox");
        let file = std::fs::read_dir(&inboxes).unwrap().next().unwrap().unwrap().path();
        let kept = std::fs::read_to_string(&file).unwrap();
        let order = |newsroom: &Newsroom| -> Vec<String> {
            let page = newsroom.inbox(&PROGRAM, &desk(), &new()).unwrap();
            page.stories.into_iter().map(|story| story.lines[0].document.value.id.to_string()).collect()
        };
        // What the file says is taken: nothing is worked out again.
        std::fs::write(&file, kept.replace("\"triage\":\"new\"", "\"triage\":\"dropped\"")).unwrap();
        assert!(order(&stage.again()).is_empty());
        std::fs::write(&file, &kept).unwrap();
        stage.keep("doc-late", "The largest cake", CAKES);
        stage.newsroom.triage(&PROGRAM, &desk(), "doc-dull", Triage::Dropped).unwrap();
        assert_eq!(order(&stage.again()), ["doc-title", "doc-late"]);
        // Another interest, another record, another form, damage: all of it is worked out anew.
        let as_if = |found: &str, other: &str| {
            assert!(kept.contains(found), "{found}");
            std::fs::write(&file, kept.replacen(found, other, 1)).unwrap();
            assert_eq!(order(&stage.again()), ["doc-title", "doc-late"], "{other}");
        };
        as_if("\"interests\":[", "\"interests\":[\"cake\",");
        as_if("\"hash\":\"", "\"hash\":\"0");
        as_if("\"form\":\"", "\"form\":\"0");
        as_if("\"entries\":[", "\"entries\":[{},");
        as_if("{", "");
    });
}

#[test]
fn a_decision_moves_a_document_and_undo_brings_back_what_stood_before() {
    on_both(|stage| {
        let (ann, ben) = (stage.person("ann"), stage.person("ben"));
        stage.keep("doc-a", "A hall for old clocks", DULL);
        stage.newsroom.triage(&ann, &desk(), "doc-a", Triage::Kept).unwrap();
        assert!(stage.order(&ann, &new()).is_empty());
        let kept = InboxQuery { show: Some(Triage::Kept), ..new() };
        assert_eq!(stage.order(&ann, &kept), ["doc-a"]);
        assert_eq!(stage.document("doc-a").handling.decided.unwrap().by, "ann");
        stage.newsroom.mark_graphic(&ann, &desk(), "doc-a", true).unwrap();
        // The outlet edits its page: the new reading stays when the act is taken back.
        let edited =
            stage.keep("doc-a", "A hall for clocks", "The museum opens later than it said, for the roof leaks.");
        assert_eq!((edited.triage, edited.handling.graphic), (Triage::Kept, Some(true)));
        stage.newsroom.undo(&ann, &desk()).unwrap();
        let undone = stage.newsroom.undo(&ann, &desk()).unwrap();
        assert_eq!(undone.documents, [(DocumentId::from("doc-a"), Triage::New)]);
        let now = stage.document("doc-a");
        assert_eq!((now.title.as_str(), now.triage), ("A hall for clocks", Triage::New));
        assert!(now.handling.is_empty());
        assert!(matches!(stage.newsroom.undo(&ann, &desk()), Err(Error::Invalid { .. })));
        // Nobody takes back what another has decided since.
        stage.newsroom.triage(&ann, &desk(), "doc-a", Triage::Dropped).unwrap();
        stage.newsroom.triage(&ben, &desk(), "doc-a", Triage::Later).unwrap();
        let refused = stage.newsroom.undo(&ann, &desk()).unwrap_err().to_string();
        assert!(refused.contains("somebody else"), "{refused}");
        assert_eq!(stage.document("doc-a").triage, Triage::Later);
        stage.newsroom.undo(&ben, &desk()).unwrap();
        assert_eq!(stage.document("doc-a").triage, Triage::Dropped);
        assert!(stage.newsroom.store().verify(&mut |_, _| {}).unwrap().is_clean());
    });
}

#[test]
fn a_story_is_dropped_whole_and_comes_back_whole() {
    on_both(|stage| {
        let ann = stage.person("ann");
        let text = "The railway bridge at Khorramabad was closed on Friday after engineers found cracks in two of its piers. \
                    Trains to the south wait in Borujerd, the operator said.";
        for id in ["doc-1", "doc-2", "doc-3"] {
            stage.keep(id, "Railway bridge at Khorramabad closed", text);
        }
        stage.newsroom.triage(&ann, &desk(), "doc-2", Triage::Kept).unwrap();
        let ids = stage.newsroom.undecided_of_story(&ann, &desk(), "doc-1").unwrap();
        assert_eq!(ids, [DocumentId::from("doc-1"), DocumentId::from("doc-3")]);
        stage.newsroom.triage_all(&ann, &desk(), &ids, Triage::Dropped).unwrap();
        let states = || ["doc-1", "doc-2", "doc-3"].map(|id| stage.document(id).triage);
        assert_eq!(states(), [Triage::Dropped, Triage::Kept, Triage::Dropped]);
        assert_eq!(stage.newsroom.undo(&ann, &desk()).unwrap().documents.len(), 2);
        assert_eq!(states(), [Triage::New, Triage::Kept, Triage::New]);
    });
}

#[test]
fn a_task_is_somebodys_and_stands_higher_for_them() {
    on_both(|stage| {
        let (ann, ben) = (stage.person("ann"), stage.person("ben"));
        stage.keep("doc-task", "A hall for old clocks", DULL);
        stage.keep("doc-budget", "Budget goes to parliament", "The cabinet sent its bill, the speaker said on Monday.");
        stage.newsroom.assign(&ann, &desk(), "doc-task", Some("ben")).unwrap();
        assert!(matches!(stage.newsroom.assign(&ann, &desk(), "doc-task", Some("nobody")), Err(Error::Invalid { .. })));
        assert_eq!(stage.order(&ann, &new()), ["doc-budget", "doc-task"]);
        assert_eq!(stage.order(&ben, &new()), ["doc-task", "doc-budget"]);
        let page = stage.newsroom.inbox(&ben, &desk(), &new()).unwrap();
        assert_eq!(page.stories[0].reasons[0].kind, ReasonKind::Assigned);
        assert_eq!(page.stories[0].lines[0].task_of.as_deref(), Some("ben"));
        let mine = |who: &Who| InboxQuery { task: Some(TaskOf::One(who.account().unwrap().id.clone())), ..new() };
        assert_eq!(stage.order(&ben, &mine(&ben)), ["doc-task"]);
        assert!(stage.order(&ann, &mine(&ann)).is_empty());
        assert_eq!(stage.order(&ann, &InboxQuery { task: Some(TaskOf::Nobody), ..new() }), ["doc-budget"]);
        stage.newsroom.undo(&ann, &desk()).unwrap();
        assert!(stage.document("doc-task").handling.is_empty());
    });
}

#[test]
fn pages_show_every_story_once_in_one_order() {
    on_both(|stage| {
        let subjects = ["clocks", "cakes", "kites", "boats", "bells", "ropes", "lamps"];
        for (at, subject) in subjects.iter().enumerate() {
            let text =
                format!("In the {subject} fair of street number {at}, old {subject} were shown to {subject} lovers.");
            stage.keep(&format!("doc-{subject}"), &format!("A fair for {subject}"), &text);
        }
        let whole = stage.order(&PROGRAM, &new());
        let mut seen = Vec::new();
        let mut asked = InboxQuery { limit: 3, ..new() };
        loop {
            let page = stage.newsroom.inbox(&PROGRAM, &desk(), &asked).unwrap();
            seen.extend(page.stories.iter().map(|story| story.lines[0].document.value.id.to_string()));
            match page.next {
                Some(next) => asked.after = Some(next),
                None => break,
            }
        }
        assert_eq!(seen, whole);
        assert_eq!(seen.iter().collect::<BTreeSet<_>>().len(), subjects.len());
        let wrong = InboxQuery { after: Some("nonsense".to_owned()), ..new() };
        assert!(matches!(stage.newsroom.inbox(&PROGRAM, &desk(), &wrong), Err(Error::Invalid { .. })));
    });
}

#[test]
fn others_who_read_it_are_named_and_views_are_ones_own() {
    on_both(|stage| {
        let (ann, ben) = (stage.person("ann"), stage.person("ben"));
        stage.keep("doc-a", "A hall for old clocks", DULL);
        stage.newsroom.mark_read(&ann, &desk(), "doc-a").unwrap();
        let (line, _) = stage.newsroom.inbox_line(&ben, &desk(), "doc-a").unwrap();
        assert_eq!(line.readers.iter().map(|reader| reader.name.as_str()).collect::<Vec<_>>(), ["ann"]);
        stage.clock.advance(jiff::SignedDuration::from_hours(24 * 91));
        assert!(stage.newsroom.inbox_line(&ben, &desk(), "doc-a").unwrap().0.readers.is_empty(), "marks end");

        let view = SavedView { name: "Persian".to_owned(), query: "show=new&language=fa".to_owned() };
        stage.newsroom.save_view(&ann, &desk(), &view).unwrap();
        let other = SavedView { query: "show=kept&language=fa".to_owned(), ..view };
        stage.newsroom.save_view(&ann, &desk(), &other).unwrap();
        assert_eq!(stage.newsroom.views(&ann, &desk()).unwrap(), [other]);
        assert!(stage.newsroom.views(&ben, &desk()).unwrap().is_empty());
        stage.newsroom.forget_view(&ann, &desk(), "Persian").unwrap();
        assert!(matches!(stage.newsroom.forget_view(&ann, &desk(), "Persian"), Err(Error::NotFound { .. })));
    });
}
