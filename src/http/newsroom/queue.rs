//! `/newsroom/…`: for those who keep order. Whoever is not signed in is sent to the
//! door (401), whoever has no right is told so (403); either way nothing is changed.

use crate::http::{
    answer::{Answer, Fault, nothing, private, see},
    comments::forbidden,
    forms::Posted,
    readers::query_value,
    visitor::Who,
};
use crate::{
    domain::{CommentId, account::Right, article::CommentPolicy, comment::Order, slug::Slug},
    pages::{
        comments::discussion,
        newsroom::{self, File, QUEUES, Queue},
        sign_in,
    },
    services::{
        Site,
        accounts::{self, Account, AccountError},
        analytics::shares,
        articles::lists,
        comments::{
            State as Standing,
            moderation::{self, By, ModerationError, Wanted},
            threads,
        },
        site::frame::front,
    },
};
use axum::{
    Json,
    extract::{Path, State},
    http::{StatusCode, Uri},
    response::{IntoResponse, Response},
};
use serde::Deserialize;
use serde_json::json;

/// So many comments stand on a page of a queue.
const ON_A_PAGE: i64 = 100;
/// So many are decided with one press.
const AT_ONCE: usize = 200;

impl From<ModerationError> for Fault {
    fn from(error: ModerationError) -> Self {
        Self::new(error)
    }
}

/// Whoever is signed in and has the right; else the answer.
pub(super) async fn allowed<'a>(site: &Site, who: &'a Who, right: Right) -> Result<&'a Account, Response> {
    let done = |answer: Answer| answer.unwrap_or_else(IntoResponse::into_response);
    let Some(signed) = &who.visitor.signed else {
        if who.wants_json() {
            return Err((StatusCode::UNAUTHORIZED, Json(json!({ "line": "Please sign in again." }))).into_response());
        }
        let front = match front(site).await {
            Ok(front) => front,
            Err(error) => return Err(Fault::from(error).into_response()),
        };
        let state = sign_in::State::Staff("", Some("Please sign in first.".into()));
        return Err(private(StatusCode::UNAUTHORIZED, sign_in::page(site, &front, &state)));
    };
    if signed.account.role.may(right) {
        return Ok(&signed.account);
    }
    Err(done(forbidden(site, "Your account has no right to do this, so nothing was done.").await))
}

macro_rules! may {
    ($site:expr, $who:expr, $right:expr) => {
        match crate::http::newsroom::allowed($site, $who, $right).await {
            Ok(account) => account,
            Err(answer) => return Ok(answer),
        }
    };
}
pub(super) use may;

/// `GET /newsroom`
pub async fn home(who: Who) -> Answer {
    // Authors see what becomes of their articles, and keep no order.
    let may = |right| who.visitor.signed.as_ref().is_some_and(|signed| signed.account.role.may(right));
    let figures_alone = may(Right::Figures) && !may(Right::Moderate);
    Ok(see(if figures_alone { "/newsroom/sharing" } else { "/newsroom/comments" }))
}

/// `GET /newsroom/comments?queue=…&text=…&article=…&after=…`
pub async fn queue(State(site): State<Site>, who: Who, uri: Uri) -> Answer {
    let account = may!(&site, &who, Right::Moderate);
    let asked = |key| query_value(uri.query().unwrap_or_default(), key);
    let (name, _, state) = QUEUES.into_iter().find(|(name, _, _)| *name == asked("queue")).unwrap_or(QUEUES[0]);
    let (text, article) = (asked("text"), asked("article"));
    let slug = article.rsplit('/').next().and_then(|part| part.parse::<Slug>().ok());
    let under = match &slug {
        Some(slug) => threads::seen_article(&site, slug).await?.map(|article| article.id),
        None => None,
    };
    let wanted = Wanted {
        state,
        reported: name == "reported",
        text: text.chars().take(200).collect(),
        article: under,
        after: asked("after").parse().ok().map(CommentId),
    };
    let by = By::Account(account);
    let mut items = moderation::queue(&site, &wanted, ON_A_PAGE + 1, by).await?;
    if slug.is_some() && under.is_none() {
        items.clear();
    }
    let size = usize::try_from(ON_A_PAGE).unwrap_or(usize::MAX);
    let more = items.get(size - 1).filter(|_| items.len() > size).map(|last| {
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        query.append_pair("queue", name).append_pair("text", &text).append_pair("article", &article);
        format!("/newsroom/comments?{}", query.append_pair("after", &last.id.to_string()).finish())
    });
    items.truncate(size);
    let (counts, reported) = moderation::counts(&site, by).await?;
    let here = uri.path_and_query().map(ToString::to_string).unwrap_or_default();
    let said = Some(asked("said")).filter(|said| !said.is_empty()).and_then(|said| said.parse::<u32>().ok());
    let said = said.map(|count| format!("{count} decided."));
    let front = front(&site).await?;
    let queue =
        Queue { name, text: &text, article: &article, items: &items, more, counts: &counts, reported, here, said };
    Ok(private(StatusCode::OK, newsroom::queue(&site, &front, account, &queue)))
}

