//! Numbers in running text, with the words that multiply them: `۳۵ هزار`, `2.5 million`, `٤٫٥٪`, `3 млн 200 тыс.`
//!
//! Numbers that are written out (`three`, `سه`) are not found.

use crate::digits;
use crate::fold::fold;
use std::ops::Range;

/// Most digits of a number: more are an account, a telephone or a key.
const LONGEST: usize = 15;
/// Most words that multiply one number.
const MULTIPLIED: usize = 3;

/// Words that multiply, folded: five languages, with their forms.
const MAGNITUDES: [(f64, &str); 4] = [
    (1e3, "thousand thousands هزار الف الاف אלף אלפי אלפים тыс тысяча тысячи тысяч тысячам"),
    (
        1e6,
        "million millions mn میلیون میلیونی ملیون ملایین ملیونا מיליון מיליוני מיליונים млн миллион миллиона миллионов",
    ),
    (
        1e9,
        "billion billions bn میلیارد میلیاردی ملیار ملیارات ملیارا בליון מיליארד מיליארדי млрд миллиард миллиарда миллиардов",
    ),
    (1e12, "trillion trillions tn تریلیون تریلیونی تریلیونات טריליון трлн триллион триллиона триллионов"),
];
/// Words for a hundredth, folded; of two words the first.
const PERCENT: &str = "percent درصد بالمیه بالمایه אחוז אחוזים процент процента процентов";
/// `و` and its like, between the parts of one number.
const AND: &str = "and و и";

/// A number found in a text.
#[derive(Debug, Clone, PartialEq)]
pub struct FoundNumber {
    /// Where it stands, in bytes, with the words that belong to it.
    pub range: Range<usize>,
    /// What it says.
    pub value: f64,
    /// It counts hundredths.
    pub percent: bool,
}

impl FoundNumber {
    /// The number with the digits and separators of English: `35,000`, `4.5 %`.
    pub fn printed(&self) -> String {
        let text = format!("{:.3}", self.value);
        let (whole, part) = text.split_once('.').unwrap_or((&text, ""));
        let mut grouped = String::new();
        for (at, digit) in whole.chars().enumerate() {
            if at > 0 && (whole.len() - at).is_multiple_of(3) && !grouped.ends_with('-') {
                grouped.push(',');
            }
            grouped.push(digit);
        }
        let part = part.trim_end_matches('0');
        let dot = if part.is_empty() { "" } else { "." };
        format!("{grouped}{dot}{part}{}", if self.percent { " %" } else { "" })
    }
}

/// Every number of a text, in order. `language` (BCP 47) decides what a dot or a comma is where it could be either.
pub fn find(text: &str, language: &str) -> Vec<FoundNumber> {
    let language = crate::tag::primary(language);
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(offset) = text[at..].find(|c| digits::value(c).is_some()) {
        let start = at + offset;
        let end = behind_digits(text, start);
        at = end;
        let Some(value) = whole(text, start..end, language) else { continue };
        let mut number = FoundNumber { range: start..end, value, percent: false };
        extend(text, &mut number, language);
        at = number.range.end;
        found.push(number);
    }
    found
}

/// Behind the digits and the separators between them.
fn behind_digits(text: &str, start: usize) -> usize {
    let mut end = start;
    let mut rest = text[start..].char_indices().peekable();
    while let Some((at, c)) = rest.next() {
        let digit = |c: char| digits::value(c).is_some();
        let joins = is_separator(c) && rest.peek().is_some_and(|(_, next)| digit(*next));
        if !digit(c) && !joins {
            break;
        }
        end = start + at + c.len_utf8();
    }
    end
}

fn is_separator(c: char) -> bool {
    matches!(c, ',' | '.' | '٬' | '٫' | '،' | '\'' | '\u{a0}' | '\u{202f}' | ':' | '/' | '-')
}

