//! Which language a text is in: by script, then by letters and small words that only one of its languages has.

use crate::script::{self, Script};

/// Small words that tell languages of one script apart.
const SMALL_WORDS: &[(&str, &[&str])] = &[
    (
        "en",
        &[
            "the", "of", "and", "to", "in", "is", "that", "for", "with", "on", "was", "by", "from", "says", "after",
            "as", "at",
        ],
    ),
    ("de", &["der", "die", "das", "und", "ist", "nicht", "mit", "von", "den", "im", "ein", "eine", "auf", "nach"]),
    ("fr", &["le", "la", "les", "et", "des", "est", "du", "une", "dans", "pour", "que", "sur", "au", "par"]),
    ("es", &["el", "los", "las", "del", "que", "en", "una", "por", "con", "para", "como", "más", "y"]),
    ("it", &["il", "di", "che", "della", "per", "una", "nel", "con", "sono", "gli", "alla"]),
    ("pt", &["o", "os", "uma", "não", "em", "para", "com", "dos", "ao", "pelo"]),
    ("nl", &["het", "een", "van", "niet", "op", "zijn", "voor", "met", "dat"]),
    ("tr", &["ve", "bir", "bu", "için", "ile", "da", "de", "olarak", "daha", "sonra", "gibi"]),
    ("ru", &["и", "в", "не", "на", "что", "с", "по", "из", "к", "от", "о", "это", "для", "его", "при"]),
    ("uk", &["і", "в", "не", "на", "що", "з", "та", "до", "у", "про", "це", "від", "за", "як", "є"]),
    ("bg", &["и", "на", "се", "да", "от", "за", "с", "е", "не", "са", "това", "че"]),
    (
        "fa",
        &["و", "در", "به", "از", "که", "این", "را", "با", "است", "برای", "آن", "می", "شد", "های", "بر", "خود", "کرد"],
    ),
    ("ar", &["في", "من", "على", "إلى", "أن", "عن", "التي", "الذي", "مع", "هذا", "هذه", "بعد", "قال", "كان", "لا", "ما"]),
    ("ur", &["کے", "کی", "میں", "ہے", "اور", "سے", "کا", "کو", "نے", "پر", "ہیں"]),
    ("ckb", &["لە", "بۆ", "بە", "کە", "ئەو", "لەگەڵ", "دا", "و"]),
    ("ps", &["د", "په", "چې", "او", "ته", "کې", "له", "دی", "سره"]),
];

/// Letters that only one language of their script has.
const OWN_LETTERS: &[(&str, &str)] = &[
    ("fa", "پچژگ"),
    ("ar", "ةىيكأإؤ"),
    ("ur", "ٹڈڑںےہھ"),
    ("ckb", "ێۆڵڕەڤ"),
    ("ps", "ښځڅړډټڼۍ"),
    ("ru", "ыэё"),
    ("uk", "іїєґ"),
    ("tr", "ığş"),
    ("de", "äß"),
    ("es", "ñ¿¡"),
    ("pt", "ãõ"),
    ("fr", "èêçœ"),
];

/// Languages that a script's texts can be in.
const BY_SCRIPT: &[(Script, &[&str])] = &[
    (Script::Arabic, &["fa", "ar", "ur", "ckb", "ps"]),
    (Script::Cyrillic, &["ru", "uk", "bg"]),
    (Script::Latin, &["en", "de", "fr", "es", "it", "pt", "nl", "tr"]),
    (Script::Hebrew, &["he"]),
    (Script::Greek, &["el"]),
    (Script::Armenian, &["hy"]),
    (Script::Georgian, &["ka"]),
    (Script::Devanagari, &["hi"]),
    (Script::Thai, &["th"]),
    (Script::Hangul, &["ko"]),
    (Script::Kana, &["ja"]),
    (Script::Han, &["zh"]),
];

/// The language of a text (BCP 47) and how sure that is, 0 to 1; `None` for a text without letters.
pub fn detect(text: &str) -> Option<(&'static str, f64)> {
    let sample: String = text.chars().take(20_000).collect();
    let mut counts: Vec<(Script, usize)> = Vec::new();
    for script in sample.chars().map(script::of).filter(|script| !matches!(script, Script::Common | Script::Other)) {
        match counts.iter_mut().find(|(known, _)| *known == script) {
            Some((_, count)) => *count += 1,
            None => counts.push((script, 1)),
        }
    }
    let letters: usize = counts.iter().map(|(_, count)| count).sum();
    let kana = counts.iter().any(|(script, count)| *script == Script::Kana && count * 10 > letters);
    let (script, _) = counts.into_iter().max_by_key(|(_, count)| *count)?;
    let script = if kana && script == Script::Han { Script::Kana } else { script };
    let (_, languages) = BY_SCRIPT.iter().find(|(known, _)| *known == script)?;
    let words: Vec<String> = sample
        .split(|c: char| !c.is_alphabetic() && c != '\u{200C}')
        .filter(|w| !w.is_empty())
        .map(str::to_lowercase)
        .collect();
    let mut scores: Vec<(&'static str, f64)> = languages.iter().map(|l| (*l, score(l, &sample, &words))).collect();
    scores.sort_by(|a, b| b.1.total_cmp(&a.1));
    let (best, top) = *scores.first()?;
    let second = scores.get(1).map_or(0.0, |(_, score)| *score);
    let sure = if scores.len() == 1 { 1.0 } else { (0.5 + (top - second) / (2.0 * (top + second).max(1.0))).min(1.0) };
    Some((best, sure))
}

fn score(language: &str, sample: &str, words: &[String]) -> f64 {
    let small = SMALL_WORDS.iter().find(|(l, _)| *l == language).map_or(&[] as &[&str], |(_, words)| words);
    let own = OWN_LETTERS.iter().find(|(l, _)| *l == language).map_or("", |(_, letters)| letters);
    let hits = words.iter().filter(|word| small.contains(&word.as_str())).count() as f64;
    let letters = sample.chars().filter(|c| own.contains(*c)).count() as f64;
    // `ال` opens every other Arabic noun, `ی` and `ک` are Persian code points.
    let extra = match language {
        "ar" => words.iter().filter(|word| word.starts_with("ال") && word.chars().count() > 3).count() as f64,
        "fa" => sample.chars().filter(|c| matches!(c, 'ی' | 'ک' | '\u{200C}')).count() as f64 * 0.3,
        _ => 0.0,
    };
    hits * 2.0 + letters + extra
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_headlines_are_told_apart() {
        for (text, language) in [
            ("Iran and Syria agree on the rail link", "en"),
            ("وزیر راه: خط آهن تا پایان سال تکمیل می‌شود", "fa"),
            ("اجتماع مفاجئ في دمشق لبحث الملف", "ar"),
            ("Сирия и Иран подписали соглашение", "ru"),
            ("Президент заявив, що зустріч відбудеться", "uk"),
            ("שר הביטחון ביקר בגבול הצפון", "he"),
            ("Bakan, görüşmenin bir hafta sonra olacağını söyledi", "tr"),
        ] {
            assert_eq!(detect(text).map(|d| d.0), Some(language), "{text}");
        }
        assert_eq!(detect("1234 …"), None);
    }
}
