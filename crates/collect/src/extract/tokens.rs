//! A page's source as tokens for html5ever's tree builder, which makes the tree. The tokens are those of the WHATWG
//! standard, but nothing is copied, and what no reader of reports asks for is never made: programs, styles, attributes that
//! say nothing. What is rare in sources (`NUL`, `CDATA`) is left to html5ever's tokenizer.

mod references;
mod scripts;

use super::page::{Page, Sink};
use crate::html;
use foldhash::fast::RandomState;
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{Doctype, Tag, TagKind, Token, TokenSink, TokenSinkResult};
use html5ever::tree_builder::TreeBuilder;
use html5ever::{Attribute, LocalName, QualName, local_name, ns};
use memchr::{memchr, memmem};
use references::resolved;
use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;

/// The page that a source makes; `None` where something in it is not read here.
pub(super) fn read(source: &str) -> Option<Page> {
    let source = source.strip_prefix('\u{FEFF}').unwrap_or(source);
    if memchr(0, source.as_bytes()).is_some() {
        return None;
    }
    let text = with_line_feeds(source);
    let builder =
        TreeBuilder::new(Sink::for_a_page_of(text.len()), html5ever::tree_builder::TreeBuilderOpts::default());
    let mut reader = Reader {
        whole: StrTendril::from_slice(&text),
        text: &text,
        builder,
        names: HashMap::default(),
        recent: [const { None }; RECENT],
        ampersand: 0,
        depth: 0,
    };
    reader.read()?;
    Some(reader.builder.sink.into_page())
}

/// Ends of lines as the standard has them.
fn with_line_feeds(text: &str) -> Cow<'_, str> {
    let Some(first) = memchr(b'\r', text.as_bytes()) else { return Cow::Borrowed(text) };
    let mut out = String::with_capacity(text.len());
    let (mut kept, mut at) = (0, first);
    loop {
        out.push_str(&text[kept..at]);
        out.push('\n');
        kept = at + 1 + usize::from(text.as_bytes().get(at + 1) == Some(&b'\n'));
        match memchr(b'\r', &text.as_bytes()[kept..]) {
            Some(found) => at = kept + found,
            None => break,
        }
    }
    out.push_str(&text[kept..]);
    Cow::Owned(out)
}

/// The name of an element.
#[derive(Clone)]
struct Name {
    local: LocalName,
    /// Its elements may nest.
    nests: bool,
    /// The tree builder compares its elements by their attributes.
    formats: bool,
}

/// Names that are kept at hand.
const RECENT: usize = 64;

