//! The language of the texts that the lines of standard input are, one a line.
//!
//! `… | cargo run --release -p sitrep-language --example languages`

#![allow(clippy::print_stdout, reason = "figures are what a measuring tool is for")]

use std::io::BufRead;

fn main() -> std::io::Result<()> {
    for line in std::io::stdin().lock().lines() {
        let found = sitrep_language::detect::detect(&line?);
        println!("{}", found.map_or("und", |(language, _)| language));
    }
    Ok(())
}
