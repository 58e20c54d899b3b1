//! What lists can be asked for, and the statement that answers.

use crate::canonical::{hex, unhex};
use crate::engine::Value;
use crate::error::Error;
use crate::projection::NO_TIME;
use jiff::Timestamp;
use sitrep_model::Kind;
use sitrep_model::id::DeskId;

/// An object as it stood at one version.
#[derive(Debug, Clone, PartialEq)]
pub struct Versioned<N> {
    /// The object.
    pub value: N,
    /// Its version, from 1.
    pub version: u64,
    /// The change that wrote it.
    pub seq: u64,
    /// Since when we knew it so.
    pub recorded: Timestamp,
}

/// The order of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Order {
    /// Latest valid time first.
    #[default]
    NewestFirst,
    /// Earliest valid time first.
    OldestFirst,
    /// By title, in code point order.
    Title,
}

/// Where the next page begins; opaque.
pub type Cursor = String;

/// What a list is asked for. Deleted objects are never listed.
#[derive(Debug, Clone, PartialEq)]
pub struct Query {
    /// Only this desk's.
    pub desk: Option<DeskId>,
    /// Only these states; empty for all.
    pub status: Vec<String>,
    /// As known at this moment of recorded time; `None` for now.
    pub as_of: Option<Timestamp>,
    /// Valid time (`sort_at`) from here on.
    pub from: Option<Timestamp>,
    /// Valid time (`sort_at`) before this.
    pub to: Option<Timestamp>,
    /// Within west, south, east, north in degrees; west may be greater than east across the date line.
    pub bbox: Option<[f64; 4]>,
    /// Has a thread (of this role) to that object.
    pub linked: Option<(Option<String>, Kind, String)>,
    /// The order.
    pub order: Order,
    /// Most items on a page.
    pub limit: usize,
    /// Where the page begins: `next` of the page before.
    pub after: Option<Cursor>,
}

impl Default for Query {
    fn default() -> Self {
        Self {
            desk: None,
            status: Vec::new(),
            as_of: None,
            from: None,
            to: None,
            bbox: None,
            linked: None,
            order: Order::default(),
            limit: 50,
            after: None,
        }
    }
}

/// One page of a list.
#[derive(Debug, Clone, PartialEq)]
pub struct Page<T> {
    /// The items.
    pub items: Vec<T>,
    /// Where the next page begins, where there is one.
    pub next: Option<Cursor>,
}

/// A statement being put together. Its parts are fixed texts, so that few different statements arise.
pub(crate) struct Statement {
    pub(crate) sql: String,
    pub(crate) values: Vec<Value>,
}

impl Statement {
    fn bind(&mut self, value: impl Into<Value>) -> String {
        self.values.push(value.into());
        format!("?{}", self.values.len())
    }

    fn and(&mut self, condition: &str) {
        self.sql.push_str(" AND ");
        self.sql.push_str(condition);
    }
}

/// What a list gives of each object: all of it, or what lists name it by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Columns {
    Whole,
    Named,
}

impl Columns {
    const fn select(self) -> &'static str {
        match self {
            Self::Whole => {
                "SELECT v.version, v.seq, v.recorded_from, w.payload, v.sort_at, v.title, v.id FROM version v \
                 JOIN change_write w ON w.seq = v.seq AND w.ordinal = v.ordinal"
            }
            Self::Named => "SELECT v.id, v.version, v.key, v.title, v.status FROM version v",
        }
    }
}

