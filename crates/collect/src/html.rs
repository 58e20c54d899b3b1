//! HTML of any make as a tree, inside bounds: neither size nor nesting of a page costs more than a page may cost.

use crate::fragment::tag_end;
use scraper::Html;
use std::borrow::Cow;

/// Characters of a page beyond this many bytes are not read.
pub(crate) const LONGEST: usize = 12 * 1024 * 1024;

/// Elements nested deeper than this lose their tags and keep their text.
pub(crate) const DEEPEST: usize = 400;

/// Parses a page.
pub(crate) fn parse(text: &str) -> Html {
    Html::parse_document(&bounded(text))
}

/// The page cut to the greatest length, and flattened where it is nested beyond reason. The tree builder walks the
/// open elements again and again, so that nesting costs the square of its depth.
pub(crate) fn bounded(text: &str) -> Cow<'_, str> {
    flattened(cut(text))
}

/// The page cut to the greatest length.
pub(crate) fn cut(text: &str) -> &str {
    &text[..text.floor_char_boundary(LONGEST)]
}

/// Whether elements of a name (in lower case) count as nesting.
pub(crate) fn nests(name: &str) -> bool {
    !UNNESTED.contains(&name) && !RAW.contains(&name)
}

/// Whether elements of a name (in lower case) are parts of a drawing.
pub(crate) fn is_drawn(name: &str) -> bool {
    DRAWING.contains(&name)
}

/// Elements that need no end tag, or have none: they do not count as nesting.
const UNNESTED: &[&str] = &[
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr", "p",
    "li", "td", "th", "tr", "tbody", "thead", "tfoot", "dd", "dt", "option", "colgroup", "html", "head", "body",
];

/// Elements of a drawing; only inside one does `/>` end an element.
const DRAWING: &[&str] = &[
    "svg",
    "g",
    "path",
    "use",
    "rect",
    "circle",
    "line",
    "polygon",
    "polyline",
    "ellipse",
    "stop",
    "defs",
    "symbol",
    "lineargradient",
    "radialgradient",
    "clippath",
    "mask",
    "text",
    "tspan",
    "image",
    "pattern",
    "filter",
];

/// Elements whose content is text and nothing else.
const RAW: &[&str] = &["script", "style", "textarea", "title", "noscript", "iframe", "xmp"];

fn flattened(text: &str) -> Cow<'_, str> {
    let bytes = text.as_bytes();
    let mut out: Option<String> = None;
    let (mut kept, mut depth, mut at) = (0, 0_usize, 0);
    let mut drawing = false;
    let mut letters = [0; LONGEST_NAME];
    while let Some(found) = memchr::memchr(b'<', &bytes[at..]) {
        let start = at + found;
        if bytes[start..].starts_with(b"<!--") {
            at = memchr::memmem::find(&bytes[start + 4..], b"-->").map_or(bytes.len(), |end| start + 4 + end + 3);
            continue;
        }
        let closing = bytes.get(start + 1) == Some(&b'/');
        let name_start = start + 1 + usize::from(closing);
        let name_end = name_start
            + bytes[name_start.min(bytes.len())..]
                .iter()
                .take_while(|byte| byte.is_ascii_alphanumeric() || **byte == b'-')
                .count();
        if name_end == name_start {
            at = start + 1;
            continue;
        }
        let name = lower(&bytes[name_start..name_end], &mut letters).unwrap_or("-");
        let end = behind_tag(bytes, name_end);
        at = end;
        drawing = if name == "svg" { !closing } else { drawing && DRAWING.contains(&name) };
        if UNNESTED.contains(&name) || drawing && bytes[..end].ends_with(b"/>") {
            if depth < DEEPEST {
                continue;
            }
        } else if closing {
            let was = depth;
            depth = depth.saturating_sub(1);
            if was <= DEEPEST {
                continue;
            }
        } else if RAW.contains(&name) {
            at = raw_end(bytes, end, name);
            continue;
        } else {
            depth += 1;
            if depth <= DEEPEST {
                continue;
            }
        }
        let out = out.get_or_insert_with(|| String::with_capacity(text.len()));
        out.push_str(&text[kept..start]);
        out.push(' ');
        kept = end;
    }
    match out {
        None => Cow::Borrowed(text),
        Some(mut out) => {
            out.push_str(&text[kept..]);
            Cow::Owned(out)
        }
    }
}

/// Names longer than this are of no element of HTML.
const LONGEST_NAME: usize = 24;

/// A tag's name in lower case.
fn lower<'b>(name: &[u8], letters: &'b mut [u8; LONGEST_NAME]) -> Option<&'b str> {
    let letters = letters.get_mut(..name.len())?;
    letters.copy_from_slice(name);
    letters.make_ascii_lowercase();
    std::str::from_utf8(letters).ok()
}

/// What follows a tag, of which the place of something inside it is known.
fn behind_tag(bytes: &[u8], from: usize) -> usize {
    tag_end(&bytes[from..]).map_or(bytes.len(), |end| from + end + 1)
}

fn raw_end(bytes: &[u8], from: usize, name: &str) -> usize {
    let mut at = from;
    while let Some(found) = memchr::memchr(b'<', &bytes[at..]) {
        let start = at + found;
        let tail = &bytes[start + 1..];
        if tail.first() == Some(&b'/')
            && tail.get(1..=name.len()).is_some_and(|word| word.eq_ignore_ascii_case(name.as_bytes()))
        {
            return behind_tag(bytes, start + 2 + name.len());
        }
        at = start + 1;
    }
    bytes.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn deep_nesting_loses_its_tags_and_keeps_its_text() {
        let page = format!("{}deep text{}", "<div>".repeat(100_000), "</div>".repeat(100_000));
        let tree = parse(&page);
        let text: String = tree.root_element().text().collect();
        assert!(text.contains("deep text"));
        assert!(tree.tree.nodes().count() < 2 * DEEPEST + 100);
    }

    #[test]
    fn ordinary_pages_pass_unchanged() {
        let page = "<p>a < b <script>if (a<div) '<div>'</script><!-- <div> --><img alt='>'>".repeat(1000);
        assert!(matches!(bounded(&page), Cow::Borrowed(_)));
    }
}
