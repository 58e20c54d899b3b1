//! Directions and languages of texts, and stretches of the other direction within a text.

use serde::Serialize;
use sitrep_language::detect::detect;
use sitrep_language::script::{self, Script};

/// The direction of writing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Direction {
    /// From left to right.
    Ltr,
    /// From right to left.
    Rtl,
}

/// A language with its direction, as Typst wants to know it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Tongue {
    /// Two or three letters.
    pub(crate) lang: String,
    /// Its direction.
    pub(crate) dir: Direction,
}

impl Tongue {
    /// A BCP 47 language; English where it is none.
    pub(crate) fn of_language(language: &str) -> Self {
        let primary = language.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
        let known = matches!(primary.len(), 2 | 3) && primary.chars().all(|c| c.is_ascii_lowercase());
        let lang = if known { primary } else { "en".to_owned() };
        let rtl = matches!(lang.as_str(), "fa" | "ar" | "he" | "ur" | "ps" | "ckb" | "yi" | "sd" | "ug" | "dv" | "syr");
        Self { lang, dir: if rtl { Direction::Rtl } else { Direction::Ltr } }
    }

    /// The language of a text of that direction: the stated one where it fits, else by its letters.
    fn of_text(text: &str, dir: Direction, stated: Option<&str>) -> Self {
        let stated = stated.map(Self::of_language).filter(|tongue| tongue.dir == dir);
        let seen = || detect(text).map(|(lang, _)| Self::of_language(lang)).filter(|tongue| tongue.dir == dir);
        let plain = || {
            let lang = match (dir, script::main(text)) {
                (Direction::Ltr, _) => "en",
                (Direction::Rtl, Script::Hebrew) => "he",
                (Direction::Rtl, _) => "ar",
            };
            Self { lang: lang.to_owned(), dir }
        };
        stated.or_else(seen).unwrap_or_else(plain)
    }
}

/// The direction that most letters of a text are written in; `None` where it has no letters.
fn of_letters(text: &str) -> Option<Direction> {
    match script::main(text) {
        Script::Common => None,
        main if main.is_right_to_left() => Some(Direction::Rtl),
        _ => Some(Direction::Ltr),
    }
}

/// The language of a text whose direction is not that of what it stands in.
pub(crate) fn foreign(text: &str, within: Direction, stated: Option<&str>) -> Option<Tongue> {
    let dir = of_letters(text).filter(|dir| *dir != within)?;
    Some(Tongue::of_text(text, dir, stated))
}

/// A text cut into stretches; those of the other direction with their language. What stands between letters of one
/// direction goes with them; what stands between directions goes with the text around.
pub(crate) fn stretches(text: &str, within: Direction) -> Vec<(&str, Option<Tongue>)> {
    let mut cuts: Vec<(usize, usize)> = Vec::new();
    let mut open = false;
    for (at, c) in text.char_indices() {
        match strong(c) {
            Some(dir) if dir != within => {
                let end = at + c.len_utf8();
                match cuts.last_mut() {
                    Some(last) if open => last.1 = end,
                    _ => cuts.push((at, end)),
                }
                open = true;
            }
            Some(_) => open = false,
            None => {}
        }
    }
    let mut found = Vec::new();
    let mut from = 0;
    for (start, end) in cuts {
        let (Some(before), Some(inside)) = (text.get(from..start), text.get(start..end)) else { continue };
        if !before.is_empty() {
            found.push((before, None));
        }
        let dir = if within == Direction::Ltr { Direction::Rtl } else { Direction::Ltr };
        found.push((inside, Some(Tongue::of_text(inside, dir, None))));
        from = end;
    }
    match text.get(from..) {
        Some(rest) if !rest.is_empty() => found.push((rest, None)),
        _ => {}
    }
    found
}

/// The direction that a character asks for by itself. The digits of Arabic and Persian begin and end a stretch, so that
/// `۱۹ آبان` stays in one piece.
fn strong(c: char) -> Option<Direction> {
    match c {
        '\u{0660}'..='\u{0669}' | '\u{06F0}'..='\u{06F9}' => Some(Direction::Rtl),
        _ => match script::of(c) {
            Script::Common => None,
            script if script.is_right_to_left() => Some(Direction::Rtl),
            _ => Some(Direction::Ltr),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, within: Direction, expected: &[(&str, Option<&str>)]) {
        let found = stretches(text, within);
        let found: Vec<_> =
            found.iter().map(|(text, tongue)| (*text, tongue.as_ref().map(|tongue| tongue.lang.as_str()))).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn a_quotation_is_set_apart_with_its_language() {
        check(
            "wrote «قطارهای باری می‌ایستند» today",
            Direction::Ltr,
            &[("wrote «", None), ("قطارهای باری می‌ایستند", Some("fa")), ("» today", None)],
        );
        check("on ۱۹ آبان, he", Direction::Ltr, &[("on ", None), ("۱۹ آبان", Some("fa")), (", he", None)]);
        check("قال IRNA إن", Direction::Rtl, &[("قال ", None), ("IRNA", Some("en")), (" إن", None)]);
        check("שלום", Direction::Ltr, &[("שלום", Some("he"))]);
        check("12 — 3", Direction::Ltr, &[("12 — 3", None)]);
        check("", Direction::Ltr, &[]);
    }

    #[test]
    fn languages_that_are_none_are_english() {
        assert_eq!(Tongue::of_language("fa-IR"), Tongue { lang: "fa".to_owned(), dir: Direction::Rtl });
        for bad in ["", "\"#x", "q", "ÄÖ", "abcd"] {
            assert_eq!(Tongue::of_language(bad).lang, "en", "{bad}");
        }
    }
}