/// The list, one row more than asked for, so that it is known whether there is a next page.
pub(crate) fn list(kind: Kind, query: &Query, columns: Columns) -> Result<Statement, Error> {
    let select = columns.select();
    let mut statement = filtered(select, kind, query);
    if let Some(cursor) = &query.after {
        let bad = || Error::Invalid("this page's cursor is none of ours: begin at the first page".to_owned());
        let text = unhex(cursor).and_then(|bytes| String::from_utf8(bytes).ok()).ok_or_else(bad)?;
        let (place, id) = text.rsplit_once('\0').ok_or_else(bad)?;
        let place = match query.order {
            Order::Title if place.contains('\0') => return Err(bad()),
            Order::Title => statement.bind(place),
            Order::NewestFirst | Order::OldestFirst => statement.bind(place.parse::<i64>().map_err(|_| bad())?),
        };
        let id = statement.bind(id);
        statement.and(&match query.order {
            Order::NewestFirst => format!("(v.sort_at, v.id) < ({place}, {id})"),
            Order::OldestFirst => format!("(v.sort_at, v.id) > ({place}, {id})"),
            Order::Title => format!("(v.title, v.id) > ({place}, {id})"),
        });
    }
    let limit = statement.bind(query.limit.saturating_add(1) as u64);
    statement.sql.push_str(match query.order {
        Order::NewestFirst => " ORDER BY v.sort_at DESC, v.id DESC LIMIT ",
        Order::OldestFirst => " ORDER BY v.sort_at, v.id LIMIT ",
        Order::Title => " ORDER BY v.title, v.id LIMIT ",
    });
    statement.sql.push_str(&limit);
    Ok(statement)
}

/// How many a list would have in all; `limit` and `after` are not looked at.
pub(crate) fn count(kind: Kind, query: &Query) -> Statement {
    filtered("SELECT COUNT(*) FROM version v", kind, query)
}

/// The cursor behind a row.
pub(crate) fn cursor(order: Order, sort_at: i64, title: &str, id: &str) -> Cursor {
    match order {
        Order::Title => hex(format!("{title}\0{id}").as_bytes()),
        Order::NewestFirst | Order::OldestFirst => hex(format!("{sort_at}\0{id}").as_bytes()),
    }
}

fn filtered(select: &str, kind: Kind, query: &Query) -> Statement {
    let mut statement =
        Statement { sql: format!("{select} WHERE v.kind = ?1 AND v.deleted = 0"), values: vec![kind.as_str().into()] };
    let then = query.as_of.map(|at| statement.bind(at));
    let known = |table: &str| match &then {
        Some(at) => format!(
            "{table}.recorded_from <= {at} AND ({table}.recorded_until IS NULL OR {table}.recorded_until > {at})"
        ),
        None => format!("{table}.recorded_until IS NULL"),
    };
    statement.and(&known("v"));
    if let Some(desk) = &query.desk {
        let desk = statement.bind(desk.as_str());
        statement.and(&format!("v.desk = {desk}"));
    }
    if !query.status.is_empty() {
        let states: Vec<String> = query.status.iter().map(|state| statement.bind(state.as_str())).collect();
        statement.and(&format!("v.status IN ({})", states.join(", ")));
    }
    if let Some(from) = query.from {
        let from = statement.bind(from);
        statement.and(&format!("v.sort_at >= {from}"));
    }
    if let Some(to) = query.to {
        let (to, none) = (statement.bind(to), statement.bind(NO_TIME));
        statement.and(&format!("v.sort_at < {to} AND v.sort_at > {none}"));
    }
    if let Some([west, south, east, north]) = query.bbox {
        let (w, s, e, n) = (statement.bind(west), statement.bind(south), statement.bind(east), statement.bind(north));
        let across = if west <= east { "AND" } else { "OR" };
        statement.and(&format!("v.latitude BETWEEN {s} AND {n} AND (v.longitude >= {w} {across} v.longitude <= {e})"));
    }
    if let Some((role, to_kind, to_id)) = &query.linked {
        let (to_kind, to_id) = (statement.bind(to_kind.as_str()), statement.bind(to_id.as_str()));
        let role = role.as_ref().map(|role| format!(" AND l.role = {}", statement.bind(role.as_str())));
        statement.and(&format!(
            "EXISTS (SELECT 1 FROM link l WHERE l.to_kind = {to_kind} AND l.to_id = {to_id} AND l.from_kind = v.kind \
             AND l.from_id = v.id AND {}{})",
            known("l"),
            role.unwrap_or_default()
        ));
    }
    statement
}
