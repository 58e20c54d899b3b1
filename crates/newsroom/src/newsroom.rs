//! The newsroom: one handle to the store, the network, the clock and what is kept in memory.

use crate::archive;
use crate::clock::Clock;
use crate::error::Error;
use crate::gather::requisites::BROWSERS;
use crate::ids;
use crate::inbox::Shelves;
use crate::push;
use crate::signing::Signer;
use crate::stamping::{self, StampSettings};
use crate::watches::Standing;
use crate::who::Who;
use jiff::Timestamp;
use sitrep_browser::Browser;
use sitrep_geo::gazetteer::Gazetteer;
use sitrep_model::id::{DeskId, SourceId};
use sitrep_model::{Kind, Noun};
use sitrep_net::{FetchSettings, Fetcher, MailSettings, Mailer};
use sitrep_publish::couriers::web_push::Vapid;
use sitrep_sift::Listener;
use sitrep_sift::reprints::Index;
use sitrep_sift::stream::Stream;
use sitrep_store::{ChangeRequest, Reader, Store, Versioned, Writer};
use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::sync::Semaphore;

/// What a newsroom is opened with.
pub struct Settings {
    /// The public address without a slash at the end: `https://example.org`.
    pub base: String,
    /// How pages are fetched.
    pub fetch: FetchSettings,
    /// How mail is sent; `None` where no server is set.
    pub mail: Option<MailSettings>,
    /// The authority that stamps captures with its time; `None` where none is named.
    pub stamps: Option<StampSettings>,
    /// The browser in which pages are opened, for sources that ask for it; `None` where there is none.
    pub browser: Option<Browser>,
    /// Where the time comes from.
    pub clock: Clock,
}

/// One handle to the newsroom; clones share it.
#[derive(Clone)]
pub struct Newsroom {
    inner: Arc<Inner>,
}

struct Inner {
    store: Store,
    base: String,
    clock: Clock,
    fetcher: Fetcher,
    mailer: Option<Mailer>,
    stamps: Option<StampSettings>,
    browser: Option<Browser>,
    browsers: Semaphore,
    pepper: String,
    signer: Signer,
    vapid: Vapid,
    gazetteer: Mutex<Option<(u64, Arc<Gazetteer>)>>,
    reprints: Mutex<HashMap<DeskId, Index>>,
    looking: Mutex<HashSet<SourceId>>,
    streams: Mutex<HashMap<DeskId, Stream>>,
    listeners: Mutex<Vec<Listener>>,
    standing: Mutex<HashMap<DeskId, Standing>>,
    shelves: Mutex<Shelves>,
    archives: Mutex<archive::Kept>,
    building: Mutex<()>,
    downloads: Mutex<()>,
}

impl Newsroom {
    /// Opens the newsroom over a store. The installation's secret and its key are made at the
    /// first opening.
    pub fn open(store: Store, settings: Settings) -> Result<Self, Error> {
        let (pepper, signer, vapid) = store.operate(|operations| -> Result<_, Error> {
            let pepper = match operations.vault_get("installation", "pepper")? {
                Some(found) => String::from_utf8_lossy(&found).into_owned(),
                None => {
                    let made = ids::secret();
                    operations.vault_put("installation", "pepper", made.as_bytes())?;
                    made
                }
            };
            Ok((pepper, Signer::of_installation(operations)?, push::key_of_installation(operations)?))
        })?;
        let fetcher = Fetcher::new(settings.fetch)?;
        let mailer = settings.mail.map(Mailer::new).transpose().map_err(|e| Error::invalid(e.to_string()))?;
        if settings.stamps.is_some() {
            let head = store.head()?;
            store.operate(|operations| stamping::begin(operations, head))?;
        }
        let inner = Inner {
            store,
            base: settings.base.trim_end_matches('/').to_owned(),
            clock: settings.clock,
            fetcher,
            mailer,
            stamps: settings.stamps,
            browser: settings.browser,
            browsers: Semaphore::new(BROWSERS),
            pepper,
            signer,
            vapid,
            gazetteer: Mutex::new(None),
            reprints: Mutex::new(HashMap::new()),
            looking: Mutex::new(HashSet::new()),
            streams: Mutex::new(HashMap::new()),
            listeners: Mutex::new(Vec::new()),
            standing: Mutex::new(HashMap::new()),
            shelves: Mutex::new(HashMap::new()),
            archives: Mutex::new(HashMap::new()),
            building: Mutex::new(()),
            downloads: Mutex::new(()),
        };
        Ok(Self { inner: Arc::new(inner) })
    }

    /// The store.
    pub fn store(&self) -> &Store {
        &self.inner.store
    }

    /// The public address without a slash at the end.
    pub fn base(&self) -> &str {
        &self.inner.base
    }

    /// The moment now.
    pub fn now(&self) -> Timestamp {
        self.inner.clock.now()
    }

    pub(crate) fn fetcher(&self) -> &Fetcher {
        &self.inner.fetcher
    }

    pub(crate) fn mailer(&self) -> Option<&Mailer> {
        self.inner.mailer.as_ref()
    }

    pub(crate) fn stamps(&self) -> Option<&StampSettings> {
        self.inner.stamps.as_ref()
    }

