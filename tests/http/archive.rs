//! A folder of Markdown comes in, once and again.

use super::{article, edition, get, slug};
use crate::common::{NOON, TestSite, sqlite};
use axum::http::StatusCode;
use pressroom::{
    domain::time::Timestamp,
    services::articles::{
        self,
        media::{self, Forms},
    },
};

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

const TALK: &str = "- name: Ruth\n  at: 2026-11-02T10:00:00Z\n  text: A *first* word.\n  answers:\n    \
    - name: Omar\n      at: 2026-11-02T11:00:00Z\n      text: An answer to it.\n";

/// Conversations come with the folder: answers under what they answer, once.
#[tokio::test]
async fn a_folder_brings_its_conversations() {
    let database = sqlite();
    let test = edition(&database).await;
    test.write("comments/story-1.yaml", TALK);
    test.write("comments/nothing.yaml", TALK);
    test.write("comments/story-2.yaml", "- name: Ruth\n  at: yesterday\n  text: x\n");
    test.write("comments/story-3.yaml", "- name: Ruth\n  at: 2026-11-02\n  text: x\n  mood: good\n");
    let report = test.import().await;
    let notes: Vec<_> = report.notes.iter().map(|n| n.text.as_str()).collect();
    assert_eq!((report.comments, notes.len()), (2, 3), "{report}");
    assert!(notes.contains(&"there is no article “nothing”"), "{report}");
    assert!(notes.iter().any(|n| n.contains("“yesterday” is no moment")), "{report}");
    assert!(notes.iter().any(|n| n.starts_with("line 4, mood")), "{report}");
    let page = get(&test.site, "/world/story-1").await.body;
    let (first, answer) = (page.find("<em>first</em>").unwrap(), page.find("An answer to it.").unwrap());
    assert!(first < answer && page.contains("2 Comments"), "{page}");
    assert_eq!(test.import().await.comments, 0, "run again, nothing comes in twice");
}

/// A first start does not wait for pictures: they are shown as they came until the
/// server has made their forms.
#[tokio::test]
async fn pictures_can_be_made_by_the_server() {
    let database = sqlite();
    let test = edition(&database).await;
    let pictures = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("content/pictures");
    test.write("pictures/box.jpg", "");
    std::fs::copy(pictures.join("ballot-box.jpg"), test.folder.path().join("content/pictures/box.jpg")).unwrap();
    article(&test, "drawn", "2026-11-12T10:00:00Z", "picture: ../pictures/box.jpg\npicture_alt: A box");
    let report = test.import_with(Forms::Later).await;
    assert_eq!((report.new, report.pictures), (1, 1), "{report}");
    let before = get(&test.site, "/world/drawn").await.body;
    assert!(before.contains("alt=\"A box\"") && !before.contains(".webp"), "{before}");
    media::make_all_ready(&test.site).await.unwrap();
    let after = get(&test.site, "/world/drawn").await.body;
    assert!(after.contains("-1280.webp"), "{after}");
}

/// A back-up holds originals alone: forms are made when they are asked for, and only those that
/// the picture can have cost any work.
#[tokio::test]
async fn only_forms_that_a_picture_can_have_are_made_on_demand() {
    let database = sqlite();
    let test = edition(&database).await;
    let pictures = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("content/pictures");
    test.write("pictures/box.jpg", "");
    std::fs::copy(pictures.join("ballot-box.jpg"), test.folder.path().join("content/pictures/box.jpg")).unwrap();
    article(&test, "drawn", "2026-11-12T10:00:00Z", "picture: ../pictures/box.jpg\npicture_alt: A box");
    test.import().await;
    let folder = test.folder.path().join("media");
    let files = || -> Vec<String> {
        let names = std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
        names.filter(|name| name.ends_with("jpg") || name.ends_with("webp")).collect()
    };
    let original = files().into_iter().find(|name| !name.contains('-')).unwrap();
    let stem = original.trim_end_matches(".jpg").to_owned();
    let forms = files().len();
    for name in files().iter().filter(|name| name.contains('-')) {
        std::fs::remove_file(folder.join(name)).unwrap();
    }
    for wrong in ["7.jpg", "321.webp", "1919.jpg", "640.avif", "640.png", "card.webp"] {
        for _ in 0..3 {
            let answer = get(&test.site, &format!("/media/{stem}-1-{wrong}")).await;
            assert_eq!(answer.status, axum::http::StatusCode::NOT_FOUND, "{wrong}");
        }
        assert_eq!(files().len(), 1, "nothing was made for {wrong}");
    }
    assert_eq!(get(&test.site, &format!("/media/{stem}-1-320.webp")).await.status, axum::http::StatusCode::OK);
    assert_eq!(files().len(), forms, "all that it can have are there again");
}

/// The home page tells of no article twice while there are enough.
#[tokio::test]
async fn the_home_page_repeats_nothing() {
    let database = sqlite();
    let test = TestSite::new(&database).await;
    for n in 10..40 {
        let pick = if n < 14 { format!("pick: {}", n - 9) } else { "kind: news".into() };
        article(&test, &format!("story-{n}"), &format!("2026-10-{:02}T10:00:00Z", n - 9), &pick);
    }
    test.write("authors/anna.md", "---\nname: Anna\n---\nWrites.\n");
    assert_eq!(test.import().await.new, 30);
    let page = get(&test.site, "/").await.body;
    let main = page.split_once("<main").unwrap().1.split_once("</main>").unwrap().0;
    let mut told = 0;
    for n in 10..40 {
        let times = main.matches(&format!("Title of story-{n}</a>")).count();
        assert!(times <= 1, "story-{n} stands {times} times");
        told += times;
    }
    assert_eq!(told, 1 + 4 + 3 + 5 + 5, "lead, beside it, the other picks, latest, the section's block");
}
