//! One look at one source: what is pending and what the kind plans is asked for, one after the other; each answer is read,
//! what is new in it is kept, and only then is written what is to be asked next.

use super::files::{FILE_MARK, Told};
use super::secrets::Secrets;
use super::state::{self, State, Validators};
use super::{Gathered, blocking};
use crate::error::Error;
use crate::keeping::{Keeping, Received, TOGETHER, Together};
use crate::newsroom::Newsroom;
use crate::who::Who;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use sitrep_collect::kinds::{Ask, Found, Item, Kind, Origin, Said};
use sitrep_collect::warc::Exchange;
use sitrep_model::document::Document;
use sitrep_model::source::{Robots, Source};
use sitrep_net::{Fetched, Mailbox, Request};
use sitrep_store::Versioned;
use std::collections::{HashSet, VecDeque};

/// Things asked for in one look; the rest is asked for in the next, so that a channel with years of posts holds up nobody.
const AT_ONCE: usize = 40;
/// The same for a mailbox, which is one connection.
const MESSAGES_AT_ONCE: usize = 500;
/// The same for files, which keep nobody waiting.
const FILES_AT_ONCE: usize = 5_000;
/// How often something is asked for in vain before it is given up.
const PATIENCE: u32 = 5;

/// What came of a look.
#[derive(Debug, Default)]
pub(super) struct Outcome {
    pub(super) gathered: Gathered,
    /// When what is new was said.
    pub(super) said_at: Vec<Timestamp>,
    /// How much is still to be asked for.
    pub(super) waiting: usize,
}

pub(super) struct Look<'a> {
    newsroom: &'a Newsroom,
    who: &'a Who,
    source: &'a Source,
    kind: &'static Kind,
    state: State,
    secrets: Secrets,
    /// The mailbox that is open, for a source that is one.
    mailbox: Option<Mailbox>,
    outcome: Outcome,
    /// What is found belongs to the source; a file that somebody hands in may belong to none.
    attributed: bool,
    /// Who hears how much is done, and of how much.
    told: Option<(Told<'a>, usize)>,
}

/// Something to ask for: planned by this look, or left over by one before.
struct Errand {
    ask: Ask,
    planned: bool,
}

impl<'a> Look<'a> {
    pub(super) fn new(
        newsroom: &'a Newsroom,
        who: &'a Who,
        source: &'a Source,
        kind: &'static Kind,
        state: State,
    ) -> Self {
        Self {
            newsroom,
            who,
            source,
            kind,
            state,
            secrets: Secrets::default(),
            mailbox: None,
            outcome: Outcome::default(),
            attributed: true,
            told: None,
        }
    }

    /// Reads what somebody hands in, and keeps what is new in it.
    pub(super) async fn take(mut self, received: Received, attributed: bool, told: Told<'a>) -> Result<Outcome, Error> {
        self.attributed = attributed;
        self.secrets = self.newsroom.secrets_of(attributed.then_some(self.source)).await?;
        let ask = Ask::of(&received.final_url);
        let (found, received) = self.read(&ask, received).await?;
        self.told = Some((told, found.items.len()));
        self.keep(found.items, received).await?;
        self.outcome.gathered.refused.extend(found.faults);
        Ok(self.outcome)
    }

    fn of(&self) -> Option<Source> {
        self.attributed.then(|| self.source.clone())
    }

    /// Looks. An error means that nothing at all could be had; what was left to ask stays remembered all the same.
    pub(super) async fn run(mut self) -> Result<Outcome, Error> {
        self.secrets = self.newsroom.secrets_of(Some(self.source)).await?;
        let mut errands = self.errands().await?;
        let most = match self.kind.origin {
            Origin::Files => FILES_AT_ONCE,
            Origin::Mailbox => MESSAGES_AT_ONCE,
            _ => AT_ONCE,
        };
        let (mut asked, mut answered, mut fault) = (0, 0, None);
        while let Some(errand) = errands.pop_front() {
            if asked >= most {
                errands.push_front(errand);
                break;
            }
            asked += 1;
            match self.ask(&errand.ask, &mut errands).await {
                Ok(()) => answered += 1,
                Err(error) => {
                    self.in_vain(errand, &error, &mut errands);
                    fault.get_or_insert(error);
                    // A host that is not reached now will not be a moment later.
                    if answered == 0 && asked > 3 && self.kind.origin != Origin::Files {
                        break;
                    }
                }
            }
        }
        self.outcome.waiting = errands.iter().filter(|errand| !errand.planned || asked >= most).count();
        self.remember(&errands).await?;
        if let Some(mailbox) = self.mailbox.take() {
            mailbox.leave().await;
        }
        match fault {
            Some(error) if answered == 0 => Err(error),
            _ => Ok(self.outcome),
        }
    }

