//! A mailbox read by IMAP (RFC 3501, RFC 9051): which messages there are, and one message as it lies there.
//!
//! Nothing in the mailbox is changed: it is opened to be read only, and messages are read without being marked as seen. The same
//! guard judges the server's address as a page's, and a password goes only over a connection that is secure or does not
//! leave this machine. What is asked for is named as RFC 5092 names it.

mod address;
mod dialogue;

use crate::address::Address;
use crate::error::Error;
use crate::exchange::{self, Way};
use crate::fetch::Fetcher;
use crate::names;
use crate::proxy::Proxy;
use crate::smtp::Secret;
use address::{MailboxAddress, Part};
use dialogue::{Heard, Wire};
use std::fmt;
use std::net::IpAddr;
use std::time::Duration;
use tokio::net::TcpStream;
use tokio::time::timeout;

/// Who reads a mailbox.
#[derive(Debug, Clone, Default)]
pub struct MailboxLogin {
    /// The name to sign in with.
    pub name: String,
    /// The password to it.
    pub password: Secret,
    /// The server may be on this machine or its private network.
    pub local: bool,
    /// The proxy through which it is reached.
    pub via: Option<Proxy>,
}

/// What a mailbox answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FromMailbox {
    /// `message/rfc822` for a message; `text/plain` for a list: its first line is `UIDVALIDITY` and the number that says whether
    /// numbers still mean the same, each further line the number (UID) of a message, in order.
    pub media_type: &'static str,
    /// The message as it lies there, or the list.
    pub body: Vec<u8>,
}

/// A mailbox, signed in to.
pub struct Mailbox {
    wire: Wire,
    place: String,
    largest: u64,
    /// The folder that is open, and its UIDVALIDITY.
    open: Option<(String, u32)>,
}

impl fmt::Debug for Mailbox {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Mailbox({})", self.place)
    }
}

impl Fetcher {
    /// Connects to the mail server that an address names, secures the connection, and signs in.
    ///
    /// # Errors
    /// [`Error::Mailbox`] where the server refuses, and those of a connection.
    pub async fn mailbox(&self, url: &str, login: &MailboxLogin) -> Result<Mailbox, Error> {
        let address = MailboxAddress::read(url)?.server;
        let place = address.authority();
        let way = match &login.via {
            None => Way::Direct(names::look_up(&address, login.local, &self.settings).await?),
            Some(proxy) => {
                names::judge_unresolved(&address, login.local)?;
                Way::Through(proxy, names::of_proxy(proxy, &self.settings).await?)
            }
        };
        let (stream, ip) = exchange::reach(&address, &way, &self.settings).await?;
        let largest = self.settings.most_decoded;
        let wire = if address.secure {
            let secured = exchange::secured(&address, stream, &self.settings, &self.tls).await?;
            let mut wire = Wire::new(Box::new(secured), &place, largest, self.settings.total);
            wire.greeting().await?;
            wire
        } else {
            self.start_tls(stream, ip, &address, &place).await?
        };
        let mut mailbox = Mailbox { wire, place, largest, open: None };
        mailbox.sign_in(login).await?;
        Ok(mailbox)
    }

    /// `STARTTLS`, without which a password is given only to a server on this machine.
    async fn start_tls(
        &self,
        stream: TcpStream,
        ip: Option<IpAddr>,
        address: &Address,
        place: &str,
    ) -> Result<Wire, Error> {
        let mut wire = Wire::new(Box::new(stream), place, self.settings.most_decoded, self.settings.total);
        wire.greeting().await?;
        match wire.say("STARTTLS").await {
            Ok(_) => {
                let stream = wire.into_stream()?;
                let secured = exchange::secured(address, stream, &self.settings, &self.tls).await?;
                Ok(Wire::new(Box::new(secured), place, self.settings.most_decoded, self.settings.total))
            }
            Err(Error::Mailbox { .. }) if ip.is_some_and(|ip| ip.is_loopback()) => Ok(wire),
            Err(Error::Mailbox { .. }) => Err(Error::Mailbox {
                host: place.to_owned(),
                why: "it does not secure the connection (STARTTLS), and a password is not sent over one that is not"
                    .to_owned(),
            }),
            Err(other) => Err(other),
        }
    }
}

