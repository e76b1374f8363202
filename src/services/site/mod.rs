//! The running publication: what every act needs at hand.

pub mod changes;
pub mod counters;
pub mod form_token;
pub mod frame;
pub mod ip;
pub mod proxies;
pub mod rate_limit;
pub mod readiness;
pub mod secrets;
pub mod settings;
pub mod supervision;

use super::{
    accounts::Tries,
    analytics::{reads::Reads, shares::Shares},
    articles::media::MissingForms,
    newsletter::counts::LetterCounts,
    search::indexer::Search,
    site::{
        frame::Fronts, proxies::Unnamed, rate_limit::Pace, readiness::Readiness, secrets::Secrets, supervision::Health,
    },
    text::word_lists::WordLists,
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
        super::operations::upgrade::bring_up_to_date(&db, &config, clock.now()).await?;
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
        super::site::settings::fill_empty(&site).await?;
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
    Upgrade(#[from] super::operations::upgrade::UpgradeError),
    /// The media store.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The keys.
    #[error(transparent)]
    Secrets(#[from] super::site::secrets::SecretsError),
}
