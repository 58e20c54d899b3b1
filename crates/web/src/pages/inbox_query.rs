//! What of the inbox an address asks for: its tab, its filters, its order; and what there is to choose from.

use crate::text::query_value;
use axum::extract::Query;
use axum::http::Uri;
use serde::Deserialize;
use sitrep_model::account::Account;
use sitrep_model::id::{AccountId, SourceId, WatchId};
use sitrep_newsroom::inbox::{InboxPage, InboxQuery, TaskOf, triage_named};

const TABS: [(&str, &str); 5] =
    [("new", "New"), ("kept", "Kept"), ("later", "Later"), ("dropped", "Dropped"), ("all", "All")];
/// Sources and watches that there are to choose from: those with most documents.
const OFFERED: usize = 200;

/// What an address asks for.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    pub show: String,
    pub order: String,
    pub source: String,
    pub language: String,
    pub watch: String,
    pub task: String,
    pub q: String,
    pub after: Option<String>,
    pub doc: Option<String>,
    /// Only a part of the page, for the island: `reading` or `lines`.
    pub part: Option<String>,
    pub done: Option<String>,
}

/// A decision, with how many documents have it.
pub(crate) struct Tab {
    pub label: &'static str,
    pub href: String,
    pub count: usize,
    pub current: bool,
}

/// Something to choose from.
pub(crate) struct Choice {
    pub name: &'static str,
    pub label: &'static str,
    /// Value, words, whether it is chosen.
    pub options: Vec<(String, String, bool)>,
}

impl Asked {
    /// What was filtered by, from a form's hidden field.
    pub(crate) fn kept(back: &str) -> Self {
        let uri = format!("/?{back}").parse::<Uri>().ok();
        uri.and_then(|uri| Query::try_from_uri(&uri).ok()).map(|Query(asked)| asked).unwrap_or_default()
    }

    fn tab(&self) -> &str {
        TABS.iter().map(|(tab, _)| *tab).find(|tab| *tab == self.show).unwrap_or("new")
    }

    fn parts(&self) -> [(&'static str, &str); 7] {
        [
            ("show", self.tab()),
            ("order", if self.order == "newest" { "newest" } else { "" }),
            ("source", &self.source),
            ("language", &self.language),
            ("watch", &self.watch),
            ("task", &self.task),
            ("q", self.q.trim()),
        ]
    }

    /// The filters as an address's query, without what only belongs to one page.
    pub(crate) fn keep(&self) -> String {
        self.with("show", self.tab())
    }

    fn with(&self, name: &str, value: &str) -> String {
        let parts = self.parts().into_iter().map(|(part, own)| (part, if part == name { value } else { own }));
        let set = parts.filter(|(_, value)| !value.is_empty());
        set.map(|(name, value)| format!("{name}={}", query_value(value))).collect::<Vec<_>>().join("&")
    }

    /// Whether anything but the tab is chosen.
    pub(crate) fn is_filtered(&self) -> bool {
        self.parts().iter().skip(1).any(|(_, value)| !value.is_empty())
    }

    /// The question to the newsroom.
    pub(crate) fn query(&self, asker: Option<&Account>, limit: usize) -> InboxQuery {
        let given = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
        InboxQuery {
            show: triage_named(self.tab()).ok(),
            source: given(&self.source).map(SourceId),
            language: given(&self.language),
            watch: given(&self.watch).map(WatchId),
            task: match self.task.as_str() {
                "" => None,
                "me" => Some(asker.map_or(TaskOf::Anybody, |account| TaskOf::One(account.id.clone()))),
                "anybody" => Some(TaskOf::Anybody),
                "nobody" => Some(TaskOf::Nobody),
                one => Some(TaskOf::One(AccountId::from(one))),
            },
            words: self.q.clone(),
            newest: self.order == "newest",
            limit,
            after: self.after.clone(),
        }
    }

    pub(crate) fn tabs(&self, page: &InboxPage) -> Vec<Tab> {
        let count = |tab: &str| match tab {
            "all" => page.counts.values().sum(),
            tab => page.counts.get(tab).copied().unwrap_or_default(),
        };
        let tab = |(id, label): (&'static str, &'static str)| Tab {
            label,
            href: format!("?{}", self.with("show", id)),
            count: count(id),
            current: id == self.tab(),
        };
        TABS.into_iter().map(tab).collect()
    }

    pub(crate) fn choices(&self, page: &InboxPage, members: &[Account], asker: Option<&Account>) -> Vec<Choice> {
        let mut tasks: Vec<(String, String)> = [("me", "mine"), ("anybody", "somebody’s"), ("nobody", "nobody’s")]
            .map(|(value, words)| (value.to_owned(), words.to_owned()))
            .to_vec();
        let others = members.iter().filter(|member| asker.is_none_or(|asker| asker.id != member.id));
        tasks.extend(others.map(|member| (member.id.0.clone(), member.name.clone())));
        let languages =
            page.languages.iter().map(|(language, many)| (language.clone(), format!("{language} ({many})")));
        let sources = page.sources.iter().take(OFFERED);
        let watches = page.watches.iter().take(OFFERED);
        vec![
            choice(
                "order",
                "Order",
                "what matters most",
                [("newest".to_owned(), "the newest".to_owned())],
                &self.order,
            ),
            choice(
                "source",
                "Source",
                "any",
                sources.map(|(id, name, n)| (id.0.clone(), format!("{name} ({n})"))),
                &self.source,
            ),
            choice("language", "Language", "any", languages, &self.language),
            choice(
                "watch",
                "Watch",
                "any",
                watches.map(|(id, title, n)| (id.0.clone(), format!("{title} ({n})"))),
                &self.watch,
            ),
            choice("task", "Task", "any", tasks, &self.task),
        ]
    }
}

fn choice(
    name: &'static str,
    label: &'static str,
    any: &str,
    options: impl IntoIterator<Item = (String, String)>,
    chosen: &str,
) -> Choice {
    let mut all = vec![(String::new(), any.to_owned(), chosen.is_empty())];
    all.extend(options.into_iter().map(|(value, words)| {
        let is_chosen = value == chosen;
        (value, words, is_chosen)
    }));
    // What is chosen can be seen and unchosen also where nothing of it is left.
    if !all.iter().any(|(.., is_chosen)| *is_chosen) {
        all.push((chosen.to_owned(), chosen.to_owned(), true));
    }
    Choice { name, label, options: all }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_brings_back_the_filters_and_nothing_else() {
        let asked = Asked::kept("show=later&language=fa&q=%D8%A2%D8%A8+x&doc=doc-1&after=9&evil=1&task=me");
        assert_eq!(asked.keep(), "show=later&language=fa&task=me&q=%D8%A2%D8%A8+x");
        assert!(asked.is_filtered());
        assert_eq!(Asked::kept("show=burnt").keep(), "show=new");
        assert_eq!(Asked::kept("%").keep(), "show=new");
    }
}
