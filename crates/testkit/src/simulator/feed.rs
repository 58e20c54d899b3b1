//! An outlet's feed: RSS 2.0 or Atom.

use super::answer::{HttpAnswer, http_date};
use super::article::Article;
use super::markup::escaped;
use encoding_rs::UTF_8;
use sitrep_model::source::Source;

/// Most entries in a feed.
const ENTRIES: usize = 40;

/// Where the simulator at `base` serves an outlet's feed: `…/atom.xml` where the source's own feed address ends so, else `…/feed.xml`.
pub fn feed_address(source: &Source, base: &str) -> String {
    format!("{}/{}/{}", base.trim_end_matches('/'), source.id, if is_atom(source) { "atom.xml" } else { "feed.xml" })
}

/// The feed of an outlet with the newest of `articles` first. Its links lead below `base`, where the simulator serves.
pub fn feed<'a>(source: &Source, articles: impl IntoIterator<Item = &'a Article>, base: &str) -> HttpAnswer {
    let mut newest: Vec<&Article> = articles.into_iter().filter(|article| article.source == source.id).collect();
    newest.sort_by(|a, b| (b.published, &b.id).cmp(&(a.published, &a.id)));
    newest.truncate(ENTRIES);
    let root = format!("{}/{}", base.trim_end_matches('/'), source.id);
    let changed = newest.first().map(|article| article.modified.unwrap_or(article.published));
    let (media_type, text) = if is_atom(source) {
        ("application/atom+xml; charset=utf-8", atom(source, &newest, &root))
    } else {
        ("application/rss+xml; charset=utf-8", rss(source, &newest, &root))
    };
    HttpAnswer::text(media_type, UTF_8, &text, changed)
}

fn is_atom(source: &Source) -> bool {
    let url = source.collection.text("url").unwrap_or_default();
    url.split(['?', '#']).next().unwrap_or_default().ends_with("atom.xml")
}

fn rss(source: &Source, articles: &[&Article], root: &str) -> String {
    let items: String = articles
        .iter()
        .map(|article| {
            let authors: String =
                article.byline.iter().map(|name| format!("<dc:creator>{}</dc:creator>", escaped(name))).collect();
            let section =
                article.section.iter().map(|name| format!("<category>{}</category>", escaped(name))).collect::<String>();
            format!(
                "<item><title>{}</title><link>{}</link><guid isPermaLink=\"false\">{}</guid><pubDate>{}</pubDate>{authors}{section}<description><![CDATA[<p>{}</p>]]></description></item>\n",
                escaped(&article.title),
                escaped(&format!("{root}{}", article.path())),
                escaped(article.url.as_str()),
                http_date(article.published),
                escaped(article.lead()),
            )
        })
        .collect();
    format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<rss version=\"2.0\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:atom=\"http://www.w3.org/2005/Atom\"><channel>\n<title>{}</title><link>{root}/</link><description>{}</description><language>{}</language>\n<atom:link rel=\"self\" type=\"application/rss+xml\" href=\"{root}/feed.xml\"/>\n{items}</channel></rss>\n",
        escaped(&source.name),
        escaped(source.note.as_deref().unwrap_or(&source.name)),
        escaped(&source.language),
    )
}

fn atom(source: &Source, articles: &[&Article], root: &str) -> String {
    let entries: String = articles
        .iter()
        .map(|article| {
            let authors: String =
                article.byline.iter().map(|name| format!("<author><name>{}</name></author>", escaped(name))).collect();
            format!(
                "<entry><id>{}</id><title>{}</title><link rel=\"alternate\" type=\"text/html\" href=\"{}\"/><published>{}</published><updated>{}</updated>{authors}<summary>{}</summary></entry>\n",
                escaped(article.url.as_str()),
                escaped(&article.title),
                escaped(&format!("{root}{}", article.path())),
                article.published,
                article.modified.unwrap_or(article.published),
                escaped(article.lead()),
            )
        })
        .collect();
    let updated = articles
        .first()
        .map(|article| article.published.to_string())
        .unwrap_or_else(|| "1970-01-01T00:00:00Z".to_owned());
    format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"{}\"><id>{root}/</id><title>{}</title><updated>{updated}</updated><author><name>{}</name></author><link href=\"{root}/\"/><link rel=\"self\" href=\"{root}/atom.xml\"/>\n{entries}</feed>\n",
        escaped(&source.language),
        escaped(&source.name),
        escaped(&source.name),
    )
}
