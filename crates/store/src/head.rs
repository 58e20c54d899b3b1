//! Where the record stands, asked by every page that is kept in a cache: so it has to cost next to nothing.
//!
//! What this process writes is known at once. Whether another wrote is asked by one thread now and then; the others don't
//! wait for it as long as what is known is young. SQLite tells it in microseconds, but takes locks on its file for it.

use crate::engine::{Pool, Session};
use crate::error::Error;
use crate::reader::Reader;
use crate::sql;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError, RwLock, TryLockError};
use std::time::{Duration, Instant};

/// How old a server's answer may be before it is asked again.
const AGE_SERVER: Duration = Duration::from_millis(50);
/// How old what is known of a file may be before it is looked at again.
const AGE_FILE: Duration = Duration::from_millis(2);
/// How old what is known may be at most, while somebody else is asking.
const OLDEST: Duration = Duration::from_secs(1);

/// SQLite: a connection that only watches, and the file's version when it last looked.
type Watch = Option<(Session, Option<i64>)>;

/// The record's last place, as far as it was seen.
#[derive(Default)]
pub(crate) struct Head {
    seq: AtomicU64,
    /// Held by the thread that asks.
    asking: Mutex<Watch>,
    asked: RwLock<Option<Instant>>,
}

impl Head {
    /// Remembers a place that was seen.
    pub(crate) fn saw(&self, seq: u64) {
        self.seq.fetch_max(seq, Ordering::AcqRel);
    }

    /// The place now.
    pub(crate) fn now(&self, pool: &Pool) -> Result<u64, Error> {
        self.ask(pool)?;
        Ok(self.seq.load(Ordering::Acquire))
    }

    fn ask(&self, pool: &Pool) -> Result<(), Error> {
        let age = if pool.is_postgres() { AGE_SERVER } else { AGE_FILE };
        if self.is_younger_than(age) {
            return Ok(());
        }
        let mut asking = match self.asking.try_lock() {
            Ok(asking) => asking,
            Err(TryLockError::Poisoned(poisoned)) => poisoned.into_inner(),
            Err(TryLockError::WouldBlock) if self.is_younger_than(OLDEST) => return Ok(()),
            Err(TryLockError::WouldBlock) => {
                let asking = self.asking.lock().unwrap_or_else(PoisonError::into_inner);
                if self.is_younger_than(age) {
                    return Ok(());
                }
                asking
            }
        };
        // The answer is as old as the question.
        let now = Instant::now();
        if pool.is_postgres() {
            let (seq, _) = pool.read(|session| Reader { session }.head())?;
            self.saw(seq);
        } else {
            self.look(pool, &mut asking)?;
        }
        *self.asked.write().unwrap_or_else(PoisonError::into_inner) = Some(now);
        Ok(())
    }

    fn look(&self, pool: &Pool, watch: &mut Watch) -> Result<(), Error> {
        // A connection that failed is not used again.
        let (mut session, before) = match watch.take() {
            Some(watching) => watching,
            None => (pool.connect()?, None),
        };
        let rows = session.query(sql::record::DATA_VERSION, &[])?;
        let version = rows.first().map(|row| row.integer(0)).transpose()?;
        if version != before || before.is_none() {
            // What is written between the two questions changes the version again, and is asked for the next time.
            self.saw(Reader { session: &mut session }.head()?.0);
        }
        *watch = Some((session, version));
        Ok(())
    }

    fn is_younger_than(&self, age: Duration) -> bool {
        let asked = *self.asked.read().unwrap_or_else(PoisonError::into_inner);
        asked.is_some_and(|asked| asked.elapsed() < age)
    }
}
