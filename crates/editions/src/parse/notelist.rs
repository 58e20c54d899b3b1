//! The references of a note: addresses in each spelling, and words.

use super::label::Label;
use super::{Block, Link, ParsedNote, ParsedReference, ReferenceKind, joins, label, timing};
use regex::Regex;
use sitrep_language::address;
use std::ops::Range;
use std::sync::LazyLock;

static SCHEME: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        // With letters lost or a sign mistaken (`ttps://`, `https//`), an address is still one.
        r"(?i)\b(?:h(?:tt|xx|\*\*)ps?(?::|\[:\]|\(:\))(?://|\[//\]|/)|h(?:tt|xx)ps?\[://\]|(?:htp|ttp|tp)s?://|h(?:tt|xx)ps?;?//|www(?:\.|\[\.\]| dot ))",
    )
    .ok()
});
static SEPARATOR: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"\s*(?:;|؛|\|)\s+|\s+(?:;|؛|\|)\s*|\s*[;؛|,]\s*$").ok());

/// A note from its block; `None` where the block has no label.
pub(super) fn note(block: &Block, index: usize, expected: u32, links: &[Link]) -> Option<ParsedNote> {
    let head: Vec<char> = block.text.chars().take(14).collect();
    let counted = |number: u32| Label { label: number.to_string(), number, roman: false, length: 0 };
    let unsigned = || label::bare(&head).filter(|label| joins::follows_label(&head[label.length..]));
    let typed = || label::numbered(&head).or_else(unsigned).filter(|label| label.number == expected);
    let printed = || label::at_start(&head).or_else(typed);
    // Where the markup says which note it is, its label may stand bare: `iv https://…`.
    let bare = block.note.and_then(|number| {
        let label = label::raised(&head).filter(|label| label.number == number)?;
        let stop = usize::from(head.get(label.length).is_some_and(|next| matches!(next, '.' | ')')));
        let apart = head.get(label.length + stop).is_none_or(|next| next.is_whitespace());
        apart.then(|| Label { length: label.length + stop, ..label })
    });
    let label = printed()
        .filter(|label| block.note.is_none_or(|note| note == label.number))
        .or(bare)
        .or(block.note.map(counted))?;
    let body_at: usize = block.text.chars().take(label.length).map(char::len_utf8).sum();
    let mut pieces =
        Pieces { block, text: &block.text, links, references: Vec::new(), between: Vec::new(), done: body_at };
    pieces.split(body_at);
    pieces.between.push(block.text[pieces.done..].to_owned());
    let (references, between) = (pieces.references, pieces.between);
    Some(ParsedNote { number: label.number, label: label.label, block: index, references, between })
}

struct Pieces<'a> {
    block: &'a Block,
    text: &'a str,
    links: &'a [Link],
    references: Vec<ParsedReference>,
    between: Vec<String>,
    /// Bytes of the text that are in references or between them.
    done: usize,
}

impl Pieces<'_> {
    fn split(&mut self, from: usize) {
        let mut starts: Vec<usize> = Vec::new();
        for found in SCHEME.as_ref().into_iter().flat_map(|scheme| scheme.find_iter(&self.text[from..])) {
            let at = from + found.start();
            let before = self.text[..at].chars().next_back();
            // An address within an address (an archive's, a share link's) is part of it.
            let begins = before.is_none_or(|c| {
                c.is_whitespace() || matches!(c, ';' | '|' | '(' | '[' | ']' | ',' | '<' | ':' | '“' | '"')
            });
            if begins && starts.last().is_none_or(|last| at > last + 9) {
                starts.push(at);
            }
        }
        let first = starts.first().copied().unwrap_or(self.text.len());
        self.words(from, first);
        for (index, start) in starts.iter().enumerate() {
            let end = starts.get(index + 1).copied().unwrap_or(self.text.len());
            self.addressed(*start, end);
        }
    }

    /// A stretch that begins with an address.
    fn addressed(&mut self, start: usize, end: usize) {
        let stretch = &self.text[start..end];
        if stretch.contains(":~:text=") {
            return self.reference(start, end);
        }
        match SEPARATOR.as_ref().and_then(|separator| separator.find(stretch)) {
            Some(found) => {
                self.reference(start, start + found.start());
                self.words(start + found.end(), end);
            }
            None => self.reference(start, end),
        }
    }

    /// A stretch without a scheme: references of words or bare addresses, divided by separators.
    fn words(&mut self, start: usize, end: usize) {
        let mut at = start;
        let stretch = &self.text[start..end];
        for found in SEPARATOR.as_ref().into_iter().flat_map(|separator| separator.find_iter(stretch)) {
            self.reference(at, start + found.start());
            at = start + found.end();
        }
        self.reference(at, end);
    }

    fn reference(&mut self, start: usize, end: usize) {
        let stretch = &self.text[start..end];
        let separators = |c: char| c.is_whitespace() || matches!(c, ';' | '|' | ',' | '؛' | ':' | '<' | '>');
        let printed = stretch
            .trim_start_matches(separators)
            .trim_end_matches([' ', ';', '|', ',', '؛', '>', '\u{a0}', '↩', '↑', '\u{fe0e}']);
        if !printed.chars().any(char::is_alphanumeric) {
            return;
        }
        let at = start + (stretch.len() - stretch.trim_start_matches(separators).len());
        self.between.push(self.text[self.done..at].to_owned());
        self.done = at + printed.len();
        let before = self.text[..at].chars().count();
        let count = printed.chars().count();
        let span = self.block.source_of(before)..self.block.source_of(before + count - 1) + 1;
        let found = whole(printed);
        let linked = self.linked(printed, found.is_some(), &span);
        self.references.push(read(printed, span, found, linked));
    }

    /// Where the page's link leads, where the printed reference doesn't say it whole: an address that the page cut
    /// short (`https://example.org/repor...`), or words.
    fn linked(&self, printed: &str, is_whole: bool, span: &Range<usize>) -> Option<String> {
        let cut = printed.strip_suffix("...").or_else(|| printed.strip_suffix('…'));
        if cut.is_none() && is_whole {
            return None;
        }
        let overlaps = |link: &&Link| link.span.start < span.end && link.span.end > span.start;
        let addresses = self.links.iter().filter(overlaps).flat_map(|link| addresses_of(&link.url));
        let taken = |url: &String| self.references.iter().any(|reference| reference.url.as_ref() == Some(url));
        addresses.into_iter().find(|url| !taken(url) && cut.is_none_or(|cut| url.starts_with(cut)))
    }
}

