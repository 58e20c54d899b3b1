//! What is found, by whom, and as of when.

use crate::made::{assessment, at, cited, document, edition, event, paragraph};
use crate::stage::Stage;
use sitrep_model::Kind;
use sitrep_model::edition::{Edition, EditionState};
use sitrep_model::event::Event;
use sitrep_model::visibility::Visibility;
use sitrep_store::{Expected, Hit, Reading, SearchQuery, SearchResults};

fn ask(stage: &Stage, query: SearchQuery) -> SearchResults {
    stage.store.search_catch_up(&mut |_| ()).unwrap();
    stage.store.search(&SearchQuery { limit: 20, ..query }).unwrap()
}

fn find(stage: &Stage, text: &str) -> Vec<Hit> {
    ask(stage, SearchQuery { text: text.to_owned(), ..SearchQuery::default() }).hits
}

fn ids(hits: &[Hit]) -> Vec<&str> {
    let mut ids: Vec<&str> = hits.iter().map(|hit| hit.id.as_str()).collect();
    ids.sort_unstable();
    ids
}

fn public(text: &str, second: Option<i64>) -> SearchQuery {
    SearchQuery { text: text.to_owned(), public_only: true, as_of: second.map(at), ..SearchQuery::default() }
}

fn published(id: &str, paragraphs: Vec<sitrep_model::edition::Paragraph>) -> Edition {
    Edition { published: Some(at(0)), ..edition(id, EditionState::Published, paragraphs) }
}

story!(any_script_finds_any_script, stage, {
    stage.put(1, &document("fa", "fa", "خبر", &["آقای رئیسی به اصفهان رفت."]));
    stage.put(2, &document("ar", "ar", "خبر", &["وصل رئيسي الى المدينة"]));
    stage.put(3, &document("ru", "ru", "Новость", &["Президент Раиси прибыл в город."]));
    stage.put(4, &document("en", "en", "News", &["President Raisi arrived. Russia said nothing of a rose."]));
    stage.put(5, &document("ap", "en", "News", &["President Ra'isi left."]));
    for name in ["رئیسی", "رئيسي", "Раиси", "Raisi", "Ra'isi", "raisi"] {
        assert_eq!(ids(&find(stage, name)), ["ap", "ar", "en", "fa", "ru"], "{name}");
    }
    let hits = find(stage, "رئیسی");
    let english = hits.iter().find(|hit| hit.id == "en").unwrap();
    assert!(english.snippet_html.contains("<mark>Raisi</mark>"), "{}", english.snippet_html);
    assert!(!english.snippet_html.contains("<mark>Russia"), "{}", english.snippet_html);
    assert_eq!(ids(&find(stage, "Isfahan")), ["fa"]);
});

story!(a_name_does_not_find_whatever_has_its_consonants, stage, {
    stage.put(1, &document("river", "fa", "خبر", &["آب زاینده‌رود بسته شد. گل زرین در باغ است."]));
    stage.put(2, &document("latin", "en", "News", &["Farmers at the Zayandeh Rud met Zarin and Zoran."]));
    stage.put(3, &document("name", "en", "News", &["General Zarvani spoke."]));
    assert_eq!(ids(&find(stage, "Зарвани")), ["name"]);
});

story!(common_words_are_no_names, stage, {
    // اتاق (room) has the consonants of "attack".
    stage.put(1, &document("room", "fa", "خبر", &["اتاک بزرگ است."]));
    stage.put(2, &document("en", "en", "News", &["An attack came. Another attack was seen."]));
    assert_eq!(ids(&find(stage, "attack")), ["en"]);
});

story!(a_name_is_found_in_its_case_endings_and_across_scripts, stage, {
    stage.put(1, &document("ru", "ru", "Новость", &["Встреча с Зеленским прошла без Хусейна."]));
    stage.put(2, &document("he", "he", "חדשות", &["הממשלה דיברה על נתניהו בירושלים."]));
    stage.put(3, &document("us", "en", "News", &["The U.S. and Zelensky agreed with Netanyahu."]));
    assert_eq!(ids(&find(stage, "Zelensky")), ["ru", "us"]);
    assert_eq!(ids(&find(stage, "Hussein")), ["ru"]);
    assert_eq!(ids(&find(stage, "Netanyahu")), ["he", "us"]);
    assert_eq!(ids(&find(stage, "ממשלה")), ["he"]);
    assert_eq!(ids(&find(stage, "US")), ["us"]);
});

