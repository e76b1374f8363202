//! The page cache from outside: one render for all, forgotten by what changes.
#![cfg(feature = "ssr")]

mod common;

use axum::{
    body::{Body, to_bytes},
    http::{HeaderMap, Method, Request, StatusCode, header},
};
use common::{NOON, TestDb, TestSite, sqlite};
use futures_util::FutureExt;
use pressroom::{
    domain::{comment::Subject, slug::Slug, time::Timestamp},
    http::router::{App, app},
    services::articles,
    storage::{self, comments},
};
use std::{io::Read, time::Duration};
use tower::ServiceExt;

struct Place {
    test: TestSite,
    app: App,
    _database: TestDb,
}

struct Answer {
    status: StatusCode,
    headers: HeaderMap,
    body: Vec<u8>,
}

impl Answer {
    fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}

fn slug(text: &str) -> Slug {
    text.parse().unwrap()
}

impl Place {
    /// Four stories in `world`, one in `tech`; the cache follows the changes.
    async fn new() -> Self {
        let database = sqlite();
        let test = TestSite::new(&database).await;
        test.write("authors/anna.md", "---\nname: Anna\n---\nWrites.\n");
        for n in 1..=4 {
            Self::story(&test, &format!("story-{n}"), "world", &format!("2026-11-0{n}T10:00:00Z"));
        }
        Self::story(&test, "chips", "tech", "2026-11-05T10:00:00Z");
        assert!(test.import().await.notes.is_empty());
        let app = app(test.site.clone());
        tokio::spawn(app.pages.clone().follow());
        let place = Self { test, app, _database: database };
        // The follower begins with an empty cache; from then on what is kept stays.
        place.until("the cache keeps", async || place.is_kept("/news").await).await;
        place
    }

    fn story(test: &TestSite, name: &str, section: &str, published: &str) {
        test.write(
            &format!("articles/{name}.md"),
            &format!("---\ntitle: Title of {name}\nsection: {section}\nauthors: [anna]\npublished: {published}\n---\nThe text of {name}.\n"),
        );
    }

    async fn ask(&self, request: Request<Body>) -> Answer {
        let (parts, body) = self.app.router.clone().oneshot(request).await.unwrap().into_parts();
        let body = to_bytes(body, 10_000_000).await.unwrap().to_vec();
        Answer { status: parts.status, headers: parts.headers, body }
    }

    async fn get(&self, path: &str) -> Answer {
        self.ask(Request::builder().uri(path).body(Body::empty()).unwrap()).await
    }

    async fn with(&self, path: &str, name: header::HeaderName, value: &str) -> Answer {
        self.ask(Request::builder().uri(path).header(name, value).body(Body::empty()).unwrap()).await
    }

    /// Whether asking for a page is a hit, all on it as it is now.
    async fn is_kept(&self, path: &str) -> bool {
        let before = self.app.metrics.hits.get();
        self.get(path).await;
        self.app.metrics.hits.get() > before
    }

