//! Attacks on sanitisers, shown as captured pages in a real browser: nothing runs, and nothing is loaded.
//!
//! The page's own policy and the frame's sandbox are left away here, so that the rewriting is seen to hold alone. Every
//! request of the browser goes to a server of this test, as to its proxy; what asks for anything but the test's own files
//! is a load.

#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a test says what is wrong by failing")]

use sitrep_collect::viewing;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Arc, Mutex};

const BROWSERS: [&str; 3] = ["chromium", "chromium-browser", "google-chrome"];

/// Hosts that the browser asks by itself, whatever it shows.
const OWN_ERRANDS: [&str; 3] = ["google.com", "googleapis.com", "gvt1.com"];

/// Shows each page in a frame, waits until it is loaded, and says what ran.
const HARNESS: &str = r#"<!doctype html><title>harness</title><pre id="out">unfinished</pre><script>
const ran = [];
window.hit = (n, what) => ran.push(n + ":" + what);
const show = (page, n) => new Promise((done) => {
  const frame = document.createElement("iframe");
  const trap = "<script>for (const f of ['alert','confirm','prompt','print','open','eval']) window[f] = () => parent.hit(" + n + ", f);</" + "script>";
  frame.onload = () => setTimeout(() => { frame.contentWindow.focus(); poke(frame, n); setTimeout(() => { frame.remove(); done(); }, 5); }, 5);
  frame.srcdoc = trap + page;
  document.body.append(frame);
});
const poke = (frame, n) => {
  const inside = frame.contentDocument;
  if (!inside) return hit(n, "the frame left its page");
  for (const element of inside.body.querySelectorAll("*")) {
    for (const type of ["click", "mouseover", "focus", "error", "load", "input", "submit", "scroll"]) element.dispatchEvent(new Event(type, { bubbles: true, cancelable: true }));
    for (const { name } of [...element.attributes]) if (name.startsWith("on") || ["src", "href", "action", "formaction", "srcdoc", "style", "data", "background", "poster"].includes(name)) hit(n, "attribute " + name);
    if (/^(script|iframe|object|embed|form|meta|base|link|style|svg|math|img|video|audio)$/i.test(element.localName)) hit(n, "element " + element.localName);
  }
};
(async () => {
  const pages = await (await fetch("/pages.json")).json();
  for (let n = 0; n < pages.length; n++) await show(pages[n], n);
  document.getElementById("out").textContent = "shown " + pages.length + " ran " + JSON.stringify(ran);
})();
</script>"#;

fn corpus() -> Option<PathBuf> {
    let given = std::env::var_os("SITREP_CORPUS").map(PathBuf::from);
    let root = given.unwrap_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared"));
    let folder = root.join("corpus/robustness");
    if folder.is_dir() {
        return Some(folder);
    }
    println!("skipped: corpus not found");
    None
}

fn browser() -> Option<&'static str> {
    let found = BROWSERS.into_iter().find(|name| Command::new(name).arg("--version").output().is_ok());
    if found.is_none() {
        println!("skipped: there is no browser here (chromium)");
    }
    found
}

/// DOMPurify's and H5SC's attacks, each as a page of its own.
fn vectors(folder: &Path) -> Vec<String> {
    let text = std::fs::read_to_string(folder.join("dompurify/expect.json")).unwrap();
    let listed: Vec<serde_json::Value> = serde_json::from_str(&text).unwrap();
    let mut vectors: Vec<String> =
        listed.iter().filter_map(|vector| Some(vector.get("payload")?.as_str()?.to_owned())).collect();
    let h5sc = std::fs::read(folder.join("h5sc/vectors.txt")).unwrap();
    let h5sc = String::from_utf8_lossy(&h5sc).into_owned();
    vectors.extend(h5sc.split("<div id=\"").skip(1).map(|vector| format!("<div id=\"{vector}")));
    let rss = std::fs::read(folder.join("h5sc/rss.txt")).unwrap();
    vectors.extend(String::from_utf8_lossy(&rss).lines().map(str::to_owned));
    vectors
}

