//! Who said a quotation: by the words before it and after it in its own sentence.

use super::speech::{Place, Speech};
use sitrep_language::fold;
use std::ops::Range;

/// Words of a speaker, at most.
const LONGEST: usize = 14;

/// Words between a quotation and the verb behind it, at most.
const REACH: usize = 14;

/// Bytes before a quotation in which its sentence is looked for.
const LEAD: usize = 2_000;

/// Words of reported speech between a verb and the part of it that is quoted, at most.
const REPORTED: usize = 40;

pub(super) struct Said {
    pub(super) speaker: Option<String>,
    pub(super) verb: Option<String>,
    /// Whether the verb stands right beside the quotation.
    pub(super) near: bool,
}

/// Words of a stretch of text: as printed, and folded.
struct Phrase<'t> {
    text: &'t str,
    places: Vec<Range<usize>>,
    words: Vec<String>,
}

impl<'t> Phrase<'t> {
    fn of(text: &'t str) -> Self {
        let (places, words) = fold::spans(text).into_iter().unzip();
        Self { text, places, words }
    }

    /// What is printed from one word to before another.
    fn printed(&self, words: Range<usize>) -> &'t str {
        match (self.places.get(words.start), words.end.checked_sub(1).and_then(|last| self.places.get(last))) {
            (Some(first), Some(last)) if first.start < last.end => &self.text[first.start..last.end],
            _ => "",
        }
    }

    /// Whether marks that part clauses stand between a word and the next.
    fn parted_after(&self, word: usize) -> bool {
        let end = self.places[word].end;
        let next = self.places.get(word + 1).map_or(self.text.len(), |next| next.start);
        self.text[end..next]
            .contains([',', '،', ';', '؛', ':', '.', '(', ')', '[', ']', '—', '–', '«', '»', '!', '?', '؟'])
    }
}

/// The speaker of a quotation, if the words around it say that it was spoken. `next` is where the next one begins; `last` is
/// who spoke last.
pub(super) fn of(text: &str, inner: &Range<usize>, next: usize, speech: &Speech, last: Option<&str>) -> Option<Said> {
    let mut start = inner.start.saturating_sub(LEAD);
    while !text.is_char_boundary(start) {
        start += 1;
    }
    let lead = last_sentence(text.get(start..inner.start)?);
    let mut tail = first_sentence(text.get(inner.end..next)?);
    // The marker of a note after a sentence's end.
    if text[..inner.end].ends_with(['.', '!', '?', '؟']) && tail.starts_with('[') {
        tail = "";
    }
    let (lead, tail) = (Phrase::of(lead), Phrase::of(tail));
    // Behind a quotation speaks who is parted from it by a comma or a dash; else it was a name in a sentence.
    let is_parted = tail.text.trim_start().starts_with([',', '،', '—', '–', '-', ';'])
        || text[..inner.end].trim_end().ends_with([',', '،', '!', '?', '؟', '.', '…'])
        || speech.place != Place::Either;
    let beside = before(&lead, speech, true).or_else(|| after(&lead, &tail, speech).filter(|_| is_parted));
    let near = beside.is_some();
    let told = beside.or_else(|| before(&lead, speech, false)).or_else(|| within(&lead, &tail, speech))?;
    let speaker = told.speaker.filter(|speaker| !speaker.is_empty());
    let is_pronoun = speaker.as_deref().is_none_or(|speaker| {
        let words = fold::words(speaker);
        words.len() <= 1 && words.iter().all(|word| speech.is_pronoun(word))
    });
    let speaker = if is_pronoun { last.map(str::to_owned) } else { speaker };
    Some(Said { speaker, verb: told.verb, near })
}

