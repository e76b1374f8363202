//! The steps by which the tables come to the state that this program knows.
//!
//! Each step is one transaction with its own line in the library's record, so a program that is
//! killed in the middle of one has not begun it. Steps only add (`tests/storage_contract/of_steps.rs`
//! says what that is), so that a server of the version before goes on beside one of this version.

use super::{
    Db, StorageError,
    db::{Act, args},
    dump,
};
use sqlx::{
    AssertSqlSafe, Connection, Executor, PgConnection, Postgres, Transaction,
    migrate::{Migrate, MigrateError, Migrator},
};
use std::{
    collections::BTreeSet,
    path::Path,
    time::{Duration, Instant},
};

/// The lock under which PostgreSQL lets one program change the tables. Any number that no other
/// program uses.
const STEPS_LOCK: i64 = 0x7072_6573_7374_6570;
/// The longest that a step waits for a table that somebody reads or writes: whoever comes after
/// it waits, too. Then it lets them go first, and begins anew.
const LOCK_WAIT: &str = "SET lock_timeout = '3s'";
/// So many times it begins anew.
const TRIES: u32 = 40;
/// How long it lets the others go first.
const BETWEEN: Duration = Duration::from_secs(1);

/// A step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// Its number.
    pub number: i64,
    /// Its name.
    pub name: String,
}

/// Which steps a database has taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Steps {
    /// Those that it has taken.
    pub taken: BTreeSet<i64>,
    /// Those of this program that it has not, in their order.
    pub pending: Vec<Step>,
}

impl Steps {
    /// Whether there are no tables yet.
    pub fn is_new(&self) -> bool {
        self.taken.is_empty()
    }

    /// The newest that it has taken; 0 where there is none.
    pub fn newest(&self) -> i64 {
        self.taken.last().copied().unwrap_or(0)
    }
}

/// A step of a rehearsal and how long it took.
#[derive(Debug)]
pub struct Timed {
    /// The step.
    pub step: Step,
    /// How long it took.
    pub took: Duration,
}

fn of_sqlite() -> Migrator {
    sqlx::migrate!("migrations/sqlite")
}

/// The newest step that this program knows; the same for both databases.
pub fn newest_step() -> i64 {
    of_sqlite().iter().map(|step| step.version).max().unwrap_or(0)
}

impl Db {
    fn migrator(&self) -> Migrator {
        let mut migrator = match self {
            Self::Sqlite { .. } => of_sqlite(),
            Self::Postgres(_) => sqlx::migrate!("migrations/postgres"),
        };
        // The library's own lock stays with its connection where a step fails.
        migrator.set_locking(false);
        migrator
    }

    /// Which steps the database has taken, and which it has not.
    ///
    /// # Errors
    /// [`StorageError::Newer`] where it has taken one that this program does not know.
    pub async fn steps(&self) -> Result<Steps, StorageError> {
        // A database that can't be asked whether there is a record must not be taken for a new one.
        let (there,): (i64,) = self
            .one(
                self.pick(
                    "SELECT COUNT(*) FROM sqlite_master WHERE type = 'table' AND name = '_sqlx_migrations'",
                    "SELECT COUNT(*) FROM information_schema.tables \
                     WHERE table_schema = current_schema() AND table_name = '_sqlx_migrations'",
                ),
                args![],
            )
            .await?;
        let taken: Vec<(i64, String)> = match there {
            0 => Vec::new(),
            _ => self.all("SELECT version, description FROM _sqlx_migrations ORDER BY version", args![]).await?,
        };
        let migrator = self.migrator();
        if let Some((number, name)) = taken.iter().rfind(|(number, _)| !migrator.version_exists(*number)) {
            let step = format!("{number}, {name}");
            return Err(StorageError::Newer { step, known: newest_step() });
        }
        let taken: BTreeSet<i64> = taken.into_iter().map(|(number, _)| number).collect();
        let pending = migrator.iter().filter(|step| !taken.contains(&step.version));
        let pending = pending.map(|step| Step { number: step.version, name: step.description.to_string() }).collect();
        Ok(Steps { taken, pending })
    }

    /// Brings the tables to the state that this program knows. Running twice changes nothing.
    pub async fn migrate(&self) -> Result<(), StorageError> {
        self.migrate_to(i64::MAX).await
    }

