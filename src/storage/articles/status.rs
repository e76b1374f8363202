//! The steps of an article's life: published, taken down, picked, now or in time.

use super::Draft;
use crate::domain::{
    ArticleId,
    article::{CommentPolicy, Status},
    change::Noun,
    slug::Slug,
    time::Timestamp,
};
use crate::storage::{
    Db, StorageError,
    db::{Act, args},
    from_json, to_json,
};

/// Moves an article to a status, with the moment of publication where that is
/// given; its revision is kept. Answers whether there is such an article.
pub async fn set_status(
    db: &Db,
    slug: &Slug,
    status: Status,
    published: Option<Timestamp>,
    now: Timestamp,
) -> Result<bool, StorageError> {
    let mut act = db.begin().await?;
    let row: Option<(i64, i64)> =
        act.optional("SELECT id, published FROM articles WHERE slug = $1", args![slug.as_str()]).await?;
    let Some((id, before)) = row else { return Ok(false) };
    apply_status(&mut act, id, status, published.map_or(before, |p| p.0), now).await?;
    act.commit(now).await?;
    Ok(true)
}

async fn apply_status(
    act: &mut Act,
    id: i64,
    status: Status,
    published: i64,
    now: Timestamp,
) -> Result<(), StorageError> {
    let seen = matches!(status, Status::Published | Status::Scheduled);
    act.run(
        "UPDATE articles SET status = $1, published = $2, saved = $3 WHERE id = $4",
        args![status.as_str(), published, now, id],
    )
    .await?;
    act.run("UPDATE article_authors SET published = $1, seen = $2 WHERE article = $3", args![published, seen, id])
        .await?;
    act.run("UPDATE article_topics SET published = $1, seen = $2 WHERE article = $3", args![published, seen, id])
        .await?;
    revise(act, id, now, |draft| {
        draft.status = status;
        draft.published = Timestamp(published);
    })
    .await?;
    act.changed(Noun::Article, id);
    Ok(())
}

/// Keeps a revision of what an act changed, made from the last one.
async fn revise(act: &mut Act, id: i64, now: Timestamp, change: impl FnOnce(&mut Draft)) -> Result<(), StorageError> {
    let last: Option<(String,)> = act
        .optional(
            "SELECT snapshot FROM revisions WHERE noun = 'article' AND item = $1 ORDER BY id DESC LIMIT 1",
            args![id],
        )
        .await?;
    let Some((last,)) = last else { return Ok(()) };
    let mut draft: Draft = from_json(&last)?;
    change(&mut draft);
    const KEEP: &str = "INSERT INTO revisions (noun, item, saved, snapshot) VALUES ('article', $1, $2, $3)";
    act.run(KEEP, args![id, now, to_json(&draft)?]).await?;
    Ok(())
}

/// Closes, holds or opens the comments of an article; its revision is kept, so that what an archive
/// says of them can be told from what was decided since. Answers whether there is such an article.
pub async fn converse(db: &Db, slug: &Slug, policy: CommentPolicy, now: Timestamp) -> Result<bool, StorageError> {
    const SQL: &str = "UPDATE articles SET comment_policy = $1 WHERE slug = $2 RETURNING id";
    let mut act = db.begin().await?;
    let row: Option<(i64,)> = act.optional(SQL, args![policy.as_str(), slug.as_str()]).await?;
    if let Some((id,)) = row {
        revise(&mut act, id, now, |draft| draft.comment_policy = policy).await?;
        act.changed(Noun::Article, id);
    }
    act.commit(now).await?;
    Ok(row.is_some())
}

/// Puts an article at a place among the picks, the others move down; `None`
/// takes it out. Answers whether there is such an article.
pub async fn pick(db: &Db, slug: &Slug, place: Option<i64>, now: Timestamp) -> Result<bool, StorageError> {
    let mut act = db.begin().await?;
    let row: Option<(i64,)> = act.optional("SELECT id FROM articles WHERE slug = $1", args![slug.as_str()]).await?;
    let Some((id,)) = row else { return Ok(false) };
    apply_pick(&mut act, id, place, now).await?;
    act.commit(now).await?;
    Ok(true)
}

