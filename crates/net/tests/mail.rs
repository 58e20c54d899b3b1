//! Mail: what is surely sent, surely not sent, and in doubt.

// The lint lets tests unwrap, but not the functions that they share.
#![allow(clippy::unwrap_used)]

use sitrep_net::{MailError, MailSettings, Mailer, Security, Stage};
use sitrep_testkit::MailSink;
use sitrep_testkit::mail::{Act, Moment, SinkSettings};
use std::time::Duration;

const FROM: &str = "The Desk <desk@here.example>";
const TO: &str = "reader@there.example";
const MESSAGE: &[u8] =
    b"From: desk@here.example\r\nTo: reader@there.example\r\nSubject: Update\r\n\r\n.dots\r\n..\r\n.\r\nend\r\n";

fn settings(sink: &MailSink) -> MailSettings {
    MailSettings::new("127.0.0.1", sink.address().port(), Security::Plain)
}

/// One who does not wait long for an answer.
fn impatient(sink: &MailSink) -> Mailer {
    let short = Duration::from_millis(200);
    Mailer::new(MailSettings { answer: short, accept: short, ..settings(sink) }).unwrap()
}

fn mailer(sink: &MailSink) -> Mailer {
    Mailer::new(settings(sink)).unwrap()
}

fn say(line: &str) -> Act {
    Act::Say(line.to_owned())
}

#[tokio::test]
async fn a_message_arrives_as_it_was_and_connections_are_used_again() {
    let sink = MailSink::open().await.unwrap();
    let mailer = mailer(&sink);
    for _ in 0..3 {
        assert_eq!(mailer.send(FROM, TO, MESSAGE).await.unwrap(), "250 2.0.0 taken");
    }
    let received = sink.received();
    assert_eq!((received.len(), sink.connections()), (3, 1));
    assert_eq!((received[0].from.as_str(), received[0].to.as_slice()), ("desk@here.example", &[TO.to_owned()][..]));
    assert_eq!(received[0].raw, MESSAGE);
    mailer.quit().await;
}

#[tokio::test]
async fn each_failure_is_of_its_kind_and_the_next_message_goes() {
    let sink = MailSink::open().await.unwrap();
    let mailer = mailer(&sink);
    for (at, act, code, stage) in [
        (Moment::Greeting, say("554 no service"), "mail_temporary", Stage::Connect),
        (Moment::Greeting, Act::Close, "mail_temporary", Stage::Connect),
        (Moment::Greeting, say("garbage"), "mail_temporary", Stage::Connect),
        (Moment::Sender, say("550 not from you"), "mail_refused", Stage::Sender),
        (Moment::Recipient, say("550 5.1.1 no such user"), "mail_refused", Stage::Recipient),
        (Moment::Recipient, say("451 4.2.1 mailbox busy"), "mail_temporary", Stage::Recipient),
        (Moment::Recipient, Act::Close, "mail_temporary", Stage::Recipient),
        (Moment::Recipient, Act::Silence, "mail_temporary", Stage::Recipient),
        (Moment::Data, say("421 going down"), "mail_temporary", Stage::Message),
        (Moment::Data, say("250 what?"), "mail_temporary", Stage::Message),
        (Moment::Data, Act::Close, "mail_temporary", Stage::Message),
        (Moment::End, say("554 5.7.1 spam"), "mail_refused", Stage::Message),
        (Moment::End, say("452 disk full"), "mail_temporary", Stage::Message),
        (Moment::End, Act::Close, "mail_in_doubt", Stage::Message),
        (Moment::End, Act::CloseAndLose, "mail_in_doubt", Stage::Message),
        (Moment::End, Act::Silence, "mail_in_doubt", Stage::Message),
        (Moment::End, say("garbage"), "mail_in_doubt", Stage::Message),
    ] {
        mailer.quit().await;
        sink.once(at, act.clone());
        let before = sink.received().len();
        let impatient = impatient(&sink);
        let error = if act == Act::Silence { &impatient } else { &mailer }.send(FROM, TO, MESSAGE).await.unwrap_err();
        assert_eq!((error.code(), error.fault().stage), (code, stage), "{at:?} {act:?}: {error}");
        let taken = sink.received().len() - before;
        assert!(taken == 0 || matches!(error, MailError::InDoubt(_)), "{at:?} {act:?}");
        mailer.send(FROM, TO, MESSAGE).await.unwrap();
    }
}

