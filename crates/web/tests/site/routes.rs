//! Who may do what: every route of the table against every role; and nothing is written from another site.

use crate::client::Reply;
use crate::stage::{PEOPLE, Stage};
use sitrep_web::routes::{self, Method};

/// A path with something in each of its places; what is named doesn't exist, so nothing is done by asking.
pub(crate) fn filled(path: &str) -> String {
    let part = |part: &str| match part {
        "{desk}" => "iran".to_owned(),
        "{version}" => "1".to_owned(),
        part if part.starts_with('{') => "nothing".to_owned(),
        part => part.to_owned(),
    };
    path.split('/').map(part).collect::<Vec<_>>().join("/")
}

fn outcome(reply: &Reply) -> &'static str {
    match reply.status.as_u16() {
        401 => "sign-in",
        303 if reply.header("location").starts_with("/newsroom/sign-in?next=") => "sign-in",
        403 => "forbidden",
        _ => "allowed",
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_route_asks_every_role_for_its_permission() {
    let stage = Stage::open().await;
    let mut table = format!("{:6} {:62}", "", "");
    table.push_str(&PEOPLE.map(|name| format!("{name:10}")).concat());
    for route in routes::table() {
        let path = filled(route.path);
        let mut line = format!("{:6} {:62}", route.method.as_str(), route.path);
        for who in PEOPLE {
            let reply = stage.send(who, route.method.as_str(), &path, &[], Vec::new()).await;
            assert!(!reply.status.is_server_error(), "{} {path} as {who}: {}", route.method.as_str(), reply.text());
            line.push_str(&format!("{:10}", outcome(&reply)));
        }
        table.push_str(&format!("\n{}", line.trim_end()));
    }
    insta::assert_snapshot!("route_and_role", table);
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_written_from_another_site() {
    let stage = Stage::open().await;
    let foreign = [("sec-fetch-site", "cross-site"), ("origin", "https://evil.example")];
    for route in routes::table().iter().filter(|route| route.method != Method::Get) {
        for header in foreign {
            let reply = stage.send("chief", route.method.as_str(), &filled(route.path), &[header], Vec::new()).await;
            assert_eq!(reply.status, 403, "{} {header:?}", route.path);
            assert!(reply.text().contains("another site"), "{} {header:?}", route.path);
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_ends_when_its_owner_signs_out() {
    let stage = Stage::open().await;
    let cookie = stage.cookie("reader").unwrap();
    let with = [("cookie", cookie.as_str())];
    stage.send("stranger", "GET", "/newsroom/iran/inbox", &with, Vec::new()).await.is(200);
    stage.send("stranger", "POST", "/newsroom/sign-out", &with, Vec::new()).await.is(303);
    let reply = stage.send("stranger", "GET", "/newsroom/iran/inbox", &with, Vec::new()).await;
    assert_eq!(outcome(&reply), "sign-in");
}

#[tokio::test(flavor = "multi_thread")]
async fn programs_come_with_a_token_and_are_told_in_json() {
    let stage = Stage::open().await;
    let token = stage.newsroom.make_api_token(&stage.account("analyst"), "a script").unwrap();
    let bearer = format!("Bearer {token}");
    let with = [("authorization", bearer.as_str())];
    let editions = "/api/v1/desks/iran/editions";
    stage.send("stranger", "GET", editions, &with, Vec::new()).await.is(200);
    let refused = stage.send("stranger", "GET", editions, &[("authorization", "Bearer nonsense")], Vec::new()).await;
    assert_eq!(refused.is(401).json()["error"]["code"], "sign_in");
    assert_eq!(stage.get("stranger", "/api/v1/nothing").await.is(404).json()["error"]["code"], "not_found");
    let unread = stage.send("stranger", "POST", editions, &with, b"{".to_vec()).await.is(422).json();
    assert!(unread["error"]["message"].as_str().unwrap().contains("can't be read"), "{unread}");
    let wrong_method = stage.send("stranger", "PUT", editions, &with, Vec::new()).await.is(405);
    assert_eq!(wrong_method.json()["error"]["code"], "bad_request");
}
