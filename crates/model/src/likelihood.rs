//! Scales of likelihood: words for probabilities.

use serde::{Deserialize, Serialize};

/// One term of a scale.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Term {
    /// The term that is printed.
    pub term: String,
    /// Other wordings of the same range.
    #[serde(default)]
    pub also: Vec<String>,
    /// Lowest probability, per cent.
    pub from: u8,
    /// Highest probability, per cent.
    pub to: u8,
}

/// A desk's scale, from the least to the most likely.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Scale {
    /// Its name and standard.
    pub name: String,
    /// Its terms.
    pub terms: Vec<Term>,
}

fn term(term: &str, also: &[&str], from: u8, to: u8) -> Term {
    Term { term: term.to_owned(), also: also.iter().map(|&word| word.to_owned()).collect(), from, to }
}

impl Scale {
    /// US Intelligence Community Directive 203.
    pub fn icd_203() -> Self {
        Self {
            name: "ICD 203".to_owned(),
            terms: vec![
                term("almost no chance", &["remote"], 1, 5),
                term("very unlikely", &["highly improbable"], 5, 20),
                term("unlikely", &["improbable"], 20, 45),
                term("roughly even chance", &["roughly even odds"], 45, 55),
                term("likely", &["probable", "probably"], 55, 80),
                term("very likely", &["highly probable"], 80, 95),
                term("almost certain", &["almost certainly", "nearly certain"], 95, 99),
            ],
        }
    }

    /// UK Professional Head of Intelligence Assessment yardstick.
    pub fn phia() -> Self {
        Self {
            name: "PHIA".to_owned(),
            terms: vec![
                term("remote chance", &[], 0, 5),
                term("highly unlikely", &[], 10, 20),
                term("unlikely", &[], 25, 35),
                term("realistic possibility", &[], 40, 50),
                term("likely", &["probable", "probably"], 55, 75),
                term("highly likely", &[], 80, 90),
                term("almost certain", &["almost certainly"], 95, 100),
            ],
        }
    }

    /// Intergovernmental Panel on Climate Change, guidance note of 2010.
    pub fn ipcc() -> Self {
        Self {
            name: "IPCC".to_owned(),
            terms: vec![
                term("exceptionally unlikely", &[], 0, 1),
                term("very unlikely", &[], 0, 10),
                term("unlikely", &[], 0, 33),
                term("about as likely as not", &[], 33, 66),
                term("likely", &[], 66, 100),
                term("very likely", &[], 90, 100),
                term("virtually certain", &[], 99, 100),
            ],
        }
    }

    /// The scale of that name that ships with the program: `icd-203`, `phia`, `ipcc`.
    pub fn shipped(name: &str) -> Option<Self> {
        match name.to_ascii_lowercase().replace([' ', '_'], "-").as_str() {
            "icd-203" | "icd203" => Some(Self::icd_203()),
            "phia" => Some(Self::phia()),
            "ipcc" => Some(Self::ipcc()),
            _ => None,
        }
    }

    /// The term that is printed so, or that has such another wording.
    pub fn find(&self, wording: &str) -> Option<&Term> {
        let wording = wording.trim().to_lowercase();
        self.terms.iter().find(|t| t.term == wording || t.also.contains(&wording))
    }
}
