//! Lists and single objects of any kind, for pages, forms and the API.

use crate::error::Error;
use crate::newsroom::{Newsroom, look};
use crate::who::Who;
use jiff::Timestamp;
use sitrep_model::account::Role;
use sitrep_model::desk::Desk;
use sitrep_model::id::DeskId;
use sitrep_model::visibility::Visibility;
use sitrep_model::{Kind, Noun};
use sitrep_store::{Order, Page, Query, Reader, VersionInfo, Versioned};

/// Objects read at a time where all are wanted.
const BATCH: usize = 500;

/// All objects of a kind (of a desk), by title.
pub(crate) fn all<N: Noun>(reader: &mut Reader<'_>, desk: Option<&DeskId>) -> Result<Vec<N>, Error> {
    all_as_of(reader, desk, None)
}

/// All objects of a kind (of a desk) as known at a moment, by title.
pub(crate) fn all_as_of<N: Noun>(
    reader: &mut Reader<'_>,
    desk: Option<&DeskId>,
    as_of: Option<Timestamp>,
) -> Result<Vec<N>, Error> {
    let mut query = Query { desk: desk.cloned(), order: Order::Title, limit: BATCH, as_of, ..Query::default() };
    let mut found = Vec::new();
    loop {
        let page: Page<Versioned<N>> = reader.list(&query)?;
        found.extend(page.items.into_iter().map(|item| item.value));
        match page.next {
            Some(next) => query.after = Some(next),
            None => return Ok(found),
        }
    }
}

impl Newsroom {
    /// A desk; desks are public.
    pub fn desk(&self, id: &DeskId) -> Result<Desk, Error> {
        let found: Option<Versioned<Desk>> = self.read(|reader| Ok(reader.get(id.as_str())?))?;
        found.map(|found| found.value).ok_or_else(|| Error::not_found("desk", id.as_str()))
    }

    /// Every desk, by name.
    pub fn desks(&self) -> Result<Vec<Desk>, Error> {
        self.read(|reader| all(reader, None))
    }

    /// One page of a desk's objects, for the newsroom.
    pub fn list<N: Noun>(&self, who: &Who, desk: &DeskId, query: &Query) -> Result<Page<Versioned<N>>, Error> {
        who.must_be(Role::Reader, desk)?;
        let query = Query { desk: Some(desk.clone()), ..query.clone() };
        self.read(|reader| Ok(reader.list(&query)?))
    }

    /// All of a desk's objects of a kind, by title: for registers that fit on a page.
    pub fn all<N: Noun>(&self, who: &Who, desk: &DeskId) -> Result<Vec<N>, Error> {
        who.must_be(Role::Reader, desk)?;
        self.read(|reader| all(reader, Some(desk)))
    }

    /// How many objects a desk has (of some states).
    pub fn count<N: Noun>(&self, desk: &DeskId, status: &[&str]) -> Result<u64, Error> {
        let status = status.iter().map(|state| (*state).to_owned()).collect();
        let query = Query { desk: Some(desk.clone()), status, ..Query::default() };
        self.read(|reader| Ok(reader.count::<N>(&query)?))
    }

    /// An object of a desk, for the newsroom.
    pub fn get<N: Noun>(
        &self,
        who: &Who,
        desk: &DeskId,
        id: &str,
        as_of: Option<Timestamp>,
    ) -> Result<Versioned<N>, Error> {
        who.must_be(Role::Reader, desk)?;
        let found = self.read(|reader| look::<N>(reader, id, as_of))?;
        found
            .filter(|found| found.value.desk().is_none_or(|of| of == desk))
            .ok_or_else(|| Error::not_found(N::KIND.as_str(), id))
    }

    /// Every version of an object, oldest first.
    pub fn history(&self, kind: Kind, id: &str) -> Result<Vec<VersionInfo>, Error> {
        self.read(|reader| Ok(reader.history(kind, id)?))
    }

    /// One version of an object.
    pub fn version<N: Noun>(&self, id: &str, version: u64) -> Result<Option<Versioned<N>>, Error> {
        self.read(|reader| Ok(reader.get_version(id, version)?))
    }

    /// The record behind a place, newest last, for the operator.
    pub fn record(&self, after: u64, limit: usize) -> Result<Vec<sitrep_model::change::Change>, Error> {
        self.read(|reader| Ok(reader.changes(after, limit)?))
    }
}

/// Whether somebody may see a thing of that visibility.
pub(crate) fn sees(who: &Who, desk: &DeskId, visibility: Visibility) -> bool {
    visibility == Visibility::Public || who.is_newsroom(desk)
}
