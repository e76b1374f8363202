//! What the server does without being asked: it follows the changes, lets
//! scheduled things happen, and carries mails.
//!
//! A worker that fails, by an error or a panic, is seen, counted and begun anew; how that is
//! done, and who is told, is in `supervision`.

use super::housekeeping;
use crate::services::{
    Site,
    analytics::{reads, shares},
    articles::media,
    comments::own,
    mail::{self, outbox},
    newsletter::{self, bounces, counts, sending},
    search::indexer,
    site::{changes::Follower, frame, supervision},
};
use crate::{
    domain::{change::Noun, time::Timestamp},
    storage::{StorageError, articles::status, mails::Lane},
};
use std::{sync::Arc, time::Duration};
use tokio::{
    sync::Notify,
    task::{JoinError, JoinSet},
};

/// How often what was counted is written.
const COUNTING: Duration = Duration::from_secs(20);

/// How often what guests left is looked through for what is too old.
const FORGETTING: Duration = Duration::from_secs(3_600);

/// How often the maildir of what came back is looked into.
const BOUNCING: Duration = Duration::from_secs(30);

/// Hand-overs in flight have so long for their end when the server stops; what is not over
/// then goes again later. Within what a stop takes for requests (`http/server.rs`).
const GRACE: Duration = Duration::from_secs(20);

/// Bells by which the workers are woken.
#[derive(Clone, Default)]
struct Bells {
    schedule: Arc<Notify>,
    urgent: Arc<Notify>,
    mail: Arc<Notify>,
    letter: Arc<Notify>,
}

impl Bells {
    fn all(&self) -> [&Notify; 4] {
        [&self.schedule, &self.urgent, &self.mail, &self.letter]
    }
}

/// The workers, which end with this.
pub struct Workers {
    site: Site,
    carrier: mail::Carrier,
    /// They are ended wherever they are.
    tasks: JoinSet<()>,
    /// They hand mails over, and end by themselves when the carrier is closed.
    carriers: JoinSet<()>,
}

impl Workers {
    /// The server stops: no mail is begun any more.
    pub fn closer(&self) -> impl Fn() + use<> {
        let carrier = self.carrier.clone();
        move || carrier.close(GRACE)
    }

    /// Has work done besides until the server stops; it should never end by itself.
    pub fn add<F>(&mut self, name: &'static str, work: impl Fn() -> F + Send + 'static)
    where
        F: Future<Output = Result<(), StorageError>> + Send + 'static,
    {
        self.tasks.spawn(supervision::forever(name, self.site.clone(), self.carrier.clone(), work));
    }

    /// Has something done once besides.
    pub fn once(&mut self, name: &'static str, work: impl Future<Output = ()> + Send + 'static) {
        self.tasks.spawn(supervision::once(name, self.site.clone(), work));
    }

    /// Ends them: those that hand mails over finish what is in flight, or give it up.
    pub async fn end(mut self) {
        self.carrier.close(GRACE);
        let over = self.carrier.closed().await + Duration::from_secs(5);
        if tokio::time::timeout_at(over, async { while self.carriers.join_next().await.is_some() {} }).await.is_err() {
            tracing::warn!("mails in flight could not be noted; they go again");
        }
        self.carriers.shutdown().await;
        self.tasks.shutdown().await;
    }
}

