//! House rules that no compiler knows, and pages that are made from the program. `cargo run -p xtask tidy` prints where
//! rules are broken, `manual` writes the generated pages; `cargo test` asks the same.

mod licences;
mod manual;
mod tidy;

use std::process::ExitCode;

fn main() -> ExitCode {
    let root = tidy::root();
    let asked = std::env::args().nth(1);
    let faults = match asked.as_deref() {
        Some("tidy") => {
            let mut faults = tidy::faults(&root);
            faults.extend(manual::faults(&root));
            faults.extend(licences::faults(&root).unwrap_or_else(|reason| vec![format!("licences: {reason}")]));
            faults
        }
        Some("manual") => manual::write(&root).err().map(|error| format!("docs: {error}")).into_iter().collect(),
        _ => {
            eprintln!("usage: cargo run -p xtask tidy|manual");
            return ExitCode::from(2);
        }
    };
    for fault in &faults {
        eprintln!("{fault}");
    }
    if faults.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
