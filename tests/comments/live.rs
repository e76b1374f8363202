//! The live stream: nothing missed, nothing twice, whoever made the change.

use super::Place;
use crate::common::{both, sqlite};
use axum::{
    body::{Body, BodyDataStream},
    http::{Request, StatusCode},
};
use futures_util::StreamExt;
use pressroom::{
    domain::{account::Role, change::Noun, time::Timestamp},
    http::{
        Peer,
        router::{App, app},
    },
    services::{accounts, comments::State},
    storage::changes,
};
use tower::ServiceExt;

const DAY: i64 = Timestamp::DAY;

/// A stream as a browser reads it: one that ends is opened again, with the number of
/// the last event.
struct Reader<'a> {
    app: &'a App,
    body: BodyDataStream,
    text: String,
    /// The number of the last event.
    last: String,
}

impl<'a> Reader<'a> {
    async fn open(app: &'a App, last: &str) -> Self {
        Self { app, body: Self::connect(app, last).await, text: String::new(), last: last.to_owned() }
    }

    async fn connect(app: &App, last: &str) -> BodyDataStream {
        let request = Request::get("/comments/live?article=story").header("last-event-id", last);
        let answer = app.router.clone().oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
        assert_eq!(answer.status(), StatusCode::OK);
        assert_eq!(answer.headers()["x-accel-buffering"], "no");
        answer.into_body().into_data_stream()
    }

    /// The next event's data.
    async fn next(&mut self) -> serde_json::Value {
        loop {
            if let Some(at) = self.text.find("\n\n") {
                let event: String = self.text.drain(..at + 2).collect();
                let field = |name: &str| event.lines().find_map(|line| line.strip_prefix(name)).map(str::trim);
                let Some(data) = field("data:") else { continue };
                self.last = field("id:").unwrap().to_owned();
                return serde_json::from_str(data).unwrap();
            }
            match self.body.next().await {
                Some(chunk) => self.text += std::str::from_utf8(&chunk.unwrap()).unwrap(),
                None => {
                    self.text.clear();
                    self.body = Self::connect(self.app, &self.last).await;
                }
            }
        }
    }

    async fn next_id(&mut self) -> i64 {
        self.next().await["id"].as_i64().unwrap()
    }
}

#[tokio::test]
async fn what_happens_is_told_once_and_made_up_for() {
    for database in both().await {
        let place = Place::new(&database).await;
        let (first, _) = place.published("Before", &[]).await;
        let app = app(place.test.site.clone());
        let listening = tokio::spawn(app.live.clone().follow());
        // A page says until when it knows what happened.
        let page = place.get("/world/story").await.body;
        let known = page.split("data-after=\"").nth(1).unwrap().split('"').next().unwrap();
        let mut reader = Reader::open(&app, known).await;
        let (second, _) = place.published("While I listen", &[]).await;
        // Told when it came, and when it was let through; a reader may hear both at once.
        let mut told = reader.next().await;
        if told["html"].is_null() {
            told = reader.next().await;
        }
        assert_eq!((told["id"].as_i64(), told["count"].as_str()), (Some(second), Some("2 Comments")));
        assert!(told["html"].as_str().unwrap().contains("While I listen"));
        place.decide(second, State::Spam).await;
        // Both may have been told with what readers saw at the second of them.
        let mut told = reader.next().await;
        if !told["html"].is_null() {
            told = reader.next().await;
        }
        assert_eq!((told["id"].as_i64(), told["html"].is_null()), (Some(second), true));
        // Away for a while; then everything since, once.
        let last = reader.last.clone();
        drop(reader);
        let (third, _) = place.published("While I was away", &[("answers", &first.to_string())]).await;
        place.decide(second, State::Approved).await;
        let mut reader = Reader::open(&app, &last).await;
        assert_eq!((reader.next_id().await, reader.next_id().await), (third, second));
        let (fourth, _) = place.published("Back again", &[]).await;
        // Held first, and then let through; a reader may hear both at once.
        let mut told = reader.next().await;
        if told["html"].is_null() {
            told = reader.next().await;
        }
        assert_eq!(told["id"].as_i64(), Some(fourth), "nothing twice");
        assert!(told["html"].as_str().unwrap().contains("Back again"));
        let mut body = Reader::connect(&app, &reader.last).await;
        app.live.close();
        while let Some(chunk) = body.next().await {
            assert!(!std::str::from_utf8(&chunk.unwrap()).unwrap().contains("data:"), "all was told");
        }
        listening.abort();
    }
}

