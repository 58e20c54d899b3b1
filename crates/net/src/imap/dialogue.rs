//! Commands to the mail server and what it answers, bounded in length and time.

use crate::error::Error;
use crate::exchange::Stream;
use imap_proto::{AttributeValue, MailboxDatum, Response, ResponseCode, Status};
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::time::timeout;

/// Bytes of an answer beside the message in it, at most.
const BESIDE: u64 = 1 << 20;

/// Brackets inside each other, at most: what is asked for has one or two, and the parser goes down one step for each.
const DEEPEST: usize = 32;

/// Something that the server said before it ended an answer.
pub(super) struct Heard(Response<'static>);

impl Heard {
    pub(super) fn validity(&self) -> Option<u32> {
        match &self.0 {
            Response::Data { outcome, .. } => match outcome.code {
                Some(ResponseCode::UidValidity(validity)) => Some(validity),
                _ => None,
            },
            _ => None,
        }
    }

    pub(super) fn numbers(self) -> Option<Vec<u32>> {
        match self.0 {
            Response::MailboxData(MailboxDatum::Search(numbers)) => Some(numbers),
            _ => None,
        }
    }

    fn attributes(&self, number: u32) -> &[AttributeValue<'static>] {
        match &self.0 {
            Response::Fetch(_, attributes)
                if attributes.iter().any(|a| matches!(a, AttributeValue::Uid(uid) if *uid == number)) =>
            {
                attributes
            }
            _ => &[],
        }
    }

    pub(super) fn size_of(&self, number: u32) -> Option<u32> {
        self.attributes(number).iter().find_map(|attribute| match attribute {
            AttributeValue::Rfc822Size(size) => Some(*size),
            _ => None,
        })
    }

    pub(super) fn body_of(self, number: u32) -> Option<Vec<u8>> {
        self.attributes(number).iter().find_map(|attribute| match attribute {
            AttributeValue::BodySection { section: None, data: Some(data), .. } => Some(data.to_vec()),
            _ => None,
        })
    }
}

/// A connection, with what was read ahead of it.
pub(super) struct Wire {
    stream: Box<dyn Stream>,
    ahead: Vec<u8>,
    /// Bytes of an answer, at most.
    most: u64,
    /// Time for an answer.
    within: Duration,
    commands: u32,
    host: String,
}

impl Wire {
    pub(super) fn new(stream: Box<dyn Stream>, host: &str, largest: u64, within: Duration) -> Self {
        let most = largest.saturating_add(BESIDE);
        Self { stream, ahead: Vec::new(), most, within, commands: 0, host: host.to_owned() }
    }

    /// The bare connection, for TLS over it. What the server said ahead of the handshake came from nobody knows whom: refused.
    pub(super) fn into_stream(self) -> Result<Box<dyn Stream>, Error> {
        if self.ahead.is_empty() {
            return Ok(self.stream);
        }
        Err(Error::Mailbox { host: self.host, why: "it speaks on before the connection is secure".to_owned() })
    }

    /// Waits until the server has greeted.
    pub(super) async fn greeting(&mut self) -> Result<(), Error> {
        let slow = self.slow();
        let heard = timeout(self.within, self.response(&mut 0)).await.map_err(|_| slow)??;
        match heard.0 {
            Response::Data { status: Status::Ok, .. } => Ok(()),
            Response::Data { outcome, .. } => Err(self.refused(outcome.information.as_deref())),
            _ => Err(self.fault("it does not greet as a mailbox's server does (IMAP)")),
        }
    }

    /// Sends a command and hears the whole answer to it. `within` bounds the whole, so a server that drips bytes gains nothing.
    pub(super) async fn say(&mut self, command: &str) -> Result<Vec<Heard>, Error> {
        let slow = self.slow();
        timeout(self.within, self.command(command)).await.map_err(|_| slow)?
    }

    async fn command(&mut self, command: &str) -> Result<Vec<Heard>, Error> {
        self.commands += 1;
        let tag = format!("s{}", self.commands);
        let sent = async {
            self.stream.write_all(format!("{tag} {command}\r\n").as_bytes()).await?;
            self.stream.flush().await
        };
        sent.await.map_err(|error| self.broken(&error))?;
        let (mut heard, mut length) = (Vec::new(), 0);
        loop {
            let said = self.response(&mut length).await?;
            match said.0 {
                Response::Done { tag: done, status, outcome } if done.0 == tag => {
                    return match status {
                        Status::Ok => Ok(heard),
                        _ => Err(self.refused(outcome.information.as_deref())),
                    };
                }
                Response::Data { status: Status::Bye, outcome } if !command.starts_with("LOGOUT") => {
                    return Err(self.refused(outcome.information.as_deref()));
                }
                Response::Continue(_) => return Err(self.fault("it asks for more than was to be said")),
                said => heard.push(Heard(said)),
            }
        }
    }

    /// One response. `length` counts the bytes of the answer that it belongs to.
    async fn response(&mut self, length: &mut u64) -> Result<Heard, Error> {
        loop {
            let missing =
                missing(&self.ahead).ok_or_else(|| self.fault("its answer is nested deeper than any mailbox's"))?;
            if !self.ahead.is_empty() {
                match Response::parse(&self.ahead) {
                    Ok((rest, response)) => {
                        let (response, rest) = (response.into_owned(), rest.len());
                        let read = self.ahead.len() - rest;
                        *length += read as u64;
                        self.ahead.drain(..read);
                        return Ok(Heard(response));
                    }
                    Err(error) if !error.is_incomplete() => {
                        let begins: String = String::from_utf8_lossy(&self.ahead).chars().take(60).collect();
                        return Err(self.fault(format!("its answer is not IMAP: {begins:?}")));
                    }
                    Err(_) => {}
                }
            }
            if (*length + self.ahead.len() as u64).saturating_add(missing as u64) > self.most {
                return Err(self.fault(format!("its answer is longer than {} bytes", self.most)));
            }
            self.more(missing).await?;
        }
    }

    /// Reads on until a line ends behind what is missing of a literal: before that nothing can be whole, so a long answer is
    /// looked into once and not with each piece that comes.
    async fn more(&mut self, missing: usize) -> Result<(), Error> {
        let mut unseen = self.ahead.len() + missing;
        let mut part = vec![0; 64 << 10];
        while self.ahead.len() as u64 <= self.most {
            match self.stream.read(&mut part).await {
                Ok(0) => return Err(self.fault("it closed the connection")),
                Ok(read) => self.ahead.extend_from_slice(&part[..read]),
                Err(error) => return Err(self.broken(&error)),
            }
            if self.ahead.get(unseen..).is_some_and(|new| new.contains(&b'\n')) {
                break;
            }
            unseen = unseen.max(self.ahead.len());
        }
        Ok(())
    }

    fn slow(&self) -> Error {
        Error::Silent { host: self.host.clone(), waited: self.within }
    }

    fn fault(&self, why: impl Into<String>) -> Error {
        Error::Mailbox { host: self.host.clone(), why: why.into() }
    }

    fn refused(&self, said: Option<&str>) -> Error {
        let said: String = said.unwrap_or("it refuses, and does not say why").chars().take(300).collect();
        self.fault(said)
    }

    fn broken(&self, error: &std::io::Error) -> Error {
        self.fault(format!("the connection broke ({error})"))
    }
}

/// Bytes that are missing of a literal (RFC 3501, section 4.3) that was begun; `None` where brackets outside of literals stand
/// too deep.
fn missing(mut said: &[u8]) -> Option<usize> {
    let mut depth = 0_usize;
    while let Some(end) = said.windows(2).position(|pair| pair == b"\r\n") {
        let (line, rest) = (&said[..end], &said[end + 2..]);
        if is_line_too_deep(line, &mut depth) {
            return None;
        }
        let literal = line.strip_suffix(b"}").and_then(|line| {
            let from = line.iter().rposition(|byte| *byte == b'{')? + 1;
            std::str::from_utf8(&line[from..]).ok()?.parse::<usize>().ok()
        });
        match literal {
            Some(length) if length > rest.len() => return Some(length - rest.len()),
            Some(length) => said = &rest[length..],
            None => {
                depth = 0;
                said = rest;
            }
        }
    }
    (!is_line_too_deep(said, &mut depth)).then_some(0)
}

fn is_line_too_deep(line: &[u8], depth: &mut usize) -> bool {
    line.iter().any(|byte| {
        match byte {
            b'(' => *depth += 1,
            b')' => *depth = depth.saturating_sub(1),
            _ => {}
        }
        *depth > DEEPEST
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn depth_is_counted_outside_of_messages() {
        let brackets = "(".repeat(40);
        assert_eq!(missing(format!("* 1 FETCH {brackets}").as_bytes()), None);
        assert_eq!(missing(format!("* 1 FETCH (BODY[] {{3}}\r\nabc BODYSTRUCTURE {brackets}").as_bytes()), None);
        assert_eq!(missing(format!("* 1 FETCH (BODY[] {{40}}\r\n{brackets})\r\n").as_bytes()), Some(0));
        assert_eq!(missing(format!("* 1 FETCH (BODY[] {{50}}\r\n{brackets}").as_bytes()), Some(10));
        assert_eq!(missing(format!("* 1 FETCH (BODY[] {{{}}}\r\n", usize::MAX).as_bytes()), Some(usize::MAX));
        assert_eq!(missing(&b"* 1 FETCH (UID 1)\r\n".repeat(100)), Some(0));
    }
}
