//! What an outlet asks of programs: `robots.txt`, RFC 9309.

use crate::error::Error;
use crate::fetch::{Fetcher, Request};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::time::Instant;
use url::Url;

/// Most of a file that is read, bytes: what RFC 9309 asks of readers.
const LONGEST: usize = 500 << 10;

/// How long an outlet's rules are remembered. RFC 9309 allows a day.
const REMEMBERED: Duration = Duration::from_secs(12 * 3600);

/// How long it is remembered that they can't be had: a server that stumbled once is not left alone for half a day.
const REMEMBERED_CLOSED: Duration = Duration::from_secs(10 * 60);

/// Longest rest between two requests that an outlet is granted by `Crawl-delay`.
const LONGEST_REST: Duration = Duration::from_secs(60);

/// Most outlets remembered.
const OUTLETS: usize = 2048;

/// The rules of one outlet for one program.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Rules {
    lines: Vec<(bool, String)>,
    all_closed: bool,
    delay: Option<Duration>,
}

impl Rules {
    /// Nothing is closed: what holds where there is no file.
    pub fn open() -> Self {
        Self::default()
    }

    /// Everything is closed: what holds while the file can't be had (5xx).
    pub fn closed() -> Self {
        Self { all_closed: true, ..Self::default() }
    }

    /// Reads a file for the program `agent` (its product name, e.g. `sitrep`): the groups that name it, or else those for `*`.
    pub fn read(file: &[u8], agent: &str) -> Self {
        let text = String::from_utf8_lossy(&file[..file.len().min(LONGEST)]);
        let (mut ours, mut anyones) = (None::<Self>, Self::default());
        let (mut for_us, mut for_any, mut naming) = (false, false, false);
        for line in text.trim_start_matches('\u{feff}').split(['\n', '\r']) {
            let line = line.split('#').next().unwrap_or_default();
            let Some((key, value)) = line.split_once(':') else { continue };
            let (key, value) = (key.trim().to_ascii_lowercase(), value.trim());
            if key == "user-agent" {
                if !naming {
                    (for_us, for_any) = (false, false);
                }
                naming = true;
                for_any |= value == "*";
                for_us |= is_named(value, agent);
                if for_us {
                    ours.get_or_insert_default();
                }
                continue;
            }
            let rule = match key.as_str() {
                "allow" | "disallow" => !value.is_empty(),
                "crawl-delay" => true,
                _ => continue,
            };
            naming = false;
            if rule && for_us {
                ours.get_or_insert_default().add(&key, value);
            }
            if rule && for_any {
                anyones.add(&key, value);
            }
        }
        ours.unwrap_or(anyones)
    }

    fn add(&mut self, key: &str, value: &str) {
        match key {
            "crawl-delay" => {
                let seconds = value.parse::<f64>().ok().filter(|seconds| (0.0..=3600.0).contains(seconds));
                self.delay = seconds.map(Duration::from_secs_f64).or(self.delay);
            }
            _ => self.lines.push((key == "allow", spelt(value))),
        }
    }

    /// Whether the program may fetch this path (with its query). The longest rule that fits decides; of two equal ones, the one that allows.
    pub fn allows(&self, path: &str) -> bool {
        if self.all_closed {
            return false;
        }
        let path = spelt(path);
        if path == "/robots.txt" {
            return true;
        }
        let fitting = self.lines.iter().filter(|(_, pattern)| fits(pattern, &path));
        fitting.map(|(allow, pattern)| (pattern.len(), *allow)).max().is_none_or(|(_, allow)| allow)
    }

    /// The time between two requests that the outlet asks for, where it does (`Crawl-delay`, no standard but common).
    pub const fn delay(&self) -> Option<Duration> {
        self.delay
    }
}

fn is_named(value: &str, agent: &str) -> bool {
    let product = value.split(['/', ' ']).next().unwrap_or_default();
    !product.is_empty() && product.eq_ignore_ascii_case(agent)
}

/// One spelling of a path or pattern: characters that need no escape without, all others with, hexadecimals in capitals.
fn spelt(text: &str) -> String {
    let bytes = text.as_bytes();
    let (mut out, mut at) = (String::with_capacity(text.len()), 0);
    while let Some(&byte) = bytes.get(at) {
        let escaped = bytes.get(at + 1..at + 3).and_then(|digits| std::str::from_utf8(digits).ok());
        let escaped = escaped.filter(|_| byte == b'%').and_then(|digits| u8::from_str_radix(digits, 16).ok());
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'~');
        match escaped {
            Some(value) if plain(value) => out.push(char::from(value)),
            Some(value) => out.push_str(&format!("%{value:02X}")),
            None if byte.is_ascii_graphic() => out.push(char::from(byte)),
            None => out.push_str(&format!("%{byte:02X}")),
        }
        at += if escaped.is_some() { 3 } else { 1 };
    }
    out
}

/// Whether a path begins as the pattern says: `*` is any run of characters, a `$` at the end the path's end. No backtracking over more
/// than the last star, so hostile patterns cost no more than length × length.
fn fits(pattern: &str, path: &str) -> bool {
    let (pattern, to_end) = pattern.strip_suffix('$').map_or((pattern, false), |pattern| (pattern, true));
    let mut pieces = pattern.split('*');
    let Some(mut rest) = path.strip_prefix(pieces.next().unwrap_or_default()) else { return false };
    let pieces: Vec<&str> = pieces.collect();
    for (number, piece) in pieces.iter().enumerate() {
        if to_end && number + 1 == pieces.len() {
            return rest.ends_with(piece);
        }
        let Some(at) = rest.find(piece) else { return false };
        rest = &rest[at + piece.len()..];
    }
    !to_end || rest.is_empty()
}

