//! Defanged addresses in several spellings, and one outlet's addresses now defanged, now whole.

use crate::rule::Rule;
use crate::subject::{Reference, Subject};
use crate::wording::{Pattern, counted, pattern};
use sitrep_language::address;
use sitrep_model::desk::Defanging;
use sitrep_model::finding::{Finding, Severity};
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::LazyLock;

pub(crate) const RULE: Rule =
    Rule { id: "mixed-defanging", since: "0.1.0", severity: Severity::Warning, explain: EXPLAIN, run };

static DOT: Pattern = LazyLock::new(|| {
    pattern(r"(?i) ?\[\.\] ?| ?\(\.\) ?| ?\{\.\} ?| ?\[ ?dot ?\] ?| ?\( ?dot ?\) ?| ?\{ ?dot ?\} ?| dot ")
});
static SCHEME: Pattern =
    LazyLock::new(|| pattern(r"(?i)^(?:h(?:xx|\*\*)ps?(?::|\[:\]|\(:\))//|https?(?:\[:\]|\(:\))//|https?\[://\])"));

/// How an address is defanged: the dots of its host as spelt, and its scheme where that is spelt otherwise.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Spelling {
    dot: Option<String>,
    scheme: bool,
}

impl Spelling {
    fn of(printed: &str) -> Option<Self> {
        let scheme = SCHEME.as_ref().is_some_and(|scheme| scheme.is_match(printed));
        let dot = DOT.as_ref().and_then(|dot| dot.find(host(printed))).map(|dot| dot.as_str().to_lowercase());
        (scheme || dot.is_some()).then_some(Self { dot, scheme })
    }

    fn house(style: Defanging) -> Self {
        let dot = match style {
            Defanging::Bracketed => "[.]",
            Defanging::BracketedWord => " [dot] ",
            Defanging::Word => " dot ",
        };
        Self { dot: Some(dot.to_owned()), scheme: false }
    }

    fn shown(&self) -> String {
        let dot = self.dot.as_deref().unwrap_or(".");
        if self.scheme { format!("hxxp://example{dot}com") } else { format!("example{dot}com") }
    }

    /// An address of which the host and scheme are spelt so.
    fn write(&self, url: &str) -> String {
        let (scheme, rest) = url.split_once("://").unwrap_or(("https", url));
        let (www, rest) = rest.strip_prefix("www.").map_or(("", rest), |rest| ("www.", rest));
        let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
        let scheme = if self.scheme { scheme.replace("tt", "xx") } else { scheme.to_owned() };
        let dot = self.dot.as_deref().unwrap_or(".");
        format!("{scheme}://{www}{}{}", rest[..end].replace('.', dot), &rest[end..])
    }
}

/// The host of a printed address, with what stands before it.
fn host(printed: &str) -> &str {
    let from = printed.find("//").map_or(0, |at| at + 2);
    let end = printed[from..].find(['/', '?', '#']).map_or(printed.len(), |at| from + at);
    printed.get(from..end).unwrap_or_default()
}

fn run(subject: &Subject) -> Vec<Finding> {
    let references: Vec<&Reference> = subject
        .notes
        .iter()
        .flat_map(|note| &note.references)
        .filter(|reference| reference.url.is_some() && !reference.computed)
        .collect();
    let Some(norm) = norm(subject, &references) else {
        return Vec::new();
    };
    let mut hosts: BTreeMap<String, Host<'_>> = BTreeMap::new();
    for reference in &references {
        let host = hosts.entry(address::host(reference.url.as_deref().unwrap_or_default())).or_default();
        match Spelling::of(&reference.printed) {
            Some(_) => host.defanged.push(&reference.printed),
            None => host.whole += 1,
        }
    }
    references.iter().filter_map(|reference| one(subject, reference, &norm, &hosts)).collect()
}

/// How one outlet's addresses are printed.
#[derive(Default)]
struct Host<'a> {
    defanged: Vec<&'a str>,
    whole: usize,
}

/// The spelling that holds: the desk's, or the one that most addresses have (the first of two that as many have).
fn norm(subject: &Subject, references: &[&Reference]) -> Option<Spelling> {
    if subject.settings.of_desk {
        return Some(Spelling::house(subject.settings.style.defanging));
    }
    let spellings: Vec<Spelling> = references.iter().filter_map(|reference| Spelling::of(&reference.printed)).collect();
    let count = |spelling: &Spelling| spellings.iter().filter(|other| *other == spelling).count();
    spellings.iter().rev().max_by_key(|spelling| count(spelling)).cloned()
}

