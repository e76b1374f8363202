//! What the newsroom does, and who may.

use super::{HOUR, PASSWORD, Place};
use crate::common::{both, sqlite};
use axum::{
    body::Body,
    http::{Request, StatusCode, header},
};
use pressroom::{
    domain::account::Role,
    services::{comments::threads, site::settings},
    storage::comments::moderation,
};

/// The twentieth of November at ten, when the article appeared.
const OPENED: i64 = 1_795_168_800_000;

/// Every role, and nobody, at every door: what is not allowed is refused and changes nothing.
#[tokio::test]
async fn the_whole_table_of_roles_and_acts_holds() {
    let database = sqlite();
    let place = Place::new(&database).await;
    let mut people = vec![("nobody", String::new(), false)];
    for (role, name) in Role::ALL {
        people.push((name, place.signed(role).await, matches!(role, Role::Admin | Role::Editor | Role::Moderator)));
    }
    for (name, cookie, may) in &people {
        let id = place.comment(&format!("of {name}"), "held").await;
        let one = format!("approve:{id}");
        let file = format!("/newsroom/comments/{id}");
        let refused = if cookie.is_empty() { StatusCode::UNAUTHORIZED } else { StatusCode::FORBIDDEN };
        for path in ["/newsroom/comments", file.as_str(), "/newsroom/bans", "/newsroom/conversations"] {
            let status = place.get(path, cookie).await.status;
            assert_eq!(status, if *may { StatusCode::OK } else { refused }, "{name} looks at {path}");
        }
        let acts: [(&str, &[(&str, &str)]); 8] = [
            ("/newsroom/comments", &[("one", &one)]),
            (&file, &[("act", "note"), ("why", "a note")]),
            (&file, &[("act", "pin")]),
            (&file, &[("act", "edit"), ("text", "Other words")]),
            (&file, &[("ban", "email")]),
            ("/newsroom/bans", &[("lift", "1")]),
            ("/newsroom/bans", &[("whom", "troll@example.net")]),
            ("/newsroom/conversations", &[("section", "world"), ("policy", "open")]),
        ];
        for (path, fields) in acts {
            let before = place.status(id).await;
            let answer = place.post(path, cookie, fields).await;
            let done = matches!(answer.status, StatusCode::SEE_OTHER | StatusCode::OK);
            assert_eq!(done, *may, "{name} at {path} {fields:?}: {}", answer.status);
            if !may {
                assert_eq!(answer.status, refused, "{name} at {path}");
                assert_eq!(place.status(id).await, before);
            }
        }
        let record = moderation::record(&place.test.site.db, id).await.unwrap();
        assert_eq!(record.is_empty(), !may, "{name}");
        // From another site nobody does anything, whatever session the browser brings along.
        let request = Request::post("/newsroom/comments")
            .header(header::COOKIE, cookie)
            .header("sec-fetch-site", "cross-site")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        let answer = place.ask(request.body(Body::from(format!("one=spam:{id}"))).unwrap()).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN);
        assert_ne!(place.status(id).await, "spam");
    }
}

#[tokio::test]
async fn many_are_decided_at_once_and_each_can_be_undone() {
    for database in both().await {
        let place = Place::new(&database).await;
        let cookie = place.signed(Role::Moderator).await;
        let mut ids = Vec::new();
        for n in 0..4 {
            ids.push(place.comment(&format!("c{n}"), "held").await);
        }
        let page = place.get("/newsroom/comments", &cookie).await.body;
        for part in ["Words of c0", "c3@example.net", "data-queue=\"held\"", "Approve"] {
            assert!(page.contains(part), "{part}");
        }
        let numbers: Vec<String> = ids.iter().map(ToString::to_string).collect();
        let fields =
            [("act", "approve"), ("id", &numbers[0]), ("id", &numbers[1]), ("back", "/newsroom/comments?queue=held")];
        let done = place.post("/newsroom/comments", &cookie, &fields).await;
        assert_eq!(done.to, "/newsroom/comments?queue=held&said=2");
        assert_eq!(place.status(ids[0]).await, "approved");
        assert!(place.get("/world/story", "").await.body.contains("Words of c1"));
        let off =
            place.post("/newsroom/comments", &cookie, &[("one", "spam:999"), ("back", "https://evil.example")]).await;
        assert_eq!(off.to, "/newsroom/comments?said=0", "back is a place of ours");
        let undone = place.post("/newsroom/comments", &cookie, &[("one", &format!("undo:{}", ids[1]))]).await;
        assert_eq!(undone.status, StatusCode::SEE_OTHER);
        assert_eq!(place.status(ids[1]).await, "held");
        // A script is answered with data.
        let request = Request::post("/newsroom/comments")
            .header(header::COOKIE, &cookie)
            .header(header::ACCEPT, "application/json")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        let answer = place.ask(request.body(Body::from(format!("one=reject:{}", ids[2]))).unwrap()).await;
        assert_eq!(answer.body, format!("{{\"done\":[{{\"id\":{},\"state\":\"rejected\"}}],\"line\":null}}", ids[2]));
        // The record names who, and keeps an id alone.
        let file = place.get(&format!("/newsroom/comments/{}", ids[0]), &cookie).await.body;
        assert!(file.contains("Some moderator") && file.contains("approved"));
        let record = moderation::record(&place.test.site.db, ids[0]).await.unwrap();
        assert!(record[0].actor.starts_with("account:"));
        assert!(place.get("/newsroom/comments?queue=published&text=C0", &cookie).await.body.contains("Words of c0"));
        assert!(!place.get("/newsroom/comments?queue=published&text=nothing", &cookie).await.body.contains("Words of"));
    }
}