#[tokio::test]
async fn a_connection_lost_in_the_middle_of_the_message_leaves_no_doubt() {
    let sink = MailSink::open().await.unwrap();
    sink.once(Moment::Middle, Act::Close);
    // More than fits into the buffers between the two, so that the break is met before the final dot.
    let long = [MESSAGE, b"\r\nline of text".repeat(2_000_000).as_slice()].concat();
    let error = mailer(&sink).send(FROM, TO, &long).await.unwrap_err();
    assert_eq!(error.code(), "mail_temporary", "{error}");
    assert!(sink.received().is_empty());
}

#[tokio::test]
async fn a_kept_connection_that_the_server_closed_is_replaced() {
    let sink = MailSink::open().await.unwrap();
    let mailer = mailer(&sink);
    mailer.send(FROM, TO, MESSAGE).await.unwrap();
    sink.once(Moment::Sender, Act::Close);
    mailer.send(FROM, TO, MESSAGE).await.unwrap();
    assert_eq!((sink.received().len(), sink.connections()), (2, 2));
}

#[tokio::test]
async fn one_readers_refusal_does_not_concern_the_others() {
    let sink = MailSink::open().await.unwrap();
    sink.for_recipient("gone@there.example", Moment::Recipient, say("550 5.1.1 no such user"));
    let mailer = mailer(&sink);
    let error = mailer.send(FROM, "gone@there.example", MESSAGE).await.unwrap_err();
    assert_eq!(error.to_string(), "not sent: naming the recipient: the server says 550 5.1.1 no such user");
    assert!(!error.concerns_all());
    mailer.send(FROM, TO, MESSAGE).await.unwrap();
    assert_eq!((sink.received().len(), sink.connections()), (1, 1));
}

#[tokio::test]
async fn signing_in_is_right_or_wrong_for_all() {
    let wanted = SinkSettings { sign_in: Some(("desk".into(), "pass word".into())), ..SinkSettings::default() };
    let sink = MailSink::with(([127, 0, 0, 1], 0).into(), wanted).await.unwrap();
    let with = |password: &str| {
        let mut settings = settings(&sink);
        (settings.user, settings.password) = (Some("desk".into()), Some(password.into()));
        Mailer::new(settings).unwrap()
    };
    with("pass word").send(FROM, TO, MESSAGE).await.unwrap();
    assert_eq!(with("pass word").check().await.unwrap(), "sink.example ESMTP");
    let error = with("another").send(FROM, TO, MESSAGE).await.unwrap_err();
    assert_eq!((error.code(), error.fault().stage), ("mail_temporary", Stage::SignIn));
    assert!(error.concerns_all() && !error.to_string().contains("another"), "{error}");
}

#[tokio::test]
async fn what_the_server_cannot_take_is_not_begun() {
    let offers = vec!["SMTPUTF8".to_owned()];
    let wide =
        MailSink::with(([127, 0, 0, 1], 0).into(), SinkSettings { offers, ..SinkSettings::default() }).await.unwrap();
    let plain = MailSink::open().await.unwrap();
    let reader = "خواننده@there.example";
    mailer(&wide).send(FROM, reader, "Subject: x\r\n\r\nسلام\r\n".as_bytes()).await.unwrap();
    assert_eq!(wide.received()[0].to, [reader]);
    let error = mailer(&plain).send(FROM, reader, MESSAGE).await.unwrap_err();
    assert_eq!((error.code(), error.fault().stage), ("mail_refused", Stage::Recipient));
    assert!(plain.received().is_empty());
}

#[tokio::test]
async fn messages_may_go_at_the_same_time() {
    let sink = MailSink::open().await.unwrap();
    let mailer = std::sync::Arc::new(mailer(&sink));
    let mut sending = tokio::task::JoinSet::new();
    for number in 0..40 {
        let mailer = std::sync::Arc::clone(&mailer);
        sending.spawn(async move { mailer.send(FROM, &format!("r{number}@there.example"), MESSAGE).await });
    }
    while let Some(sent) = sending.join_next().await {
        sent.unwrap().unwrap();
    }
    let mut to: Vec<String> = sink.received().into_iter().flat_map(|message| message.to).collect();
    to.sort();
    to.dedup();
    assert_eq!(to.len(), 40);
}
