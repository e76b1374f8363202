//! `/newsroom/newsletter/…`: letters are written, approved, followed.

use super::may;
use crate::http::{
    answer::{Answer, Fault, nothing, private, see},
    forms::Posted,
    policies,
    readers::query_value,
    visitor::Who,
};
use crate::{
    domain::{
        account::Right,
        newsletter::{Kind, LetterFaults, State as Standing},
    },
    pages::newsroom::{self as pages, Looked, Writing},
    services::{
        Site,
        accounts::Account,
        comments::moderation::By,
        newsletter::{
            self,
            issues::{self, Act, Form, LetterError},
            render::{self, PreviewError},
        },
        site::frame::front,
    },
};
use axum::{
    extract::{Path, State},
    http::{HeaderValue, StatusCode, Uri, header},
    response::{Html, IntoResponse},
};
use serde::Deserialize;

impl From<LetterError> for Fault {
    fn from(error: LetterError) -> Self {
        Self::new(error)
    }
}

/// `GET /newsroom/newsletter`
pub async fn desk(State(site): State<Site>, who: Who, uri: Uri) -> Answer {
    let account = may!(&site, &who, Right::Newsletter);
    let said = match query_value(uri.query().unwrap_or_default(), "done").as_str() {
        "discard" => Some("The draft is thrown away."),
        "release" => Some("Digests go out by themselves again."),
        _ => None,
    };
    let desk = issues::desk(&site, By::Account(account)).await?;
    let front = front(&site).await?;
    Ok(private(StatusCode::OK, pages::letters(&site, &front, account, &desk, said)))
}

/// `GET /newsroom/newsletter/new?kind=…`
pub async fn new(State(site): State<Site>, who: Who, uri: Uri) -> Answer {
    let account = may!(&site, &who, Right::Newsletter);
    let asked = |key| query_value(uri.query().unwrap_or_default(), key);
    let kind = if asked("kind") == "article" { Kind::Article } else { Kind::Message };
    let form = Form { article: asked("article").chars().take(300).collect(), ..Form::default() };
    write_page(&site, account, StatusCode::OK, kind, &form, &LetterFaults::default()).await
}

async fn write_page(
    site: &Site,
    account: &Account,
    status: StatusCode,
    kind: Kind,
    form: &Form,
    faults: &LetterFaults,
) -> Answer {
    let front = front(site).await?;
    Ok(private(status, pages::write(site, &front, account, Writing { kind, form, faults })))
}

/// The fields of all forms of letters.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Fields {
    act: String,
    kind: String,
    list: String,
    subject: String,
    preheader: String,
    body: String,
    article: String,
    when: String,
}

impl Fields {
    fn form(&self) -> Form {
        Form {
            list: self.list.clone(),
            subject: self.subject.clone(),
            preheader: self.preheader.clone(),
            body: self.body.clone(),
            article: self.article.clone(),
            when: self.when.clone(),
        }
    }
}

/// `POST /newsroom/newsletter`: a new draft, or letters go on after a back-up was restored.
pub async fn begin(State(site): State<Site>, who: Who, Posted(fields): Posted<Fields>) -> Answer {
    let account = may!(&site, &who, Right::Newsletter);
    let by = By::Account(account);
    if fields.act == "release" {
        issues::release(&site, by).await?;
        return Ok(see("/newsroom/newsletter?done=release"));
    }
    let kind = if fields.kind == Kind::Article.as_str() { Kind::Article } else { Kind::Message };
    let form = fields.form();
    match issues::write(&site, kind, &form, by).await {
        Ok(id) => Ok(see(&format!("/newsroom/newsletter/{id}?done=save"))),
        Err(LetterError::Faults(faults)) => {
            write_page(&site, account, StatusCode::UNPROCESSABLE_ENTITY, kind, &form, &faults).await
        }
        Err(error) => Err(error.into()),
    }
}

