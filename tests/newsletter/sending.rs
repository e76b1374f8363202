//! Letters on their way to a mail server, whatever it does.

use super::{
    DAY, HOUR, MINUTE, Place,
    sink::{Sink, Way},
};
use crate::common::{TestDb, both, newcomer, sqlite};
use axum::http::StatusCode;
use pressroom::{
    domain::{
        account::Role,
        newsletter::{Kind, State},
    },
    services::{
        accounts,
        comments::moderation::By,
        mail::Carrier,
        newsletter::{
            issues::{self, Act, Form},
            sending::{self, Memory},
        },
    },
    storage::newsletter::{deliveries::Progress, subscribers},
};

/// A worker, with what it remembers.
pub struct Worker {
    carrier: Carrier,
    memory: Memory,
}

impl Worker {
    pub fn new(place: &Place) -> Self {
        Self { carrier: Carrier::new(&place.site().config.mail).unwrap(), memory: Memory::default() }
    }

    pub async fn work(&mut self, place: &Place) {
        sending::work(place.site(), &self.carrier, &mut self.memory).await.unwrap();
    }

    pub fn carrier(&self) -> &Carrier {
        &self.carrier
    }
}

impl Place {
    /// Readers of the list Breaking.
    pub async fn readers(&self, count: usize) {
        let people: Vec<_> =
            (0..count).map(|n| newcomer(&format!("r{n}@example.org"), &format!("key{n}"), "breaking")).collect();
        assert_eq!(subscribers::bring(self.db(), &people, self.site().now()).await.unwrap(), count);
    }

    /// A message to them, approved.
    pub async fn message(&self) -> i64 {
        let id = self.drafted().await;
        issues::approve(self.site(), id, "", By::CommandLine).await.unwrap();
        id
    }

    async fn drafted(&self) -> i64 {
        let form = Form {
            list: "breaking".into(),
            subject: "To our readers: “news” – 1 & 2".into(),
            preheader: "Beside it".into(),
            body: "Dear readers,\n\n*this* is [a link](https://example.org/).".into(),
            ..Form::default()
        };
        issues::write(self.site(), Kind::Message, &form, By::CommandLine).await.unwrap()
    }

    pub async fn at(&self, id: i64) -> (State, Progress) {
        let (letter, progress, _) = issues::letter(self.site(), id, By::CommandLine).await.unwrap();
        (letter.state, progress)
    }
}

pub fn progress(waiting: i64, sent: i64, refused: i64, left: i64) -> Progress {
    Progress { waiting, sent, refused, left, quit: 0 }
}

pub async fn with_sink(database: &TestDb) -> (Sink, Place, Worker) {
    let sink = Sink::start().await;
    let place = Place::with_server(database, &sink, 0).await;
    let worker = Worker::new(&place);
    (sink, place, worker)
}

#[tokio::test]
async fn everybody_gets_it_once() {
    for database in both().await {
        let (sink, place, mut worker) = with_sink(&database).await;
        place.readers(100).await;
        let id = place.message().await;
        worker.work(&place).await;
        assert_eq!(place.at(id).await, (State::Sent, progress(0, 100, 0, 0)));
        worker.work(&place).await;
        assert_eq!(sink.received().len(), 100);
        assert!((0..100).all(|n| sink.count(&format!("r{n}@example.org")) == 1));
        let mail = sink.received().into_iter().find(|mail| mail.to == ["r7@example.org"]).unwrap().text;
        let unfolded = mail.replace("\r\n ", " ");
        let (head, body) = unfolded.split_once("\r\n\r\n").unwrap();
        for header in [
            "From: \"The Politic Review\" <pressroom@localhost>",
            "To: r7@example.org",
            "List-Unsubscribe: <http://127.0.0.1:3000/newsletter/leave/breaking/8-",
            "List-Unsubscribe-Post: List-Unsubscribe=One-Click",
            "List-Id: <breaking.localhost>",
            "Precedence: bulk",
            &format!("Feedback-ID: {id}:breaking:newsletter:localhost"),
            &format!("Message-ID: <letter.{id}.8."),
            "Content-Type: multipart/alternative",
        ] {
            assert!(head.contains(header), "{header} in {head}");
        }
        assert!(body.contains("text/plain") && body.contains("text/html"));
    }
}

