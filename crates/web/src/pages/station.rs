//! Stations of a thread as pages show them: kind, link, title, a line about it, the words that matter.

use crate::shell::Shell;
use crate::text;
use sitrep_model::document::StoryRelation;
use sitrep_model::edition::AssessmentStep;
use sitrep_model::lead::{Lead, LeadState};
use sitrep_newsroom::leads::LeadLine;
use sitrep_newsroom::stories::{CitedOrigins, StoryLine, StoryView};
use sitrep_newsroom::threads::Station;

/// One station, ready for the template.
pub(crate) struct Thread {
    pub kind: &'static str,
    pub href: String,
    pub title: String,
    pub meta: Option<String>,
    pub quote: Option<String>,
    /// What became of it: kind, address and title of the next station.
    pub onward: Option<(&'static str, String, String)>,
}

/// Stations with their addresses on a desk.
pub(crate) fn threads(shell: &Shell, stations: &[Station]) -> Vec<Thread> {
    stations.iter().map(|station| thread(shell, station)).collect()
}

/// How a document stands to its story, in words.
pub(crate) const fn relation(relation: StoryRelation) -> &'static str {
    match relation {
        StoryRelation::First => "first report",
        StoryRelation::New => "further report",
        StoryRelation::Reprint => "re-print",
    }
}

/// How many documents tell a story, and from how many independent origins.
pub(crate) fn told(documents: usize, origins: &[String]) -> String {
    let many = match origins.len() {
        1 => "one origin".to_owned(),
        many => format!("{many} independent origins"),
    };
    format!("{documents} documents, {many}: {}", origins.join(", "))
}

/// From how many independent origins a sentence's documents come; `None` where it cites fewer than two.
pub(crate) fn cited(cited: &CitedOrigins) -> Option<String> {
    let many = cited.documents;
    (many > 1).then(|| match cited.origins.len() {
        1 => format!("It cites {many} documents, which have one origin: {}", cited.origins.join(", ")),
        origins => format!("It cites {many} documents from {origins} independent origins"),
    })
}

/// A story's documents, the first report on top.
pub(crate) fn story(shell: &Shell, story: &StoryView) -> Vec<Thread> {
    let line = |line: &StoryLine| {
        let of = line.of.as_ref().map(|of| format!(" of “{of}”")).unwrap_or_default();
        Thread {
            kind: relation(line.relation),
            href: format!("/{}/documents/{}{}", shell.desk_id(), line.id, shell.keep_as_of()),
            title: line.title.clone(),
            meta: Some(format!("{} · {}{of}", line.outlet, shell.moment(&line.arrived))),
            quote: None,
            onward: None,
        }
    };
    story.lines.iter().map(line).collect()
}

/// A lead, and the event that was made of it.
fn lead(shell: &Shell, line: &LeadLine) -> Thread {
    let (desk, keep) = (shell.desk_id(), shell.keep_as_of());
    let lead = &line.lead.value;
    let event = line.event.as_ref();
    Thread {
        kind: "Lead",
        href: format!("/newsroom/{desk}/leads/{}{keep}", lead.id),
        title: lead.what.clone(),
        meta: Some(became(shell, lead)),
        quote: lead.passage.as_ref().map(|passage| passage.exact.clone()),
        onward: event.map(|(id, summary)| ("Event", format!("/{desk}/events/{id}{keep}"), summary.clone())),
    }
}

/// What became of a lead, by whom and when.
pub(crate) fn became(shell: &Shell, lead: &Lead) -> String {
    let made = format!("made by {}, {}", lead.made.by, shell.moment(&lead.made.at));
    match &lead.state {
        LeadState::Waiting => format!("{made}; waiting"),
        LeadState::Taken { by, at, .. } => format!("{made}; taken by {by}, {}", shell.moment(at)),
        LeadState::Refused { reason, by, at } => format!("{made}; refused by {by}, {}: {reason}", shell.moment(at)),
    }
}

fn thread(shell: &Shell, station: &Station) -> Thread {
    let (desk, keep) = (shell.desk_id(), shell.keep_as_of());
    match station {
        Station::Document { document, source, passage } => {
            let name = source.as_ref().map(|source| source.name.clone()).unwrap_or_default();
            let when = document.published.map(|at| shell.moment(&at)).unwrap_or_default();
            let passage_query = passage.as_ref().map(|passage| {
                let join = if keep.is_empty() { '?' } else { '&' };
                format!("{join}passage={}", text::query_value(&passage.exact))
            });
            Thread {
                kind: "Document",
                href: format!("/{desk}/documents/{}{keep}{}#passage", document.id, passage_query.unwrap_or_default()),
                title: document.title.clone(),
                meta: match &document.removed {
                    Some(removal) => Some(format!("removed on {}: {}", shell.moment(&removal.at), removal.why)),
                    None => Some([name, when].join(" · ").trim_matches([' ', '·']).to_owned())
                        .filter(|meta| !meta.is_empty()),
                },
                quote: passage.as_ref().map(|passage| passage.exact.clone()),
                onward: None,
            }
        }
        Station::Address { printed, url } => Thread {
            kind: "Address",
            href: url.clone().unwrap_or_default(),
            title: printed.clone(),
            meta: url.is_none().then(|| "printed so that it can't be followed".to_owned()),
            quote: None,
            onward: None,
        },
        Station::Event(event) => Thread {
            kind: "Event",
            href: format!("/{desk}/events/{}{keep}", event.id),
            title: event.summary.clone(),
            meta: Some(format!("{} · {}", event.at.name, shell.moment(&event.when.from))),
            quote: None,
            onward: None,
        },
        Station::Lead(line) => lead(shell, line),
        Station::Position(position) => Thread {
            kind: "Position",
            href: format!("/{desk}/positions/{}{keep}", position.id),
            title: position.name.clone(),
            meta: Some(format!("held from {}", text::day(position.from))),
            quote: None,
            onward: None,
        },
        Station::Assessment { assessment, step } => Thread {
            kind: "Assessment",
            href: format!("/{desk}/assessments/{}{keep}", assessment.id),
            title: assessment.statement.clone(),
            meta: Some(match step {
                Some(AssessmentStep::Made) => format!("made here: {}", assessment.likelihood),
                Some(step) => format!("{} here; now {}", step.as_str(), assessment.likelihood),
                None => assessment.likelihood.clone(),
            }),
            quote: None,
            onward: None,
        },
        Station::Edition { slug, title, sentence, text, role } => Thread {
            kind: "Edition",
            href: match sentence {
                Some(sentence) => format!("/{desk}/editions/{slug}{keep}#t-{sentence}"),
                None => format!("/{desk}/editions/{slug}{keep}"),
            },
            title: title.clone(),
            meta: Some(match role.as_str() {
                "cites" => "cites".to_owned(),
                "reports" => "reports it".to_owned(),
                "refers_to" => "refers to it".to_owned(),
                role => role.to_owned(),
            }),
            quote: text.clone(),
            onward: None,
        },
    }
}
