//! What a page says of itself to browsers, robots and social cards.

use super::structured;
use crate::{
    assets,
    domain::{edition::Edition, media::Picture},
    services::Site,
};
use leptos::prelude::*;

/// Runs before the first paint, so that a chosen theme doesn't flash. It is the
/// one script that stands in the page; its hash is in the policy.
pub const THEME_SCRIPT: &str = "document.documentElement.classList.add('js');try{var t=localStorage.getItem('theme');if(t)document.documentElement.dataset.theme=t}catch(e){}";

/// What a page says of itself to browsers and robots.
#[derive(Clone, Debug, Default)]
pub struct Head {
    /// The title without the publication's name; empty on the home page.
    pub title: String,
    /// A sentence for search engines.
    pub description: String,
    /// The path of the page's one address; `None` where it has none of its own.
    pub canonical: Option<String>,
    /// Kept out of search engines.
    pub noindex: bool,
    /// The title of social cards, where it is another.
    pub social_title: Option<String>,
    /// The text of social cards, where it is another.
    pub social_text: Option<String>,
    /// The picture of social cards.
    pub picture: Option<Picture>,
    /// What an article says of itself there.
    pub article: Option<ArticleTags>,
    /// Schema.org, as [`super::structured`] has it.
    pub structured: Option<serde_json::Value>,
    /// The path of a list that has feeds of its own, and its name.
    pub feeds: Option<(String, String)>,
    /// The address of the source, where search engines are sent there.
    pub source: Option<String>,
    /// The path of the current item in the navigation.
    pub current: String,
    /// The language of the matter, where it is not the edition's.
    pub language: Option<String>,
}

/// Open Graph's `article:` tags.
#[derive(Clone, Debug, Default)]
pub struct ArticleTags {
    /// Publication, RFC 3339.
    pub published: String,
    /// The last change that readers are told of, RFC 3339.
    pub updated: Option<String>,
    /// The section's name.
    pub section: String,
    /// The addresses of the authors' pages.
    pub authors: Vec<String>,
    /// The topics' names.
    pub topics: Vec<String>,
}

/// The `head` element.
pub(super) fn head_tags(site: &Site, edition: &Edition, head: Head) -> impl IntoView + use<> {
    let full = match head.title.as_str() {
        "" => format!("{} – {}", edition.name, edition.tagline),
        title => format!("{title} – {}", edition.name),
    };
    let plain = if head.title.is_empty() { edition.name.clone() } else { head.title.clone() };
    let description = if head.description.is_empty() { edition.description.clone() } else { head.description };
    let address = head.canonical.as_ref().map(|path| site.url(path));
    let picture = head.picture.map(|p| {
        // The cut for cards, which is smaller where the picture is.
        let card = p.cuts().into_iter().find(|(name, _)| *name == "card" && p.width >= 1_200 && p.height >= 630);
        let (url, width, height) = match card {
            Some((_, url)) => (url, 1_200, 630),
            None => (p.href(), p.width, p.height),
        };
        view! {
            {property("og:image", site.url(&url))}
            {property("og:image:width", width.to_string())}
            {property("og:image:height", height.to_string())}
            {property("og:image:alt", p.alt)}
            <meta name="twitter:card" content="summary_large_image"/>
        }
    });
    let kind = if head.article.is_some() { "article" } else { "website" };
    let article = head.article.map(|tags| {
        let authors: Vec<_> = tags.authors.into_iter().map(|url| property("article:author", url)).collect();
        let topics: Vec<_> = tags.topics.into_iter().map(|name| property("article:tag", name)).collect();
        view! {
            {property("article:published_time", tags.published)}
            {tags.updated.map(|at| property("article:modified_time", at))}
            {property("article:section", tags.section)}
            {authors}
            {topics}
        }
    });
    let robots = if head.noindex { "noindex" } else { "max-image-preview:large" };
    let canonical = head.source.or_else(|| address.clone());
    let structured = head.structured.as_ref().filter(|_| !head.noindex).map(|value| {
        view! { <script r#type="application/ld+json" inner_html=structured::text(value)></script> }
    });
    let own_feeds = head.feeds.map(|(path, name)| feeds(&path, &name));
    view! {
        <head>
            <meta charset="utf-8"/>
            <meta name="viewport" content="width=device-width, initial-scale=1"/>
            <title>{full}</title>
            <meta name="description" content=description.clone()/>
            <meta name="robots" content=robots/>
            {canonical.map(|href| view! { <link rel="canonical" href=href/> })}
            {property("og:site_name", edition.name.clone())}
            {property("og:type", kind)}
            {property("og:title", head.social_title.unwrap_or(plain))}
            {property("og:description", head.social_text.unwrap_or(description))}
            {address.map(|href| property("og:url", href))}
            {picture}
            {article}
            {own_feeds}
            {feeds("", &edition.name)}
            <meta name="color-scheme" content="light dark"/>
            <meta name="theme-color" content="#fdfcf9" media="(prefers-color-scheme: light)"/>
            <meta name="theme-color" content="#0f1626" media="(prefers-color-scheme: dark)"/>
            <script>{THEME_SCRIPT}</script>
            <link rel="preload" href=assets::url("fonts/newsreader.woff2") r#as="font" r#type="font/woff2" crossorigin="anonymous"/>
            <link rel="preload" href=assets::url("fonts/public-sans.woff2") r#as="font" r#type="font/woff2" crossorigin="anonymous"/>
            <link rel="stylesheet" href=assets::url("pressroom.css")/>
            <link rel="icon" href="/favicon.ico" sizes="32x32"/>
            <link rel="icon" href="/icon.svg" r#type="image/svg+xml"/>
            <link rel="apple-touch-icon" href="/apple-touch-icon.png"/>
            <link rel="manifest" href="/manifest.webmanifest"/>
            <link rel="search" r#type="application/opensearchdescription+xml" title=edition.name.clone() href="/opensearch.xml"/>
            {structured}
            <script r#type="module" src=assets::url("start.js")></script>
        </head>
    }
}

/// The three feeds of a list, for feed readers.
fn feeds(path: &str, name: &str) -> impl IntoView + use<> {
    let links = [
        ("application/rss+xml", "feed.xml", "RSS"),
        ("application/atom+xml", "atom.xml", "Atom"),
        ("application/feed+json", "feed.json", "JSON Feed"),
    ];
    links
        .map(|(kind, file, form)| {
            view! { <link rel="alternate" r#type=kind title=format!("{name} ({form})") href=format!("{path}/{file}")/> }
        })
        .collect_view()
}

/// An Open Graph tag: its attribute is RDFa's and no HTML element's.
fn property(name: &'static str, content: impl Into<String>) -> impl IntoView {
    leptos::html::meta().attr("property", name).attr("content", content.into())
}
