//! Text in HTML and XML: escaped, and without characters that XML does not have.

/// A text as it may stand between tags and within a quoted attribute, in HTML as in XML.
pub(crate) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + text.len() / 16);
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            '\n' | '\t' => escaped.push(c),
            '\u{FFFE}' | '\u{FFFF}' => {}
            c if c.is_control() => {}
            c => escaped.push(c),
        }
    }
    escaped
}

/// A part of an identifier or fragment: escaped, white space replaced, since an `id` may hold none.
pub(crate) fn anchor(id: &str) -> String {
    escape(&id.replace(char::is_whitespace, "-"))
}

/// A slug or identifier as one segment of an address's path.
pub(crate) fn segment(text: &str) -> String {
    let mut segment = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => segment.push(char::from(byte)),
            byte => segment.push_str(&format!("%{byte:02X}")),
        }
    }
    segment
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_leaves_its_place() {
        assert_eq!(escape("<b a='1\" \u{0}\u{8}&'>"), "&lt;b a=&#39;1&quot; &amp;&#39;&gt;");
        assert_eq!(anchor("p 1\"x"), "p-1&quot;x");
        assert_eq!(segment("a/b?c#d ö"), "a%2Fb%3Fc%23d%20%C3%B6");
    }
}
