//! What `verify` finds.

use crate::made::{at, capture, event};
use crate::record::tell_a_little;
use crate::stage::{Stage, request};
use sitrep_model::Kind;
use sitrep_model::capture::{Capture, Removal};
use sitrep_store::{ChangeRequest, Expected, check_backup};

fn damage(stage: &Stage) -> Vec<(String, String)> {
    let report = stage.store.verify(&mut |_, _| ()).unwrap();
    assert_eq!(report.is_clean(), report.damage.is_empty());
    report.damage.into_iter().map(|damage| (damage.place, damage.fault)).collect()
}

fn blob(stage: &Stage) -> String {
    let name = stage.store.blobs().put(b"the bytes as they came").unwrap();
    stage.put(50, &capture("cap-1", &name));
    name
}

story!(an_untouched_store_is_clean, stage, {
    tell_a_little(stage);
    blob(stage);
    let mut steps = Vec::new();
    let report = stage.store.verify(&mut |done, all| steps.push((done, all))).unwrap();
    assert!(report.is_clean(), "{:?}", report.damage);
    assert_eq!((report.changes, report.blobs), (9, 1));
    assert_eq!(steps.last(), Some(&(10, 10)));
});

story!(a_tampered_payload_is_named, stage, {
    tell_a_little(stage);
    stage.tamper("UPDATE change_write SET payload = replace(payload, 'Students', 'Soldiers') WHERE seq = 1");
    let damage = damage(stage);
    assert!(
        damage.iter().any(|(place, fault)| place == "event ev-1 version 1" && fault.contains("altered")),
        "{damage:?}"
    );
});

story!(a_tampered_change_is_named, stage, {
    tell_a_little(stage);
    stage.tamper("UPDATE change SET who = 'somebody else' WHERE seq = 3");
    let damage = damage(stage);
    assert!(damage.iter().any(|(place, fault)| place == "change 3" && fault.contains("altered")), "{damage:?}");
});

story!(a_change_cut_out_of_the_chain_is_named, stage, {
    tell_a_little(stage);
    stage.tamper("DELETE FROM change WHERE seq = 4");
    let damage = damage(stage);
    assert!(damage.iter().any(|(place, fault)| place == "change 5" && fault.contains("missing")), "{damage:?}");
    assert!(damage.iter().any(|(place, _)| place == "change_write"), "{damage:?}");
});

story!(a_tampered_table_is_named, stage, {
    tell_a_little(stage);
    stage.tamper("UPDATE version SET status = 'confirmed' WHERE id = 'ev-1'");
    stage.tamper("DELETE FROM link WHERE from_id = 'ev-1'");
    let found = damage(stage);
    assert!(found.iter().any(|(place, fault)| place.contains("ev-1") && fault.contains("rebuild")), "{found:?}");
    stage.store.rebuild(&mut |_, _| ()).unwrap();
    assert!(damage(stage).is_empty());
});

story!(every_way_in_which_the_tables_can_be_wrong_is_named_and_mended, stage, {
    tell_a_little(stage);
    let digest = stage.store.digest().unwrap();
    for (sql, place) in [
        (
            "UPDATE version SET recorded_from = recorded_from - 1 WHERE id = 'ed-1' AND version = 2",
            "edition ed-1 version 2",
        ),
        ("UPDATE version SET recorded_until = recorded_until - 1 WHERE id = 'ed-1'", "edition ed-1 version 2"),
        ("UPDATE version SET recorded_until = 5 WHERE id = 'ev-1'", "version"),
        ("UPDATE version SET latitude = latitude + 1 WHERE id = 'ev-1'", "event ev-1 version 1"),
        ("UPDATE version SET deleted = 1 WHERE id = 'doc-1'", "document doc-1 version 1"),
        ("DELETE FROM version WHERE id = 'as-1' AND version = 1", "assessment as-1 version 1"),
        ("UPDATE link SET recorded_until = recorded_until + 1 WHERE from_id = 'ev-2'", "event ev-2 version 2"),
        ("UPDATE link SET recorded_from = 0 WHERE from_id = 'as-1'", "assessment as-1 version 2"),
        ("DELETE FROM link WHERE from_id = 'ev-2' AND recorded_until IS NOT NULL", "event ev-2 version 2"),
        ("UPDATE link SET anchor = 'elsewhere' WHERE from_id = 'ev-1'", "event ev-1 version 1"),
        (
            "INSERT INTO link (from_kind, from_id, version, role, to_kind, to_id, anchor, recorded_from) \
             VALUES ('event', 'nobody', 1, 'of', 'event', 'ev-1', '', 0)",
            "link",
        ),
    ] {
        stage.tamper(sql);
        let found = damage(stage);
        assert!(found.iter().any(|(at, fault)| at == place && fault.contains("rebuild")), "{sql}: {found:?}");
        let rebuilt = stage.store.rebuild(&mut |_, _| ()).unwrap();
        assert_ne!(rebuilt.before, rebuilt.after, "{sql}");
        assert!(damage(stage).is_empty(), "{sql}");
        assert_eq!(stage.store.digest().unwrap(), digest, "{sql}");
    }
});