/// The sentence that a text ends in.
fn last_sentence(text: &str) -> &str {
    let points: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
    let last = sitrep_language::sentences::sentences(text).last().map_or(0, |range| range.start);
    let trimmed = text.trim_end_matches(['“', '„', '«', '"', '״', '‘', '”', ' ']);
    // A full stop at its end: the quotation begins a sentence of its own.
    if trimmed.ends_with(['.', '!', '?', '؟']) {
        return "";
    }
    points.get(last).map_or("", |at| &text[*at..])
}

/// The sentence that goes on behind a quotation.
fn first_sentence(text: &str) -> &str {
    let body = text.trim_start_matches(['”', '“', '»', '"', '״', '’']);
    if body.trim_start().starts_with(['.', '!', '?', '؟']) {
        return "";
    }
    let end = sitrep_language::sentences::sentences(body).first().map_or(body.chars().count(), |range| range.end);
    body.char_indices().nth(end).map_or(body, |(at, _)| &body[..at])
}

/// The speaker that stands before a quotation. `near` asks for a verb right before it.
fn before(lead: &Phrase<'_>, speech: &Speech, near: bool) -> Option<Said> {
    let count = lead.words.len();
    let (at, length) = (0..count).rev().find_map(|at| match speech.verb(&lead.words, at) {
        0 => None,
        length => Some((at, length)).filter(|_| !is_passive(lead, at) || is_by(lead, at + length)),
    })?;
    // "According to" may hold a word that is a verb elsewhere.
    let named = (0..count).rev().find_map(|at| match speech.according(&lead.words, at) {
        0 => None,
        length => Some((at, length)),
    });
    if let Some((from, words)) = named.filter(|(from, words)| from + words >= at + length) {
        let verb = Some(lead.printed(from..from + words).to_owned());
        return Some(Said { speaker: following(lead, from + words, speech), verb, near: false });
    }
    let distance = count - at - length;
    let ends_open = lead.text.trim_end_matches(['“', '„', '«', '"', '״', '‘', ' ']).ends_with([':', ',', '،']);
    let allowed = if speech.place == Place::After {
        REACH
    } else if ends_open {
        8
    } else {
        3
    };
    if (near && distance > allowed) || distance > REPORTED {
        return None;
    }
    let verb = Some(lead.printed(at..at + length).to_owned());
    let speaker = match speech.place {
        Place::After => following(lead, at + length, speech),
        Place::Head => head(lead, at, speech),
        Place::Either if is_passive(lead, at) => following(lead, at + length + 1, speech),
        Place::Either if lead.words[at].is_ascii() && lead.words[at].ends_with("ing") => opening_name(lead, at, speech),
        Place::Either => match preceding(lead, at, speech) {
            Some(speaker) => Some(speaker),
            None => following(lead, at + length, speech),
        },
    };
    Some(Said { speaker, verb, near: false })
}

/// The speaker that stands behind a quotation.
fn after(lead: &Phrase<'_>, tail: &Phrase<'_>, speech: &Speech) -> Option<Said> {
    let count = tail.words.len().min(REACH);
    for at in 0..count {
        let according = speech.according(&tail.words, at);
        if according > 0 && at < 3 {
            let verb = Some(tail.printed(at..at + according).to_owned());
            return Some(Said { speaker: following(tail, at + according, speech), verb, near: false });
        }
        let length = speech.verb(&tail.words, at);
        if length == 0 || is_passive(tail, at) {
            continue;
        }
        let verb = Some(tail.printed(at..at + length).to_owned());
        let speaker = match speech.place {
            _ if at == 0 && speech.place != Place::Head => following(tail, length, speech),
            Place::After if at > 1 => return None,
            // The sentence began before the quotation: "The governor called it «…» and said".
            Place::Head if !lead.words.is_empty() => head(lead, lead.words.len(), speech),
            Place::Head => head(tail, at, speech),
            _ => preceding(tail, at, speech),
        };
        return Some(Said { speaker, verb, near: false });
    }
    None
}

