//! A name that is spelt unlike the desk's register of names.

mod spelling;

use crate::rule::Rule;
use crate::subject::{Part, Passage, Subject};
use crate::wording;
use sitrep_model::actor::{Actor, ActorKind};
use sitrep_model::finding::{Finding, Severity};
use spelling::{Word, alike, surely_alike, words};
use std::ops::Range;

pub(crate) const RULE: Rule =
    Rule { id: "name-against-register", since: "0.1.0", severity: Severity::Warning, explain: EXPLAIN, run };

fn run(subject: &Subject) -> Vec<Finding> {
    let register = &subject.settings.register;
    if register.is_empty() {
        return Vec::new();
    }
    let mut findings = Vec::new();
    for passage in subject.passages.iter().filter(|passage| !matches!(passage.part, Part::Other)) {
        let quoted = wording::quoted(passage);
        let text = words(&passage.text);
        let mut taken: Vec<Range<usize>> = Vec::new();
        for actor in register {
            for (range, meant) in misspelt(&text, actor, register) {
                let span = text[range.start].span.start..text[range.end - 1].span.end;
                // Titles of reports and quotations keep the spelling of whoever wrote them.
                let title =
                    quoted.iter().any(|quote| wording::overlap(quote, &span) && passage.slice(quote).contains('_'));
                if title || taken.iter().any(|other| wording::overlap(other, &span)) {
                    continue;
                }
                taken.push(span.clone());
                findings.push(finding(subject, passage, &span, &meant, actor));
            }
        }
    }
    findings
}

fn finding(subject: &Subject, passage: &Passage, range: &Range<usize>, meant: &str, actor: &Actor) -> Finding {
    let message = format!("“{}” is “{meant}” in the register ({})", passage.slice(range), actor.name);
    let hint = format!("Print the register's form, “{meant}”, or add the spelling to the register.");
    let span = passage.span(range);
    let mut finding = subject.finding(&RULE, span.clone(), message, &hint);
    finding.fix = subject.fix("print the register's form", span, meant.to_owned());
    finding
}

/// Where a text spells an actor otherwise than the register, as ranges of its words, with what the register has there.
fn misspelt(text: &[Word], actor: &Actor, register: &[Actor]) -> Vec<(Range<usize>, String)> {
    let house = words(&actor.name);
    let mut found: Vec<(Range<usize>, String)> = Vec::new();
    for avoided in &actor.avoid {
        let wanted = words(avoided);
        for start in places(text, &wanted, |a, b| a.text == b.text) {
            // The spelling may be a part of the register's form: `Persian Gulf` of `Gulf`.
            let meant =
                if wanted.len() == 1 && house.len() > 1 { last_name(&house, &wanted[0]) } else { actor.name.clone() };
            found.push((start..start + wanted.len(), meant));
        }
    }
    if actor.kind != ActorKind::Person || house.len() < 2 {
        return found;
    }
    for start in places(text, &house, alike) {
        let range = start..start + house.len();
        let same = text[range.clone()].iter().zip(&house).all(|(a, b)| a.folded == b.folded);
        if !same && !is_registered(&text[range.clone()], register) {
            found.push((range, actor.name.clone()));
        }
    }
    found.extend(last_names(text, &house, register));
    found
}

/// Where a person's last name stands alone, or behind a title, in another spelling.
fn last_names(text: &[Word], house: &[Word], register: &[Actor]) -> Vec<(Range<usize>, String)> {
    let Some(last) = house.last() else {
        return Vec::new();
    };
    let known =
        |word: &Word| register.iter().any(|actor| words(&actor.name).iter().any(|own| own.folded == word.folded));
    let named = |at: usize| {
        // Behind another given name it is another person.
        let given = at
            .checked_sub(1)
            .and_then(|before| text.get(before))
            .filter(|before| before.span.end + 1 == text[at].span.start);
        given.is_some_and(|word| word.text.starts_with(char::is_uppercase) && !is_title(&word.text))
    };
    let other = |at: &usize| surely_alike(&text[*at], last) && text[*at].folded != last.folded;
    let found = (0..text.len()).filter(other).filter(|at| !named(*at) && !known(&text[*at]));
    found.map(|at| (at..at + 1, last.text.clone())).collect()
}

fn is_title(word: &str) -> bool {
    const TITLES: &[&str] = &[
        "President",
        "Minister",
        "General",
        "Commander",
        "Leader",
        "Ayatollah",
        "Secretary",
        "Speaker",
        "Admiral",
        "Colonel",
        "Ambassador",
        "Spokesperson",
        "Spokesman",
        "Spokeswoman",
        "Governor",
        "Chief",
        "Director",
        "Chairman",
        "Sheikh",
        "Judge",
        "Mr",
        "Mrs",
        "Ms",
        "Dr",
        "Representative",
        "Deputy",
        "Envoy",
        "Head",
        "The",
        "On",
        "While",
        "But",
        "And",
        "When",
    ];
    TITLES.contains(&word)
}

/// Where a run of words stands in a text.
fn places(text: &[Word], wanted: &[Word], same: fn(&Word, &Word) -> bool) -> Vec<usize> {
    if wanted.is_empty() {
        return Vec::new();
    }
    let hit = |window: &[Word]| window.iter().zip(wanted).all(|(a, b)| same(a, b));
    text.windows(wanted.len()).enumerate().filter(|(_, window)| hit(window)).map(|(start, _)| start).collect()
}

/// The word of the register's form that a single word stands for.
fn last_name(house: &[Word], avoided: &Word) -> String {
    let near = house.iter().find(|word| alike(word, avoided));
    near.or(house.last()).map(|word| word.text.clone()).unwrap_or_default()
}

/// Whether the words are another entry's name, or one of the names that the register keeps for printing.
fn is_registered(text: &[Word], register: &[Actor]) -> bool {
    register.iter().any(|actor| {
        let house = words(&actor.name);
        house.len() == text.len() && house.iter().zip(text).all(|(a, b)| a.folded == b.folded)
    })
}

/// The manual's page.
const EXPLAIN: &str = r#"## Flags

A name of the desk's register in a spelling that the register avoids, or that another transliteration gives.

## Why

One person in two spellings is two persons to readers, to search and to programs. The rule needs a desk's register of names (`actors.toml`).

## Flagged

````toml
[[actor]]
id = "nouri"
name = "Farid Nouri"
kind = "person"
avoid = ["Fareed Noori"]

[[actor]]
id = "gulf"
name = "Persian Gulf"
avoid = ["Arabian Gulf"]
````

````text
Levant Update, November 10, 2026

Rail

Minister Fareed Noori opened the line.[1]

[1] https://news.example/line
````

````text
Levant Update, November 10, 2026

Rail

Minister Farid Nuri opened the line.[1]

[1] https://news.example/line
````

````text
Levant Update, November 10, 2026

Rail

Ships wait in the Arabian Gulf.[1]

[1] https://news.example/line
````

## Fine

````toml
[[actor]]
id = "nouri"
name = "Farid Nouri"
kind = "person"
avoid = ["Fareed Noori"]
````

````text
Levant Update, November 10, 2026

Rail

Minister Farid Nouri opened the line.[1] Nouri’s deputy, Farida Nasser, was there.[2]

[1] https://news.example/line

[2] https://news.example/deputy
````

## Remedy

Print the form the register has. Where the register is wrong, correct it there: the next edition will follow."#;
