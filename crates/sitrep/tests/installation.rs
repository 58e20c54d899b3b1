//! The real binary with a store, on SQLite and on PostgreSQL: an installation from its first command to its backup.

#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout, reason = "a test says what is wrong by failing")]

mod stage;

use serde_json::Value;
use sitrep_testkit::database::Schema;
use stage::{EXAMPLE, Place};

/// Runs a story on both databases; says so where there is only one.
fn on_both(story: impl Fn(&Place)) {
    story(&Place::sqlite());
    match Schema::make() {
        Some(schema) => story(&Place::postgres(schema)),
        None => println!("skipped: no PostgreSQL server here"),
    }
}

#[test]
fn the_example_desk_is_taken_in_once_and_given_out_without_loss() {
    on_both(|place| {
        place.example();
        let taken = place.json(&["desk", "import", EXAMPLE, "--json"]);
        assert_eq!(taken["happenings"]["editions"], 0, "what is there already is not taken again: {taken}");
        let digest = place.digest();
        let out = place.folder().join("desk");
        let exported = place.json(&["desk", "export", "iran", out.to_str().unwrap(), "--json"]);
        assert_eq!(exported["editions"], 20);
        let again = Place::sqlite();
        again.json(&["init", "--json"]);
        let taken = again.json(&["desk", "import", out.to_str().unwrap(), "--json"]);
        let first = place.taken();
        for noun in ["events", "positions", "assessments", "editions"] {
            assert_eq!(taken["happenings"][noun], first[noun], "{noun}");
        }
        assert_eq!(place.digest(), digest, "giving out changes nothing");
    });
}

#[test]
fn any_script_finds_any_script() {
    on_both(|place| {
        place.example();
        for words in ["Kuhestani", "کوهستانی", "كوهستاني", "Кухестани"] {
            let found = place.json(&["search", words, "--json"]);
            assert!(found["total"].as_u64().unwrap() > 0, "{words}: {found}");
        }
    });
}

#[test]
fn an_edition_is_written_checked_published_and_corrected_at_the_command_line() {
    on_both(|place| {
        place.example();
        place.json(&["account", "add", "mina", "--name", "Mina", "--role", "iran:editor", "--json"]);
        place.json(&["account", "add", "daniel", "--name", "Daniel", "--role", "iran:editor", "--json"]);
        let file = place.folder().join("2026-11-24.md");
        let name = file.to_str().unwrap();
        place.json(&["edition", "new", "--date", "2026-11-24", "--as", "mina", "-o", name, "--json"]);
        let text = std::fs::read_to_string(&file).unwrap();
        let text = text.replace("# Key Takeaways\n", "# Key Takeaways\n\n1. The desk met. {announces=met}\n");
        let scope = text.find("{.scope}").unwrap();
        let end = scope + text[scope..].find("\n\n").unwrap();
        let text = format!("{}\n\n**The desk met.** It will meet again.\n{{#met}}{}", &text[..end], &text[end..]);
        std::fs::write(&file, &text).unwrap();
        let (code, refused) = place.run(&["edition", "publish", name, "--as", "mina", "--json"]);
        assert_eq!(code, 4, "a desk that wants two persons wants another one: {refused}");
        let published = place.json(&["edition", "publish", name, "--as", "mina", "--approved-by", "daniel", "--json"]);
        assert!(published["address"].as_str().unwrap().ends_with("/iran/editions/2026-11-24"), "{published}");
        std::fs::write(&file, text.replace("It will meet again.", "It will not meet again.")).unwrap();
        let note = "The desk will not meet again.";
        let corrected = place.json(&["edition", "correct", name, "--as", "daniel", "--note", note, "--json"]);
        assert_eq!(corrected["version"].as_u64().unwrap(), published["version"].as_u64().unwrap() + 1);
        assert!(place.is_clean());
    });
}

