//! Accounts, their sessions, and the links by which readers sign in. Tokens come here
//! as their hash alone.

use super::{Db, StorageError, db::args};
use crate::domain::{AccountId, AuthorId, account::Role, time::Timestamp};

/// An account as the program sees it; never sent anywhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// Its row.
    pub id: AccountId,
    /// In lower case; private.
    pub email: String,
    /// The name under which it writes.
    pub name: String,
    /// What it may do.
    pub role: Role,
    /// A PHC string; empty where there is none.
    pub password: String,
    /// Whose page under `/author` it is.
    pub author: Option<AuthorId>,
    /// Since when it is closed.
    pub disabled: Option<Timestamp>,
}

#[derive(sqlx::FromRow)]
struct AccountRow {
    id: i64,
    email: String,
    name: String,
    role: String,
    password: String,
    author: Option<i64>,
    disabled: Option<i64>,
}

impl TryFrom<AccountRow> for Account {
    type Error = StorageError;

    fn try_from(row: AccountRow) -> Result<Self, StorageError> {
        Ok(Self {
            id: AccountId(row.id),
            email: row.email,
            name: row.name,
            role: row.role.parse().map_err(StorageError::stored)?,
            password: row.password,
            author: row.author.map(AuthorId),
            disabled: row.disabled.map(Timestamp),
        })
    }
}

/// A new account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// In lower case.
    pub email: String,
    /// The name under which it writes.
    pub name: String,
    /// What it may do.
    pub role: Role,
    /// A PHC string; empty for none.
    pub password: String,
}

/// Makes an account; `None` where the address has one.
pub async fn add(db: &Db, draft: &Draft, now: Timestamp) -> Result<Option<AccountId>, StorageError> {
    const SQL: &str = "INSERT INTO accounts (email, name, role, password, created, author) \
         VALUES ($1, $2, $3, $4, $5, (SELECT MIN(id) FROM authors WHERE LOWER(email) = $1)) \
         ON CONFLICT (email) DO NOTHING RETURNING id";
    let mut act = db.begin().await?;
    let values = args![&draft.email, &draft.name, draft.role.as_str(), &draft.password, now];
    let row: Option<(i64,)> = act.optional(SQL, values).await?;
    act.commit(now).await?;
    Ok(row.map(|(id,)| AccountId(id)))
}

/// The account of an address.
pub async fn by_email(db: &Db, email: &str) -> Result<Option<Account>, StorageError> {
    const SQL: &str = "SELECT id, email, name, role, password, author, disabled FROM accounts WHERE email = $1";
    let row: Option<AccountRow> = db.optional(SQL, args![email]).await?;
    row.map(Account::try_from).transpose()
}

/// Somebody by the row.
pub async fn by_id(db: &Db, id: AccountId) -> Result<Option<Account>, StorageError> {
    const SQL: &str = "SELECT id, email, name, role, password, author, disabled FROM accounts WHERE id = $1";
    let row: Option<AccountRow> = db.optional(SQL, args![id.0]).await?;
    row.map(Account::try_from).transpose()
}

/// All accounts, the newsroom's first.
pub async fn list(db: &Db, staff_only: bool) -> Result<Vec<Account>, StorageError> {
    const SQL: &str = "SELECT id, email, name, role, password, author, disabled FROM accounts \
         WHERE role <> 'reader' OR CAST($1 AS BIGINT) = 0 ORDER BY CASE WHEN role = 'reader' THEN 1 ELSE 0 END, email";
    let rows: Vec<AccountRow> = db.all(SQL, args![staff_only]).await?;
    rows.into_iter().map(Account::try_from).collect()
}

/// What is changed about an account; all of its sessions end with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// Another role.
    Role(Role),
    /// Another password (a PHC string).
    Password(String),
    /// Another name.
    Name(String),
    /// Closed since a moment, or open again.
    Disabled(Option<Timestamp>),
}

/// Changes an account and ends its sessions but the one named; answers whether it is known.
pub async fn change(
    db: &Db,
    email: &str,
    what: &Change,
    but: Option<&str>,
    now: Timestamp,
) -> Result<bool, StorageError> {
    let mut act = db.begin().await?;
    let row: Option<(i64,)> = match what {
        Change::Role(role) => {
            const SQL: &str = "UPDATE accounts SET role = $1 WHERE email = $2 RETURNING id";
            act.optional(SQL, args![role.as_str(), email]).await?
        }
        Change::Password(password) => {
            const SQL: &str = "UPDATE accounts SET password = $1 WHERE email = $2 RETURNING id";
            act.optional(SQL, args![password, email]).await?
        }
        Change::Name(name) => {
            const SQL: &str = "UPDATE accounts SET name = $1 WHERE email = $2 RETURNING id";
            act.optional(SQL, args![name, email]).await?
        }
        Change::Disabled(since) => {
            const SQL: &str = "UPDATE accounts SET disabled = $1 WHERE email = $2 RETURNING id";
            act.optional(SQL, args![*since, email]).await?
        }
    };
    // Nothing that a session may do depends on a name.
    let ends = !matches!(what, Change::Name(_));
    if let Some((id,)) = row.filter(|_| ends) {
        const END: &str = "DELETE FROM sessions WHERE account = $1 AND token <> $2";
        act.run(END, args![id, but.unwrap_or_default()]).await?;
    }
    act.commit(now).await?;
    Ok(row.is_some())
}

/// A session of this age ended long ago, in milliseconds.
const OLD_SESSION: i64 = 100 * Timestamp::DAY;
/// A link of this age is neither good nor counted any more, in milliseconds.
const OLD_LINK: i64 = 7 * Timestamp::DAY;

