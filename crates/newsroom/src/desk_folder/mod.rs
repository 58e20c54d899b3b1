//! A desk as a folder of plain files, which a team may keep in version control: read, import, export, without loss.
//!
//! `desk.toml` is the desk; `sources.toml`, `actors.toml`, `places.toml`, `campaigns.toml`, `layers.toml`,
//! `leads.toml`, `positions.toml`, `assessments.toml` and `events/*.toml` hold lists under the noun's name; `editions/*.md` are editions
//! in the desk's Markdown form, `editions/SLUG.v2.md` a correction of one.

mod export;
mod import;
mod read;

pub use import::{Stage, Taken};
pub use read::{Dated, DeskFolder, EditionFile};
