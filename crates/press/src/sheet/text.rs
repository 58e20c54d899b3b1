//! Texts as they may be printed: one line, without characters that are not seen and turn others about, and with places
//! where a long word may break.

/// Longest stretch without white space that is printed in one piece.
const UNBROKEN: usize = 22;

/// Whether a character is left out: controls, and marks that change the direction of what follows them. Directions are
/// set by the press, from the letters themselves.
fn is_left_out(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}' | '\u{FFFE}' | '\u{FFFF}')
}

fn is_space(c: char) -> bool {
    c.is_whitespace() && !matches!(c, '\u{A0}' | '\u{202F}' | '\u{2007}')
}

/// A text with single spaces, at its ends too.
pub(crate) fn spaced(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for c in text.chars() {
        if is_space(c) {
            if !line.ends_with(' ') {
                line.push(' ');
            }
        } else if !is_left_out(c) {
            line.push(c);
        }
    }
    line
}

/// A text in one line.
pub(crate) fn line(text: &str) -> String {
    spaced(text).trim().to_owned()
}

/// The beginning of a text, in one line, up to the end of a word.
pub(crate) fn beginning(text: &str, longest: usize) -> String {
    let line = line(text);
    let Some((at, _)) = line.char_indices().nth(longest) else { return line };
    let cut = line.get(..at).unwrap_or_default();
    let words = cut.rsplit_once(' ').map_or(cut, |(words, _)| words);
    format!("{}…", words.trim_end_matches([' ', ',', ';', ':', '.']))
}

/// A text in pieces between which a line may break: long addresses behind their dividing signs, and whatever else is long
/// wherever it must.
pub(crate) fn pieces(text: &str) -> Vec<String> {
    let mut pieces = Vec::new();
    let mut piece = String::new();
    for word in text.split_inclusive(' ') {
        if word.chars().count() <= UNBROKEN {
            piece.push_str(word);
            continue;
        }
        let mut length = 0;
        let mut characters = word.chars().peekable();
        while let Some(c) = characters.next() {
            // An escaped byte, `%D8`, stays whole.
            let before = c == '%' && length > 6;
            if before || length >= UNBROKEN {
                pieces.push(std::mem::take(&mut piece));
                length = 0;
            }
            piece.push(c);
            length += 1;
            let divides = matches!(c, '/' | '?' | '&' | '=' | '-' | '_' | '.' | ',' | ';' | '+' | '|' | ']');
            let next = characters.peek();
            if divides
                && length > 3
                && !piece.ends_with("://")
                && next.is_some_and(|next| next.is_alphanumeric() || *next == '%')
            {
                pieces.push(std::mem::take(&mut piece));
                length = 0;
            }
        }
    }
    if !piece.is_empty() || pieces.is_empty() {
        pieces.push(piece);
    }
    pieces.retain(|piece| !piece.is_empty());
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_unseen_stays() {
        assert_eq!(line(" a\u{0}\n\tb\u{202E}c\u{2028}d \u{2066}"), "a bc d");
        assert_eq!(spaced(" a  b "), " a b ");
        assert_eq!(line("می‌رود"), "می‌رود");
        assert_eq!(beginning("one, two three", 8), "one…");
        assert_eq!(beginning("onetwothree", 3), "one…");
        assert_eq!(beginning("one two", 7), "one two");
    }

    #[test]
    fn pieces_lose_nothing() {
        for text in [
            "",
            "short words only, as in most texts",
            "see https://example.org/a/b?c=%D8%A7%D8%B1%D8%A7%D9%86%D8%AC&d=1-2-3 and on",
            &"x".repeat(1000),
        ] {
            let pieces = pieces(text);
            assert_eq!(pieces.concat(), text);
            for word in pieces.iter().flat_map(|piece| piece.split(' ')) {
                assert!(word.chars().count() <= UNBROKEN + 1, "{word}");
            }
        }
        assert_eq!(pieces("short words only"), ["short words only"]);
    }
}
