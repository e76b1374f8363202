//! What is stored of one person, and how it is taken out: the only place where
//! something is really erased.

use super::{
    Db, StorageError,
    comments::told,
    db::{Act, args},
    newsletter::consents::{self, Consent},
};
use crate::domain::time::Timestamp;

/// A comment with everything that is known of it: for its writer, or for the operator
/// who moves elsewhere.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, sqlx::FromRow)]
pub struct Whole {
    /// Its row.
    pub id: i64,
    /// What it answers.
    pub parent: Option<i64>,
    /// The slug of its article; empty where it stands under a page.
    pub article: String,
    /// The name it is signed with.
    pub name: String,
    /// Empty for none.
    pub email: String,
    /// The writer's own page.
    pub url: Option<String>,
    /// As it was written; empty where it came with an archive.
    pub words: String,
    /// As it is shown.
    pub html: String,
    /// How it stands.
    pub status: String,
    /// When, UTC milliseconds.
    pub at: i64,
    /// Changed by its writer or an editor, UTC milliseconds.
    pub edited: Option<i64>,
    /// From where: a network address, or the first half of one.
    pub address: String,
    /// The browser's name for itself.
    pub agent: String,
    /// How many recommend it.
    pub recommends: i64,
    /// Its writer hears of answers.
    pub notify: bool,
    /// What the filter found, as JSON.
    pub findings: String,
}

macro_rules! whole {
    ($where:literal) => {
        concat!(
            "SELECT c.id, c.parent, COALESCE(a.slug, '') AS article, c.name, COALESCE(c.email, '') AS email, c.url, c.words, \
             c.body AS html, c.status, c.at, c.edited, c.address, c.agent, c.recommends, c.notify <> 0 AS notify, c.findings \
             FROM comments c LEFT JOIN articles a ON a.id = c.article ",
            $where
        )
    };
}

/// Comments after a row, in order.
pub async fn comments(db: &Db, after: i64, most: i64) -> Result<Vec<Whole>, StorageError> {
    const SQL: &str = whole!("WHERE c.id > $1 ORDER BY c.id LIMIT $2");
    db.all(SQL, args![after, most]).await
}

/// The comments of one person: under the address, or of its account.
pub async fn comments_of(db: &Db, email: &str) -> Result<Vec<Whole>, StorageError> {
    const SQL: &str =
        whole!("WHERE LOWER(c.email) = $1 OR c.account IN (SELECT id FROM accounts WHERE email = $1) ORDER BY c.id");
    db.all(SQL, args![email]).await
}

/// What else is stored under an address.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rest {
    /// The account: name, role, since when (UTC milliseconds).
    pub account: Option<(String, String, i64)>,
    /// Comments that the account recommends.
    pub recommends: Vec<i64>,
    /// Comments that it reported: row, reason, words.
    pub reports: Vec<(i64, String, String)>,
    /// Mails in the outbox to or from the address: subject, text.
    pub mails: Vec<(String, String)>,
    /// Bans of the address: why.
    pub bans: Vec<String>,
    /// Newsletters: the standing, when it was asked for and confirmed (UTC milliseconds), …
    pub newsletter: Option<(String, i64, Option<i64>)>,
    /// … which ones, and since when, …
    pub newsletters: Vec<(String, i64)>,
    /// … and how they were agreed to.
    pub consents: Vec<Consent>,
    /// … when the standing last changed (UTC milliseconds), and what a mail server said of the
    /// address.
    pub stood: Option<(Option<i64>, Option<String>)>,
}

/// What is stored under an address besides comments.
pub async fn rest_of(db: &Db, email: &str) -> Result<Rest, StorageError> {
    const PERSON: &str = "(SELECT 'account:' || CAST(id AS TEXT) FROM accounts WHERE email = $1)";
    const ACCOUNT: &str = "SELECT name, role, created FROM accounts WHERE email = $1";
    const MAILS: &str =
        "SELECT subject, body FROM mails WHERE LOWER(recipient) = $1 OR LOWER(reply_to) = $1 ORDER BY id";
    const BANS: &str = "SELECT why FROM bans WHERE kind = 'email' AND value = $1";
    let recommends: Vec<(i64,)> = db
        .all(sqlx::AssertSqlSafe(format!("SELECT comment FROM recommends WHERE person = {PERSON}")), args![email])
        .await?;
    let reports = db
        .all(
            sqlx::AssertSqlSafe(format!("SELECT comment, reason, words FROM reports WHERE person = {PERSON}")),
            args![email],
        )
        .await?;
    const READER: &str = "SELECT standing, asked, confirmed FROM subscribers WHERE email = $1";
    const LISTS: &str = "SELECT u.list, u.since FROM subscriptions u JOIN subscribers s ON s.id = u.subscriber \
         WHERE s.email = $1 ORDER BY u.list";
    let bans: Vec<(String,)> = db.all(BANS, args![email]).await?;
    let row: Option<(i64,)> = db.optional("SELECT id FROM subscribers WHERE email = $1", args![email]).await?;
    let consents = match row {
        Some((id,)) => consents::of(db, id).await?,
        None => Vec::new(),
    };
    Ok(Rest {
        account: db.optional(ACCOUNT, args![email]).await?,
        recommends: recommends.into_iter().map(|(id,)| id).collect(),
        reports,
        mails: db.all(MAILS, args![email]).await?,
        bans: bans.into_iter().map(|(why,)| why).collect(),
        newsletter: db.optional(READER, args![email]).await?,
        newsletters: db.all(LISTS, args![email]).await?,
        consents,
        stood: db.optional("SELECT stood, fault FROM subscribers WHERE email = $1", args![email]).await?,
    })
}

