//! From a host to the addresses that may be connected to, each judged by the guard.

use crate::address::Address;
use crate::error::Error;
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
    let found = match &address.host {
        Host::Ipv4(ip) => vec![IpAddr::V4(*ip)],
        Host::Ipv6(ip) => vec![IpAddr::V6(*ip)],
        Host::Domain(name) => match settings.names.get(name.trim_end_matches('.')) {
            Some(given) => given.clone(),
            None => ask(name, address.port, settings).await?,
        },
    };
    if let Some((ip, what)) = found.iter().find_map(|ip| guard::fault(*ip, local).map(|what| (*ip, what))) {
        return Err(Error::Refused { host: address.host.to_string(), ip, what });
    }
    Ok(found.into_iter().map(|ip| SocketAddr::new(ip, address.port)).collect())
}

async fn ask(name: &str, port: u16, settings: &FetchSettings) -> Result<Vec<IpAddr>, Error> {
    let unknown = |why: String| Error::UnknownName { host: name.to_owned(), why };
    let answer = timeout(settings.connect, tokio::net::lookup_host((name, port))).await;
    let answer = answer.map_err(|_| unknown("the name server does not answer".to_owned()))?;
    let found: Vec<IpAddr> = answer.map_err(|error| unknown(error.to_string()))?.take(MOST).map(|at| at.ip()).collect();
    if found.is_empty() { Err(unknown("it has no address".to_owned())) } else { Ok(found) }
}
