//! Walking through DER, one value after the other, with bounds.

use crate::error::Error;
use der::asn1::{AnyRef, ObjectIdentifier};
use der::{Decode, Encode, Reader, SliceReader, Tag, TagNumber, Tagged};

/// Values side by side in one place, at most.
const MOST: usize = 256;

/// The values of a sequence or set, taken one after the other.
pub(crate) struct Walk<'a> {
    values: std::iter::Peekable<std::vec::IntoIter<AnyRef<'a>>>,
    what: &'static str,
}

impl<'a> Walk<'a> {
    /// The values that stand one after the other in these bytes; `what` names the place in errors.
    pub(crate) fn of(bytes: &'a [u8], what: &'static str) -> Result<Self, Error> {
        let unreadable = |_| Error::Unreadable(what);
        let mut reader = SliceReader::new(bytes).map_err(unreadable)?;
        let mut values = Vec::new();
        while !reader.is_finished() {
            if values.len() == MOST {
                return Err(Error::Unreadable(what));
            }
            values.push(AnyRef::decode(&mut reader).map_err(unreadable)?);
        }
        Ok(Self { values: values.into_iter().peekable(), what })
    }

    /// Those inside one value of this tag.
    pub(crate) fn into(value: AnyRef<'a>, tag: Tag, what: &'static str) -> Result<Self, Error> {
        if value.tag() == tag { Self::of(value.value(), what) } else { Err(Error::Unreadable(what)) }
    }

    /// The next value, which must have this tag.
    pub(crate) fn one(&mut self, tag: Tag) -> Result<AnyRef<'a>, Error> {
        self.maybe(tag).ok_or(Error::Unreadable(self.what))
    }

    /// The next value, if it has this tag.
    pub(crate) fn maybe(&mut self, tag: Tag) -> Option<AnyRef<'a>> {
        self.values.next_if(|value| value.tag() == tag)
    }

    /// The next value, whatever it is.
    pub(crate) fn any(&mut self) -> Result<AnyRef<'a>, Error> {
        self.values.next().ok_or(Error::Unreadable(self.what))
    }

    /// The next value as the name of something.
    pub(crate) fn oid(&mut self) -> Result<ObjectIdentifier, Error> {
        let what = self.what;
        self.one(Tag::ObjectIdentifier)?.decode_as().map_err(|_| Error::Unreadable(what))
    }
}

impl<'a> Iterator for Walk<'a> {
    type Item = AnyRef<'a>;

    fn next(&mut self) -> Option<AnyRef<'a>> {
        self.values.next()
    }
}

/// The one value that these bytes are.
pub(crate) fn whole<'a>(bytes: &'a [u8], what: &'static str) -> Result<AnyRef<'a>, Error> {
    AnyRef::from_der(bytes).map_err(|_| Error::Unreadable(what))
}

/// The tag `[number]`, of something that holds values.
pub(crate) const fn numbered(number: u32) -> Tag {
    Tag::ContextSpecific { constructed: true, number: TagNumber(number) }
}

/// A value written.
pub(crate) fn written(tag: Tag, value: &[u8]) -> Result<Vec<u8>, Error> {
    let any = AnyRef::new(tag, value).and_then(|any| any.to_der());
    any.map_err(|_| Error::Unreadable("question"))
}

/// A value with its tag and length, as it stood.
pub(crate) fn encoded(value: AnyRef<'_>, what: &'static str) -> Result<Vec<u8>, Error> {
    value.to_der().map_err(|_| Error::Unreadable(what))
}
