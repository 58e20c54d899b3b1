//! Every parser as a function of bytes: what a fuzzer calls (`fuzz/`), and what the tests call with seeded mutations of
//! samples. A target fails by panicking: on a broken promise, or because the parser did.
//!
//! This crate must not know: files, sockets, the store, the clock, what a fuzzer is.

mod documents;
mod editions;
pub mod mutation;
mod samples;
mod words;

/// A parser under test.
#[derive(Clone, Copy)]
pub struct Target {
    /// Its name: that of its file in `fuzz/fuzz_targets`.
    pub name: &'static str,
    /// Inputs that it reads well.
    pub samples: fn() -> Vec<Vec<u8>>,
    /// Reads one input. Panics where a promise is broken.
    pub run: fn(&[u8]),
}

/// Every target, in order of name.
pub const TARGETS: &[Target] = &[
    Target { name: "addresses", samples: samples::texts, run: words::addresses },
    Target { name: "charset", samples: samples::texts, run: words::charset },
    Target { name: "dates", samples: samples::texts, run: words::dates },
    Target { name: "edition_docx", samples: samples::documents, run: editions::docx },
    Target { name: "edition_form", samples: samples::forms, run: editions::form },
    Target { name: "edition_html", samples: samples::pages, run: editions::html },
    Target { name: "edition_markdown", samples: samples::forms, run: editions::markdown },
    Target { name: "edition_text", samples: samples::texts, run: editions::text },
    Target { name: "extract", samples: samples::pages, run: documents::extract },
    Target { name: "feed", samples: samples::feeds, run: documents::feed },
    Target { name: "fragment", samples: samples::pages, run: documents::fragment },
    Target { name: "names", samples: samples::texts, run: words::names },
    Target { name: "numbers", samples: samples::figures, run: words::numbers },
    Target { name: "pdf", samples: samples::prints, run: documents::pdf },
    Target { name: "shape", samples: samples::shapes, run: documents::shape },
    Target { name: "style_sheet", samples: samples::sheets, run: documents::style_sheet },
    Target { name: "time_stamp", samples: samples::stamps, run: documents::time_stamp },
    Target { name: "viewing", samples: samples::pages, run: documents::viewing },
    Target { name: "warc", samples: samples::archives, run: documents::warc },
];

/// Runs the target of that name; nothing where there is none.
pub fn run(name: &str, input: &[u8]) {
    if let Some(target) = TARGETS.iter().find(|target| target.name == name) {
        (target.run)(input);
    }
}
