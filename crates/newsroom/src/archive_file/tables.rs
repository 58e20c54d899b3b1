//! The tables of the file, described where they are made. The file carries these words in its table `described`.

use sitrep_store::Table;

/// Every table, in the order in which a reader meets them.
pub const TABLES: &[Table] = &[
    ABOUT,
    EDITION,
    ACT,
    SECTION,
    PARAGRAPH,
    SENTENCE,
    CITATION,
    NOTE,
    REFERENCE,
    FACET,
    EVENT,
    SENTENCE_EVENT,
    ASSESSMENT,
    STEP,
];

const ABOUT: Table = Table {
    name: "about",
    meaning: "What this file is, a name and a value a row.",
    columns: &[
        ("name", "TEXT", "desk, title, publisher, label, language, address, format, position"),
        ("value", "TEXT", "Its value."),
    ],
    indexes: &[],
};

const EDITION: Table = Table {
    name: "edition",
    meaning: "An edition as it stands. Of what was taken down only this row and its acts are here.",
    columns: &[
        ("id", "TEXT PRIMARY KEY", "Identifier, stable."),
        ("slug", "TEXT", "Address within the desk."),
        ("title", "TEXT", "Title as printed."),
        ("date", "TEXT", "Its date, YYYY-MM-DD."),
        ("state", "TEXT", "published, corrected, retracted or taken_down."),
        ("published", "TEXT", "When it was published, RFC 3339 in UTC."),
        ("cutoff", "TEXT", "Data cut-off, RFC 3339 in UTC."),
        ("authors", "TEXT", "Authors as printed, divided by semicolons."),
        ("standing", "TEXT", "The standing description as printed."),
        ("version", "INTEGER", "Its version in the record."),
        ("recorded", "TEXT", "Since when it stands so, RFC 3339 in UTC."),
        ("url", "TEXT", "Public address."),
    ],
    indexes: &[&["date"]],
};

const ACT: Table = Table {
    name: "act",
    meaning: "A public act on an edition: a correction, a retraction, a take-down.",
    columns: &[
        ("edition", "TEXT", "The edition."),
        ("at", "TEXT", "When, RFC 3339 in UTC."),
        ("note", "TEXT", "What was wrong and what was done, for readers."),
    ],
    indexes: &[&["edition"]],
};

const SECTION: Table = Table {
    name: "section",
    meaning: "A section of an edition.",
    columns: &[
        ("edition", "TEXT", "The edition."),
        ("place", "INTEGER", "Its place in the edition, from 1."),
        ("section", "TEXT", "The desk's short name of it, where it is a standing section."),
        ("title", "TEXT", "Title as printed."),
        ("level", "INTEGER", "Depth, from 1."),
        ("scope", "TEXT", "Scope statement."),
    ],
    indexes: &[&["edition", "place"]],
};

const PARAGRAPH: Table = Table {
    name: "paragraph",
    meaning: "A paragraph or a key takeaway.",
    columns: &[
        ("id", "TEXT", "Identifier, stable through corrections."),
        ("edition", "TEXT", "The edition."),
        ("section", "INTEGER", "Place of its section; 0 for a key takeaway."),
        ("place", "INTEGER", "Its place in the section, from 1."),
        ("kind", "TEXT", "prose, list_item, figure, quotation; takeaway for a key takeaway."),
        ("text", "TEXT", "The text without note markers."),
        ("campaign", "TEXT", "The campaign that it follows."),
        ("announces", "TEXT", "For a takeaway: the paragraph that it announces."),
    ],
    indexes: &[&["id"], &["edition", "section", "place"], &["campaign"]],
};

const SENTENCE: Table = Table {
    name: "sentence",
    meaning: "A sentence of a paragraph.",
    columns: &[
        ("id", "TEXT", "Identifier, stable through corrections."),
        ("edition", "TEXT", "The edition."),
        ("paragraph", "TEXT", "The paragraph."),
        ("place", "INTEGER", "Its place in the paragraph, from 1."),
        ("start", "INTEGER", "First Unicode code point in the paragraph's text."),
        ("end", "INTEGER", "Behind the last code point."),
        ("text", "TEXT", "Its words."),
        ("assessment", "TEXT", "The assessment that it carries."),
        ("step", "TEXT", "What it does to it: made, reaffirmed, revised, superseded, resolved."),
        ("url", "TEXT", "Public address of what it rests on."),
    ],
    indexes: &[&["id"], &["edition"], &["paragraph"], &["assessment"]],
};

