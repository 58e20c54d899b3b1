//! One look at what was cited, a page or a post: what it says now is captured and held against what it said then.

use super::{DAY, Errand, Faring, QUEUE, RAREST, Watched, days, keep, spread, watched};
use crate::catalogue::all;
use crate::clock::later;
use crate::error::Error;
use crate::gather::post::Post;
use crate::gather::{PageRequisites, blocking};
use crate::ids;
use crate::keeping::{Received, read};
use crate::newsroom::{Newsroom, must};
use crate::who::Who;
use jiff::Timestamp;
use sitrep_collect::extract::{self, Extracted};
use sitrep_collect::kinds;
use sitrep_model::account::Role;
use sitrep_model::capture::Capture;
use sitrep_model::document::Document;
use sitrep_model::id::{CaptureId, DeskId};
use sitrep_model::source::Source;
use sitrep_store::{Expected, Versioned};
use url::Url;

/// Looks in a row after which a name without an address is taken to be gone.
const PATIENCE: u32 = 3;

/// What the server answered, and what was captured besides.
type Answered = (Received, Option<PageRequisites>);

/// What is looked at again.
enum Cited {
    /// A page, as it was captured.
    Page(Box<Capture>),
    /// A post, which is asked for through its kind.
    Post(Box<Post>),
}

impl Cited {
    fn address(&self) -> &str {
        match self {
            Self::Page(capture) => &capture.url,
            Self::Post(post) => post.address(),
        }
    }
}

/// What it says now.
struct Reading {
    title: Option<String>,
    modified: Option<Timestamp>,
    paragraphs: Vec<String>,
    text: String,
    reader: String,
}

impl From<Extracted> for Reading {
    fn from(page: Extracted) -> Self {
        Self {
            title: page.title,
            modified: page.modified.map(|moment| moment.at),
            paragraphs: page.paragraphs,
            text: page.text,
            reader: extract::READER.to_owned(),
        }
    }
}

/// How something fares, why in words, and what it says where that is another thing than it said.
type Judged = (Faring, Option<String>, Option<Reading>);

/// What a look brought.
struct Seen {
    faring: Faring,
    words: Option<String>,
    capture: Option<CaptureId>,
}

impl Newsroom {
    /// Looks at a cited page or post now, whether due or not, and says how it fares.
    pub async fn look_again(&self, who: &Who, desk: &DeskId, document: &str) -> Result<Watched, Error> {
        who.must_be(Role::Analyst, desk)?;
        let (newsroom, of, id) = (self.clone(), desk.clone(), document.to_owned());
        let (document, cited, source) = blocking(move || newsroom.cited_at(&of, &id)).await?;
        let request = match &cited {
            Cited::Page(capture) => {
                self.secrets_of(source.as_ref()).await?.request(source.as_ref(), &capture.url, None)?
            }
            Cited::Post(post) => self.request_for_post(post).await?,
        };
        let received = self.fetcher().fetch(&request).await;
        let received = received.map(|fetched| Received::of(fetched, cited.address(), self.now()));
        let requisites = match (&cited, &received) {
            (Cited::Page(_), Ok(received)) => self.page_requisites(source.as_ref(), received).await,
            _ => None,
        };
        let (newsroom, who) = (self.clone(), who.clone());
        let answered = received.map(|received| (received, requisites));
        blocking(move || newsroom.take_in(&who, &document.value, &cited, source.as_ref(), answered)).await
    }

    fn cited_at(&self, desk: &DeskId, id: &str) -> Result<(Versioned<Document>, Cited, Option<Source>), Error> {
        self.read(|reader| {
            let document = must::<Document>(reader, desk, id)?;
            let capture = document.value.capture.clone().ok_or_else(|| {
                Error::invalid("no page of this document was captured, so there is nothing to hold it against")
            })?;
            let source: Option<Versioned<Source>> = match &document.value.source {
                Some(source) => reader.get(source.as_str())?,
                None => None,
            };
            let cited = if document.value.post.is_some() {
                let sources: Vec<Source> = all(reader, Some(desk))?;
                let post = Post::at(&document.value.url, &sources)
                    .ok_or_else(|| Error::invalid("a post at this address can't be asked for again"))?;
                post.can_be_asked().map_err(Error::invalid)?;
                Cited::Post(Box::new(post))
            } else {
                let capture = must::<Capture>(reader, desk, capture.as_str())?.value;
                if capture.status == 0 {
                    return Err(Error::invalid("only pages and posts are looked at again, not files"));
                }
                Cited::Page(Box::new(capture))
            };
            Ok((document, cited, source.map(|source| source.value)))
        })
    }

