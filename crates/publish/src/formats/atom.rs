//! The edition as an Atom entry document (RFC 4287), as it stands in the desk's feed.

use crate::feed::atom;
use crate::formats::Format;

/// The form's entry in the registry.
pub(super) const FORMAT: Format = Format {
    id: "atom",
    extension: "atom",
    media_type: "application/atom+xml;type=entry;charset=utf-8",
    label: "Feed entry",
    render: |manuscript| Ok(atom::entry_document(manuscript)),
};
