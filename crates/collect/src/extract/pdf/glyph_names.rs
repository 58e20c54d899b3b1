//! What the names of glyphs mean, after the Adobe Glyph List: names that are built by rule, and the others of the desks'
//! scripts.

use unicode_normalization::UnicodeNormalization;

const NAMED: &str = "space=20 exclam=21 quotedbl=22 numbersign=23 dollar=24 percent=25 ampersand=26 quotesingle=27 parenleft=28 \
parenright=29 asterisk=2a plus=2b comma=2c hyphen=2d minus=2212 period=2e slash=2f zero=30 one=31 two=32 three=33 four=34 five=35 \
six=36 seven=37 eight=38 nine=39 colon=3a semicolon=3b less=3c equal=3d greater=3e question=3f at=40 bracketleft=5b backslash=5c \
bracketright=5d asciicircum=5e underscore=5f grave=60 braceleft=7b bar=7c braceright=7d asciitilde=7e exclamdown=a1 cent=a2 \
sterling=a3 currency=a4 yen=a5 brokenbar=a6 section=a7 dieresis=a8 copyright=a9 ordfeminine=aa guillemotleft=ab logicalnot=ac \
softhyphen=ad sfthyphen=ad registered=ae macron=af degree=b0 plusminus=b1 twosuperior=b2 threesuperior=b3 acute=b4 mu=b5 \
paragraph=b6 periodcentered=b7 middot=b7 cedilla=b8 onesuperior=b9 ordmasculine=ba guillemotright=bb onequarter=bc onehalf=bd \
threequarters=be questiondown=bf AE=c6 Eth=d0 multiply=d7 Oslash=d8 Thorn=de germandbls=df ae=e6 eth=f0 divide=f7 oslash=f8 \
thorn=fe dotlessi=131 dotlessj=237 Lslash=141 lslash=142 OE=152 oe=153 Dcroat=110 dcroat=111 Hbar=126 hbar=127 florin=192 \
circumflex=2c6 caron=2c7 breve=2d8 dotaccent=2d9 ring=2da ogonek=2db tilde=2dc hungarumlaut=2dd endash=2013 emdash=2014 \
quoteleft=2018 quoteright=2019 quotesinglbase=201a quotedblleft=201c quotedblright=201d quotedblbase=201e dagger=2020 \
daggerdbl=2021 bullet=2022 ellipsis=2026 perthousand=2030 guilsinglleft=2039 guilsinglright=203a fraction=2044 Euro=20ac \
trademark=2122 nbspace=a0 nonbreakingspace=a0 fi=fb01 fl=fb02 ff=fb00 ffi=fb03 ffl=fb04 afii57388=60c afii57403=61b \
afii57407=61f afii57440=640 afii57505=6a4 afii57506=67e afii57507=686 afii57508=698 afii57509=6af afii57511=679 afii57534=6d5 \
afii10023=401 afii10071=451 afii61352=2116 afii00208=2015 zerowidthnonjoiner=200c afii61664=200c afii301=200d afii299=200e \
afii300=200f commaaccent=326 Delta=394 Omega=3a9 pi=3c0 infinity=221e partialdiff=2202 summation=2211 radical=221a \
notequal=2260 lessequal=2264 greaterequal=2265 approxequal=2248 lozenge=25ca arrowleft=2190 arrowright=2192 arrowup=2191 \
arrowdown=2193 checkmark=2713 filledbox=25a0 circle=25cb blackcircle=25cf";

/// Series of names that count up, by their first and last number and the character of the first.
const SERIES: &[(u32, u32, u32)] = &[
    (10017, 10022, 0x410),
    (10024, 10049, 0x416),
    (10065, 10070, 0x430),
    (10072, 10097, 0x436),
    (57392, 57401, 0x660),
    (57409, 57434, 0x621),
    (57441, 57458, 0x641),
    (57664, 57690, 0x5d0),
];

const ACCENTS: &[(&str, char)] = &[
    ("acute", '\u{301}'),
    ("grave", '\u{300}'),
    ("circumflex", '\u{302}'),
    ("dieresis", '\u{308}'),
    ("tilde", '\u{303}'),
    ("caron", '\u{30c}'),
    ("cedilla", '\u{327}'),
    ("ring", '\u{30a}'),
    ("macron", '\u{304}'),
    ("breve", '\u{306}'),
    ("ogonek", '\u{328}'),
    ("dotaccent", '\u{307}'),
    ("hungarumlaut", '\u{30b}'),
    ("commaaccent", '\u{326}'),
];

