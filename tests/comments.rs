//! The conversation over HTTP, without scripts: written, held, decided, shown.
#![cfg(feature = "ssr")]

mod common;

use axum::{
    body::{Body, to_bytes},
    http::{Request, StatusCode, header},
};
use common::{NOON, TestDb, TestSite, both, sqlite};
use pressroom::{
    domain::CommentId,
    http::{Peer, router::app},
    services::{
        articles,
        comments::{self, State},
    },
};
use tower::ServiceExt;

const MINUTE: i64 = 60_000;

struct Answer {
    status: StatusCode,
    to: String,
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
        let cached = parts.headers[header::CACHE_CONTROL].to_str().unwrap().starts_with("public");
        let body = String::from_utf8(to_bytes(body, 10_000_000).await.unwrap().to_vec()).unwrap();
        assert!(!cached || !body.contains("name=\"token\""), "a token in a page that is kept");
        Answer { status: parts.status, to, body }
    }

    async fn get(&self, path: &str) -> Answer {
        self.ask(Request::builder().uri(path).body(Body::empty()).unwrap()).await
    }

    async fn post(&self, fields: &[(&str, &str)]) -> Answer {
        let text = serde_urlencoded(fields);
        let mut request = Request::post("/comments")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Body::from(text))
            .unwrap();
        request.extensions_mut().insert(Peer("192.0.2.1".parse().unwrap()));
        self.ask(request).await
    }

    /// A token out of the form's own page, opened five seconds ago.
    async fn token(&self) -> String {
        let token = field(&self.get("/comments/reply?article=story").await.body, "token");
        self.later(5_000);
        token
    }

    async fn say(&self, text: &str, more: &[(&str, &str)]) -> Answer {
        let token = self.token().await;
        let mut fields = vec![("article", "story"), ("name", "Ann"), ("email", "Ann@example.org"), ("text", text)];
        fields.push(("token", &token));
        fields.extend(more);
        self.post(&fields).await
    }

    async fn waiting(&self, state: State) -> Vec<(i64, String)> {
        let queue = comments::queue(&self.test.site, state, 100).await.unwrap();
        queue.into_iter().map(|comment| (comment.id, comment.words)).collect()
    }

    async fn decide(&self, id: i64, state: State) {
        assert!(comments::decide(&self.test.site, CommentId(id), state, "a test").await.unwrap());
    }
}

fn serde_urlencoded(fields: &[(&str, &str)]) -> String {
    let encode = |text: &str| text.bytes().map(|byte| format!("%{byte:02x}")).collect::<String>();
    fields.iter().map(|(name, value)| format!("{name}={}", encode(value))).collect::<Vec<_>>().join("&")
}

/// The value of a hidden field.
fn field(html: &str, name: &str) -> String {
    let rest = html.split(&format!("name=\"{name}\" value=\"")).nth(1).unwrap_or_else(|| panic!("no field {name}"));
    rest.split('"').next().unwrap().to_owned()
}

#[tokio::test]
async fn a_newcomer_is_held_a_known_reader_is_shown_at_once() {
    for database in both().await {
        let place = Place::new(&database).await;
        let article = place.get("/world/story").await;
        assert!(article.body.contains("action=\"/comments\"") && article.body.contains("Leave A Reply"));
        // The form of a kept page has no token: what it sends comes back with one.
        let words = [("article", "story"), ("name", "Ann"), ("email", "ann@example.org"), ("text", "My *own* words")];
        let back = place.post(&words).await;
        assert_eq!(back.status, StatusCode::OK);
        assert!(back.body.contains("<em>own</em>") && back.body.contains(">\nMy *own* words</textarea>"));
        assert!(place.waiting(State::Held).await.is_empty(), "nothing is stored before it is sent");
        let token = field(&back.body, "token");
        let mut fields = words.to_vec();
        fields.push(("token", &token));
        for _ in 0..3 {
            let sent = place.post(&fields).await;
            assert_eq!((sent.status, sent.to.as_str()), (StatusCode::SEE_OTHER, "/comments/held?article=story"));
        }
        assert!(place.get("/comments/held?article=story").await.body.contains("An editor reads"));
        let waiting = place.waiting(State::Held).await;
        assert_eq!(waiting.len(), 1, "sent three times it is one comment");
        let first = waiting[0].0;
        assert!(!place.get("/world/story").await.body.contains("<em>own</em>"));
        assert_eq!(place.get(&format!("/comments/{first}")).await.status, StatusCode::NOT_FOUND);
        place.decide(first, State::Approved).await;
        let shown = place.get("/world/story").await.body;
        assert!(shown.contains("<em>own</em>") && shown.contains("1 Comment") && !shown.contains("ann@example.org"));
        assert_eq!(place.get(&format!("/comments/{first}")).await.to, format!("/world/story#comment-{first}"));
        // The second is held as well, the third appears at once: under what it answers.
        place.later(MINUTE);
        assert_eq!(place.say("The second", &[]).await.to, "/comments/held?article=story");
        let second = place.waiting(State::Held).await[0].0;
        place.decide(second, State::Approved).await;
        place.later(MINUTE);
        let third = place.say("The third", &[("answers", &first.to_string())]).await;
        assert!(third.to.starts_with("/world/story#comment-"), "{}", third.to);
        let shown = place.get("/world/story").await.body;
        assert!(shown.contains("3 Comments") && shown.contains("comment--depth-1"));
        // What was decided can be taken back, and the record knows of all of it.
        place.decide(second, State::Rejected).await;
        place.decide(second, State::Rejected).await;
        assert!(place.get("/world/story").await.body.contains("2 Comments"));
        let record = pressroom::storage::comments::record(&place.test.site.db, CommentId(second)).await.unwrap();
        let acts: Vec<_> = record.iter().map(|(_, actor, act)| format!("{actor}: {act}")).collect();
        assert_eq!(acts, ["a test: approved", "a test: rejected"]);
    }
}