    /// Waits for a condition; fails after a minute, which only a fault takes.
    async fn until(&self, what: &str, condition: impl AsyncFn() -> bool) {
        let begun = std::time::Instant::now();
        while !condition().await {
            assert!(begun.elapsed() < Duration::from_secs(60), "{what} did not come true");
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    }
}

#[tokio::test]
async fn a_page_is_rendered_once_and_served_in_every_packing() {
    let place = Place::new().await;
    let renders = place.app.metrics.renders.get();
    let first = place.get("/world/story-1").await;
    let second = place.get("/world/story-1?utm_source=x").await;
    assert_eq!(place.app.metrics.renders.get(), renders + 1);
    assert!(first.body == second.body);
    assert!(!first.headers.contains_key(header::CONTENT_ENCODING));
    for (name, expected) in [("gzip", "gzip"), ("gzip, deflate, br", "br"), ("identity", "")] {
        let packed = place.with("/world/story-1", header::ACCEPT_ENCODING, name).await;
        let encoding = packed.headers.get(header::CONTENT_ENCODING).map_or("", |v| v.to_str().unwrap());
        assert_eq!(encoding, expected);
        assert_eq!(packed.headers[header::VARY], "accept-encoding");
        assert!(packed.headers[header::CACHE_CONTROL].to_str().unwrap().contains("stale-while-revalidate"));
        assert!(packed.headers.contains_key(header::CONTENT_SECURITY_POLICY), "a kept page has every header");
        let mut body = Vec::new();
        match encoding {
            "gzip" => drop(flate2::read::GzDecoder::new(&packed.body[..]).read_to_end(&mut body).unwrap()),
            "br" => drop(brotli::Decompressor::new(&packed.body[..], 4096).read_to_end(&mut body).unwrap()),
            _ => body = packed.body.clone(),
        }
        assert!(body == first.body, "{name}");
        let tag = packed.headers[header::ETAG].to_str().unwrap();
        let known = place.with("/world/story-1", header::IF_NONE_MATCH, tag).await;
        assert_eq!((known.status, known.body.len()), (StatusCode::NOT_MODIFIED, 0));
        assert_eq!(known.headers[header::VARY], "accept-encoding");
    }
    let head = Request::builder().method(Method::HEAD).uri("/world/story-1").body(Body::empty()).unwrap();
    let head = place.ask(head).await;
    assert_eq!((head.status, head.body.len()), (StatusCode::OK, 0));
    assert_eq!(head.headers[header::CONTENT_LENGTH].to_str().unwrap(), first.body.len().to_string());
    // The first answer to HEAD is the same: of a page that was not kept.
    place.app.pages.forget_all();
    let head = Request::builder().method(Method::HEAD).uri("/world/story-1").body(Body::empty()).unwrap();
    assert_eq!(place.ask(head).await.headers[header::CONTENT_LENGTH].to_str().unwrap(), first.body.len().to_string());
}

#[tokio::test]
async fn nothing_of_a_request_but_its_address_reaches_a_kept_page() {
    let place = Place::new().await;
    let odd = Request::builder()
        .uri("/world/story-1?x=%3Cscript%3E&before=nonsense")
        .header(header::HOST, "evil.example")
        .header(header::COOKIE, "session=1")
        .header("x-forwarded-host", "evil.example")
        .header(header::ACCEPT_LANGUAGE, "de")
        .header(header::RANGE, "bytes=0-10")
        .body(Body::empty())
        .unwrap();
    let odd = place.ask(odd).await;
    let plain = place.get("/world/story-1").await;
    assert_eq!(odd.status, StatusCode::OK);
    assert!(odd.body == plain.body);
    assert!(!plain.text().contains("evil.example") && !plain.headers.contains_key(header::SET_COOKIE));
    place.app.pages.forget_all();
    assert!(place.get("/world/story-1").await.body == plain.body, "rendered anew it is the same");
    // But WordPress's plain addresses are no home page, kept or not.
    for _ in 0..2 {
        assert_eq!(place.get("/").await.status, StatusCode::OK);
        assert_eq!(place.get("/?p=99999").await.status, StatusCode::NOT_FOUND);
    }
}

#[tokio::test]
async fn one_render_serves_all_who_wait_and_goes_to_its_end_without_them() {
    let place = Place::new().await;
    let renders = place.app.metrics.renders.get();
    let waiting = (0..50).map(|_| place.get("/world/story-2"));
    let answers = futures_util::future::join_all(waiting).await;
    assert!(answers.iter().all(|a| a.status == StatusCode::OK && a.body == answers[0].body));
    assert_eq!(place.app.metrics.renders.get(), renders + 1);
    // Two old addresses of one path lead to two places, also when asked for at once.
    let old =
        [("/blog?p=1".to_owned(), "/world/story-1".to_owned()), ("/blog?p=2".to_owned(), "/tech/chips".to_owned())];
    storage::redirects::save(&place.test.site.db, &old, Timestamp(NOON)).await.unwrap();
    let (one, two) = futures_util::future::join(place.get("/blog?p=1"), place.get("/blog?p=2")).await;
    assert_eq!(
        (&one.headers[header::LOCATION], &two.headers[header::LOCATION]),
        (&"/world/story-1".parse().unwrap(), &"/tech/chips".parse().unwrap())
    );
    // Polled once, then dropped, as when a reader leaves.
    assert!(Box::pin(place.get("/world/story-3")).now_or_never().is_none());
    place.until("the render that nobody waits for", async || place.app.metrics.renders.get() == renders + 2).await;
    place.until("the page is kept", async || place.is_kept("/world/story-3").await).await;
}

#[tokio::test]
async fn a_change_forgets_what_shows_it_and_nothing_else() {
    let place = Place::new().await;
    for path in ["/", "/news", "/world", "/tech", "/author/anna", "/world/story-1", "/tech/chips", "/contact"] {
        place.get(path).await;
    }
    for path in ["/tech/chips", "/world/story-1", "/world"] {
        assert!(place.is_kept(path).await, "{path}");
    }
    articles::unpublish(&place.test.site, &slug("story-1"), None).await.unwrap();
    place.until("it is gone", async || place.get("/world/story-1").await.status == StatusCode::GONE).await;
    for path in ["/", "/news", "/world", "/author/anna"] {
        place.until(path, async || !place.get(path).await.text().contains("/world/story-1\"")).await;
    }
    let missed = place.app.metrics.missed.get();
    place.get("/tech").await;
    assert_eq!(place.app.metrics.missed.get(), missed, "a list in which it never stood is kept");
    articles::publish(&place.test.site, &slug("story-1"), None).await.unwrap();
    for path in ["/", "/news", "/world", "/author/anna"] {
        place.until(path, async || place.get(path).await.text().contains("/world/story-1\"")).await;
        // Whatever list shows it, its own page is there.
        assert_eq!(place.get("/world/story-1").await.status, StatusCode::OK);
    }
}

#[tokio::test]
async fn a_comment_forgets_the_page_that_shows_it_alone() {
    let place = Place::new().await;
    let db = &place.test.site.db;
    let article = storage::articles::by_slug(db, &slug("story-4")).await.unwrap().unwrap();
    for path in ["/", "/world", "/world/story-4", "/world/story-3"] {
        place.get(path).await;
    }
    let draft = comments::Draft {
        subject: Subject::Article(article.id),
        parent: None,
        name: "Bo".into(),
        email: None,
        url: None,
        body: "<p>Well said.</p>".into(),
        status: "approved".into(),
        at: Timestamp(NOON),
        key: "test:1".into(),
    };
    comments::save(db, &draft, Timestamp(NOON)).await.unwrap();
    place.until("the comment", async || place.get("/world/story-4").await.text().contains("Well said.")).await;
    for path in ["/", "/world", "/world/story-3"] {
        assert!(place.is_kept(path).await, "{path} shows no comment");
    }
}

/// Without the workers, which would tell of it: the page itself knows its time.
#[tokio::test]
async fn a_page_kept_before_a_scheduled_article_does_not_hide_it() {
    let place = Place::new().await;
    let due = NOON + 60_000;
    Place::story(&place.test, "soon", "world", "2026-11-22T12:01:00Z");
    assert_eq!(place.test.import().await.new, 1);
    place.test.site.fronts.forget();
    let lists = ["/", "/news", "/world", "/author/anna"];
    place.test.hands.set(due - 1);
    for path in lists {
        place.until(path, async || place.is_kept(path).await).await;
        assert!(!place.get(path).await.text().contains("/world/soon\""), "{path} tells it too soon");
    }
    assert_eq!(place.get("/world/soon").await.status, StatusCode::NOT_FOUND);
    place.test.hands.set(due);
    assert_eq!(place.get("/world/soon").await.status, StatusCode::OK);
    for path in lists {
        assert!(place.get(path).await.text().contains("/world/soon\""), "{path} hides it");
    }
}

/// Where only what stands around a page has changed, the old page is served while
/// a worker makes it anew.
#[tokio::test]
async fn the_shared_regions_follow_without_a_miss() {
    let place = Place::new().await;
    place.get("/contact-us").await;
    place.get("/tech").await;
    assert!(place.is_kept("/tech").await);
    articles::pick(&place.test.site, &slug("story-2"), Some(1), None).await.unwrap();
    place
        .until("the home page’s own picks", async || {
            place.get("/").await.text().contains("home-picks")
                && place.get("/").await.text().split("home-picks\"").nth(2).is_some_and(|rest| rest.contains("story-2"))
        })
        .await;
    assert!(!place.get("/tech").await.text().contains("side-picks"), "within the minute the snapshot stays");
    place.test.hands.set(NOON + 61_000);
    pressroom::services::front::front(&place.test.site).await.unwrap();
    let missed = place.app.metrics.missed.get();
    place.until("the sidebar’s picks", async || place.get("/tech").await.text().contains("side-picks")).await;
    assert_eq!(place.app.metrics.missed.get(), missed, "every answer came out of the cache");
    assert!(place.app.metrics.stale.get() > 0);
    assert!(place.is_kept("/tech").await);
}

#[tokio::test]
async fn kept_pages_go_on_while_the_database_is_away() {
    let place = Place::new().await;
    let before = place.get("/world/story-1").await;
    place.test.site.db.close().await;
    let after = place.get("/world/story-1").await;
    assert!(after.status == StatusCode::OK && after.body == before.body, "{}", after.status);
    let other = place.get("/world/story-2").await;
    assert_eq!(other.status, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(other.headers[header::RETRY_AFTER], "10");
}

/// A way to PostgreSQL that a test can cut and mend.
struct Wire {
    open: tokio::sync::watch::Sender<bool>,
    url: String,
}

impl Wire {
    /// Between `url` (`postgres://user@host:port/name?…`) and a port of its own.
    async fn to(url: &str) -> Self {
        let options: sqlx::postgres::PgConnectOptions = url.parse().unwrap();
        let target = match options.get_socket() {
            Some(folder) => Err(folder.join(format!(".s.PGSQL.{}", options.get_port()))),
            None => Ok((options.get_host().to_owned(), options.get_port())),
        };
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let (open, seen) = tokio::sync::watch::channel(true);
        tokio::spawn(async move {
            while let Ok((mut client, _)) = listener.accept().await {
                let (target, mut seen) = (target.clone(), seen.clone());
                tokio::spawn(async move {
                    if !*seen.borrow() {
                        return;
                    }
                    let cut = seen.wait_for(|open| !open);
                    match target {
                        Ok(address) => {
                            let mut server = tokio::net::TcpStream::connect(address).await.unwrap();
                            tokio::select! { _ = tokio::io::copy_bidirectional(&mut client, &mut server) => {} _ = cut => {} }
                        }
                        Err(path) => {
                            let mut server = tokio::net::UnixStream::connect(path).await.unwrap();
                            tokio::select! { _ = tokio::io::copy_bidirectional(&mut client, &mut server) => {} _ = cut => {} }
                        }
                    }
                });
            }
        });
        let name = options.get_database().unwrap();
        Self { url: format!("postgres://{}@127.0.0.1:{port}/{name}", options.get_username()), open }
    }
}

/// Two servers on one database; one of them loses its connection while something
/// changes, and sees it when it has found back.
#[tokio::test]
async fn a_server_that_lost_its_database_catches_up() {
    let database = common::postgres().await;
    let writer = TestSite::new(&database).await;
    let wire = Wire::to(&database.url).await;
    let reader = TestDb::at(&wire.url);
    let test = TestSite::new(&reader).await;
    Place::story(&writer, "story-1", "world", "2026-11-01T10:00:00Z");
    Place::story(&writer, "story-2", "world", "2026-11-02T10:00:00Z");
    writer.write("authors/anna.md", "---\nname: Anna\n---\nWrites.\n");
    assert!(writer.import().await.notes.is_empty());
    let app = app(test.site.clone());
    tokio::spawn(app.pages.clone().follow());
    let place = Place { test, app, _database: reader };
    place.until("the cache keeps", async || place.is_kept("/world").await).await;
    // Seen through PostgreSQL's own word, well within a second.
    articles::unpublish(&writer.site, &slug("story-2"), None).await.unwrap();
    place.until("the change", async || !place.get("/world").await.text().contains("/world/story-2\"")).await;
    place.until("it is kept again", async || place.is_kept("/world").await).await;
    wire.open.send(false).unwrap();
    articles::unpublish(&writer.site, &slug("story-1"), None).await.unwrap();
    let away = async || place.get("/tech").await.status == StatusCode::SERVICE_UNAVAILABLE;
    place.until("other pages can’t be made", away).await;
    assert!(place.get("/world").await.text().contains("/world/story-1\""), "what is kept goes on");
    wire.open.send(true).unwrap();
    place.until("the database is back", async || place.get("/tech").await.status == StatusCode::OK).await;
    place.until("what was missed", async || !place.get("/world").await.text().contains("/world/story-1\"")).await;
}

#[tokio::test]
async fn the_cache_stays_within_its_room() {
    let mut config = common::config(tempfile::tempdir().unwrap().path(), &sqlite().url);
    config.cache.pages_mb = 1;
    let folder = tempfile::tempdir().unwrap();
    config.media.url = folder.path().join("media").display().to_string();
    config.secrets.file = folder.path().join("secrets");
    config.database.url = format!("sqlite:{}", folder.path().join("p.db").display());
    let site =
        pressroom::services::Site::open(config, pressroom::domain::time::Clock::new(|| Timestamp(NOON))).await.unwrap();
    let app = app(site);
    let bodies = futures_util::future::join_all((1..=60).map(|n| {
        let path = format!("/news/{:04}/{:02}", 2000 + n / 12, 1 + n % 12);
        app.router.clone().oneshot(Request::builder().uri(path).body(Body::empty()).unwrap())
    }))
    .await;
    assert!(bodies.iter().all(|answer| answer.as_ref().unwrap().status() == StatusCode::OK));
    let (pages, bytes) = app.pages.size();
    assert!(pages > 3 && bytes <= 1_000_000, "{pages} pages, {bytes} bytes");
    assert!(app.metrics.evicted.get() > 0);
    // Whoever was being answered gets the page to its end, kept or not.
    for answer in bodies {
        let body = to_bytes(answer.unwrap().into_body(), 10_000_000).await.unwrap();
        assert!(body.ends_with(b"</html>"));
    }
}

#[tokio::test]
async fn metrics_are_for_those_whom_the_settings_name() {
    let place = Place::new().await;
    assert_eq!(place.get("/metrics").await.status, StatusCode::NOT_FOUND, "asked by nobody known");
    let text = place.app.metrics.text(&place.app.pages);
    for name in
        ["pressroom_page_cache_hits_total", "pressroom_page_render_seconds_bucket", "pressroom_page_cache_pages"]
    {
        assert!(text.contains(name), "{name}: {text}");
    }
}

/// What a page costs the database, its frame being there: the bars of the numbers.
#[tokio::test]
async fn pages_ask_few_statements() {
    use pressroom::{
        services::{articles::find, front::front, lists},
        storage::STATEMENTS,
    };
    use std::cell::Cell;
    let place = Place::new().await;
    let site = &place.test.site;
    place.test.write(
        "articles/full.md",
        "---\ntitle: Full\nsection: world\nauthors: [anna]\ntopics: [policy, trade]\npublished: 2026-11-06\n---\nText.\n",
    );
    place.test.import().await;
    let id = storage::articles::by_slug(&site.db, &slug("full")).await.unwrap().unwrap().id;
    let said = |key: &str| comments::Draft {
        subject: Subject::Article(id),
        parent: None,
        name: "Bo".into(),
        email: None,
        url: None,
        body: "<p>Yes.</p>".into(),
        status: "approved".into(),
        at: Timestamp(NOON),
        key: key.into(),
    };
    comments::save(&site.db, &said("1"), Timestamp(NOON)).await.unwrap();
    let frame = front(site).await.unwrap();
    let cost = async |work: futures_util::future::BoxFuture<'_, ()>| {
        STATEMENTS
            .scope(Cell::new(0), async {
                work.await;
                STATEMENTS.with(Cell::get)
            })
            .await
    };
    let article = cost(
        async {
            front(site).await.unwrap();
            assert!(matches!(find(site, "world", &slug("full")).await, Ok(articles::Found::Here(_))));
        }
        .boxed(),
    )
    .await;
    assert!((1..=4).contains(&article), "{article} statements for an article");
    let section = cost(
        async {
            let subject = lists::section(site, &slug("world")).await.unwrap().unwrap();
            lists::page(site, &frame, &subject, None, Default::default()).await.unwrap().unwrap();
        }
        .boxed(),
    )
    .await;
    assert!((1..=3).contains(&section), "{section} statements for a section");
    let home = cost(async { drop(lists::home(site, &frame).await.unwrap()) }.boxed()).await;
    assert!((1..=13).contains(&home), "{home} statements for the home page");
}

/// A thousand requests of one reader are one reading; what robots and browsers
/// that look ahead ask for is none. Then it shows in Trending.
#[tokio::test]
async fn readings_are_counted_and_decide_what_is_trending() {
    const BROWSER: &str = "Mozilla/5.0 (X11; Linux x86_64) Gecko/20100101 Firefox/140.0";
    let place = Place::new().await;
    let ask = |path: &str, address: &str, agent: &str, more: Option<(&'static str, &'static str)>| {
        let mut request = Request::builder().uri(path).header(header::USER_AGENT, agent);
        if let Some((name, value)) = more {
            request = request.header(name, value);
        }
        let mut request = request.body(Body::empty()).unwrap();
        request.extensions_mut().insert(pressroom::http::Peer(address.parse().unwrap()));
        place.ask(request)
    };
    for _ in 0..1_000 {
        ask("/world/story-1", "192.0.2.1", BROWSER, None).await;
    }
    ask("/world/story-1", "192.0.2.2", BROWSER, None).await;
    // Fetched ahead, and then shown.
    ask("/world/story-2", "192.0.2.1", BROWSER, Some(("sec-purpose", "prefetch"))).await;
    for path in ["/world/story-2", "/world/nothing", "no address", ""] {
        let mut request = Request::post("/read").header(header::USER_AGENT, BROWSER).body(Body::from(path)).unwrap();
        request.extensions_mut().insert(pressroom::http::Peer("192.0.2.1".parse().unwrap()));
        assert_eq!(place.ask(request).await.status, StatusCode::NO_CONTENT);
    }
    for n in 0..9 {
        let address = format!("198.51.100.{n}");
        ask("/tech/chips", &address, "SomeBot/1.0 (+http://bot.example)", None).await;
        ask("/tech/chips", &address, "", None).await;
        ask("/tech/chips", &address, BROWSER, Some(("sec-purpose", "prefetch;prerender"))).await;
        ask("/world", &address, BROWSER, None).await;
        ask("/world/nothing", &address, BROWSER, None).await;
    }
    let site = &place.test.site;
    assert_eq!(pressroom::services::reads::write(site).await.unwrap(), 2);
    assert_eq!(pressroom::services::reads::write(site).await.unwrap(), 0);
    // Five minutes later the list is summed up anew.
    place.test.hands.set(NOON + 301_000);
    let front = pressroom::services::front::front(site).await.unwrap();
    let trending: Vec<_> = front.trending.iter().map(|a| a.slug.as_str()).collect();
    assert_eq!(trending, ["story-1", "story-2", "chips"], "two readings, one, and the newest");
    // The count of an hour weighs what it counted.
    place.test.site.db.close().await;
    ask("/world/story-1", "192.0.2.9", BROWSER, None).await;
    assert!(pressroom::services::reads::write(site).await.is_err(), "kept for when the database is back");
}
