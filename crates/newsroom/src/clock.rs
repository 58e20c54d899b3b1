//! The newsroom's clock: the machine's, or one that tests set.

use jiff::{SignedDuration, Timestamp};
use std::sync::{Arc, Mutex, PoisonError};

/// Where the time comes from.
#[derive(Clone)]
pub enum Clock {
    /// The machine's clock.
    System(fn() -> Timestamp),
    /// A clock that stands until it is moved.
    Fixed(Arc<Mutex<Timestamp>>),
}

impl Clock {
    /// A clock that stands at a moment.
    pub fn fixed(at: Timestamp) -> Self {
        Self::Fixed(Arc::new(Mutex::new(at)))
    }

    /// The moment now, in whole microseconds: what the record keeps.
    pub fn now(&self) -> Timestamp {
        let now = match self {
            Self::System(now) => now(),
            Self::Fixed(at) => *at.lock().unwrap_or_else(PoisonError::into_inner),
        };
        Timestamp::from_microsecond(now.as_microsecond()).unwrap_or(now)
    }

    /// Moves a fixed clock on.
    pub fn advance(&self, by: SignedDuration) {
        if let Self::Fixed(at) = self {
            let mut at = at.lock().unwrap_or_else(PoisonError::into_inner);
            *at = at.checked_add(by).unwrap_or(*at);
        }
    }
}

/// Seconds to wait after so many failures: `first`, doubled for each, `most` at the longest.
pub(crate) fn doubled(first: i64, failures: u64, most: i64) -> i64 {
    let times = u32::try_from(failures).unwrap_or(u32::MAX);
    first.saturating_mul(2_i64.saturating_pow(times)).min(most)
}

/// A moment some seconds from another; the same moment where the calendar ends.
pub(crate) fn later(at: Timestamp, seconds: i64) -> Timestamp {
    at.checked_add(SignedDuration::from_secs(seconds)).unwrap_or(at)
}
