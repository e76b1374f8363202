//! Back-ups and exports into which somebody has written what runs.

use super::*;
use pressroom::storage::{Db, db::Arg};

/// What must not come out alive, each with the same cry.
const HOSTILE: &str = "<p onclick=\"alert(1)\">Words</p><script>alert(1)</script><img src=x onerror=alert(1)>\
    <a href=\"javascript:alert(1)\">a</a><a href=\"data:text/html,alert(1)\">b</a>\
    <p style=\"background:url(javascript:alert(1))\">c</p><iframe srcdoc=\"<script>alert(1)</script>\"></iframe>\
    <svg onload=\"alert(1)\"><script>alert(1)</script></svg><math><style>alert(1)</style></math>\
    <div class=\"table\" tabindex=\"0\" role=\"group\" aria-label=\"Table\" onfocus=\"alert(1)\">d</div>\
    <picture><source type=\"image/webp\" srcset=\"https://evil.example/x.webp 320w\" onerror=\"alert(1)\">\
    <img src=\"/media/a.jpg\" width=\"3\" height=\"2\" alt=\"\"></picture>";

/// Writes it into everything that is rendered as it is, and into everything that leads somewhere.
async fn poison(url: &str) {
    let db = Db::open(url).await.unwrap();
    let mut act = db.begin().await.unwrap();
    let text = |text: &str| Arg::from(text);
    for sql in [
        "UPDATE articles SET body = $1, source_name = 'x', source_url = 'javascript:alert(1)' WHERE slug = 'story-1'",
        "UPDATE pages SET body = $1 WHERE slug = 'contact'",
        "INSERT INTO comments (id, article, name, url, body, status, at, root, place) \
         SELECT 77, id, 'Mallory', 'javascript:alert(1)', $1, 'approved', 5, 77, 1 FROM articles WHERE slug = 'story-1'",
    ] {
        act.run(sql, vec![text(HOSTILE)]).await.unwrap();
    }
    const LETTER: &str = "INSERT INTO letters (list, kind, slug, subject, preheader, body, articles, state, made, maker, begun, ended) \
         VALUES ('breaking', 'message', 'hostile', 'Hello', '', $1, '[]', 'sent', 5, 'command line', 5, 6)";
    act.run(LETTER, vec![text(HOSTILE)]).await.unwrap();
    act.run("UPDATE articles SET comment_count = 1 WHERE slug = 'story-1'", Vec::new()).await.unwrap();
    let links = "[{\"name\":\"home\",\"url\":\"javascript:alert(1)\"}]";
    act.run("UPDATE authors SET links = $1", vec![text(links)]).await.unwrap();
    act.run("INSERT INTO redirects (path, target) VALUES ('/old', $1)", vec![text("//evil.example/")]).await.unwrap();
    let inside = serde_json::to_string(HOSTILE).unwrap();
    let inside = inside.trim_matches('"');
    let snapshot = format!("{{\"body\":{{\"html\":\"{inside}\"}}}}");
    act.run("UPDATE revisions SET snapshot = $1 WHERE noun = 'page'", vec![text(&snapshot)]).await.unwrap();
    let (value,): (String,) = act.one("SELECT value FROM settings WHERE key = 'edition'", Vec::new()).await.unwrap();
    let mut edition: serde_json::Value = serde_json::from_str(&value).unwrap();
    edition["menu"] = serde_json::json!([{ "name": "Menu", "url": "javascript:alert(1)" }]);
    edition["profiles"] = serde_json::json!([{ "name": "Profile", "url": "data:text/html,alert(1)" }]);
    act.run("UPDATE settings SET value = $1 WHERE key = 'edition'", vec![text(&edition.to_string())]).await.unwrap();
    act.commit(pressroom::domain::time::Timestamp(9)).await.unwrap();
    db.close().await;
}

/// Everything in which a body, or a link, comes out.
async fn harmless(place: &Place, told: &Output) {
    assert_eq!(told.status.code(), Some(3), "{}", text(&told.stderr));
    for part in [
        "articles, story-1: its text",
        "pages, contact",
        "comments, 77",
        "authors, anna",
        "redirects, /old",
        "settings, edition",
        "revisions, ",
    ] {
        assert!(text(&told.stderr).contains(part), "{part}: {}", text(&told.stderr));
    }
    let server = Server::start(place);
    server.until("the search index is there", |server| server.get("/search?q=title").contains("story-1"));
    for path in [
        "/",
        "/world/story-1",
        "/world/story-1/comments",
        "/contact",
        "/author/anna",
        "/world",
        "/feed.xml",
        "/atom.xml",
        "/feed.json",
        "/author/anna/feed.xml",
        "/search?q=words",
        "/search/suggestions?q=wor",
        "/sitemap.xml",
        "/newsletter/hostile",
        "/newsletter/feed.xml",
        "/world/story-1?print",
    ] {
        let page = server.get(path);
        for bad in ["alert(1)", "evil.example", "javascript:"] {
            assert!(!page.contains(bad), "{bad} in {path}: {page}");
        }
    }
    assert!(server.get("/world/story-1").contains("<p>Words</p>"), "the words stay");
    assert_eq!(server.status("/old"), 410);
    drop(server);
    let db = Db::open(&place.url).await.unwrap();
    let stored: Vec<(String,)> = db
        .all("SELECT body FROM articles UNION ALL SELECT body FROM pages UNION ALL SELECT body FROM comments UNION ALL SELECT snapshot FROM revisions", Vec::new())
        .await
        .unwrap();
    assert!(stored.len() > 6);
    for (body,) in stored {
        assert!(!body.contains("alert(1)") && !body.contains("evil"), "{body}");
    }
    db.close().await;
}

#[test]
fn nothing_alive_comes_in_by_a_back_up_or_an_export() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let (from, into) = (runtime.block_on(both()), runtime.block_on(both()));
    let more = runtime.block_on(both());
    for (from, into, more) in [(&from[0], &into[1], &more[0]), (&from[1], &into[0], &more[1])] {
        let place = Place::new(from);
        place.done(&["import", "markdown", "content"]);
        runtime.block_on(poison(&place.url));
        let at = |name: &str| place.folder.path().join(name).display().to_string();
        place.done(&["backup", &at("review.tar")]);
        place.done(&["export", &at("out")]);
        for (database, args) in
            [(into, ["restore", &at("review.tar"), ""]), (more, ["import", "pressroom", &at("out")])]
        {
            let other = Place::new(database);
            let args: Vec<&str> = args.into_iter().filter(|arg| !arg.is_empty()).collect();
            let told = other.run(&args);
            runtime.block_on(harmless(&other, &told));
            // What is clean by now comes back as it is.
            other.done(&["export", &other.folder.path().join("again").display().to_string()]);
            let third = sqlite();
            let third = Place::new(&third);
            third.done(&["import", "pressroom", &other.folder.path().join("again").display().to_string()]);
        }
    }
}
