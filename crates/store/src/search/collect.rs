//! Taking the best units, and counting, under filters that are read from columns: no list of what passes them is walked.

use super::index::Snapshot;
use super::schema::{OPEN, PUBLIC};
use std::cmp::Ordering;
use std::collections::{BinaryHeap, HashSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tantivy::collector::{Collector, SegmentCollector};
use tantivy::columnar::ColumnValues;
use tantivy::query::{EnableScoring, Query, Weight};
use tantivy::{DocAddress, DocId, Score, SegmentReader, TERMINATED};

/// Units looked at for a count before the rest is estimated.
const COUNTED: u64 = 2_000;

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

/// Takes the best `limit` that pass the filter, or the newest, of what one query finds.
pub(super) struct Best<'f> {
    pub(super) columns: &'f [Columns],
    pub(super) filter: &'f Filter,
    /// All alike good: the newest are taken.
    pub(super) newest: bool,
    pub(super) limit: usize,
    /// So many as are taken are as good as this already: by another query of the same question.
    pub(super) floor: Score,
    /// The best so far, in order: what is found in one part of the index spares looking at much in the next.
    pub(super) taken: Mutex<Vec<Found>>,
}

/// A part of the index, whose units are taken all at once.
pub(super) struct Segment;

impl SegmentCollector for Segment {
    type Fruit = ();
    fn collect(&mut self, _: DocId, _: Score) {}
    fn harvest(self) {}
}

impl Best<'_> {
    /// What was found, the best first.
    pub(super) fn into_found(self) -> Vec<Found> {
        self.taken.into_inner().unwrap_or_else(PoisonError::into_inner)
    }

    fn taken(&self) -> MutexGuard<'_, Vec<Found>> {
        self.taken.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The score that a unit must have at least.
    fn least(&self) -> Score {
        let last = self.limit.checked_sub(1).and_then(|last| self.taken().get(last).map(|found| found.score));
        last.filter(|_| !self.newest).map_or(self.floor, |last| last.max(self.floor))
    }
}

impl Collector for Best<'_> {
    type Fruit = ();
    type Child = Segment;

    fn for_segment(&self, _: u32, _: &SegmentReader) -> tantivy::Result<Segment> {
        Ok(Segment)
    }

    fn requires_scoring(&self) -> bool {
        true
    }

    fn collect_segment(&self, weight: &dyn Weight, ord: u32, reader: &SegmentReader) -> tantivy::Result<()> {
        let Some(columns) = self.columns.get(ord as usize) else { return Ok(()) };
        let alive = reader.alive_bitset();
        // The newer of two that are alike good is taken, and may be in this part.
        let least = self.least().next_down();
        let mut best: BinaryHeap<Found> = BinaryHeap::with_capacity(self.limit + 1);
        let mut threshold = least;
        weight.for_each_pruning(threshold, reader, &mut |doc, score| {
            if alive.is_none_or(|alive| alive.is_alive(doc)) && columns.pass(self.filter, doc) {
                let (date, group) = (columns.date.get_val(doc), columns.group.get_val(doc));
                let score = if self.newest { 0.0 } else { score };
                best.push(Found { score, date, group, address: DocAddress::new(ord, doc) });
                if best.len() > self.limit {
                    best.pop();
                    if !self.newest {
                        threshold = best.peek().map_or(least, |worst| worst.score.max(least));
                    }
                }
            }
            threshold
        })?;
        let mut taken = self.taken();
        taken.extend(best);
        taken.sort_unstable();
        taken.truncate(self.limit);
        Ok(())
    }

    fn merge_fruits(&self, _: Vec<()>) -> tantivy::Result<()> {
        Ok(())
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::index::taking_words_apart;
    use crate::search::joined::Words;
    use crate::search::schema;
    use tantivy::merge_policy::NoMergePolicy;
    use tantivy::query::{BooleanQuery, Occur, TermQuery};
    use tantivy::schema::IndexRecordOption;
    use tantivy::{Index, IndexWriter, TantivyDocument, Term};

    /// Units in several parts of an index, in which two words stand more or less often.
    fn parts() -> tantivy::Result<Index> {
        let (wanted, fields) = schema::schema();
        let index = taking_words_apart(Index::create_in_ram(wanted));
        let mut writer: IndexWriter = index.writer_with_num_threads(1, 20_000_000)?;
        writer.set_merge_policy(Box::new(NoMergePolicy));
        for unit in 0..900_u64 {
            let mut words = Words::default();
            (0..unit * 7 % 5).for_each(|_| words.push("road"));
            (0..unit * 11 % 4).for_each(|_| words.push("closed"));
            (0..unit * 13 % 37).for_each(|_| words.push("else"));
            let mut document = TantivyDocument::new();
            document.add_text(fields.text, words.into_text());
            document.add_u64(fields.meta, 1);
            document.add_u64(fields.desk, 0);
            document.add_i64(fields.known_from, 0);
            document.add_i64(fields.known_until, OPEN);
            document.add_i64(fields.date, i64::try_from(unit).unwrap());
            document.add_u64(fields.group, unit);
            writer.add_document(document)?;
            if unit % 150 == 149 {
                writer.commit()?;
            }
        }
        writer.wait_merging_threads()?;
        Ok(index)
    }

    #[test]
    fn the_best_of_all_parts_are_found_whatever_was_passed_over() {
        let index = parts().unwrap();
        let searcher = index.reader().unwrap().searcher();
        assert!(searcher.segment_readers().len() > 3);
        let columns: Vec<Columns> =
            searcher.segment_readers().iter().map(|reader| Columns::of(reader).unwrap()).collect();
        let filter = Filter { kinds: 1, ..Filter::default() };
        let term = |word| -> Box<dyn Query> {
            let term = Term::from_field_text(schema::schema().1.text, word);
            Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs))
        };
        let both = BooleanQuery::new(vec![(Occur::Must, term("road")), (Occur::Must, term("closed"))]);
        let scores = |limit: usize, floor: Score, query: &dyn Query| -> Vec<Score> {
            let taken = Mutex::default();
            let best = Best { columns: &columns, filter: &filter, newest: false, limit, floor, taken };
            searcher.search(query, &best).unwrap();
            best.into_found().iter().map(|found| found.score).collect()
        };
        for query in [term("road"), Box::new(both)] {
            let all = scores(1000, Score::MIN, query.as_ref());
            assert!(all.len() > 200 && all.is_sorted_by(|a, b| a >= b));
            for limit in [1, 7, 60] {
                assert_eq!(scores(limit, Score::MIN, query.as_ref()), all[..limit]);
                let above: Vec<Score> = all.iter().copied().filter(|score| *score >= all[limit]).collect();
                assert_eq!(scores(1000, all[limit], query.as_ref()), above);
            }
        }
    }
}
