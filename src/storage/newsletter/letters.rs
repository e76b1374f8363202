//! Letters: what was sent to the readers of a newsletter, is sent, or is being written.

use crate::domain::{
    change::Noun,
    newsletter::{Brake, Kind, State},
    time::Timestamp,
};
use crate::storage::{Db, StorageError, db::args, from_json, to_json};

/// A letter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letter {
    /// The row.
    pub id: i64,
    /// To the readers of this list.
    pub list: String,
    /// What it is made of.
    pub kind: Kind,
    /// By which it is known in the archive.
    pub slug: String,
    /// Its subject.
    pub subject: String,
    /// What mail programs show beside it.
    pub preheader: String,
    /// An editor's words, in Markdown; may be empty.
    pub body: String,
    /// Its articles, in order.
    pub articles: Vec<i64>,
    /// How it stands.
    pub state: State,
    /// Why it stands so, where that is not plain.
    pub why: String,
    /// When it is to go out.
    pub due: Option<Timestamp>,
    /// When it was made.
    pub made: Timestamp,
    /// Who made it.
    pub maker: String,
    /// Who approved it; empty for nobody.
    pub approver: String,
    /// When it began to go out.
    pub begun: Option<Timestamp>,
    /// When the last one had it.
    pub ended: Option<Timestamp>,
    /// How often it was opened, as far as that was counted.
    pub opens: i64,
    /// How often its links were followed, as far as that was counted.
    pub clicks: i64,
    /// Whether it is held because too much was refused.
    pub brake: Brake,
    /// When it last began or went on: refusals for now are borne with from then on.
    pub resumed: Option<Timestamp>,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: i64,
    list: String,
    kind: String,
    slug: String,
    subject: String,
    preheader: String,
    body: String,
    articles: String,
    state: String,
    why: String,
    due: Option<i64>,
    made: i64,
    maker: String,
    approver: String,
    begun: Option<i64>,
    ended: Option<i64>,
    opens: i64,
    clicks: i64,
    brake: String,
    resumed: Option<i64>,
}

impl TryFrom<Row> for Letter {
    type Error = StorageError;

    fn try_from(row: Row) -> Result<Self, StorageError> {
        Ok(Self {
            id: row.id,
            list: row.list,
            kind: row.kind.parse().map_err(StorageError::stored)?,
            slug: row.slug,
            subject: row.subject,
            preheader: row.preheader,
            body: row.body,
            articles: from_json(&row.articles)?,
            state: row.state.parse().map_err(StorageError::stored)?,
            why: row.why,
            due: row.due.map(Timestamp),
            made: Timestamp(row.made),
            maker: row.maker,
            approver: row.approver,
            begun: row.begun.map(Timestamp),
            ended: row.ended.map(Timestamp),
            opens: row.opens,
            clicks: row.clicks,
            brake: row.brake.parse().map_err(StorageError::stored)?,
            resumed: row.resumed.map(Timestamp),
        })
    }
}

macro_rules! letters {
    ($rest:literal) => {
        concat!(
            "SELECT id, list, kind, slug, subject, preheader, body, articles, state, why, due, made, maker, approver, begun, ended, \
             opens, clicks, brake, resumed FROM letters ",
            $rest
        )
    };
}

fn whole(rows: Vec<Row>) -> Result<Vec<Letter>, StorageError> {
    rows.into_iter().map(Letter::try_from).collect()
}

/// What is written of a letter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// To the readers of this list.
    pub list: String,
    /// What it is made of.
    pub kind: Kind,
    /// Its subject.
    pub subject: String,
    /// What mail programs show beside it.
    pub preheader: String,
    /// An editor's words, in Markdown; may be empty.
    pub body: String,
    /// Its articles, in order.
    pub articles: Vec<i64>,
}

/// Adds a letter in this state, known as `slug` or, where that is taken, as `slug-2` …;
/// answers its row.
pub async fn add(
    db: &Db,
    draft: &Draft,
    slug: &str,
    state: State,
    maker: &str,
    now: Timestamp,
) -> Result<i64, StorageError> {
    let mut act = db.begin().await?;
    let id = insert(&mut act, draft, slug, state, "", maker, now).await?;
    act.commit(now).await?;
    Ok(id)
}

