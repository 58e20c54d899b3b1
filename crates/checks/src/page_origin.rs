//! Where the text of a page stands in its source: tags, comments and scripts are passed over, entities stand for their
//! character. The extracted text has the page's characters in the same order, so one pass ties them.

use crate::origin::Origin;

/// Elements whose content is no text of the page.
const SILENT: [&str; 10] =
    ["script", "style", "head", "noscript", "template", "svg", "iframe", "button", "select", "textarea"];
/// How far ahead is looked where both texts part.
const AHEAD: usize = 20_000;
/// How many characters have to agree to meet again.
const AGREE: usize = 12;

/// The origin of a page's extracted text; `None` where the two don't agree.
pub(crate) fn of(page: &str, checked: &[char]) -> Option<Origin> {
    let shown = shown(&page.chars().collect::<Vec<_>>());
    let mut at: Vec<usize> = vec![usize::MAX; checked.len() + 1];
    let (mut cursor, mut tied, mut wanted) = (0, 0, 0);
    for (index, c) in checked.iter().enumerate().filter(|(_, c)| !c.is_whitespace()) {
        wanted += 1;
        if !shown.get(cursor).is_some_and(|(found, _)| alike(*found, *c)) {
            let rest: Vec<char> = checked[index..].iter().filter(|c| !c.is_whitespace()).take(AGREE).copied().collect();
            let until = shown.len().min(cursor + AHEAD);
            let meets =
                |from: &usize| rest.iter().zip(&shown[*from..]).filter(|(a, b)| alike(b.0, **a)).count() == rest.len();
            match (cursor..until).find(meets) {
                Some(from) => cursor = from,
                None => continue,
            }
        }
        if let Some((_, source)) = shown.get(cursor) {
            at[index] = *source;
            tied += 1;
            cursor += 1;
        }
    }
    // White space, and the few characters that were not found, stand where the next character does.
    let mut next = page.chars().count();
    for place in at.iter_mut().rev() {
        if *place == usize::MAX {
            *place = next;
        }
        next = *place;
    }
    (tied * 100 >= wanted * 97).then(|| Origin::made(page, checked, at, escape))
}

/// A raised number is printed in superscript digits.
fn alike(shown: char, checked: char) -> bool {
    shown == checked
        || (shown.is_ascii_digit() && "⁰¹²³⁴⁵⁶⁷⁸⁹".chars().nth(shown as usize - '0' as usize) == Some(checked))
}

fn escape(words: &str) -> String {
    words.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// The characters of a page that are shown, white space left out, with where each stands.
fn shown(page: &[char]) -> Vec<(char, usize)> {
    let mut found = Vec::with_capacity(page.len());
    let mut at = 0;
    while at < page.len() {
        match page[at] {
            '<' => at = after_tag(page, at),
            '&' => {
                let (c, length) = entity(&page[at..]);
                if !c.is_whitespace() {
                    found.push((c, at));
                }
                at += length;
            }
            c => {
                if !c.is_whitespace() {
                    found.push((c, at));
                }
                at += 1;
            }
        }
    }
    found
}

/// Behind a tag or comment; behind the whole element, where its content is not shown.
fn after_tag(page: &[char], at: usize) -> usize {
    let starts = |text: &str| page[at..].iter().copied().take(text.len()).eq(text.chars());
    if starts("<!--") {
        return find(page, at + 4, "-->").map_or(page.len(), |end| end + 3);
    }
    let letter = page.get(at + 1).is_some_and(|c| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?'));
    if !letter {
        return at + 1;
    }
    let name: String =
        page[at + 1..].iter().take_while(|c| c.is_ascii_alphanumeric()).map(char::to_ascii_lowercase).collect();
    let (mut end, mut quote) = (at + 1, None);
    while let Some(c) = page.get(end) {
        match (quote, c) {
            (None, '>') => break,
            (None, '"' | '\'') => quote = Some(*c),
            (Some(open), c) if open == *c => quote = None,
            _ => {}
        }
        end += 1;
    }
    let end = (end + 1).min(page.len());
    let alone = page.get(end.saturating_sub(2)) == Some(&'/');
    if SILENT.contains(&name.as_str()) && !alone {
        return find(page, end, &format!("</{name}")).unwrap_or(page.len());
    }
    end
}

fn find(page: &[char], from: usize, text: &str) -> Option<usize> {
    let wanted: Vec<char> = text.chars().collect();
    let same = |window: &[char]| window.iter().zip(&wanted).all(|(a, b)| a.to_ascii_lowercase() == *b);
    page.get(from..)?.windows(wanted.len()).position(same).map(|at| from + at)
}

/// The character that an entity stands for, and how many code points it takes.
fn entity(rest: &[char]) -> (char, usize) {
    let Some(end) = rest.iter().take(12).position(|c| *c == ';') else {
        return ('&', 1);
    };
    let name: String = rest[1..end].iter().collect();
    let number = name.strip_prefix('#').map(|number| match number.strip_prefix(['x', 'X']) {
        Some(hexadecimal) => u32::from_str_radix(hexadecimal, 16).ok(),
        None => number.parse().ok(),
    });
    let c = match (name.as_str(), number) {
        (_, Some(number)) => number.and_then(char::from_u32),
        ("amp", _) => Some('&'),
        ("lt", _) => Some('<'),
        ("gt", _) => Some('>'),
        ("quot", _) => Some('"'),
        ("apos", _) => Some('\''),
        ("nbsp" | "ensp" | "emsp" | "thinsp", _) => Some(' '),
        ("rsquo", _) => Some('’'),
        ("lsquo", _) => Some('‘'),
        ("rdquo", _) => Some('”'),
        ("ldquo", _) => Some('“'),
        ("ndash", _) => Some('–'),
        ("mdash", _) => Some('—'),
        ("hellip", _) => Some('…'),
        ("laquo", _) => Some('«'),
        ("raquo", _) => Some('»'),
        ("middot", _) => Some('·'),
        ("bull", _) => Some('•'),
        ("zwnj", _) => Some('\u{200C}'),
        ("eacute", _) => Some('é'),
        ("uuml", _) => Some('ü'),
        ("ouml", _) => Some('ö'),
        ("auml", _) => Some('ä'),
        ("ccedil", _) => Some('ç'),
        _ => None,
    };
    c.map_or(('&', 1), |c| (c, end + 1))
}
