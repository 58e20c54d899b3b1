//! What Telegram's own programs export: `result.json` of a channel, or of all that an account reads.

use super::saying::paragraphs;
use super::settings::{Form, minutes, optional, required};
use super::{Answer, Ask, Error, Found, Item, Kind, Origin, Said, Sample, fetched, files, no_address};
use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use serde_json::Value;
use sitrep_model::post::{Media, Mention, Post};
use sitrep_model::source::Collection;

pub(super) const KIND: Kind = Kind {
    id: "telegram-export",
    label: "Telegram export",
    what: "Files result.json that Telegram's own programs write: every message with its media, replies and forwards.",
    origin: Origin::Files,
    settings: &[
        required("path", "File or folder", "Below the folder for incoming files.", Form::Path),
        optional("channel", "Channel", "The channel's public name, which exports leave out.", Form::Words),
        minutes(60),
    ],
    plan: files,
    read,
    recognise: no_address,
    one: fetched,
    takes,
    sample: Sample {
        collection: || {
            Collection::of("telegram-export").told("path", "result.json").told("channel", "exercise_channel")
        },
        content_type: "application/json",
        body: Some(|| include_bytes!("samples/telegram_export.json").to_vec()),
        finds: &["https://t.me/exercise_channel/11", "https://t.me/exercise_channel/12"],
    },
};

fn takes(name: &str, head: &[u8]) -> bool {
    let text = String::from_utf8_lossy(head);
    let is_json = name.to_ascii_lowercase().ends_with(".json") && text.trim_start().starts_with('{');
    is_json && (text.contains("\"messages\"") || text.contains("\"chats\"")) && text.contains("\"type\"")
}

fn read(collection: &Collection, _: &Ask, answer: &Answer<'_>) -> Result<Found, Error> {
    let whole: Value = serde_json::from_slice(answer.body.strip_prefix(&[0xEF, 0xBB, 0xBF]).unwrap_or(answer.body))
        .map_err(|error| Error::Unreadable(format!("{} is no export of Telegram's: {error}", answer.url)))?;
    let chats: Vec<&Value> = match whole.get("messages") {
        Some(_) => vec![&whole],
        None => ["chats", "left_chats"].iter().flat_map(|name| listed(&whole[*name]["list"])).collect(),
    };
    if chats.is_empty() {
        let message = format!("{} holds no messages: give the result.json of an export as JSON", answer.url);
        return Err(Error::Unreadable(message));
    }
    let named = collection.text("channel").map(|name| name.trim_start_matches('@'));
    let mut found = Found::default();
    for chat in chats {
        let title = chat["name"].as_str().unwrap_or("Telegram");
        found.title.get_or_insert_with(|| title.to_owned());
        let address = match (named, &chat["id"]) {
            (Some(name), _) => format!("https://t.me/{name}"),
            (None, id) => format!("https://t.me/c/{}", id.as_i64().map_or_else(String::new, |id| id.to_string())),
        };
        for (place, message) in listed(&chat["messages"]).iter().enumerate() {
            match one(message, title, named, &address, &answer.zone) {
                Ok(Some(said)) => found.items.push(Item::Said(Box::new(said))),
                Ok(None) => {}
                Err(why) => found.faults.push((format!("{title}, message {}", place + 1), why)),
            }
        }
    }
    Ok(found)
}

fn listed(value: &Value) -> &[Value] {
    value.as_array().map(Vec::as_slice).unwrap_or_default()
}

