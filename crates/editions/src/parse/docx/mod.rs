//! Word documents (WordprocessingML, ISO/IEC 29500) to text.
//!
//! Stages: `package` (zip → parts, bounded), `styles` and `relations` (what names stand for), `body` (XML → paragraphs;
//! tracked changes as accepted), `write` (paragraphs → text and segments). True footnotes and endnotes become `[1]`,
//! `[2]` … in order of appearance, and a note list at the end. Macros, comments, headers and pictures are not read, and
//! it is said that they are there.

mod body;
mod package;
mod relations;
mod styles;
mod write;

use super::segments::Segment;
use crate::Error;

/// Elements within elements are read to this depth.
const MAX_DEPTH: usize = 256;

/// A document's text with its segments, and what it holds besides.
pub(super) struct Extracted {
    pub text: String,
    pub segments: Vec<Segment>,
    pub left_out: Vec<String>,
}

pub(super) use package::{is_ole, is_zip, refuse_ole};

/// Reads a document.
pub(super) fn extract(input: &[u8]) -> Result<Extracted, Error> {
    let mut package = package::Package::open(input)?;
    let main = package.main_part()?;
    let document = package.part(&main)?.ok_or_else(|| package::no_word("it has no main part"))?;
    let beside = |name: &str| {
        format!("{}{name}", main.rsplit_once('/').map_or(String::new(), |(folder, _)| format!("{folder}/")))
    };
    let styles = styles::Styles::read(package.part(&beside("styles.xml"))?.as_deref())?;
    let mut notes = body::Notes::default();
    for (kind, name) in [(body::Kind::Footnote, "footnotes"), (body::Kind::Endnote, "endnotes")] {
        if let Some(part) = package.part(&beside(&format!("{name}.xml")))? {
            let links = relations::read(package.part(&beside(&format!("_rels/{name}.xml.rels")))?.as_deref())?;
            notes.add(kind, &part, &styles, &links)?;
        }
    }
    let file = main.rsplit('/').next().unwrap_or_default();
    let links = relations::read(package.part(&beside(&format!("_rels/{file}.rels")))?.as_deref())?;
    let mut read = body::paragraphs(&document, &styles, &links)?;
    let (text, segments) = write::text(&mut read, &notes);
    let commented = package.part(&beside("comments.xml"))?.is_some_and(|part| part.contains(":comment "));
    let mut left_out = package.left_out();
    left_out.extend(commented.then(|| "comments, which were not read".to_owned()));
    left_out.extend(read.left_out());
    Ok(Extracted { text, segments, left_out })
}
