//! Passkey ceremonies, with an authenticator in software.

use crate::authenticator::Authenticator;
use crate::stage::Stage;
use serde_json::{Value, json};

fn keys(value: &Value) -> Vec<&str> {
    value.as_object().unwrap().keys().map(String::as_str).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_registration_begins_with_a_challenge_and_ends_once() {
    let stage = Stage::open().await;
    let begun = stage.post("reader", "/newsroom/passkey/register/begin", json!({})).await.is(200).json();
    let options = &begun["publicKey"];
    assert_eq!(options["rp"]["id"], "localhost");
    assert_eq!(options["user"]["name"], "reader");
    assert!(options["challenge"].is_string() && begun["state"].is_string());
    let forged = json!({ "id": "AA", "rawId": "AA", "type": "public-key", "extensions": {}, "state": begun["state"],
        "response": { "clientDataJSON": "e30", "attestationObject": "e30", "transports": [] } });
    let finish = "/newsroom/passkey/register/finish";
    let refused = stage.post("reader", finish, forged.clone()).await.is(422).json();
    assert_eq!(refused["error"]["code"], "passkey");
    let ended = stage.post("reader", finish, forged).await.is(422).json();
    assert!(ended["error"]["message"].as_str().unwrap().contains("has ended"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_registered_passkey_signs_in() {
    let stage = Stage::open().await;
    let mut authenticator = Authenticator::new(stage.newsroom.base());
    let begun = stage.post("reader", "/newsroom/passkey/register/begin", json!({})).await.is(200).json();
    let made = authenticator.create(&begun);
    stage.post("reader", "/newsroom/passkey/register/finish", made).await.is(200);
    assert!(stage.get("reader", "/newsroom/account").await.is(200).text().contains("1 registered."));
    let again = stage.post("reader", "/newsroom/passkey/register/begin", json!({})).await.is(200).json();
    assert_eq!(again["publicKey"]["excludeCredentials"].as_array().unwrap().len(), 1);
    let (begin, finish) = ("/newsroom/passkey/login/begin", "/newsroom/passkey/login/finish");
    let begun = stage.post("stranger", begin, json!({ "login": "Reader" })).await.is(200).json();
    let answer = authenticator.get(&begun);
    let signed = stage.post("stranger", finish, answer.clone()).await.is(200);
    let cookie = signed.header("set-cookie").split(';').next().unwrap().to_owned();
    let with = [("cookie", cookie.as_str())];
    stage.send("stranger", "GET", "/newsroom/iran/inbox", &with, Vec::new()).await.is(200);
    stage.post("stranger", finish, answer).await.is(422);
    let begun = stage.post("stranger", begin, json!({ "login": "reader" })).await.is(200).json();
    let mut stranger = authenticator.get(&begun);
    stranger["response"]["signature"] = "MAA".into();
    stage.post("stranger", finish, stranger).await.is(422);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_decoy_looks_like_a_real_challenge() {
    let stage = Stage::open().await;
    let mut authenticator = Authenticator::new(stage.newsroom.base());
    let begun = stage.post("reader", "/newsroom/passkey/register/begin", json!({})).await.is(200).json();
    stage.post("reader", "/newsroom/passkey/register/finish", authenticator.create(&begun)).await.is(200);
    let begin = "/newsroom/passkey/login/begin";
    let real = stage.post("stranger", begin, json!({ "login": "reader" })).await.is(200).json();
    let decoy = stage.post("stranger", begin, json!({ "login": "nobody" })).await.is(200).json();
    assert_eq!(keys(&real), keys(&decoy));
    assert_eq!(keys(&real["publicKey"]), keys(&decoy["publicKey"]));
    assert_eq!(real["publicKey"]["timeout"], decoy["publicKey"]["timeout"]);
    let credential = |of: &Value| of["publicKey"]["allowCredentials"][0].clone();
    let known = ["id", "type"];
    assert!(keys(&credential(&decoy)).iter().all(|key| known.contains(key)));
    assert!(keys(&credential(&real)).iter().all(|key| known.contains(key)), "{real}");
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_learns_whether_a_login_has_a_passkey() {
    let stage = Stage::open().await;
    let begin = "/newsroom/passkey/login/begin";
    let first = stage.post("stranger", begin, json!({ "login": "nobody" })).await.is(200).json();
    let again = stage.post("stranger", begin, json!({ "login": "nobody" })).await.is(200).json();
    assert_eq!(keys(&first), ["publicKey", "state"]);
    assert_eq!(first["publicKey"]["allowCredentials"], again["publicKey"]["allowCredentials"]);
    assert_ne!(first["publicKey"]["challenge"], again["publicKey"]["challenge"]);
    let answer = json!({ "id": "AA", "rawId": "AA", "type": "public-key", "extensions": {}, "state": first["state"],
        "response": { "clientDataJSON": "e30", "authenticatorData": "AA", "signature": "AA", "userHandle": null } });
    let refused = stage.post("stranger", "/newsroom/passkey/login/finish", answer).await.is(422).json();
    assert_eq!(refused["error"]["code"], "passkey");
}

#[tokio::test(flavor = "multi_thread")]
async fn somebody_who_only_tries_is_held_up() {
    let stage = Stage::open().await;
    let mut last = 200;
    for _ in 0..12 {
        let begun = stage.post("stranger", "/newsroom/passkey/login/begin", json!({ "login": "chief" })).await;
        last = begun.status.as_u16();
    }
    assert_eq!(last, 429);
}
