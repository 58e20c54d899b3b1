//! The desk's Markdown form made plain: front matter, braces, link targets and escapes are taken away, notes are
//! numbered, and it is remembered where each character stood.

use crate::subject::Part;
use jiff::civil::Date;
use std::collections::HashMap;

/// A text in the desk's form, made plain.
pub(crate) struct DeskForm {
    /// The plain text.
    pub text: String,
    /// For each code point of it, and its end, where it stands in the given text.
    pub at: Vec<usize>,
    /// The edition's date, from the front matter.
    pub date: Option<Date>,
    /// What the form says a passage is, by a code point of the plain text in it.
    pub parts: Vec<(usize, Part)>,
    /// What braces say of paragraphs and takeaways.
    pub attributes: Vec<Attributes>,
    /// What is said of references, by the plain code point each begins at.
    pub references: HashMap<usize, Said>,
    /// The notes' names, by number.
    pub names: HashMap<u32, String>,
}

/// What is said of a reference.
#[derive(Debug, Clone, Default)]
pub(crate) struct Said {
    /// The words of the passage it points to.
    pub quote: Option<String>,
    /// How it is printed, where that is not by the desk's rule.
    pub printed: Option<String>,
    /// Whether it is printed defanged, where that is not by the desk's rule.
    pub defanged: Option<bool>,
}

/// What braces behind a paragraph say.
pub(crate) struct Attributes {
    /// Code points of the plain text before them.
    pub behind: usize,
    /// The paragraph's name.
    pub id: Option<String>,
    /// The paragraphs a takeaway announces.
    pub announces: Vec<String>,
}

#[derive(Default)]
struct Writing {
    text: String,
    at: Vec<usize>,
    numbers: HashMap<String, u32>,
    parts: Vec<(usize, Part)>,
    attributes: Vec<Attributes>,
    references: HashMap<usize, Said>,
    /// What the next paragraph is.
    class: Option<Part>,
}

/// The plain text of the desk's form; `None` where the text is not in it.
pub(crate) fn plain(given: &str) -> Option<DeskForm> {
    let characters: Vec<char> = given.chars().collect();
    let lines = lines(&characters);
    let fence = |line: &(usize, usize)| characters[line.0..line.1].iter().collect::<String>().trim() == "+++";
    let first = lines.iter().position(|line| line.1 > line.0)?;
    let close = first + 1 + lines.get(first + 1..)?.iter().position(fence)?;
    if !fence(&lines[first]) {
        return None;
    }
    let front: String = characters[lines[first].1..lines[close].0].iter().collect();
    let table: toml::Table = front.parse().unwrap_or_default();
    let named = |name: &str| table.get(name).and_then(toml::Value::as_str);
    let mut writing = Writing::default();
    for name in ["title", "date"] {
        let starts = |line: &&(usize, usize)| characters[line.0..line.1].starts_with(&name.chars().collect::<Vec<_>>());
        let line = lines[first..close].iter().find(starts).map_or(0, |line| line.0);
        if let Some(value) = named(name) {
            let quoted =
                characters[line..].iter().position(|c| matches!(c, '"' | '\'')).map_or(line, |at| line + at + 1);
            if name == "title" {
                writing.made("# ", line);
            }
            value.chars().enumerate().for_each(|(index, c)| writing.push(c, quoted + index));
            writing.made("\n\n", line);
        }
    }
    for (start, end) in &lines[close + 1..] {
        writing.line(&characters, *start, *end);
    }
    writing.at.push(characters.len());
    let date = named("date").and_then(|date| date.parse().ok()).or_else(|| table.get("date")?.to_string().parse().ok());
    let Writing { text, at, parts, attributes, references, numbers, .. } = writing;
    let names = numbers.into_iter().map(|(name, number)| (number, name)).collect();
    Some(DeskForm { text, at, date, parts, attributes, references, names })
}

