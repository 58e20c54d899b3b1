//! Segments to blocks: broken lines joined, white space normalised, note markers taken out.

use super::label::{self, Label};
use super::segments::Segment;
use super::{Block, Form, Inserted, Role, lines};
use std::collections::HashSet;

/// The blocks, and where the note list begins among them.
pub(super) struct Assembled {
    pub blocks: Vec<Block>,
    /// First block of the note list.
    pub notes: Option<usize>,
    /// Blocks that stand outside the edition on their page.
    pub outside: HashSet<usize>,
}

pub(super) fn blocks(characters: &[char], segments: Vec<Segment>, form: Form) -> Assembled {
    let notes_from = note_list(characters, &segments);
    let body_end = notes_from.unwrap_or(segments.len());
    let spaced = segments[..body_end].iter().filter(|s| s.spaced).count() * 3 >= body_end;
    let mut joins = if form == Form::Html || segments.iter().any(|s| s.tight) {
        vec![false; body_end]
    } else if spaced {
        blank_line_joins(characters, &segments[..body_end])
    } else {
        broken_line_joins(characters, &segments[..body_end])
    };
    joins.extend(note_joins(characters, &segments[body_end..]));
    let roman = notes_from
        .map(|at| label::at_start(&characters[segments[at].start..segments[at].end]).is_some_and(|l| l.roman));
    let mut made = Assembled { blocks: Vec::new(), notes: None, outside: HashSet::new() };
    let mut at = 0;
    while at < segments.len() {
        let mut last = at;
        while last + 1 < segments.len() && joins[last + 1] {
            last += 1;
        }
        if Some(at) == notes_from {
            made.notes = Some(made.blocks.len());
        }
        let in_notes = notes_from.is_some_and(|from| at >= from);
        if segments[at].outside {
            made.outside.insert(made.blocks.len());
        }
        made.blocks.push(block(characters, &segments[at..=last], roman, in_notes));
        at = last + 1;
    }
    made
}

/// The segment that the note list begins with: the last line that is labelled 1, and that an address or a line
/// labelled 2 follows.
fn note_list(characters: &[char], segments: &[Segment]) -> Option<usize> {
    let mut two = false;
    let mut below: Vec<bool> = vec![false; segments.len()];
    for (at, segment) in segments.iter().enumerate().rev() {
        below[at] = two;
        two |= label::at_start(&characters[segment.start..segment.end]).is_some_and(|label| label.number == 2);
    }
    let headed = |at: usize| {
        at > 0 && {
            let before = &segments[at - 1];
            lines::is_notes_heading(&characters[before.start..before.end].iter().collect::<String>())
        }
    };
    (0..segments.len()).rfind(|at| {
        let line = &characters[segments[*at].start..segments[*at].end];
        let Some(label) = label::at_start(line).or_else(|| headed(*at).then(|| label::numbered(line)).flatten()) else {
            return false;
        };
        let rest: String = line[label.length..].iter().take(40).collect();
        let rest = rest.trim_start_matches([':', ' ']).to_lowercase();
        let address =
            rest.starts_with("http") || rest.starts_with("hxxp") || rest.starts_with("www") || rest.starts_with('<');
        label.number == 1 && (address || below[*at] || headed(*at) || rest.is_empty())
    })
}

/// In a text with empty lines between paragraphs, lines without one belong together.
fn blank_line_joins(characters: &[char], segments: &[Segment]) -> Vec<bool> {
    let joined = |(at, segment): (usize, &Segment)| {
        let line = &characters[segment.start..segment.end];
        let after_heading = at > 0 && segments[at - 1].heading.is_some();
        at > 0 && !segment.spaced && !after_heading && item_prefix(line) == 0 && segment.heading.is_none()
    };
    segments.iter().enumerate().map(joined).collect()
}

