//! Many exchanges kept together: read on every processor, their bytes brought to the disk at once, and each a change of its own in
//! one transaction.

use super::{Arrival, Keeping, Read, Received, SEEN, VERB, seen_key};
use crate::error::Error;
use crate::ids;
use crate::newsroom::Newsroom;
use crate::processors::divided;
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
struct Ready<'a> {
    received: &'a Received,
    keeping: &'a Keeping,
    read: Read,
    capture: Capture,
    marks: Vec<WatchMark>,
}

impl Newsroom {
    /// Keeps what somebody else captured, without what is known already; each address with what became of it.
    pub(crate) fn keep_exchanges(
        &self,
        who: &Who,
        desk: &DeskId,
        source: Option<&Source>,
        exchanges: Vec<Exchange>,
    ) -> Result<Vec<(String, Kept)>, Error> {
        // An archive may hold a page several times; each time is a capture of its own.
        let marked = exchanges.into_iter().map(|exchange| (format!("{} {}", exchange.url, exchange.at), exchange));
        let new: Vec<(String, Exchange)> = self.store().operate(|operations| {
            let mut new = Vec::new();
            for (mark, exchange) in marked {
                if operations.vault_get(SEEN, &seen_key(desk, &mark))?.is_none() {
                    new.push((mark, exchange));
                }
            }
            Ok::<_, Error>(new)
        })?;
        let (mut results, mut arrived) = (Vec::with_capacity(new.len()), Vec::with_capacity(new.len()));
        for (mark, exchange) in new {
            let url = exchange.url.clone();
            match Received::of_exchange(exchange) {
                Ok(received) => {
                    let keeping = Keeping { entry: Some(mark), arrived: Some(self.now()), ..Keeping::default() };
                    arrived.push((received, keeping));
                }
                Err(error) => results.push((url, Err(error))),
            }
        }
        results.extend(self.keep_together(who, desk, source, &arrived)?);
        Ok(results)
    }

    /// Keeps exchanges as [`Newsroom::keep`] does each, none of them of the same address as another; each address with what
    /// became of it. An error is the store's: then none of them is kept.
    fn keep_together(
        &self,
        who: &Who,
        desk: &DeskId,
        source: Option<&Source>,
        arrived: &[(Received, Keeping)],
    ) -> Result<Vec<(String, Kept)>, Error> {
        who.must_be(Role::Analyst, desk)?;
        let read = divided(arrived, |(received, _)| Read::of(received, source))?;
        let (mut results, mut readable) = (Vec::with_capacity(arrived.len()), Vec::with_capacity(arrived.len()));
        for ((received, keeping), read) in arrived.iter().zip(read) {
            match read {
                Ok(read) => readable.push((received, keeping, read)),
                Err(error) => results.push((received.final_url.clone(), Err(error))),
            }
        }
        let marks = self.marks(desk, source, readable.iter().map(|(_, _, read)| read.said()))?;
        let (mut ready, mut records) = (Vec::with_capacity(readable.len()), Vec::with_capacity(readable.len()));
        for ((received, keeping, read), marks) in readable.into_iter().zip(marks) {
            let requisites = keeping.requisites.as_ref();
            let (capture, bytes) = self.composed(desk, source, received, ids::id("cap"), None, requisites)?;
            records.push(bytes);
            ready.push(Ready { received, keeping, read, capture, marks });
        }
        self.store().blobs().put_all(&records)?;
        results.extend(self.enter_together(who, desk, source, &ready)?);
        Ok(results)
    }

    fn enter_together(
        &self,
        who: &Who,
        desk: &DeskId,
        source: Option<&Source>,
        ready: &[Ready<'_>],
    ) -> Result<Vec<(String, Kept)>, Error> {
        let written = self.store().changes(|batch| {
            let mut written = Vec::with_capacity(ready.len());
            for Ready { received, keeping, read, capture, marks } in ready {
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
        written
    }
}