#[tokio::test]
async fn only_what_readers_see_is_told() {
    let database = sqlite();
    let place = Place::new(&database).await;
    let app = app(place.test.site.clone());
    for query in ["silent", "draft", "nothing", "", "%00"] {
        let request = Request::get(format!("/comments/live?article={query}")).body(Body::empty()).unwrap();
        let status = app.router.clone().oneshot(request).await.unwrap().status();
        let expected = if query == "silent" { StatusCode::OK } else { StatusCode::NOT_FOUND };
        assert_eq!(status, expected, "{query}");
    }
    assert_eq!(app.live.open(), 0, "who has gone leaves the place");
    // What is held is told as what is not there, and without a word of it.
    place.say("Secret words", &[]).await;
    let told = Reader::open(&app, "0").await.next().await.to_string();
    assert!(!told.contains("Secret") && !told.contains("ann@example.org"), "{told}");
}

#[tokio::test]
async fn any_number_to_go_on_from_is_answered() {
    for database in both().await {
        let place = Place::new(&database).await;
        let app = app(place.test.site.clone());
        let listening = tokio::spawn(app.live.clone().follow());
        let (first, _) = place.published("Told already", &[]).await;
        let huge = i64::MAX.to_string();
        let mut ahead = Reader::open(&app, &huge).await;
        // Below the first number that is kept there is nothing to be made up for but what is kept.
        changes::forget(&place.test.site.db, place.test.site.now().plus(DAY), place.test.site.now()).await.unwrap();
        let mut behind = Reader::open(&app, &i64::MIN.to_string()).await;
        let (second, _) = place.published("News", &[]).await;
        assert_eq!(ahead.next_id().await, second);
        let told = behind.next_id().await;
        assert!(told == first || told == second, "{told}");
        listening.abort();
    }
}

#[tokio::test]
async fn streams_end_where_it_is_not_known_what_they_missed() {
    let database = sqlite();
    let place = Place::new(&database).await;
    let app = app(place.test.site.clone());
    let listening = tokio::spawn(app.live.clone().follow());
    let mut body = Reader::connect(&app, "0").await;
    // Told again and again, since the follower may not have begun yet.
    let told = async {
        loop {
            let mut act = place.test.site.db.begin().await.unwrap();
            act.changed(Noun::All, 0);
            act.commit(place.test.site.now()).await.unwrap();
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        }
    };
    tokio::select! {
        () = async { while body.next().await.is_some() {} } => {}
        () = told => {}
    }
    listening.abort();
}

#[tokio::test]
async fn one_reader_does_not_crowd_out_the_others() {
    let database = sqlite();
    let place = Place::new(&database).await;
    let site = &place.test.site;
    let app = app(site.clone());
    let open = async |peer: &str, cookie: &str| {
        let mut request = Request::get("/comments/live?article=story")
            .header("host", "localhost")
            .header("cookie", cookie)
            .body(Body::empty())
            .unwrap();
        request.extensions_mut().insert(Peer(peer.parse().unwrap()));
        app.router.clone().oneshot(request).await.unwrap()
    };
    let most = site.config.server.streams_per_address;
    let mut streams = Vec::new();
    for n in 0..most {
        let answer = open(["2001:db8::1", "2001:db8::2"][n % 2], "").await;
        assert_eq!(answer.status(), StatusCode::OK);
        streams.push(answer);
    }
    let refused = open("2001:db8::3", "").await;
    assert_eq!(refused.status(), StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(refused.headers()["retry-after"], "30");
    assert_eq!(open("2001:db8:0:1::1", "").await.status(), StatusCode::OK);
    // Those of the newsroom are counted by account, wherever they sit.
    accounts::add(site, "ed@example.org", "Ed", Role::Editor, "four words that hold").await.unwrap();
    let session = accounts::sign_in(site, "ed@example.org", "four words that hold", "", "").await.unwrap();
    assert_eq!(open("2001:db8::3", &format!("__Host-session={session}")).await.status(), StatusCode::OK);
    assert_eq!(app.live.open(), most);
    streams.pop();
    assert_eq!(open("2001:db8::3", "").await.status(), StatusCode::OK, "who has gone leaves the place");
}
