//! Progress of long work: a bar on a terminal, nothing in a pipe.

use indicatif::{ProgressBar, ProgressStyle};
use std::io::IsTerminal;

/// A bar for work of a known or growing length.
pub struct Progress {
    bar: ProgressBar,
}

impl Progress {
    /// A bar with a word before it. It shows only where somebody looks.
    pub fn new(word: &'static str, json: bool) -> Self {
        let bar = if json || !std::io::stderr().is_terminal() { ProgressBar::hidden() } else { ProgressBar::new(0) };
        if let Ok(style) = ProgressStyle::with_template("{msg} {bar:32} {pos}/{len} {eta}") {
            bar.set_style(style);
        }
        bar.set_message(word);
        Self { bar }
    }

    /// So many of so many.
    pub fn at(&self, done: u64, all: u64) {
        self.bar.set_length(all);
        self.bar.set_position(done);
    }

    /// One more.
    pub fn step(&self, all: usize) {
        self.bar.set_length(all as u64);
        self.bar.inc(1);
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}