story!(the_very_spelling_stands_first, stage, {
    for n in 0..5 {
        stage.put(n + 1, &document(&format!("fa-{n}"), "fa", "خبر", &["آقای رئیسی به اصفهان رفت."]));
    }
    stage.put(10, &document("en", "en", "News", &["President Raisi went to Isfahan and stayed there for the night."]));
    assert_eq!(find(stage, "Raisi")[0].id, "en");
    assert_ne!(find(stage, "رئیسی")[0].id, "en");
});

story!(words_that_stand_together_and_in_the_title_stand_first, stage, {
    let far = "A lantern was lit at dawn in the old town where nobody expected it, and much later a force came.";
    stage.put(1, &document("far", "en", "News", &[far]));
    stage.put(
        2,
        &document(
            "near",
            "en",
            "News",
            &["At dawn in the old town, where nobody expected it and much later, a lantern force came."],
        ),
    );
    assert_eq!(find(stage, "lantern force")[0].id, "near");
    stage.put(3, &document("title", "en", "Lantern force", &[far]));
    assert_eq!(find(stage, "lantern force")[0].id, "title");
});

story!(a_misspelt_word_among_others_is_taken_for_what_was_meant, stage, {
    stage.put(1, &document("both", "en", "A", &["The delegation visited the border."]));
    stage.put(2, &document("border", "en", "B", &["The border was closed."]));
    let results = ask(stage, SearchQuery { text: "border delegaton".to_owned(), ..SearchQuery::default() });
    assert_eq!(results.hits[0].id, "both");
    assert_eq!(results.meant.as_deref(), Some("border delegation"));
    let right = ask(stage, SearchQuery { text: "border delegation".to_owned(), ..SearchQuery::default() });
    assert_eq!(right.meant, None);
});

story!(days_and_kinds_are_bounds_in_words, stage, {
    stage.put(1, &event("ev-1", "A lantern is lit.", 1));
    stage.put(2, &document("doc", "en", "Lantern", &["Lantern one."]));
    assert_eq!(ids(&find(stage, "lantern kind:event")), ["ev-1"]);
    assert_eq!(ids(&find(stage, "lantern kind:document")), ["doc"]);
    assert_eq!(ids(&find(stage, "lantern language:en")), ["doc"]);
    let day = at(3600).to_string()[..10].to_owned();
    assert!(ids(&find(stage, &format!("lantern date:{day}"))).contains(&"ev-1"));
    assert!(find(stage, "lantern before:2020").is_empty());
    assert!(find(stage, "lantern after:2999").is_empty());
});

story!(a_hit_opens_at_its_sentence, stage, {
    let text = "Nothing happened at first. Militants fired <two> rockets at the base. It was dark.";
    stage.put(1, &published("ed-1", vec![paragraph("p-1", text), paragraph("p-2", "Other things.")]));
    let hits = find(stage, "rocket militants");
    assert_eq!(hits.len(), 1);
    assert_eq!((hits[0].kind, hits[0].anchor.as_deref()), (Kind::Edition, Some("p-1-2")));
    assert_eq!(hits[0].title, "Update ed-1");
    let snippet = &hits[0].snippet_html;
    assert!(snippet.contains("<mark>Militants</mark> fired &lt;two&gt; <mark>rockets</mark>"), "{snippet}");
});

