//! An article's page, as its outlet's content management system makes it.

use super::answer::HttpAnswer;
use super::article::Article;
use super::markup::{escaped, links};
use super::wording::{self, Wording};
use super::{dates, pages};
use encoding_rs::{Encoding, UTF_8, WINDOWS_1251, WINDOWS_1256};
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};
use sitrep_model::source::Source;

/// The manner of a site.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Template {
    /// A Persian agency: Solar Hijri date in words, Open Graph, no JSON-LD.
    PersianAgency,
    /// An Arabic agency: Islamic and Gregorian date in words, JSON-LD.
    ArabicAgency,
    /// An old Arabic site in windows-1256: tables, hardly any metadata, Gregorian date in words.
    #[serde(rename = "arabic-1256")]
    Arabic1256,
    /// A Russian site: microdata.
    RussianSite,
    /// An old Russian site in windows-1251: bare metadata, paragraphs parted by line breaks.
    #[serde(rename = "russian-1251")]
    Russian1251,
    /// A Hebrew site: JSON-LD in a graph, drop-in boxes between paragraphs.
    HebrewSite,
    /// An English wire: everything there is of metadata.
    EnglishWire,
}

impl Template {
    /// The template of this name, e.g. `persian-agency` or `russian-1251`; for any other name the usual one of the language.
    pub fn of(name: &str, language: &str) -> Self {
        match name {
            "persian-agency" => Self::PersianAgency,
            "arabic-agency" => Self::ArabicAgency,
            "arabic-1256" => Self::Arabic1256,
            "russian-site" => Self::RussianSite,
            "russian-1251" => Self::Russian1251,
            "hebrew-site" => Self::HebrewSite,
            "english-wire" => Self::EnglishWire,
            _ => match language.split('-').next().unwrap_or_default() {
                "fa" => Self::PersianAgency,
                "ar" => Self::ArabicAgency,
                "ru" => Self::RussianSite,
                "he" => Self::HebrewSite,
                _ => Self::EnglishWire,
            },
        }
    }

    const fn charset(self) -> &'static Encoding {
        match self {
            Self::Arabic1256 => WINDOWS_1256,
            Self::Russian1251 => WINDOWS_1251,
            _ => UTF_8,
        }
    }

    /// The header's media type. Two of the sites leave the charset to the page, and one of these to its `meta` element.
    const fn media_type(self) -> &'static str {
        match self {
            Self::Russian1251 => "text/html; charset=windows-1251",
            Self::Arabic1256 | Self::HebrewSite => "text/html",
            _ => "text/html; charset=utf-8",
        }
    }
}

/// What every template is filled from.
pub(super) struct View<'a> {
    pub(super) article: &'a Article,
    pub(super) source: &'a Source,
    pub(super) words: &'static Wording,
    pub(super) zone: TimeZone,
    /// The site's root seen from this page, e.g. `../../../`.
    pub(super) root: String,
}

impl View<'_> {
    pub(super) fn title(&self) -> String {
        escaped(&self.article.title)
    }

    pub(super) fn site(&self) -> String {
        escaped(&self.source.name)
    }

    pub(super) fn own_address(&self) -> String {
        escaped(self.article.url.as_str())
    }

    pub(super) fn lead(&self) -> String {
        escaped(self.article.lead())
    }

    pub(super) fn byline(&self) -> String {
        escaped(&self.article.byline.join("، ")).replace("، ", if self.is_right_to_left() { "، " } else { ", " })
    }

    pub(super) fn section(&self) -> String {
        escaped(self.article.section.as_deref().unwrap_or(self.words.menu[0]))
    }

    pub(super) fn published(&self) -> String {
        dates::with_offset(self.article.published, &self.zone)
    }

    pub(super) fn modified(&self) -> String {
        dates::with_offset(self.article.modified.unwrap_or(self.article.published), &self.zone)
    }

    pub(super) fn is_right_to_left(&self) -> bool {
        matches!(self.article.language.split('-').next(), Some("fa" | "ar" | "he"))
    }

    /// The menu's links.
    pub(super) fn menu(&self) -> Vec<(String, &'static str)> {
        let mut items = vec![(self.root.clone(), self.words.home)];
        items.extend(
            self.words.menu.iter().enumerate().map(|(at, words)| (format!("{}service/{}", self.root, at + 1), *words)),
        );
        items
    }

    /// Links to other pages of the site.
    pub(super) fn others(&self, from: usize, count: usize) -> Vec<(String, &'static str)> {
        let others = self.words.others.iter().enumerate().skip(from).take(count);
        others.map(|(at, words)| (format!("{}news/{}", self.root, 70_410 + at * 17), *words)).collect()
    }
}

/// The page of an article as its outlet's server sends it, as of the moment it was published (or changed last).
pub fn page(article: &Article, source: &Source) -> HttpAnswer {
    let depth = article.url.path().matches('/').count().saturating_sub(1);
    let view = View {
        article,
        source,
        words: wording::of(&article.language),
        zone: dates::zone(source, &article.language),
        root: if depth == 0 { "./".to_owned() } else { "../".repeat(depth) },
    };
    let text = match article.template {
        Template::PersianAgency => pages::persian_agency::render(&view),
        Template::ArabicAgency => pages::arabic_agency::render(&view),
        Template::Arabic1256 => pages::arabic_1256::render(&view),
        Template::RussianSite => pages::russian_site::render(&view),
        Template::Russian1251 => pages::russian_1251::render(&view),
        Template::HebrewSite => pages::hebrew_site::render(&view),
        Template::EnglishWire => pages::english_wire::render(&view),
    };
    let changed = article.modified.unwrap_or(article.published);
    HttpAnswer::text(article.template.media_type(), article.template.charset(), &text, Some(changed))
}

/// The outlet's front page: its newest articles.
pub fn index<'a>(source: &Source, articles: impl IntoIterator<Item = &'a Article>) -> HttpAnswer {
    let mut newest: Vec<&Article> = articles.into_iter().filter(|article| article.source == source.id).collect();
    newest.sort_by(|a, b| (b.published, &b.id).cmp(&(a.published, &a.id)));
    let items: Vec<(String, &str)> = newest
        .iter()
        .map(|article| (article.path().trim_start_matches('/').to_owned(), article.title.as_str()))
        .collect();
    let (name, language) = (escaped(&source.name), escaped(&source.language));
    let text = format!(
        "<!doctype html>\n<html lang=\"{language}\" dir=\"auto\"><head><meta charset=\"utf-8\"><title>{name}</title></head>\n<body><h1>{name}</h1>\n<ul>\n{}</ul>\n</body></html>\n",
        links(&items, "<li dir=\"auto\">", "</li>")
    );
    HttpAnswer::text("text/html; charset=utf-8", UTF_8, &text, newest.first().map(|article| article.published))
}
