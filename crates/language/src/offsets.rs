//! Between byte positions, as Rust slices by, and code points, as every offset that leaves the program counts.

/// Code point positions of a text's bytes.
pub struct Offsets {
    starts: Vec<usize>,
}

impl Offsets {
    /// Indexes a text once.
    pub fn new(text: &str) -> Self {
        let mut starts: Vec<usize> = text.char_indices().map(|(byte, _)| byte).collect();
        starts.push(text.len());
        Self { starts }
    }

    /// Code points before a byte position (which lies on a character's border).
    pub fn code_point(&self, byte: usize) -> usize {
        self.starts.partition_point(|start| *start < byte)
    }

    /// Byte position of a code point; the text's length past its end.
    pub fn byte(&self, code_point: usize) -> usize {
        self.starts.get(code_point).or(self.starts.last()).copied().unwrap_or(0)
    }
}
