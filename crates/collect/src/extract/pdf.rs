//! PDF documents (ISO 32000-1): paragraphs in the order in which they are read, title, authors, times, language, links.
//! Size, pages, depth and work are bounded; a file that breaks the reader all the same is refused like a damaged one.

mod about;
mod cmap;
mod file;
mod filters;
mod fonts;
mod glyph_names;
mod lines;
mod object;
mod order;
mod page;
mod paragraphs;
mod tree;
mod xref;

use super::{Circumstances, Error, Extracted, Link};
use about::About;
use file::File;
use lines::Line;
use page::Glyph;
use paragraphs::Paragraph;

/// Bytes of a file, at most.
const LARGEST: usize = 64 * 1024 * 1024;

/// Characters of a document, at most: what stands behind them is left out.
const LONGEST: usize = 4_000_000;

/// The stack of the thread that reads: nesting is bounded, and this holds what the bounds allow.
const STACK: usize = 16 * 1024 * 1024;

/// Whether bytes are a PDF.
pub(crate) fn is_pdf(bytes: &[u8]) -> bool {
    bytes[..bytes.len().min(1024)].trim_ascii_start().starts_with(b"%PDF-")
}

/// The words of a document for showing them, paragraphs with a blank line between.
pub(crate) fn words(bytes: &[u8]) -> Result<String, Error> {
    let said = apart(|| said(bytes))?;
    Ok(said.paragraphs.into_iter().map(|paragraph| paragraph.text).collect::<Vec<_>>().join("\n\n"))
}

pub(super) fn read(bytes: &[u8], circumstances: &Circumstances<'_>) -> Result<Extracted, Error> {
    let said = apart(|| said(bytes))?;
    let title = title(&said);
    let paragraphs: Vec<String> = said.paragraphs.into_iter().map(|paragraph| paragraph.text).collect();
    let text = paragraphs.join("\n");
    let language = super::language(&text, said.about.language.as_deref());
    let spoken = language.as_deref().unwrap_or_default();
    let time =
        |text: &Option<String>| text.as_ref().and_then(|text| crate::time_text::moment(text, &circumstances.zone));
    // What the text itself says comes before the file's own times, which are those of the writer's machine.
    let published = super::published::of_head(&paragraphs, circumstances, spoken);
    Ok(Extracted {
        url: circumstances.url.map(str::to_owned),
        canonical: circumstances.url.map(str::to_owned),
        title,
        byline: said.about.authors,
        published: published.or_else(|| time(&said.about.created)),
        modified: time(&said.about.modified),
        language,
        site: None,
        links: said.links.into_iter().filter(|link| text.contains(&link.text)).collect(),
        text,
        paragraphs,
        image: None,
    })
}

/// Reads on a thread of its own: its stack is large enough for all that the bounds allow, whoever asks, and should the
/// reader break on a file that nobody foresaw, only that file is refused.
fn apart<T: Send>(read: impl FnOnce() -> Result<T, Error> + Send) -> Result<T, Error> {
    std::thread::scope(|scope| {
        let thread = std::thread::Builder::new().name("pdf".to_owned()).stack_size(STACK).spawn_scoped(scope, read);
        let thread = thread.map_err(|error| Error::Damaged(format!("no thread to read it on: {error}")))?;
        thread.join().unwrap_or_else(|_| Err(Error::Damaged("it breaks the reader".to_owned())))
    })
}

struct Said {
    about: About,
    paragraphs: Vec<Paragraph>,
    body: f64,
    links: Vec<Link>,
}

fn said(bytes: &[u8]) -> Result<Said, Error> {
    if bytes.len() > LARGEST {
        return Err(Error::TooLarge);
    }
    let file = File::open(bytes)?;
    let leaves = tree::leaves(&file);
    let mut fonts = page::Fonts::new();
    let (mut pages, mut links, mut unknown, mut letters) = (Vec::new(), Vec::new(), 0, 0);
    for leaf in &leaves {
        let mut reader = page::Reader::new(&file, &mut fonts);
        reader.page(&leaf.dict, &leaf.resources);
        unknown += reader.unknown;
        letters += reader.glyphs.iter().map(|glyph| glyph.text.len().max(1)).sum::<usize>();
        let mut glyphs = std::mem::take(&mut reader.glyphs);
        drop_artifacts(&mut glyphs);
        tree::links(&file, &leaf.dict, &glyphs, &mut links);
        pages.push(lines_of(glyphs));
        file.within_bounds()?;
        if letters > LONGEST {
            break;
        }
    }
    let (mut paragraphs, body) = paragraphs::of(pages);
    paragraphs.retain(|paragraph| paragraph.text.chars().any(char::is_alphanumeric));
    // Three bytes each: letters whose meaning the file doesn't say are no text.
    if paragraphs.is_empty() || unknown * 3 * 2 > letters {
        return Err(Error::NoText);
    }
    Ok(Said { about: about::read(&file), paragraphs, body, links })
}

fn lines_of(glyphs: Vec<Glyph>) -> Vec<Line> {
    let right_to_left = lines::is_right_to_left(glyphs.iter());
    lines::of(glyphs, right_to_left)
}

/// Leaves out what the file calls no part of its text, unless it calls nearly all of it so.
fn drop_artifacts(glyphs: &mut Vec<Glyph>) {
    let artifacts = glyphs.iter().filter(|glyph| glyph.artifact).count();
    if artifacts * 10 < glyphs.len() * 7 {
        glyphs.retain(|glyph| !glyph.artifact);
    }
}

/// The title: what the file says, where its first page says it too; else what the first page has in the largest letters;
/// else what the file says all the same, or its first line.
fn title(said: &Said) -> Option<String> {
    let first = || said.paragraphs.iter().filter(|paragraph| paragraph.page == 0);
    let plain = |text: &str| sitrep_language::fold::words(text).join(" ");
    if let Some(told) = &said.about.title {
        let told_plain = plain(told);
        if !told_plain.is_empty() && first().any(|paragraph| plain(&paragraph.text).contains(&told_plain)) {
            return Some(told.clone());
        }
    }
    let largest = first().map(|paragraph| paragraph.size).fold(0.0, f64::max);
    let shown = first()
        .find(|paragraph| paragraph.size > 0.97 * largest && paragraph.size > 1.15 * said.body)
        .map(|paragraph| paragraph.text.clone())
        .filter(|text| (2..=300).contains(&text.chars().count()) && text.chars().any(char::is_alphabetic));
    let line =
        || said.paragraphs.first().map(|paragraph| paragraph.text.clone()).filter(|text| text.chars().count() <= 200);
    shown.or_else(|| said.about.title.clone()).or_else(line)
}

#[cfg(test)]
mod tests;
