//! Roman numerals as notes are labelled: lower case, 1 to 3999.

const STEPS: [(u32, &str); 13] = [
    (1000, "m"),
    (900, "cm"),
    (500, "d"),
    (400, "cd"),
    (100, "c"),
    (90, "xc"),
    (50, "l"),
    (40, "xl"),
    (10, "x"),
    (9, "ix"),
    (5, "v"),
    (4, "iv"),
    (1, "i"),
];

/// The numeral of `number`; `None` outside 1 to 3999.
pub fn roman(number: u32) -> Option<String> {
    if !(1..4000).contains(&number) {
        return None;
    }
    let mut rest = number;
    let mut numeral = String::new();
    for (value, letters) in STEPS {
        while rest >= value {
            numeral.push_str(letters);
            rest -= value;
        }
    }
    Some(numeral)
}

/// The number of a well-formed numeral in either case; `None` for anything else (`iiii`, `vx`, empty).
pub fn number(numeral: &str) -> Option<u32> {
    let numeral = numeral.to_ascii_lowercase();
    let mut rest = numeral.as_str();
    let mut number = 0;
    for (value, letters) in STEPS {
        while let Some(shorter) = rest.strip_prefix(letters) {
            number += value;
            rest = shorter;
        }
    }
    (rest.is_empty() && roman(number)? == numeral).then_some(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_numeral_reads_back() {
        for n in 1..4000 {
            assert_eq!(roman(n).as_deref().and_then(number), Some(n));
        }
    }

    #[test]
    fn malformed_numerals_are_no_numbers() {
        for bad in ["", "iiii", "vx", "iix", "a", "xl i"] {
            assert_eq!(number(bad), None, "{bad}");
        }
        assert_eq!(roman(0), None);
        assert_eq!(roman(4000), None);
    }
}
