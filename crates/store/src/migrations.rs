//! Numbered migrations, twinned for both databases, and the refusal of a newer store.

use crate::engine::{Session, Value};
use crate::error::Error;

/// One step, in both dialects.
struct Migration {
    sqlite: &'static str,
    postgres: &'static str,
}

const MIGRATIONS: &[Migration] = &[
    Migration {
        sqlite: include_str!("../migrations/sqlite/0001_record.sql"),
        postgres: include_str!("../migrations/postgres/0001_record.sql"),
    },
    Migration {
        sqlite: include_str!("../migrations/sqlite/0002_operations.sql"),
        postgres: include_str!("../migrations/postgres/0002_operations.sql"),
    },
];

/// The version of a store that this program writes.
pub(crate) fn known() -> u64 {
    MIGRATIONS.len() as u64
}

/// Brings the store to the known version, in one transaction.
pub(crate) fn migrate(session: &mut Session) -> Result<(), Error> {
    session.begin_migration()?;
    match steps(session) {
        Ok(()) => session.batch("COMMIT"),
        Err(error) => {
            session.batch("ROLLBACK")?;
            Err(error)
        }
    }
}

fn steps(session: &mut Session) -> Result<(), Error> {
    session.batch("CREATE TABLE IF NOT EXISTS store_version (version BIGINT NOT NULL)")?;
    let rows = session.query("SELECT version FROM store_version", &[])?;
    let found = match rows.first() {
        Some(row) => row.unsigned(0)?,
        None => {
            session.execute("INSERT INTO store_version (version) VALUES (0)", &[])?;
            0
        }
    };
    if found > known() {
        return Err(Error::Newer { found, known: known() });
    }
    for migration in MIGRATIONS.iter().skip(usize::try_from(found).unwrap_or(usize::MAX)) {
        session.batch(if session.is_postgres() { migration.postgres } else { migration.sqlite })?;
    }
    session.execute("UPDATE store_version SET version = ?1", &[Value::from(known())])?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Statement heads, table and column names, in order; types and storage options left out.
    fn shape(sql: &str) -> Vec<String> {
        let lines = sql.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with("--"));
        lines
            .map(|line| {
                let whole = line.starts_with("CREATE") || line.starts_with("PRIMARY KEY");
                let words = line.split_whitespace().take(if whole { usize::MAX } else { 1 });
                words.collect::<Vec<_>>().join(" ").replace(';', "")
            })
            .collect()
    }

    #[test]
    fn twins_have_the_same_tables_columns_and_indexes() {
        for migration in MIGRATIONS {
            assert_eq!(shape(migration.sqlite), shape(migration.postgres));
        }
    }
}
