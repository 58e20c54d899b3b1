//! A page's source as a row of tags and texts, without a tree: what dates are looked for in needs no more, and a tree
//! costs ten times as much.

use crate::fragment::tag_end;
use memchr::{memchr, memmem};

/// A piece of the source.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::extract) enum Piece<'a> {
    /// A start tag, its name as written, its attributes unparsed.
    Open { name: &'a str, attributes: &'a str },
    /// An end tag.
    Close { name: &'a str },
    /// Text, references unresolved.
    Text(&'a str),
    /// What stands inside `script`, with the attributes of its tag.
    Script { attributes: &'a str, text: &'a str },
}

/// The pieces of a source in order.
pub(in crate::extract) struct Pieces<'a> {
    rest: &'a str,
}

impl<'a> Pieces<'a> {
    pub(in crate::extract) const fn new(source: &'a str) -> Self {
        Self { rest: source }
    }
}

/// Elements whose content is neither text of the page nor marked up.
const SKIPPED: [&str; 4] = ["style", "textarea", "svg", "noscript"];

impl<'a> Iterator for Pieces<'a> {
    type Item = Piece<'a>;

    fn next(&mut self) -> Option<Piece<'a>> {
        loop {
            if self.rest.is_empty() {
                return None;
            }
            if !self.rest.starts_with('<') {
                return Some(self.text(0));
            }
            let second = self.rest.as_bytes().get(1).copied().unwrap_or_default();
            match second {
                b'!' => self.declaration(),
                b'?' => self.skip_to(2, ">"),
                b'/' => {
                    let inside = &self.rest[2..];
                    let name = &inside[..name_length(inside)];
                    let end = memchr(b'>', inside.as_bytes()).map_or(inside.len(), |end| end + 1);
                    self.rest = &inside[end..];
                    if !name.is_empty() {
                        return Some(Piece::Close { name });
                    }
                }
                b if b.is_ascii_alphabetic() => {
                    let inside = &self.rest[1..];
                    let length = name_length(inside);
                    let name = &inside[..length];
                    let end = tag_end(&inside.as_bytes()[length..]).map_or(inside.len(), |end| length + end);
                    let attributes = &inside[length..end];
                    self.rest = inside.get(end + 1..).unwrap_or_default();
                    if name.eq_ignore_ascii_case("script") {
                        let text = self.raw("script");
                        return Some(Piece::Script { attributes, text });
                    }
                    if let Some(skipped) = SKIPPED.iter().find(|skipped| name.eq_ignore_ascii_case(skipped)) {
                        self.raw(skipped);
                        continue;
                    }
                    return Some(Piece::Open { name, attributes });
                }
                _ => return Some(self.text(1)),
            }
        }
    }
}

impl<'a> Pieces<'a> {
    fn text(&mut self, from: usize) -> Piece<'a> {
        let end = memchr(b'<', &self.rest.as_bytes()[from..]).map_or(self.rest.len(), |end| end + from);
        let (text, rest) = self.rest.split_at(end);
        self.rest = rest;
        Piece::Text(text)
    }

    fn skip_to(&mut self, from: usize, end: &str) {
        let inside = self.rest.get(from..).unwrap_or_default();
        let found = memmem::find(inside.as_bytes(), end.as_bytes());
        self.rest = found.map_or("", |at| &inside[at + end.len()..]);
    }

    fn declaration(&mut self) {
        if self.rest.starts_with("<!-->") {
            self.rest = &self.rest[5..];
        } else if self.rest.starts_with("<!--") {
            self.skip_to(4, "-->");
        } else {
            self.skip_to(2, ">");
        }
    }

    /// What stands before the end tag of that name, which is passed too.
    fn raw(&mut self, name: &str) -> &'a str {
        let mut at = 0;
        while let Some(found) = memchr(b'<', &self.rest.as_bytes()[at..]) {
            let start = at + found;
            let Some(tail) = self.rest.as_bytes()[start + 1..].strip_prefix(b"/") else {
                at = start + 1;
                continue;
            };
            if tail.get(..name.len()).is_some_and(|word| word.eq_ignore_ascii_case(name.as_bytes())) {
                let text = &self.rest[..start];
                let end = memchr(b'>', &self.rest.as_bytes()[start..]).map_or(self.rest.len(), |end| start + end + 1);
                self.rest = &self.rest[end..];
                return text;
            }
            at = start + 2;
        }
        // An element that is never closed does not swallow the page.
        ""
    }
}

