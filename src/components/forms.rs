//! Forms of services that stand in their places before they run. Each says so
//! in a sentence; what is typed is answered by a page, never lost in silence.

use super::{Dress, IntoPiece, Piece, icon};
use leptos::prelude::*;

/// A newsletter form. `place` makes its field's name unique on the page.
pub fn newsletter_form(dress: &Dress, heading: &'static str, place: &'static str) -> Piece {
    let words = dress.words;
    view! {
        <section class=format!("newsletter newsletter--{place}") aria-labelledby=format!("newsletter-{place}")>
            <h2 class="newsletter__heading" id=format!("newsletter-{place}")>{heading}</h2>
            <p class="newsletter__line">{words.subscribe_line}</p>
            <form class="newsletter__form" method="post" action="/newsletter">
                <label class="visually-hidden" for=format!("email-{place}")>{words.email_address}</label>
                <input
                    id=format!("email-{place}")
                    type="email"
                    name="email"
                    autocomplete="email"
                    required
                    placeholder=words.email_address
                />
                <button class="button" type="submit">{words.subscribe}</button>
            </form>
            <p class="newsletter__consent">{words.consent}" "<a href="/privacy-policy">{words.privacy_policy}</a>"."</p>
            <p class="honest">{words.newsletter_missing}</p>
        </section>
    }
    .piece()
}

/// The search form of the results page and of pages that lead nowhere.
pub fn search_form(dress: &Dress, query: &str) -> Piece {
    let words = dress.words;
    view! {
        <form class="search-form" role="search" action="/search" method="get">
            <label class="visually-hidden" for="search-field">{words.search}</label>
            <input id="search-field" type="search" name="q" value=query.to_owned() placeholder=words.search autocomplete="off" maxlength="200"/>
            <button class="button" type="submit">{icon("search")}" "{words.search}</button>
        </form>
    }
    .piece()
}
