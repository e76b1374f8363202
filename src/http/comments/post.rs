//! Comments by plain forms and links: `/comments`, `/comments/reply`, `/comments/{id}/…`.

use crate::http::{
    answer::{Answer, Fault, nothing, private, see},
    forms::Posted,
    readers::query_value,
    visitor::Who,
};
use crate::{
    domain::{
        CommentId,
        comment::{Comment, Order},
        reply::{Reply, ReplyFaults},
        slug::Slug,
    },
    pages::{
        self,
        comments::reply::{self, State as Page, Written},
    },
    services::{
        Site,
        comments::{
            self, CommentError, Outcome, Sent,
            own::{self, Yours},
            reactions::{self, ReactionError},
            reply_mails,
            threads::{self, Open},
        },
        site::frame::front,
    },
};
use axum::{
    extract::{Path, State},
    http::{StatusCode, Uri},
    response::{Html, IntoResponse},
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
    proof: String,
    notify: String,
    preview: String,
}

/// An article that takes comments, with the one that is answered.
struct Place {
    open: Open,
    answered: Option<Comment>,
}

async fn place(site: &Site, slug: &Slug, answers: &str) -> Result<Place, CommentError> {
    let open = threads::open_article(site, slug).await?;
    let answered = match answers.parse().map(CommentId) {
        Ok(id) => threads::answered(site, open.article.id, id).await?,
        Err(_) => None,
    };
    Ok(Place { open, answered })
}

/// What a form that comes back has in it.
#[derive(Default)]
struct Again {
    reply: Reply,
    faults: ReplyFaults,
    line: Option<String>,
    notify: bool,
}

/// The form again, with a fresh token.
async fn again(site: &Site, who: &Who, place: &Place, status: StatusCode, again: Again) -> Answer {
    let Again { reply, faults, line, notify } = again;
    let shown = if reply.text.is_empty() { site.now() } else { site.now().plus(-comments::A_WHILE) };
    let opened = comments::open_form(site, shown).await?;
    let signed = who.visitor.writer.account.as_ref().map(|account| account.name.clone());
    let answers = place.answered.as_ref().map(|comment| comment.id);
    let written = Written { reply, faults, answers, token: opened.token, challenge: opened.challenge, notify, signed };
    let front = front(site).await?;
    let state = Page::Form(Box::new(written), line);
    let html = reply::page(site, &front, Some(&place.open.article), place.answered.as_ref(), state);
    Ok(private(status, html))
}

fn asked(uri: &Uri, key: &str) -> String {
    query_value(uri.query().unwrap_or_default(), key)
}

