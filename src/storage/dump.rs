//! All tables, row by row, in one form for both databases: what a back-up
//! holds, and how a publication moves from SQLite to PostgreSQL and back.

use super::{
    Db, StorageError,
    db::{Act, Arg, args},
    migrations, places,
};
use crate::domain::{change::Noun, time::Timestamp};
use serde_json::Value;
use sqlx::AssertSqlSafe;

/// A table: its name, its columns (numbers end with `#`; what a later version
/// added stands at the end, and is missing in older back-ups), and whether its
/// ids come from a counter. In an order in which every row finds what it refers to.
pub struct Table {
    /// Its name.
    pub name: &'static str,
    columns: &'static str,
    /// Columns by which it is read in order; unique together.
    order: &'static str,
    counted: bool,
}

/// Every table but `changes`, which tells of acts and not of content, `workers`, which tells how
/// the server does just now, and `probes`, which is no content either.
pub const TABLES: &[Table] = &[
    Table { name: "settings", columns: "key value", order: "key", counted: false },
    Table {
        name: "media",
        columns: "id# file width# height# bytes# alt caption credit source ready focus",
        order: "id",
        counted: true,
    },
    Table {
        name: "sections",
        columns: "id# slug name description parent# position# source comment_policy",
        order: "id",
        counted: true,
    },
    Table { name: "topics", columns: "id# slug name description bar_position# source", order: "id", counted: true },
    Table {
        name: "authors",
        columns: "id# slug name role bio email media# links position# source",
        order: "id",
        counted: true,
    },
    Table {
        name: "articles",
        columns: "id# slug section# kind status title titles standfirst body body_source body_format cleaner# words# media# \
                  source_name source_url language comment_policy comment_count# pick# corrections published# updated# saved# source",
        order: "id",
        counted: true,
    },
    Table {
        name: "article_topics",
        columns: "article# topic# position# published# seen#",
        order: "article, topic",
        counted: false,
    },
    Table {
        name: "article_authors",
        columns: "article# author# position# published# seen#",
        order: "article, author",
        counted: false,
    },
    Table {
        name: "pages",
        columns: "id# slug title standfirst body body_source body_format cleaner# status updated# saved# source",
        order: "id",
        counted: true,
    },
    Table { name: "revisions", columns: "id# noun item# saved# snapshot", order: "id", counted: true },
    Table { name: "confirmed_addresses", columns: "digest asked# confirmed#", order: "digest", counted: false },
    Table { name: "redirects", columns: "path target", order: "path", counted: false },
    Table {
        name: "accounts",
        columns: "id# email name role password author# created# disabled#",
        order: "id",
        counted: true,
    },
    Table {
        name: "comments",
        columns: "id# article# parent# name email url body status at# source page# words ticket address findings \
                  account# writer badge agent edited# pinned# notify# recommends# reports# root# place# answers# trained",
        order: "id",
        counted: true,
    },
    Table { name: "shares", columns: "day# article# service clicks#", order: "day, article, service", counted: false },
    Table { name: "views", columns: "hour# article# reads#", order: "hour, article", counted: false },
    Table {
        name: "mails",
        columns: "id# recipient reply_to subject body written# due# attempts# sent# fault ticket stop given_up# \
                  urgent#",
        order: "id",
        counted: true,
    },
    Table { name: "moderations", columns: "id# comment# at# actor act before why", order: "id", counted: true },
    Table { name: "recommends", columns: "comment# person at#", order: "comment, person", counted: false },
    Table { name: "reports", columns: "id# comment# person at# reason words settled#", order: "id", counted: true },
    Table { name: "bans", columns: "id# kind value why actor at# lifted# lifted_by", order: "id", counted: true },
    Table { name: "filter_words", columns: "word good# bad#", order: "word", counted: false },
    Table {
        name: "subscribers",
        columns: "id# email key standing asked# confirmed# soft# soft_since# stood# fault",
        order: "id",
        counted: true,
    },
    Table { name: "subscriptions", columns: "subscriber# list since#", order: "subscriber, list", counted: false },
    Table { name: "wordings", columns: "digest words", order: "digest", counted: false },
    Table {
        name: "consents",
        columns: "id# subscriber# at# asked# way source details lists words address",
        order: "id",
        counted: true,
    },
    Table {
        name: "letters",
        columns: "id# list kind slug subject preheader body articles state why due# made# maker approver begun# ended# \
                  opens# clicks# brake resumed#",
        order: "id",
        counted: true,
    },
    Table { name: "digests", columns: "list at#", order: "list", counted: false },
    Table {
        name: "deliveries",
        columns: "id# letter# subscriber# state due# leased# attempts# at# fault quit# verdict applied#",
        order: "id",
        counted: true,
    },
    Table { name: "provider_events", columns: "digest at# taken#", order: "digest", counted: false },
    Table { name: "plans", columns: "id# article# act due#", order: "id", counted: true },
];

