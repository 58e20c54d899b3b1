//! What single lines look like: furniture of pages, headings, endings.

/// What lines of a page's frame say, without anything but letters and digits.
const FURNITURE: &[&str] = &[
    "",
    "previous",
    "next",
    "nextprevious",
    "previousnext",
    "viewcitations",
    "hidecitations",
    "share",
    "print",
    "downloadthepdf",
    "downloadpdf",
    "pdf",
    "tags",
    "facebook",
    "twitter",
    "email",
    "linkedin",
    "backtotop",
    "readmore",
    "subscribe",
    "donate",
    "fileattachments",
    "skiptomaincontent",
    "readfullreport",
    "sharethis",
    "printthispage",
    "viewthepdf",
    "edit",
    "editsource",
    "comments",
    "signin",
    "menu",
];

/// Letters of the longest of them.
const LONGEST_FURNITURE: usize = {
    let (mut at, mut longest) = (0, 0);
    while at < FURNITURE.len() {
        if FURNITURE[at].len() > longest {
            longest = FURNITURE[at].len();
        }
        at += 1;
    }
    longest
};

/// Line of a page that belongs to its frame, not to the edition.
pub(super) fn is_furniture(text: &str) -> bool {
    let letters = text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase);
    let bare: String = letters.take(LONGEST_FURNITURE + 1).collect();
    FURNITURE.contains(&bare.as_str())
}

/// "Key Takeaways" in its spellings.
pub(super) fn is_takeaways_heading(text: &str) -> bool {
    const NAMES: [&str; 10] = [
        "key takeaways",
        "takeaways",
        "key takeaway",
        "main takeaways",
        "top takeaways",
        "key points",
        "key findings",
        "key judgments",
        "key judgements",
        "key takeaways and assessments",
    ];
    NAMES.contains(&bare_words(text).as_str())
}

/// A title that heads the takeaways where no other does: "Toplines", "Bottom Line", "Key Developments".
pub(super) fn may_head_takeaways(text: &str) -> bool {
    const NAMES: [&str; 22] = [
        "topline",
        "toplines",
        "bottom line",
        "bottom lines",
        "bottom line up front",
        "bluf",
        "key developments",
        "main developments",
        "top developments",
        "key events",
        "key messages",
        "key assessments",
        "key updates",
        "main points",
        "executive summary",
        "summary",
        "highlights",
        "headlines",
        "in brief",
        "at a glance",
        "top lines",
        "what you need to know",
    ];
    NAMES.contains(&bare_words(text).as_str())
}

/// Whether a text begins as a section's scope statement does.
pub(super) fn says_scope(text: &str) -> bool {
    let opening: String = text.chars().take(24).collect::<String>().to_lowercase();
    let section = ["section", "part", "chapter", "following section"];
    ["this ", "the "].iter().filter_map(|start| opening.strip_prefix(start)).any(|rest| {
        let behind = section.iter().find_map(|word| rest.strip_prefix(word));
        behind.is_some_and(|behind| !behind.starts_with(char::is_alphanumeric))
    }) || opening.starts_with("we do not report")
}

/// A line that says that authors follow.
pub(super) fn is_authors_label(text: &str) -> bool {
    matches!(bare_words(text).as_str(), "author" | "authors" | "by" | "written by" | "contributors" | "contributor")
}

/// "Endnotes" in its spellings.
pub(super) fn is_notes_heading(text: &str) -> bool {
    matches!(
        bare_words(text).as_str(),
        "endnotes" | "end notes" | "notes" | "references" | "footnotes" | "citations" | "sources" | "sources and notes"
    )
}

/// Words of the longest of these headings.
const MOST_WORDS: usize = 5;

fn bare_words(text: &str) -> String {
    let words: Vec<&str> =
        text.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()).take(MOST_WORDS + 1).collect();
    // A whole paragraph need not be looked at.
    if words.len() > MOST_WORDS { String::new() } else { words.join(" ").to_lowercase() }
}

/// Whether a text ends as a sentence or an item does.
pub(super) fn is_ended(text: &str) -> bool {
    let rest = text.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '”' | '"' | '’' | '\'' | ')' | '»'));
    let rest = rest.trim_end();
    rest.ends_with(['.', '!', '?', '…', '؟', '۔', ';', ']']) || (rest.ends_with(':') && rest.chars().count() > 100)
}

const SMALL: &[&str] = &[
    "a", "an", "the", "of", "in", "on", "at", "to", "and", "or", "for", "from", "with", "by", "as", "vs", "into",
    "over", "against", "their", "its", "than", "that", "via", "between", "under", "after", "toward", "towards", "&",
    "s",
];

/// Whether a short line without an end could be a heading: most of its long words are capitalised.
pub(super) fn looks_like_heading(text: &str) -> bool {
    let text = text.trim();
    let count = text.chars().count();
    if count == 0
        || count > 160
        || text.ends_with([',', '.', ';', '—', '-', '”', '"'])
        || text.contains(". ")
        || text.contains("://")
    {
        return false;
    }
    if text.chars().next().is_some_and(|c| c.is_lowercase() || !c.is_alphanumeric()) {
        return false;
    }
    let words: Vec<&str> = text.split_whitespace().collect();
    if text.ends_with(':') && words.len() <= 5 {
        return true;
    }
    let long: Vec<&&str> = words.iter().filter(|word| !SMALL.contains(&word.to_lowercase().as_str())).collect();
    // Scripts without case have no capitals to go by; there a short line without an end must do.
    let cased = long.iter().filter(|word| word.chars().any(char::is_lowercase) || word.chars().any(char::is_uppercase));
    if cased.count() == 0 {
        return words.len() <= 8;
    }
    let capital =
        long.iter().filter(|w| w.chars().find(|c| c.is_alphanumeric()).is_some_and(|c| !c.is_lowercase())).count();
    if text.ends_with(':') {
        return words.len() <= 14 && capital * 5 >= long.len() * 2;
    }
    words.len() <= 16 && (capital * 10 >= long.len() * 7 || (words.len() <= 6 && capital * 2 >= long.len()))
}

/// Whether a text breaks off within a phrase: its last word needs another.
pub(super) fn breaks_off(text: &str) -> bool {
    let last = text.split_whitespace().next_back().unwrap_or_default();
    last.ends_with([',', '—', '“', '(']) || (SMALL.contains(&last.to_lowercase().as_str()) && last != "A")
}
