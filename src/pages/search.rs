//! The search page: honest while no search service runs, and helpful all the same.

use super::{Head, shell, sidebar::sidebar};
use crate::{
    components::{Card, IntoPiece, card, search_form},
    services::{Site, front::Front},
};
use leptos::prelude::*;

/// The page for a query.
pub fn page(site: &Site, front: &Front, query: &str) -> String {
    let words = front.words;
    let head = Head { title: words.search.into(), noindex: true, current: "/search".into(), ..Head::default() };
    shell::page(site, front, head, |dress| {
        let asked = (!query.is_empty())
            .then(|| view! { <p class="list-head__description">{format!("“{query}” was not looked up.")}</p> });
        let rows: Vec<_> = front
            .newest
            .iter()
            .take(6)
            .map(|a| view! { <li>{card(dress, a, Card { level: 3, ..Card::ROW })}</li> })
            .collect();
        let sections: Vec<_> = front
            .sections
            .iter()
            .map(|(s, _)| view! { <li><a class="tag" href=format!("/{}", s.slug)>{s.name.clone()}</a></li> })
            .collect();
        let topics: Vec<_> = front
            .topics
            .iter()
            .map(|t| view! { <li><a class="tag" href=format!("/topic/{}", t.slug)>{t.name.clone()}</a></li> })
            .collect();
        view! {
            <div class="columns">
                <div class="list">
                    <header class="list-head"><h1>{words.search}</h1></header>
                    {search_form(dress, query)}
                    <p class="notice" role="status">{words.search_missing}</p>
                    {asked}
                    <nav class="tags" aria-label=words.browse><ul>{sections}{topics}</ul></nav>
                    <div class="block">
                        <h2 class="block-heading">{words.latest_news}</h2>
                        <ul class="rows">{rows}</ul>
                    </div>
                </div>
                {sidebar(front, dress, None)}
            </div>
        }
        .piece()
    })
}
