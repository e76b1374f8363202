//! What machines are given: feeds, sitemaps, structured data, small files.
#![cfg(feature = "ssr")]

mod common;

use axum::{
    body::{Body, to_bytes},
    http::{HeaderMap, Request, StatusCode, header},
};
use common::{NOON, TestDb, TestSite, both, sqlite};
use pressroom::{domain::time::Timestamp, http::router::app, services::site::settings};
use serde_json::Value;
use tower::ServiceExt;

struct Answer {
    status: StatusCode,
    headers: HeaderMap,
    body: String,
}

async fn get(test: &TestSite, path: &str) -> Answer {
    let request = Request::builder().uri(path).body(Body::empty()).unwrap();
    let (parts, body) = app(test.site.clone()).router.oneshot(request).await.unwrap().into_parts();
    let body = to_bytes(body, 100_000_000).await.unwrap();
    let answer =
        Answer { status: parts.status, headers: parts.headers, body: String::from_utf8(body.to_vec()).unwrap() };
    if answer.headers.get(header::CONTENT_TYPE).is_some_and(|kind| kind.to_str().unwrap().contains("xml")) {
        // Parsers that read strictly refuse a declaration anywhere but at the start.
        assert_eq!(answer.body.find("<?xml"), Some(0), "{path}");
        assert_eq!(answer.body.matches("<?xml").count(), 1, "{path}");
    }
    answer
}

async fn edition(database: &TestDb) -> TestSite {
    let test = TestSite::new(database).await;
    test.write("authors/anna.md", "---\nname: Anna “A” <Ng>\n---\nWrites.\n");
    test.write("authors/bo.md", "---\nname: Bo\n---\nWrites too.\n");
    let more = [
        ("old", "2026-11-01T10:00:00Z", ""),
        ("new", "2026-11-22T10:00:00Z", "topics: [trade]\nupdated: 2026-11-22T11:00:00Z\n"),
        ("taken", "2026-11-21T10:00:00Z", "source_name: Elsewhere\nsource_url: https://elsewhere.example/a?b=1&c=2\n"),
        ("draft", "2026-11-22T10:00:00Z", "status: draft\n"),
        ("later", "2026-11-22T14:00:00Z", ""),
    ];
    for (name, published, more) in more {
        let text = format!(
            "---\ntitle: 'The <{name}> & “others”'\nstandfirst: Short & <sweet>\nsection: world\nauthors: [anna, bo]\npublished: {published}\n{more}---\nA [link](/contact) & <b>more</b> of {name}.\n"
        );
        test.write(&format!("articles/{name}.md"), &text);
    }
    let report = test.import().await;
    assert!(report.notes.is_empty(), "{report}");
    test
}

