//! What libraries harvest: the questions of OAI-PMH 2.0, answered from the archives of all desks. A desk is a set.

use crate::archive::DayLine;
use crate::error::Error;
use crate::newsroom::Newsroom;
use crate::reading::public_edition;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use sitrep_editions::Manuscript;
use sitrep_model::desk::Desk;
use sitrep_model::edition::EditionState;
use sitrep_publish::oai::{self, Fault, Head, Repository, Resumption};
use std::collections::BTreeMap;

/// Records on a page.
const PAGE: usize = 100;
/// Heads on a page, which cost less.
const HEADS: usize = 1000;

/// What is asked of one request.
type Arguments = BTreeMap<String, String>;

/// One edition that may be harvested.
struct Item {
    desk: usize,
    line: DayLine,
}

/// Which records a list has.
#[derive(Default)]
struct Selection {
    from: Option<Timestamp>,
    until: Option<Timestamp>,
    set: Option<String>,
    offset: usize,
}

impl Newsroom {
    /// Answers a harvester. `given` are the arguments in their order; what is wrong with them is said in the protocol's own way.
    pub fn harvest(&self, given: &[(String, String)]) -> Result<String, Error> {
        let desks = self.desks()?;
        let mut items: Vec<Item> = Vec::new();
        for (at, desk) in desks.iter().enumerate() {
            let lines = self.archive_days(&desk.id, None)?;
            items.extend(lines.into_iter().map(|line| Item { desk: at, line }));
        }
        // In the order of their last change, so that a list that is read while it grows loses nothing.
        items.sort_by(|a, b| (a.line.changed, &a.line.id).cmp(&(b.line.changed, &b.line.id)));
        let repository = self.repository(&desks, &items);
        let body = match answerable(given) {
            Ok((verb, arguments)) => self.answer(&verb, &arguments, &repository, &desks, &items)?,
            Err(fault) => Err(fault),
        };
        Ok(oai::answer(&repository, self.now(), given, body))
    }

    fn answer(
        &self,
        verb: &str,
        arguments: &Arguments,
        repository: &Repository,
        desks: &[Desk],
        items: &[Item],
    ) -> Result<Result<String, Fault>, Error> {
        match verb {
            "Identify" => Ok(Ok(oai::identify(repository))),
            "ListMetadataFormats" => Ok(match arguments.get("identifier") {
                Some(id) if find(repository, desks, items, id).is_none() => Err(unknown(id)),
                _ => Ok(oai::formats()),
            }),
            "ListSets" => {
                let sets: Vec<(String, String)> =
                    desks.iter().map(|desk| (desk.id.to_string(), desk.name.clone())).collect();
                Ok(Ok(oai::sets(&sets)))
            }
            "GetRecord" => {
                let id = arguments.get("identifier").map(String::as_str).unwrap_or_default();
                let Some(item) = find(repository, desks, items, id) else { return Ok(Err(unknown(id))) };
                Ok(Ok(oai::one(&self.harvested(repository, desks, item)?)))
            }
            _ => {
                let records = verb == "ListRecords";
                let selection = match selection(arguments) {
                    Ok(selection) => selection,
                    Err(fault) => return Ok(Err(fault)),
                };
                let chosen: Vec<&Item> = items.iter().filter(|item| selection.holds(desks, item)).collect();
                let size = if records { PAGE } else { HEADS };
                let page: Vec<&Item> = chosen.iter().skip(selection.offset).take(size).copied().collect();
                if page.is_empty() {
                    return Ok(Err(Fault::new("noRecordsMatch", "no edition lies in this span and set")));
                }
                let next = selection.offset + page.len();
                let more = next < chosen.len();
                let resumption = (more || selection.offset > 0).then(|| Resumption {
                    token: more.then(|| selection.token(next)),
                    complete: chosen.len(),
                    cursor: selection.offset,
                });
                if !records {
                    let heads: Vec<Head> = page.iter().map(|item| head(repository, desks, item)).collect();
                    return Ok(Ok(oai::identifiers(&heads, resumption.as_ref())));
                }
                let made: Result<Vec<String>, Error> =
                    page.iter().map(|item| self.harvested(repository, desks, item)).collect();
                Ok(Ok(oai::records(&made?, resumption.as_ref())))
            }
        }
    }

    fn harvested(&self, repository: &Repository, desks: &[Desk], item: &Item) -> Result<String, Error> {
        let head = head(repository, desks, item);
        let desk = &desks[item.desk];
        let edition = self.read(|reader| public_edition(reader, &desk.id, &item.line.slug, None))?;
        // Dublin Core tells nothing of the notes, so nothing that they cite is looked up.
        let cited = sitrep_editions::notes::Cited::default();
        Ok(oai::record(&head, &Manuscript::new(desk, &edition.value, &cited, self.base())))
    }