/// A message; `None` for what the program itself notes (somebody joined, a picture was changed).
fn one(
    message: &Value,
    title: &str,
    handle: Option<&str>,
    address: &str,
    zone: &TimeZone,
) -> Result<Option<Said>, String> {
    if message["type"].as_str() != Some("message") {
        return Ok(None);
    }
    let number = message["id"].as_i64().ok_or("it has no number")?;
    let (mut text, mut links) = (String::new(), Vec::new());
    // Newer exports repeat the text as a list of entities; `text` is there in all of them.
    write_text(&message["text"], &mut text, &mut links);
    if let Some(question) = message["poll"]["question"].as_str() {
        text.push_str(&format!("\n{question}"));
        for answer in listed(&message["poll"]["answers"]) {
            text.push_str(&format!("\n– {}", answer["text"].as_str().unwrap_or_default()));
        }
    }
    let word = |name: &str| message[name].as_str().filter(|word| !word.is_empty()).map(str::to_owned);
    let author = word("from").unwrap_or_else(|| title.to_owned());
    let published = moment(message, "date", zone).ok_or("it has no time")?;
    let reply = message["reply_to_message_id"].as_i64();
    let reply_to = reply.map(|id| Mention { url: Some(format!("{address}/{id}")), ..Mention::default() });
    let forwarded_from = word("forwarded_from").map(|name| Mention { author: Some(name), ..Mention::default() });
    let post = Post {
        author: author.clone(),
        handle: handle.map(str::to_owned),
        number: number.to_string(),
        views: message["views"].as_u64(),
        media: media(message),
        forwarded_from,
        reply_to,
        quoted: None,
        links,
    };
    let said = Said {
        url: format!("{address}/{number}"),
        byline: word("author").into_iter().chain([author.clone()]).collect(),
        published: Some(published),
        modified: moment(message, "edited", zone),
        paragraphs: paragraphs(&text),
        post: Some(post),
        ..Said::default()
    };
    Ok(Some(said.completed(None, &author)))
}

fn moment(message: &Value, name: &str, zone: &TimeZone) -> Option<Timestamp> {
    let unix = message[format!("{name}_unixtime")].as_str().and_then(|seconds| seconds.parse().ok());
    unix.and_then(|seconds| Timestamp::from_second(seconds).ok()).or_else(|| {
        let local: DateTime = message[name].as_str()?.parse().ok()?;
        zone.to_timestamp(local).ok()
    })
}

/// A text is a string, or a list of strings and of pieces with a type.
fn write_text(value: &Value, out: &mut String, links: &mut Vec<(String, String)>) {
    match value {
        Value::String(text) => out.push_str(text),
        Value::Array(pieces) => pieces.iter().for_each(|piece| write_text(piece, out, links)),
        Value::Object(piece) => {
            let text = piece.get("text").and_then(Value::as_str).unwrap_or_default();
            let kind = piece.get("type").and_then(Value::as_str).unwrap_or_default();
            let url = piece.get("href").and_then(Value::as_str).or(Some(text).filter(|_| kind == "link"));
            if let Some(url) = url.filter(|url| url.starts_with("http") && links.len() < 500) {
                links.push((url.to_owned(), text.to_owned()));
            }
            out.push_str(text);
        }
        _ => {}
    }
}

fn media(message: &Value) -> Vec<Media> {
    let word = |name: &str| message[name].as_str().map(str::to_owned);
    let mut found = Vec::new();
    if let Some(photo) = word("photo") {
        found.push(Media { kind: "picture".to_owned(), url: Some(photo), title: None });
    }
    if message.get("file").is_some() || message.get("media_type").is_some() {
        let kind = match message["media_type"].as_str().unwrap_or_default() {
            "video_file" | "video_message" | "animation" => "film",
            "voice_message" | "audio_file" => "sound",
            "sticker" => "sticker",
            _ if message["mime_type"].as_str().is_some_and(|kind| kind.starts_with("image/")) => "picture",
            _ => "file",
        };
        found.push(Media {
            kind: kind.to_owned(),
            url: word("file"),
            title: word("file_name").or_else(|| word("title")),
        });
    }
    if let (Some(latitude), Some(longitude)) =
        (message["location_information"]["latitude"].as_f64(), message["location_information"]["longitude"].as_f64())
    {
        found.push(Media { kind: "place".to_owned(), url: None, title: Some(format!("{latitude}, {longitude}")) });
    }
    if let Some(question) = message["poll"]["question"].as_str() {
        found.push(Media { kind: "poll".to_owned(), url: None, title: Some(question.to_owned()) });
    }
    found
}
