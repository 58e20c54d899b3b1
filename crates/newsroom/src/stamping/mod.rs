//! Time stamps: the authority that the operator names (RFC 3161) says when a capture's statement was there.
//!
//! A token stands beside the record: it comes after the capture, changes nothing of it, and proves itself. Captures wait
//! in a queue that is filled by following the record, so that collecting knows nothing of it: an authority that is away
//! holds nobody up.

mod asking;

pub use asking::Stamping;
pub(crate) use asking::begin;
pub use sitrep_timestamp::Stamp;

use crate::error::Error;
use crate::newsroom::Newsroom;
use crate::signing::statement;
use crate::vault;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use jiff::SignedDuration;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use sitrep_model::capture::Capture;
use sitrep_store::Operations;
use sitrep_timestamp::Question;

/// Where tokens are kept, by the capture's id.
const TOKENS: &str = "time-stamp";
/// How much earlier than its capture a time stamp may be: two clocks are never quite the same.
const EARLIER: SignedDuration = SignedDuration::from_mins(10);

/// The authority that is asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StampSettings {
    pub(crate) url: String,
    pub(crate) policy: Option<String>,
    pub(crate) local: bool,
}

impl StampSettings {
    /// An authority by its address; the policy to ask for, as an object identifier in numbers; and whether the address may
    /// be on this machine or its own network.
    ///
    /// # Errors
    /// Where the address or the policy is none.
    pub fn new(url: &str, policy: Option<&str>, local: bool) -> Result<Self, Error> {
        let parsed = url::Url::parse(url.trim()).map_err(|error| Error::invalid(format!("{url:?}: {error}")))?;
        if !matches!(parsed.scheme(), "http" | "https") {
            return Err(Error::invalid(format!("{url:?} is not on the web: give an http or https address")));
        }
        let policy = policy.map(str::trim).filter(|policy| !policy.is_empty()).map(str::to_owned);
        Question::new([0; 32], [1; 16], policy.as_deref()).map_err(|error| Error::invalid(error.to_string()))?;
        Ok(Self { url: parsed.into(), policy, local })
    }
}

/// A token, and whether it holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TimeStamp {
    /// The address that it came from.
    pub from: String,
    /// The token (DER, `ContentInfo`).
    pub token: Vec<u8>,
    /// What it says; why it does not hold, where it does not.
    pub says: Result<Stamp, String>,
}

/// How a capture stands with its time stamp.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stamped {
    /// It has one.
    Token(TimeStamp),
    /// It waits for one; with what went wrong the last time.
    Waiting(Option<String>),
    /// It was asked for in vain too often.
    GivenUp(String),
    /// Nobody was asked for one.
    No,
}

/// A token that is handed out with a capture: one line of the file.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Handed {
    /// The capture.
    pub(crate) capture: String,
    /// What is stamped: the SHA-256 of this text.
    pub(crate) statement: String,
    /// The address that it came from.
    pub(crate) from: String,
    /// The token, in base 64.
    pub(crate) token: String,
}

impl Handed {
    /// The line of a capture, where it has a token, whether that holds or not.
    pub(crate) fn of(operations: &mut Operations<'_>, capture: &Capture) -> Result<Option<Self>, Error> {
        let kept: Kept = vault::read(operations, TOKENS, capture.id.as_str())?.unwrap_or_default();
        let Some(token) = kept.token else { return Ok(None) };
        let (id, statement) = (capture.id.0.clone(), statement(capture)?);
        Ok(Some(Self { capture: id, statement, from: kept.from, token }))
    }

    /// Whether its token holds for its statement. `Err` says in words why not.
    pub(crate) fn holds(&self) -> Result<Stamp, String> {
        let token = STANDARD.decode(&self.token).map_err(|_| "it is not written in base 64".to_owned())?;
        holds(&token, &self.statement)
    }
}

/// What is kept of a capture's time stamp.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
struct Kept {
    from: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    token: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    fault: Option<String>,
    #[serde(default)]
    given_up: bool,
}

impl Newsroom {
    /// How a capture stands with its time stamp.
    pub fn time_stamp(&self, capture: &Capture) -> Result<Stamped, Error> {
        self.store().operate(|operations| stamped(operations, capture))
    }
}

/// The same, within a transaction.
pub(crate) fn stamped(operations: &mut Operations<'_>, capture: &Capture) -> Result<Stamped, Error> {
    let kept: Option<Kept> = vault::read(operations, TOKENS, capture.id.as_str())?;
    Ok(match kept {
        None => Stamped::No,
        Some(Kept { token: Some(token), from, .. }) => {
            let token = STANDARD.decode(token).unwrap_or_default();
            let says = held(&token, &statement(capture)?, capture);
            Stamped::Token(TimeStamp { from, token, says })
        }
        Some(Kept { given_up: true, fault, .. }) => Stamped::GivenUp(fault.unwrap_or_default()),
        Some(Kept { fault, .. }) => Stamped::Waiting(fault),
    })
}

/// Whether a token holds for a capture's statement.
fn held(token: &[u8], statement: &str, capture: &Capture) -> Result<Stamp, String> {
    let stamp = holds(token, statement)?;
    if stamp.at < capture.at.checked_sub(EARLIER).unwrap_or(capture.at) {
        return Err("its time is before that of the capture".to_owned());
    }
    Ok(stamp)
}

/// Whether a token holds for a statement. `Err` says in words why not.
pub(crate) fn holds(token: &[u8], statement: &str) -> Result<Stamp, String> {
    sitrep_timestamp::holds(token, &digest(statement)).map_err(|error| error.to_string())
}

fn digest(statement: &str) -> [u8; 32] {
    Sha256::digest(statement.as_bytes()).into()
}
