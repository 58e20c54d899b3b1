//! Which statement of one text is which of another, by content.
//!
//! Takes two lists of statements, gives pairs. Stages, each on what the earlier ones left: the same id and like words;
//! the same text between the same neighbours, beside one of them, alone; like words (weighted by how rare they are);
//! the same id. Then what is left and lies within another statement was split from it or merged into it. Statements
//! are found by an index of their rarer words, so the cost grows with the text and not with its square.

use foldhash::fast::RandomState;
use std::collections::{HashMap, VecDeque};
use std::hash::{DefaultHasher, Hasher as _};

/// Words alike enough for one statement, wherever it stands.
const ALIKE: f64 = 0.5;
/// Words alike enough for one statement that stands between the same neighbours.
const ALIKE_IN_PLACE: f64 = 0.25;
/// Share of a statement's words that lies within the one it was split from or merged into.
const WITHIN: f64 = 0.75;
/// Candidates of one statement that are compared in full.
const CANDIDATES: usize = 8;

/// A statement to be matched.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Statement<'a> {
    pub text: &'a str,
    /// Its identifier; empty where it has none.
    pub id: &'a str,
}

/// What became of what.
#[derive(Debug, Default)]
pub(crate) struct Matching {
    /// For each later statement the earlier one that it was.
    pub of_after: Vec<Option<usize>>,
    /// For each earlier statement the later one that it is.
    pub of_before: Vec<Option<usize>>,
    /// For each later statement that matches none: the earlier one that it is a part of.
    pub split_from: Vec<Option<usize>>,
    /// For each earlier statement that matches none: the later one that it is a part of.
    pub merged_into: Vec<Option<usize>>,
}

/// A text with white space and typographic signs made one, for telling whether two are the same.
pub(crate) fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut blank = false;
    for c in text.chars() {
        if c.is_whitespace() {
            blank = !plain.is_empty();
            continue;
        }
        if std::mem::take(&mut blank) {
            plain.push(' ');
        }
        plain.push(match c {
            '’' | '‘' | 'ʼ' => '\'',
            '“' | '”' | '„' => '"',
            '–' | '—' | '‑' | '‐' => '-',
            c => c,
        });
    }
    plain
}

struct Words {
    /// Number of each word and how often it occurs, by number.
    counts: Vec<(u32, u32)>,
    weight: f64,
}

/// Both texts' words, numbered and weighed.
struct Texts {
    before: Vec<Words>,
    after: Vec<Words>,
    weights: Vec<f64>,
    /// Words that are rare enough to find statements by.
    rare: Vec<bool>,
}

impl Texts {
    fn new(before: &[Statement<'_>], after: &[Statement<'_>]) -> Self {
        let mut numbers: HashMap<String, u32, RandomState> = HashMap::default();
        let mut frequency: Vec<u32> = Vec::new();
        let mut lower = String::new();
        let mut count = |statement: &Statement<'_>| {
            let mut words: Vec<u32> = Vec::new();
            for word in statement.text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
                lower.clear();
                lower.extend(word.chars().flat_map(char::to_lowercase));
                let number = numbers.get(lower.as_str()).copied().unwrap_or_else(|| {
                    let next = u32::try_from(numbers.len()).unwrap_or(u32::MAX);
                    numbers.insert(lower.clone(), next);
                    next
                });
                words.push(number);
            }
            words.sort_unstable();
            let mut counts: Vec<(u32, u32)> = Vec::new();
            for word in words {
                match counts.last_mut() {
                    Some((last, times)) if *last == word => *times += 1,
                    _ => counts.push((word, 1)),
                }
            }
            frequency.resize(numbers.len(), 0);
            for (word, _) in &counts {
                frequency[*word as usize] += 1;
            }
            Words { counts, weight: 0.0 }
        };
        let mut before: Vec<Words> = before.iter().map(&mut count).collect();
        let mut after: Vec<Words> = after.iter().map(&mut count).collect();
        let all = (before.len() + after.len()) as f64;
        let weights: Vec<f64> = frequency.iter().map(|times| (1.0 + all / f64::from(*times)).ln()).collect();
        let limit = (all / 6.0).max(8.0);
        let rare = frequency.iter().map(|times| f64::from(*times) <= limit).collect();
        for words in before.iter_mut().chain(&mut after) {
            words.weight = words.counts.iter().map(|(word, times)| weights[*word as usize] * f64::from(*times)).sum();
        }
        Self { before, after, weights, rare }
    }

    fn shared(&self, a: usize, b: usize) -> f64 {
        let (mut left, mut right) = (self.before[a].counts.iter().peekable(), self.after[b].counts.iter().peekable());
        let mut shared = 0.0;
        while let (Some((x, m)), Some((y, n))) = (left.peek(), right.peek()) {
            match x.cmp(y) {
                std::cmp::Ordering::Less => drop(left.next()),
                std::cmp::Ordering::Greater => drop(right.next()),
                std::cmp::Ordering::Equal => {
                    shared += self.weights[*x as usize] * f64::from(*m.min(n));
                    left.next();
                    right.next();
                }
            }
        }
        shared
    }

    /// Shared weight against all weight of both, 0 to 1.
    fn alike(&self, a: usize, b: usize) -> f64 {
        let all = self.before[a].weight + self.after[b].weight;
        if all > 0.0 { 2.0 * self.shared(a, b) / all } else { 0.0 }
    }
}

