//! Where on a page something stands, by elements and their names.

use super::scan;
use aho_corasick::AhoCorasick;
use std::sync::LazyLock;

/// A place: a set of properties, those of the elements around included.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Place(u16);

impl Place {
    /// Its name speaks of a time: `date`, `published`, `time`.
    pub(super) const DATED: Self = Self(1);
    /// Its name speaks of what stands beside a headline: `meta`, `byline`.
    pub(super) const BESIDE: Self = Self(1 << 1);
    /// Its name speaks of a change: `updated`.
    pub(super) const CHANGED: Self = Self(1 << 2);
    /// Readers' comments.
    pub(super) const COMMENT: Self = Self(1 << 3);
    /// What is not the report: lists of others, navigation, side columns.
    pub(super) const ASIDE: Self = Self(1 << 4);
    /// The foot of the page.
    pub(super) const FOOTER: Self = Self(1 << 5);
    /// `article`, `main`, or what is named so.
    pub(super) const REPORT: Self = Self(1 << 6);
    /// Says that it is the time of publication: `itemprop=datePublished`, `pubdate`, `abbr.published`.
    pub(super) const PUBLISHED: Self = Self(1 << 7);
    /// A `time` element.
    pub(super) const TIME: Self = Self(1 << 8);

    pub(super) const fn has(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    pub(super) const fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether an element with these properties of its own is looked at as a whole.
    pub(super) const fn is_marked(self) -> bool {
        self.has(Self::DATED.with(Self::PUBLISHED).with(Self::TIME).with(Self::BESIDE).with(Self::CHANGED))
    }

    /// The same, taken to be the report's.
    pub(super) const fn without_elsewhere(self) -> Self {
        Self(self.0 & !(Self::COMMENT.0 | Self::ASIDE.0 | Self::FOOTER.0))
    }

    /// Whether it belongs to something else than the report.
    pub(super) const fn is_elsewhere(self) -> bool {
        // The foot of a report says when it was published.
        let own = self.has(Self::PUBLISHED) || self.has(Self::REPORT) && self.has(Self::TIME);
        self.has(Self::COMMENT.with(Self::ASIDE)) || self.has(Self::FOOTER) && !own
    }
}

/// The properties that an element has of its own.
pub(super) fn of(element: Element, attributes: &str) -> Place {
    let mut place = element.place;
    // The page itself is named after what it holds.
    if attributes.len() < 5 || element.page {
        return place;
    }
    for (key, value) in scan::attributes(attributes) {
        match key.len() {
            2 if key.eq_ignore_ascii_case("id") => place = place.with(by_name(value)),
            5 if key.eq_ignore_ascii_case("class") => place = place.with(by_name(value)),
            8 if key.eq_ignore_ascii_case("itemprop") => place = place.with(by_property(value)),
            8 if key.eq_ignore_ascii_case("property") => place = place.with(by_property(value)),
            7 if key.eq_ignore_ascii_case("pubdate") => place = place.with(Place::PUBLISHED),
            4 if key.eq_ignore_ascii_case("role") && value.eq_ignore_ascii_case("main") => {
                place = place.with(Place::REPORT);
            }
            8 if key.eq_ignore_ascii_case("datetime") => place = place.with(Place::DATED),
            10 if key.eq_ignore_ascii_case("data-utime") => place = place.with(Place::DATED),
            _ => {}
        }
    }
    // `<aside class="meta">` stands beside the report and is about it.
    let own = element.place.has(Place::ASIDE) && place.has(Place::BESIDE.with(Place::DATED));
    if own || !element.container { Place(place.0 & !Place::ASIDE.0) } else { place }
}

/// What an element is, by its name.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Element {
    pub(super) place: Place,
    /// Stands inside a line.
    pub(super) inline: bool,
    /// Has no content.
    pub(super) void: bool,
    /// Says what the page is about.
    pub(super) title: bool,
    /// Holds others.
    pub(super) container: bool,
    /// The page as a whole.
    pub(super) page: bool,
}

