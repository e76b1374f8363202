//! An archive moves in: its pictures, its categories, its comments, its old addresses.
#![cfg(feature = "ssr")]

#[path = "common/mod.rs"]
mod common;

use axum::{
    Router,
    body::{Body, to_bytes},
    http::{Request, StatusCode, header},
    response::Redirect,
    routing::get,
};
use common::{TestDb, TestSite, both, sqlite};
use pressroom::{
    domain::article::{CommentPolicy, Status},
    http::router::app,
    services::{
        Site,
        articles::redirects,
        import::{
            address_check,
            fetch::Fetcher,
            load::{self, Options},
            map::Map,
            pictures::Supply,
            rehearsal::Rehearsal,
            report::{Of, Report},
            wordpress,
        },
    },
    storage::articles::status,
};
use std::{
    net::IpAddr,
    path::{Path, PathBuf},
};
use tower::ServiceExt;

/// A picture of the demo edition; what it is called in the archive says nothing.
fn picture(name: &str) -> Vec<u8> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("content/pictures");
    std::fs::read(folder.join(format!("author-{name}.jpg"))).unwrap()
}

/// An export whose pictures lie at `place`.
fn export(place: &str) -> String {
    let comment = |id: u32, state: &str, words: &str| {
        format!(
            "<wp:comment><wp:comment_id>{id}</wp:comment_id><wp:comment_author>Al</wp:comment_author>\
             <wp:comment_date_gmt>2011-05-07 00:00:00</wp:comment_date_gmt><wp:comment_content>{words}</wp:comment_content>\
             <wp:comment_approved>{state}</wp:comment_approved><wp:comment_parent>0</wp:comment_parent></wp:comment>"
        )
    };
    let attachment = |id: u32, file: &str, parent: u32| {
        format!(
            "<item><title>{file}</title><link>https://old.example/2011/05/boats/{file}-page/</link><wp:post_id>{id}</wp:post_id>\
             <wp:post_parent>{parent}</wp:post_parent><wp:post_type>attachment</wp:post_type><wp:status>inherit</wp:status>\
             <wp:attachment_url>{place}/2011/05/{file}.png</wp:attachment_url><wp:postmeta><wp:meta_key>_wp_attachment_image_alt</wp:meta_key>\
             <wp:meta_value>The {file}</wp:meta_value></wp:postmeta></item>"
        )
    };
    let item = |id: u32, slug: &str, category: &str, more: &str| {
        format!(
            "<item><title>About {slug}</title><link>https://old.example/2011/05/{slug}/</link><dc:creator>kim</dc:creator>{category}\
             <wp:post_id>{id}</wp:post_id><wp:post_date_gmt>2011-05-06 07:08:09</wp:post_date_gmt><wp:post_name>{slug}</wp:post_name>\
             <wp:status>publish</wp:status><wp:post_type>post</wp:post_type>{more}</item>"
        )
    };
    let category = |slug: &str| format!("<category domain=\"category\" nicename=\"{slug}\">{slug}</category>");
    let boats = format!(
        "<content:encoded><![CDATA[<p>See <a href=\"https://old.example/2011/05/door/?a=1\">the door</a>.</p>\
         <a href=\"{place}/2011/05/boat.png\"><img src=\"{place}/2011/05/boat-300x200.png\" alt=\"A boat\"></a>\
         <p><img src=\"{place}/2011/05/lost.png\" alt=\"Lost\"></p>[gallery ids=\"21,22\"]]]></content:encoded>\
         <wp:postmeta><wp:meta_key>_thumbnail_id</wp:meta_key><wp:meta_value>21</wp:meta_value></wp:postmeta>{}{}{}",
        comment(1, "1", "Public words"),
        comment(2, "spam", "Spam words"),
        comment(3, "trash", "Trash words"),
    );
    format!(
        "<?xml version=\"1.0\"?><rss version=\"2.0\" xmlns:content=\"http://purl.org/rss/1.0/modules/content/\" \
         xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:wp=\"http://wordpress.org/export/1.2/\"><channel><title>Old</title>\
         <link>https://old.example</link><wp:wxr_version>1.2</wp:wxr_version><wp:base_blog_url>https://old.example</wp:base_blog_url>\
         {}{}{}{}{}</channel></rss>",
        item(7, "boats", &category("harbour"), &boats),
        item(8, "door", &category("ballots"), ""),
        item(9, "noise", &category("noise"), ""),
        attachment(21, "boat", 7),
        attachment(22, "sea", 7),
    )
}

