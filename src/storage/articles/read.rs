//! Articles: saving, finding, and the steps of their life.

use super::lists::PictureRow;
use crate::domain::{
    ArticleId, AuthorId, MediaId, SectionId, TopicId,
    article::{Article, CommentPolicy, Correction, Kind, Source, Status, Titles, href},
    change::{Noun, Part},
    section::Section,
    slug::Slug,
    time::Timestamp,
};
use crate::storage::{
    Db, StorageError, authors,
    db::{Act, args},
    from_json, places, redirects, to_json, topics,
};
use serde::{Deserialize, Serialize};
use sqlx::AssertSqlSafe;

/// A cleaned body beside what it was made from.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Body {
    /// The fixed subset of HTML, ready to be shown.
    pub html: String,
    /// What the author wrote.
    pub source: String,
    /// `markdown` or `html`.
    pub format: String,
    /// The version of the cleaner that made `html`.
    pub cleaner: i64,
    /// Words of the text.
    pub words: i64,
}

/// All that a save writes; also what a revision keeps.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Draft {
    /// Unique in the whole site.
    pub slug: Slug,
    /// The section.
    pub section: SectionId,
    /// News, opinion …
    pub kind: Kind,
    /// Where it stands.
    pub status: Status,
    /// Headline.
    pub title: String,
    /// Own titles.
    pub titles: Titles,
    /// Summary.
    pub standfirst: String,
    /// The text.
    pub body: Body,
    /// Lead picture.
    pub picture: Option<MediaId>,
    /// Where it was taken over from.
    pub source: Option<Source>,
    /// Its language, where it is not the edition's.
    pub language: Option<String>,
    /// May readers write?
    pub comment_policy: CommentPolicy,
    /// Place among the picks.
    pub pick: Option<i64>,
    /// Oldest first.
    pub corrections: Vec<Correction>,
    /// First publication, or when it is planned.
    pub published: Timestamp,
    /// Last change that readers are told of.
    pub updated: Option<Timestamp>,
    /// In the order of the byline.
    pub authors: Vec<AuthorId>,
    /// In the editors' order.
    pub topics: Vec<TopicId>,
    /// Where an importer has it from (`wordpress:https://old.example:123`).
    pub key: Option<String>,
}

/// What a save did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Saved {
    /// A new row.
    New,
    /// An old row with new content.
    Changed,
    /// Everything was there already; nothing was written.
    Same,
}

#[derive(sqlx::FromRow)]
struct ArticleRow {
    id: i64,
    slug: String,
    kind: String,
    status: String,
    title: String,
    titles: String,
    standfirst: String,
    body: String,
    words: i64,
    source_name: Option<String>,
    source_url: Option<String>,
    language: Option<String>,
    comment_policy: String,
    comment_count: i64,
    pick: Option<i64>,
    corrections: String,
    published: i64,
    updated: Option<i64>,
    section_id: i64,
    section_slug: String,
    section_name: String,
    section_description: String,
    section_policy: String,
    cursor: i64,
    section_parent: Option<i64>,
    section_position: Option<i64>,
    topics: String,
    #[sqlx(flatten)]
    picture: PictureRow,
}

impl TryFrom<ArticleRow> for Article {
    type Error = StorageError;

    fn try_from(row: ArticleRow) -> Result<Self, StorageError> {
        let source = row.source_url.map(|url| Source { name: row.source_name.unwrap_or_default(), url });
        Ok(Article {
            id: ArticleId(row.id),
            slug: row.slug.parse().map_err(StorageError::stored)?,
            section: Section {
                id: SectionId(row.section_id),
                slug: row.section_slug.parse().map_err(StorageError::stored)?,
                name: row.section_name,
                description: row.section_description,
                parent: row.section_parent.map(SectionId),
                position: row.section_position,
            },
            kind: row.kind.parse().map_err(StorageError::stored)?,
            status: row.status.parse().map_err(StorageError::stored)?,
            title: row.title,
            titles: from_json(&row.titles)?,
            standfirst: row.standfirst,
            body: row.body,
            words: row.words,
            picture: row.picture.into(),
            source,
            language: row.language,
            comment_policy: row.comment_policy.parse().map_err(StorageError::stored)?,
            section_policy: row.section_policy.parse().map_err(StorageError::stored)?,
            cursor: row.cursor,
            comment_count: row.comment_count,
            pick: row.pick,
            published: Timestamp(row.published),
            updated: row.updated.map(Timestamp),
            authors: Vec::new(),
            topics: topics::of_json(&row.topics)?,
            corrections: from_json(&row.corrections)?,
        })
    }
}

