//! What is suggested while somebody types: words and pairs of names from what is public, by how often they stand there.

use super::lookup::scan;
use super::words;
use crate::error::Error;
use crate::store::Store;
use sitrep_model::id::DeskId;
use std::collections::HashMap;

/// Words looked at for one suggestion.
const LOOKED_AT: usize = 5000;

impl Store {
    /// Completions of what was typed so far, whole questions, the most frequent first. Only words of public editions and
    /// events are suggested.
    pub fn suggest(&self, prefix: &str, desk: Option<&DeskId>, limit: usize) -> Result<Vec<String>, Error> {
        let Some(opened) = self.search_index().opened()? else { return Ok(Vec::new()) };
        let snapshot = opened.snapshot();
        let searcher = &snapshot.searcher;
        let prefix = prefix.trim_start();
        if prefix.is_empty() || prefix.ends_with(char::is_whitespace) {
            return Ok(Vec::new());
        }
        let desks = match desk {
            Some(desk) => vec![desk.as_str().to_owned()],
            None => desks(searcher, opened.fields.lead)?,
        };
        let typed = words::split(prefix);
        // The last two words together may begin a name; else the last one is completed.
        for taken in [2, 1] {
            let Some(start) = typed.len().checked_sub(taken).and_then(|at| typed.get(at)).map(|word| word.start) else {
                continue;
            };
            let folded: Vec<String> =
                words::split(&prefix[start..]).iter().map(|word| words::folded(word.surface)).collect();
            let folded = folded.join(" ");
            if folded.chars().count() < 2 {
                continue;
            }
            let mut spellings: HashMap<String, (u64, String, u32)> = HashMap::new();
            for desk in &desks {
                let mut looked_at = 0;
                scan(searcher, opened.fields.lead, &format!("{desk}\0{folded}"), &mut |term, freq| {
                    if let Some((word, surface)) = term.split_once('\0').and_then(|(_, rest)| rest.split_once('\0')) {
                        let entry = spellings.entry(word.to_owned()).or_insert_with(|| (0, surface.to_owned(), 0));
                        entry.0 += u64::from(freq);
                        if freq > entry.2 {
                            (entry.1, entry.2) = (surface.to_owned(), freq);
                        }
                    }
                    looked_at += 1;
                    looked_at < LOOKED_AT
                })?;
            }
            let mut found: Vec<(u64, String)> =
                spellings.into_values().map(|(freq, surface, _)| (freq, surface)).collect();
            found.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
            if !found.is_empty() {
                let head = &prefix[..start];
                return Ok(found.into_iter().take(limit).map(|(_, word)| format!("{head}{word}")).collect());
            }
        }
        Ok(Vec::new())
    }
}

/// The desks that have public words.
fn desks(searcher: &tantivy::Searcher, field: tantivy::schema::Field) -> Result<Vec<String>, Error> {
    let mut desks: Vec<String> = Vec::new();
    for reader in searcher.segment_readers() {
        let inverted = reader.inverted_index(field)?;
        let mut from: Vec<u8> = Vec::new();
        loop {
            let mut stream = inverted.terms().range().ge(&from).into_stream().map_err(tantivy::TantivyError::from)?;
            let Some((bytes, _)) = stream.next() else { break };
            let desk: Vec<u8> = bytes.iter().copied().take_while(|byte| *byte != 0).collect();
            from.clone_from(&desk);
            from.push(1);
            let desk = String::from_utf8_lossy(&desk).into_owned();
            if !desks.contains(&desk) {
                desks.push(desk);
            }
        }
    }
    Ok(desks)
}
