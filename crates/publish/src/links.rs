//! Which addresses may become links, and where things of a desk are found.

use crate::markup::segment;
use sitrep_editions::Manuscript;
use sitrep_editions::notes::Cited;
use sitrep_language::address;
use sitrep_model::edition::MarkKind;
use sitrep_model::id::{DeskId, EditionId};
use url::Url;

/// An address that a reader may follow: of the web or of a mailbox, and nothing that a browser would run.
pub(crate) fn followable(address: &str) -> Option<String> {
    let address = address.trim();
    let local = address.starts_with('/') && !address.starts_with("//") && !address.contains(['\\', '\n', '\r', '\t']);
    if local {
        return Some(address.to_owned());
    }
    let url = Url::parse(address).ok()?;
    matches!(url.scheme(), "http" | "https" | "mailto").then(|| address.to_owned())
}

/// The same for a plain link in a text: hosts that are printed defanged are not made clickable there either.
pub(crate) fn harmless(address: &str, cited: &Cited) -> Option<String> {
    followable(address).filter(|address| !cited.defanged_hosts.contains(&address::host(address)))
}

/// The path of a desk's edition.
pub(crate) fn edition_path(desk: &DeskId, slug: &str) -> String {
    format!("/{}/editions/{}", segment(desk.as_str()), segment(slug))
}

/// The path of a sentence's threads.
pub(crate) fn sentence_path(desk: &DeskId, sentence: &str) -> String {
    format!("/{}/sentences/{}", segment(desk.as_str()), segment(sentence))
}

/// Where a link or cross reference leads; `root` stands before paths of this installation.
pub(crate) fn of_mark(kind: &MarkKind, manuscript: &Manuscript<'_>, root: &str) -> Option<String> {
    match kind {
        MarkKind::Link { url } => harmless(url, manuscript.cited),
        MarkKind::CrossReference { edition, sentence, url, .. } => {
            let fragment = sentence.as_ref().map(|sentence| format!("#t-{}", segment(sentence.as_str())));
            let kept = edition.as_ref().and_then(|edition| kept_edition(edition, manuscript, root));
            match kept {
                Some(address) => Some(format!("{address}{}", fragment.unwrap_or_default())),
                None => url.as_deref().and_then(|url| harmless(url, manuscript.cited)),
            }
        }
        MarkKind::Bold | MarkKind::Italic => None,
    }
}

fn kept_edition(edition: &EditionId, manuscript: &Manuscript<'_>, root: &str) -> Option<String> {
    let known = manuscript.cited.editions.get(edition)?;
    let here = format!("{}{}", manuscript.base, edition_path(&manuscript.desk.id, &known.slug));
    if known.url.is_empty() || known.url == here {
        return Some(format!("{root}{}", edition_path(&manuscript.desk.id, &known.slug)));
    }
    followable(&known.url)
}

/// A picture's address that a page may show.
pub(crate) fn picture(address: &str) -> Option<String> {
    let data = address.starts_with("data:image/png;base64,") || address.starts_with("data:image/jpeg;base64,");
    let quoted = address.contains(['"', '<', '>', ' ', '\n']);
    if data && !quoted {
        return Some(address.to_owned());
    }
    followable(address).filter(|address| !address.starts_with("mailto:"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_browser_would_run_is_no_link() {
        for bad in [
            "javascript:alert(1)",
            " JavaScript:alert(1)",
            "data:text/html,x",
            "//evil.example",
            "vbscript:x",
            "",
            "/\\evil",
        ] {
            assert_eq!(followable(bad), None, "{bad}");
        }
        for good in ["https://example.org/a?b=1&c", "mailto:a@example.org", "/iran/editions/x"] {
            assert_eq!(followable(good).as_deref(), Some(good));
        }
        assert_eq!(picture("data:image/svg+xml,<svg onload=alert(1)>"), None);
    }
}
