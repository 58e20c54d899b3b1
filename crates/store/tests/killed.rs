//! A program that is killed at any moment loses nothing that it acknowledged and does nothing twice.
//!
//! The tests start this same binary as their child (`the_child`), which says what it has done only once it is committed,
//! and end it by SIGKILL. `SITREP_KILLS` says how often, per database and test; 10 times without it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout, reason = "these are tests")]

#[path = "killed/carrying.rs"]
mod carrying;
#[path = "killed/child.rs"]
mod child;
#[path = "stories/made.rs"]
#[allow(dead_code, reason = "the stories make more")]
mod made;
#[path = "killed/process.rs"]
mod process;
#[path = "stories/stage.rs"]
#[allow(dead_code, reason = "the stories do more")]
mod stage;
#[path = "killed/writing.rs"]
mod writing;

use stage::Stage;

/// What runs in the child; in an ordinary run there is nothing to do.
#[test]
fn the_child() {
    child::run();
}

#[test]
fn what_was_acknowledged_survives_on_sqlite() {
    writing::rounds(|| Some(Stage::sqlite()));
}

#[test]
fn what_was_acknowledged_survives_on_postgres() {
    writing::rounds(Stage::postgres);
}

#[test]
fn a_backup_is_there_whole_or_not_at_all_on_sqlite() {
    carrying::backups(|| Some(Stage::sqlite()));
}

#[test]
fn a_backup_is_there_whole_or_not_at_all_on_postgres() {
    carrying::backups(Stage::postgres);
}

#[test]
fn a_restore_is_there_whole_or_not_at_all_on_sqlite() {
    carrying::restores(|| Some(Stage::sqlite()));
}

#[test]
fn a_restore_is_there_whole_or_not_at_all_on_postgres() {
    carrying::restores(Stage::postgres);
}
