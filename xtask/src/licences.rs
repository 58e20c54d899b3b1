//! The licences of everything the workspace is built from: permissive ones, and copyleft of single files at most.

use serde_json::Value;
use std::path::Path;
use std::process::Command;

/// SPDX names that may be chosen.
const ALLOWED: &[&str] = &[
    "0BSD",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-1-Clause",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "CC0-1.0",
    "CDLA-Permissive-2.0",
    "ISC",
    "MIT",
    "MIT-0",
    "MPL-2.0",
    "OFL-1.1",
    "Unicode-3.0",
    "Unicode-DFS-2016",
    "Unlicense",
    "Zlib",
    "bzip2-1.0.6",
    "NCSA",
    "Ubuntu-font-1.0",
    "LicenseRef-UFL-1.0",
];

/// Packages whose licence is not allowed, or not stated, a line each.
///
/// # Errors
/// Where `cargo metadata` can't be asked.
pub(crate) fn faults(root: &Path) -> Result<Vec<String>, String> {
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    let output = Command::new(cargo)
        .args(["metadata", "--format-version", "1", "--locked"])
        .current_dir(root)
        .output()
        .map_err(|error| error.to_string())?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).trim().to_owned());
    }
    let metadata: Value = serde_json::from_slice(&output.stdout).map_err(|error| error.to_string())?;
    let packages = metadata.get("packages").and_then(Value::as_array).into_iter().flatten();
    let mut faults: Vec<String> = packages.filter_map(fault).collect();
    faults.sort();
    Ok(faults)
}

fn fault(package: &Value) -> Option<String> {
    let word = |name: &str| package.get(name).and_then(Value::as_str);
    let (name, version) = (word("name")?, word("version")?);
    match word("license") {
        Some(licence) if is_allowed(licence) => None,
        Some(licence) => Some(format!("{name} {version}: {licence} is not in the list of xtask/src/licences.rs")),
        None => Some(format!("{name} {version}: states no licence")),
    }
}

/// Whether an SPDX expression can be met with allowed licences. (`/` is how old packages write `OR`.)
fn is_allowed(expression: &str) -> bool {
    let expression = expression.replace('/', " OR ");
    let inner = outermost(&expression, " OR ");
    if inner.len() > 1 {
        return inner.iter().any(|part| is_allowed(part));
    }
    let inner = outermost(&expression, " AND ");
    if inner.len() > 1 {
        return inner.iter().all(|part| is_allowed(part));
    }
    let trimmed = expression.trim();
    match trimmed.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')) {
        Some(inside) => is_allowed(inside),
        None => ALLOWED.contains(&trimmed),
    }
}

/// The parts of an expression between an operator that stands in no parentheses.
fn outermost(expression: &str, operator: &str) -> Vec<String> {
    let (mut depth, mut parts, mut start) = (0_i32, Vec::new(), 0);
    for (at, c) in expression.char_indices() {
        match c {
            '(' => depth += 1,
            ')' => depth -= 1,
            ' ' if depth == 0 && expression[at..].starts_with(operator) => {
                parts.push(expression[start..at].to_owned());
                start = at + operator.len();
            }
            _ => {}
        }
    }
    parts.push(expression.get(start..).unwrap_or_default().to_owned());
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_is_under_a_licence_that_may_be_used() {
        match faults(&crate::tidy::root()) {
            Ok(faults) => assert!(faults.is_empty(), "{}", faults.join("\n")),
            Err(reason) => eprintln!("skipped: cargo metadata: {reason}"),
        }
    }

    #[test]
    fn expressions_are_read() {
        for (expression, allowed) in [
            ("MIT OR Apache-2.0", true),
            ("MIT/Apache-2.0", true),
            ("GPL-3.0-only", false),
            ("GPL-3.0-only OR MIT", true),
            ("(MIT OR Apache-2.0) AND Unicode-3.0", true),
            ("(MIT OR Apache-2.0) AND LGPL-2.1-only", false),
            ("Apache-2.0 WITH LLVM-exception OR GPL-2.0", true),
        ] {
            assert_eq!(is_allowed(expression), allowed, "{expression}");
        }
    }
}
