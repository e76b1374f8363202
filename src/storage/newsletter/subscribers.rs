//! Who gets newsletters, and which.

use super::consents::{self, Consent, Wording};
use crate::domain::{
    newsletter::{ConsentWay, Standing},
    time::Timestamp,
};
use crate::storage::{
    Db, StorageError,
    db::{Act, args},
    from_json,
    mails::{self, Draft},
    to_json,
};
use std::collections::HashMap;

/// Somebody who was named in a form, at least.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subscriber {
    /// The row.
    pub id: i64,
    /// In lower case.
    pub email: String,
    /// Part of what the links are signed with.
    pub key: String,
    /// How they stand to us.
    pub standing: Standing,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: i64,
    email: String,
    key: String,
    standing: String,
}

impl TryFrom<Row> for Subscriber {
    type Error = StorageError;

    fn try_from(row: Row) -> Result<Self, StorageError> {
        let standing = row.standing.parse().map_err(StorageError::stored)?;
        Ok(Self { id: row.id, email: row.email, key: row.key, standing })
    }
}

/// A confirmation that is asked for.
#[derive(Clone, Debug)]
pub struct Asking {
    /// The address, in lower case.
    pub email: String,
    /// The key of a row that is made now.
    pub key: String,
    /// The digest of the token.
    pub token: String,
    /// For these lists.
    pub lists: Vec<String>,
    /// By which form.
    pub form: String,
    /// What is read on the way.
    pub wording: Wording,
}

/// How often an address may be written to: at most so many times since each moment.
pub type Limits<'a> = &'a [(Timestamp, i64)];

/// Notes that a confirmation is asked for, and puts its mail into the outbox: what `mail`
/// writes to somebody in that standing, if anything. Answers whether the limits allowed it.
pub async fn ask(
    db: &Db,
    asking: &Asking,
    limits: Limits<'_>,
    now: Timestamp,
    mail: impl FnOnce(&Subscriber) -> Option<Draft>,
) -> Result<bool, StorageError> {
    const MAKE: &str = "INSERT INTO subscribers (email, key, standing, asked) VALUES ($1, $2, 'pending', $3) \
         ON CONFLICT (email) DO UPDATE SET asked = excluded.asked RETURNING id, email, key, standing";
    const COUNT: &str = "SELECT COUNT(*) FROM confirmations WHERE subscriber = $1 AND made > $2";
    const NOTE: &str =
        "INSERT INTO confirmations (token, subscriber, lists, made, form, words) VALUES ($1, $2, $3, $4, $5, $6)";
    let mut act = db.begin().await?;
    // The row is locked from here on: who asks at the same time waits, and is counted.
    let row: Row = act.one(MAKE, args![&asking.email, &asking.key, now]).await?;
    let subscriber = Subscriber::try_from(row)?;
    for (since, most) in limits {
        let (count,): (i64,) = act.one(COUNT, args![subscriber.id, *since]).await?;
        if count >= *most {
            act.commit(now).await?;
            return Ok(false);
        }
    }
    consents::put_wording(&mut act, &asking.wording).await?;
    let (lists, words) = (to_json(&asking.lists)?, &asking.wording.digest);
    act.run(NOTE, args![&asking.token, subscriber.id, lists, now, &asking.form, words]).await?;
    if let Some(draft) = mail(&subscriber) {
        mails::put_in(&mut act, &draft, now).await?;
    }
    act.commit(now).await?;
    Ok(true)
}

/// Whose token this is, and for which lists, where it was made after `since` and not used.
pub async fn asked(db: &Db, token: &str, since: Timestamp) -> Result<Option<(Subscriber, Vec<String>)>, StorageError> {
    const SQL: &str = "SELECT s.id, s.email, s.key, s.standing, c.lists FROM confirmations c \
         JOIN subscribers s ON s.id = c.subscriber WHERE c.token = $1 AND c.made > $2 AND c.used IS NULL";
    let row: Option<(i64, String, String, String, String)> = db.optional(SQL, args![token, since]).await?;
    row.map(|(id, email, key, standing, lists)| Ok((Row { id, email, key, standing }.try_into()?, from_json(&lists)?)))
        .transpose()
}

