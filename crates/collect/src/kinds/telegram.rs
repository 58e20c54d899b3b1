//! A public Telegram channel, by its page of posts at `t.me/s/NAME`. The page shows about twenty posts; older ones are
//! asked for below the lowest number seen, since the link to them is sometimes missing.

use super::markup::{all, background, first, is_inside, lines, links, words};
use super::saying::paragraphs;
use super::settings::{Form, minutes, number, optional, required, told};
use super::{Answer, Ask, Error, Found, Item, Kind, Memory, Origin, Said, Sample, no_file};
use crate::{charset, html};
use scraper::ElementRef;
use sitrep_model::post::{Media, Mention, Post};
use sitrep_model::source::Collection;
use url::Url;

pub(super) const KIND: Kind = Kind {
    id: "telegram",
    label: "Telegram channel",
    what: "A public channel, read at t.me/s/…: each post with its time, media, views, and what it forwards or answers.",
    origin: Origin::Web,
    settings: SETTINGS,
    plan,
    read,
    recognise,
    one,
    takes: no_file,
    sample: Sample {
        collection: || Collection::of("telegram").told("channel", "exercise_channel"),
        content_type: "text/html; charset=utf-8",
        body: Some(|| include_bytes!("samples/telegram.html").to_vec()),
        finds: &[
            "https://t.me/exercise_channel/101",
            "https://t.me/exercise_channel/102",
            "https://t.me/exercise_channel/104",
        ],
    },
};

const SETTINGS: &[super::SettingSpec] = &[
    required(
        "channel",
        "Channel",
        "Its name or address: exercise_channel, @exercise_channel or t.me/exercise_channel.",
        Form::Words,
    ),
    PAGES_BACK,
    minutes(15),
    optional("base", "Served at", "Where t.me is read instead, for a mirror.", Form::Address),
];

const PAGES_BACK: super::SettingSpec =
    number("pages_back", "Pages back", "Pages of about twenty posts that the first look goes back.", (0, 10_000), 3);

/// Pages back that are asked for after a pause, to close the gap.
const CATCHING_UP: i64 = 500;

const HOSTS: [&str; 3] = ["t.me", "telegram.me", "telegram.dog"];

fn plan(collection: &Collection, memory: &Memory) -> Result<Vec<Ask>, Error> {
    let name = channel(collection)?;
    let pages = if memory.contains_key("newest") { CATCHING_UP } else { told(collection, &PAGES_BACK) };
    let ask = Ask::of(format!("{}/s/{name}", base(collection))).knowing("pages", pages.to_string());
    Ok(vec![match memory.get("newest") {
        Some(newest) => ask.knowing("until", newest),
        None => ask,
    }])
}

fn base(collection: &Collection) -> &str {
    collection.text("base").unwrap_or("https://t.me").trim_end_matches('/')
}

fn channel(collection: &Collection) -> Result<String, Error> {
    let given = collection.text("channel").unwrap_or_default();
    let address = given.split_once("://").map_or(given, |(_, rest)| rest);
    let below = HOSTS.iter().find_map(|host| address.strip_prefix(host)?.strip_prefix('/')).unwrap_or(address);
    let below = below.strip_prefix("s/").unwrap_or(below).trim_start_matches('@');
    let name = below.split(['/', '?', '#']).next().unwrap_or_default();
    match is_name(name) {
        true => Ok(name.to_owned()),
        false => Err(Error::setting("channel", format!("{given:?} is no channel's name: letters, digits and _"))),
    }
}

fn is_name(name: &str) -> bool {
    (3..=64).contains(&name.len()) && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}

fn recognise(url: &Url) -> Option<Collection> {
    HOSTS.contains(&url.host_str()?).then_some(())?;
    let mut parts = url.path_segments()?.filter(|part| !part.is_empty() && *part != "s");
    let name =
        parts.next().filter(|name| is_name(name) && !["joinchat", "addstickers", "share", "proxy"].contains(name))?;
    Some(Collection::of("telegram").told("channel", name))
}

/// One post, as pages of others embed it.
fn one(collection: &Collection, url: &Url) -> Option<Ask> {
    let of_ours = Url::parse(base(collection)).is_ok_and(|base| base.origin() == url.origin());
    (of_ours || HOSTS.contains(&url.host_str()?)).then_some(())?;
    let mut parts = url.path_segments()?.filter(|part| !part.is_empty() && *part != "s");
    let name = parts.next().filter(|name| is_name(name))?;
    let number: u64 = parts.next()?.parse().ok()?;
    Some(Ask::of(format!("{}/{name}/{number}?embed=1&mode=tme", base(collection))).knowing("only", number.to_string()))
}

