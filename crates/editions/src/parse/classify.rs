//! The role of each block, in one pass over the text.

mod front;

use super::assemble::Assembled;
use super::{
    Form, Parsed, ParsedParagraph, ParsedSection, ParsedTakeaway, Role, Unclassified, byline, lines, listing, notelist,
    timing,
};
use front::{heading_of_takeaways, title_of};
use jiff::civil::Date;
use regex::Regex;
use std::collections::HashSet;
use std::sync::LazyLock;

static AIM: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"(?i)^(?:[\w’'-]+ ){0,4}(?:objectives?|goals?|aims?|purpose|scope)(?: \w+)?:").ok());
static CAPTION: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"^(?i:figure|fig\.|map|image|photo|graphic|chart|table)\b ?\d{0,3}[:.—–-]|^(?:Source|Credit): ").ok()
});

fn matches(pattern: &LazyLock<Option<Regex>>, text: &str) -> bool {
    pattern.as_ref().is_some_and(|pattern| pattern.is_match(text))
}

/// Where in the edition the pass is.
#[derive(Clone, Copy, PartialEq)]
enum Place {
    Front,
    Takeaways,
    Body,
    Notes,
}

struct Pass {
    parsed: Parsed,
    place: Place,
    title_block: Option<usize>,
    base_level: Option<u8>,
    /// Depth of the last heading that is marked up as one.
    marked_level: Option<u8>,
    /// Blocks that list the sections to come.
    listing: HashSet<usize>,
    /// What heads the takeaways, the first where several do.
    takeaways_heading: Option<usize>,
    /// No block has a note marker.
    unmarked: bool,
    /// A line said that authors follow.
    by_label: bool,
    /// A day near the edition's, where the caller knows one.
    near: Option<Date>,
}

pub(super) fn parts(form: Form, text: String, assembled: Assembled, near: Option<Date>) -> Parsed {
    let Assembled { blocks, notes, outside, links } = assembled;
    let listing = listing::find(&blocks, notes);
    let takeaways_heading = heading_of_takeaways(&blocks, notes, &outside);
    let title_block = title_of(&blocks, notes, &outside, takeaways_heading);
    let parsed = Parsed {
        form,
        text,
        title: title_block.map(|at| blocks[at].text.trim_start_matches("Latest Update: ").to_owned()),
        date: None,
        cutoff: None,
        authors: Vec::new(),
        standing: None,
        notices: Vec::new(),
        takeaways: Vec::new(),
        sections: Vec::new(),
        paragraphs: Vec::new(),
        notes: Vec::new(),
        cross_references: Vec::new(),
        unclassified: Vec::new(),
        truncated: None,
        blocks,
        links,
        left_out: Vec::new(),
    };
    let unmarked = parsed.blocks.iter().all(|block| block.markers().next().is_none());
    let mut pass = Pass {
        parsed,
        place: Place::Front,
        title_block,
        base_level: None,
        marked_level: None,
        listing,
        takeaways_heading,
        unmarked,
        by_label: false,
        near,
    };
    pass.parsed.date = pass.parsed.title.as_deref().and_then(timing::date_in);
    for at in 0..pass.parsed.blocks.len() {
        if Some(at) == notes {
            pass.place = Place::Notes;
        }
        let role = if outside.contains(&at) {
            pass.unknown(at, "outside the edition on its page")
        } else {
            pass.place_block(at)
        };
        pass.parsed.blocks[at].role = role;
    }
    pass.parsed.date = pass.parsed.date.or(near);
    pass.parsed
}

impl Pass {
    fn unknown(&mut self, at: usize, reason: &str) -> Role {
        let line = self.parsed.blocks[at].line;
        self.parsed.unclassified.push(Unclassified { block: at, line, reason: reason.to_owned() });
        Role::Unclassified
    }

    fn place_block(&mut self, at: usize) -> Role {
        let block = &self.parsed.blocks[at];
        let text = block.text.clone();
        if self.place == Place::Notes {
            return self.note(at, &text);
        }
        if lines::is_furniture(&text) && block.figure.is_none() && block.markers().next().is_none() {
            return self.unknown(at, "page furniture");
        }
        if Some(at) == self.title_block || self.repeats_title(&text) || self.precedes_title(at, &text) {
            return Role::Title;
        }
        if lines::is_takeaways_heading(&text) || Some(at) == self.takeaways_heading {
            self.place = Place::Takeaways;
            return Role::TakeawaysHeading;
        }
        if lines::is_notes_heading(&text) {
            return Role::NotesHeading;
        }
        if self.states_cutoff(at, &text) {
            return Role::Cutoff;
        }
        if self.parsed.blocks[at].figure.is_some() || matches(&CAPTION, &text) {
            return self.figure(at);
        }
        if self.place == Place::Front
            && let Some(role) = self.front(at, &text)
        {
            return role;
        }
        if self.place == Place::Takeaways
            && let Some(role) = self.takeaway(at, &text)
        {
            return role;
        }
        if self.is_scope(at, &text) {
            return self.scope(at);
        }
        if self.is_heading(at, &text) {
            return self.heading(at, text);
        }
        self.body(at, &text)
    }

