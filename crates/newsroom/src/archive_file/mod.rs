//! A desk's whole public archive as one SQLite file, which a researcher opens directly: every edition as it stands, sentence
//! by sentence, with what it cites, the public events and the judgements. Nothing that readers may not see is in it.

mod tables;

pub use tables::TABLES;

use crate::archive::{FacetKind, FacetName, outlet};
use crate::error::Error;
use crate::newsroom::Newsroom;
use jiff::Timestamp;
use sitrep_editions::Manuscript;
use sitrep_editions::notes::{Note, PrintedReference};
use sitrep_model::assessment::Assessment;
use sitrep_model::citation::Target;
use sitrep_model::desk::Desk;
use sitrep_model::edition::{Edition, EditionState, Paragraph, ParagraphKind};
use sitrep_model::event::{Event, EventStatus};
use sitrep_model::visibility::Visibility;
use sitrep_store::{ArchiveFile, Cell, Order, Query, Versioned};
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::PoisonError;

/// Editions and events that are read at a time.
const BATCH: usize = 100;

/// The form of the file: it grows when a table or column is added.
const FORMAT: &str = "sitrep-archive/1";

impl Newsroom {
    /// Writes a desk's public archive as a SQLite file; a file of that name is replaced once the new one is whole. Gives how many
    /// editions it holds.
    pub fn archive_file(&self, desk: &Desk, to: &Path) -> Result<usize, Error> {
        let file = ArchiveFile::begin(to, TABLES)?;
        self.about(&file, desk)?;
        let mut count = 0;
        let mut after = None;
        loop {
            let page = self.published(&desk.id, None, BATCH, after)?;
            for found in &page.items {
                self.edition_rows(&file, desk, found)?;
                count += 1;
            }
            after = page.next;
            if after.is_none() {
                break;
            }
        }
        self.facet_rows(&file, desk)?;
        self.event_rows(&file, desk)?;
        self.assessment_rows(&file, desk)?;
        file.finish()?;
        Ok(count)
    }

    /// The same file for readers: made when it is first asked for after an edition was published or changed, kept until the next
    /// one, and only one made at a time. Gives where it lies.
    pub fn archive_download(&self, desk: &Desk) -> Result<PathBuf, Error> {
        let folder = self.store().data().join("archives");
        std::fs::create_dir_all(&folder)
            .map_err(|error| Error::File { path: folder.display().to_string(), message: error.to_string() })?;
        let lines = self.archive_days(&desk.id, None)?;
        let newest = lines.iter().map(|line| line.changed).max().unwrap_or_default();
        let stamp =
            format!("{}-{}-{}.sqlite", crate::ids::slug(desk.id.as_str()), lines.len(), newest.as_microsecond());
        let path = folder.join(&stamp);
        if path.exists() {
            return Ok(path);
        }
        let _one = self.downloads().lock().unwrap_or_else(PoisonError::into_inner);
        if !path.exists() {
            self.archive_file(desk, &path)?;
            forget_older(&folder, desk, &stamp);
        }
        Ok(path)
    }

    fn about(&self, file: &ArchiveFile, desk: &Desk) -> Result<(), Error> {
        let rows = [
            ("desk", desk.id.to_string()),
            ("title", desk.name.clone()),
            ("publisher", desk.publisher.clone()),
            ("label", desk.label.clone().unwrap_or_default()),
            ("language", desk.language.clone()),
            ("address", format!("{}/{}", self.base(), desk.id)),
            ("format", FORMAT.to_owned()),
            ("position", self.store().head()?.to_string()),
        ];
        for (name, value) in rows {
            file.row("about", &[name.into(), value.into()])?;
        }
        Ok(())
    }

    fn edition_rows(&self, file: &ArchiveFile, desk: &Desk, found: &Versioned<Edition>) -> Result<(), Error> {
        let edition = &found.value;
        let gone = edition.state == EditionState::TakenDown;
        file.row(
            "edition",
            &[
                edition.id.as_str().into(),
                edition.slug.as_str().into(),
                edition.title.as_str().into(),
                edition.date.to_string().into(),
                edition.state.as_str().into(),
                moment(edition.published),
                moment(edition.cutoff),
                edition.authors.join("; ").into(),
                edition.standing.clone().filter(|_| !gone).into(),
                i64::try_from(found.version).unwrap_or(i64::MAX).into(),
                found.recorded.to_string().into(),
                format!("{}/{}/editions/{}", self.base(), desk.id, edition.slug).into(),
            ],
        )?;
        // What earlier corrections said may be what was taken down.
        let earlier = if gone { edition.corrections.len().saturating_sub(1) } else { 0 };
        for act in edition.corrections.iter().skip(earlier) {
            file.row("act", &[edition.id.as_str().into(), act.at.to_string().into(), act.note.as_str().into()])?;
        }
        if gone {
            return Ok(());
        }
        for (at, takeaway) in edition.takeaways.iter().enumerate() {
            let announces = takeaway.announces.as_ref().map(|id| id.to_string());
            self.paragraph_rows(file, edition, &takeaway.body, (0, at + 1), announces)?;
        }
        for (at, section) in edition.sections.iter().enumerate() {
            file.row(
                "section",
                &[
                    edition.id.as_str().into(),
                    (at + 1).into(),
                    section.section.as_ref().map(|id| id.to_string()).into(),
                    section.title.as_str().into(),
                    i64::from(section.level).into(),
                    section.scope.clone().into(),
                ],
            )?;
            for (place, paragraph) in section.paragraphs.iter().enumerate() {
                self.paragraph_rows(file, edition, paragraph, (at + 1, place + 1), None)?;
            }
        }
        self.print(desk, edition, None, |manuscript| note_rows(file, manuscript))
    }