/// `GET /comments/reply?article=…&answers=…`
pub async fn form(State(site): State<Site>, who: Who, uri: Uri) -> Answer {
    let Ok(slug) = asked(&uri, "article").parse::<Slug>() else { return nothing(&site, &uri).await };
    match place(&site, &slug, &asked(&uri, "answers")).await {
        Ok(place) => again(&site, &who, &place, StatusCode::OK, Again::default()).await,
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
    let article = threads::seen_article(site, slug).await?;
    let front = front(site).await?;
    let state = Page::Lost(line, text);
    Ok(private(StatusCode::CONFLICT, reply::page(site, &front, article.as_ref(), None, state)))
}

/// `POST /comments`
pub async fn post(State(site): State<Site>, who: Who, uri: Uri, Posted(fields): Posted<Fields>) -> Answer {
    let Ok(slug) = fields.article.parse::<Slug>() else { return nothing(&site, &uri).await };
    let notify = !fields.notify.is_empty();
    let sent = Sent { token: fields.token, trap: fields.website, proof: fields.proof, notify };
    let reply = Reply { name: fields.name, email: fields.email, text: fields.text };
    let parent = match fields.answers.as_str() {
        "" => None,
        // A number that nothing has: what is answered is not there.
        id => Some(CommentId(id.parse().unwrap_or(-1))),
    };
    let place = match place(&site, &slug, &fields.answers).await {
        Ok(place) => place,
        Err(gone) => return lost(&site, &uri, &slug, gone, reply.text).await,
    };
    if !fields.preview.is_empty() {
        let faults = ReplyFaults { text: reply.tidied().faults().text, ..ReplyFaults::default() };
        return again(&site, &who, &place, StatusCode::OK, Again { reply, faults, line: None, notify }).await;
    }
    let error = match comments::post(&site, &place.open, parent, &reply, &sent, &who.visitor.writer).await {
        Ok(outcome) => {
            who.visitor.keep();
            let mut response = match outcome {
                Outcome::Shown(_, address) => see(&address),
                Outcome::Held(id) => see(&format!("/comments/held?article={slug}&comment={id}")),
            };
            who.remember(&site, &mut response);
            return Ok(response);
        }
        Err(error) => error,
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
        error @ CommentError::Banned(_) => (StatusCode::FORBIDDEN, ReplyFaults::default(), Some(error.to_string())),
        CommentError::NoParent => {
            let line = "The comment that you answer is not here any more. You can still post yours under the article.";
            (StatusCode::CONFLICT, ReplyFaults::default(), Some(line.to_owned()))
        }
        other => return lost(&site, &uri, &slug, other, reply.text).await,
    };
    again(&site, &who, &place, status, Again { reply, faults, line, notify }).await
}

/// `GET /comments/held?article=…&comment=…`, after a comment that an editor reads first.
pub async fn held(State(site): State<Site>, who: Who, uri: Uri) -> Answer {
    let Ok(slug) = asked(&uri, "article").parse::<Slug>() else { return nothing(&site, &uri).await };
    let own = match asked(&uri, "comment").parse().map(CommentId) {
        Ok(id) => own::yours(&site, id, &who.visitor.writer).await?.map(|yours| CommentId(yours.own.id)),
        Err(_) => None,
    };
    match place(&site, &slug, "").await {
        Ok(place) => {
            let front = front(&site).await?;
            let html = reply::page(&site, &front, Some(&place.open.article), None, Page::Held(own));
            Ok(private(StatusCode::OK, html))
        }
        Err(error) => lost(&site, &uri, &slug, error, String::new()).await,
    }
}

fn number(id: &str) -> Option<CommentId> {
    id.parse().ok().map(CommentId)
}

/// `GET /comments/{id}`: leads to the comment on its page.
pub async fn comment(State(site): State<Site>, Path(id): Path<String>, uri: Uri) -> Answer {
    let Some(id) = number(&id) else { return nothing(&site, &uri).await };
    match threads::address(&site, id).await? {
        Some(address) => Ok(see(&address)),
        None => nothing(&site, &uri).await,
    }
}

/// A comment that readers see, with the page's stage for it.
async fn shown(site: &Site, id: CommentId) -> Result<Option<(crate::domain::article::Article, Comment)>, Fault> {
    let Some(slug) = threads::slug_of(site, id).await? else { return Ok(None) };
    let Some(article) = threads::seen_article(site, &slug).await? else { return Ok(None) };
    let comment = threads::answered(site, article.id, id).await?;
    Ok(comment.map(|comment| (article, comment)))
}

/// `GET /comments/{id}/piece`: one comment, for the island that puts it in its place.
pub async fn piece(State(site): State<Site>, Path(id): Path<String>) -> Answer {
    let Some((article, comment)) = (match number(&id) {
        Some(id) => shown(&site, id).await?,
        None => None,
    }) else {
        return Ok(StatusCode::NOT_FOUND.into_response());
    };
    let front = front(&site).await?;
    let stage = pages::comments::discussion::stage(&front, &article, Order::Oldest, site.now());
    let headers = [(axum::http::header::CACHE_CONTROL, crate::http::policies::PRIVATE)];
    Ok((headers, Html(pages::comments::discussion::piece(&front, &stage, &comment))).into_response())
}

/// `GET /comments/{id}/yours`: how a comment stands, for its writer.
pub async fn yours(State(site): State<Site>, who: Who, Path(id): Path<String>, uri: Uri) -> Answer {
    let Some(id) = number(&id) else { return nothing(&site, &uri).await };
    let Some(yours) = own::yours(&site, id, &who.visitor.writer).await? else {
        return nothing(&site, &uri).await;
    };
    your_page(&site, StatusCode::OK, &yours, None, &ReplyFaults::default()).await
}

/// One's own comment, under the article's title where readers may see that.
async fn your_page(site: &Site, status: StatusCode, yours: &Yours, text: Option<&str>, faults: &ReplyFaults) -> Answer {
    let front = front(site).await?;
    let article = match yours.own.slug.parse() {
        Ok(slug) => threads::seen_article(site, &slug).await?,
        Err(_) => None,
    };
    Ok(private(status, pages::comments::comment::yours(site, &front, yours, article.as_ref(), text, faults)))
}

/// The field of the form by which a comment is changed.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Changed {
    text: String,
}