impl Mailbox {
    async fn sign_in(&mut self, login: &MailboxLogin) -> Result<(), Error> {
        let (name, password) = (self.quoted(&login.name, "name")?, self.quoted(login.password.reveal(), "password")?);
        self.wire.say(&format!("LOGIN {name} {password}")).await.map(|_| ())
    }

    /// A quoted string (RFC 3501, section 4.3), which holds no line break, and in which a command can't end.
    fn quoted(&self, words: &str, what: &str) -> Result<String, Error> {
        if words.chars().any(char::is_control) {
            return Err(self.fault(format!("the {what} has a control character in it")));
        }
        Ok(format!("\"{}\"", words.replace('\\', "\\\\").replace('"', "\\\"")))
    }

    fn fault(&self, why: impl Into<String>) -> Error {
        Error::Mailbox { host: self.place.clone(), why: why.into() }
    }

    /// What an address of this mailbox holds: the list of a folder's messages, or a message.
    ///
    /// # Errors
    /// [`Error::Mailbox`] where there is no such folder or message; after any other error the connection is of no more use.
    pub async fn answer(&mut self, url: &str) -> Result<FromMailbox, Error> {
        let asked = MailboxAddress::read(url)?;
        if asked.server.authority() != self.place {
            return Err(self.fault("the address is another mail server's"));
        }
        let validity = self.examine(&asked.folder).await?;
        match asked.part {
            Part::After(number) => {
                let numbers = self.numbers_after(number).await?;
                let lines =
                    std::iter::once(format!("UIDVALIDITY {validity}")).chain(numbers.iter().map(u32::to_string));
                let body = lines.map(|line| line + "\n").collect::<String>().into_bytes();
                Ok(FromMailbox { media_type: "text/plain", body })
            }
            Part::Message { validity: meant, .. } if meant != validity => {
                Err(self
                    .fault(format!("the folder {} was made anew, and its messages have other numbers", asked.folder)))
            }
            Part::Message { number, .. } => {
                Ok(FromMailbox { media_type: "message/rfc822", body: self.message(number).await? })
            }
        }
    }

    /// Opens a folder to be read only, and says its UIDVALIDITY.
    async fn examine(&mut self, folder: &str) -> Result<u32, Error> {
        if let Some((_, validity)) = self.open.as_ref().filter(|(open, _)| open == folder) {
            return Ok(*validity);
        }
        self.open = None;
        let name = self.quoted(&address::modified_utf7(folder), "folder's name")?;
        let heard = self.wire.say(&format!("EXAMINE {name}")).await?;
        let validity = heard.iter().find_map(Heard::validity);
        let validity = validity.ok_or_else(|| self.fault(format!("the folder {folder} has no UIDVALIDITY")))?;
        self.open = Some((folder.to_owned(), validity));
        Ok(validity)
    }

    /// Numbers of the messages after one. The last message is in each such answer, whatever its number (RFC 3501, 6.4.8).
    async fn numbers_after(&mut self, number: u32) -> Result<Vec<u32>, Error> {
        let Some(first) = number.checked_add(1) else { return Ok(Vec::new()) };
        let heard = self.wire.say(&format!("UID SEARCH UID {first}:*")).await?;
        let mut numbers: Vec<u32> = heard.into_iter().filter_map(Heard::numbers).flatten().collect();
        numbers.retain(|found| *found >= first);
        numbers.sort_unstable();
        numbers.dedup();
        Ok(numbers)
    }

    async fn message(&mut self, number: u32) -> Result<Vec<u8>, Error> {
        let heard = self.wire.say(&format!("UID FETCH {number} (UID RFC822.SIZE)")).await?;
        let size = heard.iter().find_map(|heard| heard.size_of(number));
        let size = size.ok_or_else(|| self.fault(format!("there is no message {number} any more")))?;
        if u64::from(size) > self.largest {
            let largest = self.largest;
            return Err(self.fault(format!("message {number} has {size} bytes, and at most {largest} are read")));
        }
        let heard = self.wire.say(&format!("UID FETCH {number} (UID BODY.PEEK[])")).await?;
        let body = heard.into_iter().find_map(|heard| heard.body_of(number));
        body.ok_or_else(|| self.fault(format!("it does not hand out message {number}")))
    }

    /// Takes leave.
    pub async fn leave(mut self) {
        // Whether it answers any more is all the same.
        let _ = timeout(Duration::from_secs(5), self.wire.say("LOGOUT")).await;
    }
}
