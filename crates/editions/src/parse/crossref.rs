//! References to other editions: in words ("as CTP previously assessed"), by date, by address.

use super::{CrossReference, Parsed, ReferenceKind, timing};
use regex::Regex;
use sitrep_language::{offsets::Offsets, sentences::sentences};
use std::cell::LazyCell;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

static WORDS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let who = r"(?:(?:[A-Z][A-Z]+(?:[-/ ](?:and )?[A-Z][A-Z]+)*|[Ww]e|[Tt]his (?:desk|team|update|report|assessment)|[Tt]he desk)(?: and [A-Z]{2,})?)";
    let verb =
        r"(?:assess|forecast|report|not|observ|argu|predict|writ|wrote|discuss|warn|judg|record|recorded|document)\w*";
    Regex::new(&format!(
        r"(?:[Aa]s )?{who}(?: has| have| had)? (?:previously|recently|repeatedly|long|earlier|consistently|continues to|continue to)(?: \w+)? ?{verb}(?: on [A-Z][a-z]+ \d{{1,2}}(?:, \d{{4}})?)?|(?:[Aa]s )?{who}(?: has| have| had)? {verb} on [A-Z][a-z]+ \d{{1,2}}(?:, \d{{4}})?|[Aa]s (?:previously|earlier) {verb}|in (?:the|our|its) (?:[A-Z][a-z]+ \d{{1,2}}(?:, \d{{4}})?) (?:edition|update|assessment|report)"
    ))
    .ok()
});

static ASSESSES: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"\b([A-Z]{2,}(?:[-/][A-Z]{2,})*)(?: (?:has|have|had|previously|recently|continues to|continue to|still)){0,2} (?:assess|forecast)").ok()
});

/// What the team calls itself: the abbreviations that assess and forecast most often, `DESK-TEAM` by its parts too.
fn own_names(parsed: &Parsed) -> HashSet<String> {
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for block in
        parsed.blocks.iter().filter(|block| ["assess", "forecast"].iter().any(|word| block.text.contains(word)))
    {
        for found in ASSESSES.as_ref().into_iter().flat_map(|pattern| pattern.captures_iter(&block.text)) {
            *counts.entry(found.get(1).map_or("", |name| name.as_str())).or_default() += 1;
        }
    }
    let most = counts.iter().max_by_key(|(name, count)| (**count, std::cmp::Reverse(**name))).map(|(name, _)| *name);
    let parts = |name: &str| -> HashSet<String> { name.split(['-', '/']).map(str::to_owned).collect() };
    most.map(parts).unwrap_or_default()
}

/// Whether words speak of what the team itself said, and not of what an agency reported.
fn by_the_team(words: &str, own: &HashSet<String>) -> bool {
    let first = words.trim_start_matches("As ").trim_start_matches("as ").split_whitespace().next().unwrap_or_default();
    let abbreviation = first.chars().filter(char::is_ascii_uppercase).count() >= 2;
    !abbreviation || own.is_empty() || first.split(['-', '/']).any(|part| own.contains(part))
}

pub(super) fn find(parsed: &mut Parsed) {
    let mut found = Vec::new();
    let own = own_names(parsed);
    for paragraph in 0..parsed.paragraphs.len() {
        let block = parsed.paragraph(paragraph);
        // Most paragraphs refer to nothing.
        let offsets = LazyCell::new(|| Offsets::new(&block.text));
        let spans = LazyCell::new(|| sentences(&block.text));
        let mut by_words: Vec<u32> = Vec::new();
        for words in WORDS.as_ref().into_iter().flat_map(|words| words.find_iter(&block.text)) {
            if !by_the_team(words.as_str(), &own) {
                continue;
            }
            let offset = offsets.code_point(words.start());
            let here = spans.iter().find(|span| span.contains(&offset));
            let until = here.map_or(usize::MAX, |span| span.end);
            let numbers = block.markers().filter(|(at, _)| *at > offset && *at <= until).map(|(_, number)| number);
            let cited = numbers.filter_map(|number| edition_of(parsed, number).map(|edition| (number, edition))).next();
            let date = day(words.as_str(), parsed.date);
            by_words.extend(cited.as_ref().map(|(number, _)| *number));
            let (url, cited_date) = cited.map(|(_, (url, date))| (Some(url), date)).unwrap_or_default();
            let phrase = words.as_str().trim().to_owned();
            found.push(CrossReference { paragraph, phrase, offset: Some(offset), url, date: cited_date.or(date) });
        }
        for (_, number) in block.markers() {
            let references = parsed.note(number).into_iter().flat_map(|note| &note.references);
            let editions: Vec<_> = references.filter(|r| r.kind == ReferenceKind::Edition).collect();
            for (index, reference) in editions.into_iter().enumerate() {
                if index == 0 && by_words.contains(&number) {
                    continue;
                }
                let (phrase, url, date) = (reference.printed.clone(), reference.url.clone(), reference.edition_date);
                found.push(CrossReference { paragraph, phrase, offset: None, url, date });
            }
        }
    }
    parsed.cross_references = found;
}

fn edition_of(parsed: &Parsed, number: u32) -> Option<(String, Option<jiff::civil::Date>)> {
    let reference = parsed.note(number)?.references.iter().find(|r| r.kind == ReferenceKind::Edition)?;
    Some((reference.url.clone()?, reference.edition_date))
}

/// The day a phrase names: with its year, or the last one before the edition.
fn day(phrase: &str, edition: Option<jiff::civil::Date>) -> Option<jiff::civil::Date> {
    let edition = edition?;
    timing::date_in(phrase).or_else(|| {
        [edition.year(), edition.year() - 1]
            .into_iter()
            .filter_map(|year| timing::date_in(&format!("{phrase}, {year}")))
            .find(|date| *date <= edition)
    })
}
