//! Inputs that the parsers read well, written for this: mutations start from them.

use std::io::{Cursor, Write as _};

const EDITION: &str = "Coast Watch, November 10, 2026\n\nInformation Cutoff: 2:00 pm ET\n\nKey Takeaways\n\n1. The harbour closed on Monday.\n2. Trains are late.\n\nPorts (Objective: keep the northern basin open through the winter)\n\nThe harbour closed on Monday. Two ferries were moved north, a clerk said.[i] The desk previously assessed that the basin is likely to silt up.[ii]\n\nTrains are late. بندر خوش ۱۴۰۲/۰۳/۰۹ بسته شد. Порт закрыт 9 ноября.[iii]\n\n[i] https://sana [dot] sy/?p=1 ; hxxps://isna dot ir/news/1402030100152\n\n[ii] https://desk.example/coast-watch-november-3-2026\n\n[iii] A clerk, by telephone\n";

const JOINED: &str = "November 10, 6 pm ET,,Click here to see the map. ,The harbour closed on Monday. Ferries left.,Key Takeaways,The harbour closed.,Trains are late.,We do not report on football.,Main Effort—Ports (comprised of two efforts);,Supporting Effort 1—Rail;,Supporting Effort 2—Roads,Main Effort—Ports,The harbour closed on Monday and nobody said when it will open again.,Supporting Effort #1—Rail,Trains are late.,,";

const PAGE: &str = r##"<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Coast Watch, November 10, 2026</title><meta property="article:published_time" content="2026-11-10T20:00:00Z"><script>run()</script></head><body><nav><a href="/">Home</a></nav><article><h1>Coast Watch, November 10, 2026</h1><p class="byline">Noor Castellane</p><h2>Key Takeaways</h2><ul><li><strong>Protests:</strong> The harbour closed.</li></ul><h2>Ports</h2><p><em>This section covers harbours.</em></p><p><b>The harbour closed.</b> A clerk said so.<sup><a href="#fn1">1</a></sup> Ferries left.<a href="#_edn2">[2]</a></p><figure><img src="m.png"><figcaption>Map 1: the coast</figcaption></figure><table><tr><td>Port</td><td>Ships</td></tr></table><ol class="footnotes"><li id="fn1"><a href="https://outlet.example/a/long/address">https://outlet.example/a/lo...</a> <a href="#ref1">↩</a></li><li id="fn2">Words</li></ol></article></body></html>"##;

const FORM: &str = "+++\ntitle = \"Coast Watch, November 10, 2026\"\ndate = \"2026-11-10\"\n+++\n\n{.standing}\nThe Coast Watch follows the coast.\n\n# Key Takeaways\n\n1. The harbour closed. {announces=harbour}\n\n# Ports\n\n{.scope}\nThis section covers harbours.\n\n**The harbour closed.** A clerk [said so](https://desk.example/).[^c1]{events=ev-1} It is *likely* to open.{#s2 made=as-1}\n{#harbour campaign=ports}\n\n- an item[^c2]\n\n> a quotation\n\n![Map](m.png)\n\n[^c1]: https://desk.example/1 ; edition:2026-11-03\n[^c2]: document:d-1 \"words\"\n";

const MARKDOWN: &str = "# Coast Watch, November 10, 2026\n\n## Key Takeaways\n\n- The harbour closed.\n\n## Ports\n\n> This section covers harbours.\n\n**The harbour closed.** A clerk said so.[^1]\n\n[^1]: https://desk.example/1\n";

const RSS: &str = "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>Outlet</title><link>https://outlet.example/</link><item><title>The harbour closed &amp; opened</title><link>https://outlet.example/1</link><pubDate>Tue, 10 Nov 2026 20:00:00 GMT</pubDate><description><![CDATA[<p onclick=\"x()\">Text</p>]]></description></item></channel></rss>";

