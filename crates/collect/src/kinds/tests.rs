//! What holds for every kind: its sample is read as it says, and nothing that a stranger writes brings it down.

use super::*;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use std::collections::BTreeSet;

fn answer<'a>(url: &'a str, content_type: &'a str, body: &'a [u8]) -> Answer<'a> {
    let at: Timestamp = "2026-11-26T08:00:00Z".parse().unwrap();
    Answer { url, content_type: Some(content_type), body, at, zone: TimeZone::UTC }
}

fn first_ask(kind: &Kind) -> (Collection, Ask) {
    let collection = (kind.sample.collection)();
    let plan = (kind.plan)(&collection, &Memory::new()).unwrap_or_else(|error| panic!("{}: {error}", kind.id));
    let ask = plan.into_iter().next().unwrap_or_else(|| Ask::of("nothing"));
    (collection, ask)
}

#[test]
fn every_kind_reads_its_sample() {
    for kind in KINDS {
        let (collection, ask) = first_ask(kind);
        check(&collection).unwrap_or_else(|error| panic!("{}: {error}", kind.id));
        let Some(body) = kind.sample.body else {
            assert!(kind.sample.finds.is_empty(), "{} finds something in nothing", kind.id);
            continue;
        };
        let body = body();
        let found = (kind.read)(&collection, &ask, &answer(&ask.at, kind.sample.content_type, &body));
        let found = found.unwrap_or_else(|error| panic!("{}: {error}", kind.id));
        let addresses: Vec<&str> = found.items.iter().map(Item::url).collect();
        assert_eq!(addresses, kind.sample.finds, "{}", kind.id);
        assert_eq!(addresses.iter().collect::<BTreeSet<_>>().len(), addresses.len(), "{}: twice the same", kind.id);
        for item in &found.items {
            let Item::Said(said) = item else { continue };
            assert!(!said.title.trim().is_empty(), "{}: {} has no title", kind.id, said.url);
            assert!(said.published.is_some(), "{}: {} has no time", kind.id, said.url);
        }
    }
}

#[test]
fn every_kind_is_told_what_its_form_shows() {
    let ids: BTreeSet<&str> = KINDS.iter().map(|kind| kind.id).collect();
    assert_eq!(ids.len(), KINDS.len());
    for kind in KINDS {
        let names: BTreeSet<&str> = kind.settings.iter().map(|spec| spec.name).collect();
        assert_eq!(names.len(), kind.settings.len(), "{}", kind.id);
        assert!(!names.contains("how"), "{}: how is the kind's own id", kind.id);
        assert!(kind.what.ends_with('.'), "{}: what it collects is a sentence", kind.id);
        assert!(kind.settings.iter().all(|spec| spec.hint.ends_with('.')), "{}: hints are sentences", kind.id);
        let strange = (kind.sample.collection)().told("no_such_thing", "x");
        assert!(check(&strange).is_err(), "{} is told what it does not know", kind.id);
        for spec in kind.settings.iter().filter(|spec| spec.required) {
            let mut without = (kind.sample.collection)();
            without.settings.remove(spec.name);
            assert!(check(&without).is_err(), "{} without {}", kind.id, spec.name);
        }
    }
    assert!(check(&Collection::of("no-such-kind")).unwrap_err().to_string().contains("telegram"));
}

/// Whatever comes is an error in words, or is read as far as it goes.
#[test]
fn nothing_that_comes_brings_a_kind_down() {
    let mut hostile: Vec<Vec<u8>> = vec![
        Vec::new(),
        b"\xff\xfe\x00".to_vec(),
        b"null".to_vec(),
        b"[[[[{}]]]]".to_vec(),
        b"{\"messages\":[1,null,{\"type\":\"message\",\"id\":-1,\"date\":\"x\",\"text\":[[[]]]}],\"data\":[{}],\"tweets\":{}}".to_vec(),
        "[".repeat(100_000).into_bytes(),
        "<div class='tgme_widget_message' data-post='a/b'>".repeat(20_000).into_bytes(),
        b"<div class=\"tgme_widget_message\" data-post=\"/99999999999999999999999\"><time datetime=\"-\"></time></div>".to_vec(),
    ];
    for kind in KINDS {
        let Some(body) = kind.sample.body else { continue };
        let body = body();
        hostile.extend((0..16).map(|part| body[..body.len() * part / 16].to_vec()));
        let mut upset = body.clone();
        upset.iter_mut().step_by(7).for_each(|byte| *byte ^= 0x15);
        hostile.push(upset);
    }
    for kind in KINDS {
        let (collection, ask) = first_ask(kind);
        for body in &hostile {
            let found = (kind.read)(&collection, &ask, &answer("https://strange.example/", "text/html", body));
            if let Err(error) = found {
                assert!(!error.to_string().trim().is_empty());
            }
            (kind.takes)("file.json", &body[..body.len().min(4_096)]);
        }
        for address in ["https://t.me/", "https://x.com", "http://127.0.0.1:1/../..", "mailto:x@y.example", "data:,"] {
            let url = Url::parse(address).unwrap();
            (kind.recognise)(&url);
            (kind.one)(&collection, &url);
        }
    }
}

