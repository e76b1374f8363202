//! The index follows what changes, holds what may be seen alone, and heals.

use super::{TestSite, article, common, follow, import, slugs, until};
use pressroom::{
    domain::{comment::Subject, time::Timestamp},
    services::{
        Site, articles,
        search::{self, indexer},
        site::settings,
    },
    storage,
};
use std::{fs, path::Path};

async fn place(database: &common::TestDb) -> TestSite {
    let test = TestSite::new(database).await;
    article(&test, "first", "The first tariff", "authors: [ann-lee]", "Steel.");
    import(&test).await;
    test
}

#[tokio::test]
async fn what_changes_is_found_and_what_goes_is_not() {
    for database in common::both().await {
        let test = place(&database).await;
        let site = &test.site;
        let _followed = follow(site);
        until(site, "tariff", &["first"]).await;
        article(&test, "second", "A second tariff", "", "Copper.");
        article(&test, "draft", "A tariff in a draft", "status: draft", "Copper.");
        article(&test, "later", "A tariff of tomorrow", "status: scheduled", "Copper.");
        let later = fs::read_to_string(test.folder.path().join("content/articles/later.md")).unwrap();
        test.write("articles/later.md", &later.replace("2026-11-01T10:00:00Z", "2026-11-23T10:00:00Z"));
        import(&test).await;
        until(site, "copper", &["second"]).await;
        articles::unpublish(site, &"second".parse().unwrap(), None).await.unwrap();
        until(site, "copper", &[]).await;
        articles::publish(site, &"draft".parse().unwrap(), None).await.unwrap();
        until(site, "copper", &["draft"]).await;
        article(&test, "first", "The first tariff", "authors: [ann-lee]", "Zinc.");
        import(&test).await;
        until(site, "zinc", &["first"]).await;
        assert!(slugs(site, "steel").await.is_empty());
        // Its minute comes.
        test.hands.set(Timestamp(common::NOON).plus(24 * 3_600_000).0);
        pressroom::storage::articles::status::publish_due(&site.db, site.now()).await.unwrap();
        until(site, "tomorrow", &["later"]).await;
    }
}

/// Opens the same publication once more, as after a restart.
async fn again(test: &TestSite) -> Site {
    Site::open(test.site.config.clone(), test.hands.clock()).await.unwrap()
}

fn names(folder: &Path) -> Vec<String> {
    fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned()).collect()
}

#[tokio::test]
async fn an_index_that_can_not_be_used_is_built_again() {
    let database = common::sqlite();
    let test = place(&database).await;
    let folder = test.site.config.search.folder.clone();
    let followed = follow(&test.site);
    until(&test.site, "tariff", &["first"]).await;
    let built = fs::read_to_string(folder.join("current")).unwrap();
    drop(followed);
    // A restart takes it as it is, and catches up.
    article(&test, "missed", "Missed while away", "", "Text.");
    import(&test).await;
    let site = again(&test).await;
    let followed = follow(&site);
    until(&site, "missed", &["missed"]).await;
    assert_eq!(fs::read_to_string(folder.join("current")).unwrap(), built, "nothing was built");
    drop(followed);
    // Broken files, another version, nothing there: each time it is built again.
    let meta = folder.join(&built).join("meta.json");
    for break_it in [
        |folder: &Path, meta: &Path| {
            let _ = folder;
            fs::write(meta, "{ not json").unwrap();
        },
        |folder: &Path, meta: &Path| {
            let _ = meta;
            let built = folder.join(fs::read_to_string(folder.join("current")).unwrap());
            let meta = built.join("meta.json");
            let text = fs::read_to_string(&meta).unwrap();
            fs::write(&meta, text.replace("\\\"version\\\":1", "\\\"version\\\":0")).unwrap();
        },
        |folder: &Path, _: &Path| {
            // A bit of a disk, turned round.
            let built = folder.join(fs::read_to_string(folder.join("current")).unwrap());
            let file = fs::read_dir(built).unwrap().map(|entry| entry.unwrap().path());
            let file = file.into_iter().find(|path| path.extension().is_some_and(|e| e == "term")).unwrap();
            let mut bytes = fs::read(&file).unwrap();
            bytes[10] ^= 1;
            fs::write(&file, bytes).unwrap();
        },
        |folder: &Path, _: &Path| fs::remove_dir_all(folder).unwrap(),
    ] {
        let before = fs::read_to_string(folder.join("current")).unwrap();
        break_it(&folder, &meta);
        let site = again(&test).await;
        let _followed = follow(&site);
        until(&site, "tariff", &["first"]).await;
        assert_ne!(fs::read_to_string(folder.join("current")).unwrap(), before);
        assert_eq!(names(&folder).len(), 2, "what is not in use is taken away: {:?}", names(&folder));
    }
}

