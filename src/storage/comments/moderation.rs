//! What the newsroom does about comments: queues, decisions with their record, bans.

use super::{State, told};
use crate::domain::{ArticleId, CommentId, article::CommentPolicy, change::Noun, slug::Slug, time::Timestamp};
use crate::storage::{
    Db, StorageError,
    db::{Act, Arg, args},
};
use sqlx::AssertSqlSafe;

/// Decides about a comment; the record says who did, why, and how it stood before.
/// Reports about it are settled. Answers how it stood, or `None` for an unknown one.
/// What its writer has taken back stays away, and only what readers see or an editor
/// still reads can be taken back: otherwise nothing is changed.
pub async fn decide(
    db: &Db,
    id: CommentId,
    state: State,
    actor: &str,
    why: &str,
    now: Timestamp,
) -> Result<Option<State>, StorageError> {
    let mut act = db.begin().await?;
    let row: Option<(String, Option<i64>, Option<i64>, i64)> =
        act.optional("SELECT status, article, page, reports FROM comments WHERE id = $1", args![id.0]).await?;
    let Some((before, article, page, reports)) = row else { return Ok(None) };
    let from = State::of(&before);
    let may = match state {
        State::Withdrawn => matches!(from, State::Approved | State::Held),
        _ => from != State::Withdrawn,
    };
    if !may || (from == state && reports == 0) {
        return Ok(Some(from));
    }
    act.run("UPDATE comments SET status = $1, reports = 0 WHERE id = $2", args![state.as_str(), id.0]).await?;
    act.run("UPDATE reports SET settled = $1 WHERE comment = $2 AND settled IS NULL", args![now, id.0]).await?;
    record_line(&mut act, id, actor, state.as_str(), (&before, why), now).await?;
    told(&mut act, id.0, article, page).await?;
    act.commit(now).await?;
    Ok(Some(from))
}

async fn record_line(
    act: &mut Act,
    id: CommentId,
    actor: &str,
    what: &str,
    (before, why): (&str, &str),
    now: Timestamp,
) -> Result<(), StorageError> {
    const SQL: &str = "INSERT INTO moderations (comment, at, actor, act, before, why) VALUES ($1, $2, $3, $4, $5, $6)";
    act.run(SQL, args![id.0, now, actor, what, before, why]).await?;
    Ok(())
}

/// A line that says something about a comment and changes nothing of it.
pub async fn note(
    db: &Db,
    id: CommentId,
    actor: &str,
    what: &str,
    why: &str,
    now: Timestamp,
) -> Result<bool, StorageError> {
    let mut act = db.begin().await?;
    let known: Option<(i64,)> = act.optional("SELECT id FROM comments WHERE id = $1", args![id.0]).await?;
    if known.is_some() {
        record_line(&mut act, id, actor, what, ("", why), now).await?;
    }
    act.commit(now).await?;
    Ok(known.is_some())
}

/// Pins a comment above the others, or lets it go; only the first of a thread can be.
pub async fn pin(db: &Db, id: CommentId, on: bool, actor: &str, now: Timestamp) -> Result<bool, StorageError> {
    const SQL: &str =
        "UPDATE comments SET pinned = $1 WHERE id = $2 AND root = id AND status = 'approved' RETURNING article, page";
    let mut act = db.begin().await?;
    let row: Option<(Option<i64>, Option<i64>)> = act.optional(SQL, args![on, id.0]).await?;
    if let Some((article, page)) = row {
        record_line(&mut act, id, actor, if on { "pinned" } else { "unpinned" }, ("", ""), now).await?;
        told(&mut act, id.0, article, page).await?;
    }
    act.commit(now).await?;
    Ok(row.is_some())
}

/// The newsroom's change of words.
pub async fn reword(
    db: &Db,
    id: CommentId,
    (words, body): (&str, &str),
    actor: &str,
    now: Timestamp,
) -> Result<bool, StorageError> {
    const OLD: &str = "SELECT words, article, page FROM comments WHERE id = $1";
    let mut act = db.begin().await?;
    let row: Option<(String, Option<i64>, Option<i64>)> = act.optional(OLD, args![id.0]).await?;
    if let Some((old, article, page)) = &row {
        act.run("UPDATE comments SET words = $1, body = $2, edited = $3 WHERE id = $4", args![words, body, now, id.0])
            .await?;
        record_line(&mut act, id, actor, "edited", ("", old), now).await?;
        told(&mut act, id.0, *article, *page).await?;
    }
    act.commit(now).await?;
    Ok(row.is_some())
}