/// Start and end of each line, the line's end left out.
fn lines(characters: &[char]) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut start = 0;
    for at in 0..=characters.len() {
        if at == characters.len() || characters[at] == '\n' {
            let carriage = at > start && characters[at - 1] == '\r';
            found.push((start, at - usize::from(carriage)));
            start = at + 1;
        }
    }
    found
}

impl Writing {
    fn push(&mut self, c: char, at: usize) {
        self.text.push(c);
        self.at.push(at);
    }

    /// Characters that the given text doesn't have.
    fn made(&mut self, text: &str, at: usize) {
        text.chars().for_each(|c| self.push(c, at));
    }

    fn line(&mut self, characters: &[char], start: usize, end: usize) {
        let line: String = characters[start..end].iter().collect();
        let trimmed = line.trim();
        if trimmed.starts_with('{') && trimmed.ends_with('}') && !trimmed.contains("} ") {
            self.braces(trimmed);
            return self.made("\n", end);
        }
        if line.starts_with("[^") && line.contains("]:") {
            return self.note(characters, start, end);
        }
        let list = trimmed.starts_with("- ") || trimmed.starts_with("* ");
        let (part, from) = match self.class.filter(|_| !trimmed.is_empty()) {
            Some(part) => (Some(part), start),
            None if trimmed.starts_with("![") => (Some(Part::Apart), start + line.find('[').unwrap_or(0) + 1),
            None if trimmed.starts_with('>') => (Some(Part::Apart), start + line.find('>').unwrap_or(0) + 1),
            None if !trimmed.is_empty() && !trimmed.starts_with('#') && !list => (Some(Part::Paragraph), start),
            None => (None, start),
        };
        let blank = characters[from..end].iter().take_while(|c| c.is_whitespace()).count();
        let from = from + blank;
        if let Some(part) = part {
            self.parts.push((self.at.len(), part));
            self.class = None;
        }
        let figure = trimmed.starts_with("![");
        let until = if figure { (from..end).find(|at| characters[*at] == ']').unwrap_or(end) } else { end };
        self.inline(characters, from, until);
        self.made("\n", end);
    }

    /// A line of braces: a class for the next paragraph, or what is said of the one before.
    fn braces(&mut self, braces: &str) {
        let words = braces.trim_matches(['{', '}']);
        match words.trim() {
            ".standing" | ".notice" => self.class = Some(Part::Front),
            ".scope" => self.class = Some(Part::Scope),
            _ => self.say(words),
        }
    }

    fn say(&mut self, words: &str) {
        let id = words.split_whitespace().find_map(|word| word.strip_prefix('#')).map(str::to_owned);
        let announces = words.split_whitespace().find_map(|word| word.strip_prefix("announces="));
        let announces: Vec<String> =
            announces.into_iter().flat_map(|ids| ids.trim_matches('"').split(',')).map(str::to_owned).collect();
        if id.is_some() || !announces.is_empty() {
            let behind = self.text.trim_end().chars().count();
            self.attributes.push(Attributes { behind, id, announces });
        }
    }

    /// `[^c1]: document:x "exact words" ; https://…`
    fn note(&mut self, characters: &[char], start: usize, end: usize) {
        let close = (start..end).find(|at| characters[*at] == ']').unwrap_or(end);
        let number = self.number(&characters[start + 2..close]);
        self.made(&format!("[^{number}]"), start);
        let mut at = (close + 2).min(end);
        let mut reference: Option<usize> = None;
        while at < end {
            let words = |text: &str| characters[at..end].iter().copied().take(text.len()).eq(text.chars());
            match characters[at] {
                '"' => {
                    let (quote, behind) = quotation(&characters[..end], at);
                    if let Some(said) = reference.map(|reference| self.references.entry(reference).or_default()) {
                        said.quote.get_or_insert(quote);
                    }
                    at = behind;
                    continue;
                }
                '{' => {
                    at = self.braced(&characters[..end], at, reference);
                    continue;
                }
                't' if reference.is_none() && words("text:") => {
                    at += 5;
                    continue;
                }
                ';' => {
                    reference = None;
                    self.push(';', at);
                }
                c => {
                    if !c.is_whitespace() && reference.is_none() {
                        reference = Some(self.at.len());
                    }
                    self.push(c, at);
                }
            }
            at += 1;
        }
        self.made("\n", end);
    }

