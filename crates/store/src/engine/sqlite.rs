//! SQLite: connections and values.

use super::{PREPARED, Row, Session, Value};
use crate::error::Error;
use rusqlite::config::DbConfig;
use rusqlite::types::{ToSql, ToSqlOutput, ValueRef};
use rusqlite::{Connection, params_from_iter};
use std::path::Path;
use std::time::Duration;

/// How long to wait for another process's write before giving up.
const BUSY: Duration = Duration::from_secs(20);

/// Opens a connection; what it acknowledges has reached the disk.
pub(super) fn connect(path: &Path) -> Result<Session, Error> {
    Ok(Session::Sqlite(open(path)?))
}

fn open(path: &Path) -> Result<Connection, Error> {
    let connection = Connection::open(path)?;
    connection.busy_timeout(BUSY)?;
    connection.execute_batch("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA temp_store = MEMORY;")?;
    // Without this promise, a plan may depend on what is bound, and every join that is kept prepared is prepared again each time.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    connection.set_prepared_statement_cache_capacity(PREPARED);
    Ok(connection)
}

/// Kilobytes of pages that the writer keeps in memory. What one transaction changes must find room: pages that don't are written
/// out before it ends, read again and written once more.
const WRITER_KEEPS: u32 = 64 * 1024;
/// Pages of the write-ahead log from which they are brought into the file: a page that changes often goes there once.
const LOGGED: u32 = 8_000;

/// Opens the connection that writes.
pub(super) fn connect_writer(path: &Path) -> Result<Session, Error> {
    let connection = open(path)?;
    connection.execute_batch(&format!("PRAGMA cache_size = -{WRITER_KEEPS}; PRAGMA wal_autocheckpoint = {LOGGED};"))?;
    Ok(Session::Sqlite(connection))
}

pub(super) fn query(connection: &Connection, sql: &str, values: &[Value]) -> Result<Vec<Row>, Error> {
    let mut statement = connection.prepare_cached(sql)?;
    let columns = statement.column_count();
    let mut rows = statement.query(params_from_iter(values))?;
    let mut answer = Vec::new();
    while let Some(row) = rows.next()? {
        let mut cells = Vec::with_capacity(columns);
        for column in 0..columns {
            cells.push(match row.get_ref(column)? {
                ValueRef::Null => Value::Null,
                ValueRef::Integer(number) => Value::Integer(number),
                ValueRef::Real(number) => Value::Real(number),
                ValueRef::Text(text) => Value::Text(String::from_utf8_lossy(text).into_owned()),
                ValueRef::Blob(bytes) => Value::Bytes(bytes.to_vec()),
            });
        }
        answer.push(Row(cells));
    }
    Ok(answer)
}

pub(super) fn execute(connection: &Connection, sql: &str, values: &[Value]) -> Result<u64, Error> {
    Ok(connection.prepare_cached(sql)?.execute(params_from_iter(values))? as u64)
}

impl ToSql for Value {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self {
            Self::Null => ValueRef::Null,
            Self::Integer(number) => ValueRef::Integer(*number),
            Self::Real(number) => ValueRef::Real(*number),
            Self::Text(text) => ValueRef::Text(text.as_bytes()),
            Self::Bytes(bytes) => ValueRef::Blob(bytes),
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sql::version::CURRENT;
    use rusqlite::StatementStatus;

    #[test]
    fn what_is_kept_prepared_is_not_prepared_again() {
        let folder = tempfile::tempdir().unwrap();
        let session = connect(&folder.path().join("record.sqlite")).unwrap();
        let Session::Sqlite(connection) = session else { panic!("it is SQLite") };
        connection.execute_batch(include_str!("../../migrations/sqlite/0001_record.sql")).unwrap();
        for id in ["doc-1", "doc-2", "doc-3"] {
            query(&connection, CURRENT, &[Value::Text("document".to_owned()), Value::Text(id.to_owned())]).unwrap();
        }
        let statement = connection.prepare_cached(CURRENT).unwrap();
        assert_eq!(statement.get_status(StatementStatus::RePrepare), 0);
    }
}
