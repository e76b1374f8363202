//! The search overlay: opens over the page, finds while somebody types. Without scripts
//! the button is a link to `/search`. Follows the ARIA pattern of a combobox with a list
//! (<https://www.w3.org/WAI/ARIA/apg/patterns/combobox/>).

use leptos::prelude::*;

/// Around the dialog.
#[island]
pub fn Finder(children: Children) -> impl IntoView {
    #[cfg(feature = "hydrate")]
    browser::begin();
    children()
}

#[cfg(feature = "hydrate")]
mod browser {
    use crate::islands::dom::{after, all, by_id, document, element, find, hit, keep, kept, on};
    use std::{cell::Cell, rc::Rc};
    use wasm_bindgen::JsCast;
    use web_sys::{Element, Event, HtmlDialogElement, HtmlElement, HtmlInputElement, KeyboardEvent, MouseEvent};

    /// After the last letter; in milliseconds.
    const PAUSE: i32 = 120;
    /// Searches that are remembered.
    const RECENT: usize = 6;
    const KEPT: &str = "searches";

    #[derive(Clone)]
    struct Finder {
        dialog: HtmlDialogElement,
        field: HtmlInputElement,
        list: HtmlElement,
        /// Counts the letters, so that old answers are dropped.
        asked: Rc<Cell<u32>>,
    }

    pub fn begin() {
        let dialog = by_id("finder").and_then(|found| found.dyn_into().ok());
        let field = by_id("finder-field").and_then(|found| found.dyn_into().ok());
        let (Some(dialog), Some(field), Some(list), Some(page)) =
            (dialog, field, by_id("finder-list").and_then(element), document())
        else {
            return;
        };
        let finder = Finder { dialog, field, list, asked: Rc::default() };
        let it = finder.clone();
        on(&page, "click", move |event| it.clicked(&event));
        let it = finder.clone();
        on(&page, "keydown", move |event| {
            let Some(key) = event.dyn_ref::<KeyboardEvent>() else { return };
            let command = key.ctrl_key() || key.meta_key();
            let wanted = match key.key().as_str() {
                "/" => {
                    !command && !key.alt_key() && hit(&event, "input, textarea, select, [contenteditable]").is_none()
                }
                "k" => command && !key.shift_key() && !key.alt_key(),
                _ => false,
            };
            if wanted {
                event.prevent_default();
                // What opens it closes it again.
                if it.dialog.open() { it.dialog.close() } else { it.open() }
            }
        });
        let it = finder.clone();
        on(&finder.field, "keydown", move |event| {
            let Some(key) = event.dyn_ref::<KeyboardEvent>() else { return };
            match key.key().as_str() {
                "ArrowDown" => it.step(&event, 1),
                "ArrowUp" => it.step(&event, -1),
                "ArrowLeft" | "ArrowRight" | "Home" | "End" => it.choose(None),
                "Enter" if !key.is_composing() => {
                    it.remember();
                    if let Some(chosen) = it.chosen() {
                        event.prevent_default();
                        chosen.click();
                    }
                }
                _ => {}
            }
        });
        if let Some(recent) = by_id("finder-recent") {
            let it = finder.clone();
            on(&recent, "keydown", move |event| {
                match event.dyn_ref::<KeyboardEvent>().map(|key| key.key()).as_deref() {
                    Some("ArrowDown") => it.step_recent(&event, 1),
                    Some("ArrowUp") => it.step_recent(&event, -1),
                    _ => {}
                }
            });
        }
        let it = finder.clone();
        on(&finder.field, "input", move |_| it.typed());
    }

