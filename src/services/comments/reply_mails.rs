//! Mails to writers who want to hear of answers: one for each answer, with an address
//! that stops them by one click.

use super::Writer;
use crate::services::{
    Site,
    mail::unasked,
    site::{frame::front, secrets::digest},
};
use crate::{
    domain::{CommentId, time::Timestamp},
    storage::{
        StorageError,
        comments::{State, own},
        mails, notices,
    },
};

const PURPOSE: &str = "stop notices";
const CONFIRM: &str = "confirm notices";
/// An address that has not answered is asked again after so many days at the earliest.
const ASK_AGAIN: i64 = 30;

/// A guest wants to hear of answers to this comment: an address that has not confirmed it is asked
/// first, by a mail with a button behind its link. Whoever wrote it signed in needs none: the
/// address is the account's. That an address gets newsletters or has an account says nothing of
/// who typed it here.
pub async fn wanted(site: &Site, id: CommentId, writer: &Writer) -> Result<(), StorageError> {
    let Some(own) = own::own(&site.db, id).await? else { return Ok(()) };
    let digest = digest(&own.email);
    if own.account.is_some()
        || own.email.is_empty()
        || notices::is_confirmed(&site.db, &digest).await?
        || !unasked::allowed(site, writer.address)
    {
        return Ok(());
    }
    let name = front(site).await?.edition.name.clone();
    let link = site.url(&confirm_path(site, own.id, &own.email));
    let mail = mails::Draft {
        recipient: own.email.clone(),
        subject: format!("Replies to your comments on {name}"),
        body: format!(
            "Somebody, most likely you, commented on {name} with this address and asked for an email when \
             someone replies.\n\nIf that is right, open this page and press its button:\n{link}\n\n\
             If it was not you, do nothing: without that button we will not write about replies.\n"
        ),
        urgent: true,
        ..mails::Draft::default()
    };
    let since = site.now().plus(-ASK_AGAIN * Timestamp::DAY);
    notices::ask(&site.db, &digest, &mail, since, site.now()).await.map(drop)
}

fn confirm_path(site: &Site, id: i64, email: &str) -> String {
    format!("/comments/notices/{id}/{}", site.secrets.sign(CONFIRM, &format!("{id} {email}")))
}

/// The address that a link confirms; `None` where the link is not ours, or its comment is gone.
pub async fn asked(site: &Site, id: i64, signature: &str) -> Result<Option<String>, StorageError> {
    let own = own::own(&site.db, CommentId(id)).await?;
    let email = own.map(|own| own.email).filter(|email| !email.is_empty());
    Ok(email.filter(|email| site.secrets.verify(CONFIRM, &format!("{id} {email}"), signature)))
}

/// Its button was pressed: from now on the address hears of answers.
pub async fn confirm(site: &Site, email: &str) -> Result<(), StorageError> {
    notices::confirm(&site.db, &digest(email), site.now()).await
}

/// Tells the writer of the comment that this one answers, if that writer wants to hear
/// of it and it is somebody else's. Told again, it is the same mail.
pub async fn answered(site: &Site, id: CommentId) -> Result<(), StorageError> {
    let Some(answer) = own::own(&site.db, id).await? else { return Ok(()) };
    let Some(parent) = answer.parent.filter(|_| State::of(&answer.status) == State::Approved) else { return Ok(()) };
    let Some(asked) = own::own(&site.db, CommentId(parent)).await? else { return Ok(()) };
    if !asked.notify || asked.email.is_empty() || asked.email == answer.email {
        return Ok(());
    }
    let digest = digest(&asked.email);
    if asked.account.is_none() && !notices::is_confirmed(&site.db, &digest).await? {
        return Ok(());
    }
    // One mail a day for each conversation: whoever reads it finds the others.
    let day = site.now().0.div_euclid(Timestamp::DAY);
    let thread = asked.article.map_or_else(|| format!("comment {parent}"), |article| format!("article {article}"));
    let name = front(site).await?.edition.name.clone();
    let stop = site.url(&path(site, parent));
    let words: String = answer.words.chars().take(1_000).collect();
    let mail = mails::Draft {
        recipient: asked.email,
        subject: format!("{} answered you on {name}", answer.name),
        body: format!(
            "{} wrote in answer to your comment:\n\n{words}\n\nRead it in its place:\n{}\n\nNo more mails about this comment:\n{stop}\n",
            answer.name,
            site.url(&format!("/comments/{id}")),
        ),
        ticket: Some(site.secrets.sign("notice", &format!("{thread} {digest} {day}"))),
        stop: Some(stop),
        ..mails::Draft::default()
    };
    mails::put(&site.db, &mail, site.now()).await
}

/// The address at which notices about a comment are stopped.
fn path(site: &Site, id: i64) -> String {
    format!("/comments/stop/{id}/{}", site.secrets.sign(PURPOSE, &id.to_string()))
}

/// Whether the signature of such an address is ours.
pub fn is_good(site: &Site, id: i64, signature: &str) -> bool {
    site.secrets.verify(PURPOSE, &id.to_string(), signature)
}

/// Stops the notices about a comment.
pub async fn stop(site: &Site, id: CommentId) -> Result<(), StorageError> {
    own::stop_notices(&site.db, id, site.now()).await
}
