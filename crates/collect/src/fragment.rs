//! A piece of HTML from a stranger, made harmless, or made plain text. One pass over the bytes: no tree is built.
//!
//! What comes out has only elements and attributes of the lists below, properly nested, with addresses of the web. It may
//! name pictures; whoever shows it decides whether they are loaded.

mod scan;
pub(crate) use scan::tag_end;

use crate::entities;
use memchr::{memchr, memchr2, memchr3, memmem};
use scan::{Visitor, attributes, walk};
use url::Url;

/// Elements nested deeper than this lose their tags.
const DEEPEST: usize = 100;

const KEPT: &[&str] = &[
    "a",
    "abbr",
    "acronym",
    "address",
    "area",
    "article",
    "aside",
    "b",
    "bdi",
    "bdo",
    "big",
    "blockquote",
    "br",
    "caption",
    "center",
    "cite",
    "code",
    "col",
    "colgroup",
    "dd",
    "del",
    "details",
    "dfn",
    "dir",
    "div",
    "dl",
    "dt",
    "em",
    "figcaption",
    "figure",
    "font",
    "footer",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "i",
    "img",
    "ins",
    "kbd",
    "li",
    "main",
    "mark",
    "nav",
    "ol",
    "p",
    "pre",
    "q",
    "rp",
    "rt",
    "ruby",
    "s",
    "samp",
    "section",
    "small",
    "span",
    "strike",
    "strong",
    "sub",
    "summary",
    "sup",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "time",
    "tr",
    "tt",
    "u",
    "ul",
    "var",
    "wbr",
];

const VOID: &[&str] = &["area", "br", "col", "hr", "img", "wbr"];

/// Elements that go with everything in them.
const DROPPED: &[&str] =
    &["applet", "noembed", "noframes", "object", "script", "select", "style", "template", "textarea", "xmp"];

const ATTRIBUTES: &[&str] = &[
    "abbr",
    "align",
    "alt",
    "axis",
    "border",
    "cellpadding",
    "cellspacing",
    "cite",
    "colspan",
    "compact",
    "datetime",
    "dir",
    "headers",
    "height",
    "href",
    "hreflang",
    "lang",
    "reversed",
    "rowspan",
    "scope",
    "span",
    "src",
    "start",
    "summary",
    "title",
    "type",
    "valign",
    "value",
    "width",
    "xml:lang",
];

/// Elements that stand on lines of their own.
const BLOCKS: &[&str] = &[
    "address",
    "article",
    "aside",
    "blockquote",
    "br",
    "caption",
    "center",
    "dd",
    "details",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "li",
    "main",
    "nav",
    "ol",
    "option",
    "p",
    "pre",
    "section",
    "summary",
    "table",
    "td",
    "th",
    "tr",
    "ul",
];

/// Whether a name is one of a sorted list.
fn is_one_of(name: &str, sorted: &[&str]) -> bool {
    sorted.binary_search(&name).is_ok()
}

/// The fragment without anything that could run, load or lead astray; relative addresses resolved against `base`.
pub fn clean(html: &str, base: Option<&Url>) -> String {
    let mut writer = Cleaner { out: String::with_capacity(html.len() + 16), open: Vec::new(), base };
    walk(html, &mut writer);
    for name in writer.open.iter().rev() {
        writer.out.push_str("</");
        writer.out.push_str(name);
        writer.out.push('>');
    }
    writer.out.truncate(writer.out.trim_end().len());
    let blank = writer.out.len() - writer.out.trim_start().len();
    writer.out.drain(..blank);
    writer.out
}

/// The fragment's words, white space collapsed.
pub fn text(html: &str) -> String {
    let mut writer = Words { out: String::with_capacity(html.len()) };
    walk(html, &mut writer);
    collapse(&writer.out)
}

/// Whether a text that may be either is HTML: it has a tag or a reference that HTML knows.
pub fn is_markup(text: &str) -> bool {
    let bytes = text.as_bytes();
    let Some(first) = memchr2(b'<', b'&', bytes) else { return false };
    if memmem::find(&bytes[first..], b"<!--").is_some() {
        return true;
    }
    let tagged = memchr::memchr_iter(b'<', &bytes[first..]).take(200).any(|at| {
        let rest = text[first + at + 1..].trim_start_matches('/');
        let length = rest.bytes().take(16).take_while(u8::is_ascii_alphanumeric).count();
        let ends = rest[length..].starts_with([' ', '>', '/', '\n', '\t', '\r']);
        ends && memchr(b'>', rest.as_bytes()).is_some() && {
            let name = rest[..length].to_ascii_lowercase();
            is_one_of(&name, KEPT) || [DROPPED, OTHERS].iter().any(|list| list.contains(&name.as_str()))
        }
    });
    tagged || memchr::memchr_iter(b'&', bytes).take(200).any(|at| entities::known(&text[at..]).is_some())
}