fn one(
    subject: &Subject,
    reference: &Reference,
    norm: &Spelling,
    hosts: &BTreeMap<String, Host<'_>>,
) -> Option<Finding> {
    let url = reference.url.as_deref()?;
    let name = address::host(url);
    let host = hosts.get(&name)?;
    let ruled = subject.settings.defanged_hosts.contains(&name);
    // What is cited whole more often is most likely an outlet whose links may be followed.
    let open = !ruled && host.whole > host.defanged.len() && !host.defanged.is_empty();
    let spelling = Spelling::of(&reference.printed);
    let span = reference.span.clone();
    if spelling.is_some() && open {
        let message =
            format!("{name} is defanged here, and stands whole in {}", counted(host.whole, "other reference"));
        let mut finding = subject.finding(&RULE, span.clone(), message, "Print one outlet's links alike.");
        let written = subject.slice(&span) == reference.printed;
        finding.fix = if written { subject.fix("print it whole", span, url.to_owned()) } else { None };
        return Some(finding);
    }
    let (message, hint) = match spelling {
        Some(spelling) if spelling == *norm => return None,
        Some(spelling) => {
            let whose = if subject.settings.of_desk { "the desk spells it" } else { "most addresses here are spelt" };
            let message = format!("defanged as {}; {whose} {}", spelling.shown(), norm.shown());
            (message, "Spell all defanged addresses alike.")
        }
        None if open => return None,
        None => {
            let message = match host.defanged.first() {
                Some(printed) => format!("{name} stands here whole, and elsewhere defanged ({})", host_of(printed)),
                None if ruled => format!("{name} stands here whole; the desk prints its links defanged"),
                None => return None,
            };
            (message, "Defang it as well: a reader should not land there by a slip.")
        }
    };
    let mut finding = subject.finding(&RULE, span, message, hint);
    finding.fix = fix(subject, reference, norm, url);
    Some(finding)
}

fn host_of(printed: &str) -> &str {
    host(printed)
}

fn fix(subject: &Subject, reference: &Reference, norm: &Spelling, url: &str) -> Option<sitrep_model::finding::Fix> {
    // Only the part up to the host's end is changed, so that the path stays as it is printed.
    let printed = subject.slice(&reference.span);
    // Where the print is an attribute of the reference, the address itself stays whole.
    if !printed.split_whitespace().eq(reference.printed.split_whitespace()) {
        return None;
    }
    let from = printed.find("//").map_or(0, |at| at + 2);
    let end = printed[from..].find(['/', '?', '#']).map_or(printed.len(), |at| from + at);
    let whole = norm.write(url);
    let behind_scheme = whole.find("//")? + 2;
    let host_end = whole[behind_scheme..].find(['/', '?', '#']).map_or(whole.len(), |end| behind_scheme + end);
    let span: Range<usize> = reference.span.start..reference.span.start + printed.get(..end)?.chars().count();
    let replacement = whole.get(..host_end)?;
    let schemeless = !printed.contains("//");
    let replacement =
        if schemeless { replacement.split_once("://").map_or(replacement, |(_, rest)| rest) } else { replacement };
    subject.fix("spell it like the others", span, replacement.to_owned())
}

/// The manual's page.
const EXPLAIN: &str = r#"## Flags

A defanged address that is spelt unlike the others (`example[.]com` beside `example dot com`), and an address that stands whole although the same outlet's are defanged elsewhere.

## Why

Links to hostile and state outlets are printed so that nobody follows them by a slip. A mixture makes them hard to search and to read by programs; one that was forgotten can be clicked. With a desk, its spelling and its list of hosts hold; without one, the spelling most addresses have.

## Flagged

````text
Levant Update, November 10, 2026

Rail

The line is open.[1] It carries grain.[2] Trains run daily.[3]

[1] https://sana dot sy/line

[2] https://sana dot sy/grain

[3] https://www.isna [dot] ir/trains
````

````text
Levant Update, November 10, 2026

Rail

The line is open.[1] It carries grain.[2]

[1] https://sana[.]sy/line

[2] https://sana.sy/grain
````

## Fine

````text
Levant Update, November 10, 2026

Rail

The line is open.[1] It carries grain.[2] Trains run daily.[3]

[1] https://sana dot sy/line

[2] https://www.isna dot ir/grain

[3] https://news.example/trains
````

## Remedy

Spell all of them alike; the fix does that."#;
