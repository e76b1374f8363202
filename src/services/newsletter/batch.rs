//! A batch of a letter's mails is handed over, so many at a time, and what comes of each is
//! noted.

use super::{
    brake,
    render::{self, Content},
};
use crate::services::{
    Site,
    mail::{self, Carrier, MailError, Trouble, refusal::Verdict},
    operations::workers,
};
use crate::storage::{
    StorageError,
    newsletter::{
        deliveries::{self, Delivery},
        letters::Letter,
    },
};
use std::{
    collections::{HashMap, VecDeque},
    time::Duration,
};
use tokio::{
    task::{Id, JoinError, JoinSet},
    time::{Instant, interval_at},
};

/// A letter on its way.
#[derive(Clone, Copy)]
pub(super) struct Run<'a> {
    pub site: &'a Site,
    pub carrier: &'a Carrier,
    pub letter: &'a Letter,
    pub content: &'a Content,
    /// The publication's.
    pub name: &'a str,
}

/// Why a batch was not carried to its end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Halt {
    /// Nobody can be written to at the moment.
    Away(String),
    /// Nobody can be written to until the settings are mended.
    Broken(String),
    /// So much was refused that somebody should look first.
    Doubt,
    /// The server stops.
    Stopping,
}

/// What came of a batch.
#[derive(Debug, Default)]
pub(super) struct Round {
    sent: usize,
    refused: usize,
    /// So many in a row were not answered, …
    silent: usize,
    /// … and these at all, with what was seen.
    unanswered: Vec<(Delivery, String)>,
    /// Why it ended early.
    pub halt: Option<Halt>,
}

impl Round {
    /// Whether more was refused than may be of all: one in twenty, as `domain/newsletter.rs`
    /// has it.
    pub fn is_bad(&self) -> bool {
        self.refused * 20 > self.sent + self.refused
    }

    /// Whether it is so bad that the rest should not be tried before somebody has looked.
    fn is_doubtful(&self) -> bool {
        let enough = if self.sent == 0 { 3 } else { 20 };
        self.sent + self.refused >= enough && self.refused > self.sent
    }

    fn halts(&mut self, halt: Halt) {
        // The first says why.
        self.halt.get_or_insert(halt);
    }
}

/// What is being carried, and what waits for its turn.
struct Batch<'a> {
    run: Run<'a>,
    tasks: JoinSet<Result<(), MailError>>,
    flying: HashMap<Id, Delivery>,
    waiting: VecDeque<Delivery>,
    round: Round,
}

/// Hands a batch over. What is not tried is given back.
pub(super) async fn carry(run: Run<'_>, batch: Vec<Delivery>) -> Result<Round, StorageError> {
    let quarter = Duration::from_millis((run.carrier.lease / 4).unsigned_abs());
    let mut renewal = interval_at(Instant::now() + quarter, quarter);
    let waiting = batch.into();
    let mut batch = Batch { run, tasks: JoinSet::new(), flying: HashMap::new(), waiting, round: Round::default() };
    loop {
        batch.fill();
        let first = tokio::select! {
            first = batch.tasks.join_next_with_id() => first,
            _ = renewal.tick() => {
                batch.renew().await;
                continue;
            }
        };
        let Some(first) = first else { break };
        batch.note(first).await?;
    }
    batch.put_off().await?;
    let untried: Vec<i64> = batch.waiting.iter().map(|delivery| delivery.id).collect();
    if !untried.is_empty() {
        deliveries::give_back(&run.site.db, &untried, run.site.now()).await?;
    }
    Ok(batch.round)
}

