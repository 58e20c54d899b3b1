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

/// A label typed as the number of a list: `12.` or `12)`, before white space.
pub(super) fn numbered(characters: &[char]) -> Option<Label> {
    let digits: String = characters.iter().take(4).take_while(|c| c.is_ascii_digit()).collect();
    let (stop, space) = (characters.get(digits.len())?, characters.get(digits.len() + 1)?);
    let number = digits.parse().ok().filter(|number| *number > 0)?;
    (matches!(stop, '.' | ')') && space.is_whitespace()).then(|| Label {
        length: digits.len() + 1,
        label: digits,
        number,
        roman: false,
    })
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
