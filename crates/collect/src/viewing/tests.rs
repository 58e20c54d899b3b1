use super::*;
use crate::passage;

fn shown(html: &str, passage: Option<&Passage>) -> String {
    page(html.as_bytes(), Some("text/html; charset=utf-8"), "https://example.ir/news/1", passage)
}

#[test]
fn structure_stays_and_nothing_runs_or_loads() {
    let shown = shown(
        r#"<html lang="fa" dir="rtl"><head><script>a()</script><link rel=stylesheet href=//x/y.css><base href="//evil.example/"></head>
        <body onload="b()" style="background:url(//x)"><h1>عنوان</h1><form action="/go"><input name=q><p>متن</p></form><a href="javascript:c()">د</a>
        <a href="/2">پیوند</a><img src="/p.png" alt="پل" onerror="e()"><iframe src="/f">inside</iframe><svg><style>*{}</style></svg>
        <table><tr><td colspan="2">خانه</td></tr></table><noscript><img src=//x/pixel></noscript></body></html>"#,
        None,
    );
    let (_, body) = shown.split_once("<body>").unwrap();
    for part in
        ["<h1>عنوان</h1>", "<p>متن</p>", "title=\"https://example.ir/2\"", "[پل]", "<td colspan=\"2\">خانه</td>"]
    {
        assert!(body.contains(part), "{part} in {body}");
    }
    for part in ["script", "onload", "onerror", "src=", "href", "<form", "<input", "style", "inside", "<img", "pixel\""]
    {
        assert!(!body.contains(part), "{part} in {body}");
    }
    assert!(shown.contains("<html lang=\"fa\" dir=\"rtl\">") && shown.contains("default-src 'none'"));
}

#[test]
fn the_passage_is_marked_across_elements() {
    let text = "One bridge was opened on Monday, the ministry said.\nAnother followed.";
    let start = text.find("was opened").unwrap();
    let wanted = passage::make(text, start..start + "was opened on Monday".len());
    let marked = shown(
        "<nav>was opened</nav><p>One bridge <b>was\n opened</b> on Monday, the ministry said.</p><p>Another followed.</p>",
        Some(&wanted),
    );
    assert!(marked.contains("<b><mark id=\"passage\">was\n opened</mark></b><mark> on Monday</mark>, the"), "{marked}");
}

#[test]
fn other_bodies_are_shown_as_text_or_named() {
    let plain = page("<b>سلام".as_bytes(), Some("text/plain"), "https://e.org/", None);
    assert!(plain.contains("&lt;b&gt;سلام"));
    assert!(page(b"PK", Some("application/zip"), "https://e.org/", None).contains("application/zip (2 bytes)"));
    assert!(page(b"%PDF-1.7", Some("application/pdf"), "https://e.org/", None).contains("PDF (8 bytes): "));
    assert!(page(b"", None, "not an address \"><script>", None).contains("&lt;script&gt;"));
}

#[test]
fn towers_are_shown_in_bounds() {
    assert!(shown(&format!("{}text", "<div><i>".repeat(100_000)), None).contains("text"));
}

/// A capture's records: a page, and answers at other addresses (`Content-Type: …` or `Location: …`, and the body).
fn captured(parts: &[(&str, &str, &str)]) -> crate::warc::Requisites {
    let record = |id: usize, url: &str, field: &str, body: &str| {
        let status = if field.starts_with("Location") { "302 Found" } else { "200 OK" };
        crate::warc::write(&crate::warc::Exchange {
            id: format!("cap-1/{id}"),
            url: url.to_owned(),
            asked: None,
            at: "2026-11-10T08:00:00Z".parse().unwrap(),
            ip: None,
            request: b"GET / HTTP/1.1\r\n\r\n".to_vec(),
            response_head: format!("HTTP/1.1 {status}\r\n{field}\r\n\r\n").into_bytes(),
            body: body.as_bytes().to_vec(),
            media_type: None,
            repeats: None,
        })
    };
    let mut records = record(0, "https://example.ir/news/1", "Content-Type: text/html", "<p>page");
    for (place, (url, field, body)) in parts.iter().enumerate() {
        records.extend(record(place + 1, url, field, body));
    }
    crate::warc::requisites(&records)
}

