//! Watch lists: standing queries, and which of them a document answers.
//!
//! All queries of a desk are compiled together. A document is read once; only queries whose rarest word stands in it are
//! looked at, so that their number hardly counts.

mod endings;
mod list;
mod parse;
mod text;

pub use list::{Mark, WatchList};
pub use parse::{Field, Pattern, Query, QueryError};
pub use text::Text;

#[cfg(test)]
mod tests;
