//! From the world of an edition to its pages, and from pages to bytes.

use crate::Error;
use crate::world::World;
use jiff::tz::TimeZone;
use sitrep_editions::Manuscript;
use std::panic::{AssertUnwindSafe, catch_unwind};
use typst::diag::SourceDiagnostic;
use typst::foundations::{Datetime, Smart};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};

/// How many further editions the typesetter's memory of one survives. A newsroom prints the same edition again and again
/// while it is written; what was not needed for so long is forgotten, so that a server's memory does not grow.
const REMEMBERED: usize = 3;

/// Warnings that are kept; a broken edition could make one for every character.
const WARNINGS: usize = 20;

/// Typesets and writes; gives the file and its warnings.
pub(crate) fn typeset(world: &World, manuscript: &Manuscript<'_>) -> Result<(Vec<u8>, Vec<String>), Error> {
    let outcome = catch_unwind(AssertUnwindSafe(|| pages_and_bytes(world, manuscript)));
    comemo::evict(REMEMBERED);
    outcome.unwrap_or_else(|_| Err(Error::Typesetting("the typesetter failed on this edition".to_owned())))
}

fn pages_and_bytes(world: &World, manuscript: &Manuscript<'_>) -> Result<(Vec<u8>, Vec<String>), Error> {
    let compiled = typst::compile::<PagedDocument>(world);
    let document = compiled.output.map_err(|faults| Error::Typesetting(first(&faults)))?;
    let mut warnings: Vec<String> = compiled.warnings.iter().take(WARNINGS).map(words).collect();
    let strict = write(&document, manuscript, &[PdfStandard::A_2a, PdfStandard::Ua_1]);
    let bytes = match strict {
        Ok(bytes) => bytes,
        Err(fault) => {
            warnings.push(format!("The PDF is tagged, but neither PDF/A-2a nor PDF/UA-1: {fault}."));
            write(&document, manuscript, &[]).map_err(Error::Writing)?
        }
    };
    Ok((bytes, warnings))
}

fn write(document: &PagedDocument, manuscript: &Manuscript<'_>, standards: &[PdfStandard]) -> Result<Vec<u8>, String> {
    let options = PdfOptions {
        ident: Smart::Custom(manuscript.address()),
        creator: Smart::Custom(Some(format!("sitrep {}", env!("CARGO_PKG_VERSION")))),
        timestamp: timestamp(manuscript),
        standards: PdfStandards::new(standards).map_err(|fault| fault.message().to_string())?,
        ..PdfOptions::default()
    };
    typst_pdf::pdf(document, &options).map_err(|faults| first(&faults))
}

/// When the edition was published or last corrected; for a draft, the first moment of its day.
fn timestamp(manuscript: &Manuscript<'_>) -> Option<Timestamp> {
    let edition = manuscript.edition;
    let acted = edition.corrections.last().map(|correction| correction.at).or(edition.published);
    let at = match acted {
        Some(at) => at.to_zoned_datetime(TimeZone::UTC).datetime(),
        None => edition.date.at(0, 0, 0, 0),
    };
    let part = |number: i8| u8::try_from(number).ok();
    let (month, day) = (part(at.month())?, part(at.day())?);
    let (hour, minute, second) = (part(at.hour())?, part(at.minute())?, part(at.second())?);
    Datetime::from_ymd_hms(i32::from(at.year()), month, day, hour, minute, second).map(Timestamp::new_utc)
}

/// The first of several faults, and how many there are.
fn first(faults: &[SourceDiagnostic]) -> String {
    let said = faults.first().map_or_else(|| "no reason was given".to_owned(), words);
    match faults.len() {
        0 | 1 => said,
        count => format!("{said} (and {} more)", count - 1),
    }
}

/// What Typst says, with its hints.
fn words(diagnostic: &SourceDiagnostic) -> String {
    let hints: String = diagnostic.hints.iter().map(|hint| format!("; {}", hint.v)).collect();
    format!("{}{hints}", diagnostic.message)
}
