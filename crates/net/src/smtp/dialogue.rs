//! Lines to the server and its answers, bounded in length and time.

use crate::exchange::Stream;
use std::fmt;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::time::timeout;

/// Longest answer that is read, bytes.
const LONGEST: usize = 64 << 10;

/// An answer of the server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Reply {
    pub(super) code: u16,
    pub(super) lines: Vec<String>,
}

impl Reply {
    pub(super) fn is_good(&self) -> bool {
        (200..400).contains(&self.code)
    }

    pub(super) fn text(&self) -> String {
        self.lines.join(" / ")
    }
}

/// Why there is no answer.
#[derive(Debug)]
pub(super) enum Broken {
    Closed,
    Late,
    Nonsense(String),
    System(String),
}

impl fmt::Display for Broken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Closed => f.write_str("the mail server closed the connection"),
            Self::Late => f.write_str("the mail server did not answer in time"),
            Self::Nonsense(said) => write!(f, "the mail server's answer is not SMTP: {said:?}"),
            Self::System(why) => write!(f, "the connection to the mail server broke: {why}"),
        }
    }
}

/// A connection, with what was read ahead of it.
pub(super) struct Wire {
    stream: Box<dyn Stream>,
    ahead: Vec<u8>,
}

impl fmt::Debug for Wire {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Wire")
    }
}

impl Wire {
    pub(super) fn new(stream: Box<dyn Stream>) -> Self {
        Self { stream, ahead: Vec::new() }
    }

    /// The bare connection, for TLS over it. What the server said ahead of the handshake came from nobody knows whom: refused.
    pub(super) fn into_stream(self) -> Result<Box<dyn Stream>, Broken> {
        match self.ahead.as_slice() {
            [] => Ok(self.stream),
            ahead => Err(Broken::Nonsense(shown(ahead))),
        }
    }

    /// Sends one command line and reads the answer.
    pub(super) async fn say(&mut self, line: &str, within: Duration) -> Result<Reply, Broken> {
        self.write(format!("{line}\r\n").as_bytes(), within).await?;
        self.hear(within).await
    }

    /// Writes and flushes.
    pub(super) async fn write(&mut self, bytes: &[u8], within: Duration) -> Result<(), Broken> {
        for part in bytes.chunks(64 << 10) {
            let written = timeout(within, self.stream.write_all(part)).await.map_err(|_| Broken::Late)?;
            written.map_err(|error| Broken::System(error.to_string()))?;
        }
        let flushed = timeout(within, self.stream.flush()).await.map_err(|_| Broken::Late)?;
        flushed.map_err(|error| Broken::System(error.to_string()))
    }

    /// Reads one answer, of one line or several. `within` bounds the whole, so a server that drips bytes gains nothing.
    pub(super) async fn hear(&mut self, within: Duration) -> Result<Reply, Broken> {
        timeout(within, self.reply()).await.map_err(|_| Broken::Late)?
    }

    async fn reply(&mut self) -> Result<Reply, Broken> {
        let mut lines = Vec::new();
        let mut length = 0;
        loop {
            let line = self.line().await?;
            length += line.len();
            let code = line.get(..3).and_then(|code| code.parse::<u16>().ok()).filter(|code| (200..600).contains(code));
            let (Some(code), true) = (code, length < LONGEST) else {
                return Err(Broken::Nonsense(shown(line.as_bytes())));
            };
            lines.push(line.get(4..).unwrap_or_default().trim().to_owned());
            match line.as_bytes().get(3) {
                Some(b'-') => {}
                Some(b' ') | None => return Ok(Reply { code, lines }),
                Some(_) => return Err(Broken::Nonsense(shown(line.as_bytes()))),
            }
        }
    }

    async fn line(&mut self) -> Result<String, Broken> {
        loop {
            if let Some(end) = self.ahead.iter().position(|byte| *byte == b'\n') {
                let line: Vec<u8> = self.ahead.drain(..=end).collect();
                return Ok(String::from_utf8_lossy(&line).trim_end().to_owned());
            }
            if self.ahead.len() > LONGEST {
                return Err(Broken::Nonsense(shown(&self.ahead)));
            }
            let mut part = [0; 4096];
            match self.stream.read(&mut part).await {
                Ok(0) => return Err(Broken::Closed),
                Ok(read) => self.ahead.extend_from_slice(&part[..read]),
                Err(error) => return Err(Broken::System(error.to_string())),
            }
        }
    }
}

fn shown(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).chars().take(80).collect()
}