story!(words_phrases_exclusions_and_fields_are_understood, stage, {
    let mut first = published(
        "ed-1",
        vec![paragraph("p-1", "The Lantern Force moved trucks."), paragraph("p-2", "A force of lantern makers.")],
    );
    cited(&mut first, 0, "https://www.example.org/x");
    stage.put(1, &first);
    stage.put(2, &event("ev-1", "Trucks moved.", 1));
    let anchors = |text: &str| {
        let mut anchors: Vec<String> = find(stage, text).into_iter().map(|hit| hit.anchor.unwrap_or(hit.id)).collect();
        anchors.sort();
        anchors
    };
    assert_eq!(anchors("lantern force"), ["p-1-1", "p-2-1"]);
    assert_eq!(anchors("\"lantern force\""), ["p-1-1"]);
    assert_eq!(anchors("lantern -trucks"), ["p-2-1"]);
    assert_eq!(anchors("trucks"), ["ev-1", "p-1-1"]);
    assert_eq!(anchors("trucks section:lanterns"), ["p-1-1"]);
    assert_eq!(anchors("trucks -section:levant"), ["ev-1"]);
    assert_eq!(anchors("outlet:example.org"), ["p-1-1"]);
    assert_eq!(anchors("trucks actor:students"), ["ev-1"]);
    assert_eq!(anchors("type:protest"), ["ev-1"]);
    assert_eq!(anchors("Qom"), ["ev-1"], "a place's name finds its event");
    assert!(anchors("-trucks").is_empty());
    assert!(anchors("").is_empty());
});

story!(forms_of_a_word_find_each_other, stage, {
    stage.put(1, &document("en", "en", "A", &["Reported poisonings of schoolgirls."]));
    stage.put(2, &document("ru", "ru", "B", &["Сообщалось о протестах в городах."]));
    stage.put(3, &document("fa", "fa", "C", &["دانشجویان کتاب‌ها را بردند"]));
    assert_eq!(ids(&find(stage, "poisoning")), ["en"]);
    assert_eq!(ids(&find(stage, "протест")), ["ru"]);
    assert_eq!(ids(&find(stage, "کتاب")), ["fa"]);
    stage.put(4, &document("workers", "fa", "D", &["کارگران بازگشتند"]));
    assert_eq!(ids(&find(stage, "کارگر")), ["workers"]);
});

story!(a_slip_of_the_fingers_still_finds, stage, {
    stage.put(1, &document("en", "en", "A", &["The delegation visited Khuzestan."]));
    let results = ask(stage, SearchQuery { text: "delegaton".to_owned(), ..SearchQuery::default() });
    assert_eq!((ids(&results.hits), results.reading), (vec!["en"], Reading::Nearly));
    assert!(results.hits[0].snippet_html.contains("<mark>delegation</mark>"));
    assert_eq!(ids(&find(stage, "Khuzistan")), ["en"]);
    assert!(find(stage, "zzzzzzz").is_empty());
    // A word of another script that sounds alike is no reason to overlook the slip.
    stage.put(2, &document("line", "en", "B", &["The railway was opened."]));
    stage.put(3, &document("fa", "fa", "C", &["اتصال ریلی خرمشهر"]));
    let results = ask(stage, SearchQuery { text: "railwya".to_owned(), ..SearchQuery::default() });
    assert_eq!(results.meant.as_deref(), Some("railway"));
    assert!(ids(&results.hits).contains(&"line"), "{:?}", ids(&results.hits));
});

story!(some_words_are_enough_where_no_place_has_all, stage, {
    stage.put(1, &document("one", "en", "A", &["Trucks crossed the border at night."]));
    stage.put(2, &document("two", "en", "B", &["The border was closed."]));
    let results = ask(stage, SearchQuery { text: "trucks border".to_owned(), ..SearchQuery::default() });
    assert_eq!((results.hits[0].id.as_str(), results.hits[1].id.as_str()), ("one", "two"));
    assert_eq!(results.reading, Reading::Some);
});