    fn repository(&self, desks: &[Desk], items: &[Item]) -> Repository {
        let names: Vec<&str> = desks.iter().map(|desk| desk.name.as_str()).collect();
        let host = sitrep_language::address::host(self.base());
        let mail = desks.iter().find_map(|desk| desk.mail_from.clone());
        Repository {
            name: if names.is_empty() { "sitrep".to_owned() } else { names.join("; ") },
            address: format!("{}/oai", self.base()),
            mail: mail.unwrap_or_else(|| format!("postmaster@{host}")),
            earliest: items.first().map_or(Timestamp::UNIX_EPOCH, |item| item.line.changed),
            host,
        }
    }
}

fn head(repository: &Repository, desks: &[Desk], item: &Item) -> Head {
    let desk = &desks[item.desk].id;
    Head {
        identifier: format!("oai:{}:{desk}/{}", repository.host, item.line.slug),
        changed: item.line.changed,
        set: desk.to_string(),
        deleted: item.line.state == EditionState::TakenDown,
    }
}

fn find<'i>(repository: &Repository, desks: &[Desk], items: &'i [Item], id: &str) -> Option<&'i Item> {
    let name = id.strip_prefix(&format!("oai:{}:", repository.host))?;
    let (desk, slug) = name.split_once('/')?;
    items.iter().find(|item| desks[item.desk].id.as_str() == desk && item.line.slug == slug)
}

fn unknown(id: &str) -> Fault {
    Fault::new("idDoesNotExist", format!("there is no record {id:?}"))
}

/// The verb and its arguments, if the protocol allows them together.
fn answerable(given: &[(String, String)]) -> Result<(String, Arguments), Fault> {
    let mut arguments = Arguments::new();
    for (name, value) in given {
        if arguments.insert(name.clone(), value.clone()).is_some() {
            let code = if name == "verb" { "badVerb" } else { "badArgument" };
            return Err(Fault::new(code, format!("{name} is given twice")));
        }
    }
    let verb = arguments.remove("verb").ok_or_else(|| Fault::new("badVerb", "no verb is given"))?;
    let (must, may): (&[&str], &[&str]) = match verb.as_str() {
        "Identify" => (&[], &[]),
        "ListMetadataFormats" => (&[], &["identifier"]),
        "ListSets" => (&[], &["resumptionToken"]),
        "GetRecord" => (&["identifier", "metadataPrefix"], &[]),
        "ListIdentifiers" | "ListRecords" if arguments.contains_key("resumptionToken") => (&["resumptionToken"], &[]),
        "ListIdentifiers" | "ListRecords" => (&["metadataPrefix"], &["from", "until", "set"]),
        other => return Err(Fault::new("badVerb", format!("{other:?} is no verb of OAI-PMH 2.0"))),
    };
    if let Some(missing) = must.iter().find(|name| !arguments.contains_key(**name)) {
        return Err(Fault::new("badArgument", format!("{missing} is missing")));
    }
    let allowed = |name: &str| must.contains(&name) || may.contains(&name);
    if let Some(name) = arguments.keys().find(|name| !allowed(name)) {
        return Err(Fault::new("badArgument", format!("{name} does not go with {verb}")));
    }
    match arguments.get("metadataPrefix") {
        Some(prefix) if prefix != oai::PREFIX => {
            Err(Fault::new("cannotDisseminateFormat", format!("{prefix:?} is not among the formats")))
        }
        _ if verb == "ListSets" && arguments.contains_key("resumptionToken") => {
            Err(Fault::new("badResumptionToken", "the list of sets has one page"))
        }
        _ => Ok((verb, arguments)),
    }
}

fn selection(arguments: &Arguments) -> Result<Selection, Fault> {
    if let Some(token) = arguments.get("resumptionToken") {
        return Selection::of_token(token)
            .ok_or_else(|| Fault::new("badResumptionToken", "this token is none of ours"));
    }
    let (from, until) = (arguments.get("from"), arguments.get("until"));
    if let (Some(from), Some(until)) = (from, until)
        && from.len() != until.len()
    {
        return Err(Fault::new("badArgument", "from and until are given in different granularity"));
    }
    let from = from.map(|text| bound(text, false)).transpose()?;
    let until = until.map(|text| bound(text, true)).transpose()?;
    if from.zip(until).is_some_and(|(from, until)| from > until) {
        return Err(Fault::new("badArgument", "from lies behind until"));
    }
    Ok(Selection { from, until, set: arguments.get("set").cloned(), offset: 0 })
}

