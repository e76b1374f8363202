//! From an older version to this one, and what a newer one left behind.

use super::*;
use pressroom::storage::Db;

/// A database as the version before left it, with one article.
async fn older(test: &TestDb) {
    let db = Db::open(&test.url).await.unwrap();
    db.migrate_to(15).await.unwrap();
    let mut act = db.begin().await.unwrap();
    for sql in [
        "INSERT INTO sections (slug, name, description) VALUES ('world', 'World', '')",
        "INSERT INTO articles (slug, section, kind, status, title, titles, standfirst, body, body_source, body_format, \
         cleaner, words, comment_policy, corrections, published, saved) VALUES ('kept', (SELECT id FROM sections), 'news', 'published', \
         'Kept over the upgrade', '{}', 'In short.', '<p>Text</p>', 'Text', 'markdown', 1, 1, 'open', '[]', 1, 1)",
    ] {
        act.run(sql, Vec::new()).await.unwrap();
    }
    act.commit(pressroom::domain::time::Timestamp(1)).await.unwrap();
    db.close().await;
}

async fn newest_step(url: &str) -> i64 {
    let db = Db::open(url).await.unwrap();
    let newest = db.steps().await.unwrap().newest();
    db.close().await;
    newest
}

fn saved(place: &Place) -> Vec<String> {
    let Ok(folder) = std::fs::read_dir(place.folder.path().join("data/upgrades")) else { return Vec::new() };
    folder.map(|file| file.unwrap().path().display().to_string()).collect()
}

#[test]
fn an_older_database_is_saved_then_brought_up_to_date_and_there_is_a_way_back() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    for (test, fresh) in runtime.block_on(both()).iter().zip(runtime.block_on(both())) {
        runtime.block_on(older(test));
        let place = Place::new(test);
        let said = text(&place.done(&["doctor"]).stdout);
        assert!(said.contains("older pressroom") && said.contains("pressroom upgrade --check"), "{said}");
        let said = text(&place.done(&["upgrade", "--check"]).stdout);
        assert!(said.contains("back-up of ") && said.contains("step 17, probes") && said.contains("in all"), "{said}");
        assert_eq!(runtime.block_on(newest_step(&test.url)), 15, "looking changes nothing");
        assert_eq!(saved(&place), Vec::<String>::new(), "and leaves nothing");
        let server = Server::start(&place);
        let page = server.get("/world/kept");
        assert!(page.contains("Kept over the upgrade"));
        drop(server);
        let saved = saved(&place);
        assert_eq!(saved.len(), 1);
        assert!(saved[0].contains("before-step-17-"), "{saved:?}");
        let other = Place::new(&fresh);
        other.done(&["restore", &saved[0]]);
        assert!(Server::start(&other).get("/world/kept").contains("Kept over the upgrade"));
        // The second start finds nothing to do.
        assert!(text(&place.done(&["upgrade", "--check"]).stdout).contains("nothing to upgrade"));
        drop(Server::start(&place));
        assert_eq!(self::saved(&place).len(), 1);
    }
}

#[test]
fn the_back_up_can_be_left_out_and_stops_the_upgrade_where_it_fails() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let test = sqlite();
    runtime.block_on(older(&test));
    let place = Place::new(&test);
    std::fs::write(place.folder.path().join("data"), "no folder").unwrap();
    let output = place.run(&["serve"]);
    let said = text(&output.stderr);
    assert_eq!((output.status.code(), said.lines().count()), (Some(1), 1), "{said}");
    assert!(said.contains("data/upgrades") && said.contains("--no-backup"), "{said}");
    assert_eq!(runtime.block_on(newest_step(&test.url)), 15, "without a back-up nothing is changed");
    place.done(&["upgrade", "--no-backup"]);
    assert!(runtime.block_on(newest_step(&test.url)) > 15);
}

#[test]
fn a_newer_database_is_refused_in_one_line_by_every_command() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    for test in runtime.block_on(both()) {
        let place = Place::new(&test);
        place.done(&["upgrade"]);
        runtime.block_on(async {
            let db = Db::open(&test.url).await.unwrap();
            let mut act = db.begin().await.unwrap();
            let sql = db.pick(
                "INSERT INTO _sqlx_migrations VALUES (9000, 'later', '2030-01-01', TRUE, x'00', 0)",
                "INSERT INTO _sqlx_migrations VALUES (9000, 'later', '2030-01-01', TRUE, '\\x00', 0)",
            );
            act.run(sql, Vec::new()).await.unwrap();
            act.commit(pressroom::domain::time::Timestamp(1)).await.unwrap();
            db.close().await;
        });
        for command in [&["serve"][..], &["upgrade"], &["upgrade", "--check"], &["doctor"], &["backup", "x.tar"]] {
            let output = place.run(command);
            let said = text(&output.stderr);
            assert_eq!((output.status.code(), said.lines().count()), (Some(1), 1), "{command:?}: {said}");
            assert!(said.contains("newer pressroom") && said.contains("step 9000, later"), "{command:?}: {said}");
        }
    }
}
