//! Politeness: one request at a time to a host, and some time between two.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::OwnedMutexGuard;
use tokio::time::{Instant, sleep_until};

/// Hosts remembered before those that nobody waits for are forgotten.
const REMEMBERED: usize = 4096;

type Next = Arc<tokio::sync::Mutex<Option<Instant>>>;

/// When each host may be asked next.
#[derive(Debug, Default)]
pub(crate) struct Pace {
    hosts: Mutex<HashMap<String, Next>>,
}

/// The right to ask a host, until dropped.
#[derive(Debug)]
pub(crate) struct Turn {
    next: OwnedMutexGuard<Option<Instant>>,
    rest: Duration,
}

impl Pace {
    /// Waits until this host may be asked. `rest` is the time it is left alone afterwards.
    pub(crate) async fn turn(&self, host: &str, rest: Duration) -> Turn {
        let next = self.host(host).lock_owned().await;
        if let Some(at) = *next {
            sleep_until(at).await;
        }
        Turn { next, rest }
    }

    fn host(&self, host: &str) -> Next {
        let mut hosts = self.hosts.lock().unwrap_or_else(PoisonError::into_inner);
        if hosts.len() >= REMEMBERED {
            let now = Instant::now();
            hosts.retain(|_, next| {
                Arc::strong_count(next) > 1 || next.try_lock().is_ok_and(|next| next.is_some_and(|at| at > now))
            });
        }
        Arc::clone(hosts.entry(host.to_owned()).or_default())
    }
}

impl Turn {
    /// Leaves the host alone for longer than usual.
    pub(crate) fn rest_at_least(&mut self, wait: Duration) {
        self.rest = self.rest.max(wait);
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        *self.next = Instant::now().checked_add(self.rest);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tokio::time::timeout;

    const REST: Duration = Duration::from_secs(2);

    #[tokio::test(start_paused = true)]
    async fn a_host_is_left_alone_between_two_requests_and_others_are_not_kept_waiting() {
        let pace = Pace::default();
        let began = Instant::now();
        drop(pace.turn("a.example", REST).await);
        drop(pace.turn("b.example", REST).await);
        assert_eq!(began.elapsed(), Duration::ZERO);
        let mut turn = pace.turn("a.example", REST).await;
        assert!(began.elapsed() >= REST);
        turn.rest_at_least(Duration::from_secs(30));
        drop(turn);
        drop(pace.turn("a.example", REST).await);
        assert!(began.elapsed() >= Duration::from_secs(32));
    }

    #[tokio::test(start_paused = true)]
    async fn two_never_ask_one_host_at_once() {
        let pace = Pace::default();
        let turn = pace.turn("a.example", Duration::ZERO).await;
        assert!(timeout(Duration::from_secs(5), pace.turn("a.example", Duration::ZERO)).await.is_err());
        drop(turn);
        assert!(timeout(Duration::from_secs(5), pace.turn("a.example", Duration::ZERO)).await.is_ok());
    }

    #[tokio::test(start_paused = true)]
    async fn hosts_that_nobody_waits_for_are_forgotten() {
        let pace = Pace::default();
        for host in 0..REMEMBERED + 10 {
            drop(pace.turn(&host.to_string(), Duration::ZERO).await);
            tokio::time::advance(Duration::from_millis(2)).await;
        }
        assert!(pace.hosts.lock().unwrap().len() < 20);
    }
}
