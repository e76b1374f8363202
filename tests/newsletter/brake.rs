//! Where a mail server refuses more than a good list brings, a letter is held, and nobody is
//! ended for what is not theirs.

use super::{
    DAY, MINUTE, Place,
    sending::{Worker, progress, with_sink},
    sink::{Sink, Way},
};
use crate::common::{both, sqlite};
use pressroom::{
    domain::{
        account::Role,
        newsletter::{Brake, State},
        time::Timestamp,
    },
    services::{
        comments::moderation::By,
        mail::{self, refusal::Verdict},
        newsletter::{
            issues::{self, Act},
            revival, sending,
        },
        operations::doctor,
    },
    storage::{mails, newsletter::subscribers},
};

impl Place {
    async fn standings(&self, which: &str) -> usize {
        let all = subscribers::all(self.db(), 0, 1_000).await.unwrap();
        all.iter().filter(|entry| entry.standing == which).count()
    }

    async fn brake(&self, id: i64) -> (Brake, String) {
        let (letter, ..) = issues::letter(self.site(), id, By::CommandLine).await.unwrap();
        (letter.brake, letter.why)
    }

    async fn act(&self, id: i64, act: Act) {
        issues::act(self.site(), id, act, By::CommandLine).await.unwrap();
    }
}

/// What the doctor says of the letters.
async fn doctor_says(place: &Place) -> String {
    let found = doctor::examine(place.site()).await;
    format!("{:?}", found.iter().find(|one| one.what == "held letters").unwrap().state)
}

/// One letter through a relay that is set up wrongly ended 500 of 500 readers.
#[tokio::test]
async fn a_relay_that_refuses_everybody_ends_nobody() {
    for database in both().await {
        let (sink, place, mut worker) = with_sink(&database).await;
        let admin = place.signed(Role::Admin).await;
        place.readers(120).await;
        sink.stage("RCPT", Way::Refuse("550 relay not permitted"));
        let id = place.message().await;
        worker.work(&place).await;
        let (state, far) = place.at(id).await;
        assert!(state == State::Paused && far.refused < 60 && far.sent == 0, "{far:?}");
        assert_eq!(place.standings("confirmed").await, 120);
        let (brake, why) = place.brake(id).await;
        assert!(brake == Brake::On && why.contains("550 relay not permitted"), "{why}");
        // Those who run it are told: by the desk, by the doctor, by mail, and by a file.
        let page = place.get(&format!("/newsroom/newsletter/{id}"), &admin).await.body;
        assert!(page.contains("notice--bad") && page.contains("550 relay not permitted"));
        assert!(page.contains("Go on and end these") && page.contains("Held by itself"));
        let said = doctor_says(&place).await;
        assert!(said.starts_with("Bad") && said.contains("550 relay not permitted"), "{said}");
        let told: Vec<_> = place.mails().await.into_iter().filter(|(_, subject, _)| subject.contains("held")).collect();
        assert_eq!(told.len(), 1);
        assert!(told[0].0 == "admin@example.org" && told[0].2.contains("550 relay not permitted"), "{told:?}");
        let files: Vec<_> = std::fs::read_dir(&place.site().config.mail.folder).unwrap().collect();
        assert!(files[0].as_ref().unwrap().file_name().to_string_lossy().starts_with("held-"), "{files:?}");
        // Told once: nothing moves until somebody says so.
        place.later(DAY);
        worker.work(&place).await;
        assert_eq!(place.at(id).await.0, State::Paused);
        assert_eq!(place.mails().await.iter().filter(|(_, subject, _)| subject.contains("held")).count(), 1);
        // A mail of its own is not lost by it either.
        assert_eq!(mail::deliver_due(place.site(), worker.carrier()).await.unwrap(), 0);
        assert_eq!(mails::lost(place.db(), Timestamp(0)).await.unwrap().0, 0);
        // Mended, it goes on with all.
        sink.stage("RCPT", Way::Take);
        place.act(id, Act::Resume).await;
        worker.work(&place).await;
        assert_eq!(place.at(id).await, (State::Sent, progress(0, 120, 0, 0)));
        assert!((0..120).all(|n| sink.count(&format!("r{n}@example.org")) == 1));
        assert_eq!(place.standings("confirmed").await, 120);
        assert!(doctor_says(&place).await.starts_with("Good"));
    }
}

