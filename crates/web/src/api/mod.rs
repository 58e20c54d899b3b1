//! The JSON API over the newsroom's verbs: one file a station. What is public is read without signing in, as of any
//! moment (`?as_of=`); everything else asks for a session or a token (`Authorization: Bearer …`). Errors are
//! `{"error": {"code", "message", "hint"}}`.

pub(crate) mod archive;
pub(crate) mod assessments;
pub(crate) mod captures;
pub(crate) mod description;
pub(crate) mod desks;
pub(crate) mod documents;
pub(crate) mod editions;
pub(crate) mod events;
pub(crate) mod inbox;
pub(crate) mod leads;
mod lookup;
pub(crate) mod published;
pub mod shapes;
pub(crate) mod sources;
pub(crate) mod watches;
mod wire;

pub use description::described;
