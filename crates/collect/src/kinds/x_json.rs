//! Posts of X as JSON, in the shapes that interfaces and exports give them: version 2 (`data`, `includes`), version 1.1
//! (`full_text`, `user`), lists of `tweets` with `author`, an account's own archive (`window.YTD…`), and one object a line.

use super::saying::paragraphs;
use super::{Error, Said};
use jiff::Timestamp;
use jiff::fmt::strtime;
use serde_json::Value;
use sitrep_model::post::{Media, Mention, Post};
use url::Url;

/// Posts of one answer, at most.
const MOST: usize = 200_000;

/// Posts as read.
#[derive(Debug, Default)]
pub(super) struct Posts {
    /// Number and post, lowest number first.
    pub(super) posts: Vec<(u64, Said)>,
    /// Where the next page begins.
    pub(super) cursor: Option<String>,
    /// What could not be read.
    pub(super) faults: Vec<(String, String)>,
}

/// Reads an answer or export. `handle` is whose posts they are, where they do not say it themselves.
pub(super) fn read(bytes: &[u8], name: &str, handle: Option<&str>) -> Result<Posts, Error> {
    let text = String::from_utf8_lossy(bytes.strip_prefix(&[0xEF, 0xBB, 0xBF]).unwrap_or(bytes));
    let text = text.trim();
    // An account's archive is a script that assigns a list.
    let text = match text.strip_prefix("window.") {
        Some(script) => script.split_once('=').map_or(script, |(_, list)| list.trim().trim_end_matches(';')),
        None => text,
    };
    let whole = match serde_json::from_str::<Value>(text) {
        Ok(whole) => whole,
        Err(error) => {
            lines(text).ok_or_else(|| Error::Unreadable(format!("{name} holds no posts as JSON: {error}")))?
        }
    };
    let listed = listed(&whole);
    if listed.is_empty() {
        if let Some(gone) = gone(&whole) {
            return Err(Error::Gone(format!("{name}: {gone}")));
        }
        if let Some(complaint) = complaint(&whole) {
            return Err(Error::Unreadable(format!("{name}: the interface answers: {complaint}")));
        }
        if !is_empty_page(&whole) {
            return Err(Error::Unreadable(format!("{name} holds no posts that are understood")));
        }
    }
    let mut found = Posts { cursor: cursor(&whole), ..Posts::default() };
    let includes = &whole["includes"];
    for (place, value) in listed.into_iter().take(MOST).enumerate() {
        match one(value, includes, handle) {
            Ok(post) => found.posts.push(post),
            Err(why) => found.faults.push((format!("{name}, post {}", place + 1), why.to_owned())),
        }
    }
    found.posts.sort_by_key(|(number, _)| *number);
    found.posts.dedup_by_key(|(number, _)| *number);
    Ok(found)
}

/// One object a line.
fn lines(text: &str) -> Option<Value> {
    let read: Vec<Value> = text.lines().filter_map(|line| serde_json::from_str(line).ok()).collect();
    let all = text.lines().filter(|line| !line.trim().is_empty()).count();
    // A stray line is borne; a text that merely has a JSON line in it is not an export.
    (!read.is_empty() && read.len() * 2 > all).then_some(Value::Array(read))
}

fn listed(whole: &Value) -> Vec<&Value> {
    fn unwrapped(value: &Value) -> &Value {
        value.get("tweet").filter(|inner| inner.is_object()).unwrap_or(value)
    }
    let is_post = |value: &Value| text(value).is_some() && (value.get("id").is_some() || value.get("id_str").is_some());
    match whole {
        Value::Array(list) => list.iter().map(unwrapped).collect(),
        Value::Object(_) if is_post(whole) => vec![whole],
        Value::Object(object) => {
            let names = ["data", "tweets", "tweet", "results", "statuses", "items", "posts"];
            let found = names.iter().filter_map(|name| object.get(*name)).map(listed).find(|list| !list.is_empty());
            found.unwrap_or_default()
        }
        _ => Vec::new(),
    }
}

fn is_empty_page(whole: &Value) -> bool {
    let empty = |value: &Value| value.as_array().is_some_and(Vec::is_empty);
    whole["meta"]["result_count"].as_u64() == Some(0)
        || empty(whole)
        || empty(&whole["tweets"])
        || empty(&whole["data"])
        || empty(&whole["data"]["tweets"])
}

/// That a post which was asked for by its number is not there, in the interface's words (problem type
/// `resource-not-found` of X's version 2; code 144 of version 1.1).
fn gone(whole: &Value) -> Option<String> {
    let first = whole["errors"].get(0)?;
    let kind = first["type"].as_str().is_some_and(|kind| kind.ends_with("/resource-not-found"));
    (kind || first["code"].as_u64() == Some(144)).then(|| complaint(whole)).flatten()
}

