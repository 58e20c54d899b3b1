//! What an edition can be found by: its sections, the campaigns it follows, the outlets it cites, the actors and places it
//! names.

use super::register::{Named, Register};
use serde::{Deserialize, Serialize};
use sitrep_language::address;
use sitrep_model::citation::Target;
use sitrep_model::edition::{Edition, Paragraph, Sentence};
use sitrep_model::id::{ActorId, CampaignId, DocumentId, PlaceId, SectionId};
use std::collections::{BTreeMap, HashMap};

/// Hosts where each channel or account is an outlet of its own: the first part of the path says which.
const SHARED_HOSTS: [&str; 12] = [
    "t.me",
    "telegram.me",
    "x.com",
    "twitter.com",
    "facebook.com",
    "instagram.com",
    "youtube.com",
    "vk.com",
    "ok.ru",
    "rumble.com",
    "medium.com",
    "substack.com",
];

/// Something that editions are looked up by.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Facet {
    /// A standing section of the desk.
    Section(SectionId),
    /// A line of effort.
    Campaign(CampaignId),
    /// An outlet by its host, `isna.ir`, or by host and channel, `t.me/channel`.
    Outlet(String),
    /// An actor that is named.
    Actor(ActorId),
    /// A place that is named.
    Place(PlaceId),
}

impl Facet {
    /// Its name within its kind, as in its address.
    pub fn key(&self) -> &str {
        match self {
            Self::Section(id) => id.as_str(),
            Self::Campaign(id) => id.as_str(),
            Self::Outlet(host) => host,
            Self::Actor(id) => id.as_str(),
            Self::Place(id) => id.as_str(),
        }
    }
}

/// The kinds of facets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FacetKind {
    /// By section.
    Section,
    /// By campaign.
    Campaign,
    /// By outlet.
    Outlet,
    /// By actor.
    Actor,
    /// By place.
    Place,
}

impl FacetKind {
    /// Whether a facet is of this kind.
    pub fn holds(self, facet: &Facet) -> bool {
        matches!(
            (self, facet),
            (Self::Section, Facet::Section(_))
                | (Self::Campaign, Facet::Campaign(_))
                | (Self::Outlet, Facet::Outlet(_))
                | (Self::Actor, Facet::Actor(_))
                | (Self::Place, Facet::Place(_))
        )
    }

    /// The facet of that name.
    pub fn of(self, key: &str) -> Facet {
        match self {
            Self::Section => Facet::Section(key.into()),
            Self::Campaign => Facet::Campaign(key.into()),
            Self::Outlet => Facet::Outlet(key.to_owned()),
            Self::Actor => Facet::Actor(key.into()),
            Self::Place => Facet::Place(key.into()),
        }
    }
}

/// The outlet that an address belongs to; nothing where it has no host.
pub fn outlet(url: &str) -> Option<String> {
    let host = address::host(url);
    let host = host.strip_prefix("m.").or_else(|| host.strip_prefix("mobile.")).unwrap_or(&host);
    if host.is_empty() || !host.contains('.') {
        return None;
    }
    if !SHARED_HOSTS.contains(&host) {
        return Some(host.to_owned());
    }
    let path = url.split_once("://").map_or(url, |(_, rest)| rest).split_once('/').map_or("", |(_, path)| path);
    let mut parts = path.split(['/', '?', '#']).filter(|part| !part.is_empty());
    let first = parts.next().filter(|part| *part != "s").or_else(|| parts.next());
    Some(match first {
        Some(channel) if channel.len() <= 64 => format!("{host}/{}", channel.trim_start_matches('@').to_lowercase()),
        _ => host.to_owned(),
    })
}

/// Where documents come from, for editions that cite them.
pub(super) type Outlets = HashMap<DocumentId, String>;

/// The outlet of what a citation points to.
pub(super) fn outlet_of(target: &Target, outlets: &Outlets) -> Option<String> {
    match target {
        Target::Document { document, .. } => outlets.get(document).cloned(),
        Target::Address { url } => outlet(url),
        Target::Edition { .. } | Target::Assessment { .. } | Target::Text => None,
    }
}

