//! The report's text as the page prints it against the same text as its metadata repeats it.

use foldhash::fast::RandomState;
use std::collections::HashSet;

/// Words in a shingle.
const SHINGLE: usize = 4;

/// The paragraphs found on the page, unless they are but a part of the body that the metadata gives in full, or
/// something else altogether.
pub(super) fn reconcile(found: Vec<String>, given: Option<&str>) -> Vec<String> {
    let Some(given) = given else { return found };
    let given_words = words(given);
    if given_words.len() < 60 {
        return found;
    }
    let given_shingles: HashSet<u64, RandomState> = shingles(&given_words).collect();
    let own: Vec<Vec<u64>> = found.iter().map(|paragraph| words(paragraph)).collect();
    let found_words: usize = own.iter().map(Vec::len).sum();
    let common: HashSet<u64, RandomState> =
        own.iter().flat_map(|words| shingles(words)).filter(|shingle| given_shingles.contains(shingle)).collect();
    let coverage = common.len() as f64 / given_shingles.len().max(1) as f64;
    if coverage < 0.5 && found_words * 2 < given_words.len() || coverage < 0.1 && found_words < given_words.len() {
        return paragraphs(given);
    }
    // The metadata may give but the beginning.
    if coverage < 0.85 || given_words.len() * 10 < found_words * 6 {
        return found;
    }
    // What stands before and after the given text, and lines inside it that it does not have, are strangers.
    let known = |words: &Vec<u64>| {
        let all = shingles(words).count();
        shingles(words).filter(|shingle| given_shingles.contains(shingle)).count() * 2 >= all
    };
    found.into_iter().zip(&own).filter(|(_, words)| known(words)).map(|(paragraph, _)| paragraph).collect()
}

/// The words of a text, each as a number: their letters and digits in lower case by the hash of Fowler, Noll and Vo.
fn words(text: &str) -> Vec<u64> {
    const BASIS: u64 = 0xcbf2_9ce4_8422_2325;
    let mut words = Vec::new();
    let mut word = BASIS;
    for c in text.chars() {
        if c.is_ascii_alphanumeric() {
            word = mixed(word, u64::from(c.to_ascii_lowercase()));
        } else if c.is_alphanumeric() {
            c.to_lowercase().for_each(|c| word = mixed(word, u64::from(u32::from(c))));
        } else if word != BASIS && !matches!(c, '\'' | '’' | '\u{AD}' | '\u{200C}') {
            words.push(word);
            word = BASIS;
        }
    }
    if word != BASIS {
        words.push(word);
    }
    words
}

fn mixed(hash: u64, value: u64) -> u64 {
    (hash ^ value).wrapping_mul(0x0000_0100_0000_01b3)
}

fn shingles(words: &[u64]) -> impl Iterator<Item = u64> {
    words.windows(SHINGLE).map(|window| window.iter().fold(0_u64, |hash, word| mixed(hash.rotate_left(7), *word)))
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
