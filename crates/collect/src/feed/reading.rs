//! The entries of an XML feed. One reading serves RSS, RDF, Atom and CDF: their elements mean the same, and feeds mix them.

use super::xml::{Space, Tree};
use super::{Entry, Error, Feed, MOST_ENTRIES, authors, value};
use crate::{fragment, time_text};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use url::Url;

pub(super) fn read<'a>(tree: &Tree<'a>, document: Option<&'a Url>) -> Result<Feed, Error> {
    let root = root(tree)?;
    let reader = Reader { tree, document };
    let head = reader.child(root, "channel").unwrap_or(root);
    let mut feed = Feed {
        title: reader.title(head),
        link: reader.link(head),
        language: reader.language(head),
        entries: Vec::new(),
    };
    let inherited = authors::of(tree, head);
    let mut at = root + 1;
    while at < tree.nodes[root].end && feed.entries.len() < MOST_ENTRIES {
        let is_entry = tree.element(at).is_some_and(|element| {
            matches!(element.name.as_ref(), "item" | "entry") && matches!(element.space, Space::Plain | Space::Atom)
        });
        if is_entry {
            let mut entry = reader.entry(at);
            let atom = tree.element(at).is_some_and(|element| element.name == "entry");
            if atom && entry.author.is_empty() {
                entry.author.clone_from(&inherited);
            }
            feed.entries.push(entry);
            at = tree.nodes[at].end;
        } else {
            at += 1;
        }
    }
    Ok(feed)
}

/// The element that is the feed.
fn root(tree: &Tree) -> Result<usize, Error> {
    let mut first = None;
    for index in (0..tree.nodes.len()).take(50) {
        let Some(element) = tree.element(index) else { continue };
        match element.name.as_ref() {
            "rss" | "rdf" | "feed" | "channel" => return Ok(index),
            "html" | "body" | "head" if first.is_none() => return Err(Error::Page),
            name => first = first.or_else(|| Some(name.to_owned())),
        }
    }
    match first {
        Some(name) if matches!(name.as_str(), "item" | "entry") => Ok(0),
        Some(name) => {
            Err(Error::NotAFeed(format!("XML of another kind (<{}>)", name.chars().take(40).collect::<String>())))
        }
        None => Err(Error::NotAFeed("neither XML nor JSON".to_owned())),
    }
}

struct Reader<'t, 'a> {
    tree: &'t Tree<'a>,
    document: Option<&'a Url>,
}

impl Reader<'_, '_> {
    fn is(&self, index: usize, spaces: &[Space], name: &str) -> bool {
        self.tree.element(index).is_some_and(|element| element.name == name && spaces.contains(&element.space))
    }

    fn find(&self, parent: usize, spaces: &[Space], name: &str) -> Option<usize> {
        self.tree.children(parent).find(|child| self.is(*child, spaces, name))
    }

    /// A child of the feed's own vocabulary.
    fn child(&self, parent: usize, name: &str) -> Option<usize> {
        self.find(parent, &[Space::Plain, Space::Atom], name)
    }

    fn text(&self, index: Option<usize>) -> Option<String> {
        let text = fragment::collapse(&self.tree.text(index?));
        (!text.is_empty()).then_some(text)
    }

    fn title(&self, parent: usize) -> Option<String> {
        let own = self.tree.children(parent).filter(|child| self.is(*child, &[Space::Plain, Space::Atom], "title"));
        let others = [Space::Dublin, Space::Media, Space::Itunes].map(|space| self.find(parent, &[space], "title"));
        own.chain(others.into_iter().flatten()).find_map(|title| value::read(self.tree, title, self.document).plain())
    }

    fn language(&self, head: usize) -> Option<String> {
        let written = self.text(self.child(head, "language").or_else(|| self.find(head, &[Space::Dublin], "language")));
        let marked = || {
            self.tree
                .outwards(head)
                .find_map(|element| self.tree.value(element, "xml:lang"))
                .map(|tag| tag.trim().to_owned())
        };
        let tag = written.or_else(marked).map(|tag| tag.replace('_', "-"));
        tag.filter(|tag| !tag.is_empty() && tag.len() <= 35)
    }

    fn address(&self, index: usize, written: &str) -> Option<String> {
        let written = written.trim();
        if written.is_empty() {
            return None;
        }
        fragment::address(written, value::base(self.tree, index, self.document).as_deref())
    }

    /// The page that an element is about.
    fn link(&self, parent: usize) -> Option<String> {
        let mut best: Option<(usize, usize)> = None;
        for child in self.tree.children(parent).filter(|child| self.is(*child, &[Space::Plain, Space::Atom], "link")) {
            let rank = match self.tree.attribute(child, "href") {
                Some(href) if href.trim().is_empty() => continue,
                Some(_) => match self.rank(child) {
                    Some(rank) => rank,
                    None => continue,
                },
                None if self.tree.text(child).trim().is_empty() => continue,
                None if self.tree.attribute(child, "rel").is_none() => 0,
                None => match self.rank(child) {
                    Some(rank) => rank,
                    None => continue,
                },
            };
            // RSS has one link; where it has several, the last is the one that other readers take.
            let plain = self.is(child, &[Space::Plain], "link") && self.tree.attribute(child, "rel").is_none();
            let rank = if plain { 0 } else { rank };
            if best.is_none_or(|(_, known)| rank < known || plain && rank == known) {
                best = Some((child, rank));
            }
        }
        if let Some((link, _)) = best {
            let written = self.tree.attribute(link, "href").unwrap_or_else(|| self.tree.text(link));
            if let Some(address) = self.address(link, &written) {
                return Some(address);
            }
        }
        // CDF keeps the address in an attribute.
        self.tree.attribute(parent, "href").and_then(|href| self.address(parent, &href))
    }

