//! Who opened what: beside the record, for a quarter of a year, so that two people need not read the same.

use super::InboxLine;
use crate::clock::later;
use crate::error::Error;
use crate::newsroom::Newsroom;
use crate::who::Who;
use jiff::Timestamp;
use sitrep_model::account::Role;
use sitrep_model::id::{AccountId, DeskId};
use std::collections::HashMap;

/// Seconds that a mark is kept: ninety days.
const HOLDS: i64 = 90 * 24 * 3600;

/// A person who opened a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DocumentReader {
    /// Whose account it is.
    pub account: AccountId,
    /// The name shown.
    pub name: String,
    /// When it was opened last.
    pub at: Timestamp,
}

impl Newsroom {
    /// Writes down that somebody opened a document.
    pub fn mark_read(&self, who: &Who, desk: &DeskId, id: &str) -> Result<(), Error> {
        who.must_be(Role::Reader, desk)?;
        let Some(account) = who.account() else { return Ok(()) };
        let now = self.now();
        let at = now.to_string();
        let kept = |operations: &mut sitrep_store::Operations<'_>| {
            operations.token_put(&realm(desk, id), account.id.as_str(), at.as_bytes(), later(now, HOLDS))
        };
        Ok(self.store().operate(kept)?)
    }

    /// Fills in who opened what.
    pub(super) fn tell_readers<'l>(
        &self,
        desk: &DeskId,
        lines: impl IntoIterator<Item = &'l mut InboxLine>,
    ) -> Result<(), Error> {
        let accounts = self.accounts()?.into_iter().map(|found| found.value);
        let names: HashMap<AccountId, String> = accounts.map(|account| (account.id, account.name)).collect();
        let now = self.now();
        self.store().operate(|operations| {
            for line in lines {
                let marks = operations.token_list(&realm(desk, line.document.value.id.as_str()))?;
                let standing = marks.into_iter().filter(|(_, _, expires)| *expires > now);
                let reader = |(account, at, _): (String, Vec<u8>, Timestamp)| {
                    let account = AccountId(account);
                    let name = names.get(&account)?.clone();
                    let at = String::from_utf8_lossy(&at).parse().ok()?;
                    Some(DocumentReader { account, name, at })
                };
                line.readers = standing.filter_map(reader).collect();
                line.readers.sort_by_key(|reader| reader.at);
                let assigned = line.document.value.handling.assigned.as_ref();
                line.task_of = assigned.and_then(|assigned| names.get(&assigned.to).cloned());
            }
            Ok(())
        })
    }
}

fn realm(desk: &DeskId, document: &str) -> String {
    format!("read/{desk}/{document}")
}
