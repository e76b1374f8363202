//! The Contact form: posts to `/contact` without scripts; with them (`islands`) it stays
//! on the page, says what is wrong beside the field, and loses no word.

use super::{Field, IntoPiece, Piece};
use crate::{
    domain::contact::{Faults, MAX_EMAIL, MAX_LINE, MAX_TEXT, Message},
    islands::ContactForm,
};
use leptos::prelude::*;

/// The form, with what was written and what was wrong with it, where it comes back.
pub fn contact_form(message: &Message, faults: &Faults) -> Piece {
    let field = |name, label, longest| Field::new("contact", name, label, longest);
    let name = field("name", "Your name", 2 * MAX_LINE).required().value(&message.name).fault(faults.name.as_deref());
    let email = field("email", "Your email address", MAX_EMAIL).required();
    let email = email.value(&message.email).fault(faults.email.as_deref());
    let subject = field("subject", "Subject (may be left empty)", 2 * MAX_LINE);
    let subject = subject.value(&message.subject).fault(faults.subject.as_deref());
    let text = field("text", "Your message", MAX_TEXT).required().value(&message.text).fault(faults.text.as_deref());
    let form = view! {
        <div
            class="contact-form"
            id="contact-form"
            data-sent="Thank you. Your message is on its way to the newsroom."
            data-unavailable="Your message could not be taken just now. It is still here; please try again in a minute."
        >
            <p class="form__outcome" role="status" tabindex="-1"></p>
            <form class="form" method="post" action="/contact" novalidate>
                {name.line("text", "name")}
                {email.line("email", "email")}
                {subject.line("text", "off")}
                {text.text(8)}
                // People don't see this field; robots fill it in.
                <p class="form__trap" aria-hidden="true">
                    <label for="contact-website">"Leave this empty"</label>
                    <input id="contact-website" name="website" tabindex="-1" autocomplete="off"/>
                </p>
                <p class="form__act"><button class="button" type="submit">"Send message"</button></p>
            </form>
        </div>
    }
    .piece();
    view! { <ContactForm>{form}</ContactForm> }.piece()
}
