//! What is kept in the vault as JSON, beside the record.

use crate::error::Error;
use serde::Serialize;
use serde::de::DeserializeOwned;
use sitrep_store::Operations;

/// What is kept under a name; `None` where nothing is, or what this program can't read.
pub(crate) fn read<T: DeserializeOwned>(
    operations: &mut Operations<'_>,
    realm: &str,
    id: &str,
) -> Result<Option<T>, Error> {
    let found = operations.vault_get(realm, id)?;
    Ok(found.and_then(|bytes| serde_json::from_slice(&bytes).ok()))
}

/// Keeps something under a name, in place of what was there.
pub(crate) fn keep<T: Serialize>(
    operations: &mut Operations<'_>,
    realm: &str,
    id: &str,
    thing: &T,
) -> Result<(), Error> {
    let bytes = serde_json::to_vec(thing).map_err(|error| Error::Internal(error.to_string()))?;
    Ok(operations.vault_put(realm, id, &bytes)?)
}
