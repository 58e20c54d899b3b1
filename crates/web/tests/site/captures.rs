//! Captures handed out, verified and removed.

use crate::evidence::page;
use crate::stage::{API, HTML, Stage, desk, received};
use serde_json::json;
use sitrep_model::capture::Capture;
use sitrep_model::document::Document;
use sitrep_model::id::DocumentId;
use sitrep_newsroom::Who;
use sitrep_newsroom::gather::Keeping;
use sitrep_newsroom::vouching;
use std::io::Cursor;

const PROGRAM: Who = Who::Program("test");

#[tokio::test(flavor = "multi_thread")]
async fn a_documents_captures_are_handed_out_and_verify_without_the_installation() {
    let stage = Stage::open().await;
    let document = stage.document();
    let path = format!("/newsroom/iran/documents/{}/wacz", document.id);
    assert_eq!(stage.get("stranger", &path).await.status, 303);
    let reply = stage.get("reader", &path).await.is(200);
    assert_eq!(reply.header("content-type"), "application/wacz");
    let key = stage.get("stranger", "/signing-key.json").await.is(200).json()["publicKey"].clone();
    let vouched = vouching::verify_file(Cursor::new(reply.body.clone())).unwrap();
    assert!(vouched.captures.is_clean(), "{vouched:?}");
    assert_eq!((vouched.captures.signed, vouched.signed_by.as_deref()), (1, key.as_str()));
    let mut altered = reply.body;
    let at = altered.windows(3).rposition(|window| window == b"\x1f\x8b\x08").unwrap();
    altered[at + 30] ^= 1;
    let outcome = vouching::verify_file(Cursor::new(altered));
    assert!(outcome.is_err() || outcome.is_ok_and(|vouched| !vouched.captures.is_clean()));
    let mine = stage.newsroom.verify_captures(&PROGRAM).unwrap();
    assert!(mine.is_clean() && mine.signed == 1, "{mine:?}");
    stage.get("reader", "/newsroom/iran/documents/nothing/wacz").await.is(404);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_editions_evidence_is_handed_out_with_it() {
    let stage = Stage::open().await;
    let draft = stage.draft("2026-11-25").await;
    stage.publish(&draft).await;
    let path = format!("/newsroom/iran/editions/{}/wacz", draft["edition"]["id"].as_str().unwrap());
    let reply = stage.get("reader", &path).await.is(200);
    let vouched = vouching::verify_file(Cursor::new(reply.body)).unwrap();
    assert!(vouched.captures.is_clean() && vouched.captures.signed == 1, "{vouched:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_removed_leaves_a_tombstone_wherever_it_was() {
    let stage = Stage::open().await;
    let draft = stage.draft("2026-11-25").await;
    stage.publish(&draft).await;
    let page = "/iran/documents/doc-rail";
    let words = "قطارهای باری سه روز است که ایستاده‌اند";
    assert!(stage.get("stranger", page).await.is(200).text().contains(words));
    let found = stage.newsroom.get::<Document>(&PROGRAM, &desk(), "doc-rail", None).unwrap().value;
    let capture = found.capture.unwrap();
    let kept = stage.newsroom.get::<Capture>(&PROGRAM, &desk(), capture.as_str(), None).unwrap().value;
    let remove = format!("/newsroom/iran/captures/{capture}/remove");
    let why = [("why", "order of a court"), ("document", "doc-rail")];
    stage.form("editor", &remove, &why).await.is(403);
    stage.form("chief", &remove, &[("why", " "), ("document", "doc-rail")]).await.is(422);
    assert!(stage.newsroom.store().blobs().exists(&kept.warc_blob).unwrap());
    stage.form("chief", &remove, &why).await.is(303);
    stage.form("chief", &remove, &why).await.is(303);
    assert!(!stage.newsroom.store().blobs().exists(&kept.warc_blob).unwrap());
    for path in [page.to_owned(), format!("{page}?as_of=2026-11-25T12:00:00Z")] {
        let shown = stage.get("stranger", &path).await.is(200).text();
        assert!(shown.contains("order of a court") && !shown.contains(words), "{path}: {shown}");
    }
    stage.get("stranger", &format!("{page}/page")).await.is(410);
    stage.get("reader", "/newsroom/iran/documents/doc-rail/warc").await.is(410);
    let edition = stage.newsroom.draft(&PROGRAM, &desk(), draft["edition"]["id"].as_str().unwrap()).unwrap().value;
    let sentence = edition.sections[0].paragraphs[0].sentences[0].id.clone();
    let shown = stage.get("stranger", &format!("/iran/sentences/{sentence}")).await.is(200).text();
    assert!(shown.contains("order of a court"), "a sentence that rests on it says so: {shown}");
    let report = stage.newsroom.store().verify(&mut |_, _| ()).unwrap();
    assert!(report.is_clean(), "{:?}", report.damage);
}

const PRINT: &str = "%PDF-1.4\n1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj\n2 0 obj << /Type /Pages /Kids [3 0 R] >> endobj\n\
3 0 obj << /Type /Page /Contents 4 0 R /Resources << /Font << /F << /Type /Font /Subtype /Type1 /BaseFont /Courier >> >> >> >> endobj\n\
4 0 obj << /Length 82 >>\nstream\nBT /F 12 Tf 72 700 Td (The dam is <b>full</b>, said the ministry.) Tj ET          \nendstream endobj\n\
trailer << /Root 1 0 R >>\n%%EOF\n";

#[tokio::test(flavor = "multi_thread")]
async fn a_captured_pdf_is_a_document_shows_its_text_and_is_handed_out_as_a_file() {
    let stage = Stage::open().await;
    let url = "https://chekad.example/dam.pdf";
    let received = received(&stage.newsroom, url, "application/pdf", PRINT);
    let keeping = Keeping { document: Some(DocumentId::from("doc-dam")), ..Keeping::default() };
    stage.newsroom.keep(&PROGRAM, &desk(), None, &received, &keeping).unwrap();
    let document = stage.newsroom.get::<Document>(&PROGRAM, &desk(), "doc-dam", None).unwrap().value;
    assert_eq!(document.paragraphs, ["The dam is <b>full</b>, said the ministry."]);
    let page = stage.get("reader", "/iran/documents/doc-dam/page").await.is(200);
    assert!(page.header("content-security-policy").contains("sandbox"));
    assert!(page.text().contains("The dam is &lt;b&gt;full&lt;/b&gt;, said the ministry."), "{}", page.text());
    let path = "/newsroom/iran/documents/doc-dam/file";
    assert!(stage.get("reader", "/iran/documents/doc-dam").await.is(200).text().contains(path));
    let file = stage.get("reader", path).await.is(200);
    assert_eq!(file.body, PRINT.as_bytes());
    assert_eq!(file.header("content-type"), "application/pdf");
    assert_eq!(file.header("content-disposition"), "attachment; filename=\"doc-dam.pdf\"");
    assert_eq!(file.header("x-content-type-options"), "nosniff");
    assert!(file.header("content-security-policy").contains("sandbox"));
    assert_eq!(stage.get("stranger", path).await.status, 303);
}

#[tokio::test(flavor = "multi_thread")]
async fn how_a_capture_stands_with_its_time_stamp_is_said_on_its_page_and_in_the_api() {
    let stage = Stage::open().await;
    let document = stage.document();
    let capture = document.capture.unwrap();
    let (page, one) = (format!("/iran/documents/{}", document.id), format!("{API}/captures/{capture}"));
    let kept = |what: serde_json::Value| {
        let put = stage
            .newsroom
            .store()
            .operate(|operations| operations.vault_put("time-stamp", capture.as_str(), what.to_string().as_bytes()));
        put.map_err(|error: sitrep_store::Error| error.to_string()).unwrap();
    };
    assert!(!stage.get("reader", &page).await.is(200).text().contains("Time stamp"));
    assert_eq!(stage.get("reader", &one).await.is(200).json()["time_stamp"], serde_json::Value::Null);
    kept(json!({ "from": "https://tsa.example/", "fault": "no connection to tsa.example" }));
    let text = stage.get("reader", &page).await.is(200).text();
    assert!(text.contains("is asked for again later: no connection to tsa.example"), "{text}");
    assert_eq!(stage.get("reader", &one).await.json()["time_stamp"]["state"], "waiting");
    let answer = include_bytes!("../../../timestamp/samples/answer.tsr");
    let token = base64::Engine::encode(&base64::engine::general_purpose::STANDARD, &answer[9..]);
    kept(json!({ "from": "https://tsa.example/", "token": token }));
    let text = stage.get("reader", &page).await.is(200).text();
    assert!(text.contains("fails: it is about other bytes"), "{text}");
    let shown = stage.get("reader", &one).await.is(200).json();
    assert_eq!(shown["time_stamp"]["state"], "fails");
    assert_eq!(shown["time_stamp"]["token"], token);
    let listed = stage.get("reader", &format!("{API}/documents/{}/captures", document.id)).await.is(200).json();
    assert_eq!(listed["items"][0], shown);
    let room = format!("/newsroom/iran/captures/{capture}");
    assert_eq!(stage.get("reader", &format!("{room}/time-stamp")).await.is(200).body, &answer[9..]);
    let statement = stage.get("reader", &format!("{room}/statement")).await.is(200);
    assert_eq!(statement.text(), shown["statement"].as_str().unwrap());
    assert!(statement.header("content-disposition").contains("attachment"));
    assert_eq!(stage.get("stranger", &format!("{room}/statement")).await.status, 303);
    let vouched = stage.newsroom.verify_captures(&PROGRAM).unwrap();
    assert_eq!(vouched.failed, 1, "{vouched:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn picture_and_print_of_a_page_are_shown_with_it_and_to_nobody_else() {
    let stage = Stage::open().await;
    let lines = stage.newsroom.source_lines(&PROGRAM, &desk()).unwrap();
    let line = lines.into_iter().find(|line| line.source.id.as_str() == "chekad").unwrap();
    let source = sitrep_model::source::Source { requisites: true, ..line.source };
    stage.newsroom.save_source(&PROGRAM, &source, line.version, None).unwrap();
    let told = stage.get("reader", "/newsroom/iran/sources/chekad").await.is(200).text();
    assert!(told.contains("Opened in a browser"), "{told}");
    if stage.newsroom.browser().is_none() {
        assert!(told.contains("no: there is no browser on this machine"), "{told}");
        println!("skipped: there is no browser here (chromium)");
        return;
    }
    let body = page("The bridge is closed.")
        .replace("<article>", "<img src=http://169.254.169.254/x.png alt=inside><article>");
    let received = received(&stage.newsroom, "http://chekad.example/bridge", HTML, body);
    let requisites = stage.newsroom.page_requisites(Some(&source), &received).await;
    let keeping = Keeping { document: Some(DocumentId::from("doc-bridge")), requisites, ..Keeping::default() };
    stage.newsroom.keep(&PROGRAM, &desk(), Some(&source), &received, &keeping).unwrap();
    let shown = stage.get("reader", "/iran/documents/doc-bridge").await.is(200).text();
    for words in ["/iran/documents/doc-bridge/picture", "/iran/documents/doc-bridge/print", "metadata service"] {
        assert!(shown.contains(words), "{words}: {shown}");
    }
    let picture = stage.get("reader", "/iran/documents/doc-bridge/picture").await.is(200);
    assert_eq!(picture.header("content-type"), "image/png");
    assert!(picture.body.starts_with(b"\x89PNG") && picture.header("content-security-policy").contains("sandbox"));
    let print = stage.get("reader", "/iran/documents/doc-bridge/print").await.is(200);
    assert_eq!(print.header("content-disposition"), "attachment; filename=\"doc-bridge.pdf\"");
    assert!(print.body.starts_with(b"%PDF-"));
    for name in ["picture", "print"] {
        assert_eq!(stage.get("stranger", &format!("/iran/documents/doc-bridge/{name}")).await.status, 404, "{name}");
    }
    let captures = stage.get("reader", &format!("{API}/documents/doc-bridge/captures")).await.is(200).json();
    let capture = &captures["items"][0];
    assert!(capture["requisites"]["picture_sha256"].is_string(), "{capture}");
    let remove = format!("/newsroom/iran/captures/{}/remove", capture["id"].as_str().unwrap());
    stage.form("chief", &remove, &[("why", "order of a court"), ("document", "doc-bridge")]).await.is(303);
    stage.get("reader", "/iran/documents/doc-bridge/picture").await.is(410);
}