async fn insert(
    act: &mut crate::storage::db::Act,
    draft: &Draft,
    slug: &str,
    state: State,
    why: &str,
    maker: &str,
    now: Timestamp,
) -> Result<i64, StorageError> {
    const TAKEN: &str = "SELECT slug FROM letters WHERE slug = $1";
    const ADD: &str = "INSERT INTO letters (list, kind, slug, subject, preheader, body, articles, state, why, due, made, maker) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) RETURNING id";
    let mut free = slug.to_owned();
    for n in 2.. {
        let taken: Option<(String,)> = act.optional(TAKEN, args![&free]).await?;
        if taken.is_none() {
            break;
        }
        free = format!("{slug}-{n}");
    }
    let due = (state == State::Approved).then_some(now);
    let values = args![
        &draft.list,
        draft.kind.as_str(),
        &free,
        &draft.subject,
        &draft.preheader,
        &draft.body,
        to_json(&draft.articles)?,
        state.as_str(),
        why,
        due,
        now,
        maker
    ];
    let (id,): (i64,) = act.one(ADD, values).await?;
    act.changed(Noun::Letter, id);
    Ok(id)
}

/// A letter by its row.
pub async fn by_id(db: &Db, id: i64) -> Result<Option<Letter>, StorageError> {
    let row: Option<Row> = db.optional(letters!("WHERE id = $1"), args![id]).await?;
    row.map(Letter::try_from).transpose()
}

/// A letter by its name in the archive.
pub async fn by_slug(db: &Db, slug: &str) -> Result<Option<Letter>, StorageError> {
    let row: Option<Row> = db.optional(letters!("WHERE slug = $1"), args![slug]).await?;
    row.map(Letter::try_from).transpose()
}

/// The newest letters for the newsroom, whatever became of them.
pub async fn newest(db: &Db, size: i64) -> Result<Vec<Letter>, StorageError> {
    whole(db.all(letters!("ORDER BY id DESC LIMIT $1"), args![size]).await?)
}

/// What was sent, the newest first: the public archive.
pub async fn archive(db: &Db, before: Timestamp, size: i64) -> Result<Vec<Letter>, StorageError> {
    const SQL: &str =
        letters!("WHERE begun < $1 AND state IN ('sending', 'sent', 'paused') ORDER BY begun DESC, id DESC LIMIT $2");
    whole(db.all(SQL, args![before, size]).await?)
}

/// Letters in a state, the oldest first.
pub async fn in_state(db: &Db, state: State) -> Result<Vec<Letter>, StorageError> {
    whole(db.all(letters!("WHERE state = $1 ORDER BY COALESCE(due, made), id"), args![state.as_str()]).await?)
}

