//! BibTeX, readable by classic BibTeX and by biber: an `@misc` entry, names in braces since they are printed as they stand.

use super::{Style, Work};

pub(super) const STYLE: Style =
    Style { extension: "bib", media_type: "application/x-bibtex; charset=utf-8", label: "BibTeX", render };

const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

fn render(work: &Work) -> String {
    let authors: Vec<String> = work.creators().into_iter().map(|name| format!("{{{}}}", tex(name))).collect();
    let month = usize::try_from(work.date.month()).ok().and_then(|month| MONTHS.get(month.wrapping_sub(1)));
    let fields = [
        ("author", authors.join(" and ")),
        ("title", format!("{{{}}}", tex(&work.title))),
        ("howpublished", tex(&work.series)),
        (
            "organization",
            if work.publisher.is_empty() { String::new() } else { format!("{{{}}}", tex(&work.publisher)) },
        ),
        ("year", work.date.year().to_string()),
        ("month", month.copied().unwrap_or_default().to_owned()),
        ("day", work.date.day().to_string()),
        ("url", address(&work.address)),
        ("note", tex(&work.note())),
        ("langid", tex(&work.language)),
    ];
    let mut entry = format!("@misc{{{},\n", key(&work.key));
    for (name, value) in fields.into_iter().filter(|(_, value)| !value.is_empty()) {
        // A month is a name of BibTeX's own, which styles print in their language.
        let value = if name == "month" { value } else { format!("{{{value}}}") };
        entry.push_str(&format!("  {name} = {value},\n"));
    }
    entry.push_str("}\n");
    entry
}

/// A key has neither white space nor any of the signs that end it.
fn key(text: &str) -> String {
    text.chars().map(|c| if c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | ':') { c } else { '-' }).collect()
}

/// A text without anything that TeX reads as a command.
fn tex(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' => escaped.push_str("\\textbackslash{}"),
            '~' => escaped.push_str("\\textasciitilde{}"),
            '^' => escaped.push_str("\\textasciicircum{}"),
            '{' | '}' | '&' | '%' | '$' | '#' | '_' => {
                escaped.push('\\');
                escaped.push(c);
            }
            c => escaped.push(c),
        }
    }
    escaped
}

/// An address stands as it is, as biblatex and hyperref read it, but for the signs that would end the field.
fn address(address: &str) -> String {
    address.replace('{', "%7B").replace('}', "%7D").replace('\\', "%5C")
}
