//! An account of X through an interface for programs. Which interface is a setting: X's own (version 2), or another that
//! gives posts as JSON. Its credential is no setting; it is kept as the source's secret.

use super::asking::credential;
use super::settings::{Form, list, minutes, number, optional, told};
use super::{Answer, Ask, Error, Found, Item, Kind, Memory, Origin, Sample, SettingSpec, no_file, x_json};
use sitrep_model::source::Collection;
use url::Url;

pub(super) const KIND: Kind = Kind {
    id: "x",
    label: "X account",
    what: "Posts of an account, or listed posts, through an interface for programs; its key is kept as the source's secret.",
    origin: Origin::Interface,
    settings: SETTINGS,
    plan,
    read,
    recognise,
    one,
    takes: no_file,
    sample: Sample {
        collection: || Collection::of("x").told("handle", "exercise_desk"),
        content_type: "application/json",
        body: Some(|| include_bytes!("samples/x.json").to_vec()),
        finds: &["https://x.com/exercise_desk/status/1001", "https://x.com/exercise_desk/status/1002"],
    },
};

const PAGES_BACK: SettingSpec =
    number("pages_back", "Pages back", "Pages of posts that the first look goes back.", (0, 1_000), 1);

const SETTINGS: &[SettingSpec] = &[
    optional("handle", "Account", "Its name without @; or list addresses below.", Form::Words),
    list("addresses", "Addresses", "Posts to be collected once, an address a line."),
    optional("api", "Interface", "Address that lists an account's posts; {handle} stands for its name.", Form::Address),
    optional("api_post", "Interface for one post", "Address of one post; {id} stands for its number.", Form::Address),
    optional("header", "Key is sent in", "Authorization: Bearer, or another header such as X-API-Key.", Form::Words),
    optional("cursor", "Next page by", "The parameter that asks for the next page; next_token.", Form::Words),
    PAGES_BACK,
    minutes(30),
];

/// Pages back that are asked for after a pause, to close the gap.
const CATCHING_UP: i64 = 50;

const FIELDS: &str = "tweet.fields=created_at,lang,public_metrics,referenced_tweets,entities,attachments,note_tweet,\
    author_id&expansions=author_id,attachments.media_keys,referenced_tweets.id,referenced_tweets.id.author_id\
    &user.fields=name,username&media.fields=type,url,preview_image_url,alt_text";

fn plan(collection: &Collection, memory: &Memory) -> Result<Vec<Ask>, Error> {
    let mut asks = Vec::new();
    for address in collection.list("addresses") {
        let url = Url::parse(address).ok().filter(|url| x_json::in_address(url).is_some());
        let url =
            url.ok_or_else(|| Error::setting("addresses", format!("{address:?} is no address of a post on X")))?;
        asks.extend(one(collection, &url).filter(|ask| !memory.contains_key(&format!("had {}", ask.at))));
    }
    if let Some(handle) = handle(collection)? {
        let newest = memory.get("newest");
        let pages = if newest.is_some() { CATCHING_UP } else { told(collection, &PAGES_BACK) };
        let ask = asked(collection, list_address(collection).replace("{handle}", &handle));
        let ask = ask.knowing("pages", pages.to_string());
        asks.push(match newest {
            Some(newest) => ask.knowing("until", newest),
            None => ask,
        });
    }
    if asks.is_empty() && collection.list("addresses").is_empty() {
        return Err(Error::setting("handle", "give the account's name, or list addresses of posts"));
    }
    Ok(asks)
}

fn handle(collection: &Collection) -> Result<Option<String>, Error> {
    let Some(given) = collection.text("handle") else { return Ok(None) };
    let name = given.trim_start_matches('@');
    let fits = (1..=30).contains(&name.len()) && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    match fits {
        true => Ok(Some(name.to_owned())),
        false => Err(Error::setting("handle", format!("{given:?} is no account's name: letters, digits and _"))),
    }
}

