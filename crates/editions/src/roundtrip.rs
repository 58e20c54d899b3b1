//! The text again, in reading order, written from its parts: with its markers and notes.
//!
//! Nothing here reads [`Parsed::text`], so a text that comes back whole proves that every character has its place.

use crate::parse::{Block, Inserted, Parsed, ParsedNote};

/// The edition as text.
pub fn text(parsed: &Parsed) -> String {
    let mut text = String::new();
    for (index, block) in parsed.blocks.iter().enumerate() {
        if index > 0 && !parsed.blocks[index - 1].tight {
            text.push_str("\n\n");
        }
        text.push_str(&block.prefix);
        match parsed.notes.iter().find(|note| note.block == index) {
            Some(note) => write_note(note, block, &mut text),
            None => write_block(block, &mut text),
        }
    }
    text.push('\n');
    text
}

/// A text with every run of white space as one space, for comparing.
pub fn normalized(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn write_block(block: &Block, text: &mut String) {
    let mut inserted = block.inserted.iter().peekable();
    for (count, c) in block.text.chars().enumerate() {
        while let Some((_, what)) = inserted.next_if(|(offset, _)| *offset <= count) {
            write_inserted(what, text);
        }
        text.push(c);
    }
    for (_, what) in inserted {
        write_inserted(what, text);
    }
}

fn write_inserted(inserted: &Inserted, text: &mut String) {
    match inserted {
        Inserted::Marker { printed, .. } => text.push_str(printed),
        Inserted::Other(other) => text.push_str(other),
    }
}

/// The note's label as it stands in its block, then its references and what is between them.
fn write_note(note: &ParsedNote, block: &Block, text: &mut String) {
    let printed: usize = note.references.iter().map(|reference| reference.printed.len()).sum();
    let between: usize = note.between.iter().map(String::len).sum();
    // References and what is between them are what follows the label: its length is the rest.
    let label = block.text.len().saturating_sub(printed + between);
    text.push_str(block.text.get(..label).unwrap_or_default());
    for (index, before) in note.between.iter().enumerate() {
        text.push_str(before);
        if let Some(reference) = note.references.get(index) {
            text.push_str(&reference.printed);
        }
    }
}
