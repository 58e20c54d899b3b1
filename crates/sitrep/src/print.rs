//! The only place that writes to standard output.

use crate::outcome::{Class, Failure, Outcome};
use serde::Serialize;
use std::io::Write;
use std::path::Path;

/// Writes bytes to standard output. A reader that went away (`| head`) is no error.
pub fn bytes(bytes: &[u8]) -> Result<(), Failure> {
    let mut out = std::io::stdout().lock();
    match out.write_all(bytes).and_then(|()| out.flush()) {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => {
            Err(Failure::new(Class::Internal, "output", error.to_string()))
        }
        _ => Ok(()),
    }
}

/// One line of text.
pub fn line(text: impl AsRef<str>) -> Result<(), Failure> {
    bytes(format!("{}\n", text.as_ref()).as_bytes())
}

/// One JSON document, indented.
pub fn json(value: &impl Serialize) -> Result<(), Failure> {
    line(serde_json::to_string_pretty(value)?)
}

/// One JSON object on a line.
pub fn json_line(value: &impl Serialize) -> Result<(), Failure> {
    line(serde_json::to_string(value)?)
}

/// Results of one or several inputs: one input's result stands alone, several stand in a list, each with its
/// `"file"`; a refused input is `{"file", "error"}` and the others go on.
pub fn results(results: Vec<(&Path, Result<serde_json::Value, Failure>)>) -> Result<Outcome, Failure> {
    if results.len() == 1 {
        return match results.into_iter().next() {
            Some((_, Ok(value))) => json(&value).map(|()| Outcome::Done),
            Some((_, Err(failure))) => Err(failure),
            None => Ok(Outcome::Done),
        };
    }
    let mut outcome = Outcome::Done;
    let mut list = Vec::new();
    for (path, result) in results {
        let file = path.display().to_string();
        list.push(match result {
            Ok(serde_json::Value::Object(mut object)) => {
                object.insert("file".to_owned(), file.into());
                serde_json::Value::Object(object)
            }
            Ok(value) => serde_json::json!({ "file": file, "result": value }),
            Err(failure) => {
                outcome = Outcome::Found;
                serde_json::json!({ "file": file, "error": failure })
            }
        });
    }
    json(&list)?;
    Ok(outcome)
}

/// For people: each input's result by `show`, one behind the other; refused inputs are told on standard error, and the
/// others go on. A single one that is refused fails the command.
pub fn each<T>(
    results: Vec<(&Path, Result<T, Failure>)>,
    show: impl Fn(&T) -> Result<(), Failure>,
) -> Result<Outcome, Failure> {
    let several = results.len() > 1;
    let mut outcome = Outcome::Done;
    for (path, result) in results {
        match result {
            Ok(value) => {
                if several {
                    eprintln!("{}:", path.display());
                }
                show(&value)?;
            }
            Err(failure) if several => {
                outcome = Outcome::Found;
                eprintln!("sitrep: {}", failure.message);
            }
            Err(failure) => return Err(failure),
        }
    }
    Ok(outcome)
}
