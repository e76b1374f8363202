//! Readers sign up, confirm, choose and leave; nobody's mailbox is filled.

use super::{Answer, DAY, HOUR, MINUTE, Place, between};
use crate::common::{both, sqlite};
use axum::http::StatusCode;
use pressroom::{domain::newsletter::Standing, services::newsletter, storage::newsletter::subscribers};

impl Place {
    /// Sends the sign-up form as the page shows it; answers as it is after both steps.
    async fn sign_up_from(&self, from: &str, email: &str, lists: &[&str]) -> Answer {
        let mut fields = vec![("email", email)];
        fields.extend(lists.iter().map(|list| ("list", *list)));
        let again = self.post_from(from, "/newsletter", "", &fields).await;
        if !again.body.contains("name=\"token\"") {
            return again;
        }
        let token = between(&again.body, "name=\"token\" value=\"", "\"").to_owned();
        fields.push(("token", &token));
        self.post_from(from, "/newsletter", "", &fields).await
    }

    async fn sign_up(&self, email: &str, lists: &[&str]) -> Answer {
        self.sign_up_from("192.0.2.7", email, lists).await
    }

    /// The path behind the link of the last mail.
    async fn link(&self) -> String {
        let (_, _, body) = self.mails().await.pop().unwrap();
        format!("/newsletter/confirm/{}", between(&body, "/newsletter/confirm/", "\n"))
    }

    async fn standing(&self, email: &str) -> String {
        let sql = "SELECT standing FROM subscribers WHERE email = $1";
        self.db().optional::<(String,)>(sql, vec![email.into()]).await.unwrap().map_or(String::new(), |(s,)| s)
    }
}

#[tokio::test]
async fn a_reader_signs_up_confirms_chooses_and_leaves() {
    for database in both().await {
        let place = Place::new(&database).await;
        let page = place.get("/newsletter", "").await.body;
        assert!(page.contains("Daily Briefing") && page.contains("Nothing has been sent yet."));
        let asked = place.sign_up(" Ann@Example.org ", &["daily-briefing", "breaking", "nonsense"]).await;
        assert_eq!((asked.status, asked.to.as_str()), (StatusCode::SEE_OTHER, "/newsletter/asked"));
        assert!(place.get("/newsletter/asked", "").await.body.contains("A mail is on its way"));
        let (to, subject, _) = place.mails().await.pop().unwrap();
        assert_eq!((to.as_str(), subject.as_str()), ("ann@example.org", "Please confirm: Daily Briefing, Breaking"));
        // Whatever the request calls its host, links lead to the site's own address.
        let (.., text) = place.mails().await.pop().unwrap();
        assert!(text.contains("\nhttp://127.0.0.1:3000/newsletter/confirm/") && !text.contains("localhost"), "{text}");
        // What follows links confirms nothing; the button does, once.
        let link = place.link().await;
        let page = place.get(&link, "").await;
        assert!(page.status == StatusCode::OK && page.body.contains("Daily Briefing, Breaking"));
        assert_eq!(place.standing("ann@example.org").await, "pending");
        let mine = place.post(&link, "", &[]).await;
        assert_eq!(mine.status, StatusCode::SEE_OTHER);
        assert_eq!(place.standing("ann@example.org").await, "confirmed");
        assert_eq!(place.post(&link, "", &[]).await.status, StatusCode::NOT_FOUND, "used twice");
        assert_eq!(place.get(&link, "").await.status, StatusCode::NOT_FOUND);
        let page = place.get(&mine.to, "").await.body;
        assert!(page.contains("ann@example.org") && page.contains("You are signed up"));
        let own = mine.to.split('?').next().unwrap();
        // Another choice.
        let saved = place.post(own, "", &[("act", "choose"), ("list", "weekly-review")]).await;
        assert_eq!(saved.to, format!("{own}?done=saved"));
        let export = place.post(own, "", &[("act", "export")]).await.body;
        assert!(export.contains("\"newsletter\": \"weekly-review\""), "{export}");
        assert!(!export.contains("\"newsletter\": \"daily-briefing\""), "{export}");
        // A GET never leaves, a POST from anywhere does.
        let token = own.rsplit('/').next().unwrap();
        let leave = format!("/newsletter/leave/weekly-review/{token}");
        assert!(place.get(&leave, "").await.body.contains("Send me no more of Weekly Review"));
        assert_eq!(place.standing("ann@example.org").await, "confirmed");
        let left = place.post(&leave, "", &[("List-Unsubscribe", "One-Click")]).await;
        assert_eq!(left.status, StatusCode::OK);
        assert_eq!(place.standing("ann@example.org").await, "left");
        // Twice is as good as once.
        assert_eq!(place.post(&leave, "", &[("List-Unsubscribe", "One-Click")]).await.status, StatusCode::OK);
        assert!(place.get(&leave, "").await.body.contains("You have left Weekly Review"));
        let none = format!("/newsletter/leave/nonsense/{token}");
        assert_eq!(place.get(&none, "").await.status, StatusCode::NOT_FOUND);
        assert!(place.get("/newsletter/me/preview", "").await.body.contains("a preview or a test mail"));
        // Whoever left may come back, and is asked again.
        place.later(11 * MINUTE);
        place.sign_up("ann@example.org", &["breaking"]).await;
        place.post(&place.link().await, "", &[]).await;
        assert_eq!(place.standing("ann@example.org").await, "confirmed");
        assert!(place.post(own, "", &[("act", "erase")]).await.body.contains("Erase it for good"));
        assert_eq!(place.standing("ann@example.org").await, "confirmed", "asked first");
        assert_eq!(place.post(own, "", &[("act", "erase-now")]).await.status, StatusCode::OK);
        assert_eq!(place.standing("ann@example.org").await, "");
        assert_eq!(place.get(own, "").await.status, StatusCode::NOT_FOUND, "the link ends with the row");
    }
}

