//! One database behind one type: SQLite or PostgreSQL, the same SQL.
//!
//! `$1` placeholders, BIGINT and TEXT work alike on both, so a statement is
//! written once and dispatched here. What must differ asks [`Db::pick`].

use super::{
    StorageError,
    probe::{FileId, is_whole},
};
use crate::domain::{change::Noun, time::Timestamp};
use sha2::{Digest, Sha256};
use sqlx::{
    Connection, Executor, FromRow, SqlSafeStr, Sqlite, Transaction,
    postgres::{PgArguments, PgPool, PgPoolOptions, PgRow},
    query::Query,
    query_with,
    sqlite::{
        SqliteArguments, SqliteAutoVacuum, SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions,
        SqliteRow, SqliteSynchronous,
    },
};
use std::{cell::Cell, path::PathBuf, str::FromStr, sync::Arc, time::Duration};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};

/// SQLite before this can lose committed writes of its write-ahead log.
pub const OLDEST_SQLITE: &str = "3.51.3";

/// The lock under which PostgreSQL hands out ids of `changes`, so that their
/// order is the order of commits. Any number that no other program uses.
const CHANGES_LOCK: i64 = 0x7072_6573_7372_6f6f;

/// The channel on which PostgreSQL tells other servers that `changes` has grown.
pub const CHANNEL: &str = "pressroom_changes";

/// An open database. Cloning shares the pools.
#[derive(Clone, Debug)]
pub enum Db {
    /// Many readers, one writer: SQLite has room for one at a time, so they
    /// queue here, where waiting is fair, and not in its busy handler.
    Sqlite {
        /// Connections that only read.
        read: SqlitePool,
        /// The one connection that writes.
        write: SqlitePool,
        /// The file, and which one it was when it was opened.
        file: (PathBuf, FileId),
        /// Wakes those of this process who read `changes`, as PostgreSQL's channel does.
        wrote: watch::Sender<()>,
    },
    /// One pool for all.
    Postgres(Postgres),
}

/// PostgreSQL's connections. Whoever needs one waits for a place first, so that the pool itself
/// only ever waits for PostgreSQL to answer, and gives up on that much sooner.
#[derive(Clone, Debug)]
pub struct Postgres {
    /// The connections.
    pub pool: PgPool,
    places: Arc<Semaphore>,
}

/// Connections to PostgreSQL.
const CONNECTIONS: u32 = 16;
/// The longest that PostgreSQL may take to answer who connects.
const CONNECTING: Duration = Duration::from_secs(1);
/// The longest that somebody waits while all connections are busy.
const WAITING: Duration = Duration::from_secs(10);

impl Postgres {
    /// A place among the connections, to be held as long as one is used.
    async fn place(&self) -> Result<OwnedSemaphorePermit, StorageError> {
        let place = tokio::time::timeout(WAITING, self.places.clone().acquire_owned()).await;
        // The semaphore is never closed: without a place the time is up.
        place.ok().and_then(Result::ok).ok_or(StorageError::Database(sqlx::Error::PoolTimedOut))
    }
}

/// A value bound to a statement.
#[derive(Clone, Debug)]
pub enum Arg {
    /// A number, a moment, a row, a truth value.
    Int(Option<i64>),
    /// A text.
    Text(Option<String>),
}

macro_rules! into_arg {
    ($($from:ty => |$value:ident| $arg:expr),* $(,)?) => {$(
        impl From<$from> for Arg {
            fn from($value: $from) -> Self { $arg }
        }
    )*};
}

into_arg! {
    i64 => |v| Arg::Int(Some(v)),
    Option<i64> => |v| Arg::Int(v),
    bool => |v| Arg::Int(Some(v.into())),
    Timestamp => |v| Arg::Int(Some(v.0)),
    Option<Timestamp> => |v| Arg::Int(v.map(|t| t.0)),
    &str => |v| Arg::Text(Some(v.to_owned())),
    String => |v| Arg::Text(Some(v)),
    &String => |v| Arg::Text(Some(v.clone())),
    Option<String> => |v| Arg::Text(v),
    Option<&str> => |v| Arg::Text(v.map(str::to_owned)),
}

/// Values for the placeholders of a statement, in order.
macro_rules! args {
    ($($value:expr),* $(,)?) => { vec![$($crate::storage::db::Arg::from($value)),*] };
}
pub(crate) use args;

/// A row that both databases can fill.
pub trait Row: for<'r> FromRow<'r, SqliteRow> + for<'r> FromRow<'r, PgRow> + Send + Unpin {}
impl<T: for<'r> FromRow<'r, SqliteRow> + for<'r> FromRow<'r, PgRow> + Send + Unpin> Row for T {}

tokio::task_local! {
    /// Counts the statements of a task that has set it up: what a page costs.
    pub static STATEMENTS: Cell<u32>;
}