#[tokio::test]
async fn a_folder_that_goes_away_comes_back() {
    let database = common::sqlite();
    let test = place(&database).await;
    let site = &test.site;
    let _followed = follow(site);
    until(site, "tariff", &["first"]).await;
    fs::remove_dir_all(&site.config.search.folder).unwrap();
    assert_eq!(slugs(site, "tariff").await, ["first"], "open files go on");
    article(&test, "second", "Copper", "", "Text.");
    import(&test).await;
    until(site, "copper", &["second"]).await;
    assert!(site.config.search.folder.join("current").exists());
}

#[tokio::test]
async fn a_new_index_is_taken_up_beside_a_running_server() {
    let database = common::sqlite();
    let test = place(&database).await;
    let site = &test.site;
    let _followed = follow(site);
    until(site, "tariff", &["first"]).await;
    let other = again(&test).await;
    assert_eq!(indexer::reindex(&other, |_| ()).await.unwrap(), 1);
    article(&test, "second", "Copper", "", "Text.");
    import(&test).await;
    until(site, "copper", &["second"]).await;
    until(site, "tariff", &["first"]).await;
    assert_eq!(names(&site.config.search.folder).len(), 2);
}

#[tokio::test]
async fn the_index_of_another_database_is_not_taken() {
    let (one, two) = (common::sqlite(), common::sqlite());
    let test = place(&one).await;
    let followed = follow(&test.site);
    until(&test.site, "tariff", &["first"]).await;
    drop(followed);
    let other = TestSite::new(&two).await;
    // No two newsrooms have written the same in the same millisecond.
    other.hands.set(common::NOON + 1);
    for n in 0..3 {
        article(&other, &format!("other-{n}"), "Another newsroom", "", "Tin.");
    }
    import(&other).await;
    let mut config = other.site.config.clone();
    config.search.folder = test.site.config.search.folder.clone();
    let site = Site::open(config, other.hands.clock()).await.unwrap();
    let _followed = follow(&site);
    until(&site, "\"another newsroom\" tin", &["other-0", "other-1", "other-2"]).await;
    assert!(slugs(&site, "tariff").await.is_empty());
}

#[tokio::test]
async fn without_a_folder_the_site_says_so_and_stays() {
    let database = common::sqlite();
    let test = place(&database).await;
    // A file stands in the folder's place: nothing can be written below it.
    fs::write(&test.site.config.search.folder, "").unwrap();
    let _followed = follow(&test.site);
    let asked = search::Asked { typed: "tariff".into(), ..search::Asked::default() };
    for _ in 0..5 {
        assert!(search::ask(&test.site, &asked).await.unwrap().is_none());
        tokio::task::yield_now().await;
    }
    fs::remove_file(&test.site.config.search.folder).unwrap();
    until(&test.site, "tariff", &["first"]).await;
}

#[tokio::test]
async fn what_readers_wrote_is_found_where_the_settings_say_so() {
    let database = common::sqlite();
    let test = place(&database).await;
    let site = &test.site;
    let _followed = follow(site);
    let article = storage::articles::by_slug(&site.db, &"first".parse().unwrap()).await.unwrap().unwrap().id;
    let say = async |key: &str, body: &str, status: &str| {
        let comment = storage::comments::Draft {
            subject: Subject::Article(article),
            parent: None,
            name: "Reader".into(),
            email: Some("secret@example.org".into()),
            url: None,
            body: format!("<p>{body}</p>"),
            status: status.into(),
            at: site.now(),
            key: key.into(),
        };
        storage::comments::save(&site.db, &comment, site.now()).await.unwrap();
    };
    say("1", "Molybdenum matters", "approved").await;
    say("2", "Wolfram is held", "held").await;
    until(site, "tariff", &["first"]).await;
    assert!(slugs(site, "molybdenum").await.is_empty(), "not by default");
    let toml = settings::export(site).await.unwrap();
    assert!(toml.contains("in_search = false"));
    settings::import(site, &toml.replace("in_search = false", "in_search = true")).await.unwrap();
    until(site, "molybdenum", &["first"]).await;
    say("3", "Vanadium too", "approved").await;
    until(site, "vanadium", &["first"]).await;
    for unseen in ["wolfram", "secret"] {
        assert!(slugs(site, unseen).await.is_empty(), "{unseen}");
    }
}

#[tokio::test]
async fn an_index_that_missed_changes_is_built_again() {
    for database in common::both().await {
        let test = place(&database).await;
        let folder = test.site.config.search.folder.clone();
        let followed = follow(&test.site);
        until(&test.site, "tariff", &["first"]).await;
        let built = fs::read_to_string(folder.join("current")).unwrap();
        drop(followed);
        article(&test, "missed", "Missed while away", "", "Text.");
        article(&test, "other", "Another one", "", "Text.");
        import(&test).await;
        let month = test.site.now().plus(31 * Timestamp::DAY);
        storage::changes::forget(&test.site.db, month, month).await.unwrap();
        let site = again(&test).await;
        let _followed = follow(&site);
        until(&site, "missed", &["missed"]).await;
        assert_ne!(fs::read_to_string(folder.join("current")).unwrap(), built);
    }
}
