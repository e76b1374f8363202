//! The table `changes`, and what wakes those who read it.

use super::{
    Db, StorageError,
    db::{CHANNEL, args},
};
use crate::domain::{
    change::{Change, Noun},
    time::Timestamp,
};
use std::time::Duration;
use tokio::sync::watch;

/// The id of the newest change; 0 where there is none yet.
pub async fn newest(db: &Db) -> Result<i64, StorageError> {
    let (id,): (i64,) = db.one("SELECT COALESCE(MAX(id), 0) FROM changes", args![]).await?;
    Ok(id)
}

/// Changes after a cursor, in the order of commits. Where some of them are not kept any more,
/// or the cursor is of another database, it is told that everything has changed, by the
/// newest number: who follows begins anew.
pub async fn since(db: &Db, cursor: i64, size: i64) -> Result<Vec<Change>, StorageError> {
    const SQL: &str = "SELECT id, noun, item FROM changes WHERE id > $1 ORDER BY id LIMIT $2";
    let rows: Vec<(i64, String, i64)> = db.all(SQL, args![cursor, size]).await?;
    let missed = match rows.first() {
        Some((first, ..)) if *first == cursor + 1 => false,
        // Numbers are left out where an act was given up (PostgreSQL), or was forgotten.
        Some(_) => oldest(db).await? > cursor + 1,
        None => newest(db).await? < cursor,
    };
    if missed {
        return Ok(vec![Change { id: newest(db).await?, noun: Noun::All, row: 0 }]);
    }
    Ok(rows.into_iter().map(|(id, noun, row)| Change { id, noun: Noun::of(&noun), row }).collect())
}

/// The number of the oldest change that is kept; 0 where there is none.
pub async fn oldest(db: &Db) -> Result<i64, StorageError> {
    let (id,): (i64,) = db.one("SELECT COALESCE(MIN(id), 0) FROM changes", args![]).await?;
    Ok(id)
}

/// So many rows go in one act, so that nobody waits long for it.
const AT_ONCE: i64 = 1_000;

/// Forgets what changed before a moment; answers how many lines. The newest stays, whatever
/// its age: from its number others know where they are.
pub async fn forget(db: &Db, before: Timestamp, now: Timestamp) -> Result<u64, StorageError> {
    // Numbers are in the order of commits, and so nearly in that of time: what is old is in front.
    const SQL: &str = "DELETE FROM changes WHERE id IN (SELECT id FROM (SELECT id, at FROM changes ORDER BY id \
         LIMIT $1) c WHERE c.at < $2) AND id < (SELECT MAX(id) FROM changes)";
    let mut count = 0;
    loop {
        let mut act = db.begin().await?;
        let gone = act.run(SQL, args![AT_ONCE, before]).await?;
        act.commit(now).await?;
        count += gone;
        if gone < AT_ONCE.unsigned_abs() {
            return Ok(count);
        }
    }
}

/// What a change was, in a word that another database has hardly for the same number;
/// `None` where it is not there.
pub async fn mark(db: &Db, id: i64) -> Result<Option<String>, StorageError> {
    let row: Option<(i64, String, i64)> =
        db.optional("SELECT at, noun, item FROM changes WHERE id = $1", args![id]).await?;
    Ok(row.map(|(at, noun, item)| format!("{at} {noun} {item}")))
}

/// Waits until somebody may have written: a wake-up, never the news itself.
pub struct Wake {
    db: Db,
    version: i64,
    on: On,
}

/// What wakes.
enum On {
    /// A commit of this process; others’ are looked for.
    Sqlite(watch::Receiver<()>),
    /// Whoever commits says so on a channel.
    Postgres(Box<sqlx::postgres::PgListener>),
}

/// How often SQLite is asked for what other processes wrote, which nobody tells: 15 µs.
const POLL: Duration = Duration::from_millis(100);
/// How long PostgreSQL's word is waited for before looking anyway: a
/// notification can be lost with its connection.
const PATIENCE: Duration = Duration::from_secs(5);

impl Wake {
    /// Starts listening.
    pub async fn new(db: &Db) -> Result<Self, StorageError> {
        let on = match db {
            Db::Sqlite { wrote, .. } => On::Sqlite(wrote.subscribe()),
            Db::Postgres(postgres) => {
                let mut listener = sqlx::postgres::PgListener::connect_with(&postgres.pool).await?;
                listener.listen(CHANNEL).await?;
                On::Postgres(Box::new(listener))
            }
        };
        Ok(Self { db: db.clone(), version: newest(db).await?, on })
    }

    /// Comes back when it is worth looking into `changes`.
    pub async fn wait(&mut self) -> Result<(), StorageError> {
        let wrote = match &mut self.on {
            On::Postgres(listener) => {
                // A lost connection is made anew by the listener; either way: look.
                if let Ok(heard) = tokio::time::timeout(PATIENCE, listener.recv()).await {
                    heard?;
                }
                return Ok(());
            }
            On::Sqlite(wrote) => wrote,
        };
        // Each pooled connection counts for itself, and one's own writes don't
        // count at all; so the newest id is asked for, which costs no more.
        loop {
            let newest = newest(&self.db).await?;
            if newest != self.version {
                self.version = newest;
                return Ok(());
            }
            // Whether somebody here wrote or the time is up: look. The sender lives in `db`.
            let _ = tokio::time::timeout(POLL, wrote.changed()).await;
        }
    }
}
