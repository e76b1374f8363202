//! What a back-up holds.

use super::*;

/// What one database dumps the other reads, row for row.
#[tokio::test]
async fn a_dump_moves_between_the_databases() {
    let tests = both().await;
    let fresh = both().await;
    for (from, into) in [(&tests[0], &fresh[1]), (&tests[1], &fresh[0])] {
        let (db, other) = (from.open().await, into.open().await);
        let world = section(&db, "world", Some(1)).await;
        for n in 0..1_100 {
            saved(&db, &articles::Draft { title: format!("“{n}” \\ \n'"), ..draft(&format!("a{n}"), world, n) }).await;
        }
        let dumped = rows(&db).await;
        assert!(!dump::is_empty(&db).await.unwrap());
        assert!(dump::is_empty(&other).await.unwrap());
        let mut left = dumped.clone();
        let count = dump::write(&other, |table| Ok(next_line(&mut left, table.name)), NOW).await.unwrap();
        assert_eq!(count, dumped.len() as u64);
        assert_eq!(values(&rows(&other).await), values(&dumped));
        // The counters go on after the last row.
        assert!(saved(&other, &draft("later", world, 5)).await.0 > 1_100);
        db.close().await;
        other.close().await;
    }
}

async fn rows(db: &Db) -> Vec<(&'static str, String)> {
    let mut act = db.snapshot().await.unwrap();
    let mut all = Vec::new();
    for table in dump::TABLES {
        dump::read(&mut act, table, |line| {
            all.push((table.name, line.to_owned()));
            Ok(())
        })
        .await
        .unwrap();
    }
    all
}

fn next_line(left: &mut Vec<(&'static str, String)>, table: &str) -> Option<String> {
    let at = left.iter().position(|(name, _)| *name == table)?;
    Some(left.remove(at).1)
}

fn values(rows: &[(&'static str, String)]) -> Vec<(&'static str, serde_json::Value)> {
    rows.iter().map(|(name, line)| (*name, serde_json::from_str(line).unwrap())).collect()
}

/// A row may refer to one that comes later, and one of an older back-up has fewer columns.
#[tokio::test]
async fn a_dump_comes_in_whatever_its_rows_refer_to() {
    for (test, fresh) in both().await.into_iter().zip(both().await) {
        let (db, other) = (test.open().await, fresh.open().await);
        let child = section(&db, "child", None).await;
        let parent = section(&db, "parent", None).await;
        let nested = sections::Draft { slug: slug("child"), parent: Some(parent), ..section_draft() };
        sections::save(&db, &nested, NOW).await.unwrap();
        let article = saved(&db, &draft("a", child, 1)).await;
        let (first, _) = comments::save(&db, &said("1", Subject::Article(article)), NOW).await.unwrap();
        let (second, _) = comments::save(&db, &said("2", Subject::Article(article)), NOW).await.unwrap();
        let answer = comments::Draft { parent: Some(second), ..said("1", Subject::Article(article)) };
        comments::save(&db, &answer, NOW).await.unwrap();
        let mut left = rows(&db).await;
        for (table, line) in &mut left {
            if *table == "comments" {
                let mut row: Vec<serde_json::Value> = serde_json::from_str(line).unwrap();
                // As the first form of the table had it.
                row.truncate(10);
                *line = serde_json::to_string(&row).unwrap();
            }
        }
        dump::write(&other, |table| Ok(next_line(&mut left, table.name)), NOW).await.unwrap();
        let shown = threads::of_article(&other, article, Order::Oldest, None).await.unwrap().thread;
        let found: Vec<_> = shown.iter().map(|t| (t.comment.id, t.comment.parent, t.depth)).collect();
        assert_eq!(found, [(second, None, 0), (first, Some(second), 1)], "threads are found again");
        db.close().await;
        other.close().await;
    }
}

/// A table that is added later must be dumped too.
#[tokio::test]
async fn every_table_is_dumped() {
    for test in both().await {
        let db = test.open().await;
        let sql = db.pick(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'",
            "SELECT CAST(table_name AS TEXT) FROM information_schema.tables WHERE table_schema = 'public'",
        );
        let tables: Vec<(String,)> = db.all(sql, Vec::new()).await.unwrap();
        for (name,) in tables {
            // Acts that are over, who is signed in, and how the server does at the moment.
            let left_out =
                ["changes", "probes", "_sqlx_migrations", "sessions", "sign_in_links", "confirmations", "workers"]
                    .contains(&name.as_str());
            assert!(left_out || dump::TABLES.iter().any(|t| t.name == name), "{name} is not dumped");
        }
        db.close().await;
    }
}

/// A column that is added later must be dumped too: what a list written by hand leaves out is lost
/// from every back-up.
#[tokio::test]
async fn every_column_is_dumped() {
    for test in both().await {
        let db = test.open().await;
        let sql = db.pick(
            "SELECT m.name, c.name FROM sqlite_master m JOIN pragma_table_info(m.name) c WHERE m.type = 'table'",
            "SELECT CAST(table_name AS TEXT), CAST(column_name AS TEXT) FROM information_schema.columns \
             WHERE table_schema = 'public'",
        );
        let found: Vec<(String, String)> = db.all(sql, Vec::new()).await.unwrap();
        for table in dump::TABLES {
            let mut there: Vec<&str> =
                found.iter().filter(|(name, _)| name == table.name).map(|(_, column)| column.as_str()).collect();
            let mut dumped: Vec<&str> = table.column_names().collect();
            there.sort_unstable();
            dumped.sort_unstable();
            assert_eq!(dumped, there, "{}", table.name);
        }
        db.close().await;
    }
}