story!(a_history_is_clean_however_long_and_late_it_is, stage, {
    for n in 0..120 {
        // Some of it is recorded late, and some in one moment.
        let request = ChangeRequest { recorded: Some(at([n, 5, n / 10][n as usize % 3])), ..request(200 + n) };
        let mut event = event("ev-1", &format!("Number {n}"), 1);
        event.actors[0].actor = format!("actor-{}", n % 4).as_str().into();
        stage.store.change(request, |writer| writer.put(&event, Expected::Any)).unwrap();
        if n % 17 == 0 {
            stage.change(400, |writer| writer.delete(Kind::Event, "ev-1", Expected::Any)).unwrap();
        }
    }
    assert_eq!(damage(stage), []);
    let rebuilt = stage.store.rebuild(&mut |_, _| ()).unwrap();
    assert_eq!(rebuilt.before, rebuilt.after);
});

story!(a_tampered_and_a_missing_blob_are_named, stage, {
    let name = blob(stage);
    let path = stage.settings.data.join("blobs").join(&name[..2]).join(&name[2..]);
    std::fs::write(&path, b"other bytes").unwrap();
    let found = damage(stage);
    assert!(found.iter().any(|(place, _)| *place == format!("blob {name}")), "{found:?}");
    std::fs::remove_file(&path).unwrap();
    let found = damage(stage);
    assert!(found.iter().any(|(_, fault)| fault.contains("not there")), "{found:?}");
    assert_eq!(stage.store.blobs().put(b"the bytes as they came").unwrap(), name);
    assert!(damage(stage).is_empty());
});

story!(blobs_are_given_as_they_were_put, stage, {
    let blobs = stage.store.blobs();
    assert!(blobs.names().unwrap().is_empty());
    let name = blobs.put(b"bytes").unwrap();
    assert_eq!(blobs.put(b"bytes").unwrap(), name);
    assert_eq!(blobs.get(&name).unwrap().as_deref(), Some(b"bytes".as_slice()));
    assert!(blobs.exists(&name).unwrap());
    let other = "0".repeat(64);
    assert!(!blobs.exists(&other).unwrap());
    assert_eq!(blobs.get(&other).unwrap(), None);
    assert!(blobs.get("../../etc/passwd").is_err());
    assert_eq!(blobs.names().unwrap(), [name]);
});

story!(a_blob_whose_removal_is_recorded_is_not_missed, stage, {
    let name = blob(stage);
    let removal = Removal { at: at(60), by: "chief".into(), why: "a court's order".into(), gone_blob: name.clone() };
    stage.put(60, &Capture { removed: Some(removal), ..capture("cap-1", &name) });
    let found = damage(stage);
    assert!(found.len() == 1 && found[0].1.contains("still here"), "{found:?}");
    assert!(stage.store.blobs().remove(&name).unwrap());
    assert!(damage(stage).is_empty());
    let to = stage.settings.data.join("backups").join("removed");
    let manifest = stage.store.backup(&to, &mut |_, _| ()).unwrap();
    assert!(manifest.missing.is_empty() && manifest.counts.blobs == 0, "{manifest:?}");
    assert!(check_backup(&to, &mut |_, _| ()).unwrap().is_clean());
    let other = stage.other();
    other.store.import(&to, &mut |_, _| ()).unwrap();
    assert!(other.store.verify(&mut |_, _| ()).unwrap().is_clean());
});
