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
