//! Articles: who may see one, what stands beside it, and its way into the open.

use crate::services::{Site, site::frame::front};
use crate::{
    domain::{
        article::{Article, CommentPolicy, Status, href},
        comment::{Order, Talk, closes, openness},
        listing::Summary,
        slug::Slug,
        time::Timestamp,
    },
    storage::{
        StorageError,
        articles::{self, lists, status},
        comments::threads,
    },
};

/// How many related articles a page shows.
const RELATED: usize = 6;

/// An article with what its page shows beside it.
pub struct Reading {
    /// The article.
    pub article: Article,
    /// Its conversation, the first page of it.
    pub talk: Talk,
    /// What readers may do in it at this moment.
    pub policy: CommentPolicy,
    /// When it closes by itself.
    pub closes: Option<Timestamp>,
    /// Same topics first, then the same section, newest first.
    pub related: Vec<Summary>,
}

/// What stands at an article's address.
pub enum Found {
    /// The article.
    Here(Box<Reading>),
    /// It stands elsewhere.
    Moved(String),
    /// It was taken down.
    Gone,
    /// Nothing does, and nothing that readers may know of.
    Nothing,
}

/// Whether readers see an article at this moment.
pub fn seen(article: &Article, now: Timestamp) -> bool {
    matches!(article.status, Status::Published | Status::Scheduled) && article.published <= now
}

/// What stands at `/{section}/{slug}`.
pub async fn find(site: &Site, section: &str, slug: &Slug) -> Result<Found, StorageError> {
    let Some(article) = articles::by_slug(&site.db, slug).await? else { return Ok(Found::Nothing) };
    if article.status == Status::Removed {
        return Ok(Found::Gone);
    }
    if !seen(&article, site.now()) {
        return Ok(Found::Nothing);
    }
    if article.section.slug.as_str() != section {
        return Ok(Found::Moved(href(&article.section.slug, &article.slug)));
    }
    Ok(Found::Here(Box::new(reading(site, article).await?)))
}

/// An article for preview, whatever its status.
pub async fn for_preview(site: &Site, slug: &Slug) -> Result<Option<Reading>, StorageError> {
    match articles::by_slug(&site.db, slug).await? {
        Some(article) => Ok(Some(reading(site, article).await?)),
        None => Ok(None),
    }
}

async fn reading(site: &Site, article: Article) -> Result<Reading, StorageError> {
    let rules = &front(site).await?.edition.conversation;
    let policy = openness(&article, rules, site.now());
    let some = article.comment_count > 0 && policy != CommentPolicy::Hidden;
    let talk =
        if some { threads::of_article(&site.db, article.id, Order::Oldest, None).await? } else { Talk::default() };
    // By its age alone, so it is worth nothing for what is closed already.
    let closes = (rules.close_after_days > 0 && matches!(policy, CommentPolicy::Open | CommentPolicy::Held))
        .then(|| closes(&article, rules))
        .filter(|at| *at > site.now());
    let topics: Vec<_> = article.topics.iter().map(|t| t.id).collect();
    let related = lists::related(&site.db, article.id, article.section.id, &topics, site.now(), RELATED).await?;
    Ok(Reading { talk, policy, closes, related, article })
}

/// Why an act of an editor was not done.
#[derive(Debug, thiserror::Error)]
pub enum ActError {
    /// No article has this slug.
    #[error("there is no article “{0}”")]
    Unknown(Slug),
    /// To be published later, but readers see it now.
    #[error("readers see “{0}” already; to bring it later, take it down first (pressroom unpublish {0})")]
    Seen(Slug),
    /// The database.
    #[error(transparent)]
    Storage(#[from] StorageError),
}

fn known(there: bool, slug: &Slug) -> Result<(), ActError> {
    if there { Ok(()) } else { Err(ActError::Unknown(slug.clone())) }
}

/// Publishes an article, now or at a moment to come. What readers have seen
/// before keeps its first date.
pub async fn publish(site: &Site, slug: &Slug, at: Option<Timestamp>) -> Result<(), ActError> {
    let now = site.now();
    let article = articles::by_slug(&site.db, slug).await?.ok_or_else(|| ActError::Unknown(slug.clone()))?;
    if at.is_some_and(|at| at > now) && seen(&article, now) {
        return Err(ActError::Seen(slug.clone()));
    }
    let was_seen =
        matches!(article.status, Status::Published | Status::Archived | Status::Removed) && article.published <= now;
    let (status, published) = match at {
        Some(at) if at > now => (Status::Scheduled, Some(at)),
        Some(at) => (Status::Published, Some(at)),
        None if was_seen => (Status::Published, None),
        None => (Status::Published, Some(now)),
    };
    known(status::set_status(&site.db, slug, status, published, now).await?, slug)?;
    Ok(())
}

/// Takes an article down, now or later: its address answers 410, no list names it.
pub async fn unpublish(site: &Site, slug: &Slug, at: Option<Timestamp>) -> Result<(), ActError> {
    let now = site.now();
    let there = match at.filter(|at| *at > now) {
        Some(at) => status::plan(&site.db, slug, status::Planned::Unpublish, at, now).await?,
        None => status::set_status(&site.db, slug, Status::Removed, None, now).await?,
    };
    known(there, slug)
}

/// Makes an article an editors' pick at a place (1 is the lead of the home
/// page), now or (then as the first) later; `None` takes it out of the picks.
pub async fn pick(site: &Site, slug: &Slug, place: Option<i64>, at: Option<Timestamp>) -> Result<(), ActError> {
    let now = site.now();
    let there = match at.filter(|at| *at > now) {
        Some(at) => status::plan(&site.db, slug, status::Planned::Pick, at, now).await?,
        None => status::pick(&site.db, slug, place, now).await?,
    };
    known(there, slug)
}

/// How many articles readers see.
pub async fn count(site: &Site) -> Result<u64, StorageError> {
    Ok(u64::try_from(articles::count_seen(&site.db, site.now()).await?).unwrap_or(0))
}

/// Whether there is any article, seen by readers or not.
pub async fn any(site: &Site) -> Result<bool, StorageError> {
    articles::any(&site.db).await
}

/// How an article stands, in a line for whoever has just acted on it: its
/// address, who sees it, and what is planned.
pub async fn standing(site: &Site, slug: &Slug) -> Result<Option<String>, StorageError> {
    let Some(article) = articles::by_slug(&site.db, slug).await? else { return Ok(None) };
    let edition = crate::services::site::settings::edition(site).await?;
    let calendar = crate::calendar::Calendar::new(&edition.time_zone, &edition.language);
    let address = site.url(&href(&article.section.slug, &article.slug));
    let state = match article.status {
        _ if seen(&article, site.now()) => "readers see it".to_owned(),
        Status::Published | Status::Scheduled => format!("appears on {}", calendar.date_time(article.published)),
        Status::Removed => "taken down, answers 410".to_owned(),
        status => format!("{}, no reader sees it", status.as_str()),
    };
    let pick = article.pick.map(|place| format!("; pick {place}")).unwrap_or_default();
    let plans: String = status::plans(&site.db, article.id)
        .await?
        .into_iter()
        .map(|(act, due)| format!("; {act} planned for {}", calendar.date_time(due)))
        .collect();
    Ok(Some(format!("{address}: {state}{pick}{plans}")))
}