/// The addresses of a link: some pages put a whole note into one.
fn addresses_of(url: &str) -> Vec<String> {
    let mut starts: Vec<usize> = vec![0];
    for (at, _) in url.match_indices("http").skip(1) {
        let before = url[..at].trim_end();
        if before.ends_with(';') || before.ends_with("%20") || before.len() < at {
            starts.push(at);
        }
    }
    let ends = starts.iter().skip(1).copied().chain([url.len()]);
    let part = |(start, end): (&usize, usize)| {
        let part = url[*start..end].trim_end_matches(|c: char| c == ';' || c == ',' || c.is_whitespace());
        part.trim_end_matches("%20").trim_end_matches(';').to_owned()
    };
    starts.iter().zip(ends).map(part).filter(|part| part.contains("://")).collect()
}

/// A reference as printed, with the address that was found in it, and the one that its link leads to.
fn read(
    printed: &str,
    span: Range<usize>,
    found: Option<address::Refanged>,
    linked: Option<String>,
) -> ParsedReference {
    let url = linked.or_else(|| found.as_ref().map(|found| found.url.clone()));
    let edition_date = url.as_deref().and_then(timing::edition_in_address);
    let kind = match (&url, edition_date) {
        (None, _) => ReferenceKind::Text,
        (Some(_), Some(_)) => ReferenceKind::Edition,
        (Some(_), None) => ReferenceKind::Document,
    };
    let defanged = found.is_some_and(|found| found.spelling.is_some());
    ParsedReference { printed: printed.to_owned(), url, defanged, kind, edition_date, start: span.start, end: span.end }
}

/// The whole address in a printed reference.
fn whole(printed: &str) -> Option<address::Refanged> {
    let scheme = SCHEME.as_ref().and_then(|scheme| scheme.find(printed));
    let Some(scheme) = scheme else {
        let bare = !printed.contains(char::is_whitespace) || printed.contains("dot") || printed.contains("[.]");
        let found = address::refang(printed).filter(|_| bare)?;
        let host = address::host(&found.url);
        let top = host.rsplit('.').next().unwrap_or_default();
        let valid = (2..=12).contains(&top.len()) && top.chars().all(char::is_alphabetic) && !printed.ends_with('.');
        return (valid && !found.url.contains(char::is_whitespace)).then_some(found);
    };
    let (head, tail) = printed[scheme.start()..].split_at(scheme.len());
    let head = mended(head);
    let tail = tail.trim_start().trim_end_matches(['.', ')']);
    let mut joined = format!("{head}{tail}");
    if joined.starts_with("https:/") && !joined.starts_with("https://") {
        joined = joined.replacen("https:/", "https://", 1);
    }
    // Spaces in the host are those of ` dot `; the path ends at the first one, unless it quotes a passage.
    let slash = tail.find(['/', '?', '#']).unwrap_or(tail.len());
    let tidy: String = tail[..slash].split_whitespace().collect::<Vec<_>>().join(" ");
    let path = &tail[slash..];
    let path = if path.contains(":~:text=") {
        path.replace(' ', "%20")
    } else {
        path.split_whitespace().next().unwrap_or_default().trim_end_matches([';', ',']).to_owned()
    };
    let host = host_words(&tidy);
    let scheme_text = &joined[..head.len().max(joined.len().saturating_sub(tail.len()))];
    address::refang(&format!("{scheme_text}{host}{path}")).filter(|found| !found.url.contains(char::is_whitespace))
}

/// A scheme whose letters were lost or whose signs were mistaken, whole again.
fn mended(scheme: &str) -> &str {
    let lower = scheme.to_ascii_lowercase();
    match lower.as_str() {
        "htps://" | "ttps://" | "tps://" | "https//" | "https;//" => "https://",
        "htp://" | "ttp://" | "tp://" | "http//" | "http;//" => "http://",
        _ => scheme,
    }
}

/// The host without words that follow it.
fn host_words(tidy: &str) -> String {
    let mut host = String::new();
    let words: Vec<&str> = tidy.split(' ').collect();
    let is_dot = |word: &str| {
        let bare: String = word.chars().filter(|c| c.is_alphabetic()).collect();
        bare.eq_ignore_ascii_case("dot") || matches!(word, "." | "[.]" | "(.)")
    };
    for (index, word) in words.iter().enumerate() {
        if index > 0 {
            let before = words[index - 1];
            if !(is_dot(word) || is_dot(before) || before.ends_with(['.', ']']) || word.starts_with(['.', '['])) {
                break;
            }
            if is_dot(word) || is_dot(before) {
                host.push(' ');
            }
        }
        host.push_str(word);
    }
    host
}
