//! The guard: which IP addresses may be connected to.
//!
//! A page may name any host, and a host's owner may give it any address. Were they all followed, a stranger could make this program
//! read the operator's own network (server-side request forgery). So every address is judged after resolution, IP literals too, and
//! the connection is made to the judged address and no other. The ranges are those of the IANA special-purpose registries.

use ipnet::{Ipv4Net, Ipv6Net};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// How far a local source is let in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reach {
    /// This machine and its own network: allowed to sources that are marked as local.
    Own,
    /// Never an outlet.
    Never,
}

const V4: &[(Ipv4Net, Reach, &str)] = &[
    (v4(0, 0, 0, 0, 8), Reach::Never, "no host at all"),
    (v4(10, 0, 0, 0, 8), Reach::Own, "a private network"),
    (v4(100, 64, 0, 0, 10), Reach::Never, "a provider's inner network"),
    (v4(127, 0, 0, 0, 8), Reach::Own, "this machine itself"),
    (v4(169, 254, 169, 254, 32), Reach::Never, "a cloud's metadata service"),
    (v4(169, 254, 0, 0, 16), Reach::Never, "the local link"),
    (v4(172, 16, 0, 0, 12), Reach::Own, "a private network"),
    (v4(192, 0, 0, 0, 24), Reach::Never, "a reserved range"),
    (v4(192, 0, 2, 0, 24), Reach::Never, "a range for examples in documents"),
    (v4(192, 88, 99, 0, 24), Reach::Never, "a reserved range"),
    (v4(192, 168, 0, 0, 16), Reach::Own, "a private network"),
    (v4(198, 18, 0, 0, 15), Reach::Never, "a range for measurements"),
    (v4(198, 51, 100, 0, 24), Reach::Never, "a range for examples in documents"),
    (v4(203, 0, 113, 0, 24), Reach::Never, "a range for examples in documents"),
    (v4(224, 0, 0, 0, 4), Reach::Never, "many hosts at once (multicast)"),
    (v4(240, 0, 0, 0, 4), Reach::Never, "a reserved range"),
];

const V6: &[(Ipv6Net, Reach, &str)] = &[
    (v6([0, 0, 0, 0, 0, 0, 0, 0], 128), Reach::Never, "no host at all"),
    (v6([0, 0, 0, 0, 0, 0, 0, 1], 128), Reach::Own, "this machine itself"),
    (v6([0x100, 0, 0, 0, 0, 0, 0, 0], 64), Reach::Never, "a reserved range"),
    (v6([0x2001, 0xdb8, 0, 0, 0, 0, 0, 0], 32), Reach::Never, "a range for examples in documents"),
    (v6([0x2001, 0, 0, 0, 0, 0, 0, 0], 23), Reach::Never, "a reserved range"),
    (v6([0x3fff, 0, 0, 0, 0, 0, 0, 0], 20), Reach::Never, "a range for examples in documents"),
    (v6([0x5f00, 0, 0, 0, 0, 0, 0, 0], 16), Reach::Never, "a reserved range"),
    (v6([0xfd00, 0xec2, 0, 0, 0, 0, 0, 0x254], 128), Reach::Never, "a cloud's metadata service"),
    (v6([0xfc00, 0, 0, 0, 0, 0, 0, 0], 7), Reach::Own, "a private network"),
    (v6([0xfe80, 0, 0, 0, 0, 0, 0, 0], 10), Reach::Never, "the local link"),
    (v6([0xfec0, 0, 0, 0, 0, 0, 0, 0], 10), Reach::Never, "the local link"),
    (v6([0xff00, 0, 0, 0, 0, 0, 0, 0], 8), Reach::Never, "many hosts at once (multicast)"),
];

const fn v4(a: u8, b: u8, c: u8, d: u8, length: u8) -> Ipv4Net {
    Ipv4Net::new_assert(Ipv4Addr::new(a, b, c, d), length)
}

const fn v6(s: [u16; 8], length: u8) -> Ipv6Net {
    Ipv6Net::new_assert(Ipv6Addr::new(s[0], s[1], s[2], s[3], s[4], s[5], s[6], s[7]), length)
}