/// An article with its topics as JSON; `$topics` gathers them in the editors' order.
macro_rules! with_topics {
    ($topics:literal) => {
        concat!(
            "SELECT a.id, a.slug, a.kind, a.status, a.title, a.titles, a.standfirst, a.body, a.words, a.source_name, ",
            "a.source_url, a.language, a.comment_policy, a.comment_count, a.pick, a.corrections, a.published, a.updated, ",
            "s.id AS section_id, s.slug AS section_slug, s.name AS section_name, s.description AS section_description, ",
            "s.comment_policy AS section_policy, (SELECT COALESCE(MAX(id), 0) FROM changes) AS cursor, s.parent AS section_parent, s.position AS section_position, ",
            $crate::storage::articles::lists::picture_columns!(),
            ", ",
            $topics,
            " AS topics FROM articles a JOIN sections s ON s.id = a.section LEFT JOIN media m ON m.id = a.media ",
            "WHERE a.slug = $1"
        )
    };
}

/// An article by its slug, whatever its status: who asks decides what may be seen.
pub async fn by_slug(db: &Db, slug: &Slug) -> Result<Option<Article>, StorageError> {
    let sql = db.pick(
        with_topics!(
            "(SELECT json_group_array(json_array(id, slug, name, description, bar_position)) FROM (SELECT t.* \
             FROM article_topics x JOIN topics t ON t.id = x.topic WHERE x.article = a.id ORDER BY x.position))"
        ),
        with_topics!(
            "CAST((SELECT COALESCE(json_agg(json_build_array(t.id, t.slug, t.name, t.description, t.bar_position) \
             ORDER BY x.position), '[]') FROM article_topics x JOIN topics t ON t.id = x.topic \
             WHERE x.article = a.id) AS TEXT)"
        ),
    );
    let row: Option<ArticleRow> = db.optional(sql, args![slug.as_str()]).await?;
    let Some(row) = row else { return Ok(None) };
    let mut article = Article::try_from(row)?;
    article.authors = authors::of_article(db, article.id).await?;
    Ok(Some(article))
}

/// The lists in which an article stands, or would if readers could see it.
pub async fn shelves(db: &Db, article: ArticleId) -> Result<Vec<Part>, StorageError> {
    const SQL: &str = "SELECT 'section', section FROM articles WHERE id = $1 \
         UNION ALL SELECT 'topic', topic FROM article_topics WHERE article = $1 \
         UNION ALL SELECT 'author', author FROM article_authors WHERE article = $1";
    let rows: Vec<(String, i64)> = db.all(SQL, args![article.0]).await?;
    Ok(rows
        .into_iter()
        .map(|(noun, row)| match noun.as_str() {
            "section" => Part::Section(SectionId(row)),
            "topic" => Part::Topic(TopicId(row)),
            _ => Part::Author(AuthorId(row)),
        })
        .collect())
}

/// Which of these articles readers can see at a moment.
pub async fn seen(db: &Db, articles: &[ArticleId], now: Timestamp) -> Result<Vec<ArticleId>, StorageError> {
    if articles.is_empty() {
        return Ok(Vec::new());
    }
    let sql = format!(
        "SELECT id FROM articles WHERE status IN ('published', 'scheduled') AND published <= $1 AND id IN ({})",
        places(2, articles.len())
    );
    let mut values = args![now];
    values.extend(articles.iter().map(|id| id.0.into()));
    let rows: Vec<(i64,)> = db.all(AssertSqlSafe(sql), values).await?;
    Ok(rows.into_iter().map(|(id,)| ArticleId(id)).collect())
}

/// The article that an importer brought under this key.
pub async fn slug_of_key(db: &Db, key: &str) -> Result<Option<Slug>, StorageError> {
    let row: Option<(String,)> = db.optional("SELECT slug FROM articles WHERE source = $1", args![key]).await?;
    row.map(|(slug,)| slug.parse().map_err(StorageError::stored)).transpose()
}

