//! How a push service knows the sender: a signed statement by the installation's key (RFC 8292; JWT, RFC 7519, ES256).

use crate::Error;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use p256::ecdsa::signature::Signer;
use p256::ecdsa::{Signature, SigningKey};
use serde::Serialize;

/// Seconds for which a statement holds; a push service refuses more than a day.
const HOLDS: i64 = 12 * 3600;

/// The installation's key for push services, on P-256.
#[derive(Clone)]
pub struct Vapid(SigningKey);

impl std::fmt::Debug for Vapid {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Vapid({})", self.public_key())
    }
}

#[derive(Serialize)]
struct Claims<'a> {
    aud: &'a str,
    exp: i64,
    sub: &'a str,
}

impl Vapid {
    /// From the key's 32 bytes; `None` where they are no key.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        // The curve's own reading takes shorter ones too.
        let bytes: &[u8; 32] = bytes.try_into().ok()?;
        SigningKey::from_slice(bytes).ok().map(Self)
    }

    /// The public key as browsers are given it: the uncompressed point, base64url.
    pub fn public_key(&self) -> String {
        URL_SAFE_NO_PAD.encode(self.0.verifying_key().to_sec1_point(false).as_bytes())
    }

    /// The value of `Authorization` for a push service's origin.
    pub(super) fn authorization(&self, origin: &str, contact: &str, now: i64) -> Result<String, Error> {
        let claims = Claims { aud: origin, exp: now.saturating_add(HOLDS), sub: contact };
        let claims = serde_json::to_vec(&claims).map_err(|error| Error::Push(error.to_string()))?;
        let head = URL_SAFE_NO_PAD.encode(r#"{"typ":"JWT","alg":"ES256"}"#);
        let stated = format!("{head}.{}", URL_SAFE_NO_PAD.encode(claims));
        let signature: Signature = self.0.sign(stated.as_bytes());
        let signature = URL_SAFE_NO_PAD.encode(signature.to_bytes());
        Ok(format!("vapid t={stated}.{signature}, k={}", self.public_key()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use p256::ecdsa::VerifyingKey;
    use p256::ecdsa::signature::Verifier;

    #[test]
    fn the_statement_names_service_sender_and_end_and_its_signature_holds() {
        let vapid = Vapid::from_bytes(&[9; 32]).unwrap();
        let value = vapid.authorization("https://push.example", "mailto:desk@example.org", 1_000).unwrap();
        let (token, key) = value.strip_prefix("vapid t=").unwrap().split_once(", k=").unwrap();
        assert_eq!(key, vapid.public_key());
        let bytes = |text: &str| URL_SAFE_NO_PAD.decode(text).unwrap();
        let (stated, signature) = token.rsplit_once('.').unwrap();
        let key = VerifyingKey::from_sec1_bytes(&bytes(key)).unwrap();
        let signature = Signature::from_slice(&bytes(signature)).unwrap();
        assert!(key.verify(stated.as_bytes(), &signature).is_ok());
        assert!(key.verify(b"another", &signature).is_err());
        let claims = bytes(stated.split_once('.').unwrap().1);
        let claims: serde_json::Value = serde_json::from_slice(&claims).unwrap();
        let expected =
            serde_json::json!({ "aud": "https://push.example", "exp": 44_200, "sub": "mailto:desk@example.org" });
        assert_eq!(claims, expected);
        assert!(Vapid::from_bytes(&[0; 32]).is_none() && Vapid::from_bytes(&[1; 31]).is_none());
        assert!(!format!("{vapid:?}").contains("090909"), "no secret in a log");
    }
}
