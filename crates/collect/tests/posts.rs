//! Posts as networks and their interfaces really give them. The files are others' and not in the project.

#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a test says what is wrong by failing")]

use sitrep_collect::kinds::{self, Answer, Ask, Found, Item, Said};
use sitrep_model::source::Collection;
use std::path::PathBuf;

fn corpus(name: &str) -> Option<Vec<u8>> {
    let root = std::env::var("SITREP_CORPUS")
        .map_or_else(|_| PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared")), PathBuf::from);
    let read = std::fs::read(root.join("corpus/collect").join(name)).ok();
    if read.is_none() {
        println!("skipped: no corpus with collect/{name} here");
    }
    read
}

fn read(collection: &Collection, body: &[u8]) -> Found {
    let kind = kinds::kind(&collection.how).unwrap();
    let at = "2026-11-26T08:00:00Z".parse().unwrap();
    let answer = Answer {
        url: "https://t.me/s/x",
        content_type: Some("text/html; charset=utf-8"),
        body,
        at,
        zone: jiff::tz::TimeZone::UTC,
    };
    (kind.read)(collection, &Ask::of("https://t.me/s/x").knowing("pages", "3"), &answer).unwrap()
}

fn said(found: &Found) -> Vec<&Said> {
    let mut all = Vec::new();
    for item in &found.items {
        if let Item::Said(said) = item {
            all.push(said.as_ref());
        }
    }
    all
}

#[test]
fn a_channels_page_gives_every_post_with_time_views_and_what_it_forwards() {
    let Some(page) = corpus("tme-rybar.html") else { return };
    let found = read(&Collection::of("telegram").told("channel", "rybar"), &page);
    let posts = said(&found);
    assert_eq!(posts.len(), 15);
    assert!(posts.iter().all(|post| post.published.is_some() && !post.title.is_empty()));
    let about = |f: &dyn Fn(&sitrep_model::post::Post) -> bool| {
        posts.iter().filter(|post| post.post.as_ref().is_some_and(f)).count()
    };
    assert_eq!(about(&|post| post.views.is_some_and(|views| views > 1_000)), 15);
    assert_eq!(about(&|post| post.forwarded_from.is_some()), 4);
    assert_eq!(about(&|post| post.reply_to.as_ref().is_some_and(|reply| reply.text.is_some())), 2);
    assert_eq!(posts.iter().filter(|post| post.language.as_deref() == Some("ru")).count(), 15);
    assert_eq!(found.then.len(), 1, "older posts are asked for");
    assert!(found.then[0].at.ends_with(&format!("?before={}", posts[0].post.as_ref().unwrap().number)));
}

#[test]
fn every_shape_of_an_interfaces_answer_is_read() {
    for (name, posts) in [("x-api-advanced-search.json", 7), ("x-api-last-tweets.json", 4), ("x.json", 1)] {
        let Some(answer) = corpus(name) else { return };
        let found = read(&Collection::of("x").told("handle", "someone"), &answer);
        assert!(
            said(&found).len() >= posts && found.faults.is_empty(),
            "{name}: {} posts, {:?}",
            said(&found).len(),
            found.faults
        );
        assert!(said(&found).iter().all(|post| post.published.is_some() && !post.paragraphs.is_empty()), "{name}");
    }
    let Some(answer) = corpus("x-api-advanced-search.json") else { return };
    let found = read(&Collection::of("x").told("handle", "someone"), &answer);
    let passed_on = said(&found).into_iter().find(|post| post.post.as_ref().unwrap().forwarded_from.is_some()).unwrap();
    assert!(passed_on.paragraphs[0].contains("untruncated"), "the original's whole text");
    assert_eq!(found.then.len(), 1, "the next page is asked for");
}
