//! Leads through their pages and the API: made of a marked passage, answered by yes, no or edit, taken back.

use crate::stage::{API, Stage};
use serde_json::{Value, json};

const LEADS: &str = "/newsroom/iran/leads";
const PASSAGE: &str = "خبرنگار این روزنامه یازده قطار را در ایستگاه مرزی شمرد";

fn encoded(words: &str) -> String {
    url::form_urlencoded::byte_serialize(words.as_bytes()).collect()
}

/// The fields of a lead's form, as a browser sends them.
fn fields<'f>(what: &'f str, more: &[(&'f str, &'f str)]) -> Vec<(&'f str, &'f str)> {
    let mut fields = vec![
        ("version", "0"),
        ("document", "doc-rail"),
        ("passage", PASSAGE),
        ("what", what),
        ("event_type", "strike"),
        ("from", "2026-11-17"),
        ("to", ""),
        ("precision", "day"),
        ("place", "ir-isfahan"),
        ("place_precision", "city"),
        ("actor-0", "iran"),
        ("role-0", "target"),
        ("actor-1", ""),
        ("role-1", "actor"),
        ("low-0", "۱۱"),
        ("high-0", "12"),
        ("of-0", "workplaces"),
        ("low-1", "3"),
        ("of-1", ""),
    ];
    for (name, value) in more {
        fields.retain(|(known, _)| known != name);
        fields.push((name, value));
    }
    fields
}