/// Uses a token: whoever it is for gets its lists besides those of before, and that they
/// agreed, from this network address, is kept. `None` where it is none that [`asked`] knows,
/// and for those who are not to be written to.
pub async fn confirm(
    db: &Db,
    token: &str,
    since: Timestamp,
    address: &str,
    now: Timestamp,
) -> Result<Option<Subscriber>, StorageError> {
    const USE: &str = "UPDATE confirmations SET used = $1 WHERE token = $2 AND made > $3 AND used IS NULL \
         RETURNING subscriber, lists, made, form, words";
    const CONFIRM: &str = "UPDATE subscribers SET standing = 'confirmed', confirmed = COALESCE(confirmed, CAST($1 AS BIGINT)), soft = 0, soft_since = NULL, \
         stood = CAST($1 AS BIGINT), fault = NULL WHERE id = $2 AND standing <> 'blocked' RETURNING id, email, key, standing";
    let mut act = db.begin().await?;
    let used: Option<(i64, String, i64, String, String)> = act.optional(USE, args![now, token, since]).await?;
    let Some((id, lists, made, form, digest)) = used else { return Ok(None) };
    let row: Option<Row> = act.optional(CONFIRM, args![now, id]).await?;
    let Some(row) = row else { return Ok(None) };
    let lists: Vec<String> = from_json(&lists)?;
    for list in &lists {
        act.run(SUBSCRIBE, args![id, list, now]).await?;
    }
    let consent = Consent {
        at: now,
        asked: Some(Timestamp(made)),
        way: ConsentWay::Form,
        source: form,
        details: String::new(),
        lists,
        wording: Wording { digest, words: String::new() },
        address: address.to_owned(),
    };
    consents::note_known(&mut act, id, &consent).await?;
    act.commit(now).await?;
    Ok(Some(row.try_into()?))
}

const SUBSCRIBE: &str =
    "INSERT INTO subscriptions (subscriber, list, since) VALUES ($1, $2, $3) ON CONFLICT (subscriber, list) DO NOTHING";

/// Somebody by the row.
pub async fn by_id(db: &Db, id: i64) -> Result<Option<Subscriber>, StorageError> {
    const SQL: &str = "SELECT id, email, key, standing FROM subscribers WHERE id = $1";
    let row: Option<Row> = db.optional(SQL, args![id]).await?;
    row.map(Subscriber::try_from).transpose()
}

/// Somebody by the address, in lower case.
pub async fn by_email(db: &Db, email: &str) -> Result<Option<Subscriber>, StorageError> {
    const SQL: &str = "SELECT id, email, key, standing FROM subscribers WHERE email = $1";
    let row: Option<Row> = db.optional(SQL, args![email.to_lowercase()]).await?;
    row.map(Subscriber::try_from).transpose()
}

/// The lists that somebody gets, and since when.
pub async fn lists_of(db: &Db, id: i64) -> Result<Vec<(String, Timestamp)>, StorageError> {
    const SQL: &str = "SELECT list, since FROM subscriptions WHERE subscriber = $1 ORDER BY list";
    let rows: Vec<(String, i64)> = db.all(SQL, args![id]).await?;
    Ok(rows.into_iter().map(|(list, since)| (list, Timestamp(since))).collect())
}

