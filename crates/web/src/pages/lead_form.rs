//! The form of a lead: filled in from what the document's text names, changed and kept by a person.

use super::happening;
use crate::app::App;
use crate::error::PageError;
use crate::session::Visitor;
use crate::shell::Shell;
use crate::text;
use askama::Template;
use sitrep_language::digits;
use sitrep_model::account::{Permission, Role};
use sitrep_model::actor::Actor;
use sitrep_model::desk::{Desk, EventType};
use sitrep_model::document::Document;
use sitrep_model::event::Count;
use sitrep_model::id::{LeadId, PlaceId};
use sitrep_model::lead::{Lead, LeadState, Made};
use sitrep_model::place::Place;
use sitrep_newsroom::leads::{Filled, LeadLine};
use sitrep_newsroom::{Error, Newsroom, Who};
use std::collections::HashMap;

/// Empty rows for actors and figures behind those that are filled.
const BLANK: usize = 2;
/// Rows that are read, at most: what a lead may hold.
const ROWS: usize = 20;
/// The choice that leaves a place as it is, where it is none of the gazetteer's.
const KEPT: &str = "kept";

/// A figure as typed.
#[derive(Debug, Clone, Default)]
pub(crate) struct Figure {
    pub of: String,
    pub low: String,
    pub high: String,
    /// How the text has it.
    pub printed: String,
}

/// What the form holds, as text.
#[derive(Debug, Clone, Default)]
pub(crate) struct Fields {
    pub version: u64,
    pub document: String,
    pub passage: String,
    pub what: String,
    pub event_type: String,
    pub from: String,
    pub to: String,
    pub precision: String,
    pub place_query: String,
    /// The button that only looks for a place.
    pub find: bool,
    pub place: String,
    pub place_precision: String,
    /// Role and actor of each row.
    pub actors: Vec<(String, String)>,
    pub figures: Vec<Figure>,
}

impl Fields {
    /// What a form sent.
    pub(crate) fn sent(sent: &HashMap<String, String>) -> Self {
        let of = |name: &str| sent.get(name).cloned().unwrap_or_default();
        let row = |name: &str, at: usize| of(&format!("{name}-{at}"));
        let figure =
            |at| Figure { of: row("of", at), low: row("low", at), high: row("high", at), printed: row("as", at) };
        Self {
            version: of("version").parse().unwrap_or_default(),
            document: of("document"),
            passage: of("passage"),
            what: of("what"),
            event_type: of("event_type"),
            from: of("from"),
            to: of("to"),
            precision: of("precision"),
            place_query: of("place_query"),
            find: sent.contains_key("find"),
            place: of("place"),
            place_precision: of("place_precision"),
            actors: (0..ROWS).map(|at| (row("role", at), row("actor", at))).filter(|row| !row.1.is_empty()).collect(),
            figures: (0..ROWS).map(figure).filter(|row| !row.low.is_empty() || !row.of.is_empty()).collect(),
        }
    }

    /// A new lead's, as the program filled it in.
    pub(crate) fn filled(desk: &Desk, filled: &Filled) -> Self {
        let figure = |found: &sitrep_newsroom::leads::FoundFigure| Figure {
            of: found.of.clone().unwrap_or_default(),
            low: found.number.to_string(),
            high: String::new(),
            printed: found.printed.clone(),
        };
        Self { figures: filled.figures.iter().map(figure).collect(), ..Self::of(desk, &filled.lead, 0) }
    }

    /// A lead's.
    pub(crate) fn of(desk: &Desk, lead: &Lead, version: u64) -> Self {
        let day = |at| happening::day_of(desk, at).to_string();
        let figure = |count: &Count| Figure {
            of: count.of.clone(),
            low: count.low.to_string(),
            high: if count.high == count.low { String::new() } else { count.high.to_string() },
            printed: String::new(),
        };
        let place = lead.at.as_ref().map(|at| at.place.as_ref().map_or(KEPT, PlaceId::as_str));
        Self {
            version,
            document: lead.document.0.clone(),
            passage: lead.passage.as_ref().map(|passage| passage.exact.clone()).unwrap_or_default(),
            what: lead.what.clone(),
            event_type: lead.event_type.clone().unwrap_or_default(),
            from: lead.when.map(|when| day(when.from)).unwrap_or_default(),
            to: lead.when.map(|when| day(when.to)).unwrap_or_default(),
            precision: lead.when.map_or("day", |when| when.precision.as_str()).to_owned(),
            place: place.unwrap_or_default().to_owned(),
            place_precision: lead.at.as_ref().map_or("city", |at| happening::place_precision(at.precision)).to_owned(),
            actors: lead.actors.iter().map(|part| (part.role.clone(), part.actor.0.clone())).collect(),
            figures: lead.counts.iter().map(figure).collect(),
            ..Self::default()
        }
    }

