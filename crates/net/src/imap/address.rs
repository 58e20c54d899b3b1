//! What is asked of a mailbox, as RFC 5092 names it: `imaps://host/folder?UID%205:*` for what came after a message,
//! `imaps://host/folder;UIDVALIDITY=7/;UID=5` for one.

use crate::address::Address;
use crate::error::Error;
use base64::Engine;
use base64::alphabet::IMAP_MUTF7;
use base64::engine::general_purpose::{GeneralPurpose, NO_PAD};
use url::{Host, Url};

/// An address of a mailbox, taken apart.
#[derive(Debug, Clone)]
pub(super) struct MailboxAddress {
    /// The mail server.
    pub(super) server: Address,
    /// The folder's name.
    pub(super) folder: String,
    pub(super) part: Part,
}

/// What of a folder is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    /// The numbers of the messages after this one.
    After(u32),
    /// A message.
    Message { validity: u32, number: u32 },
}

impl MailboxAddress {
    pub(super) fn read(text: &str) -> Result<Self, Error> {
        let refuse = |why: &str| Error::Address { url: text.chars().take(200).collect(), why: why.to_owned() };
        let url = Url::parse(text).map_err(|error| refuse(&format!("this is no address ({error})")))?;
        let secure = match url.scheme() {
            "imaps" => true,
            "imap" => false,
            _ => return Err(refuse("a mailbox's address begins with imaps:// or imap://")),
        };
        if !url.username().is_empty() || url.password().is_some() {
            return Err(refuse("the address carries a user name or password: keep them apart from it"));
        }
        let host = url.host_str().filter(|host| !host.is_empty()).and_then(|host| Host::parse(host).ok());
        let host = host.ok_or_else(|| refuse("the address names no mail server"))?;
        let port = url.port().unwrap_or(if secure { 993 } else { 143 });
        if port == 0 || (port < 1024 && port != 993 && port != 143) {
            return Err(refuse("this port is not one where mailboxes are read"));
        }
        let (folder, part) = path_and_query(&url).ok_or_else(|| refuse("the address names no messages of a folder"))?;
        Ok(Self { server: Address { url, host, port, secure }, folder, part })
    }
}

fn path_and_query(url: &Url) -> Option<(String, Part)> {
    let path = url.path().strip_prefix('/')?;
    if let Some(query) = url.query() {
        let first: u32 = decoded(query)?.strip_prefix("UID ")?.strip_suffix(":*")?.parse().ok()?;
        return Some((decoded(path)?, Part::After(first.checked_sub(1)?)));
    }
    let (path, number) = path.rsplit_once("/;UID=")?;
    let (folder, validity) = path.rsplit_once(";UIDVALIDITY=")?;
    Some((decoded(folder)?, Part::Message { validity: validity.parse().ok()?, number: number.parse().ok()? }))
}

fn decoded(text: &str) -> Option<String> {
    // A plus is a plus in a path; only escapes are undone.
    let escaped = format!("x={}", text.replace('+', "%2B"));
    let (_, value) = url::form_urlencoded::parse(escaped.as_bytes()).next()?;
    Some(value.into_owned())
}

/// A folder's name as servers write it (RFC 3501, section 5.1.3).
pub(super) fn modified_utf7(name: &str) -> String {
    let (mut written, mut wide): (String, Vec<u16>) = (String::new(), Vec::new());
    let engine = GeneralPurpose::new(&IMAP_MUTF7, NO_PAD);
    let end = |written: &mut String, wide: &mut Vec<u16>| {
        if !wide.is_empty() {
            let bytes: Vec<u8> = wide.drain(..).flat_map(u16::to_be_bytes).collect();
            *written += &format!("&{}-", engine.encode(bytes));
        }
    };
    for c in name.chars() {
        match c {
            '&' => {
                end(&mut written, &mut wide);
                written.push_str("&-");
            }
            ' '..='~' => {
                end(&mut written, &mut wide);
                written.push(c);
            }
            _ => wide.extend(c.encode_utf16(&mut [0; 2]).iter()),
        }
    }
    end(&mut written, &mut wide);
    written
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_and_messages_have_addresses() {
        let list = MailboxAddress::read("imaps://mail.example/News%20letters?UID%206:*").unwrap();
        assert_eq!((list.folder.as_str(), list.part), ("News letters", Part::After(5)));
        assert_eq!((list.server.port, list.server.secure), (993, true));
        let one = MailboxAddress::read("imap://mail.example:1143/a+b/c;UIDVALIDITY=7/;UID=5").unwrap();
        assert_eq!((one.folder.as_str(), one.part), ("a+b/c", Part::Message { validity: 7, number: 5 }));
        for bad in [
            "https://mail.example/x",
            "imaps://user@mail.example/INBOX?UID%201:*",
            "imaps:///INBOX?UID%201:*",
            "imaps://mail.example:25/INBOX?UID%201:*",
            "imaps://mail.example/INBOX",
            "imaps://mail.example/INBOX?ALL",
            "imaps://mail.example/INBOX;UIDVALIDITY=x/;UID=5",
        ] {
            assert_eq!(MailboxAddress::read(bad).map(|read| read.folder).unwrap_err().code(), "address", "{bad}");
        }
    }

    /// The examples of RFC 3501, section 5.1.3.
    #[test]
    fn names_are_written_as_servers_write_them() {
        for (name, written) in [
            ("INBOX", "INBOX"),
            ("a&b", "a&-b"),
            ("~peter/mail/台北/日本語", "~peter/mail/&U,BTFw-/&ZeVnLIqe-"),
            ("خبر", "&Bi4GKAYx-"),
        ] {
            assert_eq!(modified_utf7(name), written);
        }
    }
}
