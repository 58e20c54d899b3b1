//! What can go wrong on the way to a page, in words that an analyst understands.

use std::net::IpAddr;
use std::time::Duration;
use thiserror::Error;

/// Why a page was not fetched.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Error {
    /// The address is not one that is fetched.
    #[error("{url}: {why}")]
    Address {
        /// The address as given.
        url: String,
        /// What is wrong with it.
        why: String,
    },
    /// The guard: the host's address is not on the public net.
    #[error("the address {host} leads to {what} ({ip}): refused")]
    Refused {
        /// Host as written in the address.
        host: String,
        /// The address it leads to.
        ip: IpAddr,
        /// What is there, e.g. `a private network`.
        what: &'static str,
    },
    /// The name has no address.
    #[error("the name {host} is not known: {why}")]
    UnknownName {
        /// The name.
        host: String,
        /// What the resolver said.
        why: String,
    },
    /// No connection came about.
    #[error("no connection to {host}: {why}")]
    Connect {
        /// Host and port.
        host: String,
        /// What the system said.
        why: String,
    },
    /// The proxy does not lead on.
    #[error("the proxy {proxy}: {why}")]
    Proxy {
        /// Its address.
        proxy: String,
        /// What it said.
        why: String,
    },
    /// The server of a mailbox refuses, or does not speak IMAP.
    #[error("the mailbox at {host}: {why}")]
    Mailbox {
        /// Host and port.
        host: String,
        /// What it said, or what is wrong with it.
        why: String,
    },
    /// A name that can't be an outlet's, where a proxy would resolve it.
    #[error("the name {host} is refused: behind a proxy it would lead to the proxy's own machine or network")]
    Inside {
        /// The name.
        host: String,
    },
    /// The connection could not be made secure.
    #[error("no secure connection to {host}: {why}")]
    Tls {
        /// Host and port.
        host: String,
        /// What the TLS library said.
        why: String,
    },
    /// Nothing came for too long.
    #[error("{host} sent nothing for {}", seconds(*.waited))]
    Silent {
        /// Host and port.
        host: String,
        /// How long was waited.
        waited: Duration,
    },
    /// Something came, but the whole took too long.
    #[error("{host} was too slow: the page did not arrive within {}", seconds(*.limit))]
    Slow {
        /// Host and port.
        host: String,
        /// The time that a head, or a whole fetch, may take.
        limit: Duration,
    },
    /// The connection ended before the page did.
    #[error("{host} closed the connection in the middle of the page ({})", progress(*.received, *.expected))]
    CutOff {
        /// Host and port.
        host: String,
        /// Bytes of the body that arrived.
        received: u64,
        /// Bytes that were announced, where they were.
        expected: Option<u64>,
    },
    /// The connection ended before an answer began.
    #[error("{host} closed the connection without an answer")]
    NoAnswer {
        /// Host and port.
        host: String,
    },
    /// The answer is not an HTTP answer.
    #[error("{host} does not answer as a web server does (HTTP/1.0 or 1.1): its answer begins with {begins:?}")]
    NotHttp {
        /// Host and port.
        host: String,
        /// The first characters of the answer.
        begins: String,
    },
    /// An HTTP answer whose parts contradict the standard.
    #[error("the answer of {host} is malformed: {why}")]
    Malformed {
        /// Host and port.
        host: String,
        /// Which part.
        why: String,
    },
    /// The head of the answer is too long.
    #[error("the head of the answer of {host} is too long: more than {limit} bytes or {fields} fields")]
    HeadTooLarge {
        /// Host and port.
        host: String,
        /// Longest head that is read, bytes.
        limit: usize,
        /// Most header fields that are read.
        fields: usize,
    },
    /// The body is too long.
    #[error("the page of {host} is too large: more than {limit} bytes")]
    TooLarge {
        /// Host and port.
        host: String,
        /// Longest body that is read, bytes.
        limit: u64,
    },
    /// The body unfolds to too much.
    #[error("the page of {host} is compressed {received} bytes that unfold to more than {limit}: refused")]
    UnfoldsTooFar {
        /// Host and port.
        host: String,
        /// Compressed length, bytes.
        received: u64,
        /// Longest decoded body for it, bytes.
        limit: u64,
    },
    /// The body's compression can't be undone.
    #[error("the page of {host} can't be decompressed ({coding}): {why}")]
    Coding {
        /// Host and port.
        host: String,
        /// The content coding as sent.
        coding: String,
        /// What is wrong.
        why: String,
    },
    /// The addresses send each other on for ever.
    #[error("the address leads in a circle: {url} was already asked")]
    RedirectLoop {
        /// The address that came twice.
        url: String,
    },
    /// Too many addresses in a row.
    #[error("more than {limit} redirects in a row, the last to {url}")]
    TooManyRedirects {
        /// Most that are followed.
        limit: usize,
        /// The address that was not asked any more.
        url: String,
    },
    /// The server asks to come later.
    #[error("{host} asks to come back later ({status}{})", later(*.retry_after))]
    Busy {
        /// Host and port.
        host: String,
        /// 429 or 503.
        status: u16,
        /// How long it asks to wait, where it says.
        retry_after: Option<Duration>,
    },
    /// The outlet asks programs not to fetch this.
    #[error("{url}: the outlet's robots.txt asks programs to leave this page alone")]
    Robots {
        /// The address.
        url: String,
    },
    /// What the outlet asks of programs can't be had, so nothing is fetched (RFC 9309, 2.3.1.4).
    #[error(
        "{url}: the outlet's robots.txt can't be had while its server has a fault, so the page is left alone for now"
    )]
    RobotsUnknown {
        /// The address.
        url: String,
    },
    /// An answer, but not the page.
    #[error("{url}: {}", status_in_words(*.status))]
    Status {
        /// The address that answered.
        url: String,
        /// HTTP status.
        status: u16,
    },
    /// The program's own settings make no sense.
    #[error("the settings for fetching: {0}")]
    Settings(String),
}