/// The value of digits with separators; `None` for times, dates, versions, and what touches a letter before it.
fn whole(text: &str, range: Range<usize>, language: &str) -> Option<f64> {
    let before = text[..range.start].chars().next_back();
    // Arabic and Hebrew write *and*, *in*, *to* together with what follows.
    let joined = |c: char| matches!(c, '\u{5d0}'..='\u{5ea}' | '\u{620}'..='\u{64a}' | '\u{66e}'..='\u{6d3}');
    if before.is_some_and(|c| c.is_alphabetic() && !joined(c) || matches!(c, '_' | '#' | '@' | '/' | ':')) {
        return None;
    }
    let after = text[range.end..].chars().next();
    if after.is_some_and(|c| c.is_ascii_alphabetic() || matches!(c, '/' | ':' | '_')) {
        return None;
    }
    let western = digits::western(&text[range]);
    if western.chars().filter(char::is_ascii_digit).count() > LONGEST || western.contains([':', '/', '-']) {
        return None;
    }
    let signs: Vec<char> = western.chars().filter(|c| !c.is_ascii_digit()).collect();
    let groups: Vec<&str> = western.split(|c: char| !c.is_ascii_digit()).collect();
    let thousands = |groups: &[&str]| groups.iter().skip(1).all(|group| group.len() == 3) && groups[0].len() <= 3;
    let Some(last) = signs.last() else { return western.parse().ok() };
    let same = signs.iter().all(|sign| sign == last);
    let decimal = match last {
        '٫' => true,
        ',' if language == "ru" && signs.len() == 1 => true,
        '.' if matches!(language, "fa" | "ar" | "ru") && thousands(&groups) => false,
        '.' => true,
        // A comma or a thin space that parts no thousands begins the decimals, where it stands alone.
        _ => !thousands(&groups) && signs.len() == 1,
    };
    let (whole, part) = match (decimal, groups.split_last()) {
        (true, Some((part, whole))) => (whole, *part),
        _ => (groups.as_slice(), ""),
    };
    if (!decimal && !same) || !thousands(whole) && whole.len() > 1 {
        return None;
    }
    format!("{}.{part}0", whole.concat()).parse().ok()
}

/// Takes in the words behind a number that belong to it.
fn extend(text: &str, number: &mut FoundNumber, language: &str) {
    let (factor, end) = magnitude(text, number.range.end);
    number.value *= factor;
    number.range.end = end;
    if let Some(end) = percent(text, end).filter(|_| factor < 2.0) {
        number.percent = true;
        number.range.end = end;
        return;
    }
    // `۳ میلیون و ۲۰۰ هزار`: what follows must count less.
    let mut least = factor;
    while least > 1e3 {
        let Some((start, next)) = following(text, number.range.end) else { return };
        let (factor, end) = magnitude(text, next.end);
        let Some(value) = whole(text, start..next.end, language).filter(|_| factor > 1.0 && factor < least) else {
            return;
        };
        if value >= 1e3 {
            return;
        }
        number.value += value * factor;
        number.range.end = end;
        least = factor;
    }
}

/// The digits behind a number, with or without an *and* between.
fn following(text: &str, from: usize) -> Option<(usize, Range<usize>)> {
    let and = word(text, from).filter(|(word, _)| is_one_of(word, AND));
    let from = and.map_or(from, |(_, end)| end);
    let rest = &text[from..];
    let start = from + rest.find(|c: char| !is_blank(c))?;
    digits::value(text[start..].chars().next()?)?;
    Some((start, start..behind_digits(text, start)))
}

/// What the words behind a place multiply by, and where they end; `1` where there are none.
fn magnitude(text: &str, from: usize) -> (f64, usize) {
    let (mut factor, mut end) = (1.0, from);
    for _ in 0..MULTIPLIED {
        let Some((word, next)) = word(text, end) else { break };
        let Some((times, _)) = MAGNITUDES.iter().find(|(_, words)| is_one_of(&word, words)) else { break };
        factor *= times;
        end = next;
    }
    (factor, end)
}

fn percent(text: &str, from: usize) -> Option<usize> {
    let rest = &text[from..];
    let sign = rest.find(|c: char| !is_blank(c))?;
    let first = rest[sign..].chars().next()?;
    if matches!(first, '%' | '٪') {
        return Some(from + sign + first.len_utf8());
    }
    let (first, end) = word(text, from)?;
    if is_one_of(&first, PERCENT) {
        return Some(end);
    }
    let (second, last) = word(text, end)?;
    let two = [("per", "cent"), ("فی", "المیه"), ("فی", "المایه")];
    two.contains(&(first.as_str(), second.as_str())).then_some(last)
}