struct Reader<'s> {
    text: &'s str,
    /// The same, for tokens that share it.
    whole: StrTendril,
    builder: TreeBuilder<u32, Sink>,
    names: HashMap<&'s str, Name, RandomState>,
    /// Those that were asked for last, each where its letters place it.
    recent: [Option<(&'s str, Name)>; RECENT],
    /// The first `&` that was not passed.
    ampersand: usize,
    /// Elements open at once, as [`html`] counts them.
    depth: usize,
}

impl<'s> Reader<'s> {
    fn read(&mut self) -> Option<()> {
        let mut at = 0;
        while at < self.text.len() {
            let end = self.markup_from(at);
            self.characters(at..end, true);
            at = if end < self.text.len() { self.markup(end)? } else { end };
        }
        let _ = self.builder.process_token(Token::EOFToken, 1);
        self.builder.end();
        Some(())
    }

    fn byte(&self, at: usize) -> Option<u8> {
        self.text.as_bytes().get(at).copied()
    }

    /// The first place of one of these bytes, or the end.
    fn find(&self, byte: u8, from: usize) -> usize {
        let rest = self.text.as_bytes().get(from..).unwrap_or_default();
        memchr(byte, rest).map_or(self.text.len(), |found| from + found)
    }

    /// Where the next tag, comment or declaration begins.
    fn markup_from(&self, from: usize) -> usize {
        let mut at = self.find(b'<', from);
        while at < self.text.len() {
            match self.byte(at + 1) {
                Some(b'!' | b'?') => break,
                Some(b'/') if at + 2 < self.text.len() => break,
                Some(byte) if byte.is_ascii_alphabetic() => break,
                _ => at = self.find(b'<', at + 1),
            }
        }
        at
    }

    /// Reads what begins with `<`; where it ends.
    fn markup(&mut self, at: usize) -> Option<usize> {
        match (self.byte(at + 1), self.byte(at + 2)) {
            (Some(b'/'), Some(b'>')) => Some(at + 3),
            (Some(b'/'), Some(byte)) if byte.is_ascii_alphabetic() => self.tag(at + 2, TagKind::EndTag),
            (Some(b'!'), _) => self.declaration(at),
            (Some(b'/' | b'?'), _) => Some(self.comment(self.find(b'>', at + 1) + 1)),
            _ => self.tag(at + 1, TagKind::StartTag),
        }
    }

    /// A comment, of which only its place counts.
    fn comment(&self, end: usize) -> usize {
        let _ = self.builder.process_token(Token::CommentToken(StrTendril::new()), 1);
        end.min(self.text.len())
    }

    fn declaration(&mut self, at: usize) -> Option<usize> {
        let rest = &self.text.as_bytes()[at + 2..];
        if rest.starts_with(b"--") {
            return Some(self.comment(at + 4 + comment_length(&rest[2..])));
        }
        let starts = |word: &[u8]| rest.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word));
        if starts(b"[cdata[") {
            return None;
        }
        let end = self.find(b'>', at + 2);
        if starts(b"doctype") {
            let doctype = doctype(self.text.get(at + 9..end)?)?;
            let _ = self.builder.process_token(Token::DoctypeToken(doctype), 1);
            return (end < self.text.len()).then_some(end + 1);
        }
        Some(self.comment(end + 1))
    }

    fn name(&mut self, at: Range<usize>) -> Name {
        let written = &self.text[at];
        let letter = |at: Option<&u8>| usize::from(at.copied().unwrap_or_default());
        let bytes = written.as_bytes();
        let place = (written.len() * 5 + letter(bytes.first()) * 3 + letter(bytes.last())) % RECENT;
        match &self.recent[place] {
            Some((known, name)) if *known == written => name.clone(),
            _ => {
                let name = self.looked_up(written);
                self.recent[place] = Some((written, name.clone()));
                name
            }
        }
    }

    fn looked_up(&mut self, written: &'s str) -> Name {
        if let Some(name) = self.names.get(written) {
            return name.clone();
        }
        let lower = written.to_ascii_lowercase();
        let formats = matches!(
            lower.as_str(),
            "a" | "b"
                | "big"
                | "code"
                | "em"
                | "font"
                | "i"
                | "nobr"
                | "s"
                | "small"
                | "strike"
                | "strong"
                | "tt"
                | "u"
        );
        let name = Name { nests: html::nests(&lower), formats, local: LocalName::from(lower) };
        // Nobody has so many names who means them.
        if self.names.len() < 1_000 {
            self.names.insert(written, name.clone());
        }
        name
    }

    /// The name of an attribute that somebody asks for, or that has to be kept.
    fn attribute_name(&mut self, at: Range<usize>, keep: bool) -> Option<LocalName> {
        let written = &self.text[at.clone()];
        match written {
            "class" => Some(local_name!("class")),
            "id" => Some(local_name!("id")),
            "href" => Some(local_name!("href")),
            "style" => Some(local_name!("style")),
            _ if keep || says_something(written) => Some(self.name(at).local),
            _ => None,
        }
    }

    /// Reads a tag from its name on; where what follows begins.
    fn tag(&mut self, start: usize, kind: TagKind) -> Option<usize> {
        let bytes = self.text.as_bytes();
        let mut at = start + length(&bytes[start..], |byte| !is_blank(byte) && !matches!(byte, b'/' | b'>'));
        let name = self.name(start..at);
        let mut attrs: Vec<Attribute> = Vec::new();
        let mut self_closing = false;
        loop {
            at += length(&bytes[at..], is_blank);
            match (bytes.get(at)?, bytes.get(at + 1)) {
                (b'>', _) => {
                    at += 1;
                    break;
                }
                (b'/', Some(b'>')) => {
                    self_closing = true;
                    at += 2;
                    break;
                }
                (b'/', _) => at += 1,
                _ => {
                    let (written, value, end) = attribute(bytes, at)?;
                    at = end;
                    if kind == TagKind::StartTag
                        && let Some(local) = self.attribute_name(written, name.formats)
                        && !attrs.iter().any(|known| known.name.local == local)
                    {
                        let value = self.plain(value, true);
                        attrs.push(Attribute { name: QualName::new(None, ns!(), local), value });
                    }
                }
            }
        }
        if kind == TagKind::EndTag {
            self.depth = self.depth.saturating_sub(usize::from(name.nests));
        } else if name.nests && !(self_closing && html::is_drawn(&name.local)) {
            self.depth += 1;
        }
        if self.depth > html::DEEPEST {
            return None;
        }
        let is_data = &*name.local == "script" && attrs.iter().any(|known| has_json(&known.value));
        let local = name.local.clone();
        let tag = Tag { kind, name: local, self_closing, attrs, had_duplicate_attributes: false };
        match self.builder.process_token(Token::TagToken(tag), 1) {
            TokenSinkResult::Plaintext => None,
            TokenSinkResult::RawData(_) => self.raw(at, &name.local, is_data),
            _ => Some(at),
        }
    }

    /// The content of an element that is text up to its end tag; where that begins.
    fn raw(&mut self, start: usize, name: &str, is_data: bool) -> Option<usize> {
        let mut end = self.raw_end(start, name);
        let inside = &self.text.as_bytes()[start..end];
        match name {
            "style" => {}
            "script" => {
                if memmem::find(inside, b"<!--").is_some() {
                    end = scripts::end(self.text.as_bytes(), start);
                }
                if is_data {
                    self.characters(start..end, false);
                }
            }
            _ => self.characters(start..end, matches!(name, "title" | "textarea")),
        }
        Some(end)
    }

    fn raw_end(&self, start: usize, name: &str) -> usize {
        let bytes = self.text.as_bytes();
        let mut at = self.find(b'<', start);
        while at < bytes.len() {
            let tail = &bytes[at + 1..];
            let ends = || tail.get(name.len() + 1).is_some_and(|byte| is_blank(*byte) || matches!(byte, b'/' | b'>'));
            if tail.first() == Some(&b'/')
                && tail.get(1..=name.len()).is_some_and(|word| word.eq_ignore_ascii_case(name.as_bytes()))
                && ends()
            {
                return at;
            }
            at = self.find(b'<', at + 1);
        }
        at
    }

    fn shared(&self, at: Range<usize>) -> StrTendril {
        let from = u32::try_from(at.start).unwrap_or_default();
        self.whole.subtendril(from, u32::try_from(at.len()).unwrap_or_default())
    }

    fn characters(&mut self, at: Range<usize>, with_references: bool) {
        if at.is_empty() {
            return;
        }
        let token = if with_references { self.plain(at, false) } else { self.shared(at) };
        let _ = self.builder.process_token(Token::CharacterTokens(token), 1);
    }

    /// A text or a value without its references. Nothing is asked for that stands before what was asked for last.
    fn plain(&mut self, at: Range<usize>, in_attribute: bool) -> StrTendril {
        if self.ampersand < at.start {
            self.ampersand = self.find(b'&', at.start);
        }
        if self.ampersand < at.end
            && let Some(text) = resolved(&self.text[at.clone()], in_attribute)
        {
            return StrTendril::from(text);
        }
        self.shared(at)
    }
}

fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\n' | b'\t' | b'\x0C')
}

fn length(bytes: &[u8], is_so: impl Fn(u8) -> bool) -> usize {
    bytes.iter().position(|byte| !is_so(*byte)).unwrap_or(bytes.len())
}

/// An attribute: its name, its value, and where what follows begins; `None` where the source ends before.
fn attribute(bytes: &[u8], start: usize) -> Option<(Range<usize>, Range<usize>, usize)> {
    let rest = bytes.get(start + 1..)?;
    let end = start + 1 + length(rest, |byte| !is_blank(byte) && !matches!(byte, b'/' | b'>' | b'='));
    let mut at = end + length(&bytes[end..], is_blank);
    if *bytes.get(at)? != b'=' {
        return Some((start..end, end..end, at));
    }
    at += 1;
    at += length(&bytes[at..], is_blank);
    match *bytes.get(at)? {
        quote @ (b'"' | b'\'') => {
            let inside = at + 1;
            let close = inside + memchr(quote, &bytes[inside..])?;
            Some((start..end, inside..close, close + 1))
        }
        b'>' => Some((start..end, at..at, at)),
        _ => {
            let close = at + length(&bytes[at..], |byte| !is_blank(byte) && byte != b'>');
            Some((start..end, at..close, close))
        }
    }
}

