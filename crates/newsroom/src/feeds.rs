//! Feeds of a desk, and of its sections and campaigns.

use crate::archive::{Facet, FacetKind};
use crate::error::Error;
use crate::newsroom::Newsroom;
use sitrep_editions::Manuscript;
use sitrep_editions::notes::Cited;
use sitrep_model::desk::Desk;
use sitrep_model::edition::{Edition, EditionState, Takeaway};
use sitrep_model::id::{ParagraphId, SectionId};
use sitrep_publish::feed::{Channel, WAYS, Way};
use std::collections::BTreeSet;

/// The ways a feed is printed: extension, what readers call it, and the media type that a page's link names.
pub fn ways() -> impl Iterator<Item = (&'static str, &'static str, &'static str)> {
    WAYS.iter().map(|way| (way.extension, way.label, way.link_type))
}

impl Newsroom {
    /// A desk's newest editions as a feed, with its media type. What was taken down is not in it.
    pub fn feed(&self, desk: &Desk, extension: &str, limit: usize) -> Result<(&'static str, Vec<u8>), Error> {
        let way = way(extension)?;
        let found = self.published(&desk.id, None, limit, None)?;
        let editions: Vec<Edition> = found
            .items
            .into_iter()
            .map(|found| found.value)
            .filter(|edition| edition.state != EditionState::TakenDown)
            .collect();
        let address = format!("{}/{}/feed.{extension}", self.base(), desk.id);
        let channel = Channel::of_desk(desk, self.base(), &address);
        let cited = self.cited_by_each(&editions)?;
        let manuscripts: Vec<Manuscript<'_>> = editions
            .iter()
            .zip(&cited)
            .map(|(edition, cited)| Manuscript::new(desk, edition, cited, self.base()))
            .collect();
        Ok((way.media_type, printed(way, &channel, &manuscripts)?))
    }

    /// The newest editions of a section or campaign as a feed, with its media type: of each edition what belongs to it, under
    /// the numbers that its notes have in the edition. `path` is that of the page that shows the same.
    pub fn feed_of(
        &self,
        desk: &Desk,
        kind: FacetKind,
        key: &str,
        path: &str,
        extension: &str,
        limit: usize,
    ) -> Result<(&'static str, Vec<u8>), Error> {
        let (way, facet) = (way(extension)?, kind.of(key));
        let name = self.facet_names(desk, kind)?.remove(key).ok_or_else(|| Error::not_found("feed", key))?;
        let found = self.archive_facet(&desk.id, &facet, None, 0, limit)?;
        let editions: Vec<Edition> =
            found.into_iter().flat_map(|page| page.found).map(|found| found.edition.value).collect();
        let parts: Vec<Edition> = editions.iter().map(|edition| part(edition, &facet)).collect();
        let home = format!("{}{path}", self.base());
        let address = format!("{home}/feed.{extension}");
        let about = name.about.as_deref().unwrap_or_default();
        let channel = Channel::of_part(desk, &name.name, about, home, address);
        let cited = self.cited_by_each(&editions)?;
        let manuscripts: Vec<Manuscript<'_>> = editions
            .iter()
            .zip(&parts)
            .zip(&cited)
            .map(|((whole, part), cited)| Manuscript {
                edition: part,
                ..Manuscript::new(desk, whole, cited, self.base())
            })
            .collect();
        Ok((way.media_type, printed(way, &channel, &manuscripts)?))
    }

    fn cited_by_each(&self, editions: &[Edition]) -> Result<Vec<Cited>, Error> {
        self.read(|reader| editions.iter().map(|edition| self.cited(reader, edition, None)).collect())
    }
}

fn way(extension: &str) -> Result<&'static Way, Error> {
    WAYS.iter().find(|way| way.extension == extension).ok_or_else(|| Error::not_found("feed", extension))
}

fn printed(way: &Way, channel: &Channel<'_>, manuscripts: &[Manuscript<'_>]) -> Result<Vec<u8>, Error> {
    (way.render)(channel, manuscripts)
        .map_err(|error| Error::Form { form: way.label.to_owned(), fault: error.to_string() })
}

/// What of an edition belongs to a section or campaign: its paragraphs, and the takeaways that announce them.
fn part(edition: &Edition, facet: &Facet) -> Edition {
    let mut inside: Option<SectionId> = None;
    let mut sections = Vec::new();
    for section in &edition.sections {
        inside = section.section.clone().or(inside.filter(|_| section.level > 1));
        let mut section = section.clone();
        section.paragraphs.retain(|paragraph| match facet {
            Facet::Section(id) => inside.as_ref() == Some(id),
            Facet::Campaign(id) => paragraph.campaign.as_ref() == Some(id),
            Facet::Outlet(_) | Facet::Actor(_) | Facet::Place(_) => false,
        });
        if !section.paragraphs.is_empty() {
            sections.push(section);
        }
    }
    let kept: BTreeSet<&ParagraphId> = sections.iter().flat_map(|s| &s.paragraphs).map(|p| &p.id).collect();
    let announces = |takeaway: &&Takeaway| takeaway.announces.as_ref().is_some_and(|id| kept.contains(id));
    let takeaways = edition.takeaways.iter().filter(announces).cloned().collect();
    Edition { takeaways, sections, ..edition.clone() }
}
