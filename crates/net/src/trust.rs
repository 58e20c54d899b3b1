//! Whose certificates are believed, for pages and for mail servers.

use rustls::pki_types::CertificateDer;
use rustls::{ClientConfig, RootCertStore};
use std::sync::Arc;

/// The certificate authorities that are believed: the system's, or, where the system has none, those that browsers believe; and those
/// that the operator names.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Trust {
    further: Vec<Vec<u8>>,
}

impl Trust {
    /// Believes this certificate (DER) too.
    #[must_use]
    pub fn and(mut self, certificate: Vec<u8>) -> Self {
        self.further.push(certificate);
        self
    }

    /// The TLS settings for it, with the ring provider.
    pub(crate) fn config(&self) -> Result<Arc<ClientConfig>, String> {
        let mut roots = RootCertStore::empty();
        roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
        if roots.is_empty() {
            roots.extend(webpki_roots::TLS_SERVER_ROOTS.iter().cloned());
        }
        for certificate in &self.further {
            let certificate = CertificateDer::from(certificate.clone());
            roots
                .add(certificate)
                .map_err(|error| format!("a certificate that is to be believed can't be read: {error}"))?;
        }
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let builder = ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions();
        let builder = builder.map_err(|error| error.to_string())?;
        Ok(Arc::new(builder.with_root_certificates(roots).with_no_client_auth()))
    }
}
