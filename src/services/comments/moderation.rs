//! The newsroom keeps order: decisions with their record, bans, open and closed
//! conversations. Each act asks for the right to do it; what is decided about a comment
//! leaves a line and can be undone.

use super::{filter::bayes, reply_mails};
use crate::services::{
    Site,
    accounts::Account,
    site::ip::{household, range},
    text::comment_html,
};
use crate::{
    domain::{
        AccountId, CommentId,
        account::{Actor, Right},
        article::CommentPolicy,
        contact::is_email,
        reply::{Reply, remark},
        slug::Slug,
    },
    storage::{
        StorageError, accounts,
        articles::status,
        comments::{State, moderation, own},
    },
};
use std::{collections::HashMap, net::IpAddr};

pub use crate::storage::comments::moderation::{Ban, Banned, Line, SetApart, Waiting, Wanted};

/// Why the newsroom's act was not done.
#[derive(Debug, thiserror::Error)]
pub enum ModerationError {
    /// This account may not.
    #[error("Your account has no right to do this.")]
    NotAllowed,
    /// There is no such comment, article, section or ban.
    #[error("It is not there any more.")]
    Unknown,
    /// Something in the form is wrong.
    #[error("{0}")]
    Fault(String),
    /// The database.
    #[error(transparent)]
    Storage(#[from] StorageError),
}

/// Who acts: an account with its rights, or whoever sits at the machine.
#[derive(Clone, Copy, Debug)]
pub enum By<'a> {
    /// Somebody signed in.
    Account(&'a Account),
    /// The command line, which may do everything.
    CommandLine,
}

impl By<'_> {
    /// Who it is, for the record, where this is allowed.
    pub(in crate::services) fn may(self, right: Right) -> Result<String, ModerationError> {
        match self {
            Self::CommandLine => Ok(Actor::CommandLine.to_string()),
            Self::Account(account) if account.role.may(right) => Ok(Actor::Account(account.id).to_string()),
            Self::Account(_) => Err(ModerationError::NotAllowed),
        }
    }
}

/// Decides about a comment: the filter learns of it, whoever was answered is told.
pub async fn decide(site: &Site, id: CommentId, state: State, why: &str, by: By<'_>) -> Result<(), ModerationError> {
    let actor = by.may(Right::Moderate)?;
    put(site, id, state, &actor, &line(why)?).await
}

async fn put(site: &Site, id: CommentId, state: State, actor: &str, why: &str) -> Result<(), ModerationError> {
    let own = own::own(&site.db, id).await?.ok_or(ModerationError::Unknown)?;
    match moderation::decide(&site.db, id, state, actor, why, site.now()).await? {
        None => return Err(ModerationError::Unknown),
        Some(State::Withdrawn) => {
            return Err(ModerationError::Fault("Its writer has taken this comment back, so it stays away.".into()));
        }
        Some(_) => {}
    }
    if !own.words.is_empty() {
        let good = match state {
            State::Approved => Some(true),
            State::Spam => Some(false),
            State::Held | State::Rejected | State::Withdrawn => None,
        };
        bayes::learn(site, id, &own.words, good).await?;
    }
    if state == State::Approved {
        reply_mails::answered(site, id).await?;
    }
    Ok(())
}

/// Takes the last thing back that the newsroom did about a comment, a decision or a change
/// of its words; answers how it stands now.
pub async fn undo(site: &Site, id: CommentId, by: By<'_>) -> Result<State, ModerationError> {
    let actor = by.may(Right::Moderate)?;
    let record = moderation::record(&site.db, id).await?;
    let decided = |line: &Line| State::ALL.iter().any(|(_, name)| *name == line.act) && !line.before.is_empty();
    // The record of a change of words has the old ones.
    let reworded =
        |line: &Line| line.act == "edited" && !line.why.is_empty() && line.actor != Actor::Writer.to_string();
    let done = |line: &&Line| decided(line) || reworded(line);
    let last = record.iter().rev().find(done).ok_or(ModerationError::Unknown)?;
    if reworded(last) {
        reword(site, id, &last.why, by).await?;
        let comment = moderation::waiting(&site.db, id).await?.ok_or(ModerationError::Unknown)?;
        return Ok(State::of(&comment.status));
    }
    let state = State::of(&last.before);
    put(site, id, state, &actor, "undone").await?;
    Ok(state)
}