/// `GET /newsroom/newsletter/{id}`
pub async fn letter(State(site): State<Site>, who: Who, Path(id): Path<String>, uri: Uri) -> Answer {
    let account = may!(&site, &who, Right::Newsletter);
    let Ok(id) = id.parse() else { return nothing(&site, &uri).await };
    let said = match query_value(uri.query().unwrap_or_default(), "done").as_str() {
        "save" => Some("It is saved."),
        "test" => Some("The test is on its way to you, and to nobody else."),
        "send" => Some("It is approved."),
        "pause" => Some("It waits. What was on its way arrives."),
        "resume" => Some("It goes on."),
        "end" => Some("It goes on. Whose address is gone gets no more letters."),
        "stop" => Some("It is over."),
        "recall" => Some("It is a draft again."),
        _ => None,
    };
    let shown = Shown { said: said.map(str::to_owned), ..Shown::default() };
    letter_page(&site, account, id, &uri, StatusCode::OK, shown).await
}

/// What a letter's page shows besides the letter.
#[derive(Default)]
struct Shown<'a> {
    /// Fields as they were sent, with what is wrong with them.
    wrong: Option<(&'a Form, &'a LetterFaults)>,
    /// A word about what was done.
    said: Option<String>,
    /// What is about to happen.
    asked: Option<String>,
}

async fn letter_page(
    site: &Site,
    account: &Account,
    id: i64,
    uri: &Uri,
    status: StatusCode,
    shown: Shown<'_>,
) -> Answer {
    let (letter, progress, troubles) = match issues::letter(site, id, By::Account(account)).await {
        Ok(found) => found,
        Err(LetterError::Unknown) => return nothing(site, uri).await,
        Err(error) => return Err(error.into()),
    };
    // A letter that can't be made is looked at all the same: there it says why.
    let (text, unmade) = match render::preview(site, &letter).await {
        Ok((_, text)) => (text, None),
        Err(PreviewError::Unmade(fault)) => (String::new(), Some(LetterError::Unmade(fault).to_string())),
        Err(PreviewError::Storage(error)) => return Err(error.into()),
    };
    let article = match render::matter(site, &letter).await {
        Ok(matter) => matter.blocks.first().and_then(|(_, articles)| Some(articles.first()?.href())),
        Err(_) if unmade.is_some() => None,
        Err(error) => return Err(error.into()),
    };
    let stored = Form {
        list: letter.list.clone(),
        subject: letter.subject.clone(),
        preheader: letter.preheader.clone(),
        body: letter.body.clone(),
        article: article.unwrap_or_default(),
        when: String::new(),
    };
    let none = LetterFaults::default();
    let (form, faults) = shown.wrong.map_or((&stored, &none), |(form, faults)| (form, faults));
    let front = front(site).await?;
    let writing = Writing { kind: letter.kind, form, faults };
    let Shown { said, asked, .. } = shown;
    let said = said.or(unmade);
    let looked = Looked { letter: &letter, progress, faults: &troubles, writing, text: &text, said, asked };
    let mut response = private(status, pages::letter(site, &front, account, looked));
    let moves = letter.state == Standing::Sending || letter.due.is_some_and(|due| due <= site.now());
    if moves && letter.ended.is_none() && letter.state != Standing::Paused {
        // The page follows how far it is.
        response.headers_mut().insert(header::REFRESH, HeaderValue::from_static("5"));
    }
    Ok(response)
}