    fn paragraph_rows(
        &self,
        file: &ArchiveFile,
        edition: &Edition,
        paragraph: &Paragraph,
        (section, place): (usize, usize),
        announces: Option<String>,
    ) -> Result<(), Error> {
        file.row(
            "paragraph",
            &[
                paragraph.id.as_str().into(),
                edition.id.as_str().into(),
                section.into(),
                place.into(),
                kind(paragraph.kind, section).into(),
                paragraph.text.as_str().into(),
                paragraph.campaign.as_ref().map(|id| id.to_string()).into(),
                announces.into(),
            ],
        )?;
        for (at, sentence) in paragraph.sentences.iter().enumerate() {
            let judgement = sentence.judgement.as_ref();
            file.row(
                "sentence",
                &[
                    sentence.id.as_str().into(),
                    edition.id.as_str().into(),
                    paragraph.id.as_str().into(),
                    (at + 1).into(),
                    sentence.start.into(),
                    sentence.end.into(),
                    paragraph.sentence_text(sentence).into(),
                    judgement.map(|judgement| judgement.assessment.to_string()).into(),
                    judgement.map(|judgement| judgement.step.as_str()).into(),
                    format!("{}/{}/sentences/{}", self.base(), edition.desk, sentence.id).into(),
                ],
            )?;
            for event in &sentence.events {
                file.row("sentence_event", &[sentence.id.as_str().into(), event.as_str().into()])?;
            }
        }
        Ok(())
    }

    fn facet_rows(&self, file: &ArchiveFile, desk: &Desk) -> Result<(), Error> {
        let archive = self.archive(&desk.id)?;
        let kinds = [
            ("section", FacetKind::Section),
            ("campaign", FacetKind::Campaign),
            ("outlet", FacetKind::Outlet),
            ("actor", FacetKind::Actor),
            ("place", FacetKind::Place),
        ];
        let mut names: Vec<(&str, FacetKind, HashMap<String, FacetName>)> = Vec::new();
        for (name, kind) in kinds {
            names.push((name, kind, self.facet_names(desk, kind)?));
        }
        for (edition, facet, times) in archive.all_told() {
            let Some((kind, _, names)) = names.iter().find(|(_, kind, _)| kind.holds(facet)) else { continue };
            let name = names.get(facet.key()).map_or_else(|| facet.key().to_owned(), |name| name.name.clone());
            file.row("facet", &[edition.into(), (*kind).into(), facet.key().into(), name.into(), times.into()])?;
        }
        Ok(())
    }

    fn event_rows(&self, file: &ArchiveFile, desk: &Desk) -> Result<(), Error> {
        let mut query =
            Query { desk: Some(desk.id.clone()), order: Order::OldestFirst, limit: BATCH * 10, ..Query::default() };
        loop {
            let page = self.read(|reader| Ok(reader.list::<Event>(&query)?))?;
            let shown =
                |event: &Event| event.visibility == Visibility::Public && event.status != EventStatus::Withdrawn;
            for event in page.items.into_iter().map(|found| found.value).filter(shown) {
                file.row(
                    "event",
                    &[
                        event.id.as_str().into(),
                        event.event_type.as_str().into(),
                        event.summary.as_str().into(),
                        event.when.from.to_string().into(),
                        event.when.to.to_string().into(),
                        event.at.name.as_str().into(),
                        event.at.place.as_ref().map(|id| id.to_string()).into(),
                        event.at.point.latitude.into(),
                        event.at.point.longitude.into(),
                        event.layer.as_ref().map(|id| id.to_string()).into(),
                    ],
                )?;
            }
            match page.next {
                Some(next) => query.after = Some(next),
                None => return Ok(()),
            }
        }
    }

