//! Reading a file, whoever wrote it: its pages, its records one by one, and whether its parts are what its manifest says.

use super::index::printed;
use super::manifest::{MANIFEST, MANIFEST_DIGEST, Manifest, ManifestDigest, PAGES};
use super::{Error, Page};
use crate::warc::{self, Record};
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;
use std::io::{self, BufReader, Read, Seek, Write};
use std::ops::Range;
use zip::ZipArchive;

/// Parts of a file, at most.
const MOST_PARTS: u64 = 20_000;
/// Bytes of a part that is read as a whole, at most.
const LARGEST_PART: u64 = 64 * 1024 * 1024;
/// Bytes of one WARC file when unpacked by ZIP, at most.
const LARGEST_WARC: u64 = 64 * 1024 * 1024 * 1024;
/// Pages of a file, at most.
const MOST_PAGES: u64 = 1_000_000;

/// A file that is open.
pub struct Archive<R: Read + Seek> {
    zip: ZipArchive<R>,
}

/// A sum that is written to.
struct Summing<'a>(&'a mut Sha256);

impl Write for Summing<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.update(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Whether a file's parts are what it says of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checked {
    /// Parts looked at.
    pub parts: usize,
    /// What is wrong: path and reason.
    pub faults: Vec<(String, String)>,
    /// The digest of the manifest, as it is.
    pub manifest: String,
    /// The signature that stands beside the manifest's digest, as it was written.
    pub signature: Option<serde_json::Value>,
}

impl<R: Read + Seek> Archive<R> {
    /// Opens a file.
    pub fn open(from: R) -> Result<Self, Error> {
        let zip = ZipArchive::new(from)?;
        if zip.len() as u64 > MOST_PARTS {
            return Err(Error::TooMuch { what: "parts", limit: MOST_PARTS });
        }
        Ok(Self { zip })
    }

    /// The paths of its WARC files, in order of their names.
    pub fn warcs(&self) -> Vec<String> {
        let is_warc =
            |path: &String| path.starts_with("archive/") && (path.ends_with(".warc") || path.ends_with(".warc.gz"));
        let mut paths: Vec<String> = self.names().filter(is_warc).collect();
        paths.sort();
        paths
    }

    /// The paths of its parts; one that is no text is passed over.
    fn names(&self) -> impl Iterator<Item = String> + '_ {
        self.zip.file_names().filter_map(|name| Some(name.ok()?.into_owned()))
    }

    /// The records of one of its WARC files, one in memory at a time.
    pub fn records(&mut self, path: &str) -> Result<impl Iterator<Item = Result<Record, warc::Error>> + '_, Error> {
        Ok(warc::stream(BufReader::new(self.zip.by_name(path)?.take(LARGEST_WARC))))
    }

    /// The pages that it lists; lines that are none are passed over.
    pub fn pages(&mut self) -> Result<Vec<Page>, Error> {
        let Some(text) = self.part(PAGES)? else { return Ok(Vec::new()) };
        let lines = text.split(|byte| *byte == b'\n');
        let pages: Vec<Page> = lines.filter_map(|line| serde_json::from_slice(line).ok()).collect();
        if pages.len() as u64 > MOST_PAGES {
            return Err(Error::TooMuch { what: "pages", limit: MOST_PAGES });
        }
        Ok(pages)
    }

    /// A part as a whole; `None` where it is not there.
    pub fn part(&mut self, path: &str) -> Result<Option<Vec<u8>>, Error> {
        if self.zip.index_for_name(path).is_none() {
            return Ok(None);
        }
        let mut bytes = Vec::new();
        self.zip.by_name(path)?.take(LARGEST_PART + 1).read_to_end(&mut bytes)?;
        if bytes.len() as u64 > LARGEST_PART {
            return Err(Error::TooMuch { what: "bytes in one part", limit: LARGEST_PART });
        }
        Ok(Some(bytes))
    }

    /// Holds every part against the manifest, and the manifest against its digest. A signature is given, not judged.
    pub fn check(&mut self) -> Result<Checked, Error> {
        let text = self.part(MANIFEST)?.ok_or(Error::Missing(MANIFEST))?;
        let unreadable =
            |part: &str, why: serde_json::Error| Error::Part { part: part.to_owned(), why: why.to_string() };
        let manifest: Manifest = serde_json::from_slice(&text).map_err(|why| unreadable(MANIFEST, why))?;
        let mut checked =
            Checked { parts: 0, faults: Vec::new(), manifest: printed(&Sha256::digest(&text)), signature: None };
        if let Some(text) = self.part(MANIFEST_DIGEST)? {
            let digest: ManifestDigest =
                serde_json::from_slice(&text).map_err(|why| unreadable(MANIFEST_DIGEST, why))?;
            if digest.hash != checked.manifest {
                let fault = "its digest is not the one that stands beside it: one of the two was altered";
                checked.faults.push((MANIFEST.to_owned(), fault.to_owned()));
            }
            checked.signature = digest.signature;
        }
        let mut spoken_of = BTreeSet::from([MANIFEST.to_owned(), MANIFEST_DIGEST.to_owned()]);
        for resource in manifest.resources {
            checked.parts += 1;
            match self.digest(&resource.path)? {
                None => checked.faults.push((resource.path.clone(), "it is missing".to_owned())),
                Some(found) if found != resource.hash => {
                    checked
                        .faults
                        .push((resource.path.clone(), "it is not what the manifest says: it was altered".to_owned()));
                }
                Some(_) => {}
            }
            spoken_of.insert(resource.path);
        }
        let strays = self.names().filter(|path| !path.ends_with('/') && !spoken_of.contains(path));
        checked.faults.extend(strays.map(|path| (path, "the manifest does not speak of it".to_owned())));
        Ok(checked)
    }

    /// SHA-256 (lower-case hex) of stretches of a part, read once from its beginning: the stretches must stand in order and
    /// apart. `None` for one that reaches beyond the end.
    pub fn stretches(&mut self, path: &str, stretches: &[Range<u64>]) -> Result<Vec<Option<String>>, Error> {
        let (mut part, mut at, mut found) = (self.zip.by_name(path)?.take(LARGEST_WARC), 0, Vec::new());
        for stretch in stretches {
            if stretch.start < at || stretch.end < stretch.start {
                return Err(Error::Part { part: path.to_owned(), why: "its stretches are not in order".to_owned() });
            }
            io::copy(&mut part.by_ref().take(stretch.start - at), &mut io::sink())?;
            let mut sum = Sha256::new();
            let length = io::copy(&mut part.by_ref().take(stretch.end - stretch.start), &mut Summing(&mut sum))?;
            let hex = sum.finalize().iter().map(|byte| format!("{byte:02x}")).collect::<String>();
            found.push((length == stretch.end - stretch.start).then_some(hex));
            at = stretch.end;
        }
        Ok(found)
    }

    fn digest(&mut self, path: &str) -> Result<Option<String>, Error> {
        if self.zip.index_for_name(path).is_none() {
            return Ok(None);
        }
        let (mut part, mut sum, mut buffer) =
            (self.zip.by_name(path)?.take(LARGEST_WARC), Sha256::new(), vec![0; 1 << 16]);
        loop {
            match part.read(&mut buffer) {
                Ok(0) => return Ok(Some(printed(&sum.finalize()))),
                Ok(read) => sum.update(&buffer[..read]),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(Error::Part { part: path.to_owned(), why: error.to_string() }),
            }
        }
    }
}
