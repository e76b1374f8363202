//! What signs in, confirms, leaves, previews or tells is in no log, no count and no back-up.

use super::{Answer, MINUTE, PASSWORD, Place, between};
use crate::common::both;
use axum::{
    body::Body,
    http::{Request, StatusCode},
};
use pressroom::{
    domain::account::Role,
    services::{
        articles::preview,
        mail,
        newsletter::{self, bounces},
        operations::backup,
    },
    storage::mails,
};
use std::{
    io,
    sync::{Arc, Mutex},
};

/// The log of a test.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Log {
    /// Takes up everything that is said on this thread, in the server's own form.
    fn listen(&self) -> tracing::subscriber::DefaultGuard {
        let log = self.clone();
        let logs = tracing_subscriber::fmt().json().with_env_filter("pressroom=trace,tower_http=trace,sqlx=debug,info");
        tracing::subscriber::set_default(logs.with_writer(move || log.clone()).finish())
    }

    fn text(&self) -> String {
        String::from_utf8(self.0.lock().unwrap().clone()).unwrap()
    }
}

/// The part of a token that nobody can guess.
fn secret(token: &str) -> String {
    let part = token.split(|c: char| !c.is_ascii_alphanumeric()).max_by_key(|part| part.len()).unwrap();
    assert!(part.len() >= 24, "{token}");
    part.to_owned()
}

/// Every kind of secret that the program gives somebody, each used once.
#[derive(Default)]
struct Secrets {
    all: Vec<(&'static str, String)>,
}

impl Secrets {
    fn add(&mut self, kind: &'static str, token: &str) {
        self.all.push((kind, secret(token)));
    }

    /// Fails where one of them stands in a text.
    fn are_not_in(&self, place: &str, text: &str) {
        for (kind, secret) in &self.all {
            assert!(!text.contains(secret.as_str()), "{place} holds the {kind}: {text}");
        }
    }
}

impl Place {
    /// Opens an address, and what it becomes where it is copied wrongly.
    async fn open(&self, path: &str) -> Answer {
        let (head, token) = path.rsplit_once('/').unwrap();
        for wrong in [
            format!("{path}/"),
            format!("{path}/more"),
            format!("/{token}"),
            format!("/x/{token}"),
            format!("{}/{token}", head.to_uppercase()),
            format!("/?token={token}"),
            format!("/search?q={token}"),
            format!("{head}/x?token={token}"),
        ] {
            self.get(&wrong, "").await;
        }
        self.get(path, "").await
    }

    async fn last_link(&self, part: &str) -> String {
        let (.., body) = self.mails().await.into_iter().rfind(|(.., body)| body.contains(part)).unwrap();
        format!("{part}{}", between(&body, part, "\n"))
    }

    async fn use_everything(&self) -> Secrets {
        let mut secrets = Secrets::default();
        let session = self.signed(Role::Editor).await;
        self.get("/newsroom", &session).await;
        secrets.add("session", &session);
        secrets.add("password", &PASSWORD.replace(' ', ""));
        self.post("/sign-in", "", &[("email", "reader@example.org")]).await;
        let link = self.last_link("/sign-in/").await;
        secrets.add("sign-in link", &link);
        assert_eq!(self.open(&link).await.status, StatusCode::OK);
        self.post(&link, "", &[]).await;
        let form = newsletter::open_form(self.site(), self.site().now().plus(-MINUTE)).unwrap();
        secrets.add("form’s token", form.rsplit('.').next().unwrap());
        let fields = [("email", "ann@example.org"), ("list", "breaking"), ("token", &form)];
        self.post("/newsletter", "", &fields).await;
        self.post("/newsletter", "", &[("email", "nobody"), ("list", "breaking"), ("token", &form)]).await;
        let link = self.last_link("/newsletter/confirm/").await;
        secrets.add("confirmation", &link);
        assert_eq!(self.open(&link).await.status, StatusCode::OK);
        let own = self.post(&link, "", &[]).await.to;
        let own = own.split('?').next().unwrap();
        secrets.add("reader’s token", own);
        assert_eq!(self.open(own).await.status, StatusCode::OK);
        let leave = own.replace("/me/", "/leave/breaking/");
        assert_eq!(self.open(&leave).await.status, StatusCode::OK);
        let path = preview::path(self.site(), &"one".parse().unwrap());
        secrets.add("preview", path.rsplit('.').next().unwrap());
        assert_eq!(self.open(&path).await.status, StatusCode::OK);
        let stop = format!("/comments/stop/1/{}", self.site().secrets.sign("stop notices", "1"));
        secrets.add("stop link", &stop);
        assert_eq!(self.open(&stop).await.status, StatusCode::OK);
        let hook = bounces::hook(self.site(), "mailgun");
        secrets.add("webhook’s secret", &hook);
        assert_eq!(self.post_raw(&hook, "no JSON").await.status, StatusCode::BAD_REQUEST);
        self.post_raw(&hook, r#"{"event-data": {"event": "opened", "recipient": "ann@example.org"}}"#).await;
        self.open(&hook).await;
        let stop = self.site().url(&stop);
        let notice = mails::Draft {
            recipient: "ann@example.org".into(),
            subject: "Answered".into(),
            body: format!("No more: {stop}"),
            stop: Some(stop),
            ..mails::Draft::default()
        };
        mails::put(self.db(), &notice, self.site().now()).await.unwrap();
        secrets
    }

    async fn backup(&self, name: &str) -> String {
        let file = self.test.folder.path().join(name);
        backup::take(self.site(), &file).await.unwrap();
        String::from_utf8_lossy(&std::fs::read(&file).unwrap()).into_owned()
    }
}

#[tokio::test]
async fn no_secret_is_in_logs_counts_or_back_ups() {
    for database in both().await {
        let place = Place::new(&database).await;
        let log = Log::default();
        let listening = log.listen();
        let secrets = place.use_everything().await;
        place.get("/world/one", "").await;
        // Also while mails wait, and where one can't leave.
        secrets.are_not_in("the back-up while mails wait", &place.backup("waiting.tar").await);
        let carrier = mail::Carrier::new(&place.site().config.mail).unwrap();
        assert_eq!(mail::deliver_due(place.site(), &carrier).await.unwrap(), 3);
        secrets.are_not_in("the back-up", &place.backup("sent.tar").await);
        let sql = "SELECT recipient, subject || body || COALESCE(stop, ''), '' FROM mails";
        let stored: Vec<(String, String, String)> = place.db().all(sql, Vec::new()).await.unwrap();
        secrets.are_not_in("the outbox", &format!("{stored:?}"));
        let metrics = place.ask("127.0.0.1", Request::get("/metrics").body(Body::empty()).unwrap()).await;
        assert!(metrics.status == StatusCode::OK && metrics.body.contains("pressroom_"));
        secrets.are_not_in("/metrics", &metrics.body);
        drop(listening);
        let text = log.text();
        for part in [
            r#""route":"/sign-in/{token}""#,
            r#""route":"/newsletter/leave/{list}/{token}""#,
            r#""route":"/preview/{token}""#,
            r#""route":"none""#,
            r#""route":"/{section}/{slug}","path":"/world/one""#,
        ] {
            assert!(text.contains(part), "{part} in {text}");
        }
        for line in text.lines() {
            secrets.are_not_in("the log", line);
        }
    }
}
