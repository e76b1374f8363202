//! The whole site without a socket: requests go straight into the router.
#![cfg(feature = "ssr")]

mod archive;
#[path = "../common/mod.rs"]
mod common;
mod connections;
mod forms;
mod hostile;
mod pages;

use axum::{
    body::{Body, to_bytes},
    http::{Method, Request, StatusCode, header},
};
use common::TestSite;
use pressroom::{domain::slug::Slug, http::router::app, services::Site};
use tower::ServiceExt;

struct Answer {
    status: StatusCode,
    headers: axum::http::HeaderMap,
    body: String,
}

impl Answer {
    fn header(&self, name: header::HeaderName) -> &str {
        self.headers.get(name).map_or("", |v| v.to_str().unwrap())
    }
}

async fn ask(site: &Site, request: Request<Body>) -> Answer {
    let response = app(site.clone()).router.oneshot(request).await.unwrap();
    let (parts, body) = response.into_parts();
    let body = to_bytes(body, 10_000_000).await.unwrap();
    Answer { status: parts.status, headers: parts.headers, body: String::from_utf8_lossy(&body).into_owned() }
}

async fn get(site: &Site, path: &str) -> Answer {
    ask(site, Request::builder().uri(path).body(Body::empty()).unwrap()).await
}

async fn post(site: &Site, path: &str, body: &str) -> Answer {
    let request = Request::builder().method(Method::POST).uri(path);
    let request = request.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
    ask(site, request.body(Body::from(body.to_owned())).unwrap()).await
}

fn slug(text: &str) -> Slug {
    text.parse().unwrap()
}

/// An article of the Markdown archive; `more` are further lines of front matter.
fn article(site: &TestSite, name: &str, published: &str, more: &str) {
    let text = format!(
        "---\ntitle: Title of {name}\nsection: world\nauthors: [anna]\npublished: {published}\n{more}\n---\nThe text of {name}.\n"
    );
    site.write(&format!("articles/{name}.md"), &text);
}

async fn edition(database: &common::TestDb) -> TestSite {
    let site = TestSite::new(database).await;
    site.write("authors/anna.md", "---\nname: Anna\nemail: secret@example.org\n---\nWrites.\n");
    site.write("pages/contact.md", "---\ntitle: Contact\n---\nWrite to us.\n");
    for n in 1..=9 {
        article(&site, &format!("story-{n}"), &format!("2026-11-0{n}T10:00:00Z"), "topics: [policy]");
    }
    let report = site.import().await;
    assert!(report.notes.is_empty(), "{report}");
    site
}
