//! Versions, lists, threads, and the record they are made from.

use crate::made::{assessment, at, document, edition, event, paragraph};
use crate::stage::{Stage, request};
use sitrep_model::Kind;
use sitrep_model::edition::{Edition, EditionState};
use sitrep_model::event::Event;
use sitrep_store::{Batch, ChangeRequest, Error, Expected, Order, Query, Store};

story!(what_was_put_is_given_as_it_was, stage, {
    let first = event("ev-1", "Students sat down before the gate.", 1);
    assert_eq!(stage.put(1, &first), 1);
    let found = stage.store.read(|reader| reader.get::<Event>("ev-1")).unwrap().unwrap();
    assert_eq!((found.value, found.version, found.seq, found.recorded), (first.clone(), 1, 1, at(1)));
    assert_eq!(stage.put(2, &first), 1, "the same again makes no version");
    assert_eq!(stage.store.head().unwrap(), 1);
    assert_eq!(stage.put(3, &Event { summary: "They left.".to_owned(), ..first }), 2);
    assert_eq!(stage.store.head().unwrap(), 2);
    assert!(stage.store.read(|reader| reader.get::<Event>("ev-9")).unwrap().is_none());
    let history = stage.store.read(|reader| reader.history(Kind::Event, "ev-1")).unwrap();
    assert_eq!(history.iter().map(|info| (info.version, info.seq)).collect::<Vec<_>>(), [(1, 1), (2, 2)]);
    assert_eq!((history[1].who.as_str(), history[1].verb.as_str()), ("teller", "story.tell"));
});

story!(changes_that_reach_the_disk_together_stand_or_fall_alone, stage, {
    let put = |batch: &mut Batch<'_>, second: i64, id: &str, expected: Expected| {
        batch.change(request(second), |writer| writer.put(&event(id, "Something happened.", 1), expected))
    };
    let refused = stage.store.changes(|batch| {
        assert_eq!(put(batch, 1, "ev-1", Expected::New)?.1.unwrap().seq, 1);
        let failed = batch.change(request(2), |writer| {
            writer.put(&event("ev-2", "It is taken back.", 1), Expected::New)?;
            writer.put(&event("ev-1", "Not so.", 1), Expected::New)
        });
        assert!(matches!(failed, Err(Error::Stale { .. })));
        assert!(put(batch, 3, "ev-1", Expected::Any)?.1.is_none(), "what is the same is no change");
        Ok::<_, Error>(put(batch, 4, "ev-3", Expected::New)?.1.unwrap().seq)
    });
    assert_eq!(refused.unwrap(), 2, "a change that failed leaves no gap");
    assert_eq!(stage.store.head().unwrap(), 2);
    let there = |id: &str| stage.store.read(|reader| reader.get::<Event>(id)).unwrap().is_some();
    assert_eq!([there("ev-1"), there("ev-2"), there("ev-3")], [true, false, true]);
    let none = stage.store.changes(|batch| {
        put(batch, 5, "ev-4", Expected::New)?;
        Err::<(), _>(Error::Invalid("on second thought".to_owned()))
    });
    assert!(none.is_err() && !there("ev-4"));
    assert_eq!(stage.store.head().unwrap(), 2);
    assert!(stage.store.verify(&mut |_, _| {}).unwrap().damage.is_empty());
});

story!(lists_are_filtered_and_turned_page_by_page, stage, {
    stage
        .change(1, |writer| {
            for n in 0..25 {
                writer.put(&event(&format!("ev-{n:02}"), &format!("Number {n}"), n % 7), Expected::New)?;
            }
            writer.put(&Event { desk: "other".into(), ..event("ev-x", "Elsewhere", 0) }, Expected::New)
        })
        .unwrap();
    for order in [Order::NewestFirst, Order::OldestFirst, Order::Title] {
        let mut query = Query { desk: Some("iran".into()), order, limit: 4, ..Query::default() };
        let mut ids = Vec::new();
        loop {
            let page = stage.store.read(|reader| reader.list::<Event>(&query)).unwrap();
            assert!(page.items.len() <= 4);
            ids.extend(page.items.into_iter().map(|item| item.value.id.to_string()));
            match page.next {
                Some(next) => query.after = Some(next),
                None => break,
            }
        }
        assert_eq!(ids.len(), 25, "{order:?}");
        ids.sort();
        ids.dedup();
        assert_eq!(ids.len(), 25, "{order:?} gives each once");
    }
    let count = |query: Query| stage.store.read(|reader| reader.count::<Event>(&query)).unwrap();
    assert_eq!(count(Query::default()), 26);
    assert_eq!(count(Query { from: Some(at(6 * 3600)), ..Query::default() }), 3);
    assert_eq!(count(Query { to: Some(at(3600)), desk: Some("iran".into()), ..Query::default() }), 4);
    assert_eq!(count(Query { bbox: Some([50.0, 34.0, 51.0, 35.0]), ..Query::default() }), 26);
    assert_eq!(count(Query { bbox: Some([170.0, 34.0, -170.0, 35.0]), ..Query::default() }), 0);
    let linked = Some((Some("actor".to_owned()), Kind::Actor, "students".to_owned()));
    assert_eq!(count(Query { linked, ..Query::default() }), 26);
    assert_eq!(count(Query { status: vec!["confirmed".to_owned()], ..Query::default() }), 0);
    let foreign =
        stage.store.read(|reader| reader.list::<Event>(&Query { after: Some("zz".into()), ..Query::default() }));
    assert!(matches!(foreign, Err(Error::Invalid(_))));
});