/// Matches two lists of statements.
pub(crate) fn pairs(before: &[Statement<'_>], after: &[Statement<'_>]) -> Matching {
    let mut found = Matching {
        of_after: vec![None; after.len()],
        of_before: vec![None; before.len()],
        split_from: vec![None; after.len()],
        merged_into: vec![None; before.len()],
    };
    if before.is_empty() || after.is_empty() {
        return found;
    }
    let texts = Texts::new(before, after);
    by_id(before, after, &texts, Some(ALIKE_IN_PLACE), &mut found);
    by_text(before, after, &mut found);
    by_words(&texts, &mut found);
    by_id(before, after, &texts, None, &mut found);
    parts(&texts, &mut found);
    found
}

impl Matching {
    fn pair(&mut self, a: usize, b: usize) -> bool {
        let free = self.of_before[a].is_none() && self.of_after[b].is_none();
        if free {
            (self.of_before[a], self.of_after[b]) = (Some(b), Some(a));
        }
        free
    }

    /// Whether a pair would stand between the same neighbours as before: (before it, behind it).
    fn neighbours(&self, a: usize, b: usize) -> (bool, bool) {
        let same = |a: Option<usize>, b: Option<usize>| match (a, b) {
            (Some(a), Some(b)) => self.of_before.get(a).copied().flatten() == Some(b),
            (None, None) => true,
            _ => false,
        };
        let behind = |at: usize, length: usize| Some(at + 1).filter(|next| *next < length);
        let (before, after) = (self.of_before.len(), self.of_after.len());
        (same(a.checked_sub(1), b.checked_sub(1)), same(behind(a, before), behind(b, after)))
    }
}

fn by_id(before: &[Statement<'_>], after: &[Statement<'_>], texts: &Texts, alike: Option<f64>, found: &mut Matching) {
    let mut ids: HashMap<&str, usize> = HashMap::new();
    for (at, statement) in before.iter().enumerate().filter(|(_, statement)| !statement.id.is_empty()) {
        ids.entry(statement.id).or_insert(at);
    }
    for (b, statement) in after.iter().enumerate() {
        if let Some(a) = ids.get(statement.id).copied()
            && alike.is_none_or(|least| before[a].text == statement.text || texts.alike(a, b) >= least)
        {
            found.pair(a, b);
        }
    }
}

fn by_text(before: &[Statement<'_>], after: &[Statement<'_>], found: &mut Matching) {
    let digests = |statements: &[Statement<'_>]| -> Vec<u64> {
        statements.iter().map(|statement| digest(&plain(statement.text))).collect()
    };
    let (before, after) = (digests(before), digests(after));
    let around = |texts: &[u64], at: usize, back: bool, on: bool| {
        let beside = |wanted: bool, other: Option<usize>| other.filter(|_| wanted).and_then(|at| texts.get(at));
        digest(&(beside(back, at.checked_sub(1)), texts[at], beside(on, at.checked_add(1))))
    };
    for (back, on) in [(true, true), (true, false), (false, true), (false, false)] {
        let mut waiting: HashMap<u64, VecDeque<usize>> = HashMap::new();
        for a in (0..before.len()).filter(|a| found.of_before[*a].is_none()) {
            waiting.entry(around(&before, a, back, on)).or_default().push_back(a);
        }
        for b in 0..after.len() {
            if found.of_after[b].is_none()
                && let Some(same) = waiting.get_mut(&around(&after, b, back, on))
                && let Some(a) = same.pop_front()
            {
                found.pair(a, b);
            }
        }
    }
}

fn digest(value: &impl std::hash::Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}

