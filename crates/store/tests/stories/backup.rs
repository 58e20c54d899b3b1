//! Backups: made while others write, walked, and taken in on either database, whole or not at all.

use crate::made::{at, capture, event};
use crate::record::tell_a_little;
use crate::stage::Stage;
use sitrep_store::{Error, Expected, Manifest, Store, Tables, check_backup};
use std::path::{Path, PathBuf};

fn silent(_: u64, _: u64) {}

/// A little of everything, in the record and beside it, with a blob that the record speaks of, one that a waiting job
/// speaks of, and one that nobody does.
fn tell_all(stage: &Stage) -> [String; 3] {
    tell_a_little(stage);
    let blobs =
        ["spoken of", "waited for", "left over"].map(|bytes| stage.store.blobs().put(bytes.as_bytes()).unwrap());
    stage.put(50, &capture("cap-1", &blobs[0]));
    stage
        .store
        .operate(|o| {
            o.vault_put("address", "sub-1", b"reader@example.org")?;
            o.vault_put("address", "sub-2", &[0, 255, 10])?;
            o.token_put("session", "t-1", b"anna", at(100))?;
            o.job_put("mail", "m-1", format!("{{\"picture\":\"{}\"}}", blobs[1]).as_bytes(), at(0))?;
            o.job_put("mail", "m-2", b"", at(1))?;
            o.job_claim("mail", at(1), at(60))?;
            o.job_retry("mail", "m-2", at(5), "no answer")?;
            Ok::<_, Error>(())
        })
        .unwrap();
    blobs
}

fn folder(stage: &Stage, name: &str) -> PathBuf {
    stage.settings.data.join("backups").join(name)
}

fn backed_up(stage: &Stage) -> (PathBuf, Manifest) {
    let to = folder(stage, "one");
    let manifest = stage.store.backup(&to, &mut silent).unwrap();
    #[cfg(unix)]
    assert_eq!(
        std::os::unix::fs::MetadataExt::mode(&to.metadata().unwrap()) & 0o077,
        0,
        "others may enter {}",
        to.display()
    );
    (to, manifest)
}

type Beside = (Vec<(String, Vec<u8>)>, usize, Vec<sitrep_store::JobInfo>);

fn beside(store: &Store) -> Beside {
    let told = |o: &mut sitrep_store::Operations<'_>| {
        Ok::<_, Error>((o.vault_list("address", None)?, o.token_list("session")?.len(), o.jobs("mail")?))
    };
    store.operate(told).unwrap()
}

fn is_as(stage: &Stage, other: &Store) {
    assert!(other.verify(&mut silent).unwrap().is_clean());
    assert_eq!(other.digest().unwrap(), stage.store.digest().unwrap());
    let rebuilt = other.rebuild(&mut silent).unwrap();
    assert_eq!(rebuilt.before, rebuilt.after);
    assert_eq!(other.digest().unwrap(), stage.store.digest().unwrap());
    assert_eq!(other.head().unwrap(), stage.store.head().unwrap());
}

story!(what_moves_to_the_other_database_and_back_is_the_same, stage, {
    let blobs = tell_all(stage);
    let (backup, manifest) = backed_up(stage);
    assert_eq!((manifest.counts.changes, manifest.counts.writes, manifest.counts.blobs), (9, 9, 2));
    assert_eq!((manifest.counts.vault, manifest.counts.tokens, manifest.counts.jobs), (2, 1, 2));
    assert_eq!(manifest.digest, stage.store.digest().unwrap());
    let other = stage.other();
    let mut steps = Vec::new();
    let report = other.store.import(&backup, &mut |done, all| steps.push((done, all))).unwrap();
    assert_eq!((report.tables, report.left_out), (Tables::Same, 0));
    assert_eq!(steps.last(), Some(&(22, 22)));
    assert!(steps.is_sorted(), "{steps:?}");
    is_as(stage, &other.store);
    assert_eq!(beside(&other.store), beside(&stage.store));
    let mut carried = blobs[..2].to_vec();
    carried.sort();
    assert_eq!(other.store.blobs().names().unwrap(), carried, "what nobody speaks of stays behind");
    let (again, manifest_again) = backed_up(&other);
    assert_eq!(manifest_again, manifest, "the same down to the bytes");
    let back = stage.same();
    back.store.import(&again, &mut silent).unwrap();
    is_as(stage, &back.store);
    other.put(60, &event("ev-9", "It goes on.", 3));
    assert!(other.store.verify(&mut silent).unwrap().is_clean());
});

