//! `/newsletter/…`: for readers. Links in mails open pages; only their buttons do something,
//! and the POST of a mail program that leaves for its reader (RFC 8058).

use super::{
    answer::{Answer, nothing, private, see, shared},
    forms::Posted,
    metrics::Metrics,
    page_cache::Keep,
    policies,
    readers::keep,
    visitor::Who,
};
use crate::{
    domain::{change::Part, listing::Cursor, time::Timestamp},
    pages::newsletter::{self as pages, Filled},
    services::{
        Site,
        comments::A_WHILE,
        newsletter::{
            self, SignUp, SignUpError, bounces, counts,
            issues::{self, Letter},
            render,
        },
        site::frame::{Front, front},
    },
};
use atom_syndication as atom;
use axum::{
    Extension,
    extract::{Path, State},
    http::{HeaderValue, StatusCode, Uri, header},
    response::IntoResponse,
};
use std::sync::Arc;

/// So many letters stand on a page of the archive, and in its feed.
const ON_A_PAGE: i64 = 30;

/// The end of the link on which a reader's page is opened after something was done.
const DONE: [(&str, &str); 3] = [
    ("confirmed", "You are signed up. The next mail that goes out comes to you."),
    ("saved", "Your choice is saved."),
    ("left", "You have left. No mail comes to you any more."),
];

/// `GET /newsletter?before=…`
pub async fn home(State(site): State<Site>, uri: Uri) -> Answer {
    let before = uri.query().and_then(|query| query.strip_prefix("before=")?.parse::<Cursor>().ok());
    let from = before.map_or(Timestamp(i64::MAX), |cursor| cursor.at);
    let mut archive = issues::archive(&site, from, ON_A_PAGE + 1).await?;
    let size = usize::try_from(ON_A_PAGE).unwrap_or(usize::MAX);
    let more = archive.len() > size;
    archive.truncate(size);
    let last = archive.last().filter(|_| more).and_then(|(letter, _)| Some((letter.begun?, letter.id)));
    let older = last.map(|(at, id)| format!("/newsletter?before={}-{id}", at.0));
    let front = front(&site).await?;
    let html = pages::home(&site, &front, &archive, older, before.is_none());
    Ok(shared(html, Keep { places: true, ..keep(&front, vec![Part::Letters], None) }))
}

/// `POST /newsletter`
pub async fn sign_up(State(site): State<Site>, who: Who, Posted(fields): Posted<Vec<(String, String)>>) -> Answer {
    let field = |wanted: &str| fields.iter().find(|(name, _)| name == wanted).map_or("", |(_, value)| value.as_str());
    let lists = fields.iter().filter(|(name, _)| name == "list").map(|(_, slug)| slug.clone()).collect();
    let form = SignUp {
        email: field("email").chars().take(300).collect(),
        lists,
        token: field("token").to_owned(),
        trap: field("website").to_owned(),
        form: field("place").to_owned(),
    };
    let given = !form.token.is_empty();
    let (status, fault) = match newsletter::sign_up(&site, &form, who.visitor.writer.address).await {
        Ok(()) => return Ok(see("/newsletter/asked")),
        Err(SignUpError::NoToken) => (StatusCode::OK, None),
        Err(error @ SignUpError::TooMany) => (StatusCode::TOO_MANY_REQUESTS, Some(error.to_string())),
        Err(error @ (SignUpError::Email(_) | SignUpError::NoList)) => {
            (StatusCode::UNPROCESSABLE_ENTITY, Some(error.to_string()))
        }
        Err(error @ (SignUpError::Random(_) | SignUpError::Storage(_))) => {
            return Err(super::answer::Fault::new(error));
        }
    };
    let front = front(&site).await?;
    let token = newsletter::open_form(&site, site.now().plus(-A_WHILE)).map_err(super::answer::Fault::new)?;
    let mut filled = Filled { email: &form.email, lists: Some(&form.lists), token: &token, ..Filled::default() };
    let mut said =
        (given && fault.is_none()).then_some("This form was open for too long. Please press Subscribe once more.");
    match status {
        StatusCode::TOO_MANY_REQUESTS => said = fault.as_deref(),
        _ if newsletter::email_fault(form.email.trim()).is_none() => filled.list_fault = fault.as_deref(),
        _ => filled.fault = fault.as_deref(),
    }
    Ok(private(status, pages::again(&site, &front, filled, said)))
}

