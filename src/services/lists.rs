//! Lists that readers page through: news, sections, topics, authors, months.

use super::{Site, front::Front};
use crate::{
    domain::{
        author::Author,
        listing::{Listing, Month, Window},
        section::Section,
        slug::Slug,
        time::Timestamp,
        topic::Topic,
    },
    storage::{
        StorageError, authors,
        lists::{self, Shelf, Span},
        sections, topics,
    },
};

/// Articles on one page of a list.
pub const SIZE: usize = 20;

/// What is listed, with what its page says of it.
#[derive(Clone, Debug)]
pub enum Subject {
    /// Everything.
    News,
    /// A section.
    Section(Section),
    /// A topic.
    Topic(Topic),
    /// An author.
    Author(Author),
}

impl Subject {
    /// Where its list begins.
    pub fn href(&self) -> String {
        match self {
            Self::News => "/news".into(),
            Self::Section(section) => format!("/{}", section.slug),
            Self::Topic(topic) => format!("/topic/{}", topic.slug),
            Self::Author(author) => format!("/author/{}", author.slug),
        }
    }

    /// Its name.
    pub fn name(&self, front: &Front) -> String {
        match self {
            Self::News => front.words.news.into(),
            Self::Section(section) => section.name.clone(),
            Self::Topic(topic) => topic.name.clone(),
            Self::Author(author) => author.name.clone(),
        }
    }

    fn shelf(&self) -> Shelf {
        match self {
            Self::News => Shelf::News,
            Self::Section(section) => Shelf::Section(section.id),
            Self::Topic(topic) => Shelf::Topic(topic.id),
            Self::Author(author) => Shelf::Author(author.id),
        }
    }
}

/// A section to be listed.
pub async fn section(site: &Site, slug: &Slug) -> Result<Option<Subject>, StorageError> {
    Ok(sections::by_slug(&site.db, slug).await?.map(Subject::Section))
}

/// A topic to be listed.
pub async fn topic(site: &Site, slug: &Slug) -> Result<Option<Subject>, StorageError> {
    Ok(topics::by_slug(&site.db, slug).await?.map(Subject::Topic))
}

/// An author to be listed.
pub async fn author(site: &Site, slug: &Slug) -> Result<Option<Subject>, StorageError> {
    Ok(authors::by_slug(&site.db, slug).await?.map(Subject::Author))
}

/// One page of a list, with bylines; of one month, where one is given (`None`
/// for a month that doesn't exist).
pub async fn page(
    site: &Site,
    front: &Front,
    subject: &Subject,
    month: Option<Month>,
    window: Window,
) -> Result<Option<Listing>, StorageError> {
    let mut span = Span::until(site.now());
    if let Some(month) = month {
        let Some((from, until)) = front.calendar.span(month) else { return Ok(None) };
        span = Span { from, until: until.min(span.until) };
    }
    let mut listing = lists::page(&site.db, subject.shelf(), span, window, SIZE).await?;
    lists::add_bylines(&site.db, &mut listing.items).await?;
    Ok(Some(listing))
}

/// The months in which something on the shelf was published, newest first. One
/// look along the index for each month that has something.
pub async fn months(site: &Site, front: &Front, subject: &Subject) -> Result<Vec<Month>, StorageError> {
    let mut until = site.now().plus(1);
    let mut months = Vec::new();
    while let Some(at) = lists::newest_before(&site.db, subject.shelf(), until).await? {
        let month = front.calendar.month_of(at);
        months.push(month);
        let Some((start, _)) = front.calendar.span(month) else { break };
        // A century of months is more than any archive has; it bounds what one request costs.
        if start >= until || months.len() >= 1_200 {
            break;
        }
        until = start;
    }
    Ok(months)
}

/// Who stands on the Staff page.
pub async fn staff(site: &Site) -> Result<Vec<Author>, StorageError> {
    authors::staff(&site.db).await
}

/// The newest articles of each section of the navigation, for the home page,
/// those left out that stand at its top.
pub async fn home_blocks(
    site: &Site,
    size: usize,
    not: &[crate::domain::ArticleId],
) -> Result<Vec<(Section, Listing)>, StorageError> {
    let span = Span { from: Timestamp(i64::MIN), until: site.now().plus(1) };
    let mut blocks = Vec::new();
    for section in sections::navigation(&site.db).await? {
        let mut listing =
            lists::page(&site.db, Shelf::Section(section.id), span, Window::Newest, size + not.len()).await?;
        // A section whose every article stands at the top shows them again rather than nothing.
        if listing.items.iter().any(|item| !not.contains(&item.id)) {
            listing.items.retain(|item| !not.contains(&item.id));
        }
        listing.items.truncate(size);
        blocks.push((section, listing));
    }
    Ok(blocks)
}