impl Batch<'_> {
    /// Begins with as many as there are connections. After one that was not answered only when
    /// another has been, or there is nothing to wait for: a server that falls silent is given
    /// no more than it had.
    fn fill(&mut self) {
        let Run { site, carrier, letter, content, name } = self.run;
        if carrier.is_closed() {
            self.round.halts(Halt::Stopping);
        }
        while self.tasks.len() < site.config.mail.connections.max(1)
            && self.round.halt.is_none()
            && (self.round.silent == 0 || self.tasks.is_empty())
        {
            let Some(delivery) = self.waiting.pop_front() else { return };
            let mail = render::mail(site, letter, content, &delivery.email, delivery.subscriber, &delivery.key);
            let (carrier, settings, name) = (carrier.clone(), site.config.mail.clone(), name.to_owned());
            let task = self.tasks.spawn(async move { carrier.carry_letter(&mail, &name, &settings).await });
            self.flying.insert(task.id(), delivery);
        }
    }

    /// Nobody else gets what is still being carried, or waits for it here.
    async fn renew(&self) {
        let Run { site, carrier, .. } = self.run;
        let ids: Vec<i64> = self.flying.values().chain(&self.waiting).map(|delivery| delivery.id).collect();
        let now = site.now();
        if let Err(error) = deliveries::renew(&site.db, &ids, now.plus(carrier.lease), now).await {
            // They are good for a while yet.
            tracing::warn!(%error, "leases could not be renewed");
        }
    }

    /// Notes what came of those that are done. Those that were done meanwhile are noted in the
    /// same act; none is begun before, so no more than one for each connection is ever handed
    /// over and not noted.
    async fn note(&mut self, first: Result<(Id, Result<(), MailError>), JoinError>) -> Result<(), StorageError> {
        let site = self.run.site;
        let mut sent = Vec::new();
        let mut next = Some(first);
        while let Some(done) = next {
            let (id, outcome) = match done {
                Ok((id, outcome)) => (id, outcome),
                // What can't be written is this mail's fault alone.
                Err(error) => (error.id(), Err(MailError::Form(workers::words(error)))),
            };
            if let Some(delivery) = self.flying.remove(&id) {
                match outcome {
                    Ok(()) => {
                        self.round.silent = 0;
                        sent.push(delivery.id);
                    }
                    Err(error) => self.failed(&delivery, &error).await?,
                }
            }
            next = self.tasks.try_join_next_with_id();
        }
        deliveries::sent(&site.db, &sent, site.now()).await?;
        self.round.sent += sent.len();
        if self.round.is_doubtful() {
            self.round.halts(Halt::Doubt);
        }
        Ok(())
    }

    async fn failed(&mut self, delivery: &Delivery, error: &MailError) -> Result<(), StorageError> {
        let Run { site, letter, .. } = self.run;
        let fault = error.to_string();
        let trouble = error.trouble();
        match trouble {
            Trouble::Away | Trouble::Broken | Trouble::Stopping => {
                self.round.halts(match trouble {
                    Trouble::Away => Halt::Away(fault.clone()),
                    Trouble::Broken => Halt::Broken(fault.clone()),
                    _ => Halt::Stopping,
                });
                tracing::warn!(letter = letter.id, fault, "letters wait");
                deliveries::give_back(&site.db, &[delivery.id], site.now()).await
            }
            Trouble::Refused(verdict) => {
                self.round.silent = 0;
                self.refused(delivery, verdict, &fault).await
            }
            Trouble::Later(verdict) => {
                let (now, began) = (site.now(), letter.resumed.or(letter.begun).unwrap_or(letter.made));
                let silent = matches!(error, MailError::Smtp(fault) if fault.is_silent());
                self.round.silent = if silent { self.round.silent + 1 } else { 0 };
                if self.round.silent >= site.config.mail.connections.max(2) {
                    // Not one stalls, but all: then it is the server that is away.
                    self.round.halts(Halt::Away(fault.clone()));
                }
                if now.0 - began.0 >= mail::PATIENCE {
                    return self.refused(delivery, verdict, &fault).await;
                }
                if silent {
                    self.round.unanswered.push((delivery.clone(), fault));
                    return Ok(());
                }
                let due = now.plus(pause(delivery.attempts, delivery.id));
                deliveries::failed(&site.db, delivery.id, &brake::line(&fault), due, now).await
            }
        }
    }

    /// Those that were not answered are tried again: soon where it was the server's silence,
    /// else like all others that fail.
    async fn put_off(&mut self) -> Result<(), StorageError> {
        let site = self.run.site;
        let away = matches!(self.round.halt, Some(Halt::Away(_)));
        for (delivery, fault) in std::mem::take(&mut self.round.unanswered) {
            let now = site.now();
            let due = now.plus(if away { mail::wait(1) } else { pause(delivery.attempts, delivery.id) });
            deliveries::failed(&site.db, delivery.id, &brake::line(&fault), due, now).await?;
        }
        Ok(())
    }

    async fn refused(&mut self, delivery: &Delivery, verdict: Verdict, fault: &str) -> Result<(), StorageError> {
        let site = self.run.site;
        self.round.refused += 1;
        deliveries::refused(&site.db, delivery.id, &brake::line(fault), brake::word(verdict), site.now()).await
    }
}

/// The wait after so many attempts, in milliseconds: doubled each time, and up to a quarter
/// longer by the row, so that what failed together does not come back together.
fn pause(attempts: i64, row: i64) -> i64 {
    let wait = mail::wait(attempts);
    wait + wait / 4 * row.rem_euclid(101) / 100
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::time::Timestamp;

    #[test]
    fn the_wait_grows_from_a_minute_to_six_hours() {
        assert_eq!([1, 2, 3].map(|n| pause(n, 0)), [60_000, 120_000, 240_000]);
        assert_eq!((pause(12, 0), pause(40, 0)), (6 * Timestamp::HOUR, 6 * Timestamp::HOUR));
        assert!((60_001..=75_000).contains(&pause(1, 100)));
    }

    #[test]
    fn a_batch_is_doubted_when_too_much_of_it_is_refused() {
        let round = |sent, refused| Round { sent, refused, ..Round::default() };
        for (sent, refused, bad, doubtful) in
            [(0, 2, true, false), (0, 3, true, true), (19, 1, false, false), (10, 10, true, false), (9, 11, true, true)]
        {
            let round = round(sent, refused);
            assert_eq!((round.is_bad(), round.is_doubtful()), (bad, doubtful), "{round:?}");
        }
    }
}
