//! The fonts that the press sets with, all under the SIL Open Font License (`fonts/OFL-*.txt`): Source Serif for text,
//! Source Sans for what surrounds it, and their companions for Arabic, Persian and Hebrew.

use std::sync::LazyLock;
use typst::foundations::Bytes;
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;

const FILES: &[&[u8]] = &[
    include_bytes!("../fonts/SourceSerif4-Regular.ttf"),
    include_bytes!("../fonts/SourceSerif4-Italic.ttf"),
    include_bytes!("../fonts/SourceSerif4-SemiBold.ttf"),
    include_bytes!("../fonts/SourceSerif4-SemiBoldItalic.ttf"),
    include_bytes!("../fonts/SourceSans3-Regular.ttf"),
    include_bytes!("../fonts/SourceSans3-SemiBold.ttf"),
    include_bytes!("../fonts/NotoNaskhArabic-Regular.ttf"),
    include_bytes!("../fonts/NotoNaskhArabic-Bold.ttf"),
    include_bytes!("../fonts/FrankRuhlLibre-Regular.ttf"),
    include_bytes!("../fonts/FrankRuhlLibre-SemiBold.ttf"),
];

/// The fonts and what Typst asks of them.
pub(crate) struct Fonts {
    /// Names and coverage, in the order of `fonts`.
    pub(crate) book: LazyHash<FontBook>,
    /// The fonts.
    pub(crate) fonts: Vec<Font>,
}

/// The fonts, read once.
pub(crate) static FONTS: LazyLock<Fonts> = LazyLock::new(|| {
    let fonts: Vec<Font> = FILES.iter().flat_map(|file| Font::iter(Bytes::new(*file))).collect();
    Fonts { book: LazyHash::new(FontBook::from_fonts(&fonts)), fonts }
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_is_a_font_and_all_families_are_there() {
        assert_eq!(FONTS.fonts.len(), FILES.len());
        for family in ["source serif 4", "source sans 3", "noto naskh arabic", "frank ruhl libre"] {
            assert!(FONTS.book.contains_family(family), "{family}");
        }
    }
}
