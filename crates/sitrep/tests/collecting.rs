//! Each kind of collection from its definition to documents with their captures, over real sockets and files.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test says what is wrong by failing")]

mod stage;

use sitrep_model::capture::Capture;
use sitrep_model::document::Document;
use sitrep_model::id::{DeskId, SourceId};
use sitrep_model::source::{Collection, Robots, Source};
use sitrep_newsroom::gather::{Gathered, HandedIn, SecretKind};
use sitrep_newsroom::{Newsroom, Who, kinds};
use sitrep_testkit::mailbox::Folder;
use sitrep_testkit::site::{Asked, Reply};
use sitrep_testkit::{MailboxServer, Site};
use stage::{EXAMPLE, Place};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

const WHO: Who = Who::Program("test");
const HTML: &str = "text/html; charset=utf-8";

/// A desk with one source.
struct Stand {
    place: Place,
    newsroom: Newsroom,
    desk: DeskId,
}

impl Stand {
    fn with(collection: Collection) -> Self {
        let place = Place::sqlite();
        place.json(&["init", "--json"]);
        let folder = place.folder().join("desk");
        std::fs::create_dir_all(&folder).unwrap();
        let desk = std::fs::read_to_string(format!("{EXAMPLE}/desk.toml")).unwrap();
        std::fs::write(folder.join("desk.toml"), desk).unwrap();
        // The definition goes the way of every desk's: through its plain file.
        let told = toml::to_string(&toml::Table::from_iter([(
            "source".to_owned(),
            toml::Value::Array(vec![toml::Value::try_from(source(collection)).unwrap()]),
        )]));
        std::fs::write(folder.join("sources.toml"), told.unwrap()).unwrap();
        place.json(&["desk", "import", folder.to_str().unwrap(), "--standing", "--json"]);
        let newsroom = place.newsroom("127.0.0.1:9".parse().unwrap());
        Self { place, newsroom, desk: DeskId::from("iran") }
    }

    async fn look(&self) -> Result<Gathered, sitrep_newsroom::Error> {
        self.newsroom.gather_source(&WHO, &self.desk, "tried").await
    }

    fn documents(&self) -> Vec<Document> {
        let mut documents: Vec<Document> = self.newsroom.all(&WHO, &self.desk).unwrap();
        documents.sort_by(|a, b| a.url.cmp(&b.url));
        documents
    }

    fn document(&self, url: &str) -> Document {
        let found = self.documents().into_iter().find(|document| document.url == url);
        found.unwrap_or_else(|| panic!("no document of {url}"))
    }

    fn capture(&self, document: &Document) -> Capture {
        let id = document.capture.as_ref().unwrap();
        self.newsroom.get::<Capture>(&WHO, &self.desk, id.as_str(), None).unwrap().value
    }

    fn fault(&self) -> String {
        self.newsroom.source_line(&WHO, &self.desk, "tried").unwrap().health.fault.unwrap_or_default()
    }

    fn change(&self, change: impl FnOnce(&mut Source)) {
        let line = self.newsroom.source_line(&WHO, &self.desk, "tried").unwrap();
        let mut source = line.source;
        change(&mut source);
        self.newsroom.save_source(&WHO, &source, line.version, Some("a test")).unwrap();
    }

    fn incoming(&self, name: &str, bytes: &[u8]) {
        let at = self.place.data().join("incoming").join(name);
        std::fs::create_dir_all(at.parent().unwrap()).unwrap();
        std::fs::write(at, bytes).unwrap();
    }
}

fn source(collection: Collection) -> Source {
    let text =
        "id = 'tried'\ndesk = 'iran'\nname = 'Tried'\nlanguage = 'en'\nlocal = true\ncollection = { how = 'pasted' }";
    Source { collection, ..toml::from_str(text).unwrap() }
}

fn sample(kind: &str) -> Vec<u8> {
    kinds::kind(kind).unwrap().sample.body.unwrap()()
}

