//! What machines ask: robots, sitemap, health.

use super::Answer;
use crate::app::App;
use crate::text::escape;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Redirect};

/// Editions in the sitemap.
const EDITIONS: usize = 5000;

pub(crate) async fn robots(State(app): State<App>) -> Answer {
    let text =
        format!("User-agent: *\nDisallow: /newsroom\nDisallow: /api\nSitemap: {}/sitemap.xml\n", app.newsroom().base());
    Ok(([(header::CONTENT_TYPE, "text/plain; charset=utf-8")], text).into_response())
}

/// Browsers ask for an icon at this address, whatever a page says.
pub(crate) async fn icon() -> Redirect {
    Redirect::to(&crate::assets::href("icon.svg"))
}

pub(crate) async fn sitemap(State(app): State<App>) -> Answer {
    let xml = app
        .ask(|newsroom| {
            let mut xml = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n");
            let base = newsroom.base().to_owned();
            let mut line = |path: &str, changed: Option<String>| {
                let changed = changed.map(|at| format!("<lastmod>{at}</lastmod>")).unwrap_or_default();
                xml.push_str(&format!("<url><loc>{}</loc>{changed}</url>\n", escape(&format!("{base}{path}"))));
            };
            for desk in newsroom.desks()? {
                for part in ["", "/map", "/assessments", "/archive", "/sources"] {
                    line(&format!("/{}{part}", desk.id), None);
                }
                for edition in newsroom.published(&desk.id, None, EDITIONS, None)?.items {
                    let path = format!("/{}/editions/{}", desk.id, edition.value.slug);
                    line(&path, Some(edition.recorded.to_string()));
                }
            }
            xml.push_str("</urlset>\n");
            Ok(xml)
        })
        .await?;
    Ok(([(header::CONTENT_TYPE, "application/xml")], xml).into_response())
}

pub(crate) async fn health(State(app): State<App>) -> Answer {
    let head = app.head()?;
    Ok(([(header::CACHE_CONTROL, "no-store")], format!("ok, record at {head}\n")).into_response())
}
