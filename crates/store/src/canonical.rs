//! The one form of a thing that is hashed: JSON without white space, keys in byte order.

use crate::error::Error;
use serde::Serialize;
use serde_json::Value;
use sha2::{Digest as _, Sha256};
use sitrep_model::change::Change;
use std::fmt::Write as _;

/// The canonical form of a value.
pub(crate) fn of(value: &impl Serialize) -> Result<String, Error> {
    let value = serde_json::to_value(value).map_err(|e| Error::Invalid(format!("it has no canonical form: {e}")))?;
    let mut text = String::new();
    write(&value, &mut text);
    Ok(text)
}

// Written by ourselves because the order of serde_json's maps depends on a feature that any crate may turn on.
fn write(value: &Value, to: &mut String) {
    match value {
        Value::Object(fields) => {
            let mut keys: Vec<&String> = fields.keys().collect();
            keys.sort();
            to.push('{');
            for (index, key) in keys.into_iter().enumerate() {
                if index > 0 {
                    to.push(',');
                }
                to.push_str(&Value::from(key.as_str()).to_string());
                to.push(':');
                write(&fields[key], to);
            }
            to.push('}');
        }
        Value::Array(items) => {
            to.push('[');
            for (index, item) in items.iter().enumerate() {
                if index > 0 {
                    to.push(',');
                }
                write(item, to);
            }
            to.push(']');
        }
        plain => to.push_str(&plain.to_string()),
    }
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

    #[test]
    fn keys_are_sorted_and_floats_read_back() {
        let value = serde_json::json!({"b": [1, 0.1, 51.42_f64], "a": {"d": null, "c": "é\u{0}"}});
        let text = of(&value).unwrap();
        assert_eq!(text, r#"{"a":{"c":"é\u0000","d":null},"b":[1,0.1,51.42]}"#);
        assert_eq!(of(&serde_json::from_str::<Value>(&text).unwrap()).unwrap(), text);
    }

    #[test]
    fn hex_reads_back() {
        assert_eq!(unhex(&hex(b"\x00\xffa")), Some(b"\x00\xffa".to_vec()));
        assert_eq!(unhex("0"), None);
        assert_eq!(unhex("zz"), None);
    }
}
