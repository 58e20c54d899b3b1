//! Writing the file: records as they come, then what speaks of them. Of a record only its line of the index stays in
//! memory.

use super::index;
use super::manifest::{MANIFEST, MANIFEST_DIGEST, Manifest, ManifestDigest, PAGES, Resource};
use super::{Error, Page};
use crate::warc;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use sha2::{Digest, Sha256};
use std::io::{Seek, Write};
use std::ops::Range;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

/// Captures of one file, at most: their index must be sorted in memory.
pub const MOST_CAPTURES: u64 = 200_000;
/// The same for what is in the index: a capture with its requisites has hundreds of lines.
const MOST_LINES: usize = 2_000_000;

const RECORDS: &str = "data.warc.gz";

/// What a file says of itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct About {
    /// A line that names it.
    pub title: String,
    /// What was chosen, and why.
    pub description: Option<String>,
    /// When it was made.
    pub created: Timestamp,
    /// Which program made it, with its version.
    pub software: String,
}

/// A file that grows.
pub struct Writer<W: Write + Seek> {
    zip: ZipWriter<W>,
    about: About,
    options: SimpleFileOptions,
    sum: Sha256,
    length: u64,
    captures: u64,
    lines: Vec<String>,
    pages: Vec<Page>,
    parts: Vec<Resource>,
}

impl<W: Write + Seek> Writer<W> {
    /// Begins a file.
    pub fn begin(to: W, about: About) -> Result<Self, Error> {
        let options = SimpleFileOptions::default().last_modified_time(dos_time(about.created));
        let mut zip = ZipWriter::new(to);
        // Readers take single records out of it, so it is stored and not packed again.
        zip.start_file(
            format!("archive/{RECORDS}"),
            options.compression_method(CompressionMethod::Stored).large_file(true),
        )?;
        let info = warc::info("data", about.created, &about.software);
        let (sum, lines, pages, parts) = (Sha256::new(), Vec::new(), Vec::new(), Vec::new());
        let mut writer = Self { zip, about, options, sum, length: 0, captures: 0, lines, pages, parts };
        writer.append(&info)?;
        Ok(writer)
    }

    /// Adds a capture's records (each a gzip member of its own, as [`warc::write`] gives them), and says which bytes of
    /// the WARC file they are.
    pub fn capture(&mut self, records: &[u8]) -> Result<Range<u64>, Error> {
        if self.captures == MOST_CAPTURES {
            return Err(Error::TooMuch { what: "captures", limit: MOST_CAPTURES });
        }
        if self.lines.len() >= MOST_LINES {
            return Err(Error::TooMuch { what: "records", limit: MOST_LINES as u64 });
        }
        self.captures += 1;
        let found = warc::read(records)?;
        for (place, record) in found.iter().enumerate() {
            let end = found.get(place + 1).map_or(records.len(), |next| next.offset);
            let member = records.get(record.offset..end).unwrap_or_default();
            self.lines.extend(index::line(record, self.length + record.offset as u64, member, RECORDS));
        }
        let start = self.length;
        self.append(records)?;
        Ok(start..self.length)
    }

    /// Lists a page.
    pub fn page(&mut self, page: Page) {
        self.pages.push(page);
    }

    fn append(&mut self, bytes: &[u8]) -> Result<(), Error> {
        self.zip.write_all(bytes)?;
        self.sum.update(bytes);
        self.length += bytes.len() as u64;
        Ok(())
    }

    /// Ends the file: index, pages, `beside` (path and content of further parts, in folders of their own), manifest.
    /// `sign` gets the manifest's digest (`sha256:…`) and gives the signature that stands beside it.
    pub fn finish(
        mut self,
        beside: &[(String, Vec<u8>)],
        sign: impl FnOnce(&str) -> Option<serde_json::Value>,
    ) -> Result<W, Error> {
        let hash = index::printed(&std::mem::take(&mut self.sum).finalize());
        let path = format!("archive/{RECORDS}");
        self.parts.push(Resource { name: RECORDS.to_owned(), path, hash, bytes: self.length });
        let (blocks, list) = index::packed(std::mem::take(&mut self.lines))?;
        self.part("indexes/index.cdx.gz", &blocks, CompressionMethod::Stored)?;
        self.part("indexes/index.idx", list.as_bytes(), CompressionMethod::Deflated)?;
        let pages = self.listed()?;
        self.part(PAGES, &pages, CompressionMethod::Deflated)?;
        for (path, bytes) in beside {
            self.part(path, bytes, CompressionMethod::Deflated)?;
        }
        let main = self.pages.first();
        let manifest = Manifest {
            profile: "data-package".to_owned(),
            wacz_version: "1.1.1".to_owned(),
            title: self.about.title.clone(),
            description: self.about.description.clone(),
            created: seconds(self.about.created),
            software: self.about.software.clone(),
            main_page_url: main.map(|page| page.url.clone()),
            main_page_date: main.map(|page| seconds(page.ts)),
            resources: std::mem::take(&mut self.parts),
        };
        let manifest = serde_json::to_vec_pretty(&manifest).map_err(std::io::Error::from)?;
        let hash = index::sha256(&manifest);
        self.part(MANIFEST, &manifest, CompressionMethod::Deflated)?;
        let signature = sign(&hash);
        let digest = ManifestDigest { path: MANIFEST.to_owned(), hash, signature };
        let digest = serde_json::to_vec_pretty(&digest).map_err(std::io::Error::from)?;
        self.part(MANIFEST_DIGEST, &digest, CompressionMethod::Deflated)?;
        Ok(self.zip.finish()?)
    }

    fn listed(&self) -> Result<Vec<u8>, Error> {
        let mut out = b"{\"format\": \"json-pages-1.0\", \"id\": \"pages\", \"title\": \"Pages\"}\n".to_vec();
        for page in &self.pages {
            serde_json::to_writer(&mut out, page).map_err(std::io::Error::from)?;
            out.push(b'\n');
        }
        Ok(out)
    }

    fn part(&mut self, path: &str, bytes: &[u8], method: CompressionMethod) -> Result<(), Error> {
        self.zip.start_file(path, self.options.compression_method(method))?;
        self.zip.write_all(bytes)?;
        let name = path.rsplit('/').next().unwrap_or(path).to_owned();
        let (path, hash) = (path.to_owned(), index::sha256(bytes));
        self.parts.push(Resource { name, path, hash, bytes: bytes.len() as u64 });
        Ok(())
    }
}

fn seconds(at: Timestamp) -> String {
    at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

fn dos_time(at: Timestamp) -> DateTime {
    let at = TimeZone::UTC.to_datetime(at);
    let part = |value: i8| u8::try_from(value).unwrap_or_default();
    let year = u16::try_from(at.year()).unwrap_or_default();
    let made = DateTime::from_date_and_time(
        year,
        part(at.month()),
        part(at.day()),
        part(at.hour()),
        part(at.minute()),
        part(at.second()),
    );
    // Before 1980 and after 2107 ZIP knows no time.
    made.unwrap_or_default()
}