/// A line of the record.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Line {
    /// When, UTC milliseconds.
    pub at: i64,
    /// Who: an id, never a name.
    pub actor: String,
    /// What.
    pub act: String,
    /// How the comment stood before.
    pub before: String,
    /// Why, in words.
    pub why: String,
}

/// What was decided about a comment, in order.
pub async fn record(db: &Db, id: CommentId) -> Result<Vec<Line>, StorageError> {
    const SQL: &str = "SELECT at, actor, act, before, why FROM moderations WHERE comment = $1 ORDER BY id";
    db.all(SQL, args![id.0]).await
}

/// Which comments are asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    /// How they stand; none: whatever they do.
    pub state: Option<State>,
    /// Only those that readers have reported.
    pub reported: bool,
    /// Words in the text, the name, the email or the address.
    pub text: String,
    /// Under one article.
    pub article: Option<ArticleId>,
    /// The last seen, where the list goes on.
    pub after: Option<CommentId>,
}

/// A comment as those see it who decide about it.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Waiting {
    /// Its row.
    pub id: i64,
    /// The slug of its article; empty where it stands under a page.
    pub slug: String,
    /// The title of its article or page.
    pub title: String,
    /// The name it is signed with.
    pub name: String,
    /// Private; empty for none.
    pub email: String,
    /// Private: from where.
    pub address: String,
    /// As it was written; empty where it came with an archive.
    pub words: String,
    /// The cleaned text.
    pub body: String,
    /// How it stands.
    pub status: String,
    /// When, UTC milliseconds.
    pub at: i64,
    /// What the filter found, as JSON.
    pub findings: String,
    /// Open reports about it.
    pub reports: i64,
    /// What readers say in them.
    pub reasons: String,
    /// Pinned by the editors.
    pub pinned: bool,
    /// Is the first of its thread.
    pub first: bool,
    /// Whose account.
    pub account: Option<i64>,
    /// The last of what colleagues noted.
    pub note: String,
}

/// One comment as those see it who decide about it.
pub async fn waiting(db: &Db, id: CommentId) -> Result<Option<Waiting>, StorageError> {
    let sql = format!("{} WHERE c.id = $1", waiting_columns(db));
    // Nothing of a request stands in it.
    db.optional(AssertSqlSafe(sql), args![id.0]).await
}

/// What a comment's writer left, by which a ban can know them again.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Private {
    /// Empty for none.
    pub email: String,
    /// Empty for none.
    pub address: String,
    /// Whose account.
    pub account: Option<i64>,
    /// An account of the newsroom.
    pub staff: bool,
}

/// What the writer of a comment left.
pub async fn private(db: &Db, id: CommentId) -> Result<Option<Private>, StorageError> {
    const SQL: &str = "SELECT COALESCE(c.email, '') AS email, c.address, c.account, \
         COALESCE(u.role <> 'reader', FALSE) AS staff FROM comments c LEFT JOIN accounts u ON u.id = c.account WHERE c.id = $1";
    db.optional(SQL, args![id.0]).await
}

fn waiting_columns(db: &Db) -> String {
    let gather =
        db.pick("group_concat(r.reason || ': ' || r.words, '; ')", "string_agg(r.reason || ': ' || r.words, '; ')");
    format!(
        "SELECT c.id, COALESCE(a.slug, '') AS slug, COALESCE(a.title, p.title, '') AS title, c.name, \
         COALESCE(c.email, '') AS email, c.address, c.words, c.body, c.status, c.at, c.findings, c.reports, \
         COALESCE((SELECT {gather} FROM reports r WHERE r.comment = c.id AND r.settled IS NULL), '') AS reasons, \
         c.pinned > 0 AS pinned, COALESCE(c.root = c.id, FALSE) AS first, c.account, \
         COALESCE((SELECT m.why FROM moderations m WHERE m.comment = c.id AND m.act = 'note' ORDER BY m.id DESC LIMIT 1), '') AS note \
         FROM comments c LEFT JOIN articles a ON a.id = c.article LEFT JOIN pages p ON p.id = c.page"
    )
}