fn list_address(collection: &Collection) -> String {
    let own = || format!("https://api.x.com/2/tweets/search/recent?query=from:{{handle}}&max_results=100&{FIELDS}");
    collection.text("api").map_or_else(own, str::to_owned)
}

fn asked(collection: &Collection, address: String) -> Ask {
    let header = collection.text("header").unwrap_or("Authorization: Bearer");
    Ask { credential: Some(credential(header)), ..Ask::of(address) }
}

fn recognise(url: &Url) -> Option<Collection> {
    let host = url.host_str()?;
    ["x.com", "www.x.com", "twitter.com", "www.twitter.com", "mobile.twitter.com"].contains(&host).then_some(())?;
    let name = url.path_segments()?.next().filter(|name| !name.is_empty())?;
    let taken = ["i", "home", "search", "explore", "hashtag", "intent", "share", "settings", "login"];
    let collection = Collection::of("x").told("handle", name.trim_start_matches('@'));
    (!taken.contains(&name) && handle(&collection).is_ok()).then_some(collection)
}

fn one(collection: &Collection, url: &Url) -> Option<Ask> {
    let (_, number) = x_json::in_address(url)?;
    let own = || format!("https://api.x.com/2/tweets/{{id}}?{FIELDS}");
    let address = collection.text("api_post").map_or_else(own, str::to_owned);
    Some(asked(collection, address.replace("{id}", &number.to_string())).knowing("only", number.to_string()))
}

fn read(collection: &Collection, ask: &Ask, answer: &Answer<'_>) -> Result<Found, Error> {
    let name = Url::parse(answer.url).ok().and_then(|url| url.host_str().map(str::to_owned));
    let name = name.unwrap_or_else(|| answer.url.to_owned());
    let read = x_json::read(answer.body, &name, collection.text("handle").filter(|_| ask.known("only").is_none()))?;
    let mut found = Found { faults: read.faults, ..Found::default() };
    let number = |name: &str| ask.known(name).and_then(|value| value.parse::<u64>().ok());
    if ask.known("only").is_some() {
        found.remember.push((format!("had {}", ask.at), "yes".to_owned()));
    } else {
        let lowest = read.posts.first().map(|(number, _)| *number);
        let reached = lowest.zip(number("until")).is_some_and(|(lowest, until)| lowest <= until);
        let pages = number("pages").unwrap_or(0).checked_sub(1);
        // The same cursor again would be asked for again for ever.
        let cursor = read.cursor.filter(|cursor| ask.known("cursor") != Some(cursor) && !reached && lowest.is_some());
        found.then.extend(cursor.zip(pages).and_then(|(cursor, pages)| next(collection, ask, &cursor, pages)));
        if let Some((newest, _)) = read.posts.last().filter(|_| ask.known("cursor").is_none()) {
            found.remember.push(("newest".to_owned(), number("until").unwrap_or(0).max(*newest).to_string()));
        }
    }
    found.title = read.posts.first().and_then(|(_, said)| said.post.as_ref()).map(|post| post.author.clone());
    found.items = read.posts.into_iter().map(|(_, said)| Item::Said(Box::new(said))).collect();
    Ok(found)
}

fn next(collection: &Collection, ask: &Ask, cursor: &str, pages: u64) -> Option<Ask> {
    let parameter = collection.text("cursor").unwrap_or("next_token");
    let mut url = Url::parse(&ask.at).ok()?;
    let kept: Vec<(String, String)> = url
        .query_pairs()
        .filter(|(name, _)| name != parameter)
        .map(|(n, v)| (n.into_owned(), v.into_owned()))
        .collect();
    url.query_pairs_mut().clear().extend_pairs(kept).append_pair(parameter, cursor);
    let next = Ask { at: url.into(), tried: 0, ..ask.clone() };
    Some(next.knowing("cursor", cursor).knowing("pages", pages.to_string()))
}
