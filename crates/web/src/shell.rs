//! The page around a page: masthead, navigation, the exercise label, the as-of bar.

use crate::assets;
use crate::session::Visitor;
use crate::text;
use jiff::Timestamp;
use jiff::civil::Date;
use sitrep_model::account::{Permission, Role};
use sitrep_model::assessment::Outcome;
use sitrep_model::desk::Desk;
use sitrep_model::edition::EditionState;
use sitrep_model::finding::Severity;
use sitrep_model::source::{Affiliation, Reliability};

/// What every page's template needs beside its own matter.
pub(crate) struct Shell {
    /// Title of the page, without the desk's name.
    pub title: String,
    /// The desk it belongs to.
    pub desk: Option<Desk>,
    /// Who looks at it.
    pub visitor: Visitor,
    /// The moment it is shown as of, where that is not now.
    pub as_of: Option<Timestamp>,
    /// The page's path, without query.
    pub path: String,
    /// Which entry of the navigation it is.
    pub here: &'static str,
    /// A message about what was just done.
    pub flash: Option<String>,
    /// Scripts of this page's islands, by file name.
    pub scripts: Vec<&'static str>,
    /// One line for search engines and previews.
    pub description: Option<String>,
    /// The whole address that other sites may embed this page by (oEmbed).
    pub embed: Option<String>,
    /// The path of the page's own feeds without an extension, where it has some beside the desk's.
    pub feed: Option<String>,
    /// What the page is, for machines: schema.org as JSON-LD.
    pub structured: Option<String>,
}

impl Shell {
    /// A page that belongs to no desk.
    pub(crate) fn house(visitor: &Visitor, title: impl Into<String>, path: impl Into<String>) -> Self {
        Self {
            title: title.into(),
            desk: None,
            visitor: visitor.clone(),
            as_of: None,
            path: path.into(),
            here: "",
            flash: None,
            scripts: Vec::new(),
            description: None,
            embed: None,
            feed: None,
            structured: None,
        }
    }

    /// A page of a desk.
    pub(crate) fn of_desk(
        visitor: &Visitor,
        desk: Desk,
        here: &'static str,
        title: impl Into<String>,
        path: impl Into<String>,
    ) -> Self {
        Self { desk: Some(desk), here, ..Self::house(visitor, title, path) }
    }

    /// The same page with an island.
    pub(crate) fn with_script(mut self, file: &'static str) -> Self {
        self.scripts.push(file);
        self
    }

    /// The same page, shown as of an earlier moment.
    pub(crate) fn known_at(mut self, at: Option<Timestamp>) -> Self {
        self.as_of = at;
        self
    }

    /// The same page with a message about what was just done.
    pub(crate) fn flash(mut self, message: Option<String>) -> Self {
        self.flash = message;
        self
    }

    /// The title as browsers show it.
    pub(crate) fn full_title(&self) -> String {
        match &self.desk {
            Some(desk) if desk.name != self.title => format!("{} · {}", self.title, desk.name),
            _ => self.title.clone(),
        }
    }

    /// The desk's short name, empty where there is none.
    pub(crate) fn desk_id(&self) -> &str {
        self.desk.as_ref().map(|desk| desk.id.as_str()).unwrap_or_default()
    }

    /// BCP 47 language of the page.
    pub(crate) fn language(&self) -> &str {
        self.desk.as_ref().map_or("en", |desk| desk.language.as_str())
    }

