//! The edition: filled in once from the settings file, then the database's.

use crate::services::Site;
use crate::{
    domain::edition::{Edition, Shelf},
    storage::{StorageError, sections, settings, topics},
};

const EDITION: &str = "edition";

/// Why an edition is not taken.
#[derive(Debug, thiserror::Error)]
pub enum SettingsError {
    /// Something in it is wrong.
    #[error("{}", .0.join("; "))]
    Faults(Vec<String>),
    /// It is no edition at all.
    #[error("{0}")]
    Unreadable(String),
    /// The database.
    #[error(transparent)]
    Storage(#[from] StorageError),
}

/// Fills an empty database with the edition of the settings file.
pub async fn fill_empty(site: &Site) -> Result<(), StorageError> {
    if settings::get::<Edition>(&site.db, EDITION).await?.is_some() {
        return Ok(());
    }
    store(site, &site.config.edition).await
}

/// The edition as it is now, sections and topics included.
pub async fn edition(site: &Site) -> Result<Edition, StorageError> {
    let stored: Option<Edition> = settings::get(&site.db, EDITION).await?;
    let mut edition = stored.unwrap_or_else(|| site.config.edition.clone());
    edition.sections = sections::navigation(&site.db)
        .await?
        .into_iter()
        .map(|s| Shelf { slug: s.slug, name: s.name, description: s.description })
        .collect();
    edition.topics = topics::bar(&site.db)
        .await?
        .into_iter()
        .map(|t| Shelf { slug: t.slug, name: t.name, description: t.description })
        .collect();
    Ok(edition)
}

/// The edition as TOML, to be kept, changed and imported again.
pub async fn export(site: &Site) -> Result<String, SettingsError> {
    let edition = edition(site).await?;
    toml::to_string_pretty(&edition).map_err(|e| SettingsError::Unreadable(e.to_string()))
}

/// Reads an exported edition, and tells what is wrong with it.
pub fn read(text: &str) -> Result<Edition, SettingsError> {
    let edition: Edition = toml::from_str(text).map_err(|e| {
        let before = e.span().and_then(|span| text.get(..span.start)).unwrap_or_default();
        let what = e.message().split_whitespace().collect::<Vec<_>>().join(" ");
        SettingsError::Unreadable(format!("line {}: {what}", before.matches('\n').count() + 1))
    })?;
    let mut faults = edition.faults();
    faults.extend(crate::calendar::faults(&edition));
    if faults.is_empty() { Ok(edition) } else { Err(SettingsError::Faults(faults)) }
}

/// Takes an exported edition. Sections and topics that are not in it leave the
/// navigation; their pages and articles stay.
pub async fn import(site: &Site, text: &str) -> Result<(), SettingsError> {
    Ok(store(site, &read(text)?).await?)
}

async fn store(site: &Site, edition: &Edition) -> Result<(), StorageError> {
    let now = site.now();
    for (position, shelf) in (1_i64..).zip(&edition.sections) {
        let parent = sections::by_slug(&site.db, &shelf.slug).await?.and_then(|s| s.parent);
        let draft = sections::Draft {
            slug: shelf.slug.clone(),
            name: shelf.name.clone(),
            description: shelf.description.clone(),
            parent,
            position: Some(position),
            key: None,
        };
        sections::save(&site.db, &draft, now).await?;
    }
    for (position, shelf) in (1_i64..).zip(&edition.topics) {
        let draft = topics::Draft {
            slug: shelf.slug.clone(),
            name: shelf.name.clone(),
            description: shelf.description.clone(),
            bar_position: Some(position),
            key: None,
        };
        topics::save(&site.db, &draft, now).await?;
    }
    let slugs: Vec<_> = edition.sections.iter().map(|s| s.slug.clone()).collect();
    sections::keep_in_navigation(&site.db, &slugs, now).await?;
    let slugs: Vec<_> = edition.topics.iter().map(|t| t.slug.clone()).collect();
    topics::keep_in_bar(&site.db, &slugs, now).await?;
    let rest = Edition { sections: Vec::new(), topics: Vec::new(), ..edition.clone() };
    settings::put(&site.db, EDITION, &rest, now).await
}
