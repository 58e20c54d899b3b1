//! `sitrep stories FILE.jsonl`: the story of each document, as it arrives.

use crate::outcome::{Class, Failure, Outcome};
use crate::print;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde_json::{Map, Value, json};
use sitrep_sift::stream::{Incoming, Relation, Settings, Stream};
use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

/// Bytes of a line, at most; the rest of a longer one is passed over.
const LONGEST: u64 = 8 * 1024 * 1024;

/// Print the story of each document of a stream, one JSON object a line, as each is read.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: sitrep stories documents.jsonl")]
pub struct Args {
    /// Lines of {id, url, title, text, language, published}, in order of arrival; `-` for standard input. Other usual
    /// names of these fields are understood.
    file: PathBuf,
    /// Documents remembered, at most.
    #[arg(long, default_value_t = Settings::default().documents, value_name = "NUMBER")]
    window: usize,
    /// Days after which a document is forgotten, by the time of publication.
    #[arg(long, default_value_t = Settings::default().days)]
    days: f64,
}

/// A line of the stream.
type Line = Map<String, Value>;

// What a field of a line may be called; the first that is there and not `null` counts.
const ID: &[&str] = &["id", "doc_id", "document_id", "guid"];
const URL: &[&str] = &["url", "link", "address"];
const TITLE: &[&str] = &["title", "headline"];
const TEXT: &[&str] = &["text", "raw_text", "body", "content", "summary"];
const LANGUAGE: &[&str] = &["language", "lang"];
const PUBLISHED: &[&str] = &["published", "published_at_utc", "published_at", "date"];

/// A field of a line; empty where it is absent or `null`.
fn field<'l>(line: &'l Line, names: &[&str]) -> Result<&'l str, Failure> {
    match value(line, names) {
        None => Ok(""),
        Some((_, Value::String(text))) => Ok(text),
        Some((name, _)) => Err(Failure::unreadable(format!("{name} is no text")).hint("Write it in quotation marks.")),
    }
}

fn value<'l>(line: &'l Line, names: &[&str]) -> Option<(&'l String, &'l Value)> {
    names.iter().find_map(|name| line.get_key_value(*name).filter(|(_, value)| !value.is_null()))
}

/// Runs the command.
pub fn run(args: &Args) -> Result<Outcome, Failure> {
    if args.window == 0 || !args.days.is_finite() || args.days <= 0.0 {
        return Err(Failure::new(Class::Usage, "window", "--window and --days are more than nothing"));
    }
    let mut reader = open(&args.file)?;
    let mut stream = Stream::new(Settings { documents: args.window, days: args.days, ..Settings::default() });
    let mut outcome = Outcome::Done;
    let mut bytes = Vec::new();
    for number in 1.. {
        bytes.clear();
        let read = (&mut reader).take(LONGEST).read_until(b'\n', &mut bytes);
        let read = read.map_err(|error| Failure::unreadable(error.to_string()).of(&args.file))?;
        if read == 0 {
            break;
        }
        let is_whole = bytes.ends_with(b"\n") || (read as u64) < LONGEST;
        if !is_whole {
            pass_over(&mut reader).map_err(|error| Failure::unreadable(error.to_string()).of(&args.file))?;
        }
        if bytes.iter().all(u8::is_ascii_whitespace) {
            continue;
        }
        let printed = if is_whole { place(&mut stream, &bytes) } else { Err(too_long()) };
        let printed = printed.unwrap_or_else(|failure| {
            outcome = Outcome::Found;
            json!({ "file": args.file.display().to_string(), "error": failure.line(Some(number)) })
        });
        print::json_line(&printed)?;
    }
    Ok(outcome)
}

fn open(path: &Path) -> Result<Box<dyn BufRead>, Failure> {
    if path == Path::new("-") {
        return Ok(Box::new(BufReader::new(std::io::stdin())));
    }
    let file = File::open(path).map_err(|error| {
        Failure::unreadable(error.to_string())
            .of(path)
            .hint("Give a file of one JSON object a line, or - for standard input.")
    })?;
    Ok(Box::new(BufReader::new(file)))
}

/// Reads on to the end of the line without keeping it.
fn pass_over(reader: &mut Box<dyn BufRead>) -> std::io::Result<()> {
    loop {
        let available = reader.fill_buf()?;
        let end = available.iter().position(|byte| *byte == b'\n');
        let used = end.map_or(available.len(), |at| at + 1);
        reader.consume(used);
        if end.is_some() || used == 0 {
            return Ok(());
        }
    }
}

fn place(stream: &mut Stream, bytes: &[u8]) -> Result<Value, Failure> {
    let bytes = bytes.strip_prefix(&[0xEF, 0xBB, 0xBF]).unwrap_or(bytes);
    let line: Line = serde_json::from_slice(bytes).map_err(|error| {
        Failure::unreadable(format!("no document: {error}"))
            .hint("A line is one JSON object with id, url, title, text, language and published.")
    })?;
    let url = field(&line, URL)?;
    let (printed, id) = match value(&line, ID) {
        Some((_, printed @ Value::String(id))) if !id.is_empty() => (printed.clone(), id.clone()),
        Some((_, printed @ Value::Number(id))) => (printed.clone(), id.to_string()),
        None if !url.is_empty() => (json!(url), url.to_owned()),
        _ => return Err(no_id()),
    };
    let incoming = Incoming {
        id: &id,
        url,
        title: field(&line, TITLE)?,
        text: field(&line, TEXT)?,
        language: field(&line, LANGUAGE)?,
        published: seconds(field(&line, PUBLISHED)?),
    };
    let placed = stream.place(&incoming);
    let of = placed.of.as_deref().filter(|_| placed.relation == Relation::New);
    let why = of.map_or_else(Vec::new, |of| stream.why(&incoming, of));
    Ok(json!({
        "id": printed,
        "story": placed.story,
        "relation": placed.relation.as_str(),
        "of": placed.of,
        "likeness": (placed.likeness * 1000.0).round() / 1000.0,
        "why": why,
    }))
}

fn no_id() -> Failure {
    Failure::unreadable("the document has no id").hint("Give each document an id of its own, or a url.")
}

fn too_long() -> Failure {
    Failure::new(Class::Refused, "too_long", format!("the line has over {LONGEST} bytes"))
}

/// An instant, or the beginning of a day; other texts say nothing about time.
fn seconds(text: &str) -> Option<i64> {
    let day = || TimeZone::UTC.to_timestamp(text.parse::<Date>().ok()?.at(0, 0, 0, 0)).ok();
    text.parse::<Timestamp>().ok().or_else(day).map(Timestamp::as_second)
}
