//! Cyrillic text in an encoding that nobody named. The common ones are told apart by the detector; two that it does not
//! know, those of old Macintosh and DOS systems (Mac Cyrillic, IBM 855), by how well the text reads as words.

use encoding_rs::{Encoding, IBM866, ISO_8859_5, KOI8_R, KOI8_U, WINDOWS_1251, WINDOWS_1252, X_MAC_CYRILLIC};

/// The upper half of IBM code page 855.
const IBM_855: &str = "ђЂѓЃёЁєЄѕЅіІїЇјЈљЉњЊћЋќЌўЎџЏюЮъЪаАбБцЦдДеЕфФгГ«»░▒▓│┤хХиИ╣║╗╝йЙ┐└┴┬├─┼кК╚╔╩╦╠═╬¤лЛмМнНоОп┘┌█▄Пя▀ЯрРсСтТуУжЖвВьЬ№\u{AD}ыЫзЗшШэЭщЩчЧ§■\u{A0}";

/// An encoding of Cyrillic text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Cyrillic {
    Standard(&'static Encoding),
    Ibm855,
}

/// Letters of Russian by their frequency, the most frequent first, with those of its neighbours behind.
const BY_FREQUENCY: &str = "оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъё";

/// Bytes that are looked at, at most.
const SAMPLE: usize = 16 * 1024;

/// Reads bytes of IBM code page 855.
pub(super) fn ibm_855(bytes: &[u8]) -> String {
    let upper: Vec<char> = IBM_855.chars().collect();
    let read = |byte: u8| match byte {
        0..=0x7F => char::from(byte),
        _ => upper.get(usize::from(byte - 0x80)).copied().unwrap_or(char::REPLACEMENT_CHARACTER),
    };
    bytes.iter().map(|byte| read(*byte)).collect()
}

/// Whether what was guessed may be Cyrillic in another encoding: it is Cyrillic already, or Western letters in the runs
/// that only another alphabet has.
pub(super) fn may_be(guessed: &'static Encoding, bytes: &[u8]) -> bool {
    if [WINDOWS_1251, KOI8_U, KOI8_R, IBM866, ISO_8859_5, X_MAC_CYRILLIC].contains(&guessed) {
        return true;
    }
    let sample = bytes.get(..SAMPLE).unwrap_or(bytes);
    let upper = sample.iter().filter(|byte| **byte >= 0x80).count();
    let paired = sample.windows(2).filter(|pair| pair[0] >= 0x80 && pair[1] >= 0x80).count();
    guessed == WINDOWS_1252 && paired * 4 > upper * 3
}

/// The encoding in which bytes read as Cyrillic words; `None` where they do in none.
pub(super) fn guess(bytes: &[u8]) -> Option<Cyrillic> {
    let sample = bytes.get(..SAMPLE).unwrap_or(bytes);
    let upper = sample.iter().filter(|byte| **byte >= 0x80).count();
    if upper < 8 {
        return None;
    }
    let standard = [WINDOWS_1251, KOI8_U, IBM866, ISO_8859_5, X_MAC_CYRILLIC].map(|encoding| {
        let (text, _) = encoding.decode_without_bom_handling(sample);
        (Cyrillic::Standard(encoding), score(&text))
    });
    let all = standard.into_iter().chain([(Cyrillic::Ibm855, score(&ibm_855(sample)))]);
    let (best, score) = all.max_by(|a, b| a.1.total_cmp(&b.1))?;
    // Russian scores about -3; other alphabets, read as Cyrillic, far less.
    (score > -5.0).then_some(best)
}

/// How well a text reads: the mean over its characters that are not ASCII of how common each is where it stands.
fn score(text: &str) -> f64 {
    let (mut sum, mut count) = (0.0, 0_u32);
    let mut before = ' ';
    for c in text.chars() {
        if !c.is_ascii() {
            count += 1;
            let lower = c.to_lowercase().next().unwrap_or(c);
            let rank = BY_FREQUENCY.chars().position(|letter| letter == lower);
            sum += match rank {
                // About what a frequency falling by rank gives.
                Some(rank) if c == lower => -(1.0 + rank as f64).log2().max(1.0),
                // A capital opens a word, or stands in one of capitals.
                Some(_) if before.is_lowercase() => -14.0,
                Some(rank) => -(1.0 + rank as f64).log2() - 2.0,
                None if matches!(lower, 'і' | 'ї' | 'є' | 'ґ' | 'ў') => -6.0,
                None if matches!(c, '«' | '»' | '—' | '–' | '“' | '”' | '„' | '№' | '…' | '\u{A0}') => {
                    -4.0
                }
                None => -14.0,
            };
        }
        before = c;
    }
    if count == 0 { f64::MIN } else { sum / f64::from(count) }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "Президент заявил, что встреча состоится на следующей неделе. Яблоки и ягоды продают у реки.";

    #[test]
    fn words_tell_the_encodings_apart() {
        for encoding in [WINDOWS_1251, KOI8_U, IBM866, ISO_8859_5, X_MAC_CYRILLIC] {
            let (bytes, _, _) = encoding.encode(TEXT);
            assert_eq!(guess(&bytes), Some(Cyrillic::Standard(encoding)));
        }
        let upper: Vec<char> = IBM_855.chars().collect();
        let byte = |c: char| match upper.iter().position(|known| *known == c) {
            Some(at) => 0x80 + u8::try_from(at).unwrap(),
            None => u8::try_from(u32::from(c)).unwrap(),
        };
        let bytes: Vec<u8> = TEXT.chars().map(byte).collect();
        assert_eq!(guess(&bytes), Some(Cyrillic::Ibm855));
        assert_eq!(ibm_855(&bytes), TEXT);
    }

    #[test]
    fn western_letters_stand_alone_and_are_left_alone() {
        let text = "Après l’été, les députés français ont voté à l’Assemblée générale déjà réunie.";
        let (bytes, _, _) = WINDOWS_1252.encode(text);
        assert!(!may_be(WINDOWS_1252, &bytes));
        let (bytes, _, _) = X_MAC_CYRILLIC.encode(TEXT);
        assert!(may_be(WINDOWS_1252, &bytes));
    }
}