/// Whether anybody asks for an attribute: not for pictures' addresses, programs, and what programs keep there.
fn says_something(name: &str) -> bool {
    let starts = |word: &str| name.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word));
    match name.len() {
        0..=2 => true,
        _ if starts("data-") => super::tree::DATA.iter().any(|known| name.eq_ignore_ascii_case(known)),
        _ if starts("aria-") => name.eq_ignore_ascii_case("aria-hidden"),
        _ if starts("on") => false,
        _ => !["src", "srcset", "title", "alt", "target", "width", "height", "sizes", "loading"]
            .iter()
            .any(|known| name.eq_ignore_ascii_case(known)),
    }
}

fn has_json(value: &str) -> bool {
    value.as_bytes().windows(4).any(|word| word.eq_ignore_ascii_case(b"json"))
}

/// Bytes up to the end of a comment, from behind its `<!--`.
fn comment_length(rest: &[u8]) -> usize {
    if rest.starts_with(b">") {
        return 1;
    }
    if rest.starts_with(b"->") {
        return 2;
    }
    let ends = memmem::find_iter(rest, b"--").find_map(|at| match rest.get(at + 2..) {
        Some([b'>', ..]) => Some(at + 3),
        Some([b'!', b'>', ..]) => Some(at + 4),
        // `--->` ends with its last three.
        Some([b'-', ..]) => {
            let dashes = length(&rest[at..], |byte| byte == b'-');
            match rest.get(at + dashes..) {
                Some([b'>', ..]) => Some(at + dashes + 1),
                Some([b'!', b'>', ..]) => Some(at + dashes + 2),
                _ => None,
            }
        }
        _ => None,
    });
    ends.unwrap_or(rest.len())
}

/// A document type that is written as it should be; how a page is laid out, and its tree, hang on it.
fn doctype(inside: &str) -> Option<Doctype> {
    let inside = inside.trim_ascii();
    let end = inside.find(|c: char| c.is_ascii_whitespace()).unwrap_or(inside.len());
    let name = inside[..end].to_ascii_lowercase();
    if name.is_empty() || !name.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        return None;
    }
    let mut doctype = Doctype { name: Some(name.into()), public_id: None, system_id: None, force_quirks: false };
    let rest = inside[end..].trim_ascii_start();
    if rest.is_empty() {
        return Some(doctype);
    }
    let (word, rest) = rest.split_at_checked(6)?;
    let (first, rest) = quoted(rest)?;
    if word.eq_ignore_ascii_case("system") {
        doctype.system_id = Some(first.into());
    } else if word.eq_ignore_ascii_case("public") {
        doctype.public_id = Some(first.into());
        if !rest.is_empty() {
            let (second, rest) = quoted(rest)?;
            doctype.system_id = Some(second.into());
            return rest.is_empty().then_some(doctype);
        }
    } else {
        return None;
    }
    rest.is_empty().then_some(doctype)
}

fn quoted(text: &str) -> Option<(&str, &str)> {
    let text = text.trim_ascii_start();
    let quote = text.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    let (inside, rest) = text[1..].split_once(quote)?;
    Some((inside, rest.trim_ascii_start()))
}

#[cfg(test)]
mod tests;
