#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| sitrep_fuzzing::run("numbers", input));