const CITATION: Table = Table {
    name: "citation",
    meaning: "A note marker at a sentence.",
    columns: &[
        ("edition", "TEXT", "The edition."),
        ("sentence", "TEXT", "The sentence."),
        ("offset", "INTEGER", "Code points of the paragraph's text before the marker."),
        ("note", "INTEGER", "Number of the note."),
    ],
    indexes: &[&["edition", "note"], &["sentence"]],
};

const NOTE: Table = Table {
    name: "note",
    meaning: "A note of an edition.",
    columns: &[
        ("edition", "TEXT", "The edition."),
        ("number", "INTEGER", "Number, from 1."),
        ("label", "TEXT", "Label as printed: iv, 12."),
    ],
    indexes: &[&["edition", "number"]],
};

const REFERENCE: Table = Table {
    name: "reference",
    meaning: "A reference that a note lists.",
    columns: &[
        ("edition", "TEXT", "The edition."),
        ("note", "INTEGER", "Number of the note."),
        ("place", "INTEGER", "Its place in the note, from 1."),
        ("kind", "TEXT", "document, address, edition, assessment, text."),
        ("printed", "TEXT", "As printed: defanged where the desk prints it so."),
        ("target", "TEXT", "Identifier of the document, edition or assessment."),
        ("title", "TEXT", "Its title."),
        ("outlet", "TEXT", "The outlet by its host; on shared hosts with its channel."),
        ("source", "TEXT", "Name of the outlet in the desk's register."),
        ("language", "TEXT", "Language of the document, BCP 47."),
        ("published", "TEXT", "When the document was published, RFC 3339 in UTC."),
        ("passage", "TEXT", "The cited words."),
    ],
    indexes: &[&["edition", "note"], &["outlet"], &["target"]],
};

const FACET: Table = Table {
    name: "facet",
    meaning: "What an edition can be found by, and how often.",
    columns: &[
        ("edition", "TEXT", "The edition."),
        ("kind", "TEXT", "section, campaign, outlet, actor, place."),
        ("key", "TEXT", "Its short name or host."),
        ("name", "TEXT", "What it is called."),
        ("times", "INTEGER", "Paragraphs, references or mentions."),
    ],
    indexes: &[&["edition"], &["kind", "key"]],
};

const EVENT: Table = Table {
    name: "event",
    meaning: "A public event on the map.",
    columns: &[
        ("id", "TEXT PRIMARY KEY", "Identifier."),
        ("type", "TEXT", "Type in the desk's codebook."),
        ("summary", "TEXT", "What happened."),
        ("from", "TEXT", "Earliest moment, RFC 3339 in UTC."),
        ("to", "TEXT", "Latest moment."),
        ("where", "TEXT", "The place as printed."),
        ("place", "TEXT", "Identifier of the place in the gazetteer."),
        ("latitude", "REAL", "Degrees, WGS 84."),
        ("longitude", "REAL", "Degrees, WGS 84."),
        ("layer", "TEXT", "The map's layer."),
    ],
    indexes: &[&["from"], &["type"]],
};

const SENTENCE_EVENT: Table = Table {
    name: "sentence_event",
    meaning: "That a sentence reports an event.",
    columns: &[("sentence", "TEXT", "The sentence."), ("event", "TEXT", "The event.")],
    indexes: &[&["sentence"], &["event"]],
};

const ASSESSMENT: Table = Table {
    name: "assessment",
    meaning: "A standing judgement that an edition made public.",
    columns: &[
        ("id", "TEXT PRIMARY KEY", "Identifier."),
        ("statement", "TEXT", "The judgement."),
        ("likelihood", "TEXT", "Term on the desk's scale, as it holds now."),
        ("confidence", "TEXT", "low, moderate, high."),
        ("horizon", "TEXT", "Until when it speaks, YYYY-MM-DD."),
        ("campaign", "TEXT", "The campaign that it speaks of."),
        ("superseded_by", "TEXT", "The assessment that took its place."),
    ],
    indexes: &[],
};

const STEP: Table = Table {
    name: "assessment_step",
    meaning: "A step in an assessment's life.",
    columns: &[
        ("assessment", "TEXT", "The assessment."),
        ("place", "INTEGER", "From 1, oldest first."),
        ("step", "TEXT", "made, reaffirmed, revised, superseded, resolved."),
        ("at", "TEXT", "When, RFC 3339 in UTC."),
        ("edition", "TEXT", "The edition that it was taken in."),
        ("sentence", "TEXT", "The sentence of it."),
        ("likelihood", "TEXT", "Term that holds from here."),
        ("confidence", "TEXT", "low, moderate, high."),
    ],
    indexes: &[&["assessment", "place"]],
};
