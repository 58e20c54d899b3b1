//! Passkeys (WebAuthn, level 3): registering one, and signing in with one. What is begun here is finished here, once,
//! within ten minutes; what is known of a ceremony stays on the server.

use crate::app::App;
use crate::error::{ApiError, PageError};
use crate::session::{self, Visitor};
use axum::Json;
use axum::extract::{ConnectInfo, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use sitrep_model::account::Account;
use sitrep_model::id::AccountId;
use sitrep_newsroom::Newsroom;
use std::net::SocketAddr;
use std::sync::OnceLock;
use webauthn_rs::prelude::{
    Passkey, PasskeyAuthentication, PasskeyRegistration, PublicKeyCredential, RegisterPublicKeyCredential, Url, Uuid,
    Webauthn, WebauthnBuilder,
};

type JsonAnswer = Result<Response, ApiError>;

/// How many passkeys are kept.
pub(crate) fn count(kept: Option<&[u8]>) -> usize {
    kept.and_then(|bytes| serde_json::from_slice::<Vec<Value>>(bytes).ok()).map_or(0, |passkeys| passkeys.len())
}

/// What the server remembers between the two halves of a ceremony.
#[derive(Serialize, Deserialize)]
enum Ceremony {
    Register { account: AccountId, state: Box<PasskeyRegistration> },
    SignIn { account: AccountId, state: Box<PasskeyAuthentication> },
}

fn webauthn(app: &App) -> Result<Webauthn, PageError> {
    let base = app.newsroom().base();
    let origin = Url::parse(base).map_err(|error| PageError::internal(&error))?;
    // Browsers bind passkeys to names; a bare network address has none (WebAuthn, section 5.1.3).
    let no_name = || {
        PageError::invalid(format!("{base} is a network address; passkeys need a name"))
            .hint("Set the public address to a name (https://news.example.org, or http://localhost on one machine).")
    };
    let name = origin.domain().ok_or_else(no_name)?;
    let builder = WebauthnBuilder::new(name, &origin).map_err(|error| PageError::internal(&error))?;
    builder.rp_name("sitrep").build().map_err(|error| PageError::internal(&error))
}

/// The user handle of an account: not its login, so that authenticators learn nothing by it.
fn handle(account: &AccountId) -> Uuid {
    let digest = Sha256::digest(account.as_str().as_bytes());
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&digest[..16]);
    Uuid::from_bytes(bytes)
}

fn passkeys(newsroom: &Newsroom, account: &AccountId) -> Result<Vec<Passkey>, sitrep_newsroom::Error> {
    let kept = newsroom.passkeys(account)?;
    let read = |bytes: Vec<u8>| serde_json::from_slice(&bytes).map_err(internal);
    kept.map_or_else(|| Ok(Vec::new()), read)
}

fn keep(newsroom: &Newsroom, account: &AccountId, passkeys: &[Passkey]) -> Result<(), sitrep_newsroom::Error> {
    newsroom.keep_passkeys(account, &serde_json::to_vec(passkeys).map_err(internal)?)
}

fn internal(error: serde_json::Error) -> sitrep_newsroom::Error {
    sitrep_newsroom::Error::Internal(error.to_string())
}

/// The challenge with the secret that finishes the ceremony.
async fn begun(app: &App, challenge: impl Serialize, ceremony: Option<Ceremony>) -> JsonAnswer {
    let mut challenge = serde_json::to_value(challenge).map_err(|error| PageError::internal(&error))?;
    let state = serde_json::to_vec(&ceremony).map_err(|error| PageError::internal(&error))?;
    let secret = app.ask(move |newsroom| newsroom.begin_ceremony(&state)).await?;
    challenge["state"] = Value::String(secret);
    Ok(no_store(Json(challenge).into_response()))
}

/// What was begun under the secret that came back with a credential. The secret is good once.
async fn taken(app: &App, given: &Value) -> Result<Option<Ceremony>, PageError> {
    let ended = || PageError::invalid("this ceremony has ended: begin once more");
    let secret = given.get("state").and_then(Value::as_str).ok_or_else(ended)?.to_owned();
    let state = app.ask(move |newsroom| newsroom.end_ceremony(&secret)).await?.ok_or_else(ended)?;
    serde_json::from_slice(&state).map_err(|error| PageError::internal(&error))
}

fn no_store(mut response: Response) -> Response {
    response.headers_mut().insert(header::CACHE_CONTROL, header::HeaderValue::from_static("no-store"));
    response
}

/// Why an authenticator's answer was refused: the log has the particulars, the screen needs none.
fn refused(error: &dyn std::fmt::Display) -> PageError {
    tracing::info!(%error, "a passkey was refused");
    PageError::new(StatusCode::UNPROCESSABLE_ENTITY, "passkey", "this passkey could not be verified")
}

pub(crate) async fn register_begin(State(app): State<App>, visitor: Visitor) -> JsonAnswer {
    let webauthn = webauthn(&app)?;
    let account = visitor.signed_in()?.clone();
    let id = account.id.clone();
    let known = app.ask(move |newsroom| passkeys(newsroom, &id)).await?;
    let exclude = known.iter().map(|passkey| passkey.cred_id().clone()).collect();
    let (challenge, state) = webauthn
        .start_passkey_registration(handle(&account.id), &account.login, &account.name, Some(exclude))
        .map_err(|error| PageError::internal(&error))?;
    begun(&app, challenge, Some(Ceremony::Register { account: account.id, state: Box::new(state) })).await
}