/// Pins a comment above the others, or lets it go.
pub async fn pin(site: &Site, id: CommentId, on: bool, by: By<'_>) -> Result<(), ModerationError> {
    let actor = by.may(Right::Moderate)?;
    if moderation::pin(&site.db, id, on, &actor, site.now()).await? {
        return Ok(());
    }
    Err(ModerationError::Fault(
        "Only a comment that readers see, and that answers the article itself, can be pinned.".into(),
    ))
}

/// Changes the words of a comment; the old ones stay in the record.
pub async fn reword(site: &Site, id: CommentId, text: &str, by: By<'_>) -> Result<(), ModerationError> {
    let actor = by.may(Right::Moderate)?;
    let reply = Reply { text: text.to_owned(), ..Reply::default() }.tidied();
    if let Some(fault) = reply.faults().text {
        return Err(ModerationError::Fault(fault));
    }
    let body = comment_html::from_markdown(&reply.text);
    found(moderation::reword(&site.db, id, (&reply.text, &body), &actor, site.now()).await?)
}

/// Leaves a note for colleagues.
pub async fn note(site: &Site, id: CommentId, words: &str, by: By<'_>) -> Result<(), ModerationError> {
    let actor = by.may(Right::Moderate)?;
    let words = line(words)?;
    if words.is_empty() {
        return Err(ModerationError::Fault("Please write the note.".into()));
    }
    found(moderation::note(&site.db, id, &actor, "note", &words, site.now()).await?)
}

fn found(there: bool) -> Result<(), ModerationError> {
    if there { Ok(()) } else { Err(ModerationError::Unknown) }
}

fn line(words: &str) -> Result<String, ModerationError> {
    remark(words).map_err(ModerationError::Fault)
}

/// Keeps the writer of a comment from writing: by `email`, `account`, `address` or `range`;
/// `own` is the address from which this is asked.
pub async fn ban(
    site: &Site,
    id: CommentId,
    kind: &str,
    why: &str,
    own: Option<IpAddr>,
    by: By<'_>,
) -> Result<String, ModerationError> {
    let actor = by.may(Right::Ban)?;
    let why = line(why)?;
    let comment = moderation::private(&site.db, id).await?.ok_or(ModerationError::Unknown)?;
    if comment.staff {
        return Err(of_the_newsroom());
    }
    let value = match kind {
        "email" => comment.email,
        "account" => comment.account.map(|id| id.to_string()).unwrap_or_default(),
        "address" => comment.address,
        "range" => range(&comment.address).unwrap_or_default(),
        _ => return Err(ModerationError::Fault(format!("“{kind}” is nothing that can be banned"))),
    };
    if value.is_empty() {
        return Err(ModerationError::Fault(format!("Of this comment no {kind} is known.")));
    }
    not_oneself(&value, own)?;
    let ban = Ban { kind: kind.to_owned(), value: value.clone(), why };
    moderation::ban(&site.db, &ban, &actor, site.now()).await?;
    moderation::note(&site.db, id, &actor, "banned", kind, site.now()).await?;
    Ok(value)
}

/// Bans whoever is named: an email, an address, a range; `own` is the address from which
/// this is asked.
pub async fn ban_by_hand(
    site: &Site,
    whom: &str,
    why: &str,
    own: Option<IpAddr>,
    by: By<'_>,
) -> Result<(), ModerationError> {
    let actor = by.may(Right::Ban)?;
    let why = line(why)?;
    let whom = whom.trim().to_lowercase();
    let (kind, value) = named(&whom).ok_or_else(|| {
        let what = "an email, an address (192.0.2.7), or a range of the sizes 192.0.2.0/24 and 2001:db8:1::/48";
        ModerationError::Fault(format!(
            "“{}” can’t be banned; this can: {what}.",
            whom.chars().take(60).collect::<String>()
        ))
    })?;
    if kind == "email" && accounts::by_email(&site.db, &value).await?.is_some_and(|account| account.role.is_staff()) {
        return Err(of_the_newsroom());
    }
    not_oneself(&value, own)?;
    Ok(moderation::ban(&site.db, &Ban { kind: kind.into(), value, why }, &actor, site.now()).await?)
}

/// Whom a ban names: its kind and its value as comments have it.
fn named(whom: &str) -> Option<(&'static str, String)> {
    if is_email(whom) {
        return Some(("email", whom.to_owned()));
    }
    let Some((address, length)) = whom.split_once('/') else {
        return Some(("address", household(Some(whom.parse().ok()?))));
    };
    let home = household(Some(address.parse().ok()?));
    match (length, home.contains(':')) {
        ("24", false) | ("48", true) => Some(("range", range(&home)?)),
        ("32", false) | ("64", true) => Some(("address", home)),
        _ => None,
    }
}

