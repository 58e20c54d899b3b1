//! What a running installation does without being asked: look at sources and at cited pages that are due, have captures
//! time-stamped, send what is due, keep the search index up to the record.

use sitrep_newsroom::{Newsroom, Who};
use std::time::Duration;
use tokio::task::{JoinHandle, JoinSet};

/// How often sources are asked whether they are due.
const LOOK: Duration = Duration::from_secs(10);
/// Rounds of looks that are under way together, at most.
const ROUNDS: usize = 6;
/// How often the queue of messages is looked at.
const SEND: Duration = Duration::from_secs(2);
/// How often it is asked whether a digest of alerts is due.
const ALERT: Duration = Duration::from_secs(30);
/// How often cited pages are asked whether one is due.
const WATCH: Duration = Duration::from_secs(60);
/// How often it is asked whether a capture waits for its time stamp.
const STAMP: Duration = Duration::from_secs(5);
/// How often the record's head is compared with the index.
const INDEX: Duration = Duration::from_millis(300);

/// The rounds, each on its own, until dropped.
pub struct Duty {
    rounds: Vec<JoinHandle<()>>,
}

impl Duty {
    /// Begins all rounds. Must be called on a runtime.
    pub fn begin(newsroom: &Newsroom) -> Self {
        let [looking, sending, alerting, indexing] = std::array::from_fn(|_| newsroom.clone());
        let look = async move {
            // A round that waits for slow sources does not hold up the next; no source is in two of them.
            let mut rounds = JoinSet::new();
            loop {
                while rounds.try_join_next().is_some() {}
                if rounds.len() < ROUNDS {
                    let newsroom = looking.clone();
                    rounds.spawn(async move {
                        if let Err(error) = newsroom.gather_due(&Who::Program("collector")).await {
                            tracing::error!(%error, "sources could not be looked at");
                        }
                    });
                }
                tokio::time::sleep(LOOK).await;
            }
        };
        let send = async move {
            loop {
                if let Err(error) = sending.send_due().await {
                    tracing::error!(%error, "messages could not be sent");
                }
                tokio::time::sleep(SEND).await;
            }
        };
        let alert = async move {
            loop {
                let newsroom = alerting.clone();
                match tokio::task::spawn_blocking(move || newsroom.alert_due()).await {
                    Ok(Ok(_)) => {}
                    Ok(Err(error)) => tracing::error!(%error, "alerts could not be sent"),
                    Err(error) => tracing::error!(%error, "alerts failed"),
                }
                let newsroom = alerting.clone();
                match tokio::task::spawn_blocking(move || newsroom.push_due()).await {
                    Ok(Ok(_)) => {}
                    Ok(Err(error)) => tracing::error!(%error, "browsers could not be told of alerts"),
                    Err(error) => tracing::error!(%error, "telling browsers failed"),
                }
                if let Err(error) = alerting.post_alerts().await {
                    tracing::error!(%error, "alerts could not be posted");
                }
                if let Err(error) = alerting.send_pushes().await {
                    tracing::error!(%error, "notifications could not be handed over");
                }
                tokio::time::sleep(ALERT).await;
            }
        };
        let watching = newsroom.clone();
        let watch = async move {
            loop {
                if let Err(error) = watching.watch_evidence(&Who::Program("evidence-watch")).await {
                    tracing::error!(%error, "cited pages could not be looked at again");
                }
                tokio::time::sleep(WATCH).await;
            }
        };
        let stamping = newsroom.clone();
        let stamp = async move {
            loop {
                if let Err(error) = stamping.stamp_due().await {
                    tracing::error!(%error, "captures could not be time-stamped");
                }
                tokio::time::sleep(STAMP).await;
            }
        };
        let index = async move {
            loop {
                let newsroom = indexing.clone();
                match tokio::task::spawn_blocking(move || newsroom.index()).await {
                    Ok(Ok(())) => {}
                    Ok(Err(error)) => tracing::error!(%error, "the search index could not be brought up to date"),
                    Err(error) => tracing::error!(%error, "the search index failed"),
                }
                tokio::time::sleep(INDEX).await;
            }
        };
        Self {
            rounds: vec![
                tokio::spawn(look),
                tokio::spawn(send),
                tokio::spawn(alert),
                tokio::spawn(watch),
                tokio::spawn(stamp),
                tokio::spawn(index),
            ],
        }
    }
}

impl Drop for Duty {
    fn drop(&mut self) {
        for round in &self.rounds {
            round.abort();
        }
    }
}
