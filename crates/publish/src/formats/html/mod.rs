//! The edition as HTML: the article of a page, and a page of its own that needs nothing from elsewhere.

mod article;
mod notes;
mod prose;

pub(crate) use article::{Setting, article as article_as};

use crate::Error;
use crate::formats::Format;
use crate::markup::escape;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sitrep_editions::Manuscript;
use sitrep_language::tag;

/// The form's entry in the registry.
pub(super) const FORMAT: Format = Format {
    id: "html",
    extension: "html",
    media_type: "text/html; charset=utf-8",
    label: "Page to keep",
    render: page,
};

const STYLES: &str = include_str!("page.css");

/// The edition as the `<article class="edition">` of a page of the installation, in the markup that its style sheets
/// know. Links within the installation start at its root.
pub fn article(manuscript: &Manuscript<'_>) -> String {
    article_as(manuscript, &Setting::site())
}

/// The edition as one page that stands alone: styles and map inside, nothing loaded, nothing run.
///
/// # Errors
/// None at present.
pub fn page(manuscript: &Manuscript<'_>) -> Result<Vec<u8>, Error> {
    let picture = manuscript.picture.map(|picture| format!("data:image/png;base64,{}", STANDARD.encode(&picture.png)));
    let article = article_as(manuscript, &Setting::alone(manuscript, picture));
    let desk = manuscript.desk;
    let language = escape(&desk.language);
    let direction = tag::direction(&desk.language);
    let title = escape(&manuscript.edition.title);
    let address = escape(&manuscript.address());
    let label = label(manuscript);
    let page = format!(
        "<!doctype html>\n<html lang=\"{language}\" dir=\"{direction}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; img-src data: https:\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{title}</title>\n\
         <link rel=\"canonical\" href=\"{address}\">\n<style>\n{STYLES}</style>\n</head>\n<body>\n{label}<main>\n{article}</main>\n\
         <footer><p>{} · <a href=\"{address}\">{address}</a></p></footer>\n</body>\n</html>\n",
        escape(&desk.publisher)
    );
    Ok(page.into_bytes())
}

/// The desk's label, which stands on every page.
pub(crate) fn label(manuscript: &Manuscript<'_>) -> String {
    let label = manuscript.desk.label.as_deref().filter(|label| !label.is_empty());
    label.map(|label| format!("<p class=\"exercise\" role=\"note\">{}</p>\n", escape(label))).unwrap_or_default()
}
