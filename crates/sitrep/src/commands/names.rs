//! `sitrep names A B`: how alike two names are across scripts. `sitrep names FILE`: names in a text.

use crate::desk;
use crate::input;
use crate::outcome::{Class, Failure, Outcome};
use crate::print;
use serde_json::{Value, json};
use sitrep_language::fold::{self, fold};
use sitrep_language::script;
use sitrep_language::transliterate::name_similarity;
use std::collections::HashSet;
use std::path::{Path, PathBuf};

/// Print how alike two names are across scripts, 0 to 1, and why; or the names in a text.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples: sitrep names رئیسی Raisi --json\n          sitrep names report.txt --desk desks/iran --json"
)]
pub struct Args {
    /// Two names; or one file (`-` for standard input). Names in a file are runs of capitalised words, and in every
    /// script the names of the desk's register.
    #[arg(required = true, num_args = 1..=2, value_name = "A B | FILE")]
    given: Vec<String>,
    /// The desk's folder, whose register of names is looked for in every script.
    #[arg(long, value_name = "DIR")]
    desk: Option<PathBuf>,
}

/// Runs the command.
pub fn run(args: Args, as_json: bool) -> Result<Outcome, Failure> {
    match args.given.as_slice() {
        [a, b] => {
            let (score, why) = name_similarity(a, b);
            let score = (score * 1000.0).round() / 1000.0;
            if as_json {
                print::json(&json!({ "a": a, "b": b, "score": score, "why": why }))?;
            } else {
                print::line(format!("{score:.3}  {why}"))?;
            }
            Ok(Outcome::Done)
        }
        [file] => {
            let register = match &args.desk {
                Some(folder) => names_of(&desk::read(folder)?.folder.actors),
                None => HashSet::new(),
            };
            let text = input::text(Path::new(file))?;
            let found = found(&text, &register);
            if as_json {
                print::json(&found)?;
            } else {
                for name in &found {
                    let word = |field: &str| name.get(field).and_then(Value::as_str).unwrap_or_default();
                    print::line(format!(
                        "{}\t{}\t{}",
                        name.get("start").unwrap_or(&Value::Null),
                        word("script"),
                        word("text")
                    ))?;
                }
            }
            Ok(Outcome::Done)
        }
        _ => Err(Failure::new(Class::Usage, "usage", "give two names, or one file")),
    }
}

fn names_of(actors: &[sitrep_model::actor::Actor]) -> HashSet<Vec<String>> {
    let spelt = actors.iter().flat_map(|actor| actor.spellings().map(fold::words));
    spelt.filter(|words| !words.is_empty()).collect()
}

/// A word of the text: where it stands, and how.
struct Word {
    start: usize,
    end: usize,
    text: String,
    folded: String,
}

fn words(characters: &[char]) -> Vec<Word> {
    let inside = |c: char| {
        c.is_alphanumeric() || matches!(c, '\'' | '’' | '\u{200C}' | '-') || matches!(c, '\u{064B}'..='\u{0652}')
    };
    let mut found = Vec::new();
    let mut at = 0;
    while at < characters.len() {
        let start = at;
        while at < characters.len() && inside(characters[at]) {
            at += 1;
        }
        if at > start {
            let text: String = characters[start..at].iter().collect();
            found.push(Word { start, end: at, folded: fold(&text), text });
        } else {
            at += 1;
        }
    }
    found
}

fn found(text: &str, register: &HashSet<Vec<String>>) -> Vec<Value> {
    let characters: Vec<char> = text.chars().collect();
    let words = words(&characters);
    let longest = register.iter().map(Vec::len).max().unwrap_or(0);
    let mut found = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let known = (1..=longest.min(words.len() - at)).rev().find(|length| {
            register.contains(&words[at..at + length].iter().map(|word| word.folded.clone()).collect::<Vec<_>>())
        });
        let length = known.unwrap_or_else(|| capitals(&words[at..], &characters));
        if length > 0 {
            let (start, end) = (words[at].start, words[at + length - 1].end);
            let name: String = characters[start..end].iter().collect();
            let normal = fold(&name);
            let script = format!("{:?}", script::main(&name)).to_lowercase();
            found.push(json!({ "start": start, "end": end, "text": name, "script": script, "normal": normal }));
        }
        at += length.max(1);
    }
    found
}

/// How many words from the first on are a name by their capitals: at least two, particles between them counted.
fn capitals(words: &[Word], characters: &[char]) -> usize {
    const PARTICLES: &[&str] = &["al", "ol", "el", "bin", "ibn", "de", "van", "von", "der", "e"];
    let capital = |word: &Word| {
        let mut letters = word.text.chars();
        letters.next().is_some_and(char::is_uppercase) && letters.any(char::is_lowercase)
    };
    let joined = |at: usize| characters[words[at - 1].end..words[at].start].iter().all(|c| *c == ' ');
    let mut length = 0;
    let mut at = 0;
    while at < words.len() && (at == 0 || joined(at)) {
        if capital(&words[at]) {
            length = at + 1;
        } else if length == 0 || !PARTICLES.contains(&words[at].folded.as_str()) {
            break;
        }
        at += 1;
    }
    if words[..length].iter().filter(|word| capital(word)).count() >= 2 { length } else { 0 }
}
