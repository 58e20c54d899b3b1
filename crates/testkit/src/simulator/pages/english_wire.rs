//! An English wire: everything there is of metadata, a dateline, a newsletter box in the text.

use crate::simulator::dates;
use crate::simulator::markup::{elements, links, script_json};
use crate::simulator::page::View;
use serde_json::json;

pub(in crate::simulator) fn render(view: &View) -> String {
    let (title, site, address, lead) = (view.title(), view.site(), view.own_address(), view.lead());
    let (words, article) = (view.words, view.article);
    let printed = dates::english(article.published, &view.zone);
    let (published, modified, section, byline) = (view.published(), view.modified(), view.section(), view.byline());
    let data = script_json(&json!({
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": article.title,
        "description": article.lead(),
        "url": article.url.as_str(),
        "datePublished": published,
        "dateModified": modified,
        "articleSection": article.section,
        "inLanguage": article.language,
        "author": article.byline.iter().map(|name| json!({ "@type": "Person", "name": name })).collect::<Vec<_>>(),
        "publisher": { "@type": "NewsMediaOrganization", "name": view.source.name },
    }));
    let menu = links(&view.menu(), "<li>", "</li>");
    let split = article.paragraphs.len().min(2);
    let (first, rest) = article.paragraphs.split_at(split);
    let (first, rest) = (elements(first, "<p>", "</p>"), elements(rest, "<p>", "</p>"));
    let (related, most_read) = (links(&view.others(3, 3), "<li>", "</li>"), links(&view.others(0, 4), "<li>", "</li>"));
    let by = if byline.is_empty() {
        String::new()
    } else {
        format!("{} <span class=\"author-name\" rel=\"author\">{byline}</span>", words.by)
    };
    let language = &article.language;
    format!(
        r##"<!DOCTYPE html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<title>{title} | {site}</title>
<meta name="description" content="{lead}">
<link rel="canonical" href="{address}">
<meta property="og:type" content="article">
<meta property="og:title" content="{title}">
<meta property="og:description" content="{lead}">
<meta property="og:url" content="{address}">
<meta property="og:site_name" content="{site}">
<meta property="article:published_time" content="{published}">
<meta property="article:modified_time" content="{modified}">
<meta name="author" content="{byline}">
<meta name="twitter:card" content="summary_large_image">
<script type="application/ld+json">{data}</script>
</head>
<body>
<a class="skip" href="#content">Skip to content</a>
<header role="banner"><a href="{root}">{site}</a><nav role="navigation"><ul>
{menu}</ul></nav></header>
<div class="ad-slot" aria-hidden="true"><p>{advertisement}</p></div>
<main id="content">
<article>
<header><p class="kicker">{section}</p><h1>{title}</h1>
<p class="byline">{by}</p><time datetime="{published}">{printed}</time>
<div class="share-tools"><button>{share}</button></div></header>
<div class="article-body">
{first}<aside class="newsletter-signup"><p>{newsletter}</p><form><input type="email"><button>OK</button></form></aside>
{rest}</div>
<footer class="article-footer"><ul class="topics"><li>{tags}</li><li><a href="{root}tag/1">{section}</a></li></ul></footer>
</article>
<section class="related" aria-label="{related_title}"><h2>{related_title}</h2><ul>
{related}</ul></section>
<aside class="most-read"><h2>{most_read_title}</h2><ol>
{most_read}</ol></aside>
<section class="comments"><p>{comments}</p></section>
</main>
<footer role="contentinfo"><p>{rights}</p><a href="{root}about">{about}</a></footer>
<div id="consent"><p>{cookies}</p><button>OK</button></div>
</body>
</html>
"##,
        root = view.root,
        advertisement = words.advertisement,
        share = words.share,
        newsletter = words.newsletter,
        tags = words.tags,
        related_title = words.related,
        most_read_title = words.most_read,
        comments = words.comments,
        rights = words.rights,
        about = words.about,
        cookies = words.cookies,
    )
}
