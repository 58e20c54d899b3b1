//! Release: all forms are made before any appears; then one transaction makes the edition public, takes the steps of its
//! assessments, and queues one message for each subscriber. Corrections, retractions and take-downs are public acts.

use crate::assess;
use crate::compose::settle;
use crate::dispatches;
use crate::error::Error;
use crate::keeping::open_to_readers;
use crate::map::{Feature, MapQuestion};
use crate::newsroom::{Newsroom, must};
use crate::review::may_follow;
use crate::who::Who;
use jiff::ToSpan;
use sitrep_editions::{Manuscript, Picture};
use sitrep_geo::picture;
use sitrep_model::account::Role;
use sitrep_model::desk::Desk;
use sitrep_model::edition::{Correction, Edition, EditionState};
use sitrep_model::id::DeskId;
use sitrep_model::position::Shape;
use sitrep_model::publication::{Form, Publication};
use sitrep_publish::formats::FORMATS;
use sitrep_store::{Expected, Versioned};

/// Width and height of the map's picture in pixels.
const PICTURE: (u32, u32) = (1200, 800);
/// Days before an edition's date that its picture shows.
const DAYS: i64 = 6;

impl Newsroom {
    /// Publishes an approved edition and queues its messages.
    pub fn publish(&self, who: &Who, desk: &DeskId, id: &str, version: u64) -> Result<Versioned<Edition>, Error> {
        who.must_be(Role::Editor, desk)?;
        let kept = self.desk(desk)?;
        let found = self.draft(who, desk, id)?;
        may_follow(&found.value, EditionState::Published)?;
        let at = self.now();
        let edition = Edition { state: EditionState::Published, published: Some(at), ..found.value };
        let publication = self.make_forms(who, &kept, &edition, version + 1)?;
        let written = self.write(who, "edition.publish", Some(desk), None, |writer| {
            let version = writer.put(&edition, Expected::Version(version))?;
            writer.put(&publication, Expected::New)?;
            open_to_readers(writer, edition.documents())?;
            assess::step_by(writer, &edition, &kept, at)?;
            dispatches::queue(writer, &edition)?;
            Ok(Versioned { value: edition.clone(), version, seq: 0, recorded: writer.at() })
        })?;
        Ok(written)
    }

    /// Corrects a published edition: the new text takes its place, what changed stays to be seen.
    pub fn correct(
        &self,
        who: &Who,
        desk: &DeskId,
        id: &str,
        after: Edition,
        version: u64,
        note: &str,
    ) -> Result<Versioned<Edition>, Error> {
        self.act(who, desk, id, version, EditionState::Corrected, "edition.correct", note, |before| {
            settle(before, after)
        })
    }

    /// Withdraws a published edition as wrong; its text stays readable, marked.
    pub fn retract(
        &self,
        who: &Who,
        desk: &DeskId,
        id: &str,
        version: u64,
        note: &str,
    ) -> Result<Versioned<Edition>, Error> {
        self.act(who, desk, id, version, EditionState::Retracted, "edition.retract", note, Edition::clone)
    }

    /// Takes a published edition down; a tombstone with the reason stays.
    pub fn take_down(
        &self,
        who: &Who,
        desk: &DeskId,
        id: &str,
        version: u64,
        note: &str,
    ) -> Result<Versioned<Edition>, Error> {
        who.must_be(Role::Chief, desk)?;
        self.act(who, desk, id, version, EditionState::TakenDown, "edition.take_down", note, Edition::clone)
    }

    #[allow(clippy::too_many_arguments)]
    fn act(
        &self,
        who: &Who,
        desk: &DeskId,
        id: &str,
        version: u64,
        state: EditionState,
        verb: &str,
        note: &str,
        change: impl FnOnce(&Edition) -> Edition,
    ) -> Result<Versioned<Edition>, Error> {
        who.must_be(Role::Editor, desk)?;
        if note.trim().is_empty() {
            return Err(Error::field("note", "say for readers what was wrong and what was done"));
        }
        let kept = self.desk(desk)?;
        let found = self.draft(who, desk, id)?;
        may_follow(&found.value, state)?;
        let mut edition = change(&found.value);
        edition.state = state;
        let correction = Correction { at: self.now(), note: note.trim().to_owned(), replaces_version: found.version };
        edition.corrections.push(correction);
        let publication = match state {
            EditionState::TakenDown => None,
            _ => Some(self.make_forms(who, &kept, &edition, version + 1)?),
        };
        self.write(who, verb, Some(desk), Some(note), |writer| {
            must::<Edition>(writer, desk, id)?;
            let version = writer.put(&edition, Expected::Version(version))?;
            if let Some(publication) = &publication {
                writer.put(publication, Expected::New)?;
                open_to_readers(writer, edition.documents())?;
            }
            Ok(Versioned { value: edition.clone(), version, seq: 0, recorded: writer.at() })
        })
    }

