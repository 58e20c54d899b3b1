//! Which edition of its day an incoming text is: another capture of a kept one, or one of its own.

use crate::compose::edition_id;
use crate::error::Error;
use crate::ids;
use sitrep_editions::identity;
use sitrep_model::edition::Edition;
use sitrep_model::id::EditionId;
use sitrep_store::{Reader, Versioned};

/// Below this share of common sentences a text without a title is not the edition of the same day that is kept.
const AKIN: f64 = 0.3;
/// From this share on it is, whatever its title.
const ALIKE: f64 = 0.7;
/// Editions of one day that are looked through.
const PER_DAY: usize = 50;

/// Where an incoming edition goes.
pub(super) struct Place {
    pub(super) id: EditionId,
    pub(super) slug: String,
    /// The edition that it is another capture of.
    pub(super) before: Option<Versioned<Edition>>,
}

/// The slug and id of the edition that an incoming one is another capture of, or free ones: its day, its day and what
/// its title says besides, its day and a number.
pub(super) fn place(reader: &mut Reader<'_>, edition: &Edition) -> Result<Place, Error> {
    let day = edition.date.to_string();
    let mut slug = day.clone();
    let mut titled = false;
    for number in 2..PER_DAY {
        let id = edition_id(&edition.desk, &slug);
        let Some(found) = reader.get::<Edition>(id.as_str())? else { return Ok(Place { id, slug, before: None }) };
        if is_capture_of(&found.value, edition) {
            return Ok(Place { id, slug, before: Some(found) });
        }
        let own = own_words(&edition.title, &found.value.title);
        slug = if titled || own.is_empty() { format!("{day}-{number}") } else { format!("{day}-{own}") };
        titled = true;
    }
    Err(Error::invalid(format!("there are more than {PER_DAY} editions of {day}")))
}

fn is_capture_of(kept: &Edition, incoming: &Edition) -> bool {
    let untitled = |edition: &Edition| edition.title == sitrep_editions::untitled(edition.date);
    let akin = identity::kinship(kept, incoming);
    let either = untitled(kept) || untitled(incoming);
    (!either && kept.title == incoming.title) || akin >= ALIKE || (either && akin >= AKIN)
}

/// The words of a title that another one has not: `morning` of *Update Morning Report* beside *Update Evening Report*.
fn own_words(title: &str, other: &str) -> String {
    let words = |title: &str| -> Vec<String> { ids::slug(title).split('-').map(str::to_owned).collect() };
    let known = words(other);
    let own: Vec<String> = words(title).into_iter().filter(|word| !word.is_empty() && !known.contains(word)).collect();
    own.into_iter().take(4).collect::<Vec<_>>().join("-")
}