impl Table {
    fn columns(&self) -> impl Iterator<Item = (&'static str, bool)> + use<> {
        self.columns.split_whitespace().map(|c| c.strip_suffix('#').map_or((c, false), |name| (name, true)))
    }

    /// The names of its columns.
    pub fn column_names(&self) -> impl Iterator<Item = &'static str> {
        self.columns().map(|(name, _)| name)
    }

    fn is_number(&self, column: &str) -> bool {
        self.columns().any(|(name, number)| number && name == column)
    }

    /// A line that [`read`] wrote. What an older back-up lacks gets what the table has for it.
    pub fn row(&self, line: &str) -> Result<Row, StorageError> {
        let row: Vec<Value> = super::from_json(line)?;
        if row.len() > self.columns().count() {
            return Err(StorageError::stored(format!("a row of {} has {} columns", self.name, row.len())));
        }
        Ok(self.column_names().zip(row).collect())
    }

    fn key(&self) -> Vec<(&'static str, bool)> {
        self.order.split(", ").filter_map(|key| self.columns().find(|(name, _)| *name == key)).collect()
    }
}

/// Which rows of a table are read. Of mails that wait, only those that a person wrote: in the
/// program's own stand links that are good for whoever reads them, and a database that is
/// restored does not know most of them (confirmations and sign-in links are no part of it).
fn kept(table: &str, columns: &[&str]) -> &'static str {
    match table {
        "mails" if columns.contains(&"given_up") => {
            "(reply_to IS NOT NULL OR sent IS NOT NULL OR given_up IS NOT NULL)"
        }
        "mails" => "(reply_to IS NOT NULL OR sent IS NOT NULL)",
        _ => "1 = 1",
    }
}

/// How many rows are read at a time.
const CHUNK: usize = 500;

/// A line of a table as JSON: an array of its columns in their order.
#[derive(sqlx::FromRow)]
struct Line {
    line: String,
}

/// Reads one table within a snapshot and gives each row to `write` as a line of
/// JSON; answers how many. Memory stays at one chunk of rows. Of a database that has not taken
/// all steps, it reads what is there.
pub async fn read(
    act: &mut Act,
    table: &Table,
    mut write: impl FnMut(&str) -> std::io::Result<()>,
) -> Result<u64, StorageError> {
    let Some(there) = migrations::columns(act, table).await? else { return Ok(0) };
    let columns: Vec<&str> = table.column_names().filter(|name| there.iter().any(|column| column == name)).collect();
    if !table.column_names().take(columns.len()).eq(columns.iter().copied()) {
        return Err(StorageError::stored(format!("{} lacks a column in the middle", table.name)));
    }
    let make = if act.postgres() { "CAST(json_build_array" } else { "json_array" };
    let close = if act.postgres() { " AS TEXT)" } else { "" };
    let key = table.key();
    let names: Vec<&str> = key.iter().map(|(name, _)| *name).collect();
    let mut last: Option<Vec<Value>> = None;
    let mut count = 0_u64;
    loop {
        let beyond = match &last {
            None => format!("WHERE {}", kept(table.name, &columns)),
            Some(_) => {
                format!("WHERE {} AND ({}) > ({})", kept(table.name, &columns), names.join(", "), places(1, key.len()))
            }
        };
        let sql = format!(
            "SELECT {make}({}){close} AS line FROM {} {beyond} ORDER BY {} LIMIT {CHUNK}",
            columns.join(", "),
            table.name,
            table.order
        );
        let values = last.iter().flatten().map(to_arg).collect();
        let lines: Vec<Line> = act.all(AssertSqlSafe(sql), values).await?;
        for Line { line } in &lines {
            write(line).map_err(|e| StorageError::Folder("the back-up".into(), e))?;
            count += 1;
        }
        let Some(Line { line }) = lines.last() else { return Ok(count) };
        let row: Vec<Value> = super::from_json(line)?;
        let at = |name: &str| table.columns().position(|(column, _)| column == name);
        last = Some(names.iter().filter_map(|name| row.get(at(name)?).cloned()).collect());
    }
}

