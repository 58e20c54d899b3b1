//! Blobs as files `ab/cdef…` of one folder.

use crate::error::Error;
use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{ErrorKind, Write as _};
use std::path::{Path, PathBuf};
use tempfile::NamedTempFile;

/// Files from which on the file system is told to write out everything, rather than each of them.
const AT_ONCE: usize = 8;

/// The folder.
#[derive(Debug)]
pub(super) struct Files {
    root: PathBuf,
}

impl Files {
    pub(super) fn at(root: &Path) -> Self {
        Self { root: root.to_owned() }
    }

    pub(super) fn put(&self, name: &str, bytes: &[u8]) -> Result<(), Error> {
        let Some((path, folder, file)) = self.written(name, bytes)? else { return Ok(()) };
        file.as_file().sync_all().map_err(Error::file(&path))?;
        file.persist(&path).map_err(|e| e.error).map_err(Error::file(&path))?;
        sync_folders([folder.as_path(), &self.root])
    }

    /// Several together. On Linux the file system is told twice to write out what it holds, before the files get their names and
    /// after; elsewhere each file is.
    pub(super) fn put_all<'b>(&self, all: impl Iterator<Item = (&'b str, &'b [u8])>) -> Result<(), Error> {
        let mut written = Vec::new();
        for (name, bytes) in all {
            written.extend(self.written(name, bytes)?);
        }
        if written.is_empty() {
            return Ok(());
        }
        let at_once = written.len() >= AT_ONCE && self.write_out()?;
        let mut folders = BTreeSet::from([self.root.clone()]);
        for (path, folder, file) in written {
            if !at_once {
                file.as_file().sync_all().map_err(Error::file(&path))?;
            }
            file.persist(&path).map_err(|e| e.error).map_err(Error::file(&path))?;
            folders.insert(folder);
        }
        if at_once && self.write_out()? { Ok(()) } else { sync_folders(folders.iter().map(PathBuf::as_path)) }
    }

    /// Bytes in a file of another name, not yet on the disk; `None` where they are kept already.
    fn written(&self, name: &str, bytes: &[u8]) -> Result<Option<(PathBuf, PathBuf, NamedTempFile)>, Error> {
        let path = self.path(name);
        // A file of the right length was renamed into place whole; `verify` reads what it holds.
        if fs::metadata(&path).is_ok_and(|found| found.len() == bytes.len() as u64) {
            return Ok(None);
        }
        let folder = path.parent().unwrap_or(&self.root).to_owned();
        fs::create_dir_all(&folder).map_err(Error::file(&folder))?;
        let mut file = tempfile::Builder::new().prefix(".new-").tempfile_in(&folder).map_err(Error::file(&folder))?;
        file.write_all(bytes).map_err(Error::file(&path))?;
        Ok(Some((path, folder, file)))
    }

    /// Whether the whole file system could be told to write out what it holds; once this returns, it has.
    #[cfg(target_os = "linux")]
    fn write_out(&self) -> Result<bool, Error> {
        let folder = File::open(&self.root).map_err(Error::file(&self.root))?;
        rustix::fs::syncfs(&folder).map_err(std::io::Error::from).map_err(Error::file(&self.root))?;
        Ok(true)
    }

    #[cfg(not(target_os = "linux"))]
    #[allow(clippy::unused_self, clippy::unnecessary_wraps, reason = "the other systems' form of the same")]
    fn write_out(&self) -> Result<bool, Error> {
        Ok(false)
    }

    pub(super) fn get(&self, name: &str) -> Result<Option<Vec<u8>>, Error> {
        let path = self.path(name);
        match fs::read(&path) {
            Ok(bytes) => Ok(Some(bytes)),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(Error::file(&path)(error)),
        }
    }

    pub(super) fn exists(&self, name: &str) -> bool {
        self.path(name).is_file()
    }

    pub(super) fn remove(&self, name: &str) -> Result<bool, Error> {
        let path = self.path(name);
        match fs::remove_file(&path) {
            Ok(()) => {}
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(false),
            Err(error) => return Err(Error::file(&path)(error)),
        }
        let folder = path.parent().unwrap_or(&self.root);
        sync_folders([folder])?;
        Ok(true)
    }

    /// Left-overs of writes that were cut off are not blobs.
    pub(super) fn names(&self) -> Result<Vec<String>, Error> {
        let mut names = Vec::new();
        for folder in fs::read_dir(&self.root).map_err(Error::file(&self.root))? {
            let folder = folder.map_err(Error::file(&self.root))?.path();
            let Some(start) = folder.file_name().and_then(|name| name.to_str()).filter(|name| name.len() == 2) else {
                continue;
            };
            for file in fs::read_dir(&folder).map_err(Error::file(&folder))? {
                let file = file.map_err(Error::file(&folder))?.file_name();
                if let Some(rest) = file.to_str().filter(|rest| !rest.starts_with('.')) {
                    names.push(format!("{start}{rest}"));
                }
            }
        }
        Ok(names)
    }

    fn path(&self, name: &str) -> PathBuf {
        self.root.join(&name[..2]).join(&name[2..])
    }
}

/// Brings the names in folders to the disk.
fn sync_folders<'p>(folders: impl IntoIterator<Item = &'p Path>) -> Result<(), Error> {
    for folder in folders {
        File::open(folder).and_then(|folder| folder.sync_all()).map_err(Error::file(folder))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn several_are_kept_as_each_would_be_whatever_their_number() {
        let folder = tempfile::tempdir().unwrap();
        let files = Files::at(folder.path());
        let blob = |number: usize| (format!("{:02x}{number:062x}", number % 5), format!("bytes {number}").into_bytes());
        for range in [0..0, 0..1, 0..AT_ONCE - 1, 0..AT_ONCE * 3, 0..AT_ONCE * 3] {
            let blobs: Vec<(String, Vec<u8>)> = range.map(blob).collect();
            files.put_all(blobs.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice()))).unwrap();
            for (name, bytes) in &blobs {
                assert_eq!(files.get(name).unwrap().as_deref(), Some(bytes.as_slice()));
            }
            assert_eq!(
                files.names().unwrap().len(),
                fs::read_dir(folder.path()).map_or(0, |folders| {
                    folders.map(|folder| fs::read_dir(folder.unwrap().path()).unwrap().count()).sum()
                }),
                "nothing is left over"
            );
        }
        assert_eq!(files.names().unwrap().len(), AT_ONCE * 3);
    }
}
