//! The brake of a letter: refusals are counted here, and their consequences for readers wait
//! until it is clear that the refusals are about the readers.

use super::subscribers;
use crate::domain::{
    change::Noun,
    newsletter::{Brake, Tally},
    time::Timestamp,
};
use crate::storage::{
    Db, StorageError,
    db::{Act, args},
    mails::{self, Draft},
};

/// How a letter was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Found {
    /// In good order; what was to follow from refusals has followed where everybody has been
    /// tried.
    Good,
    /// Held just now.
    Held,
    /// Held before.
    HeldBefore,
}

/// The letter's row, locked: who looks at the same time waits.
async fn lock(act: &mut Act, letter: i64) -> Result<Option<Brake>, StorageError> {
    const SQL: &str = "UPDATE letters SET brake = brake WHERE id = $1 RETURNING brake";
    let row: Option<(String,)> = act.optional(SQL, args![letter]).await?;
    row.map(|(brake,)| brake.parse().map_err(StorageError::stored)).transpose()
}

const TALLY: &str = "SELECT state, COALESCE(verdict, ''), COUNT(*), COUNT(CASE WHEN attempts = 0 THEN 1 END) \
     FROM deliveries WHERE letter = $1 GROUP BY state, COALESCE(verdict, '')";

fn tally_of(rows: Vec<(String, String, i64, i64)>) -> Tally {
    let mut tally = Tally::default();
    for (state, verdict, count, untried) in rows {
        match (state.as_str(), verdict.as_str()) {
            ("sent", _) => tally.sent += count,
            ("waiting", _) => {
                tally.waiting += count;
                tally.untried += untried;
            }
            ("refused", "gone") => tally.gone += count,
            ("refused", "ours") => tally.ours += count,
            // Without a verdict it was no refusal of a mail server's.
            ("refused", "for now" | "unclear") => tally.unclear += count,
            _ => {}
        }
    }
    tally
}

/// What has come of a letter's hand-overs so far.
pub async fn tally(db: &Db, letter: i64) -> Result<Tally, StorageError> {
    Ok(tally_of(db.all(TALLY, args![letter]).await?))
}

/// Looks whether a letter's refusals are what a good list brings. If so, and everybody has
/// been tried, what follows from them follows: `soft` is after how many refusals for now, over
/// how many milliseconds, an address counts as gone. If not, the letter is held and nothing
/// follows: `told` says why, out of the figures and what was said most, with mails about it.
pub async fn look(
    db: &Db,
    letter: i64,
    soft: (i64, i64),
    now: Timestamp,
    told: impl FnOnce(&Tally, &str) -> (String, Vec<Draft>),
) -> Result<Found, StorageError> {
    const SAID: &str = "SELECT COALESCE(fault, '') FROM deliveries WHERE letter = $1 AND state = 'refused' \
         AND verdict IS NOT NULL GROUP BY fault ORDER BY COUNT(*) DESC, fault LIMIT 1";
    let mut act = db.begin().await?;
    let brake = match lock(&mut act, letter).await? {
        None => return Ok(Found::Good),
        Some(brake) if brake.is_on() => return Ok(Found::HeldBefore),
        Some(brake) => brake,
    };
    let tally = tally_of(act.all(TALLY, args![letter]).await?);
    let old = brake == Brake::Ended;
    let wrong = tally.is_wrong(old);
    if wrong {
        let said: Option<(String,)> = act.optional(SAID, args![letter]).await?;
        let (why, mails) = told(&tally, &said.map_or(String::new(), |(text,)| text));
        hold_in(&mut act, letter, &why, &mails, now).await?;
    } else if tally.untried == 0 {
        end_in(&mut act, letter, soft, old, now).await?;
    }
    act.commit(now).await?;
    Ok(if wrong { Found::Held } else { Found::Good })
}

