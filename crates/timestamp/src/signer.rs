//! Who signed a token: its one signer (RFC 5652, 5.3), the certificate that it carries, and what the signature is over.

use crate::algorithm;
use crate::error::Error;
use crate::parts::{Walk, encoded, numbered};
use crate::token::TST_INFO;
use der::asn1::{AnyRef, ObjectIdentifier};
use der::{Decode, Encode, Tag, TagNumber, Tagged};
use jiff::Timestamp;
use ring::digest;
use x509_cert::Certificate;
use x509_cert::ext::pkix::{ExtendedKeyUsage, SubjectKeyIdentifier};

const CONTENT_TYPE: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.3");
const MESSAGE_DIGEST: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.4");
const SIGNING_CERTIFICATE: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.16.2.12");
const SIGNING_CERTIFICATE_V2: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.16.2.47");
/// Leave to stamp time.
const TIME_STAMPING: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.6.1.5.5.7.3.8");
/// Certificates of a token, at most.
const MOST_CERTIFICATES: usize = 16;

/// A signer, and what it needs to be believed.
pub(crate) struct Signer<'a> {
    certificates: Vec<AnyRef<'a>>,
    /// Whose certificate it is: by issuer and number, or by the key's identifier.
    named: AnyRef<'a>,
    digest: &'static digest::Algorithm,
    attributes: AnyRef<'a>,
    algorithm: AnyRef<'a>,
    digest_name: ObjectIdentifier,
    signature: &'a [u8],
}

impl<'a> Signer<'a> {
    /// Reads the signer's part of the signed data.
    pub(crate) fn read(signer: AnyRef<'a>, certificates: AnyRef<'a>) -> Result<Self, Error> {
        let certificates: Vec<_> = Walk::of(certificates.value(), "certificates")?.collect();
        if certificates.len() > MOST_CERTIFICATES {
            return Err(Error::Unreadable("certificates, which are too many,"));
        }
        let what = "signer";
        let mut parts = Walk::into(signer, Tag::Sequence, what)?;
        parts.one(Tag::Integer)?;
        let named = parts.any()?;
        let digest_name = Walk::into(parts.one(Tag::Sequence)?, Tag::Sequence, what)?.oid()?;
        let digest = algorithm::digest(digest_name).ok_or_else(|| Error::Algorithm(digest_name.to_string()))?;
        let attributes = parts.one(numbered(0))?;
        let algorithm = parts.one(Tag::Sequence)?;
        let signature = parts.one(Tag::OctetString)?.value();
        Ok(Self { certificates, named, digest, attributes, algorithm, digest_name, signature })
    }

    /// Whether it vouches for these bytes at that time; gives whom the certificate names, and its SHA-256.
    pub(crate) fn vouches(&self, content: &[u8], at: Timestamp) -> Result<(String, String), Error> {
        let (certificate, bytes) = self.certificate()?;
        self.is_about(content, &bytes)?;
        let key = certificate.tbs_certificate().subject_public_key_info();
        // The signature is over the attributes as a set, not as the part of the signer that they stand in.
        let signed = crate::parts::written(Tag::Set, self.attributes.value())?;
        algorithm::verify(self.algorithm, self.digest_name, key, &signed, self.signature)?;
        may_stamp(&certificate, at)?;
        let subject: String = certificate.tbs_certificate().subject().to_string();
        let subject = subject.chars().filter(|c| !c.is_control()).take(300).collect();
        Ok((subject, hex(digest::digest(&digest::SHA256, &bytes).as_ref())))
    }

    /// The certificate that the signer names, and its bytes.
    fn certificate(&self) -> Result<(Certificate, Vec<u8>), Error> {
        for candidate in &self.certificates {
            // Attribute certificates and others are not the signer's.
            let Ok(bytes) = encoded(*candidate, "certificate") else { continue };
            let Ok(certificate) = Certificate::from_der(&bytes) else { continue };
            if self.is_named(&certificate) {
                return Ok((certificate, bytes));
            }
        }
        Err(Error::NoCertificate)
    }

