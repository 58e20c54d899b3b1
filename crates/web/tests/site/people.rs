//! People: an invitation, signing in, losing a role.

use crate::client::Reply;
use crate::stage::Stage;

const PASSWORD: &str = "a long enough password";

/// The text of the first `<code>` of a page.
fn shown_once(html: &str) -> String {
    let rest = html.split_once("<code>").unwrap_or_else(|| panic!("nothing is shown in {html}")).1;
    rest.split_once("</code>").unwrap().0.to_owned()
}

fn cookie(reply: &Reply) -> String {
    let set = reply.header("set-cookie");
    assert!(set.contains("HttpOnly") && set.contains("SameSite=Strict"), "{set}");
    set.split(';').next().unwrap().to_owned()
}

async fn inbox(stage: &Stage, cookie: &str) -> u16 {
    let reply = stage.send("stranger", "GET", "/newsroom/iran/inbox", &[("cookie", cookie)], Vec::new()).await;
    reply.status.as_u16()
}

#[tokio::test(flavor = "multi_thread")]
async fn somebody_invited_sets_a_password_and_signs_in() {
    let stage = Stage::open().await;
    let fields = [("name", "N. Example"), ("login", "new"), ("desk", "iran"), ("role", "reader")];
    let invited = stage.form("operator", "/newsroom/people", &fields).await.is(200).text();
    let link = shown_once(&invited);
    let path = link.strip_prefix(stage.newsroom.base()).unwrap();
    assert!(stage.get("stranger", path).await.is(200).text().contains("<strong>new</strong>"));
    let short = stage.form("stranger", path, &[("password", "short")]).await.is(422).text();
    assert!(short.contains("at least 12"), "{short}");
    let made = stage.form("stranger", path, &[("password", PASSWORD)]).await.is(303);
    assert_eq!(inbox(&stage, &cookie(&made)).await, 200);
    stage.get("stranger", path).await.is(404);
    let wrong = [("login", "new"), ("password", "not the password")];
    stage.form("stranger", "/newsroom/sign-in", &wrong).await.is(422);
    let right = [("login", "New"), ("password", PASSWORD), ("next", "https://evil.example/")];
    let signed = stage.form("stranger", "/newsroom/sign-in", &right).await.is(303);
    assert_eq!(signed.header("location"), "/newsroom");
    assert_eq!(inbox(&stage, &cookie(&signed)).await, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_closed_account_is_out_at_once() {
    let stage = Stage::open().await;
    let cookie = stage.cookie("reader").unwrap();
    assert_eq!(inbox(&stage, &cookie).await, 200);
    let path = format!("/newsroom/people/{}", stage.account("reader"));
    stage.form("operator", &path, &[("version", "1"), ("act", "close")]).await.is(303);
    assert_eq!(inbox(&stage, &cookie).await, 303);
    stage.form("operator", &path, &[("version", "1"), ("act", "open")]).await.is(412);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_role_that_is_taken_away_is_gone_with_the_next_request() {
    let stage = Stage::open().await;
    let cookie = stage.cookie("analyst").unwrap();
    let path = format!("/newsroom/people/{}", stage.account("analyst"));
    let fields = [("version", "1"), ("act", "role"), ("desk", "iran"), ("role", "none")];
    stage.form("operator", &path, &fields).await.is(303);
    assert_eq!(inbox(&stage, &cookie).await, 403);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_is_shown_once_and_can_be_ended() {
    let stage = Stage::open().await;
    let token =
        shown_once(&stage.form("reader", "/newsroom/account/token", &[("name", "a script")]).await.is(200).text());
    let bearer = format!("Bearer {token}");
    let with = [("authorization", bearer.as_str())];
    stage.send("stranger", "GET", "/api/v1/desks/iran/events", &with, Vec::new()).await.is(200);
    let digest = stage.newsroom.api_tokens(&stage.account("reader")).unwrap()[0].digest.clone();
    stage.form("analyst", &format!("/newsroom/account/sessions/{digest}/end"), &[]).await.is(303);
    stage.send("stranger", "GET", "/api/v1/desks/iran/events", &with, Vec::new()).await.is(200);
    stage.form("reader", &format!("/newsroom/account/sessions/{digest}/end"), &[]).await.is(303);
    stage.send("stranger", "GET", "/api/v1/desks/iran/events", &with, Vec::new()).await.is(401);
}

/// The code that an authenticator with this key shows now.
fn code(stage: &Stage, secret: &str) -> String {
    let secret = totp_rs::Secret::try_from_base32(secret).unwrap();
    let authenticator = totp_rs::Builder::new().with_secret(secret).build().unwrap();
    authenticator.generate(u64::try_from(stage.newsroom.now().as_second()).unwrap()).to_string()
}

/// Gives the reader an authenticator; answers its key.
async fn with_authenticator(stage: &Stage) -> String {
    let secret = shown_once(&stage.form("reader", "/newsroom/account/totp", &[]).await.is(200).text());
    let fields = [("secret", secret.as_str()), ("code", &code(stage, &secret))];
    stage.form("reader", "/newsroom/account/totp/confirm", &fields).await.is(303);
    secret
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_factor_is_removed_with_its_code() {
    let stage = Stage::open().await;
    let (account, remove) = ("/newsroom/account", "/newsroom/account/totp/remove");
    assert!(!stage.get("reader", account).await.is(200).text().contains(remove));
    stage.form("reader", remove, &[("code", "000000")]).await.is(422);
    let secret = with_authenticator(&stage).await;
    let right = code(&stage, &secret);
    let wrong = if right == "000000" { "000001" } else { "000000" };
    let refused = stage.form("reader", remove, &[("code", wrong)]).await.is(422).text();
    assert!(refused.contains("not the code of this moment") && refused.contains(remove), "{refused}");
    assert!(stage.newsroom.has_totp(&stage.account("reader")).unwrap());
    stage.form("reader", remove, &[("code", &right)]).await.is(303);
    assert!(!stage.newsroom.has_totp(&stage.account("reader")).unwrap());
}

#[tokio::test(flavor = "multi_thread")]
async fn codes_cannot_be_tried_without_end() {
    let stage = Stage::open().await;
    let secret = with_authenticator(&stage).await;
    let right = code(&stage, &secret);
    let wrong = if right == "000000" { "000001" } else { "000000" };
    for _ in 0..10 {
        stage.form("reader", "/newsroom/account/totp/remove", &[("code", wrong)]).await.is(422);
    }
    stage.form("reader", "/newsroom/account/totp/remove", &[("code", &right)]).await.is(429);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_password_by_link_takes_the_second_factor_off() {
    let stage = Stage::open().await;
    with_authenticator(&stage).await;
    assert!(stage.get("operator", "/newsroom/people").await.is(200).text().contains("second factor is removed"));
    let path = format!("/newsroom/people/{}", stage.account("reader"));
    let link = shown_once(&stage.form("operator", &path, &[("version", "1"), ("act", "link")]).await.is(200).text());
    assert!(stage.newsroom.has_totp(&stage.account("reader")).unwrap(), "the link alone changes nothing");
    let path = link.strip_prefix(stage.newsroom.base()).unwrap();
    stage.form("stranger", path, &[("password", "short")]).await.is(422);
    assert!(stage.newsroom.has_totp(&stage.account("reader")).unwrap());
    stage.form("stranger", path, &[("password", PASSWORD)]).await.is(303);
    let fields = [("login", "reader"), ("password", PASSWORD)];
    stage.form("stranger", "/newsroom/sign-in", &fields).await.is(303);
}
