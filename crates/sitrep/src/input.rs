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

/// The files named: a folder stands for the files in it, in order of name.
pub fn expand(paths: &[PathBuf]) -> Result<Vec<PathBuf>, Failure> {
    let mut files = Vec::new();
    for path in paths {
        if path.is_dir() {
            let entries =
                std::fs::read_dir(path).map_err(|error| Failure::unreadable(format!("{}: {error}", path.display())))?;
            let mut inside: Vec<PathBuf> =
                entries.filter_map(|entry| entry.ok().map(|entry| entry.path())).filter(|p| p.is_file()).collect();
            inside.sort();
            files.extend(inside);
        } else {
            files.push(path.clone());
        }
    }
    Ok(files)
}
