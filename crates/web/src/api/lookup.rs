//! Looking something up by words while writing: what the index finds, then what only begins so.

use sitrep_language::fold::fold;
use sitrep_model::Noun;
use sitrep_model::id::DeskId;
use sitrep_newsroom::search::Search;
use sitrep_newsroom::{Error, Newsroom, Page, Query, Versioned, Who};

/// Hits asked for to fill a page: several may be sentences of one edition.
const HITS: usize = 120;
/// Newest objects whose titles are looked through.
const RECENT: usize = 200;

/// Objects that words find, best first; without words a page of all, newest first.
pub(crate) fn found<N: Noun>(
    newsroom: &Newsroom,
    who: &Who,
    desk: &DeskId,
    words: &str,
    query: &Query,
) -> Result<Page<Versioned<N>>, Error> {
    let words = words.trim();
    if words.is_empty() {
        return newsroom.list(who, desk, query);
    }
    let wanted = |found: &Versioned<N>| {
        query.status.is_empty() || found.value.status().is_some_and(|status| query.status.iter().any(|s| s == status))
    };
    let mut items: Vec<Versioned<N>> = Vec::new();
    let search =
        Search { text: words.to_owned(), kinds: vec![N::KIND], as_of: query.as_of, limit: HITS, ..Search::default() };
    for hit in newsroom.search(who, desk, &search)?.found {
        if items.len() >= query.limit || items.iter().any(|known| known.value.id() == hit.id) {
            continue;
        }
        match newsroom.get::<N>(who, desk, &hit.id, query.as_of) {
            Ok(found) if wanted(&found) => items.push(found),
            Ok(_) | Err(Error::NotFound { .. }) => {}
            Err(error) => return Err(error),
        }
    }
    if items.len() < query.limit {
        // The index knows whole words; a title is also found while its word is being typed.
        let folded = fold(words);
        let recent = Query { limit: RECENT, after: None, ..query.clone() };
        for found in newsroom.list::<N>(who, desk, &recent)?.items {
            let seen = items.iter().any(|known| known.value.id() == found.value.id());
            if !seen && fold(&found.value.title()).contains(&folded) && items.len() < query.limit {
                items.push(found);
            }
        }
    }
    Ok(Page { items, next: None })
}