/// Why this address must not be connected to, as the end of "leads to …"; `None` if it may be. With `local` this machine and its own
/// private network are allowed, and nothing else besides.
pub fn fault(ip: IpAddr, local: bool) -> Option<&'static str> {
    let found = match ip {
        IpAddr::V4(ip) => in_v4(ip),
        IpAddr::V6(ip) => match embedded(ip) {
            Some(inner) => in_v4(inner),
            None => V6.iter().find(|(net, ..)| net.contains(&ip)).map(|(_, reach, what)| (*reach, *what)),
        },
    };
    found.filter(|(reach, _)| !(local && *reach == Reach::Own)).map(|(_, what)| what)
}

fn in_v4(ip: Ipv4Addr) -> Option<(Reach, &'static str)> {
    V4.iter().find(|(net, ..)| net.contains(&ip)).map(|(_, reach, what)| (*reach, *what))
}

/// The IPv4 address that an IPv6 address leads to: mapped, compatible, translated (NAT64), 6to4.
fn embedded(ip: Ipv6Addr) -> Option<Ipv4Addr> {
    let s = ip.segments();
    let of = |high: u16, low: u16| {
        let ([a, b], [c, d]) = (high.to_be_bytes(), low.to_be_bytes());
        Some(Ipv4Addr::new(a, b, c, d))
    };
    match s {
        [0, 0, 0, 0, 0, 0xffff, high, low] => of(high, low),
        [0, 0, 0, 0, 0xffff, 0, high, low] => of(high, low),
        [0, 0, 0, 0, 0, 0, 0, 0..=1] => None,
        [0, 0, 0, 0, 0, 0, high, low] => of(high, low),
        [0x64, 0xff9b, 0, 0, 0, 0, high, low] => of(high, low),
        [0x64, 0xff9b, 1, _, _, _, high, low] => of(high, low),
        [0x2002, high, low, ..] => of(high, low),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judged(ip: &str, local: bool) -> Option<&'static str> {
        fault(ip.parse().unwrap(), local)
    }

    #[test]
    fn the_public_net_is_open() {
        for ip in [
            "1.1.1.1",
            "93.184.216.34",
            "172.32.0.1",
            "100.128.0.1",
            "2606:4700::1111",
            "2a00:1450::1",
            "::ffff:8.8.8.8",
        ] {
            assert_eq!(judged(ip, false), None, "{ip}");
        }
    }

    #[test]
    fn what_is_no_outlets_is_refused() {
        for ip in [
            "0.0.0.0",
            "0.1.2.3",
            "10.0.0.5",
            "100.64.0.1",
            "100.100.100.200",
            "127.0.0.1",
            "127.255.0.9",
            "169.254.169.254",
            "169.254.3.3",
            "172.16.0.1",
            "172.31.255.255",
            "192.0.0.192",
            "192.0.2.1",
            "192.168.1.1",
            "198.18.0.1",
            "198.51.100.7",
            "203.0.113.9",
            "224.0.0.1",
            "239.1.1.1",
            "240.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "::ffff:10.0.0.5",
            "::ffff:127.0.0.1",
            "::ffff:169.254.169.254",
            "::7f00:1",
            "64:ff9b::a00:5",
            "64:ff9b:1::a00:5",
            "2002:a00:5::1",
            "2001:0:4136:e378:8000:63bf:3fff:fdd2",
            "2001:db8::1",
            "3fff::1",
            "fc00::1",
            "fd12::1",
            "fd00:ec2::254",
            "fe80::1",
            "fec0::1",
            "ff02::1",
        ] {
            assert!(judged(ip, false).is_some(), "{ip}");
        }
    }

    #[test]
    fn a_local_source_reaches_its_own_network_and_nothing_more() {
        for ip in ["127.0.0.1", "::1", "10.0.0.5", "192.168.1.1", "fd12::1", "::ffff:127.0.0.1", "1.1.1.1"] {
            assert_eq!(judged(ip, true), None, "{ip}");
        }
        for ip in [
            "169.254.169.254",
            "100.100.100.200",
            "fd00:ec2::254",
            "fe80::1",
            "224.0.0.1",
            "0.0.0.0",
            "::ffff:169.254.169.254",
        ] {
            assert!(judged(ip, true).is_some(), "{ip}");
        }
    }
}
