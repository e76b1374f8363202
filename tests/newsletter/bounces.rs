//! What comes back: reports in a maildir, and what providers tell.

use super::{
    between,
    sending::{progress, with_sink},
};
use crate::common::both;
use pressroom::{services::bounces, storage::subscribers};

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
