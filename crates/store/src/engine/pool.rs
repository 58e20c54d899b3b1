//! Connections: one writer and a few readers on SQLite; a few that do both on PostgreSQL.

use super::{Session, postgres, sqlite};
use crate::error::Error;
use std::path::PathBuf;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Idle connections kept.
const IDLE: usize = 8;

/// Where the database is.
enum Place {
    Sqlite(PathBuf),
    Postgres(String),
}

/// The connections of one store.
pub(crate) struct Pool {
    place: Place,
    /// SQLite writes through this one alone, so that they queue here rather than at the file's lock.
    writer: Mutex<Option<Session>>,
    idle: Mutex<Vec<Session>>,
}

impl Pool {
    pub(crate) fn sqlite(path: PathBuf) -> Self {
        Self { place: Place::Sqlite(path), writer: Mutex::new(None), idle: Mutex::new(Vec::new()) }
    }

    pub(crate) fn postgres(url: String) -> Self {
        Self { place: Place::Postgres(url), writer: Mutex::new(None), idle: Mutex::new(Vec::new()) }
    }

    pub(crate) fn is_postgres(&self) -> bool {
        matches!(self.place, Place::Postgres(_))
    }

    /// A connection of one's own.
    pub(crate) fn connect(&self) -> Result<Session, Error> {
        match &self.place {
            Place::Sqlite(path) => sqlite::connect(path),
            Place::Postgres(url) => postgres::connect(url),
        }
    }

    fn take(&self) -> Result<Session, Error> {
        while let Some(session) = lock(&self.idle).pop() {
            match &session {
                Session::Postgres(server) if server.is_closed() => drop_safely(session),
                _ => return Ok(session),
            }
        }
        self.connect()
    }

    fn give_back(&self, session: Session) {
        let mut idle = lock(&self.idle);
        if idle.len() < IDLE {
            idle.push(session);
        } else {
            drop(idle);
            drop_safely(session);
        }
    }

    /// Runs something that keeps its own transactions.
    pub(crate) fn once<T>(&self, f: impl FnOnce(&mut Session) -> Result<T, Error>) -> Result<T, Error> {
        let mut open = Open { pool: self, session: Some(self.take()?) };
        let value = f(open.session()?)?;
        if let Some(session) = open.session.take() {
            self.give_back(session);
        }
        Ok(value)
    }

    /// Runs a transaction that only reads, on one snapshot.
    pub(crate) fn read<T, E: From<Error>>(&self, f: impl FnOnce(&mut Session) -> Result<T, E>) -> Result<T, E> {
        let mut session = self.take()?;
        session.begin_read()?;
        let mut open = Open { pool: self, session: Some(session) };
        let result = f(open.session()?);
        open.end("COMMIT")?;
        result
    }

    /// Runs a transaction that may write; an error rolls it back whole.
    pub(crate) fn write<T, E: From<Error>>(&self, f: impl FnOnce(&mut Session) -> Result<T, E>) -> Result<T, E> {
        let path = match &self.place {
            Place::Postgres(_) => return self.transact(self.take()?, f),
            Place::Sqlite(path) => path,
        };
        let mut writer = lock(&self.writer);
        if writer.is_none() {
            *writer = Some(sqlite::connect_writer(path)?);
        }
        let Some(session) = writer.as_mut() else {
            return Err(Error::Database("there is no connection".to_owned()).into());
        };
        session.begin_write()?;
        let mut undo = Undo { session, done: false };
        let value = f(undo.session)?;
        undo.session.batch("COMMIT")?;
        undo.done = true;
        Ok(value)
    }

    fn transact<T, E: From<Error>>(
        &self,
        mut session: Session,
        f: impl FnOnce(&mut Session) -> Result<T, E>,
    ) -> Result<T, E> {
        session.begin_write()?;
        let mut open = Open { pool: self, session: Some(session) };
        match f(open.session()?) {
            Ok(value) => {
                open.end("COMMIT")?;
                Ok(value)
            }
            Err(error) => {
                open.end("ROLLBACK")?;
                Err(error)
            }
        }
    }
}

impl Drop for Pool {
    fn drop(&mut self) {
        for session in std::mem::take(&mut *lock(&self.idle)) {
            drop_safely(session);
        }
    }
}

/// A PostgreSQL client ends its own runtime when dropped, which another runtime's worker thread does not allow.
fn drop_safely(session: Session) {
    if session.is_postgres() && tokio::runtime::Handle::try_current().is_ok() {
        std::thread::spawn(move || drop(session));
    }
}

/// A panic of a holder left no half-done work behind: its transaction was rolled back.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A transaction on a pooled connection. A connection whose transaction did not end well is not used again.
struct Open<'p> {
    pool: &'p Pool,
    session: Option<Session>,
}

impl Open<'_> {
    fn session(&mut self) -> Result<&mut Session, Error> {
        self.session.as_mut().ok_or_else(|| Error::Database("the connection is gone".to_owned()))
    }

    fn end(mut self, how: &str) -> Result<(), Error> {
        self.session()?.batch(how)?;
        if let Some(session) = self.session.take() {
            self.pool.give_back(session);
        }
        Ok(())
    }
}

impl Drop for Open<'_> {
    fn drop(&mut self) {
        if let Some(session) = self.session.take() {
            drop_safely(session);
        }
    }
}

/// Rolls back unless done.
struct Undo<'s> {
    session: &'s mut Session,
    done: bool,
}

impl Drop for Undo<'_> {
    fn drop(&mut self) {
        if !self.done
            && let Err(error) = self.session.batch("ROLLBACK")
        {
            tracing::error!(%error, "a transaction could not be rolled back");
        }
    }
}
