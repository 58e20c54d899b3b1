//! The article: head, corrections, takeaways, sections, notes.

use super::prose::Prose;
use super::{notes, prose};
use crate::citation::STYLES;
use crate::formats::{FORMATS, GONE, RETRACTED, corrections, is_gone, reason};
use crate::markup::{anchor, escape};
use crate::{dates, direction, links};
use sitrep_editions::Manuscript;
use sitrep_language::tag;
use sitrep_model::edition::{Correction, Edition, EditionSection, EditionState, Paragraph, ParagraphKind, Takeaway};

/// Where an article is shown, which decides what surrounds its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Surround {
    /// A page of the installation.
    Site,
    /// A page that stands alone.
    Alone,
    /// A message or an entry of a feed: what readers of mail and feeds show.
    Message,
}

/// How an article is set.
pub(crate) struct Setting {
    /// Where it is shown.
    pub surround: Surround,
    /// What stands before paths of the installation: nothing, or its address.
    pub root: String,
    /// What stands before `#` of a link within the edition: nothing, or the edition's address.
    pub within: String,
    /// The map's picture.
    pub picture: Option<String>,
}

impl Setting {
    /// On a page of the installation.
    pub(crate) fn site() -> Self {
        Self { surround: Surround::Site, root: String::new(), within: String::new(), picture: None }
    }

    /// On a page of its own.
    pub(crate) fn alone(manuscript: &Manuscript<'_>, picture: Option<String>) -> Self {
        let root = manuscript.base.to_owned();
        Self { surround: Surround::Alone, root, within: String::new(), picture }
    }

    /// In a message or a feed's entry.
    pub(crate) fn message(manuscript: &Manuscript<'_>, picture: Option<String>) -> Self {
        let (root, within) = (manuscript.base.to_owned(), manuscript.address());
        Self { surround: Surround::Message, root, within, picture }
    }
}

/// The whole article.
pub(crate) fn article(manuscript: &Manuscript<'_>, setting: &Setting) -> String {
    let desk = manuscript.desk;
    let mut html = format!("<article class=\"edition\" lang=\"{}\"", escape(&desk.language));
    if tag::direction(&desk.language) == "rtl" {
        html.push_str(" dir=\"rtl\"");
    }
    if setting.surround == Surround::Site {
        html.push_str(&format!(" data-island=\"notes\"{}", citable(manuscript)));
    }
    html.push_str(">\n");
    html.push_str(&head(manuscript, setting));
    if is_gone(manuscript) {
        html.push_str(&withdrawn(manuscript, "tombstone", "Taken down", GONE));
        html.push_str("</article>\n");
        return html;
    }
    if manuscript.edition.state == EditionState::Retracted {
        html.push_str(&withdrawn(manuscript, "retraction", "Retracted", RETRACTED));
    }
    html.push_str(&corrected(manuscript));
    html.push_str(&opening(manuscript));
    let mut prose = Prose::new(manuscript, setting);
    html.push_str(&takeaways(&mut prose));
    html.push_str(&map(manuscript, setting));
    let names = names(manuscript.edition);
    if setting.surround == Surround::Site {
        html.push_str(&contents(manuscript, &names));
    }
    for (section, name) in manuscript.edition.sections.iter().zip(&names) {
        html.push_str(&part(&mut prose, section, name));
    }
    html.push_str(&notes::list(&prose));
    html.push_str("</article>\n");
    html
}

fn head(manuscript: &Manuscript<'_>, setting: &Setting) -> String {
    let (desk, edition) = (manuscript.desk, manuscript.edition);
    let page = tag::direction(&desk.language);
    let mut html = format!(
        "<header class=\"edition-head\">\n<p class=\"edition-desk\">{}</p>\n<h1>{}</h1>\n<p class=\"edition-meta\">",
        escape(&desk.name),
        direction::inline(&edition.title, None, page)
    );
    if !edition.authors.is_empty() {
        html.push_str(&format!("<span>{}</span> ", escape(&edition.authors.join(", "))));
    }
    html.push_str(&format!("<time datetime=\"{}\">{}</time>", edition.date, dates::day(edition.date)));
    if let Some(cutoff) = edition.cutoff {
        let printed = escape(&dates::moment(cutoff, &desk.time_zone));
        html.push_str(&format!(" <span>Data cut-off <time datetime=\"{cutoff}\">{printed}</time></span>"));
    }
    html.push_str("</p>\n");
    if setting.surround == Surround::Site && edition.state.is_public() && !is_gone(manuscript) {
        html.push_str(&forms(manuscript));
    }
    html.push_str("</header>\n");
    html
}