/// An act by its name in forms; `None` for `undo`.
fn standing(act: &str) -> Option<Standing> {
    Some(match act {
        "approve" => Standing::Approved,
        "reject" => Standing::Rejected,
        "spam" => Standing::Spam,
        "hold" => Standing::Held,
        _ => return None,
    })
}

async fn act(site: &Site, id: CommentId, act: &str, why: &str, by: By<'_>) -> Result<Standing, ModerationError> {
    match standing(act) {
        Some(state) => moderation::decide(site, id, state, why, by).await.map(|()| state),
        None if act == "undo" => moderation::undo(site, id, by).await,
        None => Err(ModerationError::Fault(format!("“{act}” is nothing that can be done."))),
    }
}

/// `POST /newsroom/comments`: one decision (`one=approve:12`) or one for many
/// (`act=approve&id=12&id=13`). A script gets JSON.
pub async fn decide(State(site): State<Site>, who: Who, Posted(fields): Posted<Vec<(String, String)>>) -> Answer {
    let account = may!(&site, &who, Right::Moderate);
    let by = By::Account(account);
    let field = |wanted: &str| fields.iter().find(|(name, _)| name == wanted).map_or("", |(_, value)| value.as_str());
    let one = field("one").split_once(':').and_then(|(act, id)| Some((act, CommentId(id.parse().ok()?))));
    let todo: Vec<(&str, CommentId)> = match one {
        Some(one) => vec![one],
        None => fields
            .iter()
            .filter(|(name, _)| name == "id")
            .filter_map(|(_, id)| Some((field("act"), CommentId(id.parse().ok()?))))
            .take(AT_ONCE)
            .collect(),
    };
    let mut done = Vec::new();
    let mut fault = None;
    for (what, id) in todo {
        match act(&site, id, what, field("why"), by).await {
            Ok(state) => done.push((id, state)),
            Err(ModerationError::Storage(error)) => return Err(error.into()),
            Err(error) => fault = Some(error.to_string()),
        }
    }
    if who.wants_json() {
        let status = if fault.is_some() { StatusCode::CONFLICT } else { StatusCode::OK };
        let states: Vec<_> = done.iter().map(|(id, state)| json!({ "id": id, "state": state.as_str() })).collect();
        return Ok((status, Json(json!({ "done": states, "line": fault }))).into_response());
    }
    let back = Some(field("back")).filter(|to| to.starts_with("/newsroom/")).unwrap_or("/newsroom/comments");
    let back = back.split("&said=").next().unwrap_or(back).to_owned();
    let glue = if back.contains('?') { '&' } else { '?' };
    Ok(see(&format!("{back}{glue}said={}", done.len())))
}

/// `GET /newsroom/comments/{id}`
pub async fn file(State(site): State<Site>, who: Who, Path(id): Path<String>, uri: Uri) -> Answer {
    let account = may!(&site, &who, Right::Moderate);
    let Ok(id) = id.parse().map(CommentId) else { return nothing(&site, &uri).await };
    file_page(&site, account, id, &uri, None).await
}