    async fn errands(&mut self) -> Result<VecDeque<Errand>, Error> {
        let pending = std::mem::take(&mut self.state.pending).into_iter().map(|ask| Errand { ask, planned: false });
        let mut planned = (self.kind.plan)(&self.source.collection, &self.state.memory).map_err(worded)?;
        if self.kind.origin == Origin::Files {
            planned = self.newsroom.files_to_read(self.source, planned).await?;
        }
        Ok(pending.chain(planned.into_iter().map(|ask| Errand { ask, planned: true })).collect())
    }

    /// An errand that failed: what this look planned is planned again by the next one; what was left over is kept for a while.
    fn in_vain(&mut self, errand: Errand, error: &Error, errands: &mut VecDeque<Errand>) {
        self.outcome.gathered.refused.push((errand.ask.at.clone(), error.to_string()));
        let gone = matches!(error, Error::Fetch(sitrep_net::Error::Status { status: 404 | 410, .. }));
        if !errand.planned && !gone && errand.ask.tried + 1 < PATIENCE {
            let ask = Ask { tried: errand.ask.tried + 1, ..errand.ask };
            errands.push_back(Errand { ask, planned: false });
        }
    }

    /// Asks for one thing, keeps what is new in it, and remembers what comes next.
    async fn ask(&mut self, ask: &Ask, errands: &mut VecDeque<Errand>) -> Result<(), Error> {
        let Some((received, validators)) = self.received(ask).await? else { return Ok(()) };
        let (found, received) = self.read(ask, received).await?;
        let complete = self.keep(found.items, received).await?;
        self.outcome.gathered.refused.extend(found.faults);
        for next in found.then.into_iter().rev() {
            errands.push_front(Errand { ask: next, planned: false });
        }
        self.state.memory.extend(found.remember);
        // While something is missing, the next look must see the whole again.
        match validators.filter(|_| complete) {
            Some(validators) => self.state.validators.insert(ask.at.clone(), validators),
            None => self.state.validators.remove(&ask.at),
        };
        if let Some(mark) = ask.known(FILE_MARK) {
            let (newsroom, desk, mark) = (self.newsroom.clone(), self.source.desk.clone(), mark.to_owned());
            blocking(move || newsroom.mark_seen(&desk, &mark)).await?;
        }
        self.remember(errands).await
    }

    /// The answer; `None` where it has not changed.
    async fn received(&mut self, ask: &Ask) -> Result<Option<(Received, Option<Validators>)>, Error> {
        if self.kind.origin == Origin::Files {
            let (newsroom, at) = (self.newsroom.clone(), ask.at.clone());
            return Ok(Some((blocking(move || newsroom.incoming_file(&at)).await?, None)));
        }
        if self.kind.origin == Origin::Mailbox {
            return Ok(Some((self.read_mailbox(&ask.at).await?, None)));
        }
        let mut request = self.secrets.request(Some(self.source), &ask.at, ask.credential.as_ref())?;
        if let Some(known) = self.state.validators.get(&ask.at) {
            request.if_none_match = known.etag.clone();
            request.if_modified_since = known.last_modified.clone();
        }
        let fetched = self.fetch(&request).await?.accepted()?;
        if fetched.is_unchanged() {
            return Ok(None);
        }
        let word = |name: &str| fetched.header(name).map(str::to_owned);
        let validators = Validators { etag: word("etag"), last_modified: word("last-modified") };
        let known = validators != Validators::default();
        let received = Received::of(fetched, &ask.at, self.newsroom.now());
        Ok(Some((received, known.then_some(validators))))
    }

