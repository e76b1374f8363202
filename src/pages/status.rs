//! Not found, gone, refused, unavailable: in the site's dress where that can be
//! had, in a plain page where the database is away.

use super::{Head, shell};
use crate::{
    components::{Card, IntoPiece, card, search_form},
    domain::words::ENGLISH,
    services::{Site, site::frame::Front},
};
use leptos::prelude::*;

/// What there is to say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Matter {
    /// 404
    NotFound,
    /// 410
    Gone,
    /// Something else that a reader's browser did, with a sentence about it.
    Refused(&'static str),
}

/// The page in the site's dress, with search and the latest articles.
pub fn page(site: &Site, front: &Front, matter: Matter) -> String {
    let words = front.words;
    let (title, line) = match matter {
        Matter::NotFound => (words.not_found, words.not_found_line),
        Matter::Gone => (words.gone, words.gone_line),
        Matter::Refused(line) => (words.refused, line),
    };
    let head = Head { title: title.into(), noindex: true, ..Head::default() };
    shell::page(site, front, head, |dress| {
        let cards: Vec<_> =
            front.newest.iter().take(6).map(|a| view! { <li>{card(dress, a, Card::TILE)}</li> }).collect();
        view! {
            <div class="status">
                <h1>{title}</h1>
                <p class="standfirst">{line}</p>
                {search_form(dress, "")}
                <div class="block">
                    <h2 class="block-heading">{words.latest_articles}</h2>
                    <ul class="grid">{cards}</ul>
                </div>
            </div>
        }
        .piece()
    })
}

/// For when nothing can be loaded at all: one plain page, nothing of the inside.
pub fn plain(name: &str) -> String {
    let (title, line) = (ENGLISH.unavailable, ENGLISH.unavailable_line);
    let style = crate::assets::url("pressroom.css");
    let name = crate::services::text::html::escape(name);
    format!(
        "<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <title>{title} – {name}</title><meta name=\"robots\" content=\"noindex\"><link rel=\"stylesheet\" href=\"{style}\"></head>\
         <body><main class=\"status\"><p class=\"label\">{name}</p><h1>{title}</h1><p class=\"standfirst\">{line}</p></main></body></html>"
    )
}
