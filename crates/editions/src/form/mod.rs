//! The desk's Markdown form of an edition: read and written without loss in either direction.
//!
//! A file is front matter in TOML between `+++`, then standing description and notices, `# Key Takeaways`, sections and
//! notes. Stages: `front` (front matter), `blocks` (lines → blocks), `inline` (a block → text, marks, markers,
//! sentences), `references` (notes), `attributes` (what stands in braces). The parts that write stand beside those that
//! read, so that each sign is decided in one file.

mod attributes;
mod blocks;
mod cursor;
mod front;
mod inline;
mod read;
mod references;
mod target;
mod text;
mod write;

pub use front::{Correcting, correcting};
pub use read::read;
pub use write::write;

/// Whether a text is in the desk's form: its first line that says something is `+++`.
pub fn is_form(text: &str) -> bool {
    let start = text.trim_start_matches('\u{feff}').trim_start();
    start.strip_prefix("+++").is_some_and(|rest| rest.starts_with(['\n', '\r', ' ', '\t']))
}

#[cfg(test)]
pub(crate) mod samples;
#[cfg(test)]
mod tests;