story!(readers_find_only_what_is_public, stage, {
    let draft = edition("ed-1", EditionState::Drafting, vec![paragraph("p-1", "A lantern was seen.")]);
    stage.put(10, &draft);
    stage.put(11, &assessment("as-1", "The lantern is likely to be seen again.", "ed-1"));
    stage.put(12, &Event { visibility: Visibility::Newsroom, ..event("ev-1", "Lantern lit.", 1) });
    stage.put(13, &document("doc", "en", "Lantern", &["Lantern."]));
    assert_eq!(ids(&find(stage, "lantern")), ["as-1", "doc", "ed-1", "ev-1"]);
    assert!(ask(stage, public("lantern", None)).hits.is_empty());
    stage.put(20, &Edition { state: EditionState::Published, published: Some(at(20)), ..draft.clone() });
    assert_eq!(ids(&ask(stage, public("lantern", None)).hits), ["as-1", "ed-1"]);
    assert!(ask(stage, public("lantern", Some(19))).hits.is_empty(), "nor as of when it was not");
    assert_eq!(ids(&ask(stage, public("lantern", Some(20))).hits), ["as-1", "ed-1"]);
    stage.put(30, &Edition { state: EditionState::TakenDown, published: Some(at(20)), ..draft });
    for second in [None, Some(25)] {
        assert!(
            !ids(&ask(stage, public("lantern", second)).hits).contains(&"ed-1"),
            "taken down is taken down: {second:?}"
        );
    }
    stage.store.search_rebuild(&mut |_| ()).unwrap();
    assert!(!ids(&ask(stage, public("lantern", Some(25))).hits).contains(&"ed-1"));
});

story!(the_past_is_searched_as_it_was_known, stage, {
    let with = |text: &str| published("ed-1", vec![paragraph("p-1", text), paragraph("p-2", "A boat waits.")]);
    stage.put(10, &with("Eleven lanterns burn."));
    ask(stage, public("lantern", None));
    stage.put(20, &with("Twelve lanterns burn."));
    stage.put(30, &with("No light burns."));
    ask(stage, public("lantern", None));
    stage.change(40, |writer| writer.delete(Kind::Edition, "ed-1", Expected::Any)).unwrap();
    let found = |text: &str, second| ask(stage, public(text, second)).hits.len();
    let told = || {
        assert_eq!((found("eleven", Some(9)), found("eleven", Some(10)), found("eleven", Some(20))), (0, 1, 0));
        assert_eq!((found("twelve", Some(19)), found("twelve", Some(20)), found("twelve", Some(30))), (0, 1, 0));
        assert_eq!((found("light", Some(35)), found("light", None), found("eleven", None)), (1, 0, 0));
        assert_eq!((found("boat", Some(10)), found("boat", Some(39)), found("boat", Some(40))), (1, 1, 0));
    };
    told();
    stage.store.search_rebuild(&mut |_| ()).unwrap();
    told();
});

story!(hits_are_filtered_by_kind_desk_and_date_and_turned_page_by_page, stage, {
    stage
        .change(1, |writer| {
            for n in 0..30 {
                writer.put(&event(&format!("ev-{n:02}"), "A lantern is lit.", n), Expected::New)?;
            }
            writer.put(&Event { desk: "other".into(), ..event("ev-x", "A lantern is lit.", 0) }, Expected::New)?;
            writer.put(&document("doc", "en", "Lantern", &["Lantern one.", "Lantern two."]), Expected::New)
        })
        .unwrap();
    let lantern = SearchQuery { text: "lantern".to_owned(), ..SearchQuery::default() };
    let total = |query| ask(stage, query).total;
    assert_eq!(total(SearchQuery { kinds: vec![Kind::Event], ..lantern.clone() }), 31);
    assert_eq!(total(SearchQuery { kinds: vec![Kind::Event], desk: Some("other".into()), ..lantern.clone() }), 1);
    assert_eq!(total(SearchQuery { kinds: vec![Kind::Event], from: Some(at(28 * 3600)), ..lantern.clone() }), 2);
    assert_eq!(total(SearchQuery { kinds: vec![Kind::Event], to: Some(at(3600)), ..lantern.clone() }), 2);
    let documents = ask(stage, SearchQuery { kinds: vec![Kind::Document], ..lantern.clone() });
    assert_eq!(documents.hits.len(), 1, "a document is shown once");
    let mut seen = Vec::new();
    for page in 0..5 {
        let query = SearchQuery { limit: 7, offset: page * 7, kinds: vec![Kind::Event], ..lantern.clone() };
        seen.extend(stage.store.search(&query).unwrap().hits.into_iter().map(|hit| hit.id));
    }
    assert_eq!(seen.len(), 31);
    assert_eq!((seen[0].as_str(), seen[30].as_str()), ("ev-29", "ev-x"), "the newer first where all else is equal");
    seen.sort();
    seen.dedup();
    assert_eq!(seen.len(), 31);
});

