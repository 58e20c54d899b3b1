//! A connection that remembers the bytes of both heads, so that a capture holds what was really said.

use std::io;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, ready};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

/// What went over a connection, each direction up to a limit.
#[derive(Debug, Clone)]
pub(crate) struct Tape {
    heard: Arc<Mutex<(Vec<u8>, Vec<u8>)>>,
    limit: usize,
}

impl Tape {
    pub(crate) fn new(limit: usize) -> Self {
        Self { heard: Arc::default(), limit }
    }

    /// What was sent.
    pub(crate) fn sent(&self) -> Vec<u8> {
        self.heard.lock().unwrap_or_else(PoisonError::into_inner).0.clone()
    }

    /// What was received.
    pub(crate) fn received(&self) -> Vec<u8> {
        self.heard.lock().unwrap_or_else(PoisonError::into_inner).1.clone()
    }

    fn note(&self, sent: &[u8], received: &[u8]) {
        let mut heard = self.heard.lock().unwrap_or_else(PoisonError::into_inner);
        let (room_sent, room_received) = (self.limit - heard.0.len(), self.limit - heard.1.len());
        heard.0.extend_from_slice(sent.get(..room_sent).unwrap_or(sent));
        heard.1.extend_from_slice(received.get(..room_received).unwrap_or(received));
    }
}

/// The connection.
pub(crate) struct Recorded<S> {
    pub(crate) inner: S,
    pub(crate) tape: Tape,
}

impl<S: AsyncRead + Unpin> AsyncRead for Recorded<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let before = buffer.filled().len();
        ready!(Pin::new(&mut self.inner).poll_read(context, buffer))?;
        self.tape.note(&[], &buffer.filled()[before..]);
        Poll::Ready(Ok(()))
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Recorded<S> {
    fn poll_write(mut self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let written = ready!(Pin::new(&mut self.inner).poll_write(context, bytes))?;
        self.tape.note(&bytes[..written], &[]);
        Poll::Ready(Ok(written))
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.inner).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.inner).poll_shutdown(context)
    }
}

/// The head of the final answer on the tape: up to and with its empty line. Interim answers (1xx) before it are left out.
pub(crate) fn answer_head(received: &[u8]) -> Option<&[u8]> {
    let mut rest = received;
    loop {
        let head = &rest[..end_of_head(rest)?];
        let interim = head.get(9..10) == Some(b"1") && head.get(9..12) != Some(b"101");
        if !interim {
            return Some(head);
        }
        rest = &rest[head.len()..];
    }
}

fn end_of_head(bytes: &[u8]) -> Option<usize> {
    let mut line = 0;
    for (at, _) in bytes.iter().enumerate().filter(|(_, byte)| **byte == b'\n') {
        if line > 0 && matches!(&bytes[line..at], b"" | b"\r") {
            return Some(at + 1);
        }
        line = at + 1;
    }
    None
}

/// The head as it stands in a capture. The body is kept without its transfer coding, so the header that announces one is renamed, as
/// web archives do; all else is untouched.
pub(crate) fn for_capture(head: &[u8]) -> Vec<u8> {
    let mut kept = Vec::with_capacity(head.len() + 32);
    for line in head.split_inclusive(|byte| *byte == b'\n') {
        let name = line.split(|byte| *byte == b':').next().unwrap_or_default();
        if name.trim_ascii().eq_ignore_ascii_case(b"transfer-encoding") {
            kept.extend_from_slice(b"X-Archive-Orig-");
        }
        kept.extend_from_slice(line);
    }
    kept
}

/// A request's head with the values of some fields withheld: captures are shown and handed on.
pub(crate) fn without(request: Vec<u8>, fields: &[&str]) -> Vec<u8> {
    if fields.is_empty() {
        return request;
    }
    let mut kept = Vec::with_capacity(request.len());
    for line in request.split_inclusive(|byte| *byte == b'\n') {
        let name = line.split(|byte| *byte == b':').next().unwrap_or_default().trim_ascii();
        if fields.iter().any(|field| name.eq_ignore_ascii_case(field.as_bytes())) {
            kept.extend_from_slice(name);
            kept.extend_from_slice(b": [withheld]\r\n");
        } else {
            kept.extend_from_slice(line);
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn interim_answers_are_no_part_of_the_head() {
        let heard = b"HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\nHTTP/1.1 200 OK\r\nA: b\r\n\r\n<p>";
        assert_eq!(answer_head(heard).unwrap(), b"HTTP/1.1 200 OK\r\nA: b\r\n\r\n");
        assert_eq!(answer_head(b"HTTP/1.0 200 OK\nA: b\n\nbody").unwrap(), b"HTTP/1.0 200 OK\nA: b\n\n");
        assert_eq!(answer_head(b"HTTP/1.1 200 OK\r\nA: b"), None);
    }

    #[test]
    fn the_transfer_coding_is_renamed_since_the_body_has_none() {
        let head = b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\nA: b\r\n\r\n";
        assert_eq!(for_capture(head), b"HTTP/1.1 200 OK\r\nX-Archive-Orig-transfer-encoding: chunked\r\nA: b\r\n\r\n");
    }
}
