//! No request ends the program: what nests a thousand levels deep, by every entrance.

use super::{edition, get, post};
use crate::common::{both, sqlite};
use axum::http::StatusCode;
use pressroom::services::text::{comment_html, html};

#[tokio::test]
async fn an_address_of_a_thousand_parts_leads_nowhere() {
    for database in both().await {
        let test = edition(&database).await;
        for part in [
            "/1",
            "/rss",
            "/embed",
            "/feed",
            "/page/2",
            "/trackback",
            "/comment-page-1",
            "/2019",
            "/category",
            "/x",
            "/feed/page/2",
        ] {
            for start in ["", "/z", "/world/story-1"] {
                let path = format!("{start}{}", part.repeat(1_900 / part.len() / 2));
                assert_eq!(get(&test.site, &path).await.status, StatusCode::NOT_FOUND, "{start} {part}");
            }
        }
        // Honest ones of several layers still lead somewhere.
        for (path, leads) in [
            ("/world/story-1/comment-page-2/feed/atom", "/world/story-1/comments/atom.xml"),
            ("/category/world/page/2/feed/rss2", "/world/feed.xml"),
            ("/2026/11/01/story-1/3/", "/world/story-1"),
            ("/feed/atom", "/atom.xml"),
            ("/2026/11", "/news/2026/11"),
        ] {
            let answer = get(&test.site, path).await;
            assert_eq!(answer.header(axum::http::header::LOCATION), leads, "{path}");
        }
    }
}

/// Markup of a thousand levels and more, as it comes in.
fn deep() -> Vec<String> {
    let of = |one: &str, count: usize| format!("{}words", one.repeat(count));
    let mut texts: Vec<String> =
        [">", "> ", "- ", "1. ", "*", "_a **b ", "[", "![", "<div>", "<b>", "<ul><li>", "<table><tr><td>", "`", "~~"]
            .iter()
            .flat_map(|one| [of(one, 1_000), of(one, 20_000)])
            .collect();
    texts.push(format!("{}words", "> - ".repeat(5_000)));
    texts.push((0..600).map(|n| format!("{}- words\n", "  ".repeat(n))).collect());
    texts.push((0..2_000).map(|_| "> > > > > > > > > > words\n").collect());
    texts
}

#[test]
fn markup_of_a_thousand_levels_is_cleaned() {
    for text in deep() {
        let markdown = html::clean(&html::from_markdown(&text), |_| None);
        let html = html::clean(&text, |_| None);
        for clean in [&markdown, &html, &comment_html::from_markdown(&text), &comment_html::clean(&text)] {
            assert!(clean.contains("words") || clean.contains("<code>"), "{text:.20} became {clean:.80}");
            let (mut depth, mut most) = (0_i64, 0);
            for tag in clean
                .split('<')
                .skip(1)
                .filter(|tag| !["br", "hr", "img", "col"].iter().any(|void| tag.starts_with(void)))
            {
                depth += if tag.starts_with('/') { -1 } else { 1 };
                most = most.max(depth);
            }
            assert!(most <= 400, "{text:.20} nests {most} deep");
        }
    }
}

#[tokio::test]
async fn an_archive_and_a_form_of_a_thousand_levels_are_answered() {
    let database = sqlite();
    let test = edition(&database).await;
    for (n, text) in deep().into_iter().enumerate() {
        let name = format!("deep-{n}");
        test.write(
            &format!("articles/{name}.md"),
            &format!("---\ntitle: Deep {n}\nsection: world\npublished: 2026-11-01T10:00:00Z\n---\n{text}\n"),
        );
        let words: String = text.chars().take(2_000).collect();
        let form = format!("article=story-1&name=Ann&email=a@example.org&text={}", super::forms::encoded(&words));
        let status = post(&test.site, "/comments", &form).await.status;
        assert!(status.is_success() || status.is_client_error(), "{text:.20}: {status}");
    }
    let report = test.import().await;
    assert_eq!(get(&test.site, "/world/deep-0").await.status, StatusCode::OK, "{report}");
}