async fn bring(site: &Site, text: &str, options: Options) -> Report {
    let bundle = wordpress::survey(text.as_bytes()).unwrap();
    let entries = wordpress::entries(text.as_bytes()).unwrap();
    load::import(site, &bundle, entries, options, |_| ()).await.unwrap()
}

fn full(supply: Supply) -> Options {
    Options { supply, report: Report::in_full(), ..Options::default() }
}

async fn page(site: &Site, path: &str) -> (StatusCode, String, String) {
    let request = Request::get(path).body(Body::empty()).unwrap();
    let (parts, body) = app(site.clone()).router.oneshot(request).await.unwrap().into_parts();
    let to = parts.headers.get(header::LOCATION).map(|to| to.to_str().unwrap().to_owned()).unwrap_or_default();
    let body = to_bytes(body, 10_000_000).await.unwrap();
    (parts.status, to, String::from_utf8_lossy(&body).into_owned())
}

/// Two of the three pictures, as a copy of `wp-content/uploads`.
fn uploads(test: &TestSite) -> PathBuf {
    let folder = test.folder.path().join("uploads");
    std::fs::create_dir_all(folder.join("2011/05")).unwrap();
    std::fs::write(folder.join("2011/05/boat.png"), picture("newsroom")).unwrap();
    std::fs::write(folder.join("2011/05/sea.png"), picture("maren-tolliver")).unwrap();
    folder
}

const PLACE: &str = "https://old.example/wp-content/uploads";

#[tokio::test]
async fn pictures_come_out_of_a_folder_and_stay() {
    for database in both().await {
        let test = TestSite::new(&database).await;
        let report = bring(&test.site, &export(PLACE), full(Supply::Folder(uploads(&test)))).await;
        assert_eq!((report.new, report.pictures), (3, 2), "{report}");
        let missing: Vec<_> = report.notes.iter().filter(|n| n.text.contains("could not be had")).collect();
        assert!(missing.len() == 1 && missing[0].text.contains("/lost.png"), "{report}");
        let (status, _, html) = page(&test.site, "/harbour/boats").await;
        assert_eq!(status, StatusCode::OK);
        assert!(!html.contains("old.example/wp-content/uploads/2011/05/boat"), "{html}");
        assert!(
            html.contains("<a href=\"https://old.example/wp-content/uploads/2011/05/lost.png\">Lost</a>"),
            "{html}"
        );
        assert_eq!(html.matches("alt=\"A boat\"").count(), 1, "in the text, in the words of the text");
        assert!(html.contains("alt=\"The boat\"") && html.contains("alt=\"The sea\""), "lead and gallery: {html}");
        assert!(html.contains("href=\"/2011/05/door/?a=1\""), "links stay within the site: {html}");
        // A second run without the folder takes nothing away, and brings nothing twice.
        let again = bring(&test.site, &export(PLACE), full(Supply::Nowhere)).await;
        assert_eq!((again.new, again.changed, again.same, again.pictures), (0, 0, 3, 0), "{again}");
        // All that stood anywhere is found: lost are pictures alone that never came.
        let old: Vec<_> = report.addresses.iter().filter(|old| old.missing.is_none()).collect();
        for of in [Of::Post, Of::Category, Of::Author, Of::Feed, Of::Picture, Of::Attachment] {
            assert!(old.iter().any(|one| one.of == of), "{of:?}");
        }
        for one in old {
            let (status, to, _) = page(&test.site, &one.path).await;
            assert_eq!(status, StatusCode::MOVED_PERMANENTLY, "{}", one.path);
            assert_eq!(page(&test.site, &to).await.0, StatusCode::OK, "{} leads to {to}", one.path);
        }
        let (status, to, _) = page(&test.site, "/wp-content/uploads/2011/05/boat-1024x768.png").await;
        assert!(
            status == StatusCode::MOVED_PERMANENTLY && to.starts_with("/media/"),
            "a cut that stood elsewhere: {to}"
        );
        let gone: Vec<_> = report.addresses.iter().filter(|old| old.missing.is_some()).map(|old| &old.path).collect();
        assert_eq!(gone, ["/wp-content/uploads/2011/05/lost.png"], "each once");
    }
}