/// Comments as they were asked for: held and reported ones oldest first, others newest first.
pub async fn queue(db: &Db, wanted: &Wanted, most: i64) -> Result<Vec<Waiting>, StorageError> {
    let mut conditions = vec!["c.status <> 'note'".to_owned()];
    let mut values: Vec<Arg> = Vec::new();
    let mut place = |value: Arg| {
        values.push(value);
        format!("${}", values.len())
    };
    if let Some(state) = wanted.state {
        conditions.push(format!("c.status = {}", place(state.as_str().into())));
    }
    if wanted.reported {
        conditions.push("c.reports > 0 AND c.status <> 'withdrawn'".into());
    }
    if let Some(article) = wanted.article {
        conditions.push(format!("c.article = {}", place(article.0.into())));
    }
    let oldest_first = wanted.reported || wanted.state == Some(State::Held);
    if let Some(after) = wanted.after {
        let than = if oldest_first { ">" } else { "<" };
        let at = place(after.0.into());
        conditions.push(format!("(c.at, c.id) {than} (SELECT at, id FROM comments WHERE id = {at})"));
    }
    if !wanted.text.is_empty() {
        let escaped = wanted.text.to_lowercase().replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
        let like = place(format!("%{escaped}%").into());
        conditions.push(format!(
            "(LOWER(c.words) LIKE {like} ESCAPE '\\' OR LOWER(c.body) LIKE {like} ESCAPE '\\' OR LOWER(c.name) LIKE {like} ESCAPE '\\' \
             OR LOWER(c.email) LIKE {like} ESCAPE '\\' OR c.address LIKE {like} ESCAPE '\\')"
        ));
    }
    let order = if oldest_first { "c.at, c.id" } else { "c.at DESC, c.id DESC" };
    let most = place(most.into());
    let sql = format!("{} WHERE {} ORDER BY {order} LIMIT {most}", waiting_columns(db), conditions.join(" AND "));
    // Only conditions of this function stand in it; what was asked for is bound.
    db.all(AssertSqlSafe(sql), values).await
}

/// How many comments stand in each state, and how many are reported.
pub async fn counts(db: &Db) -> Result<(Vec<(State, i64)>, i64), StorageError> {
    const SQL: &str = "SELECT status, COUNT(*) FROM comments WHERE status <> 'note' GROUP BY status";
    let rows: Vec<(String, i64)> = db.all(SQL, args![]).await?;
    let (reported,): (i64,) =
        db.one("SELECT COUNT(*) FROM comments WHERE reports > 0 AND status <> 'withdrawn'", args![]).await?;
    Ok((rows.into_iter().map(|(name, count)| (State::of(&name), count)).collect(), reported))
}

/// Whom a ban keeps from writing.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Ban {
    /// `email`, `account`, `address`, `range`, or `digest`: an email that is not stored any more.
    pub kind: String,
    /// The address, the account's row.
    pub value: String,
    /// Why.
    pub why: String,
}

/// A ban with its record, which stays when it is lifted.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Banned {
    /// Its row.
    pub id: i64,
    /// The ban.
    #[sqlx(flatten)]
    pub ban: Ban,
    /// Who made it.
    pub actor: String,
    /// When, in UTC milliseconds.
    pub at: i64,
    /// When it was lifted; none while it is in force.
    pub lifted: Option<i64>,
    /// By whom; empty while it is in force.
    pub lifted_by: String,
}

