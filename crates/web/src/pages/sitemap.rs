//! Every public page, for search engines (sitemaps.org 0.90): an index, and for each desk its standing pages and its editions
//! year by year.

use super::{Answer, facets::SHELVES};
use crate::app::App;
use crate::text::{escape, segment};
use axum::extract::{Path, Query, State};
use axum::http::header;
use axum::response::IntoResponse;
use serde::Deserialize;
use sitrep_model::edition::EditionState;
use sitrep_model::id::DeskId;
use std::collections::BTreeMap;

const NAMESPACE: &str = "xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\"";

#[derive(Debug, Default, Deserialize)]
pub(crate) struct Asked {
    year: Option<i16>,
}

/// The index: for each desk its standing pages and one map for each year.
pub(crate) async fn index(State(app): State<App>) -> Answer {
    let xml = app
        .ask(|newsroom| {
            let mut xml = format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<sitemapindex {NAMESPACE}>\n");
            let base = newsroom.base();
            for desk in newsroom.desks()? {
                let map = format!("{base}/{}/sitemap.xml", segment(desk.id.as_str()));
                xml.push_str(&format!("<sitemap><loc>{}</loc></sitemap>\n", escape(&map)));
                let mut years: BTreeMap<i16, String> = BTreeMap::new();
                for line in newsroom.archive_days(&desk.id, None)? {
                    let changed = years.entry(line.date.year()).or_default();
                    *changed = std::mem::take(changed).max(line.changed.to_string());
                }
                for (year, changed) in years.into_iter().rev() {
                    let map = escape(&format!("{map}?year={year}"));
                    xml.push_str(&format!("<sitemap><loc>{map}</loc><lastmod>{changed}</lastmod></sitemap>\n"));
                }
            }
            xml.push_str("</sitemapindex>\n");
            Ok(xml)
        })
        .await?;
    Ok(([(header::CONTENT_TYPE, "application/xml")], xml).into_response())
}

/// A desk's standing pages, or its editions of a year.
pub(crate) async fn desk(State(app): State<App>, Path(id): Path<String>, Query(asked): Query<Asked>) -> Answer {
    let desk = app.desk(&id).await?;
    let xml = app
        .ask(move |newsroom| {
            let mut xml = format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset {NAMESPACE}>\n");
            let home = format!("{}/{}", newsroom.base(), segment(desk.id.as_str()));
            let mut line = |path: &str, changed: Option<String>| {
                let changed = changed.map(|at| format!("<lastmod>{at}</lastmod>")).unwrap_or_default();
                xml.push_str(&format!("<url><loc>{}</loc>{changed}</url>\n", escape(&format!("{home}{path}"))));
            };
            match asked.year {
                Some(year) => editions(newsroom, &desk.id, year, &mut line)?,
                None => {
                    for part in ["", "/map", "/assessments", "/archive", "/calendar", "/since", "/sources"] {
                        line(part, None);
                    }
                    for shelf in &SHELVES {
                        line(&format!("/{}", shelf.path), None);
                        for facet in newsroom.archive_facets(&desk.id, shelf.kind, None)? {
                            line(&format!("/{}/{}", shelf.path, segment(facet.facet.key())), None);
                        }
                    }
                }
            }
            xml.push_str("</urlset>\n");
            Ok(xml)
        })
        .await?;
    Ok(([(header::CONTENT_TYPE, "application/xml")], xml).into_response())
}

fn editions(
    newsroom: &sitrep_newsroom::Newsroom,
    desk: &DeskId,
    year: i16,
    line: &mut dyn FnMut(&str, Option<String>),
) -> Result<(), sitrep_newsroom::Error> {
    for edition in newsroom.archive_days(desk, None)? {
        if edition.date.year() == year && edition.state != EditionState::TakenDown {
            line(&format!("/editions/{}", segment(&edition.slug)), Some(edition.changed.to_string()));
        }
    }
    Ok(())
}
