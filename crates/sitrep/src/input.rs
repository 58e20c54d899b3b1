//! Inputs of store-less commands: files or `-`, read whole within a bound.

use crate::outcome::{Class, Failure};
use std::io::Read;
use std::path::{Path, PathBuf};

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
        if path.is_dir() {
            inside(path, DEEPEST, &mut files)?;
        } else {
            files.push(path.clone());
        }
    }
    Ok(files)
}

/// All files of a folder and of those in it. Links to folders are not followed, and what a browser saved beside a page
/// (`PAGE_files`) belongs to that page.
fn inside(folder: &Path, depth: usize, found: &mut Vec<PathBuf>) -> Result<(), Failure> {
    let fault = |error: std::io::Error| Failure::unreadable(format!("{}: {error}", folder.display()));
    let entries: Vec<std::fs::DirEntry> = std::fs::read_dir(folder).and_then(Iterator::collect).map_err(fault)?;
    let mut paths: Vec<PathBuf> = entries.iter().map(std::fs::DirEntry::path).collect();
    paths.sort();
    for path in &paths {
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        if path.is_file() {
            found.push(path.clone());
        } else if path.is_dir() && !path.is_symlink() && !name.starts_with('.') {
            let page = name.strip_suffix("_files").or_else(|| name.strip_suffix(".fld"));
            let beside = |page: &str| ["html", "htm", "xhtml"].map(|ending| folder.join(format!("{page}.{ending}")));
            let saved = page.is_some_and(|page| beside(page).iter().any(|page| paths.contains(page)));
            if depth > 1 && !saved {
                inside(path, depth - 1, found)?;
            }
        }
    }
    Ok(())
}
