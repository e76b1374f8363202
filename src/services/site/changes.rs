//! Changes as the rest of the server hears of them: whoever made them, here,
//! on another server, or on the command line.

use crate::services::Site;
use crate::{
    domain::{
        ArticleId, PageId,
        change::{Change, Noun, Part},
    },
    storage::{StorageError, articles, changes},
};
use std::collections::HashSet;

/// Reads changes in the order of their commits, from its making on.
pub struct Follower {
    site: Site,
    wake: changes::Wake,
    cursor: i64,
}

/// So many changes are read at a time.
const CHUNK: i64 = 500;

impl Follower {
    /// Begins with the next change.
    pub async fn new(site: &Site) -> Result<Self, StorageError> {
        let wake = changes::Wake::new(&site.db).await?;
        Ok(Self { site: site.clone(), wake, cursor: changes::newest(&site.db).await? })
    }

    /// The number of the last change that was read.
    pub fn cursor(&self) -> i64 {
        self.cursor
    }

    /// Waits for changes; never answers with none. Who was away for so long that some are not
    /// kept any more is told that everything has changed.
    pub async fn next(&mut self) -> Result<Vec<Change>, StorageError> {
        loop {
            let news = changes::since(&self.site.db, self.cursor, CHUNK).await?;
            if let Some(last) = news.last() {
                self.cursor = last.id;
                return Ok(news);
            }
            self.wake.wait().await?;
        }
    }
}

/// The numbers of the oldest and the newest change that are kept; 0 where there is none yet.
pub async fn kept(site: &Site) -> Result<(i64, i64), StorageError> {
    Ok((changes::oldest(&site.db).await?, changes::newest(&site.db).await?))
}

/// The number of the newest change; 0 where there is none yet.
pub async fn newest(site: &Site) -> Result<i64, StorageError> {
    changes::newest(&site.db).await
}

/// What some changes have touched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Touched {
    /// Anything may look different: names, menus, settings.
    All,
    /// These parts.
    Parts(Vec<Part>),
}

/// So many changed articles at once are as good as everything.
const MANY: usize = 100;

/// What changes have touched: an article, the lists it stands in now (those in
/// which it stood know it as a part of theirs), a conversation, a page.
pub async fn touched(site: &Site, changes: &[Change]) -> Result<Touched, StorageError> {
    let mut parts = HashSet::new();
    let mut articles = HashSet::new();
    for change in changes {
        match change.noun {
            Noun::Article => drop(articles.insert(ArticleId(change.row))),
            Noun::Thread => drop(parts.insert(Part::Thread(ArticleId(change.row)))),
            Noun::Letter => drop(parts.insert(Part::Letters)),
            Noun::Page => drop(parts.insert(Part::Page(PageId(change.row)))),
            // No page shows a mail; a comment's conversation is told of beside it;
            // redirects are not kept.
            Noun::Mail | Noun::Comment | Noun::Redirect => {}
            Noun::Section | Noun::Topic | Noun::Author | Noun::Media | Noun::Settings | Noun::All => {
                return Ok(Touched::All);
            }
        }
    }
    if articles.len() > MANY {
        return Ok(Touched::All);
    }
    for id in articles {
        parts.extend([Part::Article(id), Part::News]);
        parts.extend(articles::shelves(&site.db, id).await?);
    }
    Ok(Touched::Parts(parts.into_iter().collect()))
}
