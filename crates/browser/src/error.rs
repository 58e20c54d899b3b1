//! Why a page could not be looked at, in words.

/// What went wrong with the browser.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// It can't be run at all.
    #[error("the browser {program} can't be started: {why}")]
    Start {
        /// Which.
        program: String,
        /// What the system said.
        why: String,
    },
    /// It ended by itself; with its last words.
    #[error("the browser ended by itself{0}")]
    Ended(String),
    /// It did not answer in time.
    #[error("the browser did not answer within {0} seconds")]
    Slow(u64),
    /// It says more than is listened to.
    #[error("the browser said more than is listened to")]
    TooMuch,
    /// It refuses what it is told.
    #[error("the browser refuses {method}: {why}")]
    Refused {
        /// What it was told.
        method: &'static str,
        /// Its words.
        why: String,
    },
    /// The page brought it down.
    #[error("the page brought the browser down")]
    Crashed,
    /// What it made is too large to be kept.
    #[error("it has {bytes} bytes, and at most {most} are kept")]
    Large {
        /// What it has.
        bytes: usize,
        /// What is kept.
        most: usize,
    },
    /// The page was not opened.
    #[error("the browser did not open the page: {0}")]
    Unopened(String),
}
