use crate::sample::Sample;
use mail_parser::{MessageParser, MimeHeaders};
use sitrep_publish::couriers::smtp;
use sitrep_publish::message::{self, Envelope};

fn envelope() -> Envelope {
    Envelope {
        from: "Harbour Watch <watch@updates.example>".to_owned(),
        to: "Zoë Läser <zoe@mail.example>".to_owned(),
        message_id: "<d1.s7@updates.example>".to_owned(),
        date: "2026-11-10T22:00:05Z".parse().expect("a moment"),
        leave_url: Some("https://updates.example/leave/tökén?x=1&y=2".to_owned()),
    }
}

#[test]
fn a_message_reads_as_it_was_meant() {
    let sample = Sample::new();
    let bytes = message::edition(&sample.manuscript(), &envelope()).expect("it is put together");
    assert!(bytes.is_ascii(), "nothing in it needs eight bits");
    assert!(bytes.split(|byte| *byte == b'\n').all(|line| line.len() <= 999), "no line is too long for SMTP");
    let message = MessageParser::default().parse(&bytes).expect("it is a message");
    assert_eq!(message.subject(), Some("Corrected: Harbour Watch, November 10, 2026"));
    assert_eq!(message.message_id(), Some("d1.s7@updates.example"));
    assert_eq!(message.date().map(|date| date.to_rfc3339()).as_deref(), Some("2026-11-10T22:00:05Z"));
    let to = message.to().and_then(|to| to.first()).expect("a receiver");
    assert_eq!((to.name(), to.address()), (Some("Zoë Läser"), Some("zoe@mail.example")));
    let raw = |name: &str| message.header_raw(name).map(str::trim).unwrap_or_default().to_owned();
    assert_eq!(raw("List-Unsubscribe"), "<https://updates.example/leave/t%C3%B6k%C3%A9n?x=1&y=2>");
    assert_eq!(raw("List-Unsubscribe-Post"), "List-Unsubscribe=One-Click");
    assert_eq!(raw("List-Id"), "\"Harbour Watch\" <harbour.updates.example>");
    assert_eq!(raw("MIME-Version"), "1.0");
    let text = message.body_text(0).expect("a text");
    assert!(text.contains("close this week.[i]") && text.contains("Leave this list: https://updates.example/leave/"));
    assert!(text.contains("گفت‌وگو با کارمند بندر"));
    let html = message.body_html(0).expect("an HTML body");
    assert!(html.contains("Leave this list") && html.contains("prefers-color-scheme"));
    let picture = message.attachments().next().expect("the map");
    assert_eq!(picture.contents(), sample.picture.png.as_slice());
    let id = picture.content_id().expect("a content id");
    assert!(html.contains(&format!("src=\"cid:{id}\"")), "{id}");
}

#[test]
fn styles_stand_on_the_elements() {
    let sample = Sample::new();
    let bytes = message::edition(&sample.manuscript(), &envelope()).expect("it is put together");
    let message = MessageParser::default().parse(&bytes).expect("it is a message");
    let html = message.body_html(0).expect("an HTML body").into_owned();
    insta::assert_snapshot!("message", html);
    assert!(html.contains("<span class=\"sentence topic\" style=\"font-weight: bold"));
    assert!(!html.contains("href=\"#") && !html.contains("href=\"/"), "every link has its whole address");
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    let (a, b) = (Sample::new(), Sample::new());
    let print = |sample: &Sample| message::edition(&sample.manuscript(), &envelope()).expect("it is put together");
    assert_eq!(print(&a), print(&b));
}

#[test]
fn a_message_without_a_map_has_no_picture() {
    let sample = Sample::new();
    let manuscript = sample.manuscript().with_picture(None);
    let bytes = message::edition(&manuscript, &envelope()).expect("it is put together");
    let message = MessageParser::default().parse(&bytes).expect("it is a message");
    assert_eq!(message.attachment_count(), 0);
    assert!(!String::from_utf8_lossy(&bytes).contains("multipart/related"));
}

#[test]
fn nothing_breaks_out_of_a_header() {
    let mut sample = Sample::new();
    sample.edition.title = "Title\r\nBcc: everybody@evil.example\r\n\r\n<script>".to_owned();
    sample.desk.name = "Name\r\nX-Evil: 1 \"<".to_owned();
    let bytes = message::edition(&sample.manuscript(), &envelope()).expect("it is put together");
    let message = MessageParser::default().parse(&bytes).expect("it is a message");
    assert!(message.bcc().is_none() && message.header("X-Evil").is_none());
    for bad in ["<a b@c>", "no-at-sign", "<a@b>\r\nBcc: x@y", ""] {
        let envelope = Envelope { message_id: bad.to_owned(), ..envelope() };
        assert!(message::edition(&sample.manuscript(), &envelope).is_err(), "{bad}");
    }
    for bad in ["javascript:alert(1)", "mailto:a@b", "not an address"] {
        let envelope = Envelope { leave_url: Some(bad.to_owned()), ..envelope() };
        assert!(message::edition(&sample.manuscript(), &envelope).is_err(), "{bad}");
    }
    let envelope = Envelope { to: "nobody".to_owned(), ..envelope() };
    let error = message::edition(&sample.manuscript(), &envelope).expect_err("no address");
    assert!(error.to_string().contains("name@example.org"), "{error}");
}

#[test]
fn a_confirmation_asks_and_leads_to_the_answer() {
    let sample = Sample::new();
    let url = "https://updates.example/harbour/confirm?token=abc&x=1";
    let bytes = message::confirmation(&sample.desk, &envelope(), url).expect("it is put together");
    let message = MessageParser::default().parse(&bytes).expect("it is a message");
    assert!(message.body_text(0).expect("a text").contains(url));
    assert!(message.body_html(0).expect("an HTML body").contains("token=abc&amp;x=1"));
    assert_eq!(message.subject(), Some("Please confirm: Harbour Watch"));
    assert!(message.header("List-Unsubscribe").is_none());
}

#[test]
fn an_errand_has_bare_addresses() {
    let errand = smtp::errand(&envelope(), b"x".to_vec()).expect("addresses");
    assert_eq!((errand.from.as_str(), errand.to.as_str()), ("watch@updates.example", "zoe@mail.example"));
}

#[test]
fn a_digest_of_alerts_names_watch_outlet_and_words() {
    let sample = Sample::new();
    let alert = message::Alert {
        watches: vec!["Ports".to_owned(), "<Strikes>".to_owned()],
        title: "اعتصاب در بندر".to_owned(),
        language: "fa".to_owned(),
        outlet: "Sanabel & Sons".to_owned(),
        arrived: "10 November 2026, 22:00".to_owned(),
        words: vec!["بندر".to_owned()],
        url: "https://updates.example/newsroom/harbour/inbox?doc=d1&show=all".to_owned(),
    };
    let manuscript = sample.manuscript();
    let bytes = message::alerts(manuscript.desk, &envelope(), &[alert], 2).expect("it is put together");
    let message = MessageParser::default().parse(&bytes).expect("it is a message");
    assert_eq!(message.subject(), Some("Harbour Watch: 3 watched documents"));
    let text = message.body_text(0).expect("a text").replace("\r\n", "\n");
    assert!(text.contains("اعتصاب در بندر\nPorts, <Strikes> · Sanabel & Sons · 10 November 2026, 22:00\nبندر\nhttps://updates.example/newsroom/harbour/inbox?doc=d1&show=all"), "{text}");
    let html = message.body_html(0).expect("an HTML body");
    assert!(
        html.contains("&lt;Strikes&gt;") && html.contains("dir=\"rtl\"") && html.contains("2 more are in the inbox")
    );
}
