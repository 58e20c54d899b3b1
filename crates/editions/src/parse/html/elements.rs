//! What elements of a page mean for an edition: blocks, headings, raised text, notes, links.

use scraper::node::Element;

/// Where a link leads.
pub(super) enum Anchor {
    /// To a note of the page: its text is the note's marker.
    Note,
    /// To another page.
    Away(String),
    /// To a place of the page, or nowhere.
    Within,
}

impl Anchor {
    pub(super) fn of(element: &Element) -> Self {
        let Some(href) = element.attr("href").map(str::trim) else {
            return Self::Within;
        };
        // Pages that were saved or moved say their own address before the name.
        if let Some((page, target)) = href.split_once('#')
            && (page.is_empty() || names_note(target))
        {
            return if names_note(target) { Self::Note } else { Self::Within };
        }
        let scheme = href.split_once(':').map_or("", |(scheme, _)| scheme);
        let web = scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https");
        if web { Self::Away(past_redirect(href)) } else { Self::Within }
    }
}

/// Where a link leads that a word processor's export sent by way of its maker: `…google.com/url?q=https://…&sa=D`.
fn past_redirect(href: &str) -> String {
    let behind = href.split_once("://").map_or("", |(_, rest)| rest);
    let asked = ["www.google.com/url?q=", "google.com/url?q="].iter().find_map(|start| behind.strip_prefix(start));
    let target = asked.map(|rest| percent_decoded(rest.split('&').next().unwrap_or_default()));
    target.filter(|target| target.contains("://")).unwrap_or_else(|| href.to_owned())
}

fn percent_decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let code = rest.get(1..3).filter(|_| c == '%').and_then(|digits| u8::from_str_radix(digits, 16).ok());
        match code {
            Some(code) => bytes.push(code),
            None => bytes.extend(rest[..c.len_utf8()].bytes()),
        }
        rest = &rest[if code.is_some() { 3 } else { c.len_utf8() }..];
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}

/// Parts of names that writers of pages give to notes.
const STEMS: [&str; 15] = [
    "edn",
    "ftn",
    "ftnt",
    "fn",
    "en",
    "note",
    "notes",
    "footnote",
    "footnotes",
    "endnote",
    "cite",
    "ref",
    "n",
    "sdfootnote",
    "sdendnote",
];

/// Parts of names that lead from a note back to the text: `_ednref3`, `fnref:3`, `footnote-anchor-3`, `sdendnote3anc`.
const BACK: [&str; 9] = ["ednref", "ftnref", "fnref", "noteref", "_ref", "-ref", "anc", "back", "tooltip"];

/// Whether a name is one of a note or leads to one: `_edn3`, `fn:3`, `note-3`, `footnote3_ab1`.
fn names_note(name: &str) -> bool {
    !numbers_in(name).is_empty()
}

/// The numbers in a note's name, of which one is the note's; none in other names.
fn numbers_in(name: &str) -> Vec<u32> {
    let lower = name.to_ascii_lowercase();
    if lower.len() > 80 || BACK.iter().any(|word| lower.contains(word)) {
        return Vec::new();
    }
    let is_stem = |part: &str| STEMS.contains(&part) || part.ends_with("note") || part.ends_with("fn");
    let mut at = 0;
    let stem = lower.split(|c: char| !c.is_ascii_alphabetic()).find_map(|part| {
        let end = at + part.len();
        at = end + 1;
        is_stem(part).then_some(end)
    });
    let rest = stem.and_then(|end| lower.get(end..)).unwrap_or_default();
    rest.split(|c: char| !c.is_ascii_digit()).filter_map(|digits| digits.parse().ok()).collect()
}

/// The number of the note that an element's name says it is; `next` is the one that would follow the last.
pub(super) fn note_number(element: &Element, next: u32) -> Option<u32> {
    let numbers = [element.id(), element.attr("name")].into_iter().flatten().map(numbers_in).find(|n| !n.is_empty())?;
    numbers.iter().copied().find(|number| *number == next).or_else(|| numbers.first().copied())
}

/// Whether an element's name is one that only notes have, whatever stands around it.
pub(super) fn is_surely_note(element: &Element) -> bool {
    let surely = |name: &str| {
        let lower = name.to_ascii_lowercase();
        ["note", "ftn", "edn", "fn:", "fn-"].iter().any(|word| lower.trim_start_matches('_').starts_with(word))
            || ["footnote", "endnote"].iter().any(|word| lower.contains(word))
    };
    [element.id(), element.attr("name")].into_iter().flatten().any(surely)
}

/// Whether an element is raised above the line.
pub(super) fn is_raised(element: &Element) -> bool {
    let styled = |element: &Element| {
        element
            .attr("style")
            .is_some_and(|style| style.replace(' ', "").to_ascii_lowercase().contains("vertical-align:super"))
    };
    element.name() == "sup" || (element.name() == "span" && styled(element))
}

/// Whether an element is the authors' line.
pub(super) fn is_byline(element: &Element) -> bool {
    let says = |name: &str| {
        let name = name.to_ascii_lowercase();
        name.split(|c: char| !c.is_ascii_alphabetic())
            .any(|part| matches!(part, "author" | "authors" | "byline" | "submitted" | "createdby"))
    };
    matches!(element.name(), "p" | "div" | "span" | "address" | "dd" | "a") && element.classes().any(says)
        || element.attr("rel") == Some("author")
        || element.attr("itemprop") == Some("author")
}

/// Whether an element is the title, as word processors write it.
pub(super) fn is_title(element: &Element) -> bool {
    element.name() == "p"
        && element.classes().any(|class| class.eq_ignore_ascii_case("title") || class.eq_ignore_ascii_case("msotitle"))
}

/// Whether an element is a cell of a table.
pub(super) fn is_cell(element: &Element) -> bool {
    matches!(element.name(), "td" | "th")
}

/// Whether an element holds the notes.
pub(super) fn note_list(element: &Element) -> bool {
    if !matches!(element.name(), "ol" | "div" | "section" | "aside" | "footer" | "ul") {
        return false;
    }
    let named = |name: &str| {
        let name = name.to_ascii_lowercase();
        ["footnote", "endnote", "doc-endnotes", "notes", "references", "citations"].iter().any(|word| {
            name.split(|c: char| !c.is_ascii_alphanumeric() && c != '-').any(|part| {
                part == *word
                    || part == format!("{word}s")
                    || part.ends_with(&format!("-{word}"))
                    || part.ends_with(&format!("-{word}s"))
            })
        })
    };
    element.id().is_some_and(named)
        || element.classes().any(named)
        || ["role", "epub:type"].iter().filter_map(|name| element.attr(name)).any(named)
}

pub(super) fn is_block(name: &str) -> bool {
    const BLOCKS: [&str; 37] = [
        "p",
        "div",
        "section",
        "article",
        "main",
        "header",
        "footer",
        "nav",
        "aside",
        "ul",
        "ol",
        "li",
        "dl",
        "dt",
        "dd",
        "table",
        "tr",
        "td",
        "th",
        "blockquote",
        "figure",
        "figcaption",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "form",
        "pre",
        "address",
        "body",
        "hr",
        "details",
        "summary",
        "button",
        "caption",
    ];
    BLOCKS.contains(&name)
}

pub(super) fn heading(name: &str) -> Option<u8> {
    let depth = name.strip_prefix('h')?.parse().ok()?;
    (1..=6).contains(&depth).then_some(depth)
}
