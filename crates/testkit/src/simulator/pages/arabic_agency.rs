//! An Arabic agency: Islamic and Gregorian date in words, JSON-LD, related links in the middle of the text.

use crate::simulator::dates;
use crate::simulator::markup::{elements, links, script_json};
use crate::simulator::page::View;
use serde_json::json;

pub(in crate::simulator) fn render(view: &View) -> String {
    let (title, site, address, section) = (view.title(), view.site(), view.own_address(), view.section());
    let (words, article) = (view.words, view.article);
    let printed = dates::arabic(article.published, &view.zone);
    let data = script_json(&json!({
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "mainEntityOfPage": { "@type": "WebPage", "@id": article.url.as_str() },
        "url": article.url.as_str(),
        "headline": article.title,
        "datePublished": view.published(),
        "dateModified": view.modified(),
        "inLanguage": article.language,
        "author": article.byline.iter().map(|name| json!({ "@type": "Person", "name": name })).collect::<Vec<_>>(),
        "publisher": { "@type": "NewsMediaOrganization", "name": view.source.name },
    }));
    let menu = links(&view.menu(), "<li>", "</li>");
    let half = article.paragraphs.len().div_ceil(2);
    let (first, second) = article.paragraphs.split_at(half);
    let (first, second) = (elements(first, "<p>", "</p>"), elements(second, "<p>", "</p>"));
    let inline = links(&view.others(0, 2), "<li>", "</li>");
    let most_read = links(&view.others(2, 4), "<div class=\"mini-post\"><h4>", "</h4></div>");
    let byline = view.byline();
    format!(
        r#"<!DOCTYPE html>
<html dir="rtl" lang="ar" prefix="og: https://ogp.me/ns#">
<head>
<meta http-equiv="Content-Type" content="text/html; charset=utf-8">
<title>{site} &#8211; {title}</title>
<link rel="canonical" href="{address}" />
<meta property="og:title" content="{title}" />
<script type="application/ld+json">{data}</script>
<link rel="stylesheet" href="{root}wp-content/themes/news/style.css">
</head>
<body class="rtl single single-post">
<div id="top-bar"><span class="today-date">{home}</span><ul class="social"><li><a href="https://social.example/a">تابعنا</a></li></ul></div>
<div id="main-nav"><ul id="menu-main">
{menu}</ul></div>
<div class="e3lan e3lan-top"><p>{advertisement}</p></div>
<div id="main-content" class="container"><div class="content">
<article id="the-post" class="post-listing post">
<div class="post-inner">
<div id="crumbs"><a href="{root}">{home}</a> / <a href="{root}service/1">{section}</a></div>
<h1 class="name post-title entry-title">{title}</h1>
<p class="post-meta"><span class="tie-date">{printed}</span> <span class="post-views">1,284</span></p>
<div class="entry">
{first}<div class="also-read"><strong>{related}</strong><ul>
{inline}</ul></div>
{second}<p class="signature">{byline}</p>
</div>
<div class="share-post"><span class="share-text">{share}</span><ul><li><a href="https://share.example/f?u={address}">فيسبوك</a></li><li><a href="https://share.example/x?u={address}">إكس</a></li></ul></div>
<p class="post-tag">{tags}: <a href="{root}tag/2">{section}</a></p>
</div>
</article>
<section id="related_posts"><div class="block-head"><h3>{related}</h3></div>
{most_read}</section>
<div id="comments"><h3>{comments}</h3></div>
</div>
<aside id="sidebar"><div class="widget"><h4>{most_read_title}</h4>
{most_read}</div><div class="widget newsletter"><p>{newsletter}</p></div></aside>
</div>
<footer id="theme-footer"><div class="footer-bottom"><p>{rights}</p><a href="{root}about">{about}</a></div></footer>
<div class="cookies"><p>{cookies}</p></div>
</body>
</html>
"#,
        root = view.root,
        home = words.home,
        advertisement = words.advertisement,
        related = words.related,
        share = words.share,
        tags = words.tags,
        comments = words.comments,
        most_read_title = words.most_read,
        newsletter = words.newsletter,
        rights = words.rights,
        about = words.about,
        cookies = words.cookies,
    )
}
