//! The harness: what stands under *Flagged* of a rule is found by it, what stands under *Fine* is not.

#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout, reason = "a test says what is wrong by failing")]

use sitrep_checks::{Example, HEADINGS, RULES, Subject, check};
use sitrep_model::actor::Actor;
use sitrep_model::desk::Desk;
use sitrep_model::likelihood::Scale;

/// The settings that a `toml` fence may hold.
fn desk(settings: &str) -> (Desk, Vec<Actor>) {
    let table: toml::Table = settings.parse().unwrap();
    let mut text = String::from(
        "id='d'\nname='D'\npublisher='P'\nlanguage='en'\ntime_zone='UTC'\nstanding='S'\nsections=[]\n[scale]\nname='x'\nterms=[]\n[style]\ndefanging='word'\n",
    );
    for key in ["known_abbreviations", "checks_off"] {
        if let Some(value) = table.get(key) {
            text.push_str(&format!("{key} = {value}\n"));
        }
    }
    let mut desk: Desk = toml::from_str(&text).unwrap();
    desk.scale =
        table.get("scale").and_then(|name| Scale::shipped(name.as_str().unwrap())).unwrap_or_else(Scale::icd_203);
    let actors = table.get("actor").and_then(|list| list.as_array()).cloned().unwrap_or_default();
    let actor = |value: toml::Value| {
        let mut value = value;
        value.as_table_mut().unwrap().insert("desk".to_owned(), "d".into());
        value.try_into::<Actor>().unwrap()
    };
    (desk, actors.into_iter().map(actor).collect())
}

fn found(example: &Example, rule: &str) -> Vec<sitrep_model::finding::Finding> {
    let mut subject = Subject::read(example.text.as_bytes(), None).unwrap();
    if !example.desk.is_empty() {
        let (desk, actors) = desk(&example.desk);
        subject = subject.for_desk(&desk, &actors);
    }
    check(&subject).into_iter().filter(|finding| finding.rule == rule).collect()
}

#[test]
fn every_rule_finds_what_it_flags_and_lets_pass_what_is_fine() {
    let mut wrong = Vec::new();
    for rule in RULES {
        let (flagged, fine) = (rule.examples("Flagged"), rule.examples("Fine"));
        assert!(!flagged.is_empty() && !fine.is_empty(), "{} has examples of both kinds", rule.id);
        for example in flagged {
            let found = found(&example, rule.id);
            if found.is_empty() {
                wrong.push(format!("{} does not flag:\n{}", rule.id, example.text));
            }
            let characters: Vec<char> = example.text.chars().collect();
            for finding in found {
                let excerpt: String = characters[finding.start..finding.end].iter().collect();
                assert_eq!(excerpt, finding.excerpt, "{}", rule.id);
                let line = characters[..finding.start].iter().filter(|c| **c == '\n').count() + 1;
                assert_eq!(line, finding.line, "{}", rule.id);
                assert!(finding.hint.is_some(), "{}", rule.id);
            }
        }
        for example in fine {
            for finding in found(&example, rule.id) {
                wrong.push(format!(
                    "{} flags “{}” ({}) in:\n{}",
                    rule.id, finding.excerpt, finding.message, example.text
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_fix_leaves_nothing_to_fix() {
    for rule in RULES {
        for example in rule.examples("Flagged") {
            for finding in found(&example, rule.id) {
                let Some(fix) = finding.fix else { continue };
                let characters: Vec<char> = example.text.chars().collect();
                let head: String = characters[..fix.start].iter().collect();
                let tail: String = characters[fix.end..].iter().collect();
                let text = format!("{head}{}{tail}", fix.replacement);
                let again = Example { text: text.clone(), ..example.clone() };
                let before = found(&example, rule.id).len();
                assert!(self::found(&again, rule.id).len() < before, "{}: {} leaves\n{text}", rule.id, fix.label);
            }
        }
    }
}

#[test]
fn every_explanation_has_its_headings_in_order() {
    for rule in RULES {
        let headings: Vec<&str> = rule.explain.lines().filter_map(|line| line.strip_prefix("## ")).collect();
        assert_eq!(headings, HEADINGS, "{}", rule.id);
        assert!(HEADINGS.iter().all(|heading| !rule.part(heading).is_empty()), "{}", rule.id);
    }
}