/// Starts the workers.
pub fn start(site: &Site, carrier: mail::Carrier) -> Workers {
    let bells = Bells::default();
    let mut workers =
        Workers { site: site.clone(), carrier: carrier.clone(), tasks: JoinSet::new(), carriers: JoinSet::new() };
    let with = |site: &Site, bells: &Bells| (site.clone(), bells.clone());
    let here = with(site, &bells);
    workers.add("following the changes", move || {
        let (site, bells) = here.clone();
        async move { follow(&site, &bells).await }
    });
    let here = with(site, &bells);
    workers.add("the schedule", move || {
        let (site, bells) = here.clone();
        async move { schedule(&site, &bells).await }
    });
    add(&mut workers, "the shared regions", |site| async move { frame::keep_fresh(&site).await });
    add(&mut workers, "counting what readers do", |site| async move { count(&site).await });
    add(&mut workers, "forgetting guests", |site| async move { forget(&site).await });
    add(&mut workers, "the search index", |site| async move { indexer::follow(&site).await });
    if !site.config.mail.bounces.as_os_str().is_empty() {
        add(&mut workers, "the mails that came back", |site| async move {
            loop {
                bounces::look(&site, &site.config.mail.bounces).await?;
                tokio::time::sleep(BOUNCING).await;
            }
        });
    }
    let pictures = site.clone();
    workers.once("making pictures ready", async move {
        if let Err(error) = media::make_all_ready(&pictures).await {
            tracing::error!(%error, "pictures that are not ready wait for the next start");
        }
    });
    let (site, letters) = (site.clone(), carrier.clone());
    for (name, lane) in [("the outbox", Lane::Other), ("urgent mails", Lane::Urgent)] {
        let here = (site.clone(), carrier.clone(), bells.clone());
        workers.carriers.spawn(supervision::forever(name, site.clone(), carrier.clone(), move || {
            let (site, carrier, bells) = here.clone();
            async move {
                let bell = if lane == Lane::Urgent { &bells.urgent } else { &bells.mail };
                outbox::forever(&site, &carrier, lane, |due| until(&site, due, bell)).await
            }
        }));
    }
    workers.carriers.spawn(supervision::forever("the newsletters", site.clone(), carrier, move || {
        let (site, carrier, bells) = (site.clone(), letters.clone(), bells.clone());
        async move { sending::forever(&site, &carrier, |due| until(&site, due, &bells.letter)).await }
    }));
    workers
}

fn add<F>(workers: &mut Workers, name: &'static str, work: impl Fn(Site) -> F + Send + 'static)
where
    F: Future<Output = Result<(), StorageError>> + Send + 'static,
{
    let site = workers.site.clone();
    workers.add(name, move || work(site.clone()));
}

/// What a task said that ended in a panic.
pub(in crate::services) fn words(error: JoinError) -> String {
    if !error.is_panic() {
        return error.to_string();
    }
    let cause = error.into_panic();
    let words = cause.downcast_ref::<String>().map(String::as_str).or(cause.downcast_ref::<&str>().copied());
    format!("a panic: {}", words.unwrap_or("without words"))
}

async fn count(site: &Site) -> Result<(), StorageError> {
    loop {
        tokio::time::sleep(COUNTING).await;
        reads::write(site).await?;
        shares::write(site).await?;
        counts::write(site).await?;
    }
}

async fn forget(site: &Site) -> Result<(), StorageError> {
    loop {
        let count = own::forget_guests(site).await?;
        if count > 0 {
            tracing::info!(count, "what guests left with their comments was forgotten");
        }
        newsletter::forget(site).await?;
        housekeeping::forget(site).await?;
        tokio::time::sleep(FORGETTING).await;
    }
}

/// Follows the changes from here on. What was missed while this worker was down
/// (and the server served on) is made up for by ringing every bell first.
async fn follow(site: &Site, bells: &Bells) -> Result<(), StorageError> {
    let mut news = Follower::new(site).await?;
    for bell in bells.all() {
        bell.notify_one();
    }
    loop {
        let changes = news.next().await?;
        if changes.iter().any(|change| matches!(change.noun, Noun::Article | Noun::All)) {
            bells.schedule.notify_one();
        }
        if changes.iter().any(|change| matches!(change.noun, Noun::Mail | Noun::All)) {
            bells.urgent.notify_one();
            bells.mail.notify_one();
        }
        if changes.iter().any(|change| matches!(change.noun, Noun::Letter | Noun::Settings | Noun::All)) {
            bells.letter.notify_one();
        }
    }
}

/// Sleeps until a moment, but no longer than a minute (clocks are set), or until the bell rings.
async fn until(site: &Site, due: Option<Timestamp>, bell: &Notify) {
    let wait = due.map_or(60_000, |due| (due.0.saturating_sub(site.now().0)).clamp(0, 60_000));
    let wait = Duration::from_millis(u64::try_from(wait).unwrap_or(60_000));
    tokio::select! {
        () = tokio::time::sleep(wait) => {}
        () = bell.notified() => {}
    }
}

async fn schedule(site: &Site, bells: &Bells) -> Result<(), StorageError> {
    loop {
        let now = site.now();
        if status::next_due(&site.db).await?.is_some_and(|due| due <= now) {
            let published = status::publish_due(&site.db, now).await?;
            let planned = status::carry_out_plans(&site.db, now).await?;
            tracing::info!(published, planned, "the schedule was kept");
        }
        until(site, status::next_due(&site.db).await?, &bells.schedule).await;
    }
}
