//! A server of mailboxes (IMAP, as much of it as reading takes), which can be told to misbehave.

use crate::lines;
use std::collections::BTreeMap;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex, PoisonError};
use tokio::io::{AsyncRead, AsyncWrite, AsyncWriteExt, BufStream};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

/// A folder.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Folder {
    /// Whether numbers still mean the same.
    pub validity: u32,
    /// Messages by their numbers (UID).
    pub messages: BTreeMap<u32, Vec<u8>>,
}

/// What the server does wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Manner {
    /// Nothing.
    Good,
    /// It never says a word.
    Silent,
    /// It speaks another language.
    Stranger,
    /// It sends a message that has no end.
    Endless,
    /// It sends brackets inside brackets.
    Nested,
    /// It leaves in the middle of a message.
    Cut,
}

/// The server, on a loopback port, until dropped. Its user is `desk`, with the password `pass"word`.
#[derive(Debug)]
pub struct MailboxServer {
    address: SocketAddr,
    shared: Arc<Mutex<Shared>>,
    task: JoinHandle<()>,
}

#[derive(Debug)]
struct Shared {
    folders: BTreeMap<String, Folder>,
    manner: Manner,
    commands: Vec<String>,
}

/// Whether the dialogue goes on.
enum Then {
    GoOn,
    Leave,
}

