//! One number over the whole: equal on both databases, before and after a rebuild, here and where it was imported.

use crate::canonical::hex;
use crate::engine::{Row, Session, Value, values};
use crate::error::Error;
use crate::reader::Reader;
use crate::sql;
use crate::store::Store;
use sha2::{Digest as _, Sha256};

/// Rows read at a time.
const ROWS: u64 = 2000;

impl Store {
    /// SHA-256 over the record's last hash and all versions and links, on one snapshot.
    pub fn digest(&self) -> Result<crate::Digest, Error> {
        self.read(of_store)
    }
}

/// The same within a transaction.
pub(crate) fn of_store(reader: &mut Reader<'_>) -> Result<crate::Digest, Error> {
    let (seq, hash) = reader.head()?;
    let mut sum = Sha256::new();
    sum.update(format!("{seq} {hash}\n"));
    tables(reader.session, &mut sum)?;
    Ok(hex(&sum.finalize()))
}

/// SHA-256 over versions and links alone.
pub(crate) fn of_tables(session: &mut Session) -> Result<crate::Digest, Error> {
    let mut sum = Sha256::new();
    tables(session, &mut sum)?;
    Ok(hex(&sum.finalize()))
}

fn tables(session: &mut Session, sum: &mut Sha256) -> Result<(), Error> {
    let begin = values!["", "", 0_u64].to_vec();
    pages(session, sum, sql::version::PAGE, begin)?;
    let begin = values!["", "", 0_u64, "", "", "", ""].to_vec();
    pages(session, sum, sql::link::PAGE, begin)
}

/// Reads a table in the order of its primary key, which stands in its first columns.
fn pages(session: &mut Session, sum: &mut Sha256, sql: &str, begin: Vec<Value>) -> Result<(), Error> {
    let mut after = begin;
    loop {
        let mut values = after.clone();
        values.push(ROWS.into());
        let rows = session.query(sql, &values)?;
        rows.iter().for_each(|row| add(sum, row));
        match rows.last() {
            Some(last) if rows.len() as u64 == ROWS => after = last.0.iter().take(after.len()).cloned().collect(),
            _ => return Ok(()),
        }
    }
}

// Each cell says its kind and length, so that no two rows run together alike.
fn add(sum: &mut Sha256, row: &Row) {
    for cell in &row.0 {
        match cell {
            Value::Null => sum.update([0]),
            Value::Integer(number) => {
                sum.update([1]);
                sum.update(number.to_be_bytes());
            }
            Value::Real(number) => {
                sum.update([2]);
                sum.update(number.to_bits().to_be_bytes());
            }
            Value::Text(text) => {
                sum.update([3]);
                sum.update((text.len() as u64).to_be_bytes());
                sum.update(text);
            }
            Value::Bytes(bytes) => {
                sum.update([4]);
                sum.update((bytes.len() as u64).to_be_bytes());
                sum.update(bytes);
            }
        }
    }
}
