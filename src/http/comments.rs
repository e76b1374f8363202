//! Comments by plain forms and links: `/comments`, `/comments/reply`, `/comments/{id}`.

use super::{
    answer::{Answer, nothing, private, see},
    forms::refused,
    log::client,
    page_cache::PageCache,
    readers::query_value,
};
use crate::{
    domain::{
        CommentId,
        article::Article,
        change::Part,
        comment::Comment,
        reply::{Reply, ReplyFaults},
        slug::Slug,
    },
    pages::reply::{self, State as Page, Written},
    services::{
        Site,
        comments::{self, CommentError, Outcome, Sent},
        front::front,
    },
};
use axum::{
    Extension,
    extract::{Form as Posted, Path, State, rejection::FormRejection},
    http::{Extensions, HeaderMap, StatusCode, Uri},
};
use serde::Deserialize;

/// The fields of the form; those that are missing count as empty.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Fields {
    article: String,
    answers: String,
    token: String,
    name: String,
    email: String,
    text: String,
    website: String,
}

/// An article with the comment that is answered.
struct Place {
    article: Article,
    answered: Option<Comment>,
}

async fn place(site: &Site, slug: &Slug, answers: &str) -> Result<Place, CommentError> {
    let article = comments::open_article(site, slug).await?;
    let answered = match answers.parse().map(CommentId) {
        Ok(id) => comments::answered(site, article.id, id).await?,
        Err(_) => None,
    };
    Ok(Place { article, answered })
}

/// The form again, with a fresh token. Whoever brings words along has been writing
/// them for a while, so it counts as open since then.
async fn again(
    site: &Site,
    place: &Place,
    status: StatusCode,
    reply: Reply,
    faults: ReplyFaults,
    line: Option<String>,
) -> Answer {
    /// As long as the filter takes for a thoughtful moment.
    const A_WHILE: i64 = 3_000;
    let shown = if reply.text.is_empty() { site.now() } else { site.now().plus(-A_WHILE) };
    let token = comments::token(site, shown)?;
    let written = Written { reply, faults, answers: place.answered.as_ref().map(|comment| comment.id), token };
    let front = front(site).await?;
    let html =
        reply::page(site, &front, Some(&place.article), place.answered.as_ref(), Page::Form(Box::new(written), line));
    Ok(private(status, html))
}

fn asked(uri: &Uri, key: &str) -> String {
    query_value(uri.query().unwrap_or_default(), key)
}

/// `GET /comments/reply?article=…&answers=…`
pub async fn form(State(site): State<Site>, uri: Uri) -> Answer {
    let Ok(slug) = asked(&uri, "article").parse::<Slug>() else { return nothing(&site, &uri).await };
    match place(&site, &slug, &asked(&uri, "answers")).await {
        Ok(place) => again(&site, &place, StatusCode::OK, Reply::default(), ReplyFaults::default(), None).await,
        Err(error) => lost(&site, &uri, &slug, error, String::new()).await,
    }
}

/// What can't be taken: said in words, with what was written.
async fn lost(site: &Site, uri: &Uri, slug: &Slug, error: CommentError, text: String) -> Answer {
    let line = match error {
        error @ (CommentError::Storage(_) | CommentError::Random(_)) => return Err(error.into()),
        CommentError::NoArticle if text.is_empty() => return nothing(site, uri).await,
        error => error.to_string(),
    };
    let article = comments::seen_article(site, slug).await?;
    let front = front(site).await?;
    let state = Page::Lost(line, text);
    Ok(private(StatusCode::CONFLICT, reply::page(site, &front, article.as_ref(), None, state)))
}

/// `POST /comments`
pub async fn post(
    State(site): State<Site>,
    Extension(pages): Extension<PageCache>,
    headers: HeaderMap,
    extensions: Extensions,
    uri: Uri,
    form: Result<Posted<Fields>, FormRejection>,
) -> Answer {
    let fields = match form {
        Ok(Posted(fields)) => fields,
        Err(why) => return refused(&site, &why).await,
    };
    let Ok(slug) = fields.article.parse::<Slug>() else { return nothing(&site, &uri).await };
    let address = client(&headers, &extensions, &site.config.server.trusted_proxies);
    let sent = Sent { token: fields.token, trap: fields.website, address };
    let reply = Reply { name: fields.name, email: fields.email, text: fields.text };
    let parent = match fields.answers.as_str() {
        "" => None,
        // A number that nothing has: what is answered is not there.
        id => Some(CommentId(id.parse().unwrap_or(-1))),
    };
    let error = match comments::post(&site, &slug, parent, &reply, &sent).await {
        Ok(Outcome::Shown(address, article)) => {
            // The writer is sent there right away, before the news has come round.
            pages.forget(&[Part::Thread(article)]);
            return Ok(see(&address));
        }
        Ok(Outcome::Held) => return Ok(see(&format!("/comments/held?article={slug}"))),
        Err(error) => error,
    };
    let place = match place(&site, &slug, &fields.answers).await {
        Ok(place) => place,
        Err(gone) => return lost(&site, &uri, &slug, gone, reply.text).await,
    };
    let (status, faults, line) = match error {
        CommentError::Faults(faults) => (StatusCode::UNPROCESSABLE_ENTITY, faults, None),
        CommentError::NoToken => {
            let line = "This is how your comment will look. It is not posted yet: press the button once more.";
            (StatusCode::OK, ReplyFaults::default(), Some(line.to_owned()))
        }
        CommentError::Refused(refusal) => {
            (StatusCode::TOO_MANY_REQUESTS, ReplyFaults::default(), Some(format!("{refusal} It was not posted.")))
        }
        CommentError::NoParent => {
            let line = "The comment that you answer is not here any more. You can still post yours under the article.";
            (StatusCode::CONFLICT, ReplyFaults::default(), Some(line.to_owned()))
        }
        other => return lost(&site, &uri, &slug, other, reply.text).await,
    };
    again(&site, &place, status, reply, faults, line).await
}

/// `GET /comments/held?article=…`, after a comment that an editor reads first.
pub async fn held(State(site): State<Site>, uri: Uri) -> Answer {
    let Ok(slug) = asked(&uri, "article").parse::<Slug>() else { return nothing(&site, &uri).await };
    match place(&site, &slug, "").await {
        Ok(place) => {
            let front = front(&site).await?;
            Ok(private(StatusCode::OK, reply::page(&site, &front, Some(&place.article), None, Page::Held)))
        }
        Err(error) => lost(&site, &uri, &slug, error, String::new()).await,
    }
}

/// `GET /comments/{id}`: leads to the comment on its page.
pub async fn comment(State(site): State<Site>, Path(id): Path<String>, uri: Uri) -> Answer {
    let Ok(id) = id.parse::<i64>() else { return nothing(&site, &uri).await };
    match comments::address(&site, CommentId(id)).await? {
        Some(address) => Ok(see(&address)),
        None => nothing(&site, &uri).await,
    }
}

impl From<CommentError> for super::answer::Fault {
    fn from(error: CommentError) -> Self {
        Self::new(error)
    }
}