story!(a_list_names_what_it_holds_without_reading_it, stage, {
    let paper = |state| edition("ed-1", state, vec![paragraph("p-1", "A lantern was seen.")]);
    stage.put(10, &paper(EditionState::Drafting));
    stage.put(20, &paper(EditionState::Published));
    stage.put(30, &edition("ed-2", EditionState::Published, vec![paragraph("p-2", "Two lanterns were seen.")]));
    let named = |id: &str, at| stage.store.read(|reader| reader.named(Kind::Edition, id, at)).unwrap();
    let (now, then) = (named("ed-1", None).unwrap(), named("ed-1", Some(at(15))).unwrap());
    assert_eq!((now.version, now.status.as_deref()), (2, Some("published")));
    assert_eq!((then.version, then.status.as_deref()), (1, Some("drafting")));
    let whole = stage.store.read(|reader| reader.get::<Edition>("ed-1")).unwrap().unwrap().value;
    assert_eq!((now.key, now.title), (Some(whole.slug), whole.title));
    assert_eq!(named("ed-1", Some(at(9))), None);
    let listed = |query: &Query| {
        let names = stage.store.read(|reader| reader.named_list(Kind::Edition, query)).unwrap();
        let pages = stage.store.read(|reader| reader.list::<Edition>(query)).unwrap().items;
        let whole: Vec<String> = pages.into_iter().map(|found| found.value.id.to_string()).collect();
        assert_eq!(names.iter().map(|name| name.id.clone()).collect::<Vec<_>>(), whole);
        whole.len()
    };
    let published = Query { status: vec!["published".to_owned()], ..Query::default() };
    assert_eq!(listed(&published), 2);
    assert_eq!(listed(&Query { limit: 1, ..published.clone() }), 1);
    assert_eq!(listed(&Query { as_of: Some(at(25)), ..published }), 1);
    let by_key =
        |key: &str| stage.store.read(|reader| reader.id_by_key(Kind::Edition, Some(&"iran".into()), key)).unwrap();
    assert_eq!((by_key("slug-ed-1").as_deref(), by_key("ed-1")), (Some("ed-1"), None));
});

story!(the_past_is_seen_as_it_was_known, stage, {
    let first = event("ev-1", "It began.", 1);
    stage.put(10, &first);
    stage.put(20, &Event { summary: "It ended.".to_owned(), ..first });
    stage.change(30, |writer| writer.delete(Kind::Event, "ev-1", Expected::Version(2))).unwrap();
    let then = |second| stage.store.read(|reader| reader.get_as_of::<Event>("ev-1", at(second))).unwrap();
    assert!(then(9).is_none());
    assert_eq!(then(10).unwrap().value.summary, "It began.");
    assert_eq!(then(29).unwrap().version, 2);
    assert!(then(30).is_none());
    let counted = |second| {
        let query = Query { as_of: Some(at(second)), ..Query::default() };
        stage.store.read(|reader| reader.count::<Event>(&query)).unwrap()
    };
    assert_eq!((counted(9), counted(15), counted(30)), (0, 1, 0));
    assert!(stage.store.read(|reader| reader.get_version::<Event>("ev-1", 2)).unwrap().is_some());
    assert!(stage.store.read(|reader| reader.get_version::<Event>("ev-1", 3)).unwrap().is_none());
    stage.put(40, &event("ev-1", "It began again.", 2));
    assert_eq!(then(41).unwrap().version, 4);
});

story!(knowledge_that_is_recorded_late_stands_from_when_it_was_known, stage, {
    let early = ChangeRequest { recorded: Some(at(5)), ..request(100) };
    stage.store.change(early, |writer| writer.put(&event("ev-1", "Known early.", 1), Expected::New)).unwrap();
    let earlier = ChangeRequest { recorded: Some(at(3)), ..request(101) };
    stage.store.change(earlier, |writer| writer.put(&event("ev-1", "Changed.", 1), Expected::Version(1))).unwrap();
    let then = |second| stage.store.read(|reader| reader.get_as_of::<Event>("ev-1", at(second))).unwrap();
    assert!(then(4).is_none(), "knowledge does not run backwards");
    assert_eq!(then(5).unwrap().version, 2);
});

