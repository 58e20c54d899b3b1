//! `sitrep extract FILE|DIR`: main text, title, byline, dates, language of a page.

use crate::input;
use crate::outcome::{Failure, Outcome};
use crate::print;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde_json::Value;
use sitrep_collect::extract::{Circumstances, extract};
use std::collections::HashMap;
use std::path::{Path, PathBuf};

/// Print a page's main text, title, byline, dates and language.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: sitrep extract page.html --url https://example.com/2026/11/20/page --json")]
pub struct Args {
    /// A page, `-` for standard input, or a folder of pages (printed as one object a line; addresses from its
    /// `index.jsonl` of `{file, url}` where there is one).
    input: PathBuf,
    /// The address the page came from.
    #[arg(long)]
    url: Option<String>,
    /// The day the page was received, that dates without a year are counted from; today where it is not given.
    #[arg(long, value_name = "DATE")]
    received: Option<Date>,
    /// IANA time zone of the outlet, for times without one.
    #[arg(long, value_name = "ZONE", default_value = "UTC")]
    zone: String,
    /// One object a line, also for a single page.
    #[arg(long)]
    jsonl: bool,
}

/// Runs the command.
pub fn run(args: Args, json: bool) -> Result<Outcome, Failure> {
    let zone = TimeZone::get(&args.zone).map_err(|error| {
        Failure::new(crate::outcome::Class::Usage, "unknown_zone", error.to_string())
            .hint("Give a name like Asia/Tehran.")
    })?;
    let received = args.received.unwrap_or_else(crate::wiring::today);
    let read = |path: &Path, name: Option<&str>, url: Option<&str>| {
        let circumstances = Circumstances { url, content_type: None, zone: zone.clone(), received };
        extracted(path, name, &circumstances)
    };
    if !args.input.is_dir() {
        let name = args.input.file_name().map(|name| name.to_string_lossy());
        let value = read(&args.input, name.as_deref(), args.url.as_deref())?;
        match (args.jsonl, json) {
            (true, _) => print::json_line(&value)?,
            (false, true) => print::json(&value)?,
            (false, false) => print::line(plain(&value))?,
        }
        return Ok(Outcome::Done);
    }
    let addresses = index(&args.input)?;
    let mut outcome = Outcome::Done;
    for path in input::expand(std::slice::from_ref(&args.input))? {
        let name = path.strip_prefix(&args.input).unwrap_or(&path).to_string_lossy().into_owned();
        if name == "index.jsonl" {
            continue;
        }
        let url = addresses.get(&name).cloned().or_else(|| args.url.clone());
        match read(&path, Some(&name), url.as_deref()) {
            Ok(value) => print::json_line(&value)?,
            Err(error) => {
                outcome = Outcome::Found;
                print::json_line(&serde_json::json!({ "file": name, "error": error }))?;
            }
        }
    }
    Ok(outcome)
}

/// What is read of a page; `name` is what it is called in the answer.
fn extracted(path: &Path, name: Option<&str>, circumstances: &Circumstances<'_>) -> Result<Value, Failure> {
    let bytes = input::read(path)?;
    let extracted = extract(&bytes, circumstances).map_err(|error| Failure::from(error).of(path))?;
    let language = extracted.language.clone().unwrap_or_default();
    let quotations = sitrep_collect::quotations::find(&extracted.paragraphs, &language);
    let mut value = serde_json::to_value(extracted)?;
    if let Some(object) = value.as_object_mut() {
        object.insert("file".to_owned(), name.into());
        object.insert("quotations".to_owned(), serde_json::to_value(quotations)?);
    }
    Ok(value)
}

/// For people: the title, when and by whom, and the text.
fn plain(value: &Value) -> String {
    let word = |name: &str| value.get(name).and_then(Value::as_str).unwrap_or_default();
    let paragraphs: Vec<&str> =
        value.get("paragraphs").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str).collect();
    let about: Vec<&str> =
        ["site", "published", "language"].map(word).into_iter().filter(|text| !text.is_empty()).collect();
    format!("{}\n{}\n\n{}", word("title"), about.join(" · "), paragraphs.join("\n\n"))
}

fn index(folder: &Path) -> Result<HashMap<String, String>, Failure> {
    #[derive(serde::Deserialize)]
    struct Line {
        file: String,
        url: String,
    }
    let path = folder.join("index.jsonl");
    if !path.exists() {
        return Ok(HashMap::new());
    }
    let text = input::text(&path)?;
    let mut addresses = HashMap::new();
    for (number, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let line: Line = serde_json::from_str(line).map_err(|error| {
            Failure::unreadable(format!("{}, line {}: {error}", path.display(), number + 1)).line(Some(number + 1))
        })?;
        addresses.insert(line.file, line.url);
    }
    Ok(addresses)
}
