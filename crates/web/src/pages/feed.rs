//! Feeds of a desk's editions, and of a section's or campaign's part in them: Atom (RFC 4287), RSS 2.0, JSON Feed 1.1.

use super::{Answer, facets};
use crate::app::App;
use crate::error::PageError;
use crate::text::segment;
use axum::extract::{Path, State};
use axum::http::{Uri, header};
use axum::response::IntoResponse;

/// Editions in a feed.
const EDITIONS: usize = 20;

/// Every way a feed is printed: extension, what readers call it, media type of a link to it.
pub(crate) fn ways() -> Vec<(&'static str, &'static str, &'static str)> {
    sitrep_newsroom::feeds::ways().collect()
}

/// A desk's feed. Its form is the extension of the address.
pub(crate) async fn desk(State(app): State<App>, uri: Uri, Path(id): Path<String>) -> Answer {
    let desk = app.desk(&id).await?;
    let extension = extension(&uri)?;
    let (media_type, bytes) = app.ask(move |newsroom| newsroom.feed(&desk, &extension, EDITIONS)).await?;
    Ok(([(header::CONTENT_TYPE, media_type)], bytes).into_response())
}

/// The feed of a section or campaign. Its kind is in the address, its form the extension.
pub(crate) async fn part(State(app): State<App>, uri: Uri, Path((id, key)): Path<(String, String)>) -> Answer {
    let desk = app.desk(&id).await?;
    let extension = extension(&uri)?;
    let shelf = uri.path().rsplit('/').nth(2).and_then(facets::shelf).filter(|shelf| shelf.feeds);
    let shelf = shelf.ok_or_else(|| PageError::not_found("feed"))?;
    let path = format!("/{}/{}/{}", segment(&id), shelf.path, segment(&key));
    let asked = move |newsroom: &sitrep_newsroom::Newsroom| {
        newsroom.feed_of(&desk, shelf.kind, &key, &path, &extension, EDITIONS)
    };
    let (media_type, bytes) = app.ask(asked).await?;
    Ok(([(header::CONTENT_TYPE, media_type)], bytes).into_response())
}

fn extension(uri: &Uri) -> Result<String, PageError> {
    let extension = uri.path().rsplit_once('.').map(|(_, extension)| extension.to_owned());
    extension.ok_or_else(|| PageError::not_found("feed"))
}
