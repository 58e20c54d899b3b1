//! The child process: started, heard, and killed at a random moment.

use crate::stage::Stage;
use sitrep_store::{Database, Settings};
use std::hash::{BuildHasher as _, RandomState};
use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

/// How often a child is killed.
pub(crate) fn kills() -> u32 {
    std::env::var("SITREP_KILLS").ok().and_then(|kills| kills.parse().ok()).unwrap_or(10)
}

/// A number below another, different each time.
pub(crate) fn random(below: u64) -> u64 {
    RandomState::new().hash_one(0) % below.max(1)
}

/// A child that works on a stage's store.
pub(crate) struct Process {
    child: Child,
    lines: Receiver<String>,
}

impl Process {
    pub(crate) fn start(task: &str, stage: &Stage, folder: Option<&Path>) -> Self {
        let database = match &stage.settings.database {
            Database::Sqlite => "",
            Database::Postgres(url) => url,
        };
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "the_child", "--nocapture", "--test-threads=1"])
            .env("SITREP_KILLED_TASK", task)
            .env("SITREP_KILLED_DATA", &stage.settings.data)
            .env("SITREP_KILLED_DATABASE", database)
            .env("SITREP_KILLED_FOLDER", folder.unwrap_or(Path::new("")))
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let (say, lines) = channel();
        let stdout = BufReader::new(child.stdout.take().unwrap());
        std::thread::spawn(move || {
            for line in stdout.lines().map_while(Result::ok) {
                let _ = say.send(line);
            }
        });
        Self { child, lines }
    }

    /// Hears the child until it has said so many lines of ours, then for so long, and no longer than it speaks.
    pub(crate) fn hear(&self, wanted: usize, then: Duration) -> Vec<String> {
        let mut heard: Vec<String> = Vec::new();
        while heard.iter().filter(|line| is_ours(line)).count() < wanted {
            match self.lines.recv() {
                Ok(line) => heard.push(line),
                Err(_) => return heard,
            }
        }
        let until = Instant::now() + then;
        while let Ok(line) = self.lines.recv_timeout(until.saturating_duration_since(Instant::now())) {
            heard.push(line);
        }
        heard
    }

    /// Kills the child and gives what it had said still; panics if the child had failed by itself.
    pub(crate) fn kill(mut self) -> Vec<String> {
        let _ = self.child.kill();
        let output = self.child.wait_with_output().unwrap();
        let complaint = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.code().is_none_or(|code| code == 0), "the child failed: {complaint}");
        self.lines.iter().collect()
    }
}

fn is_ours(line: &str) -> bool {
    ["wrote ", "handed ", "sent ", "did ", "begin"].iter().any(|word| line.starts_with(word))
}

/// Where the child works.
pub(crate) fn settings() -> Settings {
    let database = match std::env::var("SITREP_KILLED_DATABASE") {
        Ok(url) if !url.is_empty() => Database::Postgres(url),
        _ => Database::Sqlite,
    };
    let data = std::env::var("SITREP_KILLED_DATA").unwrap().into();
    Settings { data, database, blobs: sitrep_store::BlobSettings::Files }
}
