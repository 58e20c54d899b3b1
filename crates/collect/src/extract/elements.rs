//! What elements are by their names. It is looked up once for each element of a page: to compare names again and again
//! is dear.

use html5ever::{LocalName, local_name};

/// What an element is by its name; a text is nothing of this.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Kind(u16);

impl Kind {
    /// Stands inside a line.
    pub(super) const INLINE: Self = Self(1);
    /// Holds no text for a reader, or a control's.
    pub(super) const UNSEEN: Self = Self(1 << 1);
    /// Ends a line.
    pub(super) const BREAK: Self = Self(1 << 2);
    /// Set in bold or italics.
    pub(super) const STRONG: Self = Self(1 << 3);
    /// May be a link.
    pub(super) const LINK: Self = Self(1 << 4);
    /// Beside a report by its meaning.
    pub(super) const BESIDE: Self = Self(1 << 5);
    /// Surely so: navigation and captions.
    pub(super) const SURELY_BESIDE: Self = Self(1 << 6);
    /// A heading below the first rank.
    pub(super) const HEADING: Self = Self(1 << 7);
    /// Stands where a page's own report stands.
    pub(super) const MARK: Self = Self(1 << 8);
    /// The page's main element.
    pub(super) const MAIN: Self = Self(1 << 9);
    /// May hold a report whatever its names.
    pub(super) const REPORT: Self = Self(1 << 10);
    /// A list.
    pub(super) const LIST: Self = Self(1 << 11);
    /// A box of any content.
    pub(super) const BOX: Self = Self(1 << 12);

    /// Whether it is one of these.
    pub(super) const fn is(self, others: Self) -> bool {
        self.0 & others.0 != 0
    }

    /// Both.
    pub(super) const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// What an element of a name is.
    pub(super) fn of(name: &LocalName) -> Self {
        match *name {
            local_name!("a") => Self::INLINE.and(Self::LINK),
            local_name!("b") | local_name!("strong") | local_name!("i") | local_name!("em") => {
                Self::INLINE.and(Self::STRONG)
            }
            local_name!("abbr")
            | local_name!("acronym")
            | local_name!("bdi")
            | local_name!("bdo")
            | local_name!("big")
            | local_name!("cite")
            | local_name!("code")
            | local_name!("data")
            | local_name!("del")
            | local_name!("dfn")
            | local_name!("font")
            | local_name!("img")
            | local_name!("ins")
            | local_name!("kbd")
            | local_name!("label")
            | local_name!("mark")
            | local_name!("nobr")
            | local_name!("picture")
            | local_name!("q")
            | local_name!("rb")
            | local_name!("rp")
            | local_name!("rt")
            | local_name!("ruby")
            | local_name!("s")
            | local_name!("samp")
            | local_name!("small")
            | local_name!("source")
            | local_name!("span")
            | local_name!("strike")
            | local_name!("sub")
            | local_name!("sup")
            | local_name!("time")
            | local_name!("tt")
            | local_name!("u")
            | local_name!("var")
            | local_name!("wbr") => Self::INLINE,
            local_name!("applet")
            | local_name!("audio")
            | local_name!("button")
            | local_name!("canvas")
            | local_name!("datalist")
            | local_name!("embed")
            | local_name!("head")
            | local_name!("iframe")
            | local_name!("input")
            | local_name!("link")
            | local_name!("map")
            | local_name!("meta")
            | local_name!("noscript")
            | local_name!("object")
            | local_name!("script")
            | local_name!("select")
            | local_name!("style")
            | local_name!("svg")
            | local_name!("template")
            | local_name!("textarea")
            | local_name!("title")
            | local_name!("video") => Self::UNSEEN,
            local_name!("br") | local_name!("hr") => Self::BREAK,
            local_name!("nav") | local_name!("figcaption") => Self::BESIDE.and(Self::SURELY_BESIDE),
            local_name!("aside")
            | local_name!("dialog")
            | local_name!("fieldset")
            | local_name!("footer")
            | local_name!("menu") => Self::BESIDE,
            local_name!("h1") => Self::MARK,
            local_name!("h2") | local_name!("h3") | local_name!("h4") | local_name!("h5") | local_name!("h6") => {
                Self::HEADING
            }
            local_name!("article") => Self::MARK.and(Self::REPORT),
            local_name!("main") => Self::MARK.and(Self::REPORT).and(Self::MAIN),
            local_name!("p") | local_name!("body") | local_name!("html") => Self::REPORT,
            local_name!("ul") | local_name!("ol") | local_name!("dl") => Self::LIST,
            local_name!("table") | local_name!("div") | local_name!("section") => Self::BOX,
            _ => Self::of_rare(name),
        }
    }

    /// The same for names that HTML does not have.
    fn of_rare(name: &str) -> Self {
        match name {
            "amp-img" => Self::INLINE,
            "amp-ad" | "amp-sidebar" | "math-field" => Self::UNSEEN,
            _ => Self::default(),
        }
    }
}