fn forms(manuscript: &Manuscript<'_>) -> String {
    let path = escape(&links::edition_path(&manuscript.desk.id, &manuscript.edition.slug));
    let shown = FORMATS.iter().filter(|format| format.id != "atom").map(|format| (format.extension, format.label));
    let item = |(extension, label): (&str, &str)| format!("<li><a href=\"{path}.{extension}\">{label}</a></li>");
    let items: String = std::iter::once(("pdf", "PDF")).chain(shown).map(item).collect();
    format!("<ul class=\"edition-forms\">{items}</ul>\n")
}

/// That an edition was withdrawn, when, and why.
fn withdrawn(manuscript: &Manuscript<'_>, class: &str, heading: &str, text: &str) -> String {
    let reason = reason(manuscript).map(|reason| act(manuscript, reason)).unwrap_or_default();
    format!("<aside class=\"{class}\"><h2>{heading}</h2><p>{text}</p>{reason}</aside>\n")
}

/// A public act on an edition.
fn act(manuscript: &Manuscript<'_>, act: &Correction) -> String {
    let at = escape(&dates::moment(act.at, &manuscript.desk.time_zone));
    format!("<p><time datetime=\"{}\">{at}</time>: {}</p>", act.at, escape(&act.note))
}

fn corrected(manuscript: &Manuscript<'_>) -> String {
    let acts: String = corrections(manuscript).map(|correction| act(manuscript, correction)).collect();
    if acts.is_empty() {
        return String::new();
    }
    format!("<aside class=\"correction\" id=\"corrections\"><h2>Corrected</h2>{acts}</aside>\n")
}

fn opening(manuscript: &Manuscript<'_>) -> String {
    let mut html = String::new();
    if let Some(standing) = &manuscript.edition.standing {
        html.push_str(&format!("<p class=\"standing\">{}</p>\n", escape(standing)));
    }
    for notice in &manuscript.edition.notices {
        html.push_str(&format!("<div class=\"notice\">{}</div>\n", escape(notice)));
    }
    html
}

fn takeaways(prose: &mut Prose<'_>) -> String {
    let takeaways = &prose.manuscript.edition.takeaways;
    if takeaways.is_empty() {
        return String::new();
    }
    let mut html = format!("<section class=\"takeaways\"{}Key takeaways</h2>\n<ol>\n", prose.labelled("takeaways"));
    for takeaway in takeaways {
        html.push_str(&format!(
            "<li{}>{}</li>\n",
            prose.id("p", takeaway.body.id.as_str()),
            announced(prose, takeaway)
        ));
    }
    html.push_str("</ol>\n</section>\n");
    html
}

/// A takeaway, as a link to the paragraph that it announces. Its note marks stand behind the link.
fn announced(prose: &mut Prose<'_>, takeaway: &Takeaway) -> String {
    let known = takeaway.announces.as_ref().filter(|id| prose.manuscript.edition.paragraphs().any(|p| &p.id == *id));
    match known {
        Some(paragraph) => {
            let within = escape(&prose.setting.within);
            let (text, marks) = prose.unlinked(&takeaway.body);
            format!("<a href=\"{within}#p-{}\">{text}</a>{marks}", anchor(paragraph.as_str()))
        }
        None => prose.plain(&takeaway.body),
    }
}

fn map(manuscript: &Manuscript<'_>, setting: &Setting) -> String {
    let (Some(picture), Some(source)) = (manuscript.picture, &setting.picture) else {
        return String::new();
    };
    let alternative = escape(&picture.alternative);
    let (width, height) = (picture.width, picture.height);
    format!(
        "<figure class=\"figure\"><img src=\"{source}\" alt=\"{alternative}\" width=\"{width}\" height=\"{height}\"></figure>\n"
    )
}

