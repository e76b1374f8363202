//! One line in the log for each request, with an id that the answer carries too.

use crate::services::{Site, secrets::hex};
use axum::{
    extract::{MatchedPath, Request, State},
    http::{Extensions, HeaderMap, HeaderName, HeaderValue, header},
    middleware::Next,
    response::Response,
};
use std::{net::IpAddr, time::Instant};
use tracing::Instrument;

/// Who is at the other end of the connection.
#[derive(Clone, Copy, Debug)]
pub struct Peer(pub IpAddr);

const ID: HeaderName = HeaderName::from_static("x-request-id");

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
    let client = client(request.headers(), request.extensions(), &site.config.server.trusted_proxies);
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
/// last address in `X-Forwarded-For` that is none.
pub fn client(headers: &HeaderMap, extensions: &Extensions, trusted: &[IpAddr]) -> Option<IpAddr> {
    let Peer(peer) = *extensions.get::<Peer>()?;
    if !trusted.contains(&peer) {
        return Some(peer);
    }
    let forwarded = headers.get_all("x-forwarded-for").iter().filter_map(|v| v.to_str().ok());
    let hops: Vec<IpAddr> = forwarded.flat_map(|v| v.split(',')).filter_map(|hop| hop.trim().parse().ok()).collect();
    hops.into_iter().rev().find(|hop| !trusted.contains(hop)).or(Some(peer))
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::body::Body;

    fn asked_by(peer: &str, forwarded: &str, trusted: &[&str]) -> String {
        let mut request = Request::builder().header("x-forwarded-for", forwarded).body(Body::empty()).unwrap();
        request.extensions_mut().insert(Peer(peer.parse().unwrap()));
        let trusted: Vec<IpAddr> = trusted.iter().map(|t| t.parse().unwrap()).collect();
        client(request.headers(), request.extensions(), &trusted).unwrap().to_string()
    }

    #[test]
    fn only_our_proxies_are_believed() {
        assert_eq!(asked_by("192.0.2.1", "198.51.100.7", &[]), "192.0.2.1");
        assert_eq!(asked_by("127.0.0.1", "203.0.113.9, 198.51.100.7", &["127.0.0.1"]), "198.51.100.7");
        assert_eq!(asked_by("127.0.0.1", "nonsense", &["127.0.0.1"]), "127.0.0.1");
    }
}
