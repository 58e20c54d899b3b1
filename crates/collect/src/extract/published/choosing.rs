//! Which of the times that a page shows is the one of its publication.

use super::declared::Declared;
use super::places::Place;
use super::signals::{self, Line, Mark, Signals};
use super::structured;
use super::written::{Reader, may_be_whole};
use crate::time_text::Moment;
use aho_corasick::{AhoCorasick, MatchKind};
use serde::Serialize;
use sitrep_language::dates;
use std::cell::LazyCell;
use std::sync::LazyLock;

/// When a page was published and last changed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Times {
    /// Time of publication.
    pub published: Option<Moment>,
    /// Time of the last change.
    pub modified: Option<Moment>,
}

/// Pieces of the source from the heading up to which a mark is taken to be the report's own.
const CLOSE: usize = 120;

/// A stated time, and whether it was written in UTC.
#[derive(Clone, Copy)]
struct Stated {
    moment: Moment,
    utc: bool,
}

pub(super) fn choose(declared: &Declared<'_>, address: Option<&str>, reader: &Reader<'_>) -> Times {
    let structured = structured::times(&declared.structured);
    let page = Page { declared, reader, signals: LazyCell::new(Box::new(|| signals::gather(declared))) };
    let address = address.map(str::to_owned).or_else(|| declared.canonical.clone());
    let named = address.as_deref().and_then(|address| page.in_address(address));
    let changed = page.of_all(&structured.modified).or_else(|| page.meta(MODIFIED)).map(|stated| stated.moment);
    let changed = changed.or_else(|| page.changed());
    let stated = page.of_all(&structured.published).or_else(|| page.meta(PUBLISHED));
    let published = match stated {
        Some(stated) => Some(page.by_the_outlets_clock(stated, named)),
        None => page.shown(named, &structured.others, changed),
    };
    Times { published, modified: changed }
}

/// Makes something when it is asked for.
type Make<'p, T> = Box<dyn FnOnce() -> T + 'p>;

struct Page<'p, 's> {
    declared: &'p Declared<'s>,
    reader: &'p Reader<'p>,
    /// What it shows.
    signals: LazyCell<Signals<'s>, Make<'p, Signals<'s>>>,
}

impl Page<'_, '_> {
    /// The day in an address; an archive's copy has the page's own address in its.
    fn in_address(&self, address: &str) -> Option<Moment> {
        let own = address.get(8..).and_then(|rest| rest.find("http")).map_or(address, |at| &address[8 + at..]);
        dates::in_address(own).and_then(|found| self.reader.of_day(found.date))
    }

    fn stated(&self, text: &str) -> Option<Stated> {
        self.reader.of_machine(text).map(|moment| Stated { moment, utc: is_in_utc(text) })
    }

    fn of_all(&self, texts: &[String]) -> Option<Stated> {
        texts.iter().find_map(|text| self.stated(text))
    }

    fn meta(&self, names: &[&str]) -> Option<Stated> {
        names.iter().find_map(|wanted| {
            let named = self.declared.meta.iter().filter(|(name, _)| name == wanted);
            named.take(5).find_map(|(_, content)| self.stated(content))
        })
    }

    /// What a page shows that has no statement for machines.
    fn shown(&self, named: Option<Moment>, others: &[String], changed: Option<Moment>) -> Option<Moment> {
        self.close()
            .or(named)
            .or_else(|| self.marked(|mark| mark.line.place.has(Place::PUBLISHED)))
            .or_else(|| self.labelled(&PUBLISHED_LABELS))
            .or_else(|| self.marked(|mark| mark.line.place.has(Place::TIME) && self.is_behind(&mark.line)))
            .or_else(|| self.marked(|mark| mark.line.place.has(Place::DATED) && self.is_behind(&mark.line)))
            .or_else(|| self.meta(CREATED).map(|stated| stated.moment))
            .or_else(|| self.near_heading(true))
            .or_else(|| self.marked(|mark| mark.line.place.has(Place::TIME.with(Place::DATED))))
            .or_else(|| self.marked(|mark| mark.line.place.has(Place::BESIDE)))
            .or(changed)
            .or_else(|| self.near_heading(false))
            .or_else(|| self.of_all(others).map(|stated| stated.moment))
            .or_else(|| self.anywhere())
    }