story!(a_lost_installation_comes_back_without_what_was_signed_out_or_sent, stage, {
    tell_all(stage);
    let (backup, _) = backed_up(stage);
    let new = stage.same();
    let report = new.store.restore(&backup, &mut silent).unwrap();
    assert_eq!((report.tables, report.left_out), (Tables::Same, 3));
    is_as(stage, &new.store);
    let (vault, tokens, jobs) = beside(&new.store);
    assert_eq!((vault, tokens, jobs.len()), (beside(&stage.store).0, 0, 0));
});

story!(nothing_at_all_can_be_saved_and_taken_in, stage, {
    let (backup, manifest) = backed_up(stage);
    assert_eq!((manifest.head, manifest.counts.blobs), (0, 0));
    let new = stage.other();
    assert_eq!(new.store.restore(&backup, &mut silent).unwrap().tables, Tables::Same);
});

story!(a_backup_is_of_one_moment_while_others_write, stage, {
    tell_all(stage);
    let to = folder(stage, "one");
    let busy = std::sync::atomic::AtomicBool::new(true);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            let mut n = 0;
            while busy.load(std::sync::atomic::Ordering::Relaxed) {
                n += 1;
                let blob = stage.store.blobs().put(format!("{n}").as_bytes()).unwrap();
                stage.put(60 + n, &capture(&format!("busy-{n}"), &blob));
            }
        });
        let mut started = false;
        while stage.store.head().unwrap() < 20 {
            std::thread::yield_now();
        }
        stage.store.backup(&to, &mut |_, _| started = true).unwrap();
        assert!(started);
        busy.store(false, std::sync::atomic::Ordering::Relaxed);
    });
    let check = check_backup(&to, &mut silent).unwrap();
    assert!(check.is_clean(), "{:?}", check.damage);
    assert!(check.manifest.missing.is_empty() && check.manifest.head >= 20);
    let new = stage.other();
    let report = new.store.restore(&to, &mut silent).unwrap();
    assert_eq!(report.tables, Tables::Same);
    assert!(new.store.verify(&mut silent).unwrap().is_clean());
});

story!(a_backup_never_takes_the_place_of_something_and_leaves_nothing_half_made, stage, {
    tell_all(stage);
    let (backup, _) = backed_up(stage);
    let refused = stage.store.backup(&backup, &mut silent).unwrap_err();
    assert!(refused.to_string().contains("is there already"), "{refused}");
    stage.tamper("UPDATE change_write SET payload = replace(payload, 'Students', 'Soldiers') WHERE seq = 1");
    let refused = stage.store.backup(&folder(stage, "two"), &mut silent).unwrap_err();
    assert!(matches!(&refused, Error::Damaged { place, .. } if place == "event ev-1 version 1"), "{refused}");
    let names = std::fs::read_dir(backup.parent().unwrap()).unwrap();
    assert_eq!(names.map(|entry| entry.unwrap().file_name()).collect::<Vec<_>>(), ["one"]);
});

story!(a_record_with_a_hole_is_not_saved_as_if_it_were_whole, stage, {
    tell_a_little(stage);
    for sql in ["DELETE FROM change_write WHERE seq = 5", "DELETE FROM change WHERE seq = 4"] {
        stage.tamper(sql);
        assert!(matches!(stage.store.backup(&folder(stage, "one"), &mut silent), Err(Error::Damaged { .. })), "{sql}");
    }
});

story!(a_lost_blob_is_named_and_all_else_is_saved, stage, {
    let [lost, ..] = tell_all(stage);
    std::fs::remove_file(file_of(&stage.settings.data.join("blobs"), &lost)).unwrap();
    let (backup, manifest) = backed_up(stage);
    assert_eq!(manifest.missing[0].place, format!("blob {lost}"));
    assert!(check_backup(&backup, &mut silent).unwrap().is_clean());
    let new = stage.other();
    new.store.import(&backup, &mut silent).unwrap();
    let found = new.store.verify(&mut silent).unwrap();
    assert_eq!((found.damaged, found.damage[0].place.as_str()), (1, format!("blob {lost}").as_str()));
});

story!(tables_that_were_wrong_are_right_after_the_way_through_a_backup, stage, {
    tell_all(stage);
    stage.tamper("UPDATE version SET title = 'wrong'");
    let (backup, _) = backed_up(stage);
    let new = stage.other();
    assert_eq!(new.store.import(&backup, &mut silent).unwrap().tables, Tables::Differ);
    assert!(new.store.verify(&mut silent).unwrap().is_clean());
});

