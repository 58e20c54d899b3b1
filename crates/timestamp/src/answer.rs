//! The answer: `TimeStampResp` (RFC 3161, 2.4.2), a status, and a token where it was granted.

use crate::LARGEST;
use crate::error::Error;
use crate::parts::{Walk, encoded, whole};
use der::{Tag, Tagged};

/// What a failure's bits mean.
const FAILURES: &[(usize, &str)] = &[
    (0, "it does not know the digest's algorithm"),
    (2, "it does not take the request"),
    (5, "it can't read the request"),
    (14, "its clock is not available"),
    (15, "it does not stamp under that policy"),
    (16, "it does not know an extension"),
    (17, "it can't give what was asked for besides"),
    (25, "it has a fault of its own"),
];
/// Characters of an authority's own words that are repeated.
const WORDS: usize = 200;

/// The token in an answer, as it stands.
pub(crate) fn token(answer: &[u8]) -> Result<Vec<u8>, Error> {
    if answer.len() > LARGEST {
        return Err(Error::TooLarge(LARGEST));
    }
    let what = "answer";
    let mut parts = Walk::into(whole(answer, what)?, Tag::Sequence, what)?;
    let mut status = Walk::into(parts.one(Tag::Sequence)?, Tag::Sequence, "status")?;
    let number = status.one(Tag::Integer)?.value().to_vec();
    if !matches!(number.as_slice(), [0 | 1]) {
        return Err(Error::Refused(reason(&number, status)));
    }
    let token = parts.one(Tag::Sequence).map_err(|_| Error::Unreadable("token"))?;
    encoded(token, "token")
}

fn reason(number: &[u8], mut rest: Walk<'_>) -> String {
    let mut words = Vec::new();
    if let Some(texts) = rest.maybe(Tag::Sequence).and_then(|texts| Walk::into(texts, Tag::Sequence, "status").ok()) {
        for text in texts.filter(|text| text.tag() == Tag::Utf8String) {
            let text = String::from_utf8_lossy(text.value()).into_owned();
            words.push(text.chars().filter(|c| !c.is_control()).take(WORDS).collect::<String>());
        }
    }
    words.truncate(4);
    let bits = rest.maybe(Tag::BitString).map(|bits| bits.value().get(1..).unwrap_or_default().to_vec());
    let is_set = |bit: usize| {
        bits.as_ref().and_then(|bits| bits.get(bit / 8)).is_some_and(|byte| byte & (0x80 >> (bit % 8)) != 0)
    };
    words.extend(FAILURES.iter().filter(|(bit, _)| is_set(*bit)).map(|(_, words)| (*words).to_owned()));
    match (number, words.is_empty()) {
        ([3], true) => "it says that the answer comes later, which is not waited for".to_owned(),
        (_, true) => "it does not say why".to_owned(),
        _ => words.join("; "),
    }
}