async fn file_page(site: &Site, account: &Account, id: CommentId, uri: &Uri, fault: Option<String>) -> Answer {
    let (item, record) = match moderation::file(site, id, By::Account(account)).await {
        Ok(found) => found,
        Err(ModerationError::Unknown) => return nothing(site, uri).await,
        Err(error) => return Err(error.into()),
    };
    let front = front(site).await?;
    let article = match item.slug.parse::<Slug>() {
        Ok(slug) => threads::seen_article(site, &slug).await?,
        Err(_) => None,
    };
    let talk = match &article {
        Some(article) => threads::thread_of(site, article.id, id).await?,
        None => crate::domain::comment::Talk::default(),
    };
    let stage = article.as_ref().map(|article| discussion::stage(&front, article, Order::Oldest, site.now()));
    let status = if fault.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let file = File { item: &item, record: &record, talk: &talk, stage, fault };
    Ok(private(status, newsroom::file(site, &front, account, &file)))
}

/// The fields of a comment's file.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Acts {
    act: String,
    ban: String,
    why: String,
    text: String,
}

/// `POST /newsroom/comments/{id}`
pub async fn file_act(
    State(site): State<Site>,
    who: Who,
    Path(id): Path<String>,
    uri: Uri,
    Posted(fields): Posted<Acts>,
) -> Answer {
    let right = if fields.ban.is_empty() { Right::Moderate } else { Right::Ban };
    let account = may!(&site, &who, right);
    let Ok(id) = id.parse().map(CommentId) else { return nothing(&site, &uri).await };
    let by = By::Account(account);
    let done = match (fields.ban.as_str(), fields.act.as_str()) {
        ("", "edit") => moderation::reword(&site, id, &fields.text, by).await,
        ("", "note") => moderation::note(&site, id, &fields.why, by).await,
        ("", "pin") => moderation::pin(&site, id, true, by).await,
        ("", "unpin") => moderation::pin(&site, id, false, by).await,
        ("", other) => act(&site, id, other, &fields.why, by).await.map(drop),
        (kind, _) => {
            let own = who.visitor.writer.address;
            moderation::ban(&site, id, kind, &fields.why, own, by).await.map(drop)
        }
    };
    match done {
        Ok(()) => Ok(see(&format!("/newsroom/comments/{id}"))),
        Err(ModerationError::Unknown) => nothing(&site, &uri).await,
        Err(ModerationError::Storage(error)) => Err(error.into()),
        Err(error) => file_page(&site, account, id, &uri, Some(error.to_string())).await,
    }
}

/// `GET /newsroom/bans`
pub async fn bans(State(site): State<Site>, who: Who, uri: Uri) -> Answer {
    let account = may!(&site, &who, Right::Ban);
    let said = match query_value(uri.query().unwrap_or_default(), "done").as_str() {
        "ban" => Some("The ban is in force."),
        "lift" => Some("The ban is lifted."),
        _ => None,
    };
    bans_page(&site, account, StatusCode::OK, said, None).await
}

async fn bans_page(
    site: &Site,
    account: &Account,
    status: StatusCode,
    said: Option<&'static str>,
    refused: Option<(&str, &str, &str)>,
) -> Answer {
    let all = moderation::bans(site, By::Account(account)).await?;
    let front = front(site).await?;
    Ok(private(status, newsroom::bans(site, &front, account, &all, said, refused)))
}

/// A ban that is lifted, or one that is made.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Ban {
    lift: i64,
    whom: String,
    why: String,
}

/// `POST /newsroom/bans`
pub async fn ban(State(site): State<Site>, who: Who, Posted(fields): Posted<Ban>) -> Answer {
    let account = may!(&site, &who, Right::Ban);
    let by = By::Account(account);
    let (done, name) = if fields.lift == 0 {
        let own = who.visitor.writer.address;
        (moderation::ban_by_hand(&site, &fields.whom, &fields.why, own, by).await, "ban")
    } else {
        (moderation::lift(&site, fields.lift, by).await, "lift")
    };
    match done {
        Ok(()) | Err(ModerationError::Unknown) => Ok(see(&format!("/newsroom/bans?done={name}"))),
        Err(ModerationError::Fault(fault)) => {
            let refused = Some((fields.whom.as_str(), fields.why.as_str(), fault.as_str()));
            bans_page(&site, account, StatusCode::UNPROCESSABLE_ENTITY, None, refused).await
        }
        Err(error) => Err(error.into()),
    }
}

