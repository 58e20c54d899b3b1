//! The browser's process: its pipe, its folder, and its end.

use crate::error::Error;
use crate::program::Browser;
use rustix::process::{Pid, Signal, geteuid, kill_process, kill_process_group, test_kill_process_group};
use serde_json::Value;
use std::io;
use std::process::Stdio;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::io::{AsyncBufReadExt, AsyncRead, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::process::{Child, ChildStdin, Command};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

/// The shell leads the pipe to where the browser looks for it, and everything else nowhere.
const LED: &str = "exec \"$@\" 3<&0 4>&1 0</dev/null 1>/dev/null";

/// Bytes that the browser may have said and that were not yet listened to, at most: a picture is one message.
const LISTENED: usize = 96 << 20;
/// Bytes of its last words that are kept.
const LAST_WORDS: usize = 2_000;

/// What the browser is told whatever the page. It has no use for the network, and no way to it.
const ARGUMENTS: &[&str] = &[
    "--headless",
    "--remote-debugging-pipe",
    "--proxy-server=http://nowhere.invalid:1",
    "--proxy-bypass-list=<-loopback>",
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--disable-quic",
    "--dns-prefetch-disable",
    "--no-pings",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-domain-reliability",
    "--disable-client-side-phishing-detection",
    "--disable-sync",
    "--disable-default-apps",
    "--disable-extensions",
    "--disable-breakpad",
    "--disable-crash-reporter",
    "--metrics-recording-only",
    "--no-first-run",
    "--no-default-browser-check",
    "--deny-permission-prompts",
    "--password-store=basic",
    "--use-mock-keychain",
    "--disable-dev-shm-usage",
    "--disable-gpu",
    "--mute-audio",
    "--hide-scrollbars",
    "--window-size=1280,800",
    "--disable-features=Translate,MediaRouter,DialMediaRouteProvider,OptimizationHints,AutofillServerCommunication",
];

/// A browser that runs. Dropped, it is killed with all that it started.
pub(crate) struct Process {
    child: Child,
    group: Option<Pid>,
    told: Option<UnboundedSender<Vec<u8>>>,
    said: UnboundedReceiver<Result<Vec<u8>, Error>>,
    waiting: Arc<AtomicUsize>,
    last_words: Arc<Mutex<Vec<u8>>>,
    profile: Option<tempfile::TempDir>,
}

impl Process {
    /// Starts the browser with a new, empty profile. It gets nothing of our environment.
    pub(crate) async fn start(browser: &Browser) -> Result<Self, Error> {
        let unstarted = |error: io::Error| Error::Start {
            program: browser.program().display().to_string(),
            why: error.to_string(),
        };
        // Named by our process, so that what should be left of it is known for whose it was.
        let prefix = format!("sitrep-browser-{}-", std::process::id());
        let profile = tempfile::Builder::new().prefix(&prefix).tempdir().map_err(unstarted)?;
        let mut command = Command::new("/bin/sh");
        command.args(["-c", LED, "sh"]).args(browser.command().await).args(ARGUMENTS);
        command.arg(format!("--user-data-dir={}", profile.path().display()));
        // Its own sandbox does not work for root, and it refuses to run without being told so.
        if geteuid().is_root() {
            command.arg("--no-sandbox");
        }
        command.arg("about:blank").env_clear().env("HOME", profile.path()).env("TMPDIR", profile.path());
        command.env("LANG", "C.UTF-8").envs(std::env::var_os("PATH").map(|path| ("PATH", path)));
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command.process_group(0).kill_on_drop(true);
        let mut child = command.spawn().map_err(unstarted)?;
        let group = child.id().and_then(|id| Pid::from_raw(i32::try_from(id).ok()?));
        let missing = || unstarted(io::Error::other("it has no pipe"));
        let (to, from) = (child.stdin.take().ok_or_else(missing)?, child.stdout.take().ok_or_else(missing)?);
        let (told, telling) = unbounded_channel();
        let (saying, said) = unbounded_channel();
        let (waiting, last_words) = (Arc::<AtomicUsize>::default(), Arc::<Mutex<Vec<u8>>>::default());
        tokio::spawn(tell(to, telling));
        tokio::spawn(listen(from, saying, Arc::clone(&waiting)));
        if let Some(complaints) = child.stderr.take() {
            tokio::spawn(overhear(complaints, Arc::clone(&last_words)));
        }
        Ok(Self { child, group, told: Some(told), said, waiting, last_words, profile: Some(profile) })
    }

    /// Tells it something; what it never hears it does not answer.
    pub(crate) fn tell(&self, message: &Value) {
        if let Some(told) = &self.told {
            let mut bytes = message.to_string().into_bytes();
            bytes.push(0);
            // Where it has ended, that is heard from the other side.
            let _ = told.send(bytes);
        }
    }

    /// The next thing that it says. Nothing is lost where this is not waited for to the end.
    pub(crate) async fn next(&mut self) -> Result<Value, Error> {
        let Some(message) = self.said.recv().await else { return Err(Error::Ended(self.last_words())) };
        let message = message?;
        self.waiting.fetch_sub(message.len(), Ordering::SeqCst);
        serde_json::from_slice(&message).map_err(|error| Error::Ended(format!(": it does not speak JSON ({error})")))
    }

    fn last_words(&self) -> String {
        let words = self.last_words.lock().unwrap_or_else(PoisonError::into_inner);
        let words = String::from_utf8_lossy(&words);
        let line = words.lines().rev().find(|line| !line.trim().is_empty()).unwrap_or_default();
        let line: String = line.chars().filter(|c| !c.is_control()).take(300).collect();
        if line.is_empty() { line } else { format!(": {line}") }
    }

    /// Ends it, with all that it started, and takes its folder away.
    pub(crate) async fn end(mut self) {
        self.kill();
        let _ = self.child.wait().await;
        // What it started dies with it, but not in the same moment; a folder that is written to can't be taken away.
        for _ in 0..100 {
            if self.group.is_none_or(|group| test_kill_process_group(group).is_err()) && self.sweep() == 0 {
                break;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        // Its number may be another's from now on.
        self.group = None;
        if let Some(profile) = self.profile.take()
            && let Err(error) = tokio::task::spawn_blocking(move || profile.close()).await.unwrap_or(Ok(()))
        {
            tracing::warn!(%error, "a browser's folder could not be taken away");
        }
    }

    fn kill(&mut self) {
        self.told = None;
        if let Some(group) = self.group {
            let _ = kill_process_group(group, Signal::KILL);
        }
        self.sweep();
    }

    /// Kills what left the group, as handlers of crashes do: whatever names the folder, which nobody else knows. Gives how
    /// many there were.
    fn sweep(&self) -> usize {
        let Some(profile) = self.profile.as_ref().map(|profile| profile.path().display().to_string()) else { return 0 };
        let mut left = 0;
        for entry in std::fs::read_dir("/proc").into_iter().flatten().flatten() {
            let pid = entry.file_name().to_str().and_then(|name| name.parse().ok()).and_then(Pid::from_raw);
            let Some(pid) = pid.filter(|pid| pid.as_raw_nonzero().get().unsigned_abs() != std::process::id()) else {
                continue;
            };
            let command = std::fs::read(entry.path().join("cmdline")).unwrap_or_default();
            if String::from_utf8_lossy(&command).contains(&profile) {
                left += 1;
                let _ = kill_process(pid, Signal::KILL);
            }
        }
        left
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        self.kill();
    }
}

async fn tell(mut to: ChildStdin, mut telling: UnboundedReceiver<Vec<u8>>) {
    while let Some(bytes) = telling.recv().await {
        if to.write_all(&bytes).await.is_err() {
            return;
        }
    }
}

/// Messages end with a nought.
async fn listen(
    from: impl AsyncRead + Unpin,
    saying: UnboundedSender<Result<Vec<u8>, Error>>,
    waiting: Arc<AtomicUsize>,
) {
    let (mut from, mut message) = (BufReader::with_capacity(1 << 16, from), Vec::new());
    loop {
        let Ok(part) = from.fill_buf().await else { return };
        if part.is_empty() {
            return;
        }
        let end = part.iter().position(|byte| *byte == 0);
        let taken = end.map_or(part.len(), |end| end + 1);
        message.extend_from_slice(&part[..end.unwrap_or(part.len())]);
        from.consume(taken);
        if message.len() + waiting.load(Ordering::SeqCst) > LISTENED {
            let _ = saying.send(Err(Error::TooMuch));
            return;
        }
        if end.is_some() {
            waiting.fetch_add(message.len(), Ordering::SeqCst);
            if saying.send(Ok(std::mem::take(&mut message))).is_err() {
                return;
            }
        }
    }
}

/// Keeps the end of what it complains about.
async fn overhear(mut from: impl AsyncRead + Unpin, words: Arc<Mutex<Vec<u8>>>) {
    let mut part = [0; 1024];
    while let Ok(read @ 1..) = from.read(&mut part).await {
        let mut words = words.lock().unwrap_or_else(PoisonError::into_inner);
        words.extend_from_slice(&part[..read]);
        let over = words.len().saturating_sub(LAST_WORDS);
        words.drain(..over);
    }
}
