//! The one form of a thing that is hashed: JSON without white space, keys in byte order.

use crate::error::Error;
use serde::Serialize;
use sha2::{Digest as _, Sha256};
use sitrep_model::change::Change;
use std::fmt::Write as _;

/// The canonical form of a value.
pub(crate) fn of(value: &impl Serialize) -> Result<String, Error> {
    let refused = |error| Error::Invalid(format!("it has no canonical form: {error}"));
    let plain = serde_json::to_vec(value).map_err(refused)?;
    let mut sorting = Sorting { json: &plain, at: 0, to: Vec::with_capacity(plain.len()) };
    sorting.value().ok_or_else(|| Error::Invalid("it has no canonical form: its JSON does not end".to_owned()))?;
    String::from_utf8(sorting.to).map_err(|error| Error::Invalid(format!("it has no canonical form: {error}")))
}

/// Copies JSON without white space, each object's fields in the byte order of their keys. Made by ourselves because the order of
/// `serde_json`'s maps depends on a feature that any crate may turn on, and because a tree of an edition's values costs
/// five times what this does.
struct Sorting<'j> {
    json: &'j [u8],
    at: usize,
    to: Vec<u8>,
}

impl Sorting<'_> {
    /// One value; `None` where the JSON ends within it.
    fn value(&mut self) -> Option<()> {
        match *self.json.get(self.at)? {
            b'{' => self.object(),
            b'[' => self.array(),
            b'"' => self.text().map(|_| ()),
            _ => {
                let rest = &self.json[self.at..];
                let length = rest.iter().position(|byte| matches!(byte, b',' | b']' | b'}')).unwrap_or(rest.len());
                self.copy(length);
                Some(())
            }
        }
    }

    fn copy(&mut self, length: usize) {
        self.to.extend_from_slice(&self.json[self.at..self.at + length]);
        self.at += length;
    }

    /// A text with its quotation marks; gives its place in what is written.
    fn text(&mut self) -> Option<std::ops::Range<usize>> {
        let mut end = self.at + 1;
        loop {
            match *self.json.get(end)? {
                b'\\' => end += 2,
                b'"' => break,
                _ => end += 1,
            }
        }
        let from = self.to.len();
        self.copy(end + 1 - self.at);
        Some(from..self.to.len())
    }

    fn array(&mut self) -> Option<()> {
        self.copy(1);
        loop {
            match *self.json.get(self.at)? {
                b']' => break,
                b',' => self.copy(1),
                _ => self.value()?,
            }
        }
        self.copy(1);
        Some(())
    }

    fn object(&mut self) -> Option<()> {
        self.copy(1);
        let begin = self.to.len();
        let mut fields: Vec<Field> = Vec::new();
        loop {
            match *self.json.get(self.at)? {
                b'}' => break,
                b',' => self.at += 1,
                _ => {
                    let key = self.text()?;
                    self.copy(1);
                    self.value()?;
                    fields.push(Field { whole: key.start..self.to.len(), key });
                }
            }
        }
        self.sort(begin, &mut fields);
        self.copy(1);
        Some(())
    }

    /// Puts the fields that were written one behind the other since `begin` in order, with commas.
    fn sort(&mut self, begin: usize, fields: &mut [Field]) {
        let written = self.to.split_off(begin);
        let part = |range: &std::ops::Range<usize>| &written[range.start - begin..range.end - begin];
        fields.sort_by_cached_key(|field| key_of(part(&field.key)));
        for (index, field) in fields.iter().enumerate() {
            if index > 0 {
                self.to.push(b',');
            }
            self.to.extend_from_slice(part(&field.whole));
        }
    }
}

/// Where a field stands in what is written.
struct Field {
    key: std::ops::Range<usize>,
    whole: std::ops::Range<usize>,
}

/// A key as it is compared: what stands between the quotation marks, its escapes resolved.
fn key_of(printed: &[u8]) -> Vec<u8> {
    if printed.contains(&b'\\')
        && let Ok(key) = serde_json::from_slice::<String>(printed)
    {
        return key.into_bytes();
    }
    printed[1..printed.len() - 1].to_vec()
}

/// SHA-256, lower-case hex.
pub(crate) fn sha256(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// Bytes as lower-case hex.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// Bytes from lower- or upper-case hex.
pub(crate) fn unhex(text: &str) -> Option<Vec<u8>> {
    if !text.len().is_multiple_of(2) || !text.is_ascii() {
        return None;
    }
    (0..text.len()).step_by(2).map(|i| u8::from_str_radix(text.get(i..i + 2)?, 16).ok()).collect()
}

/// What the first change names as the one before it.
pub(crate) fn genesis() -> String {
    "0".repeat(64)
}

/// The hash that a change should bear.
pub(crate) fn change_hash(change: &Change) -> Result<String, Error> {
    let mut value =
        serde_json::to_value(change).map_err(|e| Error::Invalid(format!("it has no canonical form: {e}")))?;
    if let Some(fields) = value.as_object_mut() {
        fields.remove("hash");
    }
    Ok(sha256(of(&value)?.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::Value;

    #[test]
    fn keys_are_sorted_and_floats_read_back() {
        let value = serde_json::json!({"b": [1, 0.1, 51.42_f64], "a": {"d": null, "c": "é\u{0}"}});
        let text = of(&value).unwrap();
        assert_eq!(text, r#"{"a":{"c":"é\u0000","d":null},"b":[1,0.1,51.42]}"#);
        assert_eq!(of(&serde_json::from_str::<Value>(&text).unwrap()).unwrap(), text);
    }

    #[test]
    fn keys_are_compared_as_they_are_meant_at_any_depth() {
        let value = serde_json::json!({
            "b\"}": "x\\", "b!": {"z": [], "y": {}, "x": [{"d": 1, "c": "}],\""}, [null, true]]}, "\u{1}": 1, "b": -1.5e-9, "": 2,
        });
        let text = of(&value).unwrap();
        assert_eq!(
            text,
            r#"{"":2,"\u0001":1,"b":-1.5e-9,"b!":{"x":[{"c":"}],\"","d":1},[null,true]],"y":{},"z":[]},"b\"}":"x\\"}"#
        );
        assert_eq!(of(&"a").unwrap(), r#""a""#);
        assert_eq!(of(&7).unwrap(), "7");
    }

    proptest::proptest! {
        #[test]
        fn any_value_reads_back_from_its_one_form(keys in proptest::collection::vec(".{0,6}", 0..8), text in ".{0,20}") {
            let fields: serde_json::Map<String, Value> =
                keys.iter().map(|key| (key.clone(), serde_json::json!([{ key.as_str(): text.as_str() }]))).collect();
            let form = of(&fields).unwrap();
            let read: serde_json::Map<String, Value> = serde_json::from_str(&form).unwrap();
            proptest::prop_assert_eq!(&read, &fields);
            let mut sorted: Vec<&String> = fields.keys().collect();
            sorted.sort();
            // Behind a sign that no text holds before a quotation mark: a key may end as another one is.
            let place = |key: &String| {
                let field = format!("{}:[", serde_json::to_string(key).unwrap());
                ["{", ","].iter().find_map(|sign| form.find(&format!("{sign}{field}"))).unwrap()
            };
            let placed: Vec<usize> = sorted.into_iter().map(place).collect();
            proptest::prop_assert!(placed.is_sorted(), "{}", form);
        }
    }

    #[test]
    fn hex_reads_back() {
        assert_eq!(unhex(&hex(b"\x00\xffa")), Some(b"\x00\xffa".to_vec()));
        assert_eq!(unhex("0"), None);
        assert_eq!(unhex("zz"), None);
    }
}
