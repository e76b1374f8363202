//! The Contact form in the browser: checked by the server's own rules, sent without
//! leaving the page.

use leptos::prelude::*;

/// Around the form that the server has rendered.
#[island]
pub fn ContactForm(children: Children) -> impl IntoView {
    #[cfg(feature = "hydrate")]
    browser::begin();
    children()
}

#[cfg(feature = "hydrate")]
mod browser {
    use crate::{
        api::{Receipt, send_message},
        domain::contact::{Faults, Message},
        islands::dom::{by_id, element, find, on, value_of},
    };
    use leptos::task::spawn_local;
    use web_sys::{Element, HtmlElement};

    pub fn begin() {
        let Some(block) = by_id("contact-form") else { return };
        let Some(form) = find(&block, "form").and_then(element) else { return };
        let at = form.clone();
        on(&form, "submit", move |event| {
            event.prevent_default();
            submit(&block, &at);
        });
    }

    fn submit(block: &Element, form: &HtmlElement) {
        if find(form, "button[aria-disabled=true]").is_some() {
            return;
        }
        let value = |name: &str| value_of(form, name);
        let message =
            Message { name: value("name"), email: value("email"), subject: value("subject"), text: value("text") };
        let website = value("website");
        let found = message.faults();
        show(form, &found);
        if !found.none() {
            return;
        }
        say(block, "");
        busy(form, true);
        let (block, form) = (block.clone(), form.clone());
        spawn_local(async move {
            let Message { name, email, subject, text } = message;
            let receipt = send_message(name, email, subject, text, website).await.unwrap_or(Receipt::Unavailable);
            busy(&form, false);
            let told = |name: &str| block.get_attribute(name).unwrap_or_default();
            match receipt {
                Receipt::Faults(found) => show(&form, &found),
                Receipt::Unavailable => say(&block, &told("data-unavailable")),
                Receipt::Sent => {
                    form.set_hidden(true);
                    say(&block, &told("data-sent"));
                    // The form goes away with what had the focus; the word about it takes it.
                    if let Some(line) = find(&block, ".form__outcome").and_then(element) {
                        let _ = line.focus();
                    }
                }
            }
        });
    }

    fn busy(form: &Element, busy: bool) {
        if let Some(button) = find(form, "button") {
            let _ = button.set_attribute("aria-disabled", if busy { "true" } else { "false" });
        }
    }

    fn say(block: &Element, line: &str) {
        if let Some(place) = find(block, ".form__outcome") {
            place.set_text_content(Some(line));
        }
    }

    /// Says what is wrong beside each field, and puts the cursor into the first.
    fn show(form: &Element, faults: &Faults) {
        let all =
            [("name", &faults.name), ("email", &faults.email), ("subject", &faults.subject), ("text", &faults.text)];
        for (name, fault) in all {
            if let Some(line) = by_id(&format!("contact-{name}-fault")) {
                line.set_text_content(fault.as_deref());
            }
            if let Some(field) = find(form, &format!("[name={name}]")) {
                let _ = match fault {
                    Some(_) => field.set_attribute("aria-invalid", "true"),
                    None => field.remove_attribute("aria-invalid"),
                };
            }
        }
        if let Some(field) = find(form, "[aria-invalid]").and_then(element) {
            let _ = field.focus();
        }
    }
}