fn worn(html: &str, parts: &[(&str, &str, &str)]) -> String {
    let requisites = captured(parts);
    assert_eq!(requisites.addresses().count(), parts.len());
    dressed(html.as_bytes(), Some("text/html; charset=utf-8"), "https://example.ir/news/1", None, &requisites)
}

#[test]
fn pictures_and_style_sheets_are_answered_out_of_the_capture_and_from_nowhere_else() {
    let shown = worn(
        "<head><link rel=stylesheet href=/s.css><style>h1{color:red}</style><link rel=stylesheet href=/away.css></head>\
         <body class=wide><h1 class=\"a b\" style=\"background:URL( '/p.png' )\">T</h1><img data-src=/led alt=bridge><img src=/gone.png alt=gone>",
        &[
            (
                "https://example.ir/s.css",
                "Content-Type: text/css",
                "@import 'more/t.css' screen;.a{background:url(p.png) none}.b{cursor:url(/gone.png)}",
            ),
            (
                "https://example.ir/more/t.css",
                "Content-Type: text/css",
                ".b::after{content:'</style><script>x</script>'} /* url(x) */",
            ),
            ("https://example.ir/p.png", "Content-Type: image/png", "PNG"),
            ("https://example.ir/led", "Location: /p.png", ""),
        ],
    );
    let data = "data:image/png;base64,UE5H";
    for part in [
        &format!(".a{{background:url(\"{data}\") none}}.b{{cursor:none}}"),
        "@media screen{.b::after{content:'<\\/style><script>x<\\/script>'}  }",
        "h1{color:red}",
        "<body class=\"wide\">",
        &format!("<img src=\"{data}\" alt=\"bridge\">"),
        "[gone]",
        "img-src data:",
    ] {
        assert!(shown.contains(part), "{part} in {shown}");
    }
    assert!(shown.contains(&format!("<h1 class=\"a b\" style=\"background:url(&quot;{data}&quot;)\">")), "{shown}");
    let body = shown.split("<body").nth(1).unwrap();
    assert!(!body.contains("example.ir/gone") && !shown.contains("href"), "{shown}");
    assert_eq!(shown.matches("</style>").count(), 1, "a sheet ends nothing but itself: {shown}");
}

#[test]
fn sheets_that_bring_each_other_in_and_pictures_that_never_end_stay_in_bounds() {
    let own = "@import '/a.css';".repeat(50);
    let large = "x".repeat(3 << 20);
    let shown = worn(
        &format!("<head><link rel=stylesheet href=/a.css></head>{}", "<img src=/large.png alt=L>".repeat(40)),
        &[
            ("https://example.ir/a.css", "Content-Type: text/css", &own),
            ("https://example.ir/large.png", "Content-Type: image/png", &large),
            ("https://example.ir/page.png", "Content-Type: text/html", "<script>"),
        ],
    );
    assert!(shown.len() < 20 << 20, "{} bytes", shown.len());
    assert_eq!(shown.matches("<img").count(), 3);
    assert_eq!(shown.matches("[L]").count(), 37);
}

#[test]
fn broken_sheets_are_read_to_their_end() {
    for sheet in [
        "@import",
        "@import url(",
        "url(",
        "url('",
        "a{content:'\\",
        "/*",
        "@import 'x",
        "é@import\u{a0}'é",
        "<",
        "</",
        "\\",
    ] {
        let shown = worn(
            "<head><link rel=stylesheet href=/a.css></head><p>text",
            &[("https://example.ir/a.css", "Content-Type: text/css", sheet)],
        );
        assert!(shown.contains("<p>text</p>"), "{sheet}: {shown}");
    }
}