    fn is_named(&self, certificate: &Certificate) -> bool {
        let own = certificate.tbs_certificate();
        if self.named.tag() == Tag::Sequence {
            let Ok(mut parts) = Walk::into(self.named, Tag::Sequence, "signer") else { return false };
            let (Ok(issuer), Ok(number)) = (parts.one(Tag::Sequence), parts.one(Tag::Integer)) else { return false };
            let same = |written: der::Result<Vec<u8>>, value: AnyRef<'_>| {
                written.is_ok_and(|written| encoded(value, "signer").is_ok_and(|value| value == written))
            };
            return same(own.issuer().to_der(), issuer) && same(own.serial_number().to_der(), number);
        }
        let by_key = Tag::ContextSpecific { constructed: false, number: TagNumber(0) };
        let identifier = own.get_extension::<SubjectKeyIdentifier>().ok().flatten();
        self.named.tag() == by_key && identifier.is_some_and(|(_, id)| id.0.as_bytes() == self.named.value())
    }

    /// Whether the signed attributes speak of this content and this certificate.
    fn is_about(&self, content: &[u8], certificate: &[u8]) -> Result<(), Error> {
        let (mut of_type, mut of_content, mut of_certificate) = (false, false, false);
        for attribute in Walk::of(self.attributes.value(), "signed attributes")? {
            let mut parts = Walk::into(attribute, Tag::Sequence, "signed attributes")?;
            let name = parts.oid()?;
            let value = Walk::into(parts.one(Tag::Set)?, Tag::Set, "signed attributes")?.any()?;
            match name {
                CONTENT_TYPE => of_type = value.decode_as() == Ok(TST_INFO),
                MESSAGE_DIGEST => of_content = value.value() == digest::digest(self.digest, content).as_ref(),
                SIGNING_CERTIFICATE => of_certificate |= names(value, certificate, false)?,
                SIGNING_CERTIFICATE_V2 => of_certificate |= names(value, certificate, true)?,
                _ => {}
            }
        }
        let faults = [
            (of_type, "it is not over a time"),
            (of_content, "the time in the token was altered"),
            (of_certificate, "it does not name its certificate"),
        ];
        faults.into_iter().find(|(holds, _)| !holds).map_or(Ok(()), |(_, why)| Err(Error::Attribute(why)))
    }
}

/// Whether `SigningCertificate` (RFC 2634) or its second version (RFC 5035) names a certificate first.
fn names(value: AnyRef<'_>, certificate: &[u8], second: bool) -> Result<bool, Error> {
    let what = "signing certificate";
    let mut parts = Walk::into(value, Tag::Sequence, what)?;
    let mut listed = Walk::into(parts.one(Tag::Sequence)?, Tag::Sequence, what)?;
    let mut first = Walk::into(listed.one(Tag::Sequence)?, Tag::Sequence, what)?;
    let mut algorithm = if second { &digest::SHA256 } else { &digest::SHA1_FOR_LEGACY_USE_ONLY };
    if let Some(given) = first.maybe(Tag::Sequence).filter(|_| second) {
        let name = Walk::into(given, Tag::Sequence, what)?.oid()?;
        algorithm = algorithm::digest(name).ok_or_else(|| Error::Algorithm(name.to_string()))?;
    }
    Ok(first.one(Tag::OctetString)?.value() == digest::digest(algorithm, certificate).as_ref())
}

/// Whether a certificate may stamp time, and stood at that time.
fn may_stamp(certificate: &Certificate, at: Timestamp) -> Result<(), Error> {
    let own = certificate.tbs_certificate();
    let usage = own.get_extension::<ExtendedKeyUsage>().map_err(|_| Error::Certificate("can't be read"))?;
    let (_, usage) = usage.ok_or(Error::Certificate("has no leave to stamp time"))?;
    if !usage.0.contains(&TIME_STAMPING) {
        return Err(Error::Certificate("has no leave to stamp time"));
    }
    let moment = |time: x509_cert::time::Time| {
        i64::try_from(time.to_unix_duration().as_secs()).ok().and_then(|at| Timestamp::from_second(at).ok())
    };
    let (from, until) = (moment(own.validity().not_before), moment(own.validity().not_after));
    match (from, until) {
        (Some(from), _) if at < from => Err(Error::Certificate("was not valid yet")),
        // One without an end says the year 9999, which some calendars can't hold.
        (_, Some(until)) if at > until => Err(Error::Certificate("was not valid any more")),
        _ => Ok(()),
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
