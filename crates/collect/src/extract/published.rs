//! When a page was published and last changed: what its metadata says, the elements that hold a time, what stands in
//! its text, and its address; in any of the desk's calendars. The page's source is gone through once, without a tree.

mod choosing;
mod declared;
mod places;
pub(super) mod scan;
mod signals;
mod structured;
mod written;

pub use choosing::Times;

use super::Circumstances;
use crate::time_text::Moment;

/// Lines of a text among which its date is looked for.
const HEAD: usize = 6;

/// The times of a page. `language` is that of its text, where it is known; else the page's word for it counts.
pub(super) fn times(source: &str, circumstances: &Circumstances, language: &str) -> Times {
    let declared = declared::gather(source);
    let own = declared.language.and_then(|tag| tag.get(..2)).unwrap_or_default().to_ascii_lowercase();
    let language = if language.is_empty() { own.as_str() } else { language };
    let reader = written::Reader::new(language, &circumstances.zone, circumstances.received);
    choosing::choose(&declared, circumstances.url, &reader)
}

/// The time that the first lines of a text name, where one of them is little else than a date.
pub(super) fn of_head(paragraphs: &[String], circumstances: &Circumstances<'_>, language: &str) -> Option<Moment> {
    let reader = written::Reader::new(language, &circumstances.zone, circumstances.received);
    paragraphs.iter().take(HEAD).filter(|line| line.len() <= 300).find_map(|line| reader.of_line(line, 3))
}

#[cfg(test)]
mod tests;
