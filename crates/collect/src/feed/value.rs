//! What stands in an element: plain text, or HTML in one of its disguises (escaped, in CDATA, as XHTML, in base64).

use super::xml::{Space, Tree, What};
use crate::fragment;
use base64::Engine;
use std::borrow::Cow;
use url::Url;

/// A value and whether it is HTML.
pub(super) struct Value<'a> {
    text: Cow<'a, str>,
    html: bool,
    base: Option<Cow<'a, Url>>,
}

impl Value<'_> {
    /// Plain text of one line; nothing where it is blank.
    pub(super) fn plain(&self) -> Option<String> {
        let text = if self.html { fragment::text(&self.text) } else { fragment::collapse(&self.text) };
        (!text.is_empty()).then_some(text)
    }

    /// Harmless HTML; nothing where it is blank.
    pub(super) fn html(&self) -> Option<String> {
        let html = if self.html {
            fragment::clean(&self.text, self.base.as_deref())
        } else {
            let mut html = String::with_capacity(self.text.len());
            fragment::escape(self.text.trim(), &mut html);
            html
        };
        (!html.is_empty()).then_some(html)
    }
}

/// Reads an element. RSS says nothing of the type: what looks like HTML is HTML there.
pub(super) fn read<'a>(tree: &Tree<'a>, index: usize, document: Option<&'a Url>) -> Value<'a> {
    let base = base(tree, index, document);
    let atom = tree.element(index).is_some_and(|element| element.space == Space::Atom);
    let kind = tree.attribute(index, "type").map(|kind| kind.trim().to_ascii_lowercase());
    let mode = tree.attribute(index, "mode").map(|mode| mode.trim().to_ascii_lowercase());
    let kind = kind.as_deref().unwrap_or_default();
    let xml = kind == "xhtml" || kind.ends_with("+xml") || kind.ends_with("/xml") || mode.as_deref() == Some("xml");
    let encoded = mode.as_deref() == Some("base64")
        || atom && mode.is_none() && kind.contains('/') && !kind.starts_with("text/") && !xml;
    let has_elements = tree.children(index).any(|child| tree.element(child).is_some());
    if has_elements || xml && mode.as_deref() != Some("escaped") && !encoded {
        return Value { text: inside(tree, index, kind == "xhtml").into(), html: true, base };
    }
    let text = tree.text(index);
    let text = if encoded { from_base64(&text).map_or(text, Cow::Owned) } else { text };
    let html = match kind {
        "html" | "text/html" | "application/xhtml+xml" | "xhtml" => true,
        "text" | "text/plain" => false,
        // Atom's default is plain text.
        "" if atom && mode.is_none() => false,
        _ => fragment::is_markup(&text),
    };
    Value { text, html, base }
}

/// The base address of an element.
pub(super) fn base<'a>(tree: &Tree<'a>, index: usize, document: Option<&'a Url>) -> Option<Cow<'a, Url>> {
    let written: Vec<Cow<'a, str>> = tree
        .outwards(index)
        .filter_map(|element| tree.value(element, "xml:base").or_else(|| tree.value(element, "base")))
        .filter(|base| !base.trim().is_empty())
        .collect();
    written.iter().rev().fold(document.map(Cow::Borrowed), |base, written| match base {
        Some(base) => Some(base.join(written.trim()).map_or(base, Cow::Owned)),
        None => Url::parse(written.trim()).ok().map(Cow::Owned),
    })
}

fn from_base64(text: &str) -> Option<String> {
    let compact: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let bytes = base64::engine::general_purpose::STANDARD.decode(compact).ok()?;
    // Bytes that are no text were none of base64, but a word that looks like it.
    String::from_utf8(bytes).ok()
}

/// The markup inside an element, as HTML. Of XHTML in Atom the `div` around it is no part of the content.
fn inside(tree: &Tree, index: usize, unwrapped: bool) -> String {
    let children: Vec<usize> = tree.children(index).collect();
    let mut elements = children.iter().filter(|child| tree.element(**child).is_some());
    let first = elements.next().filter(|_| unwrapped && elements.next().is_none());
    let around = first.filter(|child| tree.element(**child).is_some_and(|element| element.name == "div")).copied();
    let mut out = String::new();
    for child in tree.children(around.unwrap_or(index)) {
        write(tree, child, &mut out);
    }
    out
}

fn write(tree: &Tree, index: usize, out: &mut String) {
    let Some(node) = tree.nodes.get(index) else { return };
    match &node.what {
        What::Text { raw, literal } => {
            let text = if *literal { (*raw).into() } else { tree.decode(raw) };
            fragment::escape(&text, out);
        }
        What::Element(element) => {
            out.push('<');
            out.push_str(&element.name);
            for (name, value) in tree.attributes(element).filter(|(name, _)| !name.starts_with("xmlns")) {
                out.push(' ');
                out.push_str(name);
                out.push_str("=\"");
                fragment::escape(&value, out);
                out.push('"');
            }
            if node.end == index + 1 {
                out.push_str(" />");
                return;
            }
            out.push('>');
            for child in tree.children(index) {
                write(tree, child, out);
            }
            out.push_str("</");
            out.push_str(&element.name);
            out.push('>');
        }
    }
}
