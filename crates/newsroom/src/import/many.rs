//! A whole archive: texts are read on every processor while one thread enters those before them, many in one
//! transaction.

use super::{Imported, Incoming, Read, read};
use crate::error::Error;
use crate::newsroom::Newsroom;
use crate::processors::threads;
use crate::who::Who;
use jiff::Timestamp;
use jiff::civil::Date;
use sitrep_model::account::Role;
use sitrep_model::desk::Desk;
use sitrep_model::id::DeskId;
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, sync_channel};
use std::sync::{Condvar, Mutex, PoisonError};

/// Editions that are entered in one transaction.
const TOGETHER: usize = 64;
/// Editions that are read ahead of the one that is entered next.
const AHEAD: usize = 128;
/// Threads that read.
const READERS: usize = 8;

/// An edition that comes from outside, with its bytes.
#[derive(Debug, Clone, Default)]
pub struct IncomingFile {
    /// The file.
    pub bytes: Vec<u8>,
    /// A day that serves where the text has none.
    pub date: Option<Date>,
    /// When the page was captured.
    pub captured: Option<Timestamp>,
    /// Where it was published.
    pub origin: Option<String>,
}

impl IncomingFile {
    /// The same, as one is imported.
    pub fn incoming(&self) -> Incoming<'_> {
        Incoming { bytes: &self.bytes, date: self.date, captured: self.captured, origin: self.origin.clone() }
    }
}

/// How far the entering has come; readers wait who are too far ahead of it.
struct Pace {
    entered: Mutex<usize>,
    moved: Condvar,
}

impl Pace {
    fn wait_for(&self, number: usize) {
        let entered = self.entered.lock().unwrap_or_else(PoisonError::into_inner);
        drop(
            self.moved
                .wait_while(entered, |entered| number >= entered.saturating_add(AHEAD))
                .unwrap_or_else(PoisonError::into_inner),
        );
    }

    fn reached(&self, number: usize) {
        *self.entered.lock().unwrap_or_else(PoisonError::into_inner) = number;
        self.moved.notify_all();
    }
}

/// Lets waiting readers go whatever happens to who enters.
struct Freed<'p>(&'p Pace);

impl Drop for Freed<'_> {
    fn drop(&mut self) {
        self.0.reached(usize::MAX);
    }
}

impl Newsroom {
    /// Imports many editions in their order, as [`Newsroom::import_edition`] does each: `open` is asked for each, on several
    /// threads, and `tell` hears what became of it. One that is refused leaves nothing, and the others go on.
    pub fn import_editions<E: From<Error> + Send>(
        &self,
        who: &Who,
        desk: &DeskId,
        count: usize,
        open: impl Fn(usize) -> Result<IncomingFile, E> + Sync,
        mut tell: impl FnMut(usize, Result<Imported, E>),
    ) -> Result<(), Error> {
        who.must_be(Role::Editor, desk)?;
        let desk = self.desk(desk)?;
        let readers = threads(READERS);
        let pace = Pace { entered: Mutex::new(0), moved: Condvar::new() };
        let next = AtomicUsize::new(0);
        std::thread::scope(|scope| {
            let freed = Freed(&pace);
            let (send, receive) = sync_channel(AHEAD);
            for _ in 0..readers {
                let (send, open, desk, pace, next) = (send.clone(), &open, &desk, &pace, &next);
                scope.spawn(move || {
                    loop {
                        let number = next.fetch_add(1, Ordering::Relaxed);
                        if number >= count {
                            break;
                        }
                        pace.wait_for(number);
                        if send.send((number, opened(desk, number, open))).is_err() {
                            break;
                        }
                    }
                });
            }
            drop(send);
            self.enter_all(who, &receive, &pace, &mut tell);
            drop((receive, freed));
        });
        Ok(())
    }

    /// Enters what the readers give, in order.
    fn enter_all<E: From<Error>>(
        &self,
        who: &Who,
        receive: &Receiver<(usize, Result<Read, E>)>,
        pace: &Pace,
        tell: &mut impl FnMut(usize, Result<Imported, E>),
    ) {
        let mut waiting: BTreeMap<usize, Result<Read, E>> = BTreeMap::new();
        let mut due = 0;
        while let Ok((number, read)) = receive.recv() {
            waiting.insert(number, read);
            while let Ok((number, read)) = receive.try_recv() {
                waiting.insert(number, read);
            }
            let mut together = Vec::with_capacity(TOGETHER);
            while let Some(read) = waiting.remove(&due) {
                match read {
                    Ok(read) => together.push((due, read)),
                    Err(error) => {
                        self.enter_some(who, &together, tell);
                        together.clear();
                        tell(due, Err(error));
                    }
                }
                due += 1;
                if together.len() == TOGETHER {
                    self.enter_some(who, &together, tell);
                    together.clear();
                    pace.reached(due);
                }
            }
            self.enter_some(who, &together, tell);
            pace.reached(due);
        }
    }

    /// Enters some together; where the transaction fails as a whole, each alone.
    fn enter_some<E: From<Error>>(
        &self,
        who: &Who,
        reads: &[(usize, Read)],
        tell: &mut impl FnMut(usize, Result<Imported, E>),
    ) {
        if reads.is_empty() {
            return;
        }
        let together = self.store().changes(|batch| {
            Ok::<_, Error>(reads.iter().map(|(_, read)| self.enter(batch, who, read)).collect::<Vec<_>>())
        });
        let results = together.unwrap_or_else(|_| {
            reads.iter().map(|(_, read)| self.store().changes(|batch| self.enter(batch, who, read))).collect()
        });
        for ((number, _), result) in reads.iter().zip(results) {
            tell(*number, result.map_err(E::from));
        }
    }
}

fn opened<E: From<Error>>(
    desk: &Desk,
    number: usize,
    open: &impl Fn(usize) -> Result<IncomingFile, E>,
) -> Result<Read, E> {
    let file = open(number)?;
    Ok(read(desk, &file.incoming())?)
}
