//! Blobs as objects `prefix/ab/cdef…` of one bucket, on any server that speaks S3.
//!
//! The client is asynchronous and this crate is not: requests run on a thread of their own, and the caller's waits.

use crate::error::Error;
use crate::settings::S3Settings;
use object_store::aws::AmazonS3Builder;
use object_store::path::Path;
use object_store::{ObjectStore, ObjectStoreExt as _, RetryConfig};
use std::sync::Arc;
use std::time::Duration;
use tokio::runtime::{Builder, Runtime};

/// How often a request is made again that failed on its way, and for how long.
const RETRIES: usize = 5;
const PATIENCE: Duration = Duration::from_secs(30);

/// The bucket.
#[derive(Debug)]
pub(super) struct Objects {
    store: Arc<dyn ObjectStore>,
    prefix: String,
    /// The bucket, as it is named to a person.
    place: String,
    runtime: Option<Runtime>,
}

impl Objects {
    pub(super) fn s3(settings: &S3Settings) -> Result<Self, Error> {
        use rustls::crypto::{CryptoProvider, ring};
        if CryptoProvider::get_default().is_none() {
            // Another thread may have been faster, and then all is well.
            let _ = ring::default_provider().install_default();
        }
        let place = format!("{}/{}", settings.endpoint.as_deref().unwrap_or("s3:/"), settings.bucket);
        let plain = settings.endpoint.as_ref().is_some_and(|endpoint| endpoint.starts_with("http://"));
        let mut builder = AmazonS3Builder::new()
            .with_bucket_name(&settings.bucket)
            .with_region(&settings.region)
            .with_access_key_id(&settings.access_key)
            .with_secret_access_key(&settings.secret_key)
            .with_virtual_hosted_style_request(!settings.path_style)
            .with_allow_http(plain)
            .with_retry(RetryConfig { max_retries: RETRIES, retry_timeout: PATIENCE, ..RetryConfig::default() });
        if let Some(endpoint) = &settings.endpoint {
            builder = builder.with_endpoint(endpoint);
        }
        let store = builder.build().map_err(|e| fault(&place, &e))?;
        Self::of(Arc::new(store), &settings.prefix, place)
    }

    fn of(store: Arc<dyn ObjectStore>, prefix: &str, place: String) -> Result<Self, Error> {
        let runtime = Builder::new_multi_thread()
            .worker_threads(1)
            .thread_name("sitrep-objects")
            .enable_all()
            .build()
            .map_err(|e| Error::BlobStorage { place: place.clone(), fault: e.to_string() })?;
        Ok(Self { store, prefix: prefix.trim_matches('/').to_owned(), place, runtime: Some(runtime) })
    }

    pub(super) fn put(&self, name: &str, bytes: &[u8]) -> Result<(), Error> {
        let (store, path, bytes) = (Arc::clone(&self.store), self.path(name), bytes.to_vec());
        self.wait(async move {
            if store.head(&path).await.is_ok_and(|found| found.size == bytes.len() as u64) {
                return Ok(());
            }
            // An object appears whole or not at all, once the server has acknowledged it.
            store.put(&path, bytes.into()).await.map(drop)
        })
    }

    pub(super) fn get(&self, name: &str) -> Result<Option<Vec<u8>>, Error> {
        let (store, path) = (Arc::clone(&self.store), self.path(name));
        self.wait(async move {
            match store.get(&path).await {
                Ok(found) => found.bytes().await.map(|bytes| Some(bytes.to_vec())),
                Err(object_store::Error::NotFound { .. }) => Ok(None),
                Err(error) => Err(error),
            }
        })
    }

    pub(super) fn exists(&self, name: &str) -> Result<bool, Error> {
        let (store, path) = (Arc::clone(&self.store), self.path(name));
        self.wait(async move {
            match store.head(&path).await {
                Ok(_) => Ok(true),
                Err(object_store::Error::NotFound { .. }) => Ok(false),
                Err(error) => Err(error),
            }
        })
    }

    pub(super) fn remove(&self, name: &str) -> Result<bool, Error> {
        let (store, path) = (Arc::clone(&self.store), self.path(name));
        self.wait(async move {
            match store.head(&path).await {
                Ok(_) => store.delete(&path).await.map(|()| true),
                Err(object_store::Error::NotFound { .. }) => Ok(false),
                Err(error) => Err(error),
            }
        })
    }

