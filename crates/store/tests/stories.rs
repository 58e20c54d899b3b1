//! Every story of the store, told on SQLite and on PostgreSQL.
//!
//! PostgreSQL is the server that `SITREP_TEST_POSTGRES` names, else one on this machine; without one its half of the
//! stories prints that it was skipped.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout, reason = "these are tests")]

#[path = "stories/made.rs"]
mod made;
#[path = "stories/stage.rs"]
mod stage;

/// Tells a story on both databases.
macro_rules! story {
    ($name:ident, $stage:ident, $body:block) => {
        mod $name {
            #[allow(unused_imports)]
            use super::*;

            fn told($stage: &crate::stage::Stage) $body

            #[test]
            fn on_sqlite() {
                told(&crate::stage::Stage::sqlite());
            }

            #[test]
            fn on_postgres() {
                match crate::stage::Stage::postgres() {
                    Some(stage) => told(&stage),
                    None => println!("skipped: no PostgreSQL"),
                }
            }
        }
    };
}
#[path = "stories/backup.rs"]
mod backup;
#[path = "stories/damage.rs"]
mod damage;
#[cfg(feature = "s3")]
#[path = "stories/objects.rs"]
mod objects;
#[path = "stories/operations.rs"]
mod operations;
#[path = "stories/record.rs"]
mod record;
#[path = "stories/search.rs"]
mod search;