/// Where the page's script asks for a sentence's citation, and in which styles.
fn citable(manuscript: &Manuscript<'_>) -> String {
    if !manuscript.edition.state.is_public() || is_gone(manuscript) {
        return String::new();
    }
    let sentences = escape(&links::sentence_path(&manuscript.desk.id, ""));
    let styles: Vec<String> = STYLES.iter().map(|style| format!("{}={}", style.label, style.extension)).collect();
    format!(" data-sentences=\"{sentences}\" data-cite-styles=\"{}\"", escape(&styles.join(" ")))
}

/// What each section is called within the page; no two are called the same.
fn names(edition: &Edition) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for (index, section) in edition.sections.iter().enumerate() {
        let place = (index + 1).to_string();
        let name = section.section.as_ref().map_or_else(|| place.clone(), |id| id.to_string());
        names.push(if names.contains(&name) { format!("{name}-{place}") } else { name });
    }
    names
}

/// The list of contents, which follows the reader where there is room.
fn contents(manuscript: &Manuscript<'_>, names: &[String]) -> String {
    let edition = manuscript.edition;
    let titled = edition.sections.iter().zip(names).filter(|(section, _)| !section.title.is_empty());
    let entry = |id: &str, level: u8, title: &str| {
        let class = if level > 1 { " class=\"deeper\"" } else { "" };
        format!("<li{class}><a href=\"#{id}\">{}</a></li>", escape(title))
    };
    let mut entries: Vec<String> = Vec::new();
    if !edition.takeaways.is_empty() {
        entries.push(entry("takeaways", 1, "Key takeaways"));
    }
    entries.extend(titled.map(|(section, name)| entry(&format!("s-{}", anchor(name)), section.level, &section.title)));
    if !manuscript.notes.notes.is_empty() {
        entries.push(entry("notes", 1, "Notes"));
    }
    if entries.len() < 3 {
        return String::new();
    }
    format!("<nav class=\"contents\" aria-label=\"Contents\"><h2>Contents</h2><ol>{}</ol></nav>\n", entries.concat())
}

fn part(prose: &mut Prose<'_>, section: &EditionSection, name: &str) -> String {
    let level = section.level.clamp(1, 5);
    let class = if level > 1 { format!("part level-{level}") } else { "part".to_owned() };
    let mut html = format!("<section class=\"{class}\"{}>\n", prose.id("s", name));
    if !section.title.is_empty() {
        html.push_str(&format!("<h{0}>{1}</h{0}>\n", level + 1, escape(&section.title)));
    }
    if let Some(scope) = &section.scope {
        html.push_str(&format!("<p class=\"scope\">{}</p>\n", escape(scope)));
    }
    let mut paragraphs = section.paragraphs.iter().peekable();
    while let Some(paragraph) = paragraphs.next() {
        if paragraph.kind != ParagraphKind::ListItem {
            html.push_str(&block(prose, paragraph));
            continue;
        }
        let mut items = vec![paragraph];
        while let Some(item) = paragraphs.next_if(|next| next.kind == ParagraphKind::ListItem) {
            items.push(item);
        }
        html.push_str(&list(prose, &items));
    }
    html.push_str("</section>\n");
    html
}

/// Items in a row, and their side notes behind the list.
fn list(prose: &mut Prose<'_>, items: &[&Paragraph]) -> String {
    let mut html = "<ul class=\"list\">\n".to_owned();
    for item in items {
        let id = prose.id("p", item.id.as_str());
        html.push_str(&format!("<li class=\"para\"{id}>{}{}</li>\n", prose.inline(item), prose.paragraph_link(item)));
    }
    html.push_str("</ul>\n");
    html.push_str(&notes::aside(prose, items));
    html
}

fn block(prose: &mut Prose<'_>, paragraph: &Paragraph) -> String {
    let id = prose.id("p", paragraph.id.as_str());
    let link = prose.paragraph_link(paragraph);
    let text = prose.inline(paragraph);
    let mut html = match paragraph.kind {
        ParagraphKind::Figure => {
            let image = prose::figure(prose, paragraph);
            format!("<figure class=\"figure\"{id}>{image}<figcaption>{text}</figcaption></figure>\n")
        }
        ParagraphKind::Quotation => format!("<blockquote class=\"quotation\"{id}><p>{text}{link}</p></blockquote>\n"),
        ParagraphKind::Prose | ParagraphKind::ListItem => format!("<p class=\"para\"{id}>{text}{link}</p>\n"),
    };
    html.push_str(&notes::aside(prose, &[paragraph]));
    html
}
