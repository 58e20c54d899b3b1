//! Samples changed by a seeded generator: the same seed makes the same inputs on every machine.

/// What hostile input is often made of.
const PIECES: [&[u8]; 18] = [
    b"<",
    b">",
    b"\"",
    b"[1]",
    b"[",
    b"]]>",
    b"&#x0;",
    b"&",
    b"\xFF\xFE",
    b"\xE2\x80",
    b"\0",
    b"\n\n",
    b"<![CDATA[",
    b"</p>",
    b"<div>",
    b"9999999999999999999",
    b"{.scope}",
    b"+++\n",
];

/// A generator of inputs (xorshift64*: Vigna, "An experimental exploration of Marsaglia's xorshift generators", 2016).
pub struct Mutation {
    state: u64,
}

impl Mutation {
    /// A generator that starts from a seed.
    pub const fn new(seed: u64) -> Self {
        Self { state: seed ^ 0x9E37_79B9_7F4A_7C15 }
    }

    fn next(&mut self) -> u64 {
        self.state ^= self.state >> 12;
        self.state ^= self.state << 25;
        self.state ^= self.state >> 27;
        self.state.wrapping_mul(0x2545_F491_4F6C_DD1D)
    }

    fn below(&mut self, limit: usize) -> usize {
        usize::try_from(self.next() % (limit.max(1) as u64)).unwrap_or(0)
    }

    /// One of the samples with one to eight changes.
    pub fn mutated(&mut self, samples: &[Vec<u8>]) -> Vec<u8> {
        let at = self.below(samples.len());
        let mut input = samples.get(at).cloned().unwrap_or_default();
        for _ in 0..=self.below(8) {
            self.change(&mut input, samples);
        }
        input
    }

    fn change(&mut self, input: &mut Vec<u8>, samples: &[Vec<u8>]) {
        let at = self.below(input.len() + 1);
        let until = (at + 1 + self.below(40)).min(input.len());
        match self.below(7) {
            0 => drop(input.drain(at.min(until)..until)),
            1 => {
                let piece = PIECES[self.below(PIECES.len())];
                input.splice(at..at, piece.iter().copied());
            }
            2 => {
                if let Some(byte) = input.get_mut(at) {
                    *byte ^= 1 << (self.next() % 8);
                }
            }
            3 => input.truncate(at),
            4 => {
                let copy: Vec<u8> = input.get(at.min(until)..until).unwrap_or_default().to_vec();
                let times = 1 + self.below(30);
                input.splice(at..at, copy.repeat(times));
            }
            5 => {
                let other = &samples[self.below(samples.len())];
                let from = self.below(other.len());
                let piece: Vec<u8> = other[from..].iter().take(200).copied().collect();
                input.splice(at..at, piece);
            }
            _ => {
                let byte = u8::try_from(self.next() % 256).unwrap_or(0);
                input.insert(at, byte);
            }
        }
    }
}
