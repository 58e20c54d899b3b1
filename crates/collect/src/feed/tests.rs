use super::*;

fn read(text: &str) -> Feed {
    parse(text.as_bytes(), None, Some("https://example.ir/feed/rss")).unwrap()
}

fn time(text: &str) -> Option<Timestamp> {
    Some(text.parse().unwrap())
}

#[test]
fn rss_in_persian_is_read() {
    let feed = read(
        r#"<?xml version="1.0" encoding="utf-8"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"
        xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>خبرگزاری نمونه</title><link>/fa</link>
        <language>fa-ir</language><item><title><![CDATA[<b>پل</b> &laquo;تازه&raquo;]]></title><link>/news/1402030900152</link>
        <guid isPermaLink="false">152</guid><dc:creator>نگار نمونه</dc:creator><pubDate>Tue, 30 May 2023 13:17:00 +0330</pubDate>
        <description>&lt;p onclick="x()"&gt;خلاصه &lt;a href="/x"&gt;اینجا&lt;/a&gt;&lt;script&gt;y()&lt;/script&gt;&lt;/p&gt;</description>
        <content:encoded><![CDATA[<p>متن</p>]]></content:encoded></item></channel></rss>"#,
    );
    assert_eq!(feed.title.as_deref(), Some("خبرگزاری نمونه"));
    assert_eq!(feed.link.as_deref(), Some("https://example.ir/fa"));
    assert_eq!(feed.language.as_deref(), Some("fa-ir"));
    let [entry] = &feed.entries[..] else { panic!() };
    assert_eq!(entry.id.as_deref(), Some("152"));
    assert_eq!(entry.url.as_deref(), Some("https://example.ir/news/1402030900152"));
    assert_eq!(entry.title.as_deref(), Some("پل «تازه»"));
    assert_eq!(entry.author, ["نگار نمونه"]);
    assert_eq!(entry.published, time("2023-05-30T09:47:00Z"));
    assert_eq!(entry.summary.as_deref(), Some("<p>خلاصه <a href=\"https://example.ir/x\">اینجا</a></p>"));
    assert_eq!(entry.content.as_deref(), Some("<p>متن</p>"));
    assert_eq!(entry.updated, None);
}

#[test]
fn atom_with_bases_xhtml_and_several_links_is_read() {
    let feed = read(
        r#"<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="ru" xml:base="https://example.ru/n/"><title type="html">Лента &amp;amp; дня</title>
        <link rel="self" href="feed.xml"/><link href="index.html"/><author><name>Редакция</name></author>
        <entry xml:base="2/"><id>tag:example.ru,2026:2</id><link rel="enclosure" href="a.mp3"/><link rel="alternate" type="application/pdf" href="b.pdf"/>
        <link rel="alternate" type="text/html" href="b.html"/><title>Мост</title><published>2026-11-10T10:00:00+03:00</published>
        <updated>2026-11-10T08:00:00Z</updated><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Да &lt;нет&gt; <img src="p.png"/></p></div></content></entry></feed>"#,
    );
    assert_eq!((feed.title.as_deref(), feed.language.as_deref()), (Some("Лента & дня"), Some("ru")));
    assert_eq!(feed.link.as_deref(), Some("https://example.ru/n/index.html"));
    let entry = &feed.entries[0];
    assert_eq!(entry.url.as_deref(), Some("https://example.ru/n/2/b.html"));
    assert_eq!(entry.author, ["Редакция"]);
    assert_eq!((entry.published, entry.updated), (time("2026-11-10T07:00:00Z"), time("2026-11-10T08:00:00Z")));
    assert_eq!(entry.content.as_deref(), Some("<p>Да &lt;нет&gt; <img src=\"https://example.ru/n/2/p.png\" /></p>"));
}

#[test]
fn rdf_and_json_feeds_are_read() {
    let feed = read(
        r##"<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
        <channel rdf:about="#"><title>אתר</title><link>https://example.org/</link></channel>
        <item rdf:about="https://example.org/1"><title>ידיעה</title><dc:date>2026-11-10</dc:date></item></rdf:RDF>"##,
    );
    assert_eq!(feed.entries[0].id.as_deref(), Some("https://example.org/1"));
    assert_eq!(feed.entries[0].published, time("2026-11-10T00:00:00Z"));
    let feed = read(
        r#"{"version":"https://jsonfeed.org/version/1.1","title":"نشرة","home_page_url":"/","authors":[{"name":"Desk"}],
        "items":[{"id":7,"url":"a","content_text":"1 < 2","date_published":"2026-11-10T08:00:00Z"}]}"#,
    );
    let entry = &feed.entries[0];
    assert_eq!((entry.id.as_deref(), entry.url.as_deref()), (Some("7"), Some("https://example.ir/feed/a")));
    assert_eq!((entry.content.as_deref(), &entry.author[..]), (Some("1 &lt; 2"), &["Desk".to_owned()][..]));
}

#[test]
fn broken_feeds_give_what_they_have() {
    let feed = read(
        "<rss><channel><title>A & B &nbsp; C &hellip;</title><item><title>one<link>https://e.org/1?a=1&b=2</link><item><title>two</title><itunes:author>x</itunes:author>",
    );
    assert_eq!(feed.title.as_deref(), Some("A & B C …"));
    assert_eq!(feed.entries.len(), 2);
    assert_eq!(feed.entries[1].title.as_deref(), Some("two"));
    assert_eq!(feed.entries[1].author, ["x"]);
    let russian = b"<?xml version=\"1.0\" encoding=\"windows-1251\"?><rss><channel><title>\xcf\xf0\xe8\xe2\xe5\xf2</title></channel></rss>";
    assert_eq!(parse(russian, Some("text/xml"), None).unwrap().title.as_deref(), Some("Привет"));
}

#[test]
fn what_is_no_feed_is_named() {
    assert_eq!(parse(b" \n", None, None), Err(Error::Empty));
    assert_eq!(parse(b"<!doctype html><html><body>x", None, None), Err(Error::Page));
    assert!(matches!(parse(b"<urlset></urlset>", None, None), Err(Error::NotAFeed(_))));
    assert!(matches!(parse(b"Please wait", None, None), Err(Error::NotAFeed(_))));
    assert!(matches!(parse(b"{\"a\":\n tru}", None, None), Err(Error::Json { line: 2, .. })));
}

#[test]
fn bombs_and_towers_stay_in_bounds() {
    let mut bomb = "<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\">".to_owned();
    for (name, of) in "bcdefghijk".chars().zip("abcdefghij".chars()) {
        bomb.push_str(&format!("<!ENTITY {name} \"{}\">", format!("&{of};").repeat(10)));
    }
    bomb.push_str("]><rss><channel><title>");
    bomb.push_str(&"&c;".repeat(200_000));
    bomb.push_str("</title></channel></rss>");
    assert!(read(&bomb).title.unwrap_or_default().len() < 3 * 1024 * 1024);
    let tower = format!("<rss><channel><item><description>{}deep", "<p>".repeat(100_000));
    assert!(read(&tower).entries[0].summary.as_deref().unwrap().contains("deep"));
}

proptest::proptest! {
    #[test]
    fn no_text_makes_it_fall(text in "(<[/!?]?(rss|item|title|link|entry|a:b|content)( [a-z:]{1,4}=[\"']?[a-z]{0,3}[\"']?)?/?>?|&#?[a-z0-9]{0,4};?|[aب<>&\"\\[\\]!-]{0,4}){0,20}") {
        let _ = parse(format!("<rss>{text}").as_bytes(), None, None);
        let _ = parse(text.as_bytes(), None, Some("https://example.org/"));
    }
}
