//! The tables made from the record: what one write does to them. The writer and the rebuilding both come through here.

use crate::engine::{Session, values};
use crate::error::Error;
use crate::projection::Projection;
use crate::reader::link;
use crate::sql;
use jiff::Timestamp;
use sitrep_model::{Kind, Link};

/// One write of the record, as the tables need it.
pub(crate) struct Written<'a> {
    pub(crate) seq: u64,
    pub(crate) ordinal: u64,
    pub(crate) kind: Kind,
    pub(crate) id: &'a str,
    pub(crate) version: u64,
    /// When we knew.
    pub(crate) recorded: Timestamp,
    /// What the version says; `None` for a deletion.
    pub(crate) projection: Option<&'a Projection>,
}

/// Closes what stood before and enters what stands now.
pub(crate) fn apply(session: &mut Session, written: &Written<'_>) -> Result<(), Error> {
    let kind = written.kind.as_str();
    let mut from = written.recorded;
    let mut open = Vec::new();
    if written.version > 1 {
        let before = session.query(sql::version::LAST, &values![kind, written.id])?;
        if let Some(row) = before.first() {
            // Knowledge does not run backwards: a version is never known before the one it replaces.
            from = from.max(row.time(1)?);
        }
        session.execute(sql::version::CLOSE, &values![kind, written.id, from])?;
        let rows = session.query(sql::link::OPEN, &values![kind, written.id])?;
        open = rows.iter().map(link).collect::<Result<Vec<_>, _>>()?;
    }
    insert(session, written, from)?;
    let now: &[Link] = written.projection.map_or(&[], |projection| &projection.links);
    for link in open.iter().filter(|link| now.binary_search(link).is_err()) {
        let anchor = link.anchor.as_deref().unwrap_or_default();
        session.execute(
            sql::link::CLOSE,
            &values![kind, written.id, link.role.as_str(), link.kind.as_str(), link.id.as_str(), anchor, from],
        )?;
    }
    open.sort();
    for link in now.iter().filter(|link| open.binary_search(link).is_err()) {
        let anchor = link.anchor.as_deref().unwrap_or_default();
        session.execute(
            sql::link::INSERT,
            &values![
                kind,
                written.id,
                written.version,
                link.role.as_str(),
                link.kind.as_str(),
                link.id.as_str(),
                anchor,
                from
            ],
        )?;
    }
    Ok(())
}

fn insert(session: &mut Session, written: &Written<'_>, from: Timestamp) -> Result<(), Error> {
    let p = written.projection;
    session.execute(
        sql::version::INSERT,
        &values![
            written.kind.as_str(),
            written.id,
            written.version,
            written.seq,
            written.ordinal,
            p.and_then(|p| p.desk.as_deref()),
            p.and_then(|p| p.status.as_deref()),
            p.and_then(|p| p.key.as_deref()),
            p.and_then(|p| p.key_digest.as_deref()),
            p.map_or("", |p| p.title.as_str()),
            p.map_or(crate::projection::NO_TIME, |p| p.sort_at),
            p.and_then(|p| p.latitude),
            p.and_then(|p| p.longitude),
            from,
            p.is_none(),
        ],
    )?;
    Ok(())
}
