use super::*;

const BRIDGE: &str = "The railway bridge at Khorramabad was closed on Friday after engineers found cracks in two piers. \
    Trains to the south wait in Borujerd, the operator said, and repairs will take until the end of the month.";

fn incoming<'a>(id: &'a str, url: &'a str, title: &'a str, text: &'a str, language: &'a str) -> Incoming<'a> {
    Incoming { id, url, title, text, language, published: Some(1_780_000_000) }
}

/// Reports about other things, so that the stream knows what is common.
fn read_other_news(stream: &mut Stream) {
    let news = [
        ("Grain harvest falls short in the north", "Farmers blame a dry spring and late deliveries of seed."),
        ("National team wins in Doha", "Two late goals decided the match before a full stadium."),
        ("Central bank keeps its rate", "The governor said that inflation had slowed since summer."),
        ("New film about the poet opens the festival", "Critics praised the actor who plays him."),
        ("Storm leaves villages without power", "Crews work on the lines along the coast."),
        ("Minister visits the car factory", "He promised cheaper loans for its suppliers."),
    ];
    for (number, (title, text)) in news.iter().enumerate() {
        stream.place(&incoming(&format!("other-{number}"), "", title, text, "en"));
    }
}

#[test]
fn a_copy_with_added_sentences_is_a_reprint_of_the_first() {
    let mut stream = Stream::default();
    read_other_news(&mut stream);
    let first = stream.place(&incoming("a", "https://agency.example/1", "Bridge closed at Khorramabad", BRIDGE, "en"));
    assert_eq!((first.relation, first.of), (Relation::First, None));
    let longer = format!("{BRIDGE} The mayor had warned of the cracks in spring. Nobody was hurt.");
    let copy = stream.place(&incoming("b", "https://daily.example/x", "Bridge closed at Khorramabad", &longer, "en"));
    assert_eq!((copy.relation, copy.of.as_deref(), copy.story.as_str()), (Relation::Reprint, Some("a"), "a"));
}

#[test]
fn a_page_that_its_outlet_edits_is_an_update_whatever_it_says_now() {
    let mut stream = Stream::default();
    stream.place(&incoming("a", "https://agency.example/1", "Bridge closed", BRIDGE, "en"));
    let edited = stream.place(&incoming(
        "b",
        "http://www.agency.example/1/?utm_source=rss#top",
        "Bridge open again",
        "Trains run again since Sunday.",
        "en",
    ));
    assert_eq!((edited.relation, edited.of.as_deref(), edited.story.as_str()), (Relation::Update, Some("a"), "a"));
    assert_eq!(stream.len(), 1);
}

#[test]
fn a_report_in_other_words_joins_the_story_and_another_event_does_not() {
    let mut stream = Stream::default();
    read_other_news(&mut stream);
    stream.place(&incoming("a", "", "Railway bridge at Khorramabad closed after cracks are found", BRIDGE, "en"));
    let again = stream.place(&incoming(
        "b",
        "",
        "Cracks close Khorramabad railway bridge; trains wait in Borujerd",
        "Engineers shut the bridge in Khorramabad on Friday. Its piers are cracked, and no train goes south from Borujerd.",
        "en",
    ));
    assert_eq!((again.relation, again.story.as_str()), (Relation::New, "a"));
    let other = stream.place(&incoming(
        "c",
        "",
        "Ferry service between Bushehr and Kuwait resumes",
        "The first ship left on Saturday with ninety passengers, the port authority said.",
        "en",
    ));
    assert_eq!(other.relation, Relation::First);
}

#[test]
fn a_doubtful_report_joins_a_story_that_stands_out_and_none_of_two_that_are_equally_near() {
    let dairy = incoming(
        "dairy",
        "",
        "Gas leak at the dairy in Khorramabad",
        "A valve burst at the dairy in Khorramabad, and its director Sohrabi sent the workers home.",
        "en",
    );
    let school = incoming(
        "school",
        "",
        "Roof falls in at the school in Borujerd",
        "Snow brought down the roof of the school in Borujerd, and its headmaster Karimi closed the gates.",
        "en",
    );
    let both = incoming(
        "both",
        "",
        "Inspectors to visit dairy and school in Khorramabad and Borujerd",
        "The province sends engineers to Sohrabi for the burst valve and to Karimi, its office said.",
        "en",
    );
    let told = |before: &[&Incoming<'_>]| {
        let mut stream = Stream::default();
        read_other_news(&mut stream);
        for one in before {
            assert_eq!(stream.place(one).relation, Relation::First);
        }
        stream.place(&both).story
    };
    assert_eq!(told(&[&dairy]), "dairy");
    assert_eq!(told(&[&school]), "school");
    assert_eq!(told(&[&dairy, &school]), "both");
}