fn count() {
    // Nobody counts, mostly.
    let _ = STATEMENTS.try_with(|count| count.set(count.get() + 1));
}

/// Refuses NUL, which PostgreSQL can't store: both engines take the same texts.
fn whole(args: &[Arg]) -> Result<(), StorageError> {
    let holds_nul = |arg: &Arg| matches!(arg, Arg::Text(Some(text)) if text.contains('\0'));
    if args.iter().any(holds_nul) { Err(StorageError::Nul) } else { Ok(()) }
}

fn sqlite_query(sql: impl SqlSafeStr, args: Vec<Arg>) -> Query<'static, Sqlite, SqliteArguments> {
    count();
    let query = query_with(sql, SqliteArguments::default());
    args.into_iter().fold(query, |query, arg| match arg {
        Arg::Int(v) => query.bind(v),
        Arg::Text(v) => query.bind(v),
    })
}

fn postgres_query(sql: impl SqlSafeStr, args: Vec<Arg>) -> Query<'static, sqlx::Postgres, PgArguments> {
    count();
    let query = query_with(sql, PgArguments::default());
    args.into_iter().fold(query, |query, arg| match arg {
        Arg::Int(v) => query.bind(v),
        Arg::Text(v) => query.bind(v),
    })
}

impl Db {
    /// Opens the database at `sqlite:///path/x.db` or `postgres://…`; a missing
    /// SQLite file is made, with its folder.
    pub async fn open(url: &str) -> Result<Self, StorageError> {
        if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            // One more for whoever listens to the channel.
            let options = PgPoolOptions::new().max_connections(CONNECTIONS + 4).acquire_timeout(CONNECTING);
            let options =
                options.before_acquire(|connection, _| Box::pin(async { Ok(!connection.is_in_transaction()) }));
            // First one by itself: its fault says what is wrong, a pool's only that it waited.
            sqlx::PgConnection::connect(url).await?.close().await?;
            let places = Arc::new(Semaphore::new(CONNECTIONS as usize));
            return Ok(Self::Postgres(Postgres { pool: options.connect(url).await?, places }));
        }
        let options = SqliteConnectOptions::from_str(url)?
            .create_if_missing(true)
            .foreign_keys(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .auto_vacuum(SqliteAutoVacuum::Incremental)
            .busy_timeout(Duration::from_secs(10))
            .statement_cache_capacity(256)
            .pragma("cache_size", "-16384")
            .pragma("mmap_size", "268435456");
        let path = options.get_filename().to_path_buf();
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder).map_err(|e| StorageError::Folder(folder.display().to_string(), e))?;
        }
        let write = SqlitePoolOptions::new().max_connections(1).acquire_timeout(Duration::from_secs(30));
        // Where a commit fails (a full disk), SQLite may have ended the transaction or not, and
        // the connection no longer knows: it is closed, and the next act gets a new one.
        let write = write.before_acquire(|connection, _| Box::pin(async { Ok(!connection.is_in_transaction()) }));
        let write = write.connect_with(options.clone()).await?;
        // Not opened read-only: the last reader of a write-ahead log must be able to tidy it up.
        let read = SqlitePoolOptions::new().max_connections(8).acquire_timeout(Duration::from_secs(10));
        let read = read.before_acquire(|connection, _| Box::pin(async { Ok(!connection.is_in_transaction()) }));
        let read = read.after_connect(|connection, _| {
            Box::pin(async move { connection.execute("PRAGMA query_only = 1").await.map(drop) })
        });
        let read = read.connect_with(options).await?;
        let file = (path.clone(), FileId::of(&path)?);
        let db = Self::Sqlite { read, write, file, wrote: watch::Sender::new(()) };
        db.refuse_old_sqlite().await?;
        Ok(db)
    }

    async fn refuse_old_sqlite(&self) -> Result<(), StorageError> {
        let version = self.version().await?;
        let numbers = |text: &str| text.split('.').map(|n| n.parse().unwrap_or(0)).collect::<Vec<u32>>();
        if numbers(&version) < numbers(OLDEST_SQLITE) {
            return Err(StorageError::OldSqlite(version));
        }
        Ok(())
    }

    /// Has PostgreSQL count what lies in its tables, after much has come in at once: its
    /// planner would know nothing of it for a minute, and read whole tables to find five
    /// rows. SQLite's needs no counting to take the right index.
    pub async fn take_stock(&self) -> Result<(), StorageError> {
        if let Self::Postgres(postgres) = self {
            let _place = postgres.place().await?;
            sqlx::query("ANALYZE").execute(&postgres.pool).await?;
        }
        Ok(())
    }

    /// The version of the database program.
    pub async fn version(&self) -> Result<String, StorageError> {
        let sql = self.pick("SELECT sqlite_version()", "SELECT current_setting('server_version')");
        let row: (String,) = self.one(sql, args![]).await?;
        Ok(row.0)
    }

    /// What is broken in SQLite's file, where anything is; reads all of it.
    /// PostgreSQL looks after its own.
    pub async fn damage(&self) -> Result<Option<String>, StorageError> {
        if let Self::Postgres(_) = self {
            return Ok(None);
        }
        let (found,): (String,) = self.one("SELECT quick_check FROM pragma_quick_check LIMIT 1", args![]).await?;
        if found != "ok" {
            return Ok(Some(found));
        }
        let (lost,): (i64,) = self.one("SELECT COUNT(*) FROM pragma_foreign_key_check", args![]).await?;
        Ok((lost > 0).then(|| format!("{lost} rows refer to what is not there")))
    }

    /// Whether SQLite's file is still the one that was opened, and whole.
    pub fn is_whole(&self) -> Result<(), StorageError> {
        match self {
            Self::Sqlite { file: (path, opened), .. } => is_whole(path, *opened),
            Self::Postgres(_) => Ok(()),
        }
    }

    /// `SQLite` or `PostgreSQL`.
    pub fn name(&self) -> &'static str {
        self.pick("SQLite", "PostgreSQL")
    }

    /// Chooses between the two where a statement must differ.
    pub fn pick<T>(&self, sqlite: T, postgres: T) -> T {
        match self {
            Self::Sqlite { .. } => sqlite,
            Self::Postgres(_) => postgres,
        }
    }

    /// Whether no other server can be writing to it.
    pub fn is_ours_alone(&self) -> bool {
        self.pick(true, false)
    }

    /// All rows of a statement.
    pub async fn all<T: Row>(&self, sql: impl SqlSafeStr, args: Vec<Arg>) -> Result<Vec<T>, StorageError> {
        whole(&args)?;
        Ok(match self {
            Self::Sqlite { read, .. } => {
                let rows = sqlite_query(sql, args).fetch_all(read).await?;
                rows.iter().map(T::from_row).collect::<Result<_, _>>()?
            }
            Self::Postgres(postgres) => {
                let _place = postgres.place().await?;
                let rows = postgres_query(sql, args).fetch_all(&postgres.pool).await?;
                rows.iter().map(T::from_row).collect::<Result<_, _>>()?
            }
        })
    }

    /// The first row, where there is one.
    pub async fn optional<T: Row>(&self, sql: impl SqlSafeStr, args: Vec<Arg>) -> Result<Option<T>, StorageError> {
        whole(&args)?;
        Ok(match self {
            Self::Sqlite { read, .. } => {
                let row = sqlite_query(sql, args).fetch_optional(read).await?;
                row.as_ref().map(T::from_row).transpose()?
            }
            Self::Postgres(postgres) => {
                let _place = postgres.place().await?;
                let row = postgres_query(sql, args).fetch_optional(&postgres.pool).await?;
                row.as_ref().map(T::from_row).transpose()?
            }
        })
    }

    /// The row of a statement that always has one.
    pub async fn one<T: Row>(&self, sql: impl SqlSafeStr, args: Vec<Arg>) -> Result<T, StorageError> {
        self.optional(sql, args).await?.ok_or(StorageError::Database(sqlx::Error::RowNotFound))
    }

    /// Begins one atomic act. On SQLite it takes the write lock at once, so that
    /// it can't fail half-way because somebody else wrote.
    pub async fn begin(&self) -> Result<Act, StorageError> {
        Ok(match self {
            Self::Sqlite { write, wrote, .. } => {
                let tx = Tx::Sqlite(write.begin_with("BEGIN IMMEDIATE").await?);
                Act { tx, changes: Vec::new(), wrote: Some(wrote.clone()) }
            }
            Self::Postgres(postgres) => {
                let place = postgres.place().await?;
                Act { tx: Tx::Postgres(postgres.pool.begin().await?, place), changes: Vec::new(), wrote: None }
            }
        })
    }

    /// A reading of one moment: whatever is written meanwhile isn't seen.
    pub async fn snapshot(&self) -> Result<Act, StorageError> {
        let tx = match self {
            Self::Sqlite { read, .. } => Tx::Sqlite(read.begin().await?),
            Self::Postgres(postgres) => {
                let place = postgres.place().await?;
                let begin = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";
                Tx::Postgres(postgres.pool.begin_with(begin).await?, place)
            }
        };
        Ok(Act { tx, changes: Vec::new(), wrote: None })
    }

    /// Closes the connections; on SQLite the write-ahead log goes into the file.
    pub async fn close(&self) {
        match self {
            Self::Sqlite { read, write, .. } => {
                read.close().await;
                write.close().await;
            }
            Self::Postgres(postgres) => postgres.pool.close().await,
        }
    }
}

