//! Sealing a notification for one browser: RFC 8291, in the content coding `aes128gcm` of RFC 8188, as one record.

use crate::Error;
use aes_gcm::aead::{Aead, KeyInit};
use aes_gcm::{Aes128Gcm, Key, Nonce};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hkdf::Hkdf;
use p256::{PublicKey, SecretKey};
use sha2::Sha256;

/// Size of a record, as the head tells it; everything is one.
const RECORD: u32 = 4096;
/// Longest text: a record less the head (86), the delimiter (1) and the tag (16).
const LONGEST: usize = 4096 - 86 - 1 - 16;
/// Length of an uncompressed point.
const POINT: usize = 65;

/// A browser that asked to be told: its public key and the secret that it shares with the sender.
#[derive(Clone)]
pub struct Receiver {
    key: PublicKey,
    auth: [u8; 16],
}

impl Receiver {
    /// Reads what a browser says of its subscription: `p256dh` and `auth`, base64url.
    ///
    /// # Errors
    /// Where they are no point on P-256 and no sixteen bytes.
    pub fn read(p256dh: &str, auth: &str) -> Result<Self, Error> {
        let bytes = |text: &str| {
            let plain = text.trim().trim_end_matches('=');
            URL_SAFE_NO_PAD.decode(plain).map_err(|_| Error::Push("its keys are no base64url".to_owned()))
        };
        let key = bytes(p256dh)?;
        let key = if key.len() == POINT { PublicKey::from_sec1_bytes(&key).ok() } else { None };
        let key = key.ok_or_else(|| Error::Push("its public key is no point on P-256".to_owned()))?;
        let auth = bytes(auth)?.try_into().map_err(|_| Error::Push("its secret has not sixteen bytes".to_owned()))?;
        Ok(Self { key, auth })
    }
}

impl std::fmt::Debug for Receiver {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Receiver(…)")
    }
}

/// What is good for one message only: the salt, and the sender's key.
pub struct Once {
    salt: [u8; 16],
    key: SecretKey,
}

impl Once {
    /// From random bytes; `None` in the unlikely case that they are no key.
    pub fn new(salt: [u8; 16], key: &[u8; 32]) -> Option<Self> {
        SecretKey::from_slice(key).ok().map(|key| Self { salt, key })
    }
}

/// The body of the request: head (salt, record size, sender's key) and one record.
pub(super) fn seal(text: &[u8], receiver: &Receiver, once: Once) -> Result<Vec<u8>, Error> {
    if text.len() > LONGEST {
        return Err(Error::Push(format!("{} bytes; {LONGEST} can be carried", text.len())));
    }
    let failed = || Error::Push("it could not be sealed".to_owned());
    let sender = once.key.public_key().to_sec1_bytes();
    let shared = once.key.diffie_hellman(&receiver.key);
    // RFC 8291, 3.4: both public keys go into what the key is made from.
    let mut info = b"WebPush: info\0".to_vec();
    info.extend_from_slice(&receiver.key.to_sec1_bytes());
    info.extend_from_slice(&sender);
    let mut secret = [0; 32];
    let combined = Hkdf::<Sha256>::new(Some(&receiver.auth), shared.raw_secret_bytes());
    combined.expand(&info, &mut secret).map_err(|_| failed())?;
    // RFC 8188, 2.2 and 2.3.
    let derived = Hkdf::<Sha256>::new(Some(&once.salt), &secret);
    let (mut key, mut nonce) = ([0; 16], [0; 12]);
    derived.expand(b"Content-Encoding: aes128gcm\0", &mut key).map_err(|_| failed())?;
    derived.expand(b"Content-Encoding: nonce\0", &mut nonce).map_err(|_| failed())?;
    // The delimiter of the last record: 2.
    let record = [text, &[2]].concat();
    let cipher = Aes128Gcm::new(&Key::<Aes128Gcm>::from(key));
    let sealed = cipher.encrypt(&Nonce::from(nonce), record.as_slice()).map_err(|_| failed())?;
    let mut body = once.salt.to_vec();
    body.extend_from_slice(&RECORD.to_be_bytes());
    body.push(u8::try_from(sender.len()).map_err(|_| failed())?);
    body.extend_from_slice(&sender);
    body.extend_from_slice(&sealed);
    Ok(body)
}

/// The example of RFC 8291, appendix A: what is good once, and the receiver.
#[cfg(test)]
pub(super) fn example() -> (Once, Receiver) {
    let bytes = |text: &str| URL_SAFE_NO_PAD.decode(text).unwrap();
    let receiver = Receiver::read(
        "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
        "BTBZMqHH6r4Tts7J_aSIgg",
    );
    let key: [u8; 32] = bytes("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw").try_into().unwrap();
    let salt: [u8; 16] = bytes("DGv6ra1nlYgDCS1FRnbzlw").try_into().unwrap();
    (Once::new(salt, &key).unwrap(), receiver.unwrap())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_example_of_rfc_8291_is_sealed_to_the_byte() {
        let (once, receiver) = example();
        let body = seal(b"When I grow up, I want to be a watermelon", &receiver, once).unwrap();
        let expected = "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK\
                        6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN";
        assert_eq!(URL_SAFE_NO_PAD.encode(body), expected);
    }

    #[test]
    fn keys_that_are_none_are_refused_and_long_texts_too() {
        let good = (
            "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
            "BTBZMqHH6r4Tts7J_aSIgg",
        );
        assert!(Receiver::read(good.0, &format!("{}==", good.1)).is_ok());
        let off_the_curve = URL_SAFE_NO_PAD.encode([&[4_u8][..], &[1; 64]].concat());
        for (key, auth) in [("", ""), (good.0, "BTBZ"), ("BCVx", good.1), ("!", good.1), (&off_the_curve, good.1)] {
            assert!(Receiver::read(key, auth).is_err(), "{key} {auth}");
        }
        let (once, receiver) = example();
        assert!(seal(&[0; LONGEST + 1], &receiver, once).is_err());
        let (once, receiver) = example();
        assert_eq!(seal(&[0; LONGEST], &receiver, once).unwrap().len(), 4096);
        assert_eq!(format!("{receiver:?}"), "Receiver(…)", "no key in a log");
        assert!(Once::new([0; 16], &[0; 32]).is_none());
    }
}
