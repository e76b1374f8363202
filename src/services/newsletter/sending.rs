//! Letters leave: the worker that carries those whose time has come, reader by reader.
//!
//! A delivery is leased, handed over, and noted as sent, in this order: killed in between,
//! at most those that were in flight come twice, with the same `Message-ID`, and nobody is
//! left out. Several servers share the work by the leases, which are renewed for as long as
//! something is being carried. How a batch is handed over is in `batch`.

use super::{
    batch::{self, Halt},
    brake, digests,
    issues::hold_unaddressed,
    render::{self, For, PreviewError},
};
use crate::services::{Site, mail::Carrier, site::frame::front};
use crate::{
    domain::{
        account::{Actor, Right},
        newsletter::State,
        time::Timestamp,
    },
    storage::{
        StorageError, accounts,
        newsletter::{
            deliveries,
            letters::{self, Letter},
        },
    },
};
use std::time::Duration;

pub use super::brake::came_back;

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

/// Does all that is due; answers when there is something to do again. What is wrong with one
/// letter stops no other.
pub async fn work(site: &Site, carrier: &Carrier, memory: &mut Memory) -> Result<Option<Timestamp>, StorageError> {
    let mut next = digests::make_due(site).await?;
    hold_unaddressed(site).await?;
    hold_unapproved(site).await?;
    let now = site.now();
    for id in letters::rows_in_state(&site.db, State::Approved).await? {
        let Some(letter) = readable(site, id).await? else { continue };
        if letter.due.is_none_or(|due| due <= now) && deliveries::begin(&site.db, id, now).await? {
            tracing::info!(letter = id, list = letter.list, "a letter goes out");
        }
    }
    next = next.into_iter().chain(letters::next_due(&site.db).await?).min();
    for id in letters::rows_in_state(&site.db, State::Sending).await? {
        let Some(letter) = readable(site, id).await? else { continue };
        let due = send(site, carrier, &letter, memory).await?;
        next = next.into_iter().chain(due).min();
    }
    Ok(next)
}

/// A letter; one that can't be read is put aside.
async fn readable(site: &Site, id: i64) -> Result<Option<Letter>, StorageError> {
    match letters::by_id(&site.db, id).await {
        Err(error) if error.is_of_data() => aside(site, id, &error.to_string()).await.map(|()| None),
        other => other,
    }
}

/// Puts a letter aside that can't be made, and says why at the desk.
async fn aside(site: &Site, id: i64, fault: &str) -> Result<(), StorageError> {
    let why = format!("This letter could not be made, so it waits: {}", brake::line(fault));
    tracing::error!(letter = id, fault, "a letter could not be made and waits; the others go on");
    let from = [State::Approved, State::Sending];
    letters::change(&site.db, id, &from, State::Paused, &why, site.now()).await.map(drop)
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
        let content = match render::try_content(site, letter, For::Readers).await {
            Ok(content) => content,
            Err(PreviewError::Unmade(fault)) => return aside(site, letter.id, &fault).await.map(|()| None),
            Err(PreviewError::Storage(error)) => return Err(error),
        };
        if content.empty {
            let why = "Nothing in it may be seen any more: it was taken down.";
            letters::change(&site.db, letter.id, &[State::Sending], State::Stopped, why, now).await?;
            return Ok(None);
        }
        let connections = settings.connections.max(1);
        let room = room(memory, settings.per_minute, now, connections * EACH);
        let Some(room) = room else { return Ok(memory.rests_until) };
        if carrier.is_closed() {
            return Ok(None);
        }
        let size = i64::try_from(room).unwrap_or(1);
        let batch = deliveries::lease(&site.db, letter.id, now, now.plus(carrier.lease), size).await?;
        if batch.is_empty() {
            return finish(site, letter).await;
        }
        if let Some(minute) = &mut memory.minute {
            minute.1 += u32::try_from(batch.len()).unwrap_or(u32::MAX);
        }
        let round = batch::carry(batch::Run { site, carrier, letter, content: &content, name: &name }, batch).await?;
        match round.halt {
            Some(Halt::Away(fault)) => rest(site, letter, memory, &fault).await?,
            Some(Halt::Broken(fault)) => return brake::broken(site, letter.id, &fault).await.map(|()| None),
            // If not one batch is bad, then all of them together are not.
            _ if round.is_bad() && brake::look(site, letter.id).await? => return Ok(None),
            _ => {
                if memory.away > 0 {
                    letters::explain(&site.db, letter.id, "", site.now()).await?;
                }
                memory.away = 0;
            }
        }
    }
}

/// The mail server is away: nothing is tried for a while, and the desk says so.
async fn rest(site: &Site, letter: &Letter, memory: &mut Memory, fault: &str) -> Result<(), StorageError> {
    let now = site.now();
    let wait = AWAY.saturating_mul(1 << memory.away.min(4)).min(15 * AWAY);
    memory.away += 1;
    memory.rests_until = Some(now.plus(wait));
    let why = format!("The mail server is away; it is asked again and again. The last word: {}", brake::line(fault));
    letters::explain(&site.db, letter.id, &why, now).await
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

/// Nothing is due: the letter is held, or over, or others have it, or it is tried again.
async fn finish(site: &Site, letter: &Letter) -> Result<Option<Timestamp>, StorageError> {
    if brake::look(site, letter.id).await? {
        return Ok(None);
    }
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

/// Carries letters until the carrier closes; `ring` comes back when something may have changed
/// or the moment has come.
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
        if carrier.is_closed() {
            return Ok(());
        }
        tokio::select! {
            () = ring(next) => {}
            _ = carrier.closed() => {}
        }
        // A change that comes with every letter must not make this spin.
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