#[tokio::test]
async fn nobody_learns_who_is_known() {
    let database = sqlite();
    let place = Place::new(&database).await;
    place.sign_up("known@example.org", &["breaking"]).await;
    place.post(&place.link().await, "", &[]).await;
    place.sign_up("blocked@example.org", &["breaking"]).await;
    assert!(
        subscribers::stand(place.db(), "blocked@example.org", Standing::Blocked, place.site().now()).await.unwrap()
    );
    place.later(HOUR);
    let mut answers = Vec::new();
    for email in ["known@example.org", "blocked@example.org", "unknown@example.org"] {
        let answer = place.sign_up(email, &["breaking"]).await;
        answers.push((answer.status, answer.to, answer.body));
    }
    assert_eq!(answers[0], answers[1]);
    assert_eq!(answers[0], answers[2]);
    let to: Vec<String> = place.mails().await.into_iter().map(|(to, ..)| to).collect();
    let expected = ["known@example.org", "blocked@example.org", "known@example.org", "unknown@example.org"];
    assert_eq!(to, expected, "who is blocked gets none");
}

#[tokio::test]
async fn wrong_forms_are_told_and_robots_are_not() {
    let database = sqlite();
    let place = Place::new(&database).await;
    for (email, lists, part) in [
        ("nobody", &["breaking"][..], "name@example.org"),
        ("jürgen@example.org", &["breaking"], "beyond a to z"),
        ("a@example.org\r\nBcc: b@example.org", &["breaking"], "name@example.org"),
        ("a@example.org", &[], "at least one"),
        ("a@example.org", &["nonsense"], "at least one"),
    ] {
        let answer = place.sign_up(email, lists).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{email:?}");
        assert!(answer.body.contains(part), "{email:?}");
    }
    let token = newsletter::open_form(place.site(), place.site().now()).unwrap();
    let fields = [("email", "a@example.org"), ("list", "breaking"), ("token", token.as_str())];
    let quick = place.post("/newsletter", "", &fields).await;
    assert_eq!(quick.to, "/newsletter/asked");
    place.later(5_000);
    let trapped = place.post("/newsletter", "", &[&fields[..], &[("website", "x")]].concat()).await;
    assert_eq!(trapped.to, "/newsletter/asked", "a robot learns nothing");
    assert!(place.mails().await.is_empty());
    assert_eq!(place.post("/newsletter", "", &fields).await.to, "/newsletter/asked");
    assert_eq!(place.mails().await.len(), 1);
    place.later(DAY);
    let stale = place.post("/newsletter", "", &fields).await;
    assert!(stale.status == StatusCode::OK && stale.body.contains("name=\"token\""), "an old token brings a new one");
}

