//! Where a checked text came from: findings count in the text that was given, be it a page, a file with Windows' line
//! ends, or the desk's Markdown.

use std::ops::Range;

/// The given text, and where in it each code point of the checked text stands.
#[derive(Debug, Clone)]
pub(crate) struct Origin {
    /// Code points before each line of the given text.
    lines: Vec<usize>,
    /// Where the checked text's code points stand; empty where both texts are one.
    at: Vec<usize>,
    /// The given text's code points, where it is another text.
    given: Vec<char>,
    checked: Vec<char>,
    /// Findings show the given text, with its markup.
    shows_given: bool,
    /// Characters that the given text writes otherwise.
    escapes: fn(&str) -> String,
}

impl Origin {
    /// The checked text is the given one.
    pub(crate) fn same(checked: &[char]) -> Self {
        Self {
            lines: lines(checked),
            at: Vec::new(),
            given: Vec::new(),
            checked: Vec::new(),
            shows_given: false,
            escapes: str::to_owned,
        }
    }

    /// The checked text was made from another one: `at` says where each of its code points stands there.
    pub(crate) fn made(given: &str, checked: &[char], at: Vec<usize>, escapes: fn(&str) -> String) -> Self {
        let given: Vec<char> = given.chars().collect();
        Self { lines: lines(&given), at, given, checked: checked.to_vec(), shows_given: false, escapes }
    }

    /// The same, for a given text whose markup its writers know: findings show it.
    pub(crate) fn verbatim(mut self) -> Self {
        self.shows_given = true;
        self
    }

    /// The given text of a span, where findings show it.
    pub(crate) fn excerpt(&self, given: &Range<usize>) -> Option<String> {
        let shown = || self.given.get(given.clone()).map(|characters| characters.iter().collect());
        self.shows_given.then(shown).flatten()
    }

    /// A span of the checked text in the given one.
    pub(crate) fn span(&self, span: &Range<usize>) -> Range<usize> {
        if self.at.is_empty() {
            return span.clone();
        }
        let end_of_text = self.given.len();
        let start = self.at.get(span.start).copied().unwrap_or(end_of_text);
        let end = span.end.checked_sub(1).filter(|last| *last >= span.start);
        let end = end.map_or(start, |last| self.at.get(last).map_or(end_of_text, |at| at + self.width(*at, last)));
        start..end.max(start)
    }

    /// Code points that one code point of the checked text takes in the given one: more than one for an entity.
    fn width(&self, at: usize, checked: usize) -> usize {
        if self.given.get(at) != Some(&'&')
            || self.checked.get(checked) == Some(&'&') && self.given.get(at + 1) != Some(&'a')
        {
            return 1;
        }
        let rest = self.given.get(at..).unwrap_or_default();
        rest.iter().take(12).position(|c| *c == ';').map_or(1, |end| end + 1)
    }

    /// Line and column of a code point of the given text, from 1.
    pub(crate) fn place(&self, at: usize) -> (usize, usize) {
        let line = self.lines.partition_point(|start| *start <= at).max(1);
        (line, at - self.lines.get(line - 1).copied().unwrap_or(0) + 1)
    }

    /// Words as they are written in the given text; `None` where the span has markup within it there.
    pub(crate) fn written(&self, span: &Range<usize>, words: &str) -> Option<String> {
        if self.at.is_empty() {
            return Some(words.to_owned());
        }
        let given = self.span(span);
        let straight = self.given.get(given)? == self.checked.get(span.clone())?;
        straight.then(|| (self.escapes)(words))
    }
}

fn lines(characters: &[char]) -> Vec<usize> {
    let mut starts = vec![0];
    starts.extend(characters.iter().enumerate().filter(|(_, c)| **c == '\n').map(|(at, _)| at + 1));
    starts
}