async fn apply_pick(act: &mut Act, id: i64, place: Option<i64>, now: Timestamp) -> Result<(), StorageError> {
    let picked: Vec<(i64, i64)> = act
        .all("SELECT id, pick FROM articles WHERE pick IS NOT NULL ORDER BY pick, published DESC, id DESC", args![])
        .await?;
    let mut order: Vec<i64> = picked.iter().map(|(row, _)| *row).filter(|row| *row != id).collect();
    if let Some(place) = place {
        let index = usize::try_from(place.max(1) - 1).unwrap_or(0).min(order.len());
        order.insert(index, id);
    } else {
        set_pick(act, id, None, now).await?;
    }
    for (place, row) in (1_i64..).zip(&order) {
        if !picked.contains(&(*row, place)) {
            set_pick(act, *row, Some(place), now).await?;
        }
    }
    Ok(())
}

async fn set_pick(act: &mut Act, id: i64, place: Option<i64>, now: Timestamp) -> Result<(), StorageError> {
    act.run("UPDATE articles SET pick = $1 WHERE id = $2", args![place, id]).await?;
    revise(act, id, now, |draft| draft.pick = place).await?;
    act.changed(Noun::Article, id);
    Ok(())
}

/// Makes published what is scheduled and due; answers how many.
/// Readers have seen them since their minute already: lists go by the moment.
pub async fn publish_due(db: &Db, now: Timestamp) -> Result<usize, StorageError> {
    let mut act = db.begin().await?;
    let due: Vec<(i64, i64)> = act
        .all("SELECT id, published FROM articles WHERE status = 'scheduled' AND published <= $1", args![now])
        .await?;
    for (id, published) in &due {
        apply_status(&mut act, *id, Status::Published, *published, now).await?;
    }
    act.commit(now).await?;
    Ok(due.len())
}

/// When the next thing happens by itself: an article appears, a plan is due.
pub async fn next_due(db: &Db) -> Result<Option<Timestamp>, StorageError> {
    const SQL: &str = "SELECT MIN(due) FROM (SELECT MIN(published) AS due FROM articles WHERE status = 'scheduled' \
         UNION ALL SELECT MIN(due) AS due FROM plans) t";
    let (due,): (Option<i64>,) = db.one(SQL, args![]).await?;
    Ok(due.map(Timestamp))
}

/// An act that can wait for its time. (Publishing needs no plan: that is the
/// status `scheduled`.)
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Planned {
    /// Take it down.
    Unpublish,
    /// Make it the first pick.
    Pick,
}

/// Plans an act; answers whether there is such an article.
pub async fn plan(db: &Db, slug: &Slug, what: Planned, due: Timestamp, now: Timestamp) -> Result<bool, StorageError> {
    let mut act = db.begin().await?;
    let row: Option<(i64,)> = act.optional("SELECT id FROM articles WHERE slug = $1", args![slug.as_str()]).await?;
    let Some((id,)) = row else { return Ok(false) };
    let name = match what {
        Planned::Unpublish => "unpublish",
        Planned::Pick => "pick",
    };
    act.run("INSERT INTO plans (article, act, due) VALUES ($1, $2, $3)", args![id, name, due]).await?;
    act.changed(Noun::Article, id);
    act.commit(now).await?;
    Ok(true)
}

/// What is planned for an article, soonest first: the act's name and its moment.
pub async fn plans(db: &Db, article: ArticleId) -> Result<Vec<(String, Timestamp)>, StorageError> {
    const SQL: &str = "SELECT act, due FROM plans WHERE article = $1 ORDER BY due, id";
    let rows: Vec<(String, i64)> = db.all(SQL, args![article.0]).await?;
    Ok(rows.into_iter().map(|(act, due)| (act, Timestamp(due))).collect())
}

/// Carries out the plans that are due, in their order; answers how many.
pub async fn carry_out_plans(db: &Db, now: Timestamp) -> Result<usize, StorageError> {
    let mut act = db.begin().await?;
    const DUE: &str = "SELECT p.id, p.article, p.act, a.published FROM plans p JOIN articles a ON a.id = p.article \
         WHERE p.due <= $1 ORDER BY p.due, p.id";
    let due: Vec<(i64, i64, String, i64)> = act.all(DUE, args![now]).await?;
    for (plan, article, what, published) in &due {
        match what.as_str() {
            "unpublish" => apply_status(&mut act, *article, Status::Removed, *published, now).await?,
            "pick" => apply_pick(&mut act, *article, Some(1), now).await?,
            other => return Err(StorageError::stored(format!("a plan to “{other}”"))),
        }
        act.run("DELETE FROM plans WHERE id = $1", args![*plan]).await?;
    }
    act.commit(now).await?;
    Ok(due.len())
}
