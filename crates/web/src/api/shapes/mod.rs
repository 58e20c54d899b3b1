//! The shapes of the nouns as JSON carries them, for the description of the API. The bodies themselves are the nouns'
//! own canonical form; a test reads and writes each noun through its shape, so that the two can't drift apart.

mod desk;
mod edition;
mod judgement;
mod lead;
mod map;
mod post;
mod review;
mod source;

pub use desk::{EventType, Scale, Section, Term};
pub use edition::{
    AssessmentStep, Citation, CitationMark, Correction, Edition, EditionSection, EditionState, Judgement, Mark,
    MarkKind, Paragraph, ParagraphKind, Passage, Reference, Sentence, Takeaway, Target,
};
pub use judgement::{Assessment, Confidence, Outcome, Step};
pub use lead::{Lead, LeadGiven, LeadState, Made};
pub use map::{
    Count, Event, EventStatus, Evidence, Participant, PlacePrecision, Point, Position, Shape, TimePrecision,
    Visibility, When, Whereabouts,
};
pub use post::{Media, Mention, Post};
pub use review::{Anchor, Finding, Fix, Severity};
pub use source::{Affiliation, Collection, Health, Name, Reliability, Robots, Source};
