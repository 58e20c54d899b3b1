//! How alike two documents tell: what they share, weighed by what the stream has learned.

use crate::asked::Asked;
use crate::telling::{Feature, Kind, Said};
use crate::vocabulary::{Held, Told, Vocabulary};

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
    fn add(&mut self, kind: Kind, (much, in_title): (f32, bool), weight: f32) {
        let side = side(kind) as usize;
        self.squares[side] += (much * weight).powi(2);
        self.all[side] += much * weight;
        if in_title {
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
    /// Nothing yet.
    pub(crate) fn new(vocabulary: &Vocabulary) -> Self {
        Self { at: vocabulary.learned(), ..Self::default() }
    }

    /// The sums of a remembered document.
    pub(crate) fn of(told: &Told, vocabulary: &Vocabulary) -> Self {
        let mut weighed = Self::new(vocabulary);
        for held in told.held(|_| true) {
            if let Some(feature) = vocabulary.feature(held.number) {
                let (weight, elsewhere) = vocabulary.weight(feature, held.number, !told.cased);
                weighed.add(feature, (held.much, held.in_title), weight, elsewhere);
            }
        }
        weighed
    }

    /// Adds a feature; `elsewhere` says that scripts of the other kind have written it.
    pub(crate) fn add(&mut self, feature: Feature, said: (f32, bool), weight: f32, elsewhere: bool) {
        let kind = feature.kind();
        self.alike.add(kind, said, weight);
        // A script without capitals doesn't tell names from words, so that a name counts there once another script
        // has written it.
        if elsewhere || kind != Kind::Name {
            self.unlike.add(kind, said, weight);
        }
    }

    /// Whether so much was learned since that the sums are to be made again: an eighth of the window.
    pub(crate) fn is_old(&self, vocabulary: &Vocabulary) -> bool {
        vocabulary.learned() - self.at > u64::from(vocabulary.documents() / 8).max(8)
    }
}

/// What a document that arrives and a remembered one share, in numbers.
pub(crate) fn measures(one: &Asked<'_>, (other, others): (&Told, &Weighed), days: f64) -> Factors {
    let shared = Shared::of(one, other);
    let own = &one.weighed;
    let (own, others) =
        if one.telling.cased == other.cased { (own.alike, others.alike) } else { (own.unlike, others.unlike) };
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
    fn of(one: &Asked<'_>, other: &Told) -> Self {
        let mut shared = Self::default();
        for held in other.held(|number| one.may_have(number)) {
            if let Some((said, weight)) = one.find(held.number) {
                shared.add(said, held, weight);
            }
        }
        shared
    }

    fn add(&mut self, x: &Said, y: Held, weight: f32) {
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
