//! What a writer may do about a comment of their own, and what the others may not.

use super::{MINUTE, Place};
use crate::common::{both, sqlite};
use axum::http::StatusCode;
use pressroom::{
    domain::CommentId,
    services::{
        comments::{State, moderation},
        mail,
        site::settings,
    },
};

/// The same with another last digit.
fn forge(signed: &str) -> String {
    let last = if signed.ends_with('0') { '1' } else { '0' };
    format!("{}{last}", &signed[..signed.len() - 1])
}

#[tokio::test]
async fn a_writer_changes_and_takes_back_what_is_theirs_alone() {
    for database in both().await {
        let place = Place::new(&database).await;
        let sent = place.say("First *words*", &[]).await;
        let id: i64 = sent.to.rsplit('=').next().unwrap().parse().unwrap();
        let mine = sent.cookie.clone();
        assert!(mine.starts_with("browser="), "{mine}");
        let held = place.look(&sent.to, &mine).await.body;
        let yours = format!("/comments/{id}/yours");
        assert!(held.contains(&yours) && !place.get(&sent.to).await.body.contains(&yours));
        let page = place.look(&yours, &mine).await;
        assert!(
            page.body.contains("An editor reads your comment") && page.body.contains(">\nFirst *words*</textarea>")
        );
        assert!(page.body.contains("who is new here"), "told why");
        // Somebody else: with no cookie, a forged one, one of their own.
        place.later(MINUTE);
        let other = place.published("Somebody else", &[("name", "Else"), ("email", "else@example.org")]).await.1;
        let forged = forge(&mine);
        for cookie in ["", forged.as_str(), other.as_str()] {
            assert_eq!(place.look(&yours, cookie).await.status, StatusCode::NOT_FOUND);
            for act in ["edit", "withdraw"] {
                let answer = place.send(&format!("/comments/{id}/{act}"), cookie, &[("text", "Mine now")]).await;
                assert_eq!(answer.status, StatusCode::FORBIDDEN, "{act} with {cookie}");
            }
        }
        assert_eq!(place.waiting(State::Held).await, [(id, "First *words*".to_owned())]);
        place.decide(id, State::Approved).await;
        let edit = format!("/comments/{id}/edit");
        let empty = place.send(&edit, &mine, &[("text", " ")]).await;
        assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(empty.body.contains("Please write your comment."));
        let changed = place.send(&edit, &mine, &[("text", "Other words")]).await;
        assert_eq!(changed.to, yours);
        // A newcomer's change is read like everything else of a newcomer.
        assert_eq!(place.waiting(State::Held).await, [(id, "Other words".to_owned())]);
        place.decide(id, State::Approved).await;
        let shown = place.get("/world/story").await.body;
        assert!(shown.contains("Other words") && shown.contains("(edited)") && !shown.contains("First"));
        place.later(5 * MINUTE);
        let late = place.send(&edit, &mine, &[("text", "Too late")]).await;
        assert_eq!(late.status, StatusCode::CONFLICT);
        assert!(late.body.contains("Too late") && late.body.contains("is over"), "the text is kept");
        // An answer keeps its place when it is taken back.
        place.published("An answer", &[("answers", &id.to_string())]).await;
        assert_eq!(place.send(&format!("/comments/{id}/withdraw"), &mine, &[]).await.to, yours);
        let shown = place.get("/world/story").await.body;
        assert!(shown.contains("Its writer has taken this comment back.") && shown.contains("An answer"));
        assert!(!shown.contains("Other words"));
        assert!(place.look(&yours, &mine).await.body.contains("You have taken this comment back"));
        // And not even the newsroom brings it back.
        let by = moderation::By::CommandLine;
        let site = &place.test.site;
        assert!(moderation::undo(site, CommentId(id), by).await.is_err());
        assert!(moderation::decide(site, CommentId(id), State::Approved, "", by).await.is_err());
        assert!(!place.get("/world/story").await.body.contains("Other words"));
    }
}

#[tokio::test]
async fn the_writer_learns_why_a_comment_was_refused() {
    let database = sqlite();
    let place = Place::new(&database).await;
    let (id, mine) = place.published("Some words", &[]).await;
    let why = "It is about another article.";
    moderation::decide(&place.test.site, CommentId(id), State::Rejected, why, moderation::By::CommandLine)
        .await
        .unwrap();
    let page = place.look(&format!("/comments/{id}/yours"), &mine).await.body;
    assert!(page.contains("has not been published") && page.contains(why));
}

/// The mails that have left since the last look, the newest last.
async fn mails(place: &Place) -> Vec<String> {
    let site = &place.test.site;
    let carrier = mail::Carrier::new(&site.config.mail).unwrap();
    mail::deliver_due(site, &carrier).await.unwrap();
    let Ok(folder) = std::fs::read_dir(&site.config.mail.folder) else { return Vec::new() };
    let mut files: Vec<_> = folder.map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let texts = files.iter().map(|file| std::fs::read_to_string(file).unwrap().replace("=\r\n", "")).collect();
    files.iter().for_each(|file| std::fs::remove_file(file).unwrap());
    texts
}

