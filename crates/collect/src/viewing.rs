//! A captured page as a safe page of its own: its structure and words, and nothing that runs, loads or leads away.

mod dressing;
mod marking;
mod sheets;
mod writing;

use crate::warc::Requisites;
use crate::{charset, fragment, html};
use dressing::Dress;
use sitrep_model::citation::Passage;
use url::Url;

/// Nothing is loaded, whatever should have escaped the writer.
const POLICY: &str =
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'";

/// What holds for a page in its own style sheets, too.
const OURS: &str = "mark{background:#ffe48a;color:#000}";

const STYLE: &str = "body{max-inline-size:46rem;margin:1rem auto;padding-inline:1rem;font:1.05rem/1.6 serif;overflow-wrap:break-word}\
table{border-collapse:collapse}td,th{padding:.2rem .4rem;vertical-align:top;text-align:start}pre{white-space:pre-wrap}\
.picture,.left-out{color:#666;font-size:.9em}.link{text-decoration:underline dotted}mark{background:#ffe48a;color:inherit}";

/// The page that a body holds, stand-alone: sanitised, links shown with their addresses but not to be followed, pictures
/// replaced by their descriptions, nothing loaded from outside. The passage stands in `<mark id="passage">`.
pub fn page(body: &[u8], content_type: Option<&str>, url: &str, passage: Option<&Passage>) -> String {
    dressed(body, content_type, url, passage, &Requisites::default())
}

/// The same with what was captured of its requisites: pictures and style sheets are answered out of them, within the page
/// itself, and from nowhere else.
pub fn dressed(
    body: &[u8],
    content_type: Option<&str>,
    url: &str,
    passage: Option<&Passage>,
    requisites: &Requisites,
) -> String {
    let base = Url::parse(url).ok();
    let top_level = base.as_ref().and_then(Url::host_str).and_then(|host| host.rsplit('.').next());
    let kind = content_type.unwrap_or_default().split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let readable =
        kind.is_empty() || kind.starts_with("text/") || ["html", "xml", "json"].iter().any(|name| kind.contains(name));
    if crate::extract::docx::is_docx(body)
        && let Ok(text) = crate::extract::docx::words(body)
    {
        return plain_page(url, &preformatted(&text, passage));
    }
    if crate::extract::pdf::is_pdf(body) {
        return match crate::extract::pdf::words(body) {
            Ok(text) => plain_page(url, &preformatted(&text, passage)),
            Err(error) => {
                let note = format!("PDF ({} bytes): {error}", body.len());
                plain_page(url, &format!("<p class=\"left-out\">{}</p>", escaped(&note)))
            }
        };
    }
    if !readable {
        let note = format!("<p class=\"left-out\">{} ({} bytes)</p>", escaped(&kind), body.len());
        return plain_page(url, &note);
    }
    let decoded = charset::decode(body, content_type, top_level);
    let plain = kind == "text/plain" || kind.contains("json") || !decoded.text.contains('<');
    if plain {
        let mut end = decoded.text.len().min(html::LONGEST);
        while !decoded.text.is_char_boundary(end) {
            end -= 1;
        }
        return plain_page(url, &preformatted(&decoded.text[..end], passage));
    }
    let tree = html::parse(&decoded.text);
    let root = tree.root_element();
    let dress = Dress::of(requisites);
    let style = dress.as_ref().map(|dress| dress.sheets(&tree, base.as_ref())).filter(|style| !style.is_empty());
    let style = style.map_or_else(|| STYLE.to_owned(), |style| format!("{style}{OURS}"));
    let mut attributes = String::new();
    for name in ["lang", "dir"] {
        let written = root.attr(name).or_else(|| crate::extract::body_of(root).and_then(|body| body.attr(name)));
        if let Some(value) = written.filter(|value| value.len() <= 35) {
            attributes.push_str(&format!(" {name}=\"{}\"", escaped(value)));
        }
    }
    let mut of_body = String::new();
    if dress.is_some() {
        dressing::names(root.value(), &mut attributes);
        if let Some(body) = crate::extract::body_of(root) {
            dressing::names(body.value(), &mut of_body);
        }
    }
    wrapped(&attributes, &of_body, url, &style, &writing::body(&tree, base.as_ref(), passage, dress.as_ref()))
}

/// A page without anything of its own around its words.
fn plain_page(url: &str, body: &str) -> String {
    wrapped("", "", url, STYLE, body)
}

/// Words without markup, the passage marked.
fn preformatted(text: &str, passage: Option<&Passage>) -> String {
    let marks = passage.and_then(|passage| marking::place(&[text], passage)).unwrap_or_default();
    let mut out = String::from("<pre dir=\"auto\">");
    marking::write_text(text, 0, &marks, &mut out);
    out + "</pre>"
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    fragment::escape(text, &mut out);
    out
}

fn wrapped(attributes: &str, of_body: &str, url: &str, style: &str, body: &str) -> String {
    format!(
        "<!doctype html>\n<html{attributes}><head><meta charset=\"utf-8\"><meta http-equiv=\"Content-Security-Policy\" content=\"{POLICY}\">\
<meta name=\"referrer\" content=\"no-referrer\"><meta name=\"viewport\" content=\"width=device-width\"><title>{}</title><style>{style}</style></head>\n\
<body{of_body}>{body}</body></html>\n",
        escaped(url)
    )
}

#[cfg(test)]
mod tests;
