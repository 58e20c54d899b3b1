//! Files as sources: what lies below the installation's folder for incoming files, and what somebody hands in. A source names
//! a path below that folder and reaches nothing outside it, whatever the path or a link says.

use super::look::Look;
use super::state::State;
use super::{Gathered, blocking};
use crate::error::Error;
use crate::keeping::Received;
use crate::newsroom::{Newsroom, must};
use crate::who::Who;
use sitrep_collect::kinds::{self, Ask, Kind};
use sitrep_model::account::Role;
use sitrep_model::id::{DeskId, SourceId};
use sitrep_model::source::{Collection, Source};
use std::path::{Component, Path, PathBuf};
use std::time::UNIX_EPOCH;

/// Where a file's mark stands among what is known of an errand.
pub(super) const FILE_MARK: &str = "file";
/// Bytes of a file, at most.
const LARGEST: u64 = 256 << 20;
/// Files of a folder that are looked at, at most.
const MOST: usize = 200_000;
/// Folders inside each other.
const DEEPEST: usize = 16;

/// The folder for incoming files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Incoming(PathBuf);

/// What was made of a file that somebody handed in.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct TakenFile {
    /// The kind that read it.
    pub kind: &'static str,
    /// What it brought.
    pub gathered: Gathered,
}

impl Incoming {
    /// Its path.
    pub fn path(&self) -> &Path {
        &self.0
    }

    /// A path below it, with links followed; refused where it leads outside.
    fn find(&self, at: &str) -> Result<PathBuf, Error> {
        let asked = Path::new(at);
        if asked.components().any(|part| !matches!(part, Component::Normal(_) | Component::CurDir)) {
            let message =
                format!("{at:?} is no path below the folder for incoming files: begin with a folder's or file's name");
            return Err(Error::field("path", message));
        }
        let place = self.0.join(asked);
        let fault =
            |error: std::io::Error| Error::File { path: place.display().to_string(), message: error.to_string() };
        let root = self.0.canonicalize().map_err(|error| Error::File {
            path: self.0.display().to_string(),
            message: format!("the folder for incoming files can't be opened: {error}"),
        })?;
        let found = place.canonicalize().map_err(fault)?;
        if !found.starts_with(&root) {
            return Err(Error::field("path", format!("{at:?} leads out of the folder for incoming files")));
        }
        Ok(found)
    }
}

impl Newsroom {
    /// The folder below which sources of files lie: `incoming` in the data directory.
    pub fn incoming(&self) -> Incoming {
        Incoming(self.store().data().join("incoming"))
    }

    /// The files behind what a kind of files asks for, without those that were read as they are now.
    pub(super) async fn files_to_read(&self, source: &Source, asks: Vec<Ask>) -> Result<Vec<Ask>, Error> {
        let (newsroom, desk, id) = (self.clone(), source.desk.clone(), source.id.clone());
        blocking(move || {
            let incoming = newsroom.incoming();
            let mut found = Vec::new();
            for ask in asks {
                let place = incoming.find(&ask.at)?;
                walk(&place, Path::new(&ask.at), DEEPEST, &mut found)?;
            }
            found.sort();
            let mut asks = Vec::new();
            for (at, stamp) in found {
                let mark = format!("file {id} {at} {stamp}");
                if !newsroom.is_seen(&desk, &mark)? {
                    asks.push(Ask::of(at).knowing(FILE_MARK, mark));
                }
            }
            Ok(asks)
        })
        .await
    }

    /// A file below the folder for incoming files.
    pub(super) fn incoming_file(&self, at: &str) -> Result<Received, Error> {
        let place = self.incoming().find(at)?;
        let fault = |message: String| Error::File { path: at.to_owned(), message };
        let length = place.metadata().map_err(|error| fault(error.to_string()))?.len();
        if length > LARGEST {
            return Err(fault(format!("it has {length} bytes, and at most {LARGEST} are read: divide it")));
        }
        let bytes = std::fs::read(&place).map_err(|error| fault(error.to_string()))?;
        Ok(Received::of_file(address(at), media_type(at), bytes, self.now()))
    }

    /// Reads a file that somebody hands in: an export, a mailbox, an archive, a list of addresses. The kind is found by its name
    /// and bytes. `told` hears how many things in it are done, and of how many.
    pub async fn take_file(
        &self,
        who: &Who,
        desk: &DeskId,
        file: HandedIn<'_>,
        told: Told<'_>,
    ) -> Result<TakenFile, Error> {
        who.must_be(Role::Analyst, desk)?;
        let HandedIn { name, bytes, source } = file;
        if bytes.len() as u64 > LARGEST {
            return Err(Error::field("file", format!("it has more than {LARGEST} bytes: divide it")));
        }
        let kind = kinds::of_file(name, &bytes).ok_or_else(|| {
            let read: Vec<&str> =
                kinds::KINDS.iter().filter(|k| k.origin == kinds::Origin::Files).map(|k| k.label).collect();
            Error::field("file", format!("{name} is none of the files that are read: {}", read.join(", ")))
        })?;
        let (newsroom, of, id) = (self.clone(), desk.clone(), source.map(str::to_owned));
        let known = blocking(move || match id {
            Some(id) => newsroom.read(|reader| must::<Source>(reader, &of, &id)).map(|found| Some(found.value)),
            None => Ok(None),
        })
        .await?;
        let attributed = known.is_some();
        let reading = reading(known, desk, kind, name);
        let received = Received::of_file(address(name), media_type(name), bytes, self.now());
        let outcome = Look::new(self, who, &reading, kind, State::default()).take(received, attributed, told).await?;
        Ok(TakenFile { kind: kind.id, gathered: outcome.gathered })
    }
}

