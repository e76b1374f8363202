//! Letters are made: by the clock, by editors, and as mail programs can show them.

use super::{DAY, HOUR, MINUTE, Place, between, sending::Worker};
use crate::common::{both, sqlite};
use axum::http::StatusCode;
use pressroom::{
    domain::{account::Role, newsletter::State, time::Timestamp},
    services::{
        articles,
        comments::moderation::By,
        newsletter::{
            digests,
            issues::{self, Letter},
            render,
        },
        operations::backup,
        site::settings,
    },
};

impl Place {
    async fn letters(&self) -> Vec<Letter> {
        let desk = issues::desk(self.site(), By::CommandLine).await.unwrap();
        desk.letters.into_iter().map(|(letter, _)| letter).collect()
    }

    fn article(&self, slug: &str, more: &str) {
        self.test.write(
            &format!("articles/{slug}.md"),
            &format!("---\ntitle: About {slug}\nsection: world\n{more}---\nText.\n"),
        );
    }
}

/// 2026-11-23 is a Monday; six in the morning in New York is eleven UTC.
const MONDAY: i64 = super::NOON + 23 * HOUR;

#[tokio::test]
async fn a_digest_holds_what_is_new_and_there_is_none_of_nothing() {
    for database in both().await {
        let place = Place::new(&database).await;
        let next = digests::make_due(place.site()).await.unwrap();
        assert_eq!(next, Some(Timestamp(MONDAY)), "the next one in the time zone of the publication");
        assert!(place.letters().await.is_empty(), "nothing of before");
        place.article("fresh", "published: 2026-11-22T18:00:00Z\n");
        place.article("draft", "status: draft\n");
        place.article("tomorrow", "published: 2026-11-24T08:00:00Z\n");
        place.test.import().await;
        place.later(23 * HOUR - 1);
        digests::make_due(place.site()).await.unwrap();
        assert!(place.letters().await.is_empty(), "not a moment too early");
        place.later(5 * HOUR);
        digests::make_due(place.site()).await.unwrap();
        digests::make_due(place.site()).await.unwrap();
        let all = place.letters().await;
        assert_eq!(all.len(), 1);
        assert_eq!(
            (all[0].subject.as_str(), all[0].slug.as_str()),
            ("Daily Briefing: About fresh", "2026-11-23-daily-briefing")
        );
        assert_eq!((all[0].articles.len(), all[0].state), (1, State::Approved));
        // On Tuesday what came out meanwhile, on Wednesday nothing.
        for _ in 0..3 {
            place.later(DAY);
            digests::make_due(place.site()).await.unwrap();
        }
        let subjects: Vec<String> = place.letters().await.into_iter().map(|letter| letter.subject).collect();
        assert_eq!(subjects, ["Daily Briefing: About tomorrow", "Daily Briefing: About fresh"]);
        // On Saturday the week's.
        place.later(3 * DAY);
        digests::make_due(place.site()).await.unwrap();
        let all = place.letters().await;
        assert_eq!((all[0].list.as_str(), all[0].articles.len()), ("weekly-review", 2));
    }
}

#[tokio::test]
async fn what_is_taken_down_is_in_no_mail() {
    for database in both().await {
        let place = Place::new(&database).await;
        place.readers(3).await;
        let cookie = place.signed(Role::Editor).await;
        let fields =
            [("kind", "article"), ("list", "breaking"), ("article", "http://127.0.0.1:3000/world/three?x=1#y")];
        for address in ["https://other.example/world/three", "http://127.0.0.1:30001/world/three"] {
            let elsewhere = [("kind", "article"), ("list", "breaking"), ("article", address)];
            let refused = place.post("/newsroom/newsletter", &cookie, &elsewhere).await;
            assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{address}");
        }
        let made = place.post("/newsroom/newsletter", &cookie, &fields).await;
        assert_eq!(made.status, StatusCode::SEE_OTHER);
        let made = made.to.split('?').next().unwrap().to_owned();
        let page = place.get(&made, &cookie).await.body;
        assert!(page.contains("The three &amp; “more”"), "its headline is the subject: {page}");
        let mail = place.get(&format!("{made}/mail"), &cookie).await.body;
        assert!(mail.contains("The three &amp; “more”") && mail.contains("What three says."), "{mail}");
        let all = [&fields[..], &[("act", "approve")]].concat();
        let asked = place.post(&made, &cookie, &all).await.body;
        assert!(asked.contains("goes to the 3 readers of Breaking, now."), "{asked}");
        assert_eq!(place.post(&made, &cookie, &[("act", "send")]).await.to, format!("{made}?done=send"));
        articles::unpublish(place.site(), &"three".parse().unwrap(), None).await.unwrap();
        let mut worker = Worker::new(&place);
        worker.work(&place).await;
        let letter = place.letters().await.remove(0);
        assert_eq!(letter.state, State::Stopped);
        assert!(letter.why.contains("taken down"));
        assert_eq!(place.post(&made, &cookie, &[("act", "send")]).await.status, StatusCode::CONFLICT);
    }
}

