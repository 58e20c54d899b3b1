//! A mail server that delivers nowhere: it keeps what it is handed, and can be told to misbehave.

mod dialogue;

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinHandle;

/// A message as it was handed over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Received {
    /// The envelope's sender.
    pub from: String,
    /// The envelope's recipients.
    pub to: Vec<String>,
    /// The message, dots undoubled.
    pub raw: Vec<u8>,
}

impl Received {
    /// The message as text, for comparisons.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.raw).into_owned()
    }
}

/// A moment of the dialogue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Moment {
    /// Instead of the greeting.
    Greeting,
    /// At `MAIL FROM`.
    Sender,
    /// At `RCPT TO`.
    Recipient,
    /// At `DATA`.
    Data,
    /// In the middle of the message.
    Middle,
    /// After the final dot.
    End,
}

/// What is done at a moment instead of the usual.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Act {
    /// Says this line, e.g. `550 5.1.1 no such user`.
    Say(String),
    /// Closes the connection without a word. At [`Moment::End`] the message has been taken.
    Close,
    /// Closes the connection without a word, and at [`Moment::End`] throws the message away.
    CloseAndLose,
    /// Says nothing more. At [`Moment::End`] the message has been taken.
    Silence,
}

/// A departure from the usual.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    /// For this recipient only; at moments before the recipient is known such a rule does not count.
    pub recipient: Option<String>,
    /// When.
    pub at: Moment,
    /// What.
    pub act: Act,
    /// How often; `None` for always.
    pub times: Option<usize>,
}

/// How the server presents itself.
#[derive(Debug, Clone, Default)]
pub struct SinkSettings {
    /// User and password that are asked for before any message.
    pub sign_in: Option<(String, String)>,
    /// Extensions offered besides `8BITMIME`, `SIZE` and `AUTH`, e.g. `SMTPUTF8`.
    pub offers: Vec<String>,
    /// Messages are also written to this folder, which must exist, as `.eml` files.
    pub folder: Option<PathBuf>,
}

/// The mail server, on a loopback port, until dropped.
#[derive(Debug)]
pub struct MailSink {
    address: SocketAddr,
    desk: Arc<Counter>,
    task: JoinHandle<()>,
}

/// What all connections share.
#[derive(Debug)]
struct Counter {
    settings: SinkSettings,
    rules: Mutex<Vec<Rule>>,
    received: watch::Sender<Vec<Received>>,
    connections: AtomicUsize,
}

impl MailSink {
    /// Opens it on a free port, with everything at its default.
    ///
    /// # Errors
    /// Those of the system where there is no port.
    pub async fn open() -> io::Result<Self> {
        Self::with((Ipv4Addr::LOCALHOST, 0).into(), SinkSettings::default()).await
    }

    /// Opens it at an address of this machine.
    ///
    /// # Errors
    /// Those of the system where the address is taken.
    pub async fn with(address: SocketAddr, settings: SinkSettings) -> io::Result<Self> {
        let listener = TcpListener::bind(address).await?;
        let address = listener.local_addr()?;
        let desk = Arc::new(Counter {
            settings,
            rules: Mutex::default(),
            received: watch::Sender::new(Vec::new()),
            connections: AtomicUsize::new(0),
        });
        let counter = Arc::clone(&desk);
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                counter.connections.fetch_add(1, Ordering::Relaxed);
                let counter = Arc::clone(&counter);
                // A client that leaves in the middle is no fault of ours.
                tokio::spawn(async move { dialogue::hold(stream, &counter, true).await });
            }
        });
        Ok(Self { address, desk, task })
    }

    /// Host and port.
    pub const fn address(&self) -> SocketAddr {
        self.address
    }

    /// Adds a departure from the usual.
    pub fn rule(&self, rule: Rule) {
        self.desk.rules.lock().unwrap_or_else(PoisonError::into_inner).push(rule);
    }

    /// From now on does this at a moment, for everybody.
    pub fn always(&self, at: Moment, act: Act) {
        self.rule(Rule { recipient: None, at, act, times: None });
    }

    /// Does this once at a moment, whoever comes.
    pub fn once(&self, at: Moment, act: Act) {
        self.rule(Rule { recipient: None, at, act, times: Some(1) });
    }

    /// From now on does this at a moment for one recipient.
    pub fn for_recipient(&self, recipient: &str, at: Moment, act: Act) {
        self.rule(Rule { recipient: Some(recipient.to_owned()), at, act, times: None });
    }

    /// Is a good mail server again.
    pub fn behave(&self) {
        self.desk.rules.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }

    /// The messages taken so far.
    pub fn received(&self) -> Vec<Received> {
        self.desk.received.borrow().clone()
    }

    /// Waits until this many messages were taken, and returns them.
    pub async fn wait_for(&self, count: usize) -> Vec<Received> {
        let mut watcher = self.desk.received.subscribe();
        // The sender lives as long as this sink.
        watcher.wait_for(|received| received.len() >= count).await.map(|received| received.clone()).unwrap_or_default()
    }

    /// How many connections were made.
    pub fn connections(&self) -> usize {
        self.desk.connections.load(Ordering::Relaxed)
    }

    /// Holds the dialogue over a connection of the caller's, e.g. one that TLS was put on; `greet` is false after `STARTTLS`.
    ///
    /// # Errors
    /// Those of the connection.
    pub async fn converse(&self, stream: impl AsyncRead + AsyncWrite + Unpin, greet: bool) -> io::Result<()> {
        dialogue::hold(stream, &self.desk, greet).await
    }
}

impl Drop for MailSink {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Counter {
    /// What a rule says for this moment; the latest rule counts.
    fn act(&self, at: Moment, recipients: &[String]) -> Option<Act> {
        let mut rules = self.rules.lock().unwrap_or_else(PoisonError::into_inner);
        let fits = |rule: &Rule| {
            rule.at == at
                && rule.times != Some(0)
                && rule
                    .recipient
                    .as_ref()
                    .is_none_or(|recipient| recipients.iter().any(|to| to.eq_ignore_ascii_case(recipient)))
        };
        let rule = rules.iter_mut().rev().find(|rule| fits(rule))?;
        rule.times = rule.times.map(|times| times - 1);
        Some(rule.act.clone())
    }

    async fn take(&self, message: Received) -> io::Result<()> {
        if let Some(folder) = &self.settings.folder {
            let number = self.received.borrow().len() + 1;
            let to = message.to.first().map(String::as_str).unwrap_or_default();
            let name: String = to.chars().filter(|c| c.is_alphanumeric() || "@.-_".contains(*c)).take(80).collect();
            tokio::fs::write(folder.join(format!("{number:05}-{name}.eml")), &message.raw).await?;
        }
        self.received.send_modify(|received| received.push(message));
        Ok(())
    }
}
