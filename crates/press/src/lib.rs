//! An edition as PDF, typeset by Typst.
//!
//! Takes a [`sitrep_editions::Manuscript`] and nothing else; the same manuscript gives the same bytes. The manuscript
//! becomes a *sheet* (`sheet/`): what is printed, as data. The template (`templates/edition.typ`) reads the sheet as JSON
//! and says how it looks; no text of an edition is ever read as markup. `world` shows Typst the template, the sheet, the
//! pictures and the fonts of this crate, and nothing else.
//!
//! This crate must not know: files, sockets, the store, the clock, randomness.

mod error;
mod extent;
mod fonts;
mod sheet;
mod typeset;
mod world;

pub use error::Error;
pub use extent::{CHARACTERS, NOTES, PARAGRAPH, PARAGRAPHS, PICTURE};

use sitrep_editions::Manuscript;

/// A printed edition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pdf {
    /// The file.
    pub bytes: Vec<u8>,
    /// What a person should know of it: that it conforms to a lesser standard and why, that a picture was left out.
    pub warnings: Vec<String>,
}

/// Prints an edition as PDF/A-2a and PDF/UA-1; where something in it does not allow that, as plain tagged PDF with a
/// warning that says what.
///
/// # Errors
/// Where the edition is too long to be typeset, or Typst can't typeset or write it.
pub fn pdf(manuscript: &Manuscript<'_>) -> Result<Pdf, Error> {
    extent::check(manuscript)?;
    let (sheet, pictures, mut warnings) = sheet::of(manuscript);
    let world = world::World::new(&sheet, pictures, manuscript.edition.date)?;
    let (bytes, found) = typeset::typeset(&world, manuscript)?;
    warnings.extend(found);
    Ok(Pdf { bytes, warnings })
}
