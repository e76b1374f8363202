//! The newsletter forms. They post to `/newsletter` without scripts; the island sends them
//! without leaving the page. In cached pages they have no token: it is fetched, or asked for
//! by the answer.

use super::{Dress, IntoPiece, Piece};
use crate::{
    domain::{contact::MAX_EMAIL, newsletter::Newsletter},
    islands::SignUpForm,
};
use leptos::prelude::*;

/// What a form comes back with.
#[derive(Clone, Copy, Debug, Default)]
pub struct Filled<'a> {
    /// The address.
    pub email: &'a str,
    /// Slugs of the newsletters that are chosen; `None`: the first, as the form begins.
    pub lists: Option<&'a [String]>,
    /// The token; empty in pages that all readers share.
    pub token: &'a str,
    /// What is wrong with the address.
    pub fault: Option<&'a str>,
    /// What is wrong with the choice.
    pub list_fault: Option<&'a str>,
}

/// A newsletter form of one field, for the first newsletter. `place` makes its field's name
/// unique on the page. None where the publication has no newsletter.
pub fn newsletter_form(
    dress: &Dress,
    heading: &'static str,
    place: &'static str,
    lists: &[Newsletter],
) -> Option<Piece> {
    let first = lists.first()?;
    let (slug, name, about) = (first.slug.to_string(), first.name.clone(), first.description.clone());
    let choice = view! {
        <input type="hidden" name="list" value=slug/>
        <p class="newsletter__what">
            <strong>{name}"."</strong>" "{about}" "<a href="/newsletter">"All newsletters"</a>
        </p>
    }
    .piece();
    Some(form(dress, Some(heading), place, choice, Filled::default()))
}

/// The form with a choice of all newsletters.
pub fn sign_up_form(dress: &Dress, lists: &[Newsletter], filled: Filled<'_>) -> Piece {
    let items: Vec<_> = lists
        .iter()
        .enumerate()
        .map(|(n, list)| {
            let chosen = filled.lists.map_or(n == 0, |lists| lists.iter().any(|slug| slug == list.slug.as_str()));
            list_choice(list, chosen)
        })
        .collect();
    let choice = view! {
        <fieldset class="newsletter__choice" aria-describedby="list-fault">
            <legend>"Which newsletters?"</legend>
            {items}
            <p class="form__fault" id="list-fault">{filled.list_fault.map(str::to_owned)}</p>
        </fieldset>
    };
    form(dress, None, "page", choice.piece(), filled)
}

/// A newsletter as a box to tick.
pub fn list_choice(list: &Newsletter, chosen: bool) -> Piece {
    let (slug, id) = (list.slug.to_string(), format!("list-{}", list.slug));
    let about = format!("{id}-about");
    view! {
        <p class="newsletter__list">
            <input type="checkbox" id=id.clone() name="list" value=slug checked=chosen aria-describedby=about.clone()/>
            <label for=id>{list.name.clone()}</label>
            <span id=about>{list.description.clone()}</span>
        </p>
    }
    .piece()
}

fn form(dress: &Dress, heading: Option<&'static str>, place: &'static str, choice: Piece, filled: Filled<'_>) -> Piece {
    let words = dress.words;
    let (id, fault) = (format!("email-{place}"), format!("email-{place}-fault"));
    let head = heading.map(|heading| {
        view! {
            <h2 class="newsletter__heading" id=format!("newsletter-{place}")>{heading}</h2>
            <p class="newsletter__line">{words.subscribe_line}</p>
        }
    });
    // Pages that all readers share hold none.
    let token =
        (!filled.token.is_empty()).then(|| view! { <input type="hidden" name="token" value=filled.token.to_owned()/> });
    let form = view! {
        <form class="newsletter__form" method="post" action="/newsletter" novalidate=place == "page">
            {choice}
            <input type="hidden" name="place" value=place/>
            {token}
            // People don't see this field; robots fill it in.
            <p class="form__trap" aria-hidden="true">
                <label for=format!("website-{place}")>"Leave this empty"</label>
                <input id=format!("website-{place}") name="website" tabindex="-1" autocomplete="off"/>
            </p>
            <div class="newsletter__row">
                <label class="visually-hidden" for=id.clone()>{words.email_address}</label>
                <input
                    id=id
                    type="email"
                    name="email"
                    autocomplete="email"
                    required
                    maxlength=MAX_EMAIL.to_string()
                    placeholder=words.email_address
                    value=filled.email.to_owned()
                    aria-describedby=fault.clone()
                    aria-invalid=filled.fault.is_some().then_some("true")
                />
                <button class="button" type="submit">{words.subscribe}</button>
            </div>
            <p class="form__fault" id=fault>{filled.fault.map(str::to_owned)}</p>
        </form>
    }
    .piece();
    view! {
        <section
            class=format!("newsletter newsletter--{place}")
            aria-labelledby=heading.map(|_| format!("newsletter-{place}"))
            aria-label=heading.is_none().then_some(words.newsletter)
            data-sent=words.signed_up
            data-unavailable=words.sign_up_unavailable
        >
            {head}
            <SignUpForm>{form}</SignUpForm>
            <p class="newsletter__outcome" role="status" tabindex="-1"></p>
            <p class="newsletter__consent">{words.consent}" "<a href="/privacy-policy">{words.privacy_policy}</a>"."</p>
        </section>
    }
    .piece()
}
