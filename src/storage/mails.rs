//! The outbox: mails wait here until somebody has taken them.

use super::{
    Db, StorageError,
    db::{Act, args},
};
use crate::domain::{change::Noun, time::Timestamp};

/// A mail to be written into the outbox.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Draft {
    /// Who gets it.
    pub recipient: String,
    /// Where an answer goes.
    pub reply_to: Option<String>,
    /// One line.
    pub subject: String,
    /// Plain text.
    pub body: String,
    /// The same ticket is the same mail, however often a form is sent.
    pub ticket: Option<String>,
    /// Where its reader stops more of them with one click; the full address.
    pub stop: Option<String>,
    /// Somebody waits for it at the screen: it goes before all others, beside them.
    pub urgent: bool,
}

/// A mail that waits.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Mail {
    /// Its row.
    pub id: i64,
    /// Who gets it.
    pub recipient: String,
    /// Where an answer goes.
    pub reply_to: Option<String>,
    /// One line.
    pub subject: String,
    /// Plain text.
    pub body: String,
    /// When it was written, in milliseconds.
    pub written: i64,
    /// How often it was tried.
    pub attempts: i64,
    /// Where its reader stops more of them with one click.
    pub stop: Option<String>,
    /// 1 where somebody waits for it at the screen.
    pub urgent: i64,
}

/// Puts a mail into the outbox. With a known ticket nothing is written.
pub async fn put(db: &Db, draft: &Draft, now: Timestamp) -> Result<(), StorageError> {
    let mut act = db.begin().await?;
    put_in(&mut act, draft, now).await?;
    act.commit(now).await
}

/// The same as a part of an act.
pub(super) async fn put_in(act: &mut Act, draft: &Draft, now: Timestamp) -> Result<(), StorageError> {
    const SQL: &str = "INSERT INTO mails (recipient, reply_to, subject, body, written, due, ticket, stop, urgent) \
         VALUES ($1, $2, $3, $4, $5, $5, $6, $7, $8) \
         ON CONFLICT (ticket) DO NOTHING RETURNING id";
    let values = args![
        &draft.recipient,
        draft.reply_to.clone(),
        &draft.subject,
        &draft.body,
        now,
        draft.ticket.clone(),
        draft.stop.clone(),
        draft.urgent
    ];
    let row: Option<(i64,)> = act.optional(SQL, values).await?;
    if let Some((id,)) = row {
        act.changed(Noun::Mail, id);
    }
    Ok(())
}

/// Which mails of the outbox.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lane {
    /// For which somebody waits at the screen.
    Urgent,
    /// The others.
    Other,
    /// All, the urgent ones first.
    Any,
}

impl Lane {
    /// The first and the last value of the column.
    fn span(self) -> [i64; 2] {
        match self {
            Self::Urgent => [1, 1],
            Self::Other => [0, 0],
            Self::Any => [0, 1],
        }
    }
}

/// Leases the mails that are due: until `until` nobody else gets them.
pub async fn lease(db: &Db, now: Timestamp, until: Timestamp, size: i64) -> Result<Vec<Mail>, StorageError> {
    lease_of(db, Lane::Any, now, until, size).await
}

/// The same for one lane.
pub async fn lease_of(
    db: &Db,
    lane: Lane,
    now: Timestamp,
    until: Timestamp,
    size: i64,
) -> Result<Vec<Mail>, StorageError> {
    // Asked twice: whoever waited for the row finds it leased by then.
    const SQL: &str = "UPDATE mails SET due = $1, attempts = attempts + 1 WHERE due <= $2 AND id IN \
         (SELECT id FROM mails WHERE sent IS NULL AND given_up IS NULL AND due <= $2 AND urgent BETWEEN $3 AND $4 \
          ORDER BY urgent DESC, due, id LIMIT $5) \
         RETURNING id, recipient, reply_to, subject, body, written, attempts, stop, urgent";
    let [from, to] = lane.span();
    let mut act = db.begin().await?;
    let mut mails: Vec<Mail> = act.all(SQL, args![until, now, from, to, size]).await?;
    act.commit(now).await?;
    mails.sort_by_key(|mail| (1 - mail.urgent, mail.id));
    Ok(mails)
}

