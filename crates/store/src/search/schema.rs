//! The index's fields, and what of a unit goes into which.

use super::names;
use super::units::Unit;
use super::words::{self, Reader, Tongue, is_stop};
use crate::error::Error;
use sha2::{Digest as _, Sha256};
use sitrep_model::Kind;
use tantivy::TantivyDocument;
use tantivy::schema::{BytesOptions, Field, IndexRecordOption, NumericOptions, Schema, TextFieldIndexing, TextOptions};
use tantivy::tokenizer::{PreTokenizedString, Token};

/// Raised with every change of the fields or of what goes into them: an index of another form is made again.
pub(super) const FORM: u32 = 2;

/// `until` of a unit that still stands.
pub(super) const OPEN: i64 = i64::MAX;

/// Letters of a word of which another spelling is looked for; shorter ones are near too many.
pub(super) const SPELT: usize = 4;

/// The fields.
#[derive(Debug, Clone, Copy)]
pub(super) struct Fields {
    /// Stems, with places.
    pub(super) text: Field,
    /// Words that may be names, by their consonants.
    pub(super) names: Field,
    /// Words as they are, folded: where another spelling is looked for.
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
    let indexed = |option: IndexRecordOption, norms: bool| {
        let indexing = TextFieldIndexing::default().set_tokenizer("raw").set_index_option(option).set_fieldnorms(norms);
        TextOptions::default().set_indexing_options(indexing)
    };
    let fast = || NumericOptions::default().set_fast();
    let mut builder = Schema::builder();
    let fields = Fields {
        text: builder.add_text_field("text", indexed(IndexRecordOption::WithFreqsAndPositions, true)),
        names: builder.add_text_field("names", indexed(IndexRecordOption::WithFreqs, true)),
        words: builder.add_text_field("words", indexed(IndexRecordOption::Basic, false)),
        tags: builder.add_text_field("tags", indexed(IndexRecordOption::Basic, false)),
        lead: builder.add_text_field("lead", indexed(IndexRecordOption::Basic, false)),
        object: builder.add_text_field("object", indexed(IndexRecordOption::Basic, false)),
        open: builder.add_text_field("open", indexed(IndexRecordOption::Basic, false)),
        meta: builder.add_u64_field("meta", fast()),
        desk: builder.add_u64_field("desk", fast()),
        known_from: builder.add_i64_field("known_from", fast()),
        known_until: builder.add_i64_field("known_until", fast()),
        date: builder.add_i64_field("date", fast()),
        group: builder.add_u64_field("group", fast()),
        shown: builder.add_bytes_field("shown", BytesOptions::default().set_stored()),
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
    analysed.read(reader, unit, &shown.text);
    // Words that are not shown are no neighbours of those that are.
    analysed.position += 100;
    analysed.read(reader, unit, &unit.extra);
    document.add_pre_tokenized_text(fields.text, pre_tokenized(analysed.text));
    if !analysed.names.is_empty() {
        document.add_pre_tokenized_text(fields.names, pre_tokenized(analysed.names));
    }
    analysed.words.sort();
    analysed.words.dedup();
    for word in analysed.words {
        document.add_text(fields.words, word);
    }
    for tag in &unit.tags {
        document.add_text(fields.tags, tag);
    }
    if unit.public && known.1 == OPEN {
        analysed.lead.sort();
        analysed.lead.dedup();
        for word in analysed.lead {
            document.add_text(fields.lead, format!("{}\0{word}", shown.desk));
        }
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
    let bytes = serde_json::to_vec(shown).map_err(|e| Error::Search(e.to_string()))?;
    document.add_bytes(fields.shown, &bytes);
    Ok(document)
}

#[derive(Default)]
struct Analysed {
    text: Vec<Token>,
    names: Vec<Token>,
    words: Vec<String>,
    lead: Vec<String>,
    position: usize,
}

impl Analysed {
    fn read(&mut self, reader: &mut Reader, unit: &Unit, text: &str) {
        let tongue = Tongue::of(unit.shown.language.as_deref(), text);
        let mut before: Option<(&str, String, usize)> = None;
        for word in words::split(text) {
            let known = reader.know(word.surface, tongue);
            if known.folded.is_empty() {
                continue;
            }
            self.text.push(token(known.stem.clone(), self.position));
            if known.folded.chars().count() >= SPELT {
                self.words.push(known.folded.clone());
            }
            for term in names::terms(word.surface, &known.folded) {
                self.names.push(token(term, self.names.len()));
            }
            if unit.public && known.folded.chars().count() > 2 && !is_stop(&known.folded) {
                self.lead.push(format!("{}\0{}", known.folded, word.surface));
                let capital = word.surface.chars().next().is_some_and(char::is_uppercase);
                // Two capitalised words that only a space parts are suggested together.
                if let Some((surface, folded, end)) = before.as_ref().filter(|_| capital)
                    && text.get(*end..word.start) == Some(" ")
                {
                    self.lead.push(format!("{folded} {}\0{surface} {}", known.folded, word.surface));
                }
                before = capital.then(|| (word.surface, known.folded.clone(), word.end));
            } else {
                before = None;
            }
            self.position += 1;
        }
    }
}

fn token(text: String, position: usize) -> Token {
    Token { offset_from: 0, offset_to: 0, position, text, position_length: 1 }
}

fn pre_tokenized(tokens: Vec<Token>) -> PreTokenizedString {
    PreTokenizedString { text: String::new(), tokens }
}
