//! The whole site without a socket: requests go straight into the router.
#![cfg(feature = "ssr")]

mod common;

use axum::{
    body::{Body, to_bytes},
    http::{Method, Request, StatusCode, header},
};
use common::{NOON, TestSite, both, sqlite};
use pressroom::{
    domain::{slug::Slug, time::Timestamp},
    http::router::app,
    services::{Site, articles, mail, preview, settings},
};
use tower::ServiceExt;

struct Answer {
    status: StatusCode,
    headers: axum::http::HeaderMap,
    body: String,
}

impl Answer {
    fn header(&self, name: header::HeaderName) -> &str {
        self.headers.get(name).map_or("", |v| v.to_str().unwrap())
    }
}

async fn ask(site: &Site, request: Request<Body>) -> Answer {
    let response = app(site.clone()).router.oneshot(request).await.unwrap();
    let (parts, body) = response.into_parts();
    let body = to_bytes(body, 10_000_000).await.unwrap();
    Answer { status: parts.status, headers: parts.headers, body: String::from_utf8_lossy(&body).into_owned() }
}

async fn get(site: &Site, path: &str) -> Answer {
    ask(site, Request::builder().uri(path).body(Body::empty()).unwrap()).await
}

async fn post(site: &Site, path: &str, body: &str) -> Answer {
    let request = Request::builder().method(Method::POST).uri(path);
    let request = request.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
    ask(site, request.body(Body::from(body.to_owned())).unwrap()).await
}

fn slug(text: &str) -> Slug {
    text.parse().unwrap()
}

/// An article of the Markdown archive; `more` are further lines of front matter.
fn article(site: &TestSite, name: &str, published: &str, more: &str) {
    let text = format!(
        "---\ntitle: Title of {name}\nsection: world\nauthors: [anna]\npublished: {published}\n{more}\n---\nThe text of {name}.\n"
    );
    site.write(&format!("articles/{name}.md"), &text);
}

async fn edition(database: &common::TestDb) -> TestSite {
    let site = TestSite::new(database).await;
    site.write("authors/anna.md", "---\nname: Anna\nemail: secret@example.org\n---\nWrites.\n");
    site.write("pages/contact.md", "---\ntitle: Contact\n---\nWrite to us.\n");
    for n in 1..=9 {
        article(&site, &format!("story-{n}"), &format!("2026-11-0{n}T10:00:00Z"), "topics: [policy]");
    }
    let report = site.import().await;
    assert!(report.notes.is_empty(), "{report}");
    site
}

#[tokio::test]
async fn every_kind_of_page_answers_on_both_databases_without_a_cookie() {
    for database in both().await {
        let test = edition(&database).await;
        for (path, status) in [
            ("/", 200),
            ("/news", 200),
            ("/news/archive", 200),
            ("/news/2026/11", 200),
            ("/world", 200),
            ("/world/archive", 200),
            ("/world/2026/11", 200),
            ("/topic/policy", 200),
            ("/author/anna", 200),
            ("/world/story-1", 200),
            ("/contact", 200),
            ("/search?q=x", 200),
            ("/newsletter", 200),
            ("/tech", 200),
            ("/healthz", 200),
            ("/readyz", 200),
            ("/nothing", 404),
            ("/world/nothing", 404),
            ("/news/2026/13", 404),
            ("/topic/nothing", 404),
            ("/media/nothing", 404),
            ("/%ff", 404),
        ] {
            let answer = get(&test.site, path).await;
            assert_eq!(answer.status.as_u16(), status, "{path}");
            assert!(answer.headers.get(header::SET_COOKIE).is_none(), "{path} sets a cookie");
            assert!(answer.header(header::CONTENT_SECURITY_POLICY).contains("frame-ancestors 'none'"), "{path}");
            assert!(!answer.header(header::CONTENT_SECURITY_POLICY).contains("unsafe-inline"), "{path}");
            assert!(!answer.body.contains("secret@example.org"), "{path} tells an author's address");
            assert!(!answer.body.contains("<!>"), "{path} holds what is no HTML");
        }
    }
}

