//! Text being written from markup: white space made one, an empty line between blocks, what the markup says of each.

use super::segments::{Link, Segment};
use std::ops::Range;

/// Characters from which on a line break is one within prose.
const PROSE: usize = 200;

/// The text and its segments so far.
#[derive(Default)]
pub(super) struct Writer {
    pub text: String,
    pub segments: Vec<Segment>,
    /// Code points written.
    pub count: usize,
    /// What is written now is in bold.
    pub bold: bool,
    /// … in italics.
    pub italic: bool,
    /// … raised above the line.
    pub raised: bool,
    /// A raised stretch begins.
    pub fresh: bool,
    line: usize,
    open: Option<Segment>,
    space: bool,
    /// Code points before the last line break.
    broken_at: Option<usize>,
    plain: bool,
    upright: bool,
}

impl Writer {
    /// Whether a block is being written.
    pub(super) fn is_open(&self) -> bool {
        self.open.is_some()
    }

    /// Where the open block begins.
    pub(super) fn start(&self) -> usize {
        self.open.as_ref().map_or(self.count, |open| open.start)
    }

    /// Where the next word will stand.
    pub(super) fn next_word(&self) -> usize {
        if self.open.is_none() && self.count > 0 { self.count + 2 } else { self.count + usize::from(self.space) }
    }

    /// Writes text; its first word begins a block like `like` where none is open.
    pub(super) fn write(&mut self, text: &str, like: impl Fn() -> Segment) {
        for c in text.chars() {
            if c.is_whitespace() {
                self.space = true;
                continue;
            }
            if self.open.is_none() {
                self.begin(like());
            } else if self.space {
                self.push(' ');
            }
            self.space = false;
            if !self.bold && !self.plain {
                self.plain = true;
                let at = self.count;
                if let Some(open) = self.open.as_mut().filter(|open| at > open.start) {
                    open.bold = Some(at);
                }
            }
            self.upright |= !self.italic;
            if self.raised
                && let Some(open) = self.open.as_mut()
            {
                match open.raised.last_mut().filter(|span| span.end == self.count && !self.fresh) {
                    Some(span) => span.end += 1,
                    None => open.raised.push(self.count..self.count + 1),
                }
                self.fresh = false;
            }
            self.push(c);
        }
    }

    /// White space.
    pub(super) fn blank(&mut self) {
        self.space = true;
    }

    fn push(&mut self, c: char) {
        self.text.push(c);
        self.count += 1;
    }

    fn begin(&mut self, like: Segment) {
        (self.plain, self.upright, self.space) = (false, false, false);
        if self.count > 0 {
            self.push('\n');
            self.push('\n');
            self.line += 2;
        }
        self.open = Some(Segment { start: self.count, line: self.line + 1, spaced: true, ..like });
    }

    /// A line break ends a line of a title or a note list; within prose the sentence goes on, unless a second one
    /// comes right behind it.
    pub(super) fn breaks(&mut self) {
        let again = self.broken_at == Some(self.count);
        let prose = self.is_open() && self.count - self.start() > PROSE;
        self.broken_at = Some(self.count);
        if prose && !again { self.space = true } else { self.close(None) }
    }

    /// Ends the open block; `figure` is the picture that it is the caption of.
    pub(super) fn close(&mut self, figure: Option<String>) {
        self.space = false;
        let Some(mut segment) = self.open.take() else { return };
        segment.end = self.count;
        segment.italic = !self.upright;
        if !self.plain {
            segment.bold = Some(self.count);
        }
        segment.figure = figure;
        self.segments.push(segment);
    }

    /// A stretch of the open block that leads somewhere.
    pub(super) fn link(&mut self, span: Range<usize>, url: String) {
        if let Some(open) = self.open.as_mut().filter(|_| !span.is_empty()) {
            open.links.push(Link { span, url });
        }
    }

    /// A stretch of the open block that is a note's marker.
    pub(super) fn marker(&mut self, span: Range<usize>) {
        if let Some(open) = self.open.as_mut().filter(|_| !span.is_empty()) {
            open.raised.push(span);
        }
    }
}