fn read(_: &Collection, ask: &Ask, answer: &Answer<'_>) -> Result<Found, Error> {
    let text = charset::decode(answer.body, answer.content_type, None).text;
    let page = html::parse(&text);
    let root = page.root_element();
    let address = Url::parse(answer.url).ok();
    let mut posts: Vec<(u64, Said)> = Vec::new();
    for message in all(root, ".tgme_widget_message[data-post]") {
        if message.value().classes().any(|class| class == "service_message") {
            continue;
        }
        posts.extend(post(message, address.as_ref()));
    }
    posts.sort_by_key(|(number, _)| *number);
    posts.dedup_by_key(|(number, _)| *number);
    if posts.is_empty()
        && ask.known("only").is_some()
        && let Some(says) = words(root, ".tgme_widget_message_error")
    {
        return Err(Error::Gone(format!("{} shows no post: {says}", answer.url)));
    }
    let is_channel = first(root, ".tgme_channel_info, .tgme_channel_history, .tgme_widget_message").is_some();
    if posts.is_empty() && !is_channel {
        return Err(Error::Unreadable(format!("{} shows no posts: {}", answer.url, why_none(root))));
    }
    let mut found = Found { title: words(root, ".tgme_channel_info_header_title"), ..Found::default() };
    if found.title.is_none() {
        found.title = first(root, "meta[property='og:title']").and_then(|meta| meta.attr("content")).map(str::to_owned);
    }
    if ask.known("only").is_none() {
        found.then.extend(older(ask, &posts));
        // Only the channel's newest page says what the newest post is.
        if let Some((newest, _)) = posts.last().filter(|_| ask.known("before").is_none()) {
            let before = ask.known("until").and_then(|until| until.parse().ok()).unwrap_or(0);
            found.remember.push(("newest".to_owned(), before.max(*newest).to_string()));
        }
    }
    found.items = posts.into_iter().map(|(_, said)| Item::Said(Box::new(said))).collect();
    Ok(found)
}