    /// Direction of the page.
    pub(crate) fn direction(&self) -> &'static str {
        sitrep_language::tag::direction(self.language())
    }

    /// The address of a built file.
    pub(crate) fn asset(&self, path: &str) -> String {
        assets::href(path)
    }

    /// A moment in the desk's time zone, in words.
    pub(crate) fn moment(&self, at: &Timestamp) -> String {
        text::moment(*at, self.desk.as_ref().map_or("UTC", |desk| desk.time_zone.as_str()))
    }

    /// The query that keeps the as-of moment on the way to another page: `?as_of=…` or nothing.
    pub(crate) fn keep_as_of(&self) -> String {
        self.as_of.map(|at| format!("?as_of={}", text::query_value(&at.to_string()))).unwrap_or_default()
    }

    /// A value in an address's query.
    pub(crate) fn query_value(&self, value: &str) -> String {
        text::query_value(value)
    }

    /// Whether this page is the list of a kind of the archive's shelves, or stands on it.
    pub(crate) fn is_list_of(&self, shelf: &str) -> bool {
        self.path.split('/').nth(2) == Some(shelf)
    }

    /// The entries of the newsroom's rail on a desk, as this visitor may use them.
    pub(crate) fn rail(&self) -> Vec<RailEntry> {
        let entries = [
            ("inbox", "Inbox", "g i", Role::Reader),
            ("leads", "Leads", "g l", Role::Reader),
            ("events", "Events", "g e", Role::Reader),
            ("map", "Map", "g m", Role::Reader),
            ("assessments", "Assessments", "g a", Role::Reader),
            ("editions", "Editions", "g d", Role::Reader),
            ("sources", "Sources", "g s", Role::Reader),
            ("evidence", "Evidence", "g v", Role::Reader),
            ("watches", "Watch list", "g w", Role::Reader),
            ("subscribers", "Delivery", "g u", Role::Editor),
        ];
        let desk = self.desk.as_ref().map(|desk| &desk.id);
        entries
            .into_iter()
            .filter(|(.., role)| self.visitor.may(Permission::Desk(*role), desk))
            .map(|(path, label, keys, _)| RailEntry { path, label, keys })
            .collect()
    }

    /// A day as people read it.
    pub(crate) fn day(&self, date: &Date) -> String {
        text::day(*date)
    }

    /// An edition's state in words.
    pub(crate) fn state(&self, state: &EditionState) -> String {
        state.as_str().replace('_', " ")
    }

    /// The place of a term in the desk's scale, counted in sevenths, for its bar.
    pub(crate) fn step(&self, likelihood: &str) -> usize {
        let Some(desk) = &self.desk else { return 0 };
        let count = desk.scale.terms.len().max(1);
        let place = desk.scale.terms.iter().position(|term| term.term == likelihood);
        place.map_or(0, |place| (place * 6 / (count - 1).max(1)) + 1)
    }

    /// The probability that a term stands for.
    pub(crate) fn range(&self, likelihood: &str) -> String {
        let term = self.desk.as_ref().and_then(|desk| desk.scale.find(likelihood));
        term.map(|term| format!("{}–{} %", term.from, term.to)).unwrap_or_default()
    }

    /// How an assessment came out, in words.
    pub(crate) fn outcome(&self, outcome: &Outcome) -> &'static str {
        match outcome {
            Outcome::Occurred => "it came as judged",
            Outcome::DidNotOccur => "it did not come",
            Outcome::Undecidable => "it can't be told",
        }
    }

    /// A finding's severity in a word.
    pub(crate) fn severity(&self, severity: &Severity) -> &'static str {
        match severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Advice => "advice",
        }
    }

    /// A source's grade as a letter.
    pub(crate) fn grade(&self, grade: &Reliability) -> String {
        format!("{grade:?}")
    }

    /// A source's affiliation in a word.
    pub(crate) fn affiliation(&self, affiliation: &Affiliation) -> String {
        format!("{affiliation:?}").to_lowercase()
    }

    /// The beginning of a hash.
    pub(crate) fn short(&self, hash: &str) -> String {
        hash.chars().take(12).collect()
    }
}

/// An entry of the newsroom's rail.
pub(crate) struct RailEntry {
    /// The last part of its address, and its name in `here`.
    pub path: &'static str,
    /// What it is called.
    pub label: &'static str,
    /// The keys that lead there.
    pub keys: &'static str,
}