story!(the_newest_come_first_where_they_are_asked_for, stage, {
    stage.put(1, &event("old", "A lantern and another lantern are lit: lantern.", 1));
    stage.put(2, &event("new", "Somebody said something about a lantern that was perhaps lit.", 9));
    stage.put(3, &event("some", "Nothing is lit.", 10));
    let newest = SearchQuery { text: "lantern lit".to_owned(), newest: true, ..SearchQuery::default() };
    let hits: Vec<String> = ask(stage, newest).hits.into_iter().map(|hit| hit.id).collect();
    assert_eq!(hits, ["new", "old"]);
});

story!(public_words_are_suggested, stage, {
    stage.put(
        1,
        &published("ed-1", vec![paragraph("p-1", "The Lantern Force met General Lanthimos. Lantern oil burns.")]),
    );
    stage.put(2, &document("doc", "en", "Lanzarote", &["Landmines everywhere."]));
    stage.store.search_catch_up(&mut |_| ()).unwrap();
    let desk = "iran".into();
    let suggest = |prefix: &str| stage.store.suggest(prefix, Some(&desk), 5).unwrap();
    assert!(suggest("lan").contains(&"Lantern".to_owned()), "{:?}", suggest("lan"));
    assert!(suggest("lan").iter().all(|word| !word.contains("Landmines")), "documents are not public");
    assert_eq!(suggest("oil lantern fo"), ["oil Lantern Force"]);
    assert_eq!(stage.store.suggest("lanth", None, 5).unwrap(), ["Lanthimos"]);
    assert!(stage.store.suggest("lan", Some(&"other".into()), 5).unwrap().is_empty());
    assert!(suggest("").is_empty() && suggest("l").is_empty() && suggest("zzz").is_empty());
});

story!(an_index_that_is_gone_or_of_another_record_is_made_again, stage, {
    stage.put(1, &event("ev-1", "A lantern is lit.", 1));
    assert_eq!(stage.store.search(&SearchQuery::default()).unwrap(), SearchResults::default(), "no index yet");
    assert_eq!(find(stage, "lantern").len(), 1);
    assert_eq!(stage.store.search_position().unwrap(), 1);
    std::fs::remove_dir_all(stage.settings.data.join("search")).unwrap();
    assert_eq!(find(stage, "lantern").len(), 1);
    stage.tamper("UPDATE change SET hash = 'another'");
    assert_eq!(stage.store.search_catch_up(&mut |_| ()).unwrap().objects, 1, "made again");
    std::fs::write(stage.settings.data.join("search/meta.json"), b"{").unwrap();
    let other = stage.again();
    assert_eq!(other.search_catch_up(&mut |_| ()).unwrap().objects, 1);
    assert_eq!(other.search_catch_up(&mut |_| ()).unwrap().objects, 0);
});

story!(two_processes_share_one_index, stage, {
    stage.put(1, &event("ev-1", "A lantern is lit.", 1));
    let other = stage.again();
    stage.store.search_catch_up(&mut |_| ()).unwrap();
    let lantern = SearchQuery { text: "lantern".to_owned(), limit: 5, ..SearchQuery::default() };
    assert_eq!(other.search(&lantern).unwrap().hits.len(), 1);
    stage.put(2, &event("ev-2", "Another lantern is lit.", 2));
    let reports: Vec<_> = std::thread::scope(|scope| {
        let both = [&stage.store, &other].map(|store| scope.spawn(|| store.search_catch_up(&mut |_| ()).unwrap()));
        both.into_iter().map(|handle| handle.join().unwrap()).collect()
    });
    assert!(reports.iter().any(|report| report.position == 2 && !report.busy), "{reports:?}");
    let begin = std::time::Instant::now();
    for store in [&stage.store, &other] {
        while store.search(&lantern).unwrap().hits.len() < 2 {
            assert!(begin.elapsed() < std::time::Duration::from_secs(5), "what another process commits is seen soon");
            std::thread::yield_now();
        }
    }
});
