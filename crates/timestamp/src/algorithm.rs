//! The ways of signing that are known here: RSA (PKCS #1 1.5 and PSS) from 2048 bits, ECDSA on P-256 and P-384, Ed25519.

use crate::error::Error;
use crate::parts::Walk;
use der::asn1::{AnyRef, ObjectIdentifier};
use der::{Tag, TagNumber};
use ring::digest;
use ring::signature::{self, UnparsedPublicKey, VerificationAlgorithm};
use x509_cert::spki::SubjectPublicKeyInfoOwned;

const fn oid(text: &'static str) -> ObjectIdentifier {
    ObjectIdentifier::new_unwrap(text)
}

const SHA_256: ObjectIdentifier = oid("2.16.840.1.101.3.4.2.1");
const SHA_384: ObjectIdentifier = oid("2.16.840.1.101.3.4.2.2");
const SHA_512: ObjectIdentifier = oid("2.16.840.1.101.3.4.2.3");
/// RSA, where the digest is said apart.
const RSA: ObjectIdentifier = oid("1.2.840.113549.1.1.1");
const RSA_PSS: ObjectIdentifier = oid("1.2.840.113549.1.1.10");
const RSA_SHA_256: ObjectIdentifier = oid("1.2.840.113549.1.1.11");
const RSA_SHA_384: ObjectIdentifier = oid("1.2.840.113549.1.1.12");
const RSA_SHA_512: ObjectIdentifier = oid("1.2.840.113549.1.1.13");
const ECDSA_SHA_256: ObjectIdentifier = oid("1.2.840.10045.4.3.2");
const ECDSA_SHA_384: ObjectIdentifier = oid("1.2.840.10045.4.3.3");
const EC: ObjectIdentifier = oid("1.2.840.10045.2.1");
const P_256: ObjectIdentifier = oid("1.2.840.10045.3.1.7");
const P_384: ObjectIdentifier = oid("1.3.132.0.34");
const ED_25519: ObjectIdentifier = oid("1.3.101.112");

/// A digest by its name.
pub(crate) fn digest(name: ObjectIdentifier) -> Option<&'static digest::Algorithm> {
    Some(match name {
        SHA_256 => &digest::SHA256,
        SHA_384 => &digest::SHA384,
        SHA_512 => &digest::SHA512,
        _ => return None,
    })
}

/// Whether a signature over a text is that of a key. `digest` is the one that the signer names apart.
pub(crate) fn verify(
    algorithm: AnyRef<'_>,
    digest: ObjectIdentifier,
    key: &SubjectPublicKeyInfoOwned,
    text: &[u8],
    value: &[u8],
) -> Result<(), Error> {
    let mut parts = Walk::into(algorithm, Tag::Sequence, "way of signing")?;
    let name = parts.oid()?;
    let own = key.algorithm.oid;
    let curve = key.algorithm.parameters.as_ref().and_then(|curve| curve.decode_as::<ObjectIdentifier>().ok());
    let digest = match name {
        RSA_PSS => pss_digest(parts.maybe(Tag::Sequence))?,
        _ => digest,
    };
    let way: &dyn VerificationAlgorithm = match (name, own, curve, digest) {
        (RSA_SHA_256, RSA, ..) | (RSA, RSA, _, SHA_256) => &signature::RSA_PKCS1_2048_8192_SHA256,
        (RSA_SHA_384, RSA, ..) | (RSA, RSA, _, SHA_384) => &signature::RSA_PKCS1_2048_8192_SHA384,
        (RSA_SHA_512, RSA, ..) | (RSA, RSA, _, SHA_512) => &signature::RSA_PKCS1_2048_8192_SHA512,
        (RSA_PSS, RSA | RSA_PSS, _, SHA_256) => &signature::RSA_PSS_2048_8192_SHA256,
        (RSA_PSS, RSA | RSA_PSS, _, SHA_384) => &signature::RSA_PSS_2048_8192_SHA384,
        (RSA_PSS, RSA | RSA_PSS, _, SHA_512) => &signature::RSA_PSS_2048_8192_SHA512,
        (ECDSA_SHA_256, EC, Some(P_256), _) => &signature::ECDSA_P256_SHA256_ASN1,
        (ECDSA_SHA_384, EC, Some(P_256), _) => &signature::ECDSA_P256_SHA384_ASN1,
        (ECDSA_SHA_256, EC, Some(P_384), _) => &signature::ECDSA_P384_SHA256_ASN1,
        (ECDSA_SHA_384, EC, Some(P_384), _) => &signature::ECDSA_P384_SHA384_ASN1,
        (ED_25519, ED_25519, ..) => &signature::ED25519,
        _ => return Err(Error::Algorithm(format!("{name} with a key of {own}"))),
    };
    let key = key.subject_public_key.as_bytes().ok_or(Error::Certificate("holds no key that can be read"))?;
    UnparsedPublicKey::new(way, key).verify(text, value).map_err(|_| Error::Signature)
}

/// The digest that PSS was told (RFC 4055, 3.1).
fn pss_digest(told: Option<AnyRef<'_>>) -> Result<ObjectIdentifier, Error> {
    let what = "way of signing";
    let first = Tag::ContextSpecific { constructed: true, number: TagNumber(0) };
    let told = told.ok_or(Error::Algorithm("RSA-PSS with SHA-1".to_owned()))?;
    let given = Walk::into(told, Tag::Sequence, what)?.maybe(first);
    let given = given.ok_or(Error::Algorithm("RSA-PSS with SHA-1".to_owned()))?;
    Walk::into(Walk::into(given, first, what)?.one(Tag::Sequence)?, Tag::Sequence, what)?.oid()
}
