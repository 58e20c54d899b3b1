//! Whether what was signed still holds: for every capture of the store, and for a file that was handed
//! out, without any store.

use crate::error::Error;
use crate::evidence::{RECORDS, STAMPS, VOUCHERS, Voucher, file_statement};
use crate::newsroom::Newsroom;
use crate::signing::{self, statement};
use crate::stamping::{self, Handed, Stamped};
use crate::who::Who;
use serde::Serialize;
use sitrep_collect::wacz::Archive;
use sitrep_model::account::Permission;
use sitrep_model::capture::{Capture, Signature};
use sitrep_store::{Order, Query};
use std::collections::{BTreeMap, BTreeSet};
use std::io::{Read, Seek};

/// Captures looked at, at a time.
const BATCH: usize = 500;
/// Faults named before the rest is only counted.
const NAMED: usize = 1000;

/// What a look at the vouchers of captures found.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Vouched {
    /// Captures whose signature holds.
    pub signed: u64,
    /// Captures that were made before there was a key.
    pub unsigned: u64,
    /// Captures whose bytes were removed by a recorded decision.
    pub removed: u64,
    /// Captures with a time stamp that holds.
    pub stamped: u64,
    /// The public keys that signed.
    pub keys: BTreeSet<String>,
    /// What does not hold: which, and why; the first thousand.
    pub faults: Vec<(String, String)>,
    /// How many do not hold in all.
    pub failed: u64,
}

impl Vouched {
    /// Everything holds.
    pub fn is_clean(&self) -> bool {
        self.failed == 0
    }

    fn fault(&mut self, of: &str, why: impl Into<String>) {
        self.failed += 1;
        if self.faults.len() < NAMED {
            self.faults.push((of.to_owned(), why.into()));
        }
    }

    fn stamp(&mut self, of: &str, says: Result<(), String>) {
        match says {
            Ok(()) => self.stamped += 1,
            Err(why) => self.fault(of, format!("its time stamp fails: {why}")),
        }
    }

    fn judge(&mut self, of: &str, text: &str, signature: Option<&Signature>) {
        let Some(signature) = signature else {
            self.unsigned += 1;
            return;
        };
        match signing::holds(text, signature) {
            Ok(()) => {
                self.signed += 1;
                self.keys.insert(signature.key.clone());
            }
            Err(why) => self.fault(of, format!("its signature fails: {why}")),
        }
    }
}

impl Newsroom {
    /// Looks at the signature and the time stamp of every capture. That the bytes are there and unaltered is the store's
    /// own walk.
    pub fn verify_captures(&self, who: &Who) -> Result<Vouched, Error> {
        who.must(Permission::Operator, None)?;
        let mut vouched = Vouched::default();
        let mut query = Query { order: Order::OldestFirst, limit: BATCH, ..Query::default() };
        loop {
            let page = self.read(|reader| Ok(reader.list::<Capture>(&query)?))?;
            let captures: Vec<Capture> = page.items.into_iter().map(|found| found.value).collect();
            let stamps = self.store().operate(|operations| {
                captures.iter().map(|capture| stamping::stamped(operations, capture)).collect::<Result<Vec<_>, _>>()
            })?;
            for (capture, stamp) in captures.into_iter().zip(stamps) {
                if capture.removed.is_some() {
                    vouched.removed += 1;
                }
                let name = format!("capture {}", capture.id);
                vouched.judge(&name, &statement(&capture)?, capture.signature.as_ref());
                if let Stamped::Token(stamp) = stamp {
                    vouched.stamp(&name, stamp.says.map(drop));
                }
            }
            match page.next {
                Some(next) => query.after = Some(next),
                None => return Ok(vouched),
            }
        }
    }
}

/// What a look at a file found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FileVouched {
    /// Parts that were held against the manifest.
    pub parts: usize,
    /// The key that signed the file as a whole; `None` where nobody did.
    pub signed_by: Option<String>,
    /// Its captures.
    pub captures: Vouched,
}

