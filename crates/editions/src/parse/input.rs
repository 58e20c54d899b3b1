//! Bytes to text, and which form the text has.

use super::Form;
use crate::Error;
use sitrep_language::charset;

/// The largest input that is read.
pub const MAX_BYTES: usize = 16 * 1024 * 1024;

/// Signs of control that no text has, and what could not be read: at most one in so many.
const RARE: usize = 200;

/// The text of an input in whatever encoding it is.
pub(super) fn decode(input: &[u8]) -> Result<String, Error> {
    if input.len() > MAX_BYTES {
        return Err(Error::TooLarge { bytes: input.len(), limit: MAX_BYTES });
    }
    if let Some(kind) = other_kind(input) {
        let hint = "export it as text, HTML or .docx and try again".to_owned();
        return Err(Error::Document { message: format!("the file is {kind}"), hint });
    }
    let text = charset::decode(input, None, None).text;
    if let Some(byte) = not_text(&text) {
        return Err(Error::NotText { byte });
    }
    if text.trim().is_empty() {
        return Err(Error::Empty);
    }
    Ok(if text.contains('\r') { text.replace("\r\n", "\n").replace('\r', "\n") } else { text })
}

/// The first byte that no text has, where there are too many of its kind.
fn not_text(text: &str) -> Option<usize> {
    // Bytes below 0x80 are whole signs, and all but a few of them are a text's.
    let control = |byte: &u8| matches!(byte, 0..=0x8 | 0xe..=0x1a | 0x1c..=0x1f | 0x7f);
    let unread = text.matches(char::REPLACEMENT_CHARACTER).count();
    let count = text.bytes().filter(|byte| control(byte)).count() + unread;
    if count * RARE <= text.len() && !text.contains('\0') {
        return None;
    }
    text.find(|c: char| c == char::REPLACEMENT_CHARACTER || u8::try_from(c).is_ok_and(|byte| control(&byte)))
}

/// What a file is that begins as files of another kind do.
fn other_kind(input: &[u8]) -> Option<&'static str> {
    const KINDS: [(&[u8], &str); 8] = [
        (b"%PDF-", "a PDF"),
        (b"{\\rtf", "Rich Text (.rtf)"),
        (b"\x89PNG", "a picture"),
        (b"\xFF\xD8\xFF", "a picture"),
        (b"GIF8", "a picture"),
        (b"\x1F\x8B", "compressed with gzip"),
        (b"7z\xBC\xAF", "a 7z archive"),
        (b"Rar!", "a RAR archive"),
    ];
    KINDS.iter().find(|(beginning, _)| input.starts_with(beginning)).map(|(_, kind)| *kind)
}

/// Which form a text most likely has.
pub(super) fn form_of(text: &str) -> Form {
    let head: String = text.chars().take(4000).collect::<String>().to_lowercase();
    // Markdown has tags too, but within lines.
    let tags = ["<p", "<div", "<html", "<!doctype", "<main", "<article", "<h1", "<h2", "<body", "</p", "</h", "</td"];
    if tags.iter().map(|tag| head.matches(tag).count()).sum::<usize>() >= 3
        || head.trim_start().starts_with("<!doctype")
    {
        return Form::Html;
    }
    let marked = |line: &&str| {
        let line = line.trim_start();
        ["# ", "## ", "### ", "[^", "**", "\\[", "[\\["].iter().any(|start| line.starts_with(start))
            && !line.ends_with(" **")
    };
    let fenced = || text.starts_with("---\n") && text[4..].contains("\n---\n");
    if text.starts_with("+++") || fenced() || text.lines().filter(marked).take(2).count() == 2 {
        Form::Markdown
    } else {
        Form::Text
    }
}
