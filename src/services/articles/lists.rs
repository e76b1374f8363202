//! Lists that readers page through: news, sections, topics, authors, months.

use crate::services::{
    Site,
    site::frame::{Front, PICKS},
};
use crate::{
    domain::{
        article::CommentPolicy,
        author::Author,
        change::Part,
        listing::{Listing, Month, Summary, Window},
        section::Section,
        slug::Slug,
        topic::Topic,
    },
    storage::{
        StorageError,
        articles::lists::{self, Shelf, Span},
        authors, sections, topics,
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

    /// Its list, as the page cache knows it.
    pub fn part(&self) -> Part {
        match self {
            Self::News => Part::News,
            Self::Section(section) => Part::Section(section.id),
            Self::Topic(topic) => Part::Topic(topic.id),
            Self::Author(author) => Part::Author(author.id),
        }
    }

    pub(super) fn shelf(&self) -> Shelf {
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

/// All sections with how they take comments.
pub async fn policies(site: &Site) -> Result<Vec<(Section, CommentPolicy)>, StorageError> {
    sections::policies(&site.db).await
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

/// The matter of the home page, as it is now. (What stands around it may be a
/// minute old.)
pub struct Home {
    /// The first pick, else the newest with a picture, else the newest.
    pub lead: Option<Summary>,
    /// The newest without the lead.
    pub beside: Vec<Summary>,
    /// Each section of the navigation with its newest, without what stands elsewhere on
    /// the page; a section whose every article stands there shows them again.
    pub blocks: Vec<(Section, Vec<Summary>)>,
    /// The newest without what stands at the top, with bylines, and where the
    /// older ones begin.
    pub latest: Listing,
    /// The editors' picks without what stands at the top, unless all do.
    pub picks: Vec<Summary>,
}

/// How many articles stand beside the lead.
const BESIDE: usize = 4;
/// How many articles a section's block shows: 1 large, 4 small.
const BLOCK: usize = 5;
/// How many articles Latest News shows.
const LATEST: usize = 5;
/// How many articles stand outside the blocks at most: the top, the latest, the picks.
const ELSEWHERE: usize = 1 + BESIDE + LATEST + PICKS as usize;

/// Gathers the home page: whoever reads it to its end meets no article twice.
pub async fn home(site: &Site, front: &Front) -> Result<Home, StorageError> {
    let span = Span::until(site.now());
    let mut newest = lists::page(&site.db, Shelf::News, span, Window::Newest, SIZE).await?;
    lists::add_bylines(&site.db, &mut newest.items).await?;
    let mut picks = lists::picks(&site.db, site.now(), PICKS).await?;
    if let Some(lead) = picks.first_mut() {
        lists::add_bylines(&site.db, std::slice::from_mut(lead)).await?;
    }
    let with_picture = || newest.items.iter().find(|a| a.picture.is_some());
    let lead = picks.first().or_else(with_picture).or(newest.items.first()).cloned();
    let is_lead = |item: &Summary| lead.as_ref().is_some_and(|lead| lead.id == item.id);
    let beside: Vec<Summary> = newest.items.iter().filter(|a| !is_lead(a)).take(BESIDE).cloned().collect();
    let top = |item: &Summary| is_lead(item) || beside.iter().any(|b| b.id == item.id);
    // What stands at the top is not told twice, unless there is nothing else.
    if picks.iter().any(|pick| !top(pick)) {
        picks.retain(|pick| !top(pick));
    }
    let above = |item: &Summary| top(item) || picks.iter().any(|pick| pick.id == item.id);
    let mut latest: Vec<Summary> = newest.items.iter().filter(|a| !above(a)).take(LATEST).cloned().collect();
    if latest.is_empty() {
        latest = newest.items.iter().take(LATEST).cloned().collect();
    }
    let told = |item: &Summary| above(item) || latest.iter().any(|other| other.id == item.id);
    let mut blocks = Vec::new();
    for (section, _) in &front.sections {
        let shelf = Shelf::Section(section.id);
        let mut items = lists::page(&site.db, shelf, span, Window::Newest, BLOCK + ELSEWHERE).await?.items;
        if items.iter().any(|item| !told(item)) {
            items.retain(|item| !told(item));
        }
        items.truncate(BLOCK);
        blocks.push((section.clone(), items));
    }
    let more = |last: &Summary| newest.older.is_some() || newest.items.last().is_some_and(|end| end.id != last.id);
    let older = latest.last().filter(|last| more(last)).map(Summary::cursor);
    Ok(Home { lead, beside, blocks, latest: Listing { items: latest, older, ..Listing::default() }, picks })
}
