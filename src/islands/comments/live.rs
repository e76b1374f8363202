//! What others write comes in by server-sent events: a quiet line that shows it on a
//! click, in place what answers oneself. The stream opens when the comments come into
//! view, and closes while the page is hidden.

use super::{browser::Talk, thread};
use crate::islands::dom::{by_id, document, element, find, hit, on};
use futures_util::StreamExt;
use gloo_net::eventsource::futures::EventSource;
use leptos::task::spawn_local;
use std::{cell::RefCell, rc::Rc};
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{Element, HtmlElement, IntersectionObserver, MessageEvent, VisibilityState};

/// What the server tells of a comment.
struct Told {
    id: i64,
    parent: Option<i64>,
    /// None where it is gone.
    html: Option<String>,
    /// How many comments there are, in words.
    count: String,
    gone: String,
}

impl Told {
    /// Read by the browser's own parser, which costs no byte of ours.
    fn of(json: &str) -> Option<Self> {
        let all = js_sys::JSON::parse(json).ok()?;
        let field = |name: &str| js_sys::Reflect::get(&all, &name.into()).ok();
        let text = |name: &str| field(name)?.as_string();
        // Numbers of comments fit: they are whole and far below 2^53.
        let number = |name: &str| field(name)?.as_f64().map(|number| number as i64);
        let (id, count, gone) = (number("id")?, text("count")?, text("gone")?);
        Some(Self { id, parent: number("parent"), html: text("html"), count, gone })
    }
}

struct Live {
    talk: Rc<Talk>,
    /// The number of the last event.
    last: RefCell<String>,
    stream: RefCell<Option<EventSource>>,
    in_view: RefCell<bool>,
    /// What waits to be shown.
    waiting: RefCell<Vec<Told>>,
}

/// Begins to listen once the comments are in view.
pub fn begin(talk: &Rc<Talk>, block: &HtmlElement) {
    // Pages of a conversation in another order, or of a part of it, are as they are.
    let Some(last) = block.get_attribute("data-after") else {
        talk.seen.set(true);
        return thread::tell_times(talk, block);
    };
    let live = Rc::new(Live {
        talk: talk.clone(),
        last: RefCell::new(last),
        stream: RefCell::default(),
        in_view: RefCell::default(),
        waiting: RefCell::default(),
    });
    let (it, around) = (live.clone(), block.clone());
    let seen = Closure::<dyn FnMut(js_sys::Array)>::new(move |entries: js_sys::Array| {
        let entry = entries.get(0).unchecked_into::<web_sys::IntersectionObserverEntry>();
        *it.in_view.borrow_mut() = entry.is_intersecting();
        if entry.is_intersecting() && !it.talk.seen.replace(true) {
            thread::tell_times(&it.talk, &around);
        }
        it.decide();
    });
    if let Ok(observer) = IntersectionObserver::new(seen.as_ref().unchecked_ref()) {
        observer.observe(block);
    }
    seen.forget();
    let it = live.clone();
    if let Some(page) = document() {
        on(&page, "visibilitychange", move |_| it.decide());
    }
    let it = live.clone();
    on(block, "click", move |event| {
        if hit(&event, ".comments__show").is_some() {
            it.show();
        }
    });
}

impl Live {
    /// Opens the stream where it is wanted; closes it where nobody looks.
    fn decide(self: &Rc<Self>) {
        let hidden = document().is_none_or(|page| page.visibility_state() == VisibilityState::Hidden);
        let open = self.stream.borrow().is_some();
        if hidden {
            if let Some(stream) = self.stream.take() {
                stream.close();
            }
        } else if *self.in_view.borrow() && !open {
            self.open();
        }
    }

    fn open(self: &Rc<Self>) {
        let address = format!("/comments/live?article={}&after={}", self.talk.article, self.last.borrow());
        let Ok(mut stream) = EventSource::new(&address) else { return };
        let Ok(mut events) = stream.subscribe("comment") else { return };
        self.stream.replace(Some(stream));
        let it = self.clone();
        spawn_local(async move {
            // A lost connection is taken up again by the browser itself, with the number
            // of the last event.
            while let Some(event) = events.next().await {
                if let Ok((_, message)) = event {
                    it.hear(&message);
                }
            }
        });
    }

    fn hear(&self, message: &MessageEvent) {
        self.last.replace(message.last_event_id());
        let Some(told) = message.data().as_string().and_then(|text| Told::of(&text)) else {
            return;
        };
        thread::count(&told.count);
        let here = by_id(&format!("comment-{}", told.id)).is_some();
        let for_me = told.parent.is_some_and(|parent| self.talk.mine.borrow().contains(&parent));
        let mine = self.talk.mine.borrow().contains(&told.id);
        match &told.html {
            None => {
                self.waiting.borrow_mut().retain(|other| other.id != told.id);
                thread::take(told.id, &told.gone);
            }
            Some(html) if here || for_me || mine => thread::put(&self.talk, told.id, told.parent, html),
            Some(_) => {
                let mut waiting = self.waiting.borrow_mut();
                waiting.retain(|other| other.id != told.id);
                waiting.push(told);
            }
        }
        self.line();
    }

    /// The quiet line.
    fn line(&self) {
        let Some(place) = by_id("comments").and_then(|block| find(&block, ".comments__news")) else { return };
        let words = &self.talk.words;
        let said = match self.waiting.borrow().len() {
            0 => return place.set_inner_html(""),
            1 => words.new_one.clone(),
            n => words.new_many.replace('0', &n.to_string()),
        };
        match find(&place, "button") {
            Some(button) => button.set_text_content(Some(&said)),
            None => {
                place.set_inner_html("<button type=\"button\" class=\"button button--quiet comments__show\"></button>");
                if let Some(button) = find(&place, "button") {
                    button.set_text_content(Some(&said));
                }
            }
        }
    }

    fn show(&self) {
        let waiting = self.waiting.take();
        let first = waiting.first().map(|told| told.id);
        for told in waiting {
            if let Some(html) = &told.html {
                thread::put(&self.talk, told.id, told.parent, html);
            }
        }
        self.line();
        let first: Option<Element> = first.and_then(|id| by_id(&format!("comment-{id}")));
        if let Some(first) = first.and_then(element) {
            let _ = first.set_attribute("tabindex", "-1");
            let _ = first.focus();
        }
    }
}