/// The rows of letters in a state, in the same order: one that can't be read is no other's fault.
pub async fn rows_in_state(db: &Db, state: State) -> Result<Vec<i64>, StorageError> {
    const SQL: &str = "SELECT id FROM letters WHERE state = $1 ORDER BY COALESCE(due, made), id";
    let rows: Vec<(i64,)> = db.all(SQL, args![state.as_str()]).await?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// The letters that are held because too much was refused, the newest first.
pub async fn braked(db: &Db, size: i64) -> Result<Vec<Letter>, StorageError> {
    const SQL: &str =
        letters!("WHERE brake IN ('on', 'again') AND state IN ('paused', 'sent') ORDER BY id DESC LIMIT $1");
    whole(db.all(SQL, args![size]).await?)
}

/// Says why a letter that goes out gets no further, or with no words that it does.
pub async fn explain(db: &Db, id: i64, why: &str, now: Timestamp) -> Result<(), StorageError> {
    const SQL: &str = "UPDATE letters SET why = $1 WHERE id = $2 AND state = 'sending' AND why <> $1";
    let mut act = db.begin().await?;
    act.run(SQL, args![why, id]).await?;
    act.commit(now).await
}

/// Writes a draft anew; answers whether it was one.
pub async fn save(db: &Db, id: i64, draft: &Draft, now: Timestamp) -> Result<bool, StorageError> {
    const SQL: &str = "UPDATE letters SET list = $1, subject = $2, preheader = $3, body = $4, articles = $5 WHERE id = $6 AND state = 'draft'";
    let mut act = db.begin().await?;
    let values = args![&draft.list, &draft.subject, &draft.preheader, &draft.body, to_json(&draft.articles)?, id];
    let saved = act.run(SQL, values).await? > 0;
    act.changed(Noun::Letter, id);
    act.commit(now).await?;
    Ok(saved)
}

/// An editor approves a draft: it goes out at `due`.
pub async fn approve(db: &Db, id: i64, due: Timestamp, approver: &str, now: Timestamp) -> Result<bool, StorageError> {
    const SQL: &str =
        "UPDATE letters SET state = 'approved', due = $1, approver = $2, why = '' WHERE id = $3 AND state = 'draft'";
    let mut act = db.begin().await?;
    let done = act.run(SQL, args![due, approver, id]).await? > 0;
    act.changed(Noun::Letter, id);
    act.commit(now).await?;
    Ok(done)
}

/// Brings a letter from one of some states into another; answers whether it was in one.
pub async fn change(
    db: &Db,
    id: i64,
    from: &[State],
    to: State,
    why: &str,
    now: Timestamp,
) -> Result<bool, StorageError> {
    let mut act = db.begin().await?;
    let ended = matches!(to, State::Sent | State::Stopped).then_some(now);
    const SQL: &str = "UPDATE letters SET state = $1, why = $2, ended = COALESCE($3, ended), \
         due = CASE WHEN $1 = 'draft' THEN NULL ELSE due END WHERE id = $4 AND state = $5";
    let mut done = false;
    for state in from {
        done = done || act.run(SQL, args![to.as_str(), why, ended, id, state.as_str()]).await? > 0;
    }
    if done {
        act.changed(Noun::Letter, id);
    }
    act.commit(now).await?;
    Ok(done)
}

/// Throws a draft away; answers whether it was one.
pub async fn discard(db: &Db, id: i64, now: Timestamp) -> Result<bool, StorageError> {
    let mut act = db.begin().await?;
    let done = act.run("DELETE FROM letters WHERE id = $1 AND state = 'draft'", args![id]).await? > 0;
    act.changed(Noun::Letter, id);
    act.commit(now).await?;
    Ok(done)
}

/// When the next approved letter is due.
pub async fn next_due(db: &Db) -> Result<Option<Timestamp>, StorageError> {
    let (due,): (Option<i64>,) = db.one("SELECT MIN(due) FROM letters WHERE state = 'approved'", args![]).await?;
    Ok(due.map(Timestamp))
}

/// Up to which moment the digest of a list has looked for articles; a list that is new
/// begins at `now`.
pub async fn looked(db: &Db, list: &str, now: Timestamp) -> Result<Timestamp, StorageError> {
    const NEW: &str = "INSERT INTO digests (list, at) VALUES ($1, $2) ON CONFLICT (list) DO NOTHING";
    let row: Option<(i64,)> = db.optional("SELECT at FROM digests WHERE list = $1", args![list]).await?;
    if let Some((at,)) = row {
        return Ok(Timestamp(at));
    }
    let mut act = db.begin().await?;
    act.run(NEW, args![list, now]).await?;
    act.commit(now).await?;
    Ok(now)
}

/// Notes that a digest has looked from `from` to `until`, with the letter that came of it;
/// answers whether it was the first one to do so: several servers look.
pub async fn look(
    db: &Db,
    list: &str,
    from: Timestamp,
    until: Timestamp,
    letter: Option<(&Draft, &str, State, &str)>,
    now: Timestamp,
) -> Result<bool, StorageError> {
    const SQL: &str = "UPDATE digests SET at = $1 WHERE list = $2 AND at = $3";
    let mut act = db.begin().await?;
    if act.run(SQL, args![until, list, from]).await? == 0 {
        return Ok(false);
    }
    if let Some((draft, slug, state, why)) = letter {
        insert(&mut act, draft, slug, state, why, "schedule", now).await?;
    }
    act.commit(now).await?;
    Ok(true)
}

/// Pauses what is approved or goes out: after a back-up was restored nobody here knows who
/// has got it. Answers how many.
pub async fn pause_all(db: &Db, why: &str, now: Timestamp) -> Result<u64, StorageError> {
    const SQL: &str = "UPDATE letters SET state = 'paused', why = $1 WHERE state IN ('approved', 'sending')";
    let mut act = db.begin().await?;
    let count = act.run(SQL, args![why]).await?;
    act.changed(Noun::Letter, 0);
    act.commit(now).await?;
    Ok(count)
}

/// Adds to how often letters were opened and their links followed: letter, opens, clicks.
/// No line in `changes`: only the newsroom sees them.
pub async fn count(db: &Db, sums: &[(i64, i64, i64)], now: Timestamp) -> Result<(), StorageError> {
    const SQL: &str = "UPDATE letters SET opens = opens + $1, clicks = clicks + $2 WHERE id = $3";
    if sums.is_empty() {
        return Ok(());
    }
    let mut act = db.begin().await?;
    for (letter, opens, clicks) in sums {
        act.run(SQL, args![*opens, *clicks, *letter]).await?;
    }
    act.commit(now).await
}