#[tokio::test]
async fn no_word_is_lost_where_something_is_wrong() {
    let database = sqlite();
    let place = Place::new(&database).await;
    let token = place.token().await;
    let fields = [("article", "story"), ("email", "nobody"), ("text", "Kept <b>words</b>"), ("token", token.as_str())];
    let wrong = place.post(&fields).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    for part in ["Kept &lt;b&gt;words&lt;/b&gt;</textarea>", "Please give the name", "name@example.org", "aria-invalid"]
    {
        assert!(wrong.body.contains(part), "{part}");
    }
    assert_eq!(place.say("One", &[]).await.status, StatusCode::SEE_OTHER);
    let hasty = place.say("Two", &[]).await;
    assert_eq!(hasty.status, StatusCode::TOO_MANY_REQUESTS);
    assert!(hasty.body.contains("Please wait 11 seconds") && hasty.body.contains(">\nTwo</textarea>"), "{}", hasty.to);
    place.later(MINUTE);
    let same = place.say("One", &[]).await;
    assert!(same.status == StatusCode::TOO_MANY_REQUESTS && same.body.contains("posted a moment ago"));
    // An old form gives a new one.
    let token = place.token().await;
    place.later(25 * 60 * MINUTE);
    let fields =
        [("article", "story"), ("name", "Ann"), ("email", "a@b.co"), ("text", "Late"), ("token", token.as_str())];
    let late = place.post(&fields).await;
    assert!(late.status == StatusCode::OK && field(&late.body, "token") != token);
    let token = field(&late.body, "token");
    for bad in ["x", "1.2.3", &format!("{}x", token), &token.replace('.', "")] {
        let fields = [("article", "story"), ("name", "Ann"), ("email", "a@b.co"), ("text", "Bad"), ("token", bad)];
        assert_eq!(place.post(&fields).await.status, StatusCode::OK, "{bad}");
    }
}

#[tokio::test]
async fn what_takes_no_comment_says_so() {
    let database = sqlite();
    let place = Place::new(&database).await;
    for (article, status) in
        [("silent", StatusCode::CONFLICT), ("draft", StatusCode::NOT_FOUND), ("nothing", StatusCode::NOT_FOUND)]
    {
        let form = place.get(&format!("/comments/reply?article={article}")).await;
        assert_eq!(form.status, status, "{article}");
        assert!(!form.body.contains("The draft"));
        let fields = [("article", article), ("name", "Ann"), ("email", "a@b.co"), ("text", "My words"), ("token", "")];
        let answer = place.post(&fields).await;
        assert_eq!(answer.status, StatusCode::CONFLICT, "{article}");
        assert!(answer.body.contains("My words") && !answer.body.contains("The draft"));
    }
    // Removed while somebody answered it; taken down while somebody wrote.
    assert_eq!(place.say("First", &[]).await.status, StatusCode::SEE_OTHER);
    let first = place.waiting(State::Held).await[0].0.to_string();
    place.later(MINUTE);
    let answer = place.say("An answer", &[("answers", &first)]).await;
    assert_eq!(answer.status, StatusCode::CONFLICT);
    assert!(answer.body.contains("not here any more") && answer.body.contains(">\nAn answer</textarea>"));
    let token = place.token().await;
    articles::unpublish(&place.test.site, &"story".parse().unwrap(), None).await.unwrap();
    let fields =
        [("article", "story"), ("name", "Ann"), ("email", "a@b.co"), ("text", "My words"), ("token", token.as_str())];
    let gone = place.post(&fields).await;
    assert!(gone.status == StatusCode::CONFLICT && gone.body.contains("My words"));
    for path in ["/comments/x", "/comments/-1", "/comments/99999999999999999999", "/comments/reply", "/comments/held"] {
        assert_eq!(place.get(path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
}

#[tokio::test]
async fn markup_is_text_and_robots_are_spam() {
    let database = sqlite();
    let place = Place::new(&database).await;
    let nasty = "<script>alert(1)</script> [x](javascript:alert(2)) <img src=x onerror=alert(3)>\u{202e}";
    let sent = place.say(nasty, &[("website", "http://spam.example")]).await;
    assert_eq!(sent.to, "/comments/held?article=story", "a robot learns nothing");
    let spam = place.waiting(State::Spam).await;
    assert_eq!(spam.len(), 1);
    place.decide(spam[0].0, State::Approved).await;
    let page = place.get("/world/story").await.body;
    assert!(page.contains("&lt;script&gt;alert(1)") && page.contains("&lt;img src=x"));
    assert!(!page.contains("<script>alert") && !page.contains("href=\"javascript:") && !page.contains("<img src=x"));
    assert!(!page.contains('\u{202e}'));
    let preview = place.post(&[("article", "story"), ("name", "\"><b>"), ("text", nasty), ("email", "a@b.co")]).await;
    assert!(!preview.body.contains("<script>alert") && !preview.body.contains("\"><b>"));
}
