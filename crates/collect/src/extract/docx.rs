//! Word's documents (DOCX, ECMA-376): paragraphs in order, title, authors, times and links. Deleted text, field codes and
//! what has no words are left out; notes stand behind the text. A part that unpacks to more than its bound is refused
//! before it is in memory.

use super::published::scan::{Piece, Pieces, attribute};
use super::{Circumstances, Error, Extracted, Link};
use crate::entities;
use crate::time_text::Moment;
use std::collections::HashMap;
use std::io::{Cursor, Read};
use zip::ZipArchive;

/// Bytes that one part may unpack to, at most.
const LARGEST_PART: u64 = 64 * 1024 * 1024;

/// Parts of an archive, at most.
const MOST_PARTS: usize = 10_000;

/// Paragraphs, at most.
const MOST_PARAGRAPHS: usize = 100_000;

const BODY: &str = "word/document.xml";

/// Whether bytes are a ZIP archive that holds Word's document.
pub(crate) fn is_docx(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04") && archive(bytes).is_ok_and(|zip| zip.index_for_name(BODY).is_some())
}

/// The words of a document for showing them, paragraphs with a blank line between.
pub(crate) fn words(bytes: &[u8]) -> Result<String, Error> {
    let mut zip = archive(bytes)?;
    Ok(paragraphs(&part(&mut zip, BODY)?, &HashMap::new()).0.join("\n\n"))
}

pub(super) fn read(bytes: &[u8], circumstances: &Circumstances<'_>) -> Result<Extracted, Error> {
    let mut zip = archive(bytes)?;
    let body = part(&mut zip, BODY)?;
    let optional = |zip: &mut Archive<'_>, name: &str| match zip.index_for_name(name) {
        Some(_) => part(zip, name),
        None => Ok(String::new()),
    };
    let relations = relations(&optional(&mut zip, "word/_rels/document.xml.rels")?);
    let core = core(&optional(&mut zip, "docProps/core.xml")?);
    let (mut paragraphs, links, titled) = paragraphs(&body, &relations);
    for notes in ["word/footnotes.xml", "word/endnotes.xml"] {
        let (more, ..) = self::paragraphs(&optional(&mut zip, notes)?, &HashMap::new());
        paragraphs.extend(more);
    }
    let text = paragraphs.join("\n");
    let language = super::language(&text, core.get("language").map(String::as_str));
    let spoken = language.as_deref().unwrap_or_default();
    let first = || paragraphs.first().filter(|line| line.chars().count() <= 200).cloned();
    let time = |name: &str| core.get(name).and_then(|text| crate::time_text::moment(text, &circumstances.zone));
    // What the text itself says comes before the file's own times, which are those of the writer's machine.
    let said: Option<Moment> = super::published::of_head(&paragraphs, circumstances, spoken);
    Ok(Extracted {
        url: circumstances.url.map(str::to_owned),
        canonical: circumstances.url.map(str::to_owned),
        title: titled.or_else(|| core.get("title").cloned()).or_else(first),
        byline: core
            .get("creator")
            .map(|names| names.split(';').map(|n| n.trim().to_owned()).collect())
            .unwrap_or_default(),
        published: said.or_else(|| time("created")),
        modified: time("modified"),
        language,
        site: None,
        links: links.into_iter().filter(|link| text.contains(&link.text)).collect(),
        text,
        paragraphs,
        image: None,
    })
}

type Archive<'a> = ZipArchive<Cursor<&'a [u8]>>;

fn archive(bytes: &[u8]) -> Result<Archive<'_>, Error> {
    let zip = ZipArchive::new(Cursor::new(bytes)).map_err(|error| Error::Damaged(error.to_string()))?;
    if zip.len() > MOST_PARTS {
        return Err(Error::TooLarge);
    }
    Ok(zip)
}