#[test]
fn a_backup_is_restored_and_an_installation_moves_between_databases() {
    on_both(|place| {
        place.example();
        let folder = place.folder().join("backup");
        let backup = folder.to_str().unwrap();
        place.json(&["backup", backup, "--json"]);
        let other = Place::sqlite();
        let moved = other.json(&["import", backup, "--json"]);
        assert_eq!((&moved["equal"], moved["digest"].as_str()), (&Value::Bool(true), Some(place.digest().as_str())));
        let back = Place::sqlite();
        let restored = back.json(&["restore", backup, "--json"]);
        assert_eq!(restored["equal"], true);
        assert!(back.is_clean() && other.is_clean());
        let (code, said) = back.run(&["restore", backup, "--json"]);
        assert_eq!(code, 4, "an installation with something in it is not written over: {said}");
        let rebuilt = place.json(&["rebuild", "--json"]);
        assert_eq!(rebuilt["identical"], true, "{rebuilt}");
    });
}

#[test]
fn damage_is_named_and_ends_with_its_own_code() {
    let place = Place::sqlite();
    place.json(&["init", "--json"]);
    place.json(&["desk", "import", EXAMPLE, "--standing", "--json"]);
    let database = place.data().join("sitrep.sqlite");
    let connection = rusqlite::Connection::open(database).unwrap();
    connection.execute("UPDATE change SET hash = 'x' WHERE seq = 1", []).unwrap();
    drop(connection);
    let (code, said) = place.run(&["verify", "--json"]);
    assert_eq!(code, 5, "{said}");
    assert!(said.contains("change 1"), "{said}");
}

#[test]
fn what_is_missing_or_wrong_is_said_with_what_to_do() {
    let place = Place::sqlite();
    let (code, said) = place.run(&["search", "x", "--json"]);
    assert_eq!(code, 3, "{said}");
    assert!(said.contains("sitrep init"), "{said}");
    place.json(&["init", "--json"]);
    let (code, said) = place.run(&["search", "x", "--json"]);
    assert_eq!(code, 3, "{said}");
    assert!(said.contains("desk import"), "{said}");
    let (code, said) = place.run(&["serve", "--smtp", "smpt://desk:hunter2@x", "--json"]);
    assert_eq!(code, 2, "{said}");
    assert!(!said.contains("hunter2"), "{said}");
}

#[test]
fn an_archive_without_a_desk_makes_its_own() {
    on_both(|place| {
        place.json(&["init", "--json"]);
        let text = "Levant Update, November 10, 2026\n\nKey Takeaways\n\n1. The ministry is reopening the line.\n\nRail\n\nThe ministry is reopening the line. Trains will run daily.[1]\n\n[1] https://desk.example/trains\n";
        let file = place.folder().join("edition.txt");
        std::fs::write(&file, text).unwrap();
        let name = file.to_str().unwrap();
        let imported = place.json(&["import", "edition", name, "--json"]);
        assert_eq!((imported["slug"].as_str(), imported["outcome"].as_str()), (Some("2026-11-10"), Some("new")));
        assert_eq!(imported["edition"], "levant-update-2026-11-10");
        let again = place.json(&["import", "edition", name, "--json"]);
        assert_eq!(again["outcome"], "same");
        std::fs::write(&file, text.replace("daily", "weekly")).unwrap();
        let later = place.json(&["import", "edition", name, "--json"]);
        assert_eq!((later["outcome"].as_str(), later["version"].as_u64()), (Some("changed"), Some(2)));
    });
}

#[test]
fn an_archive_that_was_imported_stands_on_its_shelves_before_anybody_reads() {
    on_both(|place| {
        place.json(&["init", "--json"]);
        place.json(&["desk", "import", EXAMPLE, "--standing", "--json"]);
        let texts = place.folder().join("texts");
        std::fs::create_dir_all(&texts).unwrap();
        let shelves = place.data().join("archive");
        let import = |days: std::ops::RangeInclusive<u32>| {
            for day in days {
                let date = format!("2025-{:02}-{:02}", day / 28 + 1, day % 28 + 1);
                let text = format!(
                    "Levant Update, {date}\n\nSyria\n\nThe commission met on day {day} in Damascus.[i]\n\n[i] https://{day}.example/news\n"
                );
                std::fs::write(texts.join(format!("{date}.txt")), text).unwrap();
            }
            place.json(&["import", "edition", texts.to_str().unwrap(), "--desk", "iran", "--json"]);
        };
        import(0..=9);
        assert!(!shelves.exists(), "a few are taken in when somebody reads");
        import(10..=69);
        assert!(std::fs::read_dir(&shelves).unwrap().count() > 0);
    });
}
