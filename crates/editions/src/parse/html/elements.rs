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
        if let Some(target) = href.split_once('#').and_then(|(page, target)| page.is_empty().then_some(target)) {
            return if is_note_name(target) { Self::Note } else { Self::Within };
        }
        let scheme = href.split_once(':').map_or("", |(scheme, _)| scheme);
        let web = scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https");
        if web { Self::Away(href.to_owned()) } else { Self::Within }
    }
}

/// Whether a name is one that writers of pages give to notes: `_edn3`, `fn:3`, `note-3`, `c3`.
fn is_note_name(name: &str) -> bool {
    let digits = name.chars().rev().take_while(char::is_ascii_digit).count();
    let stem = name[..name.len() - digits].trim_matches(['_', '-', ':', '.']).to_ascii_lowercase();
    const STEMS: [&str; 12] =
        ["edn", "ftn", "fn", "en", "note", "footnote", "endnote", "cite", "cite_note", "ref", "n", "sdfootnote"];
    digits > 0 && (STEMS.contains(&stem.as_str()) || stem.ends_with("note") || stem.ends_with("-fn"))
}

/// The number of the note that an element's name says it is.
pub(super) fn note_number(element: &Element) -> Option<u32> {
    let name = element.id()?;
    let digits = name.chars().rev().take_while(char::is_ascii_digit).count();
    is_note_name(name).then(|| name[name.len() - digits..].parse().ok()).flatten()
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
    let named =
        |name: &str| matches!(name.to_ascii_lowercase().as_str(), "author" | "authors" | "byline" | "submitted");
    matches!(element.name(), "p" | "div" | "span" | "address") && element.classes().any(named)
        || element.attr("rel") == Some("author")
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