/// Bans somebody. Who is banned already stays so; another reason makes a ban that follows
/// the one before.
pub async fn ban(db: &Db, ban: &Ban, actor: &str, now: Timestamp) -> Result<(), StorageError> {
    const BEFORE: &str = "SELECT id, why FROM bans WHERE kind = $1 AND value = $2 AND lifted IS NULL";
    const OVER: &str = "UPDATE bans SET lifted = $1, lifted_by = $2 WHERE id = $3 AND lifted IS NULL";
    // Of two at the same instant one counts.
    const SQL: &str = "INSERT INTO bans (kind, value, why, actor, at) VALUES ($1, $2, $3, $4, $5) \
         ON CONFLICT (kind, value) WHERE lifted IS NULL DO NOTHING";
    let mut act = db.begin().await?;
    let before: Option<(i64, String)> = act.optional(BEFORE, args![&ban.kind, &ban.value]).await?;
    match before {
        Some((_, why)) if ban.why.is_empty() || ban.why == why => return act.commit(now).await,
        Some((id, _)) => drop(act.run(OVER, args![now, actor, id]).await?),
        None => {}
    }
    act.run(SQL, args![&ban.kind, &ban.value, &ban.why, actor, now]).await?;
    act.commit(now).await
}

/// Lifts a ban; answers whether there was one.
pub async fn lift(db: &Db, id: i64, actor: &str, now: Timestamp) -> Result<bool, StorageError> {
    const SQL: &str = "UPDATE bans SET lifted = $1, lifted_by = $2 WHERE id = $3 AND lifted IS NULL";
    let mut act = db.begin().await?;
    let lifted = act.run(SQL, args![now, actor, id]).await?;
    act.commit(now).await?;
    Ok(lifted > 0)
}

/// Bans, those in force first, each kind the newest first: at most 1,000.
pub async fn bans(db: &Db) -> Result<Vec<Banned>, StorageError> {
    const SQL: &str = "SELECT id, kind, value, why, actor, at, lifted, lifted_by FROM bans \
         ORDER BY CASE WHEN lifted IS NULL THEN 0 ELSE 1 END, id DESC LIMIT 1000";
    db.all(SQL, args![]).await
}

/// The reason of a ban that meets one of these; empty values meet none.
pub async fn banned(
    db: &Db,
    (email, digest): (&str, &str),
    account: Option<i64>,
    address: &str,
    range: &str,
) -> Result<Option<String>, StorageError> {
    const SQL: &str = "SELECT why FROM bans WHERE lifted IS NULL AND value <> '' AND ((kind = 'email' AND value = $1) OR (kind = 'digest' AND value = $5) \
         OR (kind = 'account' AND value = $2) OR (kind = 'address' AND value = $3) OR (kind = 'range' AND value = $4)) LIMIT 1";
    let account = account.map(|id| id.to_string()).unwrap_or_default();
    let row: Option<(String,)> = db.optional(SQL, args![email, account, address, range, digest]).await?;
    Ok(row.map(|(why,)| why))
}

/// An article whose conversation is not simply open.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct SetApart {
    /// Its slug.
    pub slug: String,
    /// The slug of its section.
    pub section: String,
    /// Its title.
    pub title: String,
    /// How it takes comments.
    pub comment_policy: String,
}

/// The articles whose conversations are not simply open, the newest first.
pub async fn set_apart(db: &Db, most: i64) -> Result<Vec<SetApart>, StorageError> {
    const SQL: &str = "SELECT a.slug, s.slug AS section, a.title, a.comment_policy FROM articles a \
         JOIN sections s ON s.id = a.section WHERE a.comment_policy <> 'open' AND a.status IN ('published', 'scheduled') \
         ORDER BY a.published DESC, a.id DESC LIMIT $1";
    db.all(SQL, args![most]).await
}

/// Closes, holds or opens the comments of a section’s articles.
pub async fn converse_in(db: &Db, section: &Slug, policy: CommentPolicy, now: Timestamp) -> Result<bool, StorageError> {
    const SQL: &str = "UPDATE sections SET comment_policy = $1 WHERE slug = $2 RETURNING id";
    let mut act = db.begin().await?;
    let row: Option<(i64,)> = act.optional(SQL, args![policy.as_str(), section.as_str()]).await?;
    if let Some((id,)) = row {
        act.changed(Noun::Section, id);
    }
    act.commit(now).await?;
    Ok(row.is_some())
}
