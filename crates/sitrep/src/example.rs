//! The example desk loaded as if it had been kept for four weeks: its standing parts, captures of its outlets' pages with
//! the times at which they came in, then what the desk made of them.

use crate::outcome::{Class, Failure};
use crate::progress::Progress;
use jiff::{SignedDuration, Timestamp};
use sitrep_model::document::{Document, Triage};
use sitrep_model::source::Source;
use sitrep_newsroom::desk_folder::{DeskFolder, Stage};
use sitrep_newsroom::gather::{Keeping, Received};
use sitrep_newsroom::{Newsroom, Who};
use sitrep_testkit::simulator::{self, Article};
use std::path::Path;
use url::Url;

/// From an outlet's publication to the capture.
const DELAY: SignedDuration = SignedDuration::from_secs(7 * 60);

/// What came in within this time before the last of it is not gone through yet.
const UNREAD: SignedDuration = SignedDuration::from_hours(48);

/// Loads the desk; what is there already stays. `served` is where the outlets are served now.
pub fn load(newsroom: &Newsroom, folder: &Path, served: &str, json: bool) -> Result<(), Failure> {
    let mut desk = DeskFolder::read(folder)?;
    let who = Who::Program("example");
    if is_loaded(newsroom, &who, &desk) {
        // What people made of it since is theirs.
        return Ok(());
    }
    for source in &mut desk.sources {
        if let Some(url) = source.collection.text("url").map(str::to_owned) {
            source.collection = source.collection.clone().told("url", moved(&url, served));
        }
    }
    newsroom.take_desk(&who, &desk, Stage::Standing)?;
    let wrong = |error: simulator::Error| Failure::new(Class::Unreadable, "outlets", error.to_string());
    let sources = simulator::sources(folder).map_err(wrong)?;
    let mut articles = simulator::desk_outlets(folder).map_err(wrong)?;
    articles.retain(|article| !article.live);
    articles.sort_by_key(|article| (article.published, article.id.clone()));
    let last = articles.last().map_or(Timestamp::MIN, |article| article.published);
    let still_new = last.checked_sub(UNREAD).unwrap_or(last);
    let bar = Progress::new("example desk", json);
    for article in &articles {
        bar.step(articles.len());
        if let Some(source) = sources.iter().find(|source| source.id == article.source) {
            keep(newsroom, &who, &desk, source, article, served, still_new)?;
        }
    }
    drop(bar);
    newsroom.take_desk(&who, &desk, Stage::Happenings)?;
    Ok(newsroom.index()?)
}

/// Whether everything was loaded before: editions come last.
fn is_loaded(newsroom: &Newsroom, who: &Who, desk: &DeskFolder) -> bool {
    let slug = |path: &Path| path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    desk.editions.iter().map(|file| slug(&file.path)).filter(|slug| !slug.contains(".v")).all(|slug| {
        let id = sitrep_newsroom::compose::edition_id(&desk.desk.id, &slug);
        newsroom.draft(who, &desk.desk.id, id.as_str()).is_ok()
    })
}

/// Captures an article's page as its outlet served it.
fn keep(
    newsroom: &Newsroom,
    who: &Who,
    desk: &DeskFolder,
    source: &Source,
    article: &Article,
    served: &str,
    still_new: Timestamp,
) -> Result<(), Failure> {
    let id = &desk.desk.id;
    if newsroom.get::<Document>(who, id, article.id.as_str(), None).is_ok() {
        return Ok(());
    }
    let answer = simulator::page(article, source);
    let at: Timestamp = article.published.checked_add(DELAY).unwrap_or(article.published);
    let url = article.url.as_str().to_owned();
    let received = Received {
        url: url.clone(),
        final_url: url,
        at,
        ip: Some("127.0.0.1".to_owned()),
        request: format!(
            "GET {} HTTP/1.1\r\nHost: {}\r\n\r\n",
            article.path(),
            article.url.host_str().unwrap_or_default()
        )
        .into_bytes(),
        response_head: answer.head(),
        status: answer.status,
        via: None,
        media_type: answer.header("content-type").map(str::to_owned),
        raw: answer.body.clone(),
        body: answer.body,
    };
    // The feed names the page where the simulator serves it: the collector must find that it is known.
    let entry = Some(format!("{served}/{}{}", article.source, article.path()));
    // All but the last days' reading was gone through.
    let triage = (at < still_new).then_some(Triage::Kept);
    let keeping =
        Keeping { document: Some(article.id.clone()), recorded: Some(at), entry, triage, ..Keeping::default() };
    newsroom.keep(who, id, Some(source), &received, &keeping)?;
    Ok(())
}

/// A feed's address on the port where the outlets are served now.
fn moved(url: &str, served: &str) -> String {
    match Url::parse(url) {
        Ok(parsed) if parsed.host_str() == Some("127.0.0.1") => format!("{served}{}", parsed.path()),
        _ => url.to_owned(),
    }
}
