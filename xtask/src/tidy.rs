//! The house rules: which crate may know which, how long a file may be, twin migrations, no ignored tests.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// What each crate may depend on, of ours. An arrow that is not here is refused.
const ARROWS: &[(&str, &[&str])] = &[
    ("model", &[]),
    ("language", &["model"]),
    ("geo", &["model", "language"]),
    ("editions", &["model", "language"]),
    ("collect", &["model", "language"]),
    ("sift", &["model", "language"]),
    ("checks", &["model", "language", "editions"]),
    ("publish", &["model", "language", "geo", "editions"]),
    ("press", &["model", "language", "editions"]),
    ("browser", &[]),
    ("net", &["model"]),
    ("store", &["model", "language"]),
    ("timestamp", &[]),
    (
        "newsroom",
        &[
            "model",
            "language",
            "geo",
            "editions",
            "collect",
            "sift",
            "checks",
            "publish",
            "press",
            "net",
            "store",
            "timestamp",
            "browser",
        ],
    ),
    ("web", &["model", "language", "geo", "editions", "newsroom"]),
    ("testkit", &["model", "language"]),
    ("fuzzing", &["model", "language", "geo", "editions", "collect", "timestamp"]),
    (
        "sitrep",
        &[
            "model", "language", "geo", "editions", "collect", "sift", "checks", "publish", "press", "net", "store",
            "newsroom", "web", "testkit",
        ],
    ),
];

/// Lines a source file may have before it asks to be divided.
const LONGEST: usize = 500;

/// The workspace's folder.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().map(Path::to_path_buf).unwrap_or_default()
}

/// Every place where a rule is broken, a line each.
pub(crate) fn faults(root: &Path) -> Vec<String> {
    let mut faults = arrows(root);
    for path in sources(&root.join("crates")) {
        let text = fs::read_to_string(&path).unwrap_or_default();
        let shown = path.strip_prefix(root).unwrap_or(&path).display().to_string();
        let lines = text.lines().count();
        if lines > LONGEST && !shown.contains("/tests/") {
            faults.push(format!("{shown}: {lines} lines; divide it by meaning (at most {LONGEST})"));
        }
        if text.contains("#[ignore") {
            faults.push(format!("{shown}: an ignored test; a test that can't run here says `skipped:` and why"));
        }
        let name = path.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
        if ["utils", "util", "helpers", "common", "misc"].contains(&name) {
            faults.push(format!("{shown}: `{name}` names no purpose"));
        }
    }
    faults.extend(migrations(root));
    faults
}

fn arrows(root: &Path) -> Vec<String> {
    let mut faults = Vec::new();
    for (name, allowed) in ARROWS {
        let manifest = root.join("crates").join(name).join("Cargo.toml");
        let text = fs::read_to_string(&manifest).unwrap_or_default();
        let Ok(table) = text.parse::<toml::Table>() else {
            faults.push(format!("crates/{name}/Cargo.toml can't be read"));
            continue;
        };
        let dependencies = table.get("dependencies").and_then(toml::Value::as_table).cloned().unwrap_or_default();
        for dependency in dependencies.keys().filter_map(|key| key.strip_prefix("sitrep-")) {
            if !allowed.contains(&dependency) {
                faults.push(format!("crates/{name} must not know {dependency}"));
            }
        }
    }
    faults
}

fn migrations(root: &Path) -> Vec<String> {
    let folder = root.join("crates/store/migrations");
    let names = |engine: &str| -> BTreeSet<String> {
        let entries = fs::read_dir(folder.join(engine)).into_iter().flatten();
        entries.flatten().filter_map(|entry| entry.file_name().into_string().ok()).collect()
    };
    let (sqlite, postgres) = (names("sqlite"), names("postgres"));
    sqlite
        .symmetric_difference(&postgres)
        .map(|name| format!("crates/store/migrations: {name} has no twin for the other database"))
        .collect()
}

fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        let name = entry.file_name();
        if path.is_dir() && name != "node_modules" && name != "built" {
            found.extend(sources(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs" || extension == "ts") {
            found.push(path);
        }
    }
    found.sort();
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_house_rules_hold() {
        let faults = faults(&root());
        assert!(faults.is_empty(), "{}", faults.join("\n"));
    }
}