    /// Braces in a note: how the reference before them is printed. Gives where they end.
    fn braced(&mut self, characters: &[char], open: usize, reference: Option<usize>) -> usize {
        let mut said = reference.map(|at| self.references.entry(at).or_default());
        let mut at = open + 1;
        let mut name = String::new();
        while let Some(c) = characters.get(at).copied().filter(|c| *c != '}') {
            at += 1;
            if c != '=' {
                name = if c.is_whitespace() { String::new() } else { name + &c.to_string() };
                continue;
            }
            let (value, behind) = match characters.get(at) {
                Some('"') => quotation(characters, at),
                _ => {
                    let bare = |c: &&char| !c.is_whitespace() && **c != '}';
                    let value: String = characters[at..].iter().take_while(bare).collect();
                    let behind = at + value.chars().count();
                    (value, behind)
                }
            };
            at = behind;
            match (name.as_str(), said.as_mut()) {
                ("printed", Some(said)) => said.printed = Some(value),
                ("defanged", Some(said)) => said.defanged = value.parse().ok(),
                _ => {}
            }
            name.clear();
        }
        at + 1
    }

    fn number(&mut self, label: &[char]) -> u32 {
        let next = u32::try_from(self.numbers.len()).unwrap_or(u32::MAX).saturating_add(1);
        *self.numbers.entry(label.iter().collect()).or_insert(next)
    }

    fn inline(&mut self, characters: &[char], start: usize, end: usize) {
        let mut at = start;
        // Targets of links whose words are being written.
        let mut links = 0;
        while at < end {
            let next = characters.get(at + 1).copied().filter(|_| at + 1 < end);
            let close = |mark: char| (at..end).find(|i| characters[*i] == mark);
            match (characters[at], next) {
                ('\\', Some(escaped)) => {
                    self.push(escaped, at + 1);
                    at += 1;
                }
                ('[', Some('^')) => {
                    if let Some(end) = close(']') {
                        let number = self.number(&characters[at + 2..end]);
                        self.marker(number, at, end);
                        at = end;
                    }
                }
                ('{', _) => {
                    if let Some(end) = close('}') {
                        self.say(&characters[at + 1..end].iter().collect::<String>());
                        at = end;
                    }
                }
                ('[', _) if close(']').is_some_and(|end| characters.get(end + 1) == Some(&'(')) => links += 1,
                (']', Some('(')) if links > 0 => {
                    links -= 1;
                    at = close(')').unwrap_or(at);
                }
                ('*', _) => {}
                (c, _) => self.push(c, at),
            }
            at += 1;
        }
        while self.text.ends_with(' ') {
            self.text.pop();
            self.at.pop();
        }
    }

    /// `[^c1]` as a number in brackets whose ends stand where the label's do.
    fn marker(&mut self, number: u32, start: usize, end: usize) {
        self.push('[', start);
        self.push('^', start + 1);
        self.made(&number.to_string(), start + 2);
        self.push(']', end);
    }
}

/// The words in quotation marks that open at a place, and where they end.
fn quotation(characters: &[char], open: usize) -> (String, usize) {
    let mut words = String::new();
    let mut at = open + 1;
    while let Some(c) = characters.get(at).copied().filter(|c| *c != '"') {
        let escaped = if c == '\\' { characters.get(at + 1) } else { None };
        words.push(escaped.copied().unwrap_or(c));
        at += 1 + usize::from(escaped.is_some());
    }
    (words, at + 1)
}
