//! What the child does until it is killed.

use crate::made::{at, capture};
use crate::process::settings;
use crate::stage::request;
use sitrep_model::capture::Capture;
use sitrep_model::dispatch::{Delivery, DeliveryState};
use sitrep_store::{Error, Expected, Order, Query, Store, Versioned};
use std::path::PathBuf;

/// Threads that write at once.
const WRITERS: u32 = 3;

pub(crate) fn run() {
    let Ok(task) = std::env::var("SITREP_KILLED_TASK") else { return };
    let store = Store::open(&settings()).unwrap();
    let folder = PathBuf::from(std::env::var("SITREP_KILLED_FOLDER").unwrap());
    // The harness has begun a line of its own.
    println!("\nbegin");
    match task.as_str() {
        "write" => write_on(&store),
        "backup" => drop(store.backup(&folder, &mut |_, _| ()).unwrap()),
        "restore" => drop(store.restore(&folder, &mut |_, _| ()).unwrap()),
        other => panic!("{other} is no task"),
    }
}

fn write_on(store: &Store) {
    std::thread::scope(|scope| {
        for writer in 0..WRITERS {
            scope.spawn(move || write(store, writer));
        }
        scope.spawn(|| carry(store));
        scope.spawn(|| work(store));
    });
}

/// A blob, the capture that speaks of it, a delivery and a job, in one change; then it is said.
fn write(store: &Store, writer: u32) {
    let stands = |id: &str| store.read(|reader| reader.get::<Capture>(id)).unwrap().is_some();
    let id = |n: u32| format!("cap-{writer}-{n}");
    let mut n = (0..).find(|n| !stands(&id(*n))).unwrap();
    loop {
        let id = id(n);
        let blob = store.blobs().put(format!("the bytes of {id}").repeat(50).as_bytes()).unwrap();
        let written = store.change(request(1), |w| {
            w.put(&capture(&id, &blob), Expected::New)?;
            w.put(&delivery(&id), Expected::New)?;
            w.operations().job_put("mail", &id, b"x", at(0))
        });
        let (_, change) = written.unwrap();
        println!("wrote {} {id} {blob}", change.unwrap().seq);
        n += 1;
    }
}

fn delivery(id: &str) -> Delivery {
    Delivery {
        id: id.into(),
        desk: "iran".into(),
        dispatch: "dispatch-1".into(),
        subscriber: id.into(),
        state: DeliveryState::Queued,
        attempts: 0,
        due: at(0),
        answer: None,
    }
}

/// Hands deliveries over as the courier does: *sending* is committed before, *sent* after. What stands as *sending* when
/// the program starts is in doubt.
fn carry(store: &Store) {
    while let Some(found) = first(store, DeliveryState::Sending) {
        set(store, found, DeliveryState::InDoubt);
    }
    loop {
        let Some(found) = first(store, DeliveryState::Queued) else {
            std::thread::yield_now();
            continue;
        };
        let id = found.value.id.to_string();
        let Some(taken) = set(store, found, DeliveryState::Sending) else { continue };
        println!("handed {id}");
        set(store, taken, DeliveryState::Sent).unwrap();
        println!("sent {id}");
    }
}

fn first(store: &Store, state: DeliveryState) -> Option<Versioned<Delivery>> {
    let status = vec![state.as_str().to_owned()];
    let query = Query { status, order: Order::OldestFirst, limit: 1, ..Query::default() };
    store.read(|reader| reader.list(&query)).unwrap().items.pop()
}

fn set(store: &Store, found: Versioned<Delivery>, state: DeliveryState) -> Option<Versioned<Delivery>> {
    let value = Delivery { state, ..found.value };
    match store.change(request(2), |w| w.put(&value, Expected::Version(found.version))) {
        Ok((version, _)) => Some(Versioned { value, version, ..found }),
        // The server ended a change of the child before only now.
        Err(Error::Stale { .. }) => None,
        Err(error) => panic!("{error}"),
    }
}

/// Does jobs, each in one transaction.
fn work(store: &Store) {
    loop {
        let done = store.operate(|o| {
            let Some(job) = o.job_claim("mail", at(1), at(2))? else { return Ok::<_, Error>(None) };
            o.job_done("mail", &job.key)?;
            Ok(Some(job.key))
        });
        match done.unwrap() {
            Some(key) => println!("did {key}"),
            None => std::thread::yield_now(),
        }
    }
}
