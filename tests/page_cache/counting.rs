//! What is counted: metrics, statements of a page, readings.

use super::{Place, said, slug};
use crate::common::NOON;
use axum::{
    body::Body,
    http::{Request, StatusCode, header},
};
use futures_util::FutureExt;
use pressroom::{
    domain::time::Timestamp,
    services::articles,
    storage::{self, comments},
};

#[tokio::test]
async fn metrics_are_for_those_whom_the_settings_name() {
    let place = Place::new().await;
    assert_eq!(place.get("/metrics").await.status, StatusCode::NOT_FOUND, "asked by nobody known");
    let text = place.app.metrics.text(&place.app.pages, &[]);
    for name in
        ["pressroom_page_cache_hits_total", "pressroom_page_render_seconds_bucket", "pressroom_page_cache_pages"]
    {
        assert!(text.contains(name), "{name}: {text}");
    }
}

/// What a page costs the database, its frame being there: the bars of the numbers.
#[tokio::test]
async fn pages_ask_few_statements() {
    use pressroom::{
        services::{
            articles::{find, lists},
            site::frame::front,
        },
        storage::STATEMENTS,
    };
    use std::cell::Cell;
    let place = Place::new().await;
    let site = &place.test.site;
    place.test.write(
        "articles/full.md",
        "---\ntitle: Full\nsection: world\nauthors: [anna]\ntopics: [policy, trade]\npublished: 2026-11-06\n---\nText.\n",
    );
    place.test.import().await;
    let id = storage::articles::by_slug(&site.db, &slug("full")).await.unwrap().unwrap().id;
    comments::save(&site.db, &said(id, "<p>Yes.</p>", "1"), Timestamp(NOON)).await.unwrap();
    let frame = front(site).await.unwrap();
    let cost = async |work: futures_util::future::BoxFuture<'_, ()>| {
        STATEMENTS
            .scope(Cell::new(0), async {
                work.await;
                STATEMENTS.with(Cell::get)
            })
            .await
    };
    let article = cost(
        async {
            front(site).await.unwrap();
            assert!(matches!(find(site, "world", &slug("full")).await, Ok(articles::Found::Here(_))));
        }
        .boxed(),
    )
    .await;
    assert!((1..=4).contains(&article), "{article} statements for an article");
    let section = cost(
        async {
            let subject = lists::section(site, &slug("world")).await.unwrap().unwrap();
            lists::page(site, &frame, &subject, None, Default::default()).await.unwrap().unwrap();
        }
        .boxed(),
    )
    .await;
    assert!((1..=3).contains(&section), "{section} statements for a section");
    let home = cost(async { drop(lists::home(site, &frame).await.unwrap()) }.boxed()).await;
    assert!((1..=13).contains(&home), "{home} statements for the home page");
}

/// A thousand requests of one reader are one reading; what robots and browsers
/// that look ahead ask for is none. Then it shows in Trending.
#[tokio::test]
async fn readings_are_counted_and_decide_what_is_trending() {
    const BROWSER: &str = "Mozilla/5.0 (X11; Linux x86_64) Gecko/20100101 Firefox/140.0";
    let place = Place::new().await;
    let ask = |path: &str, address: &str, agent: &str, more: Option<(&'static str, &'static str)>| {
        let mut request = Request::builder().uri(path).header(header::USER_AGENT, agent);
        if let Some((name, value)) = more {
            request = request.header(name, value);
        }
        let mut request = request.body(Body::empty()).unwrap();
        request.extensions_mut().insert(pressroom::http::Peer(address.parse().unwrap()));
        place.ask(request)
    };
    for _ in 0..1_000 {
        ask("/world/story-1", "192.0.2.1", BROWSER, None).await;
    }
    ask("/world/story-1", "192.0.2.2", BROWSER, None).await;
    // Fetched ahead, and then shown.
    ask("/world/story-2", "192.0.2.1", BROWSER, Some(("sec-purpose", "prefetch"))).await;
    for path in ["/world/story-2", "/world/nothing", "no address", ""] {
        let mut request = Request::post("/read").header(header::USER_AGENT, BROWSER).body(Body::from(path)).unwrap();
        request.extensions_mut().insert(pressroom::http::Peer("192.0.2.1".parse().unwrap()));
        assert_eq!(place.ask(request).await.status, StatusCode::NO_CONTENT);
    }
    for n in 0..9 {
        let address = format!("198.51.100.{n}");
        ask("/tech/chips", &address, "SomeBot/1.0 (+http://bot.example)", None).await;
        ask("/tech/chips", &address, "", None).await;
        ask("/tech/chips", &address, BROWSER, Some(("sec-purpose", "prefetch;prerender"))).await;
        ask("/world", &address, BROWSER, None).await;
        ask("/world/nothing", &address, BROWSER, None).await;
    }
    let site = &place.test.site;
    assert_eq!(pressroom::services::analytics::reads::write(site).await.unwrap(), 2);
    assert_eq!(pressroom::services::analytics::reads::write(site).await.unwrap(), 0);
    // Five minutes later the list is summed up anew.
    place.test.hands.set(NOON + 301_000);
    let front = pressroom::services::site::frame::front(site).await.unwrap();
    let trending: Vec<_> = front.trending.iter().map(|a| a.slug.as_str()).collect();
    assert_eq!(trending, ["story-1", "story-2", "chips"], "two readings, one, and the newest");
    // The count of an hour weighs what it counted.
    place.test.site.db.close().await;
    ask("/world/story-1", "192.0.2.9", BROWSER, None).await;
    assert!(pressroom::services::analytics::reads::write(site).await.is_err(), "kept for when the database is back");
}
