//! The token: `TSTInfo` (RFC 3161, 2.4.2) inside signed data (RFC 5652), and whether it holds.

use crate::LARGEST;
use crate::error::Error;
use crate::parts::{Walk, encoded, numbered, whole};
use crate::question::SHA_256;
use crate::signer::Signer;
use der::Tag;
use der::asn1::ObjectIdentifier;
use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;

const SIGNED_DATA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.7.2");
pub(crate) const TST_INFO: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.16.1.4");

/// What a token that holds says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stamp {
    /// The authority's time.
    pub at: Timestamp,
    /// Whom the certificate names, as printed in it: `CN=…,O=…`.
    pub authority: String,
    /// SHA-256 of that certificate, lower-case hex.
    pub certificate: String,
    /// The policy under which it was given, in numbers.
    pub policy: String,
    /// The token's serial number, hex.
    pub serial: String,
}

/// Whether a token holds for a SHA-256 digest.
///
/// # Errors
/// Why it doesn't, in words.
pub fn holds(token: &[u8], digest: &[u8; 32]) -> Result<Stamp, Error> {
    read(token)?.judge(digest)
}

/// A token as it was read; nothing of it is believed yet.
pub(crate) struct Token<'a> {
    /// The bytes of `TSTInfo`, over which the signature is.
    info: &'a [u8],
    imprint: Option<&'a [u8]>,
    at: Timestamp,
    policy: String,
    serial: String,
    /// The nonce, with its tag and length.
    pub(crate) nonce: Option<Vec<u8>>,
    signer: Signer<'a>,
}

impl Token<'_> {
    /// Whether it is about this digest, and signed as it should be.
    pub(crate) fn judge(self, digest: &[u8; 32]) -> Result<Stamp, Error> {
        if self.imprint != Some(digest.as_slice()) {
            return Err(Error::OtherBytes);
        }
        let (authority, certificate) = self.signer.vouches(self.info, self.at)?;
        Ok(Stamp { at: self.at, authority, certificate, policy: self.policy, serial: self.serial })
    }
}

/// Reads a token.
pub(crate) fn read(token: &[u8]) -> Result<Token<'_>, Error> {
    if token.len() > LARGEST {
        return Err(Error::TooLarge(LARGEST));
    }
    let mut content = Walk::into(whole(token, "token")?, Tag::Sequence, "token")?;
    if content.oid()? != SIGNED_DATA {
        return Err(Error::Unreadable("signed data"));
    }
    let mut inside = Walk::into(content.one(numbered(0))?, numbered(0), "signed data")?;
    let mut data = Walk::into(inside.one(Tag::Sequence)?, Tag::Sequence, "signed data")?;
    data.one(Tag::Integer)?;
    data.one(Tag::Set)?;
    let mut held = Walk::into(data.one(Tag::Sequence)?, Tag::Sequence, "content")?;
    if held.oid()? != TST_INFO {
        return Err(Error::Unreadable("content"));
    }
    let mut wrapped = Walk::into(held.one(numbered(0))?, numbered(0), "content")?;
    let info = wrapped.one(Tag::OctetString)?.value();
    let certificates = data.maybe(numbered(0)).ok_or(Error::NoCertificate)?;
    data.maybe(numbered(1));
    let mut signers = Walk::into(data.one(Tag::Set)?, Tag::Set, "signer")?;
    let signer = signers.one(Tag::Sequence)?;
    if signers.next().is_some() {
        return Err(Error::Unreadable("signer, of which there must be one,"));
    }
    of_info(info, Signer::read(signer, certificates)?)
}

fn of_info<'a>(info: &'a [u8], signer: Signer<'a>) -> Result<Token<'a>, Error> {
    let what = "time";
    let mut parts = Walk::into(whole(info, what)?, Tag::Sequence, what)?;
    parts.one(Tag::Integer)?;
    let policy = parts.oid()?.to_string();
    let mut imprint = Walk::into(parts.one(Tag::Sequence)?, Tag::Sequence, "digest")?;
    let mut algorithm = Walk::into(imprint.one(Tag::Sequence)?, Tag::Sequence, "digest")?;
    let is_ours = algorithm.oid()? == SHA_256;
    let digest = imprint.one(Tag::OctetString)?.value();
    let serial = parts.one(Tag::Integer)?.value().iter().map(|byte| format!("{byte:02x}")).collect();
    let at = time(parts.one(Tag::GeneralizedTime)?.value()).ok_or(Error::Unreadable(what))?;
    // Accuracy and order are the authority's matter.
    parts.maybe(Tag::Sequence);
    parts.maybe(Tag::Boolean);
    let nonce = parts.maybe(Tag::Integer).map(|nonce| encoded(nonce, "nonce")).transpose()?;
    Ok(Token { info, imprint: is_ours.then_some(digest), at, policy, serial, nonce, signer })
}

/// A time as `YYYYMMDDhhmmss[.f…]Z`: other than in certificates, it may have parts of a second.
fn time(text: &[u8]) -> Option<Timestamp> {
    let text = std::str::from_utf8(text).ok()?.strip_suffix('Z')?;
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    let is_plain = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.len() != 14 || !is_plain(whole) || !is_plain(part) || part.len() > 9 {
        return None;
    }
    let nanoseconds: i32 = format!("{part:0<9}").parse().ok()?;
    let number = |from: usize, to: usize| whole.get(from..to)?.parse::<i16>().ok();
    let small = |from: usize, to: usize| i8::try_from(number(from, to)?).ok();
    let (year, month, day) = (number(0, 4)?, small(4, 6)?, small(6, 8)?);
    let (hour, minute, second) = (small(8, 10)?, small(10, 12)?, small(12, 14)?);
    // A leap second is the last moment of its minute.
    let at = DateTime::new(year, month, day, hour, minute, second.min(59), nanoseconds).ok()?;
    TimeZone::UTC.to_timestamp(at).ok()
}