    fn is_behind(&self, line: &Line) -> bool {
        self.signals.heading.is_none_or(|heading| line.order >= heading)
    }

    /// Marked elements: those behind the heading in order, then those before it, the nearest first.
    fn marks(&self, wanted: impl Fn(&Mark) -> bool) -> Vec<&Mark> {
        let all = self.signals.marks.iter().filter(|mark| wanted(mark) && !mark.line.place.is_elsewhere());
        let (behind, mut before): (Vec<&Mark>, Vec<&Mark>) = all.partition(|mark| self.is_behind(&mark.line));
        before.reverse();
        behind.into_iter().chain(before).take(40).collect()
    }

    fn marked(&self, wanted: impl Fn(&Mark) -> bool) -> Option<Moment> {
        let marks = self.marks(|mark| wanted(mark) && !mark.line.place.has(Place::CHANGED));
        marks.iter().find_map(|mark| self.of_mark(mark))
    }

    /// The mark nearest to the heading; what stands before it is taken to be twice as far.
    fn close(&self) -> Option<Moment> {
        let heading = self.signals.heading?;
        let far = |mark: &Mark| match mark.line.order.checked_sub(heading) {
            Some(behind) => behind,
            None => 2 * (heading - mark.line.order),
        };
        let own = |mark: &Mark| mark.line.place.has(Place::PUBLISHED) && far(mark) <= CLOSE;
        let kind = |mark: &Mark| {
            let dated = mark.line.place.has(Place::TIME.with(Place::DATED));
            far(mark) <= CLOSE && (dated || mark.line.place.has(Place::BESIDE) && self.is_behind(&mark.line))
        };
        self.marked(own).or_else(|| {
            let mut marks = self.marks(|mark| kind(mark) && !mark.line.place.has(Place::CHANGED));
            marks.sort_by_key(|mark| far(mark));
            marks.iter().find_map(|mark| self.of_mark(mark))
        })
    }

    fn of_mark(&self, mark: &Mark) -> Option<Moment> {
        let written = mark.written.as_deref().and_then(|text| self.reader.of_machine(text));
        written.or_else(|| {
            let text = mark.shown()?;
            self.reader.of_people(before_change(&text)?)
        })
    }

    fn changed(&self) -> Option<Moment> {
        let marks = self.signals.marks.iter().filter(|mark| mark.line.place.has(Place::CHANGED));
        let marked = marks.filter(|mark| !mark.line.place.has(Place::COMMENT.with(Place::ASIDE))).find_map(|mark| {
            let written = mark.written.as_deref().and_then(|text| self.reader.of_machine(text));
            written.or_else(|| mark.shown().and_then(|text| self.reader.of_people(&text)))
        });
        marked.or_else(|| self.labelled(&CHANGED_LABELS))
    }

    fn lines(&self) -> impl Iterator<Item = &Line> {
        self.signals.lines.iter().filter(|line| !line.place.is_elsewhere())
    }

    /// The date behind a word that says what it is the date of, or shortly before it. Such lines may stand at the foot
    /// of the page.
    fn labelled(&self, labels: &Labels) -> Option<Moment> {
        let lines = self.signals.lines.iter().filter(|line| !line.place.has(Place::COMMENT.with(Place::ASIDE)));
        lines.filter(|line| line.text.len() <= 500 && may_be_whole(&line.text)).find_map(|line| {
            let text = line.text.to_lowercase();
            let (before, behind) = text.split_at(labels.first_in(&text)?);
            self.reader.of_people(behind).or_else(|| self.reader.last_of_people(before))
        })
    }

    /// The first dated line behind the heading, or shortly before it; `alone` where the date makes up most of it.
    fn near_heading(&self, alone: bool) -> Option<Moment> {
        let heading = self.signals.heading?;
        let behind = self.lines().filter(|line| line.order >= heading).take(12);
        let before = self.signals.lines.iter().rev().filter(|line| line.order < heading && !line.place.is_elsewhere());
        behind
            .chain(before.take(3))
            .find_map(|line| self.reader.of_line(before_change(&line.text)?, if alone { 2 } else { 5 }))
    }

