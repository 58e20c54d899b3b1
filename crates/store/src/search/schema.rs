//! The index's fields, and what of a unit goes into which.

use super::joined::{self, Words};
use super::units::Unit;
use super::words::{self, Reader, Tongue};
use crate::error::Error;
use sha2::{Digest as _, Sha256};
use sitrep_model::Kind;
use tantivy::TantivyDocument;
use tantivy::schema::{Field, IndexRecordOption, NumericOptions, Schema, TextFieldIndexing, TextOptions};

/// Raised with every change of the fields or of what goes into them: an index of another form is made again.
pub(super) const FORM: u32 = 3;

/// `until` of a unit that still stands.
pub(super) const OPEN: i64 = i64::MAX;

/// The fields.
#[derive(Debug, Clone, Copy)]
pub(super) struct Fields {
    /// Stems, with places.
    pub(super) text: Field,
    /// Which words may be names, by their consonants.
    pub(super) names: Field,
    /// Words as they are, folded: a name is found by its very spelling, and other spellings are looked for here.
    pub(super) words: Field,
    /// `section=levant`, `outlet=example.org` …
    pub(super) tags: Field,
    /// Words of public units as they are written, by desk: what is suggested while somebody types.
    pub(super) lead: Field,
    /// `edition/ed-1`: all units of an object.
    pub(super) object: Field,
    /// `edition/ed-1#p-1`, where the unit still stands.
    pub(super) open: Field,
    /// Kind and whether it is public, in one number.
    pub(super) meta: Field,
    pub(super) desk: Field,
    /// When we knew it so, and until when; microseconds.
    pub(super) known_from: Field,
    pub(super) known_until: Field,
    /// Valid time, microseconds; `i64::MIN` for none.
    pub(super) date: Field,
    /// Units of which a list shows one.
    pub(super) group: Field,
    /// What is shown of it.
    pub(super) shown: Field,
}

/// The schema and its fields.
pub(super) fn schema() -> (Schema, Fields) {
    let indexed = |tokenizer: &str, option: IndexRecordOption, norms: bool| {
        let indexing = TextFieldIndexing::default().set_tokenizer(tokenizer).set_index_option(option);
        TextOptions::default().set_indexing_options(indexing.set_fieldnorms(norms))
    };
    let words = |option, norms| indexed(joined::NAME, option, norms);
    let raw = || indexed("raw", IndexRecordOption::Basic, false);
    let fast = || NumericOptions::default().set_fast();
    let mut builder = Schema::builder();
    let fields = Fields {
        text: builder.add_text_field("text", words(IndexRecordOption::WithFreqsAndPositions, true)),
        names: builder.add_text_field("names", words(IndexRecordOption::Basic, false)),
        words: builder.add_text_field("words", words(IndexRecordOption::WithFreqs, true)),
        tags: builder.add_text_field("tags", raw()),
        lead: builder.add_text_field("lead", words(IndexRecordOption::Basic, false)),
        object: builder.add_text_field("object", raw()),
        open: builder.add_text_field("open", raw()),
        meta: builder.add_u64_field("meta", fast()),
        desk: builder.add_u64_field("desk", fast()),
        known_from: builder.add_i64_field("known_from", fast()),
        known_until: builder.add_i64_field("known_until", fast()),
        date: builder.add_i64_field("date", fast()),
        group: builder.add_u64_field("group", fast()),
        shown: builder.add_text_field("shown", TextOptions::default().set_stored()),
    };
    (builder.build(), fields)
}

/// A number for a text; two texts practically never share one.
pub(super) fn number(text: &str) -> u64 {
    let digest = Sha256::digest(text.as_bytes());
    digest.iter().take(8).fold(0, |number, byte| (number << 8) | u64::from(*byte))
}

/// The bit of a kind in a mask.
pub(super) fn bit(kind: Kind) -> u64 {
    1 << kind as u64
}

/// Set in `meta` where readers may see it.
pub(super) const PUBLIC: u64 = 1 << 32;

