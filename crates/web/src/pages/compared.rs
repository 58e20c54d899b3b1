//! Two wordings set against each other, word by word, as HTML.

use crate::text::escape;
use sitrep_editions::diff::{Piece, words};

/// What went stands in `<del>`, what came in `<ins>`; everything is escaped.
pub(crate) fn compared(before: &str, after: &str) -> String {
    let piece = |piece: Piece| match piece {
        Piece::Same(text) => escape(&text),
        Piece::Del(text) => format!("<del>{}</del>", escape(&text)),
        Piece::Ins(text) => format!("<ins>{}</ins>", escape(&text)),
    };
    words(before, after).into_iter().map(piece).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_words_that_differ_are_marked_and_all_are_escaped() {
        assert_eq!(compared("nine of <40>", "ten of <40>"), "<del>nine</del><ins>ten</ins> of &lt;40&gt;");
    }
}
