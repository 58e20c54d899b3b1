//! What the class and identifier of an element say about its role on the page.

use super::tree::Attributes;
use aho_corasick::AhoCorasick;
use foldhash::fast::RandomState;
use std::collections::HashMap;
use std::sync::LazyLock;

/// Words that name something beside the report, wherever they stand.
const ASIDE: &str = "\
    ad ads adv advert adverts advertisement advertising agegate aside banner bio breadcrumb breadcrumbs byline \
    caption captions carousel combx comment comments community consent cookie cookies dsgvo copyright credit \
    credits dateline disclaimer disqus donate donation extra flyout foot footer footnav gdpr infobox jump \
    keywords lightbox login masthead menu meta metadata modal more mostread nav navbar navigation newsletter \
    newsletters noprint outbrain overlay pager pagination popular popup postmeta print promo promobox promos \
    promotion rail readmore recirc recirculation recommend recommendation recommendations recommended register \
    registration related relatedposts remark replies respond rss share sharebar sharing shoutbox sidebar \
    sidebars signup skip skyscraper slideshow social sponsor sponsored subscribe subscription syndication tag \
    tags taboola teaser teasers ticker timestamp toc toolbar tools topbar topics trending widget widgets author \
    authors signoff correction newslettersignup mailinglist follow yarpp jp zergnet gallery editsection \
    infographic poll quiz survey readalso seealso hatnote navbox reflist audioplayer player videoplayer tooltip \
    rating ratings votes likes bookmark";

/// Parts of words that say the same.
const ASIDE_PARTS: &str = "\
    newsletter breadcrumb sidebar outbrain taboola sponsor subscri comment recommend promo cookie advert \
    related sharing social popup trending dropdown byline mostpopular lightbox footer signup";

/// Words that name the report itself: an element with one of them is looked into, whatever else it is called.
const REPORT: &str = "\
    article articlebody articletext articlecontent body content entry main story storybody post text page \
    maincontent bodytext hentry container wrapper wrap layout column columns row col shadow grid";

/// Words that name the report and nothing else.
const SURELY_REPORT: &str = "\
    articlebody articletext articlecontent storybody storytext storycontent entrycontent postcontent postbody \
    bodytext newstext newsbody articlecopy bodycopy articlebodytext postentry contentbody maincontent";

/// Names of these kinds are seldom wrong.
const SURELY_ASIDE: &str = "\
    consent dsgvo optin comment disqus respond replies related recommend outbrain taboola newsletter signup \
    subscri cookie gdpr share sharing footer breadcrumb advert promo sponsor trending mostread mostpopular \
    navbox navigation zergnet yarpp recirc";

/// What an element is by its names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// Of the report, or of no kind.
    Report,
    /// Beside the report as far as such names go.
    Doubtful,
    /// Something else.
    Beside,
}

/// What names say, looked up once for each set of names of a page.
#[derive(Default)]
pub(super) struct Names<'a> {
    known: HashMap<[&'a str; 3], Said, RandomState>,
}

#[derive(Debug, Clone, Copy)]
struct Said {
    role: Role,
    weight: f64,
    hidden: bool,
}

impl<'a> Names<'a> {
    /// What the element's names call it.
    pub(super) fn role(&mut self, attributes: &Attributes<'a>) -> Role {
        self.said(attributes).role
    }

    /// How strongly the element's names speak for (positive) or against (negative) a report.
    pub(super) fn weight(&mut self, attributes: &Attributes<'a>) -> f64 {
        self.said(attributes).weight + if attributes.is_body() { 50.0 } else { 0.0 }
    }

    /// Whether its names say that it is there for screen readers, or not shown at all.
    pub(super) fn are_of_hidden(&mut self, attributes: &Attributes<'a>) -> bool {
        self.said(attributes).hidden
    }

    fn said(&mut self, attributes: &Attributes<'a>) -> Said {
        let key = [attributes.class, attributes.id, attributes.data];
        if key == ["", "", ""] {
            return Said { role: Role::Report, weight: 0.0, hidden: false };
        }
        *self.known.entry(key).or_insert_with(|| said(attributes))
    }
}

fn said(attributes: &Attributes) -> Said {
    let mut all = String::new();
    let (mut aside, mut told, mut report) = (false, false, false);
    let mut words = Words::default();
    for name in names(attributes) {
        words.split(name);
        let mut last = 0;
        let mut clean = !ASIDE_IN_WORDS.is_match(&words.joined);
        for word in words.iter() {
            last = WORDS.get(word).copied().unwrap_or_default();
            clean &= last & IS_ASIDE == 0;
            told |= last & IS_TOLD != 0;
            report |= last & IS_EMBEDDED != 0;
        }
        // `article with-sidebar` is the article; `article-sidebar` is not: the word of a name that counts is its last.
        report |= clean && last & IS_REPORT != 0;
        aside |= !clean;
        all.push_str(&words.joined);
    }
    told |= all.contains("article") || all.contains("content");
    let surely = SURELY_REPORT_NAMES.is_match(&all);
    let weight = if aside { -25.0 } else { 0.0 } + if told { 25.0 } else { 0.0 } + if surely { 15.0 } else { 0.0 };
    // What is embedded is quoted: a post, a document.
    let report = !aside || report || surely && !all.contains("footer") && !all.contains("related");
    let role = if report {
        Role::Report
    } else if names(attributes).any(|name| {
        words.split(name);
        words.iter().any(|word| SURELY_ASIDE_STARTS.iter().any(|start| word.starts_with(start)))
    }) {
        Role::Beside
    } else {
        Role::Doubtful
    };
    Said { role, weight, hidden: is_hidden(attributes.class) }
}

