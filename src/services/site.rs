//! The running publication: what every act needs at hand.

use super::{
    accounts::Tries, front::Fronts, letter_counts::LetterCounts, media::MissingForms, pace::Pace, proxies::Unnamed,
    readiness::Readiness, reads::Reads, search_index::Search, secrets::Secrets, shares::Shares, supervision::Health,
    word_lists::WordLists,
};
use crate::{
    config::Config,
    domain::time::{Clock, Timestamp},
    storage::{Db, StorageError},
    store::{Store, StoreError},
};
use std::sync::Arc;

/// One publication. Cloning it is cheap: all share one.
#[derive(Clone)]
pub struct Site(Arc<Inner>);

/// What a [`Site`] holds.
pub struct Inner {
    /// The database.
    pub db: Db,
    /// The machine's settings.
    pub config: Config,
    /// What time it is.
    pub clock: Clock,
    /// The pictures' files.
    pub store: Store,
    /// Keys for signing.
    pub secrets: Secrets,
    /// The regions that all pages share.
    pub fronts: Fronts,
    /// Readings that are not written yet.
    pub reads: Reads,
    /// Clicks on the share rows that are not written yet.
    pub shares: Shares,
    /// Opens and followed links of letters that are not written yet.
    pub letter_counts: LetterCounts,
    /// Wrong passwords of the last minutes.
    pub tries: Tries,
    /// The newsroom's lists of words, ready to be looked for.
    pub word_lists: WordLists,
    /// The search index.
    pub search: Search,
    /// How often who has asked for something.
    pub pace: Pace,
    /// The last probe of the database.
    pub readiness: Readiness,
    /// Forms of pictures that there are not.
    pub missing_forms: MissingForms,
    /// How the workers do.
    pub health: Health,
    /// A proxy in front that the settings don't name.
    pub unnamed: Unnamed,
}

impl std::ops::Deref for Site {
    type Target = Inner;

    fn deref(&self) -> &Inner {
        &self.0
    }
}

impl Site {
    /// Opens the database, brings it up to date (after a back-up of its rows), and fills an empty one with the
    /// edition of the settings.
    pub async fn open(config: Config, clock: Clock) -> Result<Self, OpenError> {
        let store = Store::open(&config.media)?;
        let db = Db::open(&config.database.url).await?;
        super::upgrade::bring_up_to_date(&db, &config, clock.now()).await?;
        let secrets = Secrets::load(&config.secrets)?;
        let (fronts, reads, shares, tries) = (Fronts::default(), Reads::default(), Shares::default(), Tries::default());
        let (word_lists, search, pace) = (WordLists::default(), Search::default(), Pace::default());
        let letter_counts = LetterCounts::default();
        let inner = Inner {
            db,
            config,
            clock,
            store,
            secrets,
            fronts,
            reads,
            shares,
            letter_counts,
            tries,
            word_lists,
            search,
            pace,
            readiness: Readiness::default(),
            missing_forms: MissingForms::default(),
            health: Health::default(),
            unnamed: Unnamed::default(),
        };
        let site = Self(Arc::new(inner));
        super::settings::fill_empty(&site).await?;
        Ok(site)
    }

    /// The moment it is.
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// The full address of a path.
    pub fn url(&self, path: &str) -> String {
        format!("{}{path}", self.config.site.base_url)
    }
}

/// Why a publication can't be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The database.
    #[error(transparent)]
    Storage(#[from] StorageError),
    /// The tables.
    #[error(transparent)]
    Upgrade(#[from] super::upgrade::UpgradeError),
    /// The media store.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The keys.
    #[error(transparent)]
    Secrets(#[from] super::secrets::SecretsError),
}