#[tokio::test]
async fn refusals_are_told_apart() {
    for database in both().await {
        let (sink, place, mut worker) = with_sink(&database).await;
        place.readers(6).await;
        sink.way("r0@example.org", Way::Refuse("550 5.1.1 no such user"));
        sink.way("r1@example.org", Way::Refuse("550 5.7.1 we do not like you"));
        sink.way("r2@example.org", Way::Refuse("451 4.2.0 greylisted, come back"));
        sink.way("r3@example.org", Way::Refuse("553 sorry"));
        let id = place.message().await;
        worker.work(&place).await;
        assert_eq!(place.at(id).await, (State::Sending, progress(1, 2, 3, 0)));
        let standing = async |n: usize| subscribers::all(place.db(), 0, 100).await.unwrap()[n].standing.clone();
        assert_eq!(standing(0).await, "bounced");
        assert_eq!(standing(1).await, "confirmed", "a refusal for another reason is no bounce yet");
        assert_eq!(standing(3).await, "confirmed", "nor is one without a word about the address");
        // Not before its time.
        worker.work(&place).await;
        assert_eq!(sink.count("r2@example.org"), 0);
        sink.way("r2@example.org", Way::Take);
        place.later(2 * MINUTE);
        worker.work(&place).await;
        assert_eq!(place.at(id).await, (State::Sent, progress(0, 3, 3, 0)));
        assert_eq!(sink.count("r2@example.org"), 1);
        // Who bounced gets no other letter.
        let next = place.message().await;
        worker.work(&place).await;
        assert_eq!(place.at(next).await.1.total(), 5);
    }
}

#[tokio::test]
async fn what_is_refused_for_now_is_tried_for_five_days() {
    let database = sqlite();
    let (sink, place, mut worker) = with_sink(&database).await;
    place.readers(2).await;
    sink.way("r0@example.org", Way::Refuse("450 4.2.1 busy"));
    let id = place.message().await;
    let mut tries = 0;
    for _ in 0..(6 * 24 * 2) {
        worker.work(&place).await;
        place.later(30 * MINUTE);
        tries += 1;
        if place.at(id).await.0 == State::Sent {
            break;
        }
    }
    assert_eq!(place.at(id).await, (State::Sent, progress(0, 1, 1, 0)));
    assert!(tries >= 5 * 24 * 2, "given up after {tries} half hours");
    assert_eq!(sink.count("r1@example.org"), 1);
}

#[tokio::test]
async fn a_server_that_is_away_for_a_day_costs_nobody_a_letter() {
    for database in both().await {
        let (sink, place, mut worker) = with_sink(&database).await;
        place.readers(40).await;
        let id = place.message().await;
        for n in 0..40 {
            sink.way(&format!("r{n}@example.org"), Way::Drop);
        }
        for _ in 0..24 {
            worker.work(&place).await;
            place.later(HOUR);
        }
        assert_eq!(place.at(id).await, (State::Sending, progress(40, 0, 0, 0)));
        for n in 0..40 {
            sink.way(&format!("r{n}@example.org"), Way::Take);
        }
        worker.work(&place).await;
        assert_eq!(place.at(id).await, (State::Sent, progress(0, 40, 0, 0)));
        assert!((0..40).all(|n| sink.count(&format!("r{n}@example.org")) == 1));
    }
}

#[tokio::test]
async fn a_lease_ends_and_another_server_goes_on() {
    for database in both().await {
        let (sink, place, mut worker) = with_sink(&database).await;
        place.readers(20).await;
        sink.way("r3@example.org", Way::Stall);
        let id = place.message().await;
        // A server that is ended in the middle: its work is dropped where it stands.
        let first = async {
            let mut dying = Worker::new(&place);
            dying.work(&place).await;
        };
        let stopped = async {
            while sink.received().len() < 10 {
                tokio::time::sleep(std::time::Duration::from_millis(5)).await;
            }
        };
        tokio::select! { () = first => panic!("it stalls"), () = stopped => {} }
        let before = sink.received().len();
        sink.way("r3@example.org", Way::Take);
        worker.work(&place).await;
        assert_eq!(place.at(id).await.0, State::Sending, "leased to the one that died");
        place.later(5 * MINUTE);
        worker.work(&place).await;
        assert_eq!(place.at(id).await.0, State::Sent);
        let twice = (0..20).filter(|n| sink.count(&format!("r{n}@example.org")) > 1).count();
        assert!((0..20).all(|n| sink.count(&format!("r{n}@example.org")) >= 1), "nobody is left out");
        assert!(twice <= place.site().config.mail.connections, "{twice} twice, {before} before the end");
    }
}