/// Nobody means the network from which the ban is made: a colleague's comment, a typing error.
fn not_oneself(value: &str, own: Option<IpAddr>) -> Result<(), ModerationError> {
    let own = household(own);
    if !own.is_empty() && (value == own || range(&own).is_some_and(|range| value == range)) {
        let line = format!("“{value}” is the network that you are using yourself just now, so it was not banned.");
        return Err(ModerationError::Fault(line));
    }
    Ok(())
}

fn of_the_newsroom() -> ModerationError {
    ModerationError::Fault("Somebody of the newsroom can’t be banned; an admin can close the account.".into())
}

/// Lifts a ban.
pub async fn lift(site: &Site, id: i64, by: By<'_>) -> Result<(), ModerationError> {
    let actor = by.may(Right::Ban)?;
    found(moderation::lift(&site.db, id, &actor, site.now()).await?)
}

/// Bans with their record, in which people have their names: those in force first.
pub async fn bans(site: &Site, by: By<'_>) -> Result<Vec<Banned>, ModerationError> {
    by.may(Right::Ban)?;
    let names = names(site).await?;
    let mut bans = moderation::bans(&site.db).await?;
    for ban in &mut bans {
        ban.actor = name_of(&names, &ban.actor);
        ban.lifted_by = name_of(&names, &ban.lifted_by);
    }
    Ok(bans)
}

async fn names(site: &Site) -> Result<HashMap<AccountId, String>, StorageError> {
    Ok(accounts::list(&site.db, true).await?.into_iter().map(|account| (account.id, account.name)).collect())
}

/// Who acted, in words; records hold ids alone.
fn name_of(names: &HashMap<AccountId, String>, actor: &str) -> String {
    match Actor::of(actor) {
        // A name that was blanked, or an account that is gone.
        Some(Actor::Account(id)) => names.get(&id).cloned().unwrap_or_else(|| "a former colleague".into()),
        Some(Actor::CommandLine) => "the command line".into(),
        Some(Actor::Writer) => "the writer".into(),
        None => actor.to_owned(),
    }
}

/// Closes, holds or opens the conversation of an article.
pub async fn converse(site: &Site, slug: &Slug, policy: CommentPolicy, by: By<'_>) -> Result<(), ModerationError> {
    by.may(Right::Converse)?;
    found(status::converse(&site.db, slug, policy, site.now()).await?)
}

/// So many articles with a conversation of their own kind are listed.
const APART: i64 = 50;

/// The articles whose conversations are not simply open, the newest of them.
pub async fn set_apart(site: &Site, by: By<'_>) -> Result<Vec<SetApart>, ModerationError> {
    by.may(Right::Converse)?;
    Ok(moderation::set_apart(&site.db, APART).await?)
}

/// The same for a whole section.
pub async fn converse_in(
    site: &Site,
    section: &Slug,
    policy: CommentPolicy,
    by: By<'_>,
) -> Result<(), ModerationError> {
    by.may(Right::Converse)?;
    found(moderation::converse_in(&site.db, section, policy, site.now()).await?)
}

/// Comments as they were asked for.
pub async fn queue(site: &Site, wanted: &Wanted, most: i64, by: By<'_>) -> Result<Vec<Waiting>, ModerationError> {
    by.may(Right::Moderate)?;
    Ok(moderation::queue(&site.db, wanted, most).await?)
}

/// How many comments stand in each state, and how many are reported.
pub async fn counts(site: &Site, by: By<'_>) -> Result<(HashMap<State, i64>, i64), ModerationError> {
    by.may(Right::Moderate)?;
    let (states, reported) = moderation::counts(&site.db).await?;
    Ok((states.into_iter().collect(), reported))
}

/// One comment with its record, whose lines name people.
pub async fn file(site: &Site, id: CommentId, by: By<'_>) -> Result<(Waiting, Vec<(Line, String)>), ModerationError> {
    by.may(Right::Moderate)?;
    let comment = moderation::waiting(&site.db, id).await?.ok_or(ModerationError::Unknown)?;
    let names = names(site).await?;
    let record = moderation::record(&site.db, id).await?;
    let with_name = |line: Line| {
        let name = name_of(&names, &line.actor);
        (line, name)
    };
    Ok((comment, record.into_iter().map(with_name).collect()))
}
