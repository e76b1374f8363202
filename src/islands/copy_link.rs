//! Copy Link: a link to the page's own address; the island makes it copy.

use leptos::prelude::*;

/// The link, and a word of success that is heard as well as seen.
#[island]
pub fn CopyLink(
    /// The page's full address.
    href: String,
    /// The name of the link.
    label: String,
    /// The word of success.
    copied: String,
    /// The address of the icon.
    icon: String,
) -> impl IntoView {
    let done = RwSignal::new(false);
    let address = href.clone();
    let copy = move |event: leptos::ev::MouseEvent| {
        event.prevent_default();
        let address = address.clone();
        #[cfg(feature = "hydrate")]
        leptos::task::spawn_local(async move {
            if let Some(window) = web_sys::window() {
                let written =
                    wasm_bindgen_futures::JsFuture::from(window.navigator().clipboard().write_text(&address)).await;
                if written.is_ok() {
                    done.set(true);
                } else {
                    // Not allowed to write: then the link does what a link does.
                    let _ = window.location().set_href(&address);
                }
            }
        });
        #[cfg(not(feature = "hydrate"))]
        drop(address);
    };
    view! {
        <a class="share__link share__link--copy" href=href on:click=copy>
            <svg class="icon" aria-hidden="true">
                <use href=icon></use>
            </svg>
            <span class="share__name">{label}</span>
        </a>
        <span class="share__done" role="status">
            {move || done.get().then(|| copied.clone())}
        </span>
    }
}
