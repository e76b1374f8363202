//! Mails to writers who want to hear of answers: one for each answer, with an address
//! that stops them by one click.

use super::Site;
use crate::{
    domain::CommentId,
    storage::{StorageError, comments::State, mails, own_comments},
};

const PURPOSE: &str = "stop notices";

/// Tells the writer of the comment that this one answers, if that writer wants to hear
/// of it and it is somebody else's. Told again, it is the same mail.
pub async fn answered(site: &Site, id: CommentId) -> Result<(), StorageError> {
    let Some(answer) = own_comments::own(&site.db, id).await? else { return Ok(()) };
    let Some(parent) = answer.parent.filter(|_| State::of(&answer.status) == State::Approved) else { return Ok(()) };
    let Some(asked) = own_comments::own(&site.db, CommentId(parent)).await? else { return Ok(()) };
    if !asked.notify || asked.email.is_empty() || asked.email == answer.email {
        return Ok(());
    }
    let name = super::front::front(site).await?.edition.name.clone();
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
        ticket: Some(format!("answer:{id}")),
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
    own_comments::stop_notices(&site.db, id, site.now()).await
}
