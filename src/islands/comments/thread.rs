//! The thread: comments are brought into their places, recommended, muted, loaded on.

use super::browser::Talk;
use crate::{
    api,
    domain::CommentId,
    islands::dom::{after, all, by_id, document, element, find, hit, keep, kept, make, on, text_of, window},
};
use leptos::task::spawn_local;
use std::rc::Rc;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, HtmlElement};

/// The deepest indent, as `domain::comment` has it.
const DEEPEST: usize = crate::domain::comment::MAX_INDENT;
const MINUTE: f64 = 60_000.0;

/// Wakes the thread.
pub fn begin(talk: &Rc<Talk>, block: &HtmlElement) {
    dress(talk, block);
    let it = talk.clone();
    let around = block.clone();
    on(block, "click", move |event| {
        if let Some(button) = hit(&event, ".comment__mute") {
            mute(&it, &around, &button);
        } else if let Some(link) = hit(&event, ".comments__more a") {
            event.prevent_default();
            let (it, around) = (it.clone(), around.clone());
            spawn_local(async move { more(&it, &around, &link).await });
        }
    });
    on(block, "submit", |event| {
        if let Some(form) = hit(&event, ".comment__recommend") {
            event.prevent_default();
            spawn_local(recommend(form));
        }
    });
    let (it, around) = (talk.clone(), block.clone());
    after(60_000, true, move || tell_times(&it, &around));
}

/// What the server can't know of a comment, since the page is the same for all: how long
/// ago it was, whose it is, whether its writer is muted.
pub fn dress(talk: &Rc<Talk>, in_: &Element) {
    tell_times(talk, in_);
    for acts in all(in_, ".comment__acts:not([data-dressed])") {
        let _ = acts.set_attribute("data-dressed", "");
        let id = comment_of(&acts).and_then(|comment| id_of(&comment));
        if id.is_some_and(|id| talk.mine.borrow().contains(&id)) {
            if let Some(link) = make("a", "comment__own", &talk.words.change) {
                let _ = link.set_attribute("href", &format!("/comments/{}/yours", id.unwrap_or_default()));
                let _ = acts.append_child(&link);
            }
        } else if let Some(button) = make("button", "comment__mute", &talk.words.mute) {
            let _ = button.set_attribute("type", "button");
            let _ = acts.append_child(&button);
        }
    }
    apply_mutes(talk, in_);
}

fn comment_of(inside: &Element) -> Option<Element> {
    inside.closest(".comment").ok().flatten()
}

fn id_of(comment: &Element) -> Option<i64> {
    comment.id().strip_prefix("comment-")?.parse().ok()
}

fn name_of(comment: &Element) -> String {
    find(comment, ".comment__name").and_then(|name| name.text_content()).unwrap_or_default()
}

/// `3 minutes ago`, in the page's language; the moment itself stays in the title.
pub fn tell_times(talk: &Talk, in_: &Element) {
    if !talk.seen.get() {
        return;
    }
    let language = document().and_then(|page| page.document_element()?.get_attribute("lang")).unwrap_or_default();
    let locales = js_sys::Array::of1(&JsValue::from_str(&language));
    let options = js_sys::Object::new();
    let _ = js_sys::Reflect::set(&options, &"numeric".into(), &"auto".into());
    let format = js_sys::Intl::RelativeTimeFormat::new(&locales, &options);
    let now = js_sys::Date::now();
    for time in all(in_, ".comment__time time") {
        let Some(moment) = time.get_attribute("datetime") else { continue };
        let ago = now - js_sys::Date::parse(&moment);
        // What is older than a month says more as a date.
        if !(0.0..30.0 * 1_440.0 * MINUTE).contains(&ago) {
            continue;
        }
        if time.get_attribute("title").is_none() {
            let _ = time.set_attribute("title", &time.text_content().unwrap_or_default());
        }
        let (count, unit) = match ago / MINUTE {
            minutes if minutes < 60.0 => (minutes, "minute"),
            minutes if minutes < 1_440.0 => (minutes / 60.0, "hour"),
            minutes => (minutes / 1_440.0, "day"),
        };
        time.set_text_content(Some(&String::from(format.format(-count.floor(), unit))));
    }
}