#[tokio::test]
async fn feeds_hold_what_readers_see_in_three_forms() {
    let database = sqlite();
    let test = edition(&database).await;
    for base in ["", "/world", "/author/anna"] {
        let text = get(&test, &format!("{base}/feed.xml")).await;
        assert_eq!(text.status, StatusCode::OK, "{base}");
        assert_eq!(text.headers[header::CONTENT_TYPE], "application/rss+xml; charset=utf-8");
        let channel = rss::Channel::read_from(text.body.as_bytes()).unwrap();
        let titles: Vec<_> = channel.items.iter().map(|item| item.title.clone().unwrap()).collect();
        assert_eq!(titles, ["The <new> & “others”", "The <taken> & “others”", "The <old> & “others”"]);
        let item = &channel.items[0];
        assert_eq!(item.link.as_deref(), Some("http://127.0.0.1:3000/world/new"));
        assert_eq!(item.pub_date.as_deref(), Some("Sun, 22 Nov 2026 05:00:00 -0500"));
        assert_eq!(item.dublin_core_ext.as_ref().unwrap().creators, ["Anna “A” <Ng>", "Bo"]);
        let html = item.content.as_deref().unwrap();
        assert!(html.contains("href=\"http://127.0.0.1:3000/contact\"") && html.contains("<b>more</b>"), "{html}");
        assert!(text.body.contains("rel=\"self\""));

        let text = get(&test, &format!("{base}/atom.xml")).await;
        let feed = atom_syndication::Feed::read_from(text.body.as_bytes()).unwrap();
        assert_eq!(feed.entries.len(), 3);
        assert_eq!(feed.entries[0].title.value, "The <new> & “others”");
        assert_eq!(feed.entries[0].updated.to_rfc3339(), "2026-11-22T06:00:00-05:00");
        assert_eq!(feed.entries[0].authors.len(), 2);
        assert_eq!(feed.updated, feed.entries[0].updated);
        assert!(
            feed.links.iter().any(|l| l.rel == "self" && l.href == format!("http://127.0.0.1:3000{base}/atom.xml"))
        );
        let ids: std::collections::HashSet<_> = feed.entries.iter().map(|e| &e.id).collect();
        assert_eq!(ids.len(), 3);

        let text = get(&test, &format!("{base}/feed.json")).await;
        let feed: Value = serde_json::from_str(&text.body).unwrap();
        assert_eq!(feed["version"], "https://jsonfeed.org/version/1.1");
        assert_eq!(feed["items"][0]["title"], "The <new> & “others”");
        assert_eq!(feed["items"][0]["date_modified"], "2026-11-22T06:00:00-05:00");
        assert!(feed["items"][0]["content_html"].as_str().unwrap().contains("<b>more</b>"));
    }
    assert_eq!(get(&test, "/topic/trade/feed.xml").await.status, StatusCode::OK);
    for none in ["/nowhere/feed.xml", "/topic/nowhere/atom.xml", "/author/nobody/feed.json"] {
        assert_eq!(get(&test, none).await.status, StatusCode::NOT_FOUND, "{none}");
    }
}

#[tokio::test]
async fn the_settings_decide_what_machines_get() {
    let database = sqlite();
    let test = edition(&database).await;
    assert_eq!(get(&test, "/.well-known/security.txt").await.status, StatusCode::NOT_FOUND);
    let robots = get(&test, "/robots.txt").await.body;
    assert!(robots.contains("User-agent: GPTBot") && !robots.contains("OAI-SearchBot"), "{robots}");
    assert!(robots.contains("Sitemap: http://127.0.0.1:3000/sitemap.xml"));
    assert!(
        get(&test, "/world/taken").await.body.contains("rel=\"canonical\" href=\"http://127.0.0.1:3000/world/taken\"")
    );
    let toml = settings::export(&test.site).await.unwrap();
    let toml = toml
        .replace(
            "feed_text = \"full\"",
            "feed_text = \"summary\"\nhub = \"https://hub.example/\"\nsecurity_contact = \"mailto:s@example.org\"",
        )
        .replace("robots_training = false", "robots_training = true")
        .replace("robots_search = true", "robots_search = false")
        .replace("canonical_is_source = false", "canonical_is_source = true");
    settings::import(&test.site, &toml).await.unwrap();
    test.site.fronts.forget();
    let feed = get(&test, "/feed.xml").await.body;
    assert!(!feed.contains("more</b>") && !feed.contains("content:encoded") && feed.contains("https://hub.example/"));
    let feed: Value = serde_json::from_str(&get(&test, "/feed.json").await.body).unwrap();
    assert_eq!(feed["items"][0]["content_text"], "Short & <sweet>");
    assert_eq!(feed["hubs"][0]["type"], "WebSub");
    let robots = get(&test, "/robots.txt").await.body;
    assert!(!robots.contains("GPTBot") && robots.contains("User-agent: OAI-SearchBot"), "{robots}");
    let taken = get(&test, "/world/taken").await.body;
    assert!(taken.contains("rel=\"canonical\" href=\"https://elsewhere.example/a?b=1&amp;c=2\""));
    assert!(!get(&test, "/sitemaps/articles-1.xml").await.body.contains("/world/taken"));
    let security = get(&test, "/.well-known/security.txt").await.body;
    assert!(
        security.contains("Contact: mailto:s@example.org") && security.contains("Expires: 2027-05-21"),
        "{security}"
    );
    for (from, to, key) in [
        ("https://hub.example/", "ftp://hub", "machines.hub"),
        ("mailto:s@example.org", "call us", "machines.security_contact"),
    ] {
        let fault = settings::import(&test.site, &toml.replace(from, to)).await.unwrap_err().to_string();
        assert!(fault.contains(key), "{fault}");
    }
}

