//! Offsets from UTC as they are written beside a time: names and figures.

use jiff::tz::Offset;

/// Zones that RFC 822 and the habits of feeds and newsrooms name, in minutes east of Greenwich. Where a name means
/// several zones, the one that outlets of the desks mean most.
const ZONES: &[(&str, i32)] = &[
    ("z", 0),
    ("ut", 0),
    ("utc", 0),
    ("gmt", 0),
    ("wet", 0),
    ("est", -300),
    ("edt", -240),
    ("cst", -360),
    ("cdt", -300),
    ("mst", -420),
    ("mdt", -360),
    ("pst", -480),
    ("pdt", -420),
    ("akst", -540),
    ("akdt", -480),
    ("hst", -600),
    ("cet", 60),
    ("cest", 120),
    ("mez", 60),
    ("mesz", 120),
    ("bst", 60),
    ("eet", 120),
    ("eest", 180),
    ("ist", 330),
    ("idt", 180),
    ("msk", 180),
    ("мск", 180),
    ("irst", 210),
    ("irdt", 270),
    ("ast", -240),
    ("jst", 540),
    ("kst", 540),
    ("hkt", 480),
    ("sgt", 480),
    ("aest", 600),
    ("aedt", 660),
    ("trt", 180),
    ("pkt", 300),
    ("aft", 270),
    ("gst", 240),
    ("غرینتش", 0),
    ("گرینویچ", 0),
    ("гринвичу", 0),
];

/// The offset that a name stands for; the name in lower case.
pub fn named(name: &str) -> Option<Offset> {
    let (_, minutes) = ZONES.iter().find(|(known, _)| *known == name)?;
    Offset::from_seconds(minutes * 60).ok()
}

/// An offset as written: `+03:30`, `-0500`, `GMT+3`, `EST`, `Z`.
pub fn offset(text: &str) -> Option<Offset> {
    let lower = text.to_ascii_lowercase();
    let lower = lower.trim_matches(['(', ')', ' ']);
    if let Some(found) = named(lower) {
        return Some(found);
    }
    let signed = lower.strip_prefix("gmt").or_else(|| lower.strip_prefix("utc")).unwrap_or(lower);
    let sign = match signed.chars().next()? {
        '+' => 1,
        '-' | '−' => -1,
        _ => return None,
    };
    let digits: Vec<i32> = signed
        .chars()
        .skip(1)
        .take_while(|c| c.is_ascii_digit() || *c == ':')
        .filter_map(|c| c.to_digit(10))
        .filter_map(|digit| i32::try_from(digit).ok())
        .take(4)
        .collect();
    figures(&digits).and_then(|minutes| Offset::from_seconds(sign * minutes * 60).ok())
}

/// Minutes that one to four figures stand for.
fn figures(digits: &[i32]) -> Option<i32> {
    let minutes = match digits {
        [h] => h * 60,
        [a, b] => (a * 10 + b) * 60,
        [h, a, b] => h * 60 + a * 10 + b,
        [a, b, c, d] => (a * 10 + b) * 60 + c * 10 + d,
        _ => return None,
    };
    (minutes <= 14 * 60).then_some(minutes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offsets_are_read_by_name_and_in_figures() {
        for (text, minutes) in
            [("Z", 0), ("EST", -300), ("+03:30", 210), ("-0500", -300), ("GMT+3", 180), ("(MSK)", 180)]
        {
            assert_eq!(offset(text).map(|offset| offset.seconds() / 60), Some(minutes), "{text}");
        }
        assert_eq!(offset("soon"), None);
        assert_eq!(offset("+99:00"), None);
    }
}