    /// How well an Atom link fits, the lower the better; `None` for one that leads to something else.
    fn rank(&self, link: usize) -> Option<usize> {
        let rel = self
            .tree
            .attribute(link, "rel")
            .map_or_else(|| "alternate".to_owned(), |rel| rel.trim().to_ascii_lowercase());
        let rel = rel.rsplit('/').next().unwrap_or_default();
        let kind = self.tree.attribute(link, "type").map(|kind| kind.trim().to_ascii_lowercase()).unwrap_or_default();
        match (rel, kind.as_str()) {
            ("alternate" | "", "" | "text/html" | "application/xhtml+xml") => Some(1),
            ("alternate" | "", _) => Some(2),
            _ => None,
        }
    }

    fn entry(&self, index: usize) -> Entry {
        let guid = self.child(index, "guid").or_else(|| self.child(index, "id"));
        let about = || {
            self.tree
                .attribute(index, "rdf:about")
                .map(|about| about.trim().to_owned())
                .filter(|about| !about.is_empty())
        };
        let id = guid
            .and_then(|guid| self.identifier(guid))
            .or_else(|| self.text(self.find(index, &[Space::Dublin], "identifier")))
            .or_else(about);
        let published = self.time(
            index,
            &[
                (Space::Plain, "pubdate"),
                (Space::Atom, "published"),
                (Space::Plain, "published"),
                (Space::Atom, "issued"),
                (Space::Plain, "issued"),
                (Space::Dublin, "issued"),
                (Space::Dublin, "created"),
                (Space::Atom, "created"),
                (Space::Plain, "created"),
                (Space::Dublin, "date"),
                (Space::Plain, "date"),
                (Space::Plain, "publicationdate"),
            ],
        );
        let updated = self.time(
            index,
            &[
                (Space::Atom, "updated"),
                (Space::Plain, "updated"),
                (Space::Atom, "modified"),
                (Space::Plain, "modified"),
                (Space::Dublin, "modified"),
                (Space::Plain, "lastbuilddate"),
                (Space::Dublin, "date"),
            ],
        );
        let modified = || self.tree.attribute(index, "lastmod").and_then(|text| time(&text));
        Entry {
            url: self.link(index).or_else(|| self.permanent(guid)).or_else(|| self.elsewhere(index)),
            id,
            title: self.title(index),
            summary: self.summary(index),
            content: self.content(index),
            author: authors::of(self.tree, index),
            published,
            updated: updated.or_else(modified),
        }
    }

    /// An identifier that is also the report's address.
    fn permanent(&self, guid: Option<usize>) -> Option<String> {
        let guid = guid?;
        let permanent =
            self.tree.attribute(guid, "ispermalink").is_none_or(|said| !said.trim().eq_ignore_ascii_case("false"));
        let written =
            self.text(Some(guid)).filter(|text| permanent && text.starts_with("http") && !text.contains(' '))?;
        self.address(guid, &written)
    }

    /// Content that is kept at another address.
    fn elsewhere(&self, index: usize) -> Option<String> {
        let content = self.child(index, "content")?;
        self.tree.attribute(content, "src").and_then(|src| self.address(content, &src))
    }

    /// An identifier as written; a path is made whole, so that it is one outside of its feed too.
    fn identifier(&self, index: usize) -> Option<String> {
        let written = self.text(Some(index))?;
        let whole = written.starts_with('/').then(|| self.address(index, &written)).flatten();
        Some(whole.unwrap_or(written))
    }

    fn html(&self, index: Option<usize>) -> Option<String> {
        value::read(self.tree, index?, self.document).html()
    }

    fn summary(&self, index: usize) -> Option<String> {
        let named =
            ["description", "summary", "abstract"].into_iter().find_map(|name| self.html(self.child(index, name)));
        let others = [
            (Space::Dublin, "description"),
            (Space::Dublin, "abstract"),
            (Space::Itunes, "summary"),
            (Space::Media, "description"),
        ];
        let other =
            |parent: usize| others.iter().find_map(|(space, name)| self.html(self.find(parent, &[*space], name)));
        named.or_else(|| other(index)).or_else(|| self.find(index, &[Space::Media], "group").and_then(other))
    }

    fn content(&self, index: usize) -> Option<String> {
        let places: [(&[Space], &str); 5] = [
            (&[Space::Content], "encoded"),
            (&[Space::Plain, Space::Atom], "content"),
            (&[Space::Plain], "fullitem"),
            (&[Space::Xhtml], "body"),
            (&[Space::Plain], "body"),
        ];
        let named = places.iter().find_map(|(spaces, name)| self.html(self.find(index, spaces, name)));
        // RSS with `description` and `summary` means the shorter and the longer.
        let second = || self.child(index, "description").and(self.child(index, "summary"));
        named.or_else(|| self.html(second()))
    }

    fn time(&self, parent: usize, places: &[(Space, &str)]) -> Option<Timestamp> {
        places.iter().find_map(|(space, name)| {
            let found = self.tree.children(parent).filter(|child| self.is(*child, &[*space], name));
            found.filter_map(|child| time(&self.tree.text(child))).next()
        })
    }
}

/// A point in time as feeds write it. What has no zone is in Greenwich's.
pub(super) fn time(text: &str) -> Option<Timestamp> {
    time_text::read(text, &TimeZone::UTC)
}
