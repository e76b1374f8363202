//! The newsletter page, and the honest answer to a sign-up while no newsletter
//! service runs.

use super::{Head, shell};
use crate::components::IntoPiece;
use crate::{
    components::newsletter_form,
    services::{Site, front::Front},
};
use leptos::prelude::*;

/// The page; `answered` after somebody has sent the form.
pub fn page(site: &Site, front: &Front, answered: bool) -> String {
    let words = front.words;
    let head = Head {
        title: words.newsletter.into(),
        canonical: (!answered).then(|| "/newsletter".into()),
        noindex: answered,
        current: "/newsletter".into(),
        ..Head::default()
    };
    shell::page(site, front, head, |dress| {
        let answer = answered.then(|| {
            view! {
                <p class="notice" role="alert">
                    "Your address was not stored and you are not signed up: the newsletter service of this site is not running yet."
                </p>
            }
        });
        view! {
            <article class="article article--page">
                <header class="article__head"><h1 class="article__title">{words.newsletter}</h1></header>
                {answer}
                <div class="prose">
                    <p>
                        {format!("{} plans three letters: a briefing each weekday morning, a review at the end of the week, and a line when news breaks. ", front.edition.name)}
                        "Each will have one link that ends it."
                    </p>
                    <p>"Nothing has been sent so far, so there is no archive to read and nothing to manage or leave."</p>
                </div>
                {newsletter_form(dress, words.subscribe_to_news, "page")}
            </article>
        }
        .piece()
    })
}
