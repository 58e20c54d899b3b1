//! What a rule is, and how its explanation is laid out.

use crate::subject::Subject;
use sitrep_model::finding::{Finding, Severity};

/// A named rule of tradecraft.
#[derive(Debug, Clone, Copy)]
pub struct Rule {
    /// Its name: the fault, not the remedy.
    pub id: &'static str,
    /// The version that brought it.
    pub since: &'static str,
    /// How grave its findings are, where one doesn't say otherwise.
    pub severity: Severity,
    /// The manual's page in Markdown, with the headings *Flags*, *Why*, *Flagged*, *Fine*, *Remedy*. Fenced texts under
    /// *Flagged* and *Fine* are run as tests; a `toml` fence before them sets the desk they are checked for.
    pub explain: &'static str,
    /// Finds the places that break it.
    pub run: fn(&Subject) -> Vec<Finding>,
}

/// The headings of an explanation, in order.
pub const HEADINGS: [&str; 5] = ["Flags", "Why", "Flagged", "Fine", "Remedy"];

/// A fenced text of an explanation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Example {
    /// What the fence says: `text`, `markdown`, `html`.
    pub form: String,
    /// The desk's settings that stand before it.
    pub desk: String,
    /// The text.
    pub text: String,
}

impl Rule {
    /// The first sentence of what it flags.
    pub fn summary(&self) -> String {
        self.part("Flags").split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// What stands under a heading of the explanation.
    pub fn part(&self, heading: &str) -> &'static str {
        let Some(at) = self.explain.find(&format!("## {heading}\n")) else {
            return "";
        };
        let rest = self.explain[at..].split_once('\n').map_or("", |(_, rest)| rest);
        rest.find("\n## ").map_or(rest, |end| &rest[..end]).trim()
    }

    /// The examples under a heading.
    pub fn examples(&self, heading: &str) -> Vec<Example> {
        let (mut found, mut desk) = (Vec::new(), String::new());
        let mut open: Option<(String, String)> = None;
        for line in self.part(heading).lines() {
            match (line.strip_prefix("````"), open.take()) {
                (Some(_), Some((form, text))) if form == "toml" => desk = text,
                (Some(_), Some((form, text))) => found.push(Example { form, desk: desk.clone(), text }),
                (Some(form), None) => open = Some((form.to_owned(), String::new())),
                (None, Some((form, text))) => open = Some((form, text + line + "\n")),
                (None, None) => {}
            }
        }
        found
    }

    /// The manual's page.
    pub fn page(&self) -> String {
        let severity = match self.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Advice => "advice",
        };
        format!("# {}\n\nSince {} · {severity}\n\n{}\n", self.id, self.since, self.explain.trim())
    }
}
