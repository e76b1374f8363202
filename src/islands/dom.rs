//! Small hands for the page's elements.

use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{
    Document, Element, Event, EventTarget, HtmlElement, HtmlInputElement, HtmlTextAreaElement, Storage, Window,
};

/// The window; there is one wherever an island runs.
pub fn window() -> Option<Window> {
    web_sys::window()
}

/// The document.
pub fn document() -> Option<Document> {
    window()?.document()
}

/// An element by its id.
pub fn by_id(id: &str) -> Option<Element> {
    document()?.get_element_by_id(id)
}

/// An element as one of HTML.
pub fn element<T: JsCast>(found: T) -> Option<HtmlElement> {
    found.dyn_into().ok()
}

/// The first element below another.
pub fn find(in_: &Element, what: &str) -> Option<Element> {
    in_.query_selector(what).ok().flatten()
}

/// All elements below another.
pub fn all(in_: &Element, what: &str) -> Vec<Element> {
    let Ok(list) = in_.query_selector_all(what) else { return Vec::new() };
    (0..list.length()).filter_map(|at| list.get(at)?.dyn_into().ok()).collect()
}

/// Makes an element of this name and class, with a text.
pub fn make(name: &str, class: &str, text: &str) -> Option<Element> {
    let made = document()?.create_element(name).ok()?;
    made.set_class_name(class);
    made.set_text_content(Some(text));
    Some(made)
}

/// Listens for as long as the page is there.
pub fn on(target: &EventTarget, name: &str, act: impl FnMut(Event) + 'static) {
    let closure = Closure::<dyn FnMut(Event)>::new(act);
    let _ = target.add_event_listener_with_callback(name, closure.as_ref().unchecked_ref());
    closure.forget();
}

/// The element that an event hit, or the one around it that is of this kind.
pub fn hit(event: &Event, what: &str) -> Option<Element> {
    event.target()?.dyn_into::<Element>().ok()?.closest(what).ok().flatten()
}

/// The browser's own store; none where it keeps nothing.
pub fn store() -> Option<Storage> {
    window()?.local_storage().ok().flatten()
}

/// What is kept under a key.
pub fn kept(key: &str) -> Option<String> {
    store()?.get_item(key).ok().flatten()
}

/// Keeps something, or (empty) lets it go.
pub fn keep(key: &str, value: &str) {
    if let Some(store) = store() {
        let _ = if value.is_empty() { store.remove_item(key) } else { store.set_item(key, value) };
    }
}

/// What stands in a field of a form.
pub fn value_of(form: &Element, name: &str) -> String {
    let Some(field) = find(form, &format!("[name={name}]")) else { return String::new() };
    match field.dyn_into::<HtmlInputElement>() {
        Ok(input) => input.value(),
        Err(field) => field.dyn_into::<HtmlTextAreaElement>().map(|area| area.value()).unwrap_or_default(),
    }
}

/// What stands at an address of this site; none where it says that there is none.
pub async fn text_of(address: &str) -> Option<String> {
    let answer = gloo_net::http::Request::get(address).send().await.ok()?;
    if !answer.ok() {
        return None;
    }
    answer.text().await.ok()
}

/// Runs something after some milliseconds, and again and again where `every`.
pub fn after(milliseconds: i32, every: bool, act: impl FnMut() + 'static) {
    let closure = Closure::<dyn FnMut()>::new(act);
    let call = closure.as_ref().unchecked_ref();
    if let Some(window) = window() {
        let _: Result<i32, JsValue> = if every {
            window.set_interval_with_callback_and_timeout_and_arguments_0(call, milliseconds)
        } else {
            window.set_timeout_with_callback_and_timeout_and_arguments_0(call, milliseconds)
        };
    }
    closure.forget();
}