/// One part as text. Its size is counted as it is unpacked: what an archive says of its sizes may be a lie.
fn part(zip: &mut Archive<'_>, name: &str) -> Result<String, Error> {
    let file = zip.by_name(name).map_err(|error| Error::Damaged(format!("{name}: {error}")))?;
    if file.size() > LARGEST_PART {
        return Err(Error::TooLarge);
    }
    let mut bytes = Vec::new();
    let read = file.take(LARGEST_PART + 1).read_to_end(&mut bytes);
    read.map_err(|error| Error::Damaged(format!("{name}: {error}")))?;
    if bytes.len() as u64 > LARGEST_PART {
        return Err(Error::TooLarge);
    }
    Ok(crate::charset::decode(&bytes, Some("text/xml; charset=utf-8"), None).text)
}

/// The local name of an element.
fn local(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or(name)
}

/// Dublin Core and the times of a file's properties, by local name.
fn core(xml: &str) -> HashMap<String, String> {
    let mut found = HashMap::new();
    let mut open = None;
    for piece in Pieces::new(xml) {
        match piece {
            Piece::Open { name, .. } => open = Some(local(name)),
            Piece::Text(text) => {
                let text = entities::decode(text).trim().to_owned();
                if let Some(name) = open.filter(|_| !text.is_empty() && text.len() <= 1_000) {
                    found.insert(name.to_owned(), text);
                }
            }
            Piece::Close { .. } => open = None,
            Piece::Script { .. } => {}
        }
    }
    found
}

/// Addresses of the web by the identifier of their relation.
fn relations(xml: &str) -> HashMap<String, String> {
    let mut found = HashMap::new();
    for piece in Pieces::new(xml) {
        let Piece::Open { name, attributes } = piece else { continue };
        if local(name) != "Relationship" {
            continue;
        }
        if let (Some(id), Some(target)) = (attribute(attributes, "Id"), attribute(attributes, "Target"))
            && (target.starts_with("http://") || target.starts_with("https://"))
        {
            found.insert(id.to_owned(), entities::decode(target).into_owned());
        }
    }
    found
}