/// Looks an element up.
pub(super) fn element(name: &str) -> Element {
    let mut lower = [0_u8; 12];
    let Some(lower) = lower.get_mut(..name.len()) else { return Element::default() };
    lower.copy_from_slice(name.as_bytes());
    lower.make_ascii_lowercase();
    let inline = |place| Element { place, inline: true, ..Element::default() };
    let container = |place| Element { place, container: true, ..Element::default() };
    match &*lower {
        b"time" => inline(Place::TIME),
        b"a" | b"abbr" | b"acronym" | b"b" | b"bdi" | b"bdo" | b"big" | b"cite" | b"em" | b"font" | b"i" | b"ins"
        | b"label" | b"mark" | b"nobr" | b"s" | b"small" | b"span" | b"strong" | b"sub" | b"sup" | b"tt" | b"u" => {
            inline(Place::default())
        }
        b"img" | b"wbr" => Element { void: true, ..inline(Place::default()) },
        b"area" | b"base" | b"br" | b"col" | b"embed" | b"hr" | b"input" | b"link" | b"meta" | b"param" | b"source"
        | b"track" => Element { void: true, ..Element::default() },
        b"h1" | b"h2" | b"h3" | b"title" => Element { title: true, ..Element::default() },
        b"article" => container(Place::REPORT),
        b"main" => Element { place: Place::REPORT, ..Element::default() },
        b"aside" | b"nav" | b"blockquote" => container(Place::ASIDE),
        b"footer" => Element { place: Place::FOOTER, ..Element::default() },
        b"div" | b"section" | b"ul" | b"ol" | b"li" | b"dl" | b"table" | b"td" | b"header" | b"form" => {
            container(Place::default())
        }
        b"body" | b"html" => Element { page: true, ..Element::default() },
        _ => Element::default(),
    }
}

fn by_property(value: &str) -> Place {
    let value = value.to_ascii_lowercase();
    if value.contains("datepublished") || value.contains("dc:date") || value.contains("dc:created") {
        Place::PUBLISHED
    } else if value.contains("datemodified") {
        Place::CHANGED.with(Place::DATED)
    } else if value.contains("datecreated") || value == "uploaddate" {
        Place::DATED
    } else if value == "comment" {
        Place::COMMENT
    } else {
        Place::default()
    }
}

/// Parts of names, and what they say. All are looked for in names in lower case.
const NAMES: &[(&str, Place)] = &[
    ("date", Place::DATED),
    ("time", Place::DATED),
    ("publish", Place::DATED),
    ("posted", Place::DATED),
    ("pubd", Place::DATED),
    ("released", Place::DATED),
    ("datum", Place::DATED),
    ("fecha", Place::DATED),
    ("tarih", Place::DATED),
    ("tarix", Place::DATED),
    ("zeit", Place::DATED),
    ("created", Place::DATED),
    ("submitted", Place::DATED),
    ("dateline", Place::DATED),
    ("meta", Place::BESIDE),
    ("byline", Place::BESIDE),
    ("info", Place::BESIDE),
    ("author", Place::BESIDE),
    ("updated", Place::CHANGED),
    ("modified", Place::CHANGED),
    ("update", Place::CHANGED),
    ("revis", Place::CHANGED),
    ("comment", Place::COMMENT),
    ("respond", Place::COMMENT),
    ("disqus", Place::COMMENT),
    ("sidebar", Place::ASIDE),
    ("related", Place::ASIDE),
    ("recommend", Place::ASIDE),
    ("widget", Place::ASIDE),
    ("popular", Place::ASIDE),
    ("latest", Place::ASIDE),
    ("recent", Place::ASIDE),
    ("similar", Place::ASIDE),
    ("trending", Place::ASIDE),
    ("archive", Place::ASIDE),
    ("calendar", Place::ASIDE),
    ("ticker", Place::ASIDE),
    ("carousel", Place::ASIDE),
    ("teaser", Place::ASIDE),
    ("promo", Place::ASIDE),
    ("read-more", Place::ASIDE),
    ("readmore", Place::ASIDE),
    ("footer", Place::FOOTER),
    ("copyright", Place::FOOTER),
];

static PARTS: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| {
    AhoCorasick::builder().ascii_case_insensitive(true).build(NAMES.iter().map(|(part, _)| part)).ok()
});

fn by_name(value: &str) -> Place {
    let mut place = Place::default();
    let Some(parts) = PARTS.as_ref().filter(|_| value.len() <= 400) else { return place };
    let (mut dates, mut updates) = (0, 0);
    for found in parts.find_overlapping_iter(value) {
        let Some((part, says)) = NAMES.get(found.pattern().as_usize()) else { continue };
        dates += u8::from(*part == "date");
        updates += u8::from(*part == "update");
        place = place.with(*says);
    }
    if place.0 == 0 {
        return place;
    }
    // `update` ends as `date` does.
    if updates > 0 && dates == updates {
        place = Place(place.0 & !Place::DATED.0).with(Place::CHANGED);
    }
    // The foot of a report is not the foot of the page.
    if place.has(Place::FOOTER) && ["post-", "entry-", "article-"].iter().any(|part| value.contains(part)) {
        place = Place(place.0 & !Place::FOOTER.0);
    }
    place
}