/// `GET /newsletter/asked`: the same for whatever address was written into the form.
pub async fn asked(State(site): State<Site>) -> Answer {
    let front = front(&site).await?;
    let html = pages::said(&site, &front, front.words.newsletter, front.words.signed_up, pages::ALL);
    Ok(private(StatusCode::OK, html))
}

/// A link of a mail that is no good any more.
async fn stale(site: &Site, line: &str) -> Answer {
    let front = front(site).await?;
    Ok(private(StatusCode::NOT_FOUND, pages::said(site, &front, "This link has expired", line, pages::ALL)))
}

/// A link that belongs to no reader: of a preview or a test mail, else one that has expired.
async fn nobodys(site: &Site, token: &str) -> Answer {
    if !render::is_nobodys(token) {
        return stale(site, NOBODY).await;
    }
    let front = front(site).await?;
    let line = "This is a preview or a test mail. In each reader’s mail this link leads to that reader’s own page.";
    Ok(private(StatusCode::OK, pages::said(site, &front, "Only a test", line, pages::ALL)))
}

const OLD: &str = "Links in confirmation mails are good once, and for 48 hours. If you have pressed its button you are signed up; else please sign up again.";
const NOBODY: &str = "It is not complete, or everything that it led to was erased.";

/// `GET /newsletter/confirm/{token}`
pub async fn confirm_page(State(site): State<Site>, Path(token): Path<String>) -> Answer {
    match newsletter::asked(&site, &token).await? {
        Some(lists) => {
            let front = front(&site).await?;
            Ok(private(StatusCode::OK, pages::confirm(&site, &front, &lists)))
        }
        None => stale(&site, OLD).await,
    }
}

/// `POST /newsletter/confirm/{token}`
pub async fn confirm(State(site): State<Site>, who: Who, Path(token): Path<String>) -> Answer {
    match newsletter::confirm(&site, &token, who.visitor.writer.address).await? {
        Some(who) => {
            let token = newsletter::reader_token(&site, who.id, &who.key);
            Ok(see(&format!("/newsletter/me/{token}?done=confirmed")))
        }
        None => stale(&site, OLD).await,
    }
}

/// `GET /newsletter/me/{token}`
pub async fn choice(State(site): State<Site>, Path(token): Path<String>, uri: Uri) -> Answer {
    let Some(who) = newsletter::reader(&site, &token).await? else { return nobodys(&site, &token).await };
    let chosen = newsletter::chosen(&site, &who).await?;
    let front = front(&site).await?;
    let done = uri.query().and_then(|query| query.strip_prefix("done="));
    let done = DONE.into_iter().find(|(name, _)| Some(*name) == done).map(|(_, line)| line);
    Ok(private(StatusCode::OK, pages::choice(&site, &front, &who, &chosen, done)))
}

/// `POST /newsletter/me/{token}`
pub async fn choose(
    State(site): State<Site>,
    visitor: Who,
    Path(token): Path<String>,
    uri: Uri,
    Posted(fields): Posted<Vec<(String, String)>>,
) -> Answer {
    let Some(who) = newsletter::reader(&site, &token).await? else { return nobodys(&site, &token).await };
    let act = fields.iter().find(|(name, _)| name == "act").map_or("", |(_, value)| value.as_str());
    let lists: Vec<String> = fields.iter().filter(|(name, _)| name == "list").map(|(_, slug)| slug.clone()).collect();
    let done = match act {
        "choose" => {
            newsletter::choose(&site, &who, &lists, visitor.visitor.writer.address).await?;
            if lists.is_empty() { "left" } else { "saved" }
        }
        "leave" => {
            newsletter::choose(&site, &who, &[], None).await?;
            "left"
        }
        "export" => {
            let data = newsletter::export(&site, &who).await?;
            let headers = [
                (header::CONTENT_TYPE, HeaderValue::from_static("application/json")),
                (header::CONTENT_DISPOSITION, HeaderValue::from_static("attachment; filename=\"newsletter.json\"")),
                (header::CACHE_CONTROL, policies::PRIVATE),
            ];
            return Ok((headers, format!("{data:#}\n")).into_response());
        }
        "erase" => {
            let (front, back) = (front(&site).await?, format!("/newsletter/me/{token}"));
            return Ok(private(StatusCode::OK, pages::erase(&site, &front, &who, &back)));
        }
        "erase-now" => {
            newsletter::erase(&site, &who).await?;
            let front = front(&site).await?;
            let line = "Everything about your newsletters is erased. No mail comes to you any more.";
            return Ok(private(StatusCode::OK, pages::said(&site, &front, "Erased", line, pages::ALL)));
        }
        _ => return nothing(&site, &uri).await,
    };
    Ok(see(&format!("/newsletter/me/{token}?done={done}")))
}

