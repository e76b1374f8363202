//! What stands beside an article or a list: picks, latest, sign-up, an advertisement.

use crate::{
    components::{Dress, IntoPiece, Piece, ad, compact_list, newsletter_form, title_list},
    domain::{edition::Place, slug::Slug},
    services::site::frame::Front,
};
use leptos::prelude::*;

/// The sidebar; `reading` is left out of its lists.
pub fn sidebar(front: &Front, dress: &Dress, reading: Option<&Slug>) -> Piece {
    let words = front.words;
    let picks = front.sidebar_picks(reading);
    let picks = (!picks.is_empty()).then(|| {
        view! {
            <section class="block" aria-labelledby="side-picks">
                <h2 class="block-heading" id="side-picks">{words.editors_picks}</h2>
                {compact_list(dress, picks, 3)}
            </section>
        }
    });
    let latest = front.latest_news(reading);
    let latest = (!latest.is_empty()).then(|| {
        view! {
            <section class="block" aria-labelledby="side-latest">
                <h2 class="block-heading" id="side-latest">{words.latest_news}</h2>
                {title_list(dress, latest)}
            </section>
        }
    });
    view! {
        <aside class="sidebar">
            {picks}
            {latest}
            {newsletter_form(dress, words.subscribe_to_news, "sidebar", &front.edition.newsletters)}
            {ad(dress, &front.edition, Place::Sidebar)}
        </aside>
    }
    .piece()
}