#[tokio::test]
async fn who_asked_for_it_hears_of_answers_until_it_is_stopped() {
    let database = sqlite();
    let place = Place::new(&database).await;
    let base = place.test.site.config.site.base_url.clone();
    let (id, _) = place.published("I ask", &[("notify", "1")]).await;
    let answers = id.to_string();
    let other = [("answers", answers.as_str()), ("name", "Bo"), ("email", "bo@example.org")];
    // Nobody gets mails who has not said so in answer to one.
    let asked = mails(&place).await;
    assert_eq!(asked.len(), 1, "{asked:?}");
    assert!(asked[0].contains("To: ann@example.org") && !asked[0].contains("I ask"), "{}", asked[0]);
    place.published("Nobody hears of this", &other).await;
    place.published("I ask once more", &[("notify", "1")]).await;
    assert!(mails(&place).await.is_empty(), "it is asked once");
    let confirm = asked[0].split(&base).find(|part| part.starts_with("/comments/notices/")).unwrap();
    let confirm = confirm.split_whitespace().next().unwrap();
    assert!(place.get(confirm).await.body.contains("Yes, email me"), "a link alone confirms nothing");
    place.published("Nor of this", &other).await;
    assert!(mails(&place).await.is_empty());
    assert_eq!(place.send(&forge(confirm), "", &[]).await.status, StatusCode::NOT_FOUND);
    assert_eq!(place.send(confirm, "", &[]).await.status, StatusCode::OK);
    place.published("I answer", &other).await;
    place.published("My own answer", &[("answers", &answers)]).await;
    let told = mails(&place).await;
    assert_eq!(told.len(), 1, "not of what one answers oneself");
    for part in ["To: ann@example.org", "I answer", "List-Unsubscribe-Post: List-Unsubscribe=One-Click"] {
        assert!(told[0].contains(part), "{part} in {}", told[0]);
    }
    assert!(!told[0].contains("bo@example.org"));
    place.published("I answer again", &other).await;
    assert!(mails(&place).await.is_empty(), "one mail a day for a conversation");
    place.later(24 * 60 * MINUTE);
    place.published("And on the next day", &other).await;
    assert_eq!(mails(&place).await.len(), 1);
    let stop = told[0].split("List-Unsubscribe: <").nth(1).unwrap().split('>').next().unwrap().replace("\r\n ", "");
    let stop = stop.strip_prefix(&base).unwrap();
    assert!(place.get(stop).await.body.contains("Send me no more"), "a link alone stops nothing");
    place.later(24 * 60 * MINUTE);
    assert_eq!(place.send(stop, "", &[("List-Unsubscribe", "One-Click")]).await.status, StatusCode::OK);
    place.published("And again", &other).await;
    assert!(mails(&place).await.is_empty());
    assert_eq!(place.send(&forge(stop), "", &[]).await.status, StatusCode::NOT_FOUND);
}

fn asker(address: Option<std::net::IpAddr>) -> pressroom::services::accounts::Asker<'static> {
    pressroom::services::accounts::Asker { browser: "b", agent: "", address }
}

/// Five hundred links to five hundred strangers: a network gets its share, all together theirs.
#[tokio::test]
async fn mails_that_strangers_ask_for_are_limited() {
    let database = sqlite();
    let place = Place::new(&database).await;
    let site = &place.test.site;
    let mut sent = 0;
    for n in 0..500 {
        let email = format!("r{n}@example.org");
        let one = pressroom::services::accounts::send_link(site, &email, &asker("192.0.2.1".parse().ok())).await;
        sent += usize::from(one.is_ok());
    }
    assert_eq!(sent, 20, "of one network");
    for n in 0..1_000 {
        let address = format!("198.51.{}.{}", n / 250, n % 250).parse().ok();
        let email = format!("s{n}@example.org");
        let one = pressroom::services::accounts::send_link(site, &email, &asker(address)).await;
        sent += usize::from(one.is_ok());
    }
    assert!(sent <= site.config.mail.unasked_per_hour as usize, "{sent} in all");
}

#[tokio::test]
async fn what_guests_leave_is_forgotten_as_the_settings_say() {
    let database = sqlite();
    let place = Place::new(&database).await;
    let site = &place.test.site;
    place.published("Some words", &[]).await;
    assert_eq!(pressroom::services::comments::own::forget_guests(site).await.unwrap(), 0);
    let toml = settings::export(site).await.unwrap();
    settings::import(site, &toml.replace("forget_after_days = 0", "forget_after_days = 30")).await.unwrap();
    site.fronts.forget();
    assert_eq!(pressroom::services::comments::own::forget_guests(site).await.unwrap(), 0);
    place.later(31 * 24 * 60 * MINUTE);
    assert_eq!(pressroom::services::comments::own::forget_guests(site).await.unwrap(), 1);
}
