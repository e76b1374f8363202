//! Light or dark. The choice is kept in the browser; `pages::shell` sets it
//! before the first paint, so nothing flashes. Without scripts the page follows
//! the system, and the switch is not shown.

use leptos::prelude::*;

/// A button that is pressed while the page is dark.
#[island]
pub fn ThemeSwitch(
    /// Its name for those who can't see it.
    label: String,
) -> impl IntoView {
    let dark = RwSignal::new(false);
    #[cfg(feature = "hydrate")]
    Effect::new(move |_| {
        dark.set(browser::is_dark());
        browser::on_system_change(move || dark.set(browser::is_dark()));
    });
    let toggle = move |_| {
        let next = !dark.get_untracked();
        dark.set(next);
        #[cfg(feature = "hydrate")]
        browser::choose(next);
    };
    view! {
        <button
            type="button"
            class="theme-switch icon-button"
            aria-label=label
            aria-pressed=move || if dark.get() { "true" } else { "false" }
            on:click=toggle
        >
            <span class="theme-switch__sun" aria-hidden="true"></span>
        </button>
    }
}

#[cfg(feature = "hydrate")]
mod browser {
    use wasm_bindgen::{JsCast, closure::Closure};
    use web_sys::{Element, window};

    fn root() -> Option<Element> {
        window()?.document()?.document_element()
    }

    pub fn is_dark() -> bool {
        match root().and_then(|root| root.get_attribute("data-theme")).as_deref() {
            Some(theme) => theme == "dark",
            None => window()
                .and_then(|w| w.match_media("(prefers-color-scheme: dark)").ok().flatten())
                .is_some_and(|query| query.matches()),
        }
    }

    /// Calls back whenever the system turns light or dark, for as long as the page lives.
    pub fn on_system_change(call: impl Fn() + 'static) {
        let query = window().and_then(|w| w.match_media("(prefers-color-scheme: dark)").ok().flatten());
        if let Some(query) = query {
            let closure = Closure::<dyn Fn()>::new(call);
            query.set_onchange(Some(closure.as_ref().unchecked_ref()));
            closure.forget();
            // Without a hold on it the browser may collect the query, and its handler with it.
            std::mem::forget(query);
        }
    }

    pub fn choose(dark: bool) {
        let theme = if dark { "dark" } else { "light" };
        if let Some(root) = root() {
            // Neither name nor value can be refused: both are constants.
            let _ = root.set_attribute("data-theme", theme);
        }
        // Without storage the choice lasts as long as the page.
        if let Some(storage) = window().and_then(|w| w.local_storage().ok().flatten()) {
            let _ = storage.set_item("theme", theme);
        }
    }
}
