//! Taking the best units, and counting, under filters that are read from columns: no list of what passes them is walked.

use super::index::Snapshot;
use super::schema::{OPEN, PUBLIC};
use std::cmp::Ordering;
use std::collections::{BinaryHeap, HashSet};
use std::sync::Arc;
use tantivy::collector::{Collector, SegmentCollector};
use tantivy::columnar::ColumnValues;
use tantivy::query::{EnableScoring, Query, Weight};
use tantivy::{DocAddress, DocId, Score, SegmentReader, TERMINATED};

/// Units looked at for a count before the rest is estimated.
const COUNTED: u64 = 4_000;

/// What a unit must be.
#[derive(Debug, Clone, Default)]
pub(super) struct Filter {
    /// One bit a kind; `PUBLIC` where it must be.
    pub(super) kinds: u64,
    pub(super) public: bool,
    pub(super) desk: Option<u64>,
    pub(super) at: Option<i64>,
    pub(super) from: Option<i64>,
    pub(super) to: Option<i64>,
}

/// What filters read of one segment.
pub(super) struct Columns {
    meta: Arc<dyn ColumnValues<u64>>,
    desk: Arc<dyn ColumnValues<u64>>,
    known_from: Arc<dyn ColumnValues<i64>>,
    known_until: Arc<dyn ColumnValues<i64>>,
    date: Arc<dyn ColumnValues<i64>>,
    group: Arc<dyn ColumnValues<u64>>,
}

impl Columns {
    pub(super) fn of(reader: &SegmentReader) -> tantivy::Result<Self> {
        let columns = reader.fast_fields();
        Ok(Self {
            meta: columns.u64("meta")?.first_or_default_col(0),
            desk: columns.u64("desk")?.first_or_default_col(0),
            known_from: columns.i64("known_from")?.first_or_default_col(i64::MAX),
            known_until: columns.i64("known_until")?.first_or_default_col(0),
            date: columns.i64("date")?.first_or_default_col(i64::MIN),
            group: columns.u64("group")?.first_or_default_col(0),
        })
    }

    fn pass(&self, filter: &Filter, doc: DocId) -> bool {
        let meta = self.meta.get_val(doc);
        if meta & filter.kinds == 0 || (filter.public && meta & PUBLIC == 0) {
            return false;
        }
        let until = self.known_until.get_val(doc);
        let stands = match filter.at {
            None => until == OPEN,
            Some(at) => until > at && self.known_from.get_val(doc) <= at,
        };
        if !stands || filter.desk.is_some_and(|desk| self.desk.get_val(doc) != desk) {
            return false;
        }
        if filter.from.is_none() && filter.to.is_none() {
            return true;
        }
        let date = self.date.get_val(doc);
        filter.from.is_none_or(|from| date >= from) && filter.to.is_none_or(|to| date < to && date != i64::MIN)
    }
}

/// A unit that was found.
#[derive(Debug, Clone, Copy)]
pub(super) struct Found {
    pub(super) score: Score,
    pub(super) date: i64,
    pub(super) group: u64,
    pub(super) address: DocAddress,
}

impl Found {
    /// The better first: by score, then the newer one.
    fn order(&self, other: &Self) -> Ordering {
        let score = other.score.total_cmp(&self.score);
        score.then(other.date.cmp(&self.date)).then(self.address.cmp(&other.address))
    }
}

impl PartialEq for Found {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}
impl Eq for Found {}
impl PartialOrd for Found {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
impl Ord for Found {
    // The greatest in the heap is the one to go first.
    fn cmp(&self, other: &Self) -> Ordering {
        self.order(other)
    }
}

/// Takes the best `limit` that pass the filter, or the newest.
pub(super) struct Best<'f> {
    pub(super) columns: &'f [Columns],
    pub(super) filter: &'f Filter,
    /// All alike good: the newest are taken.
    pub(super) newest: bool,
    pub(super) limit: usize,
}

/// Holds what one segment gave.
pub(super) struct Segment(Vec<Found>);

impl SegmentCollector for Segment {
    type Fruit = Vec<Found>;
    fn collect(&mut self, _: DocId, _: Score) {}
    fn harvest(self) -> Vec<Found> {
        self.0
    }
}

impl Collector for Best<'_> {
    type Fruit = Vec<Found>;
    type Child = Segment;

    fn for_segment(&self, _: u32, _: &SegmentReader) -> tantivy::Result<Segment> {
        Ok(Segment(Vec::new()))
    }

    fn requires_scoring(&self) -> bool {
        true
    }

    fn collect_segment(&self, weight: &dyn Weight, ord: u32, reader: &SegmentReader) -> tantivy::Result<Vec<Found>> {
        let Some(columns) = self.columns.get(ord as usize) else { return Ok(Vec::new()) };
        let alive = reader.alive_bitset();
        let mut best: BinaryHeap<Found> = BinaryHeap::with_capacity(self.limit + 1);
        let mut threshold = Score::MIN;
        weight.for_each_pruning(Score::MIN, reader, &mut |doc, score| {
            if alive.is_none_or(|alive| alive.is_alive(doc)) && columns.pass(self.filter, doc) {
                let (date, group) = (columns.date.get_val(doc), columns.group.get_val(doc));
                let score = if self.newest { 0.0 } else { score };
                best.push(Found { score, date, group, address: DocAddress::new(ord, doc) });
                if best.len() > self.limit {
                    best.pop();
                    if !self.newest {
                        threshold = best.peek().map_or(Score::MIN, |worst| worst.score);
                    }
                }
            }
            threshold
        })?;
        Ok(best.into_vec())
    }

    fn merge_fruits(&self, segments: Vec<Vec<Found>>) -> tantivy::Result<Vec<Found>> {
        let mut all: Vec<Found> = segments.into_iter().flatten().collect();
        all.sort();
        all.truncate(self.limit);
        Ok(all)
    }
}

/// How many units one of the queries finds that pass: counted up to a bound, estimated beyond it. `true` where it is
/// counted.
pub(super) fn count(snapshot: &Snapshot, queries: &[Box<dyn Query>], filter: &Filter) -> tantivy::Result<(u64, bool)> {
    let searcher = &snapshot.searcher;
    let (mut looked, mut whole) = (0_u64, 0_u64);
    let mut passed: HashSet<DocAddress> = HashSet::new();
    for query in queries {
        let weight = query.weight(EnableScoring::disabled_from_searcher(searcher))?;
        for (ord, (reader, columns)) in searcher.segment_readers().iter().zip(&snapshot.columns).enumerate() {
            let mut docs = weight.scorer(reader, 1.0)?;
            let size = u64::from(docs.size_hint());
            let before = looked;
            let alive = reader.alive_bitset();
            let mut doc = docs.doc();
            while doc != TERMINATED && looked < COUNTED {
                looked += 1;
                if alive.is_none_or(|alive| alive.is_alive(doc)) && columns.pass(filter, doc) {
                    passed.insert(DocAddress::new(ord as u32, doc));
                }
                doc = docs.advance();
            }
            whole += if doc == TERMINATED { looked - before } else { size.max(looked - before) };
        }
    }
    let passed = passed.len() as u64;
    if looked < COUNTED || whole <= looked {
        return Ok((passed, true));
    }
    Ok((passed.max((passed as f64 * (whole as f64 / looked as f64)).round() as u64), false))
}
