//! Rounds of writing that end by a kill.

use crate::process::{Process, kills, random};
use crate::stage::Stage;
use sitrep_model::capture::Capture;
use sitrep_model::dispatch::{Delivery, DeliveryState};
use sitrep_store::{Query, Store};
use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

/// Rounds told on one store before another begins, so that opening and migrating are killed too.
const ON_ONE: u32 = 10;

/// All that children acknowledged about one store.
#[derive(Default)]
struct Said {
    /// Capture, the change that wrote it, its blob.
    wrote: BTreeMap<String, (u64, String)>,
    handed: BTreeSet<String>,
    sent: BTreeSet<String>,
    did: BTreeSet<String>,
}

impl Said {
    fn add(&mut self, line: &str) {
        let words: Vec<&str> = line.split(' ').collect();
        let new = match words.as_slice() {
            ["wrote", seq, id, blob] => {
                self.wrote.insert((*id).to_owned(), (seq.parse().unwrap(), (*blob).to_owned())).is_none()
            }
            ["handed", id] => self.handed.insert((*id).to_owned()),
            ["sent", id] => self.sent.insert((*id).to_owned()),
            ["did", id] => self.did.insert((*id).to_owned()),
            _ => true,
        };
        assert!(new, "done twice: {line}");
    }

    /// Everything acknowledged is there, the record is whole, and nothing is there twice.
    fn holds(&self, store: &Store) {
        let report = store.verify(&mut |_, _| ()).unwrap();
        assert!(report.is_clean(), "{:?}", report.damage);
        for (id, (seq, blob)) in &self.wrote {
            let found = store.read(|reader| reader.get::<Capture>(id)).unwrap();
            let found = found.unwrap_or_else(|| panic!("{id} was acknowledged and is gone"));
            assert_eq!((found.seq, found.version, &found.value.warc_blob), (*seq, 1, blob));
            assert!(store.blobs().get(blob).unwrap().is_some(), "blob of {id}");
        }
        let count = |status: Vec<String>| {
            let query = Query { status, ..Query::default() };
            store.read(|reader| reader.count::<Delivery>(&query)).unwrap()
        };
        let captures = store.read(|reader| reader.count::<Capture>(&Query::default())).unwrap();
        assert_eq!(count(Vec::new()), captures, "a delivery for each capture");
        assert!(count(vec![DeliveryState::Sent.as_str().to_owned()]) >= self.sent.len() as u64);
        for id in &self.handed {
            let found = store.read(|reader| reader.get::<Delivery>(id)).unwrap().unwrap();
            let state = found.value.state;
            let sent = self.sent.contains(id);
            assert!(state != DeliveryState::Queued, "{id} was handed over and stands as {state:?}");
            assert!(!sent || state == DeliveryState::Sent, "{id} was sent and stands as {state:?}");
        }
        let waiting: BTreeSet<String> =
            store.operate(|o| o.jobs("mail")).unwrap().into_iter().map(|job| job.key).collect();
        assert!(self.did.is_disjoint(&waiting), "a job that was done waits again");
        let captured: Vec<&String> = self.wrote.keys().filter(|id| !self.did.contains(*id)).collect();
        // The last one done may not have been said.
        let lost = captured.iter().filter(|id| !waiting.contains(**id)).count();
        assert!(lost <= ON_ONE as usize, "{lost} jobs are gone and nobody did them");
    }
}

pub(crate) fn rounds(stage: impl Fn() -> Option<Stage>) {
    let (mut sums, mut left) = ([0; 3], kills());
    while left > 0 {
        let Some(stage) = stage() else {
            println!("skipped: no PostgreSQL");
            return;
        };
        let mut said = Said::default();
        for round in 0..left.min(ON_ONE) {
            let child = Process::start("write", &stage, None);
            // Every third is killed at any moment of its starting; the others while they write.
            let (wanted, micros) = if round % 3 == 0 { (0, random(40_000)) } else { (random(80), random(4000)) };
            let mut lines = child.hear(wanted as usize, Duration::from_micros(micros));
            lines.extend(child.kill());
            lines.iter().for_each(|line| said.add(line));
            said.holds(&stage.again());
        }
        left -= left.min(ON_ONE);
        sums = [sums[0] + said.wrote.len(), sums[1] + said.sent.len(), sums[2] + said.did.len()];
    }
    let [wrote, sent, did] = sums;
    println!("{} kills; acknowledged: {wrote} changes with blobs, {sent} deliveries, {did} jobs", kills());
    assert!(wrote > 0, "nothing was written before the kills");
}
