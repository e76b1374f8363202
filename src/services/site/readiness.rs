//! Whether the site can do its work: one probe a second for all who ask.

use crate::services::Site;
use crate::{
    domain::time::Timestamp,
    storage::{StorageError, probe},
};
use std::time::Duration;
use tokio::sync::Mutex;

/// A probe is good for so long, in milliseconds.
const GOOD_FOR: i64 = 1_000;
/// The longest that a probe may take.
const TIMEOUT: Duration = Duration::from_secs(2);

/// The last probe, and when it was.
#[derive(Default)]
pub struct Readiness(Mutex<Option<(Timestamp, Result<(), String>)>>);

/// Whether the database can be read and written, as of a second ago at most; else what is wrong,
/// for the log and the operator.
pub async fn ready(site: &Site) -> Result<(), String> {
    let mut last = site.readiness.0.lock().await;
    let now = site.now();
    if let Some((at, result)) = &*last
        && (*at..at.plus(GOOD_FOR)).contains(&now)
    {
        return result.clone();
    }
    let probed = tokio::time::timeout(TIMEOUT, probe::probe(&site.db, now)).await;
    let result = match probed {
        Ok(result) => result.map_err(|error: StorageError| error.to_string()),
        Err(_) => Err("the database does not answer in time".to_owned()),
    };
    if let Err(error) = &result {
        tracing::warn!(error, "not ready");
    }
    *last = Some((now, result.clone()));
    result
}