    /// The list for what is typed, or under which name the dialog has the words for its absence.
    async fn answer(address: &str) -> Result<String, &'static str> {
        let answer = gloo_net::http::Request::get(address).send().await.map_err(|_| "data-offline")?;
        match answer.status() {
            200 => answer.text().await.map_err(|_| "data-offline"),
            429 => Err("data-busy"),
            _ => Err("data-away"),
        }
    }

    impl Finder {
        fn clicked(&self, event: &Event) {
            let plain = event.dyn_ref::<MouseEvent>().is_some_and(|mouse| {
                !mouse.ctrl_key() && !mouse.meta_key() && !mouse.shift_key() && mouse.button() == 0
            });
            if hit(event, "a[href='/search']").is_some() && plain {
                event.prevent_default();
                self.open();
            } else if hit(event, "#finder-close").is_some() {
                self.dialog.close();
            } else if hit(event, "#finder-clear").is_some() {
                keep(KEPT, "");
                self.recent();
                let _ = self.field.focus();
            } else if let Some(again) = hit(event, "#finder-recent button") {
                self.field.set_value(&again.text_content().unwrap_or_default());
                let _ = self.field.focus();
                self.typed();
            } else if hit(event, "#finder-list a").is_some() {
                self.remember();
            } else if event.target().is_some_and(|target| &target == self.dialog.as_ref()) {
                // Beside the box.
                self.dialog.close();
            }
        }

        fn open(&self) {
            if self.dialog.open() {
                return;
            }
            let _ = self.dialog.show_modal();
            self.choose(None);
            self.field.select();
            self.recent();
        }

        /// What was looked for before, while nothing is typed.
        fn recent(&self) {
            let Some(line) = by_id("finder-recent").and_then(element) else { return };
            let all_kept = kept(KEPT).unwrap_or_default();
            line.set_hidden(all_kept.is_empty() || !self.field.value().is_empty());
            let (Some(place), Some(page)) = (find(&line, "span"), document()) else { return };
            place.set_text_content(None);
            for words in all_kept.lines() {
                if let Ok(button) = page.create_element("button") {
                    button.set_text_content(Some(words));
                    let _ = button.set_attribute("type", "button");
                    let _ = place.append_child(&button);
                }
            }
        }

        fn remember(&self) {
            let words = self.field.value().trim().replace('\n', " ");
            if words.is_empty() {
                return;
            }
            let before = kept(KEPT).unwrap_or_default();
            let others = before.lines().filter(|line| *line != words).take(RECENT - 1);
            keep(KEPT, &std::iter::once(words.as_str()).chain(others).collect::<Vec<_>>().join("\n"));
        }

        fn typed(&self) {
            self.asked.set(self.asked.get().wrapping_add(1));
            let number = self.asked.get();
            // What was chosen was an answer to other words.
            self.choose(None);
            self.recent();
            let words = self.field.value();
            if words.trim().is_empty() {
                self.show("");
                self.say(None);
                return;
            }
            let it = self.clone();
            after(PAUSE, false, move || {
                if it.asked.get() != number {
                    return;
                }
                let (it, words) = (it.clone(), words.clone());
                leptos::task::spawn_local(async move {
                    let address = format!("/search/typed?q={}", String::from(js_sys::encode_uri_component(&words)));
                    let found = answer(&address).await;
                    if it.asked.get() == number {
                        it.answered(found);
                    }
                });
            });
        }

        /// Shows an answer, or says why there is none.
        fn answered(&self, found: Result<String, &'static str>) {
            let count = self.show(found.as_deref().unwrap_or_default());
            // Where there are more than are listed, the last option says how many.
            let all = by_id("typed-all").and_then(|all| all.text_content());
            let name = match (&found, count) {
                (Err(problem), _) => problem,
                (Ok(_), 0) => "data-found-none",
                (Ok(_), 1) => "data-found-one",
                (Ok(_), _) => "data-found",
            };
            let told = self.dialog.get_attribute(name).map(|words| words.replace('0', &count.to_string()));
            let note = by_id("typed-note").and_then(|note| note.text_content());
            let said: Vec<String> = note.into_iter().chain(all.or(told)).collect();
            self.say(Some(&said.join(" ")));
        }

        fn say(&self, words: Option<&str>) {
            if let Some(said) = by_id("finder-said") {
                said.set_text_content(words);
            }
        }

        /// Puts a list in place; answers how many options it has.
        fn show(&self, html: &str) -> usize {
            self.list.set_inner_html(html);
            let count = self.options().len();
            self.list.set_hidden(count == 0);
            let _ = self.field.set_attribute("aria-expanded", if count > 0 { "true" } else { "false" });
            let _ = self.field.remove_attribute("aria-activedescendant");
            count
        }

        fn options(&self) -> Vec<Element> {
            all(&self.list, "[role=option]")
        }

        fn chosen(&self) -> Option<HtmlElement> {
            find(&self.list, "[aria-selected=true]").and_then(element)
        }

        /// Goes through what was looked for before; beyond the ends stands the field.
        fn step_recent(&self, event: &Event, by: isize) {
            let Some(line) = by_id("finder-recent").and_then(element).filter(|line| !line.hidden()) else { return };
            let buttons = all(&line, "button");
            event.prevent_default();
            let focused = document().and_then(|page| page.active_element());
            let at = buttons.iter().position(|button| Some(button) == focused.as_ref()).map_or(-1, |at| at as isize);
            let next = (at + 1 + by).rem_euclid(buttons.len() as isize + 1) - 1;
            let next = usize::try_from(next).ok().and_then(|next| buttons.get(next).cloned());
            let _ = next.and_then(element).unwrap_or_else(|| self.field.clone().into()).focus();
        }

        fn step(&self, event: &Event, by: isize) {
            let options = self.options();
            if options.is_empty() {
                self.step_recent(event, by);
                return;
            }
            event.prevent_default();
            let at = options.iter().position(|option| option.get_attribute("aria-selected").as_deref() == Some("true"));
            // Beyond the ends stands the field.
            let places = options.len() as isize + 1;
            let next = (at.map_or(-1, |at| at as isize) + 1 + by).rem_euclid(places) - 1;
            self.choose(usize::try_from(next).ok());
        }

        /// Chooses an option, or none: then Enter asks what is typed.
        fn choose(&self, chosen: Option<usize>) {
            let _ = self.field.remove_attribute("aria-activedescendant");
            for (n, option) in self.options().into_iter().enumerate() {
                let is_chosen = chosen == Some(n);
                let _ = option.set_attribute("aria-selected", if is_chosen { "true" } else { "false" });
                if is_chosen {
                    let _ = self.field.set_attribute("aria-activedescendant", &option.id());
                    option.scroll_into_view_with_bool(false);
                }
            }
        }
    }
}