#[test]
fn each_file_is_taken_by_its_own_kind() {
    for (kind, name) in [
        ("telegram-export", "result.json"),
        ("x-export", "tweets.js"),
        ("mail", "list.mbox"),
        ("archive", "crawl.wacz"),
        ("list", "addresses.csv"),
    ] {
        let kind = super::kind(kind).unwrap();
        let body = kind.sample.body.unwrap()();
        assert_eq!(of_file(name, &body).map(|found| found.id), Some(kind.id));
    }
    let warc = [b"WARC/1.1\r\n".as_slice(), b"WARC-Type: warcinfo\r\n"].concat();
    assert_eq!(of_file("crawl.warc", &warc).map(|found| found.id), Some("archive"));
    assert_eq!(of_file("cur/1732.M1P2.host:2,S", b"Return-Path: <a@b.example>\r\n").map(|kind| kind.id), Some("mail"));
    assert_eq!(of_file("urls.json", b"[\"https://outlet.example/1\"]").map(|kind| kind.id), Some("list"));
    assert!(of_file("notes.txt", b"Nothing of that kind").is_none());
}

fn read_sample(id: &str) -> Vec<Said> {
    let kind = super::kind(id).unwrap();
    let (collection, ask) = first_ask(kind);
    let body = kind.sample.body.unwrap()();
    let found = (kind.read)(&collection, &ask, &answer(&ask.at, kind.sample.content_type, &body)).unwrap();
    let said = |item| match item {
        Item::Said(said) => Some(*said),
        _ => None,
    };
    found.items.into_iter().filter_map(said).collect()
}

#[test]
fn a_telegram_post_has_all_that_its_page_shows() {
    let posts = read_sample("telegram");
    let (first, second, third) = (&posts[0], &posts[1], &posts[2]);
    assert_eq!(first.paragraphs, ["گزارش از صالحیه", "دو کارخانه امروز تعطیل شدند. خبر", "ادامه دارد."]);
    assert_eq!(first.published, "2026-11-26T06:10:05Z".parse().ok());
    assert_eq!(first.language.as_deref(), Some("fa"));
    let post = first.post.as_ref().unwrap();
    assert_eq!(
        (post.author.as_str(), post.handle.as_deref(), post.views),
        ("کانال آزمایش", Some("exercise_channel"), Some(1200))
    );
    let from = post.forwarded_from.as_ref().unwrap();
    assert_eq!((from.author.as_deref(), from.handle.as_deref()), (Some("Other Channel"), Some("other_channel")));
    assert_eq!(post.links, [("https://outlet.example/1".to_owned(), "خبر".to_owned())]);
    let post = second.post.as_ref().unwrap();
    assert_eq!(post.reply_to.as_ref().unwrap().url.as_deref(), Some("https://t.me/exercise_channel/101"));
    assert_eq!(post.reply_to.as_ref().unwrap().text.as_deref(), Some("گزارش از صالحیه"));
    assert_eq!(second.paragraphs, ["عکس‌ها از 📍میدان صنعت رسید."]);
    assert_eq!(post.media[0].url.as_deref(), Some("https://cdn.example/photo.jpg"));
    assert_eq!(third.title, "کانال آزمایش: film");
    assert_eq!(third.post.as_ref().unwrap().media[0].url.as_deref(), Some("https://cdn.example/thumb.jpg"));
}

