//! The search form.

use super::{Dress, IntoPiece, Piece, icon};
use leptos::prelude::*;

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
