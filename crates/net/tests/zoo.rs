//! Servers that misbehave: each is met with the right words, within bounds.

// The lint lets tests unwrap, but not the functions that they share.
#![allow(clippy::unwrap_used)]

use sitrep_net::{Error, FetchSettings, Fetched, Fetcher, Request};
use sitrep_testkit::Zoo;
use std::net::IpAddr;
use std::time::{Duration, Instant};

const SHORT: Duration = Duration::from_millis(200);

fn settings() -> FetchSettings {
    FetchSettings {
        idle: Duration::from_secs(20),
        total: Duration::from_secs(30),
        most_raw: 1 << 20,
        most_decoded: 8 << 20,
        tries: 1,
        back_off: Duration::from_millis(1),
        ..FetchSettings::default()
    }
}

async fn fetched(zoo: &Zoo, path: &str) -> Result<Fetched, Error> {
    let request = Request { local: true, ..Request::new(zoo.url(path)) };
    Fetcher::new(settings()).unwrap().fetch(&request).await
}

/// The same by one who does not wait for long.
async fn fetched_impatiently(zoo: &Zoo, path: &str) -> Result<Fetched, Error> {
    let request = Request { local: true, ..Request::new(zoo.url(path)) };
    let settings = FetchSettings { idle: SHORT, total: SHORT * 3, ..settings() };
    Fetcher::new(settings).unwrap().fetch(&request).await
}

#[tokio::test]
async fn who_keeps_us_waiting_is_left() {
    let zoo = Zoo::open().await.unwrap();
    for (path, code) in
        [("/silent", "silent"), ("/silent-in-the-middle", "silent"), ("/drip", "slow"), ("/drip-body", "slow")]
    {
        let began = Instant::now();
        let error = fetched_impatiently(&zoo, path).await.expect_err(path);
        assert_eq!(error.code(), code, "{path}: {error}");
        assert!(began.elapsed() < SHORT * 20, "{path} took {:?}", began.elapsed());
    }
}

#[tokio::test]
async fn each_fault_has_its_name_and_none_is_waited_out() {
    let zoo = Zoo::open().await.unwrap();
    for (path, codes) in [
        ("/endless", &["too_large"][..]),
        ("/terabyte", &["too_large"]),
        ("/bomb", &["unfolds_too_far"]),
        ("/short", &["cut_off"]),
        ("/cut-piece", &["cut_off"]),
        // A reset may overtake what was sent before it.
        ("/reset", &["cut_off", "no_answer"]),
        ("/closed", &["no_answer"]),
        ("/half-head", &["cut_off"]),
        ("/huge-head", &["head_too_large"]),
        ("/many-fields", &["head_too_large"]),
        ("/http09", &["not_http"]),
        ("/garbage", &["not_http"]),
        ("/ssh", &["not_http"]),
        ("/http2", &["not_http"]),
        ("/bad-piece", &["malformed"]),
        ("/two-lengths", &["malformed"]),
        ("/not-gzip", &["coding"]),
        ("/loop", &["redirect_loop"]),
        ("/chain/1", &["too_many_redirects"]),
        ("/to-metadata", &["address_refused"]),
        ("/to-file", &["address"]),
        ("/busy", &["busy"]),
        ("/busy-for-long", &["busy"]),
    ] {
        let began = Instant::now();
        let error = fetched(&zoo, path).await.expect_err(path);
        assert!(codes.contains(&error.code()), "{path}: {} {error}", error.code());
        assert!(began.elapsed() < settings().idle, "{path} took {:?}", began.elapsed());
        assert!(!error.hint().is_empty());
    }
}

#[tokio::test]
async fn what_broke_is_said_in_words() {
    let zoo = Zoo::open().await.unwrap();
    let host = zoo.address();
    let error = fetched(&zoo, "/short").await.unwrap_err().to_string();
    assert_eq!(error, format!("{host} closed the connection in the middle of the page (7 of 1000 bytes had arrived)"));
    let error = fetched(&zoo, "/ssh").await.unwrap_err().to_string();
    assert!(error.contains("does not answer as a web server does") && error.contains("SSH-2.0-OpenSSH"), "{error}");
    let error = fetched_impatiently(&zoo, "/silent").await.unwrap_err().to_string();
    assert_eq!(error, format!("{host} sent nothing for 200 ms"));
    let error = fetched(&zoo, "/busy-for-long").await.unwrap_err();
    let wait = Some(Duration::from_secs(7200));
    assert_eq!(error, Error::Busy { host: host.to_string(), status: 429, retry_after: wait });
}