/// The two kinds of transaction.
pub enum Tx {
    /// On SQLite.
    Sqlite(Transaction<'static, Sqlite>),
    /// On PostgreSQL, with the place that its connection has.
    Postgres(Transaction<'static, sqlx::Postgres>, OwnedSemaphorePermit),
}

/// One atomic act: all of it happens, with its lines in `changes`, or nothing.
/// Dropped without [`Act::commit`], nothing has happened.
pub struct Act {
    tx: Tx,
    changes: Vec<(Noun, i64)>,
    wrote: Option<watch::Sender<()>>,
}

impl Act {
    /// Runs a statement; answers how many rows it touched.
    pub async fn run(&mut self, sql: impl SqlSafeStr, args: Vec<Arg>) -> Result<u64, StorageError> {
        whole(&args)?;
        Ok(match &mut self.tx {
            Tx::Sqlite(tx) => sqlite_query(sql, args).execute(&mut **tx).await?.rows_affected(),
            Tx::Postgres(tx, _) => postgres_query(sql, args).execute(&mut **tx).await?.rows_affected(),
        })
    }

    /// The first row, where there is one.
    pub async fn optional<T: Row>(&mut self, sql: impl SqlSafeStr, args: Vec<Arg>) -> Result<Option<T>, StorageError> {
        Ok(self.all(sql, args).await?.into_iter().next())
    }

    /// All rows.
    pub async fn all<T: Row>(&mut self, sql: impl SqlSafeStr, args: Vec<Arg>) -> Result<Vec<T>, StorageError> {
        whole(&args)?;
        Ok(match &mut self.tx {
            Tx::Sqlite(tx) => {
                let rows = sqlite_query(sql, args).fetch_all(&mut **tx).await?;
                rows.iter().map(T::from_row).collect::<Result<_, _>>()?
            }
            Tx::Postgres(tx, _) => {
                let rows = postgres_query(sql, args).fetch_all(&mut **tx).await?;
                rows.iter().map(T::from_row).collect::<Result<_, _>>()?
            }
        })
    }

    /// The row of a statement that always has one (`… RETURNING id`).
    pub async fn one<T: Row>(&mut self, sql: impl SqlSafeStr, args: Vec<Arg>) -> Result<T, StorageError> {
        self.optional(sql, args).await?.ok_or(StorageError::Database(sqlx::Error::RowNotFound))
    }

    /// Notes that this act changed a row; written with the commit.
    pub fn changed(&mut self, noun: Noun, row: i64) {
        if !self.changes.contains(&(noun, row)) {
            self.changes.push((noun, row));
        }
    }

    /// Whether this act runs on PostgreSQL, where a statement must differ.
    pub fn postgres(&self) -> bool {
        matches!(self.tx, Tx::Postgres(..))
    }

    /// Lets acts that name the same text wait for each other until they are over: for what must be
    /// counted before it is written. SQLite has one writer at a time anyway. Whoever takes several
    /// names them at once, so that no two acts wait for one another.
    pub async fn serialize(&mut self, texts: &[&str]) -> Result<(), StorageError> {
        if !self.postgres() {
            return Ok(());
        }
        let mut locks: Vec<i64> = texts.iter().map(|text| lock_of(text)).collect();
        locks.sort_unstable();
        for lock in locks {
            self.run("SELECT pg_advisory_xact_lock($1)", args![lock]).await?;
        }
        Ok(())
    }

    /// Makes it so, and tells whoever listens.
    pub async fn commit(mut self, now: Timestamp) -> Result<(), StorageError> {
        let changes = std::mem::take(&mut self.changes);
        if !changes.is_empty() && self.postgres() {
            self.run("SELECT pg_advisory_xact_lock($1)", args![CHANGES_LOCK]).await?;
        }
        for (noun, row) in &changes {
            const SQL: &str = "INSERT INTO changes (at, noun, item) VALUES ($1, $2, $3)";
            self.run(SQL, args![now, noun.as_str(), *row]).await?;
        }
        if !changes.is_empty() && self.postgres() {
            self.run("SELECT pg_notify($1, '')", args![CHANNEL]).await?;
        }
        match self.tx {
            Tx::Sqlite(tx) => tx.commit().await?,
            Tx::Postgres(tx, _) => tx.commit().await?,
        }
        if let Some(wrote) = self.wrote.filter(|_| !changes.is_empty()) {
            wrote.send_replace(());
        }
        Ok(())
    }
}

/// The number of a lock of PostgreSQL for a text.
fn lock_of(text: &str) -> i64 {
    let digest = Sha256::digest(text.as_bytes());
    i64::from_be_bytes(std::array::from_fn(|n| digest[n]))
}
