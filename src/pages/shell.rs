//! What stands around every page: head, header, compact bar, drawer, footer.

use crate::{
    assets,
    components::{Card, Dress, card, icon, newsletter_form, profile_links, title_list},
    domain::{edition::Edition, listing::Summary, media::Picture},
    islands::ThemeSwitch,
    services::{Site, front::Front},
};
use hydration_context::SsrSharedContext;
use leptos::{either::Either, prelude::*};
use std::sync::Arc;

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

/// A whole page as HTML.
pub fn page(site: &Site, front: &Front, head: Head, main: impl FnOnce(&Dress) -> AnyView) -> String {
    let owner = Owner::new_root(Some(Arc::new(SsrSharedContext::new_islands())));
    let html = owner.with(|| {
        let dress = Dress { words: front.words, calendar: front.calendar.clone() };
        document(site, front, &dress, head, main(&dress)).to_html()
    });
    owner.cleanup();
    // Leptos marks places with `<!>`, which is no comment in HTML.
    format!("<!DOCTYPE html>{}", html.replace("<!>", "<!---->"))
}

fn document(site: &Site, front: &Front, dress: &Dress, head: Head, main: AnyView) -> impl IntoView + use<> {
    let edition = &front.edition;
    let words = front.words;
    let current = head.current.clone();
    view! {
        <html lang=edition.language.clone() dir=words.direction>
            {head_tags(site, edition, head)}
            <body>
                <a class="skip" href="#main">{words.skip_to_content}</a>
                {breaking(front)}
                {header(front, dress, &current)}
                {compact_bar(front, dress, &current)}
                <main id="main" tabindex="-1">{main}</main>
                {footer(front, dress)}
                {drawer(front, dress, &current)}
            </body>
        </html>
    }
}