/// The next word, folded, and where it ends; nothing but blanks may stand before it.
fn word(text: &str, from: usize) -> Option<(String, usize)> {
    let rest = &text[from..];
    let start = rest.find(|c: char| !is_blank(c))?;
    let length = rest[start..].find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len() - start);
    (length > 0).then(|| (fold(&rest[start..start + length]), from + start + length))
}

fn is_blank(c: char) -> bool {
    c == ' ' || matches!(c, '\u{a0}' | '\u{202f}' | '\u{200c}' | '\u{200f}' | '\u{200e}')
}

fn is_one_of(word: &str, words: &str) -> bool {
    words.split_ascii_whitespace().any(|one| one == word)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(language: &str, text: &str, expected: &[(&str, &str)]) {
        let found = find(text, language);
        let printed: Vec<(&str, String)> = found.iter().map(|n| (&text[n.range.clone()], n.printed())).collect();
        let printed: Vec<(&str, &str)> = printed.iter().map(|(text, value)| (*text, value.as_str())).collect();
        assert_eq!(printed, expected, "{text}");
    }

    #[test]
    fn digits_of_three_scripts_are_read() {
        check("fa", "۱۱ قطار و ٤٥ سائق و 7 men", &[("۱۱", "11"), ("٤٥", "45"), ("7", "7")]);
        check("fa", "۱۲٬۵۰۰ تن و ۱۲.۵۰۰ تن", &[("۱۲٬۵۰۰", "12,500"), ("۱۲.۵۰۰", "12,500")]);
        check("ru", "12\u{a0}500 тонн, 3,5 метра", &[("12\u{a0}500", "12,500"), ("3,5", "3.5")]);
        check("en", "1,200.5 and 3.5 and 2,5", &[("1,200.5", "1,200.5"), ("3.5", "3.5"), ("2,5", "2.5")]);
    }

    #[test]
    fn words_behind_a_number_multiply_it() {
        check("fa", "۳۵ هزار نفر", &[("۳۵ هزار", "35,000")]);
        check("fa", "۲ هزار میلیارد تومان", &[("۲ هزار میلیارد", "2,000,000,000,000")]);
        check("fa", "۳ میلیون و ۲۰۰ هزار بشکه", &[("۳ میلیون و ۲۰۰ هزار", "3,200,000")]);
        check("ar", "٣٫٥ مليون برميل و٢٠ ألف جندي", &[("٣٫٥ مليون", "3,500,000"), ("٢٠ ألف", "20,000")]);
        check("he", "15 אלף איש", &[("15 אלף", "15,000")]);
        check("ru", "3 млн 200 тысяч", &[("3 млн 200 тысяч", "3,200,000")]);
        check("en", "2.5 million barrels, 40 bn", &[("2.5 million", "2,500,000"), ("40 bn", "40,000,000,000")]);
    }

    #[test]
    fn hundredths_are_told_from_numbers() {
        check("fa", "۴ درصد", &[("۴ درصد", "4 %")]);
        check("ar", "٤٫٥٪ و 7 في المئة", &[("٤٫٥٪", "4.5 %"), ("7 في المئة", "7 %")]);
        check("en", "12 per cent, 4%", &[("12 per cent", "12 %"), ("4%", "4 %")]);
        check("ru", "5 процентов", &[("5 процентов", "5 %")]);
    }

    #[test]
    fn times_versions_names_and_addresses_are_no_numbers() {
        for text in ["14:30", "۱۴۰۲/۰۳/۰۹", "F16", "5G", "t.me/x/77", "1.2.3.4", "2023-05-30", "12345678901234567890"]
        {
            check("en", text, &[]);
        }
    }

    #[test]
    fn nothing_panics() {
        for text in ["", "۱", "1,", "1..2", "1 million million million million", "٣ و", "9 و 9 و 9", "1\u{200c}هزار"]
        {
            find(text, "fa");
        }
    }
}
