//! The form: moves under what is answered, keeps what is written and checks it.

mod sending;

use super::browser::Talk;
use crate::{
    domain::{
        CommentId,
        reply::{MAX_TEXT, Reply, ReplyFaults},
    },
    islands::dom::{all, by_id, element, find, hit, keep, kept, on, value_of},
};
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::{
    Element, HtmlElement, HtmlFormElement, HtmlInputElement, HtmlTextAreaElement, KeyboardEvent, SubmitEvent,
};

#[derive(Clone)]
struct Form {
    talk: Rc<Talk>,
    form: HtmlFormElement,
    /// The section around it, which moves.
    place: HtmlElement,
    text: HtmlTextAreaElement,
}

/// Wakes the form, where there is one.
pub fn begin(talk: &Rc<Talk>, block: &HtmlElement) {
    let parts = (by_id("reply"), by_id("reply-box").and_then(element), by_id("reply-text"));
    let (Some(form), Some(place), Some(text)) = parts else { return };
    let (Ok(form), Ok(text)) = (form.dyn_into(), text.dyn_into()) else { return };
    let form = Form { talk: talk.clone(), form, place, text };
    form.form.set_no_validate(true);
    form.restore();
    form.tell_held();
    // Whoever was quicker than the island is writing already.
    if find(&form.form, ":focus").is_some() {
        form.ask_token();
    }
    let it = form.clone();
    on(&form.form, "focusin", move |_| it.ask_token());
    let it = form.clone();
    on(&form.form, "input", move |_| it.changed());
    let it = form.clone();
    on(&form.form, "focusout", move |event| {
        if let Some(field) = hit(&event, "[name]") {
            it.left(&field);
        }
    });
    let it = form.clone();
    on(&form.form, "submit", move |event| {
        event.prevent_default();
        let by = event.dyn_ref::<SubmitEvent>().and_then(SubmitEvent::submitter);
        if by.is_some_and(|button| button.has_attribute("name")) {
            it.preview();
        } else {
            it.submit();
        }
    });
    let it = form.clone();
    on(&form.form, "keydown", move |event| {
        let Some(pressed) = event.dyn_ref::<KeyboardEvent>() else { return };
        match pressed.key().as_str() {
            "Enter" if pressed.ctrl_key() || pressed.meta_key() => {
                event.prevent_default();
                it.submit();
            }
            "Escape" if it.answers().is_some() => it.cancel(),
            _ => {}
        }
    });
    let it = form.clone();
    on(block, "click", move |event| {
        if let Some(comment) = hit(&event, ".comment__reply").and_then(|link| link.closest(".comment").ok().flatten()) {
            event.prevent_default();
            it.answer(&comment);
        } else if hit(&event, "#reply-cancel").is_some() {
            event.prevent_default();
            it.cancel();
        }
    });
}

impl Form {
    fn key(&self) -> String {
        format!("draft:{}", self.talk.article)
    }

    fn field(&self, name: &str) -> Option<HtmlInputElement> {
        find(&self.form, &format!("[name={name}]"))?.dyn_into().ok()
    }

    fn value(&self, name: &str) -> String {
        self.field(name).map(|field| field.value()).unwrap_or_default()
    }

    /// The comment that is answered, by where the form stands.
    fn answers(&self) -> Option<CommentId> {
        let above = self.place.closest(".comment").ok().flatten()?;
        above.id().strip_prefix("comment-")?.parse().ok().map(CommentId)
    }

    fn reply(&self) -> Reply {
        Reply { name: self.value("name"), email: self.value("email"), text: self.text.value() }
    }

    /// What was being written when the page was left.
    fn restore(&self) {
        self.restore_names();
        if let Some(draft) = kept(&self.key()) {
            let (answers, text) = draft.split_once('\n').unwrap_or(("", &draft));
            if let Some(comment) = by_id(&format!("comment-{answers}")) {
                self.answer_quietly(&comment);
            }
            self.text.set_value(text);
        }
        self.count();
    }

    /// Who was writing, and whether they want to hear of answers.
    fn restore_names(&self) {
        for name in ["name", "email"] {
            if let (Some(field), Some(value)) = (self.field(name), kept(&format!("reply:{name}"))) {
                field.set_value(&value);
            }
        }
        if let (Some(field), Some(value)) = (self.field("notify"), kept("reply:notify")) {
            field.set_checked(!value.is_empty());
        }
    }