#[tokio::test]
async fn editors_write_look_send_and_readers_read_it_on_the_site() {
    for database in both().await {
        let place = Place::new(&database).await;
        place.readers(2).await;
        for role in [Role::Moderator, Role::Author] {
            let cookie = place.signed(role).await;
            assert_eq!(place.get("/newsroom/newsletter", &cookie).await.status, StatusCode::FORBIDDEN);
        }
        assert_eq!(place.get("/newsroom/newsletter", "").await.status, StatusCode::UNAUTHORIZED);
        let cookie = place.signed(Role::Editor).await;
        assert!(place.get("/newsroom/newsletter", &cookie).await.body.contains("No letter has been written yet."));
        let wrong = place.post("/newsroom/newsletter", &cookie, &[("kind", "message"), ("list", "breaking")]).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(wrong.body.contains("Please write the message.") && wrong.body.contains("Please write a subject."));
        let fields = [
            ("kind", "message"),
            ("list", "breaking"),
            ("subject", "To our readers"),
            ("preheader", "From the editors"),
            ("body", "Dear *readers*, <script>alert(1)</script>\n\nsee [this](/world/one)."),
        ];
        let made = place.post("/newsroom/newsletter", &cookie, &fields).await.to;
        assert!(place.get(&made, &cookie).await.body.contains("It is saved."));
        let made = made.split('?').next().unwrap().to_owned();
        let public = "/newsletter/2026-11-22-breaking";
        assert_eq!(place.get(public, "").await.status, StatusCode::NOT_FOUND, "a draft is nobody's");
        let mail = place.get(&format!("{made}/mail"), &cookie).await.body;
        assert!(mail.contains("<em>readers</em>") && !mail.contains("<script"), "{mail}");
        assert!(mail.contains("href=\"http://127.0.0.1:3000/world/one\""), "a link of our own is whole: {mail}");
        // A test mail goes to the editor alone.
        let with = |more: &[(&'static str, &'static str)]| [&fields[1..], more].concat();
        assert_eq!(place.post(&made, &cookie, &with(&[("act", "test")])).await.to, format!("{made}?done=test"));
        // What stands in the fields is saved whatever is pressed beside them, or told to be wrong.
        let other: Vec<_> = with(&[("act", "see")])
            .into_iter()
            .map(|(name, value)| (name, if name == "subject" { "Other" } else { value }))
            .collect();
        assert_eq!(place.post(&made, &cookie, &other).await.to, format!("{made}/mail"));
        assert!(place.get(&made, &cookie).await.body.contains("<h1>Other</h1>"));
        let empty = place.post(&made, &cookie, &[("act", "test"), ("list", "breaking")]).await;
        assert!(empty.status == StatusCode::UNPROCESSABLE_ENTITY && empty.body.contains("Please write a subject."));
        let folder = place.site().config.mail.folder.clone();
        let files = || std::fs::read_dir(&folder).unwrap().map(|f| f.unwrap().path()).collect::<Vec<_>>();
        let test = std::fs::read_to_string(&files()[0]).unwrap();
        assert!(test.contains("To: editor@example.org") && test.contains("[Test] To our readers"), "{test}");
        assert!(test.contains("see [this][1]") && test.contains("[1]: http://127.0.0.1:3000/world/one"), "{test}");
        let csv = place.get("/newsroom/newsletter/readers.csv", &cookie).await.body;
        assert_eq!(csv.lines().count(), 3, "{csv}");
        // For tomorrow.
        for (when, fault) in [
            ("2026-11-22T01:00", "This moment is over."),
            ("9999-01-01 00:00", "more than five years"),
            ("2027-03-14 02:30", "one that the clocks go through"),
            ("soon", "This is no moment"),
        ] {
            let late = place.post(&made, &cookie, &with(&[("act", "approve"), ("when", when)])).await;
            assert_eq!(late.status, StatusCode::UNPROCESSABLE_ENTITY);
            assert!(late.body.contains(fault) && late.body.contains(when), "{when}");
        }
        let asked = place.post(&made, &cookie, &with(&[("act", "approve"), ("when", "2026-11-23T06:00")])).await.body;
        assert!(asked.contains("2 readers of Breaking, on November 23, 2026, 6:00 AM (America/New_York)"), "{asked}");
        place.post(&made, &cookie, &[("act", "send"), ("when", "2026-11-23T06:00")]).await;
        let mut worker = Worker::new(&place);
        worker.work(&place).await;
        assert_eq!(files().len(), 1, "not before its time");
        place.later(23 * HOUR);
        worker.work(&place).await;
        assert_eq!(files().len(), 3);
        let page = place.get(public, "").await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(page.body.contains("<em>readers</em>") && page.body.contains("Breaking"));
        assert!(place.get("/newsletter", "").await.body.contains(public));
        let feed = place.get("/newsletter/atom.xml", "").await.body;
        assert!(feed.contains("To our readers") && feed.contains(public), "{feed}");
    }
}

