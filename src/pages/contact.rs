//! The Contact page: what the editors wrote, and the form. Never from a cache
//! where it carries what a reader wrote.

use super::{page::head, shell};
use crate::components::IntoPiece;
use crate::{
    components::{body, contact_form},
    domain::{
        contact::{Faults, Message},
        page::Page,
    },
    services::{Site, site::frame::Front},
};
use leptos::prelude::*;

/// How the form stands.
pub enum State {
    /// Empty, or with what was written and what was wrong with it.
    Form(Message, Faults),
    /// What was written could not be taken; it is still there.
    Unavailable(Message),
    /// The message is in the outbox.
    Sent,
}

/// The page with the form in this state.
pub fn page(site: &Site, front: &Front, page: &Page, state: State) -> String {
    shell::page(site, front, head(page), |_| {
        let (note, form) = match state {
            State::Form(message, faults) => (None, Some((message, faults))),
            State::Unavailable(message) => (
                Some("Your message could not be taken just now. It is still here; please try again in a minute."),
                Some((message, Faults::default())),
            ),
            State::Sent => (Some("Thank you. Your message is on its way to the newsroom."), None),
        };
        let note = note.map(|text| view! { <p class="notice" role="status">{text}</p> });
        let form = form.map(|(message, faults)| contact_form(&message, &faults));
        view! {
            <article class="article article--page">
                <header class="article__head"><h1 class="article__title">{page.title.clone()}</h1></header>
                {body(&page.body, None)}
                {note}
                {form}
            </article>
        }
        .piece()
    })
}
