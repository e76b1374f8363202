//! Articles are passed on: clicks are counted, and for Mastodon the reader's own server is
//! asked for.

use super::{
    answer::{Answer, Fault, nothing, private, see},
    forms::Posted,
    readers::query_value,
    visitor::Who,
};
use crate::{
    domain::{
        article::{Article, href},
        share::{Service, Shared, encode, mastodon, server},
        slug::Slug,
    },
    pages,
    services::{Site, analytics::shares, comments::threads::seen_article, site::frame::front},
};
use axum::{
    extract::{Path, State},
    http::{StatusCode, Uri},
    response::IntoResponse,
};
use serde::Deserialize;

/// `POST /shared/{service}/{article}`: a reader has used a service. Browsers send it beside
/// the click; whoever it was is not stored.
pub async fn shared(State(site): State<Site>, who: Who, Path((service, article)): Path<(String, String)>) -> Answer {
    let (Ok(service), Ok(slug)) = (service.parse::<Service>(), article.parse::<Slug>()) else {
        return Ok(StatusCode::NOT_FOUND.into_response());
    };
    let reader = &who.visitor.writer;
    if let Some(address) = reader.address {
        shares::note(&site, &slug, service, (address, &reader.agent)).await?;
    }
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// The article of this name, where readers may see it.
async fn article(site: &Site, slug: &str) -> Result<Option<Article>, Fault> {
    match slug.parse::<Slug>() {
        Ok(slug) => Ok(seen_article(site, &slug).await?),
        Err(_) => Ok(None),
    }
}

async fn page(site: &Site, article: &Article, written: &str, fault: bool) -> Answer {
    let known = server(written).filter(|_| !fault);
    let front = front(site).await?;
    let url = site.url(&href(&article.section.slug, &article.slug));
    let what = Shared {
        url: &url,
        title: &article.title,
        text: &article.standfirst,
        picture: None,
        slug: article.slug.as_str(),
    };
    let to = known.map(|server| (server.clone(), mastodon(&server, what)));
    let status = if fault { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    Ok(private(status, pages::sharing::mastodon(site, &front, article, written, to, fault)))
}

/// `GET /share/mastodon?article=…`
pub async fn form(State(site): State<Site>, who: Who, uri: Uri) -> Answer {
    let slug = query_value(uri.query().unwrap_or_default(), "article");
    let Some(article) = article(&site, &slug).await? else { return nothing(&site, &uri).await };
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
    let Some(article) = article(&site, &fields.article).await? else { return nothing(&site, &uri).await };
    let Some(server) = server(&fields.server) else {
        let written: String = fields.server.chars().take(300).collect();
        return page(&site, &article, &written, true).await;
    };
    // Not on to it at once: forms of ours lead nowhere else (Content-Security-Policy).
    let mut response = see(&format!("/share/mastodon?article={}", encode(article.slug.as_str())));
    who.keep_mastodon(&site, server, &mut response);
    Ok(response)
}