#[tokio::test]
async fn several_servers_share_a_letter() {
    for database in both().await {
        let (sink, place, mut one) = with_sink(&database).await;
        place.readers(300).await;
        let id = place.message().await;
        let (mut two, mut three) = (Worker::new(&place), Worker::new(&place));
        tokio::join!(one.work(&place), two.work(&place), three.work(&place));
        one.work(&place).await;
        assert_eq!(place.at(id).await, (State::Sent, progress(0, 300, 0, 0)));
        assert!((0..300).all(|n| sink.count(&format!("r{n}@example.org")) == 1));
    }
}

#[tokio::test]
async fn it_waits_goes_on_and_ends_as_editors_say() {
    for database in both().await {
        let sink = Sink::start().await;
        let place = Place::with_server(&database, &sink, 10).await;
        let mut worker = Worker::new(&place);
        place.readers(30).await;
        let id = place.message().await;
        worker.work(&place).await;
        assert_eq!(place.at(id).await.1, progress(20, 10, 0, 0), "the rate is kept");
        issues::act(place.site(), id, Act::Pause, By::CommandLine).await.unwrap();
        place.later(MINUTE);
        worker.work(&place).await;
        assert_eq!(sink.received().len(), 10);
        issues::act(place.site(), id, Act::Resume, By::CommandLine).await.unwrap();
        // Whoever leaves meanwhile gets nothing more.
        subscribers::choose(place.db(), 30, &[], &newcomer("", "", "").consent, place.site().now()).await.unwrap();
        place.later(MINUTE);
        worker.work(&place).await;
        assert_eq!(place.at(id).await.1, progress(10, 20, 0, 0));
        place.later(MINUTE);
        worker.work(&place).await;
        assert_eq!(place.at(id).await, (State::Sent, progress(0, 29, 0, 1)));
        let next = place.message().await;
        place.later(MINUTE);
        worker.work(&place).await;
        issues::act(place.site(), next, Act::Stop, By::CommandLine).await.unwrap();
        place.later(DAY);
        worker.work(&place).await;
        assert_eq!(place.at(next).await.0, State::Stopped);
        assert_eq!(sink.received().len(), 39);
        assert!(issues::act(place.site(), next, Act::Resume, By::CommandLine).await.is_err());
    }
}

#[tokio::test]
async fn no_header_is_smuggled_in() {
    let database = sqlite();
    let (sink, place, mut worker) = with_sink(&database).await;
    place.readers(1).await;
    for subject in ["Hello\r\nBcc: x@example.net", "Hello\nX-Evil: 1", "Hello\0"] {
        let form = Form { list: "breaking".into(), subject: subject.into(), body: "Words".into(), ..Form::default() };
        assert!(issues::write(place.site(), Kind::Message, &form, By::CommandLine).await.is_err(), "{subject:?}");
    }
    // What only looks like an encoded word is text; names of newsletters have one line.
    let form = Form {
        list: "breaking".into(),
        subject: "=?utf-8?q?Hello=0D=0ABcc:_x@example.net?=".into(),
        body: "Words\r\n.\r\nMAIL FROM:<x@example.net>".into(),
        ..Form::default()
    };
    let id = issues::write(place.site(), Kind::Message, &form, By::CommandLine).await.unwrap();
    issues::approve(place.site(), id, "", By::CommandLine).await.unwrap();
    worker.work(&place).await;
    let received = sink.received();
    assert_eq!(received.len(), 1);
    let (head, _) = received[0].text.split_once("\r\n\r\n").unwrap();
    let names: Vec<&str> = head
        .split("\r\n")
        .filter(|line| !line.starts_with([' ', '\t']))
        .filter_map(|line| Some(line.split_once(':')?.0))
        .collect();
    let expected = [
        "From",
        "To",
        "Subject",
        "Date",
        "Message-ID",
        "MIME-Version",
        "Content-Type",
        "List-Unsubscribe",
        "List-Unsubscribe-Post",
        "List-Id",
        "Precedence",
        "Feedback-ID",
    ];
    let mut sorted = names.clone();
    sorted.sort_unstable();
    let mut wanted = expected.to_vec();
    wanted.sort_unstable();
    assert_eq!(sorted, wanted, "{head}");
}