#[tokio::test]
async fn a_login_that_is_refused_holds_letters_and_loses_no_mail() {
    for (stage, words) in [
        ("AUTH", "535 5.7.8 bad credentials"),
        ("MAIL", "530 5.7.0 authentication required"),
        ("MAIL", "550 5.7.1 sender not allowed"),
        ("greeting", "554 5.7.1 no service for you"),
    ] {
        let (database, sink) = (sqlite(), Sink::start().await);
        let place = Place::with_mail(&database, &sink, |mail| {
            mail.smtp = mail.smtp.replace("smtp://", "smtp://user:password@");
        })
        .await;
        let mut worker = Worker::new(&place);
        place.readers(30).await;
        sink.stage(stage, Way::Refuse(words));
        let id = place.message().await;
        worker.work(&place).await;
        assert_eq!(place.at(id).await, (State::Paused, progress(30, 0, 0, 0)), "{words}");
        let (brake, why) = place.brake(id).await;
        assert!(brake == Brake::On && why.contains(words), "{why}");
        let draft = mails::Draft { recipient: "a@example.org".into(), subject: "S".into(), ..Default::default() };
        mails::put(place.db(), &draft, place.site().now()).await.unwrap();
        for _ in 0..12 {
            mail::deliver_due(place.site(), worker.carrier()).await.unwrap();
            place.later(DAY / 2);
        }
        assert_eq!(mails::lost(place.db(), Timestamp(0)).await.unwrap().0, 0, "{words}");
        sink.stage(stage, Way::Take);
        place.act(id, Act::Resume).await;
        worker.work(&place).await;
        assert_eq!(place.at(id).await, (State::Sent, progress(0, 30, 0, 0)), "{words}");
        mail::deliver_due(place.site(), worker.carrier()).await.unwrap();
        assert_eq!(sink.count("a@example.org"), 1);
    }
}

#[tokio::test]
async fn an_old_list_is_held_until_an_editor_ends_those_who_are_gone() {
    for database in both().await {
        let (sink, place, mut worker) = with_sink(&database).await;
        place.readers(60).await;
        for n in 0..14 {
            let words = if n < 10 { "550 5.1.1 no such user" } else { "550 5.7.1 we do not like you" };
            sink.way(&format!("r{}@example.org", n * 2), Way::Refuse(words));
        }
        let id = place.message().await;
        worker.work(&place).await;
        assert_eq!(place.at(id).await.0, State::Paused);
        assert_eq!(place.standings("bounced").await, 0);
        let before = place.site().now();
        place.later(MINUTE);
        place.act(id, Act::End).await;
        worker.work(&place).await;
        let (state, far) = place.at(id).await;
        assert!(state == State::Paused, "what is about us still counts: {far:?}");
        assert_eq!(place.standings("bounced").await, 10);
        for n in 10..14 {
            sink.way(&format!("r{}@example.org", n * 2), Way::Take);
        }
        place.act(id, Act::Resume).await;
        worker.work(&place).await;
        assert_eq!(place.at(id).await, (State::Sent, progress(0, 50, 10, 0)));
        assert_eq!(place.standings("bounced").await, 10);
        assert!(issues::act(place.site(), id, Act::End, By::CommandLine).await.is_err(), "nothing is held any more");
        // It was a mistake: whoever was ended since then comes back.
        let since = |at: Timestamp| pressroom::calendar::Calendar::new("UTC", "en").machine(at);
        let span = revival::span(place.site(), &since(before.plus(MINUTE)), None).await.unwrap();
        let found = revival::found(place.site(), span).await.unwrap();
        assert_eq!(found.len(), 10);
        assert!(found.iter().all(|(_, one)| one.fault.contains("no such user")), "{found:?}");
        assert!(revival::span(place.site(), "yesterday", None).await.is_err());
        let later = revival::span(place.site(), &since(place.site().now().plus(MINUTE)), None).await.unwrap();
        assert!(revival::found(place.site(), later).await.unwrap().is_empty());
        assert_eq!(revival::revive(place.site(), span).await.unwrap(), 10);
        assert_eq!(place.standings("confirmed").await, 60);
    }
}

