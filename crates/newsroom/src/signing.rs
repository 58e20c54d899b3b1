//! What the installation signs: a statement about each capture, by a key that never leaves the vault.
//!
//! The statement is JSON in the canonical form of RFC 8785 (keys in order, no white space, text only), so that another
//! program can write it again from what it is told and check the signature with nothing of ours.

use crate::error::Error;
use crate::ids::hex;
use ed25519_dalek::{Signature as Signed, Signer as _, SigningKey, VerifyingKey};
use serde::Serialize;
use sitrep_model::capture::{Capture, Signature};
use sitrep_store::Operations;

/// Where the key lies in the vault.
const REALM: &str = "installation";
const KEY: &str = "signing-key";

/// The installation's key.
pub(crate) struct Signer(SigningKey);

impl Signer {
    /// The key out of the vault; made where there is none yet.
    pub(crate) fn of_installation(operations: &mut Operations<'_>) -> Result<Self, Error> {
        if let Some(found) = operations.vault_get(REALM, KEY)? {
            let seed: [u8; 32] = found.try_into().map_err(|_| {
                Error::Internal("the installation's signing key is damaged: restore the vault from a backup".to_owned())
            })?;
            return Ok(Self(SigningKey::from_bytes(&seed)));
        }
        let seed: [u8; 32] = rand::random();
        operations.vault_put(REALM, KEY, &seed)?;
        Ok(Self(SigningKey::from_bytes(&seed)))
    }

    /// The public key, lower-case hex.
    pub(crate) fn public_key(&self) -> String {
        hex(self.0.verifying_key().as_bytes())
    }

    /// Signs a text.
    pub(crate) fn sign(&self, text: &str) -> Signature {
        Signature { key: self.public_key(), value: hex(&self.0.sign(text.as_bytes()).to_bytes()) }
    }
}

/// What is said of a capture. The fields stand in the order of their names.
#[derive(Serialize)]
struct Statement<'a> {
    at: String,
    capture: &'a str,
    kind: &'static str,
    url: &'a str,
    warc_sha256: &'a str,
}

/// The statement about a capture that is signed and time-stamped: its id, when it was received, the address that answered
/// and the SHA-256 of its WARC records.
pub fn statement(capture: &Capture) -> Result<String, Error> {
    let statement = Statement {
        at: capture.at.to_string(),
        capture: capture.id.as_str(),
        kind: "sitrep.capture.1",
        url: &capture.final_url,
        warc_sha256: &capture.warc_blob,
    };
    serde_json::to_string(&statement).map_err(|error| Error::Internal(error.to_string()))
}

/// Whether a signature over a text holds. `Err` says in words why not.
pub fn holds(text: &str, signature: &Signature) -> Result<(), String> {
    let key: [u8; 32] = unhex(&signature.key).ok_or("its public key can't be read")?;
    let value: [u8; 64] = unhex(&signature.value).ok_or("it can't be read")?;
    let key = VerifyingKey::from_bytes(&key).map_err(|_| "its public key is none")?;
    key.verify_strict(text.as_bytes(), &Signed::from_bytes(&value))
        .map_err(|_| "it is not that of this statement".to_owned())
}

fn unhex<const N: usize>(text: &str) -> Option<[u8; N]> {
    if text.len() != N * 2 || !text.is_ascii() {
        return None;
    }
    let mut bytes = [0; N];
    for (at, byte) in bytes.iter_mut().enumerate() {
        *byte = u8::from_str_radix(text.get(at * 2..at * 2 + 2)?, 16).ok()?;
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signature_holds_for_its_text_alone() {
        let signer = Signer(SigningKey::from_bytes(&[7; 32]));
        let signature = signer.sign("one");
        assert_eq!(holds("one", &signature), Ok(()));
        assert!(holds("two", &signature).is_err());
        let other = Signature { key: Signer(SigningKey::from_bytes(&[8; 32])).public_key(), ..signature.clone() };
        assert!(holds("one", &other).is_err());
        for damaged in ["", "zz", &"é".repeat(64)] {
            assert!(holds("one", &Signature { value: damaged.to_owned(), ..signature.clone() }).is_err());
        }
    }
}
