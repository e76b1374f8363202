//! Who signs in, by which way, for how long.

use super::{HOUR, PASSWORD, Place};
use crate::common::{NOON, both, sqlite};
use axum::{
    body::Body,
    http::{Request, StatusCode, header},
};
use pressroom::{
    domain::account::Role,
    http::router::app,
    services::{
        accounts::{self, AccountError},
        mail,
    },
};
use tower::ServiceExt;

#[tokio::test]
async fn whoever_knows_the_password_signs_in_and_out() {
    for database in both().await {
        let place = Place::new(&database).await;
        assert!(place.get("/newsroom/sign-in", "").await.body.contains("pressroom user add"), "how the first is made");
        accounts::add(&place.test.site, "Ann@Example.org", "Ann", Role::Editor, PASSWORD).await.unwrap();
        let mut answers = Vec::new();
        for (email, password) in [("ann@example.org", "wrong"), ("nobody@example.org", PASSWORD), ("", "")] {
            let answer = place.sign_in(email, password).await;
            assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{email}");
            assert!(answer.cookies.is_empty());
            answers.push(answer.body.replace(email, ""));
        }
        assert_eq!(answers[0], answers[1], "nobody learns which of the two was wrong");
        let signed = place.sign_in(" ANN@example.org ", PASSWORD).await;
        assert_eq!((signed.status, signed.to.as_str()), (StatusCode::SEE_OTHER, "/newsroom"));
        let line = &signed.cookies[0];
        for part in ["__Host-session=", "HttpOnly", "Secure", "SameSite=Lax", "Path=/"] {
            assert!(line.contains(part), "{part} in {line}");
        }
        let cookie = signed.cookie("__Host-session");
        assert_eq!(cookie.len(), "__Host-session=".len() + 64, "256 random bits");
        assert_eq!(place.get("/newsroom/comments", &cookie).await.status, StatusCode::OK);
        let last = if cookie.ends_with('0') { '1' } else { '0' };
        let forged = format!("{}{last}", &cookie[..cookie.len() - 1]);
        assert_eq!(place.get("/newsroom/comments", &forged).await.status, StatusCode::UNAUTHORIZED);
        // The token itself is nowhere in the database.
        let token = cookie.split('=').nth(1).unwrap();
        let stored: Option<(String,)> =
            place.test.site.db.optional("SELECT token FROM sessions LIMIT 1", Vec::new()).await.unwrap();
        assert_ne!(stored.unwrap().0, token);
        let out = place.post("/sign-out", &cookie, &[]).await;
        assert!(out.cookies[0].contains("Max-Age=0"));
        assert_eq!(place.get("/newsroom/comments", &cookie).await.status, StatusCode::UNAUTHORIZED);
    }
}

