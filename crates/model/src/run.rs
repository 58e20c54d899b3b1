//! A paragraph cut into runs that are printed alike: what every form walks through instead of counting offsets itself.

use crate::edition::{Mark, MarkKind, Paragraph};
use crate::id::CitationId;

/// What a run is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Content<'a> {
    /// Text that is printed alike.
    Text {
        /// The text.
        text: String,
        /// Strong.
        bold: bool,
        /// Emphasised.
        italic: bool,
        /// A link or a cross reference.
        link: Option<&'a MarkKind>,
    },
    /// A note marker.
    Marker(&'a CitationId),
}

/// A stretch of a paragraph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run<'a> {
    /// The sentence it belongs to, as an index; `None` for the white space between sentences.
    pub sentence: Option<usize>,
    /// What it is.
    pub content: Content<'a>,
}

impl Paragraph {
    /// The paragraph in runs, in order. A marker that stands between two sentences belongs to the one before it and
    /// comes right behind it, whatever white space it was typed after. Offsets beyond the text are taken as its end.
    pub fn runs(&self) -> Vec<Run<'_>> {
        let length = self.text.chars().count();
        let owners = owners(self, length);
        let mut cuts: Vec<usize> = vec![0, length];
        cuts.extend(self.sentences.iter().flat_map(|sentence| [sentence.start, sentence.end]));
        cuts.extend(self.marks.iter().flat_map(|mark| [mark.start, mark.end]));
        let markers: Vec<(usize, &CitationId)> =
            self.citations.iter().map(|mark| (self.marker_place(mark.offset).min(length), &mark.citation)).collect();
        cuts.extend(markers.iter().map(|(place, _)| *place));
        cuts.retain(|cut| *cut <= length);
        cuts.sort_unstable();
        cuts.dedup();
        let mut characters = self.text.chars();
        let mut runs = Vec::new();
        for (index, start) in cuts.iter().enumerate() {
            for (_, citation) in markers.iter().filter(|(place, _)| place == start) {
                let before = start.checked_sub(1).and_then(|at| owners.get(at)).copied().flatten();
                let sentence = before.or_else(|| owners.get(*start).copied().flatten());
                runs.push(Run { sentence, content: Content::Marker(citation) });
            }
            let Some(end) = cuts.get(index + 1) else { break };
            let text: String = characters.by_ref().take(end - start).collect();
            let sentence = owners.get(*start).copied().flatten();
            runs.push(Run { sentence, content: styled(text, &self.marks, *start) });
        }
        runs
    }

    /// Where a marker is printed: one between two sentences moves to the end of the first.
    fn marker_place(&self, offset: usize) -> usize {
        let before = self.sentences.iter().rfind(|sentence| sentence.end <= offset && sentence.end > sentence.start);
        let inside = self.sentences.iter().any(|sentence| sentence.start < offset && offset < sentence.end);
        match before {
            Some(sentence) if !inside => sentence.end,
            _ => offset,
        }
    }
}

/// The sentence of each code point.
fn owners(paragraph: &Paragraph, length: usize) -> Vec<Option<usize>> {
    let mut owners = vec![None; length];
    for (index, sentence) in paragraph.sentences.iter().enumerate() {
        let end = sentence.end.min(length);
        for owner in owners.get_mut(sentence.start.min(end)..end).into_iter().flatten() {
            *owner = owner.or(Some(index));
        }
    }
    owners
}

fn styled<'a>(text: String, marks: &'a [Mark], start: usize) -> Content<'a> {
    let here = || marks.iter().filter(move |mark| mark.start <= start && start < mark.end).map(|mark| &mark.kind);
    Content::Text {
        text,
        bold: here().any(|kind| *kind == MarkKind::Bold),
        italic: here().any(|kind| *kind == MarkKind::Italic),
        link: here().find(|kind| matches!(kind, MarkKind::Link { .. } | MarkKind::CrossReference { .. })),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edition::{CitationMark, Sentence};

    fn paragraph(text: &str, sentences: &[(usize, usize)], markers: &[usize], bold: (usize, usize)) -> Paragraph {
        let sentence = |(index, (start, end)): (usize, &(usize, usize))| Sentence {
            id: format!("t{index}").as_str().into(),
            start: *start,
            end: *end,
            events: Vec::new(),
            judgement: None,
        };
        let marker =
            |(index, offset): (usize, &usize)| CitationMark { offset: *offset, citation: format!("c{index}").into() };
        Paragraph {
            text: text.to_owned(),
            sentences: sentences.iter().enumerate().map(sentence).collect(),
            citations: markers.iter().enumerate().map(marker).collect(),
            marks: vec![Mark { start: bold.0, end: bold.1, kind: MarkKind::Bold }],
            ..Paragraph::default()
        }
    }

    fn shown(paragraph: &Paragraph) -> String {
        let run = |run: Run<'_>| {
            let owner = run.sentence.map_or("-".to_owned(), |index| index.to_string());
            match run.content {
                Content::Text { text, bold, .. } => format!("{owner}:{text}{}", if bold { "*" } else { "" }),
                Content::Marker(citation) => format!("{owner}:[{citation}]"),
            }
        };
        paragraph.runs().into_iter().map(run).collect::<Vec<_>>().join("|")
    }

    #[test]
    fn markers_between_sentences_belong_to_the_one_before() {
        let typed = paragraph("Äpfel. Birnen.", &[(0, 6), (7, 14)], &[6, 7, 10], (7, 9));
        assert_eq!(shown(&typed), "0:Äpfel.|0:[c0]|0:[c1]|-: |1:Bi*|1:r|1:[c2]|1:nen.");
    }

    #[test]
    fn a_paragraph_comes_back_whole_whatever_its_offsets_say() {
        let wild = paragraph("Kurz.", &[(0, 90), (3, 2), (50, 60)], &[0, 77], (2, 99));
        let text: String = wild
            .runs()
            .into_iter()
            .filter_map(|run| match run.content {
                Content::Text { text, .. } => Some(text),
                Content::Marker(_) => None,
            })
            .collect();
        assert_eq!(text, "Kurz.");
        assert_eq!(wild.runs().iter().filter(|run| matches!(run.content, Content::Marker(_))).count(), 2);
    }
}
