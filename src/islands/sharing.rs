//! The share rows: links that work by themselves; the island makes Copy Link copy, adds the
//! device's own sheet and printing where there are such, offers a selected passage with an
//! address that leads to it, and tells the server which service was used, nothing else.

use leptos::prelude::*;

/// Around a row.
#[island]
pub fn Sharing(children: Children) -> impl IntoView {
    #[cfg(feature = "hydrate")]
    browser::begin();
    children()
}

#[cfg(feature = "hydrate")]
mod browser {
    use crate::{
        domain::share::{Service, fragment},
        islands::dom::{after, all, by_id, document, find, hit, make, on, window},
    };
    use js_sys::{Function, Object, Promise, Reflect};
    use std::cell::{Cell, RefCell};
    use wasm_bindgen::{JsCast, JsValue};
    use wasm_bindgen_futures::JsFuture;
    use web_sys::{Element, Node, Selection};

    /// Passages of fewer characters say nothing, of more are more than a passage.
    const PASSAGE: std::ops::RangeInclusive<usize> = 12..=600;
    /// So long nothing stands there before it is said; in milliseconds.
    const BREATH: i32 = 50;
    /// So long a word of success stands there; in milliseconds.
    const SAID: i32 = 5_000;
    /// A selection that changes no more; in milliseconds.
    const STILL: i32 = 250;

    thread_local! {
        /// One ear for all of the page's rows: there are two of them.
        static LISTENS: Cell<bool> = const { Cell::new(false) };
        static CHANGES: Cell<u32> = const { Cell::new(0) };
        static SAYINGS: Cell<u32> = const { Cell::new(0) };
        static SELECTED: RefCell<String> = const { RefCell::new(String::new()) };
    }

    pub fn begin() {
        if LISTENS.replace(true) {
            return;
        }
        let Some(page) = document() else { return };
        let Some(root) = page.document_element() else { return };
        for link in all(&root, ".share__link[ping]") {
            let _ = link.remove_attribute("ping");
        }
        show(&root, Service::Print);
        if device().is_some() {
            show(&root, Service::Device);
        }
        on(&page, "click", |event| {
            if let Some(link) = hit(&event, ".share__link") {
                if let Some(service) = link.get_attribute("data-service").and_then(|name| name.parse().ok()) {
                    use_service(service, &link, &event);
                }
            } else if hit(&event, "#share-passage").is_some() {
                leptos::task::spawn_local(pass_on());
            }
        });
        on(&page, "selectionchange", |_| {
            let change = CHANGES.get().wrapping_add(1);
            CHANGES.set(change);
            after(STILL, false, move || {
                if CHANGES.get() == change {
                    offer();
                }
            });
        });
    }

    fn show(root: &Element, service: Service) {
        for button in all(root, &format!("[data-service={service}]")) {
            if let Some(item) = button.parent_element() {
                let _ = item.remove_attribute("hidden");
            }
        }
    }

    fn row_of(link: &Element) -> Option<Element> {
        link.closest(".share").ok().flatten()
    }

    fn use_service(service: Service, link: &Element, event: &web_sys::Event) {
        let Some(row) = row_of(link) else { return };
        count(&row, service);
        match service {
            Service::CopyLink => {
                event.prevent_default();
                leptos::task::spawn_local(copy(row));
            }
            Service::Print => drop(window().map(|window| window.print())),
            Service::Device => {
                let title = row.get_attribute("data-title").unwrap_or_default();
                leptos::task::spawn_local(async move {
                    sheet(&[("title", &title), ("url", &row.get_attribute("data-address").unwrap_or_default())]).await;
                });
            }
            _ => {}
        }
    }

    /// Tells the server; the browser does so even when the page is left.
    fn count(row: &Element, service: Service) {
        if let (Some(window), Some(article)) = (window(), row.get_attribute("data-article")) {
            let _ = window.navigator().send_beacon(&format!("/shared/{service}/{article}"));
        }
    }

    async fn write(text: &str) -> bool {
        let Some(window) = window() else { return false };
        // Sites without TLS have none.
        if !Reflect::get(&window.navigator(), &JsValue::from_str("clipboard")).is_ok_and(|found| found.is_object()) {
            return false;
        }
        JsFuture::from(window.navigator().clipboard().write_text(text)).await.is_ok()
    }

    async fn copy(row: Element) {
        let Some(address) = row.get_attribute("data-address") else { return };
        if write(&address).await {
            say(&row, "data-copied");
        } else if let Some(window) = window() {
            // Not allowed to write: then the link does what a link does.
            let _ = window.location().set_href(&address);
        }
    }

    /// A word of success, seen and heard.
    fn say(row: &Element, what: &str) {
        let Some(line) = find(row, ".share__done") else { return };
        let words = row.get_attribute(what);
        let saying = SAYINGS.get().wrapping_add(1);
        SAYINGS.set(saying);
        // Emptied first, so that it is heard again when it is done again; what was said
        // last is the one that ends.
        line.set_text_content(None);
        let said = line.clone();
        after(BREATH, false, move || said.set_text_content(words.as_deref()));
        after(SAID, false, move || {
            if SAYINGS.get() == saying {
                line.set_text_content(None);
            }
        });
    }

