//! Reads the files that the lines of standard input name as text, without being told anything of them, and prints each
//! as a line of JSON `{file, encoding, text}`.
//!
//! `… | cargo run --release -p sitrep-collect --example charsets`

#![allow(clippy::print_stdout, reason = "figures are what a measuring tool is for")]

use sitrep_collect::charset;
use std::io::BufRead;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    for line in std::io::stdin().lock().lines() {
        let file = line?;
        let decoded = charset::decode(&std::fs::read(&file)?, None, None);
        println!("{}", serde_json::json!({ "file": file, "encoding": decoded.encoding, "text": decoded.text }));
    }
    Ok(())
}
