//! The bounds of fetching. The defaults are meant for news sites.

use crate::trust::Trust;
use std::collections::HashMap;
use std::net::IpAddr;
use std::time::Duration;

/// How pages are fetched, and what is the most that is borne.
#[derive(Debug, Clone)]
pub struct FetchSettings {
    /// Who we say we are. Honest: outlets can see that a program reads them, and whose.
    pub user_agent: String,
    /// `Accept-Language`, where one is sent.
    pub accept_language: Option<String>,
    /// Time for name look-up, for connecting, and for the TLS handshake, each.
    pub connect: Duration,
    /// Time in which something must arrive.
    pub idle: Duration,
    /// Time in which a page must arrive, redirects and repetitions included, waiting for one's turn not.
    pub total: Duration,
    /// Longest body as sent, bytes.
    pub most_raw: u64,
    /// Longest body when decoded, bytes.
    pub most_decoded: u64,
    /// Most that one byte may unfold to on average; bodies that unfold to less than 1 MiB are not asked.
    pub most_ratio: u64,
    /// Longest head of an answer, bytes.
    pub most_head: usize,
    /// Most header fields of an answer.
    pub most_fields: usize,
    /// Most redirects in a row.
    pub most_redirects: usize,
    /// Time between two requests to one host.
    pub pace: Duration,
    /// The same between the parts of one page, which a reader's browser asks for all at once.
    pub pace_requisites: Duration,
    /// The same for hosts on this machine or network.
    pub pace_local: Duration,
    /// How often a fetch is tried: after 429, 503 and broken connections.
    pub tries: u32,
    /// Wait before the second try where the server does not say; it doubles.
    pub back_off: Duration,
    /// Longest wait before a further try. A server that asks for more gets its wish: [`crate::Error::Busy`] says when.
    pub longest_wait: Duration,
    /// Names whose addresses are given here instead of asked for; the guard judges them all the same.
    pub names: HashMap<String, Vec<IpAddr>>,
    /// Whose certificates are believed.
    pub trust: Trust,
}

impl Default for FetchSettings {
    fn default() -> Self {
        Self {
            user_agent: concat!("sitrep/", env!("CARGO_PKG_VERSION"), " (newsroom; reads public pages for analysts)")
                .into(),
            accept_language: None,
            connect: Duration::from_secs(10),
            idle: Duration::from_secs(20),
            total: Duration::from_secs(60),
            most_raw: 16 << 20,
            most_decoded: 64 << 20,
            most_ratio: 100,
            most_head: 64 << 10,
            most_fields: 256,
            most_redirects: 10,
            pace: Duration::from_secs(2),
            pace_requisites: Duration::from_millis(150),
            pace_local: Duration::ZERO,
            tries: 3,
            back_off: Duration::from_secs(2),
            longest_wait: Duration::from_secs(60),
            names: HashMap::new(),
            trust: Trust::default(),
        }
    }
}
