//! Addresses at which nothing stands are looked up once, and pages that read no place of a list
//! are kept once.

use super::{Place, slug};
use crate::common::NOON;
use axum::{
    body::Body,
    http::{Request, StatusCode, header},
};
use pressroom::{domain::time::Timestamp, services::articles, storage::redirects};

async fn lookups(place: &Place, path: &str) -> u64 {
    let before = place.app.metrics.missed.get();
    assert_eq!(place.get(path).await.status, StatusCode::NOT_FOUND, "{path}");
    place.app.metrics.missed.get() - before
}

#[tokio::test]
async fn an_address_that_leads_nowhere_is_looked_up_once() {
    let place = Place::new().await;
    for path in ["/nothing", "/world/nothing", "/a/b/c/d/e", "/world/nothing/3", "/nothing?x=1"] {
        let first = place.get(path).await;
        assert_eq!(lookups(&place, path).await, 0, "{path}");
        let again = place.get(path).await;
        assert_eq!(again.body, first.body);
        assert_eq!(again.headers[header::CACHE_CONTROL], first.headers[header::CACHE_CONTROL]);
        assert!(
            again.headers.contains_key(header::CONTENT_SECURITY_POLICY) && !again.headers.contains_key(header::ETAG)
        );
        let packed = place.with(path, header::ACCEPT_ENCODING, "br").await;
        assert_eq!(
            (packed.status, &packed.headers[header::CONTENT_ENCODING]),
            (StatusCode::NOT_FOUND, &"br".parse().unwrap())
        );
        assert!(packed.body.len() * 2 < first.body.len());
        assert_eq!(place.with(path, header::IF_NONE_MATCH, "*").await.status, StatusCode::NOT_FOUND);
        let head = place.ask(Request::builder().method("HEAD").uri(path).body(Body::empty()).unwrap()).await;
        assert_eq!((head.status, head.body.len()), (StatusCode::NOT_FOUND, 0));
    }
}

#[tokio::test]
async fn what_comes_to_stand_at_a_missed_address_is_there_at_once() {
    let place = Place::new().await;
    let site = &place.test.site;
    for path in ["/old/way", "/world/late", "/world/story-1"] {
        place.get(path).await;
    }
    redirects::save(&site.db, &[("/old/way".into(), "/world/story-1".into())], Timestamp(NOON)).await.unwrap();
    let moved = async || place.get("/old/way").await.status == StatusCode::MOVED_PERMANENTLY;
    place.until("the redirect", moved).await;
    Place::story(&place.test, "late", "world", "2026-11-06T10:00:00Z");
    place.test.import().await;
    place.until("the article", async || place.get("/world/late").await.status == StatusCode::OK).await;
    articles::unpublish(site, &slug("late"), None).await.unwrap();
    place.until("it is gone", async || place.get("/world/late").await.status == StatusCode::GONE).await;
}

/// Nobody writes a change when the moment of a scheduled article comes.
#[tokio::test]
async fn a_scheduled_article_appears_where_it_was_missed() {
    let place = Place::new().await;
    Place::story(&place.test, "soon", "world", "2026-11-22T12:01:00Z");
    place.test.import().await;
    let kept = async || lookups(&place, "/world/soon").await == 0;
    place.until("it is remembered as not there", kept).await;
    place.test.hands.set(NOON + 60_000);
    assert_eq!(place.get("/world/soon").await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_page_that_reads_no_place_is_kept_once() {
    let place = Place::new().await;
    for path in ["/", "/world/story-1", "/news/archive", "/feed.xml"] {
        place.get(path).await;
        for n in 1..20 {
            assert!(place.is_kept(&format!("{path}?before={n}-{n}")).await, "{path} {n}");
        }
    }
    // Asked for with a place first, it is kept as the page itself.
    place.get("/world/story-2?after=5-7").await;
    assert!(place.is_kept("/world/story-2").await);
    place.get("/world").await;
    assert!(!place.is_kept("/world?before=1-1").await, "another place of a list is another page");
}
