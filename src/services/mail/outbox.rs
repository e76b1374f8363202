//! The outbox: single mails leave, several at a time, so that one that stalls holds no other up.
//! Those for which somebody waits at the screen go beside all others.

use super::{Carrier, MailError, PATIENCE, Trouble, refusal::Verdict, wait};
use crate::services::{Site, site::frame::front};
use crate::{
    domain::time::Timestamp,
    storage::{
        StorageError,
        mails::{self, Lane, Mail},
    },
};
use std::collections::HashMap;
use tokio::task::{Id, JoinError, JoinSet};

/// So many mails of a lane are handed over at the same time.
const AT_ONCE: usize = 4;
/// Whoever waits at the screen does not wait longer for another try, in milliseconds.
const SOON: i64 = 2 * 60_000;

/// What is being handed over.
#[derive(Default)]
struct InFlight {
    tasks: JoinSet<Result<(), MailError>>,
    mails: HashMap<Id, Mail>,
}

impl InFlight {
    /// Begins with as many of those that are due as there is room for; answers whether it
    /// began with any.
    async fn begin(&mut self, site: &Site, carrier: &Carrier, lane: Lane) -> Result<bool, StorageError> {
        let room = AT_ONCE.saturating_sub(self.tasks.len());
        let now = site.now();
        // Asked first, so that an empty outbox costs no write.
        if room == 0 || carrier.is_closed() || mails::next_due_of(&site.db, lane).await?.is_none_or(|due| due > now) {
            return Ok(false);
        }
        let name = front(site).await?.edition.name.clone();
        let size = i64::try_from(room).unwrap_or(1);
        let due = mails::lease_of(&site.db, lane, now, now.plus(carrier.lease), size).await?;
        let any = !due.is_empty();
        for mail in due {
            let (carrier, settings, name, copy) =
                (carrier.clone(), site.config.mail.clone(), name.clone(), mail.clone());
            let task = self.tasks.spawn(async move { carrier.carry(&copy, &name, &settings).await });
            self.mails.insert(task.id(), mail);
        }
        Ok(any)
    }

    /// Notes what came of one; answers whether it left.
    async fn settle(
        &mut self,
        site: &Site,
        done: Result<(Id, Result<(), MailError>), JoinError>,
    ) -> Result<bool, StorageError> {
        let (id, outcome) = match done {
            Ok((id, outcome)) => (id, outcome),
            Err(error) => (error.id(), Err(MailError::Form("writing it ended the task".into()))),
        };
        let Some(mail) = self.mails.remove(&id) else { return Ok(false) };
        match outcome {
            Ok(()) => mails::sent(&site.db, mail.id, site.now()).await.map(|()| true),
            Err(error) => failed(site, &mail, &error).await.map(|()| false),
        }
    }
}

/// A mail did not leave. What is refused for good, or put off for [`PATIENCE`], stays in the
/// outbox with what was said of it and is tried no more; what is refused because of us is put
/// off, since the settings may be mended; while nobody can be written to at all, all wait.
async fn failed(site: &Site, mail: &Mail, error: &MailError) -> Result<(), StorageError> {
    let now = site.now();
    let patient = now.0 - mail.written < PATIENCE;
    let lost = match error.trouble() {
        Trouble::Stopping => return mails::give_back(&site.db, mail.id, now).await,
        Trouble::Refused(Verdict::Ours) | Trouble::Later(_) => !patient,
        Trouble::Refused(_) => true,
        Trouble::Away | Trouble::Broken => false,
    };
    if lost {
        tracing::warn!(mail = mail.id, attempt = mail.attempts, %error, "a mail did not leave and is given up");
        return mails::given_up(&site.db, mail.id, &error.to_string(), now).await;
    }
    tracing::warn!(mail = mail.id, attempt = mail.attempts, %error, "a mail did not leave; it is tried again");
    let pause = if mail.urgent == 1 { wait(mail.attempts).min(SOON) } else { wait(mail.attempts) };
    mails::failed(&site.db, mail.id, &error.to_string(), now.plus(pause), now).await
}

/// Carries all mails that are due, and comes back when each has its outcome; answers how many
/// left.
pub async fn deliver_due(site: &Site, carrier: &Carrier) -> Result<usize, StorageError> {
    let (mut flight, mut left) = (InFlight::default(), 0);
    loop {
        flight.begin(site, carrier, Lane::Any).await?;
        let Some(done) = flight.tasks.join_next_with_id().await else { return Ok(left) };
        left += usize::from(flight.settle(site, done).await?);
    }
}

/// Carries the mails of a lane until the carrier closes; `ring` comes back when something may
/// have changed or the moment has come.
pub async fn forever<F>(
    site: &Site,
    carrier: &Carrier,
    lane: Lane,
    ring: impl Fn(Option<Timestamp>) -> F,
) -> Result<(), StorageError>
where
    F: Future<Output = ()>,
{
    let mut flight = InFlight::default();
    loop {
        flight.begin(site, carrier, lane).await?;
        if carrier.is_closed() && flight.tasks.is_empty() {
            return Ok(());
        }
        let room = flight.tasks.len() < AT_ONCE && !carrier.is_closed();
        let next = if room { mails::next_due_of(&site.db, lane).await? } else { None };
        tokio::select! {
            Some(done) = flight.tasks.join_next_with_id() => drop(flight.settle(site, done).await?),
            () = ring(next), if room => {}
            _ = carrier.closed(), if !carrier.is_closed() => {}
        }
    }
}
