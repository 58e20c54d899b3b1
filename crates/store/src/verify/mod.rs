//! Walking chain, payloads, tables and blobs, and naming what is damaged.

mod tables;

use crate::chain::{self, Chain, Spoken};
use crate::engine::values;
use crate::error::Error;
use crate::reader::{Reader, write};
use crate::sql;
use crate::store::Store;
use serde::{Deserialize, Serialize};

/// Changes looked at, at a time.
const BATCH: usize = 200;
/// Damages named before the rest is only counted.
const NAMED: usize = 1000;

/// One thing that is not as it should be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Damage {
    /// Where: `change 12`, `blob ab12…`, `edition e1 version 3`.
    pub place: String,
    /// What is wrong.
    pub fault: String,
}

/// What a walk found.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct VerifyReport {
    /// Changes walked.
    pub changes: u64,
    /// Writes walked.
    pub writes: u64,
    /// Blobs read.
    pub blobs: u64,
    /// What is damaged; the first thousand.
    pub damage: Vec<Damage>,
    /// How many damages in all.
    pub damaged: u64,
}

impl VerifyReport {
    /// Nothing is damaged.
    pub fn is_clean(&self) -> bool {
        self.damaged == 0
    }

    fn add(&mut self, damage: impl IntoIterator<Item = Damage>) {
        damage.into_iter().for_each(|damage| self.name(damage.place, damage.fault));
    }

    fn name(&mut self, place: impl Into<String>, fault: impl Into<String>) {
        self.damaged += 1;
        if self.damage.len() < NAMED {
            self.damage.push(Damage { place: place.into(), fault: fault.into() });
        }
    }
}

impl Store {
    /// Walks the record from its beginning, then the blobs. `progress` hears how many of how many steps are done.
    pub fn verify(&self, progress: &mut dyn FnMut(u64, u64)) -> Result<VerifyReport, Error> {
        let mut report = VerifyReport::default();
        let mut spoken = Spoken::default();
        self.read(|reader| walk(reader, &mut report, &mut spoken, progress))?;
        let mut wanted = spoken.wanted();
        let names = self.blobs().names()?;
        let total = report.changes + names.len() as u64;
        for name in &names {
            match self.blobs().get(name) {
                Ok(_) => {}
                Err(Error::Damaged { place, fault }) => report.name(place, fault),
                Err(error) => report.name(format!("blob {name}"), error.to_string()),
            }
            if spoken.is_gone(name) {
                report.name(
                    format!("blob {name}"),
                    "its removal is recorded and its bytes are still here: remove it again",
                );
            }
            report.blobs += 1;
            wanted.remove(name);
            progress(report.changes + report.blobs, total);
        }
        for name in wanted {
            report.name(format!("blob {name}"), "the record speaks of it and it is not there");
        }
        Ok(report)
    }
}

fn walk(
    reader: &mut Reader<'_>,
    report: &mut VerifyReport,
    blobs: &mut Spoken,
    progress: &mut dyn FnMut(u64, u64),
) -> Result<(), Error> {
    let (head, _) = reader.head()?;
    let (mut chain, mut after) = (Chain::new(), 0);
    loop {
        let changes = reader.changes(after, BATCH)?;
        let Some(last) = changes.last().map(|change| change.seq) else { break };
        let rows = reader.session.query(sql::record::PAYLOADS, &values![after, last])?;
        for change in &changes {
            report.add(chain.follow(change)?);
            report.changes += 1;
        }
        for row in &rows {
            let write = write(row)?;
            match chain::altered(row.unsigned(0)?, &write, row.text(7)?) {
                Some(damage) => report.add([damage]),
                None => blobs.hear(row.text(7)?),
            }
            tables::compare(reader.session, &write, row, report)?;
            report.writes += 1;
        }
        after = last;
        progress(report.changes, head);
    }
    let stray = reader.session.query(sql::record::STRAY_WRITES, &[])?;
    if stray.first().map_or(Ok(0), |row| row.unsigned(0))? > 0 {
        report.name("change_write", "it holds writes of changes that are not in the record");
    }
    tables::count(reader.session, report)?;
    Ok(())
}