story!(a_backup_is_taken_into_an_empty_installation_only, stage, {
    tell_all(stage);
    let (backup, _) = backed_up(stage);
    let refused = |store: &Store| matches!(store.restore(&backup, &mut silent), Err(Error::NotEmpty(_)));
    assert!(refused(&stage.store));
    let new = stage.same();
    new.store.operate(|o| o.vault_put("address", "x", b"y")).unwrap();
    assert!(refused(&new.store), "somebody's address is there");
    new.store.operate(|o| o.vault_delete("address", "x")).unwrap();
    new.change(1, |writer| writer.put(&event("ev-1", "One.", 1), Expected::New)).unwrap();
    let said = new.store.import(&backup, &mut silent).unwrap_err().to_string();
    assert!(said.contains("record is at change 1") && said.contains("new one"), "{said}");
    assert_eq!(new.store.head().unwrap(), 1);
});

fn file_of(blobs: &Path, name: &str) -> PathBuf {
    blobs.join(&name[..2]).join(&name[2..])
}

/// Does a damage to a backup.
type Damaging<'a> = &'a dyn Fn(&Path);

/// Changes a text within a file.
fn replace(path: &Path, from: &str, to: &str) {
    let text = std::fs::read_to_string(path).unwrap();
    assert!(text.contains(from), "{from} in {}", path.display());
    std::fs::write(path, text.replacen(from, to, 1)).unwrap();
}

story!(each_damage_of_a_backup_is_named_and_nothing_is_taken_in, stage, {
    let [blob, ..] = tell_all(stage);
    let damages: [(&str, Damaging<'_>); 8] = [
        ("event ev-1 version 1", &|at| replace(&at.join("record.jsonl"), "Students", "Soldiers")),
        ("change 1", &|at| replace(&at.join("record.jsonl"), "teller", "somebody")),
        ("record.jsonl", &|at| std::fs::write(at.join("record.jsonl"), b"").unwrap()),
        ("operations.jsonl", &|at| replace(&at.join("operations.jsonl"), "sub-1", "sub-3")),
        ("operations.jsonl", &|at| std::fs::remove_file(at.join("operations.jsonl")).unwrap()),
        ("blobs.txt", &|at| replace(&at.join("blobs.txt"), " 9", " 8")),
        (&blob, &|at| std::fs::remove_file(file_of(&at.join("blobs"), &blob)).unwrap()),
        (&blob, &|at| std::fs::write(file_of(&at.join("blobs"), &blob), b"other").unwrap()),
    ];
    let new = stage.same();
    for (n, (place, damage)) in damages.into_iter().enumerate() {
        let to = folder(stage, &format!("damaged-{n}"));
        stage.store.backup(&to, &mut silent).unwrap();
        damage(&to);
        let check = check_backup(&to, &mut silent).unwrap();
        assert!(check.damage.iter().any(|found| found.place.contains(place)), "{place}: {:?}", check.damage);
        let refused = new.store.restore(&to, &mut silent).unwrap_err();
        assert!(matches!(&refused, Error::BackupDamaged { .. }), "{refused}");
        assert!(refused.to_string().contains(place), "{refused}");
        assert_eq!((new.store.head().unwrap(), new.store.blobs().names().unwrap().len()), (0, 0));
    }
});

story!(a_manifest_that_is_altered_gone_or_newer_is_refused, stage, {
    tell_all(stage);
    let (backup, _) = backed_up(stage);
    let path = backup.join("manifest.json");
    let whole = std::fs::read_to_string(&path).unwrap();
    let new = stage.same();
    let said = || new.store.restore(&backup, &mut silent).unwrap_err().to_string();
    replace(&path, "\"vault\": 2", "\"vault\": 1");
    assert!(said().contains("manifest.json: it was altered"), "{}", said());
    std::fs::write(&path, &whole[..whole.len() / 2]).unwrap();
    assert!(said().contains("manifest.json: it can't be read"), "{}", said());
    std::fs::write(&path, whole.replacen("\"format\": 1", "\"format\": 2", 1)).unwrap();
    assert!(said().contains("install the newer program"), "{}", said());
    std::fs::remove_file(&path).unwrap();
    assert!(said().contains("manifest.json"), "{}", said());
    assert_eq!(new.store.head().unwrap(), 0);
});

story!(an_attempt_that_was_cut_off_is_made_again, stage, {
    let blobs = tell_all(stage);
    let (backup, _) = backed_up(stage);
    let new = stage.same();
    // As far as blobs get before the record's one transaction.
    new.store.blobs().put(b"spoken of").unwrap();
    new.store.restore(&backup, &mut silent).unwrap();
    is_as(stage, &new.store);
    assert_eq!(new.store.blobs().get(&blobs[0]).unwrap().as_deref(), Some(b"spoken of".as_slice()));
});
