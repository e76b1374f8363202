//! A proxy in front that the settings don't name: noticed, and said to who can mend it.

use super::Place;
use crate::common::{both, sqlite};
use axum::{
    body::Body,
    http::{Request, StatusCode},
};
use pressroom::{
    domain::account::Role,
    http::{Peer, router::app},
    services::operations::doctor::{self, State},
};
use tower::ServiceExt;

async fn ask(place: &Place, path: &str, peer: &str, header: Option<&str>) -> StatusCode {
    let mut request = Request::get(path);
    if let Some(header) = header {
        request = request.header(header, "for=203.0.113.9");
    }
    let mut request = request.body(Body::empty()).unwrap();
    request.extensions_mut().insert(Peer(peer.parse().unwrap()));
    app(place.test.site.clone()).router.oneshot(request).await.unwrap().status()
}

async fn doctor_says(place: &Place) -> String {
    let findings = doctor::examine(&place.test.site).await;
    match &findings.iter().find(|finding| finding.what == "proxies").unwrap().state {
        State::Weak(line) => format!("note {line}"),
        State::Good(line) => format!("ok {line}"),
        State::Bad(line) => line.clone(),
    }
}

#[tokio::test]
async fn a_proxy_that_nobody_named_is_said() {
    for database in both().await {
        let place = Place::new(&database).await;
        let (admin, moderator) = (place.signed(Role::Admin).await, place.signed(Role::Moderator).await);
        let desk = async |cookie: &str| place.get("/newsroom/comments", cookie).await.body;
        // A stranger's header is nobody's proxy.
        assert_eq!(ask(&place, "/world/story", "203.0.113.7", Some("x-forwarded-for")).await, StatusCode::OK);
        assert!(doctor_says(&place).await.starts_with("ok"));
        assert!(!desk(&admin).await.contains("newsroom__fault"));
        ask(&place, "/world/story", "::ffff:10.0.0.7", Some("x-forwarded-for")).await;
        let said = doctor_says(&place).await;
        assert!(said.starts_with("note") && said.contains("trusted_proxies = [\"10.0.0.7\"]"), "{said}");
        let page = desk(&admin).await;
        assert!(page.contains("newsroom__fault") && page.contains("proxy at 10.0.0.7"), "{page}");
        assert!(!desk(&moderator).await.contains("newsroom__fault"), "only who runs the site can mend it");
        // What was long ago may be mended since.
        place.test.hands.set(crate::common::NOON + 8 * 24 * crate::HOUR);
        assert!(doctor_says(&place).await.starts_with("ok"));
        ask(&place, "/world/story", "10.0.0.7", Some("forwarded")).await;
        assert!(doctor_says(&place).await.starts_with("note"));
    }
}

#[tokio::test]
async fn figures_are_not_for_those_behind_it() {
    let database = sqlite();
    let place = Place::new(&database).await;
    assert_eq!(ask(&place, "/metrics", "127.0.0.1", None).await, StatusCode::OK);
    assert_eq!(ask(&place, "/metrics", "::ffff:127.0.0.1", None).await, StatusCode::OK);
    for header in ["x-forwarded-for", "forwarded"] {
        assert_eq!(ask(&place, "/metrics", "127.0.0.1", Some(header)).await, StatusCode::NOT_FOUND, "{header}");
    }
}
