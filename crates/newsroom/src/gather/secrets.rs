//! Secrets of sources: the key of an interface, cookies of a sign-in, the login of a proxy. They stand in the vault, in no
//! record, no export of a desk, no capture and no log.

use super::blocking;
use crate::error::Error;
use crate::newsroom::{Newsroom, must};
use crate::vault;
use crate::who::Who;
use serde::{Deserialize, Serialize};
use sitrep_model::account::Role;
use sitrep_model::id::{DeskId, SourceId};
use sitrep_model::source::Source;
use sitrep_net::{MailboxLogin, Proxy, Request};
use sitrep_store::Operations;
use url::Url;

const SECRETS: &str = "source-secret";

/// Which secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SecretKind {
    /// The key of an interface for programs; the password of a mailbox.
    Key,
    /// The value of the `Cookie` header.
    Cookies,
    /// `name:password` of the proxy.
    ProxyLogin,
}

impl SecretKind {
    /// A secret by its name: `key`, `cookies`, `proxy-login`.
    pub fn named(name: &str) -> Result<Self, Error> {
        match name {
            "key" => Ok(Self::Key),
            "cookies" => Ok(Self::Cookies),
            "proxy-login" => Ok(Self::ProxyLogin),
            _ => Err(Error::field("secret", format!("{name:?} is no secret of a source: key, cookies or proxy-login"))),
        }
    }
}

/// A source's secrets.
#[derive(Clone, Default, Serialize, Deserialize)]
pub(crate) struct Secrets {
    #[serde(default)]
    key: Option<String>,
    #[serde(default)]
    cookies: Option<String>,
    #[serde(default)]
    proxy_login: Option<String>,
}

pub(crate) fn of(operations: &mut Operations<'_>, source: &SourceId) -> Result<Secrets, Error> {
    Ok(vault::read(operations, SECRETS, source.as_str())?.unwrap_or_default())
}

impl Secrets {
    /// A request of a source, with what only the source may carry: its key where it is asked for, its cookies to its own
    /// hosts, its proxy.
    pub(crate) fn request(
        &self,
        source: Option<&Source>,
        url: &str,
        credential: Option<&(String, String)>,
    ) -> Result<Request, Error> {
        let mut request = Request { local: source.is_some_and(|source| source.local), ..Request::new(url) };
        let Some(source) = source else { return Ok(request) };
        request.via = self.proxy(source)?;
        if let Some(((header, scheme), key)) = credential.zip(self.key.as_deref()) {
            request.secrets.push((header.clone(), format!("{scheme}{key}").into()));
        }
        if let Some(cookies) = self.cookies.as_deref().filter(|_| is_own(source, url)) {
            request.secrets.push(("Cookie".to_owned(), cookies.into()));
        }
        Ok(request)
    }
}

impl Secrets {
    fn proxy(&self, source: &Source) -> Result<Option<Proxy>, Error> {
        let proxy = source.proxy.as_deref().filter(|proxy| !proxy.trim().is_empty());
        Ok(proxy.map(|proxy| Proxy::read(proxy, self.proxy_login.as_deref())).transpose()?)
    }

    /// How a source's mailbox is signed in to.
    pub(super) fn mailbox_login(&self, source: &Source) -> Result<MailboxLogin, Error> {
        let password = self.key.as_deref().ok_or_else(|| {
            Error::field("key", format!("keep the password of the mailbox as the secret of {}", source.name))
        })?;
        let name = source.collection.text("login").unwrap_or_default().to_owned();
        Ok(MailboxLogin { name, password: password.into(), local: source.local, via: self.proxy(source)? })
    }
}

/// Whether an address is on one of a source's own hosts.
fn is_own(source: &Source, url: &str) -> bool {
    let host = |address: &str| Url::parse(address).ok().and_then(|url| url.host_str().map(str::to_owned));
    let Some(asked) = host(url) else { return false };
    let told = ["url", "base", "api"]
        .iter()
        .filter_map(|name| source.collection.text(name))
        .any(|own| host(own).as_ref() == Some(&asked));
    let known =
        |own: &String| asked == *own || asked.strip_suffix(own.as_str()).is_some_and(|rest| rest.ends_with('.'));
    told || source.hosts.iter().any(known)
}

impl Newsroom {
    /// Keeps a secret of a source, or forgets it where it is empty. The record says that it was done, not what it is.
    pub fn keep_source_secret(
        &self,
        who: &Who,
        desk: &DeskId,
        id: &str,
        kind: SecretKind,
        secret: &str,
    ) -> Result<(), Error> {
        who.must_be(Role::Chief, desk)?;
        let secret = secret.trim();
        if secret.len() > 8_000 || secret.chars().any(char::is_control) {
            return Err(Error::field("secret", "a secret is one line of at most 8000 characters"));
        }
        let kept = Some(secret.to_owned()).filter(|secret| !secret.is_empty());
        self.store().operate(|operations| {
            let source = must::<Source>(operations, desk, id)?.value;
            let mut secrets = of(operations, &source.id)?;
            match kind {
                SecretKind::Key => secrets.key = kept,
                SecretKind::Cookies => secrets.cookies = kept,
                SecretKind::ProxyLogin => secrets.proxy_login = kept,
            }
            vault::keep(operations, SECRETS, source.id.as_str(), &secrets)
        })
    }

    /// Which secrets a source has: key, cookies, the proxy's login.
    pub fn source_secrets(&self, who: &Who, desk: &DeskId, id: &SourceId) -> Result<[bool; 3], Error> {
        who.must_be(Role::Reader, desk)?;
        let secrets = self.store().operate(|operations| of(operations, id))?;
        Ok([secrets.key.is_some(), secrets.cookies.is_some(), secrets.proxy_login.is_some()])
    }

    pub(crate) async fn secrets_of(&self, source: Option<&Source>) -> Result<Secrets, Error> {
        let Some(id) = source.map(|source| source.id.clone()) else { return Ok(Secrets::default()) };
        let newsroom = self.clone();
        blocking(move || newsroom.store().operate(|operations| of(operations, &id))).await
    }
}
