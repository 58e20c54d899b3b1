//! Reads the feeds that the lines of standard input name (`{file, content_type, url}`) and prints each as a line of JSON
//! `{file, feed}` or `{file, error}`; with `--time ROUNDS` only how many seconds of processor time it takes to read
//! them all, sanitising included: the mean of so many rounds.
//!
//! `… | cargo run --release -p sitrep-collect --example feeds -- [--time ROUNDS]`

#![allow(clippy::print_stdout, reason = "figures are what a measuring tool is for")]

use serde_json::json;
use sitrep_collect::feed;
use std::io::BufRead;

type Failure = Box<dyn std::error::Error>;

#[derive(serde::Deserialize)]
struct Input {
    file: String,
    content_type: Option<String>,
    url: Option<String>,
}

fn main() -> Result<(), Failure> {
    let rounds =
        std::env::args().skip_while(|word| word != "--time").nth(1).map(|rounds| rounds.parse::<u32>()).transpose()?;
    let inputs = std::io::stdin().lock().lines().map(|line| Ok(serde_json::from_str(&line?)?));
    let inputs = inputs.collect::<Result<Vec<Input>, Failure>>()?;
    let bodies = inputs.iter().map(|input| std::fs::read(&input.file)).collect::<Result<Vec<_>, _>>()?;
    let read = |input: &Input, body: &[u8]| feed::parse(body, input.content_type.as_deref(), input.url.as_deref());
    let Some(rounds) = rounds else {
        for (input, body) in inputs.iter().zip(&bodies) {
            println!(
                "{}",
                match read(input, body) {
                    Ok(feed) => json!({ "file": input.file, "feed": feed }),
                    Err(error) => json!({ "file": input.file, "error": error.to_string() }),
                }
            );
        }
        return Ok(());
    };
    // The kernel counts in ticks: a round alone would be shorter than one.
    let begun = processor_seconds()?;
    for _ in 0..rounds {
        for (input, body) in inputs.iter().zip(&bodies) {
            let _ = std::hint::black_box(read(input, body));
        }
    }
    let seconds = (processor_seconds()? - begun) / f64::from(rounds);
    let bytes: usize = bodies.iter().map(Vec::len).sum();
    println!("{}", json!({ "feeds": bodies.len(), "bytes": bytes, "seconds": seconds }));
    Ok(())
}

/// Seconds that this thread has had a processor, other programs left out of account.
fn processor_seconds() -> Result<f64, Failure> {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat")?;
    Ok(text.split(' ').next().unwrap_or_default().parse::<f64>()? / 1e9)
}
