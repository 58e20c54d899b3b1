//! Which story a document joins: the likeliest, where it is likely or stands out from the next.

/// What a story's log odds and its margin before the next must reach together, so that a likely story needs no margin and
/// a doubtful one has to stand alone.
const JOINED: f64 = 1.45;
/// Log odds below which two documents say nothing about each other: their story is not looked at, and no story stands out
/// from less, so that one that nothing else comes near still needs odds of its own.
pub(super) const FAINT: f64 = -2.5;

/// The likeliest story of those looked at, and what it has to stand out from.
#[derive(Debug)]
pub(super) struct Standing {
    best: Option<(f64, u32)>,
    second: f64,
}

impl Standing {
    /// Before any story was looked at.
    pub(super) const fn new() -> Self {
        Self { best: None, second: FAINT }
    }

    /// Takes in a story by its log odds, with the document of it that is most alike.
    pub(super) fn add(&mut self, score: f64, nearest: u32) {
        let most = self.most();
        if self.best.is_none_or(|(best, _)| score > best) {
            self.best = Some((score, nearest));
            self.second = most;
        } else {
            self.second = self.second.max(score);
        }
    }

    /// Log odds and nearest document of the story that is joined.
    pub(super) fn joined(&self) -> Option<(f64, u32)> {
        self.best.filter(|(score, _)| score + (score - self.second) >= JOINED)
    }

    /// Log odds that a further story needs to change the answer: to be joined itself, or to keep the best from standing
    /// out.
    pub(super) fn open_from(&self) -> f64 {
        match self.joined() {
            Some((score, _)) => score.min(2.0 * score - JOINED),
            None => f64::midpoint(self.most(), JOINED),
        }
    }

    fn most(&self) -> f64 {
        self.best.map_or(FAINT, |(score, _)| score.max(FAINT))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn joined(scores: &[f64]) -> Option<u32> {
        let mut standing = Standing::new();
        for (score, nearest) in scores.iter().zip(0..) {
            standing.add(*score, nearest);
        }
        standing.joined().map(|(_, nearest)| nearest)
    }

    #[test]
    fn a_doubtful_story_is_joined_only_where_it_stands_out() {
        assert_eq!(joined(&[]), None);
        assert_eq!(joined(&[0.5]), Some(0));
        assert_eq!(joined(&[0.5, -1.0]), Some(0));
        assert_eq!(joined(&[0.5, 0.4]), None);
        assert_eq!(joined(&[-1.0, 0.5, -2.0]), Some(1));
        assert_eq!(joined(&[-1.0, -9.0]), None);
    }

    #[test]
    fn a_likely_story_is_joined_whatever_comes_near() {
        assert_eq!(joined(&[2.0, 1.9]), Some(0));
        assert_eq!(joined(&[1.9, 2.0, 2.0]), Some(1));
    }

    proptest::proptest! {
        #[test]
        fn what_is_left_out_would_have_changed_nothing(mut scores in proptest::collection::vec(-4.0..3.0_f64, 0..8)) {
            scores.sort_by(|a, b| b.total_cmp(a));
            let mut standing = Standing::new();
            for (score, nearest) in scores.iter().zip(0..) {
                if *score < standing.open_from() {
                    break;
                }
                standing.add(*score, nearest);
            }
            proptest::prop_assert_eq!(standing.joined().map(|(_, nearest)| nearest), joined(&scores));
        }
    }
}
