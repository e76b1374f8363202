//! The newsroom over HTTP: who signs in, who may do what, what is done by plain forms.
#![cfg(feature = "ssr")]

#[path = "../common/mod.rs"]
mod common;
mod deciding;
mod proxies;
mod sharing;
mod signing;

use axum::{
    body::{Body, to_bytes},
    http::{Request, StatusCode, header},
};
use common::{NOON, TestDb, TestSite};
use pressroom::{
    domain::{CommentId, account::Role, comment::Subject, time::Timestamp},
    http::{Peer, router::app},
    services::accounts,
    storage::{self, comments::Draft},
};
use tower::ServiceExt;

const PASSWORD: &str = "four words that hold";
const HOUR: i64 = pressroom::domain::time::Timestamp::HOUR;

struct Answer {
    status: StatusCode,
    to: String,
    cookies: Vec<String>,
    body: String,
}

impl Answer {
    /// The cookie of this name, as a browser sends it back.
    fn cookie(&self, name: &str) -> String {
        let mut all = self.cookies.iter().filter_map(|line| line.split(';').next());
        all.rfind(|pair| pair.split('=').next() == Some(name)).unwrap_or_default().to_owned()
    }
}

struct Place {
    test: TestSite,
}

impl Place {
    async fn new(database: &TestDb) -> Self {
        let test = TestSite::new(database).await;
        test.write(
            "articles/story.md",
            "---\ntitle: The story\nsection: world\npublished: 2026-11-20T10:00:00Z\n---\nText.\n",
        );
        let report = test.import().await;
        assert!(report.notes.is_empty(), "{report}");
        Self { test }
    }

    async fn ask(&self, request: Request<Body>) -> Answer {
        let mut request = request;
        request.extensions_mut().insert(Peer("192.0.2.1".parse().unwrap()));
        request.headers_mut().insert(header::HOST, "localhost:3000".parse().unwrap());
        let (parts, body) = app(self.test.site.clone()).router.oneshot(request).await.unwrap().into_parts();
        let text =
            |name| parts.headers.get_all(name).iter().map(|v| v.to_str().unwrap().to_owned()).collect::<Vec<_>>();
        let body = to_bytes(body, 10_000_000).await.unwrap();
        Answer {
            status: parts.status,
            to: text(header::LOCATION).pop().unwrap_or_default(),
            cookies: text(header::SET_COOKIE),
            body: String::from_utf8_lossy(&body).into_owned(),
        }
    }

    async fn get(&self, path: &str, cookie: &str) -> Answer {
        self.ask(Request::get(path).header(header::COOKIE, cookie).body(Body::empty()).unwrap()).await
    }

    async fn post(&self, path: &str, cookie: &str, fields: &[(&str, &str)]) -> Answer {
        let encode = |text: &str| text.bytes().map(|byte| format!("%{byte:02x}")).collect::<String>();
        let body = fields.iter().map(|(name, value)| format!("{name}={}", encode(value))).collect::<Vec<_>>().join("&");
        let request = Request::post(path)
            .header(header::COOKIE, cookie)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        self.ask(request.body(Body::from(body)).unwrap()).await
    }

    /// An account that is signed in: its cookie.
    async fn signed(&self, role: Role) -> String {
        let email = format!("{role}@example.org");
        accounts::add(&self.test.site, &email, &format!("Some {role}"), role, PASSWORD).await.unwrap();
        self.sign_in(&email, PASSWORD).await.cookie("__Host-session")
    }

    async fn sign_in(&self, email: &str, password: &str) -> Answer {
        self.post("/newsroom/sign-in", "", &[("email", email), ("password", password)]).await
    }

    async fn sign_in_from(&self, network: &str, email: &str, password: &str) -> Result<String, accounts::AccountError> {
        accounts::sign_in(&self.test.site, email, password, network, "").await
    }

    /// A comment in a state: its number.
    async fn comment(&self, key: &str, status: &str) -> CommentId {
        let db = &self.test.site.db;
        let article = storage::articles::by_slug(db, &"story".parse().unwrap()).await.unwrap().unwrap();
        let draft = Draft {
            subject: Subject::Article(article.id),
            parent: None,
            name: format!("Reader {key}"),
            email: Some(format!("{key}@example.net")),
            url: None,
            body: format!("<p>Words of {key}</p>"),
            status: status.into(),
            at: Timestamp(NOON),
            key: key.into(),
        };
        storage::comments::save(db, &draft, Timestamp(NOON)).await.unwrap().0
    }

    async fn status(&self, id: CommentId) -> String {
        storage::comments::own::own(&self.test.site.db, id).await.unwrap().unwrap().status
    }
}
