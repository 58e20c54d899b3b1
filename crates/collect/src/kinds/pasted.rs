//! Addresses that a person pastes: nothing is looked at by itself.

use super::{Answer, Ask, Error, Found, Kind, Memory, Origin, Sample, fetched, no_address, no_file};
use sitrep_model::source::Collection;

pub(super) const KIND: Kind = Kind {
    id: "pasted",
    label: "Pasted addresses",
    what: "Nothing is looked at by itself: a person, the bookmarklet or a program gives addresses.",
    origin: Origin::Hand,
    settings: &[],
    plan,
    read,
    recognise: no_address,
    one: fetched,
    takes: no_file,
    sample: Sample { collection: Collection::pasted, content_type: "text/plain", body: None, finds: &[] },
};

fn plan(_: &Collection, _: &Memory) -> Result<Vec<Ask>, Error> {
    Ok(Vec::new())
}

fn read(_: &Collection, _: &Ask, _: &Answer<'_>) -> Result<Found, Error> {
    Ok(Found::default())
}
