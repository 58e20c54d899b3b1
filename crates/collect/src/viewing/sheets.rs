//! A style sheet whose addresses are answered out of the capture. What can't be answered keeps no address; and whatever a
//! sheet writes, it does not end the element that it stands in.

use super::dressing::{Dress, resolved};
use url::Url;

/// Sheets that bring each other in, at most.
const DEEPEST: usize = 4;

/// The sheet, or declarations of one element. `depth` counts the sheets that brought this one in.
pub(super) fn answered(text: &str, base: Option<&Url>, dress: &Dress<'_>, depth: usize) -> String {
    let mut scan = Scan { text, at: 0, copied: 0, out: String::with_capacity(text.len()) };
    while let Some(byte) = scan.byte(0) {
        match byte {
            b'/' if scan.byte(1) == Some(b'*') => {
                scan.flush();
                let end = scan.rest().find("*/").map_or(scan.rest().len(), |end| end + 2);
                scan.skip(end);
                scan.out.push(' ');
            }
            b'"' | b'\'' => {
                scan.string();
            }
            b'<' if scan.byte(1) == Some(b'/') => {
                scan.at += 1;
                scan.flush();
                scan.out.push('\\');
                scan.at += 1;
            }
            b'@' if scan.begins("@import") => {
                scan.flush();
                scan.skip("@import".len());
                import(&mut scan, base, dress, depth);
            }
            b'u' | b'U' if scan.begins("url(") && !scan.is_inside_word() => {
                scan.flush();
                let address = scan.address();
                match answer(&address, base, dress) {
                    Some(data) => scan.out.push_str(&format!("url(\"{data}\")")),
                    None => scan.out.push_str("none"),
                }
            }
            _ => scan.at += 1,
        }
    }
    scan.flush();
    scan.out
}

fn import(scan: &mut Scan<'_>, base: Option<&Url>, dress: &Dress<'_>, depth: usize) {
    scan.blanks();
    let address = if scan.begins("url(") { scan.address() } else { scan.quoted() };
    let end = scan.rest().find([';', '\n', '{', '}']).unwrap_or(scan.rest().len());
    let media = scan.rest()[..end].trim().to_owned();
    scan.skip(if scan.rest()[end..].starts_with(';') { end + 1 } else { end });
    let url = resolved(&address, base).filter(|_| depth < DEEPEST);
    let Some(sheet) = url.and_then(|url| dress.sheet(&url, depth + 1)) else { return };
    let is_plain = media.chars().all(|c| c.is_ascii_alphanumeric() || " (),:.-".contains(c));
    match media.as_str() {
        "" => scan.out.push_str(&sheet),
        media if is_plain => scan.out.push_str(&format!("@media {media}{{{sheet}}}")),
        _ => {}
    }
}

/// What an address is answered with: the picture itself. One that holds its picture already stays.
fn answer(address: &str, base: Option<&Url>, dress: &Dress<'_>) -> Option<String> {
    let is_plain = |address: &str| address.chars().all(|c| c.is_ascii_graphic() && !"\"'()\\<>".contains(c));
    if address.get(..11).is_some_and(|start| start.eq_ignore_ascii_case("data:image/")) {
        return is_plain(address).then(|| address.to_owned());
    }
    dress.picture(&resolved(address, base)?)
}

/// A place in a sheet; what was passed over is copied when it is flushed.
struct Scan<'a> {
    text: &'a str,
    at: usize,
    copied: usize,
    out: String,
}

impl<'a> Scan<'a> {
    fn byte(&self, ahead: usize) -> Option<u8> {
        self.text.as_bytes().get(self.at + ahead).copied()
    }

    /// What is still to be read. Every stop is at an ASCII sign, or behind one.
    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn begins(&self, word: &str) -> bool {
        self.rest().get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word))
    }

    fn is_inside_word(&self) -> bool {
        let before = self.at.checked_sub(1).and_then(|at| self.text.as_bytes().get(at));
        before.is_some_and(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'\\' | 0x80..))
    }

    fn flush(&mut self) {
        self.out.push_str(self.text.get(self.copied..self.at).unwrap_or_default());
        self.copied = self.at;
    }

    /// Passes over something that is not copied.
    fn skip(&mut self, bytes: usize) {
        self.at = (self.at + bytes).min(self.text.len());
        self.copied = self.at;
    }

    fn blanks(&mut self) {
        let blanks = self.rest().len() - self.rest().trim_start().len();
        self.skip(blanks);
    }

    /// Passes over a string, which is copied; one that does not end ends with its line.
    fn string(&mut self) {
        let quote = self.byte(0);
        self.at += 1;
        while let Some(byte) = self.byte(0) {
            match byte {
                b'\\' => self.at += if self.byte(1).is_some() { 2 } else { 1 },
                b'<' if self.byte(1) == Some(b'/') => {
                    self.at += 1;
                    self.flush();
                    self.out.push('\\');
                }
                byte if Some(byte) == quote || byte == b'\n' => {
                    self.at += 1;
                    return;
                }
                _ => self.at += 1,
            }
        }
    }

    /// The words of a string, which is not copied.
    fn quoted(&mut self) -> String {
        let Some(quote) = self.byte(0).filter(|byte| matches!(byte, b'"' | b'\'')) else { return String::new() };
        let rest = &self.rest()[1..];
        let end = rest.find([char::from(quote), '\n']).unwrap_or(rest.len());
        self.skip((end + 2).min(self.rest().len()));
        rest[..end].to_owned()
    }

    /// The address in `url(…)`, which is not copied.
    fn address(&mut self) -> String {
        self.skip("url(".len());
        self.blanks();
        if matches!(self.byte(0), Some(b'"' | b'\'')) {
            let address = self.quoted();
            let end = self.rest().find(')').map_or(self.rest().len(), |end| end + 1);
            self.skip(end);
            return address;
        }
        let end = self.rest().find(')').unwrap_or(self.rest().len());
        let address = self.rest()[..end].trim().to_owned();
        self.skip((end + 1).min(self.rest().len()));
        address
    }
}