/// Gives back what was leased and not tried.
pub async fn give_back(db: &Db, id: i64, now: Timestamp) -> Result<(), StorageError> {
    let mut act = db.begin().await?;
    act.run("UPDATE mails SET due = $1, attempts = attempts - 1 WHERE id = $2 AND sent IS NULL", args![now, id])
        .await?;
    act.commit(now).await
}

/// A mail has left. Its words go with it: links in them would be good for whoever reads the
/// table, or a back-up of it.
pub async fn sent(db: &Db, id: i64, now: Timestamp) -> Result<(), StorageError> {
    let mut act = db.begin().await?;
    act.run("UPDATE mails SET sent = $1, fault = NULL, body = '', stop = NULL WHERE id = $2", args![now, id]).await?;
    act.commit(now).await
}

/// A mail could not leave; it is tried again at `due`.
pub async fn failed(db: &Db, id: i64, fault: &str, due: Timestamp, now: Timestamp) -> Result<(), StorageError> {
    let mut act = db.begin().await?;
    act.run("UPDATE mails SET due = $1, fault = $2 WHERE id = $3", args![due, fault, id]).await?;
    act.commit(now).await
}

/// A mail will not leave: it was refused for good, or tried for long enough. What a reader
/// wrote to the newsroom stays to be read; words of the program, with their links, go.
pub async fn given_up(db: &Db, id: i64, fault: &str, now: Timestamp) -> Result<(), StorageError> {
    const SQL: &str = "UPDATE mails SET given_up = $1, fault = $2, stop = NULL, \
         body = CASE WHEN reply_to IS NULL THEN '' ELSE body END WHERE id = $3";
    let mut act = db.begin().await?;
    act.run(SQL, args![now, fault, id]).await?;
    act.commit(now).await
}

/// Forgets mails that left, or were given up, before a moment; answers how many.
pub async fn forget(db: &Db, before: Timestamp, now: Timestamp) -> Result<u64, StorageError> {
    let mut act = db.begin().await?;
    let sent = act.run("DELETE FROM mails WHERE sent < $1", args![before]).await?;
    let given_up = act.run("DELETE FROM mails WHERE given_up < $1 AND sent IS NULL", args![before]).await?;
    act.commit(now).await?;
    Ok(sent + given_up)
}

/// How many mails were given up since a moment, and what was said of the last.
pub async fn lost(db: &Db, since: Timestamp) -> Result<(i64, Option<String>), StorageError> {
    let (count,): (i64,) = db.one("SELECT COUNT(*) FROM mails WHERE given_up >= $1", args![since]).await?;
    let fault: Option<(Option<String>,)> = db
        .optional("SELECT fault FROM mails WHERE given_up >= $1 ORDER BY given_up DESC, id DESC LIMIT 1", args![since])
        .await?;
    Ok((count, fault.and_then(|(text,)| text)))
}

/// When the next mail is due.
pub async fn next_due(db: &Db) -> Result<Option<Timestamp>, StorageError> {
    next_due_of(db, Lane::Any).await
}

/// The same for one lane.
pub async fn next_due_of(db: &Db, lane: Lane) -> Result<Option<Timestamp>, StorageError> {
    const SQL: &str = "SELECT MIN(due) FROM mails WHERE sent IS NULL AND given_up IS NULL AND urgent BETWEEN $1 AND $2";
    let [from, to] = lane.span();
    let (due,): (Option<i64>,) = db.one(SQL, args![from, to]).await?;
    Ok(due.map(Timestamp))
}

/// How many mails wait, and what went wrong with the last one that failed.
pub async fn waiting(db: &Db) -> Result<(i64, Option<String>), StorageError> {
    let (count,): (i64,) =
        db.one("SELECT COUNT(*) FROM mails WHERE sent IS NULL AND given_up IS NULL", args![]).await?;
    let fault: Option<(String,)> = db
        .optional("SELECT fault FROM mails WHERE sent IS NULL AND given_up IS NULL AND fault IS NOT NULL ORDER BY id DESC LIMIT 1", args![])
        .await?;
    Ok((count, fault.map(|(text,)| text)))
}
