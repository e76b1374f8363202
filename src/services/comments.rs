//! Comments as readers write them and as the newsroom decides about them.
//!
//! Nothing is erased: a decision changes a comment's state and leaves a line in the
//! record. Queries live in `storage::comments`, rules in `comment_filter`.

use super::{
    Site,
    articles::seen,
    body,
    comment_filter::{self, Circumstances, Refusal, Verdict},
    secrets::hex,
};
use crate::{
    domain::{
        ArticleId, CommentId,
        article::{Article, CommentPolicy, href},
        comment::Comment,
        reply::{Reply, ReplyFaults},
        slug::Slug,
        time::Timestamp,
    },
    storage::{
        StorageError, articles,
        comments::{self, Posted},
    },
};
use std::net::IpAddr;

pub use crate::storage::comments::State;

const PURPOSE: &str = "comment";
/// A form is good for a day.
const GOOD_FOR: i64 = Timestamp::DAY;
const HOUR: i64 = 3_600_000;

/// What comes with a comment besides its words.
#[derive(Clone, Debug, Default)]
pub struct Sent {
    /// The token of its form; empty where the form came out of a cached page.
    pub token: String,
    /// What stands in the field that people don't see.
    pub trap: String,
    /// From where.
    pub address: Option<IpAddr>,
}

/// What became of a comment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Readers see it at this address.
    Shown(String, ArticleId),
    /// An editor reads it first.
    Held,
}