    /// Whether a block says when data were cut off; the moment is kept.
    fn states_cutoff(&mut self, at: usize, text: &str) -> bool {
        let short = text.chars().count() < 400 && self.parsed.blocks[at].markers().next().is_none();
        if self.place == Place::Takeaways || !short || !timing::states_cutoff(text) || !timing::has_clock(text) {
            return false;
        }
        self.infer_date(text);
        self.parsed.cutoff = timing::moment(text, self.parsed.date).or(self.parsed.cutoff);
        // One line may hold authors, date and cut-off.
        let front = timing::before_date(text).filter(|_| self.place == Place::Front);
        self.parsed.authors.extend(front.and_then(|names| byline::authors(names, true)).unwrap_or_default());
        true
    }

    /// A day without its year is that day of a year which the text names elsewhere.
    fn infer_date(&mut self, text: &str) {
        if self.parsed.date.is_none() {
            let elsewhere = || timing::day_named_elsewhere(text, &self.parsed.text);
            self.parsed.date = self.near.and_then(|near| timing::day_near(text, near)).or_else(elsewhere);
        }
    }

    /// A takeaway or the label over some; `None` where the takeaways end.
    fn takeaway(&mut self, at: usize, text: &str) -> Option<Role> {
        let block = &self.parsed.blocks[at];
        let taken = self.parsed.takeaways.iter().map(|takeaway| &self.parsed.blocks[takeaway.block]);
        let (listed, cited) =
            (taken.clone().any(|taken| taken.list), taken.clone().any(|taken| taken.markers().next().is_some()));
        let marked = block.markers().next().is_some();
        if self.is_label(at, text) {
            return Some(Role::TakeawayLabel);
        }
        let first = self.parsed.takeaways.is_empty();
        let average = taken.map(|taken| taken.text.chars().count()).sum::<usize>() / self.parsed.takeaways.len().max(1);
        let essay = self.unmarked && !block.list && text.chars().count() > 600.max(average * 2);
        let ended =
            !first && ((marked && !cited) || (listed && !block.list) || (essay && self.parsed.takeaways.len() > 1));
        if ended || lines::says_scope(text) || self.is_heading(at, text) || self.listing.contains(&at) {
            return None;
        }
        let label = at.checked_sub(1).filter(|before| self.parsed.blocks[*before].role == Role::TakeawayLabel);
        self.parsed.takeaways.push(ParsedTakeaway { block: at, label, announces: Vec::new() });
        Some(Role::Takeaway)
    }

    /// Whether a line over takeaways says what they are about: it ends with a colon, and takeaways follow.
    fn is_label(&self, at: usize, text: &str) -> bool {
        let next = self.parsed.blocks.get(at + 1);
        let leads = next.is_some_and(|next| next.markers().next().is_none() && next.heading.is_none());
        let short =
            lines::looks_like_heading(text) || (self.parsed.blocks[at].heading.is_some() && text.chars().count() < 120);
        text.ends_with(':')
            && short
            && leads
            && !self.parsed.blocks[at].list
            && (!self.unmarked || next.is_some_and(|next| next.list))
    }

    /// Whether a block right behind a title says what the section covers.
    fn is_scope(&self, at: usize, text: &str) -> bool {
        let block = &self.parsed.blocks[at];
        let Some(title) =
            at.checked_sub(1).map(|at| &self.parsed.blocks[at]).filter(|title| title.role == Role::Heading)
        else {
            return false;
        };
        if self.parsed.sections.last().is_none_or(|section| section.scope.is_some()) || block.markers().next().is_some()
        {
            return false;
        }
        let deeper = block.heading.zip(title.heading).map_or(0, |(here, above)| here.saturating_sub(above));
        let aim = matches(&AIM, text) && !text.ends_with(':');
        block.scope || aim || (deeper >= 2 && text.chars().count() > 50)
    }

    fn scope(&mut self, at: usize) -> Role {
        self.place = Place::Body;
        self.section().scope = Some(at);
        Role::Scope
    }

    /// The publication's name above its title, which begins with it.
    fn precedes_title(&self, at: usize, text: &str) -> bool {
        let above = self.place == Place::Front && self.title_block.is_some_and(|title| at < title);
        above && self.parsed.title.as_deref().is_some_and(|title| title.starts_with(text))
    }

    fn repeats_title(&self, text: &str) -> bool {
        self.place == Place::Front && self.parsed.title.as_deref() == Some(text)
    }

