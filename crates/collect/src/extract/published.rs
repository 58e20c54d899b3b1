//! When a page was published and last changed: what its metadata says, the elements that hold a time, what stands in
//! its text, and its address; in any of the desk's calendars. The page's source is gone through once, without a tree.

mod choosing;
mod places;
mod scan;
mod signals;
mod structured;
mod written;

pub use choosing::Times;

use super::Circumstances;

/// The times of a page. `language` is that of its text, where it is known; else the page's word for it counts.
pub(super) fn times(source: &str, circumstances: &Circumstances, language: &str) -> Times {
    let signals = signals::gather(source);
    let declared = signals.language.and_then(|tag| tag.get(..2)).unwrap_or_default().to_ascii_lowercase();
    let language = if language.is_empty() { declared.as_str() } else { language };
    let reader = written::Reader::new(language, &circumstances.zone, circumstances.received);
    choosing::choose(&signals, circumstances.url, &reader)
}

#[cfg(test)]
mod tests;