    fn assessment_rows(&self, file: &ArchiveFile, desk: &Desk) -> Result<(), Error> {
        let all: Vec<Assessment> = self.read(|reader| crate::catalogue::all(reader, Some(&desk.id)))?;
        for assessment in all.iter().filter(|a| a.steps.iter().any(|step| step.edition.is_some())) {
            file.row(
                "assessment",
                &[
                    assessment.id.as_str().into(),
                    assessment.statement.as_str().into(),
                    assessment.likelihood.as_str().into(),
                    assessment.confidence.as_str().into(),
                    assessment.horizon.map(|day| day.to_string()).into(),
                    assessment.campaign.as_ref().map(|id| id.to_string()).into(),
                    assessment.superseded_by.as_ref().map(|id| id.to_string()).into(),
                ],
            )?;
            for (at, step) in assessment.steps.iter().enumerate() {
                file.row(
                    "assessment_step",
                    &[
                        assessment.id.as_str().into(),
                        (at + 1).into(),
                        step.step.as_str().into(),
                        step.at.to_string().into(),
                        step.edition.as_ref().map(|id| id.to_string()).into(),
                        step.sentence.as_ref().map(|id| id.to_string()).into(),
                        step.likelihood.as_str().into(),
                        step.confidence.as_str().into(),
                    ],
                )?;
            }
        }
        Ok(())
    }
}

/// Files of the same desk that another has taken the place of. One that can't be deleted is deleted the next time.
fn forget_older(folder: &Path, desk: &Desk, stamp: &str) {
    let beginning = format!("{}-", crate::ids::slug(desk.id.as_str()));
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let rest = name.strip_prefix(&beginning).and_then(|rest| rest.strip_suffix(".sqlite"));
        let ours = rest.is_some_and(|rest| rest.chars().all(|c| c.is_ascii_digit() || c == '-'));
        if ours && name != stamp {
            drop(std::fs::remove_file(entry.path()));
        }
    }
}

fn note_rows(file: &ArchiveFile, manuscript: &Manuscript<'_>) -> Result<(), Error> {
    let edition = manuscript.edition.id.as_str();
    for paragraph in manuscript.edition.paragraphs() {
        for sentence in &paragraph.sentences {
            for mark in paragraph.citations_of(sentence) {
                let Some(note) = manuscript.notes.of(&mark.citation) else { continue };
                let row: [Cell; 4] =
                    [edition.into(), sentence.id.as_str().into(), mark.offset.into(), note.number.into()];
                file.row("citation", &row)?;
            }
        }
    }
    for note in &manuscript.notes.notes {
        file.row("note", &[edition.into(), note.number.into(), note.label.as_str().into()])?;
        for (at, reference) in note.references.iter().enumerate() {
            file.row("reference", &reference_row(manuscript, edition, note, at + 1, reference))?;
        }
    }
    Ok(())
}

fn reference_row(
    manuscript: &Manuscript<'_>,
    edition: &str,
    note: &Note,
    place: usize,
    reference: &PrintedReference,
) -> [Cell; 12] {
    let cited = manuscript.cited;
    let (target, title, outlet_of, source, language, published, passage) = match &reference.target {
        Target::Document { document, passage } => {
            let known = cited.documents.get(document);
            (
                Some(document.to_string()),
                known.map(|known| known.title.clone()),
                known.and_then(|known| outlet(&known.url)),
                known.and_then(|known| known.source.clone()),
                known.and_then(|known| known.language.clone()),
                known.and_then(|known| known.published),
                passage.as_ref().map(|passage| passage.exact.clone()),
            )
        }
        Target::Address { url } => (None, None, outlet(url), None, None, None, None),
        Target::Edition { edition, .. } => {
            let title = edition.as_ref().and_then(|id| cited.editions.get(id)).map(|known| known.title.clone());
            (edition.as_ref().map(|id| id.to_string()), title, None, None, None, None, None)
        }
        Target::Assessment { assessment } => {
            let statement = cited.assessments.get(assessment).map(|known| known.statement.clone());
            (Some(assessment.to_string()), statement, None, None, None, None, None)
        }
        Target::Text => (None, None, None, None, None, None, None),
    };
    [
        edition.into(),
        note.number.into(),
        place.into(),
        reference.kind.as_str().into(),
        reference.text.as_str().into(),
        target.into(),
        title.into(),
        outlet_of.into(),
        source.into(),
        language.into(),
        moment(published),
        passage.into(),
    ]
}

fn moment(at: Option<Timestamp>) -> Cell {
    at.map(|at| at.to_string()).into()
}

const fn kind(kind: ParagraphKind, section: usize) -> &'static str {
    match kind {
        _ if section == 0 => "takeaway",
        ParagraphKind::Prose => "prose",
        ParagraphKind::ListItem => "list_item",
        ParagraphKind::Figure => "figure",
        ParagraphKind::Quotation => "quotation",
    }
}