    fn is_heading(&self, at: usize, text: &str) -> bool {
        let block = &self.parsed.blocks[at];
        if block.heading.is_some() {
            return true;
        }
        let item = block.list && !self.numbers_section(at);
        let plain = block.markers().next().is_none() && !item && !block.cell && !self.listing.contains(&at);
        let bold = block.bold > 0 && block.bold + 1 >= text.chars().count();
        let next = self.parsed.blocks.get(at + 1).is_some_and(|next| next.heading.is_none());
        // Where paragraphs are joined, each block is whole: a short one without an end is a title.
        let long = |at: usize| self.parsed.blocks.get(at).is_some_and(|block| block.text.chars().count() > 200);
        let alone = block.tight && self.place == Place::Body && text.split_whitespace().count() <= 10 && long(at + 1);
        plain
            && next
            && !lines::is_ended(text)
            && (lines::looks_like_heading(text) || (bold && text.chars().count() < 140) || alone)
    }

    /// Whether a numbered line continues the count of the sections: `2. Railways`, and a paragraph under it.
    fn numbers_section(&self, at: usize) -> bool {
        let number = |at: usize| {
            let block = self.parsed.blocks.get(at).filter(|block| block.heading.is_none())?;
            block.prefix.trim_end().trim_end_matches(['.', ')']).parse::<u32>().ok()
        };
        let before = self.parsed.sections.iter().filter_map(|section| number(section.heading?)).max().unwrap_or(0);
        let under = self.parsed.blocks.get(at + 1).is_some_and(|next| !next.list && lines::is_ended(&next.text));
        under && number(at) == Some(before + 1)
    }

    fn heading(&mut self, at: usize, title: String) -> Role {
        let marked = self.parsed.blocks[at].heading;
        let base = *self.base_level.get_or_insert(marked.unwrap_or(1));
        let within = title.ends_with(':') || title.to_lowercase().contains("subordinate");
        let level = match (marked, self.marked_level) {
            (Some(depth), _) => depth.saturating_sub(base) + 1,
            (None, Some(above)) => above.saturating_add(1),
            (None, None) if within && !self.parsed.sections.is_empty() => 2,
            (None, None) => 1,
        };
        if marked.is_some() {
            self.marked_level = Some(level);
        }
        self.place = Place::Body;
        self.parsed.sections.push(ParsedSection {
            title,
            level,
            heading: Some(at),
            scope: None,
            paragraphs: Vec::new(),
        });
        Role::Heading
    }

    fn section(&mut self) -> &mut ParsedSection {
        if self.parsed.sections.is_empty() {
            let untitled =
                ParsedSection { title: String::new(), level: 1, heading: None, scope: None, paragraphs: Vec::new() };
            self.parsed.sections.push(untitled);
        }
        let last = self.parsed.sections.len() - 1;
        &mut self.parsed.sections[last]
    }

    fn figure(&mut self, at: usize) -> Role {
        if self.place == Place::Body {
            self.paragraph(at);
            return Role::Figure;
        }
        self.unknown(at, "a figure before the first section")
    }

    fn body(&mut self, at: usize, text: &str) -> Role {
        self.place = Place::Body;
        let italic = self.parsed.blocks[at].italic && self.parsed.blocks[at].markers().next().is_none();
        let section = self.section();
        if section.paragraphs.is_empty()
            && section.scope.is_none()
            && section.heading.is_some()
            && (italic || lines::says_scope(text))
        {
            section.scope = Some(at);
            return Role::Scope;
        }
        if self.closes_with_notice(at, text) {
            self.parsed.notices.push(text.to_owned());
            return Role::Notice;
        }
        self.paragraph(at);
        if self.parsed.blocks[at].list || self.listing.contains(&at) { Role::ListItem } else { Role::Paragraph }
    }

    /// Whether a block is a note to readers behind the last section.
    fn closes_with_notice(&self, at: usize, text: &str) -> bool {
        let rest = self.parsed.blocks[at + 1..].iter().take_while(|block| {
            !lines::is_notes_heading(&block.text)
                && super::label::at_start(&block.text.chars().take(14).collect::<Vec<_>>()).is_none()
        });
        let note = ["Note:", "NOTE:", "Note to readers", "Editor’s note", "Editor's note"]
            .iter()
            .any(|word| text.starts_with(word));
        note && self.parsed.blocks[at].markers().next().is_none() && rest.take(4).count() <= 2
    }

    fn paragraph(&mut self, at: usize) {
        let index = self.parsed.paragraphs.len();
        self.parsed.paragraphs.push(ParsedParagraph { id: format!("p{}", index + 1), block: at });
        self.section().paragraphs.push(index);
    }

    fn note(&mut self, at: usize, text: &str) -> Role {
        let expected = self.parsed.notes.last().map_or(1, |note| note.number + 1);
        if lines::is_furniture(text) {
            return self.unknown(at, "page furniture");
        }
        match notelist::note(&self.parsed.blocks[at], at, expected, &self.parsed.links) {
            Some(note) if self.parsed.note(note.number).is_some() => {
                self.unknown(at, &format!("a second note {}", note.label))
            }
            Some(note) => {
                self.parsed.notes.push(note);
                Role::Note
            }
            None => self.unknown(at, "behind the note list and no note"),
        }
    }
}
