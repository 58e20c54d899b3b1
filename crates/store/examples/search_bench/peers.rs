//! The peers: SQLite's FTS5 and PostgreSQL's tsvector, each as its manual says one asks it for ranked hits with snippets.

use crate::Piece;
use postgres::{Client, NoTls};
use std::path::Path;

/// An engine that is asked for the best `limit` keys, all words first, then any; with snippets.
pub trait Engine {
    fn name(&self) -> &'static str;
    fn ask(&mut self, question: &str, limit: usize) -> Vec<String>;
}

/// The words of a question, as an engine without our fields can take them.
fn words(question: &str) -> Vec<String> {
    question
        .split_whitespace()
        .filter(|word| !word.contains(':'))
        .flat_map(|word| word.split(|c: char| !c.is_alphanumeric() && !"'’-\u{200c}".contains(c)))
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

pub struct Fts5 {
    connection: rusqlite::Connection,
}

impl Fts5 {
    pub fn fill(folder: &Path, pieces: &mut dyn Iterator<Item = Piece>) -> Self {
        let connection = rusqlite::Connection::open(folder.join("fts5.sqlite")).unwrap();
        let make = "PRAGMA synchronous = OFF; PRAGMA journal_mode = OFF; CREATE VIRTUAL TABLE piece USING \
            fts5(key UNINDEXED, title, text, tokenize = 'porter unicode61 remove_diacritics 2'); BEGIN";
        connection.execute_batch(make).unwrap();
        {
            let mut insert = connection.prepare("INSERT INTO piece (key, title, text) VALUES (?1, ?2, ?3)").unwrap();
            for piece in pieces {
                insert.execute((&piece.key, &piece.title, &piece.text)).unwrap();
            }
        }
        connection.execute_batch("COMMIT; INSERT INTO piece (piece) VALUES ('optimize')").unwrap();
        Self { connection }
    }

    fn matching(&self, query: &str, limit: usize) -> Vec<String> {
        let sql = "SELECT key, snippet(piece, 2, '<mark>', '</mark>', '…', 40) FROM piece WHERE piece MATCH ?1 \
            ORDER BY rank LIMIT ?2";
        let mut statement = self.connection.prepare_cached(sql).unwrap();
        let rows = statement.query_map((query, limit as i64), |row| {
            let _snippet: String = row.get(1)?;
            row.get::<_, String>(0)
        });
        rows.and_then(Iterator::collect).unwrap_or_default()
    }
}

impl Engine for Fts5 {
    fn name(&self) -> &'static str {
        "FTS5"
    }

    fn ask(&mut self, question: &str, limit: usize) -> Vec<String> {
        if question.contains('"') {
            let phrase: Vec<String> = question
                .split('"')
                .map(str::trim)
                .filter(|part| !part.is_empty())
                .map(|part| format!("\"{part}\""))
                .collect();
            return self.matching(&phrase.join(" AND "), limit);
        }
        let words: Vec<String> = words(question).iter().map(|word| format!("\"{}\"", word.replace('"', ""))).collect();
        let mut found = self.matching(&words.join(" AND "), limit);
        if found.len() < limit && words.len() > 1 {
            for key in self.matching(&words.join(" OR "), limit) {
                if !found.contains(&key) {
                    found.push(key);
                }
            }
        }
        found.truncate(limit);
        found
    }
}

pub struct Tsvector {
    client: Client,
    schema: String,
}

impl Tsvector {
    pub fn fill(url: &str, pieces: &mut dyn Iterator<Item = Piece>) -> Option<Self> {
        let mut client = Client::connect(url, NoTls).ok()?;
        let schema = format!("search_bench_{}", std::process::id());
        let make = format!(
            "CREATE SCHEMA {schema}; SET search_path = {schema}; \
             CREATE UNLOGGED TABLE piece (key text, title text, text text, v tsvector)"
        );
        client.batch_execute(&make).unwrap();
        {
            let mut copy = client.copy_in("COPY piece (key, title, text) FROM STDIN").unwrap();
            let escaped = |text: &str| {
                text.replace('\\', "\\\\").replace('\t', " ").replace('\n', "\\n").replace(['\r', '\0'], "")
            };
            for piece in pieces {
                let line = format!("{}\t{}\t{}\n", escaped(&piece.key), escaped(&piece.title), escaped(&piece.text));
                std::io::Write::write_all(&mut copy, line.as_bytes()).unwrap();
            }
            copy.finish().unwrap();
        }
        let index = "UPDATE piece SET v = setweight(to_tsvector('english', title), 'A') || to_tsvector('english', text); \
            CREATE INDEX ON piece USING gin (v); ANALYZE piece";
        client.batch_execute(index).unwrap();
        Some(Self { client, schema })
    }

    fn matching(&mut self, make: &str, query: &str, limit: usize) -> Vec<String> {
        let sql = format!(
            "SELECT key, ts_headline('english', text, q) FROM (SELECT key, text, q FROM piece, {make} q WHERE v @@ q \
             ORDER BY ts_rank_cd(v, q) DESC LIMIT $2) best"
        );
        let rows = self.client.query(&sql, &[&query, &(limit as i64)]);
        rows.map(|rows| rows.iter().map(|row| row.get(0)).collect()).unwrap_or_default()
    }
}

impl Engine for Tsvector {
    fn name(&self) -> &'static str {
        "tsvector"
    }

    fn ask(&mut self, question: &str, limit: usize) -> Vec<String> {
        let plain = match question.contains('"') {
            true => question.to_owned(),
            false => words(question).join(" "),
        };
        let make = "websearch_to_tsquery('english', $1)";
        let mut found = self.matching(make, &plain, limit);
        if found.len() < limit && !question.contains('"') && plain.contains(' ') {
            let any = plain.split(' ').collect::<Vec<_>>().join(" or ");
            for key in self.matching(make, &any, limit) {
                if !found.contains(&key) {
                    found.push(key);
                }
            }
        }
        found.truncate(limit);
        found
    }
}

impl Drop for Tsvector {
    fn drop(&mut self) {
        let _ = self.client.batch_execute(&format!("DROP SCHEMA {} CASCADE", self.schema));
    }
}