/// Gives somebody just these lists; with none they have left. Who bounced or complained and
/// comes back by the link of a mail has chosen anew. What is new to them they have agreed to,
/// in the way of `consent` (whose lists are not looked at). Answers whether there is such a row.
pub async fn choose(
    db: &Db,
    id: i64,
    lists: &[String],
    consent: &Consent,
    now: Timestamp,
) -> Result<bool, StorageError> {
    const STAND: &str =
        "UPDATE subscribers SET standing = $1, stood = $2, fault = NULL WHERE id = $3 AND standing <> 'blocked'";
    let mut act = db.begin().await?;
    let standing = if lists.is_empty() { Standing::Left } else { Standing::Confirmed };
    if act.run(STAND, args![standing.as_str(), now, id]).await? == 0 {
        return Ok(false);
    }
    let had: Vec<(String,)> = act.all("SELECT list FROM subscriptions WHERE subscriber = $1", args![id]).await?;
    for (list,) in had.iter().filter(|(list,)| !lists.contains(list)) {
        end(&mut act, id, list, now).await?;
    }
    let added: Vec<String> = lists.iter().filter(|list| !had.iter().any(|(known,)| known == *list)).cloned().collect();
    for list in &added {
        act.run(SUBSCRIBE, args![id, list, now]).await?;
    }
    if !added.is_empty() {
        consents::note(&mut act, id, &Consent { lists: added, ..consent.clone() }).await?;
    }
    act.commit(now).await?;
    Ok(true)
}

/// Ends a subscription, and notes it at the last letter that came by it.
async fn end(act: &mut Act, id: i64, list: &str, now: Timestamp) -> Result<(), StorageError> {
    const QUIT: &str = "UPDATE deliveries SET quit = $1 WHERE id = (SELECT MAX(d.id) FROM deliveries d \
         JOIN letters l ON l.id = d.letter WHERE d.subscriber = $2 AND l.list = $3 AND d.state = 'sent')";
    if act.run("DELETE FROM subscriptions WHERE subscriber = $1 AND list = $2", args![id, list]).await? > 0 {
        act.run(QUIT, args![now, id, list]).await?;
    }
    Ok(())
}

/// The letters that somebody got: subjects, and when.
pub async fn letters_of(db: &Db, id: i64) -> Result<Vec<(String, Timestamp)>, StorageError> {
    const SQL: &str = "SELECT l.subject, COALESCE(d.at, l.made) FROM deliveries d JOIN letters l ON l.id = d.letter \
         WHERE d.subscriber = $1 AND d.state = 'sent' ORDER BY d.id";
    let rows: Vec<(String, i64)> = db.all(SQL, args![id]).await?;
    Ok(rows.into_iter().map(|(subject, at)| (subject, Timestamp(at))).collect())
}

/// When somebody asked for newsletters, and confirmed.
pub async fn since(db: &Db, id: i64) -> Result<Option<(Timestamp, Option<Timestamp>)>, StorageError> {
    let row: Option<(i64, Option<i64>)> =
        db.optional("SELECT asked, confirmed FROM subscribers WHERE id = $1", args![id]).await?;
    Ok(row.map(|(asked, confirmed)| (Timestamp(asked), confirmed.map(Timestamp))))
}

/// Somebody leaves one list; with the last one they have left.
pub async fn leave(db: &Db, id: i64, list: &str, now: Timestamp) -> Result<(), StorageError> {
    const LEFT: &str = "UPDATE subscribers SET standing = 'left', stood = $2 WHERE id = $1 AND standing = 'confirmed' \
         AND NOT EXISTS (SELECT 1 FROM subscriptions WHERE subscriber = $1)";
    let mut act = db.begin().await?;
    end(&mut act, id, list, now).await?;
    act.run(LEFT, args![id, now]).await?;
    act.commit(now).await
}

/// Somebody's mail came back for good, was called spam, or no mail is wanted at all.
/// Answers whether the address is known.
pub async fn stand(db: &Db, email: &str, standing: Standing, now: Timestamp) -> Result<bool, StorageError> {
    const SQL: &str = "UPDATE subscribers SET standing = $1, stood = $2 WHERE email = $3 AND standing <> 'blocked'";
    let mut act = db.begin().await?;
    let known = act.run(SQL, args![standing.as_str(), now, email]).await? > 0;
    act.commit(now).await?;
    Ok(known)
}

