//! Folders that only their owner may enter: they hold password hashes and subscribers' addresses.

use crate::error::Error;
use std::path::Path;

/// Makes a folder and those above it, where they are missing, for the owner alone. One that is there stays as it is.
pub(crate) fn folder(path: &Path) -> Result<(), Error> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path).map_err(Error::file(path))
}

/// A folder with a random name that is gone when dropped, for the owner alone.
pub(crate) fn passing_folder(prefix: &str, parent: &Path) -> Result<tempfile::TempDir, Error> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(prefix);
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o700));
    builder.tempdir_in(parent).map_err(Error::file(parent))
}
