//! `/sign-in`, `/newsroom/sign-in`, `/sign-out`.

use super::{
    answer::{Answer, Fault, private, see},
    forms::Posted,
    visitor::Who,
};
use crate::{
    pages::sign_in::{self, State as Page},
    services::{
        Site,
        accounts::{self, Account, AccountError, Asker},
        site::{frame::front, ip::household},
    },
};
use axum::{
    extract::{Path, State},
    http::StatusCode,
};
use serde::Deserialize;

impl From<AccountError> for Fault {
    fn from(error: AccountError) -> Self {
        Self::new(error)
    }
}

async fn page(site: &Site, status: StatusCode, state: Page<'_>) -> Answer {
    let front = front(site).await?;
    Ok(private(status, sign_in::page(site, &front, &state)))
}

/// The page for whoever is signed in, or can't; `None` for all others.
async fn settled(site: &Site, who: &Who) -> Result<Option<axum::response::Response>, Fault> {
    if let Some(signed) = &who.visitor.signed {
        return Ok(Some(signed_page(site, &signed.account, None).await?));
    }
    if !who.may_sign_in(site) {
        return Ok(Some(page(site, StatusCode::FORBIDDEN, Page::Insecure).await?));
    }
    Ok(None)
}

async fn signed_page(site: &Site, account: &Account, fault: Option<String>) -> Answer {
    let status = if fault.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    page(site, status, Page::Signed(&account.name, account.role.is_staff(), fault)).await
}

/// The field of a reader's name.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Name {
    name: String,
}

/// `POST /sign-in/name`: how a reader's comments are signed.
pub async fn rename(State(site): State<Site>, who: Who, Posted(fields): Posted<Name>) -> Answer {
    let Some(signed) = &who.visitor.signed else { return Ok(see("/sign-in")) };
    match accounts::rename(&site, signed, &fields.name).await {
        Ok(()) => Ok(see("/sign-in")),
        Err(AccountError::Fault(fault)) => signed_page(&site, &signed.account, Some(fault)).await,
        Err(error) => Err(error.into()),
    }
}

/// `GET /sign-in`
pub async fn form(State(site): State<Site>, who: Who) -> Answer {
    match settled(&site, &who).await? {
        Some(answer) => Ok(answer),
        None => page(&site, StatusCode::OK, Page::Reader("", None)).await,
    }
}

/// The fields of both forms.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Fields {
    email: String,
    password: String,
}

/// `POST /sign-in`: sends the link.
pub async fn send(State(site): State<Site>, who: Who, Posted(fields): Posted<Fields>) -> Answer {
    if let Some(answer) = settled(&site, &who).await? {
        return Ok(answer);
    }
    // Asked twice, both links are known again in this browser.
    let browser = match who.asking(&site) {
        none if none.is_empty() => accounts::asking_browser().map_err(AccountError::from)?,
        browser => browser,
    };
    let writer = &who.visitor.writer;
    let asker = Asker { browser: &browser, agent: &writer.agent, address: writer.address };
    match accounts::send_link(&site, &fields.email, &asker).await {
        Ok(()) => {
            let mut response = page(&site, StatusCode::OK, Page::Sent).await?;
            who.keep_asking(&site, browser, &mut response);
            Ok(response)
        }
        Err(AccountError::Fault(fault)) => {
            page(&site, StatusCode::UNPROCESSABLE_ENTITY, Page::Reader(&fields.email, Some(fault))).await
        }
        Err(error) => Err(error.into()),
    }
}

/// `GET /sign-in/{token}`: the page behind the link of a mail.
pub async fn link(State(site): State<Site>, who: Who, Path(token): Path<String>) -> Answer {
    if let Some(answer) = settled(&site, &who).await? {
        return Ok(answer);
    }
    match accounts::link(&site, &token, &who.asking(&site)).await? {
        Some((link, here)) => page(&site, StatusCode::OK, Page::Link(&link, here)).await,
        None => page(&site, StatusCode::NOT_FOUND, Page::OldLink).await,
    }
}

/// `POST /sign-in/{token}`: its button.
pub async fn use_link(State(site): State<Site>, who: Who, Path(token): Path<String>) -> Answer {
    if let Some(answer) = settled(&site, &who).await? {
        return Ok(answer);
    }
    match accounts::sign_in_by_link(&site, &token).await? {
        Some(session) => {
            let mut response = see("/sign-in");
            who.begin(&site, session, &mut response);
            Ok(response)
        }
        None => page(&site, StatusCode::NOT_FOUND, Page::OldLink).await,
    }
}

/// `GET /newsroom/sign-in`
pub async fn staff_form(State(site): State<Site>, who: Who) -> Answer {
    if let Some(answer) = settled(&site, &who).await? {
        return Ok(answer);
    }
    if accounts::nobody(&site).await? {
        return page(&site, StatusCode::OK, Page::Nobody).await;
    }
    page(&site, StatusCode::OK, Page::Staff("", None)).await
}

/// `POST /newsroom/sign-in`
pub async fn staff(State(site): State<Site>, who: Who, Posted(fields): Posted<Fields>) -> Answer {
    if !who.may_sign_in(&site) {
        return page(&site, StatusCode::FORBIDDEN, Page::Insecure).await;
    }
    let network = household(who.visitor.writer.address);
    match accounts::sign_in(&site, &fields.email, &fields.password, &network, &who.known(&site)).await {
        Ok(session) => {
            // The session from before, if there is one, is another person's now.
            if !who.visitor.session.is_empty() {
                accounts::sign_out(&site, &who.visitor.session).await?;
            }
            let mut response = see("/newsroom");
            who.begin(&site, session, &mut response);
            let known = accounts::known_browser(&site, &fields.email).map_err(AccountError::from)?;
            who.keep_known(&site, known, &mut response);
            Ok(response)
        }
        Err(error @ (AccountError::Wrong | AccountError::TooMany | AccountError::Busy)) => {
            let status = match error {
                AccountError::TooMany => StatusCode::TOO_MANY_REQUESTS,
                AccountError::Busy => StatusCode::SERVICE_UNAVAILABLE,
                _ => StatusCode::UNAUTHORIZED,
            };
            page(&site, status, Page::Staff(&fields.email, Some(error.to_string()))).await
        }
        Err(error) => Err(error.into()),
    }
}

/// `POST /sign-out`
pub async fn sign_out(State(site): State<Site>, who: Who) -> Answer {
    accounts::sign_out(&site, &who.visitor.session).await?;
    let mut response = see("/");
    who.end(&site, &mut response);
    Ok(response)
}