    fn changed(&self) {
        let text = self.text.value();
        let answers = self.answers().map(|id| id.to_string()).unwrap_or_default();
        keep(&self.key(), &if text.is_empty() { text } else { format!("{answers}\n{text}") });
        for name in ["name", "email"] {
            if self.field(name).is_some() {
                keep(&format!("reply:{name}"), &self.value(name));
            }
        }
        if let Some(field) = self.field("notify") {
            keep("reply:notify", if field.checked() { "1" } else { "" });
        }
        self.count();
        // What was said to be wrong is looked at again while it is mended; that a text is
        // too long or shouts is said at once.
        let faults = self.faults();
        let wrong = all(&self.form, "[aria-invalid]");
        for field in &wrong {
            match field.get_attribute("name").as_deref() {
                Some("text") => self.show_one("text", faults.text.as_deref()),
                Some("name") => self.show_one("name", faults.name.as_deref()),
                _ => self.show_one("email", faults.email.as_deref()),
            }
        }
        if wrong.is_empty() && self.text.value().chars().count() > 24 {
            self.show_one("text", faults.text.as_deref());
        }
    }

    /// A field that was filled in and left is looked at.
    fn left(&self, field: &Element) {
        let name = field.get_attribute("name").unwrap_or_default();
        if !matches!(name.as_str(), "text" | "name" | "email") || value_of(&self.form, &name).trim().is_empty() {
            return;
        }
        let faults = self.faults();
        let fault = match name.as_str() {
            "text" => faults.text,
            "name" => faults.name,
            _ => faults.email,
        };
        self.show_one(&name, fault.as_deref());
    }

    fn show_one(&self, name: &str, fault: Option<&str>) {
        if let Some(line) = by_id(&format!("reply-{name}-fault")) {
            line.set_text_content(fault);
        }
        if let Some(field) = find(&self.form, &format!("[name={name}]")) {
            let _ = match fault {
                Some(_) => field.set_attribute("aria-invalid", "true"),
                None => field.remove_attribute("aria-invalid"),
            };
        }
    }

    fn count(&self) {
        let length = self.text.value().chars().count();
        if let Some(line) = by_id("reply-count") {
            let said = if length == 0 { String::new() } else { format!("{length} / {MAX_TEXT}") };
            line.set_text_content(Some(&said));
            let _ = line.class_list().toggle_with_force("form__count--full", length > MAX_TEXT);
        }
    }

    fn faults(&self) -> ReplyFaults {
        let mut faults = self.reply().tidied().faults();
        if self.field("name").is_none() {
            (faults.name, faults.email) = (None, None);
        }
        faults
    }

    fn show(&self, faults: &ReplyFaults) {
        for (name, fault) in [("text", &faults.text), ("name", &faults.name), ("email", &faults.email)] {
            self.show_one(name, fault.as_deref());
        }
    }

    fn refuse(&self, faults: &ReplyFaults) {
        self.show(faults);
        if let Some(field) = find(&self.form, "[aria-invalid]").and_then(element) {
            let _ = field.focus();
        }
    }

    fn say(&self, line: &str) {
        if let Some(place) = by_id("reply-outcome").and_then(element) {
            place.set_text_content(Some(line));
        }
    }

    /// Moves the form under a comment.
    fn answer(&self, comment: &Element) {
        self.answer_quietly(comment);
        self.changed();
        let _ = self.text.focus();
    }

    fn answer_quietly(&self, comment: &Element) {
        let under = find(comment, "article").unwrap_or_else(|| comment.clone());
        let _ = under.append_child(&self.place);
        let whom = find(comment, ".comment__reply").and_then(|link| link.get_attribute("aria-label"));
        self.to(whom.as_deref());
        self.cancel_shown(true);
        self.say("");
    }

    /// Says whom the form answers.
    fn to(&self, whom: Option<&str>) {
        if let Some(line) = by_id("reply-to") {
            line.set_text_content(whom);
        }
    }

    fn cancel_shown(&self, shown: bool) {
        if let Some(cancel) = by_id("reply-cancel").and_then(element) {
            cancel.set_hidden(!shown);
        }
    }

    /// Back to where the answer was begun; what was written stays in the form.
    fn cancel(&self) {
        let above = self.place.closest(".comment").ok().flatten();
        self.home();
        if let Some(link) = above.and_then(|comment| find(&comment, ".comment__reply")).and_then(element) {
            let _ = link.focus();
        }
    }

    /// Moves the form back under the conversation.
    fn home(&self) {
        if let Some(block) = by_id("comments") {
            let _ = block.append_child(&self.place);
        }
        self.to(None);
        self.cancel_shown(false);
        self.changed();
    }
}
