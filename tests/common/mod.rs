//! What several test programs share.
#![allow(dead_code, reason = "each test program uses its own part")]

use pressroom::{
    config::Config,
    domain::{
        newsletter::ConsentWay,
        time::{Clock, Timestamp},
    },
    services::Site,
    storage::{
        Db,
        newsletter::{
            consents::{Consent, Wording},
            subscribers::Newcomer,
        },
    },
};
use sqlx::{AssertSqlSafe, Connection, Executor};
use std::{
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicI64, AtomicU32, Ordering},
    },
};

/// An empty database that goes with its test.
pub struct TestDb {
    pub url: String,
    _folder: tempfile::TempDir,
}

/// One of each kind. PostgreSQL is the one that `tools/postgres` (and so `make
/// test`) has started.
pub async fn both() -> Vec<TestDb> {
    vec![sqlite(), postgres().await]
}

pub fn sqlite() -> TestDb {
    let folder = tempfile::tempdir().unwrap();
    TestDb { url: format!("sqlite:{}", folder.path().join("p.db").display()), _folder: folder }
}

pub async fn postgres() -> TestDb {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    let admin = std::env::var("TEST_POSTGRES")
        .expect("these tests run on PostgreSQL too: `make test`, or `tools/postgres run cargo test --features ssr`");
    let name = format!("t{}_{}", std::process::id(), NEXT.fetch_add(1, Ordering::SeqCst));
    let mut connection = sqlx::PgConnection::connect(&admin).await.unwrap();
    connection.execute(AssertSqlSafe(format!("CREATE DATABASE {name}"))).await.unwrap();
    TestDb { url: admin.replacen("/postgres?", &format!("/{name}?"), 1), _folder: tempfile::tempdir().unwrap() }
}

impl TestDb {
    /// Another way to a database that is there.
    pub fn at(url: &str) -> Self {
        Self { url: url.to_owned(), _folder: tempfile::tempdir().unwrap() }
    }

    /// Opened, with its tables.
    pub async fn open(&self) -> Db {
        let db = Db::open(&self.url).await.unwrap();
        db.migrate().await.unwrap();
        db
    }
}

/// What the next version may do to the tables while this one runs: more columns in each.
pub async fn as_the_next_version_leaves_it(db: &Db) {
    let sql = db.pick(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE '_sqlx%'",
        "SELECT CAST(table_name AS TEXT) FROM information_schema.tables \
         WHERE table_schema = 'public' AND table_name NOT LIKE '_sqlx%'",
    );
    let tables: Vec<(String,)> = db.all(sql, Vec::new()).await.unwrap();
    assert!(tables.len() > 30);
    let mut act = db.begin().await.unwrap();
    for (table,) in tables {
        let sql = format!("ALTER TABLE {table} ADD COLUMN of_the_next_version TEXT NOT NULL DEFAULT 'x'");
        act.run(AssertSqlSafe(sql), Vec::new()).await.unwrap();
    }
    act.commit(Timestamp(1)).await.unwrap();
}

/// A clock whose hands the test moves.
#[derive(Clone)]
pub struct Hands(Arc<AtomicI64>);

impl Hands {
    pub fn at(ms: i64) -> Self {
        Self(Arc::new(AtomicI64::new(ms)))
    }

    pub fn clock(&self) -> Clock {
        let hands = self.0.clone();
        Clock::new(move || Timestamp(hands.load(Ordering::SeqCst)))
    }

    pub fn set(&self, ms: i64) {
        self.0.store(ms, Ordering::SeqCst);
    }
}

/// Somebody who agreed elsewhere to a list.
pub fn newcomer(email: &str, key: &str, list: &str) -> Newcomer {
    let consent = Consent {
        at: Timestamp(5),
        asked: Some(Timestamp(4)),
        way: ConsentWay::File,
        source: "readers.csv, line 2".into(),
        details: "OPTIN_TIME: 2020".into(),
        lists: vec![list.to_owned()],
        wording: Wording { digest: "digest".into(), words: "Words".into() },
        address: "192.0.2.9".into(),
    };
    Newcomer { email: email.to_owned(), key: key.to_owned(), consent }
}

/// The built-in settings with everything in a folder.
pub fn config(folder: &Path, database: &str) -> Config {
    let file = folder.join("test.toml");
    let at = |name: &str| folder.join(name).display().to_string();
    let text = format!(
        "[database]\nurl = {database:?}\n[media]\nurl = {:?}\n[mail]\nfolder = {:?}\n[secrets]\nfile = {:?}\n[search]\nfolder = {:?}\n",
        at("media"),
        at("mail"),
        at("secrets"),
        at("search")
    );
    std::fs::write(&file, text).unwrap();
    Config::load(Some(&file)).unwrap()
}

/// A whole publication with the demo edition's sections, in a folder that goes
/// with it.
pub struct TestSite {
    pub site: Site,
    pub hands: Hands,
    pub folder: tempfile::TempDir,
}

/// 2026-11-22 12:00 UTC.
pub const NOON: i64 = 1_795_348_800_000;

impl TestSite {
    pub async fn new(database: &TestDb) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let hands = Hands::at(NOON);
        let site = Site::open(config(folder.path(), &database.url), hands.clock()).await.unwrap();
        Self { site, hands, folder }
    }

    /// Writes a file of a Markdown archive.
    pub fn write(&self, name: &str, text: &str) {
        let path = self.folder.path().join("content").join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }

    /// Imports what was written.
    pub async fn import(&self) -> pressroom::services::import::report::Report {
        self.import_with(pressroom::services::articles::media::Forms::Now).await
    }

    /// Imports what was written; the leads' forms are made now or later.
    pub async fn import_with(
        &self,
        leads: pressroom::services::articles::media::Forms,
    ) -> pressroom::services::import::report::Report {
        let folder = self.folder.path().join("content");
        pressroom::services::import::markdown::import(&self.site, &folder, leads, |_, _| ()).await.unwrap()
    }
}
