//! Kept pages follow the changes: what shows a change is forgotten, nothing else.

use super::{Place, said, slug};
use crate::common::{NOON, TestSite, both};
use axum::{
    body::Body,
    http::{Request, StatusCode},
};
use pressroom::{
    domain::{change::Noun, time::Timestamp},
    services::{
        articles,
        operations::housekeeping,
        site::changes::{self, Follower},
    },
    storage::{self, comments},
};

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
    comments::save(db, &said(article.id, "<p>Well said.</p>", "test:1"), Timestamp(NOON)).await.unwrap();
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
    pressroom::services::site::frame::front(&place.test.site).await.unwrap();
    let missed = place.app.metrics.missed.get();
    place.until("the sidebar’s picks", async || place.get("/tech").await.text().contains("side-picks")).await;
    assert_eq!(place.app.metrics.missed.get(), missed, "every answer came out of the cache");
    assert!(place.app.metrics.stale.get() > 0);
    assert!(place.is_kept("/tech").await);
}

/// Whoever has sent a form is led to a page on which it shows: the answer waits for the
/// cache, the reader never meets the page of before.
#[tokio::test]
async fn what_was_sent_shows_on_the_page_that_is_read_next() {
    let place = Place::new().await;
    let db = &place.test.site.db;
    let article = storage::articles::by_slug(db, &slug("story-4")).await.unwrap().unwrap();
    comments::save(db, &said(article.id, "<p>Well said.</p>", "test:1"), Timestamp(NOON)).await.unwrap();
    place.until("the comment", async || place.get("/world/story-4").await.text().contains("Well said.")).await;
    let page = place.get("/world/story-4").await.text();
    let (before, _) = page.split_once("/recommend\"").unwrap();
    let (_, address) = before.rsplit_once('"').unwrap();
    // The same person each time: recommended, taken back, recommended …
    for recommended in [true, false, true, false, true, false] {
        assert!(place.is_kept("/world/story-4").await);
        let sent = Request::post(format!("{address}/recommend")).body(Body::empty()).unwrap();
        assert_eq!(place.ask(sent).await.status, StatusCode::SEE_OTHER);
        let page = place.get("/world/story-4").await.text();
        let (_, count) = page.split_once("comment__recommends\">").unwrap();
        assert_eq!(count.starts_with('1'), recommended, "{}", &count[..20]);
    }
}

#[tokio::test]
async fn who_missed_what_is_not_kept_is_told_that_all_has_changed() {
    for database in both().await {
        let test = TestSite::new(&database).await;
        let mut news = Follower::new(&test.site).await.unwrap();
        for name in ["one", "two"] {
            let text = format!("---\ntitle: {name}\nsection: world\npublished: 2026-11-20T10:00:00Z\n---\nText.\n");
            test.write(&format!("articles/{name}.md"), &text);
        }
        test.import().await;
        test.hands.set(NOON + 29 * Timestamp::DAY);
        assert_eq!(housekeeping::forget(&test.site).await.unwrap(), 0, "the settings say 30 days");
        test.hands.set(NOON + 31 * Timestamp::DAY);
        assert!(housekeeping::forget(&test.site).await.unwrap() > 0);
        let told = news.next().await.unwrap();
        assert_eq!(told.iter().map(|change| change.noun).collect::<Vec<_>>(), [Noun::All]);
        assert_eq!(news.cursor(), changes::newest(&test.site).await.unwrap());
    }
}
