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
    Effect::new(move |_| dark.set(browser::is_dark()));
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
