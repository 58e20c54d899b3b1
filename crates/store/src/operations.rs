//! The tables beside the record: vault, sessions and tokens, queues, counters. Nothing here is history; all of it can be
//! erased.

use crate::engine::{Row, values};
use crate::error::Error;
use crate::reader::Reader;
use crate::sql;
use jiff::Timestamp;
use std::ops::{Deref, DerefMut};

/// Works on the operational tables within one transaction.
pub struct Operations<'s> {
    reader: Reader<'s>,
}

/// A job that was claimed: nobody else gets it until the lease ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Job {
    /// Its queue.
    pub queue: String,
    /// Its key, unique in the queue while it waits.
    pub key: String,
    /// What to do.
    pub payload: Vec<u8>,
    /// How often it was claimed, this time included.
    pub attempts: u64,
}

/// A job as it waits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JobInfo {
    /// Its key.
    pub key: String,
    /// What to do.
    pub payload: Vec<u8>,
    /// When it is due.
    pub due: Timestamp,
    /// Until when somebody holds it.
    pub lease_until: Option<Timestamp>,
    /// How often it was claimed.
    pub attempts: u64,
    /// What went wrong the last time.
    pub error: Option<String>,
}

impl<'s> Deref for Operations<'s> {
    type Target = Reader<'s>;
    fn deref(&self) -> &Self::Target {
        &self.reader
    }
}

impl DerefMut for Operations<'_> {
    fn deref_mut(&mut self) -> &mut Self::Target {
        &mut self.reader
    }
}

impl Reader<'_> {
    /// A secret or personal datum.
    pub fn vault_get(&mut self, realm: &str, id: &str) -> Result<Option<Vec<u8>>, Error> {
        first_bytes(&self.session.query(sql::vault::GET, &values![realm, id])?)
    }

    /// All of a realm whose id begins so (or all of it), by id.
    pub fn vault_list(&mut self, realm: &str, prefix: Option<&str>) -> Result<Vec<(String, Vec<u8>)>, Error> {
        let rows = self.session.query(sql::vault::LIST, &values![realm])?;
        let entry = |row: &Row| Ok((row.text(0)?.to_owned(), row.bytes(1)?.to_vec()));
        let all: Vec<(String, Vec<u8>)> = rows.iter().map(entry).collect::<Result<_, Error>>()?;
        Ok(all.into_iter().filter(|(id, _)| prefix.is_none_or(|prefix| id.starts_with(prefix))).collect())
    }

    /// What an unexpired token stands for.
    pub fn token_get(&mut self, realm: &str, digest: &str, now: Timestamp) -> Result<Option<Vec<u8>>, Error> {
        first_bytes(&self.session.query(sql::token::GET, &values![realm, digest, now])?)
    }
}

impl<'s> Operations<'s> {
    pub(crate) fn new(reader: Reader<'s>) -> Self {
        Self { reader }
    }

    /// Keeps a secret or personal datum, in place of what was there.
    pub fn vault_put(&mut self, realm: &str, id: &str, value: &[u8]) -> Result<(), Error> {
        self.session.execute(sql::vault::PUT, &values![realm, id, value]).map(drop)
    }

    /// Erases it; whether it was there.
    pub fn vault_delete(&mut self, realm: &str, id: &str) -> Result<bool, Error> {
        Ok(self.session.execute(sql::vault::DELETE, &values![realm, id])? > 0)
    }

    /// Keeps a session or one-time token until it expires.
    pub fn token_put(&mut self, realm: &str, digest: &str, value: &[u8], expires: Timestamp) -> Result<(), Error> {
        self.session.execute(sql::token::PUT, &values![realm, digest, value, expires]).map(drop)
    }

    /// Gives what an unexpired token stands for and uses it up: of several takers at once, one gets it.
    pub fn token_take(&mut self, realm: &str, digest: &str, now: Timestamp) -> Result<Option<Vec<u8>>, Error> {
        first_bytes(&self.session.query(sql::token::TAKE, &values![realm, digest, now])?)
    }

