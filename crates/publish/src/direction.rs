//! The direction of a text, and how a text stands inline among others.

use crate::markup::escape;
use sitrep_language::{script, tag};

/// Whether most letters of a text are written from right to left.
pub(crate) fn is_right_to_left(text: &str) -> bool {
    script::main(text).is_right_to_left()
}

/// A text inline in a page of `page` direction: set apart where its own direction is the other one.
pub(crate) fn inline(text: &str, language: Option<&str>, page: &str) -> String {
    let own = if is_right_to_left(text) { "rtl" } else { "ltr" };
    if own == page {
        return escape(text);
    }
    let language = language.filter(|language| tag::direction(language) == own);
    let lang = language.map(|language| format!(" lang=\"{}\"", escape(language))).unwrap_or_default();
    format!("<bdi dir=\"{own}\"{lang}>{}</bdi>", escape(text))
}