/// Takes everything out that is stored under an address. What answers a comment of
/// theirs stays, and so do lines of the record, which hold no names. Answers the number
/// of comments.
/// A ban of the address stays as its `digest`: who was banned is not free again for having
/// been forgotten.
pub async fn erase(db: &Db, email: &str, digest: &str, now: Timestamp) -> Result<usize, StorageError> {
    const FIND: &str = "SELECT id, article, page FROM comments WHERE LOWER(email) = $1 \
         OR account IN (SELECT id FROM accounts WHERE email = $1)";
    const BLANK: &str = "UPDATE comments SET name = '', email = NULL, url = NULL, body = '', words = '', address = '', agent = '', \
         findings = '[]', writer = '', account = NULL, notify = 0, badge = '', source = NULL, reports = 0, \
         status = CASE WHEN status IN ('spam', 'rejected') THEN status ELSE 'withdrawn' END WHERE id = $1";
    const SETTLE: &str = "UPDATE reports SET settled = $1 WHERE comment = $2 AND settled IS NULL";
    const RECORD: &str = "UPDATE moderations SET why = '' WHERE comment = $1";
    const PERSON: &str = "person IN (SELECT 'account:' || CAST(id AS TEXT) FROM accounts WHERE email = $1)";
    let mut act = db.begin().await?;
    let found: Vec<(i64, Option<i64>, Option<i64>)> = act.all(FIND, args![email]).await?;
    for (id, article, page) in &found {
        act.run(BLANK, args![*id]).await?;
        act.run(RECORD, args![*id]).await?;
        act.run(SETTLE, args![now, *id]).await?;
        told(&mut act, *id, *article, *page).await?;
    }
    recount(&mut act, PERSON, email).await?;
    // One that was made after another erasure takes the place of the older.
    act.run("DELETE FROM bans WHERE kind = 'digest' AND value = $1", args![digest]).await?;
    act.run(
        "UPDATE bans SET kind = 'digest', value = $1, why = '' WHERE kind = 'email' AND value = $2",
        args![digest, email],
    )
    .await?;
    act.run("DELETE FROM confirmed_addresses WHERE digest = $1", args![digest]).await?;
    for sql in [
        "DELETE FROM mails WHERE LOWER(recipient) = $1 OR LOWER(reply_to) = $1",
        "DELETE FROM sign_in_links WHERE email = $1",
        "DELETE FROM subscribers WHERE email = $1",
        "DELETE FROM accounts WHERE email = $1",
    ] {
        act.run(sql, args![email]).await?;
    }
    act.commit(now).await?;
    Ok(found.len())
}

/// Takes back what the person recommended and reported, and counts anew.
async fn recount(act: &mut Act, person: &str, email: &str) -> Result<(), StorageError> {
    let find = |table: &str| sqlx::AssertSqlSafe(format!("SELECT DISTINCT comment FROM {table} WHERE {person}"));
    let delete = |table: &str| sqlx::AssertSqlSafe(format!("DELETE FROM {table} WHERE {person}"));
    let liked: Vec<(i64,)> = act.all(find("recommends"), args![email]).await?;
    let reported: Vec<(i64,)> = act.all(find("reports"), args![email]).await?;
    act.run(delete("recommends"), args![email]).await?;
    act.run(delete("reports"), args![email]).await?;
    for (id,) in liked {
        const SQL: &str = "UPDATE comments SET recommends = (SELECT COUNT(*) FROM recommends WHERE comment = $1) WHERE id = $1 RETURNING article, page";
        let row: Option<(Option<i64>, Option<i64>)> = act.optional(SQL, args![id]).await?;
        if let Some((article, page)) = row {
            told(act, id, article, page).await?;
        }
    }
    for (id,) in reported {
        const SQL: &str = "UPDATE comments SET reports = (SELECT COUNT(*) FROM reports WHERE comment = $1 AND settled IS NULL) WHERE id = $1";
        act.run(SQL, args![id]).await?;
    }
    Ok(())
}