    pub(super) fn names(&self) -> Result<Vec<String>, Error> {
        let (store, root) = (Arc::clone(&self.store), Path::from(self.prefix.as_str()));
        self.wait(async move {
            let mut names = Vec::new();
            let folders = store.list_with_delimiter(Some(&root)).await?.common_prefixes;
            for folder in folders {
                let Some(start) = folder.filename().filter(|start| start.len() == 2) else { continue };
                for object in store.list_with_delimiter(Some(&folder)).await?.objects {
                    names.extend(object.location.filename().map(|rest| format!("{start}{rest}")));
                }
            }
            Ok(names)
        })
    }

    fn path(&self, name: &str) -> Path {
        Path::from(format!("{}/{}/{}", self.prefix, &name[..2], &name[2..]))
    }

    /// Runs a request on the thread of requests. Callers may stand on another runtime's thread, which must not be
    /// entered a second time: so they wait for an answer rather than for the request.
    fn wait<T: Send + 'static>(
        &self,
        request: impl Future<Output = object_store::Result<T>> + Send + 'static,
    ) -> Result<T, Error> {
        let gone = || Error::BlobStorage { place: self.place.clone(), fault: "it was closed".to_owned() };
        let (say, answer) = std::sync::mpsc::sync_channel(1);
        self.runtime.as_ref().ok_or_else(gone)?.spawn(async move {
            let _ = say.send(request.await);
        });
        answer.recv().map_err(|_| gone())?.map_err(|e| fault(&self.place, &e))
    }
}

impl Drop for Objects {
    fn drop(&mut self) {
        // It may be dropped on another runtime's thread, where nothing may wait for it.
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}

/// The whole chain of reasons, because the first says little.
fn fault(place: &str, error: &dyn std::error::Error) -> Error {
    let reasons = std::iter::successors(error.source(), |error| error.source());
    let mut fault = error.to_string();
    for reason in reasons.map(ToString::to_string) {
        if !fault.contains(&reason) {
            fault = format!("{fault}: {reason}");
        }
    }
    Error::BlobStorage { place: place.to_owned(), fault }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::blobs::Blobs;
    use object_store::memory::InMemory;

    fn blobs(store: &Arc<InMemory>, prefix: &str) -> Blobs {
        Blobs::objects(Objects::of(Arc::clone(store) as Arc<dyn ObjectStore>, prefix, "memory".to_owned()).unwrap())
    }

    #[test]
    fn objects_are_given_as_they_were_put() {
        let memory = Arc::new(InMemory::new());
        let (one, other) = (blobs(&memory, "/one/"), blobs(&memory, ""));
        assert!(one.names().unwrap().is_empty());
        let name = one.put(b"bytes").unwrap();
        assert_eq!(one.put(b"bytes").unwrap(), name);
        assert_eq!(one.get(&name).unwrap().as_deref(), Some(b"bytes".as_slice()));
        assert!(one.exists(&name).unwrap() && !other.exists(&name).unwrap());
        assert_eq!(other.get(&name).unwrap(), None);
        assert_eq!(one.names().unwrap(), [name.as_str()]);
        let path = Path::from(format!("one/{}/{}", &name[..2], &name[2..]));
        let runtime = Builder::new_current_thread().build().unwrap();
        runtime.block_on(memory.put(&path, b"other".to_vec().into())).unwrap();
        assert!(matches!(one.get(&name), Err(Error::Damaged { .. })));
        assert!(one.get("../etc/passwd").is_err());
        assert!(one.remove(&name).unwrap() && !one.remove(&name).unwrap());
        assert!(one.names().unwrap().is_empty());
    }

    #[test]
    fn objects_are_reached_and_dropped_on_another_runtimes_threads() {
        for mut builder in [Builder::new_current_thread(), Builder::new_multi_thread()] {
            builder.build().unwrap().block_on(async {
                let blobs = blobs(&Arc::new(InMemory::new()), "");
                let name = blobs.put(b"bytes").unwrap();
                assert!(blobs.exists(&name).unwrap());
            });
        }
    }
}
