//! Quotation marks: where quotations begin and end in a paragraph.

use std::ops::Range;

/// Bytes of one quotation, at most.
const LONGEST: usize = 8_000;

/// Marks of a paragraph that nothing closes: beyond these it is not looked through.
const UNCLOSED: usize = 100;

/// The stretches between marks, in bytes, without the marks. A quotation that the next paragraph goes on with needs no end.
pub(super) fn quoted(text: &str, next: Option<&str>) -> Vec<Range<usize>> {
    let characters: Vec<(usize, char)> = text.char_indices().collect();
    let mut found = Vec::new();
    let mut at = 0;
    let mut unclosed = 0;
    while at < characters.len() && unclosed <= UNCLOSED {
        let (place, open) = characters[at];
        let Some(closing) = opens(&characters, at) else {
            at += 1;
            continue;
        };
        let start = place + open.len_utf8();
        match end(&characters, at, open, closing) {
            Some(close) => {
                found.push(start..characters[close].0);
                at = close + 1;
            }
            None => {
                let goes_on = next.is_some_and(|next| next.trim_start().starts_with(open));
                if goes_on && text.len() - start <= LONGEST {
                    found.push(start..text.len());
                    break;
                }
                unclosed += 1;
                at += 1;
            }
        }
    }
    found
}

/// What closes the quotation that begins at a place, if one does.
fn opens(characters: &[(usize, char)], at: usize) -> Option<&'static [char]> {
    let before = at.checked_sub(1).map(|before| characters[before].1);
    let after = characters.get(at + 1).map(|(_, c)| *c);
    let starts = before.is_none_or(|c| !c.is_alphanumeric()) && after.is_some_and(|c| !c.is_whitespace());
    match characters[at].1 {
        '“' => Some(&['”', '“', '"']),
        '„' => Some(&['“', '”', '"']),
        '«' => Some(&['»']),
        '"' if starts => Some(&['"', '”']),
        '״' if starts => Some(&['״']),
        '”' if starts && before.is_none_or(char::is_whitespace) => Some(&['“', '”']),
        '‘' if starts => Some(&['’']),
        _ => None,
    }
}

fn end(characters: &[(usize, char)], at: usize, open: char, closing: &[char]) -> Option<usize> {
    let start = characters[at].0;
    let mut depth = 0_usize;
    for index in at + 1..characters.len() {
        let (place, c) = characters[index];
        if place - start > LONGEST {
            return None;
        }
        if c == open && !closing.contains(&c) {
            depth += 1;
            continue;
        }
        let inside_word = {
            let before = characters[index - 1].1;
            let after = characters.get(index + 1).map(|(_, c)| *c);
            before.is_alphanumeric() && after.is_some_and(char::is_alphanumeric)
        };
        // An apostrophe, or the mark in a Hebrew abbreviation, closes nothing.
        if closing.contains(&c) && !(inside_word && matches!(c, '’' | '״' | '"')) {
            if depth == 0 {
                return (index > at + 1).then_some(index);
            }
            depth -= 1;
        }
    }
    None
}