/// Elements that are recognised as HTML although they are not kept.
const OTHERS: &[&str] = &[
    "html", "body", "head", "iframe", "embed", "form", "input", "link", "meta", "frameset", "frame", "blink", "button",
    "video", "audio",
];

/// White space collapsed, nothing at the ends.
pub(crate) fn collapse(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        // Control characters are in no text on purpose. Those beyond ASCII begin with C2 in UTF-8.
        if word.bytes().any(|byte| byte.is_ascii_control() || byte == 0xC2) {
            out.extend(word.chars().filter(|c| !c.is_control()));
        } else {
            out.push_str(word);
        }
    }
    out
}

struct Cleaner<'a> {
    out: String,
    open: Vec<&'static str>,
    base: Option<&'a Url>,
}

impl Visitor for Cleaner<'_> {
    fn text(&mut self, raw: &str) {
        let mut rest = raw;
        while let Some(at) = special(rest.as_bytes()) {
            self.out.push_str(&rest[..at]);
            let length = match rest.as_bytes()[at] {
                b'&' => match entities::known(&rest[at..]) {
                    Some(length) => {
                        self.out.push_str(&rest[at..at + length]);
                        length
                    }
                    None => {
                        self.out.push_str("&amp;");
                        1
                    }
                },
                b'>' => {
                    self.out.push_str("&gt;");
                    1
                }
                // Only a CDATA section's text has one.
                b'<' => {
                    self.out.push_str("&lt;");
                    1
                }
                _ => 1,
            };
            rest = &rest[at + length..];
        }
        self.out.push_str(rest);
    }

    fn open(&mut self, name: &str, given: &str, closed: bool) {
        let Some(name) = KEPT.binary_search(&name).ok().and_then(|at| KEPT.get(at).copied()) else { return };
        if self.open.len() >= DEEPEST {
            return;
        }
        self.out.push('<');
        self.out.push_str(name);
        for (attribute, value) in attributes(given) {
            if is_one_of(&attribute, ATTRIBUTES) {
                let value = if matches!(attribute.as_ref(), "href" | "src" | "cite") {
                    match address(&value, self.base) {
                        Some(address) => address.into(),
                        None => continue,
                    }
                } else {
                    value
                };
                self.out.push(' ');
                self.out.push_str(&attribute);
                self.out.push_str("=\"");
                escape(&value, &mut self.out);
                self.out.push('"');
            }
        }
        if VOID.contains(&name) {
            self.out.push_str(" />");
            return;
        }
        self.out.push('>');
        if closed {
            self.out.push_str("</");
            self.out.push_str(name);
            self.out.push('>');
        } else {
            self.open.push(name);
        }
    }

    fn close(&mut self, name: &str) {
        if let Some(at) = self.open.iter().rposition(|open| *open == name) {
            for name in self.open.drain(at..).rev() {
                self.out.push_str("</");
                self.out.push_str(name);
                self.out.push('>');
            }
        }
    }
}

/// Where the first byte stands that can't stay as it is in a text.
fn special(bytes: &[u8]) -> Option<usize> {
    let end = memchr3(b'&', b'<', b'>', bytes);
    memchr(0, &bytes[..end.unwrap_or(bytes.len())]).or(end)
}

/// The same in the value of an attribute.
fn special_in_attribute(bytes: &[u8]) -> Option<usize> {
    let end = special(bytes);
    memchr(b'"', &bytes[..end.unwrap_or(bytes.len())]).or(end)
}

/// An address that may be followed: of the web, of mail or telephone, or relative where nothing is known to resolve it
/// against.
pub(crate) fn address(written: &str, base: Option<&Url>) -> Option<String> {
    let written = written.trim();
    if is_plainly_of_the_web(written) {
        return Some(written.to_owned());
    }
    // Browsers skip these inside a scheme.
    let written: String = written.chars().filter(|c| !c.is_ascii_control()).collect();
    let is_followed = |url: &Url| matches!(url.scheme(), "http" | "https" | "mailto" | "tel" | "ftp");
    // What is whole already stays as it was written.
    if let Ok(url) = Url::parse(&written) {
        return is_followed(&url).then_some(written);
    }
    match base.map(|base| base.join(&written)) {
        Some(Ok(url)) => is_followed(&url).then(|| url.into()),
        None if !written.split(['/', '?', '#']).next().unwrap_or_default().contains(':') => Some(written),
        _ => None,
    }
}

