//! The search index of a publication: it follows what changes, holds what readers may see,
//! and heals by itself. One that is missing, unreadable, old, of another language or
//! database is built again beside the site's running.

use crate::services::{
    Site,
    site::{
        secrets::{SecretsError, random},
        settings,
    },
    text::html::{plain_text, unescape},
};
use crate::{
    domain::change::{Change, Noun},
    search::{Answer, Document, Index, SearchError, UpTo, Writer},
    storage::{StorageError, changes, search as texts},
};
use std::{
    collections::{HashMap, HashSet},
    path::PathBuf,
    sync::{Arc, PoisonError, RwLock},
    time::Duration,
};
use tokio::sync::Semaphore;

/// So many articles are read at a time.
const CHUNK: i64 = 200;
/// A writer that has nothing to do is let go, with its memory.
const IDLE: Duration = Duration::from_secs(20);
/// An index that could not be written is tried again after …
const PATIENCE: Duration = Duration::from_secs(5);

/// So many questions are answered at a time: each takes about 30 bytes for every article.
const AT_A_TIME: usize = 8;

/// The index of a publication, where it is open.
pub struct Search {
    index: RwLock<Option<Arc<Index>>>,
    places: Arc<Semaphore>,
}

impl Default for Search {
    fn default() -> Self {
        Self { index: RwLock::default(), places: Arc::new(Semaphore::new(AT_A_TIME)) }
    }
}