/// `edition/ed-1`.
pub(super) fn object_term(kind: Kind, id: &str) -> String {
    format!("{}/{id}", kind.as_str())
}

/// `edition/ed-1#p-1`.
pub(super) fn open_term(kind: Kind, id: &str, anchor: &str) -> String {
    format!("{}/{id}#{anchor}", kind.as_str())
}

/// The index's document for a unit that was known so from a moment until another.
pub(super) fn document(
    fields: &Fields,
    reader: &mut Reader,
    unit: &Unit,
    known: (i64, i64),
) -> Result<TantivyDocument, Error> {
    let shown = &unit.shown;
    let mut document = TantivyDocument::new();
    let mut analysed = Analysed::default();
    reader.next_unit();
    analysed.read(reader, unit, &shown.text);
    // Words that are not shown are no neighbours of those that are.
    analysed.text.part();
    analysed.read(reader, unit, &unit.extra);
    document.add_text(fields.text, analysed.text.into_text());
    document.add_text(fields.words, analysed.words.into_text());
    add_once(&mut document, fields.names, analysed.names);
    for tag in &unit.tags {
        document.add_text(fields.tags, tag);
    }
    if unit.public && known.1 == OPEN {
        add_once(&mut document, fields.lead, analysed.lead);
    }
    document.add_text(fields.object, object_term(shown.kind, &shown.id));
    if known.1 == OPEN {
        document.add_text(fields.open, open_term(shown.kind, &shown.id, &shown.anchor));
    }
    document.add_u64(fields.meta, bit(shown.kind) | if unit.public { PUBLIC } else { 0 });
    document.add_u64(fields.desk, number(&shown.desk));
    document.add_i64(fields.known_from, known.0);
    document.add_i64(fields.known_until, known.1);
    document.add_i64(fields.date, shown.date);
    document.add_u64(fields.group, number(&unit.group()));
    let text = serde_json::to_string(shown).map_err(|e| Error::Search(e.to_string()))?;
    document.add_text(fields.shown, text);
    Ok(document)
}

/// Words of which it only matters that they are there.
fn add_once(document: &mut TantivyDocument, field: Field, mut words: Vec<String>) {
    words.sort_unstable();
    words.dedup();
    let mut joined = Words::default();
    words.iter().for_each(|word| joined.push(word));
    if !joined.is_empty() {
        document.add_text(field, joined.into_text());
    }
}

#[derive(Default)]
struct Analysed {
    text: Words,
    words: Words,
    names: Vec<String>,
    lead: Vec<String>,
}

impl Analysed {
    fn read(&mut self, reader: &mut Reader, unit: &Unit, text: &str) {
        let tongue = Tongue::of(unit.shown.language.as_deref(), text);
        let mut before: Option<(&str, String, usize)> = None;
        for word in words::split(text) {
            let (known, first) = reader.know(word.surface, tongue);
            if known.folded.is_empty() {
                continue;
            }
            for (n, stem) in known.stems.iter().enumerate() {
                if n == 0 { self.text.push(stem) } else { self.text.push_same(stem) }
            }
            self.words.push(&known.folded);
            if first {
                self.names.extend(known.names.iter().cloned());
            }
            if unit.public && known.suggested {
                if first {
                    self.lead.push([&unit.shown.desk, "\0", &known.folded, "\0", word.surface].concat());
                }
                let capital = word.surface.chars().next().is_some_and(char::is_uppercase);
                // Two capitalised words that only a space parts are suggested together.
                if let Some((surface, folded, end)) = before.as_ref().filter(|_| capital)
                    && text.get(*end..word.start) == Some(" ")
                {
                    let parts = [&unit.shown.desk, "\0", folded, " ", &known.folded, "\0", surface, " ", word.surface];
                    self.lead.push(parts.concat());
                }
                before = capital.then(|| (word.surface, known.folded.clone(), word.end));
            } else {
                before = None;
            }
        }
    }
}
