//! Letters leave: the worker that carries those whose time has come, reader by reader.
//!
//! A delivery is leased, handed over, and noted as sent, in this order: killed in between,
//! at most those that were in flight come twice, with the same `Message-ID`, and nobody is
//! left out. Several servers share the work by the leases.

use super::{
    Site, digests,
    front::front,
    letter_mail::{self, Content, For},
    letters::hold_unaddressed,
    mail::{self, Carrier, Trouble},
};
use crate::{
    domain::{
        account::{Actor, Right},
        newsletter::{Standing, State},
        time::Timestamp,
    },
    storage::{
        StorageError, accounts,
        deliveries::{self, Delivery},
        letters::{self, Letter},
        subscribers,
    },
};
use std::time::Duration;
use tokio::task::JoinSet;

/// How long a delivery is ours before another server may try it.
const LEASE: i64 = 2 * 60_000;
/// So many times a mail may come back for now, over at least so long, before the address
/// counts as gone.
pub(super) const SOFT: i64 = 3;
pub(super) const SOFT_SPAN: i64 = 7 * Timestamp::DAY;
/// So many deliveries of each connection are leased at once.
const EACH: usize = 8;
/// A mail server that is away is asked again after so long; doubled, at most 15 times that.
const AWAY: i64 = 60_000;

/// What the worker remembers between its rounds.
#[derive(Debug, Default)]
pub struct Memory {
    /// The mail server was away so many times one after the other.
    away: u32,
    /// Nothing is tried before this moment.
    rests_until: Option<Timestamp>,
    /// So many mails were handed over since this moment: for the rate.
    minute: Option<(Timestamp, u32)>,
}

/// Does all that is due; answers when there is something to do again.
pub async fn work(site: &Site, carrier: &Carrier, memory: &mut Memory) -> Result<Option<Timestamp>, StorageError> {
    let mut next = digests::make_due(site).await?;
    hold_unaddressed(site).await?;
    hold_unapproved(site).await?;
    let now = site.now();
    for letter in letters::in_state(&site.db, State::Approved).await? {
        if letter.due.is_none_or(|due| due <= now) && deliveries::begin(&site.db, letter.id, now).await? {
            tracing::info!(letter = letter.id, list = letter.list, "a letter goes out");
        }
    }
    next = next.into_iter().chain(letters::next_due(&site.db).await?).min();
    for letter in letters::in_state(&site.db, State::Sending).await? {
        let due = send(site, carrier, &letter, memory).await?;
        next = next.into_iter().chain(due).min();
    }
    Ok(next)
}

/// What is said of a letter whose approval does not hold any more.
const UNAPPROVED: &str = "Whoever approved it may not send letters any more: somebody who may has to approve it again.";

/// Makes drafts again of letters that are due and were approved by somebody who has lost the
/// right since, by a closed account or another role.
async fn hold_unapproved(site: &Site) -> Result<(), StorageError> {
    let now = site.now();
    for letter in letters::in_state(&site.db, State::Approved).await? {
        let Some(Actor::Account(id)) = Actor::of(&letter.approver) else { continue };
        if letter.due.is_some_and(|due| due > now) {
            continue;
        }
        let approver = accounts::by_id(&site.db, id).await?;
        let may = approver.is_some_and(|who| who.disabled.is_none() && who.role.may(Right::Newsletter));
        if !may && letters::change(&site.db, letter.id, &[State::Approved], State::Draft, UNAPPROVED, now).await? {
            tracing::warn!(letter = letter.id, "{UNAPPROVED}");
        }
    }
    Ok(())
}

