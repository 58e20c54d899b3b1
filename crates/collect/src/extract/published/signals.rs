//! Everything that a page shows that may say when it was published, gathered in one pass through its pieces. It is asked
//! for only where what the page declares does not settle it.

use super::declared::{Declared, plain};
use super::places::{self, Place};
use super::scan::{self, Piece};
use crate::entities;

/// Lines that hold figures and are kept, at most.
const MOST_LINES: usize = 400;
/// Marked elements that are kept, at most.
const MOST_MARKS: usize = 200;
/// Scripts that are kept, at most.
pub(super) const MOST_SCRIPTS: usize = 60;
/// Characters of a line that is looked at, at most; longer ones are paragraphs.
const LONGEST_LINE: usize = 300;
/// Characters of a paragraph that are kept.
const PARAGRAPH_HEAD: usize = 120;
/// Characters of a marked element's text, at most.
const LONGEST_MARK: usize = 160;
/// Elements open at once that are followed, at most.
const DEEPEST: usize = 400;

/// Something written on the page, and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Line {
    pub(super) text: String,
    pub(super) place: Place,
    /// Its number among the pieces of the source.
    pub(super) order: usize,
}

/// An element that says by its kind or its name that it holds a time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Mark {
    /// What its attributes say for machines.
    pub(super) written: Option<String>,
    /// What it shows.
    pub(super) line: Line,
}

/// What was gathered.
#[derive(Debug, Default)]
pub(super) struct Signals<'a> {
    /// Scripts that are no JSON-LD.
    pub(super) scripts: Vec<&'a str>,
    pub(super) marks: Vec<Mark>,
    pub(super) lines: Vec<Line>,
    /// Where the heading stands that says what the page's title says; else the first of the first rank, or of the second.
    pub(super) heading: Option<usize>,
}

struct Open<'a> {
    name: &'a str,
    place: Place,
    /// The mark that this element began.
    mark: Option<usize>,
}

struct Gathering<'a> {
    signals: Signals<'a>,
    open: Vec<Open<'a>>,
    /// Marks still open.
    marking: Vec<usize>,
    line: String,
    line_place: Place,
    line_order: usize,
    has_digit: bool,
    order: usize,
    /// The heading or title that is open, and what it says so far.
    titling: Option<(usize, String)>,
    titles: Vec<String>,
    headings: Headings,
}

/// Where the headings stand that may be the report's.
#[derive(Default)]
struct Headings {
    told: Option<usize>,
    first: Option<usize>,
    second: Option<usize>,
}

/// Goes through a page's pieces once.
pub(super) fn gather<'a>(declared: &Declared<'a>) -> Signals<'a> {
    let mut told = declared.titles.iter().peekable();
    let mut gathering = Gathering {
        signals: Signals::default(),
        open: Vec::new(),
        marking: Vec::new(),
        line: String::new(),
        line_place: Place::default(),
        line_order: 0,
        has_digit: false,
        order: 0,
        titling: None,
        titles: Vec::new(),
        headings: Headings::default(),
    };
    for piece in &declared.pieces {
        gathering.order += 1;
        while let Some((_, title)) = told.next_if(|(order, _)| *order <= gathering.order) {
            gathering.titles.push(plain(title));
        }
        match *piece {
            Piece::Open { name, attributes } => gathering.open(name, attributes),
            Piece::Close { name } => gathering.close(name),
            Piece::Text(text) => gathering.text(text),
            Piece::Script { attributes, text } => gathering.script(attributes, text),
        }
    }
    gathering.flush();
    let Headings { told, first, second } = gathering.headings;
    gathering.signals.heading = told.or(first).or(second);
    gathering.signals
}

