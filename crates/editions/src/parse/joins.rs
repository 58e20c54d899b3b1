//! Which segments belong together: lines that were broken by the page are joined again.

use super::assemble::item_prefix;
use super::segments::Segment;
use super::{Form, label, lines};
use foldhash::fast::RandomState;
use std::collections::HashSet;

/// For each segment whether it continues the one before it.
pub(super) fn find(characters: &[char], segments: &[Segment], notes: Option<usize>, form: Form) -> Vec<bool> {
    let body_end = notes.unwrap_or(segments.len());
    let body = &segments[..body_end];
    let blank = body.iter().filter(|segment| segment.spaced).count();
    let spaced = blank * 3 >= body_end || (blank * 20 >= body_end && is_wrapped(body, form));
    let whole = matches!(form, Form::Html | Form::Docx) || segments.iter().any(|s| s.suffix > 0);
    let mut joins = if whole {
        vec![false; body_end]
    } else if spaced {
        blank_line_joins(characters, body)
    } else {
        broken_line_joins(characters, body)
    };
    joins.extend(note_joins(characters, &segments[body_end..]));
    joins
}

/// Characters that a line of a text wrapped to the width of a page or a screen has at most.
const WIDTH: usize = 120;

/// Whether hardly any line is longer than a page is wide, so that paragraphs must go over several.
fn is_wrapped(body: &[Segment], form: Form) -> bool {
    let long = body.iter().filter(|segment| segment.end - segment.start > WIDTH).count();
    form == Form::Markdown || long * 30 <= body.len()
}

/// In a text with empty lines between paragraphs, lines without one belong together.
fn blank_line_joins(characters: &[char], segments: &[Segment]) -> Vec<bool> {
    let mut items = 0;
    let joined = |(at, segment): (usize, &Segment)| {
        let before = at.checked_sub(1).map(|at| &segments[at]);
        let line = &characters[segment.start..segment.end];
        let item = begins_item(characters, line, before, items);
        items = item.or(Some(0).filter(|_| segment.spaced)).unwrap_or(items);
        let after_heading = before.is_none_or(|before| before.heading.is_some());
        !segment.spaced && !after_heading && item.is_none() && segment.heading.is_none()
    };
    segments.iter().enumerate().map(joined).collect()
}

/// The number of the item that a line begins, 0 for a bullet; `None` for a line that goes on, though it begins with the
/// number of a day: `… on March` and `3. The …`.
fn begins_item(characters: &[char], line: &[char], before: Option<&Segment>, items: u32) -> Option<u32> {
    if item_prefix(line) == 0 {
        return None;
    }
    let digits: String = line.iter().take_while(|c| c.is_ascii_digit()).collect();
    let Ok(number) = digits.parse::<u32>() else { return Some(0) };
    let opens = before.is_none_or(|before| {
        let before: String = characters[before.start..before.end].iter().collect();
        lines::is_ended(&before) || lines::looks_like_heading(&before) || before.ends_with(':')
    });
    (opens || number == items + 1 && items > 0).then_some(number)
}

/// In a text with a line for each paragraph, lines broken by links and emphasis of the page are joined again.
fn broken_line_joins(characters: &[char], segments: &[Segment]) -> Vec<bool> {
    let text_of = |segment: &Segment| characters[segment.start..segment.end].iter().collect::<String>();
    let texts: Vec<String> = segments.iter().map(text_of).collect();
    let mut pairs: HashSet<(&str, &str), RandomState> = HashSet::default();
    for text in &texts {
        let mut words = text.split_whitespace().peekable();
        while let Some(word) = words.next() {
            if let Some(next) = words.peek() {
                pairs.insert((word, next.trim_end_matches([',', '.', '’'])));
            }
        }
    }
    // A page that parts topics from their paragraphs parts sentences too.
    let goes_on = |text: &String| text.starts_with(|c: char| c.is_lowercase() || matches!(c, '.' | ',' | ';' | ')'));
    let torn = texts.iter().any(goes_on);
    let mut joins = vec![false; segments.len()];
    let mut so_far = String::new();
    let mut takeaways = false;
    for at in 0..segments.len() {
        let text = texts[at].as_str();
        let next = texts.get(at + 1).map(String::as_str);
        takeaways = if lines::is_takeaways_heading(text) { true } else { takeaways && !text.contains("].") };
        let joined = at > 0
            && !segments[at].spaced
            && ((takeaways && labels(&so_far, text))
                || continues(&so_far, text, &pairs, next)
                || (torn && topic_apart(&so_far, &texts[at..texts.len().min(at + 8)], &pairs)));
        joins[at] = joined;
        if !joined {
            so_far.clear();
        } else {
            so_far.push(' ');
        }
        so_far.push_str(text);
    }
    joins
}

