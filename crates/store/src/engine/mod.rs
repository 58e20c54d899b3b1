//! The seam between the two databases: values, rows and sessions. Everything above speaks one SQL.

mod pool;
mod postgres;
mod sqlite;

pub(crate) use pool::Pool;

use crate::error::Error;
use jiff::Timestamp;
use std::collections::HashMap;

/// A value that goes in or comes out.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Value {
    Null,
    Integer(i64),
    Real(f64),
    Text(String),
    Bytes(Vec<u8>),
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}
impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}
impl From<&[u8]> for Value {
    fn from(bytes: &[u8]) -> Self {
        Self::Bytes(bytes.to_vec())
    }
}
impl From<i64> for Value {
    fn from(number: i64) -> Self {
        Self::Integer(number)
    }
}
impl From<f64> for Value {
    fn from(number: f64) -> Self {
        Self::Real(number)
    }
}
impl From<u64> for Value {
    fn from(number: u64) -> Self {
        Self::Integer(i64::try_from(number).unwrap_or(i64::MAX))
    }
}
impl From<bool> for Value {
    fn from(flag: bool) -> Self {
        Self::Integer(i64::from(flag))
    }
}
impl From<Timestamp> for Value {
    fn from(at: Timestamp) -> Self {
        Self::Integer(at.as_microsecond())
    }
}
impl<T: Into<Self>> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}

/// Shorthand for a statement's values.
macro_rules! values {
    ($($value:expr),* $(,)?) => { [$($crate::engine::Value::from($value)),*] };
}
pub(crate) use values;

/// One row of an answer.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Row(pub(crate) Vec<Value>);

impl Row {
    fn wrong(&self, column: usize, wanted: &str) -> Error {
        Error::damaged(format!("column {column}"), format!("it should hold {wanted}"))
    }

    pub(crate) fn integer(&self, column: usize) -> Result<i64, Error> {
        match self.0.get(column) {
            Some(Value::Integer(number)) => Ok(*number),
            _ => Err(self.wrong(column, "a number")),
        }
    }

    pub(crate) fn unsigned(&self, column: usize) -> Result<u64, Error> {
        u64::try_from(self.integer(column)?).map_err(|_| self.wrong(column, "a number from 0"))
    }

    pub(crate) fn flag(&self, column: usize) -> Result<bool, Error> {
        Ok(self.integer(column)? != 0)
    }

    pub(crate) fn real_or_none(&self, column: usize) -> Option<f64> {
        match self.0.get(column) {
            Some(Value::Real(number)) => Some(*number),
            _ => None,
        }
    }

    pub(crate) fn integer_or_none(&self, column: usize) -> Option<i64> {
        self.integer(column).ok()
    }

    pub(crate) fn text(&self, column: usize) -> Result<&str, Error> {
        self.text_or_none(column).ok_or_else(|| self.wrong(column, "a text"))
    }

    pub(crate) fn text_or_none(&self, column: usize) -> Option<&str> {
        match self.0.get(column) {
            Some(Value::Text(text)) => Some(text),
            _ => None,
        }
    }

    pub(crate) fn bytes(&self, column: usize) -> Result<&[u8], Error> {
        match self.0.get(column) {
            Some(Value::Bytes(bytes)) => Ok(bytes),
            _ => Err(self.wrong(column, "bytes")),
        }
    }

    pub(crate) fn time(&self, column: usize) -> Result<Timestamp, Error> {
        Timestamp::from_microsecond(self.integer(column)?).map_err(|_| self.wrong(column, "a moment"))
    }
}

/// One connection, in either dialect.
pub(crate) enum Session {
    Sqlite(rusqlite::Connection),
    Postgres(Box<postgres::Server>),
}

/// Statements prepared on a connection before its cache is emptied: composed lists make many, not endlessly many.
const PREPARED: usize = 256;

impl Session {
    pub(crate) fn is_postgres(&self) -> bool {
        matches!(self, Self::Postgres(_))
    }

    /// Runs a statement and gives its rows.
    pub(crate) fn query(&mut self, sql: &str, values: &[Value]) -> Result<Vec<Row>, Error> {
        match self {
            Self::Sqlite(connection) => sqlite::query(connection, sql, values),
            Self::Postgres(server) => server.query(sql, values),
        }
    }

    /// Runs a statement and gives the number of rows it touched.
    pub(crate) fn execute(&mut self, sql: &str, values: &[Value]) -> Result<u64, Error> {
        match self {
            Self::Sqlite(connection) => sqlite::execute(connection, sql, values),
            Self::Postgres(server) => server.execute(sql, values),
        }
    }

    /// Runs several statements without values.
    pub(crate) fn batch(&mut self, sql: &str) -> Result<(), Error> {
        match self {
            Self::Sqlite(connection) => Ok(connection.execute_batch(sql)?),
            Self::Postgres(server) => server.batch(sql),
        }
    }

    /// Runs one statement without values that comes again and again.
    pub(crate) fn statement(&mut self, sql: &'static str) -> Result<(), Error> {
        match self {
            Self::Sqlite(connection) => sqlite::execute(connection, sql, &[]).map(drop),
            Self::Postgres(server) => server.batch(sql),
        }
    }

    pub(crate) fn begin_read(&mut self) -> Result<(), Error> {
        let sql = if self.is_postgres() { "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY" } else { "BEGIN DEFERRED" };
        self.batch(sql)
    }

    pub(crate) fn begin_write(&mut self) -> Result<(), Error> {
        self.batch(if self.is_postgres() { "BEGIN" } else { "BEGIN IMMEDIATE" })
    }

    /// Keeps every other appender out until the transaction ends, so that the chain stays one line without gaps.
    /// Readers are not held up. On SQLite, `BEGIN IMMEDIATE` has done it.
    pub(crate) fn lock_record(&mut self) -> Result<(), Error> {
        if self.is_postgres() { self.batch("LOCK TABLE change IN EXCLUSIVE MODE") } else { Ok(()) }
    }

    pub(crate) fn begin_migration(&mut self) -> Result<(), Error> {
        self.begin_write()?;
        // Any number that no other program on that server is likely to use.
        if self.is_postgres() { self.batch("SELECT pg_advisory_xact_lock(748203661)") } else { Ok(()) }
    }
}

/// `?1` as PostgreSQL writes it, and the marks that only it understands.
fn translated(sql: &str) -> String {
    sql.replace('?', "$").replace("/* skip locked */", "FOR UPDATE SKIP LOCKED")
}

type Prepared = HashMap<String, ::postgres::Statement>;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_text_serves_both() {
        assert_eq!(translated("a = ?1 AND b = ?12"), "a = $1 AND b = $12");
    }
}
