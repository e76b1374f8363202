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
