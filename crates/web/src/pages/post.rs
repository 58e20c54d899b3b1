//! What a document is as a post, in facts that its page lists.

use sitrep_model::post::{Mention, Post};

/// Author, what it passes on, answers and quotes, what hangs on it, how often it was seen. Addresses are printed, not linked.
pub(crate) fn facts(post: &Post) -> Vec<(&'static str, String)> {
    let author =
        post.handle.as_ref().map_or_else(|| post.author.clone(), |handle| format!("{} (@{handle})", post.author));
    let mut facts = vec![("Posted by", author)];
    let others = [("Passed on from", &post.forwarded_from), ("Answers", &post.reply_to), ("Quotes", &post.quoted)];
    facts.extend(others.into_iter().filter_map(|(label, other)| Some((label, mentioned(other.as_ref()?)))));
    for media in &post.media {
        let parts = [Some(media.kind.clone()), media.title.clone(), media.url.clone()];
        facts.push(("With", parts.into_iter().flatten().collect::<Vec<_>>().join(", ")));
    }
    facts.extend(post.views.map(|views| ("Seen", format!("{views} times when it was captured"))));
    facts
}

fn mentioned(other: &Mention) -> String {
    let handle = other.handle.as_ref().map(|handle| format!("@{handle}"));
    let text = other.text.as_ref().map(|text| format!("\u{201c}{text}\u{201d}"));
    [other.author.clone(), handle, other.url.clone(), text].into_iter().flatten().collect::<Vec<_>>().join(" ")
}
