//! A paragraph's inside: sentences, marks, note markers.

use super::article::{Setting, Surround};
use crate::links;
use crate::markup::{anchor, escape};
use sitrep_editions::Manuscript;
use sitrep_editions::notes::Note;
use sitrep_language::tag;
use sitrep_model::edition::{MarkKind, Paragraph, ParagraphKind, Sentence};
use sitrep_model::id::CitationId;
use sitrep_model::run::{Content, Run};
use std::collections::BTreeSet;

/// Prints paragraphs of one article and remembers which ids it has given away.
pub(super) struct Prose<'m> {
    pub(super) manuscript: &'m Manuscript<'m>,
    pub(super) setting: &'m Setting,
    ids: BTreeSet<String>,
    /// How often each note was marked so far.
    marked: Vec<u32>,
}

impl<'m> Prose<'m> {
    pub(super) fn new(manuscript: &'m Manuscript<'m>, setting: &'m Setting) -> Self {
        Self { manuscript, setting, ids: BTreeSet::new(), marked: vec![0; manuscript.notes.notes.len() + 1] }
    }

    /// An `id` attribute, once for each id; none in a message, whose readers drop them.
    pub(super) fn id(&mut self, kind: &str, id: &str) -> String {
        let whole = format!("{kind}-{}", anchor(id));
        let given = !id.is_empty() && self.setting.surround != Surround::Message && self.ids.insert(whole.clone());
        if given { format!(" id=\"{whole}\"") } else { String::new() }
    }

    /// Whether a note was marked anywhere.
    pub(super) fn is_marked(&self, note: &Note) -> bool {
        self.marked.get(note.number as usize).is_some_and(|times| *times > 0)
    }

    /// The link of a paragraph to itself.
    pub(super) fn paragraph_link(&self, paragraph: &Paragraph) -> String {
        if self.setting.surround != Surround::Site || paragraph.id.as_str().is_empty() {
            return String::new();
        }
        let id = anchor(paragraph.id.as_str());
        format!("\n<a class=\"para-link\" href=\"#p-{id}\" aria-label=\"Link to this paragraph\">¶</a>")
    }

    /// The rest of a section's tag and the beginning of its heading, which names it; in a message it has no id.
    pub(super) fn labelled(&self, id: &str) -> String {
        match self.setting.surround {
            Surround::Message => "><h2>".to_owned(),
            _ => format!(" aria-labelledby=\"{id}\"><h2 id=\"{id}\">"),
        }
    }

    /// The inside of a section's paragraph; the first sentence of prose is its topic.
    pub(super) fn inline(&mut self, paragraph: &Paragraph) -> String {
        self.print(paragraph, true, paragraph.kind == ParagraphKind::Prose).0
    }

    /// The inside of a paragraph that has no topic sentence.
    pub(super) fn plain(&mut self, paragraph: &Paragraph) -> String {
        self.print(paragraph, true, false).0
    }

    /// A paragraph's inside as it may stand within a link, and its note markers by themselves.
    pub(super) fn unlinked(&mut self, paragraph: &Paragraph) -> (String, String) {
        self.print(paragraph, false, false)
    }

    fn print(&mut self, paragraph: &Paragraph, links: bool, topic: bool) -> (String, String) {
        let runs = paragraph.runs();
        let (mut html, mut markers) = (String::new(), String::new());
        for group in runs.chunk_by(|a, b| a.sentence == b.sentence) {
            let index = group.first().and_then(|run| run.sentence);
            let sentence = index.and_then(|index| paragraph.sentences.get(index).map(|sentence| (index, sentence)));
            if let Some((index, sentence)) = sentence {
                let class = if topic && index == 0 { "sentence topic" } else { "sentence" };
                html.push_str(&format!("<span class=\"{class}\"{}>", self.id("t", sentence.id.as_str())));
            }
            for stretch in group.chunk_by(|a, b| same_link(a, b)) {
                self.stretch(stretch, links, &mut html, &mut markers);
            }
            if let Some((_, sentence)) = sentence {
                if links {
                    html.push_str(&self.sentence_link(sentence));
                }
                html.push_str("</span>");
            }
        }
        (html, markers)
    }

    /// Runs of one link, or of none.
    fn stretch(&mut self, runs: &[Run<'_>], links: bool, html: &mut String, markers: &mut String) {
        let kind = runs.first().and_then(link_of).filter(|_| links);
        let target = kind.and_then(|kind| links::of_mark(kind, self.manuscript, &self.setting.root));
        if let Some(target) = &target {
            let class =
                if matches!(kind, Some(MarkKind::CrossReference { .. })) { " class=\"cross-reference\"" } else { "" };
            html.push_str(&format!("<a{class} href=\"{}\">", escape(target)));
        }
        for run in runs {
            match &run.content {
                Content::Text { text, bold, italic, .. } => {
                    let text = escape(text);
                    let text = if *italic { format!("<em>{text}</em>") } else { text };
                    html.push_str(&if *bold { format!("<strong>{text}</strong>") } else { text });
                }
                Content::Marker(citation) => {
                    let mark = self.marker(citation);
                    if links { html.push_str(&mark) } else { markers.push_str(&mark) }
                }
            }
        }
        if target.is_some() {
            html.push_str("</a>");
        }
    }

    fn marker(&mut self, citation: &CitationId) -> String {
        let Some(note) = self.manuscript.notes.of(citation) else {
            return String::new();
        };
        let (number, label) = (note.number, escape(&note.label));
        let Some(times) = self.marked.get_mut(number as usize) else {
            return String::new();
        };
        *times += 1;
        if self.setting.surround == Surround::Message {
            return format!("<sup class=\"note-mark\">{label}</sup>");
        }
        let id = if *times == 1 { format!("m-{number}") } else { format!("m-{number}-{times}") };
        format!("<a class=\"note-mark\" id=\"{id}\" href=\"#n-{number}\" role=\"doc-noteref\">{label}</a>")
    }

    fn sentence_link(&self, sentence: &Sentence) -> String {
        let threaded = self.setting.surround == Surround::Site && self.manuscript.threaded.contains(&sentence.id);
        if !threaded || sentence.id.as_str().is_empty() {
            return String::new();
        }
        let path = links::sentence_path(&self.manuscript.desk.id, sentence.id.as_str());
        format!(
            "<a class=\"sentence-link\" href=\"{}\" aria-label=\"What this sentence rests on\">⁂</a>",
            escape(&path)
        )
    }

    /// The direction of the article.
    pub(super) fn direction(&self) -> &'static str {
        tag::direction(&self.manuscript.desk.language)
    }
}

/// The link a run belongs to; a marker belongs to none.
fn link_of<'a>(run: &Run<'a>) -> Option<&'a MarkKind> {
    match run.content {
        Content::Text { link, .. } => link,
        Content::Marker(_) => None,
    }
}

fn same_link(a: &Run<'_>, b: &Run<'_>) -> bool {
    match (link_of(a), link_of(b)) {
        (Some(a), Some(b)) => std::ptr::eq(a, b),
        (None, None) => true,
        _ => false,
    }
}

/// A figure's picture. A message shows none from elsewhere: loading it would tell who reads.
pub(super) fn figure(prose: &Prose<'_>, paragraph: &Paragraph) -> String {
    let source = paragraph.figure.as_deref().and_then(links::picture);
    let Some(source) = source.filter(|_| prose.setting.surround != Surround::Message) else {
        return String::new();
    };
    let root = if source.starts_with('/') { prose.setting.root.as_str() } else { "" };
    format!("<img src=\"{}{}\" alt=\"{}\">", escape(root), escape(&source), escape(&paragraph.text))
}