/// The comments that were written in this browser.
pub fn own_ids() -> Vec<i64> {
    kept("comments:mine").unwrap_or_default().split(' ').filter_map(|id| id.parse().ok()).collect()
}

/// Remembers that a comment is one's own, the last hundred of them.
pub fn remember_own(talk: &Rc<Talk>, id: i64) {
    let mut mine = talk.mine.borrow_mut();
    mine.push(id);
    let first = mine.len().saturating_sub(100);
    let text: Vec<String> = mine[first..].iter().map(ToString::to_string).collect();
    keep("comments:mine", &text.join(" "));
}

fn muted() -> Vec<String> {
    kept("comments:muted").unwrap_or_default().lines().map(str::to_owned).collect()
}

/// Mutes whoever wrote a comment, or not any more.
fn mute(talk: &Rc<Talk>, block: &Element, button: &Element) {
    let Some(comment) = comment_of(button) else { return };
    let name = name_of(&comment);
    let mut names = muted();
    match names.iter().position(|known| *known == name) {
        Some(at) => drop(names.remove(at)),
        None => names.push(name),
    }
    keep("comments:muted", &names.join("\n"));
    apply_mutes(talk, block);
    if let Some(button) = element(button.clone()) {
        let _ = button.focus();
    }
}

fn apply_mutes(talk: &Rc<Talk>, in_: &Element) {
    let names = muted();
    for button in all(in_, ".comment__mute") {
        let Some(comment) = comment_of(&button) else { continue };
        let name = name_of(&comment);
        let off = names.contains(&name);
        let _ = comment.class_list().toggle_with_force("comment--muted", off);
        let label = if off { &talk.words.muted } else { &talk.words.mute };
        button.set_text_content(Some(label));
        let _ = button.set_attribute("aria-label", &format!("{label}: {name}"));
    }
}

async fn recommend(form: Element) {
    let Some(id) = comment_of(&form).and_then(|comment| id_of(&comment)) else { return };
    let Ok(Some(now)) = api::recommend(CommentId(id)).await else { return };
    // The stream may have put the comment anew meanwhile.
    let form =
        by_id(&format!("comment-{id}")).and_then(|comment| find(&comment, ".comment__recommend")).unwrap_or(form);
    let count = if now.count == 0 { String::new() } else { now.count.to_string() };
    if let Some(place) = find(&form, ".comment__recommends") {
        place.set_text_content(Some(&count));
    }
    if let Some(button) = find(&form, "button") {
        let _ = button.set_attribute("aria-pressed", if now.mine { "true" } else { "false" });
    }
}

/// Puts what follows in the conversation under it, in the place of the link to it.
async fn more(talk: &Rc<Talk>, block: &Element, link: &Element) {
    let Some(to) = link.get_attribute("href") else { return };
    let (Some(list), Some(page)) = (by_id("comments-list"), text_of(&to).await) else {
        if let Some(window) = window() {
            let _ = window.location().set_href(&to);
        }
        return;
    };
    let Some(holder) = document().and_then(|page| page.create_element("div").ok()) else { return };
    // Parsed apart from the page, so that only the list comes in.
    holder.set_inner_html(page.split_once("<body").map_or(page.as_str(), |(_, rest)| rest));
    let first = find(&holder, "#comments-list > .comment");
    for item in all(&holder, "#comments-list > li") {
        // What came in live meanwhile is there already.
        if item.id().is_empty() || by_id(&item.id()).is_none() {
            let _ = list.append_child(&item);
        }
    }
    let next = find(&holder, ".comments__more a").and_then(|next| next.get_attribute("href"));
    match next {
        Some(next) => drop(link.set_attribute("href", &next)),
        None => drop(link.parent_element().map(|line| line.remove())),
    }
    dress(talk, block);
    if let Some(first) = first.and_then(element) {
        let _ = first.set_attribute("tabindex", "-1");
        let _ = first.focus();
    }
}

