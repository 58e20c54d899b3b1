//! Where a program ends that writes programs: in a comment inside it, end tags of programs that it writes count for
//! nothing.

use super::is_blank;
use memchr::memchr2;

/// Where the end tag of a script begins, or the end.
pub(super) fn end(bytes: &[u8], start: usize) -> usize {
    let is_tag = |at: usize, tag: &[u8]| {
        let rest = &bytes[at..];
        rest.get(..tag.len()).is_some_and(|word| word.eq_ignore_ascii_case(tag))
            && rest.get(tag.len()).is_some_and(|byte| is_blank(*byte) || matches!(byte, b'/' | b'>'))
    };
    // The dashes that began the comment, and whether a script inside it is open.
    let (mut comment, mut inner) = (None, false);
    let mut at = start;
    while let Some(found) = memchr2(b'<', b'>', &bytes[at..]) {
        let here = at + found;
        at = here + 1;
        match (bytes[here], comment) {
            (b'>', Some(dashes)) if here >= dashes + 2 && bytes[..here].ends_with(b"--") => {
                (comment, inner) = (None, false);
            }
            (b'>', _) => {}
            _ if is_tag(here, b"</script") => {
                if !inner {
                    return here;
                }
                inner = false;
            }
            (_, Some(_)) => inner |= is_tag(here, b"<script"),
            (_, None) if bytes[here..].starts_with(b"<!--") => comment = Some(here + 2),
            _ => {}
        }
    }
    bytes.len()
}