#[tokio::test]
async fn sitemaps_hold_every_address_once() {
    for database in both().await {
        let test = edition(&database).await;
        // More rows than are read at a time.
        for n in 0..1_005 {
            test.write(
                &format!("articles/n{n}.md"),
                &format!("---\ntitle: N\nsection: tech\npublished: 2020-01-01T00:00:00Z\n---\n{n}\n"),
            );
        }
        test.import().await;
        let index = get(&test, "/sitemap.xml").await;
        assert_eq!(index.headers[header::CONTENT_TYPE], "application/xml; charset=utf-8");
        assert_eq!(index.body.matches("<sitemap>").count(), 2, "{}", index.body);
        assert!(index.body.contains("http://127.0.0.1:3000/sitemaps/articles-1.xml"));
        let articles = get(&test, "/sitemaps/articles-1.xml").await.body;
        assert_eq!(articles.matches("<url>").count(), 1_008);
        assert!(articles.ends_with("</urlset>\n") && articles.contains("<lastmod>2026-11-22T06:00:00-05:00</lastmod>"));
        let unique: std::collections::HashSet<_> = articles.lines().filter(|l| l.starts_with("<url>")).collect();
        assert_eq!(unique.len(), 1_008);
        assert!(!articles.contains("/world/draft") && !articles.contains("/world/later"));
        let site = get(&test, "/sitemaps/site.xml").await.body;
        for path in ["/</loc>", "/world</loc>", "/topic/trade</loc>", "/author/anna</loc>"] {
            assert!(site.contains(&format!("http://127.0.0.1:3000{path}")), "{path}: {site}");
        }
        assert!(!site.contains("/economy<"), "an empty list is kept out of search engines");
        let news = get(&test, "/news-sitemap.xml").await.body;
        assert_eq!(news.matches("<news:news>").count(), 2, "{news}");
        assert!(news.contains("<news:title>The &lt;new&gt; &amp; “others”</news:title>"), "{news}");
        test.hands.set(NOON + 2 * 3_600_000);
        assert!(get(&test, "/sitemaps/articles-1.xml").await.body.contains("/world/later"), "its minute has come");
        for none in ["articles-2.xml", "articles-0.xml", "articles-x.xml", "articles-99999999999999999999.xml", "x"] {
            assert_eq!(get(&test, &format!("/sitemaps/{none}")).await.status, StatusCode::NOT_FOUND, "{none}");
        }
        assert_eq!(test.site.now(), Timestamp(NOON + 2 * 3_600_000));
    }
}

fn structured(page: &str) -> Value {
    let text = page.split("<script type=\"application/ld+json\">").nth(1).unwrap().split("</script>").next().unwrap();
    serde_json::from_str(text).unwrap()
}

