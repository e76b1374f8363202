//! The home page.

use super::{Head, shell, structured};
use crate::{
    components::{Card, Dress, IntoPiece, Piece, card, compact_list, newsletter_form, pager},
    domain::{listing::Summary, section::Section},
    services::{Site, articles::lists::Home, site::frame::Front},
};
use leptos::prelude::*;

/// The home page.
pub fn page(site: &Site, front: &Front, home: &Home) -> String {
    let picture = home.lead.as_ref().and_then(|lead| lead.picture.clone());
    let structured = Some(structured::home(site, front));
    let head = Head { canonical: Some("/".into()), current: "/".into(), picture, structured, ..Head::default() };
    shell::page(site, front, head, |dress| {
        let words = front.words;
        let lead = home.lead.as_ref().map(|a| card(dress, a, Card::LEAD));
        let look = Card { shape: "beside", standfirst: true, ..Card::TILE };
        let beside: Vec<_> = home.beside.iter().map(|a| view! { <li>{card(dress, a, look)}</li> }).collect();
        let empty = lead.is_none().then(|| view! { <p class="empty">{words.no_articles}</p> });
        let blocks: Vec<_> =
            home.blocks.iter().filter(|(_, l)| !l.is_empty()).map(|(s, l)| block(dress, s, l)).collect();
        view! {
            <h1 class="visually-hidden">{front.edition.name.clone()}</h1>
            {empty}
            <section class="top" aria-label=words.top_stories>
                {lead}
                <ul class="top__beside">{beside}</ul>
            </section>
            <div class="blocks">{blocks}</div>
            {latest_and_picks(front, dress, home)}
        }
        .piece()
    })
}

fn latest_and_picks(front: &Front, dress: &Dress, home: &Home) -> Piece {
    let words = front.words;
    let row = Card { level: 3, ..Card::ROW };
    let rows: Vec<_> = home.latest.items.iter().map(|a| view! { <li>{card(dress, a, row)}</li> }).collect();
    view! {
        <div class="columns columns--home">
            <section class="block" aria-labelledby="home-latest">
                <h2 class="block-heading" id="home-latest">{words.latest_news}</h2>
                <ul class="rows">{rows}</ul>
                {pager(dress, "/news", &home.latest)}
            </section>
            <div class="sidebar">
                <section class="block" aria-labelledby="home-picks">
                    <h2 class="block-heading" id="home-picks">{words.editors_picks}</h2>
                    {compact_list(dress, &home.picks, 3)}
                </section>
                {newsletter_form(dress, words.subscribe_to_news, "sidebar", &front.edition.newsletters)}
            </div>
        </div>
    }
    .piece()
}

fn block(dress: &Dress, section: &Section, articles: &[Summary]) -> Piece {
    let id = format!("block-{}", section.slug);
    let labelled_by = id.clone();
    let look = Card { section: false, standfirst: true, ..Card::TILE };
    let large = articles.first().map(|a| card(dress, a, Card { shape: "large", ..look }));
    let rest = articles.iter().skip(1);
    let small = (articles.len() > 1).then(|| compact_list(dress, rest, 3));
    view! {
        <section class="block section-block" aria-labelledby=labelled_by>
            <h2 class="block-heading" id=id>
                <a href=format!("/{}", section.slug)>{section.name.clone()}</a>
            </h2>
            {large}
            {small}
        </section>
    }
    .piece()
}
