//! Addresses as they are printed: whole, or defanged in one of the spellings teams use.

use crate::offsets::Offsets;
use regex::Regex;
use sitrep_model::desk::Defanging;
use std::sync::LazyLock;

/// An address found in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// First code point.
    pub start: usize,
    /// Behind the last code point.
    pub end: usize,
    /// As it stands there.
    pub printed: String,
    /// Whole again.
    pub url: String,
    /// How it was defanged, as printed (`[.]`, ` [dot] `, ` dot `, `hxxp` …); `None` where it was not.
    pub spelling: Option<String>,
}

/// Every spelling of a dot that is not a dot.
const DOT: &str = r"(?: ?\[\.\] ?| ?\(\.\) ?| ?\{\.\} ?| ?\[ ?dot ?\] ?| ?\( ?dot ?\) ?| ?\{ ?dot ?\} ?| dot )";

static ADDRESS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let label = r"[\p{L}\p{N}_\-]+";
    let host = format!(r"{label}(?:(?:\.|{DOT}){label})*");
    let path = r#"(?:[/?#][^\s<>"“”]*)?"#;
    let colon = r"(?::|\[:\]|\(:\))";
    let slashes = r"(?://|\[//\])";
    let pattern = format!(
        r"(?i)(?:h(?:tt|xx|\*\*)ps?{colon}{slashes}(?:[^\s/@]+@)?{host}(?::\d+)?{path}|(?:www\.|www{DOT}){host}{path}|{label}(?:{DOT}{label})+{path}|{label}(?:(?:\.|{DOT}){label})*(?:\.|{DOT})[a-z]{{2,12}}/[^\s<>]*)"
    );
    Regex::new(&pattern).ok()
});

static DEFANGED_DOT: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(&format!("(?i){DOT}")).ok());

/// Every address in a text, whole or defanged, in order. Words with ` dot ` between them count only behind a scheme or
/// `www`.
pub fn addresses(text: &str) -> Vec<Found> {
    let Some(pattern) = ADDRESS.as_ref() else {
        return Vec::new();
    };
    let offsets = Offsets::new(text);
    pattern
        .find_iter(text)
        .filter_map(|found| {
            let printed = trim_end(found.as_str());
            let bare =
                !printed.contains("://") && !printed.to_lowercase().starts_with("www") && !printed.contains("[:]");
            if bare && (printed.contains(" dot ") && !printed.contains('/')) {
                return None;
            }
            let refanged = refang(printed)?;
            Some(Found {
                start: offsets.code_point(found.start()),
                end: offsets.code_point(found.start() + printed.len()),
                printed: printed.to_owned(),
                url: refanged.url,
                spelling: refanged.spelling,
            })
        })
        .collect()
}

/// An address without the punctuation of the sentence around it.
fn trim_end(printed: &str) -> &str {
    let mut printed = printed;
    loop {
        let shorter = printed.trim_end_matches(['.', ',', ';', ':', '!', '?', '\'', '’', '”', '»', '،', '؛', '|']);
        let shorter = match shorter.chars().last() {
            Some(')') if shorter.matches('(').count() < shorter.matches(')').count() => &shorter[..shorter.len() - 1],
            Some(']') if shorter.matches('[').count() < shorter.matches(']').count() => &shorter[..shorter.len() - 1],
            _ => shorter,
        };
        if shorter.len() == printed.len() {
            return printed;
        }
        printed = shorter;
    }
}

/// An address made whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refanged {
    /// The address, with a scheme.
    pub url: String,
    /// How it was defanged, as printed; `None` where it was not.
    pub spelling: Option<String>,
}

/// The whole address behind a printed one; `None` if it is none.
pub fn refang(printed: &str) -> Option<Refanged> {
    let printed = printed.trim();
    let mut spelling = None;
    let (scheme, rest) = split_scheme(printed, &mut spelling);
    let has_scheme = rest.len() < printed.len();
    let end_of_host = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (host, path) = rest.split_at(end_of_host);
    let mut whole_host = host.to_owned();
    // Each spelling of a dot has one of these.
    if host.contains(['[', '(', '{', ' '])
        && let Some(pattern) = DEFANGED_DOT.as_ref()
    {
        if let Some(found) = pattern.find(host) {
            spelling = Some(found.as_str().to_owned());
        }
        whole_host = pattern.replace_all(host, ".").into_owned();
    }
    // Some desks defang dots in the path as well.
    let whole_path = path.replace("[.]", ".").replace("[dot]", ".");
    if spelling.is_none() && whole_path != path {
        spelling = Some("[.]".to_owned());
    }
    let top = whole_host.rsplit('.').next().unwrap_or_default();
    // Behind a scheme any host will do, `localhost` too; without one it must look like a name on the internet.
    let named = whole_host.contains('.') && top.chars().count() >= 2 && top.chars().all(char::is_alphabetic);
    let bounded = !whole_host.is_empty() && !whole_host.starts_with('.') && whole_host.len() < 512;
    let blank = whole_host.contains(char::is_whitespace) || whole_path.contains(char::is_whitespace);
    let valid = bounded && !blank && (named || has_scheme);
    valid.then(|| Refanged { url: format!("{scheme}://{whole_host}{whole_path}"), spelling })
}