/// Verifies a WACZ file: each part against its manifest, the manifest's signature, and each capture's records, signature
/// and time stamp. Files of other programs have no vouchers, and are held against their manifest alone.
pub fn verify_file(from: impl Read + Seek) -> Result<FileVouched, Error> {
    let refused = |error: sitrep_collect::wacz::Error| Error::invalid(error.to_string());
    let mut archive = Archive::open(from).map_err(refused)?;
    let checked = archive.check().map_err(refused)?;
    let mut vouched = FileVouched { parts: checked.parts, signed_by: None, captures: Vouched::default() };
    for (part, why) in &checked.faults {
        vouched.captures.fault(part, why);
    }
    if let Some(signature) = &checked.signature {
        let word = |name: &str| signature.get(name).and_then(|value| value.as_str()).unwrap_or_default().to_owned();
        let signature = Signature { key: word("publicKey"), value: word("signature") };
        match signing::holds(&file_statement(&checked.manifest), &signature) {
            Ok(()) => vouched.signed_by = Some(signature.key),
            Err(why) => vouched.captures.fault("datapackage-digest.json", format!("its signature fails: {why}")),
        }
    }
    let Some(lines) = archive.part(VOUCHERS).map_err(refused)? else { return Ok(vouched) };
    let mut vouchers = Vec::new();
    for line in lines.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()) {
        match serde_json::from_slice::<Voucher>(line) {
            Ok(voucher) => vouchers.push(voucher),
            Err(error) => vouched.captures.fault(VOUCHERS, error.to_string()),
        }
    }
    vouchers.sort_by_key(|voucher| voucher.offset);
    let stretches: Vec<_> =
        vouchers.iter().map(|voucher| voucher.offset..voucher.offset.saturating_add(voucher.length)).collect();
    let found = archive.stretches(RECORDS, &stretches).map_err(refused)?;
    for (voucher, found) in vouchers.iter().zip(found) {
        of_capture(&mut vouched.captures, voucher, found.as_deref());
    }
    if let Some(lines) = archive.part(STAMPS).map_err(refused)? {
        of_stamps(&mut vouched.captures, &lines, &vouchers);
    }
    Ok(vouched)
}

/// The time stamps of a file: each must hold for its statement, and be that of a capture that the file vouches for.
fn of_stamps(vouched: &mut Vouched, lines: &[u8], vouchers: &[Voucher]) {
    let known: BTreeMap<&str, &str> =
        vouchers.iter().map(|voucher| (voucher.capture.as_str(), voucher.statement.as_str())).collect();
    for line in lines.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()) {
        let handed: Handed = match serde_json::from_slice(line) {
            Ok(handed) => handed,
            Err(error) => {
                vouched.fault(STAMPS, error.to_string());
                continue;
            }
        };
        let says = match known.get(handed.capture.as_str()) {
            Some(statement) if statement.is_empty() || *statement == handed.statement => handed.holds().map(drop),
            Some(_) => Err("it is about another statement than the one that was signed".to_owned()),
            None => Err("the file holds no such capture".to_owned()),
        };
        vouched.stamp(&format!("capture {}", handed.capture), says);
    }
}

fn of_capture(vouched: &mut Vouched, voucher: &Voucher, records: Option<&str>) {
    let name = format!("capture {}", voucher.capture);
    if voucher.statement.is_empty() {
        vouched.unsigned += 1;
        return;
    }
    let says: serde_json::Value = serde_json::from_str(&voucher.statement).unwrap_or_default();
    let same = |field: &str, value: Option<&str>| value.is_some() && says.get(field).and_then(|v| v.as_str()) == value;
    if !same("warc_sha256", records) || !same("capture", Some(&voucher.capture)) {
        vouched.fault(&name, "its records are not those that were signed");
    }
    let signature = Signature { key: voucher.key.clone(), value: voucher.signature.clone() };
    vouched.judge(&name, &voucher.statement, Some(&signature));
}
