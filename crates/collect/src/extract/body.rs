//! The report's text as the page prints it against the same text as its metadata repeats it.

use sitrep_language::fold;
use std::collections::HashSet;

/// Words in a shingle.
const SHINGLE: usize = 4;

/// The paragraphs found on the page, unless they are but a part of the body that the metadata gives in full, or
/// something else altogether.
pub(super) fn reconcile(found: Vec<String>, given: Option<&str>) -> Vec<String> {
    let Some(given) = given else { return found };
    let given_words = fold::words(given);
    let given_shingles = shingles(&given_words);
    if given_words.len() < 60 {
        return found;
    }
    let found_words: usize = found.iter().map(|paragraph| fold::words(paragraph).len()).sum();
    let mut common = HashSet::new();
    for paragraph in &found {
        let words = fold::words(paragraph);
        common.extend(shingles(&words).into_iter().filter(|shingle| given_shingles.contains(shingle)));
    }
    let coverage = common.len() as f64 / given_shingles.len().max(1) as f64;
    if coverage < 0.5 && found_words * 2 < given_words.len() || coverage < 0.1 && found_words < given_words.len() {
        return paragraphs(given);
    }
    // The metadata may give but the beginning.
    if coverage < 0.85 || given_words.len() * 10 < found_words * 6 {
        return found;
    }
    without_strangers(found, &given_shingles)
}

/// Drops what stands before and after the given text, and short lines inside it that it does not have.
fn without_strangers(found: Vec<String>, given: &HashSet<u64>) -> Vec<String> {
    let known: Vec<bool> = found
        .iter()
        .map(|paragraph| {
            let own = shingles(&fold::words(paragraph));
            own.is_empty() || own.iter().filter(|shingle| given.contains(shingle)).count() * 2 >= own.len()
        })
        .collect();
    found.into_iter().zip(known).filter(|(_, known)| *known).map(|(paragraph, _)| paragraph).collect()
}

fn shingles(words: &[String]) -> HashSet<u64> {
    use std::hash::{DefaultHasher, Hash, Hasher};
    words
        .windows(SHINGLE)
        .map(|window| {
            let mut hasher = DefaultHasher::new();
            window.hash(&mut hasher);
            hasher.finish()
        })
        .collect()
}

fn paragraphs(given: &str) -> Vec<String> {
    let text = if given.contains("</p>") || given.contains("<br") || given.contains("&nbsp;") || given.contains("&#") {
        let marked = given.replace("</p>", "\n</p>").replace("<br", "\n<br");
        scraper::Html::parse_fragment(&crate::html::bounded(&marked)).root_element().text().collect()
    } else {
        given.to_owned()
    };
    text.lines()
        .map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "))
        .filter(|line| !line.is_empty())
        .collect()
}
