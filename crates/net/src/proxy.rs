//! A way out through a proxy: HTTP `CONNECT` (RFC 9110, 9.3.6) or SOCKS 5 (RFC 1928, 1929), Tor among them.
//!
//! The proxy resolves names, so the guard can't judge the address that a name leads to: it judges addresses that are written
//! as numbers, and refuses names that can only be on the proxy's own machine or network.

use crate::address::Address;
use crate::error::Error;
use crate::smtp::Secret;
use base64::Engine as _;
use std::fmt;
use std::io;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use url::{Host, Url};

/// Longest head of a proxy's answer, bytes.
const LONGEST: usize = 8 << 10;

/// How a proxy is spoken to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Speech {
    Connect,
    Socks5,
}

/// A proxy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proxy {
    speech: Speech,
    pub(crate) host: Host<String>,
    pub(crate) port: u16,
    login: Option<(String, Secret)>,
}

impl Proxy {
    /// Reads a proxy's address: `http://host:port`, `socks5://host:port` or `socks5h://host:port`. `login` is `name:password`, where
    /// it asks for one; an address that carries them is refused, for addresses are no secrets.
    ///
    /// # Errors
    /// [`Error::Settings`] where it is no proxy's address.
    pub fn read(address: &str, login: Option<&str>) -> Result<Self, Error> {
        let wrong =
            |why: &str| Error::Settings(format!("{why}: give a proxy as http://host:port or socks5://host:port"));
        let url = Url::parse(address.trim()).map_err(|_| wrong("the proxy's address can't be read"))?;
        let (speech, standard) = match url.scheme() {
            "http" => (Speech::Connect, 80),
            "socks5" | "socks5h" => (Speech::Socks5, 1080),
            _ => return Err(wrong("this kind of proxy is not known")),
        };
        if !url.username().is_empty() || url.password().is_some() {
            return Err(wrong("a proxy's address carries no name or password; keep them as the source's secret"));
        }
        let host = url.host_str().filter(|host| !host.is_empty()).and_then(|host| Host::parse(host).ok());
        let host = host.ok_or_else(|| wrong("the proxy's address names no host"))?;
        let login = login.map(|login| {
            let (name, word) = login.split_once(':').unwrap_or((login, ""));
            (name.to_owned(), Secret::from(word))
        });
        Ok(Self { speech, host, port: url.port().unwrap_or(standard), login })
    }

    fn fault(&self, why: impl Into<String>) -> Error {
        Error::Proxy { proxy: self.to_string(), why: why.into() }
    }

    /// Asks the proxy for a connection to an address. The caller bounds it in time.
    pub(crate) async fn lead(&self, stream: &mut TcpStream, to: &Address) -> Result<(), Error> {
        let led = match self.speech {
            Speech::Connect => self.connect(stream, to).await,
            Speech::Socks5 => self.socks5(stream, to).await,
        };
        led.map_err(|error| match error {
            Refusal::Broken(error) => self.fault(format!("the connection to it broke ({error})")),
            Refusal::Said(why) => self.fault(why),
        })
    }

    async fn connect(&self, stream: &mut TcpStream, to: &Address) -> Result<(), Refusal> {
        let place = format!("{}:{}", to.host, to.port);
        let login = self.login.as_ref().map(|(name, word)| {
            let pair = base64::engine::general_purpose::STANDARD.encode(format!("{name}:{}", word.reveal()));
            format!("Proxy-Authorization: Basic {pair}\r\n")
        });
        let request = format!("CONNECT {place} HTTP/1.1\r\nHost: {place}\r\n{}\r\n", login.unwrap_or_default());
        stream.write_all(request.as_bytes()).await?;
        let mut head = Vec::new();
        // Byte by byte: what follows the head is the other side's already.
        while !head.ends_with(b"\r\n\r\n") && !head.ends_with(b"\n\n") {
            if head.len() >= LONGEST {
                return Err(Refusal::Said("it answers without end".to_owned()));
            }
            head.push(stream.read_u8().await?);
        }
        let line = String::from_utf8_lossy(&head);
        let line = line.lines().next().unwrap_or_default();
        let status = line.strip_prefix("HTTP/1.").and_then(|rest| rest.split(' ').nth(1)?.parse::<u16>().ok());
        match status {
            Some(200..=299) => Ok(()),
            Some(407) => Err(Refusal::Said("it asks for a name and password (407)".to_owned())),
            Some(status) => Err(Refusal::Said(format!("it does not connect to {place} ({status})"))),
            None => Err(Refusal::Said("it does not answer as an HTTP proxy does".to_owned())),
        }
    }