/// A server on loopback with one picture, one that leads to it, and one that leads
/// elsewhere; it answers for as long as the test runs.
async fn pictures() -> String {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let place = format!("http://{}", listener.local_addr().unwrap());
    let routes = Router::new()
        .route("/2011/05/boat.png", get(|| async { picture("newsroom") }))
        .route("/2011/05/sea.png", get(|| async { Redirect::temporary("/2011/05/boat.png") }))
        .route("/2011/05/lost.png", get(|| async { Redirect::temporary("http://10.0.0.1/secret.png") }));
    tokio::spawn(async move { axum::serve(listener, routes).await });
    place
}

#[tokio::test]
async fn pictures_are_fetched_from_public_machines_alone() {
    let database = sqlite();
    let test = TestSite::new(&database).await;
    let place = pictures().await;
    // For this test loopback is public; a hop into a private network is not.
    let loopback: fn(IpAddr) -> bool = |address| address.is_loopback();
    let fetcher = || Supply::Fetch(Fetcher::new(loopback).unwrap());
    let report = bring(&test.site, &export(&place), full(fetcher())).await;
    assert_eq!(report.pictures, 2, "{report}");
    assert!(report.notes.iter().any(|n| n.text.contains("lost.png") && n.text.contains("private network")), "{report}");
    let (_, _, html) = page(&test.site, "/harbour/boats").await;
    assert!(html.contains("alt=\"The sea\"") && html.contains("/media/"), "{html}");
    let again = bring(&test.site, &export(&place), full(fetcher())).await;
    assert_eq!((again.changed, again.pictures), (0, 0), "{again}");
    // As it is in earnest, nothing on this machine is asked: by number, and by name.
    let (third, public) = (sqlite(), pressroom::services::import::fetch::is_public);
    let other = TestSite::new(&third).await;
    for place in [place.clone(), place.replace("127.0.0.1", "localhost"), place.replace("127.0.0.1", "[::1]")] {
        let supply = Supply::Fetch(Fetcher::new(public).unwrap());
        let report = bring(&other.site, &export(&place), full(supply)).await;
        assert_eq!(report.pictures, 0, "{report}");
        assert!(report.notes.iter().any(|n| n.text.contains("boat") && n.text.contains("private network")), "{report}");
    }
}

#[tokio::test]
async fn categories_go_where_the_map_says() {
    let database = sqlite();
    let test = TestSite::new(&database).await;
    let file = test.folder.path().join("map.toml");
    let text = "[categories]\nharbour = \"/world\"\nballots = \"/topic/voting\"\nnoise = \"\"\nnever = \"/world\"\n";
    std::fs::write(&file, text).unwrap();
    let options = Options { map: Map::read(&file).unwrap(), report: Report::in_full(), ..Options::default() };
    let report = bring(&test.site, &export(PLACE), options).await;
    assert!(report.notes.iter().any(|n| n.item.contains("never") && n.text.contains("does not occur")), "{report}");
    assert_eq!(page(&test.site, "/world/boats").await.0, StatusCode::OK);
    assert!(page(&test.site, "/topic/voting").await.2.contains("About door"));
    assert_eq!(page(&test.site, "/uncategorized/noise").await.0, StatusCode::OK, "left without a category");
    for (old, new) in [("/category/harbour/", "/world"), ("/category/ballots/", "/topic/voting")] {
        let (status, to, _) = page(&test.site, old).await;
        assert_eq!((status, to.as_str()), (StatusCode::MOVED_PERMANENTLY, new), "{old}");
    }
    std::fs::write(&file, "[categories]\nharbour = \"/a/b/c\"\n").unwrap();
    assert!(Map::read(&file).unwrap_err().contains("categories.harbour"));
}