/// Sends a letter to all who are due; answers when the next ones are.
async fn send(
    site: &Site,
    carrier: &Carrier,
    letter: &Letter,
    memory: &mut Memory,
) -> Result<Option<Timestamp>, StorageError> {
    let settings = &site.config.mail;
    let name = front(site).await?.edition.name.clone();
    loop {
        let now = site.now();
        if let Some(until) = memory.rests_until.filter(|until| *until > now) {
            return Ok(Some(until));
        }
        // Made anew for each batch: what was taken down meanwhile is in no mail.
        let content = letter_mail::content(site, letter, For::Readers).await?;
        if content.empty {
            let why = "Nothing in it may be seen any more: it was taken down.";
            letters::change(&site.db, letter.id, &[State::Sending], State::Stopped, why, now).await?;
            return Ok(None);
        }
        let connections = settings.connections.max(1);
        let room = room(memory, settings.per_minute, now, connections * EACH);
        let Some(room) = room else { return Ok(memory.rests_until) };
        let size = i64::try_from(room).unwrap_or(1);
        let batch = deliveries::lease(&site.db, letter.id, now, now.plus(LEASE), size).await?;
        if batch.is_empty() {
            return finish(site, letter).await;
        }
        if let Some(minute) = &mut memory.minute {
            minute.1 += u32::try_from(batch.len()).unwrap_or(u32::MAX);
        }
        let away = carry(site, carrier, letter, &content, &name, batch, connections).await?;
        if away {
            let wait = AWAY.saturating_mul(1 << memory.away.min(4)).min(15 * AWAY);
            memory.away += 1;
            memory.rests_until = Some(site.now().plus(wait));
        } else {
            memory.away = 0;
        }
    }
}

/// How many may go now: none where the rate is used up, and then it rests.
fn room(memory: &mut Memory, per_minute: u32, now: Timestamp, most: usize) -> Option<usize> {
    if per_minute == 0 {
        return Some(most);
    }
    let (since, sent) = *memory.minute.get_or_insert((now, 0));
    if since.plus(60_000) <= now {
        memory.minute = Some((now, 0));
        return Some(most.min(per_minute as usize));
    }
    let left = per_minute.saturating_sub(sent) as usize;
    if left == 0 {
        memory.rests_until = Some(since.plus(60_000));
        return None;
    }
    Some(most.min(left))
}

/// Nothing is due: the letter is over, or others have it, or it is tried again.
async fn finish(site: &Site, letter: &Letter) -> Result<Option<Timestamp>, StorageError> {
    let next = deliveries::next_due(&site.db, letter.id).await?;
    if next.is_none() {
        let now = site.now();
        if letters::change(&site.db, letter.id, &[State::Sending], State::Sent, "", now).await? {
            let progress = deliveries::progress(&site.db, letter.id).await?;
            tracing::info!(
                letter = letter.id,
                sent = progress.sent,
                refused = progress.refused,
                left = progress.left,
                "a letter has gone out"
            );
        }
    }
    Ok(next)
}

/// Hands a batch over, so many at a time; answers whether the mail server is away.
async fn carry(
    site: &Site,
    carrier: &Carrier,
    letter: &Letter,
    content: &Content,
    name: &str,
    batch: Vec<Delivery>,
    connections: usize,
) -> Result<bool, StorageError> {
    let mut tasks = JoinSet::new();
    let mut waiting = batch.into_iter();
    let (mut away, mut untried) = (false, Vec::new());
    loop {
        while tasks.len() < connections && !away {
            let Some(delivery) = waiting.next() else { break };
            let mail = letter_mail::mail(site, letter, content, &delivery.email, delivery.subscriber, &delivery.key);
            let (carrier, settings, name) = (carrier.clone(), site.config.mail.clone(), name.to_owned());
            tasks.spawn(async move {
                let done = carrier.carry_letter(&mail, &name, &settings).await;
                (delivery, done.map_err(|error| (error.trouble(), error.to_string())))
            });
        }
        let Some(first) = tasks.join_next().await else { break };
        // Those that were done meanwhile are noted in the same act; none is begun before, so
        // no more than one for each connection is ever handed over and not noted.
        let mut sent = Vec::new();
        for done in std::iter::once(first).chain(std::iter::from_fn(|| tasks.try_join_next())) {
            // A task that panicked keeps its lease, and is tried again when that is over.
            let Ok((delivery, outcome)) = done else { continue };
            match outcome {
                Ok(()) => sent.push(delivery.id),
                Err((Trouble::Away, fault)) => {
                    if !away {
                        tracing::warn!(fault, "the mail server is away; letters wait");
                    }
                    away = true;
                    untried.push(delivery.id);
                }
                Err((trouble, fault)) => refused(site, letter, &delivery, trouble, &fault).await?,
            }
        }
        deliveries::sent(&site.db, &sent, site.now()).await?;
    }
    untried.extend(waiting.map(|delivery| delivery.id));
    if !untried.is_empty() {
        deliveries::give_back(&site.db, &untried, site.now()).await?;
    }
    Ok(away)
}

