//! An address that is spelt almost as the other addresses of its series, and leads nowhere.

mod shape;

use crate::rule::Rule;
use crate::subject::{Reference, Subject};
use shape::Shape;
use sitrep_model::finding::{Finding, Severity};
use std::collections::{BTreeMap, BTreeSet};

pub(crate) const RULE: Rule =
    Rule { id: "address-unlike-siblings", since: "0.1.0", severity: Severity::Warning, explain: EXPLAIN, run };

/// Addresses of one spelling that make a series.
const SERIES: usize = 2;

struct Address<'a> {
    reference: &'a Reference,
    shape: Shape,
    url: &'a str,
}

fn run(subject: &Subject) -> Vec<Finding> {
    let references = subject.notes.iter().flat_map(|note| &note.references);
    let addresses: Vec<Address<'_>> = references
        .filter_map(|reference| {
            let url = reference.url.as_deref()?;
            Some(Address { reference, shape: Shape::of(url)?, url: url.trim_end_matches('/') })
        })
        .collect();
    let mut series: BTreeMap<&Shape, BTreeSet<&str>> = BTreeMap::new();
    let mut hosts: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for address in &addresses {
        if address.shape.is_dated() {
            series.entry(&address.shape).or_default().insert(address.url);
        }
        hosts.entry(&address.shape.host).or_default().insert(address.url);
    }
    let mut findings: Vec<Finding> = Vec::new();
    for address in &addresses {
        let finding = unlike_series(subject, address, &series).or_else(|| unlike_host(subject, address, &hosts));
        findings.extend(finding);
    }
    findings
}

/// The larger of two groups is far enough larger to be the rule, and the smaller one the slip.
fn outweighs(many: usize, few: usize) -> bool {
    many >= SERIES && many >= 2 * few
}

fn unlike_series(
    subject: &Subject,
    address: &Address<'_>,
    series: &BTreeMap<&Shape, BTreeSet<&str>>,
) -> Option<Finding> {
    if !address.shape.is_dated() {
        return None;
    }
    // May is a whole name and an abbreviation, so one series may have two shapes.
    let size =
        |of: &Shape| series.iter().filter(|(shape, _)| shape.is_same(of)).map(|(_, urls)| urls.len()).sum::<usize>();
    let own = series.get(&address.shape).map_or(0, BTreeSet::len);
    let siblings = series.iter().map(|(shape, urls)| (*shape, size(shape), urls));
    let larger = siblings.filter(|(shape, size, _)| outweighs(*size, own) && shape.is_sibling(&address.shape));
    let (shape, size, urls) = larger.max_by_key(|(_, size, _)| *size)?;
    let difference = address.shape.difference(shape)?;
    let sibling = urls.iter().next()?;
    let reference = address.reference;
    let message =
        format!("“{}” is spelt unlike {size} other addresses of its series, such as {sibling}", difference.own);
    let hint = format!("Open it before it is published; the others say “{}”.", difference.theirs);
    let mut finding = subject.finding(&RULE, reference.span.clone(), message, &hint);
    finding.fix = fix(subject, reference, &difference.own, &difference.theirs);
    Some(finding)
}

fn unlike_host(subject: &Subject, address: &Address<'_>, hosts: &BTreeMap<&str, BTreeSet<&str>>) -> Option<Finding> {
    let host = address.shape.host.as_str();
    let own = hosts.get(host)?.len();
    let near = hosts
        .iter()
        .filter(|(other, urls)| urls.len() >= 3 && outweighs(urls.len(), own) && shape::is_misspelt(host, other));
    let (other, urls) = near.max_by_key(|(_, urls)| urls.len())?;
    let message = format!("the host {host} is spelt unlike {other}, which {} other addresses have", urls.len());
    let hint = format!("Open it before it is published; probably {other} is meant.");
    let mut finding = subject.finding(&RULE, address.reference.span.clone(), message, &hint);
    finding.fix = fix(subject, address.reference, host, other);
    Some(finding)
}

/// Puts the siblings' spelling where the address has its own.
fn fix(subject: &Subject, reference: &Reference, own: &str, theirs: &str) -> Option<sitrep_model::finding::Fix> {
    let printed = subject.slice(&reference.span);
    let at = printed.find(own)?;
    let start = reference.span.start + printed[..at].chars().count();
    subject.fix("spell it like its siblings", start..start + own.chars().count(), theirs.to_owned())
}

/// The manual's page.
const EXPLAIN: &str = r#"## Flags

An address that differs by one or two letters from the other addresses of its series (same host, same path, another day), or whose host differs by one from a host that is cited more often.

## Why

Earlier editions and serial reports are cited by addresses that follow a pattern. One that is spelt otherwise was most likely typed by hand, and a reader who follows it may land nowhere.

## Flagged

````text
Levant Update, November 10, 2026

Rail

The line is open.[1] It carries grain.[2] It was closed in May.[3]

[1] https://desk.example/analysis/levant-update-november-3-2026

[2] https://desk.example/analysis/levant-updates-november-4-2026

[3] https://desk.example/analysis/levant-update-may-29-2026
````

## Fine

````text
Levant Update, November 10, 2026

Rail

The line is open.[1] It carries grain.[2] It was closed in May.[3] The port is open.[4]

[1] https://desk.example/analysis/levant-update-november-3-2026

[2] https://desk.example/analysis/levant-update-november-4-2026

[3] https://desk.example/analysis/levant-update-may-29-2026

[4] https://desk.example/analysis/why-the-port-of-latakia-matters
````

## Remedy

Open the address. Where it is wrong, spell it like its siblings; the fix does that."#;