/// An export of these items alone.
fn export_of(items: &str) -> String {
    format!(
        "<?xml version=\"1.0\"?><rss version=\"2.0\" xmlns:content=\"http://purl.org/rss/1.0/modules/content/\" \
         xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:wp=\"http://wordpress.org/export/1.2/\"><channel><title>Old</title>\
         <link>https://old.example</link><wp:wxr_version>1.2</wp:wxr_version><wp:base_blog_url>https://old.example</wp:base_blog_url>\
         <wp:author><wp:author_id>3</wp:author_id><wp:author_login>kim</wp:author_login><wp:author_display_name>Kim Ro</wp:author_display_name></wp:author>\
         <wp:category><wp:term_id>11</wp:term_id><wp:category_nicename>harbour</wp:category_nicename><wp:cat_name>Harbour</wp:cat_name></wp:category>\
         <wp:category><wp:term_id>12</wp:term_id><wp:category_nicename>tides</wp:category_nicename><wp:cat_name>Tides</wp:cat_name></wp:category>\
         <wp:category><wp:term_id>13</wp:term_id><wp:category_nicename>rivers</wp:category_nicename><wp:cat_name>Rivers</wp:cat_name></wp:category>\
         <wp:term><wp:term_id>11</wp:term_id><wp:term_taxonomy>category</wp:term_taxonomy><wp:term_slug>harbour</wp:term_slug><wp:term_name>Harbour</wp:term_name></wp:term>\
         {items}</channel></rss>"
    )
}

fn post(id: u32, slug: &str, status: &str, more: &str) -> String {
    format!(
        "<item><title>About {slug}</title><link>https://old.example/2011/05/{slug}/</link><dc:creator>kim</dc:creator>\
         <wp:post_id>{id}</wp:post_id><wp:post_name>{slug}</wp:post_name><wp:status>{status}</wp:status><wp:post_type>post</wp:post_type>{more}</item>"
    )
}

const DATED: &str = "<wp:post_date_gmt>2011-05-06 07:08:09</wp:post_date_gmt>";

fn in_category(slug: &str) -> String {
    format!("<category domain=\"category\" nicename=\"{slug}\">{slug}</category>")
}

#[tokio::test]
async fn what_an_editor_published_stays_published() {
    for database in both().await {
        let test = TestSite::new(&database).await;
        let locked = format!("{DATED}<wp:post_password>x</wp:post_password>{}", in_category("harbour"));
        let later = format!("<wp:post_date_gmt>2099-01-01 00:00:00</wp:post_date_gmt>{}", in_category("harbour"));
        let text = export_of(&(post(1, "locked", "publish", &locked) + &post(2, "later", "future", &later)));
        let first = bring(&test.site, &text, full(Supply::Nowhere)).await;
        assert!(first.notes.iter().any(|n| n.text.contains("behind a password")), "{first}");
        for slug in ["locked", "later"] {
            assert_eq!(page(&test.site, &format!("/harbour/{slug}")).await.0, StatusCode::NOT_FOUND);
            let slug = slug.parse().unwrap();
            let now = test.site.now();
            status::set_status(&test.site.db, &slug, Status::Published, Some(now), now).await.unwrap();
        }
        let again = bring(&test.site, &text, full(Supply::Nowhere)).await;
        assert_eq!((again.new, again.changed, again.same), (0, 0, 2), "{again}");
        for slug in ["locked", "later"] {
            assert_eq!(page(&test.site, &format!("/harbour/{slug}")).await.0, StatusCode::OK, "{slug}");
        }
        // What the archive has changed since comes in, and leaves the decision as it is.
        let changed = bring(&test.site, &text.replace("About locked", "On the lock"), full(Supply::Nowhere)).await;
        assert_eq!((changed.changed, changed.same), (1, 1), "{changed}");
        assert!(page(&test.site, "/harbour/locked").await.2.contains("On the lock"));
    }
}

