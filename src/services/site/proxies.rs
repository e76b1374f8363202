//! A proxy in front that the settings don't name: then every reader has the proxy's address,
//! and limits that are meant for one meet all of them. It is noticed by what it sends, and
//! said in the log, at the desk and by `pressroom doctor`.

use crate::services::Site;
use crate::{
    config::contain,
    domain::time::Timestamp,
    storage::{StorageError, settings},
};
use serde::{Deserialize, Serialize};
use std::{
    collections::HashSet,
    net::IpAddr,
    sync::{Mutex, PoisonError},
};

const KEY: &str = "unnamed-proxy";
/// What was seen before that may have been mended otherwise: the proxy may be gone.
const FRESH: i64 = 7 * Timestamp::DAY;
/// So many strangers' addresses are remembered as told.
const STRANGERS: usize = 100;

/// What this server has noticed.
#[derive(Default)]
pub struct Unnamed(Mutex<Noticed>);

#[derive(Default)]
struct Noticed {
    last: Option<Seen>,
    strangers: HashSet<IpAddr>,
}

/// A proxy that was noticed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Seen {
    peer: IpAddr,
    at: Timestamp,
}

/// An address of this machine or of a network of its owner, where no stranger connects from.
fn is_near(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(v4) => {
            // 100.64.0.0/10: between a provider's own machines (RFC 6598).
            let [first, second, ..] = v4.octets();
            v4.is_loopback() || v4.is_private() || v4.is_link_local() || (first == 100 && second & 0xc0 == 64)
        }
        IpAddr::V6(v6) => v6.is_loopback() || v6.is_unique_local() || v6.is_unicast_link_local(),
    }
}

/// A request came from a peer that speaks for others and isn't named in the settings. Anybody
/// can send such a header from afar: of such a peer the log tells once, and nobody is advised
/// to trust it.
pub async fn notice(site: &Site, peer: IpAddr) {
    let now = site.now();
    let seen = Seen { peer, at: now };
    {
        let mut noticed = site.unnamed.0.lock().unwrap_or_else(PoisonError::into_inner);
        if !is_near(peer) {
            if noticed.strangers.len() < STRANGERS && noticed.strangers.insert(peer) {
                tracing::warn!(
                    "a request with X-Forwarded-For came from {peer}, which [server] trusted_proxies does not name: it \
                     was not believed; name that address only if it is a proxy of yours"
                );
            }
            return;
        }
        match noticed.last {
            // What was written is good for a day, so that it needs no write for each request.
            Some(last) if last.peer == peer && last.at.plus(Timestamp::DAY) > now => return,
            Some(last) if last.peer == peer => {}
            _ => tracing::warn!("{}", words(peer)),
        }
        noticed.last = Some(seen);
    }
    if let Err(error) = settings::note(&site.db, KEY, &seen, now).await {
        tracing::debug!(%error, "the doctor will not hear of the proxy");
    }
}

/// What to do about a proxy, for whoever runs the site.
fn words(peer: IpAddr) -> String {
    format!(
        "requests come through a proxy at {peer} that the settings do not name, so all its readers count as one; set \
         [server] trusted_proxies = [\"{peer}\"]"
    )
}

fn still(site: &Site, seen: Seen) -> Option<String> {
    let named = contain(&site.config.server.trusted_proxies, seen.peer);
    (!named && seen.at.plus(FRESH) > site.now()).then(|| words(seen.peer))
}

/// What the desk says; `None` where all is well.
pub fn fault(site: &Site) -> Option<String> {
    let last = site.unnamed.0.lock().unwrap_or_else(PoisonError::into_inner).last?;
    still(site, last)
}

/// What a server of this database has noticed within a week, for other processes.
pub async fn stored_fault(site: &Site) -> Result<Option<String>, StorageError> {
    Ok(settings::get(&site.db, KEY).await?.and_then(|seen| still(site, seen)))
}

#[cfg(test)]
mod tests {
    use super::is_near;

    #[test]
    fn a_stranger_is_not_near() {
        for near in ["127.0.0.1", "10.1.2.3", "192.168.0.1", "172.17.0.1", "100.64.0.1", "::1", "fd00::1", "fe80::1"] {
            assert!(is_near(near.parse().unwrap()), "{near}");
        }
        for far in ["203.0.113.9", "100.128.0.1", "172.32.0.1", "2001:db8::1"] {
            assert!(!is_near(far.parse().unwrap()), "{far}");
        }
    }
}
