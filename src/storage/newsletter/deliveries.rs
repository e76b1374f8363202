//! Letters on their way: one row for a letter and a reader.

use crate::domain::{change::Noun, time::Timestamp};
use crate::storage::{
    Db, StorageError,
    db::{Act, args},
};

/// A letter that somebody is to get now.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Delivery {
    /// The row.
    pub id: i64,
    /// To whom: the row …
    pub subscriber: i64,
    /// … the address …
    pub email: String,
    /// … and part of what the links are signed with.
    pub key: String,
    /// How often it was tried, this time included.
    pub attempts: i64,
}

/// How far a letter is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// Not tried yet, or to be tried again.
    pub waiting: i64,
    /// Handed over.
    pub sent: i64,
    /// Refused for good.
    pub refused: i64,
    /// Left before it came.
    pub left: i64,
    /// Left after it came, and before the next one did.
    pub quit: i64,
}

impl Progress {
    /// To how many it goes.
    pub fn total(&self) -> i64 {
        self.waiting + self.sent + self.refused + self.left
    }
}

macro_rules! lease {
    ($lock:literal) => {
        concat!(
            "UPDATE deliveries SET leased = $1, attempts = attempts + 1 WHERE id IN \
             (SELECT d.id FROM deliveries d JOIN letters l ON l.id = d.letter \
              WHERE d.letter = $2 AND l.state = 'sending' AND d.state = 'waiting' AND d.due <= $3 AND d.leased <= $3 \
              ORDER BY d.due, d.id LIMIT $4",
            $lock,
            ") RETURNING id, subscriber, attempts"
        )
    };
}

/// Leases up to `size` deliveries of a letter that are due: until `until` nobody else gets
/// them. Who has left meanwhile is noted as such. Empty where the letter is not sent now.
pub async fn lease(
    db: &Db,
    letter: i64,
    now: Timestamp,
    until: Timestamp,
    size: i64,
) -> Result<Vec<Delivery>, StorageError> {
    // What others lease just now is left to them.
    const SQLITE: &str = lease!("");
    const POSTGRES: &str = lease!(" FOR UPDATE SKIP LOCKED");
    const LEFT: &str = "UPDATE deliveries SET state = 'left', at = $1 WHERE id = $2";
    let mut act = db.begin().await?;
    let rows: Vec<(i64, i64, i64)> = act.all(db.pick(SQLITE, POSTGRES), args![until, letter, now, size]).await?;
    let mut due = Vec::with_capacity(rows.len());
    for (id, subscriber, attempts) in rows {
        const WHO: &str = "SELECT s.email, s.key FROM subscribers s \
             JOIN letters l ON l.id = $1 JOIN subscriptions u ON u.subscriber = s.id AND u.list = l.list \
             WHERE s.id = $2 AND s.standing = 'confirmed'";
        let who: Option<(String, String)> = act.optional(WHO, args![letter, subscriber]).await?;
        match who {
            Some((email, key)) => due.push(Delivery { id, subscriber, email, key, attempts }),
            None => drop(act.run(LEFT, args![now, id]).await?),
        }
    }
    act.commit(now).await?;
    due.sort_by_key(|delivery| delivery.id);
    Ok(due)
}

/// Letters have been handed over.
pub async fn sent(db: &Db, ids: &[i64], now: Timestamp) -> Result<(), StorageError> {
    if ids.is_empty() {
        return Ok(());
    }
    let mut act = db.begin().await?;
    for id in ids {
        settle(&mut act, *id, "sent", None, now).await?;
    }
    act.commit(now).await
}

/// A letter was refused for good. What follows from the verdict for its reader waits: see
/// [`super::brake::look`].
pub async fn refused(db: &Db, id: i64, fault: &str, verdict: &str, now: Timestamp) -> Result<(), StorageError> {
    let mut act = db.begin().await?;
    settle(&mut act, id, "refused", Some((fault, verdict)), now).await?;
    act.commit(now).await
}

async fn settle(
    act: &mut Act,
    id: i64,
    state: &str,
    refusal: Option<(&str, &str)>,
    now: Timestamp,
) -> Result<(), StorageError> {
    const SQL: &str = "UPDATE deliveries SET state = $1, fault = $2, verdict = $3, at = $4, leased = 0 \
         WHERE id = $5 AND state = 'waiting'";
    let (fault, verdict) = refusal.unzip();
    act.run(SQL, args![state, fault, verdict, now, id]).await.map(drop)
}

/// A letter that had been handed over came back with a refusal: the named one, or the last
/// that this reader got. Answers which; `None` where that is known already, or there is none.
pub async fn returned(
    db: &Db,
    letter: Option<i64>,
    subscriber: i64,
    (fault, verdict): (&str, &str),
    now: Timestamp,
) -> Result<Option<i64>, StorageError> {
    const LAST: &str = "SELECT MAX(letter) FROM deliveries WHERE subscriber = $1 AND state IN ('sent', 'refused')";
    // What was unclear may become clear later, and not the other way round.
    const SQL: &str = "UPDATE deliveries SET state = 'refused', fault = $1, verdict = $2, at = $3, applied = NULL \
         WHERE letter = $4 AND subscriber = $5 \
         AND (state = 'sent' OR (state = 'refused' AND $2 = 'gone' AND COALESCE(verdict, '') <> 'gone'))";
    let mut act = db.begin().await?;
    let letter = match letter {
        Some(letter) => Some(letter),
        None => act.one::<(Option<i64>,)>(LAST, args![subscriber]).await?.0,
    };
    let Some(letter) = letter else { return Ok(None) };
    let changed = act.run(SQL, args![fault, verdict, now, letter, subscriber]).await? > 0;
    act.commit(now).await?;
    Ok(changed.then_some(letter))
}