/// A speaker who is named in the sentence by "according to".
fn within(lead: &Phrase<'_>, tail: &Phrase<'_>, speech: &Speech) -> Option<Said> {
    [lead, tail].into_iter().find_map(|phrase| {
        let (at, length) = (0..phrase.words.len()).find_map(|at| match speech.according(&phrase.words, at) {
            0 => None,
            length => Some((at, length)),
        })?;
        let speaker = following(phrase, at + length, speech)?;
        Some(Said { speaker: Some(speaker), verb: Some(phrase.printed(at..at + length).to_owned()), near: false })
    })
}

/// The words that follow a verb, as far as a name and its title go.
fn following(phrase: &Phrase<'_>, start: usize, speech: &Speech) -> Option<String> {
    let mut start = start;
    while phrase.words.get(start).is_some_and(|word| speech.leads(word) && word.chars().count() <= 2) {
        start += 1;
    }
    let mut end = start;
    while end < phrase.words.len()
        && end - start < LONGEST
        && !(speech.stops(&phrase.words[end]))
        && !is_fused_stop(&phrase.words[end], speech)
    {
        end += 1;
        if phrase.parted_after(end - 1) {
            break;
        }
    }
    // A title behind the name: "Jane Roe, the minister of justice".
    let title = end > start
        && end < phrase.words.len()
        && phrase.parted_after(end - 1)
        && speech.place == Place::Either
        && matches!(phrase.words[end].as_str(), "a" | "an" | "the")
        && phrase.text[phrase.places[end - 1].end..].starts_with(',');
    if title {
        while end < phrase.words.len() && end - start < LONGEST {
            end += 1;
            if phrase.parted_after(end - 1) {
                break;
            }
        }
    }
    Some(phrase.printed(start..end).to_owned()).filter(|speaker| !speaker.is_empty())
}

/// Arabic writes "that" and what follows it as one word.
fn is_fused_stop(word: &str, speech: &Speech) -> bool {
    speech.place == Place::After && (word.starts_with("ان") && word.chars().count() <= 5 && speech.stops("ان"))
}

/// "Were told": somebody else spoke.
fn is_passive(phrase: &Phrase<'_>, verb: usize) -> bool {
    let before = verb.checked_sub(1).map_or("", |at| phrase.words[at].as_str());
    matches!(before, "is" | "are" | "was" | "were" | "be" | "been" | "being")
}

fn is_by(phrase: &Phrase<'_>, at: usize) -> bool {
    phrase.words.get(at).is_some_and(|word| word == "by")
}

/// The name that a sentence begins with: its first words as long as they are written large.
fn opening_name(phrase: &Phrase<'_>, verb: usize, speech: &Speech) -> Option<String> {
    // "At the assembly in September, Smith spoke": what says when and where is passed over.
    let opens = phrase.words.first().is_some_and(|word| speech.stops(word));
    let start = if opens { (0..verb).find(|at| phrase.parted_after(*at)).map_or(verb, |at| at + 1) } else { 0 };
    let is_large = |at: &usize| {
        phrase.printed(*at..at + 1).starts_with(char::is_uppercase)
            || matches!(phrase.words[*at].as_str(), "of" | "the")
    };
    let end = start + (start..verb).take_while(is_large).count();
    let is_named = (start..end).any(|at| !matches!(phrase.words[at].as_str(), "of" | "the" | "a" | "in"));
    Some(phrase.printed(start..end).to_owned()).filter(|name| is_named && !name.is_empty())
}

