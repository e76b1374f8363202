//! Kept pages while the database is away, and when it is back.

use super::{Place, common, slug};
use crate::common::{TestDb, TestSite};
use axum::http::{StatusCode, header};
use pressroom::{http::router::app, services::articles};

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

/// What a write is answered, by the form without scripts; each message is another one.
async fn contact(place: &Place, n: u32) -> super::Answer {
    let text = format!("Question {n} about your paper. ").repeat(60).replace(' ', "+");
    let form = format!("name=Ann&email=a%40example.org&subject=Hi&text={text}");
    let request = axum::http::Request::builder().method("POST").uri("/contact");
    let request = request.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
    place.ask(request.body(axum::body::Body::from(form)).unwrap()).await
}

/// The fault that a full disk gives (SQLITE_FULL), at the place where it arises: the writing
/// connection may use no more pages than there are.
#[tokio::test]
async fn a_full_disk_stops_writes_only_as_long_as_it_is_full() {
    let place = Place::new().await;
    place.test.write("pages/contact.md", "---\ntitle: Contact\n---\nWrite to us.\n");
    place.test.import().await;
    let kept = place.get("/world/story-1").await;
    let pressroom::storage::Db::Sqlite { write, .. } = &place.test.site.db else { unreachable!("on SQLite") };
    let mut n = 0;
    for _ in 0..3 {
        sqlx::Executor::execute(write, "PRAGMA max_page_count = 1").await.unwrap();
        // What is free in the file is used up first.
        let refused = loop {
            n += 1;
            let answer = contact(&place, n).await;
            if answer.status != StatusCode::SEE_OTHER {
                break answer;
            }
            assert!(n < 1_000, "every write found room");
        };
        assert_eq!(refused.status, StatusCode::SERVICE_UNAVAILABLE);
        assert!(refused.headers.contains_key(header::RETRY_AFTER), "{:?}", refused.headers);
        assert_eq!(place.get("/world/story-1").await.body, kept.body);
        assert_eq!(place.get("/world/story-2").await.status, StatusCode::OK);
        sqlx::Executor::execute(write, "PRAGMA max_page_count = 2147483646").await.unwrap();
        n += 1;
        let after = contact(&place, n).await;
        assert_eq!(after.status, StatusCode::SEE_OTHER, "the next write is taken: {}", after.text());
    }
}

/// A commit that fails, and an act that is given up half-way, leave a connection that works.
#[tokio::test]
async fn no_failed_act_spoils_the_connection() {
    let place = Place::new().await;
    let db = &place.test.site.db;
    for _ in 0..3 {
        let mut act = db.begin().await.unwrap();
        assert!(act.run("INSERT INTO nothing VALUES (1)", Vec::new()).await.is_err());
        drop(act);
        let mut act = db.begin().await.unwrap();
        // Ended below the library's feet, as SQLite itself does where the disk is full.
        act.run("ROLLBACK", Vec::new()).await.unwrap();
        assert!(act.commit(pressroom::domain::time::Timestamp(0)).await.is_err());
        assert_eq!(contact(&place, 1).await.status, StatusCode::SEE_OTHER);
    }
}

#[tokio::test]
async fn readiness_sees_a_file_that_is_cut_or_gone() {
    for cut in [true, false] {
        let place = Place::new().await;
        let file = place._database.url.strip_prefix("sqlite:").unwrap().to_owned();
        assert_eq!(place.get("/readyz").await.status, StatusCode::OK);
        if cut {
            // All that is in the log goes into the file first, as it does now and then.
            let pressroom::storage::Db::Sqlite { write, .. } = &place.test.site.db else { unreachable!("on SQLite") };
            sqlx::Executor::execute(write, "PRAGMA wal_checkpoint(TRUNCATE)").await.unwrap();
            std::fs::OpenOptions::new().write(true).open(&file).unwrap().set_len(8_192).unwrap();
        } else {
            std::fs::remove_file(&file).unwrap();
        }
        // One probe a second for all: the next one sees it.
        assert_eq!(place.get("/readyz").await.status, StatusCode::OK);
        place.test.hands.set(crate::common::NOON + 1_000);
        let after = place.get("/readyz").await;
        assert_eq!(after.status, StatusCode::SERVICE_UNAVAILABLE, "cut: {cut}");
        assert_eq!(after.headers[header::RETRY_AFTER], "1");
    }
}

#[tokio::test]
async fn nul_is_refused_in_words_on_both_databases() {
    for database in common::both().await {
        let test = TestSite::new(&database).await;
        let app = app(test.site.clone());
        let request = axum::http::Request::builder().method("POST").uri("/contact");
        let request = request.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        let request =
            request.body(axum::body::Body::from("name=A%00nn&email=a%40example.org&subject=Hi&text=x")).unwrap();
        let answer = tower::ServiceExt::oneshot(app.router, request).await.unwrap();
        assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY);
        let mut act = test.site.db.begin().await.unwrap();
        let args = vec![pressroom::storage::db::Arg::from("a\0b")];
        let refused = act.run("DELETE FROM mails WHERE recipient = $1", args).await;
        assert!(matches!(refused, Err(pressroom::storage::StorageError::Nul)), "{refused:?}");
    }
}
