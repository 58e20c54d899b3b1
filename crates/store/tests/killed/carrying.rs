//! Backups and restores that are killed.

use crate::made::{capture, event};
use crate::process::{Process, kills, random};
use crate::stage::Stage;
use sitrep_store::check_backup;
use std::time::{Duration, Instant};

/// Changes that are carried.
const CHANGES: i64 = 60;

fn filled(stage: Stage) -> Stage {
    for n in 0..CHANGES {
        let blob = stage.store.blobs().put(format!("the bytes of {n}").as_bytes()).unwrap();
        stage.put(n, &capture(&format!("cap-{n}"), &blob));
    }
    stage
}

/// A moment within one and a half times what it takes.
fn within(taken: Duration) -> Duration {
    Duration::from_micros(random(u64::try_from(taken.as_micros()).unwrap() * 3 / 2))
}

pub(crate) fn backups(stage: impl Fn() -> Option<Stage>) {
    let Some(stage) = stage().map(filled) else {
        println!("skipped: no PostgreSQL");
        return;
    };
    let folder = stage.settings.data.join("backups");
    let begin = Instant::now();
    stage.store.backup(&folder.join("whole"), &mut |_, _| ()).unwrap();
    let (taken, mut whole) = (begin.elapsed(), 0);
    for n in 0..kills() {
        let to = folder.join(n.to_string());
        let child = Process::start("backup", &stage, Some(&to));
        child.hear(1, within(taken));
        child.kill();
        if to.exists() {
            let check = check_backup(&to, &mut |_, _| ()).unwrap();
            assert!(check.is_clean(), "{:?}", check.damage);
            whole += 1;
        }
        stage.put(CHANGES + i64::from(n), &event(&format!("ev-{n}"), "It goes on.", 1));
    }
    println!("{} kills: {whole} backups were whole, the others not there", kills());
}

pub(crate) fn restores(stage: impl Fn() -> Option<Stage>) {
    let Some(from) = stage().map(filled) else {
        println!("skipped: no PostgreSQL");
        return;
    };
    let backup = from.settings.data.join("backup");
    from.store.backup(&backup, &mut |_, _| ()).unwrap();
    let digest = from.store.digest().unwrap();
    let mut to = from.same();
    let begin = Instant::now();
    to.store.restore(&backup, &mut |_, _| ()).unwrap();
    let (taken, mut whole) = (begin.elapsed(), 0);
    to = from.same();
    for _ in 0..kills() {
        let child = Process::start("restore", &to, Some(&backup));
        child.hear(1, within(taken));
        child.kill();
        // A transaction that the server is still ending is waited for at the record's lock.
        let store = to.again();
        match store.restore(&backup, &mut |_, _| ()) {
            Ok(_) => {}
            Err(sitrep_store::Error::NotEmpty(_)) => whole += 1,
            Err(error) => panic!("{error}"),
        }
        assert_eq!(store.digest().unwrap(), digest);
        assert!(store.verify(&mut |_, _| ()).unwrap().is_clean());
        to = from.same();
    }
    println!("{} kills: {whole} restores were whole, the others had left nothing and were made again", kills());
}