    /// The browser in which pages are opened.
    pub fn browser(&self) -> Option<&Browser> {
        self.inner.browser.as_ref()
    }

    /// The turns of browsers.
    pub(crate) fn browsers(&self) -> &Semaphore {
        &self.inner.browsers
    }

    pub(crate) fn signer(&self) -> &Signer {
        &self.inner.signer
    }

    /// The public key that holds for what this installation signed (Ed25519, RFC 8032), lower-case hex.
    pub fn public_key(&self) -> String {
        self.inner.signer.public_key()
    }

    /// The key by which push services know this installation.
    pub(crate) fn vapid(&self) -> &Vapid {
        &self.inner.vapid
    }

    /// A digest that nobody can make without the installation's secret.
    pub(crate) fn peppered(&self, text: &str) -> String {
        ids::sha256(format!("{}\n{text}", self.inner.pepper).as_bytes())
    }

    /// The sources that are being looked at.
    pub(crate) fn looking(&self) -> MutexGuard<'_, HashSet<SourceId>> {
        self.inner.looking.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn reprints(&self) -> MutexGuard<'_, HashMap<DeskId, Index>> {
        self.inner.reprints.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn standing(&self) -> MutexGuard<'_, HashMap<DeskId, Standing>> {
        self.inner.standing.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn shelves(&self) -> MutexGuard<'_, Shelves> {
        self.inner.shelves.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Held while a file for download is made: one at a time.
    pub(crate) fn downloads(&self) -> &Mutex<()> {
        &self.inner.downloads
    }

    /// Held while an archive is worked out: whoever asks meanwhile waits for it and doesn't do the same again.
    pub(crate) fn building(&self) -> &Mutex<()> {
        &self.inner.building
    }

    pub(crate) fn archives(&self) -> &Mutex<archive::Kept> {
        &self.inner.archives
    }

    pub(crate) fn streams(&self) -> MutexGuard<'_, HashMap<DeskId, Stream>> {
        self.inner.streams.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Those that read documents for the streams and have nothing to do now.
    pub(crate) fn listeners(&self) -> MutexGuard<'_, Vec<Listener>> {
        self.inner.listeners.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The gazetteer over the installation's places, as they are now.
    pub fn gazetteer(&self) -> Result<Arc<Gazetteer>, Error> {
        let head = self.inner.store.head()?;
        let mut kept = self.inner.gazetteer.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((at, gazetteer)) = kept.as_ref()
            && *at == head
        {
            return Ok(gazetteer.clone());
        }
        let places = self.read(|reader| crate::catalogue::all(reader, None))?;
        let gazetteer = Arc::new(Gazetteer::new(places));
        *kept = Some((head, gazetteer.clone()));
        Ok(gazetteer)
    }

    /// Reads from one snapshot.
    pub fn read<T>(&self, f: impl FnOnce(&mut Reader<'_>) -> Result<T, Error>) -> Result<T, Error> {
        self.inner.store.read(f)
    }

    /// One verb: one transaction, one change of the record.
    pub(crate) fn write<T>(
        &self,
        who: &Who,
        verb: &str,
        desk: Option<&DeskId>,
        why: Option<&str>,
        f: impl FnOnce(&mut Writer<'_>) -> Result<T, Error>,
    ) -> Result<T, Error> {
        self.write_as_known(who, verb, desk, why, None, f)
    }

    /// What a verb's change says of itself.
    pub(crate) fn request(
        &self,
        who: &Who,
        verb: &str,
        desk: Option<&DeskId>,
        why: Option<&str>,
        recorded: Option<Timestamp>,
    ) -> ChangeRequest {
        ChangeRequest {
            at: self.now(),
            recorded,
            who: who.name(),
            verb: verb.to_owned(),
            why: why.map(str::to_owned).filter(|why| !why.trim().is_empty()),
            desk: desk.cloned(),
        }
    }

    /// The same for what was known earlier than it is written: an import.
    pub(crate) fn write_as_known<T>(
        &self,
        who: &Who,
        verb: &str,
        desk: Option<&DeskId>,
        why: Option<&str>,
        recorded: Option<Timestamp>,
        f: impl FnOnce(&mut Writer<'_>) -> Result<T, Error>,
    ) -> Result<T, Error> {
        let request = self.request(who, verb, desk, why, recorded);
        let (value, _) = self.inner.store.change(request, f)?;
        Ok(value)
    }
}

/// An object as it is now, or as it was known at a moment.
pub(crate) fn look<N: Noun>(
    reader: &mut Reader<'_>,
    id: &str,
    as_of: Option<Timestamp>,
) -> Result<Option<Versioned<N>>, Error> {
    Ok(match as_of {
        Some(at) => reader.get_as_of(id, at)?,
        None => reader.get(id)?,
    })
}

/// An object that must be there, on that desk.
pub(crate) fn must<N: Noun>(reader: &mut Reader<'_>, desk: &DeskId, id: &str) -> Result<Versioned<N>, Error> {
    let found: Option<Versioned<N>> = reader.get(id)?;
    found
        .filter(|found| found.value.desk().is_none_or(|of| of == desk))
        .ok_or_else(|| Error::not_found(noun_name(N::KIND), id))
}

pub(crate) const fn noun_name(kind: Kind) -> &'static str {
    kind.as_str()
}
