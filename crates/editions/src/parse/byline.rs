//! Who wrote an edition, as lines around its title say.

use super::timing;
use jiff::civil::Date;

/// What a line that says when a page was published begins with.
const LEADS: [&str; 12] = [
    "posted on",
    "posted",
    "published on",
    "published",
    "submitted",
    "last updated",
    "updated on",
    "updated",
    "last modified",
    "date",
    "issued",
    "released",
];

/// Whether a line only says that a date follows.
pub(super) fn is_label(text: &str) -> bool {
    LEADS.contains(&text.trim_end_matches(':').to_lowercase().as_str())
}

/// The day and the names in a line that says when and by whom a page was published: `Posted on June 21, 2023 by …`,
/// `June 21, 2023 • …`; `None` where it says neither.
pub(super) fn published(text: &str, title: &str) -> Option<(Option<Date>, Vec<String>)> {
    if text.chars().count() > 240 || timing::date_in(text).is_none() {
        return None;
    }
    let lower = text.to_lowercase();
    let led = LEADS.iter().any(|lead| lower.starts_with(lead));
    let (when, who) = text.split_once(" by ").unwrap_or((text, ""));
    let parts = |line: &str| line.split(['•', '|', '·', '—']).map(|part| part.trim().to_owned()).collect::<Vec<_>>();
    let mut names = Vec::new();
    for part in parts(who).into_iter().chain(parts(when)).filter(|part| part.chars().any(char::is_alphanumeric)) {
        if timing::is_date_line(&part) || timing::date_in(&part).is_some() && led {
            let behind = timing::before_date(&part).unwrap_or_default();
            names.extend(behind.rsplit_once(" by ").and_then(|(_, by)| authors(by, true)).unwrap_or_default());
        } else if !is_label(&part) {
            names.extend(authors(&part, true).filter(|_| !title.contains(part.as_str()))?);
        }
    }
    Some((timing::date_in(text), names))
}

/// The names in a line of authors; `None` where it is none. One name alone is a line of authors where the markup says so.
pub(super) fn authors(text: &str, byline: bool) -> Option<Vec<String>> {
    const LEADS: [&str; 14] = [
        "By: ",
        "By ",
        "BY ",
        "by ",
        "Authors: ",
        "Author: ",
        "Authors ",
        "AUTHORS: ",
        "Contributors: ",
        "Contributor: ",
        "Written by: ",
        "Written by ",
        "Prepared by ",
        "Compiled by ",
    ];
    let bare = LEADS.iter().find_map(|lead| text.strip_prefix(lead)).unwrap_or(text);
    if bare.chars().count() > 400 || bare.contains(". ") && !bare.contains(", ") {
        return None;
    }
    let names: Vec<String> = bare
        .replace(" and ", ", ")
        .replace(" with ", ", ")
        .split([',', ';'])
        .map(|name| name.trim().trim_start_matches("and ").trim().to_owned())
        .filter(|name| !name.is_empty())
        .collect();
    let is_name = |name: &String| {
        let words: Vec<&str> = name.split_whitespace().collect();
        let particle = |word: &&str| matches!(*word, "de" | "van" | "von" | "der" | "bin" | "al" | "el" | "la");
        let capital =
            |word: &&str| word.chars().next().is_some_and(char::is_uppercase) && !word.chars().any(|c| c.is_numeric());
        (2..=5).contains(&words.len()) && words.iter().all(|word| particle(word) || capital(word))
    };
    let listed = names.len() > 1 || bare.len() < text.len() || byline;
    (listed && names.iter().all(is_name)).then_some(names)
}