fn post(number: u64, text: &str) -> String {
    format!(
        "<div class=\"tgme_widget_message\" data-post=\"exercise_channel/{number}\"><a class=\"tgme_widget_message_owner_name\">Exercise</a>\
         <div class=\"tgme_widget_message_text js-message_text\">{text}</div><span class=\"tgme_widget_message_views\">1.5K</span>\
         <a class=\"tgme_widget_message_date\"><time datetime=\"2026-11-26T06:10:05+00:00\"></time></a></div>"
    )
}

/// A channel whose newest post has this number; post 7 is edited when the second number is not nought.
fn channel(newest: &AtomicU64, edited: &AtomicU64, asked: &Asked) -> Reply {
    let Some(query) = asked.path.strip_prefix("/s/exercise_channel") else { return Reply::status(404) };
    let newest = newest.load(Ordering::SeqCst);
    let before = query.strip_prefix("?before=").map_or(newest + 1, |before| before.parse().unwrap());
    let posts: String = (before.saturating_sub(20).max(1)..before)
        .map(|number| match (number, edited.load(Ordering::SeqCst)) {
            (7, 1..) => post(7, "What post number seven says now, after it was edited."),
            _ => post(number, &format!("What post number {number} says about the matter of the day.")),
        })
        .collect();
    Reply::page(HTML, format!("<html><body><div class=\"tgme_channel_info\"></div>{posts}</body></html>"))
}

async fn channel_site() -> (Site, Arc<AtomicU64>, Arc<AtomicU64>) {
    let (newest, edited) = (Arc::new(AtomicU64::new(50)), Arc::new(AtomicU64::new(0)));
    let (of, changed) = (Arc::clone(&newest), Arc::clone(&edited));
    let site = Site::open(move |asked| channel(&of, &changed, asked)).await.unwrap();
    (site, newest, edited)
}

