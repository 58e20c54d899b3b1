//! What people decide about documents: keep, drop, later, whose task, whether it is graphic. Each act is a change of the record.

use super::undo::{self, Part};
use crate::error::Error;
use crate::newsroom::{Newsroom, must};
use crate::who::Who;
use serde::{Deserialize, Serialize};
use sitrep_model::account::{Account, Permission, Role};
use sitrep_model::document::{Document, Triage};
use sitrep_model::handling::{Assigned, Decided, Handling};
use sitrep_model::id::{AccountId, DeskId, DocumentId};
use sitrep_store::{Expected, Versioned, Writer};

/// Documents of one act, at most: a story's.
const TOGETHER: usize = 500;

/// What people decide about a document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct State {
    pub(super) triage: Triage,
    pub(super) handling: Handling,
}

impl Newsroom {
    /// Writes down what was decided about a document.
    pub fn triage(&self, who: &Who, desk: &DeskId, id: &str, triage: Triage) -> Result<(), Error> {
        self.triage_all(who, desk, &[DocumentId::from(id)], triage)
    }

    /// Writes down one decision about several documents: one act, which is taken back as one.
    pub fn triage_all(&self, who: &Who, desk: &DeskId, ids: &[DocumentId], triage: Triage) -> Result<(), Error> {
        let decided = Decided { by: who.name(), at: self.now() };
        self.handle(who, desk, "document.triage", ids, |state| {
            if state.triage != triage {
                state.triage = triage;
                state.handling.decided = Some(decided.clone());
            }
        })
    }

    /// Makes a document somebody's task, or nobody's. `to` is a login or an account's id.
    pub fn assign(&self, who: &Who, desk: &DeskId, id: &str, to: Option<&str>) -> Result<Option<Account>, Error> {
        who.must_be(Role::Analyst, desk)?;
        let account = to.map(|to| self.member(desk, to)).transpose()?;
        let (by, at) = (who.name(), self.now());
        let to: Option<AccountId> = account.as_ref().map(|account| account.id.clone());
        self.handle(who, desk, "document.assign", &[DocumentId::from(id)], |state| {
            if state.handling.assigned.as_ref().map(|assigned| &assigned.to) != to.as_ref() {
                state.handling.assigned = to.clone().map(|to| Assigned { to, by: by.clone(), at });
            }
        })?;
        Ok(account)
    }

    /// Says whether a document shows what not everybody can bear.
    pub fn mark_graphic(&self, who: &Who, desk: &DeskId, id: &str, graphic: bool) -> Result<(), Error> {
        self.handle(who, desk, "document.mark_graphic", &[DocumentId::from(id)], |state| {
            state.handling.graphic = Some(graphic);
        })
    }

    /// Everybody who works on a desk, by name.
    pub fn members(&self, who: &Who, desk: &DeskId) -> Result<Vec<Account>, Error> {
        who.must_be(Role::Reader, desk)?;
        let member = |account: &Account| account.may(Permission::Desk(Role::Reader), Some(desk));
        Ok(self.accounts()?.into_iter().map(|found| found.value).filter(member).collect())
    }

    fn member(&self, desk: &DeskId, name: &str) -> Result<Account, Error> {
        let known = self.members(&Who::Program("inbox"), desk)?;
        let named = |account: &Account| account.id.as_str() == name || account.login == name.to_lowercase();
        known.into_iter().find(named).ok_or_else(|| Error::field("to", format!("nobody of this desk is {name:?}")))
    }

    fn handle(
        &self,
        who: &Who,
        desk: &DeskId,
        verb: &str,
        ids: &[DocumentId],
        change: impl Fn(&mut State),
    ) -> Result<(), Error> {
        who.must_be(Role::Analyst, desk)?;
        if ids.len() > TOGETHER {
            return Err(Error::invalid(format!("at most {TOGETHER} documents are decided about together")));
        }
        self.write(who, verb, Some(desk), None, |writer| {
            let mut parts = Vec::new();
            for id in ids {
                let found = must::<Document>(writer, desk, id.as_str())?;
                let before = state(&found.value);
                let mut after = before.clone();
                change(&mut after);
                if after != before {
                    put(writer, found, after.clone())?;
                    let (before, after) = (Box::new(before), Box::new(after));
                    parts.push(Part::Document { document: id.clone(), before, after });
                }
            }
            if parts.is_empty() {
                return Ok(());
            }
            undo::remember(writer, who, desk, parts)
        })
    }
}

pub(super) fn state(document: &Document) -> State {
    State { triage: document.triage, handling: document.handling.clone() }
}

/// Writes a state; a reading that came in the meantime stays.
pub(super) fn put(writer: &mut Writer<'_>, found: Versioned<Document>, state: State) -> Result<(), Error> {
    let document = Document { triage: state.triage, handling: state.handling, ..found.value };
    writer.put(&document, Expected::Version(found.version))?;
    Ok(())
}

/// A decision by its name.
pub fn triage_named(name: &str) -> Result<Triage, Error> {
    [Triage::New, Triage::Kept, Triage::Later, Triage::Dropped]
        .into_iter()
        .find(|triage| triage.as_str() == name)
        .ok_or_else(|| Error::field("triage", format!("{name:?} is no decision: new, kept, later or dropped")))
}
