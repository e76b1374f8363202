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

promise!(who_was_away_for_too_long_is_told_to_begin_anew, |db, test| {
    let world = section(&db, "world", None).await;
    let start = changes::newest(&db).await.unwrap();
    for n in 0..4 {
        let later = Timestamp(NOW.0 + n * 1_000);
        articles::save(&db, &draft(&format!("a{n}"), world, 1), later).await.unwrap();
    }
    let newest = changes::newest(&db).await.unwrap();
    let all = |change: &[pressroom::domain::change::Change]| change.iter().map(|c| (c.id, c.noun)).collect::<Vec<_>>();
    assert_eq!(changes::since(&db, start, 10).await.unwrap().len(), 4);
    // The first of the four is the last that goes: who had read it has missed nothing.
    let gone = changes::forget(&db, Timestamp(NOW.0 + 500), NOW).await.unwrap();
    assert_eq!(gone, u64::try_from(start + 1).unwrap());
    assert_eq!(all(&changes::since(&db, start + 1, 1).await.unwrap()), [(start + 2, Noun::Article)]);
    for missed in [0, start, -5] {
        assert_eq!(all(&changes::since(&db, missed, 10).await.unwrap()), [(newest, Noun::All)], "{missed}");
    }
    // The newest stays, so that numbers go on; a cursor beyond it is of another database.
    changes::forget(&db, Timestamp(i64::MAX), NOW).await.unwrap();
    assert_eq!((changes::oldest(&db).await.unwrap(), changes::newest(&db).await.unwrap()), (newest, newest));
    assert_eq!(changes::since(&db, newest, 10).await.unwrap(), []);
    assert_eq!(all(&changes::since(&db, newest + 7, 10).await.unwrap()), [(newest, Noun::All)]);
    saved(&db, &draft("next", world, 1)).await;
    assert_eq!(all(&changes::since(&db, newest, 10).await.unwrap()), [(newest + 1, Noun::Article)]);
});

promise!(more_than_one_act_of_old_changes_goes, |db, test| {
    let mut act = db.begin().await.unwrap();
    (0..2_500).for_each(|n| act.changed(Noun::Mail, n));
    act.commit(NOW).await.unwrap();
    assert_eq!(changes::forget(&db, Timestamp(NOW.0 + 1), NOW).await.unwrap(), 2_499);
    assert_eq!(changes::forget(&db, Timestamp(NOW.0 + 1), NOW).await.unwrap(), 0);
});

promise!(mails_that_are_over_go_and_others_stay, |db, test| {
    for name in ["sent", "lost", "waits", "late"] {
        let draft = mails::Draft { recipient: format!("{name}@example.org"), ..mails::Draft::default() };
        mails::put(&db, &draft, NOW).await.unwrap();
    }
    let later = Timestamp(NOW.0 + 1_000);
    mails::sent(&db, 1, NOW).await.unwrap();
    mails::given_up(&db, 2, "no", NOW).await.unwrap();
    mails::sent(&db, 4, later).await.unwrap();
    assert_eq!(mails::forget(&db, NOW, later).await.unwrap(), 0);
    assert_eq!(mails::forget(&db, later, later).await.unwrap(), 2);
    let left: Vec<(i64,)> = db.all("SELECT id FROM mails ORDER BY id", Vec::new()).await.unwrap();
    assert_eq!(left, [(3,), (4,)]);
});

promise!(what_is_over_and_of_no_use_goes, |db, test| {
    let account =
        accounts::Draft { password: String::new(), email: "a@b.example".into(), name: "A".into(), role: Role::Reader };
    let id = accounts::add(&db, &account, NOW).await.unwrap().unwrap();
    assert_eq!(accounts::by_id(&db, id).await.unwrap().unwrap().email, "a@b.example");
    accounts::begin(&db, id, "token", NOW).await.unwrap();
    accounts::put_link(&db, "link", &accounts::Link::default(), 9, Timestamp(0), NOW).await.unwrap();
    let world = section(&db, "world", None).await;
    let read = saved(&db, &draft("read", world, 1)).await;
    views::add(&db, &[(read, 3)], NOW).await.unwrap();
    let week = Timestamp(NOW.0 + 8 * Timestamp::DAY);
    assert_eq!(accounts::forget_old(&db, NOW).await.unwrap(), 0);
    assert_eq!(accounts::forget_old(&db, week).await.unwrap(), 1);
    assert_eq!(accounts::forget_old(&db, Timestamp(NOW.0 + 101 * Timestamp::DAY)).await.unwrap(), 1);
    assert_eq!(views::forget(&db, NOW, week).await.unwrap(), 0);
    assert_eq!(views::forget(&db, Timestamp(NOW.0 + Timestamp::HOUR), week).await.unwrap(), 1);
    comments::save(&db, &said("one", Subject::Article(read)), NOW).await.unwrap();
    let words = ["cheap".to_owned()];
    filter::learn(&db, CommentId(1), &words, Some(false), NOW).await.unwrap();
    assert_eq!(filter::forget_unlearnt(&db, NOW).await.unwrap(), 0);
    filter::learn(&db, CommentId(1), &words, None, NOW).await.unwrap();
    assert_eq!(filter::forget_unlearnt(&db, NOW).await.unwrap(), 1);
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