async fn made(stage: &Stage) -> Value {
    stage.document();
    stage.form("analyst", &format!("{LEADS}/new"), &fields("Trains stand still.", &[])).await.is(303);
    stage.get("reader", &format!("{API}/leads")).await.is(200).json()["items"][0].clone()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_comes_filled_in_from_what_was_marked() {
    let stage = Stage::open().await;
    stage.document();
    let path = format!("{LEADS}/new?document=doc-rail&passage={}", encoded(PASSAGE));
    let form = stage.get("analyst", &path).await.is(200).text();
    assert!(form.contains(&format!("dir=\"auto\" aria-describedby=\"l-passage-hint\">{PASSAGE}</textarea>")), "{form}");
    // No day is named in the text: the outlet's, where the desk is.
    assert!(form.contains("name=\"from\" type=\"date\" value=\"2026-11-19\""), "{form}");
    let part = stage.get("analyst", &format!("{path}&part=form")).await.is(200).text();
    assert!(part.contains("data-lead-form") && !part.contains("<html"), "{part}");
    stage.get("reader", &path).await.is(403);
    stage.get("analyst", &format!("{LEADS}/new?document=nothing")).await.is(404);
    stage.get("analyst", &format!("{LEADS}/new?document=doc-rail&passage=elsewhere")).await.is(422);
    let pane = stage.get("analyst", "/newsroom/iran/inbox?doc=doc-rail").await.is(200).text();
    assert!(pane.contains("/newsroom/iran/leads/new?document=doc-rail\" data-key=\"m\""), "{pane}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lead_is_kept_with_what_was_typed_and_shown_in_the_inbox() {
    let stage = Stage::open().await;
    stage.document();
    let path = format!("{LEADS}/new");
    let looked = fields("Trains stand still.", &[("place", ""), ("place_query", "اصفهان"), ("find", "yes")]);
    let form = stage.form("analyst", &path, &looked).await.is(200).text();
    assert!(form.contains("name=\"place\" value=\"ir-isfahan\"") && form.contains("Trains stand still."), "{form}");
    let wrong = fields("Trains stand still.", &[("low-0", "many")]);
    let refused = stage.form("analyst", &path, &wrong).await.is(422).text();
    assert!(refused.contains("is no whole number") && refused.contains("href=\"#l-low-0\""), "{refused}");
    let elsewhere = fields("Trains stand still.", &[("passage", "of another page")]);
    let refused = stage.form("analyst", &path, &elsewhere).await.is(422).text();
    assert!(refused.contains("of another page") && refused.contains("href=\"#l-passage\""), "{refused}");
    stage.form("reader", &path, &fields("x", &[])).await.is(403);
    let lead = made(&stage).await;
    assert_eq!(lead["lead"]["passage"]["exact"], PASSAGE);
    assert_eq!(lead["lead"]["actors"], json!([{ "role": "target", "actor": "iran" }]));
    assert_eq!(lead["lead"]["counts"], json!([{ "of": "workplaces", "low": 11, "high": 12 }]));
    assert_eq!((&lead["status"], &lead["lead"]["made"]["by"]), (&json!("waiting"), &json!("analyst")));
    let inbox = stage.get("analyst", "/newsroom/iran/inbox?show=all&doc=doc-rail").await.is(200).text();
    assert!(inbox.contains("One lead of it") && inbox.contains("<span class=\"badge plain\">lead</span>"), "{inbox}");
    assert!(!inbox.contains("<span class=\"badge plain\">used</span>"), "{inbox}");
    let list = stage.get("reader", LEADS).await.is(200).text();
    assert!(list.contains("workplaces: 11–12") && list.contains("Iran (target)") && list.contains("Isfahan"), "{list}");
    assert!(!list.contains("data-row-key=\"y\""), "a reader reads");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_inboxs_dialog_is_told_in_json() {
    let stage = Stage::open().await;
    stage.document();
    let headers = [("accept", "application/json"), ("content-type", "application/x-www-form-urlencoded")];
    let send = |body: String| stage.send("analyst", "POST", "/newsroom/iran/leads/new", &headers, body.into_bytes());
    let refused = send("document=doc-rail&what=".to_owned()).await.is(422).json();
    assert!(refused["error"]["message"].as_str().unwrap().contains("what seems to have happened"), "{refused}");
    let kept = send("document=doc-rail&what=Trains+stand+still.".to_owned()).await.is(201).json();
    let one = stage.get("reader", &format!("{API}/leads/{}", kept["id"].as_str().unwrap())).await.is(200).json();
    assert_eq!((&one["lead"]["when"], &one["lead"]["at"]), (&Value::Null, &Value::Null));
    let undone = stage.send("analyst", "POST", "/newsroom/iran/undo", &headers, Vec::new()).await.is(200).json();
    assert_eq!(undone["leads"], json!([kept["id"]]));
    stage.get("reader", &format!("{API}/leads/{}", kept["id"].as_str().unwrap())).await.is(404);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_yes_opens_the_events_form_and_saving_it_takes_the_lead() {
    let stage = Stage::open().await;
    let lead = made(&stage).await;
    let id = lead["id"].as_str().unwrap();
    let form = stage.get("analyst", &format!("/newsroom/iran/events/new?lead={id}")).await.is(200).text();
    assert!(form.contains("Trains stand still.") && form.contains("saving takes it"), "{form}");
    assert!(form.contains("value=\"2026-11-17\"") && form.contains("<option value=\"strike\" selected>"), "{form}");
    assert!(form.contains("value=\"ir-isfahan\" checked"), "{form}");
    assert!(form.contains(&format!("value=\"{PASSAGE}\" checked")), "no whole sentence, and offered all the same");
    assert!(form.contains("workplaces: 11–12"), "what the form has no field for is told of: {form}");
    let fields = [
        ("version", "0"),
        ("lead", id),
        ("document", "doc-rail"),
        ("passage", PASSAGE),
        ("summary", "Freight trains stand still near Isfahan."),
        ("event_type", "strike"),
        ("layer", ""),
        ("from", "2026-11-17"),
        ("to", "2026-11-17"),
        ("precision", "day"),
        ("place", "ir-isfahan"),
        ("place_precision", "city"),
        ("role", "target"),
        ("actor", "iran"),
        ("credibility", "3"),
        ("status", "coded"),
        ("visibility", "public"),
    ];
    let saved = stage.form("analyst", "/newsroom/iran/events/new", &fields).await.is(303);
    assert_eq!(saved.header("location"), format!("{LEADS}?done=taken"));
    let twice = stage.form("analyst", "/newsroom/iran/events/new", &fields).await.is(422).text();
    assert!(twice.contains("analyst has made an event of this lead already"), "{twice}");
    let event = stage.get("reader", &format!("{API}/events")).await.is(200).json()["items"][0].clone();
    assert_eq!(event["event"]["evidence"][0]["passage"]["exact"], PASSAGE);
    assert_eq!(event["event"]["counts"], json!([{ "of": "workplaces", "low": 11, "high": 12 }]));
    let taken = stage.get("reader", &format!("{API}/leads/{id}")).await.is(200).json();
    assert_eq!((&taken["status"], &taken["event"]), (&json!("taken"), &event["id"]));
    let event = event["id"].as_str().unwrap();
    // Document, lead and event lead to each other, for the newsroom alone.
    for path in ["/iran/documents/doc-rail".to_owned(), format!("/iran/events/{event}")] {
        let shown = stage.get("reader", &path).await.is(200).text();
        assert!(shown.contains(&format!("href=\"/newsroom/iran/leads/{id}\"")), "{path}: {shown}");
        assert!(shown.contains(&format!("href=\"/iran/events/{event}\"")), "{path}: {shown}");
        let public = stage.get("stranger", &path).await.is(200).text();
        assert!(!public.contains(id) && !public.contains("Trains stand still."), "{path}: {public}");
    }
    let form = stage.get("analyst", &format!("/newsroom/iran/events/{event}")).await.is(200).text();
    assert!(form.contains(&format!("From the lead <a href=\"/newsroom/iran/leads/{id}\">")), "{form}");
    let shown = stage.get("analyst", &format!("{LEADS}/{id}")).await.is(200).text();
    assert!(shown.contains("taken by analyst") && !shown.contains("data-save"), "{shown}");
    let listed = stage.get("reader", &format!("{LEADS}?status=taken&document=doc-rail")).await.is(200).text();
    assert!(listed.contains("Freight trains stand still near Isfahan."), "{listed}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_no_needs_a_reason_and_can_be_taken_back() {
    let stage = Stage::open().await;
    let lead = made(&stage).await;
    let path = format!("{LEADS}/{}", lead["id"].as_str().unwrap());
    stage.form("analyst", &format!("{path}/refuse"), &[("reason", " ")]).await.is(422);
    stage.form("reader", &format!("{path}/refuse"), &[("reason", "old")]).await.is(403);
    stage.form("analyst", &format!("{path}/refuse"), &[("reason", "An old report.")]).await.is(303);
    assert!(stage.get("reader", LEADS).await.is(200).text().contains("Nothing here."));
    let refused = stage.get("reader", &format!("{LEADS}?status=refused")).await.is(200).text();
    assert!(refused.contains("An old report.") && refused.contains("refused by analyst"), "{refused}");
    let undone = stage.form("analyst", "/newsroom/iran/undo", &[("to", "leads")]).await.is(303);
    assert_eq!(undone.header("location"), format!("{LEADS}?done=undone"));
    let list = stage.get("reader", LEADS).await.is(200).text();
    assert!(list.contains("Trains stand still."), "{list}");
    stage.form("editor", &format!("{path}/refuse"), &[("reason", "Told already.")]).await.is(303);
    stage.form("analyst", &format!("{path}/put-back"), &[]).await.is(303);
    let version = stage.get("reader", &format!("{API}/leads/{}", lead["id"].as_str().unwrap())).await.json();
    let version = version["version"].to_string();
    let changed = fields("Eleven trains stand still.", &[("version", version.as_str()), ("place", "")]);
    stage.form("analyst", &path, &changed).await.is(303);
    stage.form("analyst", &path, &changed).await.is(412);
    let list = stage.get("reader", LEADS).await.is(200).text();
    assert!(list.contains("Eleven trains stand still.") && !list.contains("Isfahan"), "{list}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_api_lists_leads_by_state_and_page_and_as_known_then() {
    let stage = Stage::open().await;
    let lead = made(&stage).await;
    let made_at = stage.newsroom.now();
    stage.clock.advance(jiff::SignedDuration::from_mins(5));
    let given = json!({ "document": "doc-rail", "what": "A second thing.", "passage": null, "type": null });
    stage.post("reader", &format!("{API}/leads"), json!({ "lead": given })).await.is(403);
    let second = stage.post("analyst", &format!("{API}/leads"), json!({ "lead": given })).await.is(201);
    assert_eq!(second.header("location"), format!("{API}/leads/{}", second.json()["id"].as_str().unwrap()));
    let listed = stage.get("reader", &format!("{API}/leads?limit=1")).await.is(200).json();
    assert_eq!(listed["items"][0]["what"], "A second thing.");
    let next = listed["next"].as_str().unwrap();
    let rest = stage.get("reader", &format!("{API}/leads?limit=1&after={next}")).await.is(200).json();
    assert_eq!((&rest["items"][0]["id"], &rest["next"]), (&lead["id"], &Value::Null));
    let then = stage.get("reader", &format!("{API}/leads?as_of={made_at}")).await.is(200).json();
    assert_eq!(then["items"].as_array().unwrap().len(), 1);
    let one = format!("{API}/leads/{}", lead["id"].as_str().unwrap());
    let shown = stage.get("reader", &one).await.is(200);
    let tag = shown.header("etag");
    stage.send("reader", "GET", &one, &[("if-none-match", tag.as_str())], Vec::new()).await.is(304);
    stage.post("analyst", &format!("{one}/refuse"), json!({ "reason": "old" })).await.is(200);
    let waiting = stage.get("reader", &format!("{API}/leads?status=waiting&document=doc-rail")).await.is(200).json();
    assert_eq!(waiting["items"].as_array().unwrap().len(), 1);
    stage.get("reader", &format!("{API}/leads?status=lost")).await.is(422);
    let by_words = stage.get("reader", &format!("{API}/leads?q=second")).await.is(200).json();
    assert_eq!(by_words["items"][0]["what"], "A second thing.");
    let then = stage.get("reader", &format!("{one}?as_of={made_at}")).await.is(200).json();
    assert_eq!(then["status"], "waiting");
    // A yes by a program: the event names the lead that it is coded from.
    let event = stage.event().await["event"].clone();
    let mut event = event;
    event["id"] = "".into();
    let id = second.json()["id"].clone();
    let coded = json!({ "event": event, "lead": id });
    let coded = stage.post("analyst", &format!("{API}/events"), coded).await.is(201).json();
    let taken = stage.get("reader", &format!("{API}/leads/{}", id.as_str().unwrap())).await.json();
    assert_eq!(taken["event"], coded["id"]);
    let schema = stage.get("stranger", "/openapi.json").await.is(200).json();
    let names = |value: &Value| value.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(&schema["components"]["schemas"]["Lead"]["properties"]), names(&taken["lead"]));
}