    /// The device's own way to share, where there is one.
    fn device() -> Option<Function> {
        Reflect::get(&window()?.navigator(), &JsValue::from_str("share")).ok()?.dyn_into().ok()
    }

    /// Opens the device's sheet; whoever closes it has decided.
    async fn sheet(what: &[(&str, &str)]) {
        let (Some(share), Some(window)) = (device(), window()) else { return };
        let data = Object::new();
        for (key, value) in what {
            let _ = Reflect::set(&data, &JsValue::from_str(key), &JsValue::from_str(value));
        }
        if let Ok(promise) = share.call1(&window.navigator(), &data) {
            let _ = JsFuture::from(promise.unchecked_into::<Promise>()).await;
        }
    }

    /// Shows the button while a passage of the article is selected.
    fn offer() {
        let passage = window()
            .and_then(|window| window.get_selection().ok().flatten())
            .and_then(|selection| passage(&selection))
            .unwrap_or_default();
        if let Some(button) = button() {
            let _ = button.toggle_attribute_with_force("hidden", passage.is_empty());
        }
        SELECTED.with(|selected| *selected.borrow_mut() = passage);
    }

    /// The button, made when it is first needed.
    fn button() -> Option<Element> {
        by_id("share-passage").or_else(|| {
            let row = document()?.query_selector(".share").ok().flatten()?;
            let button = make("button", "button share-passage", &row.get_attribute("data-passage")?)?;
            button.set_id("share-passage");
            button.set_attribute("type", "button").ok()?;
            // What is pressed does not take the selection away.
            on(&button, "pointerdown", |event| event.prevent_default());
            let text = document()?.query_selector(".prose").ok().flatten()?;
            text.after_with_node_1(&button).ok()?;
            Some(button)
        })
    }

    /// What is selected in the article's text, in whole words.
    fn passage(selection: &Selection) -> Option<String> {
        if selection.is_collapsed() || selection.range_count() == 0 {
            return None;
        }
        let range = selection.get_range_at(0).ok()?;
        let around = range.common_ancestor_container().ok()?;
        let around = around.dyn_ref::<Element>().cloned().or_else(|| around.parent_element())?;
        around.closest(".article > .prose").ok().flatten()?;
        let before = beside(range.start_container().ok()?, range.start_offset().ok()?, true);
        let behind = beside(range.end_container().ok()?, range.end_offset().ok()?, false);
        let text = String::from(selection.to_string());
        let text = if text.starts_with(in_word) { before + &text } else { text };
        let text = if text.ends_with(in_word) { text + &behind } else { text };
        let text = text.trim().to_owned();
        PASSAGE.contains(&text.chars().count()).then_some(text)
    }

    /// The letters of the word that a selection has cut in two; offsets count in UTF-16.
    fn beside(node: Node, offset: u32, before: bool) -> String {
        let Some(text) = node.node_value() else { return String::new() };
        let units: Vec<u16> = text.encode_utf16().collect();
        let offset = (offset as usize).min(units.len());
        if before {
            let rest = String::from_utf16_lossy(&units[..offset]);
            let cut: Vec<char> = rest.chars().rev().take_while(|c| in_word(*c)).collect();
            cut.into_iter().rev().collect()
        } else {
            String::from_utf16_lossy(&units[offset..]).chars().take_while(|c| in_word(*c)).collect()
        }
    }

    /// Letters and digits, near enough: the tables that know all of them would weigh more than
    /// the rest of this file.
    fn in_word(c: char) -> bool {
        c.is_ascii_alphanumeric() || c >= '\u{c0}' && !('\u{2000}'..='\u{206f}').contains(&c)
    }

    /// Passes the selected passage on: by the device's sheet, or into the clipboard.
    async fn pass_on() {
        let passage = SELECTED.with(|selected| selected.borrow().clone());
        let Some(row) = document().and_then(|page| page.query_selector(".share").ok().flatten()) else { return };
        let Some(address) = row.get_attribute("data-address").filter(|_| !passage.is_empty()) else { return };
        let (quote, address) = (format!("“{passage}”"), format!("{address}{}", fragment(&passage)));
        if device().is_some() {
            count(&row, Service::Device);
            sheet(&[("text", &quote), ("url", &address)]).await;
        } else if write(&format!("{quote} {address}")).await {
            count(&row, Service::CopyLink);
            if let (Some(button), Some(line)) = (by_id("share-passage"), row.get_attribute("data-passage-copied")) {
                button.set_text_content(Some(&line));
                say(&row, "data-passage-copied");
                let words = row.get_attribute("data-passage");
                after(2_500, false, move || button.set_text_content(words.as_deref()));
            }
        }
    }
}
