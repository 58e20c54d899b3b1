//! Whether the tables say what the record says, without making them again: write by write what each version says, and
//! object by object from when to when it and its links stand.

use super::VerifyReport;
use crate::chain::place;
use crate::engine::{Row, Session, Value, values};
use crate::error::Error;
use crate::projection::{NO_TIME, Projection};
use crate::sql;
use sitrep_model::Link;
use sitrep_model::change::Write;
use std::collections::BTreeMap;

/// Versions of an object read at a time.
const VERSIONS: u64 = 50;

/// Compares what the tables say of a write with what the record says; of an object's last one, with all its history.
pub(super) fn compare(session: &mut Session, write: &Write, row: &Row, report: &mut VerifyReport) -> Result<(), Error> {
    let projection = match write.deleted {
        true => None,
        false => match Projection::of_payload(write.kind, row.text(7)?) {
            Ok(projection) => Some(projection),
            Err(error) => {
                report.name(place(write), error.to_string());
                return Ok(());
            }
        },
    };
    let key = values![write.kind.as_str(), write.id.as_str(), write.version];
    let stored = session.query(sql::version::STORED, &key)?;
    let Some(stored) = stored.first() else {
        report.name(place(write), "its version is missing: `sitrep rebuild` makes it again");
        return Ok(());
    };
    let p = projection.as_ref();
    let as_recorded = stored.unsigned(3)? == row.unsigned(0)?
        && stored.unsigned(4)? == row.unsigned(1)?
        && stored.text_or_none(5) == p.and_then(|p| p.desk.as_deref())
        && stored.text_or_none(6) == p.and_then(|p| p.status.as_deref())
        && stored.text_or_none(7) == p.and_then(|p| p.key.as_deref())
        && stored.text_or_none(8) == p.and_then(|p| p.key_digest.as_deref())
        && stored.text(9)? == p.map_or("", |p| p.title.as_str())
        && stored.integer(10)? == p.map_or(NO_TIME, |p| p.sort_at)
        && stored.real_or_none(11) == p.and_then(|p| p.latitude)
        && stored.real_or_none(12) == p.and_then(|p| p.longitude)
        && stored.flag(15)? == write.deleted;
    if !as_recorded {
        report.name(place(write), "its version is not what the record says: `sitrep rebuild` makes it again");
    }
    if stored.integer_or_none(14).is_none() {
        history(session, write, report)?;
    }
    Ok(())
}

/// Counts what no walk along the record comes by.
pub(super) fn count(session: &mut Session, report: &mut VerifyReport) -> Result<(), Error> {
    let mut number =
        |sql: &str| -> Result<u64, Error> { session.query(sql, &[])?.first().map_or(Ok(0), |row| row.unsigned(0)) };
    let (versions, writes) = (number(sql::version::COUNT)?, number(sql::record::COUNT_WRITES)?);
    let ended = number(sql::version::ENDED_BY_NOTHING)?;
    let stray = number(sql::link::STRAY)?;
    if versions != writes {
        report.name("version", format!("{versions} versions for {writes} writes: `sitrep rebuild` makes them again"));
    }
    if ended > 0 {
        let fault = format!("{ended} versions have ended and none follows them: `sitrep rebuild` makes them again");
        report.name("version", fault);
    }
    if stray > 0 {
        let fault = format!("{stray} links are of versions that are not there: `sitrep rebuild` makes them again");
        report.name("link", fault);
    }
    Ok(())
}

/// Version, role, kind, id and anchor of a link; since when and until when it stands.
type Links = BTreeMap<Vec<String>, (i64, Option<i64>)>;

/// What of an object's history was read so far.
#[derive(Default)]
struct History {
    from: Option<i64>,
    until: Option<i64>,
    open: Vec<(Link, Vec<String>)>,
    links: Links,
}

fn history(session: &mut Session, write: &Write, report: &mut VerifyReport) -> Result<(), Error> {
    let (kind, id) = (write.kind.as_str(), write.id.as_str());
    let (mut told, mut after) = (History::default(), 0_u64);
    loop {
        let rows = session.query(sql::version::TOLD, &values![kind, id, after, VERSIONS])?;
        for row in &rows {
            after = row.unsigned(0)?;
            // A payload that does not read was named already.
            let Ok(right) = told.version(write, row) else { return Ok(()) };
            if !right {
                let fault =
                    "the times between which it stands are not what the record says: `sitrep rebuild` makes it again";
                report.name(format!("{kind} {id} version {after}"), fault);
            }
        }
        if (rows.len() as u64) < VERSIONS {
            break;
        }
    }
    let mut stored = Links::new();
    for row in session.query(sql::link::OF, &values![kind, id])? {
        let key = row.0.iter().take(5).map(|value| match value {
            Value::Integer(version) => version.to_string(),
            Value::Text(text) => text.clone(),
            _ => String::new(),
        });
        stored.insert(key.collect(), (row.integer(5)?, row.integer_or_none(6)));
    }
    if stored != told.links {
        report.name(place(write), "its links are not what the record says: `sitrep rebuild` makes them again");
    }
    Ok(())
}

impl History {
    /// Takes in one version more; whether the times between which it stands are right.
    fn version(&mut self, write: &Write, row: &Row) -> Result<bool, Error> {
        let (version, recorded) = (row.unsigned(0)?, row.integer(3)?);
        // Knowledge does not run backwards.
        let from = self.from.map_or(recorded, |before| before.max(recorded));
        let follows = self.from.is_none() || self.until == Some(from);
        let now = match row.flag(4)? {
            true => Vec::new(),
            false => Projection::of_payload(write.kind, row.text(5)?)?.links,
        };
        let mut open = Vec::with_capacity(now.len());
        for (link, key) in std::mem::take(&mut self.open) {
            if now.binary_search(&link).is_ok() {
                open.push((link, key));
            } else if let Some(stands) = self.links.get_mut(&key) {
                stands.1 = Some(from);
            }
        }
        for link in now {
            if open.iter().any(|(before, _)| *before == link) {
                continue;
            }
            let anchor = link.anchor.clone().unwrap_or_default();
            let kind = link.kind.as_str().to_owned();
            let key = vec![version.to_string(), link.role.clone(), kind, link.id.clone(), anchor];
            self.links.insert(key.clone(), (from, None));
            open.push((link, key));
        }
        self.open = open;
        self.from = Some(from);
        self.until = row.integer_or_none(2);
        Ok(row.integer(1)? == from && follows)
    }
}
