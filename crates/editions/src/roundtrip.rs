//! The text again, in reading order, written from its parts: with its markers and notes.
//!
//! Nothing here reads [`Parsed::text`], so a text that comes back whole proves that every character has its place.

use crate::contract::{Edition, Note, Paragraph};
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
            None => write_with(&block.text, &block.inserted, &mut text),
        }
    }
    text.push('\n');
    text
}

/// The text of an edition that a program wrote: its parts in reading order, with markers and notes.
pub fn of_contract(edition: &Edition) -> String {
    let mut parts: Vec<String> = Vec::new();
    parts.extend(edition.title.clone());
    parts.extend(edition.standing.clone());
    parts.extend(edition.notices.clone());
    if !edition.takeaways.is_empty() {
        parts.push("Key Takeaways".to_owned());
    }
    for (index, takeaway) in edition.takeaways.iter().enumerate() {
        parts.extend(takeaway.label.clone());
        parts.push(format!("{}. {}", index + 1, takeaway.text));
    }
    for section in &edition.sections {
        parts.extend(Some(section.title.clone()).filter(|title| !title.is_empty()));
        parts.extend(section.scope.clone());
        parts.extend(section.paragraphs.iter().map(|paragraph| with_markers(paragraph, &edition.notes)));
    }
    for note in &edition.notes {
        let references: Vec<&str> = note.references.iter().map(|reference| reference.printed.as_str()).collect();
        parts.push(format!("[{}] {}", note.label, references.join(" ; ")));
    }
    parts.extend(edition.unclassified.iter().map(|unknown| unknown.text.clone()));
    parts.join("\n\n") + "\n"
}

fn with_markers(paragraph: &Paragraph, notes: &[Note]) -> String {
    let label = |number: u32| {
        notes.iter().find(|note| note.number == number).map_or_else(|| number.to_string(), |note| note.label.clone())
    };
    let mut text = String::new();
    let mut markers = paragraph.citations.iter().peekable();
    for (count, c) in paragraph.text.chars().enumerate() {
        while let Some(marker) = markers.next_if(|marker| marker.offset <= count) {
            text.push_str(&format!("[{}]", label(marker.note)));
        }
        text.push(c);
    }
    for marker in markers {
        text.push_str(&format!("[{}]", label(marker.note)));
    }
    text
}

/// A text with every run of white space as one space, for comparing.
pub fn normalized(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn write_with(words: &str, inserted: &[(usize, Inserted)], text: &mut String) {
    let mut inserted = inserted.iter().peekable();
    for (count, c) in words.chars().enumerate() {
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

/// The note's label as it stands in its block, then its references and what is between them, with the markup in them.
fn write_note(note: &ParsedNote, block: &Block, text: &mut String) {
    let printed: usize = note.references.iter().map(|reference| reference.printed.len()).sum();
    let between: usize = note.between.iter().map(String::len).sum();
    // References and what is between them are what follows the label: its length is the rest.
    let label = block.text.len().saturating_sub(printed + between);
    let mut whole = block.text.get(..label).unwrap_or_default().to_owned();
    for (index, before) in note.between.iter().enumerate() {
        whole.push_str(before);
        if let Some(reference) = note.references.get(index) {
            whole.push_str(&reference.printed);
        }
    }
    write_with(&whole, &block.inserted, text);
}
