//! Making versions and links again from the record.

use crate::digest;
use crate::engine::{Session, values};
use crate::error::Error;
use crate::projection::Projection;
use crate::reader::{Reader, write};
use crate::readmodel::{self, Written};
use crate::sql;
use crate::store::Store;
use sitrep_model::change::{Change, Write};

/// Changes replayed at a time.
const BATCH: usize = 200;

/// The tables' digest before and after.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RebuildReport {
    /// Of the tables that were there.
    pub before: crate::Digest,
    /// Of the tables that were made.
    pub after: crate::Digest,
}

impl Store {
    /// Drops versions and links and makes them from the record, in one transaction. `progress` hears how many of how many
    /// changes are done.
    pub fn rebuild(&self, progress: &mut dyn FnMut(u64, u64)) -> Result<RebuildReport, Error> {
        self.pool().write(|session| {
            session.lock_record()?;
            let before = digest::of_tables(session)?;
            session.execute(sql::link::CLEAR, &[])?;
            session.execute(sql::version::CLEAR, &[])?;
            let (head, _) = Reader { session }.head()?;
            let mut done = 0;
            while done < head {
                let changes = Reader { session }.changes(done, BATCH)?;
                let Some(last) = changes.last().map(|change| change.seq) else { break };
                let rows = session.query(sql::record::PAYLOADS, &values![done, last])?;
                for row in &rows {
                    let seq = row.unsigned(0)?;
                    let change = changes.iter().find(|change| change.seq == seq);
                    let change = change.ok_or_else(|| Error::damaged(format!("change {seq}"), "it is missing"))?;
                    replay(session, change, row.unsigned(1)?, &write(row)?, row.text(7)?)?;
                }
                done = last;
                progress(done, head);
            }
            Ok(RebuildReport { before, after: digest::of_tables(session)? })
        })
    }
}

/// Enters one write of the record, with its payload, into the tables.
pub(crate) fn replay(
    session: &mut Session,
    change: &Change,
    ordinal: u64,
    write: &Write,
    payload: &str,
) -> Result<(), Error> {
    let projection = match write.deleted {
        true => None,
        false => Some(Projection::of_payload(write.kind, payload).map_err(|error| match error {
            Error::Damaged { fault, .. } => {
                Error::damaged(format!("change {}, {} {}", change.seq, write.kind.as_str(), write.id), fault)
            }
            other => other,
        })?),
    };
    readmodel::apply(
        session,
        &Written {
            seq: change.seq,
            ordinal,
            kind: write.kind,
            id: &write.id,
            version: write.version,
            recorded: change.recorded,
            projection: projection.as_ref(),
        },
    )
}
