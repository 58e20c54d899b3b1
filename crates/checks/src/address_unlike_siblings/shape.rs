//! The shape of an address: its host and path with dates taken for what they are.

use std::fmt::Write as _;

/// A month's whole name, its abbreviation, and May, which is both.
const MONTH: char = '\u{E000}';
const SHORT_MONTH: char = '\u{E001}';
const MAY: char = '\u{E002}';
/// A year, a day or month in figures, any other number.
const YEAR: char = '\u{E003}';
const DAY: char = '\u{E004}';
const NUMBER: char = '\u{E005}';

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// An address without what changes from day to day.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Shape {
    /// Host, lower case, without `www.`.
    pub host: String,
    segments: Vec<Segment>,
}

/// A part of a path.
#[derive(Debug, Clone, Eq)]
struct Segment {
    text: String,
    shape: String,
}

impl PartialEq for Segment {
    fn eq(&self, other: &Self) -> bool {
        self.shape == other.shape
    }
}

impl PartialOrd for Segment {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Segment {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.shape.cmp(&other.shape)
    }
}

/// Where an address differs from its siblings: its own words, and what theirs would be.
pub(super) struct Difference {
    pub own: String,
    pub theirs: String,
}

impl Shape {
    /// The shape of an address; `None` where it has no path.
    pub(super) fn of(url: &str) -> Option<Self> {
        let host = sitrep_language::address::host(url);
        let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
        let path = rest.split_once('/').map_or("", |(_, path)| path);
        let path = path.split(['?', '#']).next().unwrap_or_default();
        let segments = path.split('/').filter(|part| !part.is_empty());
        let segments = segments.map(|text| Segment { text: text.to_owned(), shape: shape(text) });
        (!host.is_empty()).then(|| Self { host, segments: segments.collect() })
    }

    /// Whether one part of the path holds a day: it is one of a series.
    pub(super) fn is_dated(&self) -> bool {
        let dated = |s: &Segment| {
            s.shape.contains(YEAR) && s.shape.contains([MONTH, SHORT_MONTH, MAY]) && s.shape.contains(DAY)
        };
        self.segments.iter().any(dated)
    }

    /// Whether two shapes are the same but for a slip in one place.
    pub(super) fn is_sibling(&self, other: &Self) -> bool {
        self.host == other.host && self.differing(other).is_some()
    }

    /// Whether two shapes are the same but for May, which is a whole name and an abbreviation.
    pub(super) fn is_same(&self, other: &Self) -> bool {
        let alike = |(a, b): (&Segment, &Segment)| a.shape == b.shape || distance(&a.shape, &b.shape) == 0;
        self.host == other.host
            && self.segments.len() == other.segments.len()
            && self.segments.iter().zip(&other.segments).all(alike)
    }

    fn differing<'a>(&'a self, other: &'a Self) -> Option<(&'a Segment, &'a Segment)> {
        if self.segments.len() != other.segments.len() {
            return None;
        }
        let mut unlike = self.segments.iter().zip(&other.segments).filter(|(a, b)| distance(&a.shape, &b.shape) > 0);
        let (own, theirs) = unlike.next()?;
        let slip = distance(&own.shape, &theirs.shape);
        let letters = own
            .shape
            .chars()
            .filter(|c| c.is_alphabetic())
            .count()
            .min(theirs.shape.chars().filter(|c| c.is_alphabetic()).count());
        (unlike.next().is_none() && letters >= 4 && (1..=2).contains(&slip)).then_some((own, theirs))
    }

    /// Where it differs from a sibling.
    pub(super) fn difference(&self, sibling: &Self) -> Option<Difference> {
        let (own, theirs) = self.differing(sibling)?;
        Some(Difference { own: own.text.clone(), theirs: filled(&theirs.shape, &own.text) })
    }
}

/// Words and figures of a part of a path, and what is between them.
fn pieces(text: &str) -> Vec<String> {
    let mut pieces: Vec<String> = Vec::new();
    let kind = |c: char| {
        if c.is_ascii_digit() {
            0
        } else if c.is_alphabetic() {
            1
        } else {
            2
        }
    };
    let mut last = None;
    for c in text.chars() {
        match pieces.last_mut() {
            Some(piece) if last == Some(kind(c)) => piece.push(c),
            _ => pieces.push(c.to_string()),
        }
        last = Some(kind(c));
    }
    pieces
}

fn class(piece: &str) -> Option<char> {
    if let Ok(number) = piece.parse::<u32>() {
        return Some(match (piece.len(), number) {
            (4, 1300..=2100) => YEAR,
            (1..=2, 1..=31) => DAY,
            _ => NUMBER,
        });
    }
    let lower = piece.to_lowercase();
    if lower == "may" {
        return Some(MAY);
    }
    let at = MONTHS.iter().find(|month| **month == lower).map(|_| MONTH);
    at.or_else(|| {
        (lower.len() >= 3 && lower.len() <= 4 && MONTHS.iter().any(|m| m.starts_with(&lower))).then_some(SHORT_MONTH)
    })
}

fn shape(text: &str) -> String {
    pieces(text).iter().fold(String::new(), |mut shape, piece| {
        match class(piece) {
            Some(class) => shape.push(class),
            None => shape.push_str(&piece.to_lowercase()),
        }
        shape
    })
}

/// A sibling's shape with the figures of an address in it.
fn filled(shape: &str, own: &str) -> String {
    let pieces = pieces(own);
    let month = |c: char| matches!(c, MONTH | SHORT_MONTH | MAY);
    let mut values: Vec<(char, &String)> = pieces.iter().filter_map(|piece| Some((class(piece)?, piece))).collect();
    let mut text = String::new();
    for c in shape.chars() {
        let same = values.iter().position(|(class, _)| *class == c || (month(c) && month(*class)));
        match same.filter(|_| ('\u{E000}'..='\u{E005}').contains(&c)) {
            Some(at) => {
                let (class, value) = values.remove(at);
                let whole = MONTHS.iter().find(|name| name.starts_with(&value.to_lowercase()));
                match whole.filter(|_| c != SHORT_MONTH && class == SHORT_MONTH) {
                    Some(name) => text.push_str(name),
                    None => text.push_str(value),
                }
            }
            None => {
                let _ = write!(text, "{c}");
            }
        }
    }
    text
}

/// Edits between two words: letters put in, left out, changed, or two neighbours swapped.
fn distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    if a == b || a.len().abs_diff(b.len()) > 2 {
        return if a == b { 0 } else { 3 };
    }
    let same = |x: char, y: char| {
        x == y || (x == MAY && matches!(y, MONTH | SHORT_MONTH)) || (y == MAY && matches!(x, MONTH | SHORT_MONTH))
    };
    let mut rows: Vec<Vec<usize>> = vec![(0..=b.len()).collect()];
    for i in 1..=a.len() {
        let mut row = vec![i; b.len() + 1];
        for j in 1..=b.len() {
            let change = rows[i - 1][j - 1] + usize::from(!same(a[i - 1], b[j - 1]));
            row[j] = change.min(rows[i - 1][j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                row[j] = row[j].min(rows[i - 2][j - 2] + 1);
            }
        }
        rows.push(row);
    }
    rows[a.len()][b.len()]
}

/// Whether a host is another one with a slip in its name.
pub(super) fn is_misspelt(host: &str, other: &str) -> bool {
    let (Some((name, top)), Some((other_name, other_top))) = (host.rsplit_once('.'), other.rsplit_once('.')) else {
        return false;
    };
    top == other_top && name.chars().count().min(other_name.chars().count()) >= 6 && distance(name, other_name) == 1
}