#[tokio::test]
async fn after_a_restored_back_up_letters_wait_for_an_editor() {
    let (from, into) = (sqlite(), sqlite());
    let place = Place::new(&from).await;
    place.readers(3).await;
    place.message().await;
    digests::make_due(place.site()).await.unwrap();
    place.article("fresh", "published: 2026-11-22T18:00:00Z\n");
    place.test.import().await;
    let file = place.test.folder.path().join("b.tar");
    backup::take(place.site(), &file).await.unwrap();
    let folder = tempfile::tempdir().unwrap();
    let config = crate::common::config(folder.path(), &into.url);
    backup::restore(&config, &file, place.site().now()).await.unwrap();
    let restored = Place {
        test: crate::common::TestSite {
            site: pressroom::services::Site::open(config, place.test.hands.clock()).await.unwrap(),
            hands: place.test.hands.clone(),
            folder,
        },
        now: place.now.clone(),
    };
    let mut worker = Worker::new(&restored);
    worker.work(&restored).await;
    restored.later(24 * HOUR);
    worker.work(&restored).await;
    let states: Vec<State> = restored.letters().await.into_iter().map(|letter| letter.state).collect();
    assert_eq!(states, [State::Paused, State::Paused], "the one that was on its way, and the digest that comes due");
    let cookie = restored.signed(Role::Admin).await;
    assert!(restored.get("/newsroom/newsletter", &cookie).await.body.contains("A back-up was restored."));
    restored.post("/newsroom/newsletter", &cookie, &[("act", "release")]).await;
    for letter in restored.letters().await {
        restored.post(&format!("/newsroom/newsletter/{}", letter.id), &cookie, &[("act", "resume")]).await;
    }
    restored.later(MINUTE);
    worker.work(&restored).await;
    assert!(restored.letters().await.iter().all(|letter| letter.state == State::Sent));
    assert!(!issues::is_held(restored.site()).await.unwrap());
}

/// What Gmail or Outlook drops or breaks (facts of caniemail.com): none of it is in a mail.
const UNSUPPORTED: [&str; 16] = [
    "<script",
    "<iframe",
    "<form",
    "<input",
    "<button",
    "<video",
    "<audio",
    "<svg",
    "<object",
    "<link ",
    "display:flex",
    "display:grid",
    "position:absolute",
    "position:fixed",
    "var(--",
    "url(",
];

#[tokio::test]
async fn mails_hold_only_what_mail_programs_show() {
    let database = sqlite();
    let place = Place::new(&database).await;
    digests::make_due(place.site()).await.unwrap();
    for n in 0..40 {
        place.article(
            &format!("long-{n}"),
            &format!(
                "standfirst: {}\npublished: 2026-11-22T18:00:00Z\n",
                "Eight words stand here and say quite enough. ".repeat(6)
            ),
        );
    }
    place.article("paid", "kind: sponsored\npublished: 2026-11-23T10:00:00Z\n");
    place.test.import().await;
    place.later(24 * HOUR);
    digests::make_due(place.site()).await.unwrap();
    let letter = place.letters().await.remove(0);
    assert_eq!(letter.articles.len(), 30);
    assert!(letter.subject.starts_with("Daily Briefing: About long-"), "nobody has paid for the lead");
    let (html, text) = render::preview(place.site(), &letter).await.unwrap();
    assert!(html.len() <= 100 * 1024, "{} bytes: Gmail cuts at 102 KB", html.len());
    let lower = html.to_lowercase();
    for part in UNSUPPORTED {
        assert!(!lower.contains(part), "{part}");
    }
    // Styles stand at the elements; the one block above is for small screens and the dark.
    assert!(html.contains("prefers-color-scheme: dark") && html.matches("style=\"").count() > 50);
    assert!(!lower.contains("http://fonts") && !lower.contains("https://fonts"), "nothing is fetched from elsewhere");
    for part in ["Daily Briefing", "/newsletter/me/preview", "/newsletter/leave/daily-briefing/preview"] {
        assert!(html.contains(part), "{part}");
        assert!(text.contains(part), "{part}");
    }
    assert_eq!(text.matches("About long-").count(), 29);
    assert!(text.contains("[Sponsored] About paid") && html.contains(">Sponsored<"), "{text}");
    assert_eq!(text.matches("http").count(), 33, "each article has its address, and three links are below: {text}");
    let images = lower.matches("<img").count();
    assert_eq!(lower.matches(" alt=\"").count(), images, "every picture has an alt text");
}

#[tokio::test]
async fn a_wrong_pattern_is_told() {
    let database = sqlite();
    let place = Place::new(&database).await;
    let text = settings::export(place.site()).await.unwrap();
    assert!(settings::read(&text).is_ok());
    let wrong = settings::read(&text.replace("0 6 * * MON-FRI", "every morning")).unwrap_err().to_string();
    assert!(wrong.contains("every morning") && wrong.contains("0 6 * * MON-FRI"), "{wrong}");
    assert!(between(&wrong, "found “", "”") == "every morning");
}
