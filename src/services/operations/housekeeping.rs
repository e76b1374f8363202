//! What is over and of no use goes, so that no table grows for ever. What bounds each table
//! stands in ARCHITECTURE.md.

use crate::services::Site;
use crate::{
    domain::time::Timestamp,
    storage::{StorageError, accounts, changes, comments::filter, mails, newsletter::provider_events, views},
};

/// Reads are kept for so long, in milliseconds: many times what is looked at for what is
/// trending.
const VIEWS: i64 = 90 * Timestamp::DAY;

/// So long a provider's event is known by its id, in milliseconds: the longest that one of them
/// tells again what was not answered is three days.
const EVENTS: i64 = 30 * Timestamp::DAY;

/// Forgets what is older than the settings say; answers how many rows.
pub async fn forget(site: &Site) -> Result<u64, StorageError> {
    let now = site.now();
    let before = now.plus(-i64::from(site.config.database.keep_days) * Timestamp::DAY);
    let changes = changes::forget(&site.db, before, now).await?;
    let mails = mails::forget(&site.db, before, now).await?;
    let others = accounts::forget_old(&site.db, now).await?
        + views::forget(&site.db, now.plus(-VIEWS), now).await?
        + provider_events::forget(&site.db, now.plus(-EVENTS), now).await?
        + filter::forget_unlearnt(&site.db, now).await?;
    if changes + mails + others > 0 {
        tracing::info!(changes, mails, others, "what is over was forgotten");
    }
    Ok(changes + mails + others)
}
