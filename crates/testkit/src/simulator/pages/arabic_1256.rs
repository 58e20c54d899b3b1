//! An old Arabic site in windows-1256: a page of tables, upper-case tags, its charset only in a `META` element.

use crate::simulator::dates;
use crate::simulator::markup::{elements, links};
use crate::simulator::page::View;

pub(in crate::simulator) fn render(view: &View) -> String {
    let (title, site, address) = (view.title(), view.site(), view.own_address());
    let (words, article) = (view.words, view.article);
    let printed = dates::arabic_gregorian(article.published, &view.zone);
    let menu = links(&view.menu(), "<TD CLASS=menu>", "</TD>");
    let text = elements(&article.paragraphs, "<P ALIGN=justify>", "");
    let most_read = links(&view.others(0, 5), "<TR><TD>&#8226; ", "</TD></TR>");
    let byline = view.byline();
    format!(
        r#"<HTML DIR=RTL>
<HEAD>
<META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset=windows-1256">
<TITLE>{title} | {site}</TITLE>
<META PROPERTY="og:url" CONTENT="{address}">
</HEAD>
<BODY BGCOLOR=#FFFFFF TOPMARGIN=0>
<TABLE WIDTH=980 ALIGN=center CELLSPACING=0>
<TR><TD COLSPAN=3><A HREF="{root}"><IMG SRC="{root}images/header.jpg" ALT="{site}"></A></TD></TR>
<TR><TD COLSPAN=3><TABLE><TR>
{menu}</TR></TABLE></TD></TR>
<TR>
<TD WIDTH=200 VALIGN=top CLASS=side><TABLE><TR><TH>{most_read_title}</TH></TR>
{most_read}</TABLE><BR>{advertisement}</TD>
<TD WIDTH=580 VALIGN=top CLASS=newsbody>
<DIV CLASS=newstitle><H2>{title}</H2></DIV>
<DIV CLASS=newsdate>{printed}</DIV>
<DIV CLASS=newstext>
{text}
</DIV>
<DIV CLASS=editor>{byline}</DIV>
<DIV CLASS=tools><A HREF="print.php?id=1">طباعة</A> | <A HREF="mailto:editor@mail.example">أرسل إلى صديق</A></DIV>
</TD>
<TD WIDTH=200 VALIGN=top>{newsletter}<BR><IMG SRC="{root}ads/2.gif" ALT="{advertisement}"></TD>
</TR>
<TR><TD COLSPAN=3 ALIGN=center CLASS=copyright>{rights} <A HREF="{root}about">{about}</A></TD></TR>
</TABLE>
</BODY>
</HTML>
"#,
        root = view.root,
        most_read_title = words.most_read,
        advertisement = words.advertisement,
        newsletter = words.newsletter,
        rights = words.rights,
        about = words.about,
    )
}