impl Search {
    fn get(&self) -> Option<Arc<Index>> {
        self.index.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Asks the index; `None` while there is none.
    pub(super) async fn ask(
        &self,
        question: impl FnOnce(&Index) -> Result<Answer, SearchError> + Send + 'static,
    ) -> Result<Option<Answer>, IndexError> {
        let Some(index) = self.get() else { return Ok(None) };
        // The semaphore is never closed, so a place always comes.
        let place = self.places.clone().acquire_owned().await;
        // The place is given back when the answer is made, whether or not somebody waits for it.
        let asking = tokio::task::spawn_blocking(move || {
            let answer = question(&index);
            drop(place);
            answer
        });
        Ok(Some(asking.await??))
    }
}

/// Why the index is not as it should be.
#[derive(Debug, thiserror::Error)]
pub enum IndexError {
    /// Its files.
    #[error(transparent)]
    Search(#[from] SearchError),
    /// The database.
    #[error(transparent)]
    Storage(#[from] StorageError),
    /// The operating system has no randomness to give.
    #[error(transparent)]
    Random(#[from] SecretsError),
    /// A thread died.
    #[error("the search index: {0}")]
    Thread(#[from] tokio::task::JoinError),
}

/// What the index is made of.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Made {
    folder: PathBuf,
    language: String,
    comments: bool,
}

async fn made(site: &Site) -> Result<Made, StorageError> {
    // As it is stored: the shared regions may not have heard yet of the change that woke us.
    let edition = settings::edition(site).await?;
    Ok(Made {
        folder: site.config.search.folder.clone(),
        language: edition.language,
        comments: edition.conversation.in_search,
    })
}

/// Follows the changes from where the index stands; ends with a fault of the database.
pub async fn follow(site: &Site) -> Result<(), StorageError> {
    let mut wake = changes::Wake::new(&site.db).await?;
    let mut followed: Option<Followed> = None;
    loop {
        match catch_up(site, &mut followed).await {
            Ok(()) => {}
            Err(IndexError::Storage(error)) => return Err(error),
            // Another server writes this index; what it has written can be read.
            Err(IndexError::Search(error @ SearchError::Another(_))) => {
                tracing::warn!(%error, "the search follows what the other one writes");
                tokio::time::sleep(PATIENCE).await;
                if let Some(index) = site.search.get() {
                    let _ = index.look_again();
                }
                continue;
            }
            Err(error) => {
                tracing::error!(%error, "the search index is not up to date; it is tried again");
                followed = None;
                tokio::time::sleep(PATIENCE).await;
                continue;
            }
        }
        match tokio::time::timeout(IDLE, wake.wait()).await {
            Ok(woken) => woken?,
            Err(_) => followed.iter_mut().for_each(|followed| followed.writer = None),
        }
    }
}

/// An index that is followed, and up to where.
struct Followed {
    made: Made,
    index: Arc<Index>,
    writer: Option<Writer>,
    cursor: i64,
}

impl Followed {
    /// Lets everybody ask an index, and follows it.
    fn begin(site: &Site, made: Made, index: Index) -> Self {
        let cursor = index.up_to().cursor;
        let index = Arc::new(index);
        *site.search.index.write().unwrap_or_else(PoisonError::into_inner) = Some(index.clone());
        Self { made, index, writer: None, cursor }
    }
}

/// Brings the index up to the newest change.
async fn catch_up(site: &Site, followed: &mut Option<Followed>) -> Result<(), IndexError> {
    let made = made(site).await?;
    let usable = followed.take().filter(|f| f.made == made && !f.index.is_replaced(&made.folder));
    let now = match usable {
        Some(usable) => followed.insert(usable),
        None => {
            let index = match open(site, &made).await? {
                Some(index) => index,
                None => build(site, &made, |_| ()).await?,
            };
            followed.insert(Followed::begin(site, made, index))
        }
    };
    loop {
        let news = changes::since(&site.db, now.cursor, 500).await?;
        let Some(last) = news.last() else { return Ok(()) };
        let cursor = last.id;
        if news.iter().any(|change| change.noun == Noun::All) {
            let index = build(site, &now.made, |_| ()).await?;
            *now = Followed::begin(site, now.made.clone(), index);
            continue;
        }
        let touched = touched(site, &news, now.made.comments).await?;
        if touched.is_empty() {
            now.cursor = cursor;
            continue;
        }
        let mut writer = match now.writer.take() {
            Some(writer) => writer,
            None => now.index.writer()?,
        };
        for chunk in touched.chunks(CHUNK as usize) {
            let documents = documents(site, texts::of(&site.db, chunk, site.now()).await?, now.made.comments).await?;
            let mut gone = chunk.to_vec();
            gone.retain(|id| documents.iter().all(|document| document.id != *id));
            writer = tokio::task::spawn_blocking(move || {
                for id in gone {
                    writer.remove(id);
                }
                documents.iter().try_for_each(|document| writer.put(document)).map(|()| writer)
            })
            .await??;
        }
        let index = now.index.clone();
        let up_to = up_to(site, cursor).await?;
        writer = tokio::task::spawn_blocking(move || {
            writer.commit(up_to)?;
            index.look_again().map(|()| writer)
        })
        .await??;
        (now.writer, now.cursor) = (Some(writer), cursor);
    }
}

async fn up_to(site: &Site, cursor: i64) -> Result<UpTo, StorageError> {
    Ok(UpTo { cursor, mark: changes::mark(&site.db, cursor).await?.unwrap_or_default() })
}

/// The index in use, where it was made of this database.
async fn open(site: &Site, made: &Made) -> Result<Option<Index>, IndexError> {
    let made = made.clone();
    // What is broken enough to have its reading die is built again, too.
    let index = tokio::task::spawn_blocking(move || Index::open(&made.folder, &made.language, made.comments)).await;
    match index.unwrap_or_default() {
        Some(index) if *index.up_to() == up_to(site, index.up_to().cursor).await? => Ok(Some(index)),
        _ => Ok(None),
    }
}

/// The articles that some changes are about.
async fn touched(site: &Site, news: &[Change], comments: bool) -> Result<Vec<i64>, StorageError> {
    let mut articles = HashSet::new();
    for change in news {
        match change.noun {
            Noun::Article => drop(articles.insert(change.row)),
            Noun::Thread if comments => drop(articles.insert(change.row)),
            Noun::Section | Noun::Topic | Noun::Author => {
                articles.extend(texts::naming(&site.db, change.noun, change.row).await?.into_iter().map(|id| id.0));
            }
            _ => {}
        }
    }
    Ok(articles.into_iter().collect())
}

async fn documents(site: &Site, found: Vec<texts::Text>, comments: bool) -> Result<Vec<Document>, StorageError> {
    let ids: Vec<i64> = found.iter().map(|text| text.id).collect();
    let mut talk = if comments { texts::comments(&site.db, &ids).await? } else { HashMap::new() };
    Ok(found
        .into_iter()
        .map(|text| Document {
            id: text.id,
            title: text.title,
            standfirst: text.standfirst,
            body: words_of(&text.body),
            comments: words_of(&talk.remove(&text.id).unwrap_or_default().join("\n")),
            section: text.section,
            authors: text.authors,
            topics: text.topics,
            published: text.published,
        })
        .collect())
}

/// The text of a body as people read it.
pub(super) fn words_of(html: &str) -> String {
    unescape(&plain_text(html))
}

/// Builds an index of everything and puts it in the place of the one in use; `progress`
/// is told how many articles are in it.
async fn build(site: &Site, made: &Made, progress: impl Fn(u64)) -> Result<Index, IndexError> {
    // What changes while it is read is read once more.
    let up_to = up_to(site, changes::newest(&site.db).await?).await?;
    let name = format!("index-{}", random::<6>()?);
    let Made { folder, language, comments } = made.clone();
    let mut building = tokio::task::spawn_blocking(move || Index::build(&folder, &name, &language, comments)).await??;
    let (mut row, mut count) = (0, 0);
    loop {
        let found = texts::after(&site.db, row, CHUNK, site.now()).await?;
        let Some(last) = found.last() else { break };
        row = last.id;
        let documents = documents(site, found, made.comments).await?;
        count += documents.len() as u64;
        building = tokio::task::spawn_blocking(move || {
            documents.iter().try_for_each(|document| building.add(document)).map(|()| building)
        })
        .await??;
        progress(count);
    }
    let index = tokio::task::spawn_blocking(move || building.finish(up_to)).await??;
    tracing::info!(articles = count, "the search index was built");
    Ok(index)
}

/// Builds the index anew, also beside a running server, which takes it up by itself.
/// Answers how many articles are in it.
pub async fn reindex(site: &Site, progress: impl Fn(u64)) -> Result<u64, IndexError> {
    let made = made(site).await?;
    Ok(build(site, &made, progress).await?.count())
}
