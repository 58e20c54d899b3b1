//! A sentence's own story: how it was worded from version to version, which later sentences point to it, how it is cited.

use crate::error::Error;
use crate::newsroom::{Newsroom, look};
use crate::reading;
use crate::threads::{Station, readable};
use crate::who::Who;
use jiff::Timestamp;
use sitrep_editions::Manuscript;
use sitrep_model::citation::Target;
use sitrep_model::desk::Desk;
use sitrep_model::edition::{Edition, MarkKind, Paragraph, Sentence};
use sitrep_model::id::SentenceId;
use sitrep_model::{Kind, Noun};
use sitrep_publish::citation::{self, STYLES, Work};
use sitrep_store::{Reader, Versioned};
use std::collections::BTreeSet;

/// How a sentence read, and since when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wording {
    /// The version that brought it.
    pub version: u64,
    /// Since when it stood so.
    pub recorded: Timestamp,
    /// Its words; nothing from where it was dropped.
    pub text: Option<String>,
}

/// A citation, ready to be copied.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Printed {
    /// What stands behind the address of what is cited.
    pub extension: &'static str,
    /// Media type, with its charset.
    pub media_type: &'static str,
    /// What the style is called.
    pub label: &'static str,
    /// The citation.
    pub text: String,
}

/// The name of what is cited, and the extension of the style that it is asked for in: `2026-11-20.bib`.
pub fn cited_as(name: &str) -> Option<(&str, &'static str)> {
    citation::style(name).map(|(stem, style)| (stem, style.extension))
}

/// A sentence's wordings in the public versions up to one of them, oldest first. A version that says it with the same words
/// adds none.
pub(crate) fn wordings(
    reader: &mut Reader<'_>,
    edition: &Versioned<Edition>,
    id: &SentenceId,
) -> Result<Vec<Wording>, Error> {
    let name = edition.value.id.as_str();
    let lines = reading::public_versions(reader, &edition.value, Some(edition.recorded))?;
    let mut found: Vec<Wording> = Vec::new();
    for line in lines.iter().filter(|line| line.version <= edition.version) {
        let Some(version) = reader.get_version::<Edition>(name, line.version)? else { continue };
        let text = version.value.sentence(id).map(|(paragraph, sentence)| paragraph.sentence_text(sentence));
        let known = found.last().map(|last| last.text.clone()).unwrap_or_default();
        if known != text {
            found.push(Wording { version: line.version, recorded: line.recorded, text });
        }
    }
    Ok(found)
}

/// Sentences of other editions that point to this one.
pub(crate) fn pointing(
    reader: &mut Reader<'_>,
    who: &Who,
    edition: &Edition,
    id: &SentenceId,
    as_of: Option<Timestamp>,
) -> Result<Vec<Station>, Error> {
    let links = reader.links_to(Kind::Edition, edition.id.as_str(), as_of)?;
    let others: BTreeSet<String> = links
        .into_iter()
        .filter(|link| link.kind == Kind::Edition && link.id != edition.id.as_str())
        .map(|link| link.id)
        .collect();
    let mut stations = Vec::new();
    for other in others {
        let found: Option<Versioned<Edition>> = look(reader, &other, as_of)?;
        let Some(other) = found.map(|found| found.value).filter(|other| readable(who, other)) else { continue };
        for (paragraph, sentence) in other.paragraphs().flat_map(|p| p.sentences.iter().map(move |s| (p, s))) {
            if points_to(&other, paragraph, sentence, id) {
                stations.push(Station::Edition {
                    slug: other.slug.clone(),
                    title: other.title(),
                    sentence: Some(sentence.id.clone()),
                    text: Some(paragraph.sentence_text(sentence)),
                    role: "refers_to".to_owned(),
                });
            }
        }
    }
    Ok(stations)
}

fn points_to(edition: &Edition, paragraph: &Paragraph, sentence: &Sentence, id: &SentenceId) -> bool {
    let mut references = paragraph
        .citations_of(sentence)
        .filter_map(|mark| edition.citation(&mark.citation))
        .flat_map(|citation| &citation.references);
    let cites = references.any(|reference| match &reference.target {
        Target::Edition { sentence: Some(of), .. } => of == id,
        _ => false,
    });
    let mut marks = paragraph.marks.iter().filter(|mark| mark.start < sentence.end && mark.end > sentence.start);
    cites || marks.any(|mark| matches!(&mark.kind, MarkKind::CrossReference { sentence: Some(of), .. } if of == id))
}

impl Newsroom {
    /// An edition, or a sentence of it with these words, cited in every style. Of what was taken down no words are given.
    pub fn citations(
        &self,
        desk: &Desk,
        edition: &Edition,
        sentence: Option<(&SentenceId, &str)>,
    ) -> Result<Vec<Printed>, Error> {
        self.print(desk, edition, None, |manuscript| Ok(cited(manuscript, sentence)))
    }
}

/// A printed edition, or a sentence of it with these words, cited in every style.
pub(crate) fn cited(manuscript: &Manuscript<'_>, sentence: Option<(&SentenceId, &str)>) -> Vec<Printed> {
    let work = match sentence {
        Some((id, words)) => Work::sentence(manuscript, id, words),
        None => Work::edition(manuscript),
    };
    let one = |style: &citation::Style| Printed {
        extension: style.extension,
        media_type: style.media_type,
        label: style.label,
        text: (style.render)(&work),
    };
    STYLES.iter().map(one).collect()
}

/// Stations, an edition's sentence once: a note that cites it and words that refer to it lead to the same place.
pub(crate) fn once(stations: Vec<Station>) -> Vec<Station> {
    let mut kept: Vec<Station> = Vec::with_capacity(stations.len());
    for station in stations {
        let Station::Edition { slug, sentence, text, .. } = &station else {
            if !kept.contains(&station) {
                kept.push(station);
            }
            continue;
        };
        let same = kept.iter_mut().find_map(|known| match known {
            Station::Edition { slug: of, sentence: at, text: words, .. }
                if of == slug && (at == sentence || at.is_none() || sentence.is_none()) =>
            {
                Some((at, words))
            }
            _ => None,
        });
        match same {
            // The one that knows the sentence is the better link.
            Some((at, words)) if at.is_none() => (*at, *words) = (sentence.clone(), text.clone()),
            Some(_) => {}
            None => kept.push(station),
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edition(slug: &str, sentence: Option<&str>, role: &str) -> Station {
        Station::Edition {
            slug: slug.to_owned(),
            title: slug.to_owned(),
            sentence: sentence.map(SentenceId::from),
            text: sentence.map(|_| "Its words.".to_owned()),
            role: role.to_owned(),
        }
    }

    #[test]
    fn an_edition_that_is_cited_and_referred_to_stands_once_and_leads_to_the_sentence() {
        let found = once(vec![edition("a", None, "cites"), edition("a", Some("a.1"), "refers_to")]);
        assert_eq!(found, [edition("a", Some("a.1"), "cites")]);
    }

    #[test]
    fn two_sentences_of_one_edition_stay_two() {
        let both = vec![edition("a", Some("a.1"), "cites"), edition("a", Some("a.2"), "refers_to")];
        assert_eq!(once(both.clone()), both);
    }
}