fn head_tags(site: &Site, edition: &Edition, head: Head) -> impl IntoView + use<> {
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
        view! { <script r#type="application/ld+json" inner_html=super::structured::text(value)></script> }
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

fn breaking(front: &Front) -> Option<AnyView> {
    let line = front.breaking.as_ref()?;
    let (text, url) = (line.text.clone(), line.url.clone());
    Some(
        view! {
            <aside class="breaking" aria-label=front.words.breaking>
                <p><strong>{front.words.breaking}</strong>" "<a href=url>{text}</a></p>
            </aside>
        }
        .into_any(),
    )
}

/// The name as a picture for light and one for dark pages, or in letters.
fn logo(edition: &Edition, class: &'static str) -> AnyView {
    let name = edition.name.clone();
    let inner = match (&edition.logo_light, &edition.logo_dark) {
        (Some(light), dark) => {
            let dark = dark.clone().unwrap_or_else(|| light.clone());
            Either::Left(view! {
                <img class="logo__light" src=light.clone() alt="" width="360" height="48"/>
                <img class="logo__dark" src=dark alt="" width="360" height="48"/>
                <span class="visually-hidden">{name}</span>
            })
        }
        _ => Either::Right(name),
    };
    view! { <a class=format!("logo {class}") href="/">{inner}</a> }.into_any()
}

fn mark(current: &str, path: &str) -> Option<&'static str> {
    (current == path).then_some("page")
}

fn head_profiles(edition: &Edition) -> AnyView {
    profile_links(&edition.profiles[..edition.profiles.len().min(Edition::HEAD_PROFILES)])
}

fn header(front: &Front, dress: &Dress, current: &str) -> AnyView {
    let words = front.words;
    let topics: Vec<_> = front
        .topics
        .iter()
        .map(|topic| {
            let path = format!("/topic/{}", topic.slug);
            view! { <li><a href=path.clone() aria-current=mark(current, &path)>{topic.name.clone()}</a></li> }
        })
        .collect();
    let trending = (!front.trending.is_empty()).then(|| {
        view! {
            <section class="trending" aria-label=words.trending>
                <h2 class="trending__word">{icon("trending")}{words.trending}</h2>
                {title_list(dress, &front.trending)}
            </section>
        }
    });
    view! {
        <header class="site-head">
            {trending}
            <div class="topic-bar">
                <nav aria-label=words.topics>
                    <ul class="topic-bar__list">{topics}</ul>
                </nav>
                {head_profiles(&front.edition)}
            </div>
            <div class="masthead">
                <button type="button" class="icon-button masthead__menu" popovertarget="drawer" aria-label=words.menu>{icon("menu")}</button>
                {logo(&front.edition, "masthead__logo")}
                <div class="masthead__tools">
                    <a class="icon-button" href="/search" aria-label=words.search>{icon("search")}</a>
                    <ThemeSwitch label=words.to_dark.to_owned()/>
                    <a class="button masthead__newsletter" href="/newsletter">{words.newsletter}</a>
                </div>
            </div>
            {navigation(front, dress, current)}
        </header>
    }
    .into_any()
}

fn menu_items(front: &Front) -> Vec<(String, String)> {
    let words = front.words;
    let head: Vec<(String, String)> = if front.edition.menu.is_empty() {
        vec![("/".into(), words.home.into()), ("/news".into(), words.news.into())]
    } else {
        front.edition.menu.iter().map(|link| (link.url.clone(), link.name.clone())).collect()
    };
    head.into_iter().chain(front.sections.iter().map(|(s, _)| (format!("/{}", s.slug), s.name.clone()))).collect()
}

fn navigation(front: &Front, dress: &Dress, current: &str) -> AnyView {
    let words = front.words;
    let panel = |path: &str| {
        let (section, newest) = front.sections.iter().find(|(s, _)| format!("/{}", s.slug) == path)?;
        let look = Card { shape: "panel", level: 3, section: false, ..Card::TILE };
        let cards: Vec<_> = newest.iter().map(|a| view! { <li>{card(dress, a, look)}</li> }).collect();
        let label = format!("{} {}", words.latest_in, section.name);
        (!cards.is_empty()).then(|| {
            view! {
                <details class="panel-switch" name="panel">
                    <summary aria-label=label>{icon("chevron")}</summary>
                </details>
                <ul class="panel">{cards}</ul>
            }
        })
    };
    let items: Vec<_> = menu_items(front)
        .into_iter()
        .map(|(path, name)| {
            view! {
                <li class="main-nav__item">
                    <a class="main-nav__link" href=path.clone() aria-current=mark(current, &path)>{name}</a>
                    {panel(&path)}
                </li>
            }
        })
        .collect();
    view! {
        <div class="main-nav">
            <p class="main-nav__date">{front.today.clone()}</p>
            <nav aria-label=words.main_navigation>
                <ul class="main-nav__list">{items}</ul>
            </nav>
        </div>
    }
    .into_any()
}

fn compact_bar(front: &Front, _: &Dress, current: &str) -> AnyView {
    let items: Vec<_> = front
        .sections
        .iter()
        .map(|(section, _)| {
            let path = format!("/{}", section.slug);
            view! { <li><a href=path.clone() aria-current=mark(current, &path)>{section.name.clone()}</a></li> }
        })
        .collect();
    view! {
        <div class="compact">
            <nav class="compact__bar" aria-label=front.words.sections>
                {logo(&front.edition, "compact__logo")}
                <div class="compact__items">
                    <ul class="compact__list">{items}</ul>
                </div>
            </nav>
        </div>
    }
    .into_any()
}

fn drawer(front: &Front, dress: &Dress, current: &str) -> AnyView {
    let words = front.words;
    let items: Vec<_> = menu_items(front)
        .into_iter()
        .map(|(path, name)| view! { <li><a href=path.clone() aria-current=mark(current, &path)>{name}</a></li> })
        .collect();
    let topics: Vec<_> = front
        .topics
        .iter()
        .map(|topic| view! { <li><a href=format!("/topic/{}", topic.slug)>{topic.name.clone()}</a></li> })
        .collect();
    // A popover opens, closes on Esc and on a click beside it without any script.
    view! {
        <div id="drawer" class="drawer" popover="auto" role="dialog" aria-label=words.menu>
            <button type="button" class="drawer__close" popovertarget="drawer" popovertargetaction="hide">
                {icon("close")}{words.close_menu}
            </button>
            {logo(&front.edition, "drawer__logo")}
            <nav aria-label=words.menu>
                <ul class="drawer__list">{items}</ul>
            </nav>
            <section aria-labelledby="drawer-trending">
                <h2 id="drawer-trending" class="drawer__heading">{words.trending}</h2>
                {title_list(dress, &front.trending)}
            </section>
            {head_profiles(&front.edition)}
            <nav aria-label=words.topics_menu>
                <ul class="drawer__topics">{topics}</ul>
            </nav>
        </div>
    }
    .into_any()
}

fn footer(front: &Front, dress: &Dress) -> AnyView {
    let words = front.words;
    let edition = &front.edition;
    let pages: Vec<_> = front
        .footer
        .iter()
        .map(|(slug, title)| view! { <li><a href=format!("/{slug}")>{title.clone()}</a></li> })
        .collect();
    let latest: &[Summary] = front.latest_articles();
    view! {
        <footer class="site-foot">
            <div class="site-foot__inner">
                <div class="site-foot__about">
                    {logo(edition, "site-foot__logo")}
                    <p>{edition.description.clone()}</p>
                    {profile_links(&edition.profiles)}
                </div>
                <section class="site-foot__latest" aria-labelledby="foot-latest">
                    <h2 id="foot-latest" class="site-foot__heading">{words.latest_articles}</h2>
                    {title_list(dress, latest)}
                </section>
                {newsletter_form(dress, words.subscribe_to_updates, "footer")}
            </div>
            <div class="site-foot__end">
                <p>{format!("© {} {}. {}", front.calendar.year(front.now), edition.owner.trim_end_matches('.'), words.all_rights_reserved)}</p>
                <ul class="site-foot__pages">{pages}</ul>
            </div>
        </footer>
    }
    .into_any()
}
