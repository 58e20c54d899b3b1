//! Streams unpacked (ISO 32000-1, 7.4), never beyond a bound. What breaks off is read as far as it goes.

use super::object::{Dict, Value};
use std::io::Read;

/// Filters of one stream, at most.
const MOST: usize = 4;

/// Why a stream gives nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fault {
    /// It unpacks to more than was allowed.
    TooLarge,
    /// A picture, or packed in a way that is not known.
    Unknown,
}

/// Unpacks `packed` by its filters, in order; `parameters` are those of each.
pub(super) fn unpack(
    packed: &[u8],
    filters: &[Vec<u8>],
    parameters: &[Option<&Dict>],
    most: usize,
) -> Result<Vec<u8>, Fault> {
    if filters.len() > MOST {
        return Err(Fault::Unknown);
    }
    let mut bytes = std::borrow::Cow::Borrowed(packed);
    for (index, filter) in filters.iter().enumerate() {
        let parameters = parameters.get(index).copied().flatten();
        let number = |name: &[u8], otherwise: usize| {
            parameters.and_then(|dict| dict.get(name)).and_then(Value::count).unwrap_or(otherwise)
        };
        let unpacked = match filter.as_slice() {
            b"FlateDecode" | b"Fl" => inflate(&bytes, most)?,
            b"LZWDecode" | b"LZW" => lzw(&bytes, number(b"EarlyChange", 1) != 0, most)?,
            b"ASCII85Decode" | b"A85" => ascii85(&bytes),
            b"ASCIIHexDecode" | b"AHx" => ascii_hex(&bytes),
            b"RunLengthDecode" | b"RL" => run_length(&bytes, most)?,
            _ => return Err(Fault::Unknown),
        };
        if unpacked.len() > most {
            return Err(Fault::TooLarge);
        }
        let shape = Rows {
            predictor: number(b"Predictor", 1),
            colours: number(b"Colors", 1).clamp(1, 64),
            bits: number(b"BitsPerComponent", 8).clamp(1, 16),
            columns: number(b"Columns", 1).clamp(1, 1 << 20),
        };
        bytes = std::borrow::Cow::Owned(if shape.predictor > 1 { shape.undo(&unpacked) } else { unpacked });
    }
    Ok(bytes.into_owned())
}

fn inflate(packed: &[u8], most: usize) -> Result<Vec<u8>, Fault> {
    let bound = most as u64 + 1;
    let mut bytes = Vec::new();
    // An error leaves what was read until then.
    let _ = flate2::read::ZlibDecoder::new(packed).take(bound).read_to_end(&mut bytes);
    if bytes.is_empty() {
        let _ = flate2::read::DeflateDecoder::new(packed).take(bound).read_to_end(&mut bytes);
    }
    if bytes.len() > most { Err(Fault::TooLarge) } else { Ok(bytes) }
}

fn lzw(packed: &[u8], early: bool, most: usize) -> Result<Vec<u8>, Fault> {
    const CLEAR: usize = 256;
    const END: usize = 257;
    let early = usize::from(early);
    let mut bytes: Vec<u8> = Vec::new();
    // Where each code's bytes stand in what was written.
    let mut table: Vec<(usize, usize)> = Vec::new();
    let (mut bits, mut held, mut width) = (0_u32, 0_u32, 9_u32);
    let mut last: Option<(usize, usize)> = None;
    for byte in packed {
        bits = (bits << 8) | u32::from(*byte);
        held += 8;
        if held < width {
            continue;
        }
        held -= width;
        let code = ((bits >> held) & ((1 << width) - 1)) as usize;
        bits &= (1 << held) - 1;
        if code == END {
            break;
        }
        if code == CLEAR {
            table.clear();
            width = 9;
            last = None;
            continue;
        }
        let start = bytes.len();
        match (code, table.get(code.wrapping_sub(258)).copied(), last) {
            (0..CLEAR, ..) => bytes.push(code as u8),
            (_, Some((from, to)), _) => bytes.extend_from_within(from..to),
            (_, None, Some((from, to))) if code == table.len() + 258 => {
                bytes.extend_from_within(from..to);
                bytes.push(bytes[from]);
            }
            _ => break,
        }
        if bytes.len() > most {
            return Err(Fault::TooLarge);
        }
        if let Some((from, to)) = last.filter(|_| table.len() < 4096 - 258) {
            table.push((from, to + 1));
        }
        last = Some((start, bytes.len()));
        width = match table.len() + 258 + early {
            0..=511 => 9,
            512..=1023 => 10,
            1024..=2047 => 11,
            _ => 12,
        };
    }
    Ok(bytes)
}