#[tokio::test]
async fn a_page_comes_with_the_bytes_of_both_heads() {
    let zoo = Zoo::open().await.unwrap();
    let page = fetched(&zoo, "/early?x=%D8%A8#part").await.unwrap();
    let request = String::from_utf8(page.request.clone()).unwrap();
    assert!(request.starts_with(&format!("GET /early?x=%D8%A8 HTTP/1.1\r\nHost: {}\r\n", zoo.address())), "{request}");
    assert!(request.contains("User-Agent: sitrep/") && request.ends_with("\r\n\r\n"), "{request}");
    let head = String::from_utf8(page.response_head.clone()).unwrap();
    assert!(head.starts_with("HTTP/1.1 200 Status\r\nContent-Type: text/html; charset=utf-8\r\n"), "{head}");
    assert!(head.ends_with("\r\n\r\n"), "{head}");
    assert_eq!(page.header("content-type"), Some("text/html; charset=utf-8"));
    assert_eq!((page.status, page.ip.as_deref()), (200, Some("127.0.0.1")));
    assert_eq!(page.final_url, zoo.url("/early?x=%D8%A8"));
}

#[tokio::test]
async fn a_compressed_page_is_kept_as_sent_and_unfolded() {
    let zoo = Zoo::open().await.unwrap();
    let (plain, compressed) = (fetched(&zoo, "/good").await.unwrap(), fetched(&zoo, "/gzip").await.unwrap());
    assert_eq!(plain.raw, plain.body);
    assert!(compressed.raw.starts_with(&[0x1f, 0x8b]));
    assert_eq!(compressed.body, plain.body);
}

#[tokio::test]
async fn what_is_sent_beyond_the_announced_length_is_not_the_page() {
    let zoo = Zoo::open().await.unwrap();
    assert_eq!(fetched(&zoo, "/long").await.unwrap().body, b"<p>The page");
}

#[tokio::test]
async fn redirects_are_followed_and_remembered() {
    let zoo = Zoo::open().await.unwrap();
    let page = fetched(&zoo, "/to-good").await.unwrap();
    assert_eq!(page.hops, [zoo.url("/to-good")]);
    assert_eq!(page.final_url, zoo.url("/good?from=there"));
    assert_eq!(fetched(&zoo, "/to-nowhere").await.unwrap().status, 302);
}

#[tokio::test]
async fn a_status_is_no_failure_until_the_page_is_asked_of_it() {
    let zoo = Zoo::open().await.unwrap();
    let answer = fetched(&zoo, "/status/404").await.unwrap();
    assert_eq!(answer.status, 404);
    assert!(answer.accepted().unwrap_err().to_string().ends_with("the server has no such page (404)"));
    assert!(fetched(&zoo, "/good").await.unwrap().accepted().is_ok());
}

#[tokio::test]
async fn the_copy_that_we_have_is_named() {
    let zoo = Zoo::open().await.unwrap();
    let fetcher = Fetcher::new(settings()).unwrap();
    let mut request = Request { local: true, ..Request::new(zoo.url("/tagged")) };
    let first = fetcher.fetch(&request).await.unwrap();
    request.if_none_match = first.header("etag").map(str::to_owned);
    let second = fetcher.fetch(&request).await.unwrap();
    assert!(!first.is_unchanged() && second.is_unchanged() && second.body.is_empty());
}

#[tokio::test]
async fn busy_and_broken_servers_are_asked_again() {
    let zoo = Zoo::open().await.unwrap();
    let fetcher = Fetcher::new(FetchSettings { tries: 3, ..settings() }).unwrap();
    for path in ["/busy", "/flaky"] {
        let request = Request { local: true, ..Request::new(zoo.url(path)) };
        assert_eq!(fetcher.fetch(&request).await.unwrap().status, 200, "{path}");
        assert_eq!(zoo.asked(path), 2, "{path}");
    }
    let request = Request { local: true, ..Request::new(zoo.url("/closed")) };
    assert_eq!(fetcher.fetch(&request).await.unwrap_err().code(), "no_answer");
    assert_eq!(zoo.asked("/closed"), 3);
    let request = Request { local: true, ..Request::new(zoo.url("/busy-for-long")) };
    assert_eq!(fetcher.fetch(&request).await.unwrap_err().code(), "busy");
    assert_eq!(zoo.asked("/busy-for-long"), 1, "a server that asks for hours is not asked again now");
}