#[test]
fn an_exported_message_has_text_links_media_and_what_it_answers() {
    let posts = read_sample("telegram-export");
    assert_eq!(posts[0].paragraphs, ["گزارش از صالحیه", "متن در این نشانی."]);
    assert_eq!(posts[0].published, "2026-11-25T09:00:00Z".parse().ok());
    assert_eq!(posts[0].modified, "2026-11-25T09:30:00Z".parse().ok());
    let post = posts[0].post.as_ref().unwrap();
    assert_eq!(post.links[0].0, "https://outlet.example/2");
    assert_eq!(post.media[0].kind, "picture");
    assert_eq!(posts[1].paragraphs, ["فیلم", "کجا؟", "– میدان", "– بازار"]);
    let post = posts[1].post.as_ref().unwrap();
    assert_eq!(post.reply_to.as_ref().unwrap().url.as_deref(), Some("https://t.me/exercise_channel/11"));
    assert_eq!(post.media.iter().map(|media| media.kind.as_str()).collect::<Vec<_>>(), ["film", "poll"]);
}

#[test]
fn a_post_of_x_has_its_whole_text_media_and_what_it_passes_on() {
    let posts = read_sample("x");
    assert_eq!(posts[0].paragraphs, ["The ministry said on Thursday that the plants would be closed for a week."]);
    let post = posts[0].post.as_ref().unwrap();
    assert_eq!(post.forwarded_from.as_ref().unwrap().url.as_deref(), Some("https://x.com/other_desk/status/800"));
    assert_eq!(posts[1].paragraphs, ["Two plants closed today & a third will follow. https://outlet.example/plants"]);
    let post = posts[1].post.as_ref().unwrap();
    assert_eq!((post.author.as_str(), post.views), ("Exercise Desk", Some(4321)));
    assert_eq!(post.media[0].title.as_deref(), Some("A closed gate"));
    assert_eq!(post.quoted.as_ref().unwrap().text.as_deref(), Some("Are the plants open?"));
    let archived = read_sample("x-export");
    assert_eq!(archived[0].published, "2026-11-26T07:10:00Z".parse().ok());
    let answered = archived[1].post.as_ref().unwrap().reply_to.clone().unwrap();
    assert_eq!(answered.url.as_deref(), Some("https://x.com/exercise_desk/status/2001"));
}

/// Pages of a channel as long as they are asked for, whose posts go down to `lowest`.
fn pages_asked(memory: &Memory, lowest: u64) -> (usize, Vec<u64>) {
    let kind = super::kind("telegram").unwrap();
    let collection = (kind.sample.collection)();
    let mut asks = (kind.plan)(&collection, memory).unwrap();
    let (mut asked, mut seen) = (0, Vec::new());
    while let Some(ask) = asks.pop() {
        asked += 1;
        let before: u64 = ask.known("before").map_or(1_000, |before| before.parse().unwrap());
        let posts: String = (before.saturating_sub(20).max(lowest)..before)
            .map(|number| format!("<div class=\"tgme_widget_message\" data-post=\"c/{number}\"><div class=\"tgme_widget_message_text\">Post {number}</div><time datetime=\"2026-11-26T06:10:05+00:00\"></time></div>"))
            .collect();
        let page = format!("<div class=\"tgme_channel_info\"></div>{posts}");
        let found = (kind.read)(&collection, &ask, &answer(&ask.at, "text/html", page.as_bytes())).unwrap();
        seen.extend(found.items.iter().map(|item| item.url().rsplit('/').next().unwrap().parse::<u64>().unwrap()));
        asks.extend(found.then);
    }
    (asked, seen)
}

#[test]
fn a_channel_is_paged_back_by_the_lowest_number_until_what_is_known() {
    let (asked, seen) = pages_asked(&Memory::new(), 1);
    assert_eq!((asked, seen.len()), (4, 80), "the first look goes back as many pages as is set");
    let known = Memory::from([("newest".to_owned(), "850".to_owned())]);
    let (_, seen) = pages_asked(&known, 1);
    assert!((851..1_000).all(|number| seen.contains(&number)), "no post is missed after a pause");
    let (asked, seen) = pages_asked(&Memory::from([("newest".to_owned(), "1".to_owned())]), 980);
    assert_eq!((asked, seen.len()), (2, 20), "paging ends where there is nothing more");
}

