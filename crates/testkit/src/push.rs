//! A push service and the browser behind it: takes what is sent (RFC 8030), checks who sent it (RFC 8292), and opens it with the
//! browser's key (RFC 8291), written from these documents and from nothing of the program's.

use crate::site::{Asked, Reply, Site};
use aes_gcm::aead::{Aead, KeyInit};
use aes_gcm::{Aes128Gcm, Key, Nonce};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hkdf::Hkdf;
use p256::ecdsa::signature::Verifier;
use p256::ecdsa::{Signature, VerifyingKey};
use p256::{PublicKey, SecretKey};
use serde_json::Value;
use sha2::Sha256;
use std::fmt;
use std::io;
use std::sync::{Arc, Mutex, PoisonError};

/// A message as the browser behind the service got it.
#[derive(Debug, Clone, PartialEq)]
pub struct Pushed {
    /// What it says, opened.
    pub text: String,
    /// What its sender stated: `aud`, `exp`, `sub`.
    pub claims: Value,
    /// The sender's public key, base64url.
    pub sender: String,
    /// Seconds that it may be kept.
    pub ttl: u64,
}

/// The service, on a loopback port, until dropped.
pub struct PushService {
    site: Site,
    heard: Arc<Mutex<Vec<Asked>>>,
    key: SecretKey,
    auth: [u8; 16],
}

impl PushService {
    /// Opens a service that answers as the test says; `answer` is given how many messages came, this one included.
    ///
    /// # Errors
    /// Those of the system where there is no port.
    pub async fn open(answer: impl Fn(usize) -> Reply + Send + Sync + 'static) -> io::Result<Self> {
        let heard = Arc::<Mutex<Vec<Asked>>>::default();
        let hearing = Arc::clone(&heard);
        let site = Site::open(move |asked| {
            let mut heard = hearing.lock().unwrap_or_else(PoisonError::into_inner);
            heard.push(asked.clone());
            answer(heard.len())
        });
        let key = SecretKey::from_slice(&[5; 32]).map_err(io::Error::other)?;
        Ok(Self { site: site.await?, heard, key, auth: [6; 16] })
    }

    /// What the browser says of its subscription, as it writes it as JSON.
    pub fn subscription(&self) -> Value {
        let point = self.key.public_key().to_sec1_bytes();
        serde_json::json!({
            "endpoint": format!("{}/send/browser-1", self.site.base()),
            "expirationTime": null,
            "keys": { "p256dh": URL_SAFE_NO_PAD.encode(point), "auth": URL_SAFE_NO_PAD.encode(self.auth) },
        })
    }

    /// Every message that came, opened; or why one is none.
    pub fn pushed(&self) -> Vec<Result<Pushed, String>> {
        let heard = self.heard.lock().unwrap_or_else(PoisonError::into_inner);
        heard.iter().map(|asked| self.read(asked)).collect()
    }

    fn read(&self, asked: &Asked) -> Result<Pushed, String> {
        if !asked.head.starts_with("POST ") || asked.header("content-encoding") != Some("aes128gcm") {
            return Err(format!("no message in aes128gcm: {}", asked.head));
        }
        let ttl = asked.header("ttl").and_then(|ttl| ttl.parse().ok()).ok_or("no TTL")?;
        let (claims, sender) = stated(asked.header("authorization").ok_or("nobody states who sends it")?)?;
        if claims["aud"] != self.site.base() {
            return Err(format!("it is stated for another service: {claims}"));
        }
        Ok(Pushed { text: self.opened(&asked.body)?, claims, sender, ttl })
    }

    fn opened(&self, body: &[u8]) -> Result<String, String> {
        let short = || format!("a body of {} bytes is none", body.len());
        let (salt, rest) = body.split_at_checked(16).ok_or_else(short)?;
        let (_record, rest) = rest.split_at_checked(4).ok_or_else(short)?;
        let (length, rest) = rest.split_first().ok_or_else(short)?;
        let (sender, sealed) = rest.split_at_checked(usize::from(*length)).ok_or_else(short)?;
        let key = PublicKey::from_sec1_bytes(sender).map_err(|error| error.to_string())?;
        let shared = self.key.diffie_hellman(&key);
        let own = self.key.public_key().to_sec1_bytes();
        let both = [b"WebPush: info\0".as_slice(), &own, sender].concat();
        let expanded = |salt: &[u8], secret: &[u8], info: &[u8], length: usize| {
            let mut made = vec![0; length];
            let made_of = Hkdf::<Sha256>::new(Some(salt), secret).expand(info, &mut made);
            made_of.map(|()| made).map_err(|error| error.to_string())
        };
        let secret = expanded(&self.auth, shared.raw_secret_bytes(), &both, 32)?;
        let key: [u8; 16] = sized(&expanded(salt, &secret, b"Content-Encoding: aes128gcm\0", 16)?)?;
        let nonce: [u8; 12] = sized(&expanded(salt, &secret, b"Content-Encoding: nonce\0", 12)?)?;
        let cipher = Aes128Gcm::new(&Key::<Aes128Gcm>::from(key));
        let mut text = cipher.decrypt(&Nonce::from(nonce), sealed).map_err(|_| "it can't be opened")?;
        while text.last() == Some(&0) {
            text.pop();
        }
        if text.pop() != Some(2) {
            return Err("its record does not end as the last one does".to_owned());
        }
        String::from_utf8(text).map_err(|error| error.to_string())
    }
}

fn sized<const N: usize>(bytes: &[u8]) -> Result<[u8; N], String> {
    bytes.try_into().map_err(|_| "a key of another length".to_owned())
}

/// What `Authorization` states, its signature checked by the key beside it; and that key.
fn stated(authorization: &str) -> Result<(Value, String), String> {
    let parts = authorization.strip_prefix("vapid ").ok_or("not stated as RFC 8292 asks")?;
    let part = |name: &str| {
        let found = parts.split(',').map(str::trim).find_map(|part| part.strip_prefix(name)?.strip_prefix('='));
        found.ok_or_else(|| format!("no {name}"))
    };
    let bytes = |text: &str| URL_SAFE_NO_PAD.decode(text).map_err(|error| error.to_string());
    let (token, key) = (part("t")?, part("k")?);
    let (signed, signature) = token.rsplit_once('.').ok_or("no token")?;
    let (head, claims) = signed.split_once('.').ok_or("no token")?;
    let head: Value = serde_json::from_slice(&bytes(head)?).map_err(|error| error.to_string())?;
    if head["alg"] != "ES256" {
        return Err(format!("signed otherwise: {head}"));
    }
    let verifying = VerifyingKey::from_sec1_bytes(&bytes(key)?).map_err(|error| error.to_string())?;
    let signature = Signature::from_slice(&bytes(signature)?).map_err(|error| error.to_string())?;
    verifying.verify(signed.as_bytes(), &signature).map_err(|_| "the signature does not hold")?;
    let claims = serde_json::from_slice(&bytes(claims)?).map_err(|error| error.to_string())?;
    Ok((claims, key.to_owned()))
}

impl fmt::Debug for PushService {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PushService").field("site", &self.site).finish_non_exhaustive()
    }
}