#[tokio::test]
async fn addresses_have_one_spelling() {
    let database = sqlite();
    let test = edition(&database).await;
    for (path, target) in [
        ("/world/", "/world"),
        ("/World", "/world"),
        ("/world/Story-1/", "/world/story-1"),
        ("/tech/story-1", "/world/story-1"),
        ("/story-1", "/world/story-1"),
        ("/2026/11/01/story-1/", "/world/story-1"),
        ("/world/story-1/amp", "/world/story-1"),
        ("/index.html", "/"),
        ("/category/world/", "/world"),
        ("/tag/policy", "/topic/policy"),
        ("/page/2/", "/news"),
        ("/world/page/3", "/world"),
        ("/category/world/page/3/", "/world"),
        ("/feed/", "/feed.xml"),
        ("/feed/atom/", "/atom.xml"),
        ("/world/feed/", "/world/feed.xml"),
        ("/category/world/feed", "/world/feed.xml"),
        ("/tag/policy/feed/atom/", "/topic/policy/atom.xml"),
        ("/author/anna/feed/", "/author/anna/feed.xml"),
        ("/world/story-1/feed/", "/world/story-1"),
        ("/news?before=1-1", "/news"),
    ] {
        let answer = get(&test.site, path).await;
        assert_eq!((answer.status.as_u16(), answer.header(header::LOCATION)), (301, target), "{path}");
        assert_eq!(answer.header(header::CONTENT_TYPE), "", "{path}");
    }
    for lost in ["/?p=99999", "/?page_id=99999"] {
        assert_eq!(get(&test.site, lost).await.status, StatusCode::NOT_FOUND, "{lost}");
    }
    assert_eq!(get(&test.site, "/?page=2&p=").await.status, StatusCode::OK);
    let plain = get(&test.site, "/world").await.body;
    assert_eq!(get(&test.site, "/world?utm_source=x&before=nonsense").await.body, plain, "unknown keys change nothing");
    assert_eq!(get(&test.site, &format!("/{}", "a".repeat(9_999))).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn what_is_taken_down_is_gone_from_everywhere() {
    let database = sqlite();
    let test = edition(&database).await;
    articles::unpublish(&test.site, &slug("story-9"), None).await.unwrap();
    assert_eq!(get(&test.site, "/world/story-9").await.status, StatusCode::GONE);
    for path in ["/", "/news", "/world", "/topic/policy", "/author/anna", "/world/story-1", "/nothing"] {
        assert!(!get(&test.site, path).await.body.contains("Title of story-9"), "{path}");
    }
    // Imported again, it stays down: the file doesn't know what an editor decided.
    test.import().await;
    assert_eq!(get(&test.site, "/world/story-9").await.status, StatusCode::GONE);
    articles::publish(&test.site, &slug("story-9"), None).await.unwrap();
    assert_eq!(get(&test.site, "/world/story-9").await.status, StatusCode::OK);
}

#[tokio::test]
async fn scheduled_articles_appear_at_their_minute() {
    let database = sqlite();
    let test = edition(&database).await;
    article(&test, "later", "2026-11-22T12:01:00Z", "");
    test.import().await;
    assert_eq!(get(&test.site, "/world/later").await.status, StatusCode::NOT_FOUND);
    assert!(!get(&test.site, "/world").await.body.contains("Title of later"));
    test.hands.set(NOON + 60_000);
    assert_eq!(get(&test.site, "/world/later").await.status, StatusCode::OK);
    for path in ["/", "/news", "/world"] {
        assert!(get(&test.site, path).await.body.contains("Title of later"), "{path}");
    }
}

#[tokio::test]
async fn previews_are_for_those_who_have_the_address() {
    let database = sqlite();
    let test = edition(&database).await;
    article(&test, "secret", "2026-11-01T10:00:00Z", "status: draft");
    test.import().await;
    assert_eq!(get(&test.site, "/world/secret").await.status, StatusCode::NOT_FOUND);
    let path = preview::path(&test.site, &slug("secret"));
    let shown = get(&test.site, &path).await;
    assert_eq!(shown.status, StatusCode::OK);
    assert!(shown.header(header::CACHE_CONTROL).contains("no-store"));
    assert!(shown.body.contains("noindex"));
    let forged = path.replace("secret", "story-1");
    assert_eq!(get(&test.site, &forged).await.status, StatusCode::NOT_FOUND);
    test.hands.set(NOON + preview::GOOD_FOR);
    assert_eq!(get(&test.site, &path).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn the_contact_form_becomes_a_mail_once() {
    for database in both().await {
        let test = edition(&database).await;
        let wrong = post(&test.site, "/contact", "name=&email=x&text=%3C%2Ftextarea%3E%3Cscript%3E+%22q%22").await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(wrong.body.contains("Please tell us your name."));
        assert!(
            wrong.body.contains("&lt;/textarea&gt;&lt;script&gt; \"q\"</textarea>"),
            "the text is still there, unharmed"
        );
        let right = "name=Ann&email=ann%40example.org&subject=Hi&text=Hello+there";
        for _ in 0..2 {
            let sent = post(&test.site, "/contact", right).await;
            assert_eq!((sent.status.as_u16(), sent.header(header::LOCATION)), (303, "/contact/sent"));
        }
        assert!(get(&test.site, "/contact/sent").await.body.contains("on its way"));
        let trapped = post(&test.site, "/contact", &format!("{right}&website=x")).await;
        assert_eq!(trapped.status, StatusCode::UNPROCESSABLE_ENTITY);
        let carrier = mail::Carrier::new(&test.site.config.mail).unwrap();
        assert_eq!(mail::deliver_due(&test.site, &carrier).await.unwrap(), 1, "sent twice, written once");
        let folder = std::fs::read_dir(&test.site.config.mail.folder).unwrap();
        let mails: Vec<_> = folder.map(|f| std::fs::read_to_string(f.unwrap().path()).unwrap()).collect();
        assert_eq!(mails.len(), 1);
        assert!(mails[0].contains("Reply-To: ann@example.org") && mails[0].contains("Hello there"), "{}", mails[0]);
    }
}

#[tokio::test]
async fn requests_from_elsewhere_change_nothing() {
    let database = sqlite();
    let test = edition(&database).await;
    let body = "name=Ann&email=ann%40example.org&text=Hello";
    for (path, kind) in
        [("/contact", "application/x-www-form-urlencoded"), ("/api/contact", "application/x-www-form-urlencoded")]
    {
        let request = Request::builder().method(Method::POST).uri(path).header(header::CONTENT_TYPE, kind);
        let answer =
            ask(&test.site, request.header("sec-fetch-site", "cross-site").body(Body::from(body)).unwrap()).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{path}");
    }
    let carrier = mail::Carrier::new(&test.site.config.mail).unwrap();
    assert_eq!(mail::deliver_due(&test.site, &carrier).await.unwrap(), 0);
}

#[tokio::test]
async fn odd_requests_are_answered_in_the_sites_dress() {
    let database = sqlite();
    let test = edition(&database).await;
    let wrong = post(&test.site, "/world", "x=y").await;
    assert_eq!(wrong.status, StatusCode::METHOD_NOT_ALLOWED);
    assert!(wrong.body.contains("site-head"));
    let big = post(&test.site, "/contact", &"x".repeat(300_000)).await;
    assert_eq!(big.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert!(big.body.contains("site-head") && big.body.contains("too long for this site"), "{}", big.body);
    assert_eq!(post(&test.site, "/newsletter", "email=a%40b.co").await.status, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(post(&test.site, "/contact", "%ff=%ff").await.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn a_database_that_is_away_shows_nothing_of_the_inside() {
    let database = sqlite();
    let test = edition(&database).await;
    test.site.db.close().await;
    let answer = get(&test.site, "/world/story-1").await;
    assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(answer.header(header::RETRY_AFTER), "10");
    assert!(
        answer.body.contains("Back in a moment") && !answer.body.contains("pool") && !answer.body.contains("sqlite")
    );
    assert_eq!(get(&test.site, "/readyz").await.status, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(get(&test.site, "/healthz").await.status, StatusCode::OK);
}

#[tokio::test]
async fn the_shared_regions_follow_the_page_map() {
    let database = sqlite();
    let test = edition(&database).await;
    let front = pressroom::services::front::front(&test.site).await.unwrap();
    let latest: Vec<_> = front.latest_articles().iter().map(|a| a.slug.as_str()).collect();
    assert_eq!(latest, ["story-9", "story-8", "story-7"]);
    assert_eq!(front.trending.len(), 3, "the newest while nothing was counted");
    articles::pick(&test.site, &slug("story-6"), Some(1), None).await.unwrap();
    assert!(pressroom::services::front::front(&test.site).await.unwrap().picks.is_empty(), "within the minute");
    test.hands.set(NOON + 60_000);
    let front = pressroom::services::front::front(&test.site).await.unwrap();
    let news: Vec<_> = front.latest_news(Some(&slug("story-5"))).iter().map(|a| a.slug.to_string()).collect();
    assert_eq!(news, ["story-4", "story-3", "story-2"], "no pick, nothing of the footer, not what is being read");
}

/// What the editors can set shows on every page, and goes when its time is over.
#[tokio::test]
async fn the_frame_is_what_the_settings_say() {
    let database = sqlite();
    let test = edition(&database).await;
    let plain = get(&test.site, "/world/story-1").await.body;
    for absent in ["class=\"breaking\"", "class=\"ad", "logo__light"] {
        assert!(!plain.contains(absent), "{absent}");
    }
    let toml = settings::export(&test.site).await.unwrap().replace("ads = []\n", "");
    let furnished = format!(
        "logo_light = \"/icon.svg\"\nlogo_dark = \"/icon.svg\"\n{toml}\n\
         [breaking]\ntext = \"The count has ended\"\nurl = \"/world/story-2\"\nuntil = \"2026-11-22 12:30\"\n\
         [[ads]]\nplace = \"sidebar\"\npicture = \"/icon.svg\"\nalt = \"A bookshop\"\nurl = \"https://shop.example/\"\nwidth = 300\nheight = 250\n\
         [[ads]]\nplace = \"article\"\npicture = \"/icon.svg\"\nalt = \"A theatre\"\nurl = \"https://stage.example/\"\nwidth = 728\nheight = 90\n"
    );
    settings::import(&test.site, &furnished).await.unwrap();
    test.site.fronts.forget();
    let long = "A paragraph.\n\n".repeat(9);
    test.write("articles/story-1.md", &format!("---\ntitle: T\nsection: world\npublished: 2026-11-01\n---\n{long}"));
    assert_eq!(test.import().await.changed, 1);
    let page = get(&test.site, "/world/story-1").await.body;
    for present in ["class=\"breaking\"", "The count has ended", "A bookshop", "A theatre", "/icon.svg"] {
        assert!(page.contains(present), "{present}");
    }
    // 12:30 in New York is 17:30 UTC; the snapshot of the page's frame ends with it.
    test.hands.set(NOON + 5 * 3_600_000 + 1_800_000 - 1);
    assert!(get(&test.site, "/world/story-1").await.body.contains("The count has ended"));
    test.hands.set(NOON + 5 * 3_600_000 + 1_800_000);
    assert!(!get(&test.site, "/world/story-1").await.body.contains("The count has ended"));
    let wrong = furnished.replace("2026-11-22 12:30", "tonight");
    let fault = settings::import(&test.site, &wrong).await.unwrap_err().to_string();
    assert!(fault.contains("breaking.until") && fault.contains("“tonight”"), "{fault}");
}

#[tokio::test]
async fn a_file_with_a_mistake_keeps_no_other_out() {
    let database = sqlite();
    let test = edition(&database).await;
    test.write("articles/no-matter.md", "Just text");
    test.write("articles/Bad Name.md", "---\ntitle: x\nsection: world\npublished: 2026-01-01\n---\n");
    article(&test, "no-day", "yesterday", "");
    article(&test, "no-author", "2026-01-01", "kind: novel");
    article(&test, "no-picture", "2026-01-01", "picture: ../../../../etc/passwd");
    article(&test, "typo", "2026-01-01", "standfrist: x");
    article(&test, "fine", "2026-01-01", "");
    let report = test.import().await;
    assert_eq!((report.new, report.notes.len()), (1, 6), "{report}");
    assert_eq!(get(&test.site, "/world/fine").await.status, StatusCode::OK);
    let again = test.import().await;
    assert_eq!((again.new, again.changed), (0, 0), "run again, nothing comes in twice: {again}");
    assert_eq!(test.site.now(), Timestamp(NOON));
}

/// Speaks SMTP as RFC 5321 has it; refuses the first recipient it is given, so
/// that a second try is needed. Answers what it was told as data.
async fn mail_server(listener: tokio::net::TcpListener) -> String {
    use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
    let mut refused = false;
    loop {
        let (stream, _) = listener.accept().await.unwrap();
        let (read, mut write) = stream.into_split();
        let mut lines = BufReader::new(read).lines();
        let mut data: Option<String> = None;
        write.write_all(b"220 mail.test\r\n").await.unwrap();
        while let Some(line) = lines.next_line().await.unwrap() {
            let answer = match &mut data {
                Some(text) if line == "." => {
                    write.write_all(b"250 taken\r\n").await.unwrap();
                    return std::mem::take(text);
                }
                Some(text) => {
                    text.push_str(&line);
                    text.push('\n');
                    continue;
                }
                None if line.starts_with("RCPT") && !std::mem::replace(&mut refused, true) => "450 later",
                None if line.starts_with("DATA") => {
                    data = Some(String::new());
                    "354 go on"
                }
                None if line.starts_with("QUIT") => "221 bye",
                None => "250 ok",
            };
            write.write_all(format!("{answer}\r\n").as_bytes()).await.unwrap();
        }
    }
}

#[tokio::test]
async fn a_mail_goes_to_the_mail_server_and_is_tried_again() {
    let database = sqlite();
    let test = edition(&database).await;
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let smtp = format!("smtp://{}", listener.local_addr().unwrap());
    let carrier = mail::Carrier::new(&pressroom::config::Mail { smtp, ..test.site.config.mail.clone() }).unwrap();
    let server = tokio::spawn(mail_server(listener));
    let sent = post(&test.site, "/contact", "name=Ann&email=ann%40example.org&subject=Hi&text=Hello+there").await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER);
    assert_eq!(mail::deliver_due(&test.site, &carrier).await.unwrap(), 0, "refused for now");
    assert_eq!(mail::deliver_due(&test.site, &carrier).await.unwrap(), 0, "not due yet");
    test.hands.set(NOON + 61_000);
    assert_eq!(mail::deliver_due(&test.site, &carrier).await.unwrap(), 1);
    let told = server.await.unwrap();
    assert!(told.contains("Subject: Hi") && told.contains("Hello there"), "{told}");
    test.hands.set(NOON + 3_600_000);
    assert_eq!(mail::deliver_due(&test.site, &carrier).await.unwrap(), 0, "sent once");
}

/// A file knows nothing of what an editor has set since; a file that names a new
/// moment is heeded.
#[tokio::test]
async fn an_import_breaks_no_embargo() {
    let database = sqlite();
    let test = edition(&database).await;
    let later = Timestamp(NOON + 86_400_000);
    articles::unpublish(&test.site, &slug("story-1"), None).await.unwrap();
    articles::publish(&test.site, &slug("story-1"), Some(later)).await.unwrap();
    let report = test.import().await;
    assert_eq!((report.new, report.changed), (0, 0), "{report}");
    assert_eq!(get(&test.site, "/world/story-1").await.status, StatusCode::NOT_FOUND);
    article(&test, "story-1", "2026-11-20T10:00:00Z", "topics: [policy]");
    assert_eq!(test.import().await.changed, 1);
    assert_eq!(get(&test.site, "/world/story-1").await.status, StatusCode::OK);
    // A draft needs no moment, and coming again changes nothing.
    test.write("articles/idea.md", "---\ntitle: Idea\nsection: world\nstatus: draft\n---\nText.\n");
    assert_eq!(test.import().await.new, 1);
    test.hands.set(NOON + 60_000);
    assert_eq!(test.import().await.changed, 0);
    articles::publish(&test.site, &slug("idea"), None).await.unwrap();
    assert_eq!(get(&test.site, "/world/idea").await.status, StatusCode::OK);
}