/// A mail could not be delivered for now. With the `most`th time since at least `span`
/// milliseconds the address counts as bounced; answers whether it does.
pub async fn soft_bounce(db: &Db, email: &str, most: i64, span: i64, now: Timestamp) -> Result<bool, StorageError> {
    let mut act = db.begin().await?;
    let row: Option<(i64,)> = act.optional("SELECT id FROM subscribers WHERE email = $1", args![email]).await?;
    let Some((id,)) = row else { return Ok(false) };
    let over = soft_in(&mut act, id, "", (most, span), now).await?;
    act.commit(now).await?;
    Ok(over)
}

/// The same for a row and as a part of an act.
pub(super) async fn soft_in(
    act: &mut Act,
    id: i64,
    fault: &str,
    (most, span): (i64, i64),
    now: Timestamp,
) -> Result<bool, StorageError> {
    const NOTE: &str = "UPDATE subscribers SET soft = soft + 1, soft_since = COALESCE(soft_since, CAST($1 AS BIGINT)) \
         WHERE id = $2 RETURNING soft, soft_since";
    let row: Option<(i64, i64)> = act.optional(NOTE, args![now, id]).await?;
    let over = row.is_some_and(|(count, since)| count >= most && now.0 - since >= span);
    if over {
        bounce_in(act, id, fault, now).await?;
    }
    Ok(over)
}

/// Mails to somebody come back for good: no more are sent. A part of an act.
pub(super) async fn bounce_in(act: &mut Act, id: i64, fault: &str, now: Timestamp) -> Result<(), StorageError> {
    const SQL: &str =
        "UPDATE subscribers SET standing = 'bounced', stood = $1, fault = $2 WHERE id = $3 AND standing = 'confirmed'";
    act.run(SQL, args![now, fault, id]).await.map(drop)
}

/// Mails to somebody come back, and no letter of ours tells of it: the consequence follows at
/// once.
pub async fn bounce(
    db: &Db,
    id: i64,
    (fault, verdict): (&str, &str),
    soft: (i64, i64),
    now: Timestamp,
) -> Result<(), StorageError> {
    let mut act = db.begin().await?;
    match verdict {
        "gone" => bounce_in(&mut act, id, fault, now).await?,
        "ours" => {}
        _ => drop(soft_in(&mut act, id, fault, soft, now).await?),
    }
    act.commit(now).await
}

/// Somebody who gets no letters any more since mails came back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bounced {
    /// The row.
    pub id: i64,
    /// The address.
    pub email: String,
    /// Since when.
    pub at: Timestamp,
    /// What the mail server said.
    pub fault: String,
}

/// Who bounced from `since` on and before `until`.
pub async fn bounced(db: &Db, since: Timestamp, until: Timestamp) -> Result<Vec<Bounced>, StorageError> {
    const SQL: &str = "SELECT id, email, stood, COALESCE(fault, '') FROM subscribers \
         WHERE standing = 'bounced' AND stood >= $1 AND stood < $2 ORDER BY stood, id";
    let rows: Vec<(i64, String, i64, String)> = db.all(SQL, args![since, until]).await?;
    let one = |(id, email, at, fault)| Bounced { id, email, at: Timestamp(at), fault };
    Ok(rows.into_iter().map(one).collect())
}

/// Brings those back: they get what they had asked for. Answers how many.
pub async fn revive(db: &Db, since: Timestamp, until: Timestamp, now: Timestamp) -> Result<u64, StorageError> {
    const SQL: &str = "UPDATE subscribers SET standing = 'confirmed', soft = 0, soft_since = NULL, stood = $1, fault = NULL \
         WHERE standing = 'bounced' AND stood >= $2 AND stood < $3";
    let mut act = db.begin().await?;
    let count = act.run(SQL, args![now, since, until]).await?;
    act.commit(now).await?;
    Ok(count)
}

/// How many get each list.
pub async fn counts(db: &Db) -> Result<HashMap<String, i64>, StorageError> {
    const SQL: &str = "SELECT u.list, COUNT(*) FROM subscriptions u JOIN subscribers s ON s.id = u.subscriber \
         WHERE s.standing = 'confirmed' GROUP BY u.list";
    let rows: Vec<(String, i64)> = db.all(SQL, args![]).await?;
    Ok(rows.into_iter().collect())
}

