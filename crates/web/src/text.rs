//! Small decisions about text on a page: its direction, its dates, its place in an address.

use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use sitrep_model::event::Count;
use sitrep_model::visibility::Visibility;

/// A text's direction by its first strong character (Unicode Bidirectional Algorithm, rules P2 and P3): `rtl` or
/// `ltr`.
pub(crate) fn direction(text: &str) -> &'static str {
    for c in text.chars() {
        match c {
            '\u{0590}'..='\u{08FF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFF}' => return "rtl",
            c if c.is_alphabetic() => return "ltr",
            _ => {}
        }
    }
    "ltr"
}

/// A moment as people of a desk read it: `20 Nov 2026, 14:30` in its time zone.
pub(crate) fn moment(at: Timestamp, zone: &str) -> String {
    let zone = TimeZone::get(zone).unwrap_or(TimeZone::UTC);
    let civil = zone.to_datetime(at);
    civil.strftime("%-d %b %Y, %H:%M").to_string()
}

/// A day as people read it: `20 November 2026`.
pub(crate) fn day(date: jiff::civil::Date) -> String {
    date.strftime("%-d %B %Y").to_string()
}

/// Who may see a thing, in a word.
pub(crate) const fn visibility(visibility: Visibility) -> &'static str {
    match visibility {
        Visibility::Public => "public",
        Visibility::Newsroom => "newsroom",
    }
}

/// A figure that is reported, with what it counts: `killed: 3–5`.
pub(crate) fn count(count: &Count) -> String {
    if count.low == count.high {
        return format!("{}: {}", count.of, count.low);
    }
    format!("{}: {}–{}", count.of, count.low, count.high)
}

/// A value in an address's query (RFC 3986).
pub(crate) fn query_value(value: &str) -> String {
    url::form_urlencoded::byte_serialize(value.as_bytes()).collect()
}

/// A name as one segment of an address's path (RFC 3986).
pub(crate) fn segment(name: &str) -> String {
    let keep = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~');
    name.bytes().map(|byte| if keep(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") }).collect()
}

/// A text within HTML.
pub(crate) fn escape(text: &str) -> String {
    let mut html = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            '\'' => html.push_str("&#39;"),
            c => html.push(c),
        }
    }
    html
}

/// A check's explanation as HTML: headings, paragraphs, fenced examples, lists; everything escaped.
pub(crate) fn explained(markdown: &str) -> String {
    let mut html = String::new();
    let mut paragraph: Vec<String> = Vec::new();
    let mut example: Option<Vec<&str>> = None;
    let end = |paragraph: &mut Vec<String>, html: &mut String| {
        if !paragraph.is_empty() {
            html.push_str(&format!("<p>{}</p>\n", inline(&paragraph.join(" "))));
            paragraph.clear();
        }
    };
    for line in markdown.lines() {
        if line.starts_with("```") {
            end(&mut paragraph, &mut html);
            example = match example {
                Some(lines) => {
                    html.push_str(&format!("<pre tabindex=\"0\"><code>{}</code></pre>\n", escape(&lines.join("\n"))));
                    None
                }
                None => Some(Vec::new()),
            };
        } else if let Some(lines) = &mut example {
            lines.push(line);
        } else if let Some(heading) = line.strip_prefix("## ") {
            end(&mut paragraph, &mut html);
            html.push_str(&format!("<h2>{}</h2>\n", escape(heading)));
        } else if line.starts_with("# ") {
            // The page has its heading already.
        } else if line.trim().is_empty() {
            end(&mut paragraph, &mut html);
        } else {
            paragraph.push(line.trim().to_owned());
        }
    }
    end(&mut paragraph, &mut html);
    html
}

/// A paragraph with its `code` set apart.
fn inline(text: &str) -> String {
    let pieces = text.split('`').enumerate();
    pieces
        .map(|(at, piece)| if at % 2 == 1 { format!("<code>{}</code>", escape(piece)) } else { escape(piece) })
        .collect()
}

/// The moment that `?as_of=` names: an RFC 3339 time, or a day, which means its end in the time zone.
pub(crate) fn as_of(value: &str, zone: &TimeZone) -> Option<Timestamp> {
    let value = value.trim();
    if let Ok(at) = value.parse::<Timestamp>() {
        return Some(at);
    }
    if let Ok(at) = value.parse::<jiff::civil::DateTime>()
        && value.contains(['T', ' '])
    {
        return TimeZone::UTC.to_timestamp(at).ok();
    }
    let day: jiff::civil::Date = value.parse().ok()?;
    let next = zone.to_timestamp(day.tomorrow().ok()?.at(0, 0, 0, 0)).ok()?;
    next.checked_sub(1.nanosecond()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_strong_character_decides() {
        assert_eq!(direction("«123 رئیسی in Tehran»"), "rtl");
        assert_eq!(direction("123 Raisi رئیسی"), "ltr");
        assert_eq!(direction("123"), "ltr");
    }

    #[test]
    fn a_day_means_its_end() {
        let end = |day: &str, zone: &str| as_of(day, &TimeZone::get(zone).unwrap()).unwrap().to_string();
        assert_eq!(end("2026-11-20", "UTC"), "2026-11-20T23:59:59.999999999Z");
        assert_eq!(end("2026-11-20", "Asia/Tehran"), "2026-11-20T20:29:59.999999999Z");
        assert_eq!(end("2026-11-20", "America/New_York"), "2026-11-21T04:59:59.999999999Z");
        // Clocks that go back at midnight show the last hour twice, those that go forward have no midnight.
        assert_eq!(end("2021-09-21", "Asia/Tehran"), "2021-09-21T20:29:59.999999999Z");
        assert_eq!(end("2021-03-21", "Asia/Tehran"), "2021-03-21T20:29:59.999999999Z");
        assert_eq!(end("2026-11-20T10:00:00Z", "Asia/Tehran"), end("2026-11-20T10:00", "Asia/Tehran"));
        assert_eq!(as_of("yesterday", &TimeZone::UTC), None);
    }
}