/// Lets go of sessions and links for signing in that ended long ago; answers how many.
pub async fn forget_old(db: &Db, now: Timestamp) -> Result<u64, StorageError> {
    let mut act = db.begin().await?;
    let sessions = act.run("DELETE FROM sessions WHERE begun < $1", args![now.plus(-OLD_SESSION)]).await?;
    let links = act.run("DELETE FROM sign_in_links WHERE made < $1", args![now.plus(-OLD_LINK)]).await?;
    act.commit(now).await?;
    Ok(sessions + links)
}

/// Begins a session, and lets go of those that ended long ago.
pub async fn begin(db: &Db, account: AccountId, token: &str, now: Timestamp) -> Result<(), StorageError> {
    let mut act = db.begin().await?;
    act.run("DELETE FROM sessions WHERE begun < $1", args![now.plus(-OLD_SESSION)]).await?;
    const SQL: &str = "INSERT INTO sessions (token, account, begun, used) VALUES ($1, $2, $3, $3)";
    act.run(SQL, args![token, account.0, now]).await?;
    act.commit(now).await
}

/// A session that was begun.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// Whose it is.
    pub account: Account,
    /// When it began.
    pub begun: Timestamp,
    /// When it was last used; up to a few minutes ago.
    pub used: Timestamp,
}

#[derive(sqlx::FromRow)]
struct SessionRow {
    #[sqlx(flatten)]
    account: AccountRow,
    begun: i64,
    used: i64,
}

/// The session of a token, old or not.
pub async fn session(db: &Db, token: &str) -> Result<Option<Session>, StorageError> {
    const SQL: &str = "SELECT a.id, a.email, a.name, a.role, a.password, a.author, a.disabled, s.begun, s.used \
         FROM sessions s JOIN accounts a ON a.id = s.account WHERE s.token = $1";
    let row: Option<SessionRow> = db.optional(SQL, args![token]).await?;
    let Some(row) = row else { return Ok(None) };
    let account = row.account.try_into()?;
    Ok(Some(Session { account, begun: Timestamp(row.begun), used: Timestamp(row.used) }))
}

/// A session is in use.
pub async fn touch(db: &Db, token: &str, now: Timestamp) -> Result<(), StorageError> {
    let mut act = db.begin().await?;
    act.run("UPDATE sessions SET used = $1 WHERE token = $2", args![now, token]).await?;
    act.commit(now).await
}

/// Ends a session.
pub async fn end(db: &Db, token: &str, now: Timestamp) -> Result<(), StorageError> {
    let mut act = db.begin().await?;
    act.run("DELETE FROM sessions WHERE token = $1", args![token]).await?;
    act.commit(now).await
}

/// A link for signing in, and where it was asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq, sqlx::FromRow)]
pub struct Link {
    /// Whom it signs in.
    pub email: String,
    /// The digest of the browser's cookie.
    pub browser: String,
    /// The browser's kind, in words.
    pub asked_with: String,
    /// The network address.
    pub asked_from: String,
    /// When, in milliseconds.
    pub made: i64,
}

/// Keeps a link for signing in, unless the address got `most` since a moment; answers
/// whether it did.
pub async fn put_link(
    db: &Db,
    token: &str,
    link: &Link,
    most: i64,
    since: Timestamp,
    now: Timestamp,
) -> Result<bool, StorageError> {
    const PUT: &str = "INSERT INTO sign_in_links (token, email, made, browser, asked_with, asked_from) \
         VALUES ($1, $2, $3, $4, $5, $6)";
    let email = &link.email;
    let mut act = db.begin().await?;
    let (sent,): (i64,) =
        act.one("SELECT COUNT(*) FROM sign_in_links WHERE email = $1 AND made > $2", args![email, since]).await?;
    if sent >= most {
        return Ok(false);
    }
    act.run("DELETE FROM sign_in_links WHERE made < $1", args![now.plus(-OLD_LINK)]).await?;
    act.run(PUT, args![token, email, now, &link.browser, &link.asked_with, &link.asked_from]).await?;
    act.commit(now).await?;
    Ok(true)
}

/// A link made since a moment, where it is still good.
pub async fn link(db: &Db, token: &str, since: Timestamp) -> Result<Option<Link>, StorageError> {
    const SQL: &str = "SELECT email, browser, asked_with, asked_from, made FROM sign_in_links \
         WHERE token = $1 AND made > $2 AND used IS NULL";
    db.optional(SQL, args![token, since]).await
}

/// Uses up a link made since a moment; answers the address that it was sent to.
pub async fn use_link(db: &Db, token: &str, since: Timestamp, now: Timestamp) -> Result<Option<String>, StorageError> {
    const SQL: &str =
        "UPDATE sign_in_links SET used = $1 WHERE token = $2 AND made > $3 AND used IS NULL RETURNING email";
    let mut act = db.begin().await?;
    let row: Option<(String,)> = act.optional(SQL, args![now, token, since]).await?;
    act.commit(now).await?;
    Ok(row.map(|(email,)| email))
}

/// The names of everybody of the newsroom, and of all authors.
pub async fn newsroom_names(db: &Db) -> Result<Vec<String>, StorageError> {
    const SQL: &str = "SELECT name FROM accounts WHERE role <> 'reader' UNION SELECT name FROM authors";
    let names: Vec<(String,)> = db.all(SQL, args![]).await?;
    Ok(names.into_iter().map(|(name,)| name).collect())
}
