//! Posts of X in files: what interfaces gave, kept as JSON, and what X gives an account of its own posts.

use super::settings::{Form, minutes, optional, required};
use super::{Answer, Ask, Error, Found, Item, Kind, Origin, Sample, fetched, files, no_address, x_json};
use sitrep_model::source::Collection;

pub(super) const KIND: Kind = Kind {
    id: "x-export",
    label: "X export",
    what: "Files of posts as JSON: answers of interfaces that were kept, one object a line, or an account's own archive.",
    origin: Origin::Files,
    settings: &[
        required("path", "File or folder", "Below the folder for incoming files.", Form::Path),
        optional("handle", "Account", "Whose posts they are, where they do not say it.", Form::Words),
        minutes(60),
    ],
    plan: files,
    read,
    recognise: no_address,
    one: fetched,
    takes,
    sample: Sample {
        collection: || Collection::of("x-export").told("path", "tweets.js").told("handle", "exercise_desk"),
        content_type: "application/json",
        body: Some(|| include_bytes!("samples/x_export.js").to_vec()),
        finds: &["https://x.com/exercise_desk/status/2001", "https://x.com/exercise_desk/status/2002"],
    },
};

fn takes(name: &str, head: &[u8]) -> bool {
    let text = String::from_utf8_lossy(head);
    let start = text.trim_start_matches('\u{feff}').trim_start();
    let is_json = [".json", ".jsonl", ".ndjson", ".js"].iter().any(|end| name.to_ascii_lowercase().ends_with(end));
    let marks =
        ["\"tweet", "\"full_text\"", "x.com/", "twitter.com/", "\"author_id\"", "\"created_at\"", "\"createdAt\""];
    is_json && (start.starts_with("window.YTD.") || marks.iter().any(|mark| text.contains(mark)))
}

fn read(collection: &Collection, _: &Ask, answer: &Answer<'_>) -> Result<Found, Error> {
    let read = x_json::read(answer.body, answer.url, collection.text("handle"))?;
    let title = read.posts.first().and_then(|(_, said)| said.post.as_ref()).map(|post| post.author.clone());
    let items = read.posts.into_iter().map(|(_, said)| Item::Said(Box::new(said))).collect();
    Ok(Found { items, faults: read.faults, title, ..Found::default() })
}
