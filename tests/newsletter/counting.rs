//! Opens and followed links: sums where a newsletter counts, nothing where it does not.

use super::{MINUTE, Place, sink::Way};
use crate::{
    common::both,
    sending::{Worker, with_sink},
};
use axum::{
    body::Body,
    http::{Request, StatusCode, header},
};
use pressroom::{
    domain::{account::Role, newsletter::Kind, time::Timestamp},
    services::{
        comments::moderation::By,
        mail,
        newsletter::{
            counts,
            issues::{self, Form},
            render::{self, For},
        },
        site::settings,
    },
    storage::mails,
};

impl Place {
    /// An article that went out to the list Breaking; its letter's row.
    async fn article_letter(&self, worker: &mut Worker) -> i64 {
        let form = Form { list: "breaking".into(), article: "/world/three".into(), ..Form::default() };
        let id = issues::write(self.site(), Kind::Article, &form, By::CommandLine).await.unwrap();
        issues::approve(self.site(), id, "", By::CommandLine).await.unwrap();
        worker.work(self).await;
        id
    }

    async fn count(&self, yes: bool) {
        let text = settings::export(self.site()).await.unwrap();
        let text = text.replace("approve = false\n", &format!("approve = false\ncount = {yes}\n"));
        assert!(text.contains(&format!("count = {yes}")), "{text}");
        settings::import(self.site(), &text).await.unwrap();
        // What stands around pages is looked up anew.
        self.later(2 * MINUTE);
    }

    async fn html(&self, id: i64, whom: For) -> String {
        let (letter, ..) = issues::letter(self.site(), id, By::CommandLine).await.unwrap();
        let content = render::content(self.site(), &letter, whom).await.unwrap();
        render::mail(self.site(), &letter, &content, "r0@example.org", 1, "key0").html
    }

    async fn fetch(&self, path: &str, agent: &str) -> super::Answer {
        let request = Request::get(path).header(header::USER_AGENT, agent).body(Body::empty()).unwrap();
        self.ask("192.0.2.9", request).await
    }

    async fn counted(&self, id: i64) -> (i64, i64) {
        counts::write(self.site()).await.unwrap();
        let (letter, ..) = issues::letter(self.site(), id, By::CommandLine).await.unwrap();
        (letter.opens, letter.clicks)
    }
}

const BROWSER: &str = "Mozilla/5.0 (X11; Linux) Firefox/140.0";

#[tokio::test]
async fn what_is_counted_is_nobodys() {
    for database in both().await {
        let (_sink, place, mut worker) = with_sink(&database).await;
        place.readers(2).await;
        let id = place.article_letter(&mut worker).await;
        let (opened, to) = (format!("/newsletter/opened/{id}"), format!("/newsletter/to/{id}/"));
        // By default mails lead straight to the articles, and nothing counts.
        let html = place.html(id, For::Readers).await;
        assert!(html.contains("/world/three\"") && !html.contains(&opened) && !html.contains(&to), "{html}");
        assert_eq!(place.fetch(&opened, BROWSER).await.status, StatusCode::OK);
        assert_eq!(place.counted(id).await, (0, 0));
        // Where it counts, two readers have the same addresses, which name nobody.
        place.count(true).await;
        let html = place.html(id, For::Readers).await;
        assert!(html.contains(&opened) && html.contains(&to) && !html.contains("/world/three\""), "{html}");
        assert!(!place.html(id, For::Newsroom).await.contains(&opened), "a look at it is no open");
        let link = super::between(&html, &to, "\"").to_owned();
        assert!(link.chars().all(|c| c.is_ascii_digit()), "{link}");
        for agent in [BROWSER, BROWSER, "GoogleImageProxy"] {
            place.fetch(&opened, agent).await;
        }
        for agent in [BROWSER, BROWSER, "SafeLinks scanner"] {
            let answer = place.fetch(&format!("{to}{link}"), agent).await;
            assert_eq!((answer.status, answer.to.as_str()), (StatusCode::SEE_OTHER, "/world/three"));
            assert_eq!(answer.cookie, "");
        }
        assert_eq!(place.counted(id).await, (3, 1), "a reload and a scanner are no readers");
        let cookie = place.signed(Role::Editor).await;
        let page = place.get(&format!("/newsroom/newsletter/{id}"), &cookie).await.body;
        assert!(page.contains("opened 3 times, links followed 1 times"), "{page}");
        // Nothing else is led to, and nothing else counts.
        for wrong in ["999", "x", "-1", "99999999999999999999"] {
            assert_eq!(place.fetch(&format!("{to}{wrong}"), BROWSER).await.status, StatusCode::NOT_FOUND);
            assert_eq!(place.fetch(&format!("/newsletter/opened/{wrong}"), BROWSER).await.status, StatusCode::OK);
        }
        assert_eq!(place.counted(id).await, (3, 1));
        pressroom::services::articles::unpublish(place.site(), &"three".parse().unwrap(), None).await.unwrap();
        assert_eq!(place.fetch(&format!("{to}{link}"), BROWSER).await.status, StatusCode::NOT_FOUND);
    }
}

/// The outbox: a mail that nobody will ever take is not tried for ever.
#[tokio::test]
async fn a_single_mail_that_is_refused_is_given_up() {
    for database in both().await {
        let (sink, place, _) = with_sink(&database).await;
        let carrier = mail::Carrier::new(&place.site().config.mail).unwrap();
        sink.way("gone@example.org", Way::Refuse("550 5.1.1 no such user"));
        sink.way("full@example.org", Way::Refuse("452 4.2.2 mailbox full"));
        for to in ["gone@example.org", "full@example.org", "there@example.org"] {
            let draft =
                mails::Draft { recipient: to.into(), subject: "S".into(), body: "B".into(), ..Default::default() };
            mails::put(place.db(), &draft, place.site().now()).await.unwrap();
        }
        assert_eq!(mail::deliver_due(place.site(), &carrier).await.unwrap(), 1);
        let lost = async || mails::lost(place.db(), Timestamp(super::NOON)).await.unwrap();
        let (count, fault) = lost().await;
        assert!(count == 1 && fault.as_deref().is_some_and(|fault| fault.contains("no such user")), "{fault:?}");
        // The full one is tried for five days, and then no more.
        let mut tries = 0;
        while let Some(due) = mails::next_due(place.db()).await.unwrap() {
            place.later(due.0 - place.site().now().0);
            assert_eq!(mail::deliver_due(place.site(), &carrier).await.unwrap(), 0);
            tries += 1;
            assert!(tries < 100, "it never ends");
        }
        assert_eq!(lost().await.0, 2);
        assert!(place.now.get() - super::NOON >= 5 * super::DAY && tries > 20, "{tries} tries");
        place.later(MINUTE);
        assert_eq!(sink.count("there@example.org"), 1);
    }
}
