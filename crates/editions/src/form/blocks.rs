//! Lines to blocks.

use super::cursor::Source;

/// What a block's first line makes of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// `#` so many times.
    Heading(usize),
    /// `- `.
    Item,
    /// `> `.
    Quotation,
    /// `![`.
    Figure,
    /// `[^`…`]:`.
    Note,
    /// A paragraph; the code points that a number at its beginning takes (`12. `), where it has one.
    Paragraph(usize),
}

/// A block.
#[derive(Debug)]
pub(super) struct Block {
    pub shape: Shape,
    pub source: Source,
}

/// The blocks of a text whose first line has that number.
pub(super) fn blocks(text: &str, first_line: usize) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    let mut open = false;
    for (index, line) in text.split('\n').enumerate() {
        let number = first_line + index;
        let line = trimmed(line);
        if line.is_empty() {
            open = false;
            continue;
        }
        let (shape, prefix) = shape_of(line);
        let last = blocks.last_mut().filter(|_| open);
        let continues = last.filter(|last| continues(last, shape, line));
        let rest: String = line.chars().skip(prefix).collect();
        match continues {
            Some(last) if last.shape == Shape::Quotation && shape == Shape::Quotation => last.source.add(&rest, number),
            Some(last) => last.source.add(line, number),
            None => {
                let mut source = Source::default();
                source.add(&rest, number);
                blocks.push(Block { shape, source });
            }
        }
        open = !matches!(shape, Shape::Heading(_));
    }
    blocks
}

/// A line without white space around it; a space behind a backslash stays.
fn trimmed(line: &str) -> &str {
    let line = line.trim_start_matches([' ', '\t']);
    let short = line.trim_end_matches([' ', '\t']);
    let escaped = short.chars().rev().take_while(|c| *c == '\\').count() % 2 == 1;
    if escaped && short.len() < line.len() { &line[..=short.len()] } else { short }
}

/// The shape that a line begins, and how many of its characters are markup.
fn shape_of(line: &str) -> (Shape, usize) {
    let hashes = line.chars().take_while(|c| *c == '#').count();
    let behind = |at: usize| line[at..].chars().next();
    if hashes > 0 && behind(hashes).is_none_or(|c| c == ' ') {
        return (Shape::Heading(hashes), hashes);
    }
    match line.as_bytes() {
        [b'-' | b'*' | b'+', b' ', ..] | [b'-' | b'+'] => (Shape::Item, 1),
        [b'>', ..] => (Shape::Quotation, 1 + usize::from(line[1..].starts_with(' '))),
        [b'!', b'[', ..] => (Shape::Figure, 0),
        [b'[', b'^', ..] if is_note(line) => (Shape::Note, 0),
        _ => {
            let digits = line.bytes().take(10).take_while(u8::is_ascii_digit).count();
            let numbered = (1..=9).contains(&digits)
                && matches!(line.as_bytes().get(digits), Some(b'.' | b')'))
                && behind(digits + 1).is_none_or(|c| c == ' ');
            (Shape::Paragraph(if numbered { digits + 1 } else { 0 }), 0)
        }
    }
}

/// Whether the bracket that a line begins with closes before a colon.
fn is_note(line: &str) -> bool {
    let mut escaped = false;
    let mut characters = line.chars();
    for c in characters.by_ref() {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            ']' => return characters.next() == Some(':'),
            _ => {}
        }
    }
    false
}

fn continues(last: &Block, shape: Shape, line: &str) -> bool {
    match (last.shape, shape) {
        (Shape::Quotation, Shape::Quotation) => true,
        (Shape::Paragraph(before), Shape::Paragraph(_))
            if line.starts_with("{.") || before > 0 && is_numbered(shape) =>
        {
            false
        }
        (_, Shape::Paragraph(_)) => !line.starts_with("{."),
        _ => false,
    }
}

fn is_numbered(shape: Shape) -> bool {
    matches!(shape, Shape::Paragraph(number) if number > 0)
}
