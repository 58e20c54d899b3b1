//! Who visits: the session's cookie, or a program's token.

use crate::app::App;
use crate::error::PageError;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use sitrep_model::account::{Account, Permission};
use sitrep_model::id::DeskId;
use sitrep_newsroom::Who;

const COOKIE: &str = "sitrep_session";

/// Who asks for a page.
#[derive(Debug, Clone, Default)]
pub(crate) struct Visitor {
    who: Who,
    secret: Option<String>,
}

impl Visitor {
    /// Who it is.
    pub(crate) fn who(&self) -> &Who {
        &self.who
    }

    /// The account, where somebody is signed in.
    pub(crate) fn account(&self) -> Option<&Account> {
        self.who.account()
    }

    /// The account of a page that asks for one.
    pub(crate) fn signed_in(&self) -> Result<&Account, PageError> {
        self.account().ok_or_else(|| PageError::forbidden(true))
    }

    /// Whether this may do what asks for a permission.
    pub(crate) fn may(&self, permission: Permission, desk: Option<&DeskId>) -> bool {
        self.who.may(permission, desk)
    }

    /// The session's secret.
    pub(crate) fn secret(&self) -> Option<&str> {
        self.secret.as_deref()
    }
}

impl FromRequestParts<App> for Visitor {
    type Rejection = StatusCode;

    async fn from_request_parts(parts: &mut Parts, _: &App) -> Result<Self, StatusCode> {
        parts.extensions.get::<Self>().cloned().ok_or(StatusCode::INTERNAL_SERVER_ERROR)
    }
}

/// Who sent a request's headers.
pub(crate) async fn visitor(app: &App, headers: &HeaderMap) -> Result<Visitor, PageError> {
    let secret = cookie(headers);
    let token = headers
        .get(header::AUTHORIZATION)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.strip_prefix("Bearer "))
        .map(str::to_owned);
    if secret.is_none() && token.is_none() {
        return Ok(Visitor::default());
    }
    let session = secret.clone();
    let who = app.ask(move |newsroom| newsroom.visitor(session.as_deref(), token.as_deref())).await?;
    let secret = secret.filter(|_| who.account().is_some());
    Ok(Visitor { who, secret })
}

/// The session's secret that a request carries.
pub(crate) fn cookie(headers: &HeaderMap) -> Option<String> {
    let pairs = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    pairs.flat_map(|value| value.split(';')).find_map(|pair| {
        let (name, value) = pair.trim().split_once('=')?;
        (name == COOKIE && !value.is_empty()).then(|| value.to_owned())
    })
}

/// The header that opens a session in the browser.
pub(crate) fn open(app: &App, secret: &str) -> HeaderValue {
    set(app, secret, sitrep_newsroom::sessions::HOLDS)
}

/// The header that ends it.
pub(crate) fn close(app: &App) -> HeaderValue {
    set(app, "", 0)
}

fn set(app: &App, secret: &str, seconds: i64) -> HeaderValue {
    let secure = if app.is_secure() { "; Secure" } else { "" };
    let text = format!("{COOKIE}={secret}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Strict{secure}");
    HeaderValue::from_str(&text).unwrap_or(HeaderValue::from_static(""))
}

/// What a browser calls itself, for the list of sessions.
pub(crate) fn browser(headers: &HeaderMap) -> String {
    headers.get(header::USER_AGENT).and_then(|value| value.to_str().ok()).unwrap_or("a program").to_owned()
}

/// Where a request came from, for counting attempts: the peer, which a proxy of ours names in `X-Forwarded-For`.
pub(crate) fn sender(headers: &HeaderMap, peer: Option<std::net::SocketAddr>) -> String {
    let behind_proxy = peer.is_some_and(|peer| peer.ip().is_loopback());
    let forwarded = headers.get("x-forwarded-for").and_then(|value| value.to_str().ok());
    match forwarded.and_then(|value| value.rsplit(',').next()).filter(|_| behind_proxy) {
        Some(address) => address.trim().to_owned(),
        None => peer.map_or_else(|| "unknown".to_owned(), |peer| peer.ip().to_string()),
    }
}
