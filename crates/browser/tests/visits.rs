//! Real visits by a real browser to pages that this test answers: what a page looks like, what it does not get, and that
//! nothing leaves and nothing is left running.

#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a test says what is wrong by failing")]

use sitrep_browser::{Answer, Asked, Bounds, Browser, Error, Network, Seen};
use std::collections::HashMap;
use std::net::{TcpListener, UdpSocket};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

const PAGE: &str = "http://outlet.example/news/1";

/// One browser at a time, so that what is left of one is not taken for another.
static TURN: tokio::sync::Mutex<()> = tokio::sync::Mutex::const_new(());

/// A network of a few pages; every address that was asked for is noted.
#[derive(Clone, Default)]
struct Pages {
    pages: Arc<HashMap<String, Answer>>,
    asked: Arc<Mutex<Vec<Asked>>>,
}

impl Pages {
    fn of(pages: &[(&str, &str, &[u8])]) -> Self {
        let answer = |(url, kind, body): &(&str, &str, &[u8])| {
            let mut headers = vec![("Content-Type".to_owned(), (*kind).to_owned())];
            headers.push(("Content-Encoding".to_owned(), "gzip".to_owned()));
            headers.push(("X-Broken".to_owned(), "two\nlines".to_owned()));
            ((*url).to_owned(), Answer { status: 200, headers, body: body.to_vec() })
        };
        Self { pages: Arc::new(pages.iter().map(answer).collect()), asked: Arc::default() }
    }

    fn urls(&self) -> Vec<String> {
        self.asked.lock().unwrap().iter().map(|asked| asked.url.clone()).collect()
    }
}

impl Network for Pages {
    async fn answer(&self, asked: Asked) -> Result<Answer, String> {
        self.asked.lock().unwrap().push(asked.clone());
        if let Some(to) = asked.url.strip_prefix("http://outlet.example/led?") {
            let headers = vec![("Location".to_owned(), to.to_owned())];
            return Ok(Answer { status: 302, headers, body: Vec::new() });
        }
        let found = self.pages.get(&asked.url).cloned();
        found.ok_or_else(|| "the address leads to a private network: refused".to_owned())
    }
}

fn browser() -> Option<Browser> {
    let found = Browser::find(None);
    if found.is_none() {
        println!("skipped: there is no browser here (chromium)");
    }
    found
}

/// What the folders of this process's browsers begin with.
fn own() -> String {
    format!("sitrep-browser-{}-", std::process::id())
}

/// Processes that belong to a browser of ours.
fn running() -> Vec<String> {
    let processes = std::fs::read_dir("/proc").into_iter().flatten().flatten();
    let command = |entry: std::fs::DirEntry| std::fs::read(entry.path().join("cmdline")).ok();
    let commands = processes.filter_map(command).map(|bytes| String::from_utf8_lossy(&bytes).replace('\0', " "));
    commands.filter(|command| command.contains(&own())).collect()
}

async fn visited(pages: &Pages, bounds: &Bounds) -> Option<Result<Seen, Error>> {
    visited_by(browser()?, pages, bounds).await
}

async fn visited_by(browser: Browser, pages: &Pages, bounds: &Bounds) -> Option<Result<Seen, Error>> {
    let _turn = TURN.lock().await;
    let seen = browser.visit(PAGE, pages, bounds).await;
    assert_eq!(running(), Vec::<String>::new(), "nothing is left running");
    let left: Vec<_> =
        std::fs::read_dir(std::env::temp_dir()).unwrap().flatten().map(|entry| entry.file_name()).collect();
    let left: Vec<_> = left.into_iter().filter(|name| name.to_string_lossy().starts_with(&own())).collect();
    assert!(left.is_empty(), "{left:?}");
    Some(seen)
}

/// A picture of one pixel.
fn pixel() -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    image::RgbImage::from_pixel(1, 1, image::Rgb([0, 0, 255])).write_to(&mut bytes, image::ImageFormat::Png).unwrap();
    bytes.into_inner()
}

