//! What kinds may be told: the form derives from it, and what desk files and programs give is checked against it.

use super::{Error, kind};
use sitrep_model::source::{Collection, Setting};
use url::Url;

/// What a value looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// An `http` or `https` address.
    Address,
    /// Words of a line.
    Words,
    /// A CSS selector.
    Selector,
    /// A file or folder below the installation's folder for incoming files.
    Path,
    /// Several lines.
    Lines,
    /// A number between two others.
    Number(i64, i64),
}

/// One thing that a kind may be told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SettingSpec {
    /// Its name in desk files.
    pub name: &'static str,
    /// Its name for people.
    pub label: &'static str,
    /// What to give, in a sentence.
    pub hint: &'static str,
    /// What a value looks like.
    pub form: Form,
    /// It can't be left out.
    pub required: bool,
    /// What holds where it is left out; for numbers.
    pub standard: i64,
}

/// A setting that can't be left out.
pub(super) const fn required(name: &'static str, label: &'static str, hint: &'static str, form: Form) -> SettingSpec {
    SettingSpec { name, label, hint, form, required: true, standard: 0 }
}

/// A setting that may be left out.
pub(super) const fn optional(name: &'static str, label: &'static str, hint: &'static str, form: Form) -> SettingSpec {
    SettingSpec { name, label, hint, form, required: false, standard: 0 }
}

/// A number that has a standard.
pub(super) const fn number(
    name: &'static str,
    label: &'static str,
    hint: &'static str,
    between: (i64, i64),
    standard: i64,
) -> SettingSpec {
    SettingSpec { name, label, hint, form: Form::Number(between.0, between.1), required: false, standard }
}

/// Several lines.
pub(super) const fn list(name: &'static str, label: &'static str, hint: &'static str) -> SettingSpec {
    SettingSpec { name, label, hint, form: Form::Lines, required: false, standard: 0 }
}

/// Minutes between two looks.
pub(super) const fn minutes(standard: i64) -> SettingSpec {
    number(
        "every_minutes",
        "Minutes between looks",
        "At most so often; a quiet source is looked at less.",
        (1, 43_200),
        standard,
    )
}

/// Minutes between two looks at a source; `None` for one that is never looked at by itself.
pub fn every_minutes(collection: &Collection) -> Option<u32> {
    let kind = kind(&collection.how).ok()?;
    let spec = kind.settings.iter().find(|spec| spec.name == "every_minutes")?;
    let told = collection.number("every_minutes").unwrap_or(spec.standard);
    u32::try_from(told.max(1)).ok()
}

/// A number that is told, or its standard.
pub(super) fn told(collection: &Collection, spec: &SettingSpec) -> i64 {
    collection.number(spec.name).unwrap_or(spec.standard)
}

/// Whether a kind is told what it needs, and nothing else.
pub fn check(collection: &Collection) -> Result<(), Error> {
    let kind = kind(&collection.how)?;
    if let Some(name) = collection.settings.keys().find(|name| !kind.settings.iter().any(|spec| spec.name == *name)) {
        let known: Vec<&str> = kind.settings.iter().map(|spec| spec.name).collect();
        let known = if known.is_empty() { "nothing".to_owned() } else { known.join(", ") };
        return Err(Error::setting(name, format!("{} is not told this; it is told {known}", kind.label)));
    }
    kind.settings.iter().try_for_each(|spec| fits(spec, collection))?;
    // A plan is pure: what it can't work with is found here and not on the first look.
    (kind.plan)(collection, &super::Memory::new()).map(|_| ())
}

fn fits(spec: &SettingSpec, collection: &Collection) -> Result<(), Error> {
    let wrong = |why: String| Err(Error::setting(spec.name, why));
    let Some(value) = collection.settings.get(spec.name) else {
        return if spec.required { wrong(format!("give this. {}", spec.hint)) } else { Ok(()) };
    };
    match (spec.form, value) {
        (Form::Number(least, most), Setting::Number(number)) => match (least..=most).contains(number) {
            true => Ok(()),
            false => wrong(format!("{number} is not between {least} and {most}")),
        },
        (Form::Number(..), _) => wrong("give a number".to_owned()),
        (Form::Lines, Setting::List(_)) => Ok(()),
        (Form::Lines, _) => wrong("give a list of lines".to_owned()),
        (_, Setting::Text(text)) if text.trim().is_empty() => match spec.required {
            true => wrong(format!("give this. {}", spec.hint)),
            false => Ok(()),
        },
        (Form::Address, Setting::Text(text)) => address(spec.name, text).map(|_| ()),
        (Form::Selector, Setting::Text(text)) => match scraper::Selector::parse(text) {
            Ok(_) => Ok(()),
            Err(error) => wrong(format!("{text:?} is no CSS selector: {error}")),
        },
        (_, Setting::Text(_)) => Ok(()),
        (_, _) => wrong("give words".to_owned()),
    }
}

/// A setting that is an address on the web.
pub(super) fn address(name: &str, text: &str) -> Result<Url, Error> {
    let parsed =
        Url::parse(text.trim()).map_err(|error| Error::setting(name, format!("{text:?} is no address: {error}")))?;
    match parsed.scheme() {
        "http" | "https" => Ok(parsed),
        _ => Err(Error::setting(name, format!("{text:?} is not on the web: give an http or https address"))),
    }
}

/// What a form gives for a setting as its value; `None` where nothing was given.
pub fn value(spec: &SettingSpec, given: &str) -> Option<Setting> {
    let given = given.trim();
    if given.is_empty() {
        return None;
    }
    Some(match spec.form {
        // What is no number stays a word, so that the check can say so.
        Form::Number(..) => given.parse().map_or_else(|_| Setting::Text(given.to_owned()), Setting::Number),
        Form::Lines => {
            Setting::List(given.lines().map(|line| line.trim().to_owned()).filter(|l| !l.is_empty()).collect())
        }
        _ => Setting::Text(given.to_owned()),
    })
}
