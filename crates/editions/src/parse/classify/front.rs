//! What stands before the first section: title, dates, authors, standing description, notices.

use super::{Pass, matches};
use crate::parse::{Block, Role, byline, lines, timing};
use regex::Regex;
use std::collections::HashSet;
use std::sync::LazyLock;

static NOTICE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)\b(?:click here|subscribe|interactive map|time-?lapse|(?:is|are|will) (?:also )?publish|special edition|editor.s note|note:|correction:|suspended|launched a|this (?:report|map|update|edition) (?:details|is|will|focuses)|(?:will|does|do|did) not (?:be )?(?:publish|appear)|will (?:resume|return|be published|appear)|the next (?:[a-z]+ ){0,3}(?:update|edition|report|assessment|issue)|next (?:update|edition) (?:is|will|appears))").ok()
});
static STANDING: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)\b(?:aims? to|covers|provid(?:es?|ing)|publish(?:es|ing)?|will publish|produces?|follows?|tracks?|monitors?|examines?)\b").ok()
});

/// The block with the title: a heading or line before the notes with a date and more, else the first heading.
pub(super) fn title_of(
    blocks: &[Block],
    notes: Option<usize>,
    outside: &HashSet<usize>,
    takeaways: Option<usize>,
) -> Option<usize> {
    let front = || {
        let end = takeaways.or(notes).unwrap_or(blocks.len());
        (0..end).filter(|at| !outside.contains(at) && !lines::is_furniture(&blocks[*at].text)).take(12)
    };
    let first_heading = front().find(|at| blocks[*at].heading == Some(1));
    let dated = front().find(|at| {
        let text = &blocks[*at].text;
        text.chars().count() < 200
            && timing::date_in(text).is_some()
            && !timing::is_date_line(text)
            && !timing::states_cutoff(text)
            && !lines::is_ended(text)
            && blocks[*at].markers().next().is_none()
    });
    let opening = || {
        front().next().filter(|at| {
            let text = &blocks[*at].text;
            lines::looks_like_heading(text)
                && !lines::is_takeaways_heading(text)
                && !timing::is_date_line(text)
                && !timing::states_cutoff(text)
                && byline::authors(text, false).is_none()
        })
    };
    first_heading.or(dated).or_else(opening)
}

/// What heads the takeaways: a line that says so, else one that may and that a list follows, or lines without markers.
pub(super) fn heading_of_takeaways(blocks: &[Block], notes: Option<usize>, outside: &HashSet<usize>) -> Option<usize> {
    let end = notes.unwrap_or(blocks.len());
    let body = || (0..end).filter(|at| !outside.contains(at));
    let marked = |at: usize| blocks[at].markers().next().is_some();
    let plain = |at: usize| at < end && (blocks[at].list || !marked(at)) && blocks[at].heading.is_none();
    body().find(|at| lines::is_takeaways_heading(&blocks[*at].text)).or_else(|| {
        let front = || body().take_while(|at| !marked(*at)).take(20);
        front().find(|at| lines::may_head_takeaways(&blocks[*at].text) && plain(at + 1))
    })
}

impl Pass {
    /// Blocks between the title and the takeaways or first section; `None` where the body begins.
    pub(super) fn front(&mut self, at: usize, text: &str) -> Option<Role> {
        let block = &self.parsed.blocks[at];
        if timing::is_date_line(text) {
            let date = timing::date_in(text);
            self.parsed.date = self.parsed.date.or(date);
            self.infer_date(text);
            if timing::has_clock(text) {
                self.parsed.cutoff = timing::moment(text, self.parsed.date).or(self.parsed.cutoff);
                return Some(Role::Cutoff);
            }
            return Some(Role::DateLine);
        }
        if block.markers().next().is_some() {
            return None;
        }
        if block.heading.is_some() {
            return self
                .stands_alone(at)
                .then(|| self.unknown(at, "a heading before the takeaways, with nothing under it"));
        }
        let labelled = at > 0 && self.parsed.blocks[at - 1].role == Role::Authors && self.by_label;
        let said = lines::is_authors_label(text).then(Vec::new);
        if let Some(authors) = said.or_else(|| byline::authors(text, block.byline || labelled)) {
            self.by_label |= authors.is_empty();
            self.parsed.authors.extend(authors);
            return Some(Role::Authors);
        }
        if !lines::is_ended(text) {
            return self.beside_title(at, text);
        }
        let opening: String = text.chars().take(80).collect();
        let title = self.parsed.title.as_deref().unwrap_or_default();
        let name = title.split_whitespace().take(2).collect::<Vec<_>>().join(" ");
        let named = name.chars().count() > 5 && opening.contains(&name);
        let describes = named || text.contains("pdate") || text.contains("ssessment") || text.contains("eport");
        if self.parsed.standing.is_none()
            && self.parsed.notices.is_empty()
            && describes
            && matches(&STANDING, text)
            && self.title_block.is_some()
            && !text.starts_with("Click")
        {
            self.parsed.standing = Some(text.to_owned());
            return Some(Role::Standing);
        }
        let announced = self.title_block.is_some() && !self.unmarked && self.takeaways_follow(at);
        let opening: String = text.chars().take(200).collect();
        let short = text.chars().count() < 1200;
        if matches(&NOTICE, if short && self.title_block.is_some() { text } else { &opening }) || announced {
            self.parsed.notices.push(text.to_owned());
            return Some(Role::Notice);
        }
        None
    }

    /// A short line between title and takeaways: when and by whom the page was published, or what nobody understands.
    fn beside_title(&mut self, at: usize, text: &str) -> Option<Role> {
        let title = self.parsed.title.as_deref().unwrap_or_default();
        if let Some((date, authors)) = byline::published(text, title) {
            self.parsed.date = self.parsed.date.or(date);
            let dated = authors.is_empty();
            self.parsed.authors.extend(authors);
            return Some(if dated { Role::DateLine } else { Role::Authors });
        }
        if byline::is_label(text) {
            return Some(Role::DateLine);
        }
        if self.title_block.is_some_and(|title| at < title) {
            return Some(self.unknown(at, "stands before the title"));
        }
        let between = self.title_block.is_some() && self.takeaways_follow(at);
        between.then(|| self.unknown(at, "stands before the takeaways and is neither date, authors nor notice"))
    }

    /// Whether a heading between title and takeaways heads nothing.
    fn stands_alone(&self, at: usize) -> bool {
        let under =
            self.parsed.blocks.get(at + 1).is_some_and(|next| next.heading.is_none() && lines::is_ended(&next.text));
        self.title_block.is_some_and(|title| title < at) && self.takeaways_follow(at) && !under
    }

    /// Whether the takeaways come before any marker.
    fn takeaways_follow(&self, at: usize) -> bool {
        let marked = |block: &Block| block.markers().next().is_some();
        self.takeaways_heading.is_some_and(|heading| {
            at < heading && heading - at < 14 && !self.parsed.blocks[at..heading].iter().any(marked)
        })
    }
}