    /// What is left: any dated line, scripts, words like `yesterday` where times stand, lines that are elsewhere, and
    /// the address of the lead picture.
    fn anywhere(&self) -> Option<Moment> {
        let loose = self.marks(|mark| mark.line.place.has(Place::DATED.with(Place::TIME)));
        self.lines()
            .find_map(|line| self.reader.of_line(&line.text, 5))
            .or_else(|| self.signals.scripts.iter().find_map(|script| self.in_script(script)))
            .or_else(|| loose.iter().find_map(|mark| self.reader.of_people_loosely(&mark.shown()?)))
            .or_else(|| self.lines().find_map(|line| self.reader.of_people(&line.text)))
            .or_else(|| self.signals.marks.iter().find_map(|mark| self.of_mark(mark)))
            .or_else(|| self.signals.lines.iter().find_map(|line| self.reader.of_people(&line.text)))
            .or_else(|| self.signals.scripts.iter().find_map(|script| self.quoted(script)))
            .or_else(|| {
                let pictures =
                    self.declared.meta.iter().filter(|(name, _)| name == "og:image" || name == "twitter:image");
                pictures.into_iter().find_map(|(_, address)| self.in_address(address))
            })
    }

    fn in_script(&self, script: &str) -> Option<Moment> {
        SCRIPT_FIELDS
            .iter()
            .find_map(|name| structured::field(script, name))
            .and_then(|text| self.reader.of_machine(&text))
    }

    /// The first string of a script that is a date.
    fn quoted(&self, script: &str) -> Option<Moment> {
        let strings = script.split(['"', '\'']).skip(1).filter(|text| (10..=30).contains(&text.len()));
        let dated = strings.filter(|text| text.starts_with("19") || text.starts_with("20")).take(20);
        dated.into_iter().find_map(|text| self.reader.of_machine(text))
    }

    /// A stated time in UTC may name the day before or after the one that the outlet means. Where the address or the
    /// text beside the heading names the neighbouring day, the clock is moved just so far that the same moment falls on
    /// it.
    fn by_the_outlets_clock(&self, stated: Stated, named: Option<Moment>) -> Moment {
        let moment = stated.moment;
        if !stated.utc {
            return moment;
        }
        let shown = || {
            let marks = self.marks(|mark| {
                let place = mark.line.place;
                place.has(Place::TIME.with(Place::DATED)) && !place.has(Place::CHANGED) && self.is_behind(&mark.line)
            });
            let mut shown: Vec<Moment> =
                marks.iter().take(3).filter_map(|mark| self.reader.of_people(&mark.shown()?)).collect();
            shown.extend(self.near_heading(true));
            (!shown.iter().any(|shown| shown.date() == moment.date())).then(|| shown.first().copied()).flatten()
        };
        let meant = named.or_else(shown);
        meant.and_then(|meant| moment.on_neighbouring_day(meant.date())).unwrap_or(moment)
    }
}

/// Names that scripts use for the time of publication.
const SCRIPT_FIELDS: &[&str] = &[
    "datePublished",
    "publishedAt",
    "publishDate",
    "publish_date",
    "published_at",
    "pubDate",
    "publicationDate",
    "publication_date",
    "publishedDate",
    "publication_time",
    "firstPublished",
];

/// Whether a machine's time is told in UTC.
fn is_in_utc(text: &str) -> bool {
    let text = text.trim();
    ["Z", "+00:00", "+0000", "GMT", "UTC"].iter().any(|end| text.ends_with(end))
}

/// The text up to the word that says it speaks of a change; none where it begins with that, or names no day in full.
fn before_change(text: &str) -> Option<&str> {
    if !may_be_whole(text) {
        return None;
    }
    let lower = text.to_lowercase();
    // Lower case may be of another length.
    if lower.len() != text.len() {
        return Some(text).filter(|_| !is_change(text));
    }
    match CHANGED_LABELS.first_in(&lower) {
        Some(at) => text.get(..at).filter(|before| before.chars().any(|c| c.is_numeric())),
        None => Some(text),
    }
}

/// Whether a text speaks of a change and not of publication.
fn is_change(text: &str) -> bool {
    let text = text.to_lowercase();
    CHANGED_LABELS.first_in(&text).is_some() && PUBLISHED_LABELS.first_in(&text).is_none()
}