story!(threads_are_followed_in_both_directions_and_in_the_past, stage, {
    stage.put(10, &assessment("as-1", "It goes on.", "ed-1"));
    let back = |as_of| stage.store.read(|reader| reader.links_to(Kind::Edition, "ed-1", as_of)).unwrap();
    assert_eq!(back(None).len(), 1);
    assert_eq!((back(None)[0].role.as_str(), back(None)[0].id.as_str()), ("made", "as-1"));
    let mut later = assessment("as-1", "It goes on.", "ed-2");
    later.steps[0].reason = Some("moved".to_owned());
    stage.put(20, &later);
    assert!(back(None).is_empty());
    assert_eq!(back(Some(at(15))).len(), 1);
    let from = stage.store.read(|reader| reader.links_from(Kind::Assessment, "as-1", None)).unwrap();
    assert_eq!(from[0].id, "ed-2");
    let from = stage.store.read(|reader| reader.links_from(Kind::Assessment, "as-1", Some(at(15)))).unwrap();
    assert_eq!(from[0].id, "ed-1");
});

story!(a_key_belongs_to_one_object_of_a_desk, stage, {
    let first = edition("ed-1", EditionState::Drafting, Vec::new());
    stage.put(1, &first);
    let second = Edition { slug: first.slug.clone(), ..edition("ed-2", EditionState::Drafting, Vec::new()) };
    let taken = stage.change(2, |writer| writer.put(&second, Expected::New));
    assert!(matches!(taken, Err(Error::KeyTaken { by, .. }) if by == "ed-1"));
    let elsewhere = Edition { desk: "other".into(), ..second.clone() };
    stage.put(3, &elsewhere);
    let desk = "iran".into();
    let found = stage.store.read(|reader| reader.by_key::<Edition>(Some(&desk), "slug-ed-1")).unwrap().unwrap();
    assert_eq!(found.value.id.as_str(), "ed-1");
    stage.change(4, |writer| writer.delete(Kind::Edition, "ed-1", Expected::Any)).unwrap();
    let freed = Edition { id: "ed-3".into(), ..second };
    assert_eq!(stage.put(5, &freed), 1);
});

story!(a_stale_save_is_refused, stage, {
    let event_1 = event("ev-1", "One.", 1);
    stage.put(1, &event_1);
    let changed = Event { summary: "Two.".to_owned(), ..event_1.clone() };
    stage.change(2, |writer| writer.put(&changed, Expected::Version(1))).unwrap();
    for expected in [Expected::New, Expected::Version(1), Expected::Version(3)] {
        let refused = stage.change(3, |writer| writer.put(&event_1, expected));
        assert!(matches!(refused, Err(Error::Stale { found: 2, .. })), "{expected:?} {refused:?}");
    }
    let refused = stage.change(3, |writer| writer.delete(Kind::Event, "ev-1", Expected::Version(1)));
    assert!(matches!(refused, Err(Error::Stale { .. })));
    let refused = stage.change(3, |writer| writer.put(&event("ev-2", "New.", 1), Expected::Version(1)));
    assert!(matches!(refused, Err(Error::Stale { found: 0, .. })));
});

story!(a_change_is_whole_or_not_at_all, stage, {
    let failed: Result<_, Error> = stage.change(1, |writer| {
        writer.put(&event("ev-1", "One.", 1), Expected::New)?;
        writer.operations().job_put("mail", "m-1", b"x", at(0))?;
        Err::<(), _>(Error::Invalid("no".to_owned()))
    });
    assert!(failed.is_err());
    assert_eq!(stage.store.head().unwrap(), 0);
    assert!(stage.store.operate(|operations| operations.jobs("mail")).unwrap().is_empty());
    let (_, change) = stage.change(2, |_| Ok::<_, Error>(())).unwrap();
    assert!(change.is_none(), "nothing put, nothing recorded");
});

story!(every_change_names_the_one_before_it, stage, {
    for n in 0..5 {
        stage.put(n, &event(&format!("ev-{n}"), "One.", n));
    }
    let changes = stage.store.read(|reader| reader.changes(0, 100)).unwrap();
    assert_eq!(changes.iter().map(|change| change.seq).collect::<Vec<_>>(), [1, 2, 3, 4, 5]);
    assert!(changes.windows(2).all(|pair| pair[1].previous == pair[0].hash));
    let later = stage.store.read(|reader| reader.changes(3, 1)).unwrap();
    assert_eq!((later.len(), later[0].seq, later[0].writes.len()), (1, 4, 1));
});