#[tokio::test]
async fn pages_say_what_they_are() {
    let database = sqlite();
    let test = edition(&database).await;
    let page = get(&test, "/world/new").await.body;
    let graph = structured(&page)["@graph"].clone();
    let article = &graph[0];
    // What search engines ask of an article.
    for key in ["@type", "headline", "datePublished", "dateModified", "author", "publisher", "mainEntityOfPage", "url"]
    {
        assert!(!article[key].is_null(), "{key} is missing");
    }
    assert_eq!(article["headline"], "The <new> & “others”");
    assert_eq!(article["author"][0]["@type"], "Person");
    assert_eq!(article["author"][1]["name"], "Bo");
    assert_eq!(article["dateModified"], "2026-11-22T06:00:00-05:00");
    assert_eq!(article["keywords"][0], "trade");
    assert_eq!((article["commentCount"].as_i64(), article["isAccessibleForFree"].as_bool()), (Some(0), Some(true)));
    assert_eq!(graph[1]["itemListElement"][2]["item"], "http://127.0.0.1:3000/world/new");
    for tag in [
        "property=\"article:section\" content=\"World\"",
        "property=\"article:tag\" content=\"trade\"",
        "name=\"robots\" content=\"max-image-preview:large\"",
        "href=\"/world/feed.xml\"",
        "href=\"/feed.json\"",
        "rel=\"manifest\"",
        "href=\"/opensearch.xml\"",
    ] {
        assert!(page.contains(tag), "{tag}");
    }
    let home = structured(&get(&test, "/").await.body);
    assert_eq!(home["@graph"][1]["potentialAction"]["@type"], "SearchAction");
    let list = get(&test, "/world").await.body;
    assert_eq!(structured(&list)["itemListElement"][1]["name"], "World");
    assert!(list.contains("<a href=\"/world/feed.xml\""), "the feed's link stands on the page");
    let manifest: Value = serde_json::from_str(&get(&test, "/manifest.webmanifest").await.body).unwrap();
    for icon in manifest["icons"].as_array().unwrap() {
        // Whatever stands in `public` is served; the built program's tests ask for it.
        assert!(std::path::Path::new("public").join(icon["src"].as_str().unwrap().trim_start_matches('/')).is_file());
    }
    let search = get(&test, "/opensearch.xml").await.body;
    for template in ["search?q={searchTerms}", "search/suggestions?q={searchTerms}"] {
        assert!(search.contains(&format!("template=\"http://127.0.0.1:3000/{template}\"")), "{search}");
    }
}

#[tokio::test]
async fn what_a_camera_wrote_into_a_picture_stays_here() {
    let database = sqlite();
    let test = edition(&database).await;
    let picture = "content/pictures/atlantic-globe.jpg";
    std::fs::copy(picture, test.folder.path().join("content/globe.jpg")).unwrap();
    test.write(
        "articles/pictured.md",
        "---\ntitle: Pictured\nsection: world\nauthors: [anna]\npublished: 2026-11-01T10:00:00Z\npicture: globe.jpg\npicture_alt: A globe\n---\nText.\n",
    );
    let report = test.import().await;
    assert!(report.notes.is_empty(), "{report}");
    let files: Vec<_> = std::fs::read_dir(test.folder.path().join("media"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    let original = files.iter().find(|name| !name.contains('-')).unwrap();
    let answer = get(&test, &format!("/media/{original}")).await;
    assert_eq!(answer.status, StatusCode::MOVED_PERMANENTLY);
    let made = answer.headers[header::LOCATION].to_str().unwrap().strip_prefix("/media/").unwrap();
    assert!(made.contains('-') && files.iter().any(|name| name == made), "{made}");
}

/// What an older version let in, or another program wrote into the database.
#[tokio::test]
async fn no_feed_and_no_sitemap_has_a_character_that_xml_forbids() {
    for database in both().await {
        let test = edition(&database).await;
        let mut act = test.site.db.begin().await.unwrap();
        let bad = "'a' || CHAR(11) || CHAR(65534) || 'b'";
        let bad = if act.postgres() { bad.replace("CHAR(", "CHR(") } else { bad.to_owned() };
        for table in ["UPDATE articles SET title =", "UPDATE articles SET standfirst =", "UPDATE authors SET name ="] {
            act.run(sqlx::AssertSqlSafe(format!("{table} {bad}")), Vec::new()).await.unwrap();
        }
        act.run(sqlx::AssertSqlSafe(format!("UPDATE articles SET body = '<p>' || {bad} || '</p>'")), Vec::new())
            .await
            .unwrap();
        act.commit(Timestamp(NOON)).await.unwrap();
        for path in [
            "/feed.xml",
            "/atom.xml",
            "/author/anna/feed.xml",
            "/news-sitemap.xml",
            "/sitemaps/site.xml",
            "/opensearch.xml",
        ] {
            let text = get(&test, path).await.body;
            let forbidden = |c: char| (c < ' ' && !"\t\n\r".contains(c)) || c == '\u{fffe}';
            assert!(!text.contains(forbidden), "{path}: {text:?}");
            assert!(!path.contains("feed") || text.contains("ab"), "{path}: {text}");
        }
    }
}
