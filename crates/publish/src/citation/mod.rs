//! An edition or one of its sentences as a citation, in the styles that writers and reference managers read, one file each.
//! To add one: its file, and its line in [`STYLES`].

mod bibtex;
mod csl_json;
mod ris;
mod text;

use jiff::Timestamp;
use jiff::civil::Date;
use sitrep_editions::Manuscript;
use sitrep_model::edition::EditionState;
use sitrep_model::id::SentenceId;

/// What is cited: an edition, or a sentence of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Work {
    /// A short name that is the same for ever: the sentence's id, or the edition's.
    pub key: String,
    /// Title as printed.
    pub title: String,
    /// The publication that it appeared in.
    pub series: String,
    /// Who publishes it; empty where the desk names nobody.
    pub publisher: String,
    /// Authors as printed.
    pub authors: Vec<String>,
    /// The edition's date.
    pub date: Date,
    /// Its whole address.
    pub address: String,
    /// The sentence's words; nothing for a whole edition.
    pub quote: Option<String>,
    /// BCP 47 language.
    pub language: String,
    /// What whoever cites it must know: that it was corrected, retracted or taken down, and when.
    pub standing: Option<String>,
    /// The desk's label, which stands on everything of it: that it is an exercise.
    pub label: Option<String>,
}

impl Work {
    /// A whole edition.
    pub fn edition(manuscript: &Manuscript<'_>) -> Self {
        let (desk, edition) = (manuscript.desk, manuscript.edition);
        Self {
            key: edition.id.to_string(),
            title: line(&edition.title),
            series: line(&desk.name),
            publisher: line(&desk.publisher),
            authors: edition.authors.iter().map(|author| line(author)).filter(|author| !author.is_empty()).collect(),
            date: edition.date,
            address: manuscript.address(),
            quote: None,
            language: desk.language.clone(),
            standing: standing(edition.state, edition.corrections.last().map(|act| act.at)),
            label: desk.label.as_deref().map(line).filter(|label| !label.is_empty()),
        }
    }

    /// A sentence of an edition, with the words that it has (or had last).
    pub fn sentence(manuscript: &Manuscript<'_>, id: &SentenceId, words: &str) -> Self {
        let path = crate::links::sentence_path(&manuscript.desk.id, id.as_str());
        Self {
            key: id.to_string(),
            address: format!("{}{path}", manuscript.base),
            quote: Some(line(words)),
            ..Self::edition(manuscript)
        }
    }

    /// Who answers for it: its authors, or the publisher where it is not signed, or the publication's name.
    fn creators(&self) -> Vec<&str> {
        if !self.authors.is_empty() {
            return self.authors.iter().map(String::as_str).collect();
        }
        let house = if self.publisher.is_empty() { &self.series } else { &self.publisher };
        Some(house.as_str()).filter(|house| !house.is_empty()).into_iter().collect()
    }

    /// Quotation, standing and label, as reference managers keep them in a note.
    fn note(&self) -> String {
        let quote = self.quote.as_ref().map(|quote| format!("“{quote}”"));
        [quote, self.standing.clone(), self.label.clone()].into_iter().flatten().collect::<Vec<_>>().join(" ")
    }
}

fn standing(state: EditionState, at: Option<Timestamp>) -> Option<String> {
    let what = match state {
        EditionState::Corrected => "Corrected",
        EditionState::Retracted => "Retracted",
        EditionState::TakenDown => "Taken down",
        EditionState::Published | EditionState::Drafting | EditionState::InReview | EditionState::Approved => {
            return None;
        }
    };
    Some(match at {
        Some(at) => format!("{what} on {}.", crate::dates::day(at.to_zoned_datetime(jiff::tz::TimeZone::UTC).date())),
        None => format!("{what}."),
    })
}

/// A text in one line without control characters: no style has a place for a line's end within a field.
fn line(text: &str) -> String {
    let clean = text.replace(|c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}'), " ");
    clean.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// One style of citation.
pub struct Style {
    /// What stands behind the address of what is cited, without the first dot.
    pub extension: &'static str,
    /// Media type, with its charset.
    pub media_type: &'static str,
    /// What readers see on its button.
    pub label: &'static str,
    /// Prints it.
    pub render: fn(&Work) -> String,
}

/// Every style.
pub const STYLES: &[Style] = &[text::STYLE, bibtex::STYLE, csl_json::STYLE, ris::STYLE];

/// A name without the extension of a style, and that style: `2026-11-20.csl.json` is `2026-11-20` as CSL-JSON.
pub fn style(name: &str) -> Option<(&str, &'static Style)> {
    STYLES.iter().find_map(|style| {
        let stem = name.strip_suffix(style.extension)?.strip_suffix('.')?;
        (!stem.is_empty()).then_some((stem, style))
    })
}