    /// Takes the steps up to a number, where they are not taken yet.
    pub async fn migrate_to(&self, number: i64) -> Result<(), StorageError> {
        for _ in 1..TRIES {
            match self.try_to_migrate(number).await {
                Err(error) if is_in_use(&error) => tokio::time::sleep(BETWEEN).await,
                // On SQLite two programs may have taken the same step at the same time.
                Err(error) => {
                    let left = self.steps().await?.pending;
                    return if left.iter().any(|step| step.number <= number) { Err(error) } else { Ok(()) };
                }
                Ok(()) => return Ok(()),
            }
        }
        self.try_to_migrate(number).await
    }

    async fn try_to_migrate(&self, number: i64) -> Result<(), StorageError> {
        self.steps().await?;
        let migrator = self.migrator();
        match self {
            Self::Sqlite { write, .. } => run(&migrator, number, &mut *write.acquire().await?).await?,
            Self::Postgres(postgres) => {
                // A connection of its own, which is closed: so nothing of this stays with it.
                let mut connection = PgConnection::connect_with(&postgres.pool.connect_options()).await?;
                sqlx::query("SELECT pg_advisory_lock($1)").bind(STEPS_LOCK).execute(&mut connection).await?;
                connection.execute(LOCK_WAIT).await?;
                let done = run(&migrator, number, &mut connection).await;
                connection.close().await?;
                done?;
            }
        }
        Ok(())
    }

    /// Takes the pending steps on a copy that goes again, and says how long each took. The
    /// original is only read. SQLite's copy lies in a folder; PostgreSQL's is temporary tables.
    pub async fn rehearse(&self, folder: &Path) -> Result<Vec<Timed>, StorageError> {
        let steps = self.steps().await?.pending;
        match self {
            // Not on a connection that only reads, which may not make another file either.
            Self::Sqlite { write, .. } => {
                let fault = |e| StorageError::Folder(folder.display().to_string(), e);
                let copy = tempfile::tempdir_in(folder).map_err(fault)?;
                let path = copy.path().join("copy.db").display().to_string();
                sqlx::query("VACUUM INTO $1").bind(&path).execute(write).await?;
                let copy = Db::open(&format!("sqlite:{path}")).await?;
                let timed = copy.rehearse_on_sqlite(&steps).await;
                copy.close().await;
                timed
            }
            Self::Postgres(postgres) => {
                let mut connection = PgConnection::connect_with(&postgres.pool.connect_options()).await?;
                let mut act = connection.begin_with("BEGIN ISOLATION LEVEL REPEATABLE READ").await?;
                copy_postgres(&mut act).await?;
                let migrator = self.migrator();
                let mut timed = Vec::new();
                for step in &steps {
                    let begun = Instant::now();
                    run(&migrator, step.number, &mut *act).await?;
                    timed.push(Timed { step: step.clone(), took: begun.elapsed() });
                }
                act.rollback().await?;
                connection.close().await?;
                Ok(timed)
            }
        }
    }

    async fn rehearse_on_sqlite(&self, steps: &[Step]) -> Result<Vec<Timed>, StorageError> {
        let mut timed = Vec::new();
        for step in steps {
            let begun = Instant::now();
            self.migrate_to(step.number).await?;
            timed.push(Timed { step: step.clone(), took: begun.elapsed() });
        }
        match self.damage().await? {
            Some(damage) => Err(StorageError::stored(damage)),
            None => Ok(timed),
        }
    }
}

/// Takes the steps up to a number. (The future of the library's `run_to`
/// can't go to another thread.)
async fn run<C: Migrate>(migrator: &Migrator, number: i64, connection: &mut C) -> Result<(), StorageError> {
    Ok(migrator.run_direct(Some(number), connection, false).await?)
}

/// Whether a step only waited too long for what somebody else holds.
fn is_in_use(error: &StorageError) -> bool {
    let cause = match error {
        StorageError::Migration(MigrateError::ExecuteMigration(cause, _) | MigrateError::Execute(cause)) => cause,
        StorageError::Database(cause) => cause,
        _ => return false,
    };
    // `lock_not_available` and `deadlock_detected` of PostgreSQL; SQLITE_BUSY and its kinds.
    let codes = ["55P03", "40P01", "5", "261", "517"];
    cause.as_database_error().and_then(|error| error.code()).is_some_and(|code| codes.contains(&&*code))
}