/// Whether an address is printed so that it can't be clicked.
pub fn is_defanged(printed: &str) -> bool {
    refang(printed).is_some_and(|refanged| refanged.spelling.is_some())
}

fn split_scheme<'a>(printed: &'a str, spelling: &mut Option<String>) -> (&'static str, &'a str) {
    for (written, scheme) in [
        ("https://", "https"),
        ("http://", "http"),
        ("hxxps://", "https"),
        ("hxxp://", "http"),
        ("h**ps://", "https"),
        ("https[:]//", "https"),
        ("http[:]//", "http"),
        ("hxxps[:]//", "https"),
        ("hxxp[:]//", "http"),
        ("https[://]", "https"),
        ("https(:)//", "https"),
    ] {
        let head = printed.get(..written.len());
        if head.is_some_and(|head| head.eq_ignore_ascii_case(written)) {
            if written.contains(['x', '[', '*', '(']) {
                *spelling = Some(written.to_owned());
            }
            return (scheme, &printed[written.len()..]);
        }
    }
    ("https", printed)
}

/// The address with the dots of its host spelt so that it is never made clickable.
pub fn defang(url: &str, spelling: Defanging) -> String {
    let dot = match spelling {
        Defanging::Bracketed => "[.]",
        Defanging::BracketedWord => " [dot] ",
        Defanging::Word => " dot ",
    };
    let start = url.find("://").map_or(0, |at| at + 3);
    let end = url[start..].find(['/', '?', '#']).map_or(url.len(), |at| start + at);
    // The last dot alone would do; every dot is what readers of such notes expect of a host without `www`.
    let host = &url[start..end];
    let (prefix, host) = host.strip_prefix("www.").map_or(("", host), |host| ("www.", host));
    format!("{}{prefix}{}{}", &url[..start], host.replace('.', dot), &url[end..])
}

/// The host of an address, lower case, without `www.`; empty where there is none.
pub fn host(url: &str) -> String {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let host = host.rsplit('@').next().unwrap_or_default().split(':').next().unwrap_or_default().to_lowercase();
    host.strip_prefix("www.").map(str::to_owned).unwrap_or(host)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_spelling_is_made_whole() {
        for (printed, whole) in [
            ("https://sana [dot] sy/?p=1919175", "https://sana.sy/?p=1919175"),
            ("https://www.isna dot ir/news/1402030100152", "https://www.isna.ir/news/1402030100152"),
            ("hxxps://t[.]me/s/name", "https://t.me/s/name"),
            ("https://farsnews(.)ir/x", "https://farsnews.ir/x"),
            ("www.tasnimnews[.]com/fa", "https://www.tasnimnews.com/fa"),
            ("https://example.com/a#:~:text=one%20two", "https://example.com/a#:~:text=one%20two"),
        ] {
            assert_eq!(refang(printed).map(|r| r.url).as_deref(), Some(whole), "{printed}");
        }
        assert_eq!(refang("not an address"), None);
        assert_eq!(refang("e.g."), None);
        assert!(is_defanged("https://www.irna [dot] ir/news/1/%D8%AA") && !is_defanged("https://irna.ir/"));
        assert_eq!(refang("http://127.0.0.1:8080/x").map(|r| r.url).as_deref(), Some("http://127.0.0.1:8080/x"));
    }

    #[test]
    fn addresses_are_found_in_running_text() {
        let text = "See https://sana [dot] sy/?p=1 ; https://t.me/x/12, and (https://a.example/b).";
        let found: Vec<_> = addresses(text).into_iter().map(|f| f.url).collect();
        assert_eq!(found, ["https://sana.sy/?p=1", "https://t.me/x/12", "https://a.example/b"]);
    }

    #[test]
    fn defanging_comes_back_whole() {
        for spelling in [Defanging::Bracketed, Defanging::BracketedWord, Defanging::Word] {
            let printed = defang("https://www.irna.ir/news/85/a.b", spelling);
            assert_ne!(printed, "https://www.irna.ir/news/85/a.b");
            assert_eq!(refang(&printed).map(|r| r.url).as_deref(), Some("https://www.irna.ir/news/85/a.b"));
        }
    }
}