/// Why a comment was not taken; its text is the writer's to keep.
#[derive(Debug, thiserror::Error)]
pub enum CommentError {
    /// Something in it is wrong.
    #[error("a field is wrong")]
    Faults(ReplyFaults),
    /// Its form has no token, or an old one.
    #[error("the form has no token that is good")]
    NoToken,
    /// The filter.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// There is no such article for readers.
    #[error("The article is not here any more.")]
    NoArticle,
    /// It takes no comments any more.
    #[error("This conversation is closed.")]
    Closed,
    /// The comment that is answered was removed meanwhile.
    #[error("The comment that you answer is not here any more.")]
    NoParent,
    /// The operating system has no randomness to give.
    #[error("no randomness from the operating system: {0}")]
    Random(getrandom::Error),
    /// The database.
    #[error(transparent)]
    Storage(#[from] StorageError),
}

/// A token for a form that is shown from this moment on: the moment and a number
/// that is used once, so that a comment sent twice is one.
pub fn token(site: &Site, shown: Timestamp) -> Result<String, CommentError> {
    let mut number = [0; 12];
    getrandom::fill(&mut number).map_err(CommentError::Random)?;
    let what = format!("{}.{}", shown.0, hex(&number));
    Ok(format!("{what}.{}", site.secrets.sign(PURPOSE, &what)))
}

/// The moment and the number of a token that is good.
fn verify(site: &Site, token: &str) -> Option<(Timestamp, String)> {
    let (what, signature) = token.rsplit_once('.')?;
    let (shown, number) = what.split_once('.')?;
    let shown = Timestamp(shown.parse().ok()?);
    let age = site.now().0.checked_sub(shown.0)?;
    ((0..GOOD_FOR).contains(&age) && site.secrets.verify(PURPOSE, what, signature)).then(|| (shown, number.to_owned()))
}

/// The article under this slug, where readers see it.
pub async fn seen_article(site: &Site, slug: &Slug) -> Result<Option<Article>, StorageError> {
    Ok(articles::by_slug(&site.db, slug).await?.filter(|article| seen(article, site.now())))
}

/// The article that takes comments under this slug.
pub async fn open_article(site: &Site, slug: &Slug) -> Result<Article, CommentError> {
    let article = seen_article(site, slug).await?.ok_or(CommentError::NoArticle)?;
    if article.comment_policy != CommentPolicy::Open {
        return Err(CommentError::Closed);
    }
    Ok(article)
}

/// The comment that is answered, where readers see it.
pub async fn answered(site: &Site, article: ArticleId, id: CommentId) -> Result<Option<Comment>, StorageError> {
    comments::shown(&site.db, article, id).await
}

/// Addresses that are one: of IPv6 a household has a whole /64 (RFC 6177).
fn household(address: Option<IpAddr>) -> String {
    match address.map(|address| address.to_canonical()) {
        Some(IpAddr::V4(address)) => address.to_string(),
        Some(IpAddr::V6(address)) => {
            let [a, b, c, d, ..] = address.segments();
            format!("{a:x}:{b:x}:{c:x}:{d:x}::/64")
        }
        None => String::new(),
    }
}

/// Takes a comment on an article, or on one of its comments.
pub async fn post(
    site: &Site,
    slug: &Slug,
    parent: Option<CommentId>,
    reply: &Reply,
    sent: &Sent,
) -> Result<Outcome, CommentError> {
    let reply = reply.tidied();
    let faults = reply.faults();
    if !faults.none() {
        return Err(CommentError::Faults(faults));
    }
    let article = open_article(site, slug).await?;
    let (shown, ticket) = verify(site, &sent.token).ok_or(CommentError::NoToken)?;
    let outcome = |id: CommentId, state: State| match state {
        State::Approved => {
            Outcome::Shown(format!("{}#comment-{id}", href(&article.section.slug, &article.slug)), article.id)
        }
        // Spam learns nothing of what became of it.
        _ => Outcome::Held,
    };
    // Sent twice, as by an impatient thumb: the first one counts.
    if let Some((id, state)) = comments::by_ticket(&site.db, &ticket).await? {
        return Ok(outcome(id, state));
    }
    let now = site.now();
    let address = household(sent.address);
    let email = reply.email.to_lowercase();
    let history = comments::history(&site.db, &address, &email, now.plus(-HOUR)).await?;
    let circumstances = Circumstances {
        last: history.last,
        in_hour: history.count,
        approved: history.approved,
        repeated: comments::said_since(&site.db, &reply.text, now.plus(-comment_filter::REPEAT)).await?,
        took: now.0 - shown.0,
        trapped: !sent.trap.is_empty(),
    };
    if let Some(refusal) = comment_filter::refusal(&circumstances, now) {
        return Err(refusal.into());
    }
    let findings = comment_filter::judge(&reply, &circumstances);
    let state = match findings.iter().map(|finding| finding.verdict).max() {
        None => State::Approved,
        Some(Verdict::Hold) => State::Held,
        Some(Verdict::Spam) => State::Spam,
    };
    let new = comments::New {
        article: article.id,
        parent,
        name: reply.name,
        email,
        body: body::from_comment(&reply.text),
        words: reply.text,
        state,
        ticket,
        address,
        // What is written here was made here: it has a form in JSON.
        findings: serde_json::to_string(&findings).unwrap_or_default(),
    };
    match comments::post(&site.db, &new, now).await? {
        Posted::Here(id, state) => Ok(outcome(id, state)),
        Posted::NoParent => Err(CommentError::NoParent),
        Posted::Closed => Err(CommentError::Closed),
    }
}

/// The address of a comment that readers see.
pub async fn address(site: &Site, id: CommentId) -> Result<Option<String>, StorageError> {
    let place = comments::place(&site.db, id, site.now()).await?;
    Ok(place.map(|(section, slug)| format!("{}#comment-{id}", href(&section, &slug))))
}

/// Decides about a comment; answers whether it is known.
pub async fn decide(site: &Site, id: CommentId, state: State, actor: &str) -> Result<bool, StorageError> {
    comments::decide(&site.db, id, state, actor, site.now()).await
}

/// Comments in a state, oldest first.
pub async fn queue(site: &Site, state: State, most: i64) -> Result<Vec<comments::Waiting>, StorageError> {
    comments::queue(&site.db, state, most).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_household_is_one_address() {
        let of = |text: &str| household(Some(text.parse().unwrap()));
        assert_eq!(of("192.0.2.7"), "192.0.2.7");
        assert_eq!(of("::ffff:192.0.2.7"), "192.0.2.7");
        assert_eq!(of("2001:db8:1:2:3::1"), of("2001:db8:1:2:ffff::9"));
        assert_ne!(of("2001:db8:1:2::1"), of("2001:db8:1:3::1"));
    }
}
