use super::*;

/// What a page holds that a reader of reports asks for: names, attributes that say something, texts, in order.
fn told(page: &Page) -> String {
    let mut out = String::new();
    let mut waiting = vec![(page.root(), 0)];
    while let Some((place, depth)) = waiting.pop() {
        match (place.element(), place.text()) {
            (Some(element), _) => {
                out.push_str(&format!("\n{depth}<{}", element.name()));
                let mut attributes: Vec<String> = element
                    .attributes()
                    .filter(|(name, _)| says_something(name))
                    .map(|(name, value)| format!(" {}={value:?}", &**name))
                    .collect();
                attributes.sort();
                out.extend(attributes);
                let is_data = || element.attributes().any(|(_, value)| has_json(value));
                if !(element.name() == "style" || element.name() == "script" && !is_data()) {
                    waiting.extend(place.children_backwards().map(|child| (child, depth + 1)));
                }
            }
            (_, Some(text)) => out.push_str(&format!("\n{depth}{text:?}")),
            _ => out.push_str("\n-"),
        }
    }
    out
}

fn check(source: &str) {
    if let Some(page) = read(source) {
        assert_eq!(told(&page), told(&Page::parse_slowly(source)), "{source:?}");
    }
}

#[test]
fn what_sources_hold_is_read_here() {
    for source in [
        "<!doctype html><p>a<p>b",
        "<!DOCTYPE html PUBLIC \"-//W3C//DTD HTML 4.01//EN\" \"http://www.w3.org/TR/html4/strict.dtd\"><p><table><td>a",
        "<!doctype html public '-//IETF//DTD HTML 2.0//EN'><p><table><td>a</table>",
        "<title>a &amp; b</title><script>if (a<b) '</p>'</script><style>p{}</style><p class=x id='y'>c",
        "<p>one < two & three &amp four &copy=5 &notin; &notit; &#x41;&#150;&#0;&#xD800;&#; &unknown; &AMP",
        "<a href='?a=1&amp;b=2&copy=3&lt'>x</a>\r\ny\rz",
        "a<!-- b --><!-->c<!--->d<!----!>e<!-- f --!>g<!---->h<!-- i --->j",
        "</p></ ><//><br/></br><? x ?>k<!x>l</",
        "<b class=1><i>x</b>y</i><div><b class=2>z<p>w</b>v",
        "<table>a<tr><td>b<table><a href=x>c</a></table>",
        "<pre>\n\na</pre><textarea>\n<b></textarea><noscript><p>x</noscript>",
        "<svg><title>a</title><path d='x'/><script>1</script></svg><math><mi>x</math>",
        "<script type='application/ld+json'>{\"a\": \"<b>\"}</script><template><p>a</template>b",
        "<select><option>a<option>b</select><frameset></frameset>",
        "<div a=1 A=2 =x y= z = \"&quot;\" q/w/ >t</DIV ><body lang=fa><html lang=en dir=rtl>",
        "<script type=json><!-- <script> </script> --></script>a<script><!-- <script> </script> --></script>b",
        "<script type=json><!--> <script> </script>a<script type=json><!-- <scripts> </script>b<script><!-- <script>",
    ] {
        assert!(read(source).is_some(), "{source:?}");
        check(source);
    }
}

#[test]
fn what_is_rare_is_left_to_the_slower_reader() {
    let deep = "<div>".repeat(html::DEEPEST + 1);
    for source in ["a\0b", "<svg><![CDATA[x]]>", "<plaintext>a", "<a b='", &deep] {
        assert!(read(source).is_none(), "{source:?}");
    }
    let page = Page::parse("<p title='</p>'>a\0b<svg><![CDATA[x]]></svg><p>c");
    assert_eq!(page.body().words(), "ab x c");
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(3_000))]
    #[test]
    fn the_tree_is_the_one_that_html5ever_makes_by_itself(source in PIECES) {
        check(&source);
    }
}

proptest::proptest! {
    #[test]
    fn scripts_end_where_html5ever_ends_them(inside in "(<!--|--!?>|<script[ />]?|</script[ />]?|</?SCRIPT>|[<>!/a -]){0,14}") {
        check(&format!("<script type=json>{inside}</script>b<p>c"));
    }
}

/// Sources of tags and text, in order and out of it.
const PIECES: &str = "(<!doctype html( PUBLIC \"-//W3C//DTD HTML 3.2//EN\")?>)?\
    (</?(a|b|i|p|div|table|tr|td|ul|li|h1|br|form|svg|title|select|option|body|html|head|font|nobr|template)\
    ( (class|id|href|hidden|type|color)(=(x|'y z'|\"&amp;&lt\"|&copy=1|))?){0,2} ?/?>?\
    |<(script|style|textarea|noscript|iframe|xmp)( type=json)?>|</(script|style|textarea|title|noscript|iframe|xmp)[ />]\
    |<!--[-!> a]{0,4}(-->|--!>)?|<[!?/]?[a-z>= '\"]{0,3}|&[a-zA-Z#0-9]{0,6};?|[ \r\n\ta-e=\"'\u{00E9}\u{0627}]{1,5}){0,14}";
