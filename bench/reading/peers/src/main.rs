//! feed-rs over the files that the lines of standard input name, seconds of processor time, the mean of so many rounds.

use std::io::BufRead;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let rounds: u32 = std::env::args().nth(1).ok_or("give the number of rounds")?.parse()?;
    let files = std::io::stdin().lock().lines().collect::<Result<Vec<_>, _>>()?;
    let bodies = files.iter().map(std::fs::read).collect::<Result<Vec<_>, _>>()?;
    let mut read = 0;
    let begun = processor_seconds()?;
    for _ in 0..rounds {
        read = bodies.iter().filter(|body| std::hint::black_box(feed_rs::parser::parse(body.as_slice())).is_ok()).count();
    }
    let seconds = (processor_seconds()? - begun) / f64::from(rounds);
    println!("{{\"feeds\": {}, \"read\": {read}, \"seconds\": {}}}", bodies.len(), seconds);
    Ok(())
}

/// Seconds that this thread has had a processor, other programs left out of account.
fn processor_seconds() -> Result<f64, Box<dyn std::error::Error>> {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat")?;
    Ok(text.split(' ').next().unwrap_or_default().parse::<f64>()? / 1e9)
}
