//! Which installation a command works on: the data directory, the database, the public address, the mail server; and the
//! newsroom opened over them.

use crate::outcome::{Class, Failure};
use crate::stamps::StampArgs;
use crate::wiring;
use sitrep_model::account::Account;
use sitrep_model::desk::Desk;
use sitrep_model::id::DeskId;
use sitrep_net::{FetchSettings, MailSettings, Security};
use sitrep_newsroom::{Browser, Clock, Newsroom, Who};
use sitrep_store::{BlobSettings, Database, S3Settings, Settings as StoreSettings, Store};
use std::path::{Path, PathBuf};
use url::Url;

/// Where an installation's own settings are kept in the vault.
const OWN: &str = "installation";
/// The public address of an installation that was given none.
const LOCAL: &str = "http://localhost:8080";

/// The arguments that name an installation.
#[derive(Debug, Clone, clap::Args)]
pub struct Installation {
    /// The data directory: database, blobs and search index.
    #[arg(long, env = "SITREP_DATA", value_name = "DIR", default_value = "data")]
    pub data: PathBuf,
    /// A PostgreSQL server by its URL, instead of SQLite in the data directory.
    #[arg(long, env = "SITREP_DATABASE", value_name = "URL", hide_env_values = true)]
    pub database: Option<String>,
    /// Where blobs are, instead of files in the data directory: s3://bucket/prefix?endpoint=https://…&region=…; the keys
    /// are taken from AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.
    #[arg(long, env = "SITREP_BLOBS", value_name = "URL")]
    pub blobs: Option<String>,
    /// The public address, that links begin with; the one given to `sitrep init` where it is not given.
    #[arg(long, env = "SITREP_BASE", value_name = "URL")]
    pub base: Option<String>,
    /// The mail server: smtp://user:password@host:587 (STARTTLS), smtps://… (TLS) or smtp+plain://127.0.0.1:25.
    #[arg(long, env = "SITREP_SMTP", value_name = "URL", hide_env_values = true)]
    pub smtp: Option<String>,
    /// The browser for sources whose pages are captured with their requisites: a program's name or path, or `none`; the
    /// first Chromium on the path where it is not given.
    #[arg(long, env = "SITREP_BROWSER", value_name = "PROGRAM")]
    pub browser: Option<PathBuf>,
    /// The authority that stamps captures with its time.
    #[command(flatten)]
    pub stamps: StampArgs,
}

impl Installation {
    /// The settings of the store.
    pub fn settings(&self) -> Result<StoreSettings, Failure> {
        let database = match &self.database {
            Some(url) if !url.is_empty() => Database::Postgres(url.clone()),
            _ => Database::Sqlite,
        };
        let blobs = match self.blobs.as_deref().filter(|url| !url.is_empty()) {
            Some(url) => BlobSettings::S3(bucket(url)?),
            None => BlobSettings::Files,
        };
        Ok(StoreSettings { data: self.data.clone(), database, blobs })
    }

    /// Whether something was made here.
    pub fn exists(&self) -> bool {
        self.database.as_ref().is_some_and(|url| !url.is_empty()) || self.data.join("sitrep.sqlite").is_file()
    }

    /// Opens the store that is there.
    pub fn store(&self) -> Result<Store, Failure> {
        if !self.exists() {
            let message = format!("there is no store in {}", self.data.display());
            let hint = "Make one with `sitrep init`, or name its directory with --data or SITREP_DATA.";
            return Err(Failure::new(Class::Unreadable, "no_store", message).hint(hint));
        }
        self.store_or_new()
    }

    /// Opens the store, or makes it.
    pub fn store_or_new(&self) -> Result<Store, Failure> {
        Ok(Store::open(&self.settings()?)?)
    }

    /// The public address: the one given, or the one that `remember_base` kept.
    fn base(&self, store: &Store) -> Result<String, Failure> {
        if let Some(base) = self.base.as_deref().filter(|base| !base.is_empty()) {
            return Ok(base.to_owned());
        }
        let kept: Option<Vec<u8>> =
            store.operate(|operations| operations.vault_get(OWN, "base").map_err(sitrep_newsroom::Error::from))?;
        Ok(kept.and_then(|kept| String::from_utf8(kept).ok()).unwrap_or_else(|| LOCAL.to_owned()))
    }

    /// Keeps the public address for later commands, where one is given.
    pub fn remember_base(&self, store: &Store) -> Result<(), Failure> {
        let Some(base) = &self.base else { return Ok(()) };
        store.operate(|operations| {
            operations.vault_put(OWN, "base", base.as_bytes()).map_err(sitrep_newsroom::Error::from)
        })?;
        Ok(())
    }

    /// The browser that is named, or the one that is there.
    fn browser(&self) -> Result<Option<Browser>, Failure> {
        let named = self.browser.as_deref().filter(|name| !name.as_os_str().is_empty());
        if named.is_some_and(|name| name == Path::new("none")) {
            return Ok(None);
        }
        match (Browser::find(named), named) {
            (None, Some(name)) => {
                let message = format!("there is no browser {}", name.display());
                Err(Failure::new(Class::Usage, "browser", message)
                    .hint("Name Chromium's program with --browser, or none."))
            }
            (found, _) => Ok(found),
        }
    }

    /// Opens the newsroom over the store that is there.
    pub fn newsroom(&self) -> Result<Newsroom, Failure> {
        self.newsroom_over(self.store()?)
    }