#[tokio::test]
async fn a_mailbox_is_not_filled_from_any_number_of_networks() {
    for database in both().await {
        let place = Place::new(&database).await;
        // Ten thousand within a minute, each from a network of its own.
        for n in 0..10_000_u32 {
            let from = format!("10.{}.{}.7", n / 250, n % 250);
            let token = newsletter::open_form(place.site(), place.site().now().plus(-MINUTE)).unwrap();
            let form = newsletter::SignUp {
                email: "victim@example.org".into(),
                lists: vec!["breaking".into()],
                token,
                trap: String::new(),
                form: String::new(),
            };
            newsletter::sign_up(place.site(), &form, Some(from.parse().unwrap())).await.unwrap();
        }
        assert_eq!(place.mails().await.len(), 1);
        // One in ten minutes, three a day.
        for _ in 0..100 {
            place.later(11 * MINUTE);
            place.sign_up("victim@example.org", &["breaking"]).await;
        }
        assert_eq!(place.mails().await.len(), 3);
        place.later(DAY);
        place.sign_up("victim@example.org", &["breaking"]).await;
        assert_eq!(place.mails().await.len(), 4);
    }
}

#[tokio::test]
async fn one_network_signs_up_twenty_an_hour() {
    let database = sqlite();
    let place = Place::new(&database).await;
    for n in 0..20 {
        let answer = place.sign_up_from(&format!("192.0.2.{n}"), &format!("r{n}@example.org"), &["breaking"]).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{n}");
    }
    let more = place.sign_up_from("192.0.2.99", "more@example.org", &["breaking"]).await;
    assert_eq!(more.status, StatusCode::TOO_MANY_REQUESTS);
    assert!(more.body.contains("more@example.org"), "what was written stays in the field");
    let elsewhere = place.sign_up_from("198.51.100.1", "else@example.org", &["breaking"]).await;
    assert_eq!(elsewhere.status, StatusCode::SEE_OTHER);
    place.later(HOUR);
    assert_eq!(place.sign_up_from("192.0.2.99", "more@example.org", &["breaking"]).await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn links_are_of_one_reader_and_end() {
    let database = sqlite();
    let place = Place::new(&database).await;
    place.sign_up("a@example.org", &["breaking"]).await;
    let link = place.link().await;
    place.later(48 * HOUR);
    assert_eq!(place.get(&link, "").await.status, StatusCode::NOT_FOUND);
    assert_eq!(place.post(&link, "", &[]).await.status, StatusCode::NOT_FOUND);
    assert_eq!(place.get("/newsletter/confirm/guessed", "").await.status, StatusCode::NOT_FOUND);
    let mut own = Vec::new();
    for email in ["b@example.org", "c@example.org"] {
        place.sign_up(email, &["breaking"]).await;
        let mine = place.post(&place.link().await, "", &[]).await.to;
        own.push(between(&mine, "/newsletter/me/", "?").to_owned());
    }
    let (id, signature) = (own[0].split('-').next().unwrap(), own[1].split('-').nth(1).unwrap());
    for token in [format!("{id}-{signature}"), format!("{id}-"), id.to_owned(), "1-x".into(), "-".into()] {
        for path in [format!("/newsletter/me/{token}"), format!("/newsletter/leave/breaking/{token}")] {
            assert_eq!(place.get(&path, "").await.status, StatusCode::NOT_FOUND, "{path}");
            assert_eq!(place.post(&path, "", &[("act", "erase")]).await.status, StatusCode::NOT_FOUND, "{path}");
        }
    }
    assert_eq!(place.standing("b@example.org").await, "confirmed");
    // Who never confirmed is forgotten.
    assert_eq!(place.standing("a@example.org").await, "pending");
    place.later(15 * DAY);
    assert_eq!(newsletter::forget(place.site()).await.unwrap(), 1);
    assert_eq!(place.standing("a@example.org").await, "");
}