fn to_arg(value: &Value) -> Arg {
    match value {
        Value::Number(number) => Arg::Int(number.as_i64()),
        Value::String(text) => Arg::Text(Some(text.clone())),
        _ => Arg::Text(None),
    }
}

/// Whether nothing has been stored yet, so that a back-up can be put in.
pub async fn is_empty(db: &Db) -> Result<bool, StorageError> {
    for table in TABLES {
        let sql = format!("SELECT 1 FROM (SELECT 1 AS one FROM {} LIMIT 1) t", table.name);
        // A literal is an INT4 on PostgreSQL; only its being there counts.
        let row: Option<Line> =
            db.optional(AssertSqlSafe(sql.replace("SELECT 1 FROM", "SELECT 'x' AS line FROM")), args![]).await?;
        if row.is_some() {
            return Ok(false);
        }
    }
    Ok(true)
}

/// The columns of a row by name, with what stands in them.
pub type Row = Vec<(&'static str, Value)>;

/// Puts rows into empty tables, all in one act: `next` gives for each table its
/// lines, one after the other, until there is none.
pub async fn write(
    db: &Db,
    mut next: impl FnMut(&Table) -> Result<Option<String>, StorageError>,
    now: Timestamp,
) -> Result<u64, StorageError> {
    let read = |table: &'static Table| next(table)?.map(|line| table.row(&line)).transpose();
    write_rows(db, TABLES, read, now).await
}

/// The same for rows whose columns are named; columns that a row has not get what the
/// table has for them.
pub async fn write_rows(
    db: &Db,
    tables: &'static [Table],
    mut next: impl FnMut(&'static Table) -> Result<Option<Row>, StorageError>,
    now: Timestamp,
) -> Result<u64, StorageError> {
    let mut act = db.begin().await?;
    // A row may refer to one of its own table that comes later.
    let defer = if act.postgres() { "SET CONSTRAINTS ALL DEFERRED" } else { "PRAGMA defer_foreign_keys = ON" };
    act.run(defer, args![]).await?;
    let mut count = 0;
    for table in tables {
        while let Some(row) = next(table)? {
            let names: Vec<&str> = row.iter().map(|(name, _)| *name).collect();
            let sql = format!("INSERT INTO {} ({}) VALUES ({})", table.name, names.join(", "), places(1, names.len()));
            let values = row
                .into_iter()
                .map(|(name, value)| match (value, table.is_number(name)) {
                    (Value::Null, true) => Ok(Arg::Int(None)),
                    (Value::Null, false) => Ok(Arg::Text(None)),
                    (Value::Number(n), true) if n.is_i64() => Ok(Arg::Int(n.as_i64())),
                    (Value::String(text), false) => Ok(Arg::Text(Some(text))),
                    _ => Err(StorageError::stored(format!("{}.{name} is of the wrong kind", table.name))),
                })
                .collect::<Result<_, _>>()?;
            // The names are those of the table's columns.
            act.run(AssertSqlSafe(sql), values).await?;
            count += 1;
        }
        if table.counted && act.postgres() {
            // Rows brought their own ids; the counter goes on after the last.
            let sql = format!(
                "SELECT setval(pg_get_serial_sequence('{0}', 'id'), (SELECT COALESCE(MAX(id), 0) + 1 FROM {0}), false)",
                table.name
            );
            act.run(AssertSqlSafe(sql), args![]).await?;
        }
    }
    let comments = tables.iter().find(|table| table.name == "comments");
    if let Some(comments) = comments
        && migrations::columns(&mut act, comments).await?.is_some_and(|there| there.iter().any(|name| name == "root"))
    {
        // Before that step there are no places to settle, and it settles them itself.
        super::comments::threads::settle_all(&mut act).await?;
    }
    act.changed(Noun::All, 0);
    act.commit(now).await?;
    db.take_stock().await?;
    Ok(count)
}