fn why_none(root: ElementRef<'_>) -> &'static str {
    match first(root, ".tgme_page, .tgme_page_title").is_some() {
        true => "the channel is private, is a person or a group, or its owner has switched its public page off",
        false => "it is not a page of Telegram's",
    }
}

/// The page before this one, while there is something missing between it and what is known.
fn older(ask: &Ask, posts: &[(u64, Said)]) -> Option<Ask> {
    let (lowest, _) = posts.first()?;
    let number = |name: &str| ask.known(name).and_then(|value| value.parse::<u64>().ok());
    let pages = number("pages").unwrap_or(0).checked_sub(1)?;
    let reached = number("until").is_some_and(|until| *lowest <= until.saturating_add(1));
    // A page that does not go further back would be asked for again for ever.
    let stands = number("before").is_some_and(|before| *lowest >= before);
    if reached || stands || *lowest <= 1 {
        return None;
    }
    let address = ask.at.split('?').next().unwrap_or_default();
    let next = Ask { at: format!("{address}?before={lowest}"), ..ask.clone() };
    Some(Ask { tried: 0, ..next.knowing("before", lowest.to_string()).knowing("pages", pages.to_string()) })
}

fn post(message: ElementRef<'_>, base: Option<&Url>) -> Option<(u64, Said)> {
    let (handle, number) = message.attr("data-post")?.rsplit_once('/')?;
    let digits: u64 = number.parse().ok()?;
    let author = words(message, ".tgme_widget_message_owner_name").unwrap_or_else(|| handle.to_owned());
    let body = all(message, ".tgme_widget_message_text").into_iter().find(|text| {
        !is_inside(*text, "tgme_widget_message_reply") && !is_inside(*text, "tgme_widget_message_link_preview")
    });
    let mut text = body.map(|body| paragraphs(&lines(body))).unwrap_or_default();
    text.extend(poll(message));
    let time = first(message, ".tgme_widget_message_date time[datetime], time[datetime]");
    let media = media(message);
    let post = Post {
        author: author.clone(),
        handle: Some(handle.to_owned()),
        number: number.to_owned(),
        views: words(message, ".tgme_widget_message_views").and_then(|views| count(&views)),
        forwarded_from: forwarded(message),
        reply_to: replied(message),
        links: body.map(|body| links(body, base)).unwrap_or_default(),
        quoted: None,
        media,
    };
    let signed = words(message, ".tgme_widget_message_from_author");
    let said = Said {
        url: format!("https://t.me/{handle}/{number}"),
        byline: signed.into_iter().chain([author.clone()]).collect(),
        published: time.and_then(|time| time.attr("datetime")?.parse().ok()),
        paragraphs: text,
        title: String::new(),
        post: Some(post),
        ..Said::default()
    };
    let named = if said.paragraphs.is_empty() { wordless(&said, &author) } else { author };
    Some((digits, said.completed(None, &named)))
}

/// What to call a post without words: whose it is and what hangs on it.
fn wordless(said: &Said, author: &str) -> String {
    let kinds: Vec<&str> = said.post.iter().flat_map(|post| &post.media).map(|media| media.kind.as_str()).collect();
    if kinds.is_empty() { author.to_owned() } else { format!("{author}: {}", kinds.join(", ")) }
}

fn forwarded(message: ElementRef<'_>) -> Option<Mention> {
    let name = first(message, ".tgme_widget_message_forwarded_from_name")?;
    let url = name.attr("href").map(str::to_owned);
    let handle = url.as_deref().and_then(|url| Url::parse(url).ok()).and_then(|url| handle_in(&url));
    Some(Mention { author: Some(super::markup::line(name)), handle, url, text: None })
}

fn replied(message: ElementRef<'_>) -> Option<Mention> {
    let reply = first(message, ".tgme_widget_message_reply")?;
    let url = reply.attr("href").map(str::to_owned);
    let handle = url.as_deref().and_then(|url| Url::parse(url).ok()).and_then(|url| handle_in(&url));
    let text = words(reply, ".js-message_reply_text, .tgme_widget_message_metatext");
    Some(Mention { author: words(reply, ".tgme_widget_message_author_name"), handle, url, text })
}

fn handle_in(url: &Url) -> Option<String> {
    HOSTS.contains(&url.host_str()?).then_some(())?;
    url.path_segments()?.find(|part| is_name(part)).map(str::to_owned)
}

fn poll(message: ElementRef<'_>) -> Vec<String> {
    let Some(question) = words(message, ".tgme_widget_message_poll_question") else { return Vec::new() };
    let options = all(message, ".tgme_widget_message_poll_option_text").into_iter().map(super::markup::line);
    [question].into_iter().chain(options.map(|option| format!("– {option}"))).collect()
}

/// What hangs on a post. Telegram's page gives some of it an address, and of some it only says that it is there.
fn media(message: ElementRef<'_>) -> Vec<Media> {
    const KINDS: &[(&str, &str)] = &[
        (".tgme_widget_message_photo_wrap", "picture"),
        (".tgme_widget_message_video_player, .tgme_widget_message_roundvideo_player", "film"),
        (".tgme_widget_message_voice_player, .tgme_widget_message_audio_player", "sound"),
        (".tgme_widget_message_document_wrap", "file"),
        (".tgme_widget_message_sticker_wrap", "sticker"),
        (".tgme_widget_message_location_wrap", "place"),
        (".tgme_widget_message_poll", "poll"),
        (".tgme_widget_message_link_preview", "page"),
    ];
    let mut found = Vec::new();
    for (css, kind) in KINDS {
        for element in all(message, css).into_iter().take(50) {
            let source = first(element, "video[src], audio[src], source[src]").and_then(|found| found.attr("src"));
            let thumb = first(element, "[style*='background-image']").and_then(background);
            let linked = || element.attr("href").map(str::to_owned);
            let url = match *kind {
                "page" | "file" | "place" => linked(),
                _ => source.map(str::to_owned).or_else(|| background(element)).or(thumb).or_else(linked),
            };
            let title = words(
                element,
                ".tgme_widget_message_document_title, .link_preview_title, .tgme_widget_message_audio_title, .tgme_widget_message_poll_question",
            );
            found.push(Media { kind: (*kind).to_owned(), url, title });
        }
    }
    found
}

/// A number as networks round it: `149K`, `1.2M`, `87 433`.
pub(super) fn count(text: &str) -> Option<u64> {
    let text: String =
        text.chars().filter(|c| !c.is_whitespace() && *c != ',').collect::<String>().to_ascii_uppercase();
    let (digits, factor) = match text.chars().last()? {
        'K' => (&text[..text.len() - 1], 1e3),
        'M' => (&text[..text.len() - 1], 1e6),
        'B' => (&text[..text.len() - 1], 1e9),
        _ => (text.as_str(), 1.0),
    };
    let number: f64 = digits.parse().ok()?;
    (number.is_finite() && (0.0..1e15).contains(&(number * factor))).then(|| (number * factor).round() as u64)
}