/// The paragraphs of a part, its links, and the paragraph in the style of a title.
fn paragraphs(xml: &str, relations: &HashMap<String, String>) -> (Vec<String>, Vec<Link>, Option<String>) {
    let (mut paragraphs, mut links, mut titled) = (Vec::new(), Vec::new(), None);
    let mut line = String::new();
    let (mut is_text, mut is_title, mut deleted) = (false, false, 0_usize);
    let mut link: Option<(String, usize)> = None;
    for piece in Pieces::new(xml) {
        match piece {
            Piece::Open { name, attributes } => {
                let closed = attributes.trim_end().ends_with('/');
                match local(name) {
                    "p" => is_title = false,
                    "pStyle" => {
                        is_title =
                            attribute(attributes, "w:val").is_some_and(|style| style.eq_ignore_ascii_case("title"));
                    }
                    "t" => is_text = !closed && deleted == 0,
                    "tab" | "br" | "cr" => line.push(' '),
                    "noBreakHyphen" => line.push('\u{2011}'),
                    "del" | "moveFrom" if !closed => deleted += 1,
                    "hyperlink" if !closed => {
                        let target = attribute(attributes, "r:id").and_then(|id| relations.get(id));
                        link = target.map(|target| (target.clone(), line.len()));
                    }
                    _ => {}
                }
            }
            Piece::Text(text) if is_text => line.push_str(&entities::decode(text)),
            Piece::Close { name } => match local(name) {
                "t" => is_text = false,
                "del" | "moveFrom" => deleted = deleted.saturating_sub(1),
                "hyperlink" => {
                    if let Some((url, from)) = link.take() {
                        let text = line.get(from..).unwrap_or_default().trim().to_owned();
                        links.extend((!text.is_empty() && links.len() < 2_000).then_some(Link { url, text }));
                    }
                }
                "p" => {
                    let words = line.split_whitespace().collect::<Vec<_>>().join(" ");
                    line.clear();
                    link = None;
                    if !words.is_empty() && paragraphs.len() < MOST_PARAGRAPHS {
                        if is_title && titled.is_none() {
                            titled = Some(words.clone());
                        }
                        paragraphs.push(words);
                    }
                }
                _ => {}
            },
            _ => {}
        }
    }
    (paragraphs, links, titled)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use jiff::tz::TimeZone;
    use std::io::Write;

    fn docx(parts: &[(&str, &str)]) -> Vec<u8> {
        let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (name, text) in parts {
            zip.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
            zip.write_all(text.as_bytes()).unwrap();
        }
        zip.finish().unwrap().into_inner()
    }

    fn circumstances() -> Circumstances<'static> {
        Circumstances { url: None, content_type: None, zone: TimeZone::UTC, received: date(2023, 6, 21) }
    }

    #[test]
    fn a_document_gives_paragraphs_title_author_times_and_links() {
        let body = r#"<?xml version="1.0"?><w:document xmlns:w="w" xmlns:r="r"><w:body>
            <w:p><w:pPr><w:pStyle w:val="Title"/></w:pPr><w:r><w:t>گزارش پل</w:t></w:r></w:p>
            <w:p><w:r><w:t>تاریخ انتشار: ۹ خرداد ۱۴۰۲</w:t></w:r></w:p>
            <w:p><w:r><w:t xml:space="preserve">پل شهر </w:t></w:r><w:del><w:r><w:delText>نه </w:delText></w:r></w:del><w:hyperlink r:id="rId4"><w:r><w:t>تعمیر شد</w:t></w:r></w:hyperlink><w:r><w:instrText>PAGE</w:instrText></w:r></w:p>
            <w:p/></w:body></w:document>"#;
        let core = r#"<cp:coreProperties><dc:creator>نگار نمونه</dc:creator><dcterms:created>2023-05-29T08:00:00Z</dcterms:created>
            <dcterms:modified>2023-06-01T09:00:00Z</dcterms:modified></cp:coreProperties>"#;
        let relations = r#"<Relationships><Relationship Id="rId4" Target="https://example.ir/a?b=1&amp;c=2" TargetMode="External"/></Relationships>"#;
        let bytes = docx(&[(BODY, body), ("docProps/core.xml", core), ("word/_rels/document.xml.rels", relations)]);
        assert!(is_docx(&bytes));
        let read = read(&bytes, &circumstances()).unwrap();
        assert_eq!(read.paragraphs, ["گزارش پل", "تاریخ انتشار: ۹ خرداد ۱۴۰۲", "پل شهر تعمیر شد"]);
        assert_eq!(read.title.as_deref(), Some("گزارش پل"));
        assert_eq!(read.byline, ["نگار نمونه"]);
        assert_eq!(read.language.as_deref(), Some("fa"));
        assert_eq!(read.published.map(|moment| moment.to_string()).as_deref(), Some("2023-05-30T00:00:00Z"));
        assert_eq!(read.modified.map(|moment| moment.to_string()).as_deref(), Some("2023-06-01T09:00:00Z"));
        assert_eq!(read.links, [Link { url: "https://example.ir/a?b=1&c=2".into(), text: "تعمیر شد".into() }]);
    }

    #[test]
    fn bombs_and_broken_archives_are_refused_in_words() {
        let blank = " ".repeat(usize::try_from(LARGEST_PART).unwrap() + 1);
        let bomb = docx(&[(BODY, &blank)]);
        assert!(bomb.len() < 1_000_000);
        assert_eq!(read(&bomb, &circumstances()), Err(Error::TooLarge));
        let whole = docx(&[(BODY, "<w:p><w:t>text</w:t></w:p>")]);
        assert!(matches!(read(&whole[..whole.len() / 2], &circumstances()), Err(Error::Damaged(_))));
        assert!(!is_docx(&docx(&[("a.txt", "x")])));
    }
}
