//! A document of the inbox: its line in the list, and its text in the reading pane.

use crate::shell::Shell;
use crate::text;
use sitrep_language::tag;
use sitrep_model::account::Account;
use sitrep_model::document::{Document, Translation, Triage};
use sitrep_newsroom::found::Naming;
use sitrep_newsroom::inbox::{InboxLine, Reason};
use sitrep_newsroom::translation::Engine;

/// What can be decided: decision, label, key.
pub(crate) const DECISIONS: [(&str, &str, &str); 3] =
    [("kept", "Keep", "x"), ("later", "Later", "l"), ("dropped", "Drop", "d")];

/// A line of the list.
pub(crate) struct Line {
    pub d: Document,
    pub story: String,
    pub relation: &'static str,
    pub outlet: String,
    pub grade: String,
    pub direction: &'static str,
    pub current: bool,
    pub read: bool,
    pub graphic: bool,
    pub used: usize,
    pub leads: usize,
    pub watches: Vec<String>,
    pub reasons: Vec<String>,
    pub task_of: Option<String>,
    /// Others who opened it.
    pub readers: String,
}

impl Line {
    pub(crate) fn of(shell: &Shell, line: InboxLine, reasons: Vec<String>, read: bool) -> Self {
        let own = shell.visitor.account().map(|account| account.id.clone());
        let others = line.readers.iter().filter(|reader| Some(&reader.account) != own.as_ref());
        let d = line.document.value;
        Self {
            readers: others.map(|reader| reader.name.clone()).collect::<Vec<_>>().join(", "),
            story: d.story.as_ref().map_or_else(|| d.id.0.clone(), |place| place.story.0.clone()),
            relation: d.story.as_ref().map_or("", |place| super::station::relation(place.relation)),
            outlet: line.outlet,
            grade: shell.grade(&line.grade),
            direction: text::direction(&d.title),
            current: false,
            read,
            graphic: line.graphic,
            used: line.used,
            leads: line.leads,
            watches: line.watches,
            reasons,
            task_of: line.task_of,
            d,
        }
    }
}

/// A person that a document can be assigned to.
pub(crate) struct Member {
    pub id: String,
    pub name: String,
    pub chosen: bool,
}

/// The reading pane.
pub(crate) struct Reading {
    pub d: Document,
    pub outlet: String,
    pub direction: &'static str,
    /// Each paragraph as HTML with what it names marked, beside it the same in the desk's language.
    pub sides: Vec<(String, Option<String>)>,
    pub translation: Option<Translated>,
    /// Whether it can be translated here.
    pub translates: bool,
    pub reasons: Vec<(String, String, String)>,
    pub age: String,
    pub graphic: bool,
    pub decisions: Vec<Decision>,
    /// Who decided what, and when; empty before the first decision.
    pub decided: String,
    pub task_of: Option<String>,
    pub members: Vec<Member>,
    pub readers: String,
    pub is_mine: bool,
    /// Leads that were made of it.
    pub leads: usize,
}

/// A translation as the pane shows it.
pub(crate) struct Translated {
    pub title: String,
    pub language: String,
    pub direction: &'static str,
    /// Who made it, and when.
    pub by: String,
    /// It was made of what the page said at an earlier reading.
    pub earlier: bool,
    /// Its paragraphs, where they don't stand beside those of the original.
    pub apart: Vec<String>,
}

/// A document with what was found out about it for the pane.
pub(crate) struct Opened {
    pub line: InboxLine,
    pub reasons: Vec<Reason>,
    pub members: Vec<Account>,
    pub namings: Vec<Naming>,
    pub engine: Engine,
}

/// A decision that can be taken.
pub(crate) struct Decision {
    pub triage: &'static str,
    pub label: &'static str,
    pub key: &'static str,
    pub stands: bool,
}