    /// Ends a token; whether it was there.
    pub fn token_delete(&mut self, realm: &str, digest: &str) -> Result<bool, Error> {
        Ok(self.session.execute(sql::token::DELETE, &values![realm, digest])? > 0)
    }

    /// Ends every token of a realm whose value begins so; how many.
    pub fn token_delete_where_value_prefix(&mut self, realm: &str, prefix: &[u8]) -> Result<u64, Error> {
        self.session.execute(sql::token::DELETE_PREFIX, &values![realm, prefix.len() as u64, prefix])
    }

    /// All of a realm: digest, value, when it expires.
    pub fn token_list(&mut self, realm: &str) -> Result<Vec<(String, Vec<u8>, Timestamp)>, Error> {
        let rows = self.session.query(sql::token::LIST, &values![realm])?;
        rows.iter().map(|row| Ok((row.text(0)?.to_owned(), row.bytes(1)?.to_vec(), row.time(2)?))).collect()
    }

    /// Erases the expired ones; how many.
    pub fn tokens_expire(&mut self, now: Timestamp) -> Result<u64, Error> {
        self.session.execute(sql::token::EXPIRE, &values![now])
    }

    /// Queues a job; `false` where one with this key waits already.
    pub fn job_put(&mut self, queue: &str, key: &str, payload: &[u8], due: Timestamp) -> Result<bool, Error> {
        Ok(self.session.execute(sql::job::PUT, &values![queue, key, payload, due])? > 0)
    }

    /// Claims the job that is longest due. It comes back to the queue if it is neither done nor retried by `lease_until`.
    pub fn job_claim(&mut self, queue: &str, now: Timestamp, lease_until: Timestamp) -> Result<Option<Job>, Error> {
        let rows = self.session.query(sql::job::CLAIM, &values![queue, now, lease_until])?;
        let job = |row: &Row| {
            Ok(Job {
                queue: row.text(0)?.to_owned(),
                key: row.text(1)?.to_owned(),
                payload: row.bytes(2)?.to_vec(),
                attempts: row.unsigned(3)?,
            })
        };
        rows.first().map(job).transpose()
    }

    /// Takes a job out of the queue; whether it was there.
    pub fn job_done(&mut self, queue: &str, key: &str) -> Result<bool, Error> {
        Ok(self.session.execute(sql::job::DONE, &values![queue, key])? > 0)
    }

    /// Puts a claimed job back, with what went wrong; whether it was there.
    pub fn job_retry(&mut self, queue: &str, key: &str, due: Timestamp, error: &str) -> Result<bool, Error> {
        let error = error.replace('\0', "\u{FFFD}");
        Ok(self.session.execute(sql::job::RETRY, &values![queue, key, due, error])? > 0)
    }

    /// All that wait in a queue, by when they are due.
    pub fn jobs(&mut self, queue: &str) -> Result<Vec<JobInfo>, Error> {
        let rows = self.session.query(sql::job::LIST, &values![queue])?;
        let info = |row: &Row| {
            Ok(JobInfo {
                key: row.text(0)?.to_owned(),
                payload: row.bytes(1)?.to_vec(),
                due: row.time(2)?,
                lease_until: row.integer_or_none(3).map(|_| row.time(3)).transpose()?,
                attempts: row.unsigned(4)?,
                error: row.text_or_none(5).map(str::to_owned),
            })
        };
        rows.iter().map(info).collect()
    }

    /// Counts one more within a window, and gives how many that makes.
    pub fn hit(&mut self, realm: &str, key: &str, window_start: Timestamp) -> Result<u64, Error> {
        let rows = self.session.query(sql::counter::HIT, &values![realm, key, window_start])?;
        rows.first().map_or(Ok(0), |row| row.unsigned(0))
    }

    /// Erases the counts of windows that began earlier; how many.
    pub fn hits_expire(&mut self, before: Timestamp) -> Result<u64, Error> {
        self.session.execute(sql::counter::EXPIRE, &values![before])
    }
}

fn first_bytes(rows: &[Row]) -> Result<Option<Vec<u8>>, Error> {
    rows.first().map(|row| row.bytes(0).map(<[u8]>::to_vec)).transpose()
}
