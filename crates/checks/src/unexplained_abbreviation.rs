//! An abbreviation that a reader has to know already.

use crate::rule::Rule;
use crate::subject::{Part, Passage, Subject};
use crate::wording::{Pattern, pattern};
use regex::Regex;
use sitrep_model::finding::{Finding, Severity};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::LazyLock;

pub(crate) const RULE: Rule =
    Rule { id: "unexplained-abbreviation", since: "0.1.0", severity: Severity::Advice, explain: EXPLAIN, run };

/// What every reader of such updates knows.
const KNOWN: &[&str] = &[
    "AD", "AFP", "AI", "AM", "AP", "BBC", "BC", "CBS", "CEO", "CIA", "CNN", "CST", "CT", "DC", "DNA", "EDT", "EST",
    "ET", "EU", "EUR", "FBI", "FM", "GDP", "GMT", "GPS", "HIV", "HQ", "ID", "IT", "LLC", "MP", "MPs", "NATO", "NBC",
    "NGO", "NGOs", "OK", "PDF", "PM", "PR", "PT", "SUV", "TV", "UAE", "UK", "UN", "US", "USA", "USD", "USSR", "UTC",
    "VIP", "VPN", "WHO", "WWI", "WWII", "COVID", "ISIS", "OPEC", "UNESCO", "UNICEF", "UAV", "UAVs", "SMS", "QR",
    "CCTV", "KM", "KG", "NASA", "USS", "HMS", "IRIS", "MV", "RT", "TASS", "PBS", "NPR", "JD", "NOTE", "OSINT", "RPG",
    "DIY", "CO", "VS",
];

static ABBREVIATION: Pattern = LazyLock::new(|| pattern(r"[\p{Lu}][\p{Lu}\d&]*[\p{Lu}]s?"));

/// Where an abbreviation was met first, and whether it is explained there or later.
struct Met {
    passage: usize,
    range: Range<usize>,
    count: usize,
}

fn run(subject: &Subject) -> Vec<Finding> {
    let Some(found) = ABBREVIATION.as_ref() else {
        return Vec::new();
    };
    let prose: Vec<&Passage> =
        subject.passages.iter().filter(|p| !matches!(p.part, Part::Title | Part::Heading | Part::Other)).collect();
    let own = own_names(subject);
    let plain: std::collections::HashSet<String> = prose
        .iter()
        .flat_map(|passage| passage.text.split(|c: char| !c.is_alphabetic()))
        .filter(|word| word.chars().skip(1).any(char::is_lowercase))
        .map(str::to_uppercase)
        .collect();
    let mut met: BTreeMap<String, Met> = BTreeMap::new();
    let mut explained: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    for (index, passage) in prose.iter().enumerate().filter(|(_, passage)| !is_shouted(&passage.text)) {
        for range in passage.matches(found).into_iter().filter(|range| stands_alone(passage, range)) {
            let word = passage.slice(&range);
            let word = word.strip_suffix('s').filter(|stem| stem.chars().count() > 1).unwrap_or(word).to_owned();
            // A word that is set in capitals to stress it stands elsewhere as a word, or is too long.
            if is_known(subject, &word) || own.contains(&word) || plain.contains(&word) || word.chars().count() > 7 {
                continue;
            }
            if explains(passage, &range) {
                explained.entry(word.clone()).or_insert((index, range.start));
            }
            met.entry(word).and_modify(|met| met.count += 1).or_insert(Met { passage: index, range, count: 1 });
        }
    }
    let open =
        met.into_iter().filter(|(word, met)| explained.get(word).is_none_or(|at| *at > (met.passage, met.range.start)));
    open.map(|(word, met)| finding(subject, prose[met.passage], &word, &met, explained.contains_key(&word))).collect()
}

fn finding(subject: &Subject, passage: &Passage, word: &str, met: &Met, later: bool) -> Finding {
    let actor = subject.settings.register.iter().find(|actor| actor.abbreviation.as_deref() == Some(word));
    let message = match (later, met.count) {
        (true, _) => format!("“{word}” is explained only further down"),
        (false, 1) => format!("“{word}” is not explained"),
        (false, count) => format!("“{word}” is not explained ({count} times here)"),
    };
    let hint = match actor {
        Some(actor) => format!("Write it out where it comes first: {} ({word}).", actor.name),
        None => format!("Write it out where it comes first, with the abbreviation in brackets: … ({word})."),
    };
    let span = passage.span(&met.range);
    let mut finding = subject.finding(&RULE, span.clone(), message, &hint);
    finding.fix = actor
        .filter(|_| !later)
        .and_then(|actor| subject.fix("write it out", span, format!("{} ({word})", actor.name)));
    finding
}