/// Words before a date that say what it is the date of.
struct Labels(LazyLock<Option<AhoCorasick>>);

impl Labels {
    /// Where the first of them begins in a text.
    fn first_in(&self, text: &str) -> Option<usize> {
        self.0.as_ref()?.find(text).map(|found| found.start())
    }
}

/// Finds the words that stand first in a text.
fn first_of(words: &[&str]) -> Option<AhoCorasick> {
    AhoCorasick::builder().match_kind(MatchKind::LeftmostFirst).build(words).ok()
}

static PUBLISHED_LABELS: Labels = Labels(LazyLock::new(|| first_of(PUBLISHED_WORDS)));
static CHANGED_LABELS: Labels = Labels(LazyLock::new(|| first_of(CHANGED_WORDS)));

/// Words that say that the date behind them is one of publication, lower case.
const PUBLISHED_WORDS: &[&str] = &[
    "published",
    "posted",
    "first published",
    "veröffentlicht",
    "erstellt am",
    "erschienen am",
    "eingestellt",
    "publié",
    "mis en ligne",
    "publicado",
    "pubblicato",
    "gepubliceerd",
    "geplaatst op",
    "yayın",
    "eklenme",
    "oluşturma",
    "opublikowan",
    "data publikacji",
    "опублик",
    "опублік",
    "дата публикации",
    "تاریخ انتشار",
    "زمان انتشار",
    "تاريخ النشر",
    "نُشر",
    "نشر في",
    "تم النشر",
    "released on",
    "submitted",
    "publicerad",
    "publisert",
    "udgivet",
    "julkaistu",
    "פורסם",
    "megjelent",
    "publikováno",
    "vydáno",
    "geschrieben am",
    "written",
    "stand:",
    "data:",
    "date:",
    "datum:",
];

/// Words that say that the date behind them is one of a change, lower case.
const CHANGED_WORDS: &[&str] = &[
    "updated",
    "last update",
    "modified",
    "last change",
    "aktualisiert",
    "letzte änderung",
    "zuletzt geändert",
    "geändert",
    "mis à jour",
    "mise à jour",
    "modifié",
    "actualizado",
    "aggiornato",
    "ultimo aggiornamento",
    "atualizado",
    "bijgewerkt",
    "güncelle",
    "aktualizacja",
    "обновлен",
    "оновлено",
    "изменен",
    "به‌روزرسانی",
    "بروزرسانی",
    "آخر تحديث",
    "עודכן",
    "uppdaterad",
    "oppdatert",
    "opdateret",
    "last edited",
    "revised",
];

const PUBLISHED: &[&str] = &[
    "article:published_time",
    "article:published",
    "og:article:published_time",
    "datepublished",
    "date_published",
    "publish-date",
    "publish_date",
    "publishdate",
    "publication_date",
    "publicationdate",
    "pubdate",
    "published_time",
    "sailthru.date",
    "parsely-pub-date",
    "article.published",
    "cxenseparse:recs:publishtime",
    "cxenseparse:publishtime",
    "originalpublicationdate",
    "citation_publication_date",
    "citation_date",
    "published-date",
    "published",
    "bt:pubdate",
    "rnews:datepublished",
    "analyticsattributes.articledate",
    "og:published_time",
    "og:pubdate",
    "article.created",
    "article_date_original",
    "article:post_date",
    "prism.publicationdate",
    "shareaholic:article_published_time",
    "rbpubdate",
    "pub_date",
    "vr:published_time",
];

/// Names that may mean other times too.
const CREATED: &[&str] = &[
    "dc.date.issued",
    "dcterms.issued",
    "dc.date",
    "dcterms.date",
    "dc.date.created",
    "dcterms.created",
    "date",
    "created",
    "datecreated",
    "displaydate",
    "ptime",
    "cdate",
];

const MODIFIED: &[&str] = &[
    "article:modified_time",
    "og:updated_time",
    "article:modified",
    "datemodified",
    "last-modified",
    "lastmod",
    "dcterms.modified",
    "dc.date.modified",
    "article.updated",
    "article:updated_time",
    "article:modified_date",
    "revision_date",
    "updated_time",
    "og:modified_time",
    "shareaholic:article_modified_time",
];
