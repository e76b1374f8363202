//! Fetches pictures of an archive from where they still lie. An archive is somebody else's
//! words: whatever addresses stand in it, nothing but public machines is asked, at every
//! hop, and no more than a picture is taken.

use crate::services::articles::media::MOST_BYTES;
use reqwest::{
    Client, Url,
    dns::{Addrs, Name, Resolve, Resolving},
    redirect::Policy,
};
use std::{
    net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr},
    time::Duration,
};

/// For one picture, redirects included.
const PATIENCE: Duration = Duration::from_secs(60);
/// So many redirects are followed.
const HOPS: usize = 5;

/// Which machines may be asked.
pub type Allowed = fn(IpAddr) -> bool;

/// Whether an address belongs to the public internet: not to this machine, a private
/// network, a link, documentation or a group (IANA's special-purpose registries, RFC 6890).
pub fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(v4) => is_public_v4(v4),
        IpAddr::V6(v6) => match v6.to_ipv4_mapped().or_else(|| embedded(v6)) {
            Some(v4) => is_public_v4(v4),
            // Global unicast alone, without documentation (RFC 3849, RFC 9637) and ORCHID.
            None => {
                let [first, second, ..] = v6.segments();
                first & 0xe000 == 0x2000
                    && !(first == 0x2001 && (second == 0x0db8 || second < 0x0200))
                    && first != 0x3fff
            }
        },
    }
}

/// The IPv4 address that a 6to4 (RFC 3056) or NAT64 (RFC 6052) address leads to.
fn embedded(v6: Ipv6Addr) -> Option<Ipv4Addr> {
    let [a, b, c, d, e, f, g, h] = v6.segments();
    let v4 = |high: u16, low: u16| Ipv4Addr::from((u32::from(high) << 16) | u32::from(low));
    match (a, b) {
        (0x2002, _) => Some(v4(b, c)),
        (0x64, 0xff9b) if (c, d, e, f) == (0, 0, 0, 0) => Some(v4(g, h)),
        _ => None,
    }
}

fn is_public_v4(v4: Ipv4Addr) -> bool {
    let [a, b, c, _] = v4.octets();
    !(v4.is_private()
        || v4.is_loopback()
        || v4.is_link_local()
        || v4.is_broadcast()
        || v4.is_documentation()
        || v4.is_multicast()
        || a == 0
        || a >= 240
        // Carriers' own networks (RFC 6598), protocols' (RFC 6890), measurements' (RFC 2544).
        || (a == 100 && (64..128).contains(&b))
        || (a, b, c) == (192, 0, 0)
        || (a == 198 && (18..20).contains(&b)))
}

/// Why a picture could not be fetched.
#[derive(Debug, thiserror::Error)]
pub enum FetchError {
    /// It lies where nobody from outside is asked.
    #[error("it lies in a private network, which is not asked")]
    Private,
    /// The address is none.
    #[error("its address can’t be read")]
    Address,
    /// Somebody answered something else.
    #[error("the server answered {0}")]
    Answer(u16),
    /// Too much came.
    #[error("it is larger than {most} MB", most = MOST_BYTES / 1_000_000)]
    TooLarge,
    /// The connection.
    #[error("{0}")]
    Connection(String),
}

/// Asks for pictures.
pub struct Fetcher {
    client: Client,
    allowed: Allowed,
}

/// Names lead to allowed addresses only: looked at here, where the connection is made, a
/// name that leads elsewhere the second time it is asked for gains nothing.
struct Resolver(Allowed);

impl Resolve for Resolver {
    fn resolve(&self, name: Name) -> Resolving {
        let allowed = self.0;
        Box::pin(async move {
            let found = tokio::net::lookup_host((name.as_str(), 0)).await?;
            let found: Vec<SocketAddr> = found.filter(|at| allowed(at.ip())).collect();
            if found.is_empty() {
                return Err(FetchError::Private.into());
            }
            Ok(Box::new(found.into_iter()) as Addrs)
        })
    }
}

/// An address whose host is a number is not looked up, and so judged here.
fn may_be_asked(url: &Url, allowed: Allowed) -> bool {
    let host = match url.host() {
        Some(url::Host::Ipv4(v4)) => Some(IpAddr::V4(v4)),
        Some(url::Host::Ipv6(v6)) => Some(IpAddr::V6(v6)),
        Some(url::Host::Domain(_)) => None,
        None => return false,
    };
    ["http", "https"].contains(&url.scheme()) && host.is_none_or(allowed)
}

impl Fetcher {
    /// `allowed` is [`is_public`] but in tests.
    pub fn new(allowed: Allowed) -> Option<Self> {
        crate::store::choose_tls();
        let policy = Policy::custom(move |attempt| {
            if attempt.previous().len() > HOPS {
                return attempt.error("it is led from one address to the next");
            }
            if may_be_asked(attempt.url(), allowed) { attempt.follow() } else { attempt.error(FetchError::Private) }
        });
        let client = Client::builder()
            .redirect(policy)
            .dns_resolver(Resolver(allowed))
            .timeout(PATIENCE)
            .user_agent(concat!("Pressroom/", env!("CARGO_PKG_VERSION"), " (archive import)"))
            // A proxy of the environment would ask for us whatever it can reach.
            .no_proxy()
            .build()
            .ok()?;
        Some(Self { client, allowed })
    }

    /// The bytes at an address.
    pub async fn fetch(&self, address: &str) -> Result<Vec<u8>, FetchError> {
        let url = Url::parse(address).map_err(|_| FetchError::Address)?;
        if !may_be_asked(&url, self.allowed) {
            return Err(FetchError::Private);
        }
        let fault = |error: reqwest::Error| {
            let mut cause: Option<&dyn std::error::Error> = Some(&error);
            while let Some(error) = cause {
                if error.downcast_ref::<FetchError>().is_some() {
                    return FetchError::Private;
                }
                cause = error.source();
            }
            FetchError::Connection(error.without_url().to_string())
        };
        let mut answer = self.client.get(url).send().await.map_err(fault)?;
        if !answer.status().is_success() {
            return Err(FetchError::Answer(answer.status().as_u16()));
        }
        let mut bytes = Vec::new();
        while let Some(part) = answer.chunk().await.map_err(fault)? {
            if (bytes.len() + part.len()) as u64 > MOST_BYTES {
                return Err(FetchError::TooLarge);
            }
            bytes.extend_from_slice(&part);
        }
        Ok(bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::is_public;

    #[test]
    fn private_networks_are_known_in_every_dress() {
        for private in [
            "127.0.0.1",
            "10.1.2.3",
            "172.16.0.1",
            "192.168.1.1",
            "169.254.169.254",
            "100.64.0.1",
            "0.0.0.0",
            "224.0.0.1",
            "255.255.255.255",
            "198.18.0.1",
            "192.0.0.1",
            "203.0.113.5",
            "::1",
            "::",
            "fe80::1",
            "fd00::1",
            "ff02::1",
            "::ffff:127.0.0.1",
            "::ffff:10.0.0.1",
            "64:ff9b::7f00:1",
            "2002:7f00:1::",
            "2001:db8::1",
            "2001::1",
        ] {
            assert!(!is_public(private.parse().unwrap()), "{private}");
        }
        for public in ["1.1.1.1", "93.184.215.14", "100.128.0.1", "172.32.0.1", "2606:4700::1111", "64:ff9b::808:808"] {
            assert!(is_public(public.parse().unwrap()), "{public}");
        }
    }
}
