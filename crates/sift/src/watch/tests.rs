use super::*;
use proptest::prelude::*;

fn marks(query: &str, title: &str, body: &str, language: &str) -> Option<Vec<String>> {
    let query = Query::parse(query).unwrap();
    let names = |field, id: &str| match (field, id) {
        (Field::Actor, "raisi") => vec!["Ebrahim Raisi".to_owned(), "رئیسی".to_owned()],
        (Field::Place, "mayadin") => vec!["Mayadin".to_owned(), "الميادين".to_owned()],
        _ => Vec::new(),
    };
    let list = WatchList::compile([("w", &query)], names);
    let text = Text { title, body, language, source: Some("sanabel") };
    list.marks(&text).pop().map(|mark| mark.words)
}

fn answers(query: &str, body: &str) -> bool {
    marks(query, "Title of the day", body, "en").is_some()
}

#[test]
fn words_are_all_wanted_and_found_with_their_endings() {
    assert!(answers("railway strike", "The strikes on the railways went on."));
    assert!(!answers("railway strike", "The railways stood still."));
    assert!(!answers("port", "The portal was opened."));
    assert!(marks("забастовка", "", "Рабочие объявили о забастовке.", "ru").is_some());
    assert!(marks("معلم", "", "معلمان و معلم‌ها تجمع کردند", "fa").is_some());
    assert!(marks("ميناء", "", "في الميناء وبالميناء", "ar").is_some());
}

#[test]
fn phrases_stand_as_they_are() {
    assert!(answers("\"Deir ez-Zor\"", "Shells fell near Deir ez-Zor."));
    assert!(!answers("\"Deir ez-Zor\"", "Zor is no Deir."));
    assert!(!answers("\"strike\"", "The strikes went on."));
}

#[test]
fn either_without_and_groups() {
    assert!(answers("(rail OR railway) -football", "The railway stood still."));
    assert!(!answers("(rail OR railway) -football", "The railway carried football supporters."));
    assert!(answers("elect*", "After the election."));
    assert!(answers("title:day rail", "A rail broke."));
    assert!(!answers("title:rail", "A rail broke."));
}

#[test]
fn a_name_is_found_in_any_script() {
    assert!(marks("Raisi", "", "رئیسی به تهران رفت", "fa").is_some());
    assert!(marks("رئیسی", "", "Раиси прибыл в Тегеран", "ru").is_some());
    assert!(marks("actor:raisi", "", "Иран: Раиси прибыл", "ru").is_some());
    assert!(marks("place:mayadin", "", "انفجار في الميادين", "ar").is_some());
    assert!(marks("actor:nobody", "", "Nobody came", "en").is_none());
}

#[test]
fn fields_narrow_and_suffice() {
    assert!(answers("source:sanabel", "Anything."));
    assert!(answers("source:SANABEL language:en any*", "Anything."));
    assert!(!answers("language:fa", "Anything."));
}

#[test]
fn a_mark_names_the_words_that_answer() {
    let words = marks("(railway OR port) strike", "", "A strike closed the ports and the railway; strike.", "en");
    assert_eq!(words.unwrap(), ["strike", "ports", "railway"]);
}

#[test]
fn what_cannot_be_read_is_said_with_its_place() {
    for (query, at, says) in [
        ("", 0, "missing"),
        ("a (b", 2, "not closed"),
        ("ab) c", 2, "not opened"),
        ("\"open", 0, "not closed"),
        ("-football", 0, "not wanted"),
        ("rail OR -port", 0, "not wanted"),
        ("colour:red", 0, "no field"),
        ("rail OR", 7, "missing"),
        ("x*", 0, "one letter"),
    ] {
        let error = Query::parse(query).unwrap_err();
        assert_eq!(error.at, at, "{query}: {error}");
        assert!(error.message.contains(says), "{query}: {error}");
    }
    assert!(Query::parse(&"(".repeat(3_000)).is_err());
    assert!(Query::parse(&"-".repeat(3_000)).is_err());
}

proptest! {
    #[test]
    fn any_query_is_read_or_refused(query in r#"[a-c()"|:* \-]{0,40}"#, body in "[a-c ]{0,40}") {
        if let Ok(query) = Query::parse(&query) {
            let list = WatchList::compile([("w", &query)], |_, _| Vec::new());
            list.marks(&Text { title: "", body: &body, language: "en", source: None });
        }
    }

    /// The index leaves nothing out: a watch among many marks what it marks alone.
    #[test]
    fn many_watches_answer_as_each_alone(queries in prop::collection::vec("[a-d]{1,3}( OR | |-)[a-d]{1,3}", 1..12), body in "[a-d]{1,3}( [a-d]{1,3}){0,8}") {
        let parsed: Vec<(String, Query)> =
            queries.iter().filter_map(|q| Query::parse(q).ok().map(|parsed| (q.clone(), parsed))).collect();
        let text = Text { title: "", body: &body, language: "en", source: None };
        let list = WatchList::compile(parsed.iter().map(|(id, query)| (id.as_str(), query)), |_, _| Vec::new());
        let together: Vec<String> = list.marks(&text).into_iter().map(|mark| mark.watch).collect();
        let alone: Vec<String> = parsed
            .iter()
            .filter(|(id, query)| !WatchList::compile([(id.as_str(), query)], |_, _| Vec::new()).marks(&text).is_empty())
            .map(|(id, _)| id.clone())
            .collect();
        prop_assert_eq!(together, alone);
    }
}
