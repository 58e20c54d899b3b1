//! The fields at the head of a Markdown file, in YAML between `---` or in TOML between `+++`.

use super::segments::Segment;

/// Lines within which the fields end.
const LONGEST: usize = 80;

/// Marks title, date and authors; other fields stand outside the edition. Gives the number of segments that are fields.
pub(super) fn mark(characters: &[char], segments: &mut [Segment]) -> usize {
    let text = |segment: &Segment| characters[segment.start..segment.end].iter().collect::<String>();
    let Some(fence) = segments.first().map(&text).filter(|fence| fence == "---" || fence == "+++") else {
        return 0;
    };
    let closes = |segment: &Segment| text(segment) == fence;
    let Some(end) = segments.iter().take(LONGEST).skip(1).position(closes).map(|at| at + 2) else { return 0 };
    let mut authors = false;
    for segment in &mut segments[..end] {
        let line = text(segment);
        segment.spaced = true;
        let item = line.strip_prefix("- ").filter(|_| authors);
        let (key, value) = match (item, line.find([':', '='])) {
            (Some(item), _) => ("author", line.len() - item.trim_start().len()),
            (None, Some(at)) => (line[..at].trim(), line.len() - line[at + 1..].trim_start().len()),
            (None, None) => ("", 0),
        };
        let key = key.to_ascii_lowercase();
        let named = matches!(key.as_str(), "author" | "authors" | "by" | "byline" | "name");
        authors = named && (item.is_some() || value == line.len());
        if value >= line.len() || !(named || matches!(key.as_str(), "title" | "date")) {
            segment.outside = true;
            continue;
        }
        segment.heading = (key == "title").then_some(1);
        segment.byline = named;
        let signs = |c: char| matches!(c, '"' | '\'' | '[' | ']');
        let bare = line[value..].trim_start_matches(signs);
        if bare.is_empty() {
            segment.outside = true;
            continue;
        }
        segment.prefix = line[..line.len() - bare.len()].chars().count();
        let closing = bare.len() - bare.trim_end_matches(signs).len();
        segment.hidden.extend((closing > 0).then(|| segment.end - closing..segment.end));
        let quotes = line.char_indices().filter(|(at, c)| named && *at > line.len() - bare.len() && signs(*c));
        for at in quotes.map(|(at, _)| segment.start + line[..at].chars().count()) {
            if at < segment.end - closing {
                segment.hidden.push(at..at + 1);
            }
        }
        segment.hidden.sort_by_key(|span| span.start);
    }
    end
}
