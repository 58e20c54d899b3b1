//! What an edition is found by and how often, in two or three bytes each: an archive keeps hundreds of them for every edition.
//!
//! Pairs of a facet's number and a count, ascending by number, as LEB128: the distance from the number before, then the count.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// See the module.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Tally(Box<[u8]>);

impl Tally {
    /// Of pairs in any order, no number twice.
    pub(super) fn of(mut pairs: Vec<(u32, u32)>) -> Self {
        pairs.sort_unstable();
        let mut bytes = Vec::with_capacity(pairs.len() * 3);
        let mut before = 0;
        for (number, times) in pairs {
            put(&mut bytes, number - before);
            put(&mut bytes, times);
            before = number;
        }
        Self(bytes.into_boxed_slice())
    }

    /// The pairs, ascending.
    pub(super) fn iter(&self) -> impl Iterator<Item = (u32, u32)> {
        let (mut rest, mut number) = (&*self.0, 0_u32);
        std::iter::from_fn(move || {
            number = number.wrapping_add(take(&mut rest)?);
            Some((number, take(&mut rest)?))
        })
    }

    /// How often a facet is in it, if it is.
    pub(super) fn times(&self, of: u32) -> Option<u32> {
        self.iter().take_while(|(number, _)| *number <= of).find(|(number, _)| *number == of).map(|(_, times)| times)
    }
}

fn put(bytes: &mut Vec<u8>, mut value: u32) {
    while value >= 0x80 {
        bytes.push((value & 0x7F) as u8 | 0x80);
        value >>= 7;
    }
    bytes.push(value as u8);
}

/// The next value; `None` at the end, and where the bytes are none of ours.
fn take(rest: &mut &[u8]) -> Option<u32> {
    let mut value = 0;
    for shift in (0..u32::BITS).step_by(7) {
        let (byte, behind) = rest.split_first()?;
        *rest = behind;
        value |= u32::from(byte & 0x7F) << shift;
        if byte & 0x80 == 0 {
            return Some(value);
        }
    }
    None
}

impl Serialize for Tally {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&STANDARD_NO_PAD.encode(&self.0))
    }
}

impl<'de> Deserialize<'de> for Tally {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
        let bytes = STANDARD_NO_PAD.decode(&*text).map_err(D::Error::custom)?;
        Ok(Self(bytes.into_boxed_slice()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    proptest! {
        #[test]
        fn what_is_counted_comes_back(pairs in proptest::collection::btree_map(any::<u32>(), any::<u32>(), 0..50)) {
            let tally = Tally::of(pairs.clone().into_iter().rev().collect());
            prop_assert_eq!(tally.iter().collect::<BTreeMap<u32, u32>>(), pairs.clone());
            for (number, times) in &pairs {
                prop_assert_eq!(tally.times(*number), Some(*times));
            }
            let missing = (0..).find(|number| !pairs.contains_key(number)).unwrap();
            prop_assert_eq!(tally.times(missing), None);
            let written = serde_json::to_string(&tally).unwrap();
            prop_assert_eq!(serde_json::from_str::<Tally>(&written).unwrap(), tally);
        }

        #[test]
        fn bytes_of_any_kind_end(bytes in proptest::collection::vec(any::<u8>(), 0..40)) {
            prop_assert!(Tally(bytes.into_boxed_slice()).iter().count() <= 20);
        }
    }
}