/// Makes a copy of all tables as temporary ones, under the same names, with their rows,
/// constraints and indexes, and puts them in front of the originals.
async fn copy_postgres(act: &mut Transaction<'_, Postgres>) -> Result<(), StorageError> {
    let list = async |act: &mut Transaction<'_, Postgres>, sql: &'static str| {
        let rows: Vec<(String, String, String)> = sqlx::query_as(sql).fetch_all(&mut **act).await?;
        Ok::<_, StorageError>(rows)
    };
    // Read before the copies are there: names are written without their schema as long as they are
    // the only ones. Keys come before what refers to them.
    const TABLES: &str = "SELECT CAST(oid::regclass AS TEXT), '', '' FROM pg_class \
         WHERE relkind = 'r' AND relnamespace = current_schema()::regnamespace";
    const CONSTRAINTS: &str = "SELECT CAST(conrelid::regclass AS TEXT), quote_ident(conname), pg_get_constraintdef(oid) \
         FROM pg_constraint WHERE connamespace = current_schema()::regnamespace AND conrelid <> 0 \
         AND contype IN ('p', 'u', 'c', 'f') ORDER BY contype = 'f'";
    const INDEXES: &str = "SELECT CAST(i.indrelid::regclass AS TEXT), CAST(quote_ident(n.nspname) AS TEXT), \
         pg_get_indexdef(i.indexrelid) FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid \
         JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.oid = current_schema()::regnamespace \
         AND NOT EXISTS (SELECT 1 FROM pg_constraint k WHERE k.conindid = i.indexrelid AND k.contype IN ('p', 'u'))";
    const COUNTERS: &str = "SELECT CAST(c.oid::regclass AS TEXT), CAST(a.attname AS TEXT), '' FROM pg_attribute a \
         JOIN pg_class c ON c.oid = a.attrelid WHERE c.relkind = 'r' AND a.attidentity <> '' \
         AND c.relnamespace = current_schema()::regnamespace";
    let tables = list(act, TABLES).await?;
    let constraints = list(act, CONSTRAINTS).await?;
    let indexes = list(act, INDEXES).await?;
    let counters = list(act, COUNTERS).await?;
    let mut run = Vec::new();
    for (table, ..) in &tables {
        run.push(format!("CREATE TEMPORARY TABLE {table} (LIKE {table} INCLUDING DEFAULTS INCLUDING IDENTITY)"));
    }
    let (schema,): (String,) =
        sqlx::query_as("SELECT CAST(quote_ident(current_schema()) AS TEXT)").fetch_one(&mut **act).await?;
    for (table, ..) in &tables {
        run.push(format!("INSERT INTO pg_temp.{table} SELECT * FROM {schema}.{table}"));
    }
    run.push(format!("SET LOCAL search_path = pg_temp, {schema}"));
    run.extend(constraints.iter().map(|(table, name, is)| format!("ALTER TABLE {table} ADD CONSTRAINT {name} {is}")));
    for (table, column, _) in &counters {
        run.push(format!(
            "SELECT setval(pg_get_serial_sequence('{table}', '{column}'), (SELECT COALESCE(MAX({column}), 0) + 1 \
             FROM {table}), false)"
        ));
    }
    for (table, schema, is) in &indexes {
        run.push(is.replacen(&format!(" ON {schema}.{table} "), &format!(" ON pg_temp.{table} "), 1));
    }
    for sql in run {
        act.execute(AssertSqlSafe(sql)).await?;
    }
    Ok(())
}

/// The columns of a table that the database has, whichever steps it has taken; `None` where it
/// has no such table.
pub(super) async fn columns(act: &mut Act, table: &dump::Table) -> Result<Option<Vec<String>>, StorageError> {
    let sql = if act.postgres() {
        "SELECT CAST(column_name AS TEXT) FROM information_schema.columns \
         WHERE table_schema = current_schema() AND table_name = $1"
    } else {
        "SELECT name FROM pragma_table_info($1)"
    };
    let found: Vec<(String,)> = act.all(sql, args![table.name]).await?;
    Ok((!found.is_empty()).then(|| found.into_iter().map(|(name,)| name).collect()))
}
