//! The law of letters: the postal address below each, and the proof of how each reader agreed.

use super::{HOUR, MINUTE, Place, between, sending::Worker};
use crate::common::{both, sqlite};
use pressroom::{
    domain::{
        account::Role,
        newsletter::{Kind, State},
    },
    services::{
        accounts::{self, privacy},
        comments::moderation::By,
        newsletter::{
            self,
            issues::{self, Act, Form, LetterError, UNADDRESSED},
        },
        operations::doctor,
        site::settings,
    },
};
use serde_json::Value;

const ADDRESS: &str = "postal_address = \"123 Example Street, Anytown, NY 00000, USA\"";

impl Place {
    async fn set_address(&self, is_set: bool) {
        let text = settings::export(self.site()).await.unwrap();
        let without: String = text
            .lines()
            .filter(|line| !line.starts_with("postal_address"))
            .fold(String::new(), |all, line| all + line + "\n");
        let text = if is_set { format!("{ADDRESS}\n{without}") } else { without };
        settings::import(self.site(), &text).await.unwrap();
        self.site().fronts.forget();
    }

    async fn draft(&self) -> i64 {
        let form =
            Form { list: "breaking".into(), subject: "News".into(), body: "Dear readers.".into(), ..Form::default() };
        issues::write(self.site(), Kind::Message, &form, By::CommandLine).await.unwrap()
    }

    async fn standing_of(&self, id: i64) -> (State, String) {
        let (letter, ..) = issues::letter(self.site(), id, By::CommandLine).await.unwrap();
        (letter.state, letter.why)
    }

    async fn finding(&self) -> String {
        let all = doctor::examine(self.site()).await;
        let found = all.into_iter().find(|finding| finding.what == "letters").unwrap();
        format!("{:?}", found.state)
    }
}

#[tokio::test]
async fn no_letter_leaves_without_a_postal_address() {
    for database in both().await {
        let place = Place::new(&database).await;
        let mut worker = Worker::new(&place);
        let sent = || std::fs::read_dir(&place.site().config.mail.folder).map_or(0, Iterator::count);
        let cookie = place.signed(Role::Editor).await;
        place.readers(2).await;
        assert!(place.finding().await.starts_with("Good"));
        let planned = place.draft().await;
        issues::approve(place.site(), planned, "2026-11-22 08:00", By::CommandLine).await.unwrap();
        let digest = place.site().now();
        worker.work(&place).await;
        place.set_address(false).await;
        // Nothing is approved, and each place says why.
        let id = place.draft().await;
        for refused in [
            issues::ask(place.site(), id, "", By::CommandLine).await.map(drop),
            issues::approve(place.site(), id, "", By::CommandLine).await,
        ] {
            assert!(matches!(refused, Err(LetterError::Empty(UNADDRESSED))));
        }
        let pressed = place.post(&format!("/newsroom/newsletter/{id}"), &cookie, &[("act", "send")]).await;
        assert!(pressed.body.contains("CAN-SPAM"), "{}", pressed.body);
        let desk = place.get("/newsroom/newsletter", &cookie).await.body;
        assert!(desk.contains("role=\"alert\"") && desk.contains("No letter leaves without"), "{desk}");
        assert_eq!(place.finding().await, format!("Bad({UNADDRESSED:?})"));
        // A test to the newsroom may go.
        let editor = accounts::list(place.site(), true).await.unwrap().remove(0);
        issues::test(place.site(), id, &editor).await.unwrap();
        assert_eq!(sent(), 1);
        // What was approved before waits when its time comes, and so does a digest.
        place.test.write(
            "articles/fresh.md",
            "---\ntitle: Fresh\nsection: world\npublished: 2026-11-22T18:00:00Z\n---\nText.\n",
        );
        place.test.import().await;
        assert_eq!(place.standing_of(planned).await.0, State::Approved);
        place.later(23 * HOUR);
        assert!(place.site().now() > digest);
        worker.work(&place).await;
        assert_eq!(place.standing_of(planned).await, (State::Paused, UNADDRESSED.to_owned()));
        let desk = issues::desk(place.site(), By::CommandLine).await.unwrap();
        let (made, _) = desk.letters.iter().find(|(letter, _)| letter.kind == Kind::Digest).expect("a digest was made");
        assert_eq!((made.state, made.why.as_str()), (State::Paused, UNADDRESSED));
        // Going on without one leads back.
        issues::act(place.site(), planned, Act::Resume, By::CommandLine).await.unwrap();
        worker.work(&place).await;
        assert_eq!(place.standing_of(planned).await.0, State::Paused);
        assert_eq!(sent(), 1);
        place.set_address(true).await;
        issues::act(place.site(), planned, Act::Resume, By::CommandLine).await.unwrap();
        worker.work(&place).await;
        assert_eq!(place.standing_of(planned).await.0, State::Sent);
        assert_eq!(sent(), 3);
    }
}