#[test]
fn a_story_crosses_languages_and_scripts() {
    let mut stream = Stream::default();
    read_other_news(&mut stream);
    stream.place(&incoming(
        "en",
        "",
        "Explosion at refinery in Abadan kills 14",
        "An explosion at the oil refinery in Abadan killed 14 workers and wounded 27, the governor Rostamzadeh said.",
        "en",
    ));
    for (id, title, text, language) in [
        (
            "fa",
            "انفجار در پالایشگاه نفت آبادان ۱۴ کشته بر جای گذاشت",
            "در انفجار پالایشگاه نفت آبادان ۱۴ کارگر کشته و ۲۷ نفر زخمی شدند. رستم‌زاده، فرماندار، این را اعلام کرد.",
            "fa",
        ),
        (
            "ru",
            "Взрыв на нефтяном заводе в Абадане: 14 погибших",
            "При взрыве на нефтеперерабатывающем заводе в Абадане погибли 14 рабочих, 27 ранены, сообщил губернатор Рустамзаде.",
            "ru",
        ),
        (
            "ar",
            "انفجار في مصفاة نفط بعبادان يودي بحياة 14",
            "قتل 14 عاملا وأصيب 27 في انفجار بمصفاة النفط في عبادان، بحسب المحافظ رستم زاده.",
            "ar",
        ),
    ] {
        let placed = stream.place(&incoming(id, "", title, text, language));
        assert_eq!((placed.relation, placed.story.as_str()), (Relation::New, "en"), "{language}");
    }
}

#[test]
fn a_report_says_why_it_stands_in_its_story() {
    let mut stream = Stream::default();
    read_other_news(&mut stream);
    stream.place(&incoming("a", "", "Railway bridge at Khorramabad closed after cracks are found", BRIDGE, "en"));
    let again = incoming("b", "", "شکاف در پل راه‌آهن خرم‌آباد", "پل راه‌آهن خرم‌آباد روز جمعه بسته شد.", "fa");
    stream.place(&again);
    let why = stream.why(&again, "a");
    assert!(why.iter().any(|word| word == "خرماباد"), "{why:?}");
    assert!(stream.why(&again, "other-1").is_empty());
    assert!(stream.why(&again, "nobody").is_empty());
}

#[test]
fn a_page_that_was_edited_is_still_found_by_what_it_told_before() {
    let mut stream = Stream::default();
    read_other_news(&mut stream);
    let url = "https://agency.example/1";
    stream.place(&incoming("a", url, "Railway bridge at Khorramabad closed after cracks are found", BRIDGE, "en"));
    let now = incoming("a", url, "What we know so far", "More was promised for the evening.", "en");
    assert_eq!(stream.place(&now).relation, Relation::Update);
    let again =
        "Engineers shut the railway bridge in Khorramabad on Friday. Its piers are cracked, trains wait in Borujerd.";
    let placed = stream.place(&incoming("b", "", "Cracks close Khorramabad railway bridge", again, "en"));
    assert_eq!(placed.story, "a");
}

#[test]
fn memory_is_bounded_by_number_and_by_time() {
    let mut stream = Stream::new(Settings { documents: 3, days: 2.0, ..Settings::default() });
    for number in 0..10 {
        let (id, title) = (format!("d{number}"), format!("Report {number} about matter{number} in town{number}"));
        stream.place(&Incoming { id: &id, title: &title, published: Some(number), ..Incoming::default() });
        assert!(stream.len() <= 3);
    }
    let later =
        Incoming { id: "later", title: "Something else entirely", published: Some(900_000), ..Incoming::default() };
    stream.place(&later);
    assert_eq!(stream.len(), 1);
    assert!(stream.vocabulary.len() < 10 && stream.threads.len() == 1 && stream.by_name.len() == 1);
}

#[test]
fn what_is_recalled_after_a_restart_answers_as_before() {
    let mut stream = Stream::default();
    read_other_news(&mut stream);
    let known = incoming("a", "https://agency.example/1", "Bridge closed at Khorramabad", BRIDGE, "en");
    let heard = Listener::default().hear(known.title, known.text, known.language);
    let arrival = Arrival { id: known.id, url: known.url, published: known.published, heard: &heard };
    stream.recall(&arrival, "older-story");
    let copy = stream.place(&incoming("b", "", "Bridge closed at Khorramabad", BRIDGE, "en"));
    assert_eq!((copy.relation, copy.story.as_str()), (Relation::Reprint, "older-story"));
    assert_eq!(stream.place(&known).relation, Relation::Update);
}

#[test]
fn what_another_read_is_placed_as_if_the_stream_had_read_it() {
    let (mut one, mut other) = (Stream::default(), Stream::default());
    read_other_news(&mut one);
    read_other_news(&mut other);
    let texts = [("a", BRIDGE, "en"), ("b", "پهپادها به سفارت در ریاض اصابت کردند.", "fa"), ("c", BRIDGE, "")];
    for (id, text, language) in texts {
        let document = incoming(id, "", "Bridge closed at Khorramabad", text, language);
        let heard = Listener::default().hear(document.title, text, language);
        let arrival = Arrival { id, url: document.url, published: document.published, heard: &heard };
        assert_eq!(one.place(&document), other.place_heard(&arrival));
    }
}

#[test]
fn a_document_without_anything_opens_a_story() {
    let mut stream = Stream::default();
    let empty = Incoming { id: "x", ..Incoming::default() };
    assert_eq!(stream.place(&empty).relation, Relation::First);
    assert_eq!(stream.place(&Incoming { id: "y", ..empty }).relation, Relation::First);
}

proptest::proptest! {
    #[test]
    fn nothing_that_arrives_panics(texts in proptest::collection::vec((".{0,40}", ".{0,120}", "(en|fa|ar|he|ru|xx|)"), 1..12)) {
        let mut stream = Stream::new(Settings { documents: 4, ..Settings::default() });
        for (number, (title, text, language)) in texts.iter().enumerate() {
            let id = number.to_string();
            let document = Incoming { id: &id, url: title, title, text, language, published: None };
            proptest::prop_assert!(!stream.place(&document).story.is_empty());
        }
    }
}