impl Reading {
    pub(crate) fn of(shell: &Shell, opened: Opened) -> Self {
        let Opened { line, reasons, members, namings, engine } = opened;
        let asker = shell.visitor.account();
        let d = line.document.value.clone();
        let own = |language: &str| tag::primary(shell.language()) == tag::primary(language);
        let translation = d.translations.iter().rev().find(|made| made.text.is_some() && own(&made.language));
        let original = d.paragraphs.iter().enumerate().map(|(at, text)| marked(text, at, &namings));
        let (beside, translation) = translated(shell, &d, translation);
        let beside = beside.into_iter().map(Some).chain(std::iter::repeat(None));
        let assigned = d.handling.assigned.as_ref().map(|assigned| assigned.to.clone());
        let member = |account: Account| {
            let chosen = Some(&account.id) == assigned.as_ref();
            Member { id: account.id.0, name: account.name, chosen }
        };
        let others = line.readers.iter().filter(|reader| asker.is_none_or(|asker| asker.id != reader.account));
        let readers: Vec<String> = others.map(|r| format!("{} ({})", r.name, shell.moment(&r.at))).collect();
        let stands = |(triage, label, key): (&'static str, &'static str, &'static str)| Decision {
            triage,
            label,
            key,
            stands: d.triage.as_str() == triage,
        };
        Self {
            is_mine: asker.is_some_and(|asker| Some(&asker.id) == assigned.as_ref()),
            outlet: line.outlet.clone(),
            leads: line.leads,
            direction: text::direction(&d.title),
            translates: engine != Engine::Off && !own(&d.language),
            sides: original.zip(beside).collect(),
            translation,
            reasons: reasons.into_iter().map(|r| (r.says.to_owned(), r.subject, format!("{:+.1}", r.points))).collect(),
            age: shell.moment(&d.arrived),
            graphic: line.graphic,
            decisions: DECISIONS.into_iter().map(stands).collect(),
            decided: decided(shell, &d),
            task_of: line.task_of.clone(),
            members: members.into_iter().map(member).collect(),
            readers: readers.join(", "),
            d,
        }
    }
}

fn decided(shell: &Shell, document: &Document) -> String {
    let Some(decided) = &document.handling.decided else { return String::new() };
    let what = match document.triage {
        Triage::New => "put back",
        Triage::Kept => "kept",
        Triage::Later => "put aside for later",
        Triage::Dropped => "dropped",
    };
    format!("{what} by {}, {}", decided.by, shell.moment(&decided.at))
}

/// A translation's paragraphs beside the original's, where there are as many, and what else is said of it.
fn translated(shell: &Shell, d: &Document, made: Option<&Translation>) -> (Vec<String>, Option<Translated>) {
    let Some(made) = made else { return (Vec::new(), None) };
    let paragraphs: Vec<String> = made.text.iter().flat_map(|text| text.split('\n')).map(str::to_owned).collect();
    let earlier = made.of.as_ref().is_some_and(|of| *of != d.text_sha256);
    let fits = !earlier && paragraphs.len() == d.paragraphs.len();
    let (beside, apart) = if fits { (paragraphs, Vec::new()) } else { (Vec::new(), paragraphs) };
    let at = made.at.map(|at| format!(", {}", shell.moment(&at))).unwrap_or_default();
    let shown = Translated {
        title: made.title.clone(),
        language: made.language.clone(),
        direction: tag::direction(&made.language),
        by: format!("{}{at}", made.by),
        earlier,
        apart,
    };
    (beside, Some(shown))
}

/// A paragraph as HTML: escaped, what it names marked, and beside it what that is called here.
fn marked(paragraph: &str, at: usize, namings: &[Naming]) -> String {
    let mut html = String::new();
    let mut done = 0;
    for naming in namings.iter().filter(|naming| naming.paragraph == at) {
        let Some(printed) = paragraph.get(naming.range.clone()).filter(|_| naming.range.start >= done) else {
            continue;
        };
        html.push_str(&text::escape(&paragraph[done..naming.range.start]));
        let called = text::escape(&naming.called);
        let kind = naming.thing.kind();
        html.push_str(&format!(
            "<mark class=\"named\" data-kind=\"{kind}\" title=\"{called}\">{}</mark>",
            text::escape(printed)
        ));
        if naming.converted {
            html.push_str(&format!(" <bdi class=\"gloss\" dir=\"auto\">{called}</bdi>"));
        }
        done = naming.range.end;
    }
    html.push_str(&text::escape(&paragraph[done..]));
    html
}

#[cfg(test)]
mod tests {
    use super::*;
    use sitrep_newsroom::found::Thing;

    #[test]
    fn what_an_outlet_wrote_is_escaped_round_its_marks() {
        let text = "<b>۳۵ هزار</b> & more";
        let range = text.find('۳').unwrap()..text.find("</b>").unwrap();
        let called = "35,000\">".to_owned();
        let naming = Naming { paragraph: 0, range, thing: Thing::Number(35e3), called, converted: true };
        let html = marked(text, 0, &[naming]);
        assert_eq!(
            html,
            "&lt;b&gt;<mark class=\"named\" data-kind=\"number\" title=\"35,000&quot;&gt;\">۳۵ هزار</mark> \
             <bdi class=\"gloss\" dir=\"auto\">35,000&quot;&gt;</bdi>&lt;/b&gt; &amp; more"
        );
        assert_eq!(marked("a < b", 1, &[]), "a &lt; b");
    }
}
