//! Articles are passed on: clicks are counted, and for Mastodon the reader's own server is
//! asked for.

use super::{
    answer::{Answer, nothing, private, see},
    forms::Posted,
    readers::query_value,
    visitor::Who,
};
use crate::{
    domain::{
        article::{Article, href},
        share::{Service, Shared, encode, mastodon},
        slug::Slug,
    },
    pages,
    services::{Site, conversations::seen_article, front::front, shares},
};
use axum::{
    extract::{Path, State},
    http::{StatusCode, Uri},
    response::{IntoResponse, Response},
};
use serde::Deserialize;

/// `POST /shared/{service}/{article}`: a reader has used a service. Browsers send it beside
/// the click; whoever it was is not stored.
pub async fn shared(
    State(site): State<Site>,
    who: Who,
    Path((service, article)): Path<(String, String)>,
) -> Result<StatusCode, Response> {
    let (Ok(service), Ok(slug)) = (service.parse::<Service>(), article.parse::<Slug>()) else {
        return Ok(StatusCode::NOT_FOUND);
    };
    let reader = &who.visitor.writer;
    if let Some(address) = reader.address {
        let noted = shares::note(&site, &slug, service, (address, &reader.agent)).await;
        noted.map_err(|error| super::answer::Fault::from(error).into_response())?;
    }
    Ok(StatusCode::NO_CONTENT)
}

async fn page(site: &Site, article: &Article, server: &str, fault: bool) -> Answer {
    let front = front(site).await?;
    let url = site.url(&href(&article.section.slug, &article.slug));
    let what = Shared {
        url: &url,
        title: &article.title,
        text: &article.standfirst,
        picture: None,
        slug: article.slug.as_str(),
    };
    let to = mastodon(server, what).filter(|_| !fault);
    let status = if fault { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    Ok(private(status, pages::sharing::mastodon(site, &front, article, server, to.as_ref(), fault)))
}

/// `GET /share/mastodon?article=…`
pub async fn form(State(site): State<Site>, who: Who, uri: Uri) -> Answer {
    let slug = query_value(uri.query().unwrap_or_default(), "article").parse::<Slug>();
    let article = match slug {
        Ok(slug) => seen_article(&site, &slug).await?,
        Err(_) => None,
    };
    let Some(article) = article else { return nothing(&site, &uri).await };
    page(&site, &article, &who.mastodon(&site), false).await
}

/// The fields of the form.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Fields {
    article: String,
    server: String,
}

/// `POST /share/mastodon`: the reader's server is kept in the reader's browser.
pub async fn choose(State(site): State<Site>, who: Who, uri: Uri, Posted(fields): Posted<Fields>) -> Answer {
    let article = match fields.article.parse::<Slug>() {
        Ok(slug) => seen_article(&site, &slug).await?,
        Err(_) => None,
    };
    let Some(article) = article else { return nothing(&site, &uri).await };
    let nothing_yet = Shared { url: "", title: "", text: "", picture: None, slug: "" };
    let Some((server, _)) = mastodon(&fields.server, nothing_yet) else {
        let written: String = fields.server.chars().take(300).collect();
        return page(&site, &article, &written, true).await;
    };
    // Not on to it at once: forms of ours lead nowhere else (Content-Security-Policy).
    let mut response = see(&format!("/share/mastodon?article={}", encode(article.slug.as_str())));
    who.keep_mastodon(&site, server, &mut response);
    Ok(response)
}
