//! Where a store is kept.

use std::path::PathBuf;

/// Where a store is kept.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The data directory: the SQLite file, blobs and search index; made where it is missing.
    pub data: PathBuf,
    /// Which database.
    pub database: Database,
    /// Where blobs are.
    pub blobs: BlobSettings,
}

/// Which database.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Database {
    /// `sitrep.sqlite` in the data directory.
    #[default]
    Sqlite,
    /// A PostgreSQL server by its URL; `?options=-csearch_path%3Dname` names a schema.
    Postgres(String),
}

/// Where blobs are.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum BlobSettings {
    /// Files in `blobs` of the data directory.
    #[default]
    Files,
    /// Objects of a bucket, on any server that speaks S3. Only where the program was built with the feature `s3`.
    #[cfg(feature = "s3")]
    S3(S3Settings),
}

/// A bucket on a server that speaks S3.
#[cfg(feature = "s3")]
#[derive(Clone, PartialEq, Eq)]
pub struct S3Settings {
    /// The server's address, `https://objects.example.org`; `None` for Amazon's own.
    pub endpoint: Option<String>,
    /// The region; most other servers take `us-east-1`.
    pub region: String,
    /// The bucket; it must be there.
    pub bucket: String,
    /// What the names of objects begin with; may be empty. Two installations must not share one.
    pub prefix: String,
    /// The access key.
    pub access_key: String,
    /// The secret that goes with it.
    pub secret_key: String,
    /// The bucket stands in the path rather than in the server's name, as most other servers than Amazon's want it.
    pub path_style: bool,
}

#[cfg(feature = "s3")]
impl std::fmt::Debug for S3Settings {
    // The secret has no place in a log.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("S3Settings")
            .field("endpoint", &self.endpoint)
            .field("region", &self.region)
            .field("bucket", &self.bucket)
            .field("prefix", &self.prefix)
            .field("path_style", &self.path_style)
            .finish_non_exhaustive()
    }
}