    /// Makes every form and keeps its bytes; the first that fails stops the publication.
    fn make_forms(&self, who: &Who, desk: &Desk, edition: &Edition, version: u64) -> Result<Publication, Error> {
        let picture = self.picture(who, desk, edition)?;
        let cited = self.read(|reader| self.cited(reader, edition, None))?;
        let manuscript = Manuscript::new(desk, edition, &cited, self.base()).with_picture(Some(&picture));
        let mut forms = Vec::new();
        let mut keep = |form: &str, media_type: &str, bytes: &[u8]| -> Result<(), Error> {
            let blob = self.store().blobs().put(bytes)?;
            forms.push(Form {
                form: form.to_owned(),
                media_type: media_type.to_owned(),
                blob,
                bytes: bytes.len() as u64,
            });
            Ok(())
        };
        for format in FORMATS {
            let bytes = (format.render)(&manuscript)
                .map_err(|error| Error::Form { form: format.id.to_owned(), fault: error.to_string() })?;
            keep(format.extension, format.media_type, &bytes)?;
        }
        let pdf = sitrep_press::pdf(&manuscript)
            .map_err(|error| Error::Form { form: "pdf".to_owned(), fault: error.to_string() })?;
        for warning in &pdf.warnings {
            tracing::warn!(edition = edition.id.as_str(), warning, "the PDF was made with a warning");
        }
        keep("pdf", "application/pdf", &pdf.bytes)?;
        keep("png", "image/png", &picture.png)?;
        // The message is made once for nobody, so that an edition that can't be sent isn't published either.
        dispatches::rehearse(&manuscript, self.base())?;
        let id = format!("{}.v{version}", edition.id);
        Ok(Publication {
            id,
            desk: desk.id.clone(),
            edition: edition.id.clone(),
            at: self.now(),
            forms,
            picture: Some(picture.alternative),
        })
    }

    /// An edition as PDF, with the map's picture: what a preview shows and what publication keeps.
    pub fn pdf(&self, who: &Who, desk: &Desk, edition: &Edition) -> Result<Vec<u8>, Error> {
        let picture = self.picture(who, desk, edition)?;
        self.print(desk, edition, None, |manuscript| {
            let manuscript = manuscript.clone().with_picture(Some(&picture));
            let pdf = sitrep_press::pdf(&manuscript)
                .map_err(|error| Error::Form { form: "pdf".to_owned(), fault: error.to_string() })?;
            Ok(pdf.bytes)
        })
    }

    /// The picture of a desk's public map for an edition: the week up to its date.
    pub fn picture(&self, who: &Who, desk: &Desk, edition: &Edition) -> Result<Picture, Error> {
        let from = edition.date.checked_sub(DAYS.days()).unwrap_or(edition.date);
        let question = MapQuestion { from: Some(from), to: Some(edition.date), as_of: edition.cutoff, newsroom: false };
        let view = self.map(who, desk, &question)?;
        let mut map = picture::Map::new(PICTURE.0, PICTURE.1);
        let (mut events, mut positions) = (0, 0);
        for feature in &view.features {
            match &feature.feature {
                Feature::Event(event) => {
                    events += 1;
                    let (shape, colour) = symbol(&view.layers, event.layer.as_ref(), &event.event_type);
                    map.marks.push(picture::Mark { point: event.at.point, shape, colour, label: None });
                }
                Feature::Position(position) => {
                    positions += 1;
                    let (shape, colour) = symbol(&view.layers, position.layer.as_ref(), position.holder.as_str());
                    if let Some(point) = position.shape.anchor() {
                        map.marks.push(picture::Mark { point, shape, colour, label: None });
                    }
                    if !matches!(position.shape, Shape::Point(_)) {
                        map.areas.push((position.shape.clone(), colour));
                    }
                }
            }
        }
        map.fit();
        let png = picture::png(&map).map_err(|e| Error::Form { form: "map".to_owned(), fault: e.to_string() })?;
        let layers: Vec<&str> = view.layers.iter().map(|layer| layer.title.as_str()).collect();
        let alternative = format!(
            "Map of {} events and {} positions from {} to {}: {}.",
            events,
            positions,
            from.strftime("%-d %B"),
            edition.date.strftime("%-d %B %Y"),
            layers.join("; ")
        );
        Ok(Picture { png, width: PICTURE.0, height: PICTURE.1, alternative })
    }