impl MailboxServer {
    /// Opens it on a free port.
    ///
    /// # Errors
    /// Those of the system where there is no port.
    pub async fn open() -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let address = listener.local_addr()?;
        let shared =
            Arc::new(Mutex::new(Shared { folders: BTreeMap::new(), manner: Manner::Good, commands: Vec::new() }));
        let desk = Arc::clone(&shared);
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let desk = Arc::clone(&desk);
                tokio::spawn(async move { hold(stream, &desk).await });
            }
        });
        Ok(Self { address, shared, task })
    }

    /// Host and port.
    pub const fn address(&self) -> SocketAddr {
        self.address
    }

    /// Puts a folder in, or in place of the one of this name (as servers write names: RFC 3501, 5.1.3).
    pub fn put(&self, name: &str, folder: Folder) {
        self.lock(|shared| shared.folders.insert(name.to_owned(), folder));
    }

    /// From now on behaves like this.
    pub fn behave(&self, manner: Manner) {
        self.lock(|shared| shared.manner = manner);
    }

    /// The commands heard so far, without their tags.
    pub fn commands(&self) -> Vec<String> {
        self.lock(|shared| shared.commands.clone())
    }

    /// Holds the dialogue over a connection of the caller's, e.g. one that TLS was put on.
    ///
    /// # Errors
    /// Those of the connection.
    pub async fn converse(&self, stream: impl AsyncRead + AsyncWrite + Unpin) -> io::Result<()> {
        hold(stream, &self.shared).await
    }

    fn lock<T>(&self, f: impl FnOnce(&mut Shared) -> T) -> T {
        f(&mut self.shared.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Drop for MailboxServer {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn hold(stream: impl AsyncRead + AsyncWrite + Unpin, shared: &Mutex<Shared>) -> io::Result<()> {
    let manner = shared.lock().unwrap_or_else(PoisonError::into_inner).manner;
    let mut client = Client { stream: BufStream::new(stream), open: Folder::default(), known: false };
    match manner {
        Manner::Silent => return lines::hear(&mut client.stream).await.map(|_| ()),
        Manner::Stranger => client.say("220 this is a mail server of another kind").await?,
        _ => client.say("* OK ready").await?,
    }
    while let Some(line) = lines::hear(&mut client.stream).await? {
        let (tag, command) = line.split_once(' ').unwrap_or((&line, ""));
        shared.lock().unwrap_or_else(PoisonError::into_inner).commands.push(command.to_owned());
        if let Then::Leave = client.obey(tag, command, shared).await? {
            break;
        }
    }
    Ok(())
}

struct Client<S> {
    stream: BufStream<S>,
    open: Folder,
    known: bool,
}

impl<S: AsyncRead + AsyncWrite + Unpin> Client<S> {
    async fn say(&mut self, line: &str) -> io::Result<()> {
        lines::say(&mut self.stream, line).await
    }

    async fn obey(&mut self, tag: &str, command: &str, shared: &Mutex<Shared>) -> io::Result<Then> {
        let (folders, manner) = {
            let shared = shared.lock().unwrap_or_else(PoisonError::into_inner);
            (shared.folders.clone(), shared.manner)
        };
        if command == r#"LOGIN "desk" "pass\"word""# {
            self.known = true;
            self.say(&format!("{tag} OK [CAPABILITY IMAP4rev1] signed in")).await?;
        } else if command == "LOGOUT" {
            self.say("* BYE until next time").await?;
            self.say(&format!("{tag} OK done")).await?;
            return Ok(Then::Leave);
        } else if !self.known {
            self.say(&format!("{tag} NO [AUTHENTICATIONFAILED] the name or password is wrong")).await?;
        } else if let Some(name) = command.strip_prefix("EXAMINE ") {
            match folders.get(name.trim_matches('"')) {
                Some(folder) => {
                    self.open = folder.clone();
                    self.say(&format!("* {} EXISTS", folder.messages.len())).await?;
                    self.say("* FLAGS (\\Answered \\Seen)").await?;
                    self.say(&format!("* OK [UIDVALIDITY {}] numbers hold", folder.validity)).await?;
                    self.say(&format!("{tag} OK [READ-ONLY] open")).await?;
                }
                None => self.say(&format!("{tag} NO there is no such folder")).await?,
            }
        } else if let Some(first) =
            command.strip_prefix("UID SEARCH UID ").and_then(|rest| rest.strip_suffix(":*")?.parse::<u32>().ok())
        {
            let mut numbers: Vec<u32> = self.open.messages.range(first..).map(|(number, _)| *number).collect();
            if numbers.is_empty() {
                numbers.extend(self.open.messages.keys().last());
            }
            let numbers = numbers.iter().map(u32::to_string).collect::<Vec<_>>().join(" ");
            self.say(format!("* SEARCH {numbers}").trim_end()).await?;
            self.say(&format!("{tag} OK searched")).await?;
        } else if let Some(rest) = command.strip_prefix("UID FETCH ") {
            return self.hand_out(tag, rest, manner).await;
        } else {
            self.say(&format!("{tag} BAD not known here")).await?;
        }
        Ok(Then::GoOn)
    }

    async fn hand_out(&mut self, tag: &str, rest: &str, manner: Manner) -> io::Result<Then> {
        let (number, what) = rest.split_once(' ').unwrap_or((rest, ""));
        let number: u32 = number.parse().unwrap_or_default();
        let Some(message) = self.open.messages.get(&number).cloned() else {
            self.say(&format!("{tag} OK nothing of that number")).await?;
            return Ok(Then::GoOn);
        };
        if !what.contains("BODY.PEEK[]") {
            self.say(&format!("* 1 FETCH (UID {number} RFC822.SIZE {})", message.len())).await?;
            self.say(&format!("{tag} OK fetched")).await?;
            return Ok(Then::GoOn);
        }
        match manner {
            Manner::Endless => loop {
                self.stream.write_all(&[b'x'; 4096]).await?;
            },
            Manner::Nested => {
                self.say(&format!("* 1 FETCH (BODYSTRUCTURE {}", "(".repeat(100_000))).await?;
                return Ok(Then::Leave);
            }
            Manner::Cut => {
                self.say(&format!("* 1 FETCH (UID {number} BODY[] {{{}}}", message.len())).await?;
                self.stream.write_all(&message[..message.len() / 2]).await?;
                self.stream.flush().await?;
                return Ok(Then::Leave);
            }
            _ => {}
        }
        self.say(&format!("* 1 FETCH (UID {number} BODY[] {{{}}}", message.len())).await?;
        self.stream.write_all(&message).await?;
        self.say(")").await?;
        // A flag that changed meanwhile may be told at any time (RFC 3501, section 7).
        self.say("* 2 FETCH (FLAGS (\\Seen))").await?;
        self.say(&format!("{tag} OK fetched")).await?;
        Ok(Then::GoOn)
    }
}
