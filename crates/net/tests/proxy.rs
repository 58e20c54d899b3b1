//! Ways out through proxies, over real sockets: who resolves, what is refused, and what a capture holds of it.

// The lint lets tests unwrap, but not the functions that they share.
#![allow(clippy::unwrap_used)]

use sitrep_net::{FetchSettings, Fetcher, Proxy, Request};
use sitrep_testkit::{ProxySink, Zoo};

fn fetcher() -> Fetcher {
    Fetcher::new(FetchSettings { tries: 1, ..FetchSettings::default() }).unwrap()
}

fn through(proxy: &str, url: &str) -> Request {
    Request { via: Some(Proxy::read(proxy, None).unwrap()), ..Request::new(url) }
}

#[tokio::test]
async fn a_page_is_fetched_through_either_kind_of_proxy_which_resolves_its_name() {
    let zoo = Zoo::open().await.unwrap();
    let sink = ProxySink::open(zoo.address()).await.unwrap();
    for proxy in [format!("http://{}", sink.address()), format!("socks5://{}", sink.address())] {
        let fetched = fetcher().fetch(&through(&proxy, "http://outlet.example/good")).await.unwrap();
        assert_eq!(fetched.status, 200);
        assert_eq!(fetched.ip, None, "who answered is not known");
        assert_eq!(fetched.via.as_deref(), Some(proxy.as_str()));
    }
    assert_eq!(sink.asked_for(), ["outlet.example:80", "outlet.example:80"]);
}

#[tokio::test]
async fn the_guard_holds_behind_a_proxy_and_after_redirects() {
    let zoo = Zoo::open().await.unwrap();
    let sink = ProxySink::open(zoo.address()).await.unwrap();
    let proxy = format!("socks5://{}", sink.address());
    for url in [
        "http://127.0.0.1/",
        "http://169.254.169.254/x",
        "http://[::1]/",
        "http://localhost/",
        "http://printer/",
        "http://db.internal/",
    ] {
        let error = fetcher().fetch(&through(&proxy, url)).await.unwrap_err();
        assert_eq!(error.code(), "address_refused", "{url}: {error}");
    }
    assert!(sink.asked_for().is_empty(), "the proxy was asked for {:?}", sink.asked_for());
    for path in ["/to-private", "/to-metadata"] {
        let error = fetcher().fetch(&through(&proxy, &format!("http://outlet.example{path}"))).await.unwrap_err();
        assert_eq!(error.code(), "address_refused", "{path}: {error}");
    }
}

#[tokio::test]
async fn a_proxy_that_does_not_lead_on_is_told_in_words() {
    let zoo = Zoo::open().await.unwrap();
    for proxy in [format!("socks5://{}", zoo.address()), format!("http://{}", zoo.address())] {
        let error = fetcher().fetch(&through(&proxy, "http://outlet.example/")).await.unwrap_err();
        assert_eq!(error.code(), "proxy", "{error}");
        assert!(error.to_string().contains(&zoo.address().to_string()), "{error}");
    }
}

#[tokio::test]
async fn a_secret_goes_to_its_own_host_only_and_into_no_capture() {
    let zoo = Zoo::open().await.unwrap();
    let secrets = vec![("Cookie".to_owned(), "session=hidden".into())];
    let request = Request { local: true, secrets: secrets.clone(), ..Request::new(zoo.url("/echo")) };
    let fetched = fetcher().fetch(&request).await.unwrap();
    assert!(String::from_utf8_lossy(&fetched.body).to_lowercase().contains("cookie: session=hidden"), "it is sent");
    let recorded = String::from_utf8_lossy(&fetched.request).into_owned();
    assert!(recorded.contains("[withheld]") && !recorded.contains("hidden"), "{recorded}");
    assert!(!format!("{request:?}").contains("hidden"));
    let elsewhere = Zoo::open().await.unwrap();
    let url = zoo.url(&format!("/elsewhere?to={}", elsewhere.url("/echo")));
    let fetched = fetcher().fetch(&Request { local: true, secrets, ..Request::new(url) }).await.unwrap();
    assert!(fetched.final_url.contains(&elsewhere.address().to_string()));
    assert!(!String::from_utf8_lossy(&fetched.body).contains("hidden"), "it is sent to nobody else");
}

#[tokio::test]
async fn where_the_outlets_wishes_cannot_be_had_its_pages_are_left_alone_for_a_while() {
    let site = sitrep_testkit::Site::open(|asked| match asked.path.as_str() {
        "/robots.txt" => sitrep_testkit::site::Reply::status(500),
        _ => sitrep_testkit::site::Reply::page("text/html", "<p>A page"),
    });
    let site = site.await.unwrap();
    let request = Request { local: true, ..Request::new(format!("{}/page", site.base())) };
    let error = fetcher().fetch_politely(&request).await.unwrap_err();
    assert_eq!(error.code(), "robots_unknown", "{error}");
    assert_eq!(site.asked("/page"), 0);
}