fn colour(picture: &[u8], x: u32, y: u32) -> [u8; 3] {
    image::load_from_memory(picture).unwrap().to_rgb8().get_pixel(x, y).0
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_is_seen_as_it_looks_with_what_its_styles_and_scripts_ask_for() {
    let html = "<!doctype html><html><head><link rel=stylesheet href=/s.css><script src=/s.js></script></head>\
        <body><h1>Bridge</h1><div style='height:5000px'></div><img loading=lazy src=/late.png><p id=made></p></body></html>";
    let script = "fetch('/data.json').then(r => r.json()).then(d => { const i = new Image(); i.src = '/led?/made.png'; \
        i.style.cssText = 'position:absolute;left:0;top:100px;width:200px;height:200px'; document.body.append(i); \
        document.getElementById('made').textContent = d.words; });";
    let pages = Pages::of(&[
        (PAGE, "text/html; charset=utf-8", html.as_bytes()),
        ("http://outlet.example/s.css", "text/css", b"body{background:rgb(0,200,0);margin:0}"),
        ("http://outlet.example/s.js", "text/javascript", script.as_bytes()),
        ("http://outlet.example/data.json", "application/json", b"{\"words\":\"made by a script\"}"),
        ("http://outlet.example/made.png", "image/png", &pixel()),
        ("http://outlet.example/late.png", "image/png", &pixel()),
    ]);
    let Some(seen) = visited(&pages, &Bounds::default()).await else { return };
    let seen = seen.unwrap();
    let urls = pages.urls();
    for part in ["s.css", "s.js", "data.json", "led?/made.png", "made.png", "late.png"] {
        assert!(urls.contains(&format!("http://outlet.example/{part}")), "{part}: {urls:?}");
    }
    let picture = seen.picture.unwrap();
    assert_eq!(colour(&picture, 600, 50), [0, 200, 0], "the style sheet holds");
    assert_eq!(colour(&picture, 100, 200), [0, 0, 255], "what a script made is there");
    let size = image::load_from_memory(&picture).unwrap();
    assert!(size.height() > 5000 && size.width() == 1280, "{}x{}", size.width(), size.height());
    assert!(seen.print.unwrap().starts_with(b"%PDF-"));
    let missing: Vec<&String> = seen.missing.iter().filter(|words| !words.contains("favicon")).collect();
    assert!(missing.is_empty(), "{missing:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_leaves_whatever_a_page_tries() {
    let (tcp, udp) = (TcpListener::bind("127.0.0.1:0").unwrap(), UdpSocket::bind("127.0.0.1:0").unwrap());
    udp.set_nonblocking(true).unwrap();
    let (port, udp_port) = (tcp.local_addr().unwrap().port(), udp.local_addr().unwrap().port());
    let arrived = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&arrived);
    std::thread::spawn(move || {
        for _ in tcp.incoming() {
            counted.fetch_add(1, Ordering::SeqCst);
        }
    });
    let html = format!(
        "<!doctype html><html><head><link rel=preconnect href=http://127.0.0.1:{port}><link rel=dns-prefetch href=//x.example>\
         <link rel=prefetch href=http://127.0.0.1:{port}/prefetched></head><body><img src=http://127.0.0.1:{port}/image>\
         <iframe src=http://127.0.0.1:{port}/frame></iframe><iframe srcdoc='<img src=http://127.0.0.1:{port}/inner>'></iframe>\
         <script>\
         const at = '127.0.0.1:{port}'; const tried = f => {{ try {{ f(); }} catch (e) {{}} }};\
         tried(() => new WebSocket('ws://' + at)); tried(() => new EventSource('http://' + at + '/events'));\
         tried(() => navigator.sendBeacon('http://' + at + '/beacon', 'x')); tried(() => fetch('http://' + at, {{method: 'POST', body: 'x'}}));\
         tried(() => window.open('http://' + at + '/window')); tried(() => navigator.serviceWorker.register('/sw.js'));\
         tried(() => new Worker(URL.createObjectURL(new Blob([`fetch('http://${{at}}/worker'); new WebSocket('ws://${{at}}')`]))));\
         tried(() => new SharedWorker(URL.createObjectURL(new Blob([`fetch('http://${{at}}/shared')`]))));\
         tried(() => new WebTransport('https://' + at));\
         tried(() => {{ const p = new RTCPeerConnection({{iceServers: [{{urls: 'stun:127.0.0.1:{udp_port}'}}]}}); p.createDataChannel('x'); p.createOffer().then(o => p.setLocalDescription(o)); }});\
         const form = document.createElement('form'); form.method = 'POST'; form.action = 'http://' + at + '/form'; document.body.append(form); form.submit();\
         setTimeout(() => {{ location = 'http://' + at + '/away'; }}, 300);\
         alert('x');\
         </script></body></html>"
    );
    let Some(browser) = browser() else { return };
    for browser in [browser.clone(), browser.unfenced()] {
        let pages = Pages::of(&[(PAGE, "text/html", html.as_bytes())]);
        let Some(seen) = visited_by(browser, &pages, &Bounds::default()).await else { return };
        let seen = seen.unwrap();
        assert!(seen.picture.is_some() && seen.print.is_some(), "{:?}", seen.missing);
        let refused = "/image: the address leads to a private network";
        assert!(seen.missing.iter().any(|words| words.contains(refused)), "{seen:?}");
        assert_eq!(arrived.load(Ordering::SeqCst), 0, "nothing was connected to: {:?}", seen.missing);
        let mut packet = [0; 100];
        assert!(udp.recv_from(&mut packet).is_err(), "no packet was sent");
        let asked = pages.urls();
        assert!(asked.iter().all(|url| !url.contains("/form") && !url.contains("/away")), "{asked:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_that_never_ends_is_ended() {
    let bounds = Bounds { load: Duration::from_secs(20), requests: 40, ..Bounds::default() };
    let asking = "<script>let n = 0; setInterval(() => { for (let i = 0; i < 50; i++) new Image().src = '/n/' + n++; }, 5)</script>x";
    let growing = "<script>setInterval(() => { for (let i = 0; i < 200; i++) document.body.append(document.createElement('hr')); }, 5)</script><body>x";
    let silent = "<link rel=stylesheet href=/silent.css>x";
    for (html, words) in [(asking, "more than 40 addresses"), (growing, ""), (silent, "")] {
        let pages = Pages::of(&[(PAGE, "text/html", html.as_bytes())]);
        let began = Instant::now();
        let Some(seen) = visited(&pages, &bounds).await else { return };
        let seen = seen.unwrap();
        assert!(began.elapsed() < Duration::from_secs(120), "{:?}", began.elapsed());
        assert!(pages.urls().len() <= 42, "{}", pages.urls().len());
        assert!(seen.missing.iter().any(|missing| missing.contains(words)), "{words}: {:?}", seen.missing);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_that_holds_the_browser_still_is_left() {
    let bounds = Bounds { load: Duration::from_secs(3), press: Duration::from_secs(3), ..Bounds::default() };
    let pages = Pages::of(&[(PAGE, "text/html", b"<p>x<script>while (true) {}</script>")]);
    let began = Instant::now();
    let Some(seen) = visited(&pages, &bounds).await else { return };
    assert!(began.elapsed() < Duration::from_secs(120), "{:?}", began.elapsed());
    let words = format!("{seen:?}");
    assert!(words.contains("did not answer within 3 seconds"), "{words}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_that_is_refused_is_an_error_in_words() {
    let Some(seen) = visited(&Pages::default(), &Bounds::default()).await else { return };
    let error = seen.unwrap_err().to_string();
    assert!(error.contains("did not open the page") && error.contains("private network"), "{error}");
}

#[tokio::test]
async fn a_program_that_is_no_browser_is_an_error_in_words() {
    assert_eq!(Browser::find(Some(std::path::Path::new("no-such-browser"))), None);
    let _turn = TURN.lock().await;
    let browser = Browser::find(Some(std::path::Path::new("true"))).unwrap();
    let error = browser.visit(PAGE, &Pages::default(), &Bounds::default()).await.unwrap_err();
    assert!(error.to_string().contains("ended by itself"), "{error}");
    let browser = Browser::find(Some(std::path::Path::new("cat"))).unwrap();
    let bounds = Bounds { start: Duration::from_secs(2), ..Bounds::default() };
    let error = browser.visit(PAGE, &Pages::default(), &bounds).await.unwrap_err();
    assert!(!error.to_string().is_empty());
}
