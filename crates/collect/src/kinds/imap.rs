//! A mailbox on a mail server (IMAP): each message of a folder, once. It is opened to be read only; nothing in it changes. Its
//! password is no setting; it is kept as the source's secret.

use super::settings::{Form, minutes, optional, required};
use super::{Answer, Ask, Error, Found, Kind, Memory, Origin, Sample, SettingSpec, fetched, mail, no_address, no_file};
use sitrep_model::source::Collection;
use url::Url;
use url::form_urlencoded::byte_serialize;

pub(super) const KIND: Kind = Kind {
    id: "imap",
    label: "Mailbox",
    what: "Messages of a folder on a mail server (IMAP), which is left as it is; the password is kept as the source's secret.",
    origin: Origin::Mailbox,
    settings: SETTINGS,
    plan,
    read,
    recognise: no_address,
    one: fetched,
    takes: no_file,
    sample: Sample {
        collection: || Collection::of("imap").told("server", "mail.example").told("login", "desk@mail.example"),
        content_type: MESSAGE,
        body: Some(|| include_bytes!("samples/message.eml").to_vec()),
        finds: &["mid:bulletin-7@ministry.example"],
    },
};

const SETTINGS: &[SettingSpec] = &[
    required(
        "server",
        "Mail server",
        "mail.example.org; with its port where it is not 993: mail.example.org:143 is secured by STARTTLS.",
        Form::Words,
    ),
    required("login", "Name", "The name to sign in with, often the whole address.", Form::Words),
    optional(
        "folder",
        "Folder",
        "INBOX where it is left out; folders inside folders as the server writes them.",
        Form::Words,
    ),
    minutes(10),
];

/// What the newsroom gives for a message, and for a list of them.
const MESSAGE: &str = "message/rfc822";

/// Messages of a list that are asked for before the list goes on.
const AT_ONCE: usize = 400;

fn plan(collection: &Collection, memory: &Memory) -> Result<Vec<Ask>, Error> {
    let known = |name: &str| memory.get(name).and_then(|number| number.parse::<u32>().ok());
    Ok(vec![match known("validity").zip(known("newest")) {
        Some((validity, newest)) => list_after(collection, newest)?.knowing("validity", validity.to_string()),
        None => list_after(collection, 0)?,
    }])
}

/// Asks for the numbers of the messages after one, named as RFC 5092 does.
fn list_after(collection: &Collection, number: u32) -> Result<Ask, Error> {
    Ok(Ask::of(format!("{}?UID%20{}:*", folder(collection)?, number.saturating_add(1))))
}

fn folder(collection: &Collection) -> Result<String, Error> {
    let given = collection.text("server").unwrap_or_default().trim();
    let wrong =
        || Error::setting("server", format!("{given:?} is no mail server: give its name, as in mail.example.org"));
    let named = given.split_once("://").map_or(given, |(_, rest)| rest).trim_end_matches('/');
    let scheme = match given.split_once("://").map(|(scheme, _)| scheme) {
        None if named.ends_with(":143") => "imap",
        None | Some("imaps") => "imaps",
        Some("imap") => "imap",
        Some(_) => return Err(wrong()),
    };
    let server = Url::parse(&format!("{scheme}://{named}")).map_err(|_| wrong())?;
    let plain = server.username().is_empty() && matches!(server.path(), "" | "/") && server.query().is_none();
    if !plain || server.host_str().unwrap_or_default().is_empty() {
        return Err(wrong());
    }
    let folder = collection.text("folder").map(str::trim).filter(|name| !name.is_empty()).unwrap_or("INBOX");
    let escaped: String = byte_serialize(folder.as_bytes()).collect::<String>().replace('+', "%20");
    Ok(format!("{scheme}://{named}/{escaped}"))
}

