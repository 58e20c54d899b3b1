//! Deliveries: what an editor decides about, and what only the chief sees.

use crate::stage::{Stage, desk};
use sitrep_model::dispatch::{Delivery, DeliveryState};
use sitrep_model::id::{DeliveryId, DispatchId, SubscriberId};
use sitrep_store::{ChangeRequest, Expected};

/// Puts a message in doubt into the record, with what the mail server answered.
fn in_doubt(stage: &Stage, id: &str, answer: &str) {
    let at = stage.newsroom.now();
    let delivery = Delivery {
        id: DeliveryId::from(id),
        desk: desk(),
        dispatch: DispatchId::from("a-dispatch"),
        subscriber: SubscriberId::from("a-subscriber"),
        state: DeliveryState::InDoubt,
        attempts: 1,
        due: at,
        answer: Some(answer.to_owned()),
    };
    let (who, verb) = ("a test".to_owned(), "delivery.in_doubt".to_owned());
    let request = ChangeRequest { at, recorded: None, who, verb, why: None, desk: Some(desk()) };
    let put = stage.newsroom.store().change(request, |writer| writer.put(&delivery, Expected::New).map(drop));
    put.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn an_editor_decides_about_messages_in_doubt_without_seeing_addresses() {
    let stage = Stage::open().await;
    let pending = stage.newsroom.subscribe(&desk(), "reader@example.org", Vec::new(), "a test");
    pending.unwrap();
    in_doubt(&stage, "del-1", "450 <reader@example.org> is busy");
    let path = "/newsroom/iran/subscribers";
    let page = stage.get("editor", path).await.is(200).text();
    assert!(page.contains("/deliveries/del-1") && page.contains("450 [address] is busy"), "{page}");
    assert!(!page.contains("reader@example.org") && page.contains("Waiting for confirmation"), "{page}");
    assert!(stage.get("editor", "/newsroom/iran/editions").await.is(200).text().contains(path), "the rail leads there");
    let chief = stage.get("chief", path).await.is(200).text();
    assert!(chief.contains("450 &#60;reader@example.org&#62; is busy"), "{chief}");
    let sent = stage.form("editor", "/newsroom/iran/send", &[]).await.is(303).header("location");
    assert_eq!(sent, format!("{path}?done=sent"));
    let decided =
        stage.form("editor", "/newsroom/iran/deliveries/del-1", &[("act", "leave")]).await.is(303).header("location");
    assert_eq!(decided, format!("{path}?done=decided"));
    assert!(stage.get("editor", path).await.is(200).text().contains("skipped"));
}