    /// The lead that the fields make: a new one, or the one before with what they changed.
    pub(crate) fn lead(
        &self,
        newsroom: &Newsroom,
        who: &Who,
        desk: &Desk,
        before: Option<&Lead>,
    ) -> Result<Lead, Error> {
        let document = newsroom.get::<Document>(who, &desk.id, &self.document, None)?.value;
        let kept = before.and_then(|lead| lead.passage.clone());
        let passage = match kept.filter(|passage| passage.exact.trim() == self.passage.trim()) {
            Some(kept) => Some(kept),
            None => newsroom.marked_passage(&document, &self.passage)?,
        };
        let when = match self.from.trim() {
            "" => None,
            from => Some(happening::when(desk, [from, &self.to], &self.precision, before.and_then(|lead| lead.when))?),
        };
        let at = before.and_then(|lead| lead.at.as_ref());
        let at = match self.place.as_str() {
            "" => None,
            KEPT => Some(happening::whereabouts(newsroom, "", &self.place_precision, at)?),
            place => Some(happening::whereabouts(newsroom, place, &self.place_precision, at)?),
        };
        let part = |(role, actor): &(String, String)| happening::participant(role, actor);
        // A number of which nobody says what it counts is left out.
        let told = self.figures.iter().filter(|figure| !figure.of.trim().is_empty());
        Ok(Lead {
            id: before.map_or_else(LeadId::default, |lead| lead.id.clone()),
            desk: desk.id.clone(),
            document: document.id,
            passage,
            what: self.what.trim().to_owned(),
            event_type: Some(self.event_type.clone()).filter(|kind| !kind.is_empty()),
            when,
            at,
            actors: self.actors.iter().map(part).collect(),
            counts: told.map(count).collect::<Result<_, _>>()?,
            state: LeadState::Waiting,
            made: Made { by: who.name(), at: newsroom.now() },
        })
    }
}

fn count(figure: &Figure) -> Result<Count, Error> {
    let number = |typed: &str| {
        let plain: String = digits::western(typed).chars().filter(|c| !c.is_whitespace() && *c != ',').collect();
        plain.parse::<u64>().map_err(|_| Error::field("counts", format!("{typed:?} is no whole number")))
    };
    let low = number(&figure.low)?;
    let high = if figure.high.trim().is_empty() { low } else { number(&figure.high)? };
    Ok(Count { of: figure.of.trim().to_owned(), low, high })
}

/// What is wrong with what was sent, and the id of the element where it is mended.
struct Wrong {
    message: String,
    field: Option<&'static str>,
}

impl Wrong {
    fn of(error: &PageError) -> Self {
        let field = error.field().and_then(|field| match field {
            "what" => Some("l-what"),
            "passage" => Some("l-passage"),
            "event_type" => Some("l-type"),
            "from" => Some("l-from"),
            "to" => Some("l-to"),
            "precision" => Some("l-precision"),
            "place" => Some("l-find"),
            "role" => Some("l-role-0"),
            "counts" => Some("l-low-0"),
            _ => None,
        });
        Self { message: error.message().to_owned(), field }
    }
}

/// The page of the form.
#[derive(Template)]
#[template(path = "lead_form.html")]
pub(crate) struct Form {
    shell: Shell,
    title: &'static str,
    action: String,
    error: Option<Wrong>,
    f: Fields,
    document: Document,
    direction: &'static str,
    /// The lead as it is kept, and what became of it; nothing of a new one.
    kept: Option<(LeadLine, String)>,
    event_types: Vec<EventType>,
    actors: Vec<Actor>,
    places: Vec<Place>,
    days: Vec<String>,
    time_precisions: Vec<&'static str>,
    place_precisions: Vec<&'static str>,
    /// What the codebook counts.
    counted: Vec<String>,
}

/// The form alone, for the inbox's dialog.
#[derive(Template)]
#[template(path = "lead_form_part.html")]
pub(crate) struct Part(Form);

impl std::ops::Deref for Part {
    type Target = Form;
    fn deref(&self) -> &Form {
        &self.0
    }
}

/// What the form shows beside its fields.
struct Choice {
    fields: Fields,
    document: Document,
    actors: Vec<Actor>,
    places: Vec<Place>,
    days: Vec<String>,
}

impl Form {
    /// The form of a new lead of a document: as the program fills it in, or with what was typed.
    pub(crate) async fn new(app: &App, visitor: &Visitor, desk: &Desk, begun: Begun) -> Result<Self, PageError> {
        let path = format!("/newsroom/{}/leads/new", desk.id);
        Self::of(app, visitor, desk, ("Make a lead", path), begun, None).await
    }