impl Error {
    /// A stable name for programs.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Address { .. } => "address",
            Self::Refused { .. } => "address_refused",
            Self::UnknownName { .. } => "name_unknown",
            Self::Connect { .. } => "no_connection",
            Self::Proxy { .. } => "proxy",
            Self::Mailbox { .. } => "mailbox",
            Self::Inside { .. } => "address_refused",
            Self::Tls { .. } => "tls",
            Self::Silent { .. } => "silent",
            Self::Slow { .. } => "slow",
            Self::CutOff { .. } => "cut_off",
            Self::NoAnswer { .. } => "no_answer",
            Self::NotHttp { .. } => "not_http",
            Self::Malformed { .. } => "malformed",
            Self::HeadTooLarge { .. } => "head_too_large",
            Self::TooLarge { .. } => "too_large",
            Self::UnfoldsTooFar { .. } => "unfolds_too_far",
            Self::Coding { .. } => "coding",
            Self::RedirectLoop { .. } => "redirect_loop",
            Self::TooManyRedirects { .. } => "too_many_redirects",
            Self::Busy { .. } => "busy",
            Self::Robots { .. } => "robots",
            Self::RobotsUnknown { .. } => "robots_unknown",
            Self::Status { .. } => "status",
            Self::Settings(_) => "settings",
        }
    }

    /// What a person may do about it.
    pub const fn hint(&self) -> &'static str {
        match self {
            Self::Address { .. } => "give an address that begins with http:// or https://",
            Self::Mailbox { .. } => {
                "see whether server, folder and name are right, and whether the password is kept as the source's secret"
            }
            Self::Proxy { .. } => "see whether the proxy runs, and whether the source names it rightly",
            Self::Refused { .. } | Self::Inside { .. } => {
                "if this outlet really is on your own network, mark its source as local"
            }
            Self::UnknownName { .. } => "check the spelling of the address, or whether the outlet moved",
            Self::Tls { .. } => "open the page in a browser: the outlet's certificate may have expired",
            Self::TooLarge { .. } | Self::HeadTooLarge { .. } | Self::UnfoldsTooFar { .. } => {
                "if the page is wanted all the same, raise the limit in the settings"
            }
            Self::RedirectLoop { .. } | Self::TooManyRedirects { .. } => {
                "open the page in a browser and give the address that it ends at"
            }
            Self::Robots { .. } => "a person may still paste the address; the desk may decide otherwise for the source",
            Self::Settings(_) => "correct the settings",
            _ => "try again later; if it goes on, open the page in a browser",
        }
    }

    /// A guard or limit of ours refused, rather than the other side failing.
    pub const fn is_refusal(&self) -> bool {
        matches!(
            self,
            Self::Address { .. }
                | Self::Refused { .. }
                | Self::Inside { .. }
                | Self::TooLarge { .. }
                | Self::HeadTooLarge { .. }
                | Self::UnfoldsTooFar { .. }
                | Self::Robots { .. }
        )
    }

    /// The same fetch may succeed a moment later: the connection failed or broke.
    pub(crate) const fn is_broken_connection(&self) -> bool {
        matches!(self, Self::Connect { .. } | Self::CutOff { .. } | Self::NoAnswer { .. })
    }
}

fn seconds(time: Duration) -> String {
    match time.as_millis() {
        short @ 0..1000 => format!("{short} ms"),
        _ => format!("{} s", time.as_secs()),
    }
}

fn progress(received: u64, expected: Option<u64>) -> String {
    match expected {
        Some(expected) => format!("{received} of {expected} bytes had arrived"),
        None => format!("{received} bytes had arrived"),
    }
}

fn later(wait: Option<Duration>) -> String {
    wait.map(|wait| format!(", in {}", seconds(wait))).unwrap_or_default()
}

fn status_in_words(status: u16) -> String {
    let words = match status {
        401 => "the server asks for a sign-in",
        402 => "the server asks for payment",
        403 => "the server refuses to show this page to us",
        404 => "the server has no such page",
        410 => "the server says that this page was removed",
        451 => "the server withholds this page for legal reasons",
        500..=599 => "the server has a fault of its own",
        _ => "the server answers, but with no page",
    };
    format!("{words} ({status})")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_person_reads_what_happened() {
        let cut = Error::CutOff { host: "a.example".into(), received: 12, expected: Some(40) };
        assert_eq!(
            cut.to_string(),
            "a.example closed the connection in the middle of the page (12 of 40 bytes had arrived)"
        );
        let busy = Error::Busy { host: "a.example".into(), status: 429, retry_after: Some(Duration::from_secs(90)) };
        assert_eq!(busy.to_string(), "a.example asks to come back later (429, in 90 s)");
        let gone = Error::Status { url: "http://a.example/x".into(), status: 404 };
        assert_eq!(gone.to_string(), "http://a.example/x: the server has no such page (404)");
    }
}
