//! The newsletter forms in the browser: the token is fetched when somebody goes into the
//! field, and signing up does not leave the page.

use leptos::prelude::*;

/// Around a form that the server has rendered.
#[island]
pub fn SignUpForm(children: Children) -> impl IntoView {
    #[cfg(feature = "hydrate")]
    browser::begin();
    children()
}

#[cfg(feature = "hydrate")]
mod browser {
    use crate::{
        api::{SignedUp, begin_sign_up, sign_up},
        islands::dom::{after, all, document, element, find, hit, on, value_of},
    };
    use leptos::task::spawn_local;
    use std::cell::{Cell, RefCell};
    use wasm_bindgen::JsCast;
    use web_sys::{Element, HtmlInputElement};

    /// Whoever is quicker than this with a form is taken for a robot; in milliseconds.
    const QUICK: i32 = 1_200;

    thread_local! {
        /// One ear for all of the page's forms.
        static LISTENS: Cell<bool> = const { Cell::new(false) };
        /// Somebody went into a field, and a token is on its way.
        static ASKED: Cell<bool> = const { Cell::new(false) };
        static TOKEN: RefCell<String> = const { RefCell::new(String::new()) };
        /// The token is old enough to be a person's.
        static RIPE: Cell<bool> = const { Cell::new(false) };
    }

    pub fn begin() {
        if LISTENS.replace(true) {
            return;
        }
        let Some(page) = document() else { return };
        on(&page, "focusin", |event| {
            if hit(&event, ".newsletter__form").is_some() && !ASKED.replace(true) {
                spawn_local(ask());
            }
        });
        on(&page, "submit", |event| {
            if let Some(form) = hit(&event, ".newsletter__form") {
                event.prevent_default();
                submit(form);
            }
        });
    }

    async fn ask() {
        match begin_sign_up().await {
            Ok(token) => {
                TOKEN.with(|place| *place.borrow_mut() = token);
                RIPE.set(false);
                after(QUICK, false, || RIPE.set(true));
            }
            // Asked for again when the form is sent.
            Err(_) => ASKED.set(false),
        }
    }

    fn submit(form: Element) {
        let Some(block) = form.closest(".newsletter").ok().flatten() else { return };
        if find(&form, "button[aria-disabled=true]").is_some() {
            return;
        }
        show(&form, "", "");
        busy(&form, true);
        spawn_local(async move {
            if TOKEN.with(|token| token.borrow().is_empty()) {
                ask().await;
            }
            wait(block, form);
        });
    }

    /// Sends it once the token is old enough.
    fn wait(block: Element, form: Element) {
        if !RIPE.get() && !TOKEN.with(|token| token.borrow().is_empty()) {
            after(100, false, move || {
                if RIPE.get() {
                    spawn_local(send(block.clone(), form.clone()));
                } else {
                    wait(block.clone(), form.clone());
                }
            });
        } else {
            spawn_local(send(block, form));
        }
    }

    async fn send(block: Element, form: Element) {
        let token = TOKEN.with(|token| token.borrow().clone());
        let chosen = |input: &HtmlInputElement| input.type_() != "checkbox" || input.checked();
        let lists = all(&form, "[name=list]")
            .into_iter()
            .filter_map(|input| input.dyn_into::<HtmlInputElement>().ok())
            .filter(chosen)
            .map(|input| input.value())
            .collect();
        let [email, website, place] = ["email", "website", "place"].map(|field| value_of(&form, field));
        let answer = sign_up(email, lists, token, website, place).await;
        busy(&form, false);
        match answer {
            Ok(SignedUp::Asked) => {
                let _ = form.set_attribute("hidden", "");
                say(&block, "data-sent");
            }
            Ok(SignedUp::Fault(fault)) => show(&form, &fault, ""),
            Ok(SignedUp::Choice(fault)) => show(&form, "", &fault),
            Ok(SignedUp::Stale) => {
                ASKED.set(false);
                TOKEN.with(|token| token.borrow_mut().clear());
                say(&block, "data-unavailable");
            }
            Err(_) => say(&block, "data-unavailable"),
        }
    }

    fn busy(form: &Element, busy: bool) {
        if let Some(button) = find(form, "button") {
            let _ = button.set_attribute("aria-disabled", if busy { "true" } else { "false" });
        }
    }

    fn say(block: &Element, what: &str) {
        if let Some(line) = find(block, ".newsletter__outcome") {
            line.set_text_content(block.get_attribute(what).as_deref());
            // The form goes away with what had the focus; the word about it takes it.
            if let Some(line) = element(line) {
                let _ = line.focus();
            }
        }
    }

    /// Says what is wrong, in its place: the address, or the choice.
    fn show(form: &Element, fault: &str, choice: &str) {
        for (place, field, words) in
            [(".newsletter__row + .form__fault", "[name=email]", fault), ("#list-fault", "[type=checkbox]", choice)]
        {
            if let Some(line) = find(form, place) {
                line.set_text_content(Some(words));
            }
            let Some(field) = find(form, field).and_then(element) else { continue };
            if words.is_empty() {
                let _ = field.remove_attribute("aria-invalid");
            } else {
                let _ = field.set_attribute("aria-invalid", "true");
                let _ = field.focus();
            }
        }
    }
}
