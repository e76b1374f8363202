//! Pages and their addresses.

use super::{article, edition, get, slug};
use crate::common::{NOON, both, sqlite};
use axum::http::{StatusCode, header};
use pressroom::services::{
    articles::{self, preview},
    site::settings,
};

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
        ("/world/story-1/feed/", "/world/story-1/comments/atom.xml"),
        ("/news?before=1-1", "/news"),
        ("/?s=price+tag", "/search?q=price+tag"),
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
    let front = pressroom::services::site::frame::front(&test.site).await.unwrap();
    let latest: Vec<_> = front.latest_articles().iter().map(|a| a.slug.as_str()).collect();
    assert_eq!(latest, ["story-9", "story-8", "story-7"]);
    assert_eq!(front.trending.len(), 3, "the newest while nothing was counted");
    articles::pick(&test.site, &slug("story-6"), Some(1), None).await.unwrap();
    assert!(pressroom::services::site::frame::front(&test.site).await.unwrap().picks.is_empty(), "within the minute");
    test.hands.set(NOON + 60_000);
    let front = pressroom::services::site::frame::front(&test.site).await.unwrap();
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