fn complaint(whole: &Value) -> Option<String> {
    let first = whole["errors"].get(0).unwrap_or(whole);
    word(first, &["detail", "message", "title", "msg", "error"]).map(|words| words.chars().take(300).collect())
}

fn cursor(whole: &Value) -> Option<String> {
    if whole["has_next_page"].as_bool() == Some(false) {
        return None;
    }
    word(&whole["meta"], &["next_token"]).or_else(|| word(whole, &["next_cursor", "next_token", "cursor"]))
}

/// The first of several names under which there is a word or number.
fn word(value: &Value, names: &[&str]) -> Option<String> {
    names.iter().find_map(|name| match value.get(*name)? {
        Value::String(text) => Some(text.trim().to_owned()).filter(|text| !text.is_empty()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    })
}

fn text(value: &Value) -> Option<String> {
    let long = ["note_tweet", "extended_tweet"].iter().find_map(|name| word(value.get(*name)?, &["text", "full_text"]));
    long.or_else(|| word(value, &["full_text", "text", "content", "body"]))
}

/// Author as far as a post tells: name and handle.
fn author(value: &Value, includes: &Value) -> (Option<String>, Option<String>) {
    let inner = ["author", "user"].iter().find_map(|name| value.get(*name).filter(|inner| inner.is_object()));
    let listed = || {
        let id = value.get("author_id")?;
        includes["users"].as_array()?.iter().find(|user| user.get("id") == Some(id))
    };
    let user = inner.or_else(listed).unwrap_or(&Value::Null);
    let handle = word(user, &["userName", "username", "screen_name", "handle"]);
    let handle = handle.or_else(|| word(value, &["username", "screen_name", "user_screen_name", "author_username"]));
    let handle = handle.or_else(|| word(value, &["url", "twitterUrl"]).and_then(|url| handle_in(&url)));
    (word(user, &["name", "displayName"]), handle.map(|handle| handle.trim_start_matches('@').to_owned()))
}

/// Handle and number of a post's address.
pub(super) fn in_address(url: &Url) -> Option<(Option<String>, u64)> {
    let host = url.host_str()?;
    let host = ["www.", "mobile.", "m."].iter().find_map(|front| host.strip_prefix(front)).unwrap_or(host);
    ["x.com", "twitter.com", "nitter.net"].contains(&host).then_some(())?;
    let parts: Vec<&str> = url.path_segments()?.collect();
    let at = parts.iter().position(|part| *part == "status" || *part == "statuses")?;
    let number = parts.get(at + 1)?.parse().ok()?;
    let handle = parts.first().filter(|_| at == 1).filter(|handle| **handle != "i");
    Some((handle.map(|handle| (*handle).to_owned()), number))
}

fn handle_in(url: &str) -> Option<String> {
    Url::parse(url).ok().and_then(|url| in_address(&url)?.0)
}

fn number(value: &Value) -> Option<u64> {
    let told = word(value, &["id_str", "id", "tweet_id", "rest_id"]).and_then(|id| id.parse().ok());
    let url = || word(value, &["url", "twitterUrl", "link"]).and_then(|url| Url::parse(&url).ok());
    told.or_else(|| url().and_then(|url| in_address(&url)).map(|(_, number)| number))
}

fn one(value: &Value, includes: &Value, own: Option<&str>) -> Result<(u64, Said), &'static str> {
    let digits = number(value).ok_or("it has no number")?;
    let (name, handle) = author(value, includes);
    let handle = handle.or_else(|| own.map(|own| own.trim_start_matches('@').to_owned()));
    let passed_on = inner(value, includes, &["retweeted_tweet", "retweeted_status", "retweetedTweet"], "retweeted");
    // A post that is passed on shows the beginning of the original; the original, where it came along, has all of it.
    let said_by = passed_on.unwrap_or(value);
    let words = text(said_by).or_else(|| text(value)).ok_or("it has no text")?;
    let links = links(said_by);
    let words = links.iter().fold(unescaped(&words), |words, (short, long, _)| words.replace(short, long));
    let author = name.or_else(|| handle.clone()).unwrap_or_else(|| "X".to_owned());
    let post = Post {
        author: author.clone(),
        handle: handle.clone(),
        number: digits.to_string(),
        views: views(value),
        media: media(said_by, includes),
        forwarded_from: passed_on.map(|original| mention(original, includes)),
        reply_to: reply(value, includes),
        quoted: inner(value, includes, &["quoted_tweet", "quoted_status", "quotedTweet"], "quoted")
            .map(|quoted| mention(quoted, includes)),
        links: links.into_iter().map(|(_, long, shown)| (long, shown)).collect(),
    };
    let published = word(value, &["created_at", "createdAt", "publishedAt", "date", "timestamp"]);
    let said = Said {
        url: address(handle.as_deref(), digits),
        byline: vec![author.clone()],
        published: published.and_then(|time| moment(&time)),
        paragraphs: paragraphs(&words),
        post: Some(post),
        ..Said::default()
    };
    let language = word(value, &["lang", "language"]).filter(|tag| tag.len() == 2 && tag != "qx");
    Ok((digits, said.completed(language.as_deref(), &author)))
}