#[tokio::test]
async fn nobody_waits_where_there_are_no_readers() {
    let database = sqlite();
    let place = Place::new(&database).await;
    place.set_address(false).await;
    assert_eq!(place.finding().await, format!("Weak({UNADDRESSED:?})"));
}

#[tokio::test]
async fn how_a_reader_agreed_is_shown_to_the_reader_and_erased_with_the_reader() {
    for database in both().await {
        let place = Place::new(&database).await;
        let token = newsletter::open_form(place.site(), place.site().now().plus(-MINUTE)).unwrap();
        let fields = [("email", "ann@example.org"), ("list", "breaking"), ("token", &token), ("place", "footer")];
        place.post_from("192.0.2.7", "/newsletter", "", &fields).await;
        let (.., mail) = place.mails().await.pop().unwrap();
        let link = between(&mail, "http://127.0.0.1:3000", "\n").to_owned();
        place.later(MINUTE);
        let mine = place.post_from("198.51.100.9", &link, "", &[]).await;
        let own = mine.to.split('?').next().unwrap().to_owned();
        place.later(MINUTE);
        place.post(&own, "", &[("act", "choose"), ("list", "breaking"), ("list", "weekly-review")]).await;
        let mine: Value = serde_json::from_str(&place.post(&own, "", &[("act", "export")]).await.body).unwrap();
        let first = &mine["consents"][0];
        assert_eq!(first["newsletters"], serde_json::json!(["breaking"]));
        assert_eq!((first["way"].as_str(), first["source"].as_str()), (Some("form"), Some("footer")));
        assert_eq!(first["asked"], "2026-11-22T07:00:00-05:00");
        assert_eq!(first["agreed"], "2026-11-22T07:01:00-05:00");
        assert_eq!(first["address"], "198.51.100.9", "of who confirmed, not of who filled in the form");
        let words = first["words"].as_str().unwrap();
        for part in
            ["Breaking.", "By signing up you agree to our Privacy Policy", "Please confirm", "[Yes, send it to me]"]
        {
            assert!(words.contains(part), "{part} in {words}");
        }
        assert!(!words.contains("/newsletter/confirm/"), "no token: {words}");
        let second = &mine["consents"][1];
        assert_eq!((second["way"].as_str(), second["address"].as_str()), (Some("own page"), Some("192.0.2.7")));
        assert_eq!(second["newsletters"], serde_json::json!(["weekly-review"]));
        assert_eq!(mine["consents"].as_array().unwrap().len(), 2);
        let all = privacy::export(place.site(), "ann@example.org").await.unwrap();
        assert_eq!(all["newsletter"]["consents"][0]["address"], "198.51.100.9");
        privacy::erase(place.site(), "ann@example.org").await.unwrap();
        let (left,): (i64,) = place.db().one("SELECT COUNT(*) FROM consents", Vec::new()).await.unwrap();
        assert_eq!(left, 0);
    }
}
