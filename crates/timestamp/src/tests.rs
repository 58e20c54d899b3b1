use super::*;
use crate::parts::{numbered, written};
use der::Tag;
use jiff::{SignedDuration, Timestamp};
use ring::digest;

/// What an authority of our own (`openssl ts`, P-256) answered to [`asked`].
const ANSWER: &[u8] = include_bytes!("../samples/answer.tsr");

fn sum(text: &str) -> [u8; 32] {
    digest::digest(&digest::SHA256, text.as_bytes()).as_ref().try_into().unwrap()
}

fn asked() -> Question {
    Question::new(sum("sitrep"), [7; 16], None).unwrap()
}

fn then() -> Timestamp {
    "2026-11-26T22:14:13.693Z".parse().unwrap()
}

fn granted() -> Vec<u8> {
    asked().accept(ANSWER, then()).unwrap().0
}

/// An answer without a token: a status, words, and the bits of a failure.
fn refusal(status: u8, words: &str, bits: &[u8]) -> Vec<u8> {
    let mut parts = written(Tag::Integer, &[status]).unwrap();
    if !words.is_empty() {
        parts.extend(written(Tag::Sequence, &written(Tag::Utf8String, words.as_bytes()).unwrap()).unwrap());
    }
    if !bits.is_empty() {
        parts.extend(written(Tag::BitString, &[&[0], bits].concat()).unwrap());
    }
    written(Tag::Sequence, &written(Tag::Sequence, &parts).unwrap()).unwrap()
}

#[test]
fn a_token_says_when_and_by_whom_and_holds_for_its_bytes_alone() {
    let (token, stamp) = asked().accept(ANSWER, then()).unwrap();
    assert_eq!(stamp.at, then());
    assert!(stamp.authority.contains("CN=Exercise Time Authority"), "{}", stamp.authority);
    assert_eq!((stamp.policy.as_str(), stamp.serial.as_str()), ("1.3.6.1.4.1.99999.1", "02"));
    assert_eq!(stamp.certificate.len(), 64);
    assert_eq!(holds(&token, &sum("sitrep")), Ok(stamp));
    assert_eq!(holds(&token, &sum("other")), Err(Error::OtherBytes));
}

#[test]
fn an_answer_to_another_question_is_refused() {
    let other = Question::new(sum("sitrep"), [8; 16], None).unwrap();
    assert_eq!(other.accept(ANSWER, then()), Err(Error::OtherQuestion));
    let other = Question::new(sum("other"), [7; 16], None).unwrap();
    assert_eq!(other.accept(ANSWER, then()), Err(Error::OtherBytes));
    let other = Question::new(sum("sitrep"), [7; 16], Some("1.3.6.1.4.1.99999.2")).unwrap();
    assert!(matches!(other.accept(ANSWER, then()), Err(Error::OtherPolicy(_))));
    assert!(
        Question::new(sum("sitrep"), [7; 16], Some(" 1.3.6.1.4.1.99999.1 ")).unwrap().accept(ANSWER, then()).is_ok()
    );
    assert!(matches!(Question::new(sum(""), [7; 16], Some("mine")), Err(Error::Policy(_))));
}

#[test]
fn a_time_far_from_ours_is_refused() {
    for minutes in [-11, 11] {
        let now = then() + SignedDuration::from_mins(minutes);
        assert_eq!(asked().accept(ANSWER, now), Err(Error::Clock(11)));
    }
    assert!(asked().accept(ANSWER, then() + SignedDuration::from_mins(9)).is_ok());
}

#[test]
fn a_refusal_is_told_in_the_authoritys_words_and_ours() {
    for (answer, words) in [
        (refusal(2, "not\u{7} today", &[]), "the authority gives no time stamp: not today"),
        (refusal(2, "", &[0b1000_0000]), "it does not know the digest's algorithm"),
        (refusal(2, "no", &[0, 1]), "no; it does not stamp under that policy"),
        (refusal(3, "", &[]), "the answer comes later"),
        (refusal(5, "", &[]), "it does not say why"),
    ] {
        let error = asked().accept(&answer, then()).unwrap_err();
        assert!(error.to_string().contains(words), "{error}");
    }
    assert_eq!(asked().accept(&refusal(0, "", &[]), then()), Err(Error::Unreadable("token")));
}

#[test]
fn whatever_is_no_answer_is_an_error_and_what_is_huge_is_not_read() {
    for bytes in [&b""[..], b"<html>", &[0x30], &[0x30, 0x84, 0xFF, 0xFF, 0xFF, 0xFF], &[0x30, 0x80, 0, 0], &[0; 300]] {
        assert!(matches!(asked().accept(bytes, then()), Err(Error::Unreadable(_))), "{bytes:?}");
    }
    let huge = written(Tag::Sequence, &vec![0; LARGEST]).unwrap();
    assert_eq!(asked().accept(&huge, then()), Err(Error::TooLarge(LARGEST)));
    assert_eq!(holds(&huge, &sum("sitrep")), Err(Error::TooLarge(LARGEST)));
    let many = written(Tag::Sequence, &written(Tag::Null, &[]).unwrap().repeat(20_000)).unwrap();
    assert!(asked().accept(&many, then()).is_err());
    let mut deep = Vec::new();
    for _ in 0..5_000 {
        deep = written(numbered(0), &deep).unwrap();
    }
    assert!(asked().accept(&written(Tag::Sequence, &deep).unwrap(), then()).is_err());
}

#[test]
fn a_certificate_that_may_not_stamp_time_vouches_for_none() {
    // The same time, signed (`openssl cms -cades`) by a certificate for web servers.
    let token = include_bytes!("../samples/no-leave.tst");
    assert_eq!(holds(token, &sum("sitrep")), Err(Error::Certificate("has no leave to stamp time")));
    assert_eq!(holds(token, &sum("other")), Err(Error::OtherBytes));
}

#[test]
fn a_token_altered_at_any_place_holds_no_more_or_says_the_same() {
    let token = granted();
    let stamp = holds(&token, &sum("sitrep")).unwrap();
    let mut held = 0;
    for at in 0..token.len() {
        for bit in [1, 0x20, 0x80] {
            let mut altered = token.clone();
            altered[at] ^= bit;
            // What no signature is over (numbers of versions, the list of digests) may be altered; nothing that is said may.
            if let Ok(said) = holds(&altered, &sum("sitrep")) {
                assert_eq!(said, stamp, "byte {at}");
                held += 1;
            }
        }
    }
    assert!(held < 60, "{held} alterations were not noticed");
    for length in 0..token.len() {
        assert!(holds(&token[..length], &sum("sitrep")).is_err());
    }
}
