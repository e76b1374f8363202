//! The Contact form: posts to `/contact` without scripts; with them it stays on
//! the page, says what is wrong beside the field, and loses no word.

use crate::{
    api::Receipt,
    domain::contact::{Faults, MAX_LINE, MAX_TEXT, Message},
};
use leptos::prelude::*;

/// The form, with what was written and what was wrong with it, where it comes
/// back from the server.
#[island]
pub fn ContactForm(
    /// What the reader wrote.
    message: Message,
    /// What was wrong with it.
    faults: Faults,
) -> impl IntoView {
    let faults = RwSignal::new(faults);
    let sending = RwSignal::new(false);
    let outcome = RwSignal::new(None::<Receipt>);
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        #[cfg(feature = "hydrate")]
        browser::submit(&event, faults, sending, outcome);
    };
    let text = crate::domain::contact::escape(&message.text);
    view! {
        <div class="contact-form">
            <p class="form__outcome" role="status" tabindex="-1">
                {move || match outcome.get() {
                    Some(Receipt::Sent) => "Thank you. Your message is on its way to the newsroom.",
                    Some(Receipt::Unavailable) => "Your message could not be taken just now. It is still here; please try again in a minute.",
                    _ => "",
                }}
            </p>
            <form
                class="form"
                method="post"
                action="/contact"
                novalidate
                hidden=move || outcome.get() == Some(Receipt::Sent)
                on:submit=submit
            >
                {field("name", "Your name", "text", "name", message.name, true, move || faults.get().name)}
                {field("email", "Your email address", "email", "email", message.email, true, move || faults.get().email)}
                {field("subject", "Subject (may be left empty)", "text", "off", message.subject, false, move || faults.get().subject)}
                <p class="form__field">
                    <label for="contact-text">"Your message"</label>
                    <textarea
                        id="contact-text"
                        name="text"
                        rows="8"
                        required
                        maxlength=MAX_TEXT.to_string()
                        aria-describedby="contact-text-fault"
                        aria-invalid=move || faults.get().text.is_some().then_some("true")
                        inner_html=text
                    ></textarea>
                    <span class="form__fault" id="contact-text-fault">{move || faults.get().text}</span>
                </p>
                // People don't see this field; robots fill it in.
                <p class="form__trap" aria-hidden="true">
                    <label for="contact-website">"Leave this empty"</label>
                    <input id="contact-website" name="website" tabindex="-1" autocomplete="off"/>
                </p>
                <p class="form__act">
                    <button class="button" type="submit" aria-disabled=move || sending.get().then_some("true")>
                        {move || if sending.get() { "Sending …" } else { "Send message" }}
                    </button>
                </p>
            </form>
        </div>
    }
}

fn field(
    name: &'static str,
    label: &'static str,
    kind: &'static str,
    complete: &'static str,
    value: String,
    required: bool,
    fault: impl Fn() -> Option<String> + Copy + Send + 'static,
) -> impl IntoView {
    view! {
        <p class="form__field">
            <label for=format!("contact-{name}")>{label}</label>
            <input
                id=format!("contact-{name}")
                name=name
                type=kind
                autocomplete=complete
                value=value
                required=required
                maxlength=(2 * MAX_LINE).to_string()
                aria-describedby=format!("contact-{name}-fault")
                aria-invalid=move || fault().is_some().then_some("true")
            />
            <span class="form__fault" id=format!("contact-{name}-fault")>{fault}</span>
        </p>
    }
}

#[cfg(feature = "hydrate")]
mod browser {
    use super::{Faults, Message, Receipt};
    use leptos::{prelude::*, task::spawn_local};
    use wasm_bindgen::JsCast;
    use web_sys::{FormData, HtmlElement, HtmlFormElement};

    /// Checks by the server's own rules, sends, and puts the cursor where something is wrong.
    pub fn submit(
        event: &leptos::ev::SubmitEvent,
        faults: RwSignal<Faults>,
        sending: RwSignal<bool>,
        outcome: RwSignal<Option<Receipt>>,
    ) {
        if sending.get_untracked() {
            return;
        }
        let Some(form) = event.target().and_then(|t| t.dyn_into::<HtmlFormElement>().ok()) else { return };
        let Ok(data) = FormData::new_with_form(&form) else { return };
        let value = |name: &str| data.get(name).as_string().unwrap_or_default();
        let message =
            Message { name: value("name"), email: value("email"), subject: value("subject"), text: value("text") };
        let website = value("website");
        let found = message.faults();
        faults.set(found.clone());
        if !found.none() {
            focus_first(&form, &found);
            return;
        }
        sending.set(true);
        outcome.set(None);
        spawn_local(async move {
            let Message { name, email, subject, text } = message;
            let receipt =
                crate::api::send_message(name, email, subject, text, website).await.unwrap_or(Receipt::Unavailable);
            sending.set(false);
            if let Receipt::Faults(found) = &receipt {
                faults.set(found.clone());
                focus_first(&form, found);
            }
            // The form goes away with what had the focus; the word about it takes it.
            let done = matches!(receipt, Receipt::Sent);
            outcome.set(Some(receipt));
            let line = form.previous_element_sibling().and_then(|line| line.dyn_into::<HtmlElement>().ok());
            if let Some(line) = line.filter(|_| done) {
                let _ = line.focus();
            }
        });
    }

    fn focus_first(form: &HtmlFormElement, faults: &Faults) {
        let first =
            [("name", &faults.name), ("email", &faults.email), ("subject", &faults.subject), ("text", &faults.text)]
                .into_iter()
                .find_map(|(name, fault)| fault.is_some().then_some(name));
        if let Some(name) = first
            && let Ok(Some(field)) = form.query_selector(&format!("#contact-{name}"))
            && let Ok(field) = field.dyn_into::<HtmlElement>()
        {
            let _ = field.focus();
        }
    }
}
