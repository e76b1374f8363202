//! One line in the log for each request, with an id that the answer carries too.

use crate::{
    config::{Network, contain},
    services::{
        Site,
        site::{proxies, secrets::hex},
    },
};
use axum::{
    extract::{MatchedPath, Request, State},
    http::{Extensions, HeaderMap, HeaderName, HeaderValue, header},
    middleware::Next,
    response::Response,
};
use std::{
    net::{IpAddr, SocketAddr},
    time::Instant,
};
use tracing::Instrument;

/// Who is at the other end of the connection.
#[derive(Clone, Copy, Debug)]
pub struct Peer(pub IpAddr);

const ID: HeaderName = HeaderName::from_static("x-request-id");
const FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");

/// Logs a request, by the pattern of its route: in paths stand tokens that sign in, confirm and
/// leave, also in those that were copied wrongly and match another route or none. The path itself
/// is told where the answer is a page that all readers share; a query never. Addresses of readers
/// stand in the log only where somebody who hunts a fault has asked for it
/// (`PRESSROOM_LOG=pressroom=debug`).
pub async fn requests(State(site): State<Site>, request: Request, next: Next) -> Response {
    let mut random = [0; 8];
    // Without randomness an id is zero; that is no reason to fail a reader.
    let _ = getrandom::fill(&mut random);
    let id = hex(&random);
    let span = tracing::info_span!("request", id);
    let method = request.method().clone();
    let route = request.extensions().get::<MatchedPath>().cloned();
    let path = request.uri().path().chars().take(300).collect::<String>();
    let trusted = &site.config.server.trusted_proxies;
    let client = client(request.headers(), request.extensions(), trusted);
    if let Some(peer) = unnamed_proxy(request.headers(), request.extensions(), trusted) {
        proxies::notice(&site, peer).await;
    }
    let begun = Instant::now();
    let mut response = next.run(request).instrument(span.clone()).await;
    let took = begun.elapsed();
    span.in_scope(|| {
        let status = response.status().as_u16();
        let route = route.as_ref().map_or("none", MatchedPath::as_str);
        let path = is_shared(&response).then_some(path);
        tracing::info!(%method, route, path, status, micros = took.as_micros(), "answered");
        tracing::debug!(?client, "asked by");
    });
    if let Ok(value) = HeaderValue::from_str(&id) {
        response.headers_mut().insert(ID, value);
    }
    response
}

/// Whether all readers get this answer.
fn is_shared(response: &Response) -> bool {
    let policy = response.headers().get(header::CACHE_CONTROL).and_then(|policy| policy.to_str().ok());
    response.status().is_success() && policy.is_some_and(|policy| policy.starts_with("public"))
}

/// The reader's address: the connection's, or where that is a proxy of ours, the
/// last address in `X-Forwarded-For` that is none. What stands before something that is no
/// address could be anybody's invention.
pub fn client(headers: &HeaderMap, extensions: &Extensions, trusted: &[Network]) -> Option<IpAddr> {
    let peer = extensions.get::<Peer>()?.0.to_canonical();
    if !contain(trusted, peer) {
        return Some(peer);
    }
    let forwarded: Vec<_> = headers.get_all(FORWARDED_FOR).iter().filter_map(|value| value.to_str().ok()).collect();
    let hops = forwarded.iter().rev().flat_map(|value| value.rsplit(',')).map(hop);
    let first = hops.map_while(|hop| hop).find(|hop| !contain(trusted, *hop));
    Some(first.unwrap_or(peer))
}

/// An address as proxies write it: some add the port.
fn hop(text: &str) -> Option<IpAddr> {
    let text = text.trim();
    let address = text.parse::<IpAddr>().or_else(|_| text.parse::<SocketAddr>().map(|address| address.ip()));
    address.ok().map(|address| address.to_canonical())
}

/// The address of a peer that speaks for others and that the settings don't name: what it says
/// is not believed, and the address that is seen is not the reader's.
pub fn unnamed_proxy(headers: &HeaderMap, extensions: &Extensions, trusted: &[Network]) -> Option<IpAddr> {
    if !headers.contains_key(FORWARDED_FOR) && !headers.contains_key(header::FORWARDED) {
        return None;
    }
    let peer = extensions.get::<Peer>()?.0.to_canonical();
    (!contain(trusted, peer)).then_some(peer)
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::body::Body;

    fn asked(peer: &str, forwarded: &str) -> Request {
        let mut request = Request::builder().header("x-forwarded-for", forwarded).body(Body::empty()).unwrap();
        request.extensions_mut().insert(Peer(peer.parse().unwrap()));
        request
    }

    fn asked_by(peer: &str, forwarded: &str, trusted: &[&str]) -> String {
        let request = asked(peer, forwarded);
        let trusted: Vec<Network> = trusted.iter().map(|t| t.parse().unwrap()).collect();
        client(request.headers(), request.extensions(), &trusted).unwrap().to_string()
    }

    #[test]
    fn only_our_proxies_are_believed() {
        assert_eq!(asked_by("192.0.2.1", "198.51.100.7", &[]), "192.0.2.1");
        assert_eq!(asked_by("127.0.0.1", "203.0.113.9, 198.51.100.7", &["127.0.0.1"]), "198.51.100.7");
        assert_eq!(asked_by("127.0.0.1", "203.0.113.9, 10.0.0.7", &["127.0.0.1", "10.0.0.0/8"]), "203.0.113.9");
        assert_eq!(asked_by("127.0.0.1", "nonsense", &["127.0.0.1"]), "127.0.0.1");
        assert_eq!(asked_by("127.0.0.1", "203.0.113.9, unknown", &["127.0.0.1"]), "127.0.0.1");
    }

    #[test]
    fn an_address_has_one_form() {
        assert_eq!(asked_by("::ffff:192.0.2.1", "", &[]), "192.0.2.1");
        assert_eq!(asked_by("::ffff:127.0.0.1", "::ffff:203.0.113.9", &["127.0.0.1"]), "203.0.113.9");
        assert_eq!(asked_by("127.0.0.1", "203.0.113.9:4711", &["::ffff:127.0.0.1"]), "203.0.113.9");
        assert_eq!(asked_by("127.0.0.1", "[2001:db8::1]:443", &["127.0.0.1"]), "2001:db8::1");
    }

    #[test]
    fn a_proxy_that_nobody_named_is_noticed() {
        let noticed = |request: &Request, trusted: &[Network]| {
            unnamed_proxy(request.headers(), request.extensions(), trusted).map(|peer| peer.to_string())
        };
        let request = asked("::ffff:127.0.0.1", "203.0.113.9");
        assert_eq!(noticed(&request, &[]).as_deref(), Some("127.0.0.1"));
        assert_eq!(noticed(&request, &["127.0.0.0/8".parse().unwrap()]), None);
        let mut request = Request::builder().header("forwarded", "for=192.0.2.60").body(Body::empty()).unwrap();
        request.extensions_mut().insert(Peer("10.0.0.1".parse().unwrap()));
        assert_eq!(noticed(&request, &[]).as_deref(), Some("10.0.0.1"));
        let mut request = Request::builder().body(Body::empty()).unwrap();
        request.extensions_mut().insert(Peer("10.0.0.1".parse().unwrap()));
        assert_eq!(noticed(&request, &[]), None);
    }
}
