//! What the conversation's island calls.

use crate::domain::{
    CommentId,
    reply::{Reply, ReplyFaults},
};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use server_fn::codec::Postcard;

/// What a form needs that is opened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Welcome {
    /// Says that the form was shown by us, and when.
    pub token: String,
    /// What the browser is to solve, where proof of work is asked for.
    pub challenge: Option<String>,
    /// The name of whoever is signed in.
    pub name: Option<String>,
}

/// What became of a comment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Posted {
    /// Readers see it.
    Shown(CommentId),
    /// An editor reads it first.
    Held(CommentId),
    /// Something in it is wrong.
    Faults(ReplyFaults),
    /// It is not taken, and this is why.
    Refused(String),
    /// The form was open for too long; with this it can be sent again.
    Stale(Welcome),
}

/// How many recommend a comment, and whether this reader does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recommended {
    /// How many.
    pub count: i64,
    /// With this reader.
    pub mine: bool,
}

#[cfg(feature = "ssr")]
fn place() -> (crate::services::Site, crate::services::accounts::visitors::Visitor) {
    (expect_context(), expect_context())
}

/// A token for a form that somebody begins to fill in.
#[server(endpoint = "comments/begin", input = Postcard, output = Postcard)]
pub async fn begin_reply() -> Result<Welcome, ServerFnError> {
    let (site, _) = place();
    welcome(site.now()).await
}

#[cfg(feature = "ssr")]
async fn welcome(shown: crate::domain::time::Timestamp) -> Result<Welcome, ServerFnError> {
    use crate::services::comments::{Opened, open_form};
    let (site, visitor) = place();
    let Opened { token, challenge } = open_form(&site, shown).await?;
    Ok(Welcome { token, challenge, name: visitor.writer.account.map(|account| account.name) })
}

/// Posts a comment. `website` is a field that people don't see, `proof` the proof of work.
#[server(endpoint = "comments/post", input = Postcard, output = Postcard)]
pub async fn post_comment(
    article: String,
    answers: Option<CommentId>,
    reply: Reply,
    notify: bool,
    token: String,
    website: String,
    proof: String,
) -> Result<Posted, ServerFnError> {
    use crate::services::comments::{self, CommentError, Outcome, Sent, threads};
    let (site, visitor) = place();
    let sent = Sent { token, trap: website, proof, notify };
    let work = async {
        let slug = article.parse().map_err(|_| CommentError::NoArticle)?;
        let open = threads::open_article(&site, &slug).await?;
        comments::post(&site, &open, answers, &reply, &sent, &visitor.writer).await
    };
    let outcome = work.await;
    if outcome.is_ok() {
        visitor.keep();
    }
    Ok(match outcome {
        Ok(Outcome::Shown(id, _)) => Posted::Shown(id),
        Ok(Outcome::Held(id)) => Posted::Held(id),
        Err(CommentError::Faults(faults)) => Posted::Faults(faults),
        Err(CommentError::NoToken) => Posted::Stale(welcome(site.now().plus(-comments::A_WHILE)).await?),
        Err(error @ (CommentError::Storage(_) | CommentError::Random(_))) => return Err(error.into()),
        Err(error) => Posted::Refused(error.to_string()),
    })
}

/// How a comment will look.
#[server(endpoint = "comments/preview", input = Postcard, output = Postcard)]
pub async fn preview_comment(text: String) -> Result<String, ServerFnError> {
    let reply = Reply { text: text.chars().take(crate::domain::reply::MAX_TEXT).collect(), ..Reply::default() };
    Ok(crate::services::text::comment_html::from_markdown(&reply.tidied().text))
}

/// Recommends a comment, or takes it back; `None` where it is gone.
#[server(endpoint = "comments/recommend", input = Postcard, output = Postcard)]
pub async fn recommend(id: CommentId) -> Result<Option<Recommended>, ServerFnError> {
    use crate::services::comments::reactions::{self, ReactionError};
    let (site, visitor) = place();
    match reactions::recommend(&site, id, &visitor.writer).await {
        Ok((count, mine)) => Ok(Some(Recommended { count, mine })),
        Err(ReactionError::NoComment | ReactionError::Fault(_)) => Ok(None),
        Err(error) => Err(error.into()),
    }
}
