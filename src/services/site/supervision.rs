//! Workers are watched: one that fails is seen, counted and begun anew, at longer and longer
//! intervals; the desk, `pressroom doctor`, `/readyz` and `/metrics` tell of it.

use crate::services::{Site, mail::Carrier, operations::workers};
use crate::storage::{StorageError, workers as stored};
use std::{
    collections::BTreeMap,
    sync::{Mutex, PoisonError},
    time::Duration,
};
use tokio::task::JoinHandle;

pub use crate::storage::workers::Failing;

/// A worker begins anew after so long; doubled each time, at most [`LONGEST`].
const FIRST: Duration = Duration::from_secs(1);
const LONGEST: Duration = Duration::from_secs(60);
/// One that has gone for so long is well again: longer than it waits before it begins anew.
const STEADY: Duration = Duration::from_secs(90);
/// What fails is tried again at least so often, in milliseconds: older rows are of the past.
const FRESH: i64 = 10 * 60_000;

/// How this server's workers have done since it began.
#[derive(Default)]
pub struct Health(Mutex<BTreeMap<String, Mark>>);

#[derive(Clone, Copy, Default)]
struct Mark {
    failures: u64,
    failing: bool,
}

impl Health {
    fn mark(&self, name: &str, change: impl FnOnce(&mut Mark)) {
        // Nothing can panic while it is held.
        let mut marks = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        change(marks.entry(name.to_owned()).or_default());
    }

    /// How often each has failed.
    pub fn failures(&self) -> Vec<(String, u64)> {
        let marks = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        marks.iter().map(|(name, mark)| (name.clone(), mark.failures)).collect()
    }

    /// Which fail at the moment.
    pub fn failing(&self) -> Vec<String> {
        let marks = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        marks.iter().filter(|(_, mark)| mark.failing).map(|(name, _)| name.clone()).collect()
    }
}

/// What fails at the moment, on any server that shares the database.
pub async fn failing(site: &Site) -> Result<Vec<Failing>, StorageError> {
    stored::failing(&site.db, site.now().plus(-FRESH)).await
}

/// Something failed that is tried again.
pub(in crate::services) async fn failed(site: &Site, name: &str, fault: &str) {
    tracing::error!(worker = name, fault, "a worker failed; it is begun anew");
    site.health.mark(name, |mark| *mark = Mark { failures: mark.failures + 1, failing: true });
    let fault: String = fault.chars().take(500).collect();
    // Where it is the database that is away, the rest of the program tells of that.
    if let Err(error) = stored::failed(&site.db, name, &fault, site.now()).await {
        tracing::debug!(%error, "that could not be noted");
    }
}

/// It goes again.
pub(in crate::services) async fn well(site: &Site, name: &str) {
    site.health.mark(name, |mark| mark.failing = false);
    if let Err(error) = stored::well(&site.db, name, site.now()).await {
        tracing::debug!(%error, worker = name, "that a worker is well again could not be noted");
    }
}

/// A task that ends with whoever waits for it.
struct Bound<T>(JoinHandle<T>);

impl<T> Drop for Bound<T> {
    fn drop(&mut self) {
        self.0.abort();
    }
}

/// Runs a worker that should never end; where it does, it is begun anew, until the server
/// stops.
pub(in crate::services) async fn forever<F>(
    name: &'static str,
    site: Site,
    carrier: Carrier,
    work: impl Fn() -> F + Send,
) where
    F: Future<Output = Result<(), StorageError>> + Send + 'static,
{
    let mut wait = FIRST;
    site.health.mark(name, |_| ());
    loop {
        let mut running = Bound(tokio::spawn(work()));
        let ended = tokio::select! {
            ended = &mut running.0 => ended,
            () = tokio::time::sleep(STEADY) => {
                wait = FIRST;
                well(&site, name).await;
                (&mut running.0).await
            }
        };
        let fault = match ended {
            Ok(_) if carrier.is_closed() => return,
            Ok(Ok(())) => "it ended by itself".to_owned(),
            Ok(Err(error)) => error.to_string(),
            Err(error) => workers::words(error),
        };
        failed(&site, name, &fault).await;
        tokio::select! {
            () = tokio::time::sleep(wait) => {}
            _ = carrier.closed() => return,
        }
        wait = (wait * 2).min(LONGEST);
    }
}

/// Does something once; a panic in it is seen.
pub(in crate::services) async fn once(name: &'static str, site: Site, work: impl Future<Output = ()> + Send + 'static) {
    let mut running = Bound(tokio::spawn(work));
    if let Err(error) = (&mut running.0).await {
        failed(&site, name, &workers::words(error)).await;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{config::Config, domain::time::Clock};
    use std::sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    };

    #[tokio::test]
    async fn a_panic_an_error_and_an_end_are_seen_and_the_worker_is_begun_anew() {
        let folder = tempfile::tempdir().unwrap();
        let mut config = Config::load(None).unwrap();
        config.database.url = format!("sqlite:{}", folder.path().join("p.db").display());
        config.media.url = folder.path().join("media").display().to_string();
        config.secrets.file = folder.path().join("secrets");
        let carrier = Carrier::new(&config.mail).unwrap();
        let site = Site::open(config, Clock::system()).await.unwrap();
        let runs = Arc::new(AtomicU32::new(0));
        let (count, again) = (runs.clone(), Arc::new(tokio::sync::Notify::new()));
        let reached = again.clone();
        let worker = tokio::spawn(forever("the test", site.clone(), carrier.clone(), move || {
            let (run, reached) = (count.fetch_add(1, Ordering::SeqCst), reached.clone());
            async move {
                match run {
                    0 => panic!("out of {}", "luck"),
                    1 => Err(StorageError::Taken("it".into())),
                    2 => Ok(()),
                    _ => {
                        reached.notify_one();
                        std::future::pending().await
                    }
                }
            }
        }));
        again.notified().await;
        assert_eq!(site.health.failures(), [("the test".to_owned(), 3)]);
        assert_eq!(site.health.failing(), ["the test"]);
        let known = failing(&site).await.unwrap();
        assert_eq!((known.len(), known[0].failures, known[0].fault.as_str()), (1, 3, "it ended by itself"));
        well(&site, "the test").await;
        assert!(failing(&site).await.unwrap().is_empty() && site.health.failing().is_empty());
        once("a single thing", site.clone(), async { panic!("once") }).await;
        assert_eq!(failing(&site).await.unwrap()[0].fault, "a panic: once");
        // With the end of whoever waits for it the worker ends, too.
        worker.abort();
        assert!(worker.await.unwrap_err().is_cancelled());
        assert_eq!(runs.load(Ordering::SeqCst), 4);
    }
}
