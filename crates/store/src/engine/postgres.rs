//! PostgreSQL: connections and values.

use super::{PREPARED, Prepared, Row, Session, Value, translated};
use crate::error::Error;
use postgres::types::private::BytesMut;
use postgres::types::{IsNull, ToSql, Type, to_sql_checked};
use postgres::{Client, NoTls, Statement};
use std::collections::HashMap;

/// One connection to the server, with what was prepared on it.
pub(crate) struct Server {
    client: Client,
    prepared: Prepared,
}

/// Opens a connection.
pub(super) fn connect(url: &str) -> Result<Session, Error> {
    let client = off_the_runtime(|| Client::connect(url, NoTls))?;
    Ok(Session::Postgres(Box::new(Server { client, prepared: HashMap::new() })))
}

/// The client runs a small runtime of its own, which must not start on another runtime's worker thread.
pub(super) fn off_the_runtime<T>(f: impl FnOnce() -> T) -> T {
    use tokio::runtime::{Handle, RuntimeFlavor};
    match Handle::try_current() {
        Ok(handle) if handle.runtime_flavor() == RuntimeFlavor::MultiThread => tokio::task::block_in_place(f),
        _ => f(),
    }
}

impl Server {
    pub(super) fn is_closed(&self) -> bool {
        self.client.is_closed()
    }

    fn prepare(&mut self, sql: &str) -> Result<Statement, Error> {
        if let Some(statement) = self.prepared.get(sql) {
            return Ok(statement.clone());
        }
        if self.prepared.len() >= PREPARED {
            self.prepared.clear();
        }
        let statement = self.client.prepare(&translated(sql))?;
        self.prepared.insert(sql.to_owned(), statement.clone());
        Ok(statement)
    }

    pub(super) fn query(&mut self, sql: &str, values: &[Value]) -> Result<Vec<Row>, Error> {
        off_the_runtime(|| {
            let statement = self.prepare(sql)?;
            let rows = self.client.query(&statement, &borrowed(values))?;
            rows.iter().map(read_row).collect()
        })
    }

    pub(super) fn execute(&mut self, sql: &str, values: &[Value]) -> Result<u64, Error> {
        off_the_runtime(|| {
            let statement = self.prepare(sql)?;
            Ok(self.client.execute(&statement, &borrowed(values))?)
        })
    }

    pub(super) fn batch(&mut self, sql: &str) -> Result<(), Error> {
        off_the_runtime(|| Ok(self.client.batch_execute(sql)?))
    }
}

fn borrowed(values: &[Value]) -> Vec<&(dyn ToSql + Sync)> {
    values.iter().map(|value| value as &(dyn ToSql + Sync)).collect()
}

fn read_row(row: &postgres::Row) -> Result<Row, Error> {
    let cell = |(index, column): (usize, &postgres::Column)| -> Result<Value, Error> {
        Ok(match *column.type_() {
            Type::INT8 => row.try_get::<_, Option<i64>>(index)?.into(),
            Type::INT4 => row.try_get::<_, Option<i32>>(index)?.map(i64::from).into(),
            Type::FLOAT8 => row.try_get::<_, Option<f64>>(index)?.into(),
            Type::BYTEA => row.try_get::<_, Option<&[u8]>>(index)?.into(),
            _ => row.try_get::<_, Option<&str>>(index)?.into(),
        })
    };
    Ok(Row(row.columns().iter().enumerate().map(cell).collect::<Result<_, _>>()?))
}

impl ToSql for Value {
    fn to_sql(&self, kind: &Type, out: &mut BytesMut) -> Result<IsNull, Box<dyn std::error::Error + Sync + Send>> {
        match self {
            Self::Null => Ok(IsNull::Yes),
            Self::Integer(number) if *kind == Type::INT4 => i32::try_from(*number)?.to_sql(kind, out),
            Self::Integer(number) => number.to_sql(kind, out),
            Self::Real(number) => number.to_sql(kind, out),
            Self::Text(text) => text.to_sql(kind, out),
            Self::Bytes(bytes) => bytes.to_sql(kind, out),
        }
    }

    fn accepts(kind: &Type) -> bool {
        [Type::INT8, Type::INT4, Type::FLOAT8, Type::TEXT, Type::VARCHAR, Type::BYTEA].contains(kind)
    }

    to_sql_checked!();
}
