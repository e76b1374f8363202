//! From one version to the next: what a kill, a neighbour or an older program meets.

use super::*;
use common::sqlite;
use pressroom::storage::migrations::Steps;
use sqlx::{AssertSqlSafe, Connection, Executor};
use std::path::Path;

/// The steps in the files of one database: number, name and text, in their order.
fn files(kind: &str) -> Vec<(i64, String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations").join(kind);
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|file| {
            let file = file.unwrap().path();
            let name = file.file_stem().unwrap().to_str().unwrap().to_owned();
            let (number, name) = name.split_once('_').unwrap();
            (number.parse().unwrap(), name.to_owned(), std::fs::read_to_string(&file).unwrap())
        })
        .collect();
    files.sort();
    assert!(files.len() > 10);
    files
}

/// The statements of a step, without its comments.
fn statements(sql: &str) -> Vec<String> {
    let lines: Vec<&str> = sql.lines().map(|line| line.split("--").next().unwrap()).collect();
    let text = lines.join("\n");
    text.split(';').map(str::trim).filter(|one| !one.is_empty()).map(str::to_owned).collect()
}

/// All that makes the tables what they are, in words.
async fn shape(db: &Db) -> Vec<(String, String)> {
    let sql = db.pick(
        "SELECT name, sql AS what FROM sqlite_master WHERE name NOT LIKE 'sqlite_%' ORDER BY name",
        "SELECT CAST(table_name AS TEXT) || '.' || CAST(column_name AS TEXT), \
         CAST(data_type AS TEXT) || CAST(is_nullable AS TEXT) || COALESCE(CAST(column_default AS TEXT), '') \
         FROM information_schema.columns WHERE table_schema = 'public' \
         UNION ALL SELECT CAST(indexname AS TEXT), indexdef FROM pg_indexes WHERE schemaname = 'public' \
         UNION ALL SELECT CAST(conname AS TEXT), pg_get_constraintdef(oid) FROM pg_constraint ORDER BY 1, 2",
    );
    let shape: Vec<(String, Option<String>)> = db.all(sql, Vec::new()).await.unwrap();
    assert!(shape.len() > 40);
    shape.into_iter().map(|(name, what)| (name, what.unwrap_or_default())).collect()
}

/// What a program leaves behind that is killed after so many statements of a step: on SQLite its
/// files as they lie there, on PostgreSQL a session that ends.
#[tokio::test]
async fn a_kill_at_any_statement_leaves_what_the_next_start_goes_on_from() {
    for (test, kind) in both().await.into_iter().zip(["sqlite", "postgres"]) {
        let whole = shape(&test.open().await).await;
        let base = if kind == "sqlite" { sqlite() } else { common::postgres().await };
        let mut kills = 0;
        for (number, _, sql) in files(kind) {
            let statements = statements(&sql);
            for killed_after in 1..=statements.len() {
                let left = killed(&base, &statements[..killed_after]).await;
                let db = Db::open(&left.url).await.unwrap();
                assert!(!db.steps().await.unwrap().taken.contains(&number), "{kind} {number}: half a step is none");
                if kind == "sqlite" {
                    db.migrate().await.unwrap();
                    assert_eq!(shape(&db).await, whole, "{kind} {number}, after {killed_after} statements");
                }
                db.close().await;
                kills += 1;
            }
            // On PostgreSQL it is the same database that goes on.
            let db = Db::open(&base.url).await.unwrap();
            db.migrate_to(number).await.unwrap();
            db.close().await;
        }
        assert_eq!(shape(&Db::open(&base.url).await.unwrap()).await, whole, "{kind}");
        assert!(kills > 100, "{kills}");
    }
}

