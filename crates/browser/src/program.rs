//! Which program the browser is, and what keeps it from the network.

use crate::error::Error;
use crate::visit::{Seen, Visit};
use crate::{Bounds, Network};
use std::path::{Path, PathBuf};
use std::process::Stdio;
use tokio::process::Command;

/// Names under which the path is searched.
const NAMES: [&str; 5] = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];

/// How a program is run in a network of its own, which has no way out: as root, and as anybody where the system lets
/// anybody do so.
const FENCES: [&[&str]; 2] = [&["--net", "--"], &["--user", "--map-current-user", "--net", "--"]];

/// A browser on this machine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Browser {
    program: PathBuf,
    fenced: bool,
}

impl Browser {
    /// The browser of that path or name, or else the first one known by its name; `None` where there is none.
    pub fn find(named: Option<&Path>) -> Option<Self> {
        let program = match named {
            Some(path) if path.components().count() > 1 => path.is_file().then(|| path.to_owned()),
            Some(name) => on_path(name),
            None => NAMES.iter().find_map(|name| on_path(Path::new(name))),
        };
        Some(Self { program: program?, fenced: true })
    }

    /// The program.
    pub fn program(&self) -> &Path {
        &self.program
    }

    /// The same where the system can't be asked to keep it from the network: its own arguments have to.
    #[must_use]
    pub fn unfenced(self) -> Self {
        Self { fenced: false, ..self }
    }

    /// The command that runs it, up to its own arguments: in a network without a way out, where the system allows that.
    pub(crate) async fn command(&self) -> Vec<String> {
        let program = self.program.display().to_string();
        for fence in FENCES.iter().filter(|_| self.fenced) {
            let mut tried = Command::new("unshare");
            tried.args(*fence).arg("true").stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
            if tried.status().await.is_ok_and(|status| status.success()) {
                let fence = fence.iter().map(|word| (*word).to_owned());
                return std::iter::once("unshare".to_owned()).chain(fence).chain([program]).collect();
            }
        }
        vec![program]
    }

    /// Opens a page, waits until it is loaded or its time is over, and takes a picture and a print of it. Whatever happens,
    /// nothing of the browser is left running.
    ///
    /// # Errors
    /// Where the browser can't be run or the page can't be opened in it. What is only missing is said in [`Seen::missing`].
    pub async fn visit<N: Network>(&self, url: &str, network: &N, bounds: &Bounds) -> Result<Seen, Error> {
        Visit::of(self, network, bounds).await?.run(url).await
    }
}

fn on_path(name: &Path) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).map(|folder| folder.join(name)).find(|place| place.is_file())
}
