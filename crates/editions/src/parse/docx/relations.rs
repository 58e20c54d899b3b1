//! Relations: what the ids of links stand for.

use crate::Error;
use crate::parse::docx::body::events;
use quick_xml::events::Event;
use std::collections::HashMap;

/// Addresses of links by their ids.
pub(super) type Links = HashMap<String, String>;

/// The addresses outside the package that a part links to.
pub(super) fn read(part: Option<&str>) -> Result<Links, Error> {
    let mut links = Links::new();
    each(part, |id, kind, target, external| {
        if external && kind.ends_with("/hyperlink") {
            links.insert(id.to_owned(), target.to_owned());
        }
    })?;
    Ok(links)
}

/// The name of the part that a package's own relations name as its document.
pub(super) fn main(part: Option<&str>) -> Result<Option<String>, Error> {
    let mut found = None;
    each(part, |_, kind, target, external| {
        if !external && kind.ends_with("/officeDocument") {
            found = Some(target.trim_start_matches('/').to_owned());
        }
    })?;
    Ok(found)
}

fn each(part: Option<&str>, mut take: impl FnMut(&str, &str, &str, bool)) -> Result<(), Error> {
    let Some(part) = part else { return Ok(()) };
    events(part, |event, _| {
        if let Event::Start(element) | Event::Empty(element) = event
            && element.local_name().as_ref() == b"Relationship"
        {
            let value = |name: &str| super::body::attribute(element, name).unwrap_or_default();
            let external = value("TargetMode").eq_ignore_ascii_case("External");
            take(&value("Id"), &value("Type"), &value("Target"), external);
        }
        Ok(())
    })
}