    async fn socks5(&self, stream: &mut TcpStream, to: &Address) -> Result<(), Refusal> {
        let ways: &[u8] = if self.login.is_some() { &[5, 2, 0, 2] } else { &[5, 1, 0] };
        stream.write_all(ways).await?;
        let mut chosen = [0; 2];
        stream.read_exact(&mut chosen).await?;
        match (chosen, &self.login) {
            ([5, 0], _) => {}
            ([5, 2], Some((name, word))) => {
                let word = word.reveal();
                let (Ok(name_length), Ok(word_length)) = (u8::try_from(name.len()), u8::try_from(word.len())) else {
                    return Err(Refusal::Said("the name or password for it is too long".to_owned()));
                };
                let said = [&[1, name_length], name.as_bytes(), &[word_length], word.as_bytes()].concat();
                stream.write_all(&said).await?;
                let mut answer = [0; 2];
                stream.read_exact(&mut answer).await?;
                if answer[1] != 0 {
                    return Err(Refusal::Said("it refuses the name or password".to_owned()));
                }
            }
            ([5, _], _) => return Err(Refusal::Said("it asks for a name and password".to_owned())),
            _ => return Err(Refusal::Said("it does not answer as a SOCKS 5 proxy does".to_owned())),
        }
        let mut request = vec![5, 1, 0];
        match &to.host {
            Host::Ipv4(ip) => request.extend([&[1], ip.octets().as_slice()].concat()),
            Host::Ipv6(ip) => request.extend([&[4], ip.octets().as_slice()].concat()),
            Host::Domain(name) => {
                let length = u8::try_from(name.len()).map_err(|_| Refusal::Said("the name is too long".to_owned()))?;
                request.extend([&[3, length], name.as_bytes()].concat());
            }
        }
        request.extend(to.port.to_be_bytes());
        stream.write_all(&request).await?;
        let mut answer = [0; 4];
        stream.read_exact(&mut answer).await?;
        if answer[0] != 5 {
            return Err(Refusal::Said("it does not answer as a SOCKS 5 proxy does".to_owned()));
        }
        if answer[1] != 0 {
            return Err(Refusal::Said(format!("it does not connect to {}: {}", to.authority(), reason(answer[1]))));
        }
        let rest = match answer[3] {
            1 => 4,
            4 => 16,
            3 => usize::from(stream.read_u8().await?),
            _ => return Err(Refusal::Said("it answers with an address of no known kind".to_owned())),
        };
        let mut bound = vec![0; rest + 2];
        stream.read_exact(&mut bound).await?;
        Ok(())
    }
}

impl fmt::Display for Proxy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let scheme = match self.speech {
            Speech::Connect => "http",
            Speech::Socks5 => "socks5",
        };
        write!(f, "{scheme}://{}:{}", self.host, self.port)
    }
}

enum Refusal {
    Broken(io::Error),
    Said(String),
}

impl From<io::Error> for Refusal {
    fn from(error: io::Error) -> Self {
        Self::Broken(error)
    }
}

/// RFC 1928, section 6.
const fn reason(code: u8) -> &'static str {
    match code {
        2 => "its rules do not allow it",
        3 => "the network is not reached",
        4 => "the host is not reached",
        5 => "nothing listens there (connection refused)",
        6 => "it took too long",
        _ => "it says no more than that it failed",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_proxy_is_named_by_its_address_and_shows_no_password() {
        let proxy = Proxy::read("socks5h://127.0.0.1:9050", Some("me:hidden9")).unwrap();
        assert_eq!(proxy.to_string(), "socks5://127.0.0.1:9050");
        assert!(!format!("{proxy:?}").contains("hidden9"));
        assert_eq!(Proxy::read("http://proxy.example", None).unwrap().port, 80);
        for bad in
            ["", "proxy", "ftp://proxy.example:1", "http://me:hidden9@proxy.example:8080", "socks4://proxy.example:1"]
        {
            let error = Proxy::read(bad, None).unwrap_err().to_string();
            assert!(!error.contains("hidden9"), "{error}");
        }
    }
}
