//! Inputs of store-less commands: files or `-`, read whole within a bound.

use crate::outcome::{Class, Failure};
use std::io::Read;
use std::path::{Path, PathBuf};
use walkdir::{DirEntry, WalkDir};

/// Largest input that is read, in bytes.
pub const LIMIT: u64 = 64 * 1024 * 1024;

/// The bytes of a file, or of standard input for `-`.
pub fn read(path: &Path) -> Result<Vec<u8>, Failure> {
    let name = path.display();
    let mut bytes = Vec::new();
    let outcome = if path.as_os_str() == "-" {
        std::io::stdin().lock().take(LIMIT + 1).read_to_end(&mut bytes)
    } else {
        std::fs::File::open(path).and_then(|file| file.take(LIMIT + 1).read_to_end(&mut bytes))
    };
    outcome.map_err(|error| {
        Failure::unreadable(format!("{name}: {error}")).hint("Check the path and that you may read it.")
    })?;
    if bytes.len() as u64 > LIMIT {
        let message = format!("{name} is larger than {} MiB", LIMIT / 1024 / 1024);
        return Err(
            Failure::new(Class::Refused, "too_large", message).hint("Divide it, or check that it is the right file.")
        );
    }
    Ok(bytes)
}

/// The text of a file in UTF-8; other bytes than that are refused.
pub fn text(path: &Path) -> Result<String, Failure> {
    let bytes = read(path)?;
    let text = match bytes.strip_prefix(&[0xEF, 0xBB, 0xBF]) {
        Some(rest) => String::from_utf8(rest.to_vec()),
        None => String::from_utf8(bytes),
    };
    text.map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        Failure::unreadable(format!("{}: byte {at} is no UTF-8", path.display())).hint("Save it as text in UTF-8.")
    })
}

/// Folders inside each other that are gone into.
const DEEPEST: usize = 16;

/// The files named: a folder stands for the files in it and in folders in it, in order of path.
pub fn expand(paths: &[PathBuf]) -> Result<Vec<PathBuf>, Failure> {
    let mut files = Vec::new();
    for path in paths {
        if !path.is_dir() {
            files.push(path.clone());
            continue;
        }
        let inside = WalkDir::new(path).max_depth(DEEPEST).sort_by_file_name().into_iter();
        for entry in inside.filter_entry(|entry| !is_passed_by(entry)) {
            let entry = entry.map_err(|error| Failure::unreadable(error.to_string()))?;
            if entry.path().is_file() {
                files.push(entry.into_path());
            }
        }
    }
    Ok(files)
}

/// Whether a folder in a folder is not gone into: a hidden one, and what a browser saved beside a page (`PAGE_files`), which
/// belongs to that page. Links to folders are not followed anyway.
fn is_passed_by(entry: &DirEntry) -> bool {
    let name = entry.file_name().to_string_lossy();
    let page = name.strip_suffix("_files").or_else(|| name.strip_suffix(".fld"));
    let beside =
        |ending: &str| page.is_some_and(|page| entry.path().with_file_name(format!("{page}.{ending}")).exists());
    entry.depth() > 0
        && entry.file_type().is_dir()
        && (name.starts_with('.') || ["html", "htm", "xhtml"].into_iter().any(beside))
}