/// Whether somebody was ever to get a letter.
pub async fn any_of(db: &Db, subscriber: i64) -> Result<bool, StorageError> {
    const SQL: &str = "SELECT MIN(id) FROM deliveries WHERE subscriber = $1";
    let (first,): (Option<i64>,) = db.one(SQL, args![subscriber]).await?;
    Ok(first.is_some())
}

/// A letter that had been handed over was called spam: no refusal.
pub async fn came_back(db: &Db, letter: i64, subscriber: i64, fault: &str, now: Timestamp) -> Result<(), StorageError> {
    const SQL: &str = "UPDATE deliveries SET state = 'refused', fault = $1, at = $2 WHERE letter = $3 AND subscriber = $4 AND state = 'sent'";
    let mut act = db.begin().await?;
    act.run(SQL, args![fault, now, letter, subscriber]).await?;
    act.commit(now).await
}

/// A letter could not be handed over; it is tried again at `due`.
pub async fn failed(db: &Db, id: i64, fault: &str, due: Timestamp, now: Timestamp) -> Result<(), StorageError> {
    const SQL: &str = "UPDATE deliveries SET due = $1, fault = $2, leased = 0 WHERE id = $3";
    let mut act = db.begin().await?;
    act.run(SQL, args![due, fault, id]).await?;
    act.commit(now).await
}

/// Gives back what was leased and not tried: the mail server was not there.
pub async fn give_back(db: &Db, ids: &[i64], now: Timestamp) -> Result<(), StorageError> {
    const SQL: &str = "UPDATE deliveries SET leased = 0, attempts = attempts - 1 WHERE id = $1 AND state = 'waiting'";
    let mut act = db.begin().await?;
    for id in ids {
        act.run(SQL, args![*id]).await?;
    }
    act.commit(now).await
}

/// What is still being carried stays ours: until `until` nobody else gets it.
pub async fn renew(db: &Db, ids: &[i64], until: Timestamp, now: Timestamp) -> Result<(), StorageError> {
    const SQL: &str = "UPDATE deliveries SET leased = $1 WHERE id = $2 AND state = 'waiting' AND leased > 0";
    let mut act = db.begin().await?;
    for id in ids {
        act.run(SQL, args![until, *id]).await?;
    }
    act.commit(now).await
}

/// Ends all leases: the one program that could have held them has just started.
pub async fn end_leases(db: &Db, now: Timestamp) -> Result<(), StorageError> {
    let mut act = db.begin().await?;
    act.run("UPDATE deliveries SET leased = 0 WHERE state = 'waiting' AND leased > 0", args![]).await?;
    act.commit(now).await
}

/// How far a letter is.
pub async fn progress(db: &Db, letter: i64) -> Result<Progress, StorageError> {
    const SQL: &str = "SELECT state, COUNT(*), COUNT(quit) FROM deliveries WHERE letter = $1 GROUP BY state";
    let mut progress = Progress::default();
    for (state, count, quit) in db.all::<(String, i64, i64)>(SQL, args![letter]).await? {
        progress.quit += quit;
        match state.as_str() {
            "waiting" => progress.waiting = count,
            "sent" => progress.sent = count,
            "refused" => progress.refused = count,
            _ => progress.left += count,
        }
    }
    Ok(progress)
}

/// The moment at which the next delivery of a letter is due; `None` where none waits.
pub async fn next_due(db: &Db, letter: i64) -> Result<Option<Timestamp>, StorageError> {
    const SQL: &str = "SELECT MIN(CASE WHEN leased > due THEN leased ELSE due END) FROM deliveries WHERE letter = $1 AND state = 'waiting'";
    let (due,): (Option<i64>,) = db.one(SQL, args![letter]).await?;
    Ok(due.map(Timestamp))
}

/// What went wrong most, with numbers.
pub async fn faults(db: &Db, letter: i64, size: i64) -> Result<Vec<(String, i64)>, StorageError> {
    const SQL: &str = "SELECT fault, COUNT(*) FROM deliveries WHERE letter = $1 AND fault IS NOT NULL AND state <> 'sent' \
         GROUP BY fault ORDER BY COUNT(*) DESC, fault LIMIT $2";
    db.all(SQL, args![letter, size]).await
}

/// Begins to send a letter that is approved: a row for everybody who gets its list, and
/// for nobody twice. Answers whether it began.
pub async fn begin(db: &Db, letter: i64, now: Timestamp) -> Result<bool, StorageError> {
    const STATE: &str = "UPDATE letters SET state = 'sending', begun = COALESCE(begun, CAST($1 AS BIGINT)), \
         resumed = CAST($1 AS BIGINT), why = '' WHERE id = $2 AND state = 'approved'";
    const ROWS: &str = "INSERT INTO deliveries (letter, subscriber, state, due) \
         SELECT CAST($1 AS BIGINT), s.id, 'waiting', CAST($2 AS BIGINT) FROM letters l \
         JOIN subscriptions u ON u.list = l.list JOIN subscribers s ON s.id = u.subscriber \
         WHERE l.id = $1 AND s.standing = 'confirmed' ON CONFLICT (letter, subscriber) DO NOTHING";
    let mut act = db.begin().await?;
    if act.run(STATE, args![now, letter]).await? == 0 {
        return Ok(false);
    }
    act.run(ROWS, args![letter, now]).await?;
    act.changed(Noun::Letter, letter);
    act.commit(now).await?;
    Ok(true)
}