#[tokio::test]
async fn whoever_is_named_is_banned_without_a_comment() {
    let database = sqlite();
    let place = Place::new(&database).await;
    let cookie = place.signed(Role::Moderator).await;
    let ban = async |whom: &str| place.post("/newsroom/bans", &cookie, &[("whom", whom), ("why", "insults")]).await;
    for whom in [" Troll@Example.net ", "192.0.2.7", "198.51.100.9/24", "2001:db8:1:2::9", "2001:db8:2:3::/48"] {
        assert_eq!(ban(whom).await.status, StatusCode::SEE_OTHER, "{whom}");
    }
    let bans = moderation::bans(&place.test.site.db).await.unwrap();
    let mut values: Vec<_> = bans.iter().map(|line| (line.ban.kind.as_str(), line.ban.value.as_str())).collect();
    values.sort_unstable();
    let expected = [
        ("address", "192.0.2.7"),
        ("address", "2001:db8:1:2::/64"),
        ("email", "troll@example.net"),
        ("range", "198.51.100.0/24"),
        ("range", "2001:db8:2::/48"),
    ];
    assert_eq!(values, expected);
    // The last two are where the moderator sits.
    for whom in ["", "somebody", "192.0.2.0/8", "::/0", "moderator@example.org", "a@b", "192.0.2.1", "192.0.2.0/24"] {
        let refused = ban(whom).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{whom}");
        assert!(refused.body.contains("value=\"insults\"") && refused.body.contains("aria-invalid"), "{whom}");
    }
    assert_eq!(moderation::bans(&place.test.site.db).await.unwrap().len(), 5);
    let lifted = bans.iter().find(|line| line.ban.kind == "email").unwrap().id.to_string();
    let answer = place.post("/newsroom/bans", &cookie, &[("lift", &lifted)]).await;
    let page = place.get(&answer.to, &cookie).await.body;
    assert!(page.contains("The ban is lifted."));
    let (standing, over) = page.split_once("Lifted bans").unwrap();
    assert!(!standing.contains("troll@example.net") && over.contains("troll@example.net"));
    assert!(over.contains("Some moderator"), "who lifted it");
}

#[tokio::test]
async fn a_section_is_held_first_and_an_article_closes_by_age() {
    let database = sqlite();
    let place = Place::new(&database).await;
    let site = &place.test.site;
    let cookie = place.signed(Role::Editor).await;
    let toml = settings::export(site).await.unwrap();
    let toml = toml.replace("close_after_days = 0", "close_after_days = 14");
    settings::import(site, &toml.replace("hold_after_days = 0", "hold_after_days = 7")).await.unwrap();
    site.fronts.forget();
    let form = "Leave A Reply";
    assert!(place.get("/world/story", "").await.body.contains(form));
    // The seventh day, on which comments are read first.
    let slug = "story".parse().unwrap();
    for (at, held) in [(OPENED + 7 * 24 * HOUR - 1, false), (OPENED + 7 * 24 * HOUR, true)] {
        place.test.hands.set(at);
        assert_eq!(threads::open_article(site, &slug).await.unwrap().held, held);
    }
    let due = OPENED + 14 * 24 * HOUR;
    place.test.hands.set(due - 1);
    assert!(place.get("/world/story", "").await.body.contains(form));
    place.test.hands.set(due);
    let closed = place.get("/world/story", "").await.body;
    assert!(!closed.contains(form) && closed.contains("The conversation is closed."));
    let cookie_again = place.sign_in("editor@example.org", PASSWORD).await.cookie("__Host-session");
    let set = async |fields: &[(&str, &str)]| place.post("/newsroom/conversations", &cookie_again, fields).await;
    let always = set(&[("article", "http://localhost:3000/world/story/"), ("policy", "always")]).await;
    assert!(always.body.contains("It is set."), "{}", always.status);
    assert!(place.get("/world/story", "").await.body.contains(form), "by an editor’s word it is open again");
    set(&[("article", "story"), ("policy", "hidden")]).await;
    assert!(!place.get("/world/story", "").await.body.contains("id=\"comments\""));
    assert_eq!(set(&[("article", "nothing"), ("policy", "open")]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(set(&[("article", "story"), ("policy", "odd")]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    drop(cookie);
}

/// Undo takes back whatever came last: a change of words is no decision about the comment.
#[tokio::test]
async fn a_change_of_words_is_undone_as_such() {
    for database in both().await {
        let place = Place::new(&database).await;
        let cookie = place.signed(Role::Moderator).await;
        let id = place.comment("c", "held").await;
        let file = format!("/newsroom/comments/{id}");
        place.post(&file, &cookie, &[("act", "approve")]).await;
        for words in ["Sharp words", "Milder words"] {
            place.post(&file, &cookie, &[("act", "edit"), ("text", words)]).await;
        }
        assert!(place.get("/world/story", "").await.body.contains("Milder words"));
        place.post(&file, &cookie, &[("act", "undo")]).await;
        assert_eq!(place.status(id).await, "approved");
        let page = place.get("/world/story", "").await.body;
        assert!(page.contains("Sharp words") && !page.contains("Milder words"), "{page}");
    }
}

#[tokio::test]
async fn conversations_that_are_set_apart_are_listed() {
    let database = sqlite();
    let place = Place::new(&database).await;
    let cookie = place.signed(Role::Moderator).await;
    let page = async || place.get("/newsroom/conversations", &cookie).await.body;
    assert!(!page().await.contains("/world/story#comments"));
    place.post("/newsroom/conversations", &cookie, &[("article", "/world/story"), ("policy", "closed")]).await;
    assert!(page().await.contains("<a href=\"/world/story#comments\">"));
    place.post("/newsroom/conversations", &cookie, &[("article", "story"), ("policy", "open")]).await;
    assert!(!page().await.contains("/world/story#comments"));
}
