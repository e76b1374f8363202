//! What the server does without being asked: it follows the changes, lets
//! scheduled things happen, and carries mails.

use super::{
    Site, bounces, changes::Follower, front, housekeeping, letter_counts, mail, media, newsletter, own_comments, reads,
    search_index, sending, shares,
};
use crate::{
    domain::{change::Noun, time::Timestamp},
    storage::{StorageError, article_acts, mails},
};
use std::{sync::Arc, time::Duration};
use tokio::sync::Notify;

/// How often what was counted is written.
const COUNTING: Duration = Duration::from_secs(20);

/// How often what guests left is looked through for what is too old.
const FORGETTING: Duration = Duration::from_secs(3_600);

/// How often the maildir of what came back is looked into.
const BOUNCING: Duration = Duration::from_secs(30);

/// Bells by which the workers are woken.
#[derive(Clone, Default)]
struct Bells {
    schedule: Arc<Notify>,
    mail: Arc<Notify>,
    letter: Arc<Notify>,
}

/// Starts the workers; they end with the returned set.
pub fn start(site: &Site, carrier: mail::Carrier) -> tokio::task::JoinSet<()> {
    let bells = Bells::default();
    let mut tasks = tokio::task::JoinSet::new();
    tasks.spawn(forever("following the changes", site.clone(), bells.clone(), |site, bells| async move {
        follow(&site, &bells).await
    }));
    tasks.spawn(forever("the schedule", site.clone(), bells.clone(), |site, bells| async move {
        schedule(&site, &bells).await
    }));
    tasks.spawn(forever("the shared regions", site.clone(), bells.clone(), |site, _| async move {
        front::keep_fresh(&site).await
    }));
    tasks.spawn(forever("counting what readers do", site.clone(), bells.clone(), |site, _| async move {
        loop {
            tokio::time::sleep(COUNTING).await;
            reads::write(&site).await?;
            shares::write(&site).await?;
            letter_counts::write(&site).await?;
        }
    }));
    tasks.spawn(forever("forgetting guests", site.clone(), bells.clone(), |site, _| async move {
        loop {
            let count = own_comments::forget_guests(&site).await?;
            if count > 0 {
                tracing::info!(count, "what guests left with their comments was forgotten");
            }
            newsletter::forget(&site).await?;
            housekeeping::forget(&site).await?;
            tokio::time::sleep(FORGETTING).await;
        }
    }));
    tasks.spawn(forever("the search index", site.clone(), bells.clone(), |site, _| async move {
        search_index::follow(&site).await
    }));
    let pictures = site.clone();
    tasks.spawn(async move {
        if let Err(error) = media::make_all_ready(&pictures).await {
            tracing::error!(%error, "pictures that are not ready wait for the next start");
        }
    });
    if !site.config.mail.bounces.as_os_str().is_empty() {
        tasks.spawn(forever("the mails that came back", site.clone(), bells.clone(), |site, _| async move {
            loop {
                bounces::look(&site, &site.config.mail.bounces).await?;
                tokio::time::sleep(BOUNCING).await;
            }
        }));
    }
    let letters = carrier.clone();
    tasks.spawn(forever("the newsletters", site.clone(), bells.clone(), move |site, bells| {
        let carrier = letters.clone();
        async move { sending::forever(&site, &carrier, |due| until(&site, due, &bells.letter)).await }
    }));
    tasks.spawn(forever("the outbox", site.clone(), bells, move |site, bells| {
        let carrier = carrier.clone();
        async move { outbox(&site, &carrier, &bells).await }
    }));
    tasks
}

/// Runs a worker again when the database had failed it.
async fn forever<F>(name: &str, site: Site, bells: Bells, work: impl Fn(Site, Bells) -> F)
where
    F: Future<Output = Result<(), StorageError>>,
{
    loop {
        if let Err(error) = work(site.clone(), bells.clone()).await {
            tracing::error!(%error, worker = name, "a worker stopped; it starts again in a second");
        }
        tokio::time::sleep(Duration::from_secs(1)).await;
    }
}

/// Follows the changes from here on. What was missed while this worker was down
/// (and the server served on) is made up for by ringing every bell first.
async fn follow(site: &Site, bells: &Bells) -> Result<(), StorageError> {
    let mut news = Follower::new(site).await?;
    bells.schedule.notify_one();
    bells.mail.notify_one();
    bells.letter.notify_one();
    loop {
        let changes = news.next().await?;
        if changes.iter().any(|change| matches!(change.noun, Noun::Article | Noun::All)) {
            bells.schedule.notify_one();
        }
        if changes.iter().any(|change| matches!(change.noun, Noun::Mail | Noun::All)) {
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
        if article_acts::next_due(&site.db).await?.is_some_and(|due| due <= now) {
            let published = article_acts::publish_due(&site.db, now).await?;
            let planned = article_acts::carry_out_plans(&site.db, now).await?;
            tracing::info!(published, planned, "the schedule was kept");
        }
        until(site, article_acts::next_due(&site.db).await?, &bells.schedule).await;
    }
}

async fn outbox(site: &Site, carrier: &mail::Carrier, bells: &Bells) -> Result<(), StorageError> {
    loop {
        // Asked first, so that an empty outbox costs no write.
        if mails::next_due(&site.db).await?.is_some_and(|due| due <= site.now()) {
            mail::deliver_due(site, carrier).await?;
        }
        until(site, mails::next_due(&site.db).await?, &bells.mail).await;
    }
}
