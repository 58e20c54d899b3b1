//! A Russian news site: microdata, an inserted telegram-style box, a feed of other news below.

use crate::simulator::dates;
use crate::simulator::markup::{elements, links};
use crate::simulator::page::View;

pub(in crate::simulator) fn render(view: &View) -> String {
    let (title, site, address, lead) = (view.title(), view.site(), view.own_address(), view.lead());
    let (words, article) = (view.words, view.article);
    let printed = dates::russian(article.published, &view.zone);
    let (published, modified, section, byline) = (view.published(), view.modified(), view.section(), view.byline());
    let menu = links(&view.menu(), "<li class=\"menu__item\">", "</li>");
    let text = elements(
        &article.paragraphs,
        "<div class=\"article__block\" data-type=\"text\"><div class=\"article__text\">",
        "</div></div>",
    );
    let line = links(&view.others(0, 6), "<div class=\"lenta__item\">", "</div>");
    let related = links(&view.others(2, 3), "<div class=\"article__article\">", "</div>");
    let author = if byline.is_empty() {
        String::new()
    } else {
        format!(
            "<div class=\"article__author\" itemprop=\"author\" itemscope itemtype=\"http://schema.org/Person\"><span itemprop=\"name\">{byline}</span></div>"
        )
    };
    format!(
        r#"<!DOCTYPE html>
<html lang="ru">
<head>
<meta charset="utf-8">
<title>{title} — {site}, {printed}</title>
<meta name="description" content="{lead}">
<link rel="canonical" href="{address}">
<meta property="og:title" content="{title}">
<meta property="og:url" content="{address}">
<meta property="og:site_name" content="{site}">
<meta name="analytics-date" content="{modified}">
</head>
<body>
<div class="page">
<div class="header"><a class="header__logo" href="{root}">{site}</a><ul class="menu">
{menu}</ul></div>
<div class="banner" data-type="top"><span>{advertisement}</span></div>
<div class="layout-article" itemscope itemtype="http://schema.org/NewsArticle">
<meta itemprop="datePublished" content="{published}"><meta itemprop="dateModified" content="{modified}"><meta itemprop="articleSection" content="{section}">
<div class="article__header"><div class="article__info-date"><a href="{root}service/1">{printed}</a></div>
<h1 class="article__title" itemprop="headline">{title}</h1>
{author}</div>
<div class="article__body" itemprop="articleBody">
{text}<div class="article__block" data-type="article"><div class="article__caption">{related_title}</div>
{related}</div>
</div>
<div class="article__tags"><a class="article__tags-item" href="{root}tag/4">{section}</a></div>
<div class="share"><span>{share}</span><a href="https://share.example/vk?u={address}">ВК</a></div>
</div>
<div class="lenta"><h3>{most_read}</h3>
{line}</div>
<div class="subscribe"><p>{newsletter}</p></div>
<div class="footer"><p>{rights}</p><p>Сетевое издание. 18+</p><a href="{root}about">{about}</a></div>
<div class="cookie"><p>{cookies}</p></div>
</div>
</body>
</html>
"#,
        root = view.root,
        advertisement = words.advertisement,
        related_title = words.related,
        share = words.share,
        most_read = words.most_read,
        newsletter = words.newsletter,
        rights = words.rights,
        about = words.about,
        cookies = words.cookies,
    )
}
