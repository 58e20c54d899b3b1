//! A SQLite file for researchers: plain tables that are described in the file itself, and nothing of our own record.

use crate::error::Error;
use rusqlite::types::{Null, ToSqlOutput, ValueRef};
use rusqlite::{Connection, ToSql};
use std::path::{Path, PathBuf};

/// A column: name, type (`TEXT`, `INTEGER`, `REAL`), what it holds.
pub type Column = (&'static str, &'static str, &'static str);

/// A table.
#[derive(Debug, Clone, Copy)]
pub struct Table {
    /// Its name.
    pub name: &'static str,
    /// What a row of it is.
    pub meaning: &'static str,
    /// Its columns.
    pub columns: &'static [Column],
    /// Columns that it is looked up by, each set an index.
    pub indexes: &'static [&'static [&'static str]],
}

/// What stands in a cell.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// Nothing.
    Null,
    /// A whole number.
    Integer(i64),
    /// A number.
    Real(f64),
    /// A text.
    Text(String),
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<i64> for Cell {
    fn from(number: i64) -> Self {
        Self::Integer(number)
    }
}

impl From<usize> for Cell {
    fn from(number: usize) -> Self {
        Self::Integer(i64::try_from(number).unwrap_or(i64::MAX))
    }
}

impl From<u32> for Cell {
    fn from(number: u32) -> Self {
        Self::Integer(i64::from(number))
    }
}

impl From<f64> for Cell {
    fn from(number: f64) -> Self {
        Self::Real(number)
    }
}

impl<T: Into<Self>> From<Option<T>> for Cell {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}

impl ToSql for Cell {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        match self {
            Self::Null => Null.to_sql(),
            Self::Integer(number) => number.to_sql(),
            Self::Real(number) => number.to_sql(),
            Self::Text(text) => Ok(ToSqlOutput::Borrowed(ValueRef::Text(text.as_bytes()))),
        }
    }
}

/// A file that is being written. It has its name only once it is whole.
pub struct ArchiveFile {
    connection: Connection,
    draft: tempfile::TempPath,
    to: PathBuf,
    tables: &'static [Table],
}

impl ArchiveFile {
    /// Begins a file with empty tables, and a table `described` that says what each of their columns holds.
    pub fn begin(to: &Path, tables: &'static [Table]) -> Result<Self, Error> {
        let parent = to.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or_else(|| Path::new("."));
        let draft = tempfile::Builder::new().prefix(".archive-").tempfile_in(parent).map_err(Error::file(to))?;
        let draft = draft.into_temp_path();
        let connection = Connection::open(&draft).map_err(|error| wrong(to, &error))?;
        let mut sql = String::from(
            "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; BEGIN;\n\
             CREATE TABLE described (\"table\" TEXT NOT NULL, \"column\" TEXT, meaning TEXT NOT NULL);\n",
        );
        for table in tables {
            let columns: Vec<String> =
                table.columns.iter().map(|(name, kind, _)| format!("\"{name}\" {kind}")).collect();
            sql.push_str(&format!("CREATE TABLE \"{}\" ({});\n", table.name, columns.join(", ")));
        }
        connection.execute_batch(&sql).map_err(|error| wrong(to, &error))?;
        let file = Self { connection, draft, to: to.to_owned(), tables };
        for table in tables {
            file.describe(table.name, None, table.meaning)?;
            for (column, _, meaning) in table.columns {
                file.describe(table.name, Some(column), meaning)?;
            }
        }
        Ok(file)
    }

    fn describe(&self, table: &str, column: Option<&str>, meaning: &str) -> Result<(), Error> {
        let mut statement = self
            .connection
            .prepare_cached("INSERT INTO described VALUES (?1, ?2, ?3)")
            .map_err(|error| wrong(&self.to, &error))?;
        statement.execute((table, column, meaning)).map_err(|error| wrong(&self.to, &error))?;
        Ok(())
    }

    /// Adds a row to a table, a cell for each of its columns.
    pub fn row(&self, table: &str, cells: &[Cell]) -> Result<(), Error> {
        let known = self.tables.iter().find(|known| known.name == table);
        let count = known.map(|known| known.columns.len()).filter(|count| *count == cells.len());
        let count =
            count.ok_or_else(|| Error::Invalid(format!("table {table:?} has no row of {} cells", cells.len())))?;
        let places: Vec<String> = (1..=count).map(|at| format!("?{at}")).collect();
        let sql = format!("INSERT INTO \"{table}\" VALUES ({})", places.join(", "));
        let mut statement = self.connection.prepare_cached(&sql).map_err(|error| wrong(&self.to, &error))?;
        statement.execute(rusqlite::params_from_iter(cells)).map_err(|error| wrong(&self.to, &error))?;
        Ok(())
    }

    /// Makes the indexes and gives the file its name.
    pub fn finish(self) -> Result<(), Error> {
        let mut sql = String::new();
        for table in self.tables {
            for (at, columns) in table.indexes.iter().enumerate() {
                let columns: Vec<String> = columns.iter().map(|column| format!("\"{column}\"")).collect();
                let name = format!("{}_{}", table.name, at + 1);
                sql.push_str(&format!("CREATE INDEX \"{name}\" ON \"{}\" ({});\n", table.name, columns.join(", ")));
            }
        }
        sql.push_str("COMMIT; PRAGMA optimize;");
        self.connection.execute_batch(&sql).map_err(|error| wrong(&self.to, &error))?;
        self.connection.close().map_err(|(_, error)| wrong(&self.to, &error))?;
        self.draft.persist(&self.to).map_err(|error| Error::file(&self.to)(error.error))
    }
}

fn wrong(path: &Path, error: &rusqlite::Error) -> Error {
    Error::Invalid(format!("{}: {error}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLES: &[Table] = &[Table {
        name: "thing",
        meaning: "A thing.",
        columns: &[("id", "TEXT", "Its id."), ("weight", "REAL", "In kilograms.")],
        indexes: &[&["id"]],
    }];

    #[test]
    fn a_file_describes_itself_and_has_its_name_only_when_it_is_whole() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.sqlite");
        let file = ArchiveFile::begin(&path, TABLES).unwrap();
        file.row("thing", &["a'b".into(), Cell::Real(1.5)]).unwrap();
        assert!(file.row("thing", &["a".into()]).is_err(), "a row needs all its cells");
        assert!(!path.exists());
        file.finish().unwrap();
        let read = Connection::open(&path).unwrap();
        let weight: f64 = read.query_row("SELECT weight FROM thing WHERE id = 'a''b'", [], |row| row.get(0)).unwrap();
        let told: i64 = read.query_row("SELECT COUNT(*) FROM described", [], |row| row.get(0)).unwrap();
        assert_eq!((weight, told), (1.5, 3));
    }

    #[test]
    fn a_file_that_is_not_finished_leaves_nothing() {
        let folder = tempfile::tempdir().unwrap();
        drop(ArchiveFile::begin(&folder.path().join("a.sqlite"), TABLES).unwrap());
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
    }
}
