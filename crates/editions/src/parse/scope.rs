//! Titles that carry their section's scope in brackets: `Southern Axis (Objective: hold the river line)`.

use super::{Block, lines};

/// Where in a block the scope behind a title begins; `None` where it is no title with a scope.
pub(super) fn behind_title(block: &Block) -> Option<usize> {
    let text = &block.text;
    if !text.ends_with(')') || block.markers().next().is_some() || block.figure.is_some() || text.chars().count() > 700
    {
        return None;
    }
    let at = text.find(" (")?;
    let (title, bracket) = text.split_at(at);
    let long = bracket.chars().count() >= 40;
    let one = bracket.matches('(').count() == bracket.matches(')').count() && closes_at_end(bracket);
    let titled = lines::looks_like_heading(title) && title.split_whitespace().count() <= 14;
    (long && one && titled && (block.heading.is_some() || says_purpose(bracket))).then(|| text[..at].chars().count())
}

/// Whether the first bracket is closed by the last sign.
fn closes_at_end(bracket: &str) -> bool {
    let mut depth = 0_i32;
    let mut characters = bracket.chars().peekable();
    while let Some(c) = characters.next() {
        depth += i32::from(c == '(') - i32::from(c == ')');
        if c == ')' && depth == 0 {
            return characters.peek().is_none();
        }
    }
    false
}

/// Whether a bracket says what is followed and why: it names an aim, or is a sentence.
fn says_purpose(bracket: &str) -> bool {
    let lower = bracket.to_lowercase();
    let aim = ["objective", "goal", "aim", "purpose", "scope"]
        .iter()
        .any(|word| lower.find(word).is_some_and(|at| lower[at..].chars().take(14).any(|c| c == ':')));
    aim || (bracket.ends_with(".)") && bracket.chars().count() > 80)
}

/// The block as two: the title, and the scope behind it.
pub(super) fn part(block: Block, offset: usize) -> (Block, Block) {
    let characters: Vec<char> = block.text.chars().collect();
    let behind = offset + 1;
    let split = |from: usize, to: usize| characters.get(from..to).unwrap_or_default().iter().collect::<String>();
    let (before, after): (Vec<_>, Vec<_>) = block.inserted.iter().cloned().partition(|(at, _)| *at <= offset);
    let (middle, end) = (block.source_of(offset), block.source_of(behind));
    let title = Block {
        text: split(0, offset),
        inserted: before,
        end: middle,
        tight: false,
        bold: block.bold.min(offset),
        source: block.source.get(..=offset).unwrap_or_default().to_vec(),
        ..block.clone()
    };
    let scope = Block {
        prefix: String::new(),
        text: split(behind, characters.len()),
        inserted: after.into_iter().map(|(at, what)| (at.saturating_sub(behind), what)).collect(),
        start: end,
        heading: None,
        list: false,
        bold: 0,
        scope: true,
        source: block.source.get(behind..).unwrap_or_default().to_vec(),
        ..block
    };
    (title, scope)
}
