//! What readers make of comments: recommendations and reports.

use super::Writer;
use crate::services::Site;
use crate::{
    domain::{CommentId, reply::remark, time::Timestamp},
    storage::{
        StorageError,
        comments::{
            own,
            reactions::{self, Reported},
        },
    },
};

/// Why somebody reports a comment: its name in forms, and in words.
pub const REASONS: [(&str, &str); 5] = [
    ("insult", "It insults somebody"),
    ("false", "It is false and does harm"),
    ("spam", "It is advertising"),
    ("private", "It tells what is private"),
    ("other", "Something else"),
];
/// More reports than these no person makes in an hour.
const HOURLY: i64 = 20;

/// More presses than these on recommendations no person makes in an hour: each is a line that
/// all servers read, and makes a page anew.
const PRESSES: u32 = 120;

/// Why a reaction was not taken.
#[derive(Debug, thiserror::Error)]
pub enum ReactionError {
    /// No such comment, for readers.
    #[error("This comment is not here any more.")]
    NoComment,
    /// Something in the form is wrong.
    #[error("{0}")]
    Fault(String),
    /// The database.
    #[error(transparent)]
    Storage(#[from] StorageError),
}

/// Recommends a comment, or takes it back; answers the number, and whether it counts
/// this person now.
pub async fn recommend(site: &Site, id: CommentId, writer: &Writer) -> Result<(i64, bool), ReactionError> {
    let person = writer.person();
    let own = own::own(&site.db, id).await?;
    if own.is_some_and(|own| writer.owns(&own)) {
        return Err(ReactionError::Fault("Nobody can recommend their own comment.".into()));
    }
    if site.pace.count(&format!("recommend {person}"), Timestamp::HOUR, site.now()) > PRESSES {
        return Err(ReactionError::Fault("That were many recommendations in an hour. Please come back later.".into()));
    }
    reactions::recommend(&site.db, id, &person, site.now()).await?.ok_or(ReactionError::NoComment)
}

/// Reports a comment to the newsroom.
pub async fn report(
    site: &Site,
    id: CommentId,
    reason: &str,
    words: &str,
    writer: &Writer,
) -> Result<(), ReactionError> {
    let person = writer.person();
    let Some((reason, _)) = REASONS.iter().find(|(name, _)| *name == reason) else {
        return Err(ReactionError::Fault("Please choose a reason.".into()));
    };
    let words = remark(words).map_err(ReactionError::Fault)?;
    let limit = (site.now().plus(-Timestamp::HOUR), HOURLY);
    match reactions::report(&site.db, id, &person, (reason, &words), limit, site.now()).await? {
        Reported::Taken => Ok(()),
        Reported::NoComment => Err(ReactionError::NoComment),
        Reported::TooMany => {
            Err(ReactionError::Fault("That were many reports in an hour. Please come back later.".into()))
        }
    }
}
