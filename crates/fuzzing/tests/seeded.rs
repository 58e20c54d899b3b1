//! Each parser over its samples and seeded mutations of them: a bounded, repeatable part of what a fuzzer does.

use sitrep_fuzzing::{TARGETS, mutation::Mutation};

/// Mutations of each target's samples.
const INPUTS: u64 = 60;

#[test]
fn every_parser_keeps_its_promises_on_mutated_samples() {
    let rounds = std::env::var("SITREP_FUZZ_INPUTS").ok().and_then(|count| count.parse().ok()).unwrap_or(INPUTS);
    for target in TARGETS {
        let samples = (target.samples)();
        assert!(!samples.is_empty(), "{}", target.name);
        samples.iter().for_each(|sample| (target.run)(sample));
        for seed in 0..rounds {
            let input = Mutation::new(seed).mutated(&samples);
            let held = std::panic::catch_unwind(|| (target.run)(&input));
            let shown = String::from_utf8_lossy(&input);
            assert!(held.is_ok(), "{} fails on seed {seed}: {shown:?}", target.name);
        }
    }
}

#[test]
fn every_parser_ends_on_hostile_bulk() {
    let bulk = [
        "<div>",
        "[1]",
        "((((",
        "<b><i>",
        "\u{202e}\u{0}",
        "[^",
        "> ",
        "http://",
        "{.",
        "1402/03/",
        ",",
        " dot ",
        "<a href=#fn1>1",
    ];
    for target in TARGETS {
        for piece in bulk {
            (target.run)(piece.repeat(6_000 / piece.len()).as_bytes());
        }
    }
}
