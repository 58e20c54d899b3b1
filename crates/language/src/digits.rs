//! Digits: 0–9, Persian ۰–۹ and Arabic ٠–٩.

/// The value of a decimal digit in any of the three sets.
pub fn value(c: char) -> Option<u32> {
    match c {
        '0'..='9' => Some(c as u32 - '0' as u32),
        '۰'..='۹' => Some(c as u32 - '۰' as u32),
        '٠'..='٩' => Some(c as u32 - '٠' as u32),
        _ => None,
    }
}

/// The text with every digit as 0–9; the number of code points stays.
pub fn western(text: &str) -> String {
    text.chars().map(|c| value(c).and_then(|v| char::from_digit(v, 10)).unwrap_or(c)).collect()
}