/// Brings a comment in that was just posted, and leads to it.
pub async fn bring(talk: &Rc<Talk>, id: i64, parent: Option<i64>) {
    if let Some(html) = text_of(&format!("/comments/{id}/piece")).await {
        put(talk, id, parent, &html);
    }
    if let Some(comment) = by_id(&format!("comment-{id}")).and_then(element) {
        let _ = comment.set_attribute("tabindex", "-1");
        let _ = comment.focus();
        comment.scroll_into_view();
    }
}

fn depth_of(comment: &Element) -> usize {
    let class = comment.class_name();
    class.split("comment--depth-").nth(1).and_then(|rest| rest.split(' ').next()?.parse().ok()).unwrap_or(0)
}

/// Puts a comment in its place, or in the place of what it was before.
pub fn put(talk: &Rc<Talk>, id: i64, parent: Option<i64>, html: &str) {
    let (Some(list), Some(holder)) =
        (by_id("comments-list"), document().and_then(|page| page.create_element("ol").ok()))
    else {
        return;
    };
    holder.set_inner_html(html);
    let Some(new) = holder.first_element_child() else { return };
    if let Some(old) = by_id(&format!("comment-{id}")) {
        new.set_class_name(&old.class_name());
        // The form may stand in it.
        if let (Some(form), Some(under)) = (find(&old, "#reply-box"), find(&new, "article")) {
            let _ = under.append_child(&form);
        }
        // What only this reader knows.
        let pressed = find(&old, "[aria-pressed]").and_then(|button| button.get_attribute("aria-pressed"));
        if let (Some(pressed), Some(button)) = (pressed, find(&new, ".comment__recommend button")) {
            let _ = button.set_attribute("aria-pressed", &pressed);
        }
        let _ = old.replace_with_with_node_1(&new);
    } else {
        let above = parent.and_then(|parent| by_id(&format!("comment-{parent}")));
        // Whose parent isn't on this page stands on another.
        if parent.is_some() && above.is_none() {
            return;
        }
        match above {
            None => drop(list.append_child(&new)),
            Some(above) => {
                let depth = depth_of(&above);
                new.set_class_name(&format!("comment comment--depth-{}", (depth + 1).min(DEEPEST)));
                let mut last = above;
                while let Some(next) = last.next_element_sibling().filter(|next| depth_of(next) > depth) {
                    last = next;
                }
                let _ = last.after_with_node_1(&new);
            }
        }
        let _ = new.class_list().add_1("comment--new");
    }
    dress(talk, &list);
}

/// Takes a comment away, or empties it where it has answers.
pub fn take(id: i64, gone: &str) {
    let Some(comment) = by_id(&format!("comment-{id}")) else { return };
    let depth = depth_of(&comment);
    let answered = comment.next_element_sibling().is_some_and(|next| depth_of(&next) > depth && next.id() != "");
    // Whoever answers it right now goes on under the conversation, and is told.
    let writes = find(&comment, "#reply :focus").is_some();
    let moves = find(&comment, "#reply-box").is_some();
    if moves && let Some(cancel) = by_id("reply-cancel").and_then(element) {
        cancel.click();
    }
    if answered {
        comment.set_inner_html(&format!("<p class=\"comment__gone\">{gone}</p>"));
    } else {
        comment.remove();
    }
    if moves && let Some(line) = by_id("reply-outcome") {
        line.set_text_content(Some(gone));
    }
    if writes && let Some(text) = by_id("reply-text").and_then(element) {
        let _ = text.focus();
    }
}

/// Tells the number of comments.
pub fn count(said: &str) {
    if let Some(place) = by_id("comments-count").and_then(|place| place.dyn_into::<HtmlElement>().ok()) {
        place.set_text_content(Some(said));
    }
}