/// Whether an article had this moment of publication in one of its latest
/// revisions, the last one left out.
pub async fn was_published(db: &Db, article: ArticleId, at: Timestamp) -> Result<bool, StorageError> {
    const SQL: &str = "SELECT snapshot FROM revisions WHERE noun = 'article' AND item = $1 ORDER BY id DESC LIMIT 20";
    let rows: Vec<(String,)> = db.all(SQL, args![article.0]).await?;
    for (snapshot,) in rows.iter().skip(1) {
        let draft: Draft = from_json(snapshot)?;
        if draft.published == at {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Whether an article was once stored with this status, and with this moment where one is
/// given: among its first revisions, where an import's first word is.
pub async fn was_once(
    db: &Db,
    article: ArticleId,
    status: Status,
    published: Option<Timestamp>,
) -> Result<bool, StorageError> {
    once(db, article, |draft| draft.status == status && published.is_none_or(|at| draft.published == at)).await
}

/// What an archive says of an article's comments, unless somebody has decided since: where it says
/// what it has said before, what is stored counts.
pub async fn policy_of_archive(
    db: &Db,
    stored: Option<&Article>,
    says: CommentPolicy,
) -> Result<CommentPolicy, StorageError> {
    let Some(article) = stored else { return Ok(says) };
    let said_before = once(db, article.id, |draft| draft.comment_policy == says).await?;
    Ok(if said_before { article.comment_policy } else { says })
}

/// Whether one of the first 20 revisions of an article is such a one.
async fn once(db: &Db, article: ArticleId, is: impl Fn(&Draft) -> bool) -> Result<bool, StorageError> {
    const SQL: &str = "SELECT snapshot FROM revisions WHERE noun = 'article' AND item = $1 ORDER BY id LIMIT 20";
    let rows: Vec<(String,)> = db.all(SQL, args![article.0]).await?;
    for (snapshot,) in &rows {
        if is(&from_json(snapshot)?) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Whether a slug belongs to an article, and to which key.
pub async fn key_of_slug(db: &Db, slug: &Slug) -> Result<Option<Option<String>>, StorageError> {
    let row: Option<(Option<String>,)> =
        db.optional("SELECT source FROM articles WHERE slug = $1", args![slug.as_str()]).await?;
    Ok(row.map(|(key,)| key))
}

/// Saves an article with its authors, topics and a revision. It is the same
/// article where the key is the same, or without a key the slug. A changed
/// address leaves a redirect behind. Saving what is there already writes nothing.
pub async fn save(db: &Db, draft: &Draft, now: Timestamp) -> Result<(ArticleId, Saved), StorageError> {
    let mut act = db.begin().await?;
    let old: Option<(i64, String, String, Option<String>)> = match &draft.key {
        Some(key) => {
            act.optional(
                concat!(
                    "SELECT a.id, a.slug, s.slug, a.source FROM articles a JOIN sections s ON s.id = a.section ",
                    "WHERE a.source = $1"
                ),
                args![key],
            )
            .await?
        }
        None => {
            act.optional(
                concat!(
                    "SELECT a.id, a.slug, s.slug, a.source FROM articles a JOIN sections s ON s.id = a.section ",
                    "WHERE a.slug = $1"
                ),
                args![draft.slug.as_str()],
            )
            .await?
        }
    };
    let taken: Option<(i64,)> =
        act.optional("SELECT id FROM articles WHERE slug = $1", args![draft.slug.as_str()]).await?;
    if taken.is_some_and(|(id,)| old.as_ref().is_none_or(|o| o.0 != id)) {
        return Err(StorageError::Taken(draft.slug.to_string()));
    }
    let snapshot = to_json(draft)?;
    if let Some((id, ..)) = &old {
        let last: Option<(String,)> = act
            .optional(
                "SELECT snapshot FROM revisions WHERE noun = 'article' AND item = $1 ORDER BY id DESC LIMIT 1",
                args![*id],
            )
            .await?;
        if last.is_some_and(|(last,)| last == snapshot) {
            return Ok((ArticleId(*id), Saved::Same));
        }
    }
    let id = write(&mut act, draft, old.as_ref().map(|o| o.0), now).await?;
    let (section,): (String,) = act.one("SELECT slug FROM sections WHERE id = $1", args![draft.section.0]).await?;
    let section: Slug = section.parse().map_err(StorageError::stored)?;
    let path = href(&section, &draft.slug);
    redirects::clear(&mut act, &path).await?;
    if let Some((_, old_slug, old_section, _)) = &old {
        let before = format!("/{old_section}/{old_slug}");
        if before != path {
            redirects::put(&mut act, &before, Some(&path)).await?;
        }
    }
    const KEEP: &str = "INSERT INTO revisions (noun, item, saved, snapshot) VALUES ('article', $1, $2, $3)";
    act.run(KEEP, args![id, now, snapshot]).await?;
    act.changed(Noun::Article, id);
    act.commit(now).await?;
    Ok((ArticleId(id), if old.is_some() { Saved::Changed } else { Saved::New }))
}

/// The row itself, its authors and its topics.
async fn write(act: &mut Act, draft: &Draft, old: Option<i64>, now: Timestamp) -> Result<i64, StorageError> {
    const INSERT: &str = "INSERT INTO articles (slug, section, kind, status, title, titles, standfirst, body, body_source, body_format, \
         cleaner, words, media, source_name, source_url, language, comment_policy, pick, corrections, published, updated, saved, source) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23) RETURNING id";
    const UPDATE: &str = "UPDATE articles SET slug = $1, section = $2, kind = $3, status = $4, title = $5, titles = $6, standfirst = $7, \
         body = $8, body_source = $9, body_format = $10, cleaner = $11, words = $12, media = $13, source_name = $14, source_url = $15, \
         language = $16, comment_policy = $17, pick = $18, corrections = $19, published = $20, updated = $21, saved = $22, source = $23 \
         WHERE id = $24 RETURNING id";
    let mut values = args![
        draft.slug.as_str(),
        draft.section.0,
        draft.kind.as_str(),
        draft.status.as_str(),
        &draft.title,
        to_json(&draft.titles)?,
        &draft.standfirst,
        &draft.body.html,
        &draft.body.source,
        &draft.body.format,
        draft.body.cleaner,
        draft.body.words,
        draft.picture.map(|p| p.0),
        draft.source.as_ref().map(|s| s.name.clone()),
        draft.source.as_ref().map(|s| s.url.clone()),
        draft.language.clone(),
        draft.comment_policy.as_str(),
        draft.pick,
        to_json(&draft.corrections)?,
        draft.published,
        draft.updated,
        now,
        draft.key.clone(),
    ];
    let (id,): (i64,) = match old {
        None => act.one(INSERT, values).await?,
        Some(id) => {
            values.push(id.into());
            act.one(UPDATE, values).await?
        }
    };
    let seen = matches!(draft.status, Status::Published | Status::Scheduled);
    act.run("DELETE FROM article_authors WHERE article = $1", args![id]).await?;
    for (position, author) in draft.authors.iter().enumerate() {
        const SQL: &str = "INSERT INTO article_authors (article, author, position, published, seen) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING";
        act.run(SQL, args![id, author.0, i64::try_from(position).unwrap_or(i64::MAX), draft.published, seen]).await?;
    }
    act.run("DELETE FROM article_topics WHERE article = $1", args![id]).await?;
    for (position, topic) in draft.topics.iter().enumerate() {
        const SQL: &str = "INSERT INTO article_topics (article, topic, position, published, seen) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING";
        act.run(SQL, args![id, topic.0, i64::try_from(position).unwrap_or(i64::MAX), draft.published, seen]).await?;
    }
    Ok(id)
}

/// How many articles readers can see at this moment.
pub async fn count_seen(db: &Db, now: Timestamp) -> Result<i64, StorageError> {
    const SQL: &str = "SELECT COUNT(*) FROM articles WHERE status IN ('published', 'scheduled') AND published <= $1";
    let (count,): (i64,) = db.one(SQL, args![now]).await?;
    Ok(count)
}

/// Whether there is anything at all, seen or not.
pub async fn any(db: &Db) -> Result<bool, StorageError> {
    let row: Option<(i64,)> = db.optional("SELECT id FROM articles LIMIT 1", args![]).await?;
    Ok(row.is_some())
}
