//! Sources in the newsroom: the form of each kind, adding, changing, secrets, subscriptions, the bookmarklet.

use crate::stage::Stage;
use sitrep_newsroom::kinds;

const ROOM: &str = "/newsroom/iran/sources";

#[tokio::test(flavor = "multi_thread")]
async fn each_kind_has_its_form_and_what_is_wrong_in_it_is_said() {
    let stage = Stage::open().await;
    for kind in kinds::KINDS {
        let page = stage.get("chief", &format!("{ROOM}?how={}", kind.id)).await.is(200).text();
        for spec in kind.settings {
            assert!(page.contains(&format!("name=\"set_{}\"", spec.name)), "{}: {}", kind.id, spec.name);
        }
    }
    let common = [("language", "fa"), ("affiliation", "independent"), ("reliability", "C"), ("how", "telegram")];
    let form = |more: &[(&'static str, &'static str)]| [common.as_slice(), more].concat();
    let wrong = form(&[("name", "A channel"), ("set_channel", "no channel")]);
    let page = stage.form("chief", ROOM, &wrong).await.is(422).text();
    assert!(page.contains("is no channel"), "{page}");
    let right = form(&[
        ("name", "A channel"),
        ("set_channel", "exercise_channel"),
        ("set_pages_back", "2"),
        ("proxy", "socks5://127.0.0.1:9150"),
        ("overruled", "yes"),
    ]);
    stage.form("chief", ROOM, &right).await.is(303);
    let page = stage.get("chief", &format!("{ROOM}/iran-a-channel")).await.is(200).text();
    assert!(page.contains("value=\"exercise_channel\"") && page.contains("socks5://127.0.0.1:9150"), "{page}");
    let changed = form(&[("name", "The channel"), ("set_channel", "exercise_channel")]);
    stage.form("chief", &format!("{ROOM}/iran-a-channel"), &changed).await.is(303);
    let page = stage.get("chief", &format!("{ROOM}/iran-a-channel")).await.is(200).text();
    assert!(page.contains("The channel") && !page.contains("9150"), "{page}");
    stage.form("analyst", &format!("{ROOM}/iran-a-channel"), &changed).await.is(403);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_secret_is_kept_and_shown_to_nobody() {
    let stage = Stage::open().await;
    stage
        .form("chief", &format!("{ROOM}/chekad/secret"), &[("kind", "cookies"), ("secret", "session=s3ss10n")])
        .await
        .is(303);
    let page = stage.get("chief", &format!("{ROOM}/chekad")).await.is(200).text();
    assert!(page.contains("one is kept") && !page.contains("s3ss10n"), "{page}");
    stage.form("chief", &format!("{ROOM}/chekad/secret"), &[("kind", "elephant"), ("secret", "x")]).await.is(422);
}

#[tokio::test(flavor = "multi_thread")]
async fn subscriptions_come_in_and_go_out() {
    let stage = Stage::open().await;
    let opml = "<opml><body><outline text='state'><outline xmlUrl='https://b.example/rss' text='B &amp; co'/></outline></body></opml>";
    let page = stage.form("chief", &format!("{ROOM}/opml"), &[("opml", opml)]).await.is(200).text();
    assert!(page.contains("1 sources added"), "{page}");
    let page = stage.form("chief", &format!("{ROOM}/opml"), &[("opml", opml)]).await.is(200).text();
    assert!(page.contains("0 sources added, 1 known"), "{page}");
    let out = stage.get("reader", &format!("{ROOM}.opml")).await.is(200).text();
    assert!(out.contains("xmlUrl=\"https://b.example/rss\"") && out.contains("B &amp; co"), "{out}");
    stage.form("chief", &format!("{ROOM}/opml"), &[("opml", "nothing")]).await.is(422);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_bookmarklet_leads_to_a_form_that_captures_nothing_by_itself() {
    let stage = Stage::open().await;
    let page = stage.get("analyst", &format!("{ROOM}/bring")).await.is(200).text();
    assert!(page.contains("/newsroom/iran/capture?url=") && !page.contains("href=\"javascript:"), "{page}");
    let address = "https%3A%2F%2Fa.example%2F%3Fx%3D%22%3E%3Cscript%3E";
    let page = stage.get("analyst", &format!("/newsroom/iran/capture?url={address}")).await.is(200).text();
    assert!(page.contains("https://a.example/?x=") && !page.contains("<script>"), "{page}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_is_handed_in_is_read_by_its_kind() {
    let stage = Stage::open().await;
    let export = kinds::kind("x-export").unwrap().sample.body.unwrap()();
    let upload = |name: &str, bytes: &[u8]| {
        let head = format!(
            "--cut\r\nContent-Disposition: form-data; name=\"source\"\r\n\r\nchekad\r\n--cut\r\n\
             Content-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\nContent-Type: application/json\r\n\r\n"
        );
        [head.as_bytes(), bytes, b"\r\n--cut--\r\n"].concat()
    };
    let headers = [("content-type", "multipart/form-data; boundary=cut"), ("sec-fetch-site", "same-origin")];
    let path = format!("{ROOM}/file");
    let page = stage.send("analyst", "POST", &path, &headers, upload("tweets.js", &export)).await.is(200).text();
    assert!(page.contains("tweets.js: 2 new documents"), "{page}");
    stage.send("analyst", "POST", &path, &headers, upload("notes.txt", b"nothing")).await.is(422);
    stage.send("reader", "POST", &path, &headers, upload("tweets.js", &export)).await.is(403);
    let listed = stage.get("reader", "/api/v1/desks/iran/documents?show=new").await.is(200).json();
    let posts = listed["items"].as_array().unwrap();
    let answer = posts.iter().find(|post| post["url"].as_str().unwrap().ends_with("/2002")).unwrap();
    let id = answer["id"].as_str().unwrap();
    let document = stage.get("reader", &format!("/api/v1/desks/iran/documents/{id}")).await.is(200).json();
    assert_eq!(document["post"]["number"], "2002", "{document}");
    let page = stage.get("reader", &format!("/iran/documents/{id}")).await.is(200).text();
    assert!(page.contains("Posted by") && page.contains("@exercise_desk"), "{page}");
}
