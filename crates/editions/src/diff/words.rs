//! Two texts compared word by word (Myers, "An O(ND) Difference Algorithm", 1986).

use serde::{Deserialize, Serialize};
use std::ops::Range;

/// A stretch of a comparison.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "is", content = "text", rename_all = "snake_case")]
pub enum Piece {
    /// In both texts.
    Same(String),
    /// Only in the first.
    Del(String),
    /// Only in the second.
    Ins(String),
}

/// Differences beyond which two texts are shown as one replaced by the other.
const MOST: usize = 1500;

/// The comparison of two texts: `Same` and `Del` in order make the first, `Same` and `Ins` the second.
pub fn words(a: &str, b: &str) -> Vec<Piece> {
    let (left, right) = (tokens(a), tokens(b));
    let same = |(x, y): &(&Range<usize>, &Range<usize>)| a[(*x).clone()] == b[(*y).clone()];
    let head = left.iter().zip(&right).take_while(same).count();
    let tail = left[head..].iter().rev().zip(right[head..].iter().rev()).take_while(same).count();
    let (inner_left, inner_right) = (&left[head..left.len() - tail], &right[head..right.len() - tail]);
    let equal = |x: usize, y: usize| a[inner_left[x].clone()] == b[inner_right[y].clone()];
    let kept = common(inner_left.len(), inner_right.len(), equal);
    let mut pieces = Pieces { a, b, made: Vec::new() };
    let (mut x, mut y) = (0, 0);
    let middle = kept.into_iter().map(|(x, y)| (head + x, head + y));
    let ends = (0..tail).map(|at| (left.len() - tail + at, right.len() - tail + at));
    for (next_x, next_y) in (0..head).map(|at| (at, at)).chain(middle).chain(ends) {
        pieces.changed(&left[x..next_x], &right[y..next_y]);
        pieces.same(&left[next_x]);
        (x, y) = (next_x + 1, next_y + 1);
    }
    pieces.changed(&left[x..], &right[y..]);
    pieces.made
}

/// Words, white space, and signs one by one, as byte ranges.
fn tokens(text: &str) -> Vec<Range<usize>> {
    let class = |c: char| match c {
        c if c.is_alphanumeric() || matches!(c, '\'' | '’' | '\u{200C}') => 1,
        c if c.is_whitespace() => 2,
        _ => 0,
    };
    let mut tokens: Vec<(Range<usize>, u8)> = Vec::new();
    for (at, c) in text.char_indices() {
        let (end, class) = (at + c.len_utf8(), class(c));
        match tokens.last_mut() {
            Some((range, last)) if class != 0 && *last == class => range.end = end,
            _ => tokens.push((at..end, class)),
        }
    }
    tokens.into_iter().map(|(range, _)| range).collect()
}

/// The pairs of a longest common subsequence; none where the two differ too much.
fn common(left: usize, right: usize, equal: impl Fn(usize, usize) -> bool) -> Vec<(usize, usize)> {
    let (n, m) = (left as isize, right as isize);
    let most = (left + right).min(MOST) as isize;
    let width = usize::try_from(2 * most + 3).unwrap_or(0);
    let at = |k: isize| usize::try_from(k + most + 1).unwrap_or(0);
    let mut furthest = vec![0_isize; width];
    let mut trace: Vec<Vec<isize>> = Vec::new();
    for d in 0..=most {
        trace.push(furthest[at(-d - 1)..=at(d + 1)].to_vec());
        for k in (-d..=d).step_by(2) {
            let down = k == -d || (k != d && furthest[at(k - 1)] < furthest[at(k + 1)]);
            let mut x = if down { furthest[at(k + 1)] } else { furthest[at(k - 1)] + 1 };
            let mut y = x - k;
            while x < n && y < m && x >= 0 && y >= 0 && equal(x as usize, y as usize) {
                (x, y) = (x + 1, y + 1);
            }
            furthest[at(k)] = x;
            if x >= n && y >= m {
                return backtrack(&trace, d, n, m);
            }
        }
    }
    Vec::new()
}

/// Walks the stored frontiers back to the beginning; frontier `d` holds the diagonals from `-d - 1`.
fn backtrack(trace: &[Vec<isize>], last: isize, n: isize, m: isize) -> Vec<(usize, usize)> {
    let (mut x, mut y) = (n, m);
    let mut kept = Vec::new();
    for d in (0..=last).rev() {
        let Some(frontier) = usize::try_from(d).ok().and_then(|d| trace.get(d)) else { break };
        let reached = |k: isize| usize::try_from(k + d + 1).ok().and_then(|at| frontier.get(at)).copied().unwrap_or(-1);
        let k = x - y;
        let down = k == -d || (k != d && reached(k - 1) < reached(k + 1));
        let before_k = if down { k + 1 } else { k - 1 };
        let (before_x, before_y) = if d == 0 { (0, 0) } else { (reached(before_k), reached(before_k) - before_k) };
        while x > before_x.max(0) && y > before_y.max(0) {
            (x, y) = (x - 1, y - 1);
            kept.push((x as usize, y as usize));
        }
        if d > 0 {
            (x, y) = (before_x, before_y);
        }
    }
    kept.reverse();
    kept
}

struct Pieces<'a> {
    a: &'a str,
    b: &'a str,
    made: Vec<Piece>,
}

impl Pieces<'_> {
    fn same(&mut self, token: &Range<usize>) {
        let text = &self.a[token.clone()];
        match self.made.last_mut() {
            Some(Piece::Same(same)) => same.push_str(text),
            _ => self.made.push(Piece::Same(text.to_owned())),
        }
    }

    fn changed(&mut self, left: &[Range<usize>], right: &[Range<usize>]) {
        let stretch = |text: &str, tokens: &[Range<usize>]| -> String {
            let span = tokens.first().zip(tokens.last()).map(|(first, last)| first.start..last.end);
            span.map(|span| text[span].to_owned()).unwrap_or_default()
        };
        let (gone, come) = (stretch(self.a, left), stretch(self.b, right));
        if gone.is_empty() && come.is_empty() {
            return;
        }
        // A lone blank between two changes would cut one change into confetti.
        let blank = matches!(self.made.last(), Some(Piece::Same(same)) if same.trim().is_empty());
        if blank
            && self.made.len() > 1
            && let Some(Piece::Same(same)) = self.made.pop()
        {
            self.put(format!("{same}{gone}"), format!("{same}{come}"));
        } else {
            self.put(gone, come);
        }
    }

    fn put(&mut self, gone: String, come: String) {
        let mut tail =
            self.made.split_off(self.made.iter().rposition(|p| matches!(p, Piece::Same(_))).map_or(0, |at| at + 1));
        let (mut all_gone, mut all_come) = (String::new(), String::new());
        for piece in tail.drain(..) {
            match piece {
                Piece::Del(text) => all_gone.push_str(&text),
                Piece::Ins(text) => all_come.push_str(&text),
                Piece::Same(_) => {}
            }
        }
        all_gone.push_str(&gone);
        all_come.push_str(&come);
        self.made.extend((!all_gone.is_empty()).then_some(Piece::Del(all_gone)));
        self.made.extend((!all_come.is_empty()).then_some(Piece::Ins(all_come)));
    }
}