#[test]
fn a_post_that_is_not_there_any_more_is_told_from_an_answer_that_can_t_be_read() {
    let asked = |kind: &str, url: &str, body: &str| {
        let kind = super::kind(kind).unwrap();
        let collection = (kind.sample.collection)();
        let ask = (kind.one)(&collection, &Url::parse(url).unwrap()).unwrap();
        (kind.read)(&collection, &ask, &answer(&ask.at, "text/html", body.as_bytes())).unwrap_err()
    };
    let post = "https://t.me/exercise_channel/101";
    let missing = "<div class=\"tgme_widget_message_error\">Post not found</div>";
    assert!(matches!(asked("telegram", post, missing), Error::Gone(why) if why.contains("Post not found")));
    assert!(matches!(asked("telegram", post, "<p>Be right back</p>"), Error::Unreadable(_)));
    let post = "https://x.com/exercise_desk/status/2001";
    let missing = r#"{"errors":[{"detail":"Could not find tweet with id: [2001].","title":"Not Found Error","type":"https://api.twitter.com/2/problems/resource-not-found"}]}"#;
    assert!(matches!(asked("x", post, missing), Error::Gone(why) if why.contains("Could not find")));
    let older = r#"{"errors":[{"code":144,"message":"No status found with that ID."}]}"#;
    assert!(matches!(asked("x", post, older), Error::Gone(_)));
    let tired = r#"{"title":"Too Many Requests","detail":"Too Many Requests","type":"about:blank","status":429}"#;
    assert!(matches!(asked("x", post, tired), Error::Unreadable(_)));
}

#[test]
fn messages_are_read_in_any_charset_and_without_their_wrapping() {
    let messages = read_sample("mail");
    assert_eq!(messages[0].byline, ["وزارت آزمایش"]);
    assert_eq!(
        messages[0].paragraphs,
        [
            "The ministry states that the two plants will be closed for a week.",
            "From tomorrow on the office is closed."
        ]
    );
    assert_eq!(messages[0].published, "2026-11-26T07:00:00Z".parse().ok());
    assert_eq!(messages[1].paragraphs, ["Новости", "Завод закрыт."]);
    assert!(messages.iter().all(|message| message.own.as_ref().is_some_and(|own| own.media_type == "message/rfc822")));
}

#[test]
fn sitemaps_come_as_indexes_compressed_and_as_plain_lists() {
    use std::io::Write as _;
    let kind = super::kind("sitemap").unwrap();
    let collection = Collection::of("sitemap").told("url", "https://outlet.example/sitemap.xml");
    let read = |ask: &Ask, body: &[u8]| (kind.read)(&collection, ask, &answer(&ask.at, "application/xml", body));
    let first = Ask::of("https://outlet.example/sitemap.xml");
    let index = b"<sitemapindex><sitemap><loc>/old.xml</loc><lastmod>2025-01-01</lastmod></sitemap>\
        <sitemap><loc>https://outlet.example/new.xml.gz</loc><lastmod>2026-11-26T07:00:00Z</lastmod></sitemap></sitemapindex>";
    let then = read(&first, index).unwrap().then;
    assert_eq!(then.iter().map(|ask| ask.at.as_str()).collect::<Vec<_>>(), ["https://outlet.example/new.xml.gz"]);
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packed.write_all(&(kind.sample.body.unwrap())()).unwrap();
    assert_eq!(read(&then[0], &packed.finish().unwrap()).unwrap().items.len(), 3);
    // An index that names itself ends.
    let (mut asks, mut asked) = (vec![first.clone()], 0);
    while let Some(ask) = asks.pop() {
        asked += 1;
        asks.extend(
            read(&ask, b"<sitemapindex><sitemap><loc>/sitemap.xml</loc></sitemap></sitemapindex>").unwrap().then,
        );
    }
    assert!(asked < 6);
    assert_eq!(read(&first, b"https://outlet.example/1\nhttps://outlet.example/2\n").unwrap().items.len(), 2);
    let mut bomb = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    bomb.write_all(&vec![b' '; 65 << 20]).unwrap();
    assert!(read(&first, &bomb.finish().unwrap()).unwrap_err().to_string().contains("unfolds"));
}

#[test]
fn a_rule_names_the_links_of_a_section() {
    let kind = super::kind("section").unwrap();
    let body = kind.sample.body.unwrap()();
    let ruled = (kind.sample.collection)().told("select", "footer");
    let ask = Ask::of("https://outlet.example/politics/");
    let found = (kind.read)(&ruled, &ask, &answer(&ask.at, "text/html", &body)).unwrap();
    assert_eq!(found.items[0].url(), "https://outlet.example/imprint-and-terms-of-use");
    let none = (kind.sample.collection)().told("select", "p.nowhere a");
    let error = (kind.read)(&none, &ask, &answer(&ask.at, "text/html", &body)).unwrap_err();
    assert!(error.to_string().contains("finds no links"), "{error}");
    assert!(check(&(kind.sample.collection)().told("select", "a[")).is_err());
}
