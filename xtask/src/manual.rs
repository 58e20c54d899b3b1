//! Pages of the manual that are made from the program: `docs/checks/`, from each rule's explanation.

use sitrep_checks::RULES;
use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::Path;

/// The generated pages by path under the root.
pub(crate) fn pages() -> BTreeMap<String, String> {
    let mut pages: BTreeMap<String, String> =
        RULES.iter().map(|rule| (format!("docs/checks/{}.md", rule.id), rule.page())).collect();
    let mut index = String::from(
        "# Checks\n\nThe rules of tradecraft that `sitrep check` asks of an edition. `cargo run -p xtask manual` makes these pages from\n`crates/checks/src`; the examples under *Flagged* and *Fine* are tests. A desk switches a rule off with `checks_off` in its\n`[style]`.\n\n| rule | flags |\n|---|---|\n",
    );
    for rule in RULES {
        index.push_str(&format!("| [{}]({}.md) | {} |\n", rule.id, rule.id, rule.summary()));
    }
    pages.insert("docs/checks/README.md".to_owned(), index);
    pages
}

/// Writes the pages, and removes those of rules that are no more.
pub(crate) fn write(root: &Path) -> io::Result<()> {
    fs::create_dir_all(root.join("docs/checks"))?;
    for path in orphans(root) {
        fs::remove_file(root.join(path))?;
    }
    for (path, text) in pages() {
        fs::write(root.join(path), text)?;
    }
    Ok(())
}

/// Pages that are not as the program would make them, a line each.
pub(crate) fn faults(root: &Path) -> Vec<String> {
    let stale = |(path, text): &(String, String)| fs::read_to_string(root.join(path)).is_ok_and(|found| found == *text);
    let stale = pages().into_iter().filter(|page| !stale(page)).map(|(path, _)| path);
    stale
        .chain(orphans(root))
        .map(|path| format!("{path}: not up to date; `cargo run -p xtask manual` makes it"))
        .collect()
}

fn orphans(root: &Path) -> Vec<String> {
    let pages = pages();
    let entries = fs::read_dir(root.join("docs/checks")).into_iter().flatten().flatten();
    let paths = entries.map(|entry| format!("docs/checks/{}", entry.file_name().to_string_lossy()));
    paths.filter(|path| !pages.contains_key(path)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_manual_is_up_to_date() {
        let faults = faults(&crate::tidy::root());
        assert!(faults.is_empty(), "{}", faults.join("\n"));
    }
}