fn continues(so_far: &str, text: &str, pairs: &HashSet<(&str, &str), RandomState>, after: Option<&str>) -> bool {
    if lines::is_furniture(text) && text.chars().any(char::is_alphanumeric) || lines::is_furniture(so_far) {
        return false;
    }
    if lines::is_takeaways_heading(text) || lines::is_takeaways_heading(so_far) || lines::is_notes_heading(text) {
        return false;
    }
    let Some(first) = text.chars().next() else {
        return false;
    };
    if matches!(first, '.' | ',' | ';' | ':' | ')' | '”' | '’' | '?' | '!') {
        return true;
    }
    if lines::is_ended(so_far) {
        let marker = label::at_start(&text.chars().take(12).collect::<Vec<_>>()).is_some();
        return marker || (first.is_lowercase() && !text.starts_with("http"));
    }
    if first.is_lowercase() || lines::breaks_off(so_far) {
        return true;
    }
    let last = so_far.split_whitespace().next_back().unwrap_or_default();
    let next = text.split_whitespace().next().unwrap_or_default().trim_end_matches([',', '.', '’']);
    if pairs.contains(&(last, next)) && !so_far.ends_with(':') {
        return true;
    }
    let heading =
        lines::looks_like_heading(so_far) && super::timing::date_in(so_far).is_none_or(|_| so_far.len() < 140);
    // A name in italics between two halves of a sentence has a lower-case neighbour behind it.
    let name =
        heading && after.is_some_and(|after| after.chars().next().is_some_and(char::is_lowercase)) && text.len() < 40;
    !heading || (name && so_far.split_whitespace().count() > 5)
}

/// A takeaway's label that the page's markup put on a line of its own (`Protests:`), and the takeaway.
fn labels(so_far: &str, text: &str) -> bool {
    let label = |text: &str| text.ends_with(':') && lines::looks_like_heading(text);
    if lines::is_takeaways_heading(so_far) || lines::is_furniture(so_far) {
        return false;
    }
    // A label that was broken within: `I` and `raq:`.
    let broken = so_far.chars().count() <= 2 && label(text);
    broken || (label(so_far) && !label(text) && !lines::is_notes_heading(text))
}

/// A bold topic sentence that the page's markup put on a line of its own, and the lines of the paragraph it opens.
fn topic_apart(topic: &str, rest: &[String], pairs: &HashSet<(&str, &str), RandomState>) -> bool {
    let cited = |text: &str| text.contains("].") || text.contains(".[") || text.contains("].[") || text.contains(".”[");
    let opens = topic.ends_with('.')
        && !cited(topic)
        && !lines::says_scope(topic)
        && topic.chars().count() < 420
        && topic.matches(". ").count() <= 1
        && item_prefix(&topic.chars().take(6).collect::<Vec<_>>()) == 0;
    if !opens || rest.first().is_none_or(|line| !line.starts_with(|c: char| c.is_uppercase() || c == '“')) {
        return false;
    }
    // A title between two paragraphs opens neither; a name that was set apart goes on with its next word.
    let (first, second) = (rest.first().map_or("", String::as_str), rest.get(1).map_or("", String::as_str));
    let last = first.split_whitespace().next_back().unwrap_or_default();
    let next = second.split_whitespace().next().unwrap_or_default().trim_end_matches([',', '.', '’']);
    let goes_on = lines::breaks_off(first) || next.starts_with(char::is_lowercase) || pairs.contains(&(last, next));
    if lines::looks_like_heading(first) && !goes_on {
        return false;
    }
    let mut length = 0;
    for line in rest {
        if lines::is_takeaways_heading(line) || lines::is_notes_heading(line) {
            return false;
        }
        length += line.chars().count();
        if cited(line) {
            return length > topic.chars().count() / 2;
        }
        if lines::is_ended(line) {
            return false;
        }
    }
    false
}

/// In the note list a line with a label begins a note; others continue one.
fn note_joins(characters: &[char], segments: &[Segment]) -> Vec<bool> {
    let mut joins = Vec::with_capacity(segments.len());
    let mut expected = 0;
    for (at, segment) in segments.iter().enumerate() {
        let line = &characters[segment.start..segment.end];
        let text: String = line.iter().take(200).collect();
        let bare = || label::bare(line).filter(|label| follows_label(&line[label.length..]));
        let typed = || label::numbered(line).or_else(bare).filter(|label| label.number == expected + 1);
        let label = label::at_start(line).or_else(typed);
        let number = label.map(|label| label.number).or(segment.note);
        expected = number.unwrap_or(expected);
        let address = text.contains("://") || text.contains("www.");
        let before = at.checked_sub(1).map(|at| &segments[at]);
        let open = before.is_some_and(|before| {
            matches!(characters[before.end - 1], ';' | ',' | '|' | '-' | '/' | ':' | ']')
                || before.note.is_some() && before.end - before.start <= 6
        });
        let stray = (segment.spaced && !address && !open)
            || (lines::is_furniture(&text) && text.chars().any(char::is_alphanumeric))
            || segment.heading.is_some()
            || segment.outside;
        joins.push(at > 0 && number.is_none() && (!stray || segment.noted));
    }
    joins
}

/// Whether what stands behind a mere number can be the beginning of a note.
pub(super) fn follows_label(rest: &[char]) -> bool {
    let first = rest.iter().find(|c| !c.is_whitespace());
    label::is_address(rest) || first.is_some_and(|c| c.is_uppercase() || matches!(c, '“' | '"' | '«'))
}
