//! Reads a list of pages, as lines `{"file", "url"}` on standard input, and prints for each what `sitrep extract`
//! prints. On standard error: pages and seconds of reading alone, on one thread, for `bench/extraction`.

#![allow(clippy::print_stdout, clippy::print_stderr)] // a tool of the bench: it prints

use jiff::civil::date;
use jiff::tz::TimeZone;
use sitrep_collect::extract::{Circumstances, extract};
use std::error::Error;
use std::io::BufRead;
use std::time::{Duration, Instant};

/// As in the programme itself.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

#[derive(serde::Deserialize)]
struct Page {
    file: String,
    url: Option<String>,
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut spent = Duration::ZERO;
    let mut count = 0_usize;
    for line in std::io::stdin().lock().lines() {
        let page: Page = serde_json::from_str(&line?)?;
        let bytes = std::fs::read(&page.file)?;
        let circumstances = Circumstances {
            url: page.url.as_deref(),
            content_type: None,
            zone: TimeZone::UTC,
            received: date(2026, 11, 1),
        };
        let begun = Instant::now();
        let read = extract(&bytes, &circumstances);
        spent += begun.elapsed();
        count += 1;
        let mut value = match read {
            Ok(extracted) => serde_json::to_value(extracted)?,
            Err(error) => serde_json::json!({ "error": error.to_string() }),
        };
        value["file"] = page.file.into();
        println!("{value}");
    }
    eprintln!("{}", serde_json::json!({ "pages": count, "seconds": spent.as_secs_f64() }));
    Ok(())
}