const ATOM: &str = "<feed xmlns=\"http://www.w3.org/2005/Atom\"><title>Outlet</title><entry><id>urn:1</id><title type=\"html\">A &lt;b&gt;title&lt;/b&gt;</title><link href=\"/1\"/><updated>2026-11-10T20:00:00Z</updated><content type=\"xhtml\"><div xmlns=\"http://www.w3.org/1999/xhtml\"><p>Text</p></div></content></entry></feed>";

const JSON_FEED: &str = "{\"version\":\"https://jsonfeed.org/version/1.1\",\"title\":\"Outlet\",\"items\":[{\"id\":\"1\",\"url\":\"https://outlet.example/1\",\"content_html\":\"<p>Text</p>\",\"date_published\":\"2026-11-10T20:00:00Z\"}]}";

const WARC: &str = "WARC/1.1\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:6f1e0a3e-0000-4000-8000-000000000001>\r\nWARC-Date: 2026-11-10T20:00:00Z\r\nWARC-Target-URI: https://outlet.example/1\r\nContent-Type: application/http; msgtype=response\r\nContent-Length: 63\r\n\r\nHTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>The harbour</p>\r\n\r\n";

fn of(texts: &[&str]) -> Vec<Vec<u8>> {
    texts.iter().map(|text| text.as_bytes().to_vec()).collect()
}

pub(crate) fn texts() -> Vec<Vec<u8>> {
    of(&[EDITION, JOINED])
}

/// Numbers in the digits, separators and words of the desks' languages, beside what only looks like one.
pub(crate) fn figures() -> Vec<Vec<u8>> {
    of(&[
        "Port fees rose 4.5 % to 1,200.5 crowns; 2.5 million tons, 12 per cent less. Pier F16, 14:30, 2026-11-10, v1.2.3.4",
        "۳ میلیون و ۲۰۰ هزار بشکه، ۱۲٬۵۰۰ تن، ۴ درصد، ۲ هزار میلیارد تومان، ۱۴۰۲/۰۳/۰۹",
        "٣٫٥ مليون برميل و٢٠ ألف عامل، ٤٫٥٪ و 7 في المئة",
        "15 אלף איש ו-3 מיליון, 6 אחוזים",
        "12\u{a0}500 тонн, 3 млн 200 тыс., 5 процентов, 3,5 метра",
    ])
}

pub(crate) fn pages() -> Vec<Vec<u8>> {
    of(&[PAGE])
}

pub(crate) fn forms() -> Vec<Vec<u8>> {
    of(&[FORM, MARKDOWN])
}

pub(crate) fn feeds() -> Vec<Vec<u8>> {
    of(&[RSS, ATOM, JSON_FEED])
}

pub(crate) fn archives() -> Vec<Vec<u8>> {
    of(&[WARC])
}

/// An authority's answer, and the token in it.
pub(crate) fn stamps() -> Vec<Vec<u8>> {
    const ANSWER: &[u8] = include_bytes!("../../timestamp/samples/answer.tsr");
    vec![ANSWER.to_vec(), ANSWER[9..].to_vec()]
}

pub(crate) fn sheets() -> Vec<Vec<u8>> {
    of(&[
        "@import url('a.css') screen;\n/* </style> */ .a::after{content:\"</style>\\\"\"} @media print{.b{background:URL( 'x.png' ) no-repeat, url(data:image/png;base64,UE5H)}}",
    ])
}

pub(crate) fn shapes() -> Vec<Vec<u8>> {
    of(&[
        r#"{"type":"Point","coordinates":[40.9,34.5]}"#,
        r#"{"type":"Polygon","coordinates":[[[40,34],[41,34],[41,35],[40,34]]]}"#,
        r#"{"type":"LineString","coordinates":[[40,34],[41,34.5]]}"#,
    ])
}