/// Where a post stands. Without a handle X leads on from `i/web`.
fn address(handle: Option<&str>, number: u64) -> String {
    match handle {
        Some(handle) => format!("https://x.com/{handle}/status/{number}"),
        None => format!("https://x.com/i/web/status/{number}"),
    }
}

/// Another post inside this one: whole, or by its number among what came along.
fn inner<'a>(value: &'a Value, includes: &'a Value, names: &[&str], kind: &str) -> Option<&'a Value> {
    let whole = names.iter().find_map(|name| value.get(*name).filter(|inner| inner.is_object()));
    whole.or_else(|| {
        let reference =
            value["referenced_tweets"].as_array()?.iter().find(|other| other["type"].as_str() == Some(kind))?;
        let along =
            includes["tweets"].as_array().and_then(|list| list.iter().find(|tweet| tweet["id"] == reference["id"]));
        Some(along.unwrap_or(reference))
    })
}

fn mention(value: &Value, includes: &Value) -> Mention {
    let (name, handle) = author(value, includes);
    let url = number(value).map(|number| address(handle.as_deref(), number));
    Mention { author: name, handle, url, text: text(value).map(|words| unescaped(&words)) }
}

fn reply(value: &Value, includes: &Value) -> Option<Mention> {
    if let Some(answered) = inner(value, includes, &["replied_to_tweet", "in_reply_to_tweet"], "replied_to") {
        return Some(mention(answered, includes));
    }
    let number = word(value, &["in_reply_to_status_id_str", "in_reply_to_status_id", "inReplyToId"])?.parse().ok()?;
    let handle = word(value, &["in_reply_to_screen_name", "inReplyToUsername"]);
    Some(Mention { url: Some(address(handle.as_deref(), number)), handle, ..Mention::default() })
}

fn views(value: &Value) -> Option<u64> {
    let told = word(value, &["viewCount", "view_count", "views", "impression_count"]);
    let inside = || word(&value["public_metrics"], &["impression_count"]).or_else(|| word(&value["views"], &["count"]));
    told.or_else(inside).and_then(|count| count.parse().ok())
}

/// Links as X shortened them, where they lead, and how they are shown.
fn links(value: &Value) -> Vec<(String, String, String)> {
    let listed = value["entities"]["urls"].as_array().map(Vec::as_slice).unwrap_or_default();
    let read = listed.iter().take(100).filter_map(|link| {
        let long = word(link, &["unwound_url", "expanded_url", "expandedUrl"])?;
        let shown = word(link, &["display_url", "displayUrl"]).unwrap_or_else(|| long.clone());
        long.starts_with("http").then_some(())?;
        Some((word(link, &["url"]).filter(|short| short.starts_with("https://t.co/"))?, long, shown))
    });
    read.collect()
}

fn media(value: &Value, includes: &Value) -> Vec<Media> {
    let whole =
        ["extended_entities", "extendedEntities", "entities"].iter().find_map(|name| value[*name]["media"].as_array());
    let whole = whole.or_else(|| value["media"].as_array()).map(Vec::as_slice).unwrap_or_default();
    let keys = value["attachments"]["media_keys"].as_array().map(Vec::as_slice).unwrap_or_default();
    let along = includes["media"].as_array().map(Vec::as_slice).unwrap_or_default();
    let along = along.iter().filter(|media| media.get("media_key").is_some_and(|key| keys.contains(key)));
    let mut found = Vec::new();
    for media in whole.iter().chain(along).take(50) {
        let kind = match word(media, &["type"]).unwrap_or_default().as_str() {
            "video" | "animated_gif" => "film",
            _ => "picture",
        };
        let url = word(media, &["media_url_https", "url", "preview_image_url", "media_url"]);
        let title = word(media, &["alt_text", "ext_alt_text"]);
        found.push(Media { kind: kind.to_owned(), url: url.filter(|url| url.starts_with("http")), title });
    }
    found
}

fn moment(text: &str) -> Option<Timestamp> {
    let legacy = || strtime::parse("%a %b %d %H:%M:%S %z %Y", text).ok()?.to_timestamp().ok();
    let unix = || {
        let number: i64 = text.parse().ok()?;
        if number > 100_000_000_000 {
            Timestamp::from_millisecond(number).ok()
        } else {
            Timestamp::from_second(number).ok()
        }
    };
    text.parse().ok().or_else(legacy).or_else(unix)
}

/// X writes three characters of its texts as references.
fn unescaped(text: &str) -> String {
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
}
