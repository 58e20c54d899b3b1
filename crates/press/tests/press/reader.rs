//! Reads a PDF back with the tools of poppler, where they are installed.

use sitrep_press::Pdf;
use std::path::PathBuf;
use std::process::Command;

/// What `pdftotext` reads, in reading order; `None`, with a line that says so, where it is not installed.
pub(crate) fn text(name: &str, pdf: &Pdf) -> Option<String> {
    run("pdftotext", &["-enc", "UTF-8"], name, pdf, &["-"])
}

/// What `pdfinfo` reads of the file's properties, or with `-dests`, `-struct` and the like.
pub(crate) fn info(name: &str, pdf: &Pdf, arguments: &[&str]) -> Option<String> {
    run("pdfinfo", arguments, name, pdf, &[])
}

fn run(tool: &str, before: &[&str], name: &str, pdf: &Pdf, after: &[&str]) -> Option<String> {
    let file = kept(name, pdf);
    let Ok(output) = Command::new(tool).args(before).arg(&file).args(after).output() else {
        println!("skipped: {tool} is not installed");
        return None;
    };
    assert!(output.status.success(), "{tool}: {}", String::from_utf8_lossy(&output.stderr));
    Some(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// The file, where a person can look at it: `target/tmp/press-NAME.pdf`.
pub(crate) fn kept(name: &str, pdf: &Pdf) -> PathBuf {
    let file = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("press-{name}.pdf"));
    std::fs::write(&file, &pdf.bytes).unwrap();
    file
}

/// A text without white space, since where lines break is not what a test is about, and without marks of direction.
pub(crate) fn solid(text: &str) -> String {
    text.chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}'))
        .collect()
}

/// Whether words stand in a text, whatever the white space.
pub(crate) fn stands(text: &str, words: &str) -> bool {
    solid(text).contains(&solid(words))
}

/// Words each of which stands in a text, in this order, whatever the white space.
#[track_caller]
pub(crate) fn in_order(text: &str, words: &[&str]) {
    let solid_text = solid(text);
    let mut rest = solid_text.as_str();
    for word in words {
        match rest.split_once(&solid(word)) {
            Some((_, after)) => rest = after,
            None => panic!("`{word}` does not come after what stands before it in:\n{text}"),
        }
    }
}