    /// The form of a lead that is kept.
    pub(crate) async fn kept(
        app: &App,
        visitor: &Visitor,
        desk: &Desk,
        line: LeadLine,
        typed: Option<Fields>,
    ) -> Result<Self, PageError> {
        let path = format!("/newsroom/{}/leads/{}", desk.id, line.lead.value.id);
        let fields = typed.unwrap_or_else(|| Fields::of(desk, &line.lead.value, line.lead.version));
        Self::of(app, visitor, desk, ("Lead", path), Begun::Typed(Box::new(fields)), Some(line)).await
    }

    async fn of(
        app: &App,
        visitor: &Visitor,
        desk: &Desk,
        (title, path): (&'static str, String),
        begun: Begun,
        line: Option<LeadLine>,
    ) -> Result<Self, PageError> {
        let (who, of) = (visitor.who().clone(), desk.clone());
        let choice = app.ask(move |newsroom| choice(newsroom, &who, &of, begun)).await?;
        let shell = Shell::of_desk(visitor, desk.clone(), "leads", title, path.clone());
        let mut f = choice.fields;
        f.actors.extend((f.actors.len()..ROWS).take(BLANK).map(|_| ("actor".to_owned(), String::new())));
        f.figures.extend((f.figures.len()..ROWS).take(BLANK).map(|_| Figure::default()));
        let mut counted: Vec<String> = desk.event_types.iter().flat_map(|kind| kind.counts.clone()).collect();
        counted.sort_unstable();
        counted.dedup();
        let kept = line.map(|line| {
            let became = super::station::became(&shell, &line.lead.value);
            (line, became)
        });
        Ok(Self {
            title,
            action: path,
            error: None,
            f,
            direction: text::direction(&choice.document.title),
            document: choice.document,
            kept,
            event_types: desk.event_types.clone(),
            actors: choice.actors,
            places: choice.places,
            days: choice.days,
            time_precisions: happening::time_precisions(),
            place_precisions: happening::place_precisions(),
            counted,
            shell,
        })
    }

    /// The same form with what is wrong.
    pub(crate) fn with_error(self, error: &PageError) -> Self {
        Self { error: Some(Wrong::of(error)), ..self }
    }

    /// The same page, as the lead was known at a moment: it is shown then, and not changed.
    pub(crate) fn known_at(self, at: Option<jiff::Timestamp>) -> Self {
        Self { shell: self.shell.known_at(at), ..self }
    }

    /// The same page with a message about what was just done.
    pub(crate) fn flash(self, message: Option<String>) -> Self {
        Self { shell: self.shell.flash(message), ..self }
    }

    /// The form alone.
    pub(crate) fn part(self) -> Part {
        Part(self)
    }

    /// Whether it can be changed: it is new, or nobody has answered it.
    fn is_open(&self) -> bool {
        self.acts() && self.kept.as_ref().is_none_or(|(line, _)| line.lead.value.is_waiting())
    }

    /// Whether it can be put back to wait.
    fn can_go_back(&self) -> bool {
        self.acts() && self.kept.as_ref().is_some_and(|(line, _)| line.can_go_back)
    }

    /// Whether who looks may do anything here: not in the past.
    fn acts(&self) -> bool {
        let desk = self.shell.desk.as_ref().map(|desk| &desk.id);
        self.shell.as_of.is_none() && self.shell.visitor.may(Permission::Desk(Role::Analyst), desk)
    }

    /// Whether that element is where something is wrong.
    fn is_wrong(&self, id: &str) -> bool {
        self.error.as_ref().is_some_and(|error| error.field == Some(id))
    }
}

/// What a form begins with.
pub(crate) enum Begun {
    /// A document, and the words that somebody marked in it.
    Marked { document: String, words: String },
    /// What was typed so far.
    Typed(Box<Fields>),
}

fn choice(newsroom: &Newsroom, who: &Who, desk: &Desk, begun: Begun) -> Result<Choice, Error> {
    let (filled, mut fields) = match begun {
        Begun::Marked { document, words } => {
            let filled = newsroom.fill_lead(who, desk, &document, &words)?;
            let fields = Fields::filled(desk, &filled);
            (filled, fields)
        }
        Begun::Typed(fields) => {
            // Words that don't stand there are told of when they are kept; what the whole text offers is offered meanwhile.
            let marked = newsroom.fill_lead(who, desk, &fields.document, &fields.passage);
            let filled = match marked {
                Err(Error::Invalid { .. }) => newsroom.fill_lead(who, desk, &fields.document, "")?,
                other => other?,
            };
            (filled, *fields)
        }
    };
    let document = newsroom.get::<Document>(who, &desk.id, &fields.document, None)?.value;
    let (places, found) = happening::places(newsroom, &fields.place, filled.places, &fields.place_query)?;
    if let [only] = found.as_slice()
        && (fields.place.is_empty() || fields.find)
    {
        fields.place = only.0.clone();
    }
    let actors = newsroom.all(who, &desk.id)?;
    Ok(Choice { fields, document: document.without_text(), actors, places, days: filled.days })
}
