//! Editions and sentences as other sites show them.

use crate::error::Error;
use crate::newsroom::Newsroom;
use crate::who::Who;
use sitrep_editions::Manuscript;
use sitrep_model::desk::Desk;
use sitrep_model::edition::EditionState;
use sitrep_model::id::SentenceId;
use sitrep_publish::citation::Work;
use sitrep_publish::embedding::Embedded;

impl Newsroom {
    /// A public edition with its takeaways, as oEmbed in JSON or XML, no larger than `most` pixels.
    pub fn embedded_edition(
        &self,
        desk: &Desk,
        slug: &str,
        most: (Option<u32>, Option<u32>),
        xml: bool,
    ) -> Result<String, Error> {
        let edition = self.public_edition(&desk.id, slug, None)?.value;
        if edition.state == EditionState::TakenDown {
            return Err(Error::not_found("edition", slug));
        }
        let lead: Vec<&str> = edition.takeaways.iter().map(|takeaway| takeaway.body.text.as_str()).collect();
        self.print(desk, &edition, None, |manuscript| {
            Ok(self.embedded(manuscript, &Work::edition(manuscript), &lead, most, xml))
        })
    }

    /// A sentence of a public edition, as oEmbed in JSON or XML, no larger than `most` pixels.
    pub fn embedded_sentence(
        &self,
        desk: &Desk,
        id: &SentenceId,
        most: (Option<u32>, Option<u32>),
        xml: bool,
    ) -> Result<String, Error> {
        let found = self.sentence_page(&Who::Stranger, &desk.id, id, None)?;
        if found.gone {
            return Err(Error::not_found("sentence", id.as_str()));
        }
        self.print(desk, &found.edition.value, None, |manuscript| {
            let work = Work::sentence(manuscript, id, &found.text);
            Ok(self.embedded(manuscript, &work, &[&found.text], most, xml))
        })
    }

    fn embedded(
        &self,
        manuscript: &Manuscript<'_>,
        work: &Work,
        lead: &[&str],
        most: (Option<u32>, Option<u32>),
        xml: bool,
    ) -> String {
        let home = format!("{}/{}", self.base(), manuscript.desk.id);
        let embedded = Embedded::new(work, lead, &home, most);
        if xml { embedded.xml() } else { embedded.json() }
    }
}
