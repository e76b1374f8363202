//! The page cache from outside: one render for all, forgotten by what changes.
#![cfg(feature = "ssr")]

#[path = "../common/mod.rs"]
mod common;
mod counting;
mod following;
mod missing;
mod outages;
mod serving;

use axum::{
    body::{Body, to_bytes},
    http::{HeaderMap, Request, StatusCode, header},
};
use common::{NOON, TestDb, TestSite, sqlite};
use pressroom::{
    domain::{ArticleId, comment::Subject, slug::Slug, time::Timestamp},
    http::router::{App, app},
    storage::comments,
};
use std::time::Duration;
use tower::ServiceExt;

struct Place {
    test: TestSite,
    app: App,
    _database: TestDb,
}

struct Answer {
    status: StatusCode,
    headers: HeaderMap,
    body: Vec<u8>,
}

impl Answer {
    fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}

fn slug(text: &str) -> Slug {
    text.parse().unwrap()
}

impl Place {
    /// Four stories in `world`, one in `tech`; the cache follows the changes.
    async fn new() -> Self {
        let database = sqlite();
        let test = TestSite::new(&database).await;
        test.write("authors/anna.md", "---\nname: Anna\n---\nWrites.\n");
        for n in 1..=4 {
            Self::story(&test, &format!("story-{n}"), "world", &format!("2026-11-0{n}T10:00:00Z"));
        }
        Self::story(&test, "chips", "tech", "2026-11-05T10:00:00Z");
        assert!(test.import().await.notes.is_empty());
        let app = app(test.site.clone());
        tokio::spawn(app.pages.clone().follow());
        let place = Self { test, app, _database: database };
        // The follower begins with an empty cache; from then on what is kept stays.
        place.until("the cache keeps", async || place.is_kept("/news").await).await;
        place
    }

    fn story(test: &TestSite, name: &str, section: &str, published: &str) {
        test.write(
            &format!("articles/{name}.md"),
            &format!("---\ntitle: Title of {name}\nsection: {section}\nauthors: [anna]\npublished: {published}\n---\nThe text of {name}.\n"),
        );
    }

    async fn ask(&self, request: Request<Body>) -> Answer {
        let (parts, body) = self.app.router.clone().oneshot(request).await.unwrap().into_parts();
        let body = to_bytes(body, 10_000_000).await.unwrap().to_vec();
        Answer { status: parts.status, headers: parts.headers, body }
    }

    async fn get(&self, path: &str) -> Answer {
        self.ask(Request::builder().uri(path).body(Body::empty()).unwrap()).await
    }

    async fn with(&self, path: &str, name: header::HeaderName, value: &str) -> Answer {
        self.ask(Request::builder().uri(path).header(name, value).body(Body::empty()).unwrap()).await
    }

    /// Whether asking for a page is a hit, all on it as it is now.
    async fn is_kept(&self, path: &str) -> bool {
        let before = self.app.metrics.hits.get();
        self.get(path).await;
        self.app.metrics.hits.get() > before
    }

    /// Waits for a condition; fails after a minute, which only a fault takes.
    async fn until(&self, what: &str, condition: impl AsyncFn() -> bool) {
        let begun = std::time::Instant::now();
        while !condition().await {
            assert!(begun.elapsed() < Duration::from_secs(60), "{what} did not come true");
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    }
}

/// An approved comment on an article.
fn said(article: ArticleId, body: &str, key: &str) -> comments::Draft {
    comments::Draft {
        subject: Subject::Article(article),
        parent: None,
        name: "Bo".into(),
        email: None,
        url: None,
        body: body.into(),
        status: "approved".into(),
        at: Timestamp(NOON),
        key: key.into(),
    }
}