fn names<'a>(attributes: &Attributes<'a>) -> impl Iterator<Item = &'a str> {
    names_of(attributes).chain(Some(attributes.data).filter(|data| !data.is_empty()))
}

const IS_ASIDE: u8 = 1;
const IS_REPORT: u8 = 2;
const IS_TOLD: u8 = 4;
const IS_EMBEDDED: u8 = 8;

/// What each known word says.
static WORDS: LazyLock<HashMap<&str, u8, RandomState>> = LazyLock::new(|| {
    let mut words = HashMap::default();
    for (list, says) in [(ASIDE, IS_ASIDE), (REPORT, IS_REPORT), (TOLD, IS_TOLD), ("embed embedded tweet", IS_EMBEDDED)]
    {
        for word in self::list(list) {
            *words.entry(word).or_insert(0) |= says;
        }
    }
    words
});

/// Words in a name of what holds a report.
const TOLD: &str = "article body content entry hentry main post text blog story copy";

static SURELY_ASIDE_STARTS: LazyLock<Vec<&str>> = LazyLock::new(|| list(SURELY_ASIDE).collect());
static ASIDE_IN_WORDS: LazyLock<Any> = LazyLock::new(|| Any::of(ASIDE_PARTS));
static SURELY_REPORT_NAMES: LazyLock<Any> = LazyLock::new(|| Any::of(SURELY_REPORT));

/// Whether any of some words stands in a text.
struct Any(Option<AhoCorasick>);

impl Any {
    fn of(words: &'static str) -> Self {
        Self(AhoCorasick::new(list(words)).ok())
    }

    fn is_match(&self, text: &str) -> bool {
        self.0.as_ref().is_some_and(|any| any.is_match(text))
    }
}

fn list(words: &'static str) -> impl Iterator<Item = &'static str> {
    words.split(' ').filter(|word| !word.is_empty())
}

/// Names that only say of an element that it has something, or has it not, are no names of it.
fn names_of<'a>(attributes: &Attributes<'a>) -> impl Iterator<Item = &'a str> {
    [attributes.class, attributes.id]
        .into_iter()
        .flat_map(str::split_whitespace)
        .take(24)
        .filter(|name| !(name.contains(['-', '_']) && MODIFIERS.iter().any(|start| name.starts_with(start))))
}

const MODIFIERS: &[&str] =
    &["has-", "has_", "no-", "with-", "without-", "hide-", "show-", "is-", "not-", "u-", "js-no"];

/// Names of the summary that some outlets set under a headline: it is about the report, not its beginning.
pub(super) fn is_standfirst(attributes: &Attributes) -> bool {
    let mut words = Words::default();
    names_of(attributes).any(|name| {
        words.split(name);
        words.iter().any(|word| STANDFIRST.split(' ').any(|name| name == word))
    })
}

const STANDFIRST: &str = "dek deck standfirst subtitle subheadline subheading subhead subhed summary description teaser \
    excerpt des tagline kicker abstract";

/// Names of what is there for screen readers or not shown at all.
fn is_hidden(class: &str) -> bool {
    class.contains("idden") && class.split_whitespace().any(|name| HIDDEN.contains(&name))
        || class.contains("reader") && class.split_whitespace().any(|name| name == "screen-reader-text")
        || class.split_whitespace().any(|name| name == "sr-only")
}

const HIDDEN: &[&str] = &["hidden", "is-hidden", "visually-hidden", "visuallyhidden", "u-hidden"];

/// The words of a name, in lower case: `articleBody`, `article-body`, `article__body` are *article*, *body*.
#[derive(Default)]
struct Words {
    /// One after the other.
    joined: String,
    ends: Vec<usize>,
}

impl Words {
    fn split(&mut self, name: &str) {
        self.joined.clear();
        self.ends.clear();
        let mut before_lower = false;
        if name.is_ascii() {
            for byte in name.bytes().take(80) {
                if !byte.is_ascii_alphanumeric() || before_lower && byte.is_ascii_uppercase() {
                    self.end();
                }
                before_lower = byte.is_ascii_lowercase();
                if byte.is_ascii_alphanumeric() {
                    self.joined.push(char::from(byte.to_ascii_lowercase()));
                }
            }
            self.end();
            return;
        }
        for c in name.chars().take(80) {
            if !c.is_alphanumeric() {
                self.end();
                before_lower = false;
                continue;
            }
            if before_lower && c.is_uppercase() {
                self.end();
            }
            before_lower = c.is_lowercase();
            self.joined.extend(c.to_lowercase());
        }
        self.end();
    }

    fn end(&mut self) {
        if self.ends.last().copied().unwrap_or_default() < self.joined.len() {
            self.ends.push(self.joined.len());
        }
    }

    fn iter(&self) -> impl Iterator<Item = &str> {
        let mut start = 0;
        self.ends.iter().map(move |end| {
            let word = &self.joined[start..*end];
            start = *end;
            word
        })
    }
}
