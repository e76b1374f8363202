//! How often letters are opened and their links followed, for newsletters that count it:
//! sums of a letter, never of a person. Addresses in mails name the letter and the article
//! alone, so there is nothing by which a reader could be told from another.

use crate::services::{
    Site,
    analytics::reads::is_robot,
    site::{counters::Tally, frame::front},
};
use crate::{
    domain::newsletter::Newsletter,
    storage::{
        StorageError,
        articles::lists,
        newsletter::letters::{self, Letter},
    },
};
use std::net::IpAddr;

/// What is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Act {
    /// A mail program fetched the letter's picture of one pixel.
    Opened,
    /// Somebody followed a link.
    Followed,
}

/// What is counted and not written yet, by letter.
pub type LetterCounts = Tally<(i64, Act)>;

/// A letter that went out to a newsletter that counts.
async fn counted(site: &Site, letter: i64) -> Result<Option<Letter>, StorageError> {
    let Some(letter) = letters::by_id(&site.db, letter).await?.filter(|letter| letter.begun.is_some()) else {
        return Ok(None);
    };
    let front = front(site).await?;
    let counts = |letter: &Letter| {
        let list = |list: &&Newsletter| list.slug.as_str() == letter.list;
        front.edition.newsletters.iter().find(list).is_some_and(|list| list.count)
    };
    Ok(Some(letter).filter(counts))
}

/// A letter's pixel was fetched. Each time counts: many readers stand behind one proxy of
/// their mail provider.
pub async fn opened(site: &Site, letter: i64) -> Result<(), StorageError> {
    if let Some(letter) = counted(site, letter).await? {
        site.letter_counts.count((letter.id, Act::Opened));
    }
    Ok(())
}

/// The path of an article to which a letter's link leads; `None` where the letter has no
/// such article, or readers may not see it any more.
pub async fn follow(
    site: &Site,
    letter: i64,
    article: i64,
    reader: (Option<IpAddr>, &str),
) -> Result<Option<String>, StorageError> {
    let Some(letter) = letters::by_id(&site.db, letter).await?.filter(|letter| letter.articles.contains(&article))
    else {
        return Ok(None);
    };
    let found = lists::of(&site.db, &[article], site.now()).await?;
    let Some(article) = found.first() else { return Ok(None) };
    if let (Some(address), agent) = reader
        && !is_robot(agent)
        && counted(site, letter.id).await?.is_some()
    {
        site.letter_counts.note((letter.id, Act::Followed), (address, agent), site.now());
    }
    Ok(Some(article.href()))
}

/// Writes what was counted; where the database is away it waits for the next time.
pub async fn write(site: &Site) -> Result<usize, StorageError> {
    let counts = site.letter_counts.take();
    let sums: Vec<(i64, i64, i64)> = counts
        .iter()
        .map(|((letter, act), count)| match act {
            Act::Opened => (*letter, *count, 0),
            Act::Followed => (*letter, 0, *count),
        })
        .collect();
    let written = letters::count(&site.db, &sums, site.now()).await;
    site.letter_counts.settle(counts, written)
}
