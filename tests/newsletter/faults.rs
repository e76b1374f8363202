//! Mail servers that fall silent, letters that can't be made, workers that fail: what each of
//! them stops is itself.

use super::{
    MINUTE, Place,
    sending::{Worker, progress, with_sink},
    sink::{Sink, Way},
};
use crate::common::{TestDb, both, sqlite};
use pressroom::{
    domain::{
        account::Role,
        newsletter::{Kind, State},
    },
    services::{
        comments::moderation::By,
        mail::{self, Carrier},
        newsletter::{
            issues::{self, Form},
            render::{self, For, LetterMail},
        },
        operations::workers,
        site::supervision,
    },
    storage::mails,
};
use std::{collections::HashSet, time::Duration};

/// With deadlines of a second and two connections.
async fn hasty(database: &TestDb, sink: &Sink) -> Place {
    Place::with_mail(database, sink, |mail| {
        (mail.connect_seconds, mail.command_seconds, mail.data_seconds) = (1, 1, 1);
        mail.connections = 2;
    })
    .await
}

async fn until(what: &str, mut met: impl AsyncFnMut() -> bool) {
    let waited = async {
        while !met().await {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    assert!(tokio::time::timeout(Duration::from_secs(60), waited).await.is_ok(), "{what}");
}

async fn sql(place: &Place, sql: &str) {
    let mut act = place.db().begin().await.unwrap();
    act.run(sqlx::AssertSqlSafe(sql.to_owned()), Vec::new()).await.unwrap();
    act.commit(place.site().now()).await.unwrap();
}

async fn put(place: &Place, to: &str, urgent: bool) {
    let draft =
        mails::Draft { recipient: to.into(), subject: "S".into(), body: "B".into(), urgent, ..mails::Draft::default() };
    mails::put(place.db(), &draft, place.site().now()).await.unwrap();
}

#[tokio::test]
async fn a_server_that_falls_silent_at_any_stage_loses_nobody() {
    for stage in ["greeting", "EHLO", "MAIL", "RCPT", "DATA", "."] {
        let (database, sink) = (sqlite(), Sink::start().await);
        let place = hasty(&database, &sink).await;
        place.readers(5).await;
        let id = place.message().await;
        sink.stage(stage, Way::Stall);
        let mut worker = Worker::new(&place);
        let work = worker.work(&place);
        assert!(tokio::time::timeout(Duration::from_secs(30), work).await.is_ok(), "{stage}: it waits for ever");
        assert_eq!(place.at(id).await, (State::Sending, progress(5, 0, 0, 0)), "{stage}");
        let (letter, ..) = issues::letter(place.site(), id, By::CommandLine).await.unwrap();
        assert!(
            letter.why.contains("is away") && letter.why.contains("no answer within 1 s"),
            "{stage}: {}",
            letter.why
        );
        let in_flight = sink.received().len();
        assert!(in_flight <= 2, "{stage}: {in_flight}");
        sink.stage(stage, Way::Take);
        place.later(20 * MINUTE);
        worker.work(&place).await;
        assert_eq!(place.at(id).await, (State::Sent, progress(0, 5, 0, 0)), "{stage}");
        let received = sink.received();
        assert_eq!(received.len(), 5 + in_flight, "{stage}: nothing else comes twice");
        let id_of = |text: &str| text.split("Message-ID: ").nth(1).unwrap().split('>').next().unwrap().to_owned();
        let ids: HashSet<String> = received.iter().map(|mail| id_of(&mail.text.replace("\r\n ", ""))).collect();
        assert_eq!(ids.len(), 5, "{stage}: what comes twice has the same Message-ID");
    }
}

#[tokio::test]
async fn one_reader_over_whom_the_server_stalls_holds_up_nobody_else() {
    for database in both().await {
        let sink = Sink::start().await;
        let place = hasty(&database, &sink).await;
        place.readers(20).await;
        sink.way("r3@example.org", Way::Stall);
        let id = place.message().await;
        let mut worker = Worker::new(&place);
        worker.work(&place).await;
        assert_eq!(place.at(id).await, (State::Sending, progress(1, 19, 0, 0)));
        sink.way("r3@example.org", Way::Take);
        place.later(2 * MINUTE);
        worker.work(&place).await;
        assert_eq!(place.at(id).await, (State::Sent, progress(0, 20, 0, 0)));
    }
}

#[tokio::test]
async fn single_mails_leave_while_letters_and_other_mails_stall() {
    let (database, sink) = (sqlite(), Sink::start().await);
    let place = Place::with_server(&database, &sink, 0).await;
    place.readers(30).await;
    place.message().await;
    for n in 0..30 {
        sink.way(&format!("r{n}@example.org"), Way::Stall);
    }
    // All connections for letters, and as many notices as are carried at once.
    for n in 0..4 {
        sink.way(&format!("slow{n}@example.org"), Way::Stall);
        put(&place, &format!("slow{n}@example.org"), false).await;
    }
    let running = workers::start(place.site(), Carrier::new(&place.site().config.mail).unwrap());
    put(&place, "link@example.org", true).await;
    until("the link comes by a connection of its own", async || sink.count("link@example.org") == 1).await;
    drop(running);
    // One that stalls among several holds up none of them.
    let database = sqlite();
    let place = Place::with_server(&database, &sink, 0).await;
    for to in ["slow0@example.org", "a@example.org", "b@example.org", "c@example.org", "d@example.org"] {
        put(&place, to, false).await;
    }
    let running = workers::start(place.site(), Carrier::new(&place.site().config.mail).unwrap());
    until("the others come", async || {
        ["a", "b", "c", "d"].iter().all(|n| sink.count(&format!("{n}@example.org")) == 1)
    })
    .await;
    drop(running);
}

#[tokio::test]
async fn a_stop_waits_for_what_is_in_flight_and_gives_it_back() {
    for database in both().await {
        let (sink, place, mut worker) = with_sink(&database).await;
        place.readers(10).await;
        let id = place.message().await;
        sink.stage(".", Way::Stall);
        let carrier = worker.carrier().clone();
        let closed = async {
            until("all are in flight", async || sink.received().len() == 10).await;
            carrier.close(Duration::from_millis(100));
        };
        let work = tokio::time::timeout(Duration::from_secs(20), async { tokio::join!(worker.work(&place), closed) });
        assert!(work.await.is_ok(), "it does not stop");
        assert_eq!(place.at(id).await, (State::Sending, progress(10, 0, 0, 0)));
        // Nobody has to wait for the end of a lease.
        sink.stage(".", Way::Take);
        Worker::new(&place).work(&place).await;
        assert_eq!(place.at(id).await, (State::Sent, progress(0, 10, 0, 0)));
        assert_eq!(sink.received().len(), 20);
        // Nothing is begun by a carrier that is closed.
        put(&place, "late@example.org", true).await;
        assert_eq!(mail::deliver_due(place.site(), worker.carrier()).await.unwrap(), 0);
        assert_eq!(
            mail::deliver_due(place.site(), &Carrier::new(&place.site().config.mail).unwrap()).await.unwrap(),
            1
        );
    }
}

#[tokio::test]
async fn a_letter_comes_back_to_where_it_says() {
    let database = sqlite();
    let (sink, place, worker) = with_sink(&database).await;
    let id = place.message().await;
    let (letter, ..) = issues::letter(place.site(), id, By::CommandLine).await.unwrap();
    let content = render::content(place.site(), &letter, For::Newsroom).await.unwrap();
    let usual = render::test_mail(place.site(), &letter, &content, "r@example.org");
    let signed = LetterMail { return_path: Some("back+1.2.x@example.net".into()), ..usual.clone() };
    let wrong = LetterMail { return_path: Some("nowhere".into()), ..usual.clone() };
    let settings = &place.site().config.mail;
    for mail in [&usual, &signed] {
        worker.carrier().carry_letter(mail, "The Review", settings).await.unwrap();
    }
    assert!(worker.carrier().carry_letter(&wrong, "The Review", settings).await.is_err());
    let from: Vec<_> = sink.received().into_iter().map(|mail| mail.from).collect();
    assert_eq!(from, [settings.from.as_str(), "back+1.2.x@example.net"]);
}

#[tokio::test]
async fn signs_that_nobody_sees_stop_no_letter() {
    for database in both().await {
        let (sink, place, mut worker) = with_sink(&database).await;
        place.readers(1).await;
        sql(&place, "UPDATE articles SET title = 'A ' || '\u{b}' || 'title' WHERE slug = 'one'").await;
        let form = Form {
            list: "breaking".into(),
            subject: "Signs".into(),
            article: "one".into(),
            body: "Dear\u{b} \u{1f}readers\u{ffff}".into(),
            ..Form::default()
        };
        let id = issues::write(place.site(), Kind::Article, &form, By::CommandLine).await.unwrap();
        issues::approve(place.site(), id, "", By::CommandLine).await.unwrap();
        worker.work(&place).await;
        assert_eq!(place.at(id).await, (State::Sent, progress(0, 1, 0, 0)));
        assert_eq!(sink.received().len(), 1);
    }
}

#[tokio::test]
async fn a_letter_that_cannot_be_made_waits_and_the_others_go() {
    for database in both().await {
        let (sink, place, mut worker) = with_sink(&database).await;
        place.readers(3).await;
        let form = Form { list: "breaking".into(), article: "one".into(), ..Form::default() };
        let bad = issues::write(place.site(), Kind::Article, &form, By::CommandLine).await.unwrap();
        issues::approve(place.site(), bad, "", By::CommandLine).await.unwrap();
        let good = place.message().await;
        sql(&place, "UPDATE articles SET kind = 'nonsense' WHERE slug = 'one'").await;
        worker.work(&place).await;
        assert_eq!(place.at(good).await.0, State::Sent);
        assert_eq!(sink.received().len(), 3);
        let (letter, ..) = issues::letter(place.site(), bad, By::CommandLine).await.unwrap();
        assert_eq!(letter.state, State::Paused);
        assert!(letter.why.contains("could not be made") && letter.why.contains("nonsense"), "{}", letter.why);
        let editor = place.signed(Role::Editor).await;
        let page = place.get(&format!("/newsroom/newsletter/{bad}"), &editor).await;
        assert!(page.status == 200 && page.body.contains("could not be made"), "{}", page.body);
        assert_eq!(place.get(&format!("/newsroom/newsletter/{bad}/mail"), &editor).await.status, 303);
        let test = place.post(&format!("/newsroom/newsletter/{bad}"), &editor, &[("act", "resume")]).await;
        assert_eq!(test.status, 303);
        sql(&place, "UPDATE articles SET kind = 'news' WHERE slug = 'one'").await;
        worker.work(&place).await;
        assert_eq!(place.at(bad).await.0, State::Sent);
    }
}

#[tokio::test]
async fn a_worker_that_fails_is_seen_told_and_begun_anew() {
    for database in both().await {
        let sink = Sink::start().await;
        let place = Place::with_server(&database, &sink, 0).await;
        place.readers(1).await;
        place.message().await;
        let (admin, editor) = (place.signed(Role::Admin).await, place.signed(Role::Editor).await);
        sql(&place, "ALTER TABLE deliveries RENAME TO gone").await;
        let running = workers::start(place.site(), Carrier::new(&place.site().config.mail).unwrap());
        let failing = async || supervision::failing(place.site()).await.unwrap();
        until("it is begun anew", async || failing().await.iter().any(|one| one.failures >= 2)).await;
        let one = failing().await.remove(0);
        assert!(one.name == "the newsletters" && one.fault.contains("deliveries"), "{one:?}");
        let count = |name: &str| place.site().health.failures().into_iter().find(|(known, _)| known == name).unwrap().1;
        assert!(count("the newsletters") >= 2 && count("the outbox") == 0);
        let ready = place.get("/readyz", "").await;
        assert_eq!((ready.status.as_u16(), ready.body.as_str()), (200, "ready, but failing: the newsletters\n"));
        sql(&place, "ALTER TABLE gone RENAME TO deliveries").await;
        let desk = async |cookie: &str| place.get("/newsroom/newsletter", cookie).await.body;
        assert!(desk(&admin).await.contains("the newsletters, since"));
        assert!(!desk(&editor).await.contains("the newsletters, since"), "faults are of the machine's inside");
        until("the letter comes after all", async || sink.count("r0@example.org") == 1).await;
        let metrics = place.get_from("127.0.0.1", "/metrics").await.body;
        let line = metrics.lines().find(|line| line.contains("worker_failures_total{worker=\"the newsletters\"}"));
        assert!(line.is_some_and(|line| !line.ends_with(" 0")), "{metrics}");
        running.end().await;
    }
}