/// Whether a text is surely a whole address of the web: no parser has to be asked.
fn is_plainly_of_the_web(text: &str) -> bool {
    let Some(rest) = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://")) else { return false };
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let host = &rest.as_bytes()[..end];
    let last = host.rsplit(|byte| *byte == b'.').next().unwrap_or_default();
    // Figures at the end are an address in numbers; `--` stands in names that have to be decoded.
    host.iter().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'.' | b'-'))
        && last.first().is_some_and(u8::is_ascii_lowercase)
        && memmem::find(host, b"--").is_none()
        && !rest.bytes().any(|byte| byte.is_ascii_control())
}

/// Escapes a text for an attribute or for content.
pub(crate) fn escape(text: &str, out: &mut String) {
    let mut rest = text;
    while let Some(at) = special_in_attribute(rest.as_bytes()) {
        out.push_str(&rest[..at]);
        out.push_str(match rest.as_bytes()[at] {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' => "&quot;",
            _ => "",
        });
        rest = &rest[at + 1..];
    }
    out.push_str(rest);
}

struct Words {
    out: String,
}

impl Visitor for Words {
    fn text(&mut self, raw: &str) {
        self.out.push_str(&entities::decode(raw));
    }

    fn open(&mut self, name: &str, _: &str, _: bool) {
        if is_one_of(name, BLOCKS) {
            self.out.push(' ');
        }
    }

    fn close(&mut self, name: &str) {
        if is_one_of(name, BLOCKS) {
            self.out.push(' ');
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_that_are_searched_are_sorted() {
        for list in [KEPT, ATTRIBUTES, BLOCKS] {
            assert!(list.is_sorted(), "{list:?}");
        }
    }

    #[test]
    fn what_stands_in_a_cdata_section_is_text() {
        let hostile = "<p>a<![CDATA[<img src=x onerror=alert(1) ]]> b</p>";
        assert_eq!(clean(hostile, None), "<p>a&lt;img src=x onerror=alert(1)  b</p>");
    }

    #[test]
    fn nothing_that_runs_or_hides_is_left() {
        for (given, expected) in [
            ("a<script>alert(1)</script> b", "a b"),
            ("<p onclick=x() style='left:0'>a</p>", "<p>a</p>"),
            ("<a href='java\nscript:x()'>a</a>", "<a>a</a>"),
            ("<img src=x.png onerror=alert(1)>", "<img src=\"https://example.org/n/x.png\" />"),
            ("<b><i>a</b>b</i>", "<b><i>a</i></b>b"),
            ("a < b & c &lt; d", "a &lt; b &amp; c &lt; d"),
            ("<svg><script>x</script><style>y</style><desc>A map</desc></svg>z", "A mapz"),
            ("x<!-- <p> -->y<!-- z", "xy"),
            ("<a href=\"/x?a=1&amp;b=2\">q</a>", "<a href=\"https://example.org/x?a=1&amp;b=2\">q</a>"),
            ("<iframe src=//evil.example></iframe>in", "in"),
            ("<scr<script></script>ipt>x", "ipt&gt;x"),
        ] {
            let base = Url::parse("https://example.org/n/").unwrap();
            assert_eq!(clean(given, Some(&base)), expected, "{given}");
        }
    }

    #[test]
    fn words_come_out_of_markup() {
        assert_eq!(text("<p>خبر&nbsp;تازه<br>دوم</p><p>A &amp; B</p>"), "خبر تازه دوم A & B");
        assert!(is_markup("a <b>c</b>") && is_markup("R&amp;D") && !is_markup("1 < 2 & 3 > 2"));
    }

    #[test]
    fn deep_nesting_stays_in_bounds() {
        let deep = format!("{}x", "<div><b>".repeat(100_000));
        assert!(clean(&deep, None).len() < 4_000);
    }

    proptest::proptest! {
        #[test]
        fn what_is_plainly_an_address_is_one(text in "https?://[a-z0-9.:@-]{0,12}[/?#]?[ -~é\t]{0,6}") {
            if is_plainly_of_the_web(&text) {
                proptest::prop_assert!(Url::parse(&text).is_ok(), "{}", text);
            }
        }

        #[test]
        fn what_is_clean_stays_as_it_is(html in "(<[a-z/!]{0,4}[ =\"'a-z]{0,6}>?|&[a-z#0-9]{0,3};?|[a-zا-ی <>\"]{0,5}){0,12}") {
            let once = clean(&html, None);
            proptest::prop_assert_eq!(clean(&once, None), once);
        }
    }
}
