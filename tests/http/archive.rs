//! A folder of Markdown comes in, once and again.

use super::{article, edition, get, slug};
use crate::common::{NOON, sqlite};
use axum::http::StatusCode;
use pressroom::{domain::time::Timestamp, services::articles};

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
