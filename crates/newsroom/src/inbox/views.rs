//! Saved views: what somebody wants to look through again. They are one's own, and stand beside the record.

use crate::error::Error;
use crate::newsroom::Newsroom;
use crate::vault;
use crate::who::Who;
use serde::{Deserialize, Serialize};
use sitrep_model::account::Role;
use sitrep_model::id::DeskId;

const VIEWS: &str = "inbox-views";
/// Views of a person on a desk, at most.
const MOST: usize = 30;
/// Longest name, in code points.
const LONGEST: usize = 60;

/// A view under the name that its owner gave it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SavedView {
    /// Its name.
    pub name: String,
    /// Its filters, as an address's query.
    pub query: String,
}

impl Newsroom {
    /// One's saved views on a desk, in the order in which they were saved.
    pub fn views(&self, who: &Who, desk: &DeskId) -> Result<Vec<SavedView>, Error> {
        who.must_be(Role::Reader, desk)?;
        let Some(key) = key(who, desk) else { return Ok(Vec::new()) };
        self.store().operate(|operations| Ok(vault::read(operations, VIEWS, &key)?.unwrap_or_default()))
    }

    /// Saves a view; one of the same name is replaced.
    pub fn save_view(&self, who: &Who, desk: &DeskId, view: &SavedView) -> Result<(), Error> {
        let name = view.name.trim();
        if name.is_empty() || name.chars().count() > LONGEST {
            return Err(Error::field("name", format!("a view needs a name of at most {LONGEST} characters")));
        }
        if view.query.len() > 2_000 {
            return Err(Error::field("query", "these filters are too long to keep"));
        }
        let view = SavedView { name: name.to_owned(), query: view.query.clone() };
        self.change_views(who, desk, |views| {
            if let Some(known) = views.iter_mut().find(|known| known.name == view.name) {
                known.query = view.query;
            } else if views.len() < MOST {
                views.push(view);
            } else {
                return Err(Error::invalid(format!("at most {MOST} views: let one go first")));
            }
            Ok(())
        })
    }

    /// Lets a view go.
    pub fn forget_view(&self, who: &Who, desk: &DeskId, name: &str) -> Result<(), Error> {
        self.change_views(who, desk, |views| {
            let before = views.len();
            views.retain(|view| view.name != name);
            if views.len() == before { Err(Error::not_found("view", name)) } else { Ok(()) }
        })
    }

    fn change_views(
        &self,
        who: &Who,
        desk: &DeskId,
        change: impl FnOnce(&mut Vec<SavedView>) -> Result<(), Error>,
    ) -> Result<(), Error> {
        who.must_be(Role::Reader, desk)?;
        let key = key(who, desk).ok_or_else(|| Error::invalid("views belong to an account"))?;
        self.store().operate(|operations| {
            let mut views: Vec<SavedView> = vault::read(operations, VIEWS, &key)?.unwrap_or_default();
            change(&mut views)?;
            vault::keep(operations, VIEWS, &key, &views)
        })
    }
}

fn key(who: &Who, desk: &DeskId) -> Option<String> {
    who.account().map(|account| format!("{desk}/{}", account.id))
}
