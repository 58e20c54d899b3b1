//! A Hebrew site: JSON-LD as a graph, boxes dropped in between the paragraphs, classes that say nothing.

use crate::simulator::dates;
use crate::simulator::markup::{escaped, links, script_json};
use crate::simulator::page::View;
use serde_json::json;

pub(in crate::simulator) fn render(view: &View) -> String {
    let (title, site, address, lead) = (view.title(), view.site(), view.own_address(), view.lead());
    let (words, article) = (view.words, view.article);
    let printed = dates::hebrew(article.published, &view.zone);
    let data = script_json(&json!({
        "@context": "https://schema.org",
        "@graph": [
            { "@type": "WebSite", "name": view.source.name },
            { "@type": "BreadcrumbList", "itemListElement": [] },
            {
                "@type": ["NewsArticle", "Article"],
                "headline": article.title,
                "url": article.url.as_str(),
                "datePublished": view.published(),
                "author": { "@type": "Person", "name": article.byline.join(", ") },
            },
        ],
    }));
    let boxes = links(&view.others(0, 1), "<div class=\"css-7x1q\"><span>", "</span></div>");
    let mut text = String::new();
    for (at, paragraph) in article.paragraphs.iter().enumerate() {
        text.push_str(&format!("<p class=\"css-1a2b\">{}</p>\n", escaped(paragraph)));
        if at == 1 {
            text.push_str(&boxes);
            text.push_str(&format!("<aside class=\"css-ad\">{}</aside>\n", escaped(words.advertisement)));
        }
    }
    let menu = links(&view.menu(), "<li>", "</li>");
    let others = links(&view.others(1, 4), "<li>", "</li>");
    let byline = view.byline();
    format!(
        r#"<!doctype html>
<html lang="he" dir="rtl">
<head>
<meta charset="utf-8">
<title>{title}</title>
<meta name="description" content="{lead}">
<meta property="og:title" content="{title}">
<meta property="og:url" content="{address}">
<meta property="og:site_name" content="{site}">
<script type="application/ld+json">{data}</script>
</head>
<body>
<div id="root">
<header><a href="{root}">{site}</a><nav aria-label="{search}"><ul>
{menu}</ul></nav></header>
<main>
<div class="css-0"><h1>{title}</h1><div class="css-by"><span>{by} {byline}</span> <span class="css-dt">{printed}</span></div></div>
<div class="css-body">
{text}</div>
<section class="css-more"><h2>{related}</h2><ul>
{others}</ul></section>
</main>
<footer><p>{newsletter}</p><p>{rights}</p></footer>
<div role="dialog"><p>{cookies}</p></div>
</div>
</body>
</html>
"#,
        root = view.root,
        search = words.search,
        by = words.by,
        related = words.related,
        newsletter = words.newsletter,
        rights = words.rights,
        cookies = words.cookies,
    )
}