/// A file that somebody hands in.
#[derive(Debug, Clone)]
pub struct HandedIn<'a> {
    /// Its name.
    pub name: &'a str,
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// The source that it is of, where it is one's.
    pub source: Option<&'a str>,
}

/// Hears how much of long work is done, and of how much.
pub type Told<'a> = &'a (dyn Fn(u64, u64) + Send + Sync);

/// The source as which a file is read that somebody hands in.
fn reading(known: Option<Source>, desk: &DeskId, kind: &Kind, name: &str) -> Source {
    let collection = Collection::of(kind.id).told("path", name);
    match known {
        Some(source) if source.collection.how == kind.id => source,
        Some(source) => Source { collection, ..source },
        None => {
            let (id, language) = (SourceId("none".to_owned()), "und".to_owned());
            Source::new(id, desk.clone(), name.to_owned(), language, collection)
        }
    }
}

/// What a file is named by in captures.
fn address(at: &str) -> String {
    let parts: Vec<String> = at
        .split(['/', '\\'])
        .map(|part| url::form_urlencoded::byte_serialize(part.as_bytes()).collect::<String>().replace('+', "%20"))
        .collect();
    format!("file:///{}", parts.join("/"))
}

fn media_type(name: &str) -> &'static str {
    let name = name.to_ascii_lowercase();
    match name.rsplit('.').next().unwrap_or_default() {
        "json" | "js" | "jsonl" | "ndjson" => "application/json",
        "eml" => "message/rfc822",
        "mbox" => "application/mbox",
        "csv" => "text/csv",
        "txt" => "text/plain",
        "html" | "htm" => "text/html",
        "warc" => "application/warc",
        "gz" if name.ends_with(".warc.gz") => "application/warc",
        "wacz" => "application/wacz",
        _ => "application/octet-stream",
    }
}

/// All files at a place, by their path below the folder for incoming files, with what changes when they do. Links inside a
/// folder are not followed.
fn walk(place: &Path, at: &Path, depth: usize, found: &mut Vec<(String, String)>) -> Result<(), Error> {
    let fault = |error: std::io::Error| Error::File { path: at.display().to_string(), message: error.to_string() };
    let about = place.metadata().map_err(fault)?;
    if about.is_file() {
        let modified = about.modified().ok().and_then(|at| at.duration_since(UNIX_EPOCH).ok()).unwrap_or_default();
        found.push((at.to_string_lossy().into_owned(), format!("{} {}", about.len(), modified.as_nanos())));
        return Ok(());
    }
    if depth == 0 {
        return Ok(());
    }
    for entry in std::fs::read_dir(place).map_err(fault)? {
        let entry = entry.map_err(fault)?;
        let kind = entry.file_type().map_err(fault)?;
        let name = entry.file_name();
        // A mail program writes a message in `tmp` and moves it when it is whole; hidden files are programs' own.
        let half = name == "tmp" || name.to_string_lossy().starts_with('.');
        if half || kind.is_symlink() || found.len() >= MOST {
            continue;
        }
        walk(&entry.path(), &at.join(&name), depth - 1, found)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_path_leads_out_of_the_folder() {
        let outside = std::env::temp_dir().join(format!("sitrep-incoming-{}", std::process::id()));
        let root = outside.join("incoming");
        std::fs::create_dir_all(root.join("mail")).unwrap();
        std::fs::write(outside.join("secret"), "x").unwrap();
        std::fs::write(root.join("mail/1.eml"), "x").unwrap();
        #[cfg(unix)]
        std::os::unix::fs::symlink(outside.join("secret"), root.join("link")).unwrap();
        let incoming = Incoming(root.clone());
        assert!(incoming.find("mail/1.eml").is_ok());
        for bad in ["../secret", "/etc/passwd", "mail/../../secret", "link", "nothing"] {
            assert!(incoming.find(bad).is_err(), "{bad}");
        }
        let mut found = Vec::new();
        walk(&root, Path::new(""), DEEPEST, &mut found).unwrap();
        assert_eq!(found.iter().map(|(at, _)| at.as_str()).collect::<Vec<_>>(), ["mail/1.eml"]);
        std::fs::remove_dir_all(outside).unwrap();
    }
}
