//! What stands around every page: head, header, compact bar, drawer, footer.

use super::{Head, head::head_tags};
use crate::{
    components::{Card, Dress, IntoPiece, Piece, card, icon, newsletter_form, profile_links, title_list},
    domain::{edition::Edition, listing::Summary},
    islands::{Finder, ThemeSwitch},
    services::{Site, site::frame::Front},
};
use hydration_context::SsrSharedContext;
use leptos::{either::Either, prelude::*};
use std::sync::Arc;

/// A whole page as HTML.
pub fn page(site: &Site, front: &Front, head: Head, main: impl FnOnce(&Dress) -> Piece) -> String {
    let owner = Owner::new_root(Some(Arc::new(SsrSharedContext::new_islands())));
    let html = owner.with(|| {
        let dress = Dress { words: front.words, calendar: front.calendar.clone() };
        document(site, front, &dress, head, main(&dress)).to_html()
    });
    owner.cleanup();
    // Leptos marks places with `<!>`, which is no comment in HTML.
    format!("<!DOCTYPE html>{}", html.replace("<!>", "<!---->"))
}

/// A piece of a page as HTML, for whoever puts it in its place.
pub fn fragment(make: impl FnOnce() -> Piece) -> String {
    let owner = Owner::new();
    let html = owner.with(|| make().to_html());
    owner.cleanup();
    html.replace("<!>", "<!---->")
}

fn document(site: &Site, front: &Front, dress: &Dress, head: Head, main: Piece) -> impl IntoView + use<> {
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
                {finder(dress)}
            </body>
        </html>
    }
}

fn breaking(front: &Front) -> Option<Piece> {
    let line = front.breaking.as_ref()?;
    let (text, url) = (line.text.clone(), line.url.clone());
    Some(
        view! {
            <aside class="breaking" aria-label=front.words.breaking>
                <p><strong>{front.words.breaking}</strong>" "<a href=url>{text}</a></p>
            </aside>
        }
        .piece(),
    )
}

/// The name as a picture for light and one for dark pages, or in letters.
fn logo(edition: &Edition, class: &'static str) -> Piece {
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
    view! { <a class=format!("logo {class}") href="/">{inner}</a> }.piece()
}

fn mark(current: &str, path: &str) -> Option<&'static str> {
    (current == path).then_some("page")
}

fn head_profiles(edition: &Edition) -> Piece {
    profile_links(&edition.profiles[..edition.profiles.len().min(Edition::HEAD_PROFILES)])
}

fn header(front: &Front, dress: &Dress, current: &str) -> Piece {
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
                    <ThemeSwitch>
                        <button type="button" class="theme-switch icon-button" aria-label=words.to_dark aria-pressed="false">
                            <span class="theme-switch__sun" aria-hidden="true"></span>
                        </button>
                    </ThemeSwitch>
                    <a class="button masthead__newsletter" href="/newsletter">{words.newsletter}</a>
                </div>
            </div>
            {navigation(front, dress, current)}
        </header>
    }
    .piece()
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

fn navigation(front: &Front, dress: &Dress, current: &str) -> Piece {
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
    .piece()
}

fn compact_bar(front: &Front, _: &Dress, current: &str) -> Piece {
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
    .piece()
}

fn drawer(front: &Front, dress: &Dress, current: &str) -> Piece {
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
    .piece()
}

/// The search overlay; what it shows comes from `pages::search::typed`.
fn finder(dress: &Dress) -> Piece {
    let words = dress.words;
    view! {
        <Finder>
            <dialog
                class="finder" id="finder" aria-label=words.search data-found=words.found data-found-one=words.found_one
                data-found-none=words.found_none data-busy=words.search_busy data-away=words.finder_away
                data-offline=words.finder_offline
            >
                <form class="finder__form" role="search" action="/search" method="get">
                    <label class="visually-hidden" for="finder-field">{words.search}</label>
                    <input
                        id="finder-field" type="text" name="q" maxlength="200" autocomplete="off" enterkeyhint="search" placeholder=words.search
                        role="combobox" aria-expanded="false" aria-controls="finder-list" aria-autocomplete="list"
                        aria-describedby="finder-hint"
                    />
                    <button type="button" class="icon-button" id="finder-close" aria-label=words.close>{icon("close")}</button>
                </form>
                <p class="finder__hint" id="finder-hint">{words.search_hint}</p>
                <p class="finder__recent" id="finder-recent" hidden>
                    {words.recent_searches}<span></span>
                    <button type="button" id="finder-clear">{words.clear}</button>
                </p>
                <p class="finder__said" role="status" id="finder-said"></p>
                <div class="finder__list" role="listbox" id="finder-list" aria-label=words.search hidden></div>
            </dialog>
        </Finder>
    }
    .piece()
}

fn footer(front: &Front, dress: &Dress) -> Piece {
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
                {newsletter_form(dress, words.subscribe_to_updates, "footer", &front.edition.newsletters)}
            </div>
            <div class="site-foot__end">
                <p>{format!("© {} {}. {}", front.calendar.year(front.now), edition.owner.trim_end_matches('.'), words.all_rights_reserved)}</p>
                <ul class="site-foot__pages">{pages}</ul>
            </div>
        </footer>
    }
    .piece()
}
