//! How alike two documents tell: what they share, weighed by what the stream has learned.

use crate::telling::{Kind, Said, Telling};
use crate::weights::Weights;

/// What a pair is measured by.
pub const MEASURES: usize = 16;

/// Factors of the measures, as they were chosen on the tuning half of the labelled documents (`bench/stories/factors.py`).
/// In order: the constant; cosine of the things (terms, places, names, numbers); share of the one title's things that the other
/// document tells, the lesser of both ways; what both titles share of their words; logarithms of what is shared of words,
/// terms, names; days between the documents; logarithms of what is shared of phrases and of pairs; cosine of the pairs;
/// what both titles share of their things; share of the one title's pairs that the other document tells, the greater;
/// logarithm of the shared words without the strongest; share of the shorter document's things, and of its pairs, that
/// the other tells.
pub type Factors = [f32; MEASURES];

/// Within a language.
pub(crate) const SAME_LANGUAGE: Factors =
    [-7.79, 4.21, 1.58, 2.87, 0.21, 0.0, 0.18, -0.72, 0.37, 0.0, 0.0, 2.1, 0.0, 0.67, 1.08, 0.0];

/// Across languages, where words say nothing.
pub(crate) const ACROSS: Factors =
    [-7.9, 10.23, 0.0, 0.0, 0.0, 0.87, 0.76, -0.63, 0.0, 0.21, 1.85, 0.0, 0.47, 0.0, 0.0, 1.73];

/// Log odds that two documents tell the same.
pub(crate) fn log_odds(measures: &Factors, factors: &Factors) -> f64 {
    f64::from(measures.iter().zip(factors).map(|(measure, factor)| measure * factor).sum::<f32>())
}

const KINDS: usize = 7;

/// What is summed up together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    Words = 0,
    Things = 1,
    Phrases = 2,
    Pairs = 3,
}

const SIDES: usize = 4;

const fn side(kind: Kind) -> Side {
    match kind {
        Kind::Word => Side::Words,
        Kind::Phrase => Side::Phrases,
        Kind::Pair => Side::Pairs,
        Kind::Term | Kind::Place | Kind::Name | Kind::Number => Side::Things,
    }
}

/// All that a document tells, summed up.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
struct Sums {
    squares: [f32; SIDES],
    titles: [f32; SIDES],
    all: [f32; SIDES],
}

impl Sums {
    fn add(&mut self, said: &Said, weight: f32) {
        let side = side(said.feature.kind()) as usize;
        self.squares[side] += (said.much * weight).powi(2);
        self.all[side] += said.much * weight;
        if said.in_title {
            self.titles[side] += weight;
        }
    }
}

/// A document's sums: for one whose script tells names from words as its own does, and for one of the other kind.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(crate) struct Weighed {
    alike: Sums,
    unlike: Sums,
    /// Documents that the stream had learned from when these were summed up.
    at: u64,
}

impl Weighed {
    /// The sums of a document, and the weight of each of its features.
    pub(crate) fn of(telling: &Telling, weights: &Weights) -> (Self, Vec<f32>) {
        let mut weighed = Self { at: weights.learned(), ..Self::default() };
        let each = telling.features.iter().map(|said| {
            let (weight, elsewhere) = weights.both(said.feature, !telling.cased);
            weighed.alike.add(said, weight);
            // A script without capitals doesn't tell names from words, so that a name counts there once another script
            // has written it.
            if elsewhere || said.feature.kind() != Kind::Name {
                weighed.unlike.add(said, weight);
            }
            weight
        });
        let each = each.collect();
        (weighed, each)
    }

    /// Whether so much was learned since that the sums are to be made again: an eighth of the window.
    pub(crate) fn is_old(&self, weights: &Weights) -> bool {
        weights.learned() - self.at > u64::from(weights.documents() / 8).max(8)
    }
}

/// What two documents share, in numbers; `each` holds the weight of each feature of the first.
pub(crate) fn measures(
    (one, own, each): (&Telling, &Weighed, &[f32]),
    (other, others): (&Telling, &Weighed),
    days: f64,
) -> Factors {
    let shared = Shared::of(one, each, other);
    let (own, others) = if one.cased == other.cased { (own.alike, others.alike) } else { (own.unlike, others.unlike) };
    let cosine = |side: Side| {
        let norm = (own.squares[side as usize] * others.squares[side as usize]).sqrt();
        share(shared.dots[side as usize], norm)
    };
    let titles = |side: Side| {
        let side = side as usize;
        (share(shared.told[side], own.titles[side]), share(shared.told_back[side], others.titles[side]))
    };
    let both_titles = |side: Side| {
        share(shared.both_titles[side as usize], (own.titles[side as usize] * others.titles[side as usize]).sqrt())
    };
    let within = |side: Side| share(shared.all[side as usize], own.all[side as usize].min(others.all[side as usize]));
    let evidence = |kind: Kind| (1.0 + shared.evidence[kind as usize]).ln();
    let (things, pairs) = (titles(Side::Things), titles(Side::Pairs));
    [
        1.0,
        cosine(Side::Things),
        things.0.min(things.1),
        both_titles(Side::Words),
        evidence(Kind::Word),
        evidence(Kind::Term),
        evidence(Kind::Name),
        days as f32,
        evidence(Kind::Phrase),
        evidence(Kind::Pair),
        cosine(Side::Pairs),
        both_titles(Side::Things),
        pairs.0.max(pairs.1),
        (1.0 + shared.all[Side::Words as usize] - shared.strongest_word).max(1.0).ln(),
        within(Side::Things),
        within(Side::Pairs),
    ]
}

fn share(part: f32, whole: f32) -> f32 {
    if whole > 0.0 { part / whole } else { 0.0 }
}

#[derive(Default)]
struct Shared {
    evidence: [f32; KINDS],
    dots: [f32; SIDES],
    all: [f32; SIDES],
    /// What stands in the one title and somewhere in the other document, the other way round, and in both titles.
    told: [f32; SIDES],
    told_back: [f32; SIDES],
    both_titles: [f32; SIDES],
    strongest_word: f32,
}

impl Shared {
    fn of(one: &Telling, each: &[f32], other: &Telling) -> Self {
        let mut shared = Self::default();
        let mut rest = other.features.as_slice();
        for (said, weight) in one.features.iter().zip(each) {
            while let [known, behind @ ..] = rest
                && known.feature < said.feature
            {
                rest = behind;
            }
            match rest {
                [known, ..] if known.feature == said.feature => shared.add(said, known, *weight),
                [_, ..] => {}
                [] => break,
            }
        }
        shared
    }

    fn add(&mut self, x: &Said, y: &Said, weight: f32) {
        let kind = x.feature.kind();
        let at = side(kind) as usize;
        let both = x.much.min(y.much) * weight;
        self.evidence[kind as usize] += both;
        self.all[at] += both;
        self.dots[at] += x.much * y.much * weight * weight;
        self.told[at] += if x.in_title { weight } else { 0.0 };
        self.told_back[at] += if y.in_title { weight } else { 0.0 };
        self.both_titles[at] += if x.in_title && y.in_title { weight } else { 0.0 };
        if kind == Kind::Word {
            self.strongest_word = self.strongest_word.max(both);
        }
    }
}
