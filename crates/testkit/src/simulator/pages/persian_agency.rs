//! A Persian state-style agency: date in the Solar Hijri calendar, a headline above the headline, Open Graph but no JSON-LD.

use crate::simulator::dates;
use crate::simulator::markup::{elements, links};
use crate::simulator::page::View;

pub(in crate::simulator) fn render(view: &View) -> String {
    let (title, site, address, lead) = (view.title(), view.site(), view.own_address(), view.lead());
    let printed = dates::persian(view.article.published, &view.zone);
    let (published, modified, section, byline) = (view.published(), view.modified(), view.section(), view.byline());
    let words = view.words;
    let menu = links(&view.menu(), "<li class=\"nav-item\">", "</li>");
    let most_read = links(&view.others(0, 4), "<li><span class=\"icon\"></span>", "</li>");
    let related = links(&view.others(3, 3), "<li>", "</li>");
    let text = elements(&view.article.paragraphs, "<p>", "</p>");
    let author = if byline.is_empty() {
        String::new()
    } else {
        format!("<div class=\"author\">{}: <span class=\"name\">{byline}</span></div>", words.by)
    };
    let number = view.article.published.as_second() % 10_000_000;
    format!(
        r#"<!DOCTYPE html>
<html lang="fa-IR" dir="rtl">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title} - {site}</title>
<meta name="description" content="{lead}">
<link rel="canonical" href="{address}">
<meta property="og:type" content="article">
<meta property="og:title" content="{title}">
<meta property="og:description" content="{lead}">
<meta property="og:site_name" content="{site}">
<meta property="og:url" content="{address}">
<meta property="og:locale" content="fa_IR">
<meta property="article:published_time" content="{published}">
<meta property="article:modified_time" content="{modified}">
<meta property="article:section" content="{section}">
<script>window.dataLayer=window.dataLayer||[];function track(){{dataLayer.push({{'page':'{number}'}})}}</script>
<style>.ads{{min-height:90px}}</style>
</head>
<body class="news rtl">
<div class="ads top-banner"><a href="https://adserver.example/click?zone=3">{advertisement}</a></div>
<header id="masthead"><a class="logo" href="{root}">{site}</a>
<form action="{root}search" method="get"><input name="q" placeholder="{search}"><button>{search}</button></form>
<nav><ul class="nav">
{menu}</ul></nav></header>
<main class="container">
<div class="row">
<article class="item" id="item">
<div class="item-header">
<ol class="breadcrumb"><li><a href="{root}">{home}</a></li><li><a href="{root}service/1">{section}</a></li></ol>
<div class="item-nav"><span class="item-date">{printed}</span> <span class="item-code">کد خبر: {number}</span></div>
<h1 class="title">{title}</h1>
</div>
<p class="introtext lead">{lead}</p>
<div class="item-body"><div class="item-text" itemprop="articleBody">
{text}</div>
{author}
</div>
<section class="box related"><header><h2>{related_title}</h2></header><ul>
{related}</ul></section>
<div class="item-tools"><span>{share}</span> <a href="https://share.example/t?u={address}">تلگرام</a> <a href="https://share.example/w?u={address}">واتس‌اپ</a> <a href="?print=1">چاپ</a></div>
<div class="tags"><span>{tags}</span> <a href="{root}tag/1">{section}</a></div>
<div class="comments"><h3>نظر بدهید</h3><p>{comments}</p><form><textarea></textarea></form></div>
</article>
<aside class="sidebar"><section class="box"><h2>{most_read_title}</h2><ul>
{most_read}</ul></section><div class="ads"><p>{advertisement}</p></div></aside>
</div>
</main>
<footer><p>{newsletter}</p><p class="copyright">{rights}</p><a href="{root}about">{about}</a></footer>
<div class="cookie-bar" hidden><p>{cookies}</p></div>
</body>
</html>
"#,
        advertisement = words.advertisement,
        root = view.root,
        search = words.search,
        home = words.home,
        related_title = words.related,
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