/// Everything that an edition can be found by, with how often: paragraphs of a section or campaign, references to an outlet,
/// mentions of a name.
pub(super) fn facets(edition: &Edition, register: &Register, outlets: &Outlets) -> BTreeMap<Facet, u32> {
    let mut found: BTreeMap<Facet, u32> = BTreeMap::new();
    let mut add = |facet: Facet, times: u32| *found.entry(facet).or_default() += times;
    let mut inside: Option<SectionId> = None;
    for section in &edition.sections {
        // What stands under a subheading stands in the section above it.
        inside = section.section.clone().or(inside.filter(|_| section.level > 1));
        let paragraphs = u32::try_from(section.paragraphs.len()).unwrap_or(u32::MAX);
        if let Some(id) = inside.clone().filter(|_| paragraphs > 0) {
            add(Facet::Section(id), paragraphs);
        }
        for campaign in section.paragraphs.iter().filter_map(|paragraph| paragraph.campaign.clone()) {
            add(Facet::Campaign(campaign), 1);
        }
    }
    for reference in edition.citations.iter().flat_map(|citation| &citation.references) {
        if let Some(outlet) = outlet_of(&reference.target, outlets) {
            add(Facet::Outlet(outlet), 1);
        }
    }
    // A takeaway says again what a paragraph says: it is not counted twice, unless there is nothing else.
    let texts = edition.sections.iter().flat_map(|section| &section.paragraphs);
    for (_, named) in texts.flat_map(|paragraph| register.find(&paragraph.text)) {
        add(facet_of(named), 1);
    }
    found
}

fn facet_of(named: &Named) -> Facet {
    match named {
        Named::Actor(id) => Facet::Actor(id.clone()),
        Named::Place(id) => Facet::Place(id.clone()),
    }
}

/// A sentence (or, for sections and campaigns, the topic sentence of a paragraph) that an edition is found by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Excerpt {
    /// The sentence's id.
    pub sentence: String,
    /// Its words.
    pub text: String,
}

/// The sentences of an edition that a facet is in, in reading order.
pub(super) fn excerpts(edition: &Edition, facet: &Facet, register: &Register, outlets: &Outlets) -> Vec<Excerpt> {
    let mut found = Vec::new();
    let mut inside: Option<SectionId> = None;
    for section in &edition.sections {
        inside = section.section.clone().or(inside.filter(|_| section.level > 1));
        for paragraph in &section.paragraphs {
            match facet {
                Facet::Section(id) => {
                    found.extend(inside.as_ref().filter(|of| *of == id).and_then(|_| topic(paragraph)))
                }
                Facet::Campaign(id) => {
                    found.extend(paragraph.campaign.as_ref().filter(|of| *of == id).and_then(|_| topic(paragraph)));
                }
                Facet::Outlet(host) => {
                    let cites = |sentence: &&Sentence| {
                        let citations = paragraph.citations_of(sentence).filter_map(|m| edition.citation(&m.citation));
                        let mut references = citations.flat_map(|citation| &citation.references);
                        references.any(|r| outlet_of(&r.target, outlets).is_some_and(|of| of == *host))
                    };
                    found.extend(paragraph.sentences.iter().filter(cites).map(|s| excerpt(paragraph, s)));
                }
                Facet::Actor(_) | Facet::Place(_) => found.extend(naming(paragraph, facet, register)),
            }
        }
    }
    found
}

fn topic(paragraph: &Paragraph) -> Option<Excerpt> {
    paragraph.sentences.first().map(|sentence| excerpt(paragraph, sentence))
}

fn excerpt(paragraph: &Paragraph, sentence: &Sentence) -> Excerpt {
    Excerpt { sentence: sentence.id.to_string(), text: paragraph.sentence_text(sentence) }
}

fn naming(paragraph: &Paragraph, facet: &Facet, register: &Register) -> Vec<Excerpt> {
    let named = register.find(&paragraph.text);
    let places = named.iter().filter(|(_, named)| facet_of(named) == *facet);
    // Sentences count code points, the register bytes.
    let points: Vec<usize> = places.map(|(span, _)| paragraph.text[..span.start].chars().count()).collect();
    let holds = |sentence: &&Sentence| points.iter().any(|at| (sentence.start..sentence.end).contains(at));
    paragraph.sentences.iter().filter(holds).map(|sentence| excerpt(paragraph, sentence)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_outlet_is_its_host_and_on_shared_hosts_its_channel() {
        for (url, of) in [
            ("https://www.Isna.ir/news/1402", Some("isna.ir")),
            ("http://m.outlet.example:8080/x", Some("outlet.example")),
            ("https://t.me/SomeChannel/123", Some("t.me/somechannel")),
            ("https://t.me/s/SomeChannel?before=9", Some("t.me/somechannel")),
            ("https://x.com/@Name/status/1", Some("x.com/name")),
            ("https://x.com", Some("x.com")),
            ("no address", None),
            ("", None),
        ] {
            assert_eq!(outlet(url).as_deref(), of, "{url}");
        }
    }
}
