//! The form of a source: what every source has, and what its kind is told; the kind says which fields those are.

use serde::Deserialize;
use sitrep_model::id::{DeskId, SourceId};
use sitrep_model::source::{Affiliation, Collection, Reliability, Robots, Setting, Source};
use sitrep_newsroom::kinds::{self, Kind, SettingSpec};
use std::collections::BTreeMap;

const AFFILIATIONS: [&str; 9] =
    ["unknown", "state", "party", "military", "militia", "opposition", "independent", "academic", "international"];

/// The form's matter for its template.
pub(crate) struct Form {
    /// The kind's id.
    pub how: String,
    /// What the kind collects.
    pub what: &'static str,
    /// The source as it is, or as it may become.
    pub name: String,
    pub language: String,
    pub country: String,
    pub hosts: String,
    pub time_zone: String,
    pub note: String,
    pub proxy: String,
    pub defanged: bool,
    pub local: bool,
    pub overruled: bool,
    pub requisites: bool,
    /// What the kind is told.
    pub fields: Vec<Field>,
    /// Names, and which one is chosen.
    pub affiliations: Vec<(&'static str, bool)>,
    /// Grades with their meaning, and which one is chosen.
    pub grades: Vec<(String, &'static str, bool)>,
}

/// One thing that a kind is told.
pub(crate) struct Field {
    pub name: String,
    pub label: &'static str,
    pub hint: &'static str,
    pub value: String,
    pub required: bool,
    /// `text`, `url`, `number` or `lines`.
    pub input: &'static str,
}

/// The kinds that a form offers.
pub(crate) fn kinds_offered() -> Vec<(&'static str, &'static str)> {
    kinds::KINDS.iter().map(|kind| (kind.id, kind.label)).collect()
}

impl Form {
    /// A form for a new source of a kind; of feeds, where there is no such kind.
    pub(crate) fn empty(how: &str) -> Self {
        let kind = kinds::kind(how).unwrap_or(&kinds::KINDS[0]);
        Self::of_kind(kind, &Collection::of(kind.id), Affiliation::default(), Reliability::default())
    }

    /// A form filled with a source.
    pub(crate) fn of(source: &Source) -> Self {
        let kind = kinds::kind(&source.collection.how).unwrap_or(&kinds::KINDS[0]);
        let word = |word: &Option<String>| word.clone().unwrap_or_default();
        Self {
            name: source.name.clone(),
            language: source.language.clone(),
            country: word(&source.country),
            hosts: source.hosts.join(", "),
            time_zone: word(&source.time_zone),
            note: word(&source.note),
            proxy: word(&source.proxy),
            defanged: source.defanged,
            local: source.local,
            overruled: source.robots == Robots::Overruled,
            requisites: source.requisites,
            ..Self::of_kind(kind, &source.collection, source.affiliation, source.reliability)
        }
    }

    fn of_kind(kind: &Kind, told: &Collection, affiliation: Affiliation, reliability: Reliability) -> Self {
        use Reliability::{A, B, C, D, E, F};
        let chosen = serde_json::to_value(affiliation).ok();
        Self {
            how: kind.id.to_owned(),
            what: kind.what,
            name: String::new(),
            language: String::new(),
            country: String::new(),
            hosts: String::new(),
            time_zone: String::new(),
            note: String::new(),
            proxy: String::new(),
            defanged: false,
            local: false,
            overruled: false,
            requisites: false,
            fields: kind.settings.iter().map(|spec| field(spec, told)).collect(),
            affiliations: AFFILIATIONS.iter().map(|name| (*name, chosen.as_ref().is_some_and(|c| c == name))).collect(),
            grades: [A, B, C, D, E, F]
                .map(|grade| (format!("{grade:?}"), grade.meaning(), grade == reliability))
                .into(),
        }
    }
}

fn field(spec: &SettingSpec, told: &Collection) -> Field {
    use sitrep_newsroom::kinds::Form as Looks;
    let value = match told.settings.get(spec.name) {
        Some(Setting::Text(text)) => text.clone(),
        Some(Setting::Number(number)) => number.to_string(),
        Some(Setting::Flag(flag)) => flag.to_string(),
        Some(Setting::List(list)) => list.join("\n"),
        None if spec.standard != 0 => spec.standard.to_string(),
        None => String::new(),
    };
    let input = match spec.form {
        Looks::Address => "url",
        Looks::Number(..) => "number",
        Looks::Lines => "lines",
        Looks::Words | Looks::Selector | Looks::Path => "text",
    };
    Field {
        name: format!("set_{}", spec.name),
        label: spec.label,
        hint: spec.hint,
        value,
        required: spec.required,
        input,
    }
}

/// What a form gives. What its kind is told comes under `set_…`.
#[derive(Debug, Deserialize)]
pub(crate) struct Given {
    how: String,
    name: String,
    language: String,
    affiliation: String,
    reliability: String,
    #[serde(default)]
    country: String,
    #[serde(default)]
    hosts: String,
    #[serde(default)]
    time_zone: String,
    #[serde(default)]
    note: String,
    #[serde(default)]
    proxy: String,
    defanged: Option<String>,
    local: Option<String>,
    overruled: Option<String>,
    requisites: Option<String>,
    #[serde(flatten)]
    rest: BTreeMap<String, String>,
}

impl Given {
    /// The source that the form describes; what the form does not show stays as it is in `before`.
    pub(crate) fn source(self, desk: &DeskId, before: Option<Source>) -> Source {
        let quoted = |word: &str| serde_json::Value::String(word.to_owned());
        let word = |word: String| Some(word.trim().to_owned()).filter(|word| !word.is_empty());
        let id = SourceId(format!("{desk}-{}", sitrep_newsroom::ids::slug(&self.name)));
        let mut collection = Collection::of(self.how);
        for spec in kinds::kind(&collection.how).map(|kind| kind.settings).unwrap_or_default() {
            let given = self.rest.get(&format!("set_{}", spec.name)).map(String::as_str).unwrap_or_default();
            if let Some(value) = kinds::value(spec, given) {
                collection = collection.with(spec.name, value);
            }
        }
        let (id, names, retired) = before.map_or((id, Vec::new(), false), |b| (b.id, b.names, b.retired));
        Source {
            id,
            names,
            retired,
            desk: desk.clone(),
            name: self.name.trim().to_owned(),
            language: self.language.trim().to_owned(),
            country: word(self.country).map(|country| country.to_ascii_uppercase()),
            affiliation: serde_json::from_value(quoted(&self.affiliation)).unwrap_or_default(),
            reliability: serde_json::from_value(quoted(&self.reliability)).unwrap_or_default(),
            collection,
            hosts: self.hosts.split([',', ' ']).map(str::trim).filter(|h| !h.is_empty()).map(str::to_owned).collect(),
            defanged: self.defanged.is_some(),
            local: self.local.is_some(),
            robots: if self.overruled.is_some() { Robots::Overruled } else { Robots::Obeyed },
            proxy: word(self.proxy),
            requisites: self.requisites.is_some(),
            time_zone: word(self.time_zone),
            note: word(self.note),
        }
    }
}
