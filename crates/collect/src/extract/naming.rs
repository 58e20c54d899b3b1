//! What the class and identifier of an element say about its role on the page.

use scraper::node::Element;

/// Words that name something beside the report, wherever they stand.
const ASIDE: &[&str] = &[
    "ad",
    "ads",
    "adv",
    "advert",
    "adverts",
    "advertisement",
    "advertising",
    "agegate",
    "aside",
    "banner",
    "bio",
    "breadcrumb",
    "breadcrumbs",
    "byline",
    "caption",
    "captions",
    "carousel",
    "combx",
    "comment",
    "comments",
    "community",
    "consent",
    "cookie",
    "cookies",
    "dsgvo",
    "copyright",
    "credit",
    "credits",
    "dateline",
    "disclaimer",
    "disqus",
    "donate",
    "donation",
    "extra",
    "flyout",
    "foot",
    "footer",
    "footnav",
    "gdpr",
    "infobox",
    "jump",
    "keywords",
    "lightbox",
    "login",
    "masthead",
    "menu",
    "meta",
    "metadata",
    "modal",
    "more",
    "mostread",
    "nav",
    "navbar",
    "navigation",
    "newsletter",
    "newsletters",
    "noprint",
    "outbrain",
    "overlay",
    "pager",
    "pagination",
    "popular",
    "popup",
    "postmeta",
    "print",
    "promo",
    "promobox",
    "promos",
    "promotion",
    "rail",
    "readmore",
    "recirc",
    "recirculation",
    "recommend",
    "recommendation",
    "recommendations",
    "recommended",
    "register",
    "registration",
    "related",
    "relatedposts",
    "remark",
    "replies",
    "respond",
    "rss",
    "share",
    "sharebar",
    "sharing",
    "shoutbox",
    "sidebar",
    "sidebars",
    "signup",
    "skip",
    "skyscraper",
    "slideshow",
    "social",
    "sponsor",
    "sponsored",
    "subscribe",
    "subscription",
    "syndication",
    "tag",
    "tags",
    "taboola",
    "teaser",
    "teasers",
    "ticker",
    "timestamp",
    "toc",
    "toolbar",
    "tools",
    "topbar",
    "topics",
    "trending",
    "widget",
    "widgets",
    "author",
    "authors",
    "signoff",
    "correction",
    "newslettersignup",
    "mailinglist",
    "follow",
    "yarpp",
    "jp",
    "zergnet",
    "gallery",
    "mw-editsection",
    "infographic",
    "poll",
    "quiz",
    "survey",
    "readalso",
    "seealso",
    "hatnote",
    "navbox",
    "reflist",
    "audioplayer",
    "player",
    "videoplayer",
    "tooltip",
    "rating",
    "ratings",
    "votes",
    "likes",
    "bookmark",
];

/// Parts of words that say the same.
const ASIDE_PARTS: &[&str] = &[
    "newsletter",
    "breadcrumb",
    "sidebar",
    "outbrain",
    "taboola",
    "sponsor",
    "subscri",
    "comment",
    "recommend",
    "promo",
    "cookie",
    "advert",
    "related",
    "sharing",
    "social",
    "popup",
    "trending",
    "dropdown",
    "byline",
    "mostpopular",
    "lightbox",
    "footer",
    "signup",
];

/// Words that name the report itself: an element with one of them is looked into, whatever else it is called.
const REPORT: &[&str] = &[
    "article",
    "articlebody",
    "articletext",
    "articlecontent",
    "body",
    "content",
    "entry",
    "main",
    "story",
    "storybody",
    "post",
    "text",
    "page",
    "maincontent",
    "bodytext",
    "hentry",
    "container",
    "wrapper",
    "wrap",
    "layout",
    "column",
    "columns",
    "row",
    "col",
    "shadow",
    "grid",
];

/// Words that name the report and nothing else.
const SURELY_REPORT: &[&str] = &[
    "articlebody",
    "articletext",
    "articlecontent",
    "storybody",
    "storytext",
    "storycontent",
    "entrycontent",
    "postcontent",
    "postbody",
    "bodytext",
    "newstext",
    "newsbody",
    "articlecopy",
    "bodycopy",
    "articlebodytext",
    "postentry",
    "contentbody",
    "maincontent",
];

/// Names of these kinds are seldom wrong.
const SURELY_ASIDE: &[&str] = &[
    "consent",
    "dsgvo",
    "optin",
    "comment",
    "disqus",
    "respond",
    "replies",
    "related",
    "recommend",
    "outbrain",
    "taboola",
    "newsletter",
    "signup",
    "subscri",
    "cookie",
    "gdpr",
    "share",
    "sharing",
    "footer",
    "breadcrumb",
    "advert",
    "promo",
    "sponsor",
    "trending",
    "mostread",
    "mostpopular",
    "navbox",
    "navigation",
    "zergnet",
    "yarpp",
    "recirc",
];

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

