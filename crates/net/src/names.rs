//! From a host to the addresses that may be connected to, each judged by the guard.

use crate::address::Address;
use crate::error::Error;
use crate::proxy::Proxy;
use crate::{guard, settings::FetchSettings};
use std::net::{IpAddr, SocketAddr};
use tokio::time::timeout;
use url::Host;

/// Most addresses of a name that are looked at.
const MOST: usize = 16;

/// The addresses of a host. If one of them is refused, all are: a name that leads inside *too* is no outlet's.
pub(crate) async fn look_up(
    address: &Address,
    local: bool,
    settings: &FetchSettings,
) -> Result<Vec<SocketAddr>, Error> {
    of_host(&address.host, address.port, local, settings).await
}

/// The addresses of a proxy. It may be on this machine or network, as Tor's is; where it leads is another question.
pub(crate) async fn of_proxy(proxy: &Proxy, settings: &FetchSettings) -> Result<Vec<SocketAddr>, Error> {
    of_host(&proxy.host, proxy.port, true, settings).await
}

/// Judges a host whose name a proxy will resolve, as far as it can be judged before.
pub(crate) fn judge_unresolved(address: &Address, local: bool) -> Result<(), Error> {
    let host = address.host.to_string();
    let ip = match &address.host {
        Host::Ipv4(ip) => IpAddr::V4(*ip),
        Host::Ipv6(ip) => IpAddr::V6(*ip),
        Host::Domain(name) => {
            let name = name.trim_end_matches('.').to_ascii_lowercase();
            let inner =
                ["localhost", "local", "internal", "intranet", "lan", "home.arpa", "localdomain", "corp", "home"];
            let is_inner = !name.contains('.')
                || inner
                    .iter()
                    .any(|end| name.strip_suffix(end).is_some_and(|rest| rest.is_empty() || rest.ends_with('.')));
            return if is_inner && !local { Err(Error::Inside { host }) } else { Ok(()) };
        }
    };
    guard::fault(ip, local).map_or(Ok(()), |what| Err(Error::Refused { host, ip, what }))
}

async fn of_host(
    host: &Host<String>,
    port: u16,
    local: bool,
    settings: &FetchSettings,
) -> Result<Vec<SocketAddr>, Error> {
    let found = match host {
        Host::Ipv4(ip) => vec![IpAddr::V4(*ip)],
        Host::Ipv6(ip) => vec![IpAddr::V6(*ip)],
        Host::Domain(name) => match settings.names.get(name.trim_end_matches('.')) {
            Some(given) => given.clone(),
            None => ask(name, port, settings).await?,
        },
    };
    if let Some((ip, what)) = found.iter().find_map(|ip| guard::fault(*ip, local).map(|what| (*ip, what))) {
        return Err(Error::Refused { host: host.to_string(), ip, what });
    }
    Ok(found.into_iter().map(|ip| SocketAddr::new(ip, port)).collect())
}

async fn ask(name: &str, port: u16, settings: &FetchSettings) -> Result<Vec<IpAddr>, Error> {
    let unknown = |why: String| Error::UnknownName { host: name.to_owned(), why };
    let answer = timeout(settings.connect, tokio::net::lookup_host((name, port))).await;
    let answer = answer.map_err(|_| unknown("the name server does not answer".to_owned()))?;
    let found: Vec<IpAddr> = answer.map_err(|error| unknown(error.to_string()))?.take(MOST).map(|at| at.ip()).collect();
    if found.is_empty() { Err(unknown("it has no address".to_owned())) } else { Ok(found) }
}
