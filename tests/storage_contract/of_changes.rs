//! Acts, what they tell, and who hears of it.

use super::*;

promise!(migrations_run_twice_without_harm, |db, test| {
    section(&db, "world", None).await;
    db.migrate().await.unwrap();
    assert!(sections::by_slug(&db, &slug("world")).await.unwrap().is_some());
    assert!(!db.version().await.unwrap().is_empty());
    assert_eq!(db.damage().await.unwrap(), None);
});

promise!(every_act_tells_what_it_changed_in_order, |db, test| {
    let world = section(&db, "world", None).await;
    let start = changes::newest(&db).await.unwrap();
    let a = saved(&db, &draft("a", world, 1)).await;
    pages::save(&db, &page("about"), NOW).await.unwrap();
    let news = changes::since(&db, start, 10).await.unwrap();
    assert_eq!(news.iter().map(|c| c.noun).collect::<Vec<_>>(), [Noun::Article, Noun::Page]);
    assert_eq!(news[0].row, a.0);
    assert!(news[0].id < news[1].id);
    assert_eq!(changes::since(&db, news[1].id, 10).await.unwrap(), []);
});

promise!(ids_of_changes_are_in_the_order_of_commits, |db, test| {
    // Many writers at once: whoever reads from a cursor must miss none of them.
    let world = section(&db, "world", None).await;
    let start = changes::newest(&db).await.unwrap();
    let writers = (0..8).map(|w| {
        let db = db.clone();
        tokio::spawn(async move {
            for n in 0..5 {
                saved(&db, &draft(&format!("a{w}-{n}"), world, 1)).await;
            }
        })
    });
    let writers: Vec<_> = writers.collect();
    let (mut cursor, mut seen) = (start, 0);
    while seen < 40 {
        for change in changes::since(&db, cursor, 3).await.unwrap() {
            assert!(change.id > cursor);
            cursor = change.id;
            seen += 1;
        }
        tokio::task::yield_now().await;
    }
    for writer in writers {
        writer.await.unwrap();
    }
    assert_eq!((seen, changes::newest(&db).await.unwrap()), (40, cursor));
});

promise!(a_sleeper_is_woken_by_another_connection, |db, test| {
    let mut wake = changes::Wake::new(&db).await.unwrap();
    let other = test.open().await;
    let waiting = tokio::spawn(async move {
        wake.wait().await.unwrap();
    });
    section(&other, "world", None).await;
    waiting.await.unwrap();
    assert!(changes::newest(&db).await.unwrap() > 0);
    other.close().await;
});

promise!(an_act_that_is_dropped_has_not_happened, |db, test| {
    let mut act = db.begin().await.unwrap();
    act.run("INSERT INTO redirects (path) VALUES ('/x')", Vec::new()).await.unwrap();
    act.changed(Noun::Redirect, 0);
    drop(act);
    assert_eq!(redirects::target(&db, "/x").await.unwrap(), None);
    assert_eq!(changes::newest(&db).await.unwrap(), 0);
});

/// A row that refers to nothing, and a page of the file that is overwritten.
#[tokio::test]
async fn damage_is_found() {
    use std::io::{Seek, SeekFrom, Write};
    let test = common::sqlite();
    let db = test.open().await;
    let world = section(&db, "world", None).await;
    for n in 0..200 {
        saved(&db, &draft(&format!("a{n}"), world, n)).await;
    }
    unchecked(&test, "UPDATE articles SET section = 99 WHERE slug = 'a1'").await;
    assert!(db.damage().await.unwrap().unwrap().contains("1 rows refer"));
    db.close().await;
    let path = test.url.strip_prefix("sqlite:").unwrap();
    let mut file = std::fs::OpenOptions::new().write(true).open(path).unwrap();
    file.seek(SeekFrom::Start(4096 * 40)).unwrap();
    file.write_all(&[0xab; 4096]).unwrap();
    drop(file);
    let db = pressroom::storage::Db::open(&test.url).await.unwrap();
    assert!(!matches!(db.damage().await, Ok(None)));
    db.close().await;
}

/// Another program's connection, which does not look after references.
async fn unchecked(test: &TestDb, sql: &'static str) {
    use sqlx::{Connection, Executor};
    let options: sqlx::sqlite::SqliteConnectOptions = test.url.parse().unwrap();
    let mut other = sqlx::SqliteConnection::connect_with(&options.foreign_keys(false)).await.unwrap();
    other.execute(sql).await.unwrap();
    other.close().await.unwrap();
}