/// Holds a letter that nobody can be sent; answers whether it was not held before.
pub async fn hold(db: &Db, letter: i64, why: &str, mails: &[Draft], now: Timestamp) -> Result<bool, StorageError> {
    let mut act = db.begin().await?;
    if lock(&mut act, letter).await?.is_none_or(Brake::is_on) {
        return Ok(false);
    }
    hold_in(&mut act, letter, why, mails, now).await?;
    act.commit(now).await?;
    Ok(true)
}

async fn hold_in(act: &mut Act, letter: i64, why: &str, mails: &[Draft], now: Timestamp) -> Result<(), StorageError> {
    const SQL: &str = "UPDATE letters SET brake = CASE WHEN brake = 'end' THEN 'again' ELSE 'on' END, why = $1, \
         state = CASE WHEN state IN ('approved', 'sending') THEN 'paused' ELSE state END WHERE id = $2";
    act.run(SQL, args![why, letter]).await?;
    for mail in mails {
        mails::put_in(act, mail, now).await?;
    }
    act.changed(Noun::Letter, letter);
    Ok(())
}

/// Lets follow what follows from refusals, once for each. Where the list `is_old`, whoever was
/// refused with unclear words is gone, too.
async fn end_in(
    act: &mut Act,
    letter: i64,
    soft: (i64, i64),
    is_old: bool,
    now: Timestamp,
) -> Result<(), StorageError> {
    const ROWS: &str = "SELECT id, subscriber, verdict, COALESCE(fault, '') FROM deliveries \
         WHERE letter = $1 AND state = 'refused' AND verdict IS NOT NULL AND applied IS NULL ORDER BY id";
    const DONE: &str = "UPDATE deliveries SET applied = $1 WHERE id = $2";
    let rows: Vec<(i64, i64, String, String)> = act.all(ROWS, args![letter]).await?;
    for (id, subscriber, verdict, fault) in rows {
        match verdict.as_str() {
            "gone" => subscribers::bounce_in(act, subscriber, &fault, now).await?,
            "unclear" if is_old => subscribers::bounce_in(act, subscriber, &fault, now).await?,
            // Nothing follows, and it may be tried again.
            "ours" => continue,
            _ => drop(subscribers::soft_in(act, subscriber, &fault, soft, now).await?),
        }
        act.run(DONE, args![now, id]).await?;
    }
    Ok(())
}

/// A letter that was held goes on, with those who were refused; answers whether it was held.
pub async fn resume(db: &Db, letter: i64, now: Timestamp) -> Result<bool, StorageError> {
    const STATE: &str = "UPDATE letters SET state = 'approved', why = '', \
         brake = CASE WHEN brake = 'again' THEN 'end' ELSE '' END \
         WHERE id = $1 AND brake IN ('on', 'again') AND state IN ('paused', 'sent')";
    const ROWS: &str = "UPDATE deliveries SET state = 'waiting', due = $1, leased = 0, attempts = 0, verdict = NULL \
         WHERE letter = $2 AND state = 'refused' AND verdict IS NOT NULL AND applied IS NULL";
    let mut act = db.begin().await?;
    if act.run(STATE, args![letter]).await? == 0 {
        return Ok(false);
    }
    act.run(ROWS, args![now, letter]).await?;
    act.changed(Noun::Letter, letter);
    act.commit(now).await?;
    Ok(true)
}

/// A letter that was held goes on, and those who were refused because of their address are
/// taken off the list: an editor says that it is old. Answers whether it was held.
pub async fn end(db: &Db, letter: i64, soft: (i64, i64), now: Timestamp) -> Result<bool, StorageError> {
    const STATE: &str = "UPDATE letters SET brake = 'end', why = '', \
         state = CASE WHEN state = 'paused' THEN 'approved' ELSE state END \
         WHERE id = $1 AND brake IN ('on', 'again') AND state IN ('paused', 'sent')";
    let mut act = db.begin().await?;
    if act.run(STATE, args![letter]).await? == 0 {
        return Ok(false);
    }
    end_in(&mut act, letter, soft, true, now).await?;
    act.changed(Noun::Letter, letter);
    act.commit(now).await?;
    Ok(true)
}