    fn take_in(
        &self,
        who: &Who,
        document: &Document,
        at: &Cited,
        source: Option<&Source>,
        answered: Result<Answered, sitrep_net::Error>,
    ) -> Result<Watched, Error> {
        let (desk, id) = (&document.desk, document.id.as_str());
        let before = self.store().operate(|operations| watched(operations, desk, id))?;
        let version = match &before {
            Some(before) => before.version,
            None => self.read(|reader| Ok(must::<Document>(reader, desk, id)?.version))?,
        };
        let failures = before.as_ref().map_or(0, |before| before.failures);
        let seen = match answered {
            Ok(answered) => self.answered(who, document, version, at, source, answered)?,
            Err(error) if error.code() == "name_unknown" && failures + 1 >= PATIENCE => {
                Seen { faring: Faring::Vanished, words: Some(error.to_string()), capture: None }
            }
            Err(error) => Seen { faring: Faring::Unreachable, words: Some(error.to_string()), capture: None },
        };
        self.note(document, version, before, seen)
    }

    /// The answer, or its server's word that there is none: kept, and held against what was cited.
    fn answered(
        &self,
        who: &Who,
        document: &Document,
        version: u64,
        at: &Cited,
        source: Option<&Source>,
        answered: Answered,
    ) -> Result<Seen, Error> {
        let (received, requisites) = answered;
        let says = || Some(format!("{} answers with status {}", received.final_url, received.status));
        let (faring, words, reading) = if matches!(received.status, 404 | 410 | 451) {
            (Faring::Vanished, says(), None)
        } else if (200..300).contains(&received.status) {
            let cited: Option<Versioned<Document>> =
                self.read(|reader| Ok(reader.get_version(document.id.as_str(), version)?))?;
            let cited = cited.map_or_else(|| document.clone(), |cited| cited.value);
            match at {
                Cited::Page(capture) => judge(&cited, capture, &received, read(&received, source).ok()),
                Cited::Post(post) => judge_post(&cited, post, &received),
            }
        } else {
            (Faring::Unreachable, says(), None)
        };
        if faring == Faring::Unreachable {
            return Ok(Seen { faring, words, capture: None });
        }
        let (id, again) = (ids::in_order("cap", self.now()), Some(&document.id));
        let made = self.make_capture(&document.desk, source, &received, id, again, requisites.as_ref())?;
        self.keep_again(who, document, &made, reading)?;
        Ok(Seen { faring, words, capture: Some(made.id) })
    }

    /// Writes the capture, and a new version of the document where its page says something else than at the last reading.
    fn keep_again(
        &self,
        who: &Who,
        document: &Document,
        made: &Capture,
        reading: Option<Reading>,
    ) -> Result<(), Error> {
        self.write(who, "document.look_again", Some(&document.desk), None, |writer| {
            writer.put(made, Expected::New)?;
            let Some(reading) = reading else { return Ok(()) };
            let found = must::<Document>(writer, &document.desk, document.id.as_str())?;
            let text_sha256 = ids::sha256(reading.text.as_bytes());
            if found.value.text_sha256 == text_sha256 || found.value.removed.is_some() {
                return Ok(());
            }
            let now = Document {
                capture: Some(made.id.clone()),
                title: reading.title.unwrap_or_else(|| found.value.title.clone()),
                modified: reading.modified.or(found.value.modified),
                paragraphs: reading.paragraphs,
                text_sha256,
                reader: reading.reader,
                ..found.value
            };
            writer.put(&now, Expected::Version(found.version))?;
            Ok(())
        })
    }

    /// Keeps how the page fares, and when it is looked at next.
    fn note(&self, document: &Document, version: u64, before: Option<Watched>, seen: Seen) -> Result<Watched, Error> {
        let (desk, id, now) = (&document.desk, document.id.as_str(), self.now());
        let rhythm = days(self.desk(desk)?.watch_days).max(1);
        let was = before.as_ref().map(|before| before.faring);
        let since = before.as_ref().and_then(|before| before.since).filter(|_| was == Some(seen.faring));
        let counted = |faring: Faring, count: fn(&Watched) -> u32| {
            if seen.faring == faring { before.as_ref().map_or(0, count).saturating_add(1) } else { 0 }
        };
        let unchanged = counted(Faring::Same, |before| before.unchanged);
        // What vanished by its name stays counted as not reached.
        let failures = match seen.faring {
            Faring::Vanished if seen.capture.is_none() => PATIENCE,
            _ => counted(Faring::Unreachable, |before| before.failures),
        };
        let due = next(now, id, rhythm, unchanged, seen.faring);
        let watched = Watched {
            version,
            faring: seen.faring,
            since: since.or(Some(now)),
            looked: Some(now),
            due,
            unchanged,
            failures,
            words: seen.words,
            capture: seen.capture,
        };
        let errand = Errand { desk: desk.clone(), document: id.to_owned() };
        let payload = serde_json::to_vec(&errand).map_err(|error| Error::Internal(error.to_string()))?;
        self.store().operate(|operations| -> Result<(), Error> {
            keep(operations, desk, id, &watched)?;
            operations.job_done(QUEUE, &Errand::key(desk, id))?;
            operations.job_put(QUEUE, &Errand::key(desk, id), &payload, due)?;
            Ok(())
        })?;
        Ok(watched)
    }
}

