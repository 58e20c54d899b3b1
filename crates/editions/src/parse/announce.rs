//! Which paragraphs a takeaway announces: those whose topic sentence has its wording.

use super::Parsed;
use crate::similarity::Words;
use sitrep_language::sentences::{self, sentences};

const SAME_WORDING: f64 = 0.8;
const SAME_STATEMENT: f64 = 0.45;

pub(super) fn tie(parsed: &mut Parsed) {
    let topics: Vec<Words> = (0..parsed.paragraphs.len()).map(|at| Words::of(&topic(parsed, at))).collect();
    let mut scored: Vec<(f64, usize, usize)> = Vec::new();
    for (index, takeaway) in parsed.takeaways.iter().enumerate() {
        let text = &parsed.blocks[takeaway.block].text;
        let whole = Words::of(text);
        let slices = slices(text);
        let mut parts: Vec<Words> = slices.iter().map(|sentence| Words::of(sentence)).collect();
        parts.extend(slices.first().and_then(|first| without_label(first)).map(Words::of));
        for (paragraph, words) in topics.iter().enumerate() {
            let by_sentence = parts.iter().map(|part| part.alike(words)).fold(0.0, f64::max);
            let score = by_sentence.max(whole.alike(words));
            if score >= SAME_STATEMENT {
                scored.push((score, index, paragraph));
            }
        }
    }
    // Likest first, and the earlier paragraph of two that are equally like.
    scored.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)).then(a.2.cmp(&b.2)));
    let mut taken = vec![false; topics.len()];
    for (score, takeaway, paragraph) in scored {
        let announces = &mut parsed.takeaways[takeaway].announces;
        if !taken[paragraph] && (announces.is_empty() || score >= SAME_WORDING) {
            taken[paragraph] = true;
            announces.push(paragraph);
        }
    }
}

/// A takeaway's first sentence without the label at its head: `Protests: …`.
fn without_label(sentence: &str) -> Option<&str> {
    let (label, rest) = sentence.split_once(": ")?;
    (label.split_whitespace().count() <= 14 && rest.split_whitespace().count() >= 3).then_some(rest)
}

fn slices(text: &str) -> Vec<String> {
    let characters: Vec<char> = text.chars().collect();
    sentences(text).into_iter().map(|range| characters[range].iter().collect()).collect()
}

/// A paragraph's topic sentence.
pub(super) fn topic(parsed: &Parsed, paragraph: usize) -> String {
    let text = &parsed.paragraph(paragraph).text;
    let topic = sentences::topic(text).unwrap_or_default();
    text.chars().skip(topic.start).take(topic.len()).collect()
}
