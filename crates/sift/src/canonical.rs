//! One form for the addresses that lead to the same page.

/// Parameters that say how a reader came to a page, not which page it is: whole names, and beginnings.
const TRACKING: &[&str] = &[
    "fbclid",
    "gclid",
    "dclid",
    "yclid",
    "msclkid",
    "igshid",
    "mc_cid",
    "mc_eid",
    "traffic_source",
    "cmp",
    "cmpid",
    "ref",
    "ref_src",
    "ref_url",
    "referrer",
    "rss",
    "ocid",
    "smid",
    "ito",
    "spm",
    "share",
    "src",
    "source",
    "outputtype",
    "amp",
    "intcmp",
    "ns_mchannel",
    "ns_source",
    "ns_campaign",
    "xtor",
    "wt_mc",
    "feature",
    "sh",
    "sharetype",
];
const TRACKING_BEGINS: &[&str] = &["utm_", "at_", "pk_", "mtm_", "hsa_", "oly_", "vero_", "_hs"];

/// An address as it is compared: without scheme, `www.`, `m.` and `amp.`, default port, fragment, trailing slash and the
/// parameters that only say how a reader came there; the other parameters in order. Empty for an address without a host.
pub fn canonical(url: &str) -> String {
    let url = url.trim();
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let rest = rest.split('#').next().unwrap_or_default();
    let (path, query) = rest.split_once('?').unwrap_or((rest, ""));
    let (host, path) = path.split_once('/').unwrap_or((path, ""));
    let host = host.rsplit('@').next().unwrap_or_default().to_lowercase();
    let host = host.trim_end_matches('.').trim_end_matches(":443").trim_end_matches(":80");
    let host = ["www.", "m.", "amp.", "mobile."].iter().find_map(|prefix| host.strip_prefix(prefix)).unwrap_or(host);
    if host.is_empty() {
        return String::new();
    }
    let path = path.trim_end_matches('/').trim_end_matches("/amp").trim_end_matches("/index.html");
    let mut kept: Vec<&str> = query.split('&').filter(|pair| !pair.is_empty() && !is_tracking(pair)).collect();
    kept.sort_unstable();
    kept.dedup();
    let mut canonical = host.to_owned();
    if !path.is_empty() {
        canonical.push('/');
        canonical.push_str(&unescaped(path));
    }
    if !kept.is_empty() {
        canonical.push('?');
        canonical.push_str(&unescaped(&kept.join("&")));
    }
    canonical
}

fn is_tracking(pair: &str) -> bool {
    let name = pair.split('=').next().unwrap_or_default().to_ascii_lowercase();
    TRACKING.contains(&name.as_str()) || TRACKING_BEGINS.iter().any(|begin| name.starts_with(begin))
}

/// `%D8%A7` and `ا` are the same; what is no UTF-8, and what would change the address's parts, stays as it stands.
fn unescaped(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        let value = (*byte == b'%').then(|| text.get(at + 1..at + 3)).flatten();
        match value
            .and_then(|hex| u8::from_str_radix(hex, 16).ok())
            .filter(|value| *value >= 0x80 || value.is_ascii_alphanumeric())
        {
            Some(value) => {
                out.push(value);
                at += 3;
            }
            None => {
                out.push(*byte);
                at += 1;
            }
        }
    }
    String::from_utf8(out).unwrap_or_else(|_| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn how_a_reader_came_does_not_matter() {
        let one = canonical("https://www.example.org/a/b/?utm_source=rss&id=3&at_medium=RSS#top");
        assert_eq!(one, "example.org/a/b?id=3");
        assert_eq!(one, canonical("http://m.example.org:80/a/b?id=3"));
        assert_ne!(one, canonical("http://example.org/a/b?id=4"));
    }

    #[test]
    fn escaped_letters_are_the_letters() {
        assert_eq!(canonical("https://e.org/%D8%A7%DB%8C"), canonical("https://e.org/ای"));
        assert_eq!(canonical("https://e.org/a%2Fb"), "e.org/a%2Fb");
        assert_eq!(canonical("https://e.org/%ff"), "e.org/%ff");
    }

    #[test]
    fn no_address_has_no_form() {
        assert_eq!(canonical(""), "");
        assert_eq!(canonical("https:///x"), "");
    }
}
