//! `/search`: results, what is found while somebody types, suggestions for browsers.

use super::{
    answer::{Answer, Fault, passing},
    policies,
    readers::query_value,
    visitor::Who,
};
use crate::{
    pages,
    services::{
        Site,
        search::{self, Asked, IndexError, Sort},
        site::{frame::front, ip::household},
    },
};
use axum::{
    Json,
    extract::{RawQuery, State},
    http::{HeaderValue, StatusCode, header},
    response::{Html, IntoResponse, Response},
};

/// Longer questions are cut; in characters.
const LONGEST: usize = 300;
const MINUTE: i64 = 60_000;
/// So many pages of results a network may ask for in a minute.
const PAGES: u32 = 60;
/// So many times it may ask while typing.
const TYPED: u32 = 300;

impl From<IndexError> for Fault {
    fn from(error: IndexError) -> Self {
        Self::new(error)
    }
}

fn asked(query: &str) -> Asked {
    let value = |key| query_value(query, key);
    let slug = |key| value(key).parse().ok();
    Asked {
        // A space at the end says that the last word is finished.
        typed: value("q").trim_start().chars().filter(|c| !c.is_control()).take(LONGEST).collect(),
        sort: if value("sort") == "date" { Sort::Date } else { Sort::Relevance },
        section: slug("section"),
        author: slug("author"),
        topic: slug("topic"),
        year: value("year").parse().ok().filter(|year| (1..=9_998).contains(year)),
        page: value("page").parse().unwrap_or(1).max(1),
    }
}

/// Whether a network asks more than it may: the limit is for whoever asks by machine.
fn too_many(site: &Site, who: &Who, what: &str, most: u32) -> bool {
    let key = format!("{what} {}", household(who.visitor.writer.address));
    site.pace.count(&key, MINUTE, site.now()) > most
}

/// 429, to be tried again in a minute.
fn wait(body: impl IntoResponse) -> Response {
    let headers = [(header::RETRY_AFTER, HeaderValue::from_static("60")), (header::CACHE_CONTROL, policies::PRIVATE)];
    (StatusCode::TOO_MANY_REQUESTS, headers, body).into_response()
}

/// `/search?q=…`
pub async fn page(State(site): State<Site>, who: Who, RawQuery(query): RawQuery) -> Answer {
    let asked = asked(query.as_deref().unwrap_or_default());
    let front = front(&site).await?;
    if !asked.typed.is_empty() && too_many(&site, &who, "search", PAGES) {
        return Ok(wait(Html(pages::search::busy(&site, &front, &asked))));
    }
    // An index that fails is away, as far as a reader is concerned.
    let results = search::ask(&site, &asked).await.unwrap_or_else(|error| {
        tracing::error!(%error, "a question could not be answered");
        None
    });
    Ok(passing(pages::search::page(&site, &front, &asked, results.as_ref())))
}

/// `/search/typed?q=…`: the list under the field, as a piece of HTML.
pub async fn typed(State(site): State<Site>, who: Who, RawQuery(query): RawQuery) -> Answer {
    let asked = asked(query.as_deref().unwrap_or_default());
    if too_many(&site, &who, "typed", TYPED) {
        return Ok(wait(()));
    }
    let Some(found) = search::as_typed(&site, &asked.typed).await? else {
        return Ok(StatusCode::SERVICE_UNAVAILABLE.into_response());
    };
    let front = front(&site).await?;
    let headers = [(header::CACHE_CONTROL, policies::PASSING)];
    Ok((headers, Html(pages::search::typed(&front, &asked, &found))).into_response())
}

/// `/search/suggestions?q=…`, for a browser's address bar (OpenSearch Suggestions 1.1).
pub async fn suggestions(State(site): State<Site>, who: Who, RawQuery(query): RawQuery) -> Answer {
    let asked = asked(query.as_deref().unwrap_or_default());
    if too_many(&site, &who, "typed", TYPED) {
        return Ok(wait(()));
    }
    let found = search::as_typed(&site, &asked.typed).await?.unwrap_or_default().items;
    let titles: Vec<&str> = found.iter().map(|found| found.article.title.as_str()).collect();
    let addresses: Vec<String> = found.iter().map(|found| site.url(&found.article.href())).collect();
    let dates: Vec<String> = {
        let front = front(&site).await?;
        found.iter().map(|found| front.calendar.date(found.article.published)).collect()
    };
    let kind = HeaderValue::from_static("application/x-suggestions+json; charset=utf-8");
    let headers = [(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, policies::PASSING)];
    Ok((headers, Json((asked.typed, titles, dates, addresses)).into_response().into_body()).into_response())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_read_whatever_they_hold() {
        let asked = asked("q=price+tag%00&sort=date&section=world&author=A%20B&year=2024&page=3");
        assert_eq!(
            (asked.typed.as_str(), asked.sort, asked.page, asked.year),
            ("price tag", Sort::Date, 3, Some(2024))
        );
        assert!(asked.section.is_some() && asked.author.is_none() && asked.topic.is_none());
        let odd = super::asked("q=%ff&page=-1&year=99999&sort=x");
        assert_eq!((odd.page, odd.year, odd.sort), (1, None, Sort::Relevance));
        assert_eq!(super::asked(&format!("q={}", "x".repeat(10_000))).typed.len(), LONGEST);
        assert_eq!((super::asked("q=++a+").typed.as_str(), super::asked("q=++").typed.as_str()), ("a ", ""));
    }
}
