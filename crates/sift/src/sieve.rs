//! Which of many numbers may be among some: one look each, and most of those that are not are told at once.

/// Bits: few of some hundred numbers fall on another's by chance.
const BITS: u32 = 1 << 16;

/// Some numbers.
pub(crate) struct Sieve(Box<[u64; BITS as usize / 64]>);

impl Sieve {
    /// Of no numbers.
    pub(crate) fn new() -> Self {
        Self(Box::new([0; BITS as usize / 64]))
    }

    pub(crate) fn add(&mut self, number: u32) {
        let bit = number % BITS;
        self.0[(bit / 64) as usize] |= 1 << (bit % 64);
    }

    /// Whether a number may be among them.
    #[inline]
    pub(crate) fn may_have(&self, number: u32) -> bool {
        let bit = number % BITS;
        self.0[(bit / 64) as usize] >> (bit % 64) & 1 == 1
    }
}
