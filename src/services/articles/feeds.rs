//! Feeds: the newest of a list, with all that their readers are told.

use super::lists::Subject;
use crate::services::{Site, site::frame::Front, text::html};
use crate::{
    domain::{
        edition::FeedText,
        listing::{Summary, Window},
        time::Timestamp,
    },
    storage::{
        StorageError,
        articles::lists::{self, Span},
    },
};

/// How many articles a feed holds.
const SIZE: usize = 30;

/// A list as a feed.
pub struct Feed {
    /// `The Politic Review` or `World – The Politic Review`.
    pub title: String,
    /// What it is about.
    pub description: String,
    /// The path of the list.
    pub href: String,
    /// The newest articles.
    pub items: Vec<Item>,
    /// When any of them changed last; the beginning of time where there is none.
    pub updated: Timestamp,
}

/// An article in a feed.
pub struct Item {
    /// What lists show of it, with the byline.
    pub summary: Summary,
    /// When its text changed last.
    pub updated: Timestamp,
    /// The whole text with full addresses, where the edition gives it away.
    pub html: Option<String>,
}

/// The feed of a list.
pub async fn feed(site: &Site, front: &Front, subject: &Subject) -> Result<Feed, StorageError> {
    let span = Span::until(site.now());
    let mut summaries = lists::page(&site.db, subject.shelf(), span, Window::Newest, SIZE).await?.items;
    lists::add_bylines(&site.db, &mut summaries).await?;
    let mut texts = lists::texts(&site.db, &summaries).await?;
    let full = front.edition.machines.feed_text == FeedText::Full;
    let items: Vec<Item> = summaries
        .into_iter()
        .map(|summary| {
            let (html, updated) = texts.remove(&summary.id).unwrap_or((String::new(), None));
            Item {
                updated: updated.unwrap_or(summary.published).max(summary.published),
                html: full.then(|| html::absolute(&html, &site.config.site.base_url)),
                summary,
            }
        })
        .collect();
    let title = match subject {
        Subject::News => front.edition.name.clone(),
        other => format!("{} – {}", other.name(front), front.edition.name),
    };
    let about = match subject {
        Subject::Section(section) => &section.description,
        Subject::Topic(topic) => &topic.description,
        Subject::Author(author) => &author.bio,
        Subject::News => &front.edition.description,
    };
    let description = if about.is_empty() { &front.edition.description } else { about }.clone();
    let updated = items.iter().map(|item| item.updated).max().unwrap_or(Timestamp(0));
    // The site's feed belongs to the home page.
    let href = if matches!(subject, Subject::News) { "/".to_owned() } else { subject.href() };
    Ok(Feed { title, description, href, items, updated })
}
