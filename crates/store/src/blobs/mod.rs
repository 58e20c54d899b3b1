//! Bytes named by their SHA-256: written once, never changed, removed by a recorded decision only. Where they are is a setting.

mod files;
#[cfg(feature = "s3")]
mod objects;

use crate::canonical::sha256;
use crate::error::Error;
use crate::settings::{BlobSettings, Settings};
use files::Files;
use std::fs;
use std::path::Path;

/// The blobs of one store.
#[derive(Debug)]
pub struct Blobs {
    place: Place,
}

#[derive(Debug)]
enum Place {
    Files(Files),
    #[cfg(feature = "s3")]
    Objects(objects::Objects),
}

impl Blobs {
    pub(crate) fn open(settings: &Settings) -> Result<Self, Error> {
        match &settings.blobs {
            BlobSettings::Files => Self::files(&settings.data.join("blobs")),
            #[cfg(feature = "s3")]
            BlobSettings::S3(s3) => Ok(Self::objects(objects::Objects::s3(s3)?)),
        }
    }

    /// Those in a folder, made where it is missing.
    pub(crate) fn files(root: &Path) -> Result<Self, Error> {
        fs::create_dir_all(root).map_err(Error::file(root))?;
        Ok(Self::standing(root))
    }

    /// Those in a folder that is there and only read.
    pub(crate) fn standing(root: &Path) -> Self {
        Self { place: Place::Files(Files::at(root)) }
    }

    #[cfg(feature = "s3")]
    fn objects(objects: objects::Objects) -> Self {
        Self { place: Place::Objects(objects) }
    }

    /// Keeps bytes and gives their name: SHA-256, lower-case hex. Once this returns they have reached the disk, or the
    /// server has acknowledged them.
    pub fn put(&self, bytes: &[u8]) -> Result<String, Error> {
        let name = sha256(bytes);
        match &self.place {
            Place::Files(files) => files.put(&name, bytes)?,
            #[cfg(feature = "s3")]
            Place::Objects(objects) => objects.put(&name, bytes)?,
        }
        Ok(name)
    }

    /// Keeps several together, as [`Self::put`] does each; a disk is waited for once where its system can do so.
    pub fn put_all(&self, all: &[Vec<u8>]) -> Result<Vec<String>, Error> {
        let names: Vec<String> = all.iter().map(|bytes| sha256(bytes)).collect();
        let named = || names.iter().map(String::as_str).zip(all.iter().map(Vec::as_slice));
        match &self.place {
            Place::Files(files) => files.put_all(named())?,
            #[cfg(feature = "s3")]
            Place::Objects(objects) => named().try_for_each(|(name, bytes)| objects.put(name, bytes))?,
        }
        Ok(names)
    }

    /// Gives the bytes of that name, once they are seen to be these.
    pub fn get(&self, name: &str) -> Result<Option<Vec<u8>>, Error> {
        must_be_a_name(name)?;
        let found = match &self.place {
            Place::Files(files) => files.get(name)?,
            #[cfg(feature = "s3")]
            Place::Objects(objects) => objects.get(name)?,
        };
        match found {
            Some(bytes) if sha256(&bytes) != name => {
                Err(Error::damaged(format!("blob {name}"), "its bytes are not those it is named by"))
            }
            found => Ok(found),
        }
    }

    /// Whether there are bytes of that name.
    pub fn exists(&self, name: &str) -> Result<bool, Error> {
        must_be_a_name(name)?;
        match &self.place {
            Place::Files(files) => Ok(files.exists(name)),
            #[cfg(feature = "s3")]
            Place::Objects(objects) => objects.exists(name),
        }
    }

    /// Removes bytes for ever; whether they were there. Only for what a recorded decision says is gone.
    pub fn remove(&self, name: &str) -> Result<bool, Error> {
        must_be_a_name(name)?;
        match &self.place {
            Place::Files(files) => files.remove(name),
            #[cfg(feature = "s3")]
            Place::Objects(objects) => objects.remove(name),
        }
    }

    /// Every name, in order.
    pub fn names(&self) -> Result<Vec<String>, Error> {
        let mut names = match &self.place {
            Place::Files(files) => files.names()?,
            #[cfg(feature = "s3")]
            Place::Objects(objects) => objects.names()?,
        };
        names.sort();
        Ok(names)
    }
}

fn must_be_a_name(name: &str) -> Result<(), Error> {
    let hex = name.len() == 64 && name.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b));
    if hex {
        return Ok(());
    }
    Err(Error::Invalid("a blob's name is its SHA-256 in 64 lower-case hex digits".to_owned()))
}