/// For each word, by its number, the earlier statements of `among` that hold it.
fn index(texts: &Texts, among: impl Fn(usize) -> bool) -> Vec<Vec<usize>> {
    let mut index = vec![Vec::new(); texts.rare.len()];
    for (a, words) in texts.before.iter().enumerate().filter(|(a, _)| among(*a)) {
        for (word, _) in words.counts.iter().filter(|(word, _)| texts.rare[*word as usize]) {
            index[*word as usize].push(a);
        }
    }
    index
}

/// The earlier statements that share the most rare words with a later one.
fn candidates(texts: &Texts, index: &[Vec<usize>], b: usize, scores: &mut [f64]) -> Vec<usize> {
    let mut touched: Vec<usize> = Vec::new();
    for (word, _) in texts.after[b].counts.iter().filter(|(word, _)| texts.rare[*word as usize]) {
        for a in index.get(*word as usize).into_iter().flatten() {
            if scores[*a] == 0.0 {
                touched.push(*a);
            }
            scores[*a] += texts.weights[*word as usize];
        }
    }
    let best_first = |x: &usize, y: &usize| scores[*y].total_cmp(&scores[*x]).then(x.cmp(y));
    let rest = if touched.len() > CANDIDATES {
        touched.select_nth_unstable_by(CANDIDATES, best_first);
        touched.split_off(CANDIDATES)
    } else {
        Vec::new()
    };
    touched.sort_unstable_by(best_first);
    for a in touched.iter().chain(&rest) {
        scores[*a] = 0.0;
    }
    touched
}

fn by_words(texts: &Texts, found: &mut Matching) {
    if found.of_before.iter().all(Option::is_some) || found.of_after.iter().all(Option::is_some) {
        return;
    }
    let index = index(texts, |a| found.of_before[a].is_none());
    let mut scores = vec![0.0; texts.before.len()];
    let mut scored: Vec<(f64, usize, usize)> = Vec::new();
    for b in (0..texts.after.len()).filter(|b| found.of_after[*b].is_none()) {
        let mut likely = candidates(texts, &index, b, &mut scores);
        // One that stands in the same place need not share a rare word.
        let place = b.checked_sub(1).map_or(Some(0), |at| found.of_after[at].map(|a| a + 1));
        likely.extend(place.filter(|a| found.of_before.get(*a).is_some_and(Option::is_none) && !likely.contains(a)));
        for a in likely {
            let (back, on) = found.neighbours(a, b);
            let least = if back && on { ALIKE_IN_PLACE } else { ALIKE };
            let alike = texts.alike(a, b);
            if alike >= least {
                let bonus = 0.05 * (f64::from(u8::from(back)) + f64::from(u8::from(on)));
                scored.push((alike + bonus, a, b));
            }
        }
    }
    scored.sort_by(|x, y| y.0.total_cmp(&x.0).then(x.1.cmp(&y.1)).then(x.2.cmp(&y.2)));
    for (_, a, b) in scored {
        found.pair(a, b);
    }
}

/// Statements that are left, as parts of others.
fn parts(texts: &Texts, found: &mut Matching) {
    let lost = found.of_before.iter().any(Option::is_none);
    let come = found.of_after.iter().any(Option::is_none);
    if !lost && !come {
        return;
    }
    // Only a pair with a statement that is left is of interest.
    let index = index(texts, |a| come || found.of_before[a].is_none());
    let mut scores = vec![0.0; texts.before.len()];
    let mut best: Vec<f64> = vec![0.0; texts.before.len()];
    let long = |words: &Words| words.counts.len() >= 4;
    for b in (0..texts.after.len()).filter(|b| lost || found.of_after[*b].is_none()) {
        for a in candidates(texts, &index, b, &mut scores) {
            let (free_before, free_after) = (found.of_before[a].is_none(), found.of_after[b].is_none());
            if !free_before && !free_after {
                continue;
            }
            let shared = texts.shared(a, b);
            let (whole_before, whole_after) = (texts.before[a].weight, texts.after[b].weight);
            let part_after = free_after && long(&texts.after[b]) && whole_before > whole_after;
            if part_after && found.split_from[b].is_none() && shared >= WITHIN * whole_after {
                found.split_from[b] = Some(a);
            }
            let part_before = free_before && long(&texts.before[a]) && whole_after > whole_before;
            if part_before && shared >= WITHIN.max(best[a]) * whole_before {
                best[a] = shared / whole_before;
                found.merged_into[a] = Some(b);
            }
        }
    }
}
