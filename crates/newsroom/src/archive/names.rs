//! What a facet is called, for readers.

use super::{Facet, FacetKind};
use crate::catalogue::all;
use crate::error::Error;
use crate::newsroom::Newsroom;
use sitrep_model::actor::Actor;
use sitrep_model::campaign::Campaign;
use sitrep_model::desk::Desk;
use sitrep_model::place::Place;
use sitrep_model::source::Source;
use sitrep_store::Versioned;
use std::collections::HashMap;

/// What a facet is called.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FacetName {
    /// Its name.
    pub name: String,
    /// A line or a paragraph about it: a section's scope, a campaign's objective, an outlet's registered name.
    pub about: Option<String>,
}

impl Newsroom {
    /// The names of a desk's facets of a kind, by their keys.
    pub fn facet_names(&self, desk: &Desk, kind: FacetKind) -> Result<HashMap<String, FacetName>, Error> {
        self.read(|reader| {
            Ok(match kind {
                FacetKind::Section => desk
                    .sections
                    .iter()
                    .map(|section| (section.id.to_string(), named(&section.title, Some(&section.scope))))
                    .collect(),
                FacetKind::Campaign => {
                    let campaigns: Vec<Campaign> = all(reader, Some(&desk.id))?;
                    campaigns.into_iter().map(|c| (c.id.to_string(), named(&c.title, Some(&c.objective)))).collect()
                }
                FacetKind::Outlet => {
                    let sources: Vec<Source> = all(reader, Some(&desk.id))?;
                    let hosts = sources.iter().flat_map(|source| source.hosts.iter().map(move |host| (host, source)));
                    hosts.map(|(host, source)| (host.clone(), named(host, Some(&source.name)))).collect()
                }
                FacetKind::Actor => {
                    let actors: Vec<Actor> = all(reader, Some(&desk.id))?;
                    actors.into_iter().map(|a| (a.id.to_string(), named(&a.name, a.note.as_ref()))).collect()
                }
                FacetKind::Place => {
                    let places: Vec<Place> = all(reader, None)?;
                    let within = |place: &Place| (!place.admin.is_empty()).then(|| place.admin.join(", "));
                    places.into_iter().map(|p| (p.id.to_string(), named(&p.name, within(&p).as_ref()))).collect()
                }
            })
        })
    }

    /// What one facet is called; its key where the register has lost it.
    pub fn facet_name(&self, desk: &Desk, facet: &Facet) -> Result<FacetName, Error> {
        let found = match facet {
            Facet::Actor(id) => self.read(|reader| Ok(reader.get::<Actor>(id.as_str())?))?.map(|found| {
                let Versioned { value: actor, .. } = found;
                named(&actor.name, actor.note.as_ref())
            }),
            Facet::Place(id) => self.read(|reader| Ok(reader.get::<Place>(id.as_str())?))?.map(|found| {
                let place = found.value;
                let within = (!place.admin.is_empty()).then(|| place.admin.join(", "));
                named(&place.name, within.as_ref())
            }),
            Facet::Section(_) => self.facet_names(desk, FacetKind::Section)?.remove(facet.key()),
            Facet::Campaign(_) => self.facet_names(desk, FacetKind::Campaign)?.remove(facet.key()),
            Facet::Outlet(_) => self.facet_names(desk, FacetKind::Outlet)?.remove(facet.key()),
        };
        Ok(found.unwrap_or_else(|| named(facet.key(), None)))
    }
}

fn named(name: &str, about: Option<&String>) -> FacetName {
    FacetName { name: name.to_owned(), about: about.filter(|about| !about.trim().is_empty()).cloned() }
}
