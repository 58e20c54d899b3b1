//! The question: `TimeStampReq` (RFC 3161, 2.4.1), over a SHA-256 digest, with a nonce, and asking for the certificate.

use crate::answer;
use crate::error::Error;
use crate::parts::written;
use crate::token::{self, Stamp};
use der::asn1::{ObjectIdentifier, UintRef};
use der::{Encode, Tag};
use jiff::Timestamp;

/// SHA-256, by its name.
pub(crate) const SHA_256: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.16.840.1.101.3.4.2.1");
/// Minutes that an authority's time may be from ours.
const APART: i64 = 10;

/// What an authority is asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    bytes: Vec<u8>,
    digest: [u8; 32],
    nonce: Vec<u8>,
    policy: Option<ObjectIdentifier>,
}

impl Question {
    /// Asks for a time stamp over a SHA-256 digest. `nonce` must be random; `policy` is an object identifier in numbers.
    ///
    /// # Errors
    /// [`Error::Policy`] where the policy is none.
    pub fn new(digest: [u8; 32], nonce: [u8; 16], policy: Option<&str>) -> Result<Self, Error> {
        let policy = policy.map(policy_of).transpose()?;
        let plain = |written: der::Result<Vec<u8>>| written.map_err(|_| Error::Unreadable("question"));
        let nonce = plain(UintRef::new(&nonce).and_then(|nonce| nonce.to_der()))?;
        let algorithm = [plain(SHA_256.to_der())?, written(Tag::Null, &[])?].concat();
        let imprint = [written(Tag::Sequence, &algorithm)?, written(Tag::OctetString, &digest)?].concat();
        let policy_part = policy.map(|policy| plain(policy.to_der())).transpose()?.unwrap_or_default();
        let parts = [
            written(Tag::Integer, &[1])?,
            written(Tag::Sequence, &imprint)?,
            policy_part,
            nonce.clone(),
            written(Tag::Boolean, &[0xFF])?,
        ];
        Ok(Self { bytes: written(Tag::Sequence, &parts.concat())?, digest, nonce, policy })
    }

    /// The bytes to be sent.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The token out of an authority's answer, if it is granted, answers this question, holds, and its time is within
    /// ten minutes of `now`.
    ///
    /// # Errors
    /// What is wrong with the answer, in words.
    pub fn accept(&self, answer: &[u8], now: Timestamp) -> Result<(Vec<u8>, Stamp), Error> {
        let token = answer::token(answer)?;
        let read = token::read(&token)?;
        if read.nonce.as_deref() != Some(self.nonce.as_slice()) {
            return Err(Error::OtherQuestion);
        }
        let stamp = read.judge(&self.digest)?;
        if self.policy.is_some_and(|policy| policy.to_string() != stamp.policy) {
            return Err(Error::OtherPolicy(stamp.policy));
        }
        let apart = stamp.at.duration_since(now).as_mins().abs();
        if apart > APART {
            return Err(Error::Clock(apart));
        }
        Ok((token, stamp))
    }
}

fn policy_of(text: &str) -> Result<ObjectIdentifier, Error> {
    ObjectIdentifier::new(text.trim()).map_err(|_| Error::Policy(text.to_owned()))
}