/// The name of a newsletter; of one that is no more, its slug.
fn name_of(front: &Front, list: &str) -> String {
    known(front, list).unwrap_or(list).to_owned()
}

fn known<'a>(front: &'a Front, list: &str) -> Option<&'a str> {
    front.edition.newsletters.iter().find(|known| known.slug.as_str() == list).map(|known| known.name.as_str())
}

/// `GET /newsletter/leave/{list}/{token}`
pub async fn leave_page(State(site): State<Site>, Path((list, token)): Path<(String, String)>, uri: Uri) -> Answer {
    let Some(who) = newsletter::reader(&site, &token).await? else { return nobodys(&site, &token).await };
    let front = front(&site).await?;
    let gets = newsletter::chosen(&site, &who).await?.contains(&list);
    let all = format!("/newsletter/me/{token}");
    if gets {
        return Ok(private(StatusCode::OK, pages::leave(&site, &front, &who, &name_of(&front, &list), &all)));
    }
    match known(&front, &list) {
        Some(name) => Ok(private(StatusCode::OK, left(&site, &front, name, &all))),
        None => nothing(&site, &uri).await,
    }
}

fn left(site: &Site, front: &Front, name: &str, all: &str) -> String {
    let line = format!("You have left {name}. No more of it comes to you.");
    pages::said(site, front, "You have left", &line, (all, "Choose your newsletters"))
}

/// `POST /newsletter/leave/{list}/{token}`: from our page, or from a mail program or its
/// provider, which knows no cookie and no Origin of ours.
pub async fn leave(State(site): State<Site>, Path((list, token)): Path<(String, String)>) -> Answer {
    let Some(who) = newsletter::reader(&site, &token).await? else { return nobodys(&site, &token).await };
    newsletter::leave(&site, &who, &list).await?;
    let front = front(&site).await?;
    let all = format!("/newsletter/me/{token}");
    Ok(private(StatusCode::OK, left(&site, &front, &name_of(&front, &list), &all)))
}

/// `GET /newsletter/{slug}`: a letter of the archive.
pub async fn letter(State(site): State<Site>, Path(slug): Path<String>, uri: Uri) -> Answer {
    let Some(letter) = issues::public(&site, &slug).await? else { return nothing(&site, &uri).await };
    let front = front(&site).await?;
    let matter = render::matter(&site, &letter).await?;
    let shown = matter.blocks.iter().flat_map(|(_, articles)| articles);
    let parts = shown.map(|article| Part::Article(article.id)).chain([Part::Letters]).collect();
    let html = pages::letter(&site, &front, &letter, &name_of(&front, &letter.list), &matter);
    Ok(shared(html, keep(&front, parts, front.next_due)))
}

/// A transparent GIF of one pixel (GIF 89a).
const PIXEL: &[u8] = b"GIF89a\x01\x00\x01\x00\x80\x00\x00\x00\x00\x00\xff\xff\xff!\xf9\x04\x01\x00\x00\x00\x00,\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;";

/// `GET /newsletter/opened/{letter}`: the pixel of a letter whose newsletter counts. It is
/// there whatever the number, so that no mail has a hole in it.
pub async fn opened(State(site): State<Site>, Path(letter): Path<String>) -> Answer {
    if let Ok(letter) = letter.parse() {
        counts::opened(&site, letter).await?;
    }
    let kind = HeaderValue::from_static("image/gif");
    let headers = [(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, policies::PRIVATE)];
    Ok((headers, PIXEL).into_response())
}