    /// The map's picture as it was published with a version of an edition.
    pub(crate) fn published_picture(&self, desk: &Desk, edition: &Versioned<Edition>) -> Result<Picture, Error> {
        let id = format!("{}.v{}", edition.value.id, edition.version);
        let found = self.read(|reader| Ok(reader.get::<Publication>(&id)?))?;
        let kept = found.and_then(|found| {
            let form = found.value.forms.into_iter().find(|form| form.form == "png")?;
            Some((form.blob, found.value.picture?))
        });
        if let Some((blob, alternative)) = kept
            && let Some(png) = self.store().blobs().get(&blob)?
        {
            return Ok(Picture { png, width: PICTURE.0, height: PICTURE.1, alternative });
        }
        self.picture(&Who::Stranger, desk, &edition.value)
    }

    /// A form of a public edition: as it was made at publication, or made now for what was brought in from elsewhere. Gives
    /// its media type and bytes.
    pub fn form_or_made(
        &self,
        desk: &Desk,
        edition: &Versioned<Edition>,
        form: &str,
    ) -> Result<(String, Vec<u8>), Error> {
        match self.form(&desk.id, &edition.value, edition.version, form) {
            Ok((form, bytes)) => return Ok((form.media_type, bytes)),
            Err(Error::NotFound { .. }) => {}
            Err(error) => return Err(error),
        }
        self.made(&Who::Stranger, desk, &edition.value, form)
    }

    fn made(&self, who: &Who, desk: &Desk, edition: &Edition, form: &str) -> Result<(String, Vec<u8>), Error> {
        match form {
            "pdf" => Ok(("application/pdf".to_owned(), self.pdf(who, desk, edition)?)),
            "png" => Ok(("image/png".to_owned(), self.picture(who, desk, edition)?.png)),
            _ => {
                let format = FORMATS.iter().find(|format| format.extension == form);
                let format = format.ok_or_else(|| Error::not_found("form", form))?;
                let bytes = self.print(desk, edition, None, |manuscript| {
                    (format.render)(manuscript)
                        .map_err(|error| Error::Form { form: format.id.to_owned(), fault: error.to_string() })
                })?;
                Ok((format.media_type.to_owned(), bytes))
            }
        }
    }

    /// A form of a draft as it would be published now.
    pub fn preview(&self, who: &Who, desk: &Desk, edition: &Edition, form: &str) -> Result<Vec<u8>, Error> {
        who.must_be(Role::Reader, &desk.id)?;
        Ok(self.made(who, desk, edition, form)?.1)
    }

    /// The bytes of a form of the newest publication of an edition that is public.
    pub fn form(&self, desk: &DeskId, edition: &Edition, version: u64, form: &str) -> Result<(Form, Vec<u8>), Error> {
        let id = format!("{}.v{version}", edition.id);
        let found = self.read(|reader| must::<Publication>(reader, desk, &id))?.value;
        let form =
            found.forms.into_iter().find(|known| known.form == form).ok_or_else(|| Error::not_found("form", form))?;
        let bytes = self.store().blobs().get(&form.blob)?.ok_or_else(|| Error::not_found("blob", form.blob.clone()))?;
        Ok((form, bytes))
    }
}

fn symbol(layers: &[sitrep_model::layer::Layer], layer: Option<&sitrep_model::id::LayerId>, of: &str) -> (String, u8) {
    let layer = layer.and_then(|id| layers.iter().find(|known| &known.id == id));
    let symbol = layer.and_then(|layer| layer.symbols.iter().find(|symbol| symbol.of == of));
    symbol.map_or_else(|| ("circle".to_owned(), 7), |symbol| (symbol.shape.clone(), symbol.colour))
}
