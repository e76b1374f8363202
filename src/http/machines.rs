//! Small files that machines ask for: what robots may do, how a phone installs
//! the site, how a browser searches it, where faults of security are told to.

use super::{
    answer::{Answer, nothing},
    page_cache::Keep,
    policies,
};
use crate::{
    domain::time::Timestamp,
    services::{Site, site::frame::front},
};
use axum::{
    extract::State,
    http::{HeaderValue, Uri, header},
    response::{IntoResponse, Response},
};
use quick_xml::escape::escape;
use serde_json::json;

/// Robots that gather texts to train models, by the names their makers publish.
const TRAINING: &[&str] = &[
    "AI2Bot",
    "Amazonbot",
    "Applebot-Extended",
    "Bytespider",
    "CCBot",
    "ClaudeBot",
    "cohere-training-data-crawler",
    "Google-Extended",
    "GPTBot",
    "meta-externalagent",
];
/// Robots that build the indexes of answering machines.
const SEARCH: &[&str] = &["Claude-SearchBot", "OAI-SearchBot", "PerplexityBot"];
/// Robots that fetch a page while they answer somebody.
const RETRIEVAL: &[&str] = &["ChatGPT-User", "Claude-User", "DuckAssistBot", "MistralAI-User", "Perplexity-User"];

/// All of them change with the settings alone, which forget every kept page.
fn file(kind: &'static str, body: String) -> Response {
    let headers = [(header::CONTENT_TYPE, HeaderValue::from_static(kind)), (header::CACHE_CONTROL, policies::PAGE)];
    let mut response = (headers, body).into_response();
    response.extensions_mut().insert(Keep::default());
    response
}

/// `/robots.txt` (RFC 9309)
pub async fn robots(State(site): State<Site>) -> Answer {
    let front = front(&site).await?;
    let machines = &front.edition.machines;
    let groups = [
        (machines.robots_training, TRAINING),
        (machines.robots_search, SEARCH),
        (machines.robots_retrieval, RETRIEVAL),
    ];
    let mut text = "User-agent: *\nDisallow: /search\nDisallow: /preview/\nDisallow: /comments/\nDisallow: /api/\n\
         Disallow: /newsletter/me/\nDisallow: /newsletter/leave/\nDisallow: /newsletter/confirm/\n"
        .to_owned();
    for (allowed, names) in groups {
        if !allowed {
            text.push('\n');
            text.extend(names.iter().map(|name| format!("User-agent: {name}\n")));
            text.push_str("Disallow: /\n");
        }
    }
    text.push_str(&format!("\nSitemap: {}\nSitemap: {}\n", site.url("/sitemap.xml"), site.url("/news-sitemap.xml")));
    Ok(file("text/plain; charset=utf-8", text))
}

/// `/manifest.webmanifest` (W3C Web Application Manifest)
pub async fn manifest(State(site): State<Site>) -> Answer {
    let front = front(&site).await?;
    let edition = &front.edition;
    let icon = |src: &str, sizes: &str, kind: &str| json!({ "src": src, "sizes": sizes, "type": kind });
    let manifest = json!({
        "id": "/",
        "name": edition.name,
        "short_name": edition.name,
        "description": edition.description,
        "lang": edition.language,
        "dir": front.words.direction,
        "start_url": "/",
        "scope": "/",
        "display": "minimal-ui",
        "background_color": "#fdfcf9",
        "theme_color": "#fdfcf9",
        "categories": ["news"],
        "icons": [
            icon("/icon-192.png", "192x192", "image/png"),
            icon("/icon-512.png", "512x512", "image/png"),
            icon("/icon.svg", "any", "image/svg+xml"),
        ],
    });
    Ok(file("application/manifest+json; charset=utf-8", manifest.to_string()))
}

/// `/opensearch.xml` (OpenSearch 1.1)
pub async fn opensearch(State(site): State<Site>) -> Answer {
    let front = front(&site).await?;
    let edition = &front.edition;
    // A short name has at most 16 characters there.
    let short = short_name(&edition.name);
    let text = format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<OpenSearchDescription xmlns=\"http://a9.com/-/spec/opensearch/1.1/\">\
         <ShortName>{}</ShortName><Description>{}</Description><InputEncoding>UTF-8</InputEncoding>\
         <Image width=\"32\" height=\"32\" type=\"image/x-icon\">{}</Image>\
         <Url type=\"text/html\" method=\"get\" template=\"{}?q={{searchTerms}}\"/>\
         <Url type=\"application/x-suggestions+json\" template=\"{}?q={{searchTerms}}\"/></OpenSearchDescription>\n",
        escape(short.trim()),
        escape(&edition.name),
        escape(site.url("/favicon.ico")),
        escape(site.url("/search")),
        escape(site.url("/search/suggestions")),
    );
    let text = crate::domain::xml::without_forbidden(&text).into_owned();
    Ok(file("application/opensearchdescription+xml; charset=utf-8", text))
}

/// Where [`speculation`] stands, for the header of every page that readers share.
pub const SPECULATION: HeaderValue = HeaderValue::from_static("\"/speculation-rules.json\"");

/// `/speculation-rules.json` (HTML, speculative loading): what a browser may fetch
/// while the pointer rests on a link. Kept pages alone: they cost nothing, and
/// nothing happens by fetching them.
pub async fn speculation() -> Response {
    let not = [
        "/search*",
        "/preview/*",
        "/comments/*",
        "/newsletter/*/*",
        "/media/*",
        "/sitemaps/*",
        "/*.xml",
        "/*.json",
        "/*.txt",
    ];
    let not = not.map(|pattern| json!({ "not": { "href_matches": pattern } }));
    let mut all =
        vec![json!({ "href_matches": "/*" }), json!({ "not": { "selector_matches": "[download], [rel~=nofollow]" } })];
    all.extend(not);
    let rules = json!({ "prefetch": [{ "where": { "and": all }, "eagerness": "moderate" }] });
    file("application/speculationrules+json; charset=utf-8", rules.to_string())
}

/// `/.well-known/security.txt` (RFC 9116), where the settings name somebody.
pub async fn security(State(site): State<Site>, uri: Uri) -> Answer {
    let front = front(&site).await?;
    let Some(contact) = &front.edition.machines.security_contact else { return nothing(&site, &uri).await };
    // Less than a year ahead, as the RFC recommends; told anew with each build of the answer.
    let expires = front.calendar.machine(site.now().plus(180 * Timestamp::DAY));
    let text = format!(
        "Contact: {contact}\nExpires: {expires}\nCanonical: {}\nPreferred-Languages: {}\n",
        site.url("/.well-known/security.txt"),
        front.edition.language,
    );
    let kind = HeaderValue::from_static("text/plain; charset=utf-8");
    Ok(([(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, policies::PASSING)], text).into_response())
}

/// As many whole words of a name as 16 characters hold; of a longer word its beginning.
fn short_name(name: &str) -> String {
    let cut: String = name.chars().take(16).collect();
    match cut.rsplit_once(' ') {
        Some((words, _)) if cut.len() < name.len() && !name[cut.len()..].starts_with(' ') => words.to_owned(),
        _ => cut,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_name_is_whole_words() {
        for (name, short) in [
            ("The Politic Review", "The Politic"),
            ("The Sixteen Char", "The Sixteen Char"),
            ("The Sixteen Char Post", "The Sixteen Char"),
            ("Wirtschaftsnachrichten", "Wirtschaftsnachr"),
            ("Ça ira plus loin encore", "Ça ira plus loin"),
        ] {
            assert_eq!(short_name(name), short);
        }
    }
}
