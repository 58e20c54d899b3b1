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
    "cookie",
    "cookies",
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
    "hidden",
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
    "paywall",
    "popular",
    "popup",
    "postmeta",
    "premium",
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
    "tweet",
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
    "paywall",
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

/// Calls an element something beside the report.
pub(super) fn is_aside(element: &Element) -> bool {
    let words = words_of(element);
    if words.is_empty() {
        return false;
    }
    let joined: String = words.concat();
    if SURELY_REPORT.iter().any(|name| joined.contains(name))
        && !joined.contains("footer")
        && !joined.contains("related")
    {
        return false;
    }
    let mut aside = false;
    for word in &words {
        if ASIDE.contains(&word.as_str()) || ASIDE_PARTS.iter().any(|part| word.contains(part)) {
            aside = true;
        }
    }
    if !aside {
        return false;
    }
    // `article with-sidebar` is the article; `article-sidebar` is not: the word of a name that counts is its last.
    !names_of(element).any(is_report_name)
}

/// A name that ends in a word for the report (`page-content`), or modifies one (`has-sidebar` beside `post`).
fn is_report_name(name: &str) -> bool {
    let words = split(name);
    let clean =
        !words.iter().any(|word| ASIDE.contains(&word.as_str()) || ASIDE_PARTS.iter().any(|part| word.contains(part)));
    clean && words.last().is_some_and(|word| REPORT.contains(&word.as_str()))
}

/// How strongly the element's names speak for (positive) or against (negative) a report.
pub(super) fn weight(element: &Element) -> f64 {
    let words = words_of(element);
    let mut weight = 0.0;
    if words.iter().any(|word| ASIDE.contains(&word.as_str()) || ASIDE_PARTS.iter().any(|part| word.contains(part))) {
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

fn names_of(element: &Element) -> impl Iterator<Item = &str> {
    [element.attr("class"), element.attr("id")].into_iter().flatten().flat_map(str::split_whitespace).take(24)
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