/// What the element's names call it.
pub(super) fn role(element: &Element) -> Role {
    let words = words_of(element);
    if words.is_empty() {
        return Role::Report;
    }
    let joined: String = words.concat();
    if SURELY_REPORT.iter().any(|name| joined.contains(name))
        && !joined.contains("footer")
        && !joined.contains("related")
    {
        return Role::Report;
    }
    if !words.iter().any(|word| is_aside_word(word)) {
        return Role::Report;
    }
    // `article with-sidebar` is the article; `article-sidebar` is not: the word of a name that counts is its last.
    if names_of(element).any(is_report_name) {
        return Role::Report;
    }
    // What is embedded is quoted: a post, a document.
    if words.iter().any(|word| matches!(word.as_str(), "embed" | "embedded" | "tweet")) {
        return Role::Report;
    }
    if words.iter().any(|word| SURELY_ASIDE.iter().any(|part| word.starts_with(part))) {
        Role::Beside
    } else {
        Role::Doubtful
    }
}

fn is_aside_word(word: &str) -> bool {
    ASIDE.contains(&word) || ASIDE_PARTS.iter().any(|part| word.contains(part))
}

/// A name that ends in a word for the report (`page-content`), or modifies one (`has-sidebar` beside `post`).
fn is_report_name(name: &str) -> bool {
    let words = split(name);
    let clean = !words.iter().any(|word| is_aside_word(word));
    clean && words.last().is_some_and(|word| REPORT.contains(&word.as_str()))
}

/// How strongly the element's names speak for (positive) or against (negative) a report.
pub(super) fn weight(element: &Element) -> f64 {
    let words = words_of(element);
    let mut weight = 0.0;
    if words.iter().any(|word| is_aside_word(word)) {
        weight -= 25.0;
    }
    if words.iter().any(|word| {
        matches!(
            word.as_str(),
            "article" | "body" | "content" | "entry" | "hentry" | "main" | "post" | "text" | "blog" | "story" | "copy"
        ) || word.contains("article")
            || word.contains("content")
    }) {
        weight += 25.0;
    }
    let joined: String = words.concat();
    if SURELY_REPORT.iter().any(|name| joined.contains(name)) {
        weight += 15.0;
    }
    if element.attr("itemprop").is_some_and(|property| property.to_ascii_lowercase().contains("articlebody")) {
        weight += 50.0;
    }
    weight
}

/// Names that only say of an element that it has something, or has it not, are no names of it.
fn names_of(element: &Element) -> impl Iterator<Item = &str> {
    [element.attr("class"), element.attr("id")]
        .into_iter()
        .flatten()
        .flat_map(str::split_whitespace)
        .take(24)
        .filter(|name| !MODIFIERS.iter().any(|start| name.starts_with(start)))
}

const MODIFIERS: &[&str] =
    &["has-", "has_", "no-", "with-", "without-", "hide-", "show-", "is-", "not-", "u-", "js-no"];

/// Names of the summary that some outlets set under a headline: it is about the report, not its beginning.
pub(super) fn is_standfirst(element: &Element) -> bool {
    names_of(element).any(|name| {
        split(name).iter().any(|word| {
            matches!(
                word.as_str(),
                "dek"
                    | "deck"
                    | "standfirst"
                    | "subtitle"
                    | "subheadline"
                    | "subheading"
                    | "subhead"
                    | "subhed"
                    | "summary"
                    | "description"
                    | "teaser"
                    | "excerpt"
                    | "des"
                    | "tagline"
                    | "kicker"
                    | "abstract"
            )
        })
    })
}

/// Names of what is there for screen readers or not shown at all.
pub(super) fn is_hidden(element: &Element) -> bool {
    element.attr("class").is_some_and(|class| {
        class.split_whitespace().any(|name| {
            matches!(
                name,
                "hidden"
                    | "is-hidden"
                    | "visually-hidden"
                    | "visuallyhidden"
                    | "screen-reader-text"
                    | "sr-only"
                    | "u-hidden"
            )
        })
    })
}

fn words_of(element: &Element) -> Vec<String> {
    let mut words: Vec<String> = names_of(element).flat_map(split).collect();
    for attribute in ["data-component", "data-testid", "data-module", "data-type"] {
        if let Some(value) = element.attr(attribute)
            && value.len() < 60
        {
            words.extend(split(value));
        }
    }
    words
}

/// `articleBody`, `article-body`, `article__body` and `ArticleBody` are *article*, *body*.
fn split(name: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut word = String::new();
    let mut before_lower = false;
    for c in name.chars().take(80) {
        if !c.is_alphanumeric() {
            if !word.is_empty() {
                words.push(std::mem::take(&mut word));
            }
            before_lower = false;
            continue;
        }
        if c.is_uppercase() && before_lower && !word.is_empty() {
            words.push(std::mem::take(&mut word));
        }
        before_lower = c.is_lowercase();
        word.extend(c.to_lowercase());
    }
    if !word.is_empty() {
        words.push(word);
    }
    words
}
