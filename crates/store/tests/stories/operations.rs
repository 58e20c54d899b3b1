//! Vault, tokens, queues and counters.

use crate::made::at;
use std::collections::BTreeMap;
use std::sync::Mutex;

story!(the_vault_keeps_and_erases, stage, {
    stage
        .store
        .operate(|o| {
            o.vault_put("totp", "a", b"one")?;
            o.vault_put("totp", "b", b"two")?;
            o.vault_put("totp", "a", b"three")?;
            o.vault_put("other", "a", b"x")
        })
        .unwrap();
    let get = |id: &str| stage.store.operate(|o| o.vault_get("totp", id)).unwrap();
    assert_eq!(get("a"), Some(b"three".to_vec()));
    let all = stage.store.operate(|o| o.vault_list("totp", None)).unwrap();
    assert_eq!(all.len(), 2);
    assert_eq!(stage.store.operate(|o| o.vault_list("totp", Some("b"))).unwrap().len(), 1);
    assert!(stage.store.operate(|o| o.vault_delete("totp", "a")).unwrap());
    assert!(!stage.store.operate(|o| o.vault_delete("totp", "a")).unwrap());
    assert_eq!(get("a"), None);
    assert_eq!(stage.store.head().unwrap(), 0, "nothing of it is history");
});

story!(a_token_ends_when_it_is_used_or_expires, stage, {
    let put = |digest: &str, value: &[u8], second| {
        stage.store.operate(|o| o.token_put("session", digest, value, at(second))).unwrap();
    };
    put("t1", b"anna:1", 10);
    put("t2", b"anna:2", 20);
    put("t3", b"berta:1", 30);
    let get = |digest: &str, second| stage.store.operate(|o| o.token_get("session", digest, at(second))).unwrap();
    assert_eq!(get("t1", 9), Some(b"anna:1".to_vec()));
    assert_eq!(get("t1", 10), None);
    let take = |digest: &str| stage.store.operate(|o| o.token_take("session", digest, at(0))).unwrap();
    assert_eq!(take("t3"), Some(b"berta:1".to_vec()));
    assert_eq!(take("t3"), None);
    assert_eq!(stage.store.operate(|o| o.tokens_expire(at(10))).unwrap(), 1);
    put("t4", b"anna:3", 20);
    assert_eq!(stage.store.operate(|o| o.token_delete_where_value_prefix("session", b"anna:")).unwrap(), 2);
    assert!(stage.store.operate(|o| o.token_list("session")).unwrap().is_empty());
});

story!(of_several_takers_of_a_token_one_gets_it, stage, {
    stage.store.operate(|o| o.token_put("once", "t", b"x", at(100))).unwrap();
    let got = Mutex::new(0);
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                if stage.store.operate(|o| o.token_take("once", "t", at(0))).unwrap().is_some() {
                    *got.lock().unwrap() += 1;
                }
            });
        }
    });
    assert_eq!(*got.lock().unwrap(), 1);
});

story!(each_job_is_claimed_once_by_many_claimers, stage, {
    const JOBS: usize = 60;
    stage
        .store
        .operate(|o| {
            for n in 0..JOBS {
                assert!(o.job_put("mail", &format!("m-{n:03}"), &[n as u8], at(0))?);
            }
            assert!(!o.job_put("mail", "m-000", b"again", at(0))?, "a job waits once");
            Ok::<_, sitrep_store::Error>(())
        })
        .unwrap();
    let claimed: Mutex<BTreeMap<String, u32>> = Mutex::new(BTreeMap::new());
    std::thread::scope(|scope| {
        for claimer in 0..6 {
            let store = if claimer % 2 == 0 { stage.store.clone() } else { stage.again() };
            let claimed = &claimed;
            scope.spawn(move || {
                while let Some(job) = store.operate(|o| o.job_claim("mail", at(1), at(100))).unwrap() {
                    *claimed.lock().unwrap().entry(job.key.clone()).or_default() += 1;
                    assert!(store.operate(|o| o.job_done("mail", &job.key)).unwrap());
                }
            });
        }
    });
    let claimed = claimed.into_inner().unwrap();
    assert_eq!(claimed.len(), JOBS);
    assert!(claimed.values().all(|times| *times == 1), "{claimed:?}");
});

story!(a_job_comes_back_when_its_holder_is_gone, stage, {
    let claim = |second| stage.store.operate(|o| o.job_claim("look", at(second), at(second + 10))).unwrap();
    stage.store.operate(|o| o.job_put("look", "late", b"", at(5))).unwrap();
    assert!(claim(4).is_none(), "it is not due");
    assert_eq!(claim(5).unwrap().attempts, 1);
    assert!(claim(14).is_none(), "somebody holds it");
    assert_eq!(claim(15).unwrap().attempts, 2);
    assert!(stage.store.operate(|o| o.job_retry("look", "late", at(50), "no answer")).unwrap());
    let waiting = stage.store.operate(|o| o.jobs("look")).unwrap();
    assert_eq!(
        (waiting[0].error.as_deref(), waiting[0].due, waiting[0].lease_until),
        (Some("no answer"), at(50), None)
    );
    assert!(claim(49).is_none());
    assert_eq!(claim(50).unwrap().attempts, 3);
    assert!(stage.store.operate(|o| o.job_done("look", "late")).unwrap());
    assert!(!stage.store.operate(|o| o.job_done("look", "late")).unwrap());
});

story!(hits_are_counted_within_their_window, stage, {
    let hit = |key: &str, second| stage.store.operate(|o| o.hit("sign-in", key, at(second))).unwrap();
    assert_eq!((hit("a", 0), hit("a", 0), hit("b", 0), hit("a", 60)), (1, 2, 1, 1));
    assert_eq!(stage.store.operate(|o| o.hits_expire(at(60))).unwrap(), 2);
    assert_eq!((hit("a", 0), hit("a", 60)), (1, 2));
});