    /// A list or a message of the source's mailbox, over one connection as long as it holds.
    async fn read_mailbox(&mut self, at: &str) -> Result<Received, Error> {
        let mut mailbox = match self.mailbox.take() {
            Some(open) => open,
            None => self.newsroom.fetcher().mailbox(at, &self.secrets.mailbox_login(self.source)?).await?,
        };
        let answer = mailbox.answer(at).await?;
        self.mailbox = Some(mailbox);
        Ok(Received::of_file(at.to_owned(), answer.media_type, answer.body, self.newsroom.now()))
    }

    async fn fetch(&self, request: &Request) -> Result<Fetched, Error> {
        let fetcher = self.newsroom.fetcher();
        let polite = self.kind.origin == Origin::Web && self.source.robots == Robots::Obeyed;
        Ok(if polite { fetcher.fetch_politely(request).await? } else { fetcher.fetch(request).await? })
    }

    /// Reads an answer off the threads that wait for sockets.
    async fn read(&self, ask: &Ask, received: Received) -> Result<(Found, Received), Error> {
        let (collection, ask, read) = (self.source.collection.clone(), ask.clone(), self.kind.read);
        let zone = self.source.time_zone.as_deref().and_then(|zone| TimeZone::get(zone).ok());
        blocking(move || {
            let answer = received.answer(zone.unwrap_or(TimeZone::UTC));
            let found = read(&collection, &ask, &answer).map_err(worded)?;
            Ok((found, received))
        })
        .await
    }

    /// Keeps what is new. Says whether all of it could be had.
    async fn keep(&mut self, items: Vec<Item>, received: Received) -> Result<bool, Error> {
        let mut said: Vec<Said> = Vec::new();
        let mut complete = true;
        let mut exchanges: Vec<Exchange> = Vec::new();
        for item in items {
            match item {
                Item::Said(one) => said.push(*one),
                Item::Page { url, .. } => {
                    complete &= self.page(url).await?;
                    self.tell();
                }
                Item::Exchange(exchange) => exchanges.push(*exchange),
            }
        }
        self.exchanges(exchanges).await?;
        if !said.is_empty() {
            let (newsroom, who, reader) = (self.newsroom.clone(), self.who.clone(), self.kind.id);
            let (desk, source) = (self.source.desk.clone(), self.of());
            let kept =
                blocking(move || newsroom.keep_said(&who, &desk, source.as_ref(), &received, said, reader)).await?;
            self.outcome.gathered.known += kept.known;
            kept.documents.iter().for_each(|document| self.count(document));
        }
        Ok(complete)
    }

    fn count(&mut self, document: &Document) {
        self.outcome.said_at.push(document.published.unwrap_or(document.arrived));
        self.outcome.gathered.documents.push(document.id.clone());
    }

    /// Captures and reads an entry's page, unless it was seen.
    async fn page(&mut self, url: String) -> Result<bool, Error> {
        let (newsroom, desk, seen) = (self.newsroom.clone(), self.source.desk.clone(), url.clone());
        if blocking(move || newsroom.is_seen(&desk, &seen)).await? {
            self.outcome.gathered.known += 1;
            return Ok(true);
        }
        if self.state.failed.get(&url).is_some_and(|times| *times >= PATIENCE) {
            return Ok(true);
        }
        // An address of a list is any outlet's, and a person chose it.
        let captured = match self.kind.origin {
            Origin::Files => {
                self.newsroom.paste(self.who, &self.source.desk, &url).await.map(|document| (document, None))
            }
            _ => self.captured(&url).await,
        };
        match captured {
            Ok((document, fault)) => {
                self.state.failed.remove(&url);
                self.count(&document.value);
                if let Some(fault) = fault {
                    self.outcome.gathered.refused.push((url, format!("captured without its requisites: {fault}")));
                }
                Ok(true)
            }
            // The store's own fault is nothing that the entry could be refused for.
            Err(error @ (Error::Store(_) | Error::Internal(_))) => Err(error),
            Err(error) => {
                let times = self.state.failed.entry(url.clone()).or_insert(0);
                *times += 1;
                let given_up = if *times >= PATIENCE { "; it is not asked for again" } else { "" };
                self.outcome.gathered.refused.push((url, format!("{error}{given_up}")));
                Ok(false)
            }
        }
    }