fn ascii85(packed: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut group: Vec<u8> = Vec::with_capacity(5);
    let write = |group: &mut Vec<u8>, bytes: &mut Vec<u8>| {
        let count = group.len();
        if count > 1 {
            group.resize(5, 84);
            let value = group.iter().fold(0_u64, |value, digit| value * 85 + u64::from(*digit)) & 0xffff_ffff;
            bytes.extend_from_slice(&(value as u32).to_be_bytes()[..count - 1]);
        }
        group.clear();
    };
    for byte in packed {
        match byte {
            b'~' => break,
            b'z' if group.is_empty() => bytes.extend_from_slice(&[0; 4]),
            b'!'..=b'u' => {
                group.push(byte - b'!');
                if group.len() == 5 {
                    write(&mut group, &mut bytes);
                }
            }
            _ => {}
        }
    }
    write(&mut group, &mut bytes);
    bytes
}

fn ascii_hex(packed: &[u8]) -> Vec<u8> {
    let digits: Vec<u8> = packed
        .iter()
        .take_while(|byte| **byte != b'>')
        .filter_map(|byte| char::from(*byte).to_digit(16).map(|digit| digit as u8))
        .collect();
    digits.chunks(2).map(|pair| pair[0] * 16 + pair.get(1).copied().unwrap_or(0)).collect()
}

fn run_length(packed: &[u8], most: usize) -> Result<Vec<u8>, Fault> {
    let mut bytes = Vec::new();
    let mut at = 0;
    while let Some(length) = packed.get(at).copied().filter(|length| *length != 128) {
        at += 1;
        if length < 128 {
            let end = (at + usize::from(length) + 1).min(packed.len());
            bytes.extend_from_slice(&packed[at..end]);
            at = end;
        } else if let Some(byte) = packed.get(at) {
            bytes.resize(bytes.len() + 257 - usize::from(length), *byte);
            at += 1;
        }
        if bytes.len() > most {
            return Err(Fault::TooLarge);
        }
    }
    Ok(bytes)
}

/// Rows that were written as differences from their neighbours (7.4.4.4).
struct Rows {
    predictor: usize,
    colours: usize,
    bits: usize,
    columns: usize,
}

impl Rows {
    fn undo(&self, bytes: &[u8]) -> Vec<u8> {
        let pixel = (self.colours * self.bits).div_ceil(8);
        let row = (self.colours * self.bits * self.columns).div_ceil(8);
        if self.predictor == 2 {
            return self.undo_tiff(bytes, pixel, row);
        }
        let mut out: Vec<u8> = Vec::with_capacity(bytes.len());
        let mut above = vec![0_u8; row];
        for line in bytes.chunks(row + 1) {
            let kind = line[0];
            let mut current = line[1..].to_vec();
            current.resize(row, 0);
            for index in 0..row {
                let left = if index >= pixel { current[index - pixel] } else { 0 };
                let corner = if index >= pixel { above[index - pixel] } else { 0 };
                let up = above[index];
                let guess = match kind {
                    1 => left,
                    2 => up,
                    3 => ((u16::from(left) + u16::from(up)) / 2) as u8,
                    4 => paeth(left, up, corner),
                    _ => 0,
                };
                current[index] = current[index].wrapping_add(guess);
            }
            out.extend_from_slice(&current[..(line.len() - 1).min(row)]);
            above = current;
        }
        out
    }

    fn undo_tiff(&self, bytes: &[u8], pixel: usize, row: usize) -> Vec<u8> {
        let mut out = bytes.to_vec();
        if self.bits == 8 {
            for line in out.chunks_mut(row) {
                for index in pixel..line.len() {
                    line[index] = line[index].wrapping_add(line[index - pixel]);
                }
            }
        }
        out
    }
}

fn paeth(left: u8, up: u8, corner: u8) -> u8 {
    let (a, b, c) = (i16::from(left), i16::from(up), i16::from(corner));
    let guess = a + b - c;
    let (from_left, from_up, from_corner) = ((guess - a).abs(), (guess - b).abs(), (guess - c).abs());
    if from_left <= from_up && from_left <= from_corner {
        left
    } else if from_up <= from_corner {
        up
    } else {
        corner
    }
}
