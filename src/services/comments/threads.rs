//! Conversations as readers see them: which articles have one, its pages, where a
//! comment stands in it, what happened to it.

use super::CommentError;
use crate::services::{Site, articles::seen, site::frame::front};
use crate::{
    domain::{
        ArticleId, CommentId,
        article::{Article, CommentPolicy, href},
        change::{Change, Noun},
        comment::{Comment, Order, Talk, openness},
        slug::Slug,
    },
    storage::{
        StorageError, articles,
        comments::{self, own, threads},
    },
};

pub use crate::storage::comments::threads::Event;

/// The article under this slug, where readers see it.
pub async fn seen_article(site: &Site, slug: &Slug) -> Result<Option<Article>, StorageError> {
    Ok(articles::by_slug(&site.db, slug).await?.filter(|article| seen(article, site.now())))
}

/// An article that takes comments.
#[derive(Clone, Debug)]
pub struct Open {
    /// The article.
    pub article: Article,
    /// Every comment is read before it appears.
    pub held: bool,
}

/// The article that takes comments under this slug.
pub async fn open_article(site: &Site, slug: &Slug) -> Result<Open, CommentError> {
    let article = seen_article(site, slug).await?.ok_or(CommentError::NoArticle)?;
    let rules = &front(site).await?.edition.conversation;
    match openness(&article, rules, site.now()) {
        CommentPolicy::Closed | CommentPolicy::Hidden => Err(CommentError::Closed),
        policy => Ok(Open { article, held: policy == CommentPolicy::Held }),
    }
}

/// The comment that is answered, where readers see it.
pub async fn answered(site: &Site, article: ArticleId, id: CommentId) -> Result<Option<Comment>, StorageError> {
    threads::shown(&site.db, article, id).await
}

/// Where a comment that readers see stands: on the article's page, or where that shows
/// only a part of a long conversation, on the page of its thread.
pub async fn address(site: &Site, id: CommentId) -> Result<Option<String>, StorageError> {
    let Some(place) = comments::place(&site.db, id, site.now()).await? else { return Ok(None) };
    let path = href(&place.section, &place.slug);
    let first = threads::of_article(&site.db, place.article, Order::Oldest, None).await?;
    if first.thread.iter().any(|threaded| threaded.comment.id == id) {
        return Ok(Some(format!("{path}#comment-{id}")));
    }
    // As many as are on a page; places are numbered from 1, the first comment's.
    let size = i64::try_from(threads::COMMENTS - 1).unwrap_or(i64::MAX);
    let page = (place.place - 2).max(0).div_euclid(size) * size;
    let from = if page > 0 { format!("?from={}", page + 1) } else { String::new() };
    Ok(Some(format!("{path}/comments/{}{from}#comment-{id}", place.root)))
}

/// A page of an article's conversation.
pub async fn talk(
    site: &Site,
    article: ArticleId,
    order: Order,
    after: Option<CommentId>,
) -> Result<Talk, StorageError> {
    threads::of_article(&site.db, article, order, after).await
}

/// One thread, from after a place on.
pub async fn branch(site: &Site, article: ArticleId, root: CommentId, after: i64) -> Result<Talk, StorageError> {
    threads::one(&site.db, article, root, after).await
}

/// The newest comments of an article.
pub async fn newest(site: &Site, article: ArticleId, most: i64) -> Result<Vec<Comment>, StorageError> {
    threads::newest(&site.db, article, most).await
}

/// The slug of the article under which a comment stands.
pub async fn slug_of(site: &Site, id: CommentId) -> Result<Option<Slug>, StorageError> {
    let own = own::own(&site.db, id).await?;
    Ok(own.and_then(|own| own.slug.parse().ok()))
}

/// The thread in which a comment stands, around its place.
pub async fn thread_of(site: &Site, article: ArticleId, id: CommentId) -> Result<Talk, StorageError> {
    match threads::whereabouts(&site.db, id).await? {
        Some((root, place)) => threads::one(&site.db, article, root, (place - 50).max(0)).await,
        None => Ok(Talk::default()),
    }
}

/// Whether something happened to a comment.
pub fn are_among(changes: &[Change]) -> bool {
    changes.iter().any(|change| change.noun == Noun::Comment)
}

/// What happened to comments after a change, up to another; of one article, or all.
pub async fn events(
    site: &Site,
    article: Option<ArticleId>,
    after: i64,
    to: i64,
    most: i64,
) -> Result<Vec<Event>, StorageError> {
    threads::events(&site.db, article, after, to, most).await
}
