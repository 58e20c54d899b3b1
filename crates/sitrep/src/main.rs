//! sitrep: the newsroom of an open-source analysis team. This binary reads the configuration, wires the parts and
//! gives each verb its command; what a command does is in the crates below.

// A binary has no outside: `pub` says what its own modules may use.
#![allow(unreachable_pub)]

mod commands;
mod desk;
mod duty;
mod editions;
mod example;
mod input;
mod installation;
mod outcome;
mod print;
mod progress;
mod site;
mod stamps;
mod wiring;

use clap::Parser;
use outcome::{Class, Failure, Outcome};
use std::panic::catch_unwind;
use std::process::ExitCode;

/// An import spent a seventh of its time in the C library's allocator.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let cli = match commands::Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            let _ = error.print();
            return ExitCode::from(if error.use_stderr() { 2 } else { 0 });
        }
    };
    wiring::log(cli.verbose);
    let json = cli.json;
    // A panic is our fault and says so; its own message went to standard error.
    let ours = |_| Err(Failure::new(Class::Internal, "internal", "sitrep failed on this input, which it never should"));
    match catch_unwind(|| commands::run(cli)).unwrap_or_else(ours) {
        Ok(Outcome::Done) => ExitCode::SUCCESS,
        Ok(Outcome::Found) => ExitCode::from(1),
        Err(failure) => {
            if json {
                eprintln!("{}", serde_json::json!({ "error": failure }));
            } else {
                eprintln!("sitrep: {}", failure.message);
                if let Some(hint) = &failure.hint {
                    eprintln!("  what to do: {hint}");
                }
            }
            failure.exit_code()
        }
    }
}