/// What the page says against what was cited.
fn judge(cited: &Document, capture: &Capture, received: &Received, page: Option<Extracted>) -> Judged {
    let Some(page) = page else {
        return (Faring::Changed, Some("what is at the address now can't be read as a page".to_owned()), None);
    };
    if ids::sha256(page.text.as_bytes()) == cited.text_sha256 {
        return (Faring::Same, None, None);
    }
    let shares = cited.paragraphs.iter().any(|paragraph| page.paragraphs.contains(paragraph));
    if !shares && leads_above(&capture.final_url, &received.final_url) {
        let words = format!("the address leads to {}, where nothing of the page is", received.final_url);
        // The page of another address is no reading of this document.
        return (Faring::Vanished, Some(words), None);
    }
    (Faring::Changed, None, Some(page.into()))
}

/// What the post says against what was cited. An export and a channel's page part lines differently, which changes nothing.
fn judge_post(cited: &Document, post: &Post, received: &Received) -> Judged {
    let said = match post.said(received) {
        Ok(Some(said)) => said,
        Ok(None) => {
            let words = format!("{} does not show the post any more", received.final_url);
            return (Faring::Vanished, Some(words), None);
        }
        Err(kinds::Error::Gone(words)) => return (Faring::Vanished, Some(words), None),
        Err(error) => return (Faring::Unreachable, Some(error.to_string()), None),
    };
    let text = said.paragraphs.join("\n");
    if text.split_whitespace().eq(cited.text().split_whitespace()) {
        return (Faring::Same, None, None);
    }
    if text.trim().is_empty() {
        let words = format!("{} shows the post without its words", received.final_url);
        return (Faring::Unreachable, Some(words), None);
    }
    let reader = cited.reader.clone();
    let reading =
        Reading { title: Some(said.title), modified: said.modified, paragraphs: said.paragraphs, text, reader };
    (Faring::Changed, None, Some(reading))
}

/// Whether a redirect led to a page above: the outlet's first page, or a section's.
fn leads_above(before: &str, now: &str) -> bool {
    let (Ok(before), Ok(now)) = (Url::parse(before), Url::parse(now)) else { return false };
    let parts = |url: &Url| -> Vec<String> {
        url.path_segments().into_iter().flatten().filter(|part| !part.is_empty()).map(str::to_owned).collect()
    };
    let (before, now) = (parts(&before), parts(&now));
    now.len() < before.len() && before.starts_with(&now)
}

/// When a page is looked at next: one that stays the same more and more rarely, one that could not be reached tomorrow.
fn next(now: Timestamp, id: &str, rhythm: u32, unchanged: u32, faring: Faring) -> Timestamp {
    let days = match faring {
        Faring::Unreachable => 1,
        _ => rhythm.saturating_mul((1 << (unchanged / 4).min(8)).min(RAREST)),
    };
    let span = i64::from(days) * DAY;
    // A tenth more or less keeps what was looked at together from always being so.
    later(now, span - span / 20 + spread(id, span / 10))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_redirect_to_the_first_page_or_a_section_leads_above() {
        let page = "https://a.example/fa/news/1402/report";
        for (now, expected) in [
            ("https://a.example/", true),
            ("https://www.a.example/fa/news", true),
            ("https://a.example/fa/news/1402/report-2", false),
            ("https://a.example/login", false),
            (page, false),
        ] {
            assert_eq!(leads_above(page, now), expected, "{now}");
        }
    }

    #[test]
    fn a_page_that_stays_the_same_is_looked_at_more_rarely() {
        let now: Timestamp = "2026-11-10T00:00:00Z".parse().unwrap();
        let days = |unchanged, faring| {
            (next(now, "doc", 7, unchanged, faring).as_second() - now.as_second()) as f64 / DAY as f64
        };
        assert!((6.6..7.4).contains(&days(1, Faring::Same)));
        assert!((13.2..14.8).contains(&days(4, Faring::Same)));
        assert!((53.0..59.0).contains(&days(400, Faring::Same)));
        assert!((6.6..7.4).contains(&days(0, Faring::Changed)));
        assert!((0.9..1.1).contains(&days(0, Faring::Unreachable)));
    }
}