/// A bound of a span: a day, or whole seconds in UTC. Both ends belong to the span.
fn bound(text: &str, end: bool) -> Result<Timestamp, Fault> {
    let wrong = || Fault::new("badArgument", format!("{text:?} is neither YYYY-MM-DD nor YYYY-MM-DDThh:mm:ssZ"));
    if text.len() == 10 {
        let day: Date = text.parse().map_err(|_| wrong())?;
        let time = if end { day.at(23, 59, 59, 999_999_999) } else { day.at(0, 0, 0, 0) };
        return TimeZone::UTC.to_timestamp(time).map_err(|_| wrong());
    }
    let at: Timestamp = text.parse().map_err(|_| wrong())?;
    if text.len() != 20 || !text.ends_with('Z') {
        return Err(wrong());
    }
    // Records bear whole seconds: what was written within the last one belongs to it.
    let rest = jiff::SignedDuration::from_nanos(if end { 999_999_999 } else { 0 });
    at.checked_add(rest).map_err(|_| wrong())
}

impl Selection {
    fn holds(&self, desks: &[Desk], item: &Item) -> bool {
        let at = item.line.changed;
        self.from.is_none_or(|from| from <= at)
            && self.until.is_none_or(|until| at <= until)
            && self.set.as_ref().is_none_or(|set| desks[item.desk].id.as_str() == set)
    }

    /// Everything that the next page needs: nothing is remembered between two requests.
    fn token(&self, offset: usize) -> String {
        let moment = |at: Option<Timestamp>| at.map(|at| at.as_nanosecond().to_string()).unwrap_or_default();
        let set = self.set.as_deref().unwrap_or_default();
        format!("{offset}!{}!{}!{set}", moment(self.from), moment(self.until))
    }

    fn of_token(token: &str) -> Option<Self> {
        let parts: Vec<&str> = token.splitn(4, '!').collect();
        let [offset, from, until, set] = parts.as_slice() else { return None };
        let moment = |text: &str| match text {
            "" => Some(None),
            text => text.parse::<i128>().ok().and_then(|at| Timestamp::from_nanosecond(at).ok()).map(Some),
        };
        Some(Self {
            from: moment(from)?,
            until: moment(until)?,
            set: Some((*set).to_owned()).filter(|set| !set.is_empty()),
            offset: offset.parse().ok()?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(pairs: &[(&str, &str)]) -> Result<String, &'static str> {
        let given: Vec<(String, String)> = pairs.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned())).collect();
        let (verb, arguments) = answerable(&given).map_err(|fault| fault.code)?;
        selection(&arguments).map(|_| verb).map_err(|fault| fault.code)
    }

    #[test]
    fn what_the_protocol_forbids_is_told_by_its_codes() {
        assert_eq!(asked(&[]), Err("badVerb"));
        assert_eq!(asked(&[("verb", "Nothing")]), Err("badVerb"));
        assert_eq!(asked(&[("verb", "Identify"), ("verb", "Identify")]), Err("badVerb"));
        assert_eq!(asked(&[("verb", "Identify"), ("set", "x")]), Err("badArgument"));
        assert_eq!(asked(&[("verb", "ListRecords")]), Err("badArgument"));
        assert_eq!(asked(&[("verb", "ListRecords"), ("metadataPrefix", "marc")]), Err("cannotDisseminateFormat"));
        let list = [("verb", "ListRecords"), ("metadataPrefix", "oai_dc")];
        assert!(asked(&list).is_ok());
        for (from, until) in [("2026-11-20", "2026-11-20T00:00:00Z"), ("2026-11-21", "2026-11-20"), ("x", "2026-11-20")]
        {
            assert_eq!(
                asked(&[list[0], list[1], ("from", from), ("until", until)]),
                Err("badArgument"),
                "{from} {until}"
            );
        }
        assert_eq!(asked(&[("verb", "ListRecords"), ("resumptionToken", "7!x!!")]), Err("badResumptionToken"));
    }

    #[test]
    fn a_token_keeps_the_whole_selection() {
        let selection = Selection {
            from: bound("2026-11-01", false).ok(),
            until: bound("2026-11-20T10:00:00Z", true).ok(),
            set: Some("a!b".to_owned()),
            offset: 0,
        };
        let again = Selection::of_token(&selection.token(100)).unwrap();
        assert_eq!(
            (again.from, again.until, again.set, again.offset),
            (selection.from, selection.until, selection.set, 100)
        );
    }
}