/// `GET /newsletter/to/{letter}/{article}`: a link in a letter whose newsletter counts; on
/// to the article.
pub async fn follow(
    State(site): State<Site>,
    who: Who,
    Path((letter, article)): Path<(String, String)>,
    uri: Uri,
) -> Answer {
    let (Ok(letter), Ok(article)) = (letter.parse(), article.parse()) else { return nothing(&site, &uri).await };
    let reader = &who.visitor.writer;
    match counts::follow(&site, letter, article, (reader.address, &reader.agent)).await? {
        Some(path) => Ok(see(&path)),
        None => nothing(&site, &uri).await,
    }
}

/// `GET /newsletter/atom.xml`: what was sent (RFC 4287).
pub async fn feed(State(site): State<Site>) -> Answer {
    let front = front(&site).await?;
    let archive = issues::archive(&site, Timestamp(i64::MAX), ON_A_PAGE).await?;
    let kind = HeaderValue::from_static("application/atom+xml; charset=utf-8");
    let text = write_feed(&site, &front, &archive);
    Ok(([(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, policies::PASSING)], text).into_response())
}

fn write_feed(site: &Site, front: &Arc<Front>, archive: &[(Letter, String)]) -> String {
    let moment = |at| atom::FixedDateTime::parse_from_rfc3339(&front.calendar.machine(at)).unwrap_or_default();
    let link = |rel: &str, to: String| atom::Link { href: to, rel: rel.into(), ..atom::Link::default() };
    let at = |letter: &Letter| letter.begun.unwrap_or(letter.made);
    let entries = archive.iter().map(|(letter, list)| {
        let to = site.url(&format!("/newsletter/{}", letter.slug));
        atom::Entry {
            title: letter.subject.clone().into(),
            id: to.clone(),
            updated: moment(at(letter)),
            published: Some(moment(at(letter))),
            categories: vec![atom::Category { term: letter.list.clone(), label: Some(list.clone()), scheme: None }],
            links: vec![link("alternate", to)],
            summary: (!letter.preheader.is_empty()).then(|| letter.preheader.clone().into()),
            ..atom::Entry::default()
        }
    });
    let name = &front.edition.name;
    let feed = atom::Feed {
        title: format!("{}: {name}", front.words.newsletter).into(),
        id: site.url(pages::FEED),
        updated: moment(archive.first().map_or(Timestamp(0), |(letter, _)| at(letter))),
        authors: vec![atom::Person { name: name.clone(), ..atom::Person::default() }],
        links: vec![link("self", site.url(pages::FEED)), link("alternate", site.url("/newsletter"))],
        entries: entries.collect(),
        ..atom::Feed::default()
    };
    // The library escapes what XML reserves, and lets through what it forbids.
    crate::domain::xml::without_forbidden(&feed.to_string()).into_owned()
}

/// `POST /newsletter/bounces/{provider}/{secret}`: a provider tells what became of mails.
pub async fn bounced(
    State(site): State<Site>,
    Extension(metrics): Extension<Arc<Metrics>>,
    Path((provider, secret)): Path<(String, String)>,
    uri: Uri,
    body: axum::body::Bytes,
) -> Answer {
    if !bounces::is_good(&site, &provider, &secret) {
        return nothing(&site, &uri).await;
    }
    let Ok(body) = serde_json::from_slice::<serde_json::Value>(&body) else {
        return Ok((StatusCode::BAD_REQUEST, "this is no JSON\n").into_response());
    };
    if bounces::confirm(&body) == Some(false) {
        tracing::warn!(provider, "somebody wants a link opened that is not Amazon’s");
        return Ok((StatusCode::BAD_REQUEST, "this is no link of Amazon’s\n").into_response());
    }
    let taken = bounces::take(&site, &provider, &body).await?;
    if taken.unknown > 0 {
        metrics.unknown_event(&provider, taken.unknown);
        tracing::warn!(provider, unknown = taken.unknown, "a provider told something that is not understood");
    }
    // A provider tells again what is answered with an error: what is just being taken, and what
    // nobody understands; of a batch, what is understood was taken.
    if taken.busy {
        return Ok(
            (StatusCode::SERVICE_UNAVAILABLE, [(header::RETRY_AFTER, "60")], "again in a minute\n").into_response()
        );
    }
    if taken.known > 0 || taken.unknown == 0 {
        Ok(StatusCode::NO_CONTENT.into_response())
    } else {
        Ok((StatusCode::BAD_REQUEST, "this is no event that is understood\n").into_response())
    }
}