/// `POST /comments/{id}/edit`
pub async fn edit(
    State(site): State<Site>,
    who: Who,
    Path(id): Path<String>,
    uri: Uri,
    Posted(fields): Posted<Changed>,
) -> Answer {
    let Some(id) = number(&id) else { return nothing(&site, &uri).await };
    let writer = &who.visitor.writer;
    let faults = match own::edit(&site, id, &fields.text, writer).await {
        Ok(_) => return Ok(see(&format!("/comments/{id}/yours"))),
        Err(CommentError::Faults(faults)) => faults,
        Err(error @ (CommentError::Storage(_) | CommentError::Random(_))) => return Err(error.into()),
        Err(error) => ReplyFaults { text: Some(error.to_string()), ..ReplyFaults::default() },
    };
    let Some(yours) = own::yours(&site, id, writer).await? else {
        return forbidden(&site, "This comment is somebody else’s, so nothing was changed.").await;
    };
    if site.now() >= yours.until {
        let front = front(&site).await?;
        let state = Page::Lost("The time in which it could be changed is over.".into(), fields.text);
        return Ok(private(StatusCode::CONFLICT, reply::page(&site, &front, None, None, state)));
    }
    your_page(&site, StatusCode::UNPROCESSABLE_ENTITY, &yours, Some(&fields.text), &faults).await
}

/// `POST /comments/{id}/withdraw`
pub async fn withdraw(State(site): State<Site>, who: Who, Path(id): Path<String>, uri: Uri) -> Answer {
    let Some(id) = number(&id) else { return nothing(&site, &uri).await };
    match own::withdraw(&site, id, &who.visitor.writer).await {
        Ok(_) => Ok(see(&format!("/comments/{id}/yours"))),
        Err(CommentError::NotYours) => {
            forbidden(&site, "This comment is somebody else’s, so nothing was changed.").await
        }
        Err(error) => Err(error.into()),
    }
}

/// 403, in the site's dress.
pub(in crate::http) async fn forbidden(site: &Site, line: &'static str) -> Answer {
    let front = front(site).await?;
    let page = pages::status::page(site, &front, pages::status::Matter::Refused(line));
    Ok(private(StatusCode::FORBIDDEN, page))
}

/// `POST /comments/{id}/recommend`
pub async fn recommend(State(site): State<Site>, who: Who, Path(id): Path<String>, uri: Uri) -> Answer {
    let Some(id) = number(&id) else { return nothing(&site, &uri).await };
    match reactions::recommend(&site, id, &who.visitor.writer).await {
        // One's own counts no more for it.
        Ok(_) | Err(ReactionError::Fault(_)) => Ok(see(&format!("/comments/{id}"))),
        Err(ReactionError::Storage(error)) => Err(error.into()),
        Err(ReactionError::NoComment) => nothing(&site, &uri).await,
    }
}

/// `GET /comments/{id}/report`
pub async fn report_form(State(site): State<Site>, Path(id): Path<String>, uri: Uri) -> Answer {
    report_page(&site, &id, &uri, None).await
}

async fn report_page(site: &Site, id: &str, uri: &Uri, fault: Option<String>) -> Answer {
    let Some(id) = number(id) else { return nothing(site, uri).await };
    let Some((_, comment)) = shown(site, id).await? else { return nothing(site, uri).await };
    let front = front(site).await?;
    let status = if fault.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    Ok(private(status, pages::comments::comment::report(site, &front, &comment, fault)))
}

