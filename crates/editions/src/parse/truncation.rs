//! Whether a text was cut off by whoever kept it.

use super::{Block, Parsed};

/// Why a text is taken to be cut off; `None` where it isn't.
pub(super) fn reason(parsed: &Parsed, characters: usize) -> Option<String> {
    let missing: Vec<u32> = parsed
        .blocks
        .iter()
        .flat_map(Block::markers)
        .map(|(_, number)| number)
        .filter(|n| parsed.note(*n).is_none())
        .collect();
    let highest = parsed.notes.iter().map(|note| note.number).max().unwrap_or(0);
    let behind = missing.iter().filter(|number| **number > highest).count();
    let round = characters >= 5_000 && characters.is_multiple_of(5_000);
    let notes = match (highest, behind) {
        (_, 0) => String::new(),
        (0, count) => format!(", and the notes of its {count} markers are missing"),
        (last, count) => format!(", and after note {last} the notes of {count} markers are missing"),
    };
    if round {
        return Some(format!("the text ends at exactly {characters} characters{notes}"));
    }
    (highest > 0 && behind > 0).then(|| format!("the note list breaks off{notes}"))
}
