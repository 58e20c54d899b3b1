//! Labels of notes: `[i]`, `[12]`, `[^12]`, `¹²`.

use sitrep_model::roman;

/// A label found in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Label {
    /// Without brackets.
    pub label: String,
    /// Its number.
    pub number: u32,
    /// Written in letters.
    pub roman: bool,
    /// Code points it takes, brackets included.
    pub length: usize,
}

const SUPERSCRIPTS: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];

/// The label that starts at the beginning of `characters`.
pub(super) fn at_start(characters: &[char]) -> Option<Label> {
    match characters.first()? {
        '[' => bracketed(characters),
        first if SUPERSCRIPTS.contains(first) => {
            let digits: String = characters
                .iter()
                .map_while(|c| SUPERSCRIPTS.iter().position(|s| s == c))
                .take(4)
                .filter_map(|digit| char::from_digit(u32::try_from(digit).ok()?, 10))
                .collect();
            let number = digits.parse().ok().filter(|number| *number > 0)?;
            Some(Label { length: digits.len(), label: digits, number, roman: false })
        }
        _ => None,
    }
}

fn bracketed(characters: &[char]) -> Option<Label> {
    let close = characters.iter().take(12).position(|c| *c == ']')?;
    let caret = usize::from(characters.get(1) == Some(&'^'));
    let inner: String = characters[1 + caret..close].iter().collect();
    let label = inner.trim().to_owned();
    let (number, roman) = match label.parse::<u32>() {
        Ok(number) if label.len() <= 4 && number > 0 => (number, false),
        Ok(_) => return None,
        Err(_) => (roman::number(&label).filter(|n| *n < 1000)?, true),
    };
    Some(Label { label, number, roman, length: close + 1 })
}

/// A label typed as the number of a list: `12.`, `12)`, `(12)`, `iv.`, before white space.
pub(super) fn numbered(characters: &[char]) -> Option<Label> {
    let open = usize::from(characters.first() == Some(&'('));
    let found = word(characters.get(open..)?)?;
    let end = open + found.length;
    let (stop, space) = (characters.get(end)?, characters.get(end + 1)?);
    let closed = if open > 0 { *stop == ')' } else { matches!(stop, '.' | ')') };
    (closed && space.is_whitespace()).then_some(Label { length: end + 1, ..found })
}

/// A label without any sign, before white space: `12 `, `iv `.
pub(super) fn bare(characters: &[char]) -> Option<Label> {
    word(characters).filter(|label| characters.get(label.length).is_some_and(|next| next.is_whitespace()))
}

/// A marker in round brackets: `(12)`.
pub(super) fn in_round_brackets(characters: &[char]) -> Option<Label> {
    let found = word(characters.strip_prefix(&['('])?)?;
    let length = found.length + 2;
    (characters.get(length - 1) == Some(&')')).then_some(Label { length, ..found })
}

/// The number that a text begins with, in digits or in letters of one case.
fn word(characters: &[char]) -> Option<Label> {
    let word: String = characters.iter().take(9).take_while(|c| c.is_ascii_alphanumeric()).collect();
    let length = word.len();
    if word.starts_with(|c: char| c.is_ascii_digit()) {
        let number = word.parse().ok().filter(|number| *number > 0 && length <= 4)?;
        return Some(Label { label: word, number, roman: false, length });
    }
    let one_case = word.chars().all(|c| c.is_ascii_lowercase()) || word.chars().all(|c| c.is_ascii_uppercase());
    let number = roman::number(&word).filter(|number| one_case && *number < 1000)?;
    Some(Label { label: word, number, roman: true, length })
}

/// Whether an address begins here.
pub(super) fn is_address(characters: &[char]) -> bool {
    let rest: String = characters.iter().skip_while(|c| matches!(c, ':' | ' ' | '\u{a0}' | '<')).take(5).collect();
    let rest = rest.to_ascii_lowercase();
    ["http", "hxxp", "www."].iter().any(|start| rest.starts_with(start))
}

/// The label that a stretch set as a marker begins with: `12`, `iv`, `[12]`.
pub(super) fn raised(characters: &[char]) -> Option<Label> {
    if let Some(label) = at_start(characters) {
        return Some(label);
    }
    let word: String = characters.iter().take(8).take_while(|c| c.is_ascii_alphanumeric()).collect();
    let number = |word: &str| word.parse::<u32>().ok().filter(|number| (1..5000).contains(number));
    let (number, roman) = match number(&word) {
        Some(number) => (number, false),
        None => (roman::number(&word).filter(|number| *number < 400)?, true),
    };
    Some(Label { length: word.len(), label: word, number, roman })
}