async fn killed(base: &TestDb, statements: &[String]) -> TestDb {
    let Some(path) = base.url.strip_prefix("sqlite:") else {
        let mut connection = sqlx::PgConnection::connect(&base.url).await.unwrap();
        let (session,): (i32,) = sqlx::query_as("SELECT pg_backend_pid()").fetch_one(&mut connection).await.unwrap();
        connection.execute("BEGIN").await.unwrap();
        for sql in statements {
            connection.execute(AssertSqlSafe(sql.clone())).await.unwrap();
        }
        let mut other = sqlx::PgConnection::connect(&base.url).await.unwrap();
        sqlx::query("SELECT pg_terminate_backend($1)").bind(session).execute(&mut other).await.unwrap();
        assert!(connection.execute("SELECT 1").await.is_err(), "the session has ended");
        return TestDb::at(&base.url);
    };
    let mut connection = sqlx::SqliteConnection::connect(&format!("{}?mode=rwc", base.url)).await.unwrap();
    connection.execute("PRAGMA foreign_keys = ON").await.unwrap();
    connection.execute("BEGIN").await.unwrap();
    for sql in statements {
        connection.execute(AssertSqlSafe(sql.clone())).await.unwrap();
    }
    let left = sqlite();
    let into = left.url.strip_prefix("sqlite:").unwrap();
    for end in ["", "-wal", "-journal"] {
        let file = format!("{path}{end}");
        if Path::new(&file).exists() {
            std::fs::copy(&file, format!("{into}{end}")).unwrap();
        }
    }
    connection.execute("ROLLBACK").await.unwrap();
    connection.close().await.unwrap();
    left
}

/// A database at each step on the way: what it holds can be read, goes on, and comes back.
#[tokio::test]
async fn every_older_database_can_be_saved_and_brought_up_to_date() {
    for kind in ["sqlite", "postgres"] {
        for (number, ..) in files(kind) {
            let test = if kind == "sqlite" { sqlite() } else { common::postgres().await };
            let db = Db::open(&test.url).await.unwrap();
            db.migrate_to(number).await.unwrap();
            let Steps { taken, pending } = db.steps().await.unwrap();
            assert_eq!((taken.last(), pending.first().is_none_or(|step| step.number > number)), (Some(&number), true));
            let mut act = db.begin().await.unwrap();
            act.run("INSERT INTO settings (key, value) VALUES ('edition', '\"kept\"')", Vec::new()).await.unwrap();
            act.commit(NOW).await.unwrap();
            let mut rows = 0;
            let mut act = db.snapshot().await.unwrap();
            for table in dump::TABLES {
                rows += dump::read(&mut act, table, |_| Ok(())).await.unwrap();
            }
            drop(act);
            assert_eq!(rows, 1, "{kind} {number}");
            let folder = tempfile::tempdir().unwrap();
            let timed = db.rehearse(folder.path()).await.unwrap();
            assert_eq!(timed.len(), db.steps().await.unwrap().pending.len(), "{kind} {number}: nothing was changed");
            assert!(std::fs::read_dir(folder.path()).unwrap().next().is_none(), "the copy goes again");
            db.migrate().await.unwrap();
            assert_eq!(settings::get::<String>(&db, "edition").await.unwrap().as_deref(), Some("kept"));
            db.close().await;
        }
    }
}

promise!(a_rehearsal_copies_rows_counters_and_references, |db, test| {
    // All of it is needed to say how long a step takes, and whether it succeeds.
    let world = section(&db, "world", None).await;
    let article = saved(&db, &draft("a", world, 1)).await;
    comments::save(&db, &said("1", Subject::Article(article)), NOW).await.unwrap();
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(db.rehearse(folder.path()).await.unwrap().len(), 0);
    assert_eq!(threads::of_article(&db, article, Order::Oldest, None).await.unwrap().thread.len(), 1);
});

promise!(a_program_refuses_a_database_of_a_newer_one_and_leaves_it_as_it_is, |db, test| {
    let mut act = db.begin().await.unwrap();
    let sql = db.pick(
        "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time) VALUES (9000, 'later', TRUE, x'00', 0)",
        "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time) VALUES (9000, 'later', TRUE, '\\x00', 0)",
    );
    act.run(sql, Vec::new()).await.unwrap();
    act.commit(NOW).await.unwrap();
    let before = shape(&db).await;
    let error = db.migrate().await.unwrap_err();
    let text = error.to_string();
    assert!(matches!(error, StorageError::Newer { .. }), "{text}");
    assert!(text.contains("step 9000, later") && !text.contains('\n'), "{text}");
    assert_eq!(shape(&db).await, before);
});