/// The characters that a glyph of that name shows.
pub(super) fn meaning(name: &[u8]) -> Option<String> {
    let name = std::str::from_utf8(name).ok()?.split('.').next().filter(|name| !name.is_empty())?;
    if name.contains('_') {
        return name.split('_').map(one).collect();
    }
    one(name)
}

fn one(name: &str) -> Option<String> {
    let mut letters = name.chars();
    if let (Some(letter), None) = (letters.next(), letters.next())
        && letter.is_ascii_alphabetic()
    {
        return Some(name.to_owned());
    }
    by_number(name).or_else(|| listed(name)).or_else(|| accented(name))
}

fn listed(name: &str) -> Option<String> {
    NAMED
        .split(' ')
        .filter_map(|entry| entry.split_once('='))
        .find(|(known, _)| *known == name)
        .and_then(|(_, code)| character(code))
        .map(String::from)
}

fn character(code: &str) -> Option<char> {
    u32::from_str_radix(code, 16).ok().and_then(char::from_u32)
}

fn by_number(name: &str) -> Option<String> {
    if let Some(codes) = name.strip_prefix("uni").filter(|codes| codes.len() >= 4 && codes.len() % 4 == 0) {
        let codes: Option<String> =
            codes.as_bytes().chunks(4).map(|c| character(std::str::from_utf8(c).ok()?)).collect();
        if codes.is_some() {
            return codes;
        }
    }
    if let Some(code) = name.strip_prefix('u').filter(|code| (4..=6).contains(&code.len())) {
        return character(code).map(String::from);
    }
    let number: u32 = name.strip_prefix("afii")?.parse().ok()?;
    let (first, _, start) = SERIES.iter().find(|(first, last, _)| (*first..=*last).contains(&number))?;
    char::from_u32(start + number - first).map(String::from)
}

fn accented(name: &str) -> Option<String> {
    let letter = name.chars().next().filter(char::is_ascii_alphabetic)?;
    let mark = ACCENTS.iter().find(|(accent, _)| *accent == &name[1..])?.1;
    Some([letter, mark].into_iter().nfc().collect())
}

/// Adobe's standard encoding beyond ASCII (ISO 32000-1, annex D).
const STANDARD: &str = "a1=a1 a2=a2 a3=a3 a4=2044 a5=a5 a6=192 a7=a7 a8=a4 a9=27 aa=201c ab=ab ac=2039 ad=203a ae=fb01 af=fb02 \
b1=2013 b2=2020 b3=2021 b4=b7 b6=b6 b7=2022 b8=201a b9=201e ba=201d bb=bb bc=2026 bd=2030 bf=bf c1=60 c2=b4 c3=2c6 c4=2dc c5=af \
c6=2d8 c7=2d9 c8=a8 ca=2da cb=b8 cd=2dd ce=2db cf=2c7 d0=2014 e1=c6 e3=aa e8=141 e9=d8 ea=152 eb=ba f1=e6 f5=131 f8=142 f9=f8 \
fa=153 fb=df";

/// The characters of a named encoding, by code.
pub(super) fn encoding(name: &[u8]) -> Vec<Option<String>> {
    let bytes: Vec<u8> = (0..=255).collect();
    let decoded = |encoding: &'static encoding_rs::Encoding| {
        bytes
            .iter()
            .map(|byte| {
                let (text, _) = encoding.decode_without_bom_handling(std::slice::from_ref(byte));
                (*byte >= 32).then(|| text.into_owned())
            })
            .collect()
    };
    match name {
        b"MacRomanEncoding" => decoded(encoding_rs::MACINTOSH),
        b"WinAnsiEncoding" | b"PDFDocEncoding" => decoded(encoding_rs::WINDOWS_1252),
        _ => {
            let mut table: Vec<Option<String>> =
                bytes.iter().map(|byte| byte.is_ascii_graphic().then(|| char::from(*byte).to_string())).collect();
            table[32] = Some(" ".to_owned());
            table[0x27] = Some("\u{2019}".to_owned());
            table[0x60] = Some("\u{2018}".to_owned());
            for (code, meaning) in STANDARD.split(' ').filter_map(|entry| entry.split_once('=')) {
                if let Ok(code) = usize::from_str_radix(code, 16) {
                    table[code] = character(meaning).map(String::from);
                }
            }
            table
        }
    }
}