/// In a text with a line for each paragraph, lines broken by links and emphasis of the page are joined again.
fn broken_line_joins(characters: &[char], segments: &[Segment]) -> Vec<bool> {
    let text_of = |segment: &Segment| characters[segment.start..segment.end].iter().collect::<String>();
    let texts: Vec<String> = segments.iter().map(text_of).collect();
    let mut pairs: HashSet<(&str, &str)> = HashSet::new();
    for text in &texts {
        let mut words = text.split_whitespace().peekable();
        while let Some(word) = words.next() {
            if let Some(next) = words.peek() {
                pairs.insert((word, next.trim_end_matches([',', '.', '’'])));
            }
        }
    }
    let mut joins = vec![false; segments.len()];
    let mut so_far = String::new();
    for at in 0..segments.len() {
        let text = texts[at].as_str();
        let joined =
            at > 0 && !segments[at].spaced && continues(&so_far, text, &pairs, texts.get(at + 1).map(String::as_str));
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

fn continues(so_far: &str, text: &str, pairs: &HashSet<(&str, &str)>, after: Option<&str>) -> bool {
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
        return marker || (first.is_lowercase() && !text.starts_with("http")) || topic_apart(so_far, text);
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

/// A bold topic sentence that the page's markup put on a line of its own, and the paragraph it opens.
fn topic_apart(topic: &str, rest: &str) -> bool {
    let cited = |text: &str| text.contains("].") || text.contains(".[") || text.contains("].[") || text.contains(".”[");
    !cited(topic)
        && topic.ends_with('.')
        && cited(rest)
        && topic.chars().count() < 420
        && rest.chars().count() > topic.chars().count() / 2
        && topic.matches(". ").count() <= 1
        && item_prefix(&topic.chars().take(6).collect::<Vec<_>>()) == 0
}

/// In the note list a line with a label begins a note; others continue one.
fn note_joins(characters: &[char], segments: &[Segment]) -> Vec<bool> {
    let mut joins = Vec::with_capacity(segments.len());
    let mut expected = 0;
    for (at, segment) in segments.iter().enumerate() {
        let line = &characters[segment.start..segment.end];
        let text: String = line.iter().take(200).collect();
        let label = label::at_start(line).or_else(|| label::numbered(line).filter(|l| l.number == expected + 1));
        if let Some(label) = &label {
            expected = label.number;
        }
        let address = text.contains("://") || text.contains("www.");
        let before = at.checked_sub(1).map(|at| &segments[at]);
        let open =
            before.is_some_and(|before| matches!(characters[before.end - 1], ';' | ',' | '|' | '-' | '/' | ':' | ']'));
        let stray = (segment.spaced && !address && !open)
            || lines::is_furniture(&text)
            || segment.heading.is_some()
            || segment.outside;
        joins.push(at > 0 && label.is_none() && !stray);
    }
    joins
}

/// Code points that the bullet or number of a list's item takes, the white space behind it included.
pub(super) fn item_prefix(line: &[char]) -> usize {
    let mark = match line.first() {
        Some('-' | '*' | '•' | '–' | '·' | '●' | '▪' | '◦' | '+') => 1,
        Some(c) if c.is_ascii_digit() => {
            let digits = line.iter().take(3).take_while(|c| c.is_ascii_digit()).count();
            if digits <= 2 && matches!(line.get(digits), Some('.' | ')')) { digits + 1 } else { return 0 }
        }
        _ => return 0,
    };
    let space = line.iter().skip(mark).take_while(|c| c.is_whitespace()).count();
    if space == 0 { 0 } else { mark + space }
}

fn block(characters: &[char], segments: &[Segment], roman: Option<bool>, in_notes: bool) -> Block {
    let first = &segments[0];
    let last = segments.last().unwrap_or(first);
    let line = &characters[first.start..first.end];
    let mut prefix = first.prefix.min(line.len());
    let item = if in_notes { 0 } else { item_prefix(&line[prefix..]) };
    prefix += item;
    let mut block = Block {
        role: Role::Unclassified,
        line: first.line,
        start: first.start,
        end: last.end,
        prefix: line[..prefix].iter().collect(),
        text: String::new(),
        inserted: Vec::new(),
        tight: last.tight,
        heading: first.heading,
        list: first.list || item > 0,
        italic: first.italic,
        figure: first.figure.clone(),
        bold: 0,
        source: Vec::new(),
    };
    let mut filling = Filling { block: &mut block, count: 0, roman, keep: in_notes };
    for (index, segment) in segments.iter().enumerate() {
        let from = segment.start + if index == 0 { prefix } else { 0 };
        if index > 0 {
            filling.joint(characters.get(from).copied(), from.saturating_sub(1));
        }
        filling.take(characters, from, segment.end, if index == 0 { first.bold } else { None });
    }
    filling.finish(last.end);
    block
}

/// A block's text being written.
struct Filling<'a> {
    block: &'a mut Block,
    count: usize,
    roman: Option<bool>,
    keep: bool,
}

impl Filling<'_> {
    fn push(&mut self, c: char, source: usize) {
        self.block.text.push(c);
        self.block.source.push(u32::try_from(source).unwrap_or(u32::MAX));
        self.count += 1;
    }

    /// White space between two lines; before punctuation it is only remembered.
    fn joint(&mut self, next: Option<char>, source: usize) {
        let glued = next.is_some_and(|c| matches!(c, '.' | ',' | ';' | ':' | '!' | '?' | '[')) && !self.keep;
        if glued {
            self.block.inserted.push((self.count, Inserted::Other(" ".to_owned())));
        } else {
            self.push(' ', source);
        }
    }

    fn take(&mut self, characters: &[char], from: usize, to: usize, bold: Option<usize>) {
        let mut at = from;
        while at < to {
            let c = characters[at];
            if bold.is_some_and(|bold| at >= bold) && self.block.bold == 0 {
                self.block.bold = self.count;
            }
            if !self.keep
                && let Some(label) = self.marker(&characters[at..to.min(at + 14)], at > from)
            {
                let printed = characters[at..at + label.length].iter().collect();
                self.block.inserted.push((self.count, Inserted::Marker { printed, number: label.number }));
                at += label.length;
                continue;
            }
            if bold.is_some() && !self.keep && c == '*' && characters.get(at + 1) == Some(&'*') {
                self.block.inserted.push((self.count, Inserted::Other("**".to_owned())));
                at += 2;
                continue;
            }
            if c.is_whitespace() {
                if at + 1 < to && !characters[at + 1].is_whitespace() {
                    self.push(' ', at);
                }
            } else {
                self.push(c, at);
            }
            at += 1;
        }
        if bold.is_some() && self.block.bold == 0 {
            self.block.bold = self.count;
        }
    }

    /// The marker that begins here, of the style the note list has; a superscript only behind a word.
    fn marker(&self, characters: &[char], within: bool) -> Option<Label> {
        let first = *characters.first()?;
        if first != '[' && (!first.is_numeric() || first.is_ascii_digit()) {
            return None;
        }
        let label = label::at_start(characters)?;
        let behind_word = within && self.block.text.ends_with(|c: char| !c.is_whitespace());
        let year = !label.roman && label.number >= 1900;
        let styled = self.roman.is_none_or(|roman| !label.roman || roman);
        // `[c]hildren` is a change in a quotation, not note 100.
        let in_word = characters.get(label.length).is_some_and(|c| c.is_lowercase()) && label.roman;
        let exponent = first != '[' && self.block.text.ends_with(['m', 'k']) && label.number <= 3;
        (styled && !year && !in_word && !exponent && (first == '[' || behind_word)).then_some(label)
    }

    fn finish(self, end: usize) {
        self.block.source.push(u32::try_from(end).unwrap_or(u32::MAX));
    }
}
