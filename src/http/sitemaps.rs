//! Sitemaps (sitemaps.org 0.9): an index, the articles streamed from the
//! database, the lists and pages, and the news of two days.

use super::{
    answer::{Answer, nothing},
    policies,
};
use crate::{
    domain::xml::without_forbidden,
    services::{
        Site,
        articles::sitemaps,
        site::frame::{Front, front},
    },
};
use axum::{
    body::Body,
    extract::{Path, State},
    http::{HeaderValue, Uri, header},
    response::{IntoResponse, Response},
};
use futures_util::stream::try_unfold;
use std::sync::Arc;

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n";
const URLS: &str = "<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n";
const NEWS: &str = "<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\" \
     xmlns:news=\"http://www.google.com/schemas/sitemap-news/0.9\">\n";
const INDEX: &str = "<sitemapindex xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n";

/// A text as it may stand in XML.
fn escape(text: impl AsRef<str>) -> String {
    quick_xml::escape::escape(without_forbidden(text.as_ref()).as_ref()).into_owned()
}

fn xml(body: impl Into<Body>) -> Response {
    let kind = HeaderValue::from_static("application/xml; charset=utf-8");
    ([(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, policies::PASSING)], body.into()).into_response()
}

/// `/sitemap.xml`
pub async fn index(State(site): State<Site>) -> Answer {
    let front = front(&site).await?;
    let numbers = sitemaps::numbers(&site, &front).await?;
    let names = numbers.into_iter().map(|number| format!("/sitemaps/articles-{number}.xml"));
    let lines: String = std::iter::once("/sitemaps/site.xml".to_owned())
        .chain(names)
        .map(|path| format!("<sitemap><loc>{}</loc></sitemap>\n", escape(site.url(&path))))
        .collect();
    Ok(xml(format!("{HEAD}{INDEX}{lines}</sitemapindex>\n")))
}

/// `/sitemaps/{name}`: `site.xml`, `articles-1.xml` …
pub async fn part(State(site): State<Site>, Path(name): Path<String>, uri: Uri) -> Answer {
    if name == "site.xml" {
        let paths = sitemaps::lists_and_pages(&site).await?;
        let lines: String =
            paths.iter().map(|path| format!("<url><loc>{}</loc></url>\n", escape(site.url(path)))).collect();
        return Ok(xml(format!("{HEAD}{URLS}{lines}</urlset>\n")));
    }
    let number = name.strip_prefix("articles-").and_then(|rest| rest.strip_suffix(".xml"));
    // Short enough that no number of rows overflows.
    let number = number.filter(|n| n.len() <= 9 && !n.starts_with(['0', '+'])).and_then(|n| n.parse::<i64>().ok());
    let Some(number) = number else { return nothing(&site, &uri).await };
    let front = front(&site).await?;
    let first = lines(&site, &front, number, 0).await?;
    if first.0.is_empty() {
        return nothing(&site, &uri).await;
    }
    Ok(xml(stream(site, front, number, first)))
}

/// Some lines of a sitemap, and the row of the last one.
async fn lines(
    site: &Site,
    front: &Front,
    number: i64,
    after: i64,
) -> Result<(String, i64), crate::services::StorageError> {
    let piece = sitemaps::piece(site, front, number, after).await?;
    let last = piece.last().map_or(after, |mapped| mapped.id.0);
    let lines = piece.iter().map(|mapped| {
        let (loc, changed) = (site.url(&mapped.href), front.calendar.machine(mapped.changed));
        format!("<url><loc>{}</loc><lastmod>{changed}</lastmod></url>\n", escape(loc))
    });
    Ok((lines.collect(), last))
}

/// One chunk of rows in memory at a time.
fn stream(site: Site, front: Arc<Front>, number: i64, first: (String, i64)) -> Body {
    enum At {
        First(String, i64),
        After(i64),
        End,
    }
    let chunks = try_unfold((At::First(first.0, first.1), site, front), move |(at, site, front)| async move {
        let (text, next) = match at {
            At::First(text, last) => (format!("{HEAD}{URLS}{text}"), At::After(last)),
            At::After(after) => match lines(&site, &front, number, after).await? {
                (text, _) if text.is_empty() => ("</urlset>\n".to_owned(), At::End),
                (text, last) => (text, At::After(last)),
            },
            At::End => return Ok::<_, crate::services::StorageError>(None),
        };
        Ok(Some((bytes::Bytes::from(text), (next, site, front))))
    });
    Body::from_stream(chunks)
}

/// `/news-sitemap.xml`
pub async fn news(State(site): State<Site>) -> Answer {
    let front = front(&site).await?;
    let edition = &front.edition;
    let lines: String = sitemaps::news(&site)
        .await?
        .iter()
        .map(|article| {
            format!(
                "<url><loc>{}</loc><news:news><news:publication><news:name>{}</news:name><news:language>{}</news:language>\
                 </news:publication><news:publication_date>{}</news:publication_date><news:title>{}</news:title></news:news></url>\n",
                escape(site.url(&article.href())),
                escape(&edition.name),
                escape(edition.language.split('-').next().unwrap_or("en")),
                front.calendar.machine(article.published),
                escape(&article.title),
            )
        })
        .collect();
    Ok(xml(format!("{HEAD}{NEWS}{lines}</urlset>\n")))
}