    /// The document, and what went wrong with the browser, where it is opened in one.
    async fn captured(&self, url: &str) -> Result<(Versioned<Document>, Option<String>), Error> {
        let request = self.secrets.request(Some(self.source), url, None)?;
        let fetched = self.fetch(&request).await?;
        if !(200..300).contains(&fetched.status) {
            fetched.accepted()?;
            return Err(Error::invalid(format!(
                "{url} answered that nothing has changed, though nothing was known of it"
            )));
        }
        let received = Received::of(fetched, url, self.newsroom.now());
        let (newsroom, who, source) = (self.newsroom.clone(), self.who.clone(), self.of());
        let requisites = newsroom.page_requisites(source.as_ref(), &received).await;
        let fault = requisites.as_ref().and_then(|requisites| requisites.fault.clone());
        let (desk, entry) = (self.source.desk.clone(), Some(url.to_owned()));
        let keeping = Keeping { entry, requisites, ..Keeping::default() };
        let kept = blocking(move || newsroom.keep(&who, &desk, source.as_ref(), &received, &keeping)).await?;
        Ok((kept, fault))
    }

    /// Keeps what somebody else captured: while some are entered into the record, the next are read.
    async fn exchanges(&mut self, exchanges: Vec<Exchange>) -> Result<(), Error> {
        let mut waiting: Option<Together> = None;
        for batch in batches(exchanges) {
            let all = batch.len();
            if waiting.as_ref().is_some_and(|waiting| waiting.share_an_address(&batch)) {
                self.enter(waiting.take()).await?;
            }
            let (newsroom, who, source) = (self.newsroom.clone(), self.who.clone(), self.of());
            let desk = self.source.desk.clone();
            let read = blocking(move || newsroom.read_exchanges(&who, &desk, source.as_ref(), batch));
            let (read, entered) = tokio::join!(read, self.enter(waiting.take()));
            entered?;
            let read = read?;
            self.outcome.gathered.known += all - read.len();
            waiting = Some(read);
        }
        self.enter(waiting).await
    }

    /// Says how much is done.
    fn tell(&self) {
        if let Some((told, all)) = self.told {
            let Gathered { documents, known, refused, .. } = &self.outcome.gathered;
            told((documents.len() + known + refused.len()) as u64, all as u64);
        }
    }

    async fn enter(&mut self, together: Option<Together>) -> Result<(), Error> {
        let Some(together) = together else { return Ok(()) };
        let (newsroom, who, source) = (self.newsroom.clone(), self.who.clone(), self.of());
        let desk = self.source.desk.clone();
        for (url, result) in blocking(move || newsroom.enter_exchanges(&who, &desk, source.as_ref(), together)).await? {
            match result {
                Ok(document) => self.count(&document.value),
                Err(error @ (Error::Store(_) | Error::Internal(_))) => return Err(error),
                Err(error) => self.outcome.gathered.refused.push((url, error.to_string())),
            }
        }
        self.tell();
        Ok(())
    }

    async fn remember(&mut self, errands: &VecDeque<Errand>) -> Result<(), Error> {
        // What a look planned is planned anew; what follows from an answer would be lost.
        self.state.pending = errands.iter().filter(|errand| !errand.planned).map(|errand| errand.ask.clone()).collect();
        let (newsroom, id, mut state) = (self.newsroom.clone(), self.source.id.clone(), self.state.clone());
        blocking(move || newsroom.store().operate(|operations| state::keep(operations, &id, &mut state))).await
    }
}

/// Exchanges for one transaction each, none of which holds an address twice.
fn batches(exchanges: Vec<Exchange>) -> Vec<Vec<Exchange>> {
    let mut batches: Vec<Vec<Exchange>> = Vec::new();
    let mut addresses: HashSet<String> = HashSet::new();
    for exchange in exchanges {
        match batches.last_mut() {
            Some(batch) if batch.len() < TOGETHER && addresses.insert(exchange.url.clone()) => batch.push(exchange),
            _ => {
                addresses = HashSet::from([exchange.url.clone()]);
                batches.push(vec![exchange]);
            }
        }
    }
    batches
}

fn worded(error: sitrep_collect::kinds::Error) -> Error {
    match error {
        sitrep_collect::kinds::Error::Setting { name, why } => Error::field(&name, why),
        other => Error::invalid(other.to_string()),
    }
}