fn around_of(open: &[Open<'_>]) -> Place {
    open.last().map_or_else(Place::default, |open| open.place)
}

impl<'a> Gathering<'a> {
    fn open(&mut self, name: &'a str, attributes: &'a str) {
        let element = places::element(name);
        if !element.inline {
            self.flush();
        }
        if element.void {
            self.void(name);
            return;
        }
        if element.title {
            self.titling = Some((self.order, String::new()));
        }
        if self.open.len() >= DEEPEST {
            return;
        }
        let around = around_of(&self.open);
        let own = places::of(element, attributes);
        let place = around.with(own);
        let marked = own.is_marked() && self.signals.marks.len() < MOST_MARKS;
        let mark = marked.then(|| {
            let written = written(attributes);
            let index = self.signals.marks.len();
            let line = Line { text: String::new(), place, order: self.order };
            self.signals.marks.push(Mark { written, line });
            self.marking.push(index);
            index
        });
        self.open.push(Open { name, place, mark });
    }

    fn void(&mut self, name: &str) {
        if name.eq_ignore_ascii_case("br") {
            for index in &self.marking {
                self.signals.marks[*index].line.text.push(' ');
            }
        }
    }

    fn close(&mut self, name: &str) {
        let element = places::element(name);
        if !element.inline {
            self.flush();
        }
        if element.title
            && let Some((order, text)) = self.titling.take()
        {
            self.heading(name, order, &text);
        }
        let Some(at) = self.open.iter().rposition(|open| open.name.eq_ignore_ascii_case(name)) else { return };
        // An inline element that was left open does not end with the block around it, but a stray end tag far inside
        // must not close what holds the whole page.
        if element.inline && self.open.len() - at > 8 {
            return;
        }
        for open in self.open.drain(at..) {
            if let Some(index) = open.mark {
                self.marking.retain(|marking| *marking != index);
            }
        }
    }

    fn heading(&mut self, name: &str, order: usize, text: &str) {
        let said = plain(text);
        if name.eq_ignore_ascii_case("title") {
            self.titles.push(said);
            return;
        }
        // The name of the outlet is a part of many titles too.
        let long = said.split(' ').count() >= 3 || said.chars().count() >= 15;
        let tells = |title: &String| title.contains(&said) || common_start(title, &said) * 10 >= said.len() * 7;
        if self.headings.told.is_none() && long && self.titles.iter().any(tells) {
            self.headings.told = Some(order);
            // What holds the heading holds the report, whatever its name.
            for open in &mut self.open {
                open.place = open.place.without_elsewhere();
            }
        }
        if name.eq_ignore_ascii_case("h1") {
            self.headings.first.get_or_insert(order);
        } else if name.eq_ignore_ascii_case("h2") && !around_of(&self.open).is_elsewhere() {
            self.headings.second.get_or_insert(order);
        }
    }

    fn text(&mut self, raw: &str) {
        if let Some((_, title)) = &mut self.titling
            && title.len() < 600
        {
            push(title, raw);
        }
        let has_digit = raw.bytes().any(|byte| byte.is_ascii_digit() || matches!(byte, 0xd9 | 0xdb));
        let place = around_of(&self.open);
        for index in &self.marking {
            let mark = &mut self.signals.marks[*index];
            if mark.line.text.len() < 2 * LONGEST_MARK {
                push(&mut mark.line.text, raw);
                // Day, month and year may each be an element of its own.
                mark.line.text.push(' ');
            }
        }
        if self.line.is_empty() {
            self.line_order = self.order;
            self.line_place = place;
        }
        if self.line.len() <= 4 * LONGEST_LINE {
            push(&mut self.line, raw);
        }
        self.has_digit |= has_digit;
    }

    fn flush(&mut self) {
        if self.has_digit && self.signals.lines.len() < MOST_LINES {
            let mut text = cleaned(&self.line);
            // Of a paragraph only the beginning can be a date.
            if let Some((end, _)) = text.char_indices().nth(LONGEST_LINE) {
                text.truncate(text[..end].char_indices().nth(PARAGRAPH_HEAD).map_or(end, |(at, _)| at));
            }
            if text.chars().nth(3).is_some() {
                self.signals.lines.push(Line { text, place: self.line_place, order: self.line_order });
            }
        }
        self.has_digit = false;
        self.line.clear();
    }

    fn script(&mut self, attributes: &str, text: &'a str) {
        if self.signals.scripts.len() < MOST_SCRIPTS && !text.is_empty() && !scan::is_structured(attributes) {
            self.signals.scripts.push(text);
        }
    }
}

impl Mark {
    /// What it shows, white space collapsed; nothing where it is longer than a time can be.
    pub(super) fn shown(&self) -> Option<String> {
        let text = cleaned(&self.line.text);
        (2..=LONGEST_MARK).contains(&text.chars().count()).then_some(text)
    }
}

fn push(line: &mut String, raw: &str) {
    // Long runs of white space in sources carry nothing.
    if raw.len() > 64 {
        for (number, word) in raw.split_ascii_whitespace().enumerate() {
            if number > 0 || raw.starts_with(|c: char| c.is_ascii_whitespace()) {
                line.push(' ');
            }
            line.push_str(word);
        }
        line.push(' ');
    } else {
        line.push_str(raw);
    }
}

/// Bytes that two texts have in common at their start.
fn common_start(one: &str, other: &str) -> usize {
    one.bytes().zip(other.bytes()).take_while(|(a, b)| a == b).count()
}

fn cleaned(text: &str) -> String {
    let decoded = entities::decode(text);
    decoded.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What an element's attributes say for machines.
fn written(attributes: &str) -> Option<String> {
    const NAMES: &[&str] =
        &["datetime", "content", "data-datetime", "data-date", "data-time", "data-timestamp", "data-utime", "title"];
    let mut best: Option<(usize, &str)> = None;
    for (name, value) in scan::attributes(attributes) {
        let Some(rank) = NAMES.iter().position(|known| name.eq_ignore_ascii_case(known)) else { continue };
        let has_digit = value.bytes().any(|byte| byte.is_ascii_digit() || matches!(byte, 0xd9 | 0xdb));
        if has_digit && value.len() <= 100 && best.is_none_or(|(known, _)| rank < known) {
            best = Some((rank, value));
        }
    }
    best.map(|(_, value)| entities::decode(value.trim()).into_owned())
}