#[tokio::test]
async fn a_database_or_a_disk_that_is_away_loses_nobody() {
    for database in both().await {
        let (sink, place, mut worker) = with_sink(&database).await;
        place.readers(60).await;
        let id = place.message().await;
        let rename = async |from: &str, to: &str| {
            let mut act = place.db().begin().await.unwrap();
            let sql = format!("ALTER TABLE {from} RENAME TO {to}");
            act.run(sqlx::AssertSqlSafe(sql), Vec::new()).await.unwrap();
            act.commit(place.site().now()).await.unwrap();
        };
        // In the middle of a batch the tables are gone.
        sink.way("r20@example.org", Way::Stall);
        let first = async { worker.work(&place).await };
        let taken = async {
            while sink.received().len() < 20 {
                tokio::time::sleep(std::time::Duration::from_millis(5)).await;
            }
        };
        tokio::select! { () = first => panic!("it stalls"), () = taken => {} }
        rename("deliveries", "gone").await;
        let carrier = Carrier::new(&place.site().config.mail).unwrap();
        let mut memory = Memory::default();
        assert!(sending::work(place.site(), &carrier, &mut memory).await.is_err());
        rename("gone", "deliveries").await;
        sink.way("r20@example.org", Way::Take);
        place.later(5 * MINUTE);
        Worker::new(&place).work(&place).await;
        assert_eq!(place.at(id).await.0, State::Sent);
        assert!((0..60).all(|n| sink.count(&format!("r{n}@example.org")) >= 1));
        let twice = (0..60).filter(|n| sink.count(&format!("r{n}@example.org")) > 1).count();
        assert!(twice <= place.site().config.mail.connections, "{twice} twice");
    }
    // Nothing can be written where the mails go; then it can.
    let database = sqlite();
    let place = Place::new(&database).await;
    place.readers(5).await;
    let folder = place.site().config.mail.folder.clone();
    std::fs::write(&folder, "a file where a folder should be").unwrap();
    let id = place.message().await;
    let mut worker = Worker::new(&place);
    worker.work(&place).await;
    assert_eq!(place.at(id).await, (State::Sending, progress(5, 0, 0, 0)));
    std::fs::remove_file(&folder).unwrap();
    place.later(2 * MINUTE);
    worker.work(&place).await;
    assert_eq!(place.at(id).await, (State::Sent, progress(0, 5, 0, 0)));
    assert_eq!(std::fs::read_dir(&folder).unwrap().count(), 5);
}

#[tokio::test]
async fn what_a_closed_account_approved_waits_for_somebody_with_the_right() {
    for closed in [true, false] {
        for database in both().await {
            let (sink, place, mut worker) = with_sink(&database).await;
            place.readers(2).await;
            let cookie = place.signed(Role::Editor).await;
            let id = place.drafted().await;
            let made = format!("/newsroom/newsletter/{id}");
            let when = [("act", "send"), ("when", "2026-11-22 18:00")];
            assert_eq!(place.post(&made, &cookie, &when).await.status, StatusCode::SEE_OTHER);
            assert_eq!(place.at(id).await.0, State::Approved);
            let email = format!("{}@example.org", Role::Editor);
            if closed {
                accounts::disable(place.site(), &email, true).await.unwrap();
            } else {
                accounts::set_role(place.site(), &email, Role::Author).await.unwrap();
            }
            place.later(12 * HOUR);
            worker.work(&place).await;
            let (letter, ..) = issues::letter(place.site(), id, By::CommandLine).await.unwrap();
            assert_eq!((letter.state, sink.received().len()), (State::Draft, 0));
            assert!(letter.why.contains("approve it again"), "{}", letter.why);
            issues::approve(place.site(), id, "", By::CommandLine).await.unwrap();
            worker.work(&place).await;
            assert_eq!((place.at(id).await.0, sink.received().len()), (State::Sent, 2));
        }
    }
}