#[tokio::test]
async fn sessions_end_by_time_and_by_change() {
    let database = sqlite();
    let place = Place::new(&database).await;
    let site = &place.test.site;
    let open = async |cookie: &str| place.get("/newsroom/comments", cookie).await.status == StatusCode::OK;
    let cookie = place.signed(Role::Editor).await;
    // Used again and again it lasts, but no longer than 14 days.
    for hours in (6..14 * 24).step_by(6) {
        place.test.hands.set(NOON + i64::from(hours) * HOUR);
        assert!(open(&cookie).await, "after {hours} hours");
    }
    place.test.hands.set(NOON + 14 * 24 * HOUR);
    assert!(!open(&cookie).await);
    let again = async || place.sign_in("editor@example.org", PASSWORD).await.cookie("__Host-session");
    let idle = again().await;
    place.test.hands.set(NOON + (14 * 24 + 12) * HOUR);
    assert!(!open(&idle).await, "12 hours without a word");
    let (one, other) = (again().await, again().await);
    let wrong = place.post("/newsroom/password", &one, &[("old", "x"), ("new", "another one that holds")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    let short = place.post("/newsroom/password", &one, &[("old", PASSWORD), ("new", "short")]).await;
    assert!(short.body.contains("at least 15 characters"));
    let changed = place.post("/newsroom/password", &one, &[("old", PASSWORD), ("new", "another one that holds")]).await;
    assert_eq!(changed.status, StatusCode::OK);
    assert!(open(&one).await && !open(&other).await, "the others end");
    accounts::set_role(site, "editor@example.org", Role::Moderator).await.unwrap();
    assert!(!open(&one).await);
    let last = place.sign_in("editor@example.org", "another one that holds").await.cookie("__Host-session");
    assert!(open(&last).await);
    accounts::disable(site, "editor@example.org", true).await.unwrap();
    assert!(!open(&last).await);
    let closed = place.sign_in("editor@example.org", "another one that holds").await;
    assert_eq!(closed.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn guessing_is_stopped() {
    let database = sqlite();
    let place = Place::new(&database).await;
    accounts::add(&place.test.site, "ann@example.org", "Ann", Role::Admin, PASSWORD).await.unwrap();
    for _ in 0..10 {
        assert_eq!(place.sign_in("ann@example.org", "guess").await.status, StatusCode::UNAUTHORIZED);
    }
    let right = place.sign_in("ann@example.org", PASSWORD).await;
    assert_eq!(right.status, StatusCode::TOO_MANY_REQUESTS, "even with the right one");
    let elsewhere = place.sign_in_from("198.51.100.7", "ann@example.org", PASSWORD).await;
    assert!(elsewhere.is_ok(), "whoever guesses locks nobody out who comes from elsewhere");
    place.test.hands.set(NOON + HOUR / 4);
    assert_eq!(place.sign_in("ann@example.org", PASSWORD).await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn readers_sign_in_by_a_link_whose_page_asks_first() {
    let database = sqlite();
    let place = Place::new(&database).await;
    let site = &place.test.site;
    accounts::add(site, "staff@example.org", "Staff", Role::Editor, PASSWORD).await.unwrap();
    let known = place.post("/sign-in", "", &[("email", "Reader@example.org")]).await;
    let staff = place.post("/sign-in", "", &[("email", "staff@example.org")]).await;
    assert!(known.status == StatusCode::OK && known.body == staff.body, "the same for all");
    assert_eq!(place.post("/sign-in", "", &[("email", "nonsense")]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    let carrier = mail::Carrier::new(&site.config.mail).unwrap();
    assert_eq!(mail::deliver_due(site, &carrier).await.unwrap(), 2);
    let folder = std::fs::read_dir(&site.config.mail.folder).unwrap();
    let read = |file: std::io::Result<std::fs::DirEntry>| std::fs::read_to_string(file.unwrap().path()).unwrap();
    // Long lines are broken for the way (quoted-printable).
    let mails: Vec<_> = folder.map(|file| read(file).replace("=\r\n", "").replace("=3D", "=")).collect();
    let text = mails.iter().find(|m| m.contains("To: reader@example.org")).unwrap();
    let token = text.split("/sign-in/").nth(1).unwrap().split_whitespace().next().unwrap();
    assert!(mails.iter().find(|m| m.contains("To: staff@example.org")).unwrap().contains("/newsroom/sign-in"));
    let link = format!("/sign-in/{token}");
    for _ in 0..2 {
        let page = place.get(&link, "").await;
        assert!(page.status == StatusCode::OK && page.cookies.is_empty(), "what only looks signs nobody in");
        assert!(page.body.contains("not asked for in this browser"), "somebody else may have asked: {}", page.body);
        assert!(page.body.contains("a browser that is not known") && page.body.contains("192.0.2."), "{}", page.body);
        assert!(page.body.contains("<strong>reader@example.org</strong>"), "{}", page.body);
    }
    let here = place.get(&link, &known.cookie("__Host-asked")).await.body;
    assert!(here.contains("<strong>reader@example.org</strong>") && !here.contains("not asked for"), "{here}");
    let other = place.get(&link, "__Host-asked=00112233445566778899aabbccddeeff").await.body;
    assert!(other.contains("not asked for in this browser"), "{other}");
    let signed = place.post(&link, "", &[]).await;
    let cookie = signed.cookie("__Host-session");
    let page = place.get("/sign-in", &cookie).await.body;
    assert!(page.contains("You are signed in as <strong>Reader</strong>"), "no part of the address: {page}");
    for (name, status) in [("", 422), ("Staff", 422), ("Rita R.", 303)] {
        let answer = place.post("/sign-in/name", &cookie, &[("name", name)]).await;
        assert_eq!(answer.status.as_u16(), status, "{name}");
    }
    assert!(place.get("/sign-in", &cookie).await.body.contains("<strong>Rita R.</strong>"));
    let nobody = place.post("/sign-in/name", "", &[("name", "X")]).await;
    assert_eq!((nobody.status, nobody.to.as_str()), (StatusCode::SEE_OTHER, "/sign-in"));
    assert_eq!(place.post(&link, "", &[]).await.status, StatusCode::NOT_FOUND, "good once");
    // Three links an hour, and none is good for longer than half of one.
    for _ in 0..4 {
        place.post("/sign-in", "", &[("email", "reader@example.org")]).await;
    }
    assert_eq!(mail::deliver_due(site, &carrier).await.unwrap(), 2);
    assert_eq!(place.get("/newsroom/comments", &cookie).await.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn passwords_are_not_taken_where_they_can_be_read() {
    let database = sqlite();
    let mut place = Place::new(&database).await;
    let ask = async |place: &Place| {
        let request = Request::get("/newsroom/sign-in").header(header::HOST, "review.example").body(Body::empty());
        app(place.test.site.clone()).router.oneshot(request.unwrap()).await.unwrap().status()
    };
    assert_eq!(ask(&place).await, StatusCode::FORBIDDEN);
    let mut config = place.test.site.config.clone();
    config.comments.allow_insecure_login = true;
    place.test.site = pressroom::services::Site::open(config, place.test.hands.clock()).await.unwrap();
    assert_eq!(ask(&place).await, StatusCode::OK);
}

/// A session that ends while somebody writes: no word is lost.
#[tokio::test]
async fn a_session_that_has_ended_keeps_the_text() {
    let database = sqlite();
    let place = Place::new(&database).await;
    let cookie = place.signed(Role::Author).await;
    let form = place.get("/comments/reply?article=story", &cookie).await.body;
    assert!(form.contains("Writing as") && !form.contains("reply-email"));
    let token = form.split("name=\"token\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let fields = [("article", "story"), ("token", token.as_str()), ("text", "A long thought")];
    place.post("/sign-out", &cookie, &[]).await;
    let answer = place.post("/comments", &cookie, &fields).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.body.contains(">\nA long thought</textarea>") && answer.body.contains("Please give the name"));
    // Signed in again it is the newsroom's: shown at once, with a badge.
    let again = place.sign_in("author@example.org", PASSWORD).await.cookie("__Host-session");
    let answer = place.post("/comments", &again, &fields).await;
    assert!(answer.to.starts_with("/world/story#comment-"), "{}", answer.to);
    let page = place.get("/world/story", "").await.body;
    assert!(page.contains("Some author") && page.contains("comment__badge\">Staff"));
}

/// What is tried at the same time is counted before a password is looked at.
#[tokio::test]
async fn a_burst_of_guesses_is_no_way_around_the_limit() {
    let database = sqlite();
    let place = Place::new(&database).await;
    accounts::add(&place.test.site, "ann@example.org", "Ann", Role::Admin, PASSWORD).await.unwrap();
    let guess = |_| accounts::sign_in(&place.test.site, "ann@example.org", "guess", "192.0.2.1", "");
    let all = futures_util::future::join_all((0..500).map(guess)).await;
    let count = |is: fn(&AccountError) -> bool| all.iter().filter(|one| one.as_ref().is_err_and(is)).count();
    assert!(count(|error| matches!(error, AccountError::Wrong)) <= 10);
    assert_eq!(count(|error| matches!(error, AccountError::Wrong | AccountError::TooMany | AccountError::Busy)), 500);
}

/// A hundred wrong tries from elsewhere lock out no browser that has signed in before.
#[tokio::test]
async fn a_browser_that_signed_in_before_is_not_locked_out_from_elsewhere() {
    let database = sqlite();
    let place = Place::new(&database).await;
    let site = &place.test.site;
    accounts::add(site, "ann@example.org", "Ann", Role::Admin, PASSWORD).await.unwrap();
    let known = accounts::known_browser(site, "Ann@example.org").unwrap();
    for n in 0..120 {
        let network = format!("198.51.100.{n}");
        drop(accounts::sign_in(site, "ann@example.org", "guess", &network, "").await);
    }
    let from = async |known: &str| accounts::sign_in(site, "ann@example.org", PASSWORD, "192.0.2.1", known).await;
    assert!(matches!(from("").await, Err(AccountError::TooMany)), "a stranger waits");
    assert!(matches!(from("forged.sign").await, Err(AccountError::TooMany)));
    let others = accounts::known_browser(site, "bo@example.org").unwrap();
    assert!(matches!(from(&others).await, Err(AccountError::TooMany)), "known to another account alone");
    assert!(from(&known).await.is_ok());
    // It has a limit of its own.
    for _ in 0..10 {
        drop(accounts::sign_in(site, "ann@example.org", "guess", "192.0.2.1", &known).await);
    }
    assert!(matches!(from(&known).await, Err(AccountError::TooMany)));
}