/// `GET /newsroom/sharing?days=…`
pub async fn sharing(State(site): State<Site>, who: Who, uri: Uri) -> Answer {
    const SPANS: [i64; 4] = [1, 7, 30, 365];
    let account = may!(&site, &who, Right::Figures);
    let asked = query_value(uri.query().unwrap_or_default(), "days").parse().ok();
    let days = asked.filter(|days| SPANS.contains(days)).unwrap_or(30);
    let (front, report) = (front(&site).await?, shares::report(&site, days).await?);
    Ok(private(StatusCode::OK, newsroom::sharing(&site, &front, account, days, &SPANS, &report)))
}

/// `GET /newsroom/conversations`
pub async fn conversations(State(site): State<Site>, who: Who) -> Answer {
    let account = may!(&site, &who, Right::Converse);
    conversations_page(&site, account, StatusCode::OK, None).await
}

async fn conversations_page(site: &Site, account: &Account, status: StatusCode, said: Option<String>) -> Answer {
    let front = front(site).await?;
    let sections = lists::policies(site).await?;
    let apart = moderation::set_apart(site, By::Account(account)).await?;
    Ok(private(status, newsroom::conversations(site, &front, account, &sections, &apart, said)))
}

/// The fields of a conversation's form.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Conversation {
    section: String,
    article: String,
    policy: String,
}

/// `POST /newsroom/conversations`
pub async fn converse(State(site): State<Site>, who: Who, Posted(fields): Posted<Conversation>) -> Answer {
    let account = may!(&site, &who, Right::Converse);
    let by = By::Account(account);
    let work = async {
        let policy: CommentPolicy =
            fields.policy.parse().map_err(|_| ModerationError::Fault("Please choose one of the ways.".into()))?;
        let slug = |text: &str| {
            let last = text.trim().trim_end_matches('/').rsplit('/').next().unwrap_or_default();
            last.parse::<Slug>().map_err(|_| ModerationError::Fault(format!("“{text}” is no address of an article.")))
        };
        if fields.section.is_empty() {
            moderation::converse(&site, &slug(&fields.article)?, policy, by).await
        } else {
            moderation::converse_in(&site, &slug(&fields.section)?, policy, by).await
        }
    };
    match work.await {
        Ok(()) => conversations_page(&site, account, StatusCode::OK, Some("It is set.".into())).await,
        Err(ModerationError::Storage(error)) => Err(error.into()),
        Err(error) => {
            conversations_page(&site, account, StatusCode::UNPROCESSABLE_ENTITY, Some(error.to_string())).await
        }
    }
}

/// `GET /newsroom/password`
pub async fn password(State(site): State<Site>, who: Who) -> Answer {
    let Some(signed) = &who.visitor.signed else { return Ok(see("/newsroom/sign-in")) };
    let front = front(&site).await?;
    Ok(private(StatusCode::OK, newsroom::password(&site, &front, &signed.account, None)))
}

/// The fields of the form for it.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Passwords {
    old: String,
    new: String,
}

/// `POST /newsroom/password`
pub async fn change_password(State(site): State<Site>, who: Who, Posted(fields): Posted<Passwords>) -> Answer {
    let Some(signed) = &who.visitor.signed else { return Ok(see("/newsroom/sign-in")) };
    let (status, said) = match accounts::change_password(&site, signed, &fields.old, &fields.new).await {
        Ok(()) => (StatusCode::OK, Ok("The password is changed.")),
        Err(AccountError::Storage(error)) => return Err(error.into()),
        Err(error) => (StatusCode::UNPROCESSABLE_ENTITY, Err(error.to_string())),
    };
    let front = front(&site).await?;
    Ok(private(status, newsroom::password(&site, &front, &signed.account, Some(said))))
}
