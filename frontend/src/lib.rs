//! The browser's entry. Islands register themselves; this only starts them.

use pressroom as _;

/// Called by `public/start.js` once the module is loaded.
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn hydrate() {
    leptos::mount::hydrate_islands();
}
