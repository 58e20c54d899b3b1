//! A message ready for the wire: checked addresses, line ends, doubled dots.

use super::error::{Fault, MailError, Stage};

/// Longest address, RFC 5321 4.5.3.1.3.
const LONGEST: usize = 254;

/// One message for one recipient.
#[derive(Debug)]
pub(super) struct Letter {
    pub(super) from: String,
    pub(super) to: String,
    /// With CRLF line ends, leading dots doubled, and a line end behind the last line; without the final dot.
    pub(super) body: Vec<u8>,
    /// An address has characters outside ASCII: the server must know SMTPUTF8.
    pub(super) wide_addresses: bool,
    /// The message has bytes outside ASCII: the server must know 8BITMIME.
    pub(super) wide_body: bool,
}

impl Letter {
    pub(super) fn new(from: &str, to: &str, message: &[u8]) -> Result<Self, MailError> {
        let from = bare(from).ok_or_else(|| refused(Stage::Sender, from))?;
        let to = bare(to).ok_or_else(|| refused(Stage::Recipient, to))?;
        Ok(Self {
            from: from.to_owned(),
            to: to.to_owned(),
            body: stuffed(message),
            wide_addresses: !from.is_ascii() || !to.is_ascii(),
            wide_body: !message.is_ascii(),
        })
    }
}

fn refused(stage: Stage, address: &str) -> MailError {
    let shown: String = address.chars().take(80).collect();
    MailError::Refused(Fault { stage, code: None, text: format!("{shown:?} is no address that mail can be sent to") })
}

/// The address itself, of `Name <a@b.example>` or `a@b.example`. Nothing that could end a command line or its brackets.
fn bare(text: &str) -> Option<&str> {
    let text = text.trim();
    let inner = text.strip_suffix('>').map_or(Some(text), |rest| rest.rsplit_once('<').map(|(_, inner)| inner))?;
    let (local, domain) = inner.rsplit_once('@')?;
    let harmless = |c: char| !c.is_control() && !c.is_whitespace() && !"<>\"\\,;:".contains(c);
    let literal = domain.starts_with('[') && domain.ends_with(']');
    let fine = |c: char| harmless(c) || (c == ':' && literal);
    let known =
        !local.is_empty() && !domain.is_empty() && inner.len() <= LONGEST && !text.chars().any(char::is_control);
    (known && local.chars().all(harmless) && domain.chars().all(fine)).then_some(inner)
}

/// Line ends as the wire has them, and a second dot before each line that begins with one (RFC 5321 4.5.2). Lone CR and LF become line
/// ends too, for servers differ in what they take for the end of a message.
fn stuffed(message: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(message.len() + message.len() / 32 + 2);
    let (mut at, mut begins) = (0, true);
    while let Some(&byte) = message.get(at) {
        at += 1;
        match byte {
            b'\r' | b'\n' => {
                at += usize::from(byte == b'\r' && message.get(at) == Some(&b'\n'));
                out.extend_from_slice(b"\r\n");
                begins = true;
            }
            _ => {
                if begins && byte == b'.' {
                    out.push(b'.');
                }
                out.push(byte);
                begins = false;
            }
        }
    }
    if !begins {
        out.extend_from_slice(b"\r\n");
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dots_are_doubled_and_line_ends_made_one_kind() {
        let text = String::from_utf8(stuffed(b"a: b\n\n.\n..x\r\nend.\rlast")).unwrap();
        assert_eq!(text, "a: b\r\n\r\n..\r\n...x\r\nend.\r\nlast\r\n");
        assert!(stuffed(b"").is_empty());
    }

    #[test]
    fn an_address_cannot_carry_a_second_command() {
        assert_eq!(bare("A. Reader <a@b.example>"), Some("a@b.example"));
        assert_eq!(bare("a@[IPv6:::1]"), Some("a@[IPv6:::1]"));
        for bad in ["a@b>\r\nRCPT TO:<c@d", "a", "@b", "a@", "a b@c", "a@b.example\nX: y", "<a@b", "a@b,c@d", ""] {
            assert_eq!(bare(bad), None, "{bad:?}");
        }
        let error = Letter::new("a@b.example", "x\r\ny@z", b"").unwrap_err();
        assert_eq!((error.code(), error.fault().stage), ("mail_refused", Stage::Recipient));
    }
}