#[tokio::test]
async fn nobody_is_ended_before_everybody_was_tried() {
    for database in both().await {
        let sink = Sink::start().await;
        let place = Place::with_server(&database, &sink, 10).await;
        let mut worker = Worker::new(&place);
        place.readers(40).await;
        sink.way("r1@example.org", Way::Refuse("550 5.1.1 no such user"));
        sink.way("r39@example.org", Way::Refuse("450 4.2.1 busy"));
        let id = place.message().await;
        for _ in 0..4 {
            worker.work(&place).await;
            assert_eq!(place.standings("bounced").await, 0);
            place.later(MINUTE);
        }
        worker.work(&place).await;
        assert_eq!(place.at(id).await.0, State::Sending, "one is put off");
        assert_eq!(place.standings("bounced").await, 1);
    }
}

#[tokio::test]
async fn three_refusals_without_a_clear_word_over_a_week_end_a_reader_and_none_about_us() {
    let database = sqlite();
    let (sink, place, mut worker) = with_sink(&database).await;
    place.readers(60).await;
    sink.way("r1@example.org", Way::Refuse("553 sorry"));
    sink.way("r2@example.org", Way::Refuse("550 5.7.1 blocked for spam"));
    for n in 0..4 {
        let standing = async |n: usize| subscribers::all(place.db(), 0, 100).await.unwrap()[n].standing.clone();
        assert_eq!((standing(1).await, standing(2).await), ("confirmed".into(), "confirmed".into()), "{n}");
        let id = place.message().await;
        worker.work(&place).await;
        assert_eq!(place.at(id).await.0, State::Sent);
        if n == 3 {
            assert_eq!((standing(1).await, standing(2).await), ("bounced".into(), "confirmed".into()));
            break;
        }
        place.later(3 * DAY);
    }
}

#[tokio::test]
async fn what_comes_back_later_counts_too() {
    for database in both().await {
        let (_sink, place, mut worker) = with_sink(&database).await;
        place.readers(40).await;
        let id = place.message().await;
        worker.work(&place).await;
        assert_eq!(place.at(id).await.0, State::Sent);
        let all = subscribers::all(place.db(), 0, 100).await.unwrap();
        for (n, who) in all.iter().take(6).enumerate() {
            // By the letter, or by the reader alone; told twice it is the same.
            let letter = (n % 2 == 0).then_some(id);
            for _ in 0..2 {
                sending::came_back(place.site(), letter, who.id, Verdict::RecipientGone, "no such user").await.unwrap();
            }
        }
        // Two of forty are a twentieth; from the third on they wait.
        assert_eq!(place.at(id).await, (State::Sent, progress(0, 34, 6, 0)));
        assert_eq!(place.standings("bounced").await, 2);
        let (brake, why) = place.brake(id).await;
        assert!(brake == Brake::On && why.contains("3 of 40"), "{why}");
        place.act(id, Act::End).await;
        assert_eq!(place.at(id).await.0, State::Sent);
        assert_eq!(place.standings("bounced").await, 6);
        // Nobody knows of a letter to this one.
        let stranger = [super::common::newcomer("s@example.org", "k", "breaking")];
        subscribers::bring(place.db(), &stranger, place.site().now()).await.unwrap();
        let last = subscribers::all(place.db(), all[39].id, 9).await.unwrap().remove(0).id;
        sending::came_back(place.site(), None, last, Verdict::Ours, "spam").await.unwrap();
        sending::came_back(place.site(), None, last, Verdict::RecipientForNow, "full").await.unwrap();
        assert_eq!(place.standings("bounced").await, 6);
        sending::came_back(place.site(), None, last, Verdict::RecipientGone, "gone").await.unwrap();
        assert_eq!(place.standings("bounced").await, 7);
    }
}