const PRINT: &str = "%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R /Lang (en) >>\nendobj\n2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 /Resources << /Font << /F1 5 0 R /F2 6 0 R >> /XObject << /X 8 0 R >> >> >>\nendobj\n3 0 obj\n<< /Type /Page /Parent 2 0 R /Contents 4 0 R /Annots [<< /Rect [72 690 200 715] /A << /URI (https://desk.example/1) >> >>] >>\nendobj\n4 0 obj\n<< /Length 314 >>\nstream\nBT /F1 18 Tf 72 700 Td (The harbour closed) Tj ET\nBT /F1 11 Tf 14 TL 72 660 Td [(A clerk) -300 (said so on Mon-)] TJ T* (day, and ferries left.) Tj ET\n/Artifact BMC BT /F1 8 Tf 72 30 Td (1) Tj ET EMC\nBT /F2 11 Tf 1 0 0 1 72 600 Tm <0645 fee1 0020 0031 0032> Tj ET\n/Span << /ActualText (words) >> BDC BT /F1 9 Tf 72 560 Td (x) Tj ET EMC q /X Do Q\nendstream\nendobj\n5 0 obj\n<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding << /BaseEncoding /WinAnsiEncoding /Differences [65 /A /uni0042 /afii57664] >> >>\nendobj\n6 0 obj\n<< /Type /Font /Subtype /Type0 /Encoding /Identity-H /ToUnicode 7 0 R /DescendantFonts [<< /DW 500 /W [1 [400 500] 10 20 600] >>] >>\nendobj\n7 0 obj\n<< /Length 118 >>\nstream\nbegincmap 1 begincodespacerange <0000> <ffff> endcodespacerange 1 beginbfrange <0000> <ffff> <0000> endbfrange endcmap\nendstream\nendobj\n8 0 obj\n<< /Type /XObject /Subtype /Form /Matrix [1 0 0 1 0 0] /Filter /ASCIIHexDecode /Length 63 >>\nstream\n4254202f46312031312054662037322035303020546420286c617374292054 6a204554>\nendstream\nendobj\n9 0 obj\n<< /Title (Harbour) /Author (Noor Castellane) /CreationDate (D:20261110200000Z) >>\nendobj\ntrailer\n<< /Size 10 /Root 1 0 R /Info 9 0 R >>\n%%EOF\n";

/// A print whose parts are not packed, so that mutations reach them.
pub(crate) fn prints() -> Vec<Vec<u8>> {
    of(&[PRINT])
}

const BODY: &str = r#"<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><w:body><w:p><w:pPr><w:pStyle w:val="Title"/></w:pPr><w:r><w:t>Coast Watch, November 10, 2026</w:t></w:r></w:p><w:p><w:r><w:rPr><w:b/></w:rPr><w:t>The harbour closed.</w:t></w:r><w:r><w:t xml:space="preserve"> A clerk said so.</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r><w:del w:id="1"><w:r><w:delText>Gone.</w:delText></w:r></w:del></w:p><w:tbl><w:tblGrid><w:gridCol/><w:gridCol/></w:tblGrid><w:tr><w:tc><w:p><w:r><w:t>Port</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>12</w:t></w:r></w:p></w:tc></w:tr></w:tbl></w:body></w:document>"#;

const NOTES: &str = r#"<w:footnotes xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:footnote w:id="2"><w:p><w:r><w:t>https://desk.example/1</w:t></w:r></w:p></w:footnote></w:footnotes>"#;

/// A document as it is, and one whose parts are stored unpacked, so that mutations reach their XML.
pub(crate) fn documents() -> Vec<Vec<u8>> {
    use zip::CompressionMethod::{Deflated, Stored};
    [Stored, Deflated]
        .into_iter()
        .filter_map(|method| {
            let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
            let options = zip::write::SimpleFileOptions::default().compression_method(method);
            for (name, text) in [("word/document.xml", BODY), ("word/footnotes.xml", NOTES)] {
                zip.start_file(name, options).ok()?;
                zip.write_all(text.as_bytes()).ok()?;
            }
            zip.finish().ok().map(Cursor::into_inner)
        })
        .collect()
}
