//! What comes back: reports in a maildir, and what providers tell.

use super::{
    Place, between,
    sending::{Worker, progress, with_sink},
    sink::Sink,
};
use crate::common::both;
use axum::{body::Body, http::Request};
use pressroom::{http::router::app, services::newsletter::bounces, storage::newsletter::subscribers};

#[tokio::test]
async fn what_comes_back_ends_letters_where_the_report_is_ours() {
    for database in both().await {
        let (sink, place, mut worker) = with_sink(&database).await;
        place.readers(4).await;
        let id = place.message().await;
        worker.work(&place).await;
        let maildir = place.test.folder.path().join("bounces");
        std::fs::create_dir_all(maildir.join("new")).unwrap();
        let message_id = |n: usize| {
            let to = format!("r{n}@example.org");
            let mail = sink.received().into_iter().find(|mail| mail.to == [to.clone()]).unwrap().text;
            between(&mail.replace("\r\n ", ""), "Message-ID: ", "\r\n").trim().to_owned()
        };
        let report = |status: &str, message_id: &str| {
            format!(
                "From: <>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n\
                 --b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; x.org\r\n\r\nAction: failed\r\nStatus: {status}\r\n\r\n\
                 --b\r\nContent-Type: text/rfc822-headers\r\n\r\nMessage-ID: {message_id}\r\n\r\n--b--\r\n"
            )
        };
        let real = message_id(0);
        // Signed for another reader, or not at all.
        let forged = message_id(1).replace(&format!("letter.{id}.2."), &format!("letter.{id}.3."));
        for (name, text) in [
            ("1", report("5.1.1", &real)),
            ("2", report("5.1.1", &forged)),
            ("3", report("5.1.1", &format!("<letter.{id}.4.00.1@localhost>"))),
            ("4", "Subject: On holiday\r\n\r\nBack soon.\r\n".to_owned()),
        ] {
            std::fs::write(maildir.join("new").join(name), text).unwrap();
        }
        assert_eq!(bounces::look(place.site(), &maildir).await.unwrap(), 1);
        assert_eq!(bounces::look(place.site(), &maildir).await.unwrap(), 0, "read once");
        assert_eq!(std::fs::read_dir(maildir.join("cur")).unwrap().count(), 4);
        let standings = async || {
            let all = subscribers::all(place.db(), 0, 10).await.unwrap();
            all.into_iter().map(|entry| entry.standing).collect::<Vec<_>>()
        };
        assert_eq!(standings().await, ["bounced", "confirmed", "confirmed", "confirmed"]);
        assert_eq!(place.at(id).await.1, progress(0, 3, 1, 0));
        // A provider tells.
        let told = r#"{"RecordType":"SpamComplaint","Email":"r1@example.org"}"#;
        let hook = bounces::hook(place.site(), "postmark");
        let status = async |path: &str, body: &str| place.post_raw(path, body).await.status.as_u16();
        assert_eq!(status("/newsletter/bounces/postmark/guessed", told).await, 404);
        assert_eq!(status(&hook.replace("postmark", "mailgun"), told).await, 404);
        assert_eq!(status(&hook, "nonsense").await, 400);
        assert_eq!(status(&hook, told).await, 204);
        assert_eq!(standings().await, ["bounced", "complained", "confirmed", "confirmed"]);
    }
}

/// A server that returns a mail without its head, as some do: only where it came back to names it.
#[tokio::test]
async fn what_comes_back_to_the_signed_address_names_its_reader() {
    for database in both().await {
        let sink = Sink::start().await;
        let place = Place::with_mail(&database, &sink, |mail| mail.return_path = "bounces@review.example".into()).await;
        let mut worker = Worker::new(&place);
        place.readers(3).await;
        let id = place.message().await;
        worker.work(&place).await;
        let from = |n: usize| {
            let to = format!("r{n}@example.org");
            sink.received().into_iter().find(|mail| mail.to == [to.clone()]).unwrap().from
        };
        let address = from(0);
        assert!(address.starts_with(&format!("bounces+{id}.1.")) && address.ends_with("@review.example"), "{address}");
        assert!(address.split('@').next().unwrap().len() <= 64);
        let maildir = place.test.folder.path().join("bounces");
        std::fs::create_dir_all(maildir.join("new")).unwrap();
        let returned = |to: &str| {
            format!(
                "From: MAILER-DAEMON@mx.example.net\r\nTo: {to}\r\nSubject: failure notice\r\n\r\n\
                 <somebody@example.org>:\r\nSorry, no mailbox here by that name. (#5.1.1)\r\n"
            )
        };
        // Some servers write addresses in small letters, some in large ones; a guess is nobody's.
        let forged = from(1).replace(&format!("+{id}.2."), &format!("+{id}.3."));
        for (name, to) in [("1", address), ("2", forged), ("3", "bounces@review.example".into())] {
            std::fs::write(maildir.join("new").join(name), returned(&to)).unwrap();
        }
        assert_eq!(bounces::look(place.site(), &maildir).await.unwrap(), 1);
        let all = subscribers::all(place.db(), 0, 10).await.unwrap();
        let standings: Vec<_> = all.into_iter().map(|entry| entry.standing).collect();
        assert_eq!(standings, ["bounced", "confirmed", "confirmed"]);
    }
}

/// Providers tell again what they think was not heard, and tell several things at once.
#[tokio::test]
async fn a_providers_event_counts_once_and_what_is_not_understood_is_counted() {
    for database in both().await {
        let (_sink, place, _worker) = with_sink(&database).await;
        place.readers(2).await;
        let hook = bounces::hook(place.site(), "sendgrid");
        let status = async |body: &str| place.post_raw(&hook, body).await.status.as_u16();
        let soft = |id: &str| {
            format!(
                r#"[{{"event":"bounce","type":"bounce","email":"r0@example.org","status":"4.2.2","sg_event_id":"{id}"}}]"#
            )
        };
        for _ in 0..5 {
            assert_eq!(status(&soft("one")).await, 204);
        }
        let count = async || {
            let row: (i64,) = place
                .db()
                .one("SELECT soft FROM subscribers WHERE email = 'r0@example.org'", Vec::new())
                .await
                .unwrap();
            row.0
        };
        assert_eq!(count().await, 1, "told five times, it happened once");
        assert_eq!(status(&soft("two")).await, 204);
        assert_eq!(count().await, 2);
        let batch = r#"[{"event":"new","email":"r0@example.org"},{"event":"spamreport","email":"r1@example.org"}]"#;
        assert_eq!(status(batch).await, 204, "one of them is understood");
        let all = subscribers::all(place.db(), 0, 10).await.unwrap();
        assert_eq!(all[1].standing, "complained");
        let server = app(place.site().clone()).router;
        let new = r#"[{"event":"new","email":"r0@example.org"},{"event":"newer","email":"r0@example.org"}]"#;
        let request = Request::post(&hook).body(Body::from(new)).unwrap();
        assert_eq!(place.ask_of(server.clone(), "203.0.113.5", request).await.status.as_u16(), 400);
        let request = Request::get("/metrics").body(Body::empty()).unwrap();
        let metrics = place.ask_of(server, "127.0.0.1", request).await.body;
        assert!(metrics.contains(r#"pressroom_provider_events_unknown_total{provider="sendgrid"} 2"#), "{metrics}");
        let foreign = r#"{"Type":"SubscriptionConfirmation","SubscribeURL":"https://evil.example/"}"#;
        let ses = bounces::hook(place.site(), "ses");
        assert_eq!(place.post_raw(&ses, foreign).await.status.as_u16(), 400);
    }
}
