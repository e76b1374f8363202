//! Written, held, decided, shown.

use super::{HELD, MINUTE, Place, field};
use crate::common::{both, sqlite};
use axum::http::StatusCode;
use pressroom::{
    domain::CommentId,
    services::{articles, comments::State},
};

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
        let mut browser = String::new();
        for _ in 0..3 {
            let sent = place.post(&fields).await;
            assert_eq!(sent.status, StatusCode::SEE_OTHER);
            assert!(sent.to.starts_with(HELD), "{}", sent.to);
            // The browser whose comment was stored is known by its cookie.
            browser = if browser.is_empty() { sent.cookie } else { browser };
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
        assert!(place.say_from(&browser, "The second", &[]).await.to.starts_with(HELD));
        let second = place.waiting(State::Held).await[0].0;
        place.decide(second, State::Approved).await;
        place.later(MINUTE);
        // The same name and address from elsewhere prove nothing.
        assert!(place.say("A stranger", &[]).await.to.starts_with(HELD));
        place.later(MINUTE);
        let third = place.say_from(&browser, "The third", &[("answers", &first.to_string())]).await;
        assert!(third.to.starts_with("/world/story#comment-"), "{}", third.to);
        let shown = place.get("/world/story").await.body;
        assert!(shown.contains("3 Comments") && shown.contains("comment--depth-1"));
        // What was decided can be taken back, and the record knows of all of it.
        place.decide(second, State::Rejected).await;
        place.decide(second, State::Rejected).await;
        assert!(place.get("/world/story").await.body.contains("2 Comments"));
        let record =
            pressroom::storage::comments::moderation::record(&place.test.site.db, CommentId(second)).await.unwrap();
        let acts: Vec<_> = record.iter().map(|line| format!("{}: {}", line.actor, line.act)).collect();
        assert_eq!(acts, ["command line: approved", "command line: rejected"]);
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
    assert!(sent.to.starts_with(HELD), "a robot learns nothing");
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

/// Of many that are sent at once from one address only those are taken that would have been one
/// after the other.
#[tokio::test]
async fn a_burst_from_one_address_is_one_comment() {
    for database in both().await {
        let place = Place::new(&database).await;
        let mut tokens = Vec::new();
        for _ in 0..120 {
            tokens.push(field(&place.get("/comments/reply?article=story").await.body, "token"));
        }
        place.later(5_000);
        let sent = futures_util::future::join_all(tokens.iter().enumerate().map(|(n, token)| {
            let place = &place;
            async move {
                let (name, text) = (format!("Ann {n}"), format!("Words of number {n}"));
                let email = format!("a{n}@example.org");
                let fields =
                    [("article", "story"), ("name", &name), ("email", &email), ("text", &text), ("token", token)];
                place.post(&fields).await.status
            }
        }))
        .await;
        let taken = sent.iter().filter(|status| **status == StatusCode::SEE_OTHER).count();
        assert_eq!((taken, place.waiting(State::Held).await.len()), (1, 1));
    }
}
