//! `sitrep check FILE…`: the checks over text, Markdown and HTML.

use crate::desk::{self, DeskFiles};
use crate::input;
use crate::outcome::{Class, Failure, Outcome};
use crate::print;
use jiff::civil::Date;
use serde_json::{Value, json};
use sitrep_checks::{RULES, Rule, Subject};
use sitrep_model::finding::Finding;
use std::collections::HashMap;
use std::path::{Path, PathBuf};

/// Check an edition against the rules of tradecraft. Exit code 1 where something was found.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples: sitrep check iran-update.txt\n          sitrep check draft.md --desk desks/iran --sarif > findings.sarif\n          sitrep check --explain repeated-note"
)]
pub struct Args {
    /// Editions as text, HTML, Markdown or the desk's form, or folders of them; `-` for standard input.
    #[arg(required_unless_present_any = ["explain", "rules"])]
    files: Vec<PathBuf>,
    /// Findings as a SARIF 2.1.0 log.
    #[arg(long, conflicts_with_all = ["explain", "rules"])]
    sarif: bool,
    /// The desk's folder: its scale, house style and register of names hold.
    #[arg(long, value_name = "DIR")]
    desk: Option<PathBuf>,
    /// Print a rule's page: what it flags, why, examples, what to do.
    #[arg(long, value_name = "RULE", conflicts_with = "files")]
    explain: Option<String>,
    /// List the rules.
    #[arg(long, conflicts_with_all = ["files", "explain"])]
    rules: bool,
}

/// What the editions are measured by.
struct Measure {
    files: DeskFiles,
    published: HashMap<String, Date>,
    hosts: Vec<String>,
}

type Checked<'a> = (&'a Path, Result<Vec<Finding>, Failure>);

/// Runs the command.
pub fn run(args: Args, as_json: bool) -> Result<Outcome, Failure> {
    if let Some(id) = &args.explain {
        return explain(id, as_json);
    }
    if args.rules {
        return rules(as_json);
    }
    let measure = args.desk.as_deref().map(measure).transpose()?;
    let files = input::expand(&args.files)?;
    let mut outcome = Outcome::Done;
    let mut all: Vec<Checked<'_>> = Vec::new();
    for path in &files {
        let findings = findings(path, measure.as_ref());
        if !matches!(&findings, Ok(findings) if findings.is_empty()) {
            outcome = Outcome::Found;
        }
        all.push((path, findings));
    }
    if let [(_, Err(failure))] = all.as_slice() {
        return Err(failure.clone());
    }
    if args.sarif {
        print_sarif(all)?;
    } else if as_json {
        print_json(all)?;
    } else {
        print_text(all)?;
    }
    Ok(outcome)
}

fn measure(folder: &Path) -> Result<Measure, Failure> {
    let files = desk::read(folder)?;
    let (published, hosts) = (files.published(), files.defanged_hosts());
    Ok(Measure { files, published, hosts })
}

fn findings(path: &Path, measure: Option<&Measure>) -> Result<Vec<Finding>, Failure> {
    let mut subject = Subject::read(&input::read(path)?, None).map_err(|error| Failure::from(error).of(path))?;
    if let Some(measure) = measure {
        subject = subject
            .for_desk(&measure.files.folder.desk, &measure.files.folder.actors)
            .with_defanged_hosts(&measure.hosts)
            .with_documents(&|id| measure.published.get(id).copied());
    }
    Ok(sitrep_checks::check(&subject))
}

fn explain(id: &str, as_json: bool) -> Result<Outcome, Failure> {
    let rule = sitrep_checks::rule(id).ok_or_else(|| {
        Failure::new(Class::Usage, "unknown_rule", format!("there is no rule `{id}`"))
            .hint("`sitrep check --rules` lists them.")
    })?;
    if as_json {
        print::json(&described(rule))?
    } else {
        print::bytes(rule.page().as_bytes())?
    }
    Ok(Outcome::Done)
}

fn rules(as_json: bool) -> Result<Outcome, Failure> {
    if as_json {
        print::json(&RULES.iter().map(described).collect::<Vec<_>>())?;
    } else {
        for rule in RULES {
            print::line(format!("{:<28} {:<8} {}", rule.id, severity(rule.severity), rule.summary()))?;
        }
    }
    Ok(Outcome::Done)
}

fn described(rule: &Rule) -> Value {
    json!({
        "id": rule.id,
        "since": rule.since,
        "severity": rule.severity,
        "flags": rule.summary(),
        "why": rule.part("Why"),
        "remedy": rule.part("Remedy"),
        "explain": rule.explain,
    })
}

fn severity(severity: sitrep_model::finding::Severity) -> String {
    format!("{severity:?}").to_lowercase()
}

fn print_sarif(all: Vec<Checked<'_>>) -> Result<(), Failure> {
    let mut found: Vec<(String, Vec<Finding>)> = Vec::new();
    for (path, findings) in all {
        match findings {
            Ok(findings) => found.push((path.display().to_string(), findings)),
            Err(failure) => eprintln!("sitrep: {}", failure.message),
        }
    }
    print::json(&sitrep_checks::to_sarif(&found))
}

fn print_json(all: Vec<Checked<'_>>) -> Result<(), Failure> {
    if let [(_, Ok(findings))] = all.as_slice() {
        return print::json(findings);
    }
    let mut list: Vec<Value> = Vec::new();
    for (path, findings) in all {
        match findings {
            Ok(findings) => {
                for finding in findings {
                    let mut value = serde_json::to_value(finding)?;
                    if let Some(object) = value.as_object_mut() {
                        object.insert("file".to_owned(), path.display().to_string().into());
                    }
                    list.push(value);
                }
            }
            Err(failure) => list.push(json!({ "file": path.display().to_string(), "error": failure })),
        }
    }
    print::json(&list)
}

fn print_text(all: Vec<Checked<'_>>) -> Result<(), Failure> {
    for (path, findings) in all {
        let file = path.display();
        match findings {
            Ok(findings) => {
                for finding in &findings {
                    print::line(text(&file.to_string(), finding))?;
                }
            }
            Err(failure) => eprintln!("sitrep: {}", failure.message),
        }
    }
    Ok(())
}

fn text(file: &str, finding: &Finding) -> String {
    let place = format!("{file}:{}:{}", finding.line, finding.column);
    let mut text = format!("{place}: {} [{}] {}", severity(finding.severity), finding.rule, finding.message);
    let excerpt: Vec<&str> = finding.excerpt.split_whitespace().collect();
    if !excerpt.is_empty() {
        text.push_str(&format!("\n    | {}", excerpt.join(" ").chars().take(160).collect::<String>()));
    }
    if let Some(hint) = &finding.hint {
        text.push_str(&format!("\n    = {hint}"));
    }
    if let Some(fix) = &finding.fix {
        text.push_str(&format!("\n    = {}: {}", fix.label, fix.replacement));
    }
    text
}
