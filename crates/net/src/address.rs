//! Which addresses are asked at all: `http` and `https`, no user name, a host.

use crate::error::Error;
use url::{Host, Url};

/// Longest address that is asked, bytes.
const LONGEST: usize = 8_000;

/// Ports below 1024 where web servers stand. On the others mail, name and file servers listen, which no page may make us talk to.
const WEB_PORTS: &[u16] = &[80, 81, 443, 591, 808, 888];

/// An address that may be asked, taken apart.
#[derive(Debug, Clone)]
pub(crate) struct Address {
    pub(crate) url: Url,
    pub(crate) host: Host<String>,
    pub(crate) port: u16,
    pub(crate) secure: bool,
}

impl Address {
    /// Host and, where it isn't the scheme's own, port: what errors name and what pacing counts by.
    pub(crate) fn authority(&self) -> String {
        match self.url.port() {
            Some(port) => format!("{}:{port}", self.host),
            None => self.host.to_string(),
        }
    }

    /// Path and query as sent in the request line.
    pub(crate) fn target(&self) -> String {
        match self.url.query() {
            Some(query) => format!("{}?{query}", self.url.path()),
            None => self.url.path().to_owned(),
        }
    }
}

/// Reads an address; with `base` it may be a relative one, as in a `Location` header.
pub(crate) fn read(text: &str, base: Option<&Url>) -> Result<Address, Error> {
    let refuse = |why: &str| Error::Address { url: shown(text), why: why.to_owned() };
    if text.len() > LONGEST {
        return Err(refuse("the address is longer than any page's"));
    }
    let parsed = match base {
        Some(base) => base.join(text.trim()),
        None => Url::parse(text.trim()),
    };
    let mut url = parsed.map_err(|error| refuse(&format!("this is no address ({error})")))?;
    let secure = match url.scheme() {
        "https" => true,
        "http" => false,
        _ => return Err(refuse("only addresses that begin with http:// or https:// are fetched")),
    };
    if !url.username().is_empty() || url.password().is_some() {
        return Err(refuse("the address carries a user name or password, which is never sent"));
    }
    url.set_fragment(None);
    let host = url.host().map(|host| host.to_owned()).ok_or_else(|| refuse("the address names no host"))?;
    let port = url.port_or_known_default().unwrap_or(if secure { 443 } else { 80 });
    if port == 0 || (port < 1024 && !WEB_PORTS.contains(&port)) {
        return Err(refuse("this port is not one where web servers are"));
    }
    Ok(Address { url, host, port, secure })
}

/// The address for an error: without a password, and not endless.
fn shown(text: &str) -> String {
    let short: String = text.chars().take(200).collect();
    match (short.find("://"), short.find('@')) {
        (Some(scheme), Some(at)) if at > scheme => format!("{}://…{}", &short[..scheme], &short[at..]),
        _ => short,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_web_addresses_without_secrets_are_asked() {
        for bad in [
            "file:///etc/passwd",
            "ftp://a.example/",
            "gopher://a.example/",
            "javascript:alert(1)",
            "http://user:word@a.example/",
            "http://user@a.example/",
            "http:///",
            "news",
            "http://a.example:25/",
            "http://a.example:0/",
            "",
        ] {
            assert_eq!(read(bad, None).map(|address| address.url).unwrap_err().code(), "address", "{bad}");
        }
        let error = read("http://user:word@a.example/", None).unwrap_err().to_string();
        assert!(!error.contains("word@"), "{error}");
    }

    #[test]
    fn spellings_of_an_ip_address_are_one() {
        for spelling in ["http://127.1/", "http://2130706433/", "http://0x7f.0.0.1/", "http://0177.0.0.1/"] {
            assert_eq!(read(spelling, None).unwrap().host.to_string(), "127.0.0.1", "{spelling}");
        }
    }

    #[test]
    fn a_redirect_may_be_relative_and_loses_its_fragment() {
        let base = Url::parse("https://a.example/fa/news/1").unwrap();
        assert_eq!(read("../2?x=1#top", Some(&base)).unwrap().url.as_str(), "https://a.example/fa/2?x=1");
        assert_eq!(read("//b.example", Some(&base)).unwrap().authority(), "b.example");
        assert_eq!(read("/2", Some(&base)).unwrap().target(), "/2");
    }
}