    /// Opens the newsroom over a store.
    pub fn newsroom_over(&self, store: Store) -> Result<Newsroom, Failure> {
        let mail = self.smtp.as_deref().filter(|url| !url.is_empty()).map(mail_settings).transpose()?;
        let base = self.base(&store)?;
        let mut fetch = FetchSettings::default();
        fetch.user_agent = format!("{} {}", fetch.user_agent, base.trim_end_matches('/'));
        let (stamps, clock) = (self.stamps.settings()?, Clock::System(wiring::now));
        let browser = self.browser()?;
        let settings = sitrep_newsroom::Settings { base, fetch, mail, stamps, browser, clock };
        Ok(Newsroom::open(store, settings)?)
    }
}

/// The desk that is meant: the one named, or the only one.
pub fn desk(newsroom: &Newsroom, named: Option<&str>) -> Result<Desk, Failure> {
    if let Some(id) = named {
        return Ok(newsroom.desk(&DeskId::from(id))?);
    }
    let mut desks = newsroom.desks()?;
    match desks.len() {
        1 => Ok(desks.remove(0)),
        0 => Err(Failure::new(Class::Unreadable, "no_desk", "there is no desk here yet")
            .hint("Bring one in with `sitrep desk import DIR`.")),
        _ => {
            let names: Vec<&str> = desks.iter().map(|desk| desk.id.as_str()).collect();
            Err(Failure::new(Class::Usage, "which_desk", format!("which desk? There are {}", names.join(", ")))
                .hint("Name it with --desk."))
        }
    }
}

/// Who acts at the command line: the person named by `--as`, or the operator of this machine.
pub fn acting(newsroom: &Newsroom, login: Option<&str>) -> Result<Who, Failure> {
    let Some(login) = login else { return Ok(Who::Program("operator")) };
    let found = newsroom
        .accounts()?
        .into_iter()
        .map(|found| found.value)
        .find(|account: &Account| account.login == login && !account.closed);
    found.map(Who::person).ok_or_else(|| {
        Failure::new(Class::Usage, "no_account", format!("there is no account {login:?}"))
            .hint("`sitrep account list` shows the accounts.")
    })
}

/// A runtime for commands that fetch, send or serve.
pub fn runtime() -> Result<tokio::runtime::Runtime, Failure> {
    tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|error| Failure::new(Class::Internal, "runtime", error.to_string()))
}

fn mail_settings(text: &str) -> Result<MailSettings, Failure> {
    let wrong = |fault: &str| {
        // The address may hold a password: it is not repeated.
        Failure::new(Class::Usage, "smtp", format!("the mail server's address {fault}"))
            .hint("Write smtp://user:password@host:587, smtps://user:password@host:465 or smtp+plain://127.0.0.1:25.")
    };
    let url = Url::parse(text).map_err(|error| wrong(&format!("can't be read: {error}")))?;
    let (security, port) = match url.scheme() {
        "smtp" => (Security::StartTls, 587),
        "smtps" => (Security::Tls, 465),
        "smtp+plain" => (Security::Plain, 25),
        other => return Err(wrong(&format!("begins with {other}://"))),
    };
    let host = url.host_str().ok_or_else(|| wrong("names no host"))?;
    let mut settings = MailSettings::new(host, url.port().unwrap_or(port), security);
    if !url.username().is_empty() {
        settings.user = Some(decoded(url.username()));
        settings.password = url.password().map(|password| decoded(password).into());
    }
    Ok(settings)
}

/// A bucket by its address; its keys come from the environment, so that no command line shows them.
fn bucket(text: &str) -> Result<S3Settings, Failure> {
    let wrong = |fault: String| {
        Failure::new(Class::Usage, "blobs", format!("the bucket's address {fault}"))
            .hint("Write s3://bucket/prefix?endpoint=https://objects.example.org&region=us-east-1.")
    };
    let url = Url::parse(text).map_err(|error| wrong(format!("can't be read: {error}")))?;
    if url.scheme() != "s3" {
        return Err(wrong(format!("begins with {}://", url.scheme())));
    }
    let word = |name: &str| url.query_pairs().find(|(key, _)| key == name).map(|(_, value)| value.into_owned());
    let key = |name: &str| std::env::var(name).map_err(|_| wrong(format!("has no key: set {name}")));
    let endpoint = word("endpoint");
    Ok(S3Settings {
        region: word("region").unwrap_or_else(|| "us-east-1".to_owned()),
        bucket: url.host_str().ok_or_else(|| wrong("names no bucket".to_owned()))?.to_owned(),
        prefix: url.path().trim_matches('/').to_owned(),
        access_key: key("AWS_ACCESS_KEY_ID")?,
        secret_key: key("AWS_SECRET_ACCESS_KEY")?,
        path_style: word("path_style").map_or(endpoint.is_some(), |style| style == "true"),
        endpoint,
    })
}

/// A part of an address with its percent signs resolved.
fn decoded(text: &str) -> String {
    url::form_urlencoded::parse(text.replace('+', "%2B").as_bytes())
        .next()
        .map(|(key, _)| key.into_owned())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mail_server_is_named_by_its_address() {
        let settings = mail_settings("smtp://desk%40x:p%2Bw+1@mail.example").unwrap();
        assert_eq!((settings.host.as_str(), settings.port), ("mail.example", 587));
        assert_eq!(settings.user.as_deref(), Some("desk@x"));
        assert_eq!(settings.password, Some("p+w+1".into()));
        assert_eq!(mail_settings("smtp+plain://127.0.0.1:2525").unwrap().port, 2525);
    }

    #[test]
    fn a_wrong_address_does_not_show_its_password() {
        let fault = mail_settings("https://desk:hunter2@mail.example").unwrap_err();
        assert!(!fault.message.contains("hunter2"), "{}", fault.message);
    }
}