/// The rules of the outlets asked lately.
pub(crate) type Memory = Mutex<HashMap<String, (Instant, Arc<Rules>)>>;

impl Fetcher {
    /// The rules of the outlet that an address belongs to, fetched or remembered. Where there is no file everything is open; where the
    /// server has a fault everything is closed, as RFC 9309 asks.
    ///
    /// # Errors
    /// Those of a fetch, where the outlet can't be reached at all.
    pub async fn robots(&self, request: &Request) -> Result<Arc<Rules>, Error> {
        let address = crate::address::read(&request.url, None)?;
        let file = file_of(&address.url);
        let now = Instant::now();
        if let Some((at, rules)) = self.robots.lock().unwrap_or_else(PoisonError::into_inner).get(&file)
            && now.duration_since(*at) < if rules.all_closed { REMEMBERED_CLOSED } else { REMEMBERED }
        {
            return Ok(Arc::clone(rules));
        }
        let (local, via) = (request.local, request.via.clone());
        let answer = self.fetch(&Request { url: file.clone(), local, via, ..Request::default() }).await;
        let agent = self.settings.user_agent.split(['/', ' ']).next().unwrap_or_default();
        let rules = Arc::new(match answer {
            Ok(answer) => match answer.status {
                200..=299 => Rules::read(&answer.body, agent),
                500.. => Rules::closed(),
                _ => Rules::open(),
            },
            Err(Error::Busy { .. }) => Rules::closed(),
            Err(error) => return Err(error),
        });
        let mut memory = self.robots.lock().unwrap_or_else(PoisonError::into_inner);
        if memory.len() >= OUTLETS {
            memory.clear();
        }
        memory.insert(file, (now, Arc::clone(&rules)));
        Ok(rules)
    }

    /// Fetches an address if its outlet lets programs do so.
    ///
    /// # Errors
    /// [`Error::Robots`] if it does not; else as [`Fetcher::fetch`].
    pub async fn fetch_politely(&self, request: &Request) -> Result<crate::Fetched, Error> {
        let address = crate::address::read(&request.url, None)?;
        let rules = self.robots(request).await?;
        if rules.allows(&address.target()) {
            self.fetch_resting(request, rules.delay().unwrap_or_default().min(LONGEST_REST)).await
        } else if rules.all_closed {
            Err(Error::RobotsUnknown { url: address.url.into() })
        } else {
            Err(Error::Robots { url: address.url.into() })
        }
    }
}

fn file_of(url: &Url) -> String {
    let mut file = url.clone();
    file.set_path("/robots.txt");
    file.set_query(None);
    file.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn allowed(file: &str, path: &str) -> bool {
        Rules::read(file.as_bytes(), "sitrep").allows(path)
    }

    #[test]
    fn the_longest_rule_decides_and_of_equals_the_one_that_allows() {
        let file = "User-agent: *\nDisallow: /archive\nAllow: /archive/2026\nDisallow: /x\nAllow: /x\n";
        for (path, may) in
            [("/", true), ("/archive", false), ("/archive/1", false), ("/archive/2026/1", true), ("/x", true)]
        {
            assert_eq!(allowed(file, path), may, "{path}");
        }
    }

    #[test]
    fn a_group_that_names_us_replaces_the_one_for_all() {
        let file = "User-agent: *\nDisallow: /\n\nUser-agent: otherbot\nUser-agent: SitRep/2\nDisallow: /private\nCrawl-delay: 5\n";
        let rules = Rules::read(file.as_bytes(), "sitrep");
        assert!(rules.allows("/news/1") && !rules.allows("/private/1"));
        assert_eq!(rules.delay(), Some(Duration::from_secs(5)));
        assert!(!Rules::read(file.as_bytes(), "someone").allows("/news/1"));
        assert!(allowed("User-agent: *\nDisallow: /\nUser-agent: sitrep\n", "/news"));
        assert!(allowed("User-agent: sitrep\nDisallow:\n", "/news"));
    }

    #[test]
    fn stars_ends_and_escapes_are_understood() {
        let file = "\u{feff}user-agent : *\r\ndisallow : /*.pdf$ # files\r\ndisallow: /a*b*c\rdisallow: /fa/خبر\ndisallow: /%7euser\n";
        for (path, may) in [
            ("/x/y.pdf", false),
            ("/x/y.pdf?z", true),
            ("/axxbyyc/z", false),
            ("/acb", true),
            ("/fa/%D8%AE%D8%A8%D8%B1/1", false),
            ("/~user/1", false),
            ("/robots.txt", true),
        ] {
            assert_eq!(allowed(file, path), may, "{path}");
        }
    }

    #[test]
    fn anything_reads_as_some_rules() {
        for file in [&b""[..], b"\xff\xfe", b"<html>not here</html>", b":::\n*:*", b"Disallow: /\n"] {
            assert!(Rules::read(file, "sitrep").allows("/"));
        }
        let hostile = format!("user-agent: *\ndisallow: /{}", "*a".repeat(20_000));
        assert!(Rules::read(hostile.as_bytes(), "sitrep").allows(&format!("/{}", "a".repeat(8_000))));
        assert!(!Rules::closed().allows("/"));
    }
}
