//! What was written is sent: the token and the proof that go along, the preview, and what
//! comes back.

use super::Form;
use crate::{
    api::{self, Posted, Welcome},
    domain::CommentId,
    islands::{
        comments::thread,
        dom::{by_id, element, find, keep, kept, make},
    },
};
use leptos::task::spawn_local;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::Element;

impl Form {
    pub(super) fn ask_token(&self) {
        if self.talk.token.borrow().is_some() {
            return;
        }
        // Not asked twice while the answer is on its way.
        self.talk.token.replace(Some(String::new()));
        let it = self.clone();
        spawn_local(async move {
            let welcome = api::begin_reply().await.ok();
            it.talk.token.replace(welcome.as_ref().map(|welcome| it.opened(welcome)));
            if let (Some(name), Some(who)) = (welcome.and_then(|welcome| welcome.name), by_id("reply-who")) {
                it.talk.who.replace(Some(who.inner_html()));
                who.set_text_content(Some(&format!("{} {name}", it.talk.words.writing_as)));
                who.set_class_name("form__signed");
            }
        });
    }

    /// Hands the challenge to `public/proof.js`, which is there where proof of work is
    /// asked for; answers the token.
    fn opened(&self, welcome: &Welcome) -> String {
        if let Some(challenge) = &welcome.challenge {
            let _ = self.form.set_attribute("data-challenge", challenge);
        }
        welcome.token.clone()
    }

    /// The proof of work; empty where none is asked for, or none can be had.
    async fn proof(&self) -> String {
        // A challenge that has just been set is noticed in the next microtask.
        let _ = JsFuture::from(js_sys::Promise::resolve(&JsValue::NULL)).await;
        let pending = js_sys::Reflect::get(&self.form, &"proving".into()).ok();
        match pending.and_then(|pending| pending.dyn_into::<js_sys::Promise>().ok()) {
            Some(pending) => JsFuture::from(pending).await.ok().and_then(|proof| proof.as_string()).unwrap_or_default(),
            None => String::new(),
        }
    }

    fn busy(&self, busy: bool) {
        if let Some(button) = find(&self.form, "button") {
            let _ = button.set_attribute("aria-disabled", if busy { "true" } else { "false" });
        }
    }

    /// Shows how it will look, as the server has it.
    pub(super) fn preview(&self) {
        let text = self.text.value();
        let it = self.clone();
        spawn_local(async move {
            match api::preview_comment(text).await {
                Ok(html) => it.previewed(&html),
                Err(_) => it.say(&it.talk.words.not_sent),
            }
        });
    }

    fn previewed(&self, html: &str) {
        if let Some(place) = by_id("reply-preview-here") {
            place.set_inner_html(html);
        }
    }

    pub(super) fn submit(&self) {
        let faults = self.faults();
        self.show(&faults);
        if !faults.none() {
            self.refuse(&faults);
            return;
        }
        let busy = find(&self.form, "button[aria-disabled=true]").is_some();
        if busy {
            return;
        }
        self.busy(true);
        self.say(&self.talk.words.sending);
        let it = self.clone();
        spawn_local(async move {
            it.send().await;
            it.busy(false);
        });
    }

    async fn send(&self) {
        let mut token = self.talk.token.borrow().clone().unwrap_or_default();
        let notify = self.field("notify").is_some_and(|field| field.checked());
        // A form that was open for a day is given another token, and sent again.
        for _ in 0..2 {
            let (article, website) = (self.talk.article.clone(), self.value("website"));
            let (answers, proof) = (self.answers(), self.proof().await);
            let posted = api::post_comment(article, answers, self.reply(), notify, token.clone(), website, proof).await;
            match posted {
                Ok(Posted::Stale(fresh)) => {
                    // Kept: should the next answer be lost, sending again is the same comment.
                    token = self.opened(&fresh);
                    self.talk.token.replace(Some(token.clone()));
                }
                Ok(Posted::Shown(id)) => return self.done(id, true).await,
                Ok(Posted::Held(id)) => return self.done(id, false).await,
                Ok(Posted::Faults(faults)) => {
                    self.say("");
                    // Whoever was signed in is asked for a name: the session has ended.
                    if self.field("name").is_none() && (faults.name.is_some() || faults.email.is_some()) {
                        self.signed_out();
                    }
                    return self.refuse(&faults);
                }
                Ok(Posted::Refused(line)) => return self.say(&line),
                Err(_) => return self.say(&self.talk.words.not_sent),
            }
        }
        self.say(&self.talk.words.not_sent);
    }

    /// The fields for name and email come back, and why is said.
    fn signed_out(&self) {
        if let (Some(fields), Some(who)) = (self.talk.who.take(), by_id("reply-who")) {
            who.set_inner_html(&fields);
            who.set_class_name("");
            self.restore_names();
        }
        self.say(&self.talk.words.signed_out);
    }

    async fn done(&self, id: CommentId, shown: bool) {
        self.talk.token.replace(None);
        keep(&self.key(), "");
        self.text.set_value("");
        self.previewed("");
        self.count();
        thread::remember_own(&self.talk, id.0);
        let parent = self.answers();
        let above = parent.and_then(|parent| find(&by_id(&format!("comment-{parent}"))?, "article"));
        if shown {
            self.say("");
            self.home();
            thread::bring(&self.talk, id.0, parent.map(|id| id.0)).await;
        } else {
            self.home();
            keep(&format!("held:{}", self.talk.article), &id.to_string());
            self.tell_held();
            let said = match &above {
                // Where the reader looks: under what was answered, not at the page's end.
                Some(above) => self.told_under(above),
                None => by_id("reply-outcome"),
            };
            if let Some(line) = said.and_then(element) {
                let _ = line.focus();
            }
        }
    }

    /// Puts what the form says under a comment.
    fn told_under(&self, comment: &Element) -> Option<Element> {
        let line = make("p", "comment__held", "")?;
        line.set_inner_html(&by_id("reply-outcome")?.inner_html());
        line.set_attribute("tabindex", "-1").ok()?;
        comment.append_child(&line).ok()?;
        self.say("");
        Some(line)
    }

    /// That one's comment waits for an editor, also when one comes back.
    pub(super) fn tell_held(&self) {
        let key = format!("held:{}", self.talk.article);
        let Some(id) = kept(&key).and_then(|id| id.parse::<i64>().ok()) else { return };
        if by_id(&format!("comment-{id}")).is_some() {
            keep(&key, "");
            return;
        }
        self.say(&self.talk.words.held);
        if let Some(line) = by_id("reply-outcome") {
            let link = format!(" <a href=\"/comments/{id}/yours\">{}</a>", self.talk.words.change);
            let _ = line.insert_adjacent_html("beforeend", &link);
        }
    }
}