fn name_length(text: &str) -> usize {
    length(text, |byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b':'))
}

/// Bytes at a text's beginning that are so; it is asked of all or none of the bytes beyond ASCII.
fn length(text: &str, is_so: impl Fn(u8) -> bool) -> usize {
    text.bytes().position(|byte| !is_so(byte)).unwrap_or(text.len())
}

/// The attributes of a tag, names as written, values with references unresolved.
pub(in crate::extract) fn attributes(text: &str) -> impl Iterator<Item = (&str, &str)> {
    let mut rest = text;
    std::iter::from_fn(move || {
        rest = &rest[length(rest, |byte| byte.is_ascii_whitespace() || byte == b'/')..];
        if rest.is_empty() {
            return None;
        }
        let end = length(rest, |byte| !byte.is_ascii_whitespace() && !matches!(byte, b'=' | b'/'));
        // A stray sign is passed with what follows it.
        let end = if end == 0 { rest.chars().next().map_or(0, char::len_utf8) } else { end };
        let name = &rest[..end];
        rest = rest[end..].trim_ascii_start();
        let Some(given) = rest.strip_prefix('=') else { return Some((name, "")) };
        let given = given.trim_ascii_start();
        let (value, after) = match given.as_bytes().first() {
            Some(quote @ (b'"' | b'\'')) => match memchr(*quote, &given.as_bytes()[1..]) {
                Some(end) => (&given[1..=end], &given[end + 2..]),
                None => (&given[1..], ""),
            },
            _ => given.split_at(length(given, |byte| !byte.is_ascii_whitespace())),
        };
        rest = after;
        Some((name, value))
    })
}

/// The value of one attribute.
pub(in crate::extract) fn attribute<'a>(text: &'a str, wanted: &str) -> Option<&'a str> {
    attributes(text).find(|(name, _)| name.eq_ignore_ascii_case(wanted)).map(|(_, value)| value)
}

/// Whether the attributes of a script say that it is JSON-LD.
pub(super) fn is_structured(attributes: &str) -> bool {
    const KIND: &str = "application/ld+json";
    let kind = attribute(attributes, "type").unwrap_or_default().trim();
    kind.get(..KIND.len()).is_some_and(|start| start.eq_ignore_ascii_case(KIND))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_source_falls_into_its_pieces() {
        let source =
            "<!doctype html><!-- a > b --><P class='a>b' id=x>one < two<script a>if (1</2) '</p>'</script ></p>";
        let pieces: Vec<Piece> = Pieces::new(source).collect();
        assert_eq!(
            pieces,
            [
                Piece::Open { name: "P", attributes: " class='a>b' id=x" },
                Piece::Text("one "),
                Piece::Text("< two"),
                Piece::Script { attributes: " a", text: "if (1</2) '</p>'" },
                Piece::Close { name: "p" },
            ]
        );
        let found: Vec<_> = attributes(" class='a>b' id=x checked data-a = \"1\"/").collect();
        assert_eq!(found, [("class", "a>b"), ("id", "x"), ("checked", ""), ("data-a", "1")]);
    }

    proptest::proptest! {
        #[test]
        fn every_source_ends(source in "[<>/!a-z\"'= \\-é]{0,80}") {
            let length: usize = Pieces::new(&source).take(1000).count();
            proptest::prop_assert!(length < 1000);
            let _ = attributes(&source).take(1000).count();
        }
    }
}