fn read(collection: &Collection, ask: &Ask, answer: &Answer<'_>) -> Result<Found, Error> {
    if answer.content_type == Some(MESSAGE) {
        return mail::read(collection, ask, answer);
    }
    let unreadable = || Error::Unreadable(format!("{} is no list of messages", answer.url));
    let text = std::str::from_utf8(answer.body).map_err(|_| unreadable())?;
    let mut lines = text.lines();
    let validity = lines.next().and_then(|line| line.strip_prefix("UIDVALIDITY ")).ok_or_else(unreadable)?;
    let numbers: Option<Vec<u32>> = lines.map(|line| line.parse().ok()).collect();
    let numbers = numbers.ok_or_else(unreadable)?;
    let mut found = Found::default();
    found.remember.push(("validity".to_owned(), validity.to_owned()));
    if ask.known("validity").is_some_and(|known| known != validity) {
        // The folder was made anew: what a number meant, it means no longer. What was read already is known by its own name.
        found.remember.push(("newest".to_owned(), "0".to_owned()));
        found.then = vec![list_after(collection, 0)?.knowing("validity", validity)];
        return Ok(found);
    }
    let folder = folder(collection)?;
    let now = &numbers[..numbers.len().min(AT_ONCE)];
    found.then.extend(now.iter().map(|number| Ask::of(format!("{folder};UIDVALIDITY={validity}/;UID={number}"))));
    if let Some(newest) = now.last() {
        found.remember.push(("newest".to_owned(), newest.to_string()));
        if numbers.len() > AT_ONCE {
            found.then.push(list_after(collection, *newest)?.knowing("validity", validity));
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::Timestamp;
    use jiff::tz::TimeZone;

    fn desk() -> Collection {
        (KIND.sample.collection)()
    }

    fn listed(ask: &Ask, body: &str) -> Found {
        let answer = Answer {
            url: &ask.at,
            content_type: Some("text/plain"),
            body: body.as_bytes(),
            at: Timestamp::UNIX_EPOCH,
            zone: TimeZone::UTC,
        };
        read(&desk(), ask, &answer).unwrap()
    }

    fn memory(found: &Found) -> Memory {
        found.remember.clone().into_iter().collect()
    }

    #[test]
    fn each_message_is_asked_for_once_and_a_long_list_goes_on() {
        let first = plan(&desk(), &Memory::new()).unwrap().remove(0);
        assert_eq!(first.at, "imaps://mail.example/INBOX?UID%201:*");
        let many: String = (5..=(AT_ONCE as u32 + 5)).map(|number| format!("{number}\n")).collect();
        let found = listed(&first, &format!("UIDVALIDITY 7\n{many}"));
        assert_eq!(found.then.len(), AT_ONCE + 1);
        assert_eq!(found.then[0].at, "imaps://mail.example/INBOX;UIDVALIDITY=7/;UID=5");
        assert_eq!(found.then[AT_ONCE].at, "imaps://mail.example/INBOX?UID%20405:*");
        let next = plan(&desk(), &memory(&found)).unwrap().remove(0);
        assert_eq!((next.at.as_str(), next.known("validity")), ("imaps://mail.example/INBOX?UID%20405:*", Some("7")));
        let nothing = listed(&next, "UIDVALIDITY 7\n");
        assert!(nothing.then.is_empty() && nothing.remember.iter().all(|(name, _)| name != "newest"));
    }

    #[test]
    fn a_folder_that_was_made_anew_is_read_from_its_beginning() {
        let ask = Ask::of("imaps://mail.example/INBOX?UID%20405:*").knowing("validity", "7");
        let found = listed(&ask, "UIDVALIDITY 8\n900\n");
        assert_eq!(found.then.len(), 1);
        assert_eq!(found.then[0].at, "imaps://mail.example/INBOX?UID%201:*");
        assert_eq!(found.then[0].known("validity"), Some("8"));
    }

    #[test]
    fn servers_and_folders_are_named_as_people_do() {
        let named = |server: &str, folder: &str| super::folder(&desk().told("server", server).told("folder", folder));
        assert_eq!(named("mail.example:143", "").unwrap(), "imap://mail.example:143/INBOX");
        assert_eq!(named("imap://127.0.0.1:1143", "A b/ج").unwrap(), "imap://127.0.0.1:1143/A%20b%2F%D8%AC");
        for bad in ["https://mail.example", "user@mail.example", "mail.example/x", "", "a b"] {
            assert!(named(bad, "").is_err(), "{bad}");
        }
    }
}