/// A step that has to wait for a table lets those who come after it go first.
#[tokio::test]
async fn a_step_that_waits_for_a_long_reader_holds_up_nobody_else() {
    let test = common::postgres().await;
    let db = Db::open(&test.url).await.unwrap();
    // The step on subscribers comes after it.
    db.migrate_to(11).await.unwrap();
    let mut reader = sqlx::PgConnection::connect(&test.url).await.unwrap();
    reader.execute("BEGIN").await.unwrap();
    reader.execute("SELECT * FROM subscribers").await.unwrap();
    let other = db.clone();
    let step = tokio::spawn(async move { other.migrate().await });
    let mut second = sqlx::PgConnection::connect(&test.url).await.unwrap();
    loop {
        let waits = "SELECT COUNT(*) FROM pg_locks WHERE NOT granted AND relation = 'subscribers'::regclass";
        let (count,): (i64,) = sqlx::query_as(waits).fetch_one(&mut second).await.unwrap();
        if count > 0 {
            break;
        }
        tokio::task::yield_now().await;
    }
    // Behind a step that waits for ever, this would too.
    let read = tokio::time::timeout(std::time::Duration::from_secs(60), second.execute("SELECT * FROM subscribers"));
    read.await.expect("the second reader waits no longer than the step").unwrap();
    assert!(!step.is_finished());
    reader.execute("COMMIT").await.unwrap();
    step.await.unwrap().unwrap();
    assert!(db.steps().await.unwrap().pending.is_empty());
}

/// What a server of the version before has prepared goes on when the tables get what is new.
#[tokio::test]
async fn what_was_prepared_goes_on_over_the_tables_of_the_next_version() {
    for test in both().await {
        let db = test.open().await;
        let world = section(&db, "world", None).await;
        let mut next = 0;
        let mut acts = async |db: &Db| {
            next += 1;
            let article = saved(db, &draft(&format!("a{next}"), world, next)).await;
            let (comment, _) =
                comments::save(db, &said(&next.to_string(), Subject::Article(article)), NOW).await.unwrap();
            assert_eq!(threads::of_article(db, article, Order::Oldest, None).await.unwrap().thread.len(), 1);
            assert_eq!(lists::picks(db, NOW, 5).await.unwrap().len(), 0);
            assert!(changes::newest(db).await.unwrap() > 0);
            comment
        };
        // Twice: the second time each statement is a prepared one, on whichever connection.
        for _ in 0..20 {
            acts(&db).await;
        }
        common::as_the_next_version_leaves_it(&db).await;
        for _ in 0..20 {
            acts(&db).await;
        }
        db.close().await;
    }
}

/// Steps since the first release of upgrades only add: a table, an index, a column that the
/// version before need not fill. So two neighbouring versions write to one database.
#[test]
fn steps_only_add() {
    const BEFORE: i64 = 17;
    let names = |kind| files(kind).into_iter().map(|(number, name, _)| (number, name)).collect::<Vec<_>>();
    assert_eq!(names("sqlite"), names("postgres"));
    for kind in ["sqlite", "postgres"] {
        for (number, name, sql) in files(kind).into_iter().filter(|(number, ..)| *number > BEFORE) {
            for statement in statements(&sql) {
                assert!(
                    only_adds(&statement),
                    "{kind} {number}_{name}: the version before can’t go on after\n{statement}"
                );
            }
        }
    }
}

fn only_adds(statement: &str) -> bool {
    let words: Vec<String> = statement.split_whitespace().map(str::to_uppercase).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["CREATE", "TABLE" | "INDEX", ..] => true,
        ["ALTER", "TABLE", _, "ADD", "COLUMN", rest @ ..] => {
            let has = |word: &str| rest.contains(&word);
            (!has("NOT") || has("DEFAULT")) && !has("UNIQUE") && !has("PRIMARY")
        }
        ["DROP", "INDEX", ..] | ["INSERT", "INTO", ..] => true,
        // New columns may be filled.
        ["UPDATE", ..] => true,
        _ => false,
    }
}

#[test]
fn what_takes_something_away_is_seen() {
    for bad in [
        "DROP TABLE comments",
        "ALTER TABLE comments DROP COLUMN words",
        "ALTER TABLE comments RENAME COLUMN words TO text",
        "ALTER TABLE comments ADD COLUMN state TEXT NOT NULL",
        "ALTER TABLE comments ADD COLUMN state TEXT UNIQUE",
        "CREATE UNIQUE INDEX a ON comments (words)",
        "DELETE FROM comments",
        "ALTER TABLE comments ALTER COLUMN words TYPE BIGINT",
    ] {
        assert!(!only_adds(bad), "{bad}");
    }
    assert!(only_adds("ALTER TABLE comments ADD COLUMN state TEXT NOT NULL DEFAULT ''"));
}
