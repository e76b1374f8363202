//! What readers pass on: counted without knowing who they are, shown to the newsroom.

use super::Place;
use crate::common::{both, sqlite};
use axum::{
    body::Body,
    http::{Request, StatusCode, header},
};
use pressroom::{domain::account::Role, services::analytics::shares};

const FIREFOX: &str = "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0";

impl Place {
    async fn shared(&self, what: &str, agent: &str) -> StatusCode {
        let request = Request::post(format!("/shared/{what}")).header(header::USER_AGENT, agent);
        let answer = self.ask(request.body(Body::empty()).unwrap()).await;
        assert!(answer.cookies.is_empty(), "nobody is known again by it");
        answer.status
    }
}

#[tokio::test]
async fn clicks_are_counted_once_and_shown_to_those_who_may() {
    for database in both().await {
        let place = Place::new(&database).await;
        for (what, agent) in [
            ("twitter/story", FIREFOX),
            ("twitter/story", FIREFOX),
            ("copy-link/story", FIREFOX),
            ("copy-link/story", "Another Browser/1.0"),
            ("twitter/story", "Googlebot/2.1"),
            ("twitter/nothing", FIREFOX),
        ] {
            assert_eq!(place.shared(what, agent).await, StatusCode::NO_CONTENT, "{what}");
        }
        assert_eq!(place.shared("carrier-pigeon/story", FIREFOX).await, StatusCode::NOT_FOUND);
        assert_eq!(place.get("/newsroom/sharing", "").await.status, StatusCode::UNAUTHORIZED);
        let reader = place.signed(Role::Moderator).await;
        assert_eq!(place.get("/newsroom/sharing", &reader).await.status, StatusCode::FORBIDDEN);
        let author = place.signed(Role::Author).await;
        assert_eq!(place.get("/newsroom", &author).await.to, "/newsroom/sharing");
        let page = place.get("/newsroom/sharing", &author).await.body;
        assert!(page.contains("The story") && page.contains("Copy Link 2, Twitter 1"), "{page}");
        assert!(place.get("/newsroom/sharing?days=nonsense", &author).await.body.contains("Copy Link 2"));
        // A year and a day later nobody has.
        place.test.hands.set(crate::common::NOON + 367 * 24 * super::HOUR);
        let report = shares::report(&place.test.site, 365).await.unwrap();
        assert!(report.is_empty(), "{report:?}");
    }
}

#[tokio::test]
async fn a_reader_names_the_own_server_once() {
    let database = sqlite();
    let place = Place::new(&database).await;
    let page = place.get("/share/mastodon?article=story", "").await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.body.contains("Your server") && page.cookies.is_empty());
    for wrong in ["", "nowhere", "https://"] {
        let back = place.post("/share/mastodon", "", &[("article", "story"), ("server", wrong)]).await;
        assert_eq!(back.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(back.body.contains("not a server’s name") && back.cookies.is_empty(), "{wrong}");
    }
    let kept = place.post("/share/mastodon", "", &[("article", "story"), ("server", "@ann@News.Social")]).await;
    assert_eq!((kept.status, kept.to.as_str()), (StatusCode::SEE_OTHER, "/share/mastodon?article=story"));
    let cookie = kept.cookie("__Host-mastodon");
    assert_eq!(cookie, "__Host-mastodon=news.social");
    let page = place.get(&kept.to, &cookie).await.body;
    assert!(page.contains("https://news.social/share?text=The%20story%20http"), "{page}");
    assert!(page.contains("Another server"));
    // What somebody has put into the cookie leads nowhere.
    let forged = place.get(&kept.to, "__Host-mastodon=evil.example/x?").await.body;
    assert!(!forged.contains("//evil.example/x"), "{forged}");
    assert_eq!(place.get("/share/mastodon?article=nothing", "").await.status, StatusCode::NOT_FOUND);
    assert_eq!(place.get("/share/mastodon", "").await.status, StatusCode::NOT_FOUND);
}