#[tokio::test]
async fn the_guard_looks_at_every_address_before_anything_is_connected() {
    let zoo = Zoo::open().await.unwrap();
    let names = [
        ("inside.example", vec!["10.0.0.5"]),
        ("both.example", vec!["93.184.216.34", "127.0.0.1"]),
        ("mapped.example", vec!["::ffff:192.168.0.1"]),
        ("cloud.example", vec!["169.254.169.254"]),
    ];
    let parsed = names.iter().map(|(name, ips)| {
        ((*name).to_owned(), ips.iter().map(|ip| ip.parse::<IpAddr>().unwrap()).collect::<Vec<_>>())
    });
    let fetcher = Fetcher::new(FetchSettings { names: parsed.collect(), ..settings() }).unwrap();
    for url in [
        "http://inside.example/",
        "http://both.example/",
        "http://mapped.example/",
        "http://cloud.example/",
        "http://cloud.example./",
        "http://localhost/",
        "http://127.1/",
        "http://[::1]/",
        "http://[::ffff:127.0.0.1]/",
        "http://0/",
        "http://169.254.169.254/latest/meta-data/",
        "https://192.168.1.1/",
        &zoo.url("/good"),
    ] {
        let error = fetcher.fetch(&Request::new(url)).await.unwrap_err();
        assert_eq!(error.code(), "address_refused", "{url}: {error}");
        assert!(error.is_refusal());
    }
    assert_eq!(zoo.asked("/good"), 0);
    let error = fetcher.fetch(&Request::new("http://inside.example/")).await.unwrap_err().to_string();
    assert_eq!(error, "the address inside.example leads to a private network (10.0.0.5): refused");
    let local = Request { local: true, ..Request::new("http://cloud.example/") };
    assert_eq!(
        fetcher.fetch(&local).await.unwrap_err().code(),
        "address_refused",
        "local does not open the cloud's service"
    );
}

#[tokio::test]
async fn a_name_leads_to_the_address_that_was_judged() {
    let zoo = Zoo::open().await.unwrap();
    let names = [("outlet.example".to_owned(), vec![zoo.address().ip()])].into();
    let fetcher = Fetcher::new(FetchSettings { names, ..settings() }).unwrap();
    let url = format!("http://outlet.example:{}/echo", zoo.address().port());
    let page = fetcher.fetch(&Request { local: true, ..Request::new(url) }).await.unwrap();
    assert!(String::from_utf8(page.body).unwrap().contains(&format!("Host: outlet.example:{}", zoo.address().port())));
}

#[tokio::test]
async fn the_outlets_wish_is_obeyed_and_its_file_read_once() {
    let zoo = Zoo::open().await.unwrap();
    let fetcher = Fetcher::new(settings()).unwrap();
    let request = |path: &str| Request { local: true, ..Request::new(zoo.url(path)) };
    assert_eq!(fetcher.fetch_politely(&request("/closed-to-programs")).await.unwrap_err().code(), "robots");
    assert_eq!(fetcher.fetch_politely(&request("/good")).await.unwrap().status, 200);
    assert_eq!((zoo.asked("/robots.txt"), zoo.asked("/closed-to-programs")), (1, 0));
}

#[tokio::test]
async fn nothing_listens_and_nothing_is_known() {
    let fetcher = Fetcher::new(settings()).unwrap();
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let request = Request { local: true, ..Request::new(format!("http://127.0.0.1:{port}/")) };
    let error = fetcher.fetch(&request).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        format!("no connection to 127.0.0.1:{port}: nothing listens there (connection refused)")
    );
    assert!(Fetcher::new(FetchSettings { user_agent: "a\r\nb".into(), ..settings() }).is_err());
}