pub(crate) async fn register_finish(State(app): State<App>, visitor: Visitor, Json(given): Json<Value>) -> JsonAnswer {
    let webauthn = webauthn(&app)?;
    let by = visitor.signed_in()?.id.clone();
    let Some(Ceremony::Register { account, state }) = taken(&app, &given).await? else {
        return Err(refused(&"the ceremony was not a registration").into());
    };
    if account != by {
        return Err(refused(&"the ceremony was begun by another account").into());
    }
    let credential: RegisterPublicKeyCredential = serde_json::from_value(given).map_err(|error| refused(&error))?;
    let passkey = webauthn.finish_passkey_registration(&credential, &state).map_err(|error| refused(&error))?;
    app.ask(move |newsroom| {
        let mut known = passkeys(newsroom, &account)?;
        known.push(passkey);
        keep(newsroom, &account, &known)
    })
    .await?;
    Ok(no_store(Json(json!({})).into_response()))
}

#[derive(Deserialize)]
pub(crate) struct Login {
    #[serde(default)]
    login: String,
}

pub(crate) async fn login_begin(
    State(app): State<App>,
    connection: Option<axum::Extension<ConnectInfo<SocketAddr>>>,
    headers: HeaderMap,
    Json(given): Json<Login>,
) -> JsonAnswer {
    let webauthn = webauthn(&app)?;
    let login = given.login.trim().to_lowercase();
    if login.is_empty() {
        return Err(PageError::invalid("type your login first").into());
    }
    let from = session::sender(&headers, connection.map(|axum::Extension(ConnectInfo(peer))| peer));
    let asked = login.clone();
    let found = app
        .ask(move |newsroom| {
            newsroom.count_attempt(&asked, &from)?;
            let accounts = newsroom.accounts()?.into_iter().map(|found| found.value);
            let account = accounts.into_iter().find(|account| account.login == asked && !account.closed);
            match account {
                Some(account) => Ok(Some((passkeys(newsroom, &account.id)?, account))),
                None => Ok(None),
            }
        })
        .await?;
    match found {
        Some((known, account)) if !known.is_empty() => {
            let (challenge, state) =
                webauthn.start_passkey_authentication(&known).map_err(|error| PageError::internal(&error))?;
            begun(&app, challenge, Some(Ceremony::SignIn { account: account.id, state: Box::new(state) })).await
        }
        _ => begun(&app, decoy(&app, &login), None).await,
    }
}

/// A challenge that nobody can answer, for a login that has no passkey: whether there is one is nobody's business.
fn decoy(app: &App, login: &str) -> Value {
    static SALT: OnceLock<[u8; 32]> = OnceLock::new();
    let salt = SALT.get_or_init(rand::random);
    // The same login is answered with the same credential each time, as a real one is.
    let credential = Sha256::new().chain_update(salt).chain_update(login).finalize();
    let domain = Url::parse(app.newsroom().base()).ok().and_then(|url| url.domain().map(str::to_owned));
    json!({ "publicKey": {
        "challenge": URL_SAFE_NO_PAD.encode(rand::random::<[u8; 32]>()),
        "timeout": webauthn_rs::DEFAULT_AUTHENTICATOR_TIMEOUT.as_millis() as u64,
        "rpId": domain.unwrap_or_default(),
        "allowCredentials": [{ "type": "public-key", "id": URL_SAFE_NO_PAD.encode(credential) }],
        "userVerification": "required",
    } })
}

pub(crate) async fn login_finish(State(app): State<App>, headers: HeaderMap, Json(given): Json<Value>) -> JsonAnswer {
    let webauthn = webauthn(&app)?;
    let Some(Ceremony::SignIn { account, state }) = taken(&app, &given).await? else {
        return Err(refused(&"the ceremony was not a sign-in of an account with passkeys").into());
    };
    let credential: PublicKeyCredential = serde_json::from_value(given).map_err(|error| refused(&error))?;
    let result = webauthn.finish_passkey_authentication(&credential, &state).map_err(|error| refused(&error))?;
    let browser = session::browser(&headers);
    let secret = app
        .ask(move |newsroom| {
            let open = |found: &Account| found.id == account && !found.closed;
            if !newsroom.accounts()?.iter().any(|found| open(&found.value)) {
                return Err(sitrep_newsroom::Error::Forbidden("this account is closed".to_owned()));
            }
            let mut known = passkeys(newsroom, &account)?;
            let mut changed = false;
            for passkey in &mut known {
                changed |= passkey.update_credential(&result) == Some(true);
            }
            if changed {
                keep(newsroom, &account, &known)?;
            }
            newsroom.open_session(&account, &browser)
        })
        .await?;
    let cookie = session::open(&app, &secret);
    Ok(no_store(([(header::SET_COOKIE, cookie)], Json(json!({}))).into_response()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passkeys_are_counted() {
        assert_eq!(count(None), 0);
        assert_eq!(count(Some(b"[{}, {}]")), 2);
        assert_eq!(count(Some(b"broken")), 0);
    }
}