#[tokio::test]
async fn every_category_of_an_article_lists_it() {
    let database = sqlite();
    let test = TestSite::new(&database).await;
    let of = |slugs: &[&str]| slugs.iter().map(|slug| in_category(slug)).collect::<String>() + DATED;
    let text = export_of(
        &(post(1, "boats", "publish", &of(&["harbour", "tides"]))
            + &post(2, "mud", "publish", &of(&["rivers", "harbour"]))),
    );
    let report = bring(&test.site, &text, full(Supply::Nowhere)).await;
    assert!(report.notes.is_empty(), "{report}");
    // Tides come first nowhere: a topic. The harbour is a section, and the topic of what stands elsewhere.
    for (list, listed) in
        [("/harbour", "boats"), ("/rivers", "mud"), ("/topic/tides", "boats"), ("/topic/harbour", "mud")]
    {
        let (status, _, html) = page(&test.site, list).await;
        assert!(status == StatusCode::OK && html.contains(&format!("About {listed}")), "{list}");
    }
    for old in &report.addresses {
        let (status, to, _) = page(&test.site, &old.path).await;
        assert_eq!(status, StatusCode::MOVED_PERMANENTLY, "{}", old.path);
        assert_eq!(page(&test.site, &to).await.0, StatusCode::OK, "{} leads to {to}", old.path);
    }
    for (old, new) in [
        ("/category/tides/", "/topic/tides"),
        ("/?cat=12", "/topic/tides"),
        ("/?author=3", "/author/kim-ro"),
        ("/?feed=rss2", "/feed.xml"),
        ("/2011/", "/news/archive"),
        ("/2011/05/", "/news/2011/05"),
        ("/2011/05/06/", "/news/2011/05"),
        ("/2011/05/boats/2/", "/harbour/boats"),
        ("/2011/05/boats/comment-page-3/", "/harbour/boats"),
        ("/2011/05/boats/trackback/", "/harbour/boats"),
        ("/2011/05/boats/feed/", "/harbour/boats/comments/atom.xml"),
        ("/author/kim/feed/atom/", "/author/kim-ro/atom.xml"),
        ("/author/kim/page/2/", "/author/kim-ro"),
        ("/category/harbour/page/2/", "/harbour"),
        ("/wp-sitemap.xml", "/sitemap.xml"),
    ] {
        let (status, to, _) = page(&test.site, old).await;
        assert_eq!((status, to.as_str()), (StatusCode::MOVED_PERMANENTLY, new), "{old}");
        assert_eq!(page(&test.site, new).await.0, StatusCode::OK, "{new}");
    }
    assert_eq!(page(&test.site, "/?cat=99").await.0, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn articles_without_a_date_are_not_the_latest_news() {
    let database = sqlite();
    let test = TestSite::new(&database).await;
    let bad = "<wp:post_date_gmt>2019-02-31 10:00:00</wp:post_date_gmt>";
    let undated = post(2, "undated", "publish", bad).replace("2011/05/", "");
    let text = export_of(&(post(1, "addressed", "publish", bad) + &undated));
    let report = bring(&test.site, &text, full(Supply::Nowhere)).await;
    assert!(report.notes.iter().any(|n| n.item.contains("undated") && n.text.contains("is a draft here")), "{report}");
    assert!(page(&test.site, "/uncategorized/addressed").await.2.contains("May 1, 2011"));
    assert_eq!(page(&test.site, "/uncategorized/undated").await.0, StatusCode::NOT_FOUND);
    let again = bring(&test.site, &text, full(Supply::Nowhere)).await;
    assert_eq!((again.changed, again.same), (0, 2), "{again}");
}

#[tokio::test]
async fn what_did_not_come_is_told() {
    let database = sqlite();
    let test = TestSite::new(&database).await;
    let lost = "<content:encoded><![CDATA[Ask: [contact-form-7 id=\"12\"] [row]kept[/row] [[not]]\
        <!-- wp:latest-posts {\"a\":1} /--><!-- wp:spacer /-->]]></content:encoded>";
    let file = "<item><title>Talk</title><link>https://old.example/talk/</link><wp:post_id>5</wp:post_id><wp:post_parent>1</wp:post_parent>\
        <wp:status>inherit</wp:status><wp:post_type>attachment</wp:post_type>\
        <wp:attachment_url>https://old.example/wp-content/uploads/talk.pdf</wp:attachment_url></item>";
    let desk = post(6, "newsroom", "publish", DATED).replace("2011/05/", "").replace(">post<", ">page<");
    let text = export_of(&(post(1, "boats", "publish", &format!("{DATED}{lost}")) + file + &desk));
    let report = bring(&test.site, &text, full(Supply::Nowhere)).await;
    let told = |part: &str| assert!(report.notes.iter().any(|n| n.text.contains(part)), "{part}: {report}");
    told("what they show: [contact-form-7], block “latest-posts”");
    told("talk.pdf is no picture and was not taken in");
    told("stands at /newsroom-2, because /newsroom is taken");
    let missing = |path: &str| report.addresses.iter().any(|old| old.path == path && old.missing.is_some());
    assert!(missing("/wp-content/uploads/talk.pdf") && missing("/newsroom/"), "{:?}", report.addresses);
    let (status, to, _) = page(&test.site, "/?attachment_id=5").await;
    assert_eq!((status, to.as_str()), (StatusCode::MOVED_PERMANENTLY, "/uncategorized/boats"));
    assert_eq!(page(&test.site, "/newsroom-2").await.0, StatusCode::OK);
}

#[tokio::test]
async fn a_rehearsal_tells_all_and_changes_nothing() {
    for database in both().await {
        let test = TestSite::new(&database).await;
        let before = pressroom::storage::changes::newest(&test.site.db).await.unwrap();
        let copy = Rehearsal::of(&test.site).await.unwrap();
        let rehearsed = bring(&copy.site, &export(PLACE), full(Supply::Folder(uploads(&test)))).await;
        assert_eq!(pressroom::storage::changes::newest(&test.site.db).await.unwrap(), before);
        assert_eq!(page(&test.site, "/harbour/boats").await.0, StatusCode::NOT_FOUND);
        let real = bring(&test.site, &export(PLACE), full(Supply::Folder(uploads(&test)))).await;
        let told = |report: &Report| serde_json::to_string(report).unwrap();
        assert_eq!(told(&rehearsed), told(&real));
        // Of what is here already a rehearsal says so.
        let copy = Rehearsal::of(&test.site).await.unwrap();
        let again = bring(&copy.site, &export(PLACE), full(Supply::Folder(uploads(&test)))).await;
        assert_eq!((again.new, again.same, again.pictures), (0, 3, 0), "{again}");
    }
}

async fn statuses(test: &TestSite) -> Vec<(String, String)> {
    test.site.db.all("SELECT body, status FROM comments ORDER BY body", Vec::new()).await.unwrap()
}

#[tokio::test]
async fn no_comment_is_lost_and_no_decision_undone() {
    for database in both().await {
        let test = TestSite::new(&database).await;
        bring(&test.site, &export(PLACE), Options::default()).await;
        let found = statuses(&test).await;
        let found: Vec<_> = found.iter().map(|(body, status)| (&body[3..6], status.as_str())).collect();
        assert_eq!(found, [("Pub", "approved"), ("Spa", "spam"), ("Tra", "rejected")]);
        let html = page(&test.site, "/harbour/boats").await.2;
        assert!(html.contains("Public words") && !html.contains("Spam words") && !html.contains("Trash words"));
        // What a moderator has decided since is not undone by a second run.
        decide(&test).await;
        assert_eq!(bring(&test.site, &export(PLACE), Options::default()).await.comments, 0);
        assert_eq!(statuses(&test).await[0].1, "rejected");
    }
}

/// An article's comments that a moderator has closed stay closed when the archive comes again with
/// another text; what the archive says anew of them counts.
#[tokio::test]
async fn closed_comments_stay_closed_until_the_archive_says_something_new() {
    use pressroom::services::comments::moderation::{self, By};
    for database in both().await {
        let test = TestSite::new(&database).await;
        let story = |title: &str, more: &str| {
            test.write(
                "articles/story.md",
                &format!("---\ntitle: {title}\nsection: world\npublished: 2026-11-20T10:00:00Z\n{more}---\nText.\n"),
            );
        };
        let policy = async || {
            let row: (String,) = test.site.db.one("SELECT comment_policy FROM articles", Vec::new()).await.unwrap();
            row.0
        };
        story("One", "");
        test.import().await;
        assert_eq!(policy().await, "open");
        moderation::converse(&test.site, &"story".parse().unwrap(), CommentPolicy::Closed, By::CommandLine)
            .await
            .unwrap();
        for title in ["Two", "Three"] {
            story(title, "");
            test.import().await;
            assert_eq!(policy().await, "closed", "{title}");
        }
        story("Three", "comments: held\n");
        test.import().await;
        assert_eq!(policy().await, "held");
    }
}

/// Rejects the public comment.
async fn decide(test: &TestSite) {
    use pressroom::{
        domain::CommentId,
        services::comments::moderation::{self, By},
        storage::comments::State,
    };
    let (id,): (i64,) =
        test.site.db.one("SELECT id FROM comments WHERE body LIKE '%Public%'", Vec::new()).await.unwrap();
    moderation::decide(&test.site, CommentId(id), State::Rejected, "", By::CommandLine).await.unwrap();
}

#[tokio::test]
async fn the_running_site_is_asked_for_every_old_address() {
    let database: TestDb = sqlite();
    let test = TestSite::new(&database).await;
    let report = bring(&test.site, &export(PLACE), full(Supply::Folder(uploads(&test)))).await;
    let asked = async || {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        let router = app(test.site.clone()).router;
        tokio::spawn(async move { axum::serve(listener, router).await });
        address_check::check(&base, &report.addresses, |_| ()).await.unwrap()
    };
    let answers = asked().await;
    assert!(answers.lost.is_empty(), "{answers:?}");
    assert_eq!(answers.counts[&Of::Post].moved, 6, "three articles, each by name and by number");
    assert_eq!(answers.counts[&Of::Picture].not_had, 1);
    pressroom::services::articles::unpublish(&test.site, &"boats".parse().unwrap(), None).await.unwrap();
    let answers = asked().await;
    assert!(answers.counts[&Of::Post].lost >= 2, "{answers:?}");
    assert!(answers.lost.iter().any(|(path, why)| path == "/2011/05/boats/" && why.contains("410")), "{answers:?}");
}

/// What no database can store is nothing that was stored: an archive with such an address goes on.
#[tokio::test]
async fn an_old_address_with_a_nul_or_a_backslash_first_leads_nowhere() {
    for database in both().await {
        let test = TestSite::new(&database).await;
        for (path, query) in [("/a\0b", None), ("/", Some("s=\0")), ("/2020/01/\0/", Some("p=1")), ("///\\", None)] {
            let found = redirects::look_up(&test.site, path, query).await;
            assert!(matches!(found, Ok(redirects::Known::Nothing(None))), "{path:?}");
        }
    }
}