/// The page as the newsroom shows it, without its policy.
fn shown(vector: &str) -> String {
    let page = viewing::page(vector.as_bytes(), Some("text/html"), "http://outlet.example/page", None);
    let start = page.find("<meta http-equiv=\"Content-Security-Policy\"").unwrap();
    let end = start + page[start..].find('>').unwrap() + 1;
    // The view's own style sheet is no finding.
    let page = format!("{}{}", &page[..start], &page[end..]);
    assert!(page.contains("<body>"));
    page
}

/// Answers for every host: the harness and its pages, and nothing else. What else is asked for is noted.
fn serve(listener: TcpListener, pages: String, loads: Arc<Mutex<Vec<String>>>) {
    let pages = Arc::new(pages);
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let (pages, loads) = (Arc::clone(&pages), Arc::clone(&loads));
            std::thread::spawn(move || answer(stream, &pages, &loads));
        }
    });
}

fn answer(mut stream: TcpStream, pages: &str, loads: &Mutex<Vec<String>>) {
    let mut reader = BufReader::new(stream.try_clone().unwrap());
    let mut line = String::new();
    let _ = reader.read_line(&mut line);
    let asked = line.split(' ').nth(1).unwrap_or_default().to_owned();
    loop {
        let mut field = String::new();
        match reader.read_line(&mut field) {
            Ok(0) | Err(_) => break,
            Ok(_) if field.trim().is_empty() => break,
            Ok(_) => {}
        }
    }
    let (status, kind, body) = match asked.strip_prefix("http://harness.test").unwrap_or(&asked) {
        "/" => ("200 OK", "text/html; charset=utf-8", HARNESS),
        "/pages.json" => ("200 OK", "application/json", pages),
        "/favicon.ico" => ("404 Not Found", "text/plain", ""),
        _ => {
            if !asked.is_empty() && !OWN_ERRANDS.iter().any(|host| asked.contains(host)) {
                loads.lock().unwrap().push(asked.clone());
            }
            ("404 Not Found", "text/plain", "")
        }
    };
    let length = body.len();
    let head =
        format!("HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n");
    let _ = stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(body.as_bytes()));
}

#[test]
fn nothing_of_the_known_attacks_runs_or_loads() {
    let (Some(corpus), Some(browser)) = (corpus(), browser()) else { return };
    let vectors = vectors(&corpus);
    assert!(vectors.len() > 300, "{} vectors", vectors.len());
    let pages: Vec<String> = vectors.iter().map(|vector| shown(vector)).collect();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let proxy = format!("--proxy-server=http://{}", listener.local_addr().unwrap());
    let loads = Arc::new(Mutex::new(Vec::new()));
    serve(listener, serde_json::to_string(&pages).unwrap(), Arc::clone(&loads));
    let folder = tempfile::tempdir().unwrap();
    let output = Command::new(browser)
        .args(["--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"])
        .args(["--disable-component-update", "--disable-sync", "--disable-default-apps", "--disable-extensions"])
        .args([&proxy, "--proxy-bypass-list=<-loopback>", "--virtual-time-budget=600000", "--timeout=240000"])
        .arg(format!("--user-data-dir={}", folder.path().display()))
        .args(["--dump-dom", "http://harness.test/"])
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    let found = said.split("<pre id=\"out\">").nth(1).and_then(|rest| rest.split("</pre>").next()).unwrap_or(&said);
    let ran: Vec<String> =
        found.split(" ran ").nth(1).and_then(|ran| serde_json::from_str(ran).ok()).unwrap_or_default();
    let of = |what: &String| {
        let vector = what.split(':').next().and_then(|n| n.parse::<usize>().ok()).and_then(|n| vectors.get(n));
        format!("{what}: {}", vector.map_or("", String::as_str).chars().take(200).collect::<String>())
    };
    assert!(ran.is_empty(), "{:#?}", ran.iter().map(of).collect::<Vec<_>>());
    assert_eq!(found, format!("shown {} ran []", vectors.len()));
    assert_eq!(*loads.lock().unwrap(), Vec::<String>::new());
}
