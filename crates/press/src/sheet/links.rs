//! Which addresses a reader of the PDF may follow.

use sitrep_editions::Manuscript;
use sitrep_language::address;
use sitrep_model::edition::MarkKind;
use sitrep_model::id::EditionId;
use url::Url;

/// Longest address that becomes a link.
const LONGEST: usize = 4_000;

/// An address on the web or of a mailbox; a path of the installation becomes whole.
pub(crate) fn followable(address: &str, base: &str) -> Option<String> {
    let address = address.trim();
    if address.len() > LONGEST {
        return None;
    }
    let local = address.starts_with('/') && !address.starts_with("//") && !address.contains(['\\', '\n', '\r', '\t']);
    let whole = if local { format!("{base}{address}") } else { address.to_owned() };
    let url = Url::parse(&whole).ok()?;
    matches!(url.scheme(), "http" | "https" | "mailto").then(|| url.to_string())
}

/// The same for a plain link in a text: hosts that are printed defanged are not made clickable there either.
pub(crate) fn harmless(address: &str, manuscript: &Manuscript<'_>) -> Option<String> {
    let defanged = manuscript.cited.defanged_hosts.contains(&address::host(address));
    followable(address, manuscript.base).filter(|_| !defanged)
}

/// Where a link or cross reference leads.
pub(crate) fn of_mark(kind: &MarkKind, manuscript: &Manuscript<'_>) -> Option<String> {
    match kind {
        MarkKind::Link { url } => harmless(url, manuscript),
        MarkKind::CrossReference { edition, sentence, url, .. } => {
            let kept = edition.as_ref().and_then(|edition| kept(edition, manuscript));
            match (kept, sentence) {
                (Some(address), Some(sentence)) => followable(&format!("{address}#t-{sentence}"), manuscript.base),
                (Some(address), None) => Some(address),
                (None, _) => url.as_deref().and_then(|url| harmless(url, manuscript)),
            }
        }
        MarkKind::Bold | MarkKind::Italic => None,
    }
}

fn kept(edition: &EditionId, manuscript: &Manuscript<'_>) -> Option<String> {
    let known = manuscript.cited.editions.get(edition)?;
    if known.url.is_empty() {
        let mut url = Url::parse(manuscript.base).ok()?;
        url.path_segments_mut().ok()?.pop_if_empty().extend([manuscript.desk.id.as_str(), "editions", &known.slug]);
        return Some(url.to_string());
    }
    followable(&known.url, manuscript.base)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_reader_would_run_is_no_link() {
        for bad in ["javascript:alert(1)", "file:///etc/passwd", "//evil.example", "data:text/html,x", "", "/\\evil"] {
            assert_eq!(followable(bad, "https://here.example"), None, "{bad}");
        }
        assert_eq!(followable("/iran/x", "https://here.example").as_deref(), Some("https://here.example/iran/x"));
        assert_eq!(followable("mailto:a@example.org", "").as_deref(), Some("mailto:a@example.org"));
    }
}
