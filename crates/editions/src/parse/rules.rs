//! Titles that a typed line marks: underlined (`Ports` over `=====`), or set between signs (`== Ports ==`, `*** Ports ***`).

use super::segments::Segment;

/// Characters up to which a line can be a title.
const LONGEST: usize = 140;

/// Marks the titles; the signs become markup.
pub(super) fn titles(characters: &[char], segments: &mut Vec<Segment>) {
    let mut kept: Vec<Segment> = Vec::with_capacity(segments.len());
    for mut segment in segments.drain(..) {
        let line = &characters[segment.start..segment.end];
        if let Some(depth) = underline(line).filter(|_| !segment.spaced)
            && let Some(title) = kept.last_mut().filter(|title| can_be_title(characters, title))
        {
            title.heading = title.heading.or(Some(depth));
            title.hidden.push(title.end..segment.end);
            title.end = segment.end;
            continue;
        }
        if let Some(signs) = between_signs(line) {
            segment.heading = Some(if line[0] == '=' { u8::try_from(signs).unwrap_or(6).min(6) } else { 2 });
            segment.prefix = signs + line[signs..].iter().take_while(|c| c.is_whitespace()).count();
            let blank = line[..line.len() - signs].iter().rev().take_while(|c| c.is_whitespace()).count();
            segment.hidden.push(segment.end - signs - blank..segment.end);
        }
        let after_title = kept.last().is_some_and(|last| last.heading.is_some());
        segment.spaced |= after_title;
        kept.push(segment);
    }
    *segments = kept;
}

/// Depth of the title over a line of signs.
fn underline(line: &[char]) -> Option<u8> {
    let depth = match line.first()? {
        '=' => 1,
        '-' => 2,
        '~' => 3,
        _ => return None,
    };
    (line.len() >= 3 && line.iter().all(|c| c == &line[0])).then_some(depth)
}

fn can_be_title(characters: &[char], title: &Segment) -> bool {
    let line = &characters[title.start..title.end];
    (title.spaced || title.start == 0)
        && title.hidden.is_empty()
        && line.len() <= LONGEST
        && line.last() != Some(&'.')
        && line.iter().any(|c| c.is_alphanumeric())
}

/// How many signs stand on either side of a title.
fn between_signs(line: &[char]) -> Option<usize> {
    let sign = *line.first().filter(|c| matches!(c, '=' | '*' | '~' | '-' | '+' | '#' | '_'))?;
    let before = line.iter().take_while(|c| **c == sign).count();
    let after = line.iter().rev().take_while(|c| **c == sign).count();
    let inside = line.get(before..line.len().checked_sub(after)?)?;
    let titled = inside.first()?.is_whitespace() && inside.iter().any(|c| c.is_alphanumeric());
    (before >= 2 && before == after && titled && line.len() <= LONGEST).then_some(before)
}