async fn refused(
    site: &Site,
    letter: &Letter,
    delivery: &Delivery,
    trouble: Trouble,
    fault: &str,
) -> Result<(), StorageError> {
    let (now, fault) = (site.now(), fault.chars().take(300).collect::<String>());
    match trouble {
        Trouble::NoSuchReader => {
            deliveries::refused(&site.db, delivery.id, &fault, now).await?;
            subscribers::stand(&site.db, &delivery.email, Standing::Bounced, now).await?;
        }
        Trouble::Refused => {
            deliveries::refused(&site.db, delivery.id, &fault, now).await?;
            subscribers::soft_bounce(&site.db, &delivery.email, SOFT, SOFT_SPAN, now).await?;
        }
        Trouble::Later | Trouble::Away => {
            let began = letter.begun.unwrap_or(letter.made);
            if now.0 - began.0 >= mail::PATIENCE {
                deliveries::refused(&site.db, delivery.id, &fault, now).await?;
                subscribers::soft_bounce(&site.db, &delivery.email, SOFT, SOFT_SPAN, now).await?;
            } else {
                let due = now.plus(pause(delivery.attempts, delivery.id));
                deliveries::failed(&site.db, delivery.id, &fault, due, now).await?;
            }
        }
    }
    Ok(())
}

/// The wait after so many attempts, in milliseconds: doubled each time, and up to a quarter
/// longer by the row, so that what failed together does not come back together.
fn pause(attempts: i64, row: i64) -> i64 {
    let wait = mail::wait(attempts);
    wait + wait / 4 * row.rem_euclid(101) / 100
}

/// Carries letters for as long as the database lets it; `ring` comes back when something
/// may have changed or the moment has come.
pub async fn forever<F>(
    site: &Site,
    carrier: &Carrier,
    ring: impl Fn(Option<Timestamp>) -> F,
) -> Result<(), StorageError>
where
    F: Future<Output = ()>,
{
    if site.db.is_ours_alone() {
        deliveries::end_leases(&site.db, site.now()).await?;
    }
    let mut memory = Memory::default();
    loop {
        let next = work(site, carrier, &mut memory).await?;
        ring(next).await;
        // A change that comes with every letter must not make this spin.
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_wait_grows_from_a_minute_to_six_hours() {
        assert_eq!([1, 2, 3].map(|n| pause(n, 0)), [60_000, 120_000, 240_000]);
        assert_eq!((pause(12, 0), pause(40, 0)), (6 * Timestamp::HOUR, 6 * Timestamp::HOUR));
        assert!((60_001..=75_000).contains(&pause(1, 100)));
    }

    #[test]
    fn the_rate_is_kept() {
        let mut memory = Memory::default();
        let at = |seconds: i64| Timestamp(seconds * 1_000);
        assert_eq!(room(&mut memory, 0, at(0), 32), Some(32));
        assert_eq!(room(&mut memory, 40, at(0), 32), Some(32));
        memory.minute = Some((at(0), 32));
        assert_eq!(room(&mut memory, 40, at(10), 32), Some(8));
        memory.minute = Some((at(0), 40));
        assert_eq!(room(&mut memory, 40, at(59), 32), None);
        assert_eq!(memory.rests_until, Some(at(60)));
        assert_eq!(room(&mut memory, 40, at(60), 32), Some(32));
    }
}
