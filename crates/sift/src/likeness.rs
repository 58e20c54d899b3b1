//! How alike two documents tell: what they share, weighed by what the stream has learned.

use crate::telling::{Kind, Said, Telling};
use crate::weights::Weights;

/// What a pair is measured by.
pub const MEASURES: usize = 12;

/// Factors of the measures, as they were chosen on the tuning half of the labelled documents (`bench/stories/factors.py`).
/// In order: the constant; cosine of the words, and of what crosses languages; share of the one title's words that stand in the
/// other document, the lesser of both ways; the same of what crosses languages, the greater and the lesser; what both titles
/// share of their words; logarithms of what is shared of words, terms, places, names; days between the documents.
pub type Factors = [f32; MEASURES];

/// Within a language.
pub(crate) const SAME_LANGUAGE: Factors = [-7.75, 1.55, 3.66, 1.0, 1.48, 2.55, 3.22, 0.51, 0.06, 0.35, 0.305, -0.27];

/// Across languages, where words say nothing.
pub(crate) const ACROSS: Factors = [-6.05, 0.0, 8.085, 0.0, 0.974, 0.0, 0.0, 0.0, 0.933, 0.188, 0.658, -0.296];

/// Log odds that two documents tell the same.
pub(crate) fn log_odds(measures: &Factors, factors: &Factors) -> f64 {
    f64::from(measures.iter().zip(factors).map(|(measure, factor)| measure * factor).sum::<f32>())
}

const KINDS: usize = 5;

/// What two documents share, in numbers.
pub(crate) fn measures(one: &Telling, other: &Telling, weights: &Weights, days: f64) -> Factors {
    let mut shared = Sums::default();
    let (mut own, mut others) = (Sums::default(), Sums::default());
    let mut dots = [0.0_f32; KINDS];
    let (mut told, mut told_back, mut both_titles) = ([0.0_f32; 2], [0.0_f32; 2], 0.0_f32);
    let (mut a, mut b) = (one.features.as_slice(), other.features.as_slice());
    while let (Some(x), Some(y)) = (a.first(), b.first()) {
        if x.feature < y.feature {
            own.add(x, weights);
            a = &a[1..];
        } else if y.feature < x.feature {
            others.add(y, weights);
            b = &b[1..];
        } else {
            let weight = own.add(x, weights);
            others.add(y, weights);
            let kind = x.feature.kind() as usize;
            dots[kind] += x.much * y.much * weight * weight;
            shared.evidence[kind] += x.much.min(y.much) * weight;
            let side = usize::from(kind != Kind::Word as usize);
            told[side] += if x.in_title { weight } else { 0.0 };
            told_back[side] += if y.in_title { weight } else { 0.0 };
            both_titles += if side == 0 && x.in_title && y.in_title { weight } else { 0.0 };
            a = &a[1..];
            b = &b[1..];
        }
    }
    for x in a {
        own.add(x, weights);
    }
    for y in b {
        others.add(y, weights);
    }
    let cosine = |kinds: std::ops::Range<usize>| {
        let sum = |of: &[f32; KINDS]| of[kinds.clone()].iter().sum::<f32>();
        let norm = (sum(&own.squares) * sum(&others.squares)).sqrt();
        if norm > 0.0 { sum(&dots) / norm } else { 0.0 }
    };
    let share = |part: f32, whole: f32| if whole > 0.0 { part / whole } else { 0.0 };
    let words = (share(told[0], own.titles[0]), share(told_back[0], others.titles[0]));
    let things = (share(told[1], own.titles[1]), share(told_back[1], others.titles[1]));
    let evidence = |kind: Kind| (1.0 + shared.evidence[kind as usize]).ln();
    [
        1.0,
        cosine(0..1),
        cosine(1..KINDS),
        words.0.min(words.1),
        things.0.max(things.1),
        things.0.min(things.1),
        share(both_titles, (own.titles[0] * others.titles[0]).sqrt()),
        evidence(Kind::Word),
        evidence(Kind::Term),
        evidence(Kind::Place),
        evidence(Kind::Name),
        days as f32,
    ]
}

#[derive(Default)]
struct Sums {
    squares: [f32; KINDS],
    evidence: [f32; KINDS],
    /// What stands in the title: words, and things that cross languages.
    titles: [f32; 2],
}

impl Sums {
    fn add(&mut self, said: &Said, weights: &Weights) -> f32 {
        let weight = weights.of(said.feature);
        let kind = said.feature.kind() as usize;
        self.squares[kind] += (said.much * weight).powi(2);
        if said.in_title {
            self.titles[usize::from(kind != Kind::Word as usize)] += weight;
        }
        weight
    }
}
