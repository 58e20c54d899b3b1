//! Words by which a document warns that it shows what not everybody can bear.
//!
//! Only warnings count, not what is told: a report of a killing is no picture of it.

use aho_corasick::AhoCorasick;
use sitrep_language::fold;
use std::sync::LazyLock;

/// Warnings as outlets and channels write them, in the languages of the example desk.
const WARNINGS: [&str; 34] = [
    "graphic content",
    "graphic footage",
    "graphic images",
    "graphic video",
    "graphic warning",
    "disturbing content",
    "disturbing footage",
    "disturbing images",
    "viewer discretion",
    "sensitive content",
    "nsfw",
    "تصاویر دلخراش",
    "صحنه‌های دلخراش",
    "ویدئوی دلخراش",
    "ویدیوی دلخراش",
    "محتوای دلخراش",
    "حاوی تصاویر ناراحت‌کننده",
    "تصاویر آزاردهنده",
    "صور قاسية",
    "مشاهد قاسية",
    "مشاهد صادمة",
    "صور صادمة",
    "محتوى صادم",
    "محتوى حساس",
    "لقطات قاسية",
    "תמונות קשות",
    "תיעוד קשה",
    "תוכן קשה לצפייה",
    "תוכן גרפי",
    "осторожно жесткие кадры",
    "жесткие кадры",
    "тяжелые кадры",
    "шокирующие кадры",
    "не для слабонервных",
];

/// An age that is written beside what is graphic.
const AGES: [&str; 3] = ["18+", "+18", "21+"];

/// Whether a document's title or text says that it is graphic.
pub fn warns(title: &str, text: &str) -> bool {
    if [title, text].iter().any(|part| AGES.iter().any(|age| stands_alone(part, age))) {
        return true;
    }
    [title, text].iter().any(|part| JOINED.as_ref().is_some_and(|warnings| warnings.is_match(&joined(part))))
}

/// The warnings, each as [`joined`] writes it.
static JOINED: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| AhoCorasick::new(WARNINGS.map(joined)).ok());

/// The words of a text, folded, with one space before and behind each.
fn joined(text: &str) -> String {
    let mut joined = String::with_capacity(text.len() + 2);
    joined.push(' ');
    for (_, word) in fold::spans(text) {
        joined.push_str(&word);
        joined.push(' ');
    }
    joined
}

/// Whether a sign stands by itself: no letter or digit touches it, and it is no sum.
fn stands_alone(text: &str, sign: &str) -> bool {
    text.match_indices(sign).any(|(at, _)| {
        let before = text[..at].chars().next_back();
        let after = text[at + sign.len()..].chars().next();
        let touches = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || matches!(c, '+' | '.' | ',' | '°'));
        !touches(before) && !after.is_some_and(|c| c.is_alphanumeric() || matches!(c, '+' | '°'))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_warning_is_found_in_every_language() {
        for text in [
            "⚠️ Graphic content: the aftermath of the strike.",
            "هشدار: تصاویر دلخراش از محل حادثه",
            "تحذير: مشاهد قاسية من المكان",
            "אזהרה: תמונות קשות",
            "Осторожно, жёсткие кадры!",
            "Видео с места (18+)",
        ] {
            assert!(warns("", text), "{text}");
        }
    }

    #[test]
    fn what_is_told_is_no_picture_of_it() {
        for text in [
            "Three people were killed and their bodies were found in a graphic designer's studio.",
            "The temperature rose to +18°C; the fund gained 18+3 points.",
            "سه نفر کشته شدند",
            "Tel. +1801234",
        ] {
            assert!(!warns(text, text), "{text}");
        }
    }
}
