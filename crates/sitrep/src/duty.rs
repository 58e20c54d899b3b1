//! What a running installation does without being asked: look at sources and at cited pages that are due, have captures
//! time-stamped, send what is due, keep the search index and the inboxes up to the record.

use sitrep_newsroom::{Error, Newsroom, Who};
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
        let newsroom = || newsroom.clone();
        Self {
            rounds: vec![
                tokio::spawn(look(newsroom())),
                tokio::spawn(send(newsroom())),
                tokio::spawn(alert(newsroom())),
                tokio::spawn(watch(newsroom())),
                tokio::spawn(stamp(newsroom())),
                tokio::spawn(index(newsroom())),
            ],
        }
    }
}

async fn look(newsroom: Newsroom) {
    // A round that waits for slow sources does not hold up the next; no source is in two of them.
    let mut rounds = JoinSet::new();
    loop {
        while rounds.try_join_next().is_some() {}
        if rounds.len() < ROUNDS {
            let newsroom = newsroom.clone();
            rounds.spawn(async move {
                told("sources could not be looked at", newsroom.gather_due(&Who::Program("collector")).await);
            });
        }
        tokio::time::sleep(LOOK).await;
    }
}

async fn send(newsroom: Newsroom) {
    loop {
        told("messages could not be sent", newsroom.send_due().await);
        tokio::time::sleep(SEND).await;
    }
}

async fn alert(newsroom: Newsroom) {
    loop {
        aside(&newsroom, "alerts could not be sent", |newsroom| newsroom.alert_due().map(drop)).await;
        aside(&newsroom, "browsers could not be told of alerts", |newsroom| newsroom.push_due().map(drop)).await;
        told("alerts could not be posted", newsroom.post_alerts().await);
        told("notifications could not be handed over", newsroom.send_pushes().await);
        tokio::time::sleep(ALERT).await;
    }
}

async fn watch(newsroom: Newsroom) {
    loop {
        told(
            "cited pages could not be looked at again",
            newsroom.watch_evidence(&Who::Program("evidence-watch")).await,
        );
        tokio::time::sleep(WATCH).await;
    }
}

async fn stamp(newsroom: Newsroom) {
    loop {
        told("captures could not be time-stamped", newsroom.stamp_due().await);
        tokio::time::sleep(STAMP).await;
    }
}

async fn index(newsroom: Newsroom) {
    loop {
        aside(&newsroom, "the search index could not be brought up to date", Newsroom::index).await;
        aside(&newsroom, "the inboxes could not be brought up to date", Newsroom::follow_inboxes).await;
        tokio::time::sleep(INDEX).await;
    }
}

/// Does something that blocks, off the threads that wait for sockets.
async fn aside(newsroom: &Newsroom, fault: &str, work: impl FnOnce(&Newsroom) -> Result<(), Error> + Send + 'static) {
    let newsroom = newsroom.clone();
    match tokio::task::spawn_blocking(move || work(&newsroom)).await {
        Ok(result) => told(fault, result),
        Err(error) => tracing::error!(%error, "{fault}"),
    }
}

fn told<T>(fault: &str, result: Result<T, Error>) {
    if let Err(error) = result {
        tracing::error!(%error, "{fault}");
    }
}

impl Drop for Duty {
    fn drop(&mut self) {
        for round in &self.rounds {
            round.abort();
        }
    }
}
