//! The forms of the newsroom, without any script.

use crate::stage::{API, Stage};

/// The value of a hidden field.
fn hidden(html: &str, name: &str) -> String {
    let mark = format!("name=\"{name}\" value=\"");
    let rest = html.split_once(mark.as_str()).unwrap_or_else(|| panic!("no field {name} in {html}")).1;
    rest.split_once('"').unwrap().0.to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_event_is_coded_with_a_place_in_another_script() {
    let stage = Stage::open().await;
    stage.document();
    let path = "/newsroom/iran/events/new";
    let form = stage.get("analyst", &format!("{path}?document=doc-rail")).await.is(200).text();
    assert!(form.contains("name=\"passage\""));
    let passage = "قطارهای باری سه روز است که ایستاده‌اند.";
    assert!(form.contains(passage), "{form}");
    // The page came out at half past two in the morning, UTC: the evening before where the desk is.
    assert!(form.contains("name=\"from\" type=\"date\" required value=\"2026-11-19\""), "{form}");
    let mut fields = vec![
        ("version", "0"),
        ("document", "doc-rail"),
        ("passage", passage),
        ("summary", "Trains stand still."),
        ("event_type", "protest"),
        ("layer", "iran/protests"),
        ("from", "2026-11-20"),
        ("to", ""),
        ("precision", "day"),
        ("place_query", "اصفهان"),
        ("place_precision", "city"),
        ("role", "actor"),
        ("actor", "iran"),
        ("credibility", "2"),
        ("status", "coded"),
        ("visibility", "public"),
        ("find", "yes"),
    ];
    let looked = stage.form("analyst", path, &fields).await.is(200).text();
    assert!(looked.contains("value=\"ir-isfahan\""), "the place is offered");
    assert!(looked.contains("Trains stand still."), "what was typed stays");
    fields.retain(|(name, _)| *name != "find");
    let missing = stage.form("analyst", path, &fields).await.is(422).text();
    assert!(missing.contains("find a place and choose it") && missing.contains("Trains stand still."));
    assert!(missing.contains("role=\"alert\"") && missing.contains("<a href=\"#f-place\">"), "{missing}");
    fields.push(("place", "ir-isfahan"));
    stage.form("analyst", path, &fields).await.is(303);
    let event = stage.get("analyst", &format!("{API}/events")).await.is(200).json()["items"][0].clone();
    assert_eq!(event["event"]["evidence"][0]["passage"]["exact"], passage);
    assert_eq!(event["event"]["at"]["place"], "ir-isfahan");
    assert_eq!(event["event"]["actors"][0]["actor"], "iran");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_place_that_alone_is_found_is_chosen() {
    let stage = Stage::open().await;
    let search = |words: &str| {
        let words: String = url::form_urlencoded::byte_serialize(words.as_bytes()).collect();
        format!("/newsroom/iran/events/new?place_query={words}")
    };
    let chosen = |html: String| -> Vec<bool> {
        let places = html.split("type=\"radio\" name=\"place\"").skip(1);
        places.map(|rest| rest.split('>').next().unwrap().contains(" checked")).collect()
    };
    let nothing = stage.get("analyst", &search("qqqqqq")).await.is(200).text();
    assert_eq!(chosen(nothing), Vec::<bool>::new());
    assert_eq!(chosen(stage.get("analyst", &search("Khorramshahr")).await.is(200).text()), [true]);
    let several = chosen(stage.get("analyst", &search("Tehran")).await.is(200).text());
    assert!(several.len() > 1 && !several.contains(&true), "{several:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_event_is_confirmed_by_another_person() {
    let stage = Stage::open().await;
    let event = stage.event().await;
    let path = format!("/newsroom/iran/events/{}", event["id"].as_str().unwrap());
    let form = stage.get("analyst", &path).await.is(200).text();
    let version = hidden(&form, "version");
    let fields = [
        ("version", version.as_str()),
        ("document", ""),
        ("summary", "Railway workers gather."),
        ("event_type", "protest"),
        ("layer", "iran/protests"),
        ("from", "2026-11-19"),
        ("to", "2026-11-20"),
        ("precision", "day"),
        ("place", "ir-isfahan"),
        ("place_precision", "city"),
        ("role", "actor"),
        ("actor", ""),
        ("credibility", "2"),
        ("status", "confirmed"),
        ("visibility", "public"),
    ];
    let refused = stage.form("analyst", &path, &fields).await.is(403).text();
    assert!(refused.contains("another person"));
    let same = stage.get("reader", &format!("{API}/events/{}", event["id"].as_str().unwrap())).await.json();
    assert_eq!((&same["version"], &same["status"]), (&event["version"], &event["status"]), "nothing was half done");
    stage.form("editor", &path, &fields).await.is(303);
    let now = stage.get("reader", &format!("{API}/events/{}", event["id"].as_str().unwrap())).await.json();
    assert_eq!(now["status"], "confirmed");
    assert_eq!(now["event"]["coded_by"], event["event"]["coded_by"]);
    assert_eq!(now["event"]["evidence"], event["event"]["evidence"], "the evidence stays");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_assessment_is_made_and_revised_with_a_reason() {
    let stage = Stage::open().await;
    let path = "/newsroom/iran/assessments/new";
    let off = [("statement", "The line reopens."), ("likelihood", "perhaps"), ("confidence", "low")];
    let refused = stage.form("analyst", path, &off).await.is(422).text();
    assert!(refused.contains("is not on the") && refused.contains("The line reopens."));
    let fields = [
        ("statement", "The line reopens."),
        ("likelihood", "likely"),
        ("confidence", "low"),
        ("horizon", "2026-12-01"),
        ("section", ""),
        ("document", ""),
        ("would_change", "A date is named.\nThe crews leave."),
    ];
    let made = stage.form("analyst", path, &fields).await.is(303).header("location");
    let page = made.split('?').next().unwrap().to_owned();
    let shown = stage.get("analyst", &page).await.is(200).text();
    let version = hidden(&shown, "version");
    let mut step = vec![
        ("version", version.as_str()),
        ("step", "revised"),
        ("sentence", ""),
        ("likelihood", "unlikely"),
        ("confidence", "moderate"),
        ("outcome", "occurred"),
        ("reason", ""),
    ];
    stage.form("analyst", &page, &step).await.is(422);
    step.retain(|(name, _)| *name != "reason");
    step.push(("reason", "The crews were sent home."));
    stage.form("analyst", &page, &step).await.is(303);
    stage.form("analyst", &page, &step).await.is(412);
    assert!(stage.get("reader", &page).await.is(200).text().contains("The crews were sent home."));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_edition_is_written_in_markdown_and_a_stale_save_shows_the_text_again() {
    let stage = Stage::open().await;
    let begun = stage.form("analyst", "/newsroom/iran/editions", &[("date", "2026-11-20"), ("part", "Evening")]).await;
    let page = begun.is(303).header("location");
    assert!(page.ends_with("2026-11-20-evening"), "{page}");
    let version = hidden(&stage.get("analyst", &page).await.is(200).text(), "version");
    let markdown = stage.get("reader", &format!("{page}/markdown")).await.is(200).text();
    let changed = markdown.replacen("title = \"", "title = \"The evening: ", 1);
    assert_ne!(changed, markdown, "{markdown}");
    stage.form("editor", &page, &[("version", &version), ("markdown", &changed)]).await.is(303);
    let mine = format!("{markdown}\nMy own words.\n");
    let refused = stage.form("analyst", &page, &[("version", &version), ("markdown", &mine)]).await.is(412).text();
    assert!(refused.contains("My own words."), "the text is shown again");
    assert!(refused.contains("changed by somebody else"), "and why it was refused");
    let unreadable = stage.form("analyst", &page, &[("version", &version), ("markdown", "+++\nno = [\n+++\n")]).await;
    assert!(unreadable.is(422).text().contains("It was not saved"));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_edition_goes_its_way_with_two_persons() {
    let stage = Stage::open().await;
    let draft = stage.draft("2026-11-20").await;
    let page = format!("/newsroom/iran/editions/{}", draft["edition"]["id"].as_str().unwrap());
    let review = format!("{page}/review");
    let version = |html: String| hidden(&html, "version");
    let at = |who: &'static str| stage.get(who, &review);
    let now = version(at("editor").await.is(200).text());
    stage.form("editor", &format!("{page}/submit"), &[("version", &now), ("note", "an exercise")]).await.is(303);
    let waiting = at("editor").await.is(200).text();
    assert!(waiting.contains("another editor must approve"), "{waiting}");
    assert!(!waiting.contains("/approve\"") && waiting.contains("/send-back\""), "only what can be done is offered");
    assert!(at("chief").await.is(200).text().contains("/approve\""));
    let now = version(waiting);
    let alone = stage.form("editor", &format!("{page}/approve"), &[("version", &now)]).await.is(403).text();
    assert!(alone.contains("two persons") && alone.contains("href=\"/newsroom/iran/editions\""));
    assert!(at("reader").await.is(200).text().contains("Your role allows no further step."));
    stage.form("chief", &format!("{page}/approve"), &[("version", &now), ("note", "")]).await.is(303);
    let now = version(at("editor").await.is(200).text());
    stage.form("editor", &format!("{page}/publish"), &[("version", &now)]).await.is(303);
    assert!(stage.get("stranger", "/iran/editions/2026-11-20").await.is(200).text().contains("Freight trains"));
    let form = stage.get("editor", &format!("{page}/correct")).await.is(200).text();
    let (now, text) = (version(form), stage.get("editor", &format!("{page}/markdown")).await.is(200).text());
    let text = text.replace("third day", "fourth day");
    let mut fields = vec![("version", now.as_str()), ("markdown", text.as_str())];
    let unsaid = stage.form("editor", &format!("{page}/correct"), &fields).await.is(422).text();
    assert!(unsaid.contains("say for readers") && unsaid.contains("fourth day"));
    fields.push(("note", "It was the fourth day."));
    stage.form("editor", &format!("{page}/correct"), &fields).await.is(303);
    let shown = stage.get("stranger", "/iran/editions/2026-11-20").await.is(200).text();
    assert!(shown.contains("fourth day") && shown.contains("It was the fourth day."));
    let now = version(at("chief").await.is(200).text());
    stage.form("chief", &format!("{page}/take-down"), &[("version", &now), ("note", "A test.")]).await.is(303);
    stage.get("stranger", "/iran/editions/2026-11-20").await.is(410);
    let gone = stage.get("stranger", &format!("{API}/published/2026-11-20")).await.is(410).json();
    assert_eq!(gone["error"]["code"], "taken_down");
}

#[tokio::test(flavor = "multi_thread")]
async fn positions_and_deliveries_have_their_pages() {
    let stage = Stage::open().await;
    let fields = [
        ("name", "A depot"),
        ("holder", "iran"),
        ("layer", "iran/levant-positions"),
        ("latitude", "35.0"),
        ("longitude", "40.4"),
        ("from", "2026-11-01"),
        ("to", ""),
        ("visibility", "newsroom"),
    ];
    stage.form("analyst", "/newsroom/iran/positions", &fields).await.is(303);
    assert!(stage.get("reader", "/newsroom/iran/positions").await.is(200).text().contains("A depot"));
    let north = fields.map(|(name, value)| (name, if name == "latitude" { "north" } else { value }));
    stage.form("analyst", "/newsroom/iran/positions", &north).await.is(422);
    stage.newsroom.subscribe(&crate::stage::desk(), "reader@example.org", Vec::new(), "a test").unwrap();
    let page = stage.get("chief", "/newsroom/iran/subscribers").await.is(200).text();
    assert!(page.contains("reader@example.org") && page.contains("Waiting for confirmation"));
    stage.form("editor", "/newsroom/iran/deliveries/nothing", &[("act", "send")]).await.is(404);
}
