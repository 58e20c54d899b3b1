//! What the class and identifier of an element say about its role on the page.

use super::tree::Attributes;
use aho_corasick::{AhoCorasick, AhoCorasickKind};
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

/// What names say, looked up once for each set of names of a page, and once for each name of these sets.
#[derive(Default)]
pub(super) struct Names<'a> {
    known: HashMap<[&'a str; 3], Said, RandomState>,
    single: HashMap<&'a str, Single, RandomState>,
    /// The words of all single names, one after the other.
    letters: String,
    words: Words,
    /// Those of one element.
    singles: Vec<Single>,
}

/// What the names of an element say together.
#[derive(Debug, Clone, Copy)]
pub(super) struct Said {
    /// What they call it.
    pub(super) role: Role,
    /// Whether they say that it is there for screen readers, or not shown at all.
    pub(super) hidden: bool,
}

/// What one name says.
#[derive(Debug, Clone, Copy)]
struct Single {
    says: u8,
    /// Where its words stand in [`Names::letters`].
    start: usize,
    end: usize,
}

impl<'a> Names<'a> {
    /// How strongly the element's names speak for (positive) or against (negative) a report.
    pub(super) fn weight(&mut self, attributes: &Attributes<'a>) -> f64 {
        let says = self.says(attributes);
        let all = self.joined();
        let told = says & IS_TOLD != 0 || all.contains("article") || all.contains("content");
        let against = if says & IS_ASIDE != 0 { -25.0 } else { 0.0 };
        let surely = SURELY_REPORT_NAMES.is_match(&all);
        let body = if attributes.body { 50.0 } else { 0.0 };
        against + if told { 25.0 } else { 0.0 } + if surely { 15.0 } else { 0.0 } + body
    }

    /// What the element's names say it is.
    pub(super) fn said(&mut self, attributes: &Attributes<'a>) -> Said {
        let key = [attributes.class, attributes.id, attributes.data];
        if key == ["", "", ""] {
            return Said { role: Role::Report, hidden: false };
        }
        if let Some(said) = self.known.get(&key) {
            return *said;
        }
        let said = Said { role: self.role(attributes), hidden: is_hidden(attributes.class) };
        self.known.insert(key, said);
        said
    }

    fn role(&mut self, attributes: &Attributes<'a>) -> Role {
        let says = self.says(attributes);
        // What is embedded is quoted: a post, a document.
        if says & IS_ASIDE == 0 || says & (IS_REPORT | IS_EMBEDDED) != 0 {
            return Role::Report;
        }
        let all = self.joined();
        if SURELY_REPORT_NAMES.is_match(&all) && !all.contains("footer") && !all.contains("related") {
            Role::Report
        } else if says & IS_SURELY_ASIDE != 0 {
            Role::Beside
        } else {
            Role::Doubtful
        }
    }

    /// What any of the element's names says.
    fn says(&mut self, attributes: &Attributes<'a>) -> u8 {
        self.singles.clear();
        let mut says = 0;
        for name in names(attributes) {
            let single = self.single(name);
            says |= single.says;
            self.singles.push(single);
        }
        says
    }

    /// The words of all names of the element that was asked for last, one after the other.
    fn joined(&self) -> String {
        self.singles.iter().map(|single| &self.letters[single.start..single.end]).collect()
    }

    fn single(&mut self, name: &'a str) -> Single {
        if let Some(single) = self.single.get(name) {
            return *single;
        }
        self.words.split(name);
        let start = self.letters.len();
        self.letters.push_str(&self.words.joined);
        let single = Single { says: said_by(&self.words), start, end: self.letters.len() };
        self.single.insert(name, single);
        single
    }
}

/// What the words of one name say.
fn said_by(words: &Words) -> u8 {
    let (mut says, mut last) = (0, 0);
    for word in words.iter() {
        last = WORDS.get(word).copied().unwrap_or_default();
        says |= last & !IS_REPORT;
        if begins_surely_aside(word) {
            says |= IS_SURELY_ASIDE;
        }
    }
    if ASIDE_IN_WORDS.is_match(&words.joined) {
        says |= IS_ASIDE;
    }
    // `article with-sidebar` is the article; `article-sidebar` is not: the word of a name that counts is its last.
    if says & IS_ASIDE == 0 { says | last & IS_REPORT } else { says }
}

fn names<'a>(attributes: &Attributes<'a>) -> impl Iterator<Item = &'a str> + use<'a> {
    names_of(attributes).chain(Some(attributes.data).filter(|data| !data.is_empty()))
}

const IS_ASIDE: u8 = 1;
const IS_REPORT: u8 = 2;
const IS_TOLD: u8 = 4;
const IS_EMBEDDED: u8 = 8;
const IS_SURELY_ASIDE: u8 = 16;

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

/// The words of [`SURELY_ASIDE`] by their first letters.
static SURELY_ASIDE_STARTS: LazyLock<HashMap<&[u8], Vec<&str>, RandomState>> = LazyLock::new(|| {
    let mut starts: HashMap<&[u8], Vec<&str>, RandomState> = HashMap::default();
    for word in list(SURELY_ASIDE) {
        starts.entry(&word.as_bytes()[..SHORTEST_START]).or_default().push(word);
    }
    starts
});

/// The shortest word of [`SURELY_ASIDE`] has so many letters.
const SHORTEST_START: usize = 4;

fn begins_surely_aside(word: &str) -> bool {
    let first = word.as_bytes().get(..SHORTEST_START);
    let starts = first.and_then(|first| SURELY_ASIDE_STARTS.get(first));
    starts.is_some_and(|starts| starts.iter().any(|start| word.starts_with(start)))
}

static ASIDE_IN_WORDS: LazyLock<Any> = LazyLock::new(|| Any::of(ASIDE_PARTS));
static SURELY_REPORT_NAMES: LazyLock<Any> = LazyLock::new(|| Any::of(SURELY_REPORT));

/// Whether any of some words stands in a text.
struct Any(Option<AhoCorasick>);

impl Any {
    fn of(words: &'static str) -> Self {
        // Names are so short that looking for where a word may begin is not worth it.
        let builder = AhoCorasick::builder().prefilter(false).kind(Some(AhoCorasickKind::DFA)).build(list(words));
        Self(builder.ok())
    }

    fn is_match(&self, text: &str) -> bool {
        self.0.as_ref().is_some_and(|any| any.is_match(text))
    }
}

fn list(words: &'static str) -> impl Iterator<Item = &'static str> {
    words.split(' ').filter(|word| !word.is_empty())
}

/// Names that only say of an element that it has something, or has it not, are no names of it.
fn names_of<'a>(attributes: &Attributes<'a>) -> impl Iterator<Item = &'a str> + use<'a> {
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
    class.split_whitespace().any(|name| {
        matches!(
            name,
            "hidden"
                | "is-hidden"
                | "visually-hidden"
                | "visuallyhidden"
                | "u-hidden"
                | "screen-reader-text"
                | "sr-only"
        )
    })
}

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