/// `POST /newsroom/newsletter/{id}`
pub async fn act(
    State(site): State<Site>,
    who: Who,
    Path(id): Path<String>,
    uri: Uri,
    Posted(fields): Posted<Fields>,
) -> Answer {
    let account = may!(&site, &who, Right::Newsletter);
    let Ok(id) = id.parse() else { return nothing(&site, &uri).await };
    let by = By::Account(account);
    let name = fields.act.as_str();
    let form = fields.form();
    // The fields of a draft are saved whatever is pressed beside them.
    let saves = matches!(name, "save" | "see" | "test" | "approve");
    let saved = if saves { issues::save(&site, id, &form, by).await } else { Ok(()) };
    let done = match (saved, name, Act::of(name)) {
        (Err(error), ..) => Err(error),
        (Ok(()), "save", _) => Ok(()),
        (Ok(()), "see", _) => return Ok(see(&format!("/newsroom/newsletter/{id}/mail"))),
        (Ok(()), "test", _) => issues::test(&site, id, account).await,
        (Ok(()), "approve", _) => match issues::ask(&site, id, &form.when, by).await {
            Ok(asked) => {
                let none = LetterFaults::default();
                let shown = Shown { wrong: Some((&form, &none)), asked: Some(asked), ..Shown::default() };
                return letter_page(&site, account, id, &uri, StatusCode::OK, shown).await;
            }
            Err(error) => Err(error),
        },
        (Ok(()), "send", _) => issues::approve(&site, id, &fields.when, by).await,
        (Ok(()), _, Some(act)) => issues::act(&site, id, act, by).await,
        _ => return nothing(&site, &uri).await,
    };
    match done {
        Ok(()) if name == "discard" => Ok(see("/newsroom/newsletter?done=discard")),
        Ok(()) => Ok(see(&format!("/newsroom/newsletter/{id}?done={name}"))),
        Err(LetterError::Unknown) => nothing(&site, &uri).await,
        Err(LetterError::Storage(error)) => Err(error.into()),
        Err(LetterError::Faults(faults)) => {
            let shown = Shown { wrong: Some((&form, &*faults)), ..Shown::default() };
            letter_page(&site, account, id, &uri, StatusCode::UNPROCESSABLE_ENTITY, shown).await
        }
        Err(error) => {
            let shown = Shown { said: Some(error.to_string()), ..Shown::default() };
            letter_page(&site, account, id, &uri, StatusCode::CONFLICT, shown).await
        }
    }
}

/// `GET /newsroom/newsletter/{id}/mail`: the mail as a mail program shows it. Its styles
/// stand in it, as mail programs want it; nothing else may run or load there.
pub async fn mail(State(site): State<Site>, who: Who, Path(id): Path<String>, uri: Uri) -> Answer {
    const POLICY: HeaderValue = HeaderValue::from_static(
        "default-src 'none'; img-src 'self'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    );
    let account = may!(&site, &who, Right::Newsletter);
    let Ok(id) = id.parse() else { return nothing(&site, &uri).await };
    let letter = match issues::letter(&site, id, By::Account(account)).await {
        Ok((letter, ..)) => letter,
        Err(LetterError::Unknown) => return nothing(&site, &uri).await,
        Err(error) => return Err(error.into()),
    };
    let html = match render::preview(&site, &letter).await {
        Ok((html, _)) => html,
        Err(PreviewError::Unmade(_)) => return Ok(see(&format!("/newsroom/newsletter/{id}"))),
        Err(PreviewError::Storage(error)) => return Err(error.into()),
    };
    let headers = [(header::CACHE_CONTROL, policies::PRIVATE), (header::CONTENT_SECURITY_POLICY, POLICY)];
    Ok((headers, Html(html)).into_response())
}

/// `GET /newsroom/newsletter/readers.csv`
pub async fn readers(State(site): State<Site>, who: Who) -> Answer {
    may!(&site, &who, Right::Newsletter);
    let mut text = String::new();
    newsletter::csv(&site, |line| {
        text.push_str(line);
        Ok(())
    })
    .await?;
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("text/csv; charset=utf-8")),
        (header::CONTENT_DISPOSITION, HeaderValue::from_static("attachment; filename=\"readers.csv\"")),
        (header::CACHE_CONTROL, policies::PRIVATE),
    ];
    Ok((headers, text).into_response())
}
