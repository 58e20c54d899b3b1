//! An old Russian site in windows-1251: one cell of text whose paragraphs are parted by line breaks, the date only in words.

use crate::simulator::dates;
use crate::simulator::markup::{escaped, links};
use crate::simulator::page::View;

pub(in crate::simulator) fn render(view: &View) -> String {
    let (title, site, address) = (view.title(), view.site(), view.own_address());
    let (words, article) = (view.words, view.article);
    let printed = dates::russian(article.published, &view.zone);
    let paragraphs: Vec<String> = article.paragraphs.iter().map(|paragraph| escaped(paragraph)).collect();
    let text = paragraphs.join("<br>\n<br>\n");
    let menu = links(&view.menu(), "", " | ");
    let others = links(&view.others(0, 5), "<br>&raquo; ", "");
    let byline = view.byline();
    format!(
        r#"<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 4.01 Transitional//EN">
<html>
<head>
<meta http-equiv="content-type" content="text/html; charset=windows-1251">
<title>{site} : {title}</title>
<link rel="canonical" href="{address}">
</head>
<body>
<div id="header"><a href="{root}">{site}</a></div>
<div id="topmenu">{menu}</div>
<table width="100%"><tr>
<td id="left" width="180">{most_read}{others}</td>
<td id="center">
<div class="date">{printed}</div>
<h1>{title}</h1>
<div class="newstext">
{text}
</div>
<div class="sign"><i>{byline}</i></div>
<div class="print"><a href="?print">Версия для печати</a></div>
</td>
<td id="right" width="160">{advertisement}</td>
</tr></table>
<div id="footer">{rights} <a href="{root}about">{about}</a></div>
</body>
</html>
"#,
        root = view.root,
        most_read = words.most_read,
        advertisement = words.advertisement,
        rights = words.rights,
        about = words.about,
    )
}
