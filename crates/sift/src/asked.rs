//! A document that arrives, made ready for being compared with many.

use crate::likeness::Weighed;
use crate::sieve::Sieve;
use crate::telling::{Said, Telling};
use crate::vocabulary::{UNKNOWN, Vocabulary};

/// A document that arrives, as it is compared.
pub(crate) struct Asked<'a> {
    pub(crate) telling: &'a Telling,
    pub(crate) weighed: Weighed,
    pub(crate) published: i64,
    /// The number of each of its features in the vocabulary.
    pub(crate) numbers: &'a [u32],
    /// The weight of each of its features.
    pub(crate) each: Vec<f32>,
    /// Most features of a remembered document are not shared.
    sieve: Sieve,
    /// Where features stand by their numbers, with open addressing: the place and one, nothing where free.
    places: Vec<u32>,
}

impl<'a> Asked<'a> {
    pub(crate) fn new(telling: &'a Telling, numbers: &'a [u32], published: i64, vocabulary: &Vocabulary) -> Self {
        let mut weighed = Weighed::new(vocabulary);
        let mut each = Vec::with_capacity(numbers.len());
        let mut sieve = Sieve::new();
        let mut places = vec![0_u32; (numbers.len() * 2).next_power_of_two().max(2)];
        for ((said, number), place) in telling.features.iter().zip(numbers).zip(1..) {
            let (weight, elsewhere) = vocabulary.weight(said.feature, *number, !telling.cased);
            weighed.add(said.feature, (said.much, said.in_title), weight, elsewhere);
            each.push(weight);
            if *number == UNKNOWN {
                continue;
            }
            sieve.add(*number);
            let mut at = *number as usize & (places.len() - 1);
            while places[at] != 0 {
                at = (at + 1) & (places.len() - 1);
            }
            places[at] = place;
        }
        Self { telling, weighed, published, numbers, each, sieve, places }
    }

    /// Whether the document may have the feature of that number.
    #[inline]
    pub(crate) fn may_have(&self, number: u32) -> bool {
        self.sieve.may_have(number)
    }

    /// The feature of that number and its weight, where the document has it.
    pub(crate) fn find(&self, number: u32) -> Option<(&Said, f32)> {
        let mut at = number as usize & (self.places.len() - 1);
        while self.places[at] != 0 {
            let place = self.places[at] as usize - 1;
            if self.numbers[place] == number {
                return Some((&self.telling.features[place], self.each[place]));
            }
            at = (at + 1) & (self.places.len() - 1);
        }
        None
    }
}
