//! The share rows: links to the services' own addresses, nothing of theirs here.

use super::{Dress, IntoPiece, Piece, icon};
use crate::{
    domain::share::{Service, Shared},
    islands::Sharing,
};
use leptos::prelude::*;

/// A row of share links under its word; an empty row is none.
pub fn share_row(dress: &Dress, heading: &'static str, services: &[Service], what: Shared<'_>) -> Option<Piece> {
    if services.is_empty() {
        return None;
    }
    let words = dress.words;
    let items: Vec<_> = services.iter().map(|service| item(*service, what)).collect();
    // The island takes what is its own.
    let (article, address, title) = (what.slug.to_owned(), what.url.to_owned(), what.title.to_owned());
    let row = view! {
        <Sharing>
            <div
                class="share"
                role="group"
                aria-label=heading.trim_end_matches('.')
                data-article=article
                data-address=address
                data-title=title
                data-copied=words.copied
                data-passage=words.share_passage
                data-passage-copied=words.passage_copied
            >
                <p class="share__heading" aria-hidden="true">{heading}</p>
                <ul class="share__list">{items}</ul>
                <p class="share__done" role="status"></p>
            </div>
        </Sharing>
    };
    Some(row.piece())
}

fn item(service: Service, what: Shared<'_>) -> Piece {
    let class = format!("share__link share__link--{}", service.icon());
    let inside = view! {
        {icon(service.icon())}
        <span class="share__name">{service.name()}</span>
    };
    let name = service.as_str();
    if service.is_button() {
        // The island shows it.
        return view! {
            <li hidden><button class=class type="button" data-service=name>{inside}</button></li>
        }
        .piece();
    }
    let href = service.href(what);
    if service == Service::CopyLink {
        return view! { <li><a class=class href=href data-service=name>{inside}</a></li> }.piece();
    }
    // Browsers without scripts tell of a click themselves where they do so at all; the
    // island tells of it in their place. Only whole addresses are valid there.
    let ping = href.starts_with("https://").then(|| format!("{}/shared/{name}/{}", what.origin(), what.slug));
    view! {
        <li><a class=class href=href rel="noopener nofollow" target="_blank" ping=ping data-service=name>{inside}</a></li>
    }
    .piece()
}
