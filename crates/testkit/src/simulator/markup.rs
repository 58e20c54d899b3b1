//! Text into markup.

/// Text as HTML or XML has it, in content and in quoted attributes.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 16);
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            // XML knows no other control characters.
            c if c.is_control() && !matches!(c, '\n' | '\t') => {}
            c => out.push(c),
        }
    }
    out
}

/// Paragraphs as elements.
pub(super) fn elements(paragraphs: &[String], open: &str, close: &str) -> String {
    paragraphs.iter().map(|paragraph| format!("{open}{}{close}\n", escaped(paragraph))).collect()
}

/// Links of a menu or list: `(address, words)`.
pub(super) fn links(items: &[(String, &str)], open: &str, close: &str) -> String {
    items
        .iter()
        .map(|(to, words)| format!("{open}<a href=\"{}\">{}</a>{close}\n", escaped(to), escaped(words)))
        .collect()
}

/// A JSON value inside a script element.
pub(super) fn script_json(value: &serde_json::Value) -> String {
    value.to_string().replace("</", "<\\/")
}
