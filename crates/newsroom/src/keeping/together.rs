//! Many exchanges kept together: read on every processor, their bytes brought to the disk at once, and each a change of its own in
//! one transaction.

use super::{Arrival, Keeping, Read, Received, SEEN, VERB, seen_key};
use crate::error::Error;
use crate::ids;
use crate::newsroom::Newsroom;
use crate::processors::divided_owned;
use crate::who::Who;
use sitrep_collect::warc::Exchange;
use sitrep_model::account::Role;
use sitrep_model::capture::Capture;
use sitrep_model::document::{Document, WatchMark};
use sitrep_model::id::DeskId;
use sitrep_model::source::Source;
use sitrep_store::Versioned;

/// Exchanges of one transaction: others that write wait for no longer.
pub(crate) const TOGETHER: usize = 64;

/// What became of an exchange.
pub(crate) type Kept = Result<Versioned<Document>, Error>;

/// An exchange that was read, and its capture.
struct Ready {
    received: Received,
    keeping: Keeping,
    read: Read,
    capture: Capture,
    marks: Vec<WatchMark>,
}

/// Exchanges that were read and whose bytes are on the disk: they wait to be entered into the record.
pub(crate) struct Together {
    ready: Vec<Ready>,
    /// Those that could not be read, each by its address.
    refused: Vec<(String, Kept)>,
}

impl Together {
    /// How many they are.
    pub(crate) fn len(&self) -> usize {
        self.ready.len() + self.refused.len()
    }

    /// Whether one of these has an address that one of those has: what comes again is held against what was kept before.
    pub(crate) fn share_an_address(&self, others: &[Exchange]) -> bool {
        others.iter().any(|other| self.ready.iter().any(|ready| ready.received.final_url == other.url))
    }
}

impl Newsroom {
    /// Reads what somebody else captured, without what is known already. No two of the exchanges have one address. An error is
    /// the store's.
    pub(crate) fn read_exchanges(
        &self,
        who: &Who,
        desk: &DeskId,
        source: Option<&Source>,
        exchanges: Vec<Exchange>,
    ) -> Result<Together, Error> {
        who.must_be(Role::Analyst, desk)?;
        let new = self.not_seen(desk, exchanges)?;
        let arrived = self.now();
        let read = divided_owned(new, |(mark, exchange)| {
            let url = exchange.url.clone();
            let received = Received::of_exchange(exchange).map_err(|error| (url.clone(), error))?;
            let read = self.read_page(&received, source).map_err(|error| (url.clone(), error))?;
            let (capture, records) = self
                .composed(desk, source, &received, ids::in_order("cap", self.now()), None, None)
                .map_err(|error| (url, error))?;
            let keeping = Keeping { entry: Some(mark), arrived: Some(arrived), ..Keeping::default() };
            Ok((received, keeping, read, capture, records))
        })?;
        let (mut readable, mut refused) = (Vec::with_capacity(read.len()), Vec::new());
        for read in read {
            match read {
                Ok(read) => readable.push(read),
                Err((_, error @ (Error::Store(_) | Error::Internal(_)))) => return Err(error),
                Err((url, error)) => refused.push((url, Err(error))),
            }
        }
        let marks = self.marks(desk, source, readable.iter().map(|(_, _, read, ..)| read.said()))?;
        let (mut ready, mut all_records) = (Vec::with_capacity(readable.len()), Vec::with_capacity(readable.len()));
        for ((received, keeping, read, capture, records), marks) in readable.into_iter().zip(marks) {
            all_records.push(records);
            ready.push(Ready { received, keeping, read, capture, marks });
        }
        self.store().blobs().put_all(&all_records)?;
        Ok(Together { ready, refused })
    }

    /// The exchanges that were not seen yet, each with the mark that it is seen by. An archive may hold a page several times:
    /// each time is a capture of its own.
    fn not_seen(&self, desk: &DeskId, exchanges: Vec<Exchange>) -> Result<Vec<(String, Exchange)>, Error> {
        self.read(|reader| {
            let mut new = Vec::with_capacity(exchanges.len());
            for exchange in exchanges {
                let mark = format!("{} {}", exchange.url, exchange.at);
                if reader.vault_get(SEEN, &seen_key(desk, &mark))?.is_none() {
                    new.push((mark, exchange));
                }
            }
            Ok(new)
        })
    }

    /// Enters exchanges into the record; each address with what became of it. An error is the store's: then none of them is
    /// kept.
    pub(crate) fn enter_exchanges(
        &self,
        who: &Who,
        desk: &DeskId,
        source: Option<&Source>,
        together: Together,
    ) -> Result<Vec<(String, Kept)>, Error> {
        let Together { ready, refused: mut results } = together;
        let written = self.store().changes(|batch| {
            let mut written = Vec::with_capacity(ready.len());
            for Ready { received, keeping, read, capture, marks } in &ready {
                let arrival = Arrival { desk, source, received, keeping, read, capture, marks };
                let request = self.request(who, VERB, Some(desk), None, keeping.recorded);
                let entered = batch.change(request, |writer| self.enter_document(writer, &arrival));
                written.push((received.final_url.clone(), entered.map(|(document, _)| document)));
            }
            Ok::<_, Error>(written)
        });
        // What was placed and not kept would draw others to it.
        if !written.as_ref().is_ok_and(|written| written.iter().all(|(_, result)| result.is_ok())) {
            self.forget_placed(desk);
        }
        results.extend(written?);
        Ok(results)
    }
}
