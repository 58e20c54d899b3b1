//! What was said in an answer, kept: one capture of the answer, and a document for each thing said in it. A page of posts and
//! an exported mailbox are such answers.

use crate::error::Error;
use crate::ids;
use crate::keeping::{self, Received, SEEN, VERB, language, seen_key};
use crate::newsroom::Newsroom;
use crate::processors::divided;
use crate::watches;
use crate::who::Who;
use jiff::Timestamp;
use sitrep_collect::kinds::Said;
use sitrep_model::account::Role;
use sitrep_model::capture::Capture;
use sitrep_model::document::Document;
use sitrep_model::id::{CaptureId, DeskId, DocumentId};
use sitrep_model::source::Source;
use sitrep_sift::Fingerprint;
use sitrep_store::{Expected, Versioned};

/// Documents of one change, at most: the writer is not held for longer than others can wait.
const AT_A_TIME: usize = 100;

/// What came of it.
#[derive(Debug, Default)]
pub(crate) struct SaidKept {
    /// New documents, and those whose text has changed.
    pub(crate) documents: Vec<Document>,
    /// What was known already.
    pub(crate) known: usize,
}

impl Newsroom {
    /// Keeps what was said in an answer. Nothing is written where all of it is known.
    pub(crate) fn keep_said(
        &self,
        who: &Who,
        desk: &DeskId,
        source: Option<&Source>,
        received: &Received,
        said: Vec<Said>,
        reader: &str,
    ) -> Result<SaidKept, Error> {
        who.must_be(Role::Analyst, desk)?;
        let all = said.len();
        let fresh = self.fresh(desk, said)?;
        let mut kept = SaidKept { documents: Vec::new(), known: all - fresh.len() };
        let mut whole: Option<Capture> = None;
        let mut fresh = fresh.into_iter().peekable();
        while fresh.peek().is_some() {
            let batch: Vec<Said> = fresh.by_ref().take(AT_A_TIME).collect();
            if whole.is_none() && batch.iter().any(|said| said.own.is_none()) {
                // An export that is read again after a kill, or handed in twice, is one capture.
                let sum = ids::sha256(&received.raw);
                let name = ids::sha256(format!("{desk}\n{}\n{sum}", received.url).as_bytes());
                whole = Some(self.store_capture(desk, source, received, format!("cap-{}", &name[..20]))?);
            }
            kept.documents.extend(self.keep_batch(who, desk, source, received, whole.as_ref(), batch, reader)?);
        }
        Ok(kept)
    }

    /// What is new, or says something else than it did.
    fn fresh(&self, desk: &DeskId, said: Vec<Said>) -> Result<Vec<Said>, Error> {
        self.store().operate(|operations| {
            let mut fresh = Vec::new();
            for one in said {
                let known = operations.vault_get(SEEN, &seen_key(desk, &one.url))?;
                let known = known.and_then(|id| String::from_utf8(id).ok()).filter(|id| !id.is_empty());
                let document: Option<Versioned<Document>> = match known {
                    Some(id) => operations.get(&id)?,
                    None => None,
                };
                // What has lost its words (a page that shows less) is no new version.
                let says = |document: &Versioned<Document>| {
                    one.paragraphs.is_empty() || document.value.text_sha256 == digest(&one)
                };
                if !document.as_ref().is_some_and(says) {
                    fresh.push(one);
                }
            }
            Ok(fresh)
        })
    }

    #[allow(clippy::too_many_arguments)]
    fn keep_batch(
        &self,
        who: &Who,
        desk: &DeskId,
        source: Option<&Source>,
        received: &Received,
        whole: Option<&Capture>,
        batch: Vec<Said>,
        reader: &str,
    ) -> Result<Vec<Document>, Error> {
        let mut prepared = Vec::with_capacity(batch.len());
        for mut said in batch {
            let own = match said.own.take() {
                Some(own) => {
                    let file = Received::of_file(said.url.clone(), &own.media_type, own.bytes, received.at);
                    Some(self.store_capture(desk, source, &file, ids::in_order("cap", self.now()))?)
                }
                None => None,
            };
            let text = said.paragraphs.join("\n");
            prepared.push((said, own, text));
        }
        let heard = divided(&prepared, |(said, _, text)| {
            let language = language(said.language.as_ref(), source);
            (Fingerprint::of(text), self.hear(&said.title, text, &language))
        })?;
        let pages = prepared.iter().map(|(said, _, text)| watches::Said {
            title: &said.title,
            language: said.language.as_deref(),
            text,
        });
        let marks = self.marks(desk, source, pages)?;
        let documents = self.write(who, VERB, Some(desk), None, |writer| {
            if let Some(capture) = whole
                && writer.get::<Capture>(capture.id.as_str())?.is_none()
            {
                writer.put(capture, Expected::New)?;
            }
            let mut documents = Vec::with_capacity(prepared.len());
            for (((said, own, _), (fingerprint, heard)), marks) in prepared.iter().zip(&heard).zip(&marks) {
                let known: Option<Versioned<Document>> = writer.by_key(Some(desk), &said.url)?;
                let id = known
                    .as_ref()
                    .map_or_else(|| DocumentId(ids::in_order("doc", self.now())), |known| known.value.id.clone());
                if let Some(own) = own {
                    writer.put(own, Expected::New)?;
                }
                let capture = own.as_ref().or(whole).map(|capture| capture.id.clone());
                let mut document = made(said, desk, source, capture, id, received.at, reader);
                document.marks.clone_from(marks);
                let expected = match known {
                    Some(known) => {
                        keeping::take_over(&mut document, &known.value);
                        document.source = document.source.take().or(known.value.source);
                        Expected::Version(known.version)
                    }
                    None => {
                        document.reprint = self.reprint(writer, desk, &document.id, fingerprint)?;
                        Expected::New
                    }
                };
                document.story = self.place_in_story(writer, &document, heard)?;
                writer.put(&document, expected)?;
                keeping::remember(&mut writer.operations(), &document, [&said.url], fingerprint)?;
                documents.push(document);
            }
            Ok(documents)
        });
        if documents.is_err() {
            self.forget_placed(desk);
        }
        let documents = documents?;
        if let Some(index) = self.reprints().get_mut(desk) {
            for (document, (fingerprint, _)) in documents.iter().zip(&heard) {
                index.insert(document.id.as_str(), fingerprint);
            }
        }
        Ok(documents)
    }
}

fn digest(said: &Said) -> String {
    ids::sha256(said.paragraphs.join("\n").as_bytes())
}

fn made(
    said: &Said,
    desk: &DeskId,
    source: Option<&Source>,
    capture: Option<CaptureId>,
    id: DocumentId,
    at: Timestamp,
    reader: &str,
) -> Document {
    Document {
        id,
        desk: desk.clone(),
        source: source.map(|source| source.id.clone()),
        capture,
        url: said.url.clone(),
        title: said.title.clone(),
        byline: said.byline.clone(),
        published: said.published,
        modified: said.modified,
        arrived: at,
        language: language(said.language.as_ref(), source),
        paragraphs: said.paragraphs.clone(),
        text_sha256: digest(said),
        reader: format!("sitrep-collect {} {reader}", env!("CARGO_PKG_VERSION")),
        reprint: None,
        story: None,
        translations: Vec::new(),
        marks: Vec::new(),
        triage: Default::default(),
        handling: Default::default(),
        post: said.post.clone(),
        opened: false,
        removed: None,
    }
}
