//! Light or dark. The choice is kept in the browser; `pages::head` sets it before the
//! first paint, so nothing flashes. Without scripts the page follows the system, and the
//! switch is not shown.

use leptos::prelude::*;

/// Around the button that is pressed while the page is dark.
#[island]
pub fn ThemeSwitch(children: Children) -> impl IntoView {
    #[cfg(feature = "hydrate")]
    browser::begin();
    children()
}

#[cfg(feature = "hydrate")]
mod browser {
    use crate::islands::dom::{document, find, keep, on, window};
    use web_sys::Element;

    fn root() -> Option<Element> {
        document()?.document_element()
    }

    pub fn begin() {
        let Some(button) = root().and_then(|root| find(&root, ".theme-switch")) else { return };
        tell(&button);
        let query = window().and_then(|w| w.match_media("(prefers-color-scheme: dark)").ok().flatten());
        if let Some(query) = query {
            let at = button.clone();
            on(&query, "change", move |_| tell(&at));
            // Without a hold on it the browser may collect the query, and its handler with it.
            std::mem::forget(query);
        }
        let at = button.clone();
        on(&button, "click", move |_| {
            choose(!is_dark());
            tell(&at);
        });
    }

    fn tell(button: &Element) {
        let _ = button.set_attribute("aria-pressed", if is_dark() { "true" } else { "false" });
    }

    fn is_dark() -> bool {
        match root().and_then(|root| root.get_attribute("data-theme")).as_deref() {
            Some(theme) => theme == "dark",
            None => window()
                .and_then(|w| w.match_media("(prefers-color-scheme: dark)").ok().flatten())
                .is_some_and(|query| query.matches()),
        }
    }

    fn choose(dark: bool) {
        let theme = if dark { "dark" } else { "light" };
        if let Some(root) = root() {
            // Neither name nor value can be refused: both are constants.
            let _ = root.set_attribute("data-theme", theme);
        }
        // Without storage the choice lasts as long as the page.
        keep("theme", theme);
    }
}