/// The clause before a verb: a name, with the title that stands before or behind it.
fn preceding(phrase: &Phrase<'_>, verb: usize, speech: &Speech) -> Option<String> {
    let mut end = verb;
    while end > 0
        && (speech.stops(&phrase.words[end - 1]) || is_adverb(&phrase.words[end - 1]))
        && !phrase.parted_after(end - 1)
    {
        end -= 1;
    }
    // Back to the mark that parts clauses; over one title between commas.
    let clause =
        |end: usize| (0..end.saturating_sub(1)).rev().find(|at| phrase.parted_after(*at)).map_or(0, |at| at + 1);
    let mut start = clause(end);
    let is_relative = |at: usize| phrase.words.get(at).is_some_and(|word| matches!(word.as_str(), "who" | "which"));
    if start > 0 && phrase.parted_after(end - 1) && is_relative(start) {
        end = start;
        start = clause(end);
    }
    let is_title =
        |start: usize| {
            phrase.words.get(start).is_some_and(|word| {
                matches!(word.as_str(), "a" | "an" | "the" | "who" | "which" | "spokesman" | "head")
            }) || phrase.printed(start..start + 1).starts_with(char::is_lowercase)
        };
    if start > 0
        && phrase.parted_after(end - 1)
        && is_title(start)
        && phrase.text[phrase.places[start - 1].end..].starts_with(',')
    {
        start = clause(start);
    }
    // What leads up to the name goes: "But", "In a statement on Monday".
    let cut = (start..end).rev().find(|at| {
        let word = &phrase.words[*at];
        speech.stops(word)
            && matches!(
                word.as_str(),
                "that" | "who" | "which" | "as" | "when" | "while" | "after" | "что" | "как" | "כי"
            )
    });
    let mut start = cut.map_or(start, |at| at + 1);
    while start < end && speech.leads(&phrase.words[start]) {
        start += 1;
    }
    if end.saturating_sub(start) > LONGEST {
        return None;
    }
    // A place or a day behind the name: "Smith on Monday".
    if let Some(day) = (start + 1..end).find(|at| matches!(phrase.words[*at].as_str(), "on" | "в" | "во")) {
        end = day;
    }
    Some(phrase.printed(start..end).to_owned()).filter(|speaker| !speaker.is_empty())
}

fn is_adverb(word: &str) -> bool {
    let is_english_adverb = word.is_ascii() && word.len() > 5 && word.ends_with("ly");
    is_english_adverb
        || matches!(
            word,
            "also"
                | "has"
                | "have"
                | "had"
                | "later"
                | "then"
                | "again"
                | "repeatedly"
                | "previously"
                | "recently"
                | "reportedly"
                | "was"
                | "is"
                | "were"
                | "quickly"
                | "further"
                | "также"
                | "ранее"
                | "позже"
                | "затем"
                | "גם"
                | "עוד"
        )
}

/// The head of a sentence whose verb ends it: as far as the first word that begins something else.
fn head(phrase: &Phrase<'_>, verb: usize, speech: &Speech) -> Option<String> {
    let according = (0..verb).find_map(|at| match speech.according(&phrase.words, at) {
        0 => None,
        length => Some(at + length),
    });
    let mut start = according.unwrap_or(0);
    let skip = |mut start: usize| {
        while start < verb && speech.leads(&phrase.words[start]) {
            start += 1;
        }
        start
    };
    start = skip(start);
    // A clause that says when or how comes before who: as far as its comma.
    if according.is_none() && start < verb && speech.stops(&phrase.words[start]) {
        start = skip((start..verb).find(|at| phrase.parted_after(*at)).map_or(verb, |at| at + 1));
    }
    let mut end = start;
    while end < verb && end - start < LONGEST && !(end > start && speech.stops(&phrase.words[end])) {
        end += 1;
        if phrase.parted_after(end - 1) {
            break;
        }
    }
    // A title behind the name, between commas.
    let close = (end..verb.min(end + 8)).find(|at| phrase.parted_after(*at));
    let is_title = |close: &usize| {
        let title = &phrase.words[end..*close + 1];
        end > start && phrase.parted_after(end - 1) && !title.iter().any(|word| speech.stops(word))
    };
    if let Some(close) = close.filter(is_title) {
        end = close + 1;
    }
    Some(phrase.printed(start..end).to_owned()).filter(|speaker| !speaker.is_empty())
}
