//! Blobs as files `ab/cdef…` of one folder.

use crate::error::Error;
use std::fs::{self, File};
use std::io::{ErrorKind, Write as _};
use std::path::{Path, PathBuf};

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
        let path = self.path(name);
        // A file of the right length was renamed into place whole; `verify` reads what it holds.
        if fs::metadata(&path).is_ok_and(|found| found.len() == bytes.len() as u64) {
            return Ok(());
        }
        let folder = path.parent().unwrap_or(&self.root);
        fs::create_dir_all(folder).map_err(Error::file(folder))?;
        let mut file = tempfile::Builder::new().prefix(".new-").tempfile_in(folder).map_err(Error::file(folder))?;
        file.write_all(bytes).map_err(Error::file(&path))?;
        file.as_file().sync_all().map_err(Error::file(&path))?;
        file.persist(&path).map_err(|e| e.error).map_err(Error::file(&path))?;
        for directory in [folder, &self.root] {
            File::open(directory).and_then(|dir| dir.sync_all()).map_err(Error::file(directory))?;
        }
        Ok(())
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
        File::open(folder).and_then(|dir| dir.sync_all()).map_err(Error::file(folder))?;
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
