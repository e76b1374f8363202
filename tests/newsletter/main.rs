//! Newsletters: signing up, confirming, choosing, leaving; letters from the draft to the
//! mail server, whatever happens on the way.
#![cfg(feature = "ssr")]

mod bounces;
mod brake;
#[path = "../common/mod.rs"]
mod common;
mod consents;
mod counting;
mod faults;
mod reader_lists;
mod secrets;
mod sending;
mod signing_up;
mod sink;
mod writing;

use axum::{
    Router,
    body::{Body, to_bytes},
    http::{Request, StatusCode, header},
};
use common::{Hands, NOON, TestDb, TestSite, config};
use pressroom::{
    config::Mail,
    domain::{account::Role, time::Timestamp},
    http::{Peer, router::app},
    services::{Site, accounts},
    storage::Db,
};
use sink::Sink;
use tower::ServiceExt;

const MINUTE: i64 = 60_000;
const HOUR: i64 = Timestamp::HOUR;
const DAY: i64 = Timestamp::DAY;
const PASSWORD: &str = "correct horse battery staple";

pub struct Answer {
    pub status: StatusCode,
    pub to: String,
    pub body: String,
    pub cookie: String,
}

pub struct Place {
    pub test: TestSite,
    pub now: std::cell::Cell<i64>,
}

impl Place {
    pub async fn new(database: &TestDb) -> Self {
        Self::of(TestSite::new(database).await).await
    }

    /// With a mail server instead of a folder.
    pub async fn with_server(database: &TestDb, sink: &Sink, per_minute: u32) -> Self {
        Self::with_mail(database, sink, |mail| mail.per_minute = per_minute).await
    }

    /// With a mail server, and other settings of mail.
    pub async fn with_mail(database: &TestDb, sink: &Sink, change: impl FnOnce(&mut Mail)) -> Self {
        let (hands, folder) = (Hands::at(NOON), tempfile::tempdir().unwrap());
        let mut config = config(folder.path(), &database.url);
        config.mail.smtp = sink.url.clone();
        change(&mut config.mail);
        let site = Site::open(config, hands.clock()).await.unwrap();
        Self::of(TestSite { site, hands, folder }).await
    }

    async fn of(test: TestSite) -> Self {
        for (name, section, day) in [("one", "world", 20), ("two", "economy", 21), ("three", "world", 22)] {
            test.write(
                &format!("articles/{name}.md"),
                &format!(
                    "---\ntitle: The {name} & “more”\nstandfirst: What {name} says.\nsection: {section}\npublished: 2026-11-{day}T10:00:00Z\n---\nText.\n"
                ),
            );
        }
        let report = test.import().await;
        assert!(report.notes.is_empty(), "{report}");
        Self { test, now: std::cell::Cell::new(NOON) }
    }

    pub fn site(&self) -> &Site {
        &self.test.site
    }

    pub fn db(&self) -> &Db {
        &self.test.site.db
    }

    pub fn later(&self, by: i64) {
        self.now.set(self.now.get() + by);
        self.test.hands.set(self.now.get());
    }

    async fn ask(&self, from: &str, request: Request<Body>) -> Answer {
        self.ask_of(app(self.site().clone()).router, from, request).await
    }

    /// Asks one server, which counts what it has answered.
    pub async fn ask_of(&self, router: Router, from: &str, mut request: Request<Body>) -> Answer {
        request.extensions_mut().insert(Peer(from.parse().unwrap()));
        request.headers_mut().insert(header::HOST, "localhost:3000".parse().unwrap());
        let (parts, body) = router.oneshot(request).await.unwrap().into_parts();
        let text = |name: header::HeaderName| {
            parts.headers.get(name).map(|value| value.to_str().unwrap().to_owned()).unwrap_or_default()
        };
        let (to, cookie, kept) = (text(header::LOCATION), text(header::SET_COOKIE), text(header::CACHE_CONTROL));
        let body = String::from_utf8_lossy(&to_bytes(body, 10_000_000).await.unwrap()).into_owned();
        assert!(!kept.starts_with("public") || !body.contains("name=\"token\""), "a token in a page that is kept");
        let cookie = cookie.split(';').next().unwrap_or_default().to_owned();
        Answer { status: parts.status, to, body, cookie }
    }

    pub async fn get(&self, path: &str, cookie: &str) -> Answer {
        let request = Request::get(path).header(header::COOKIE, cookie).body(Body::empty()).unwrap();
        self.ask("192.0.2.7", request).await
    }

    pub async fn get_from(&self, from: &str, path: &str) -> Answer {
        self.ask(from, Request::get(path).body(Body::empty()).unwrap()).await
    }

    pub async fn post_from(&self, from: &str, path: &str, cookie: &str, fields: &[(&str, &str)]) -> Answer {
        let mut text = url::form_urlencoded::Serializer::new(String::new());
        let request = Request::post(path)
            .header(header::COOKIE, cookie)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        self.ask(from, request.body(Body::from(text.extend_pairs(fields).finish())).unwrap()).await
    }

    /// A POST from elsewhere, as other programs send it.
    pub async fn post_raw(&self, path: &str, body: &str) -> Answer {
        let request = Request::post(path).header(header::ORIGIN, "https://provider.example");
        self.ask("203.0.113.5", request.body(Body::from(body.to_owned())).unwrap()).await
    }

    pub async fn post(&self, path: &str, cookie: &str, fields: &[(&str, &str)]) -> Answer {
        self.post_from("192.0.2.7", path, cookie, fields).await
    }

    /// The cookie of somebody who is signed in with this role.
    pub async fn signed(&self, role: Role) -> String {
        let email = format!("{role}@example.org");
        accounts::add(self.site(), &email, &format!("The {role}"), role, PASSWORD).await.unwrap();
        let answer = self.post("/newsroom/sign-in", "", &[("email", &email), ("password", PASSWORD)]).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER);
        answer.cookie
    }

    /// Mails in the outbox: to whom, their subject and text.
    pub async fn mails(&self) -> Vec<(String, String, String)> {
        let sql = "SELECT recipient, subject, body FROM mails ORDER BY id";
        self.db().all(sql, Vec::new()).await.unwrap()
    }
}

/// What stands in a text between two others.
pub fn between<'a>(text: &'a str, before: &str, after: &str) -> &'a str {
    let (_, rest) = text.split_once(before).unwrap_or_else(|| panic!("{before} in {text}"));
    rest.split_once(after).unwrap_or_else(|| panic!("{after} in {rest}")).0
}