fn telegram(site: &Site) -> Collection {
    Collection::of("telegram").told("channel", "@exercise_channel").told("base", site.base())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_channel_is_collected_paged_back_and_followed() {
    let (site, newest, edited) = channel_site().await;
    let stand = Stand::with(telegram(&site).with("pages_back", sitrep_model::source::Setting::Number(1)));
    let first = stand.look().await.unwrap();
    assert_eq!((first.documents.len(), first.refused.len()), (40, 0), "the newest page and one before it");
    let document = stand.document("https://t.me/exercise_channel/50");
    assert_eq!(document.paragraphs, ["What post number 50 says about the matter of the day."]);
    let post = document.post.clone().unwrap();
    assert_eq!((post.author.as_str(), post.number.as_str(), post.views), ("Exercise", "50", Some(1500)));
    let capture = stand.capture(&document);
    assert_eq!((capture.status, capture.final_url), (200, format!("{}/s/exercise_channel", site.base())));
    assert!(stand.newsroom.captured_warc(&stand.capture(&document)).unwrap().len() > 100);
    let again = stand.look().await.unwrap();
    assert_eq!((again.documents.len(), again.known), (0, 20), "what is known is not kept twice");
    assert_eq!(site.asked("/s/exercise_channel?before=31"), 1, "nor asked for twice");
    newest.store(120, Ordering::SeqCst);
    let after = stand.look().await.unwrap();
    assert_eq!(after.documents.len(), 70, "after a pause the gap is closed");
    let before = stand.document("https://t.me/exercise_channel/50");
    assert_eq!(before.id, document.id);
    edited.store(1, Ordering::SeqCst);
    stand.change(|source| source.collection = source.collection.clone().told("base", format!("{}/", site.base())));
    assert!(stand.place.is_clean());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_post_that_is_edited_is_a_version_of_its_document() {
    let (site, newest, edited) = channel_site().await;
    newest.store(10, Ordering::SeqCst);
    let stand = Stand::with(telegram(&site));
    stand.look().await.unwrap();
    let before = stand.document("https://t.me/exercise_channel/7");
    edited.store(1, Ordering::SeqCst);
    let look = stand.look().await.unwrap();
    assert_eq!((look.documents, look.known), (vec![before.id.clone()], 9));
    let after = stand.document("https://t.me/exercise_channel/7");
    assert_eq!((after.id, after.arrived), (before.id.clone(), before.arrived));
    assert_ne!(after.text_sha256, before.text_sha256);
    let versions = stand.newsroom.history(sitrep_model::Kind::Document, before.id.as_str()).unwrap();
    assert_eq!(versions.len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_goes_wrong_with_a_channel_stands_on_its_page_in_words() {
    let wrong = Arc::new(Mutex::new(Reply::page(HTML, "<div class=\"tgme_page\">A private channel</div>")));
    let said = Arc::clone(&wrong);
    let site = Site::open(move |asked| match asked.path.as_str() {
        "/robots.txt" => Reply::status(404),
        _ => said.lock().unwrap().clone(),
    });
    let site = site.await.unwrap();
    let stand = Stand::with(telegram(&site));
    for (reply, words) in [
        (None, "private"),
        (Some(Reply::page(HTML, "<p>A blocking page")), "not a page of Telegram's"),
        (Some(Reply::page(HTML, "")), "no posts"),
        (Some(Reply::status(404)), "no such page"),
        (Some(Reply::status(429).with("Retry-After", "7200")), "come back later"),
    ] {
        if let Some(reply) = reply {
            *wrong.lock().unwrap() = reply;
        }
        let error = stand.look().await.unwrap_err().to_string();
        assert!(error.contains(words), "{error}");
        assert_eq!(stand.fault(), error);
    }
    let health = stand.newsroom.source_line(&WHO, &stand.desk, "tried").unwrap();
    assert!(health.health.not_before.is_some(), "the server's wish is kept");
    assert!(health.alarm.unwrap().contains("can't be collected"));
}

#[tokio::test(flavor = "multi_thread")]
async fn robots_are_obeyed_until_the_desk_decides_otherwise() {
    let site = Site::open(|asked| match asked.path.as_str() {
        "/robots.txt" => Reply::page("text/plain", "User-agent: *\nDisallow: /s/\n"),
        _ => Reply::page(HTML, post(1, "One post of the channel, and nothing else besides.")),
    });
    let site = site.await.unwrap();
    let stand = Stand::with(telegram(&site));
    let error = stand.look().await.unwrap_err().to_string();
    assert!(error.contains("robots.txt"), "{error}");
    assert_eq!(site.asked("/s/exercise_channel"), 0);
    stand.change(|source| source.robots = Robots::Overruled);
    assert_eq!(stand.look().await.unwrap().documents.len(), 1);
    let history = stand.newsroom.history(sitrep_model::Kind::Source, "tried").unwrap();
    assert_eq!(history.last().or(history.first()).map(|_| history.len()), Some(2), "the decision is in the record");
}

#[tokio::test(flavor = "multi_thread")]
async fn posts_of_x_come_through_an_interface_and_its_key_stays_secret() {
    let site = Site::open(|asked| {
        if asked.header("x-api-key") != Some("hidden-key-1") {
            return Reply::status(401);
        }
        let page = |id: u64, more: &str| {
            format!(
                "{{\"tweets\":[{{\"id\":\"{id}\",\"text\":\"Post {id} says what happened today.\",\"createdAt\":\"Thu Nov 26 07:00:00 +0000 2026\",\"viewCount\":9,\"author\":{{\"userName\":\"exercise\",\"name\":\"Exercise\"}}}}]{more}}}"
            )
        };
        match asked.path.as_str() {
            "/list?userName=exercise" => {
                Reply::page("application/json", page(20, ",\"has_next_page\":true,\"next_cursor\":\"c1\""))
            }
            "/list?userName=exercise&cursor=c1" => {
                Reply::page("application/json", page(10, ",\"has_next_page\":false"))
            }
            "/post?id=777" => Reply::page("application/json", page(777, "")),
            _ => Reply::status(404),
        }
    });
    let site = site.await.unwrap();
    let collection = Collection::of("x")
        .told("handle", "exercise")
        .told("api", format!("{}/list?userName={{handle}}", site.base()))
        .told("api_post", format!("{}/post?id={{id}}", site.base()))
        .told("header", "X-API-Key")
        .told("cursor", "cursor");
    let stand = Stand::with(collection);
    assert!(stand.look().await.unwrap_err().to_string().contains("sign-in"));
    stand.newsroom.keep_source_secret(&WHO, &stand.desk, "tried", SecretKind::Key, "hidden-key-1").unwrap();
    let look = stand.look().await.unwrap();
    assert_eq!((look.documents.len(), look.refused), (2, Vec::new()));
    let document = stand.document("https://x.com/exercise/status/20");
    assert_eq!(document.post.as_ref().unwrap().views, Some(9));
    let warc = stand.newsroom.captured_warc(&stand.capture(&document)).unwrap();
    let records: Vec<_> = sitrep_collect::warc::records(&warc).map(Result::unwrap).collect();
    let all: Vec<u8> = records.into_iter().flat_map(|record| record.block).collect();
    let all = String::from_utf8_lossy(&all);
    assert!(all.contains("[withheld]") && !all.contains("hidden-key-1"), "{all}");
    let pasted = stand.newsroom.paste(&WHO, &stand.desk, "https://twitter.com/exercise/status/777").await.unwrap();
    assert_eq!(pasted.value.url, "https://x.com/exercise/status/777");
    assert_eq!(pasted.value.source, Some(SourceId::from("tried")));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_section_and_a_sitemap_lead_to_pages_that_are_captured() {
    let story = |title: &str| {
        let text = "The ministry said on Thursday that two plants would be closed for a week, and that workers would be paid. ".repeat(4);
        Reply::page(
            HTML,
            format!(
                "<!doctype html><html lang=en><title>{title}</title><article><h1>{title}</h1><p>{text}</p></article>"
            ),
        )
    };
    let site = Site::open(move |asked| match asked.path.as_str() {
        "/politics/" => Reply::page(HTML, sample("section")),
        "/sitemap.xml" => {
            let loc = format!("http://{}", asked.header("host").unwrap());
            Reply::page(
                "application/xml",
                format!("<urlset><url><loc>{loc}/news/5</loc></url><url><loc>{loc}/news/404</loc></url></urlset>"),
            )
        }
        "/news/404" | "/robots.txt" => Reply::status(404),
        path => story(&format!("A report at {}", path.replace('/', " "))),
    });
    let site = site.await.unwrap();
    let stand = Stand::with(Collection::of("section").told("url", format!("{}/politics/", site.base())));
    let look = stand.look().await.unwrap();
    assert_eq!((look.documents.len(), look.refused), (2, Vec::new()));
    assert!(stand.document(&format!("{}/news/41877", site.base())).text().contains("two plants"));
    let stand = Stand::with(Collection::of("sitemap").told("url", format!("{}/sitemap.xml", site.base())));
    for times in 1..=5 {
        let look = stand.look().await.unwrap();
        assert_eq!((look.documents.len(), look.refused.len()), (usize::from(times == 1), 1), "look {times}");
    }
    let look = stand.look().await.unwrap();
    assert_eq!((look.known, look.refused.len()), (1, 0), "what fails for good is given up");
    let refused = stand.newsroom.source_line(&WHO, &stand.desk, "tried").unwrap().health.refused;
    assert_eq!(refused.len(), 1);
    assert!(refused[0].1.contains("no such page") && refused[0].1.contains("not asked for again"), "{refused:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn files_are_read_once_and_bad_ones_are_told_beside_the_others() {
    let stand = Stand::with(Collection::of("mail").told("path", "post"));
    assert!(stand.look().await.unwrap_err().to_string().contains("incoming"), "there is no such folder yet");
    stand.incoming("post/list.mbox", &sample("mail"));
    stand.incoming(
        "post/new/1732.M1.host:2,S",
        b"Message-ID: <three@x.example>\r\nFrom: a@x.example\r\nSubject: Third\r\n\r\nThe third message says this.\r\n",
    );
    stand.incoming("post/tmp/half", b"Subject: half");
    stand.incoming("post/noise.bin", &[0, 159, 146, 150, 1, 2, 3]);
    let look = stand.look().await.unwrap();
    assert_eq!((look.documents.len(), look.refused.len()), (3, 1), "{look:?}");
    assert!(look.refused[0].0.contains("noise.bin"), "{look:?}");
    let document = stand.document("mid:three@x.example");
    let capture = stand.capture(&document);
    assert_eq!((capture.status, capture.media_type.as_deref()), (0, Some("message/rfc822")));
    let shown = stand.newsroom.captured_page(&capture, None).unwrap();
    assert!(shown.contains("message/rfc822") || shown.contains("Third"), "{shown}");
    let again = stand.look().await;
    assert!(again.is_err() || again.unwrap().documents.is_empty());
    stand.incoming("post/list.mbox", &[sample("mail"), b"\nFrom x Thu Nov 26 09:00:00 2026\nMessage-ID: <four@x.example>\nFrom: b@x.example\nSubject: Fourth\n\nThe fourth message.\n".to_vec()].concat());
    let look = stand.look().await.unwrap();
    assert_eq!((look.documents.len(), look.known), (1, 2), "a mailbox that grew brings what is new");
    stand.change(|source| source.collection = source.collection.clone().told("path", "../sitrep.sqlite"));
    assert!(stand.look().await.unwrap_err().to_string().contains("no path below"));
}

#[tokio::test(flavor = "multi_thread")]
async fn exports_and_archives_that_somebody_hands_in_are_known_by_their_bytes() {
    let stand = Stand::with(Collection::pasted());
    let desk = &stand.desk;
    let take = |name: &'static str, bytes: Vec<u8>| {
        let newsroom = stand.newsroom.clone();
        async move {
            let file = HandedIn { name, bytes, source: Some("tried") };
            newsroom.take_file(&WHO, desk, file, &|_, _| ()).await
        }
    };
    let taken = take("result.json", sample("telegram-export")).await.unwrap();
    assert_eq!(
        (taken.kind, taken.gathered.documents.len(), taken.gathered.refused.len()),
        ("telegram-export", 2, 1),
        "one message of the sample is faulty on purpose"
    );
    let again = take("result.json", sample("telegram-export")).await.unwrap();
    assert_eq!((again.gathered.documents.len(), again.gathered.known), (0, 2));
    let taken = take("tweets.js", sample("x-export")).await.unwrap();
    assert_eq!((taken.kind, taken.gathered.documents.len()), ("x-export", 2));
    let taken = take("crawl.wacz", sample("archive")).await.unwrap();
    assert_eq!((taken.kind, taken.gathered.documents.len()), ("archive", 1), "{taken:?}");
    let page = stand.document("https://outlet.example/news/1");
    let capture = stand.capture(&page);
    assert_eq!(capture.at, jiff::Timestamp::UNIX_EPOCH, "the archive's own time");
    assert!(page.arrived > capture.at, "it came to the desk today");
    assert_eq!(take("crawl.wacz", sample("archive")).await.unwrap().gathered.known, 1);
    let error = take("notes.txt", b"Nothing of that kind".to_vec()).await.unwrap_err().to_string();
    assert!(error.contains("none of the files"), "{error}");
    let error = take("crawl.wacz", sample("archive")[..200].to_vec()).await.unwrap_err().to_string();
    assert!(error.contains("WACZ"), "{error}");
    assert!(stand.place.is_clean());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_of_addresses_is_captured_as_if_each_were_pasted() {
    let (channel, ..) = channel_site().await;
    let base = channel.base();
    let site = Site::open(|asked| match asked.path.as_str() {
        "/exercise_channel/7?embed=1&mode=tme" => {
            Reply::page(HTML, post(7, "The seventh post, as others embed it in their pages."))
        }
        "/gone" => Reply::status(410),
        _ => Reply::page(
            HTML,
            "<title>A page</title><article><p>This is a page of some length about what happened on Thursday.</p></article>",
        ),
    });
    let site = site.await.unwrap();
    let stand = Stand::with(Collection::of("telegram").told("channel", "exercise_channel").told("base", site.base()));
    let list = Source {
        id: SourceId::from("listed"),
        hosts: vec!["127.0.0.1".to_owned()],
        ..source(Collection::of("list").told("path", "list.csv"))
    };
    stand.newsroom.save_source(&WHO, &list, 0, None).unwrap();
    stand.incoming(
        "list.csv",
        format!("https://t.me/exercise_channel/7,x\n{0}/page\n{0}/gone\n", site.base()).as_bytes(),
    );
    let look = stand.newsroom.gather_source(&WHO, &stand.desk, "listed").await.unwrap();
    assert_eq!((look.documents.len(), look.refused.len()), (2, 1), "{look:?}");
    let document = stand.document("https://t.me/exercise_channel/7");
    assert_eq!(document.source, Some(SourceId::from("tried")), "a post belongs to its channel");
    assert!(look.refused[0].1.contains("removed"), "{look:?}");
    assert!(!base.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn what_an_address_is_is_found_out_and_shown_before_anything_is_kept() {
    let site = Site::open(|asked| {
        let base = format!("http://{}", asked.header("host").unwrap());
        match asked.path.as_str() {
            "/" => Reply::page(
                HTML,
                format!(
                    "<html><head><link rel=alternate type='application/rss+xml' href='{base}/feed.xml'></head><body>Front</body></html>"
                ),
            ),
            "/feed.xml" => Reply::page("application/rss+xml", sample("feed")),
            "/maps/sitemap.xml" => {
                Reply::page("application/xml", format!("<urlset><url><loc>{base}/news/5</loc></url></urlset>"))
            }
            "/politics/" => Reply::page(HTML, sample("section")),
            "/empty" => Reply::page(HTML, "<p>Nothing leads on from here."),
            _ => Reply::status(404),
        }
    });
    let site = site.await.unwrap();
    let stand = Stand::with(Collection::pasted());
    let find = |path: &str| {
        let (newsroom, desk, url) = (stand.newsroom.clone(), stand.desk.clone(), format!("{}{path}", site.base()));
        async move { newsroom.find_source(&WHO, &desk, &url, true).await }
    };
    let (source, titles) = find("/").await.unwrap();
    assert_eq!(
        (source.collection.how.as_str(), source.name.as_str(), source.language.as_str()),
        ("feed", "Outlet (Exercise)", "fa")
    );
    assert_eq!(titles, ["تازه‌تر", "پیش‌تر"]);
    assert_eq!(find("/maps/sitemap.xml").await.unwrap().0.collection.how, "sitemap");
    let (section, titles) = find("/politics/").await.unwrap();
    assert_eq!((section.collection.how.as_str(), titles.len()), ("section", 2));
    let error = find("/empty").await.unwrap_err().to_string();
    assert!(error.contains("no links"), "{error}");
    stand.newsroom.save_source(&WHO, &source, 0, None).unwrap();
    let error = find("/feed.xml").await.unwrap_err().to_string();
    assert!(error.contains("collected already"), "{error}");
    let refused = stand.newsroom.find_source(&WHO, &stand.desk, &site.base(), false).await.unwrap_err().to_string();
    assert!(refused.contains("this machine"), "{refused}");
    // An account of X is known by its address; its interface is asked only once there is a key.
    let (account, _) = stand.newsroom.find_source(&WHO, &stand.desk, "x.com/exercise_desk", false).await.unwrap();
    assert_eq!((account.collection.how.as_str(), account.collection.text("handle")), ("x", Some("exercise_desk")));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_source_behind_a_proxy_says_so_in_its_captures() {
    let (site, newest, _) = channel_site().await;
    newest.store(3, Ordering::SeqCst);
    let proxy = sitrep_testkit::ProxySink::open(site.address()).await.unwrap();
    let stand = Stand::with(
        Collection::of("telegram").told("channel", "exercise_channel").told("base", "http://mirror.example"),
    );
    stand.change(|source| {
        source.local = false;
        source.proxy = Some(format!("socks5://{}", proxy.address()));
    });
    assert_eq!(stand.look().await.unwrap().documents.len(), 3);
    let capture = stand.capture(&stand.document("https://t.me/exercise_channel/2"));
    assert_eq!(capture.via, Some(format!("socks5://{}", proxy.address())));
    assert!(proxy.asked_for().iter().all(|place| place == "mirror.example:80"), "{:?}", proxy.asked_for());
    stand.change(|source| source.collection = source.collection.clone().told("base", "http://169.254.169.254"));
    assert!(stand.look().await.unwrap_err().to_string().contains("metadata"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mailbox_is_read_once_and_left_as_it_is() {
    let server = MailboxServer::open().await.unwrap();
    let message = String::from_utf8(sample("imap")).unwrap();
    let other = message.replace("bulletin-7", "bulletin-8").replace("Bulletin 7", "Bulletin 8");
    let folder = |validity, messages: &[(u32, &str)]| Folder {
        validity,
        messages: messages.iter().map(|(number, text)| (*number, text.as_bytes().to_vec())).collect(),
    };
    server.put("INBOX", folder(1, &[(3, &message)]));
    let address = format!("imap://{}", server.address());
    let stand = Stand::with(Collection::of("imap").told("server", address).told("login", "desk"));
    let error = stand.look().await.unwrap_err();
    assert!(error.to_string().contains("keep the password of the mailbox"), "{error}");
    stand.newsroom.keep_source_secret(&WHO, &stand.desk, "tried", SecretKind::Key, "pass\"word").unwrap();
    assert_eq!(stand.look().await.unwrap().documents.len(), 1);
    let document = stand.document("mid:bulletin-7@ministry.example");
    assert_eq!(document.title, "Bulletin 7: the exercise in the north ends");
    assert_eq!(stand.capture(&document).media_type.as_deref(), Some("message/rfc822"));
    // A second look asks only for what came after.
    server.put("INBOX", folder(1, &[(3, &message), (4, &other)]));
    let before = server.commands().len();
    assert_eq!(stand.look().await.unwrap().documents.len(), 1);
    let asked = server.commands().split_off(before);
    assert!(!asked.iter().any(|command| command.starts_with("UID FETCH 3 ")), "{asked:?}");
    assert_eq!(asked.iter().filter(|command| command.starts_with("LOGIN")).count(), 1, "one connection for a look");
    // A folder that was made anew is read again, and nothing in it is new.
    server.put("INBOX", folder(2, &[(1, &message), (2, &other)]));
    let again = stand.look().await.unwrap();
    assert_eq!((again.documents.len(), again.known), (0, 2));
    // A wrong password stops the source and is not printed.
    stand.newsroom.keep_source_secret(&WHO, &stand.desk, "tried", SecretKind::Key, "guess").unwrap();
    assert!(stand.look().await.is_err());
    assert!(stand.fault().contains("the name or password is wrong"), "{}", stand.fault());
}

#[tokio::test(flavor = "multi_thread")]
async fn rounds_that_are_under_way_together_look_at_no_source_twice() {
    let site = Site::open(|_| {
        Reply::page("application/rss+xml", "<rss version='2.0'><channel><title>x</title></channel></rss>")
    });
    let site = site.await.unwrap();
    let feed = |number: usize| Collection::feed(format!("{}/{number}.xml", site.base()), 30);
    let stand = Stand::with(feed(0));
    // More than are looked at together: most of them wait for their turn.
    let many = 100;
    for number in 1..many {
        let source = Source { id: SourceId(format!("tried-{number}")), ..source(feed(number)) };
        stand.newsroom.save_source(&WHO, &source, 0, None).unwrap();
    }
    // As another process would: it shares nothing but the data directory.
    let other = stand.place.newsroom("127.0.0.1:9".parse().unwrap());
    let (round, elsewhere) = (|| stand.newsroom.gather_due(&WHO), || other.gather_due(&WHO));
    tokio::try_join!(round(), elsewhere(), round(), elsewhere(), round()).unwrap();
    let asked: Vec<usize> = (0..many).map(|number| site.asked(&format!("/{number}.xml"))).collect();
    assert_eq!(asked, vec![1; many]);
}
