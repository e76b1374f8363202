//! Lists: news, sections, topics, authors, one of their months, their archive.

use super::{Head, shell, sidebar::sidebar, structured};
use crate::{
    components::{Card, IntoPiece, Piece, archive_months, card, icon, pager, portrait},
    domain::listing::{Listing, Month, Window},
    services::{Site, articles::lists::Subject, site::frame::Front},
};
use leptos::prelude::*;

fn describe(subject: &Subject, front: &Front) -> String {
    match subject {
        Subject::News => format!("All articles of {}, newest first.", front.edition.name),
        Subject::Section(section) => section.description.clone(),
        Subject::Topic(topic) => topic.description.clone(),
        Subject::Author(author) => author.bio.clone(),
    }
}

fn heading(subject: &Subject, front: &Front, suffix: Option<String>) -> Piece {
    let name = subject.name(front);
    let description = describe(subject, front);
    let description = (!description.is_empty() && suffix.is_none())
        .then(|| view! { <p class="list-head__description">{description}</p> });
    let (face, role, links) = match subject {
        Subject::Author(author) => {
            let links: Vec<_> = author
                .links
                .iter()
                .map(|link| view! { <li><a href=link.url.clone() rel="me noopener">{link.name.clone()}</a></li> })
                .collect();
            let links = (!links.is_empty()).then(|| view! { <ul class="author-box__links">{links}</ul> });
            let role =
                (!author.role.is_empty()).then(|| view! { <p class="list-head__role">{author.role.clone()}</p> });
            (Some(portrait(author)), role, links)
        }
        _ => (None, None, None),
    };
    let suffix = suffix.map(|s| view! { <span class="list-head__month">{s}</span> });
    view! {
        <header class="list-head">
            {face}
            <h1>{name}" "{suffix}</h1>
            {role}
            {description}
            {links}
        </header>
    }
    .piece()
}

/// One page of a list.
pub fn page(
    site: &Site,
    front: &Front,
    subject: &Subject,
    month: Option<Month>,
    window: Window,
    listing: &Listing,
) -> String {
    let base = match month {
        Some(month) => format!("{}/{:04}/{:02}", subject.href(), month.year, month.month),
        None => subject.href(),
    };
    let canonical = match window {
        Window::Newest => base.clone(),
        Window::Before(cursor) => format!("{base}?before={cursor}"),
        Window::After(cursor) => format!("{base}?after={cursor}"),
    };
    let suffix = month.map(|m| front.calendar.month(m));
    let name = subject.name(front);
    let head = Head {
        title: suffix.as_ref().map_or_else(|| name.clone(), |s| format!("{name}, {s}")),
        description: describe(subject, front),
        canonical: Some(canonical),
        noindex: listing.items.is_empty(),
        current: subject.href(),
        structured: Some(structured::list(site, front, &name, &subject.href())),
        feeds: (!matches!(subject, Subject::News)).then(|| (subject.href(), name.clone())),
        ..Head::default()
    };
    shell::page(site, front, head, |dress| {
        let rows: Vec<_> = listing
            .items
            .iter()
            .enumerate()
            .map(|(n, a)| {
                let look = Card { section: !matches!(subject, Subject::Section(_)), first: n == 0, ..Card::ROW };
                view! { <li>{card(dress, a, look)}</li> }
            })
            .collect();
        let empty = listing.items.is_empty().then(|| view! { <p class="empty">{front.words.no_articles}</p> });
        let archive = format!("{}/archive", subject.href());
        let archive = (!listing.items.is_empty() || month.is_some())
            .then(|| view! { <li><a href=archive>{icon("calendar")}{front.words.archive}</a></li> });
        let feed = match subject {
            Subject::News => "/feed.xml".to_owned(),
            other => format!("{}/feed.xml", other.href()),
        };
        view! {
            <div class="columns">
                <div class="list">
                    {heading(subject, front, suffix)}
                    {empty}
                    <ul class="rows">{rows}</ul>
                    {pager(dress, &base, listing)}
                    <ul class="list-foot">
                        {archive}
                        <li><a href=feed r#type="application/rss+xml">{icon("rss")}{front.words.feed}</a></li>
                    </ul>
                </div>
                {sidebar(front, dress, None)}
            </div>
        }
        .piece()
    })
}

/// The months of a list.
pub fn archive(site: &Site, front: &Front, subject: &Subject, months: &[Month]) -> String {
    let words = front.words;
    let head = Head {
        title: format!("{} – {}", subject.name(front), words.archive),
        canonical: Some(format!("{}/archive", subject.href())),
        noindex: months.is_empty(),
        current: subject.href(),
        ..Head::default()
    };
    shell::page(site, front, head, |dress| {
        let empty = months.is_empty().then(|| view! { <p class="empty">{words.no_articles}</p> });
        view! {
            <div class="columns">
                <div class="list">
                    {heading(subject, front, Some(words.archive.to_owned()))}
                    {empty}
                    {archive_months(dress, &subject.href(), months)}
                </div>
                {sidebar(front, dress, None)}
            </div>
        }
        .piece()
    })
}
