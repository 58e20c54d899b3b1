//! Lists of subscriptions as other programs write them: OPML 1.0 and 2.0.

use crate::feed::lenient::Lenient;
use std::collections::BTreeSet;
use std::fmt::Write as _;

/// Subscriptions of a list, at most.
const MOST: usize = 20_000;

/// One subscription.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Subscription {
    /// The feed's address.
    pub feed: String,
    /// Its name.
    pub title: String,
    /// The page that it belongs to.
    pub page: Option<String>,
    /// BCP 47 language.
    pub language: Option<String>,
    /// The names of the folders that it stands in, outermost first.
    pub folders: Vec<String>,
}

/// Why a text is no list of subscriptions.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// Another format, or nothing.
    #[error("this is no OPML: give a file that begins with <opml>")]
    NotOpml,
    /// A list without feeds.
    #[error("this OPML names no feeds: each needs an <outline> with an xmlUrl")]
    Empty,
}

/// Reads a list, however it is written; the same feed twice is one.
pub fn read(bytes: &[u8]) -> Result<Vec<Subscription>, Error> {
    let text = crate::charset::decode(bytes, Some("text/xml"), None).text;
    let tree = Lenient::read(&text);
    if tree.first().as_deref() != Some("opml") {
        return Err(Error::NotOpml);
    }
    let (mut found, mut seen) = (Vec::new(), BTreeSet::new());
    for outline in tree.all("outline") {
        let word = |name: &str| tree.attribute(outline, name);
        let Some(feed) = word("xmlUrl").filter(|url| url.starts_with("http")) else { continue };
        if found.len() >= MOST {
            break;
        }
        if !seen.insert(feed.clone()) {
            continue;
        }
        let title = word("title").or_else(|| word("text")).unwrap_or_else(|| feed.clone());
        found.push(Subscription {
            feed,
            title,
            page: word("htmlUrl"),
            language: word("language"),
            folders: tree.around(outline, "text"),
        });
    }
    if found.is_empty() { Err(Error::Empty) } else { Ok(found) }
}

/// Writes a list; `title` is its name. Folders come from the first folder of each subscription.
pub fn write(title: &str, subscriptions: &[Subscription]) -> String {
    let mut folders: Vec<&str> = subscriptions.iter().map(folder).collect();
    folders.sort_unstable();
    folders.dedup();
    let mut out = format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<opml version=\"2.0\">\n<head><title>{}</title></head>\n<body>\n",
        escaped(title)
    );
    for name in folders {
        if !name.is_empty() {
            let _ = writeln!(out, "<outline text=\"{0}\" title=\"{0}\">", escaped(name));
        }
        for one in subscriptions.iter().filter(|one| folder(one) == name) {
            let _ = write!(
                out,
                "<outline type=\"rss\" text=\"{0}\" title=\"{0}\" xmlUrl=\"{1}\"",
                escaped(&one.title),
                escaped(&one.feed)
            );
            for (name, value) in [("htmlUrl", &one.page), ("language", &one.language)] {
                if let Some(value) = value {
                    let _ = write!(out, " {name}=\"{}\"", escaped(value));
                }
            }
            out.push_str("/>\n");
        }
        if !name.is_empty() {
            out.push_str("</outline>\n");
        }
    }
    out.push_str("</body>\n</opml>\n");
    out
}

fn folder(one: &Subscription) -> &str {
    one.folders.first().map(String::as_str).unwrap_or_default()
}

/// Characters that XML can't hold are left out.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_again() {
        let one = |feed: &str, title: &str, folder: &str| Subscription {
            feed: feed.to_owned(),
            title: title.to_owned(),
            page: Some("https://outlet.example/?a=1&b=2".to_owned()),
            language: Some("fa".to_owned()),
            folders: if folder.is_empty() { Vec::new() } else { vec![folder.to_owned()] },
        };
        let list = vec![
            one("https://a.example/feed?x=1&y=2", "خبرگزاری \"چکاد\" <1>", ""),
            one("https://b.example/feed", "B & C", "State"),
        ];
        assert_eq!(read(write("A desk", &list).as_bytes()).unwrap(), list);
    }

    #[test]
    fn a_list_as_programs_write_it_is_read() {
        let text = b"<?xml version='1.0'?><OPML version=1.1><body><outline text='News'><outline text='Gulf'>\
            <outline type=rss xmlurl='https://a.example/rss' text='A &amp; co'/></outline></outline>\
            <outline text='A page' type='link' url='https://x.example'/>\
            <outline xmlUrl='https://a.example/rss' text='again'/><outline xmlUrl='javascript:x'/></body>";
        let list = read(text).unwrap();
        assert_eq!(list.len(), 1);
        assert_eq!((list[0].title.as_str(), list[0].folders.join("/").as_str()), ("A & co", "News/Gulf"));
        assert_eq!(read(b"<html></html>"), Err(Error::NotOpml));
        assert_eq!(read(b""), Err(Error::NotOpml));
        assert_eq!(read(b"<opml><body/></opml>"), Err(Error::Empty));
        let deep = format!("<opml>{}", "<outline text='x'>".repeat(50_000));
        assert_eq!(read(deep.as_bytes()), Err(Error::Empty));
    }
}
