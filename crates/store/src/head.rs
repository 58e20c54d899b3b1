//! Where the record stands, asked by every page that is kept in a cache: so it has to cost next to nothing.
//!
//! SQLite tells a connection in a microsecond whether any other wrote since. A server is asked at most twenty times a
//! second, by one thread; the others don't wait for it as long as what is known is young.

use crate::engine::{Pool, Session};
use crate::error::Error;
use crate::reader::Reader;
use crate::sql;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError, RwLock, TryLockError};
use std::time::{Duration, Instant};

/// How old a server's answer may be before it is asked again.
const AGE: Duration = Duration::from_millis(50);
/// How old a server's answer may be at most, while somebody else is asking.
const OLDEST: Duration = Duration::from_secs(1);

/// The record's last place, as far as it was seen.
#[derive(Default)]
pub(crate) struct Head {
    seq: AtomicU64,
    /// SQLite: a connection that only watches, and the file's version when it last looked.
    watch: Mutex<Option<(Session, Option<i64>)>>,
    /// PostgreSQL: held by the thread that asks.
    asking: Mutex<()>,
    asked: RwLock<Option<Instant>>,
}

impl Head {
    /// Remembers a place that was seen.
    pub(crate) fn saw(&self, seq: u64) {
        self.seq.fetch_max(seq, Ordering::AcqRel);
    }

    /// The place now.
    pub(crate) fn now(&self, pool: &Pool) -> Result<u64, Error> {
        if pool.is_postgres() {
            self.ask(pool)?
        } else {
            self.look(pool)?
        }
        Ok(self.seq.load(Ordering::Acquire))
    }

    fn look(&self, pool: &Pool) -> Result<(), Error> {
        let mut watch = self.watch.lock().unwrap_or_else(PoisonError::into_inner);
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

    fn ask(&self, pool: &Pool) -> Result<(), Error> {
        if self.is_younger_than(AGE) {
            return Ok(());
        }
        let _asking = match self.asking.try_lock() {
            Ok(asking) => asking,
            Err(TryLockError::Poisoned(poisoned)) => poisoned.into_inner(),
            Err(TryLockError::WouldBlock) if self.is_younger_than(OLDEST) => return Ok(()),
            Err(TryLockError::WouldBlock) => {
                let asking = self.asking.lock().unwrap_or_else(PoisonError::into_inner);
                if self.is_younger_than(AGE) {
                    return Ok(());
                }
                asking
            }
        };
        // The answer is as old as the question.
        let now = Instant::now();
        let (seq, _) = pool.read(|session| Reader { session }.head())?;
        self.saw(seq);
        *self.asked.write().unwrap_or_else(PoisonError::into_inner) = Some(now);
        Ok(())
    }

    fn is_younger_than(&self, age: Duration) -> bool {
        let asked = *self.asked.read().unwrap_or_else(PoisonError::into_inner);
        asked.is_some_and(|asked| asked.elapsed() < age)
    }
}