/// A reader of newsletters as the newsroom takes them elsewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The row.
    pub id: i64,
    /// The address.
    pub email: String,
    /// How they stand to us.
    pub standing: String,
    /// When they confirmed.
    pub confirmed: Option<Timestamp>,
    /// What they get.
    pub lists: Vec<String>,
    /// How they agreed to it.
    pub consents: Vec<Consent>,
}

/// All of them, in the order of rows, `size` after a row.
pub async fn all(db: &Db, after: i64, size: i64) -> Result<Vec<Entry>, StorageError> {
    const SQL: &str = "SELECT id, email, standing, confirmed FROM subscribers WHERE id > $1 ORDER BY id LIMIT $2";
    const LISTS: &str = "SELECT subscriber, list FROM subscriptions WHERE subscriber > $1 AND subscriber <= $2 ORDER BY subscriber, list";
    let rows: Vec<(i64, String, String, Option<i64>)> = db.all(SQL, args![after, size]).await?;
    let last = rows.last().map_or(after, |(id, ..)| *id);
    let mut lists: HashMap<i64, Vec<String>> = HashMap::new();
    for (id, list) in db.all::<(i64, String)>(LISTS, args![after, last]).await? {
        lists.entry(id).or_default().push(list);
    }
    let mut consents = consents::between(db, after, last).await?;
    let entry = |(id, email, standing, confirmed): (i64, String, String, Option<i64>)| Entry {
        lists: lists.remove(&id).unwrap_or_default(),
        consents: consents.remove(&id).unwrap_or_default(),
        confirmed: confirmed.map(Timestamp),
        id,
        email,
        standing,
    };
    Ok(rows.into_iter().map(entry).collect())
}

/// Somebody who agreed elsewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Newcomer {
    /// The address, in lower case.
    pub email: String,
    /// The key of the row that is made.
    pub key: String,
    /// How they agreed, and to which lists.
    pub consent: Consent,
}

/// Adds people who confirmed elsewhere, with how they agreed; who is known stays as they
/// stand. Answers how many were added.
pub async fn bring(db: &Db, people: &[Newcomer], now: Timestamp) -> Result<usize, StorageError> {
    const SQL: &str = "INSERT INTO subscribers (email, key, standing, asked, confirmed) VALUES ($1, $2, 'confirmed', $3, $3) \
         ON CONFLICT (email) DO NOTHING RETURNING id";
    let mut added = 0;
    let mut act = db.begin().await?;
    let mut stored = String::new();
    for Newcomer { email, key, consent } in people {
        let row: Option<(i64,)> = act.optional(SQL, args![email, key, now]).await?;
        let Some((id,)) = row else { continue };
        added += 1;
        for list in &consent.lists {
            act.run(SUBSCRIBE, args![id, list, now]).await?;
        }
        // All of a file have read the same, mostly.
        if stored != consent.wording.digest {
            consents::put_wording(&mut act, &consent.wording).await?;
            stored.clone_from(&consent.wording.digest);
        }
        consents::note_known(&mut act, id, consent).await?;
    }
    act.commit(now).await?;
    Ok(added)
}

/// Erases one person's row and all that hangs on it.
pub async fn erase(db: &Db, id: i64, now: Timestamp) -> Result<(), StorageError> {
    let mut act = db.begin().await?;
    act.run("DELETE FROM subscribers WHERE id = $1", args![id]).await?;
    act.commit(now).await
}

/// Forgets addresses that nobody confirmed since a moment, and old tokens; answers how many
/// addresses.
pub async fn forget_pending(db: &Db, before: Timestamp, now: Timestamp) -> Result<u64, StorageError> {
    let mut act = db.begin().await?;
    let count = act.run("DELETE FROM subscribers WHERE standing = 'pending' AND asked < $1", args![before]).await?;
    act.run("DELETE FROM confirmations WHERE made < $1", args![before]).await?;
    act.commit(now).await?;
    Ok(count)
}
