//! The conversation over HTTP, without scripts: written, held, decided, shown.
#![cfg(feature = "ssr")]

#[path = "../common/mod.rs"]
mod common;
mod live;
mod others;
mod own;
mod posting;

use axum::{
    body::{Body, to_bytes},
    http::{Request, StatusCode, header},
};
use common::{NOON, TestDb, TestSite};
use pressroom::{
    domain::CommentId,
    http::{Peer, router::app},
    services::comments::{
        State,
        moderation::{self, By, Wanted},
    },
};
use tower::ServiceExt;

const MINUTE: i64 = 60_000;
const HELD: &str = "/comments/held?article=story&comment=";

struct Answer {
    status: StatusCode,
    to: String,
    /// The browser's cookie, where it was given one.
    cookie: String,
    body: String,
}

struct Place {
    test: TestSite,
    now: std::cell::Cell<i64>,
}

impl Place {
    async fn new(database: &TestDb) -> Self {
        let test = TestSite::new(database).await;
        for (name, more) in [("story", ""), ("silent", "comments: closed\n"), ("draft", "status: draft\n")] {
            test.write(
                &format!("articles/{name}.md"),
                &format!("---\ntitle: The {name}\nsection: world\npublished: 2026-11-20T10:00:00Z\n{more}---\nText.\n"),
            );
        }
        let report = test.import().await;
        assert!(report.notes.is_empty(), "{report}");
        Self { test, now: std::cell::Cell::new(NOON) }
    }

    fn later(&self, by: i64) {
        self.now.set(self.now.get() + by);
        self.test.hands.set(self.now.get());
    }

    async fn ask(&self, request: Request<Body>) -> Answer {
        let (parts, body) = app(self.test.site.clone()).router.oneshot(request).await.unwrap().into_parts();
        let to = parts.headers.get(header::LOCATION).map(|to| to.to_str().unwrap().to_owned()).unwrap_or_default();
        let cookie =
            parts.headers.get(header::SET_COOKIE).map(|line| line.to_str().unwrap().split(';').next().unwrap());
        let cookie = cookie.unwrap_or_default().to_owned();
        let cached = parts.headers[header::CACHE_CONTROL].to_str().unwrap().starts_with("public");
        let body = String::from_utf8(to_bytes(body, 10_000_000).await.unwrap().to_vec()).unwrap();
        assert!(!cached || !body.contains("name=\"token\""), "a token in a page that is kept");
        Answer { status: parts.status, to, cookie, body }
    }

    async fn get(&self, path: &str) -> Answer {
        self.ask(Request::builder().uri(path).body(Body::empty()).unwrap()).await
    }

    async fn look(&self, path: &str, cookie: &str) -> Answer {
        self.ask(Request::get(path).header(header::COOKIE, cookie).body(Body::empty()).unwrap()).await
    }

    async fn post(&self, fields: &[(&str, &str)]) -> Answer {
        self.send("/comments", "", fields).await
    }

    /// Sends a form from a browser with this cookie.
    async fn send(&self, path: &str, cookie: &str, fields: &[(&str, &str)]) -> Answer {
        let text = form(fields);
        let mut request = Request::post(path)
            .header(header::COOKIE, cookie)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Body::from(text))
            .unwrap();
        request.extensions_mut().insert(Peer("192.0.2.1".parse().unwrap()));
        self.ask(request).await
    }

    /// A comment that readers see: its number, and the cookie of its writer.
    async fn published(&self, text: &str, more: &[(&str, &str)]) -> (i64, String) {
        let sent = self.say(text, more).await;
        assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
        let id = sent.to.rsplit(['=', '-']).next().unwrap().parse().unwrap();
        self.decide(id, State::Approved).await;
        self.later(MINUTE);
        (id, sent.cookie)
    }

    /// A token out of the form's own page, opened five seconds ago.
    async fn token(&self) -> String {
        let token = field(&self.get("/comments/reply?article=story").await.body, "token");
        self.later(5_000);
        token
    }

    async fn say(&self, text: &str, more: &[(&str, &str)]) -> Answer {
        self.say_from("", text, more).await
    }

    /// A comment from a browser with this cookie.
    async fn say_from(&self, cookie: &str, text: &str, more: &[(&str, &str)]) -> Answer {
        let token = self.token().await;
        let mut fields = vec![("article", "story"), ("name", "Ann"), ("email", "Ann@example.org"), ("text", text)];
        fields.push(("token", &token));
        // A form has each field once.
        fields.retain(|(name, _)| !more.iter().any(|(other, _)| other == name));
        fields.extend(more);
        self.send("/comments", cookie, &fields).await
    }

    async fn waiting(&self, state: State) -> Vec<(i64, String)> {
        let wanted = Wanted { state: Some(state), ..Wanted::default() };
        let queue = moderation::queue(&self.test.site, &wanted, 100, By::CommandLine).await.unwrap();
        queue.into_iter().map(|comment| (comment.id, comment.words)).collect()
    }

    async fn decide(&self, id: i64, state: State) {
        moderation::decide(&self.test.site, CommentId(id), state, "", By::CommandLine).await.unwrap();
    }
}

fn form(fields: &[(&str, &str)]) -> String {
    let encode = |text: &str| text.bytes().map(|byte| format!("%{byte:02x}")).collect::<String>();
    fields.iter().map(|(name, value)| format!("{name}={}", encode(value))).collect::<Vec<_>>().join("&")
}

/// The value of a hidden field.
fn field(html: &str, name: &str) -> String {
    let rest = html.split(&format!("name=\"{name}\" value=\"")).nth(1).unwrap_or_else(|| panic!("no field {name}"));
    rest.split('"').next().unwrap().to_owned()
}
