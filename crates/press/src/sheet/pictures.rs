//! Pictures: what the typesetter may be given, and how large it is.

use super::prose::Block;
use crate::extent::PICTURE;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::Serialize;
use typst::foundations::Bytes;
use typst::visualize::{ExchangeFormat, RasterImage};

/// Longest side in pixels.
const LONGEST: u32 = 6_000;

/// A file of the typesetter's world.
#[derive(Debug)]
pub(crate) struct Picture {
    /// Its name there.
    pub(crate) name: String,
    /// PNG or JPEG.
    pub(crate) bytes: Bytes,
}

/// A picture in the sheet.
#[derive(Debug, Serialize)]
pub(super) struct Figure {
    file: String,
    alternative: Option<String>,
    /// What is printed below it, where that is not a paragraph of the edition.
    pub(super) caption: Option<Block>,
    width: u32,
    height: u32,
}

/// A picture that can be typeset, and its place in the sheet; or why it can't.
pub(super) fn of_bytes(name: &str, bytes: &[u8], alternative: &str) -> Result<(Picture, Figure), String> {
    if bytes.len() > PICTURE {
        return Err(format!("it has {} bytes and may have {PICTURE}", bytes.len()));
    }
    let format = match ExchangeFormat::detect(bytes) {
        Some(format @ (ExchangeFormat::Png | ExchangeFormat::Jpg)) => format,
        _ => return Err("it is neither PNG nor JPEG".to_owned()),
    };
    let stated = if format == ExchangeFormat::Png { png_size(bytes) } else { jpeg_size(bytes) };
    let (width, height) = stated.ok_or("it does not say how large it is")?;
    if width == 0 || height == 0 || width > LONGEST || height > LONGEST {
        return Err(format!("it is {width} by {height} pixels large; its sides may have 1 to {LONGEST}"));
    }
    let bytes = Bytes::new(bytes.to_vec());
    RasterImage::plain(bytes.clone(), format).map_err(|fault| fault.to_string())?;
    let file = format!("{name}.{}", if format == ExchangeFormat::Png { "png" } else { "jpg" });
    let alternative = (!alternative.is_empty()).then(|| alternative.to_owned());
    let figure = Figure { file: file.clone(), alternative, caption: None, width, height };
    Ok((Picture { name: file, bytes }, figure))
}

/// The bytes of a picture that its address carries; `None` for an address that leads elsewhere.
pub(super) fn carried(address: &str) -> Option<Result<Vec<u8>, String>> {
    let data = address.strip_prefix("data:image/png;base64,").or(address.strip_prefix("data:image/jpeg;base64,"))?;
    if data.len() / 4 * 3 > PICTURE {
        return Some(Err(format!("it has more than {PICTURE} bytes")));
    }
    Some(STANDARD.decode(data).map_err(|fault| format!("its data can't be read ({fault})")))
}

/// Width and height as a PNG's header states them.
fn png_size(bytes: &[u8]) -> Option<(u32, u32)> {
    let side = |at: usize| Some(u32::from_be_bytes(bytes.get(at..at + 4)?.try_into().ok()?));
    Some((side(16)?, side(20)?))
}

/// Width and height as the first frame of a JPEG states them.
fn jpeg_size(bytes: &[u8]) -> Option<(u32, u32)> {
    let mut at = 2;
    loop {
        let &[mark, kind, high, low] = bytes.get(at..at + 4)? else { return None };
        if mark != 0xFF {
            return None;
        }
        if kind == 0xFF {
            at += 1;
            continue;
        }
        if matches!(kind, 0xC0..=0xCF) && !matches!(kind, 0xC4 | 0xC8 | 0xCC) {
            let side = |at: usize| Some(u32::from(u16::from_be_bytes(bytes.get(at..at + 2)?.try_into().ok()?)));
            return Some((side(at + 7)?, side(at + 5)?));
        }
        at += 2 + usize::from(u16::from_be_bytes([high, low]));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_picture_is_told() {
        for bad in [&b""[..], b"\x89PNG\r\n\x1a\nnot really", b"\xFF\xD8\xFF\xE0", b"<svg/>"] {
            assert!(of_bytes("x", bad, "").is_err());
        }
        let mut bomb = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec();
        bomb.extend([0, 1, 0, 0, 0, 1, 0, 0, 8, 6, 0, 0, 0]);
        assert!(of_bytes("x", &bomb, "").is_err_and(|fault| fault.contains("65536 by 65536")));
        assert!(carried("/media/x.png").is_none());
        assert!(carried("data:image/png;base64,§").is_some_and(|read| read.is_err()));
    }
}
