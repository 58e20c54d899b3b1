//! Links inside the report's text.

use super::blocks::Block;
use super::{Link, metadata};
use std::collections::HashSet;
use url::Url;

/// Links of one page, at most.
const MOST: usize = 500;

/// The links of the report's blocks; each pair of address and words once.
pub(super) fn of(blocks: &[Block], base: Option<&Url>) -> Vec<Link> {
    let mut known = HashSet::new();
    let mut links = Vec::new();
    for (address, words) in blocks.iter().flat_map(|block| &block.links) {
        let words = words.trim();
        if words.chars().nth(1).is_none() || links.len() >= MOST {
            continue;
        }
        let Some(url) = metadata::resolve(base, address) else { continue };
        if known.insert((url.clone(), words)) {
            links.push(Link { url, text: words.to_owned() });
        }
    }
    links
}
