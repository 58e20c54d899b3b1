//! When to try again, and how long to wait before.

use crate::exchange::Answer;
use crate::settings::FetchSettings;
use jiff::fmt::rfc2822;
use std::time::Duration;

/// Longest wait that is believed of a `Retry-After`, whoever keeps it then: a week.
const BELIEVED: Duration = Duration::from_secs(7 * 24 * 3600);

/// The server says that it is too busy for us.
pub(crate) const fn is_busy(status: u16) -> bool {
    matches!(status, 429 | 503)
}

/// What the answer's `Retry-After` asks for. A date is counted from the answer's own `Date`, so our clock need not agree with theirs.
pub(crate) fn asked(answer: &Answer) -> Option<Duration> {
    let value = answer.header("retry-after")?.trim();
    if let Ok(seconds) = value.parse::<u64>() {
        return Some(Duration::from_secs(seconds).min(BELIEVED));
    }
    let then = rfc2822::DateTimeParser::new().parse_timestamp(value).ok()?;
    let now = rfc2822::DateTimeParser::new().parse_timestamp(answer.header("date")?).ok()?;
    let wait = u64::try_from(then.as_second() - now.as_second()).unwrap_or(0);
    Some(Duration::from_secs(wait).min(BELIEVED))
}

/// The wait before try number `try_` + 1, counted from 1, where the server names none.
pub(crate) fn back_off(try_: u32, settings: &FetchSettings) -> Duration {
    let doubled = settings.back_off.saturating_mul(1 << try_.saturating_sub(1).min(16));
    doubled.min(settings.longest_wait)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::net::{IpAddr, Ipv4Addr};

    fn answer(headers: &[(&str, &str)]) -> Answer {
        Answer {
            ip: Some(IpAddr::V4(Ipv4Addr::LOCALHOST)),
            request: Vec::new(),
            head: Vec::new(),
            status: 503,
            headers: headers.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect(),
            raw: Vec::new(),
        }
    }

    #[test]
    fn seconds_and_dates_are_understood_and_bounded() {
        assert_eq!(asked(&answer(&[("retry-after", "120")])), Some(Duration::from_secs(120)));
        let dated = [("date", "Tue, 10 Nov 2026 10:00:00 GMT"), ("retry-after", "Tue, 10 Nov 2026 10:01:30 GMT")];
        assert_eq!(asked(&answer(&dated)), Some(Duration::from_secs(90)));
        let past = [("date", "Tue, 10 Nov 2026 10:00:00 GMT"), ("retry-after", "Tue, 10 Nov 2026 09:00:00 GMT")];
        assert_eq!(asked(&answer(&past)), Some(Duration::ZERO));
        assert_eq!(asked(&answer(&[("retry-after", "99999999999")])), Some(BELIEVED));
        for nonsense in ["soon", "-5", ""] {
            assert_eq!(asked(&answer(&[("retry-after", nonsense)])), None, "{nonsense}");
        }
        assert_eq!(asked(&answer(&[])), None);
    }

    #[test]
    fn the_wait_doubles_up_to_its_bound() {
        let settings = FetchSettings {
            back_off: Duration::from_secs(2),
            longest_wait: Duration::from_secs(7),
            ..Default::default()
        };
        let waits: Vec<u64> = (1..5).map(|try_| back_off(try_, &settings).as_secs()).collect();
        assert_eq!(waits, [2, 4, 7, 7]);
    }
}