story!(writers_at_once_make_one_line_of_changes, stage, {
    std::thread::scope(|scope| {
        for writer in 0..4 {
            let store = if writer % 2 == 0 { stage.store.clone() } else { stage.again() };
            scope.spawn(move || {
                for n in 0..10 {
                    let event = event(&format!("ev-{writer}-{n}"), "One.", n);
                    store.change(request(n), |w| w.put(&event, Expected::New)).unwrap();
                }
            });
        }
    });
    let report = stage.store.verify(&mut |_, _| ()).unwrap();
    assert!(report.is_clean(), "{:?}", report.damage);
    assert_eq!(report.changes, 40);
});

story!(the_tables_made_again_are_the_same, stage, {
    tell_a_little(stage);
    let before = stage.store.digest().unwrap();
    let report = stage.store.rebuild(&mut |_, _| ()).unwrap();
    assert_eq!(report.before, report.after);
    assert_eq!(stage.store.digest().unwrap(), before);
    stage.tamper("UPDATE version SET title = 'wrong'; DELETE FROM link");
    let report = stage.store.rebuild(&mut |_, _| ()).unwrap();
    assert_ne!(report.before, report.after);
    assert_eq!(stage.store.digest().unwrap(), before);
});

story!(both_databases_have_the_same_digest, stage, {
    let other = stage.other();
    tell_a_little(stage);
    tell_a_little(&other);
    assert_eq!(stage.store.digest().unwrap(), other.store.digest().unwrap());
});

story!(a_newer_store_is_refused, stage, {
    stage.tamper("UPDATE store_version SET version = 999");
    let error = Store::open(&stage.settings).err().unwrap();
    assert!(matches!(error, Error::Newer { found: 999, .. }));
    assert!(error.to_string().contains("install the newer program"));
});

story!(an_older_store_is_brought_up_to_date_and_keeps_what_it_holds, stage, {
    tell_a_little(stage);
    let digest = stage.store.digest().unwrap();
    // As the first migration left it.
    stage.tamper("DROP TABLE vault; DROP TABLE token; DROP TABLE job; DROP TABLE counter");
    stage.tamper("UPDATE store_version SET version = 1");
    let store = stage.again();
    assert_eq!(store.digest().unwrap(), digest);
    assert!(store.verify(&mut |_, _| ()).unwrap().is_clean());
    assert!(store.operate(|o| o.job_put("mail", "m-1", b"x", at(0))).unwrap());
    assert_eq!(stage.again().head().unwrap(), 8, "opened once more, nothing is done again");
});

story!(another_process_is_seen_soon, stage, {
    let other = stage.again();
    assert_eq!((stage.store.head().unwrap(), other.head().unwrap()), (0, 0));
    for n in 1..=3 {
        stage.put(n, &event(&format!("ev-{n}"), "One.", 1));
        assert_eq!(stage.store.head().unwrap(), n as u64, "own writes are seen at once");
        let begin = std::time::Instant::now();
        while other.head().unwrap() < n as u64 {
            assert!(begin.elapsed() < std::time::Duration::from_secs(1), "what is known is at most a second old");
            std::thread::yield_now();
        }
        assert_eq!(other.head().unwrap(), n as u64);
        stage.store.operate(|o| o.hit("sign-in", "a", at(0))).unwrap();
        assert_eq!(other.head().unwrap(), n as u64, "what is beside the record moves nothing");
    }
});

story!(where_the_record_stands_costs_microseconds, stage, {
    const TIMES: u32 = 2000;
    stage.put(1, &event("ev-1", "One.", 1));
    let begin = std::time::Instant::now();
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| (0..TIMES / 2).for_each(|_| assert_eq!(stage.store.head().unwrap(), 1)));
        }
    });
    let each = begin.elapsed() / TIMES;
    println!("head: {each:?}");
    // Twenty times what it takes unoptimised: a round trip or a transaction for each question takes longer.
    assert!(each < std::time::Duration::from_micros(300), "{each:?}");
});

/// A little of everything: several kinds, versions, a deletion, threads.
pub(crate) fn tell_a_little(stage: &Stage) {
    stage.put(1, &event("ev-1", "Students sat down.", 1));
    stage.put(2, &document("doc-1", "fa", "دانشجویان", &["دانشجویان نشستند", "پایان"]));
    let drafted = edition("ed-1", EditionState::Drafting, vec![paragraph("p-1", "It was quiet. It is not.")]);
    stage.put(3, &drafted);
    stage.put(4, &Edition { state: EditionState::Published, published: Some(at(4)), ..drafted });
    stage.put(5, &assessment("as-1", "It is likely to go on.", "ed-1"));
    stage.put(6, &assessment("as-1", "It is likely to go on for long.", "ed-1"));
    stage.put(7, &event("ev-2", "Wrong.", 2));
    stage.change(8, |writer| writer.delete(Kind::Event, "ev-2", Expected::Any)).unwrap();
}
