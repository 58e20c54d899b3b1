//! An authenticator in software (WebAuthn level 3, sections 6.1 and 6.5): one key on P-256, attestation `none`.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use p256::ecdsa::signature::Signer;
use p256::ecdsa::{Signature, SigningKey};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

/// Flags of authenticator data: user present, user verified, attested credential data included.
const PRESENT_AND_VERIFIED: u8 = 0x05;
const ATTESTED: u8 = 0x40;

/// One passkey.
pub(crate) struct Authenticator {
    key: SigningKey,
    id: Vec<u8>,
    origin: String,
    uses: u32,
}

fn base64url(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

impl Authenticator {
    pub(crate) fn new(origin: &str) -> Self {
        Self { key: SigningKey::from_slice(&[7; 32]).unwrap(), id: vec![9; 16], origin: origin.to_owned(), uses: 0 }
    }

    fn client_data(&self, ceremony: &str, challenge: &Value) -> Vec<u8> {
        json!({ "type": ceremony, "challenge": challenge, "origin": self.origin, "crossOrigin": false })
            .to_string()
            .into_bytes()
    }

    fn data(&mut self, party: &str, flags: u8) -> Vec<u8> {
        self.uses += 1;
        let mut data = Sha256::digest(party.as_bytes()).to_vec();
        data.push(flags);
        data.extend(self.uses.to_be_bytes());
        data
    }

    /// The public key as COSE writes it (RFC 9053, EC2 on P-256 with ES256).
    fn public_key(&self) -> Vec<u8> {
        let point = self.key.verifying_key().to_sec1_point(false);
        let bytes = point.as_bytes();
        let mut cose = vec![0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, 0x20];
        cose.extend(&bytes[1..33]);
        cose.extend([0x22, 0x58, 0x20]);
        cose.extend(&bytes[33..65]);
        cose
    }

    /// What the island sends after `navigator.credentials.create` (`islands/passkey/credentials.ts`).
    pub(crate) fn create(&mut self, challenge: &Value) -> Value {
        let options = &challenge["publicKey"];
        let mut data = self.data(options["rp"]["id"].as_str().unwrap(), PRESENT_AND_VERIFIED | ATTESTED);
        data.extend([0; 16]);
        data.extend(u16::try_from(self.id.len()).unwrap().to_be_bytes());
        data.extend(&self.id);
        data.extend(self.public_key());
        // A map of three: "fmt": "none", "attStmt": {}, "authData": bytes of one-byte length.
        let mut object = vec![0xa3, 0x63];
        object.extend(b"fmt\x64none\x67attStmt\xa0\x68authData\x58");
        object.push(u8::try_from(data.len()).unwrap());
        object.extend(&data);
        json!({
            "id": base64url(&self.id), "rawId": base64url(&self.id), "type": "public-key", "extensions": {},
            "state": challenge["state"],
            "response": {
                "clientDataJSON": base64url(&self.client_data("webauthn.create", &options["challenge"])),
                "attestationObject": base64url(&object),
                "transports": ["internal"],
            },
        })
    }

    /// What it sends after `navigator.credentials.get`.
    pub(crate) fn get(&mut self, challenge: &Value) -> Value {
        let options = &challenge["publicKey"];
        let data = self.data(options["rpId"].as_str().unwrap(), PRESENT_AND_VERIFIED);
        let client_data = self.client_data("webauthn.get", &options["challenge"]);
        let mut signed = data.clone();
        signed.extend(Sha256::digest(&client_data));
        let signature: Signature = self.key.sign(&signed);
        json!({
            "id": base64url(&self.id), "rawId": base64url(&self.id), "type": "public-key", "extensions": {},
            "state": challenge["state"],
            "response": {
                "clientDataJSON": base64url(&client_data),
                "authenticatorData": base64url(&data),
                "signature": base64url(signature.to_der().as_bytes()),
                "userHandle": null,
            },
        })
    }
}