/// The names the publisher speaks of itself by: *ISW assesses*, *CTP-ISW has observed*.
fn own_names(subject: &Subject) -> BTreeSet<String> {
    static OWN: Pattern = LazyLock::new(|| {
        pattern(
            r"\b(\p{Lu}{2,6})(?:[-/ ](?:and )?(\p{Lu}{2,6}))?(?:’s)? (?:\w+ly |has |have |continues? to |did |does |is |cannot |will |also )*(?:not )?(?:assess|forecast|observ|record|not currently)",
        )
    });
    let passages = subject.passages.iter().map(|passage| passage.text.as_str());
    let found = passages.flat_map(|text| OWN.as_ref().into_iter().flat_map(|own| own.captures_iter(text)));
    found
        .flat_map(|names| names.iter().skip(1).flatten().map(|name| name.as_str().to_owned()).collect::<Vec<_>>())
        .collect()
}

fn is_known(subject: &Subject, word: &str) -> bool {
    let roman =
        word.chars().all(|c| matches!(c, 'I' | 'V' | 'X' | 'L' | 'C')) && sitrep_model::roman::number(word).is_some();
    let desk = &subject.settings.style.known_abbreviations;
    roman || KNOWN.contains(&word) || desk.iter().any(|known| known == word || known.strip_suffix('s') == Some(word))
}

/// Whether most letters of a text are capitals: then a capital says nothing.
fn is_shouted(text: &str) -> bool {
    let capitals = text.chars().filter(|c| c.is_uppercase()).count();
    capitals * 2 > text.chars().filter(|c| c.is_alphabetic()).count()
}

/// A word of its own: no part of an address, a designation with figures (`S-300`), a hyphenated name or a handle.
fn stands_alone(passage: &Passage, range: &Range<usize>) -> bool {
    let before: Vec<char> = passage.slice(&(range.start.saturating_sub(2)..range.start)).chars().collect();
    let after: Vec<char> = passage.slice(&(range.end..range.end + 2)).chars().collect();
    let joins =
        |c: Option<&char>| c.is_some_and(|c| c.is_alphanumeric() || matches!(c, '_' | '@' | '/' | '.' | '#' | '='));
    let stop = after.first() == Some(&'.') && after.get(1).is_none_or(|c| c.is_whitespace());
    let slash = after.first() == Some(&'/') && after.get(1).is_some_and(|c| c.is_uppercase());
    let figure = after.first() == Some(&'-') && after.get(1).is_some_and(char::is_ascii_digit);
    let digit = passage.slice(range).chars().any(|c| c.is_ascii_digit());
    !joins(before.last()) && (!joins(after.first()) || stop || slash) && !figure && !digit
}

/// `Islamic Revolutionary Guards Corps (IRGC)`, `IRGC (Islamic …)`, `the IRGC, or Islamic …`.
fn explains(passage: &Passage, range: &Range<usize>) -> bool {
    static BEFORE: Pattern = LazyLock::new(|| {
        pattern(
            r#"(?:\p{L}[”"’']?\s*[(\[](?:\w+[,;:]?\s){0,3}["“‘']?$)|(?:\b(?:known as|called|abbreviated(?: as)?|or|acronym) (?:the )?["“]?$)"#,
        )
    });
    static AFTER: Pattern = LazyLock::new(|| {
        pattern(
            r#"^["”’']?(?:[’']s)?\s(?:\((?:[^()]*\p{L}{2,}\s[^()]*)\)|stands for|is short for|\(the \p{Lu}|—the )|^["”’']?, (?:or|i\.e\.,|short for) (?:the )?\p{Lu}"#,
        )
    });
    let matches =
        |pattern: &Pattern, text: &str| pattern.as_ref().is_some_and(|pattern: &Regex| pattern.is_match(text));
    let before = passage.slice(&(range.start.saturating_sub(60)..range.start));
    let after = passage.slice(&(range.end..range.end + 80));
    matches(&BEFORE, before) || matches(&AFTER, after)
}

/// The manual's page.
const EXPLAIN: &str = r#"## Flags

An abbreviation that is not written out where it comes first. What every reader knows, and what the desk lists under `known_abbreviations`, is not flagged.

## Why

A new reader has to understand an edition without having read the earlier ones.

## Flagged

````text
Levant Update, November 10, 2026

Rail

The SRA is reopening the line to the coast.[1]

[1] https://news.example/line
````

## Fine

````text
Levant Update, November 10, 2026

Rail

The Syrian Railway Authority (SRA) is reopening the line to the coast.[1] The SRA asked the UN for help.[2]

[1] https://news.example/line

[2] https://news.example/un
````

````toml
known_abbreviations = ["SRA"]
````

````text
Levant Update, November 10, 2026

Rail

The SRA is reopening the line to the coast.[1]

[1] https://news.example/line
````

## Remedy

Write it out where it comes first, with the abbreviation in brackets, or add it to the desk's list."#;