/// `GET /comments/{id}/reported`: a word of thanks, which a reload does not send again.
pub async fn reported(State(site): State<Site>, Path(id): Path<String>, uri: Uri) -> Answer {
    let Some(id) = number(&id) else { return nothing(&site, &uri).await };
    let front = front(&site).await?;
    let line = "Thank you. The newsroom looks at it.";
    let back = Some(format!("/comments/{id}"));
    Ok(private(StatusCode::OK, pages::comments::comment::done(&site, &front, front.words.report_comment, line, back)))
}

/// The fields of a report.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Report {
    reason: String,
    words: String,
}

/// `POST /comments/{id}/report`
pub async fn report(
    State(site): State<Site>,
    who: Who,
    Path(id): Path<String>,
    uri: Uri,
    Posted(fields): Posted<Report>,
) -> Answer {
    let Some(number) = number(&id) else { return nothing(&site, &uri).await };
    match reactions::report(&site, number, &fields.reason, &fields.words, &who.visitor.writer).await {
        Ok(()) => Ok(see(&format!("/comments/{id}/reported"))),
        Err(ReactionError::Fault(fault)) => report_page(&site, &id, &uri, Some(fault)).await,
        Err(ReactionError::NoComment) => nothing(&site, &uri).await,
        Err(ReactionError::Storage(error)) => Err(error.into()),
    }
}

/// `GET /comments/stop/{id}/{signature}`: no more mails about answers; asks first.
pub async fn stop_form(State(site): State<Site>, Path((id, sign)): Path<(String, String)>, uri: Uri) -> Answer {
    match id.parse().ok().filter(|id| reply_mails::is_good(&site, *id, &sign)) {
        Some(_) => {
            let front = front(&site).await?;
            Ok(private(StatusCode::OK, pages::comments::comment::stop(&site, &front)))
        }
        None => nothing(&site, &uri).await,
    }
}

/// `POST` to the same address, by its button or by a mail program (RFC 8058).
pub async fn stop(State(site): State<Site>, Path((id, sign)): Path<(String, String)>, uri: Uri) -> Answer {
    let Some(id) = id.parse().ok().filter(|id| reply_mails::is_good(&site, *id, &sign)) else {
        return nothing(&site, &uri).await;
    };
    reply_mails::stop(&site, CommentId(id)).await?;
    let front = front(&site).await?;
    let line = "You get no more mails about answers to this comment.";
    let html = pages::comments::comment::done(&site, &front, "Mails about answers", line, None);
    Ok(private(StatusCode::OK, html))
}

/// `GET /comments/notices/{id}/{signature}`: the page behind the link of the mail that asks.
pub async fn notices_form(State(site): State<Site>, Path((id, sign)): Path<(String, String)>, uri: Uri) -> Answer {
    let Ok(id) = id.parse() else { return nothing(&site, &uri).await };
    match reply_mails::asked(&site, id, &sign).await? {
        Some(_) => {
            let front = front(&site).await?;
            Ok(private(StatusCode::OK, pages::comments::comment::confirm_notices(&site, &front)))
        }
        None => nothing(&site, &uri).await,
    }
}

/// `POST` to the same address: its button.
pub async fn confirm_notices(State(site): State<Site>, Path((id, sign)): Path<(String, String)>, uri: Uri) -> Answer {
    let Ok(id) = id.parse() else { return nothing(&site, &uri).await };
    let Some(email) = reply_mails::asked(&site, id, &sign).await? else { return nothing(&site, &uri).await };
    reply_mails::confirm(&site, &email).await?;
    let front = front(&site).await?;
    let line = "We will email you when someone replies, once a day for each article at most.";
    let html = pages::comments::comment::done(&site, &front, "Mails about answers", line, None);
    Ok(private(StatusCode::OK, html))
}

impl From<CommentError> for Fault {
    fn from(error: CommentError) -> Self {
        Self::new(error)
    }
}
