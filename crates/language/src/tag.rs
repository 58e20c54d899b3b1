//! Tags of languages (BCP 47): the language that a tag names before all else, and how it is written.

/// The primary subtag, as it is written: `pt` of `pt-BR`.
pub fn primary(tag: &str) -> &str {
    tag.split('-').next().unwrap_or_default()
}

/// The language's usual direction, as HTML names it: `rtl` or `ltr`.
pub fn direction(tag: &str) -> &'static str {
    match primary(tag) {
        "fa" | "ar" | "he" | "ur" | "ps" | "ckb" | "yi" => "rtl",
        _ => "ltr",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_names_a_language_and_its_direction() {
        assert_eq!(["fa-AF", "en", ""].map(primary), ["fa", "en", ""]);
        assert_eq!(["fa-AF", "ckb", "en-GB", ""].map(direction), ["rtl", "rtl", "ltr", "ltr"]);
    }
}
