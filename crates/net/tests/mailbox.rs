//! Mailboxes read over real sockets, from servers that behave and such that don't.

// The lint lets tests unwrap, but not the functions that they share.
#![allow(clippy::unwrap_used)]

use sitrep_net::{Error, FetchSettings, Fetcher, Mailbox, MailboxLogin};
use sitrep_testkit::MailboxServer;
use sitrep_testkit::mailbox::{Folder, Manner};
use std::time::Duration;

const LETTER: &[u8] = b"From: a@b.example\r\nSubject: one\r\n\r\nA (bracket and {5}\r\nmore.\r\n";

fn fetcher() -> Fetcher {
    let (idle, total) = (Duration::from_millis(300), Duration::from_millis(300));
    Fetcher::new(FetchSettings { most_decoded: 100_000, idle, total, ..FetchSettings::default() }).unwrap()
}

fn login() -> MailboxLogin {
    MailboxLogin { name: "desk".to_owned(), password: r#"pass"word"#.into(), local: true, via: None }
}

async fn server() -> MailboxServer {
    let server = MailboxServer::open().await.unwrap();
    let large = vec![b'x'; 200_000];
    let messages = [(3, LETTER.to_vec()), (9, large)].into();
    server.put("INBOX", Folder { validity: 7, messages });
    server.put("&Bi4GKAYx-", Folder { validity: 8, messages: [(1, LETTER.to_vec())].into() });
    server
}

fn address(server: &MailboxServer, rest: &str) -> String {
    format!("imap://{}/{rest}", server.address())
}

async fn open(server: &MailboxServer) -> Result<Mailbox, Error> {
    fetcher().mailbox(&address(server, "INBOX?UID%201:*"), &login()).await
}

#[tokio::test]
async fn a_folder_is_listed_and_a_message_comes_as_it_lies_there() {
    let server = server().await;
    let mut mailbox = open(&server).await.unwrap();
    let list = |first: u32| address(&server, &format!("INBOX?UID%20{first}:*"));
    assert_eq!(mailbox.answer(&list(1)).await.unwrap().body, b"UIDVALIDITY 7\n3\n9\n");
    assert_eq!(mailbox.answer(&list(4)).await.unwrap().body, b"UIDVALIDITY 7\n9\n");
    assert_eq!(mailbox.answer(&list(10)).await.unwrap().body, b"UIDVALIDITY 7\n", "the last is known already");
    let letter = mailbox.answer(&address(&server, "INBOX;UIDVALIDITY=7/;UID=3")).await.unwrap();
    assert_eq!((letter.media_type, letter.body.as_slice()), ("message/rfc822", LETTER));
    let persian = address(&server, "%D8%AE%D8%A8%D8%B1;UIDVALIDITY=8/;UID=1");
    assert_eq!(mailbox.answer(&persian).await.unwrap().body, LETTER);
    mailbox.leave().await;
    let commands = server.commands();
    assert!(commands.iter().all(|command| !command.contains("SELECT") && !command.contains("BODY[]")), "{commands:?}");
    assert_eq!(commands.last().unwrap(), "LOGOUT");
}

#[tokio::test]
async fn what_is_not_there_is_said_in_words() {
    let server = server().await;
    let mut mailbox = open(&server).await.unwrap();
    for (rest, why) in [
        ("Archive?UID%201:*", "there is no such folder"),
        ("INBOX;UIDVALIDITY=7/;UID=4", "there is no message 4 any more"),
        ("INBOX;UIDVALIDITY=6/;UID=3", "was made anew"),
        ("INBOX;UIDVALIDITY=7/;UID=9", "200000 bytes, and at most 100000 are read"),
        ("a%22%0D%0AX%20LOGOUT?UID%201:*", "there is no such folder"),
    ] {
        let error = mailbox.answer(&address(&server, rest)).await.unwrap_err();
        assert_eq!(error.code(), "mailbox", "{rest}");
        assert!(error.to_string().contains(why), "{error}");
    }
    assert_eq!(mailbox.answer("imap://other.example/INBOX?UID%201:*").await.unwrap_err().code(), "mailbox");
    assert!(server.commands().iter().all(|command| !command.starts_with("LOGOUT")), "a name is no command");
    let wrong = MailboxLogin { password: "guess".into(), ..login() };
    let error = fetcher().mailbox(&address(&server, "INBOX?UID%201:*"), &wrong).await.unwrap_err();
    assert!(error.to_string().contains("the name or password is wrong"), "{error}");
    assert!(!error.to_string().contains("guess"));
}

#[tokio::test]
async fn a_mailbox_inside_is_reached_by_local_sources_only() {
    let server = server().await;
    let stranger = MailboxLogin { local: false, ..login() };
    let error = fetcher().mailbox(&address(&server, "INBOX?UID%201:*"), &stranger).await.unwrap_err();
    assert_eq!(error.code(), "address_refused");
    assert!(server.commands().is_empty());
}

#[tokio::test]
async fn a_server_that_misbehaves_gives_an_error_within_bounds() {
    let server = server().await;
    for (manner, code, why) in [
        (Manner::Silent, "silent", "sent nothing"),
        (Manner::Stranger, "mailbox", "is not IMAP"),
        (Manner::Endless, "mailbox", "longer than"),
        (Manner::Nested, "mailbox", "nested deeper"),
        (Manner::Cut, "mailbox", "closed the connection"),
    ] {
        server.behave(manner);
        let asked = async {
            let mut mailbox = open(&server).await?;
            mailbox.answer(&address(&server, "INBOX;UIDVALIDITY=7/;UID=3")).await
        };
        let error = asked.await.unwrap_err();
        assert_eq!(error.code(), code, "{manner:?}: {error}");
        assert!(error.to_string().contains(why), "{manner:?}: {error}");
    }
}
