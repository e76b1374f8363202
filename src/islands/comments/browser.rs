//! The conversation in the browser, on the elements that the server has rendered: no
//! view is built again here, which keeps the bundle small.

use super::{form, live, thread};
use crate::islands::dom::{by_id, element};
use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};

/// The words that the island speaks, in the page's language.
pub(super) struct Words {
    /// One comment has come in.
    pub(super) new_one: String,
    /// Several have; their number stands for the 0 in it.
    pub(super) new_many: String,
    /// An editor reads it first.
    pub(super) held: String,
    /// The connection is lost.
    pub(super) not_sent: String,
    /// While it is on its way.
    pub(super) sending: String,
    /// To one's own comment.
    pub(super) change: String,
    /// Hides somebody's comments in this browser.
    pub(super) mute: String,
    /// In the place of a comment that is hidden, with the way to bring it back.
    pub(super) muted: String,
    /// Before the name of whoever is signed in.
    pub(super) writing_as: String,
    /// Whoever was signed in is not any more.
    pub(super) signed_out: String,
}

/// What the parts of the island share.
pub(super) struct Talk {
    pub(super) article: String,
    pub(super) words: Words,
    /// The form's token, from the first focus until it is used.
    pub(super) token: RefCell<Option<String>>,
    /// The fields in whose place the name of whoever is signed in stands.
    pub(super) who: RefCell<Option<String>>,
    /// The conversation has been in view. Until then no time is told: a format for
    /// them costs browsers 20 ms and more, and most readers never get there.
    pub(super) seen: Cell<bool>,
    /// Comments of this page's reader, which are shown at once.
    pub(super) mine: RefCell<Vec<i64>>,
}

/// Wakes the conversation, once its elements are there.
pub fn begin() {
    let Some(block) = by_id("comments").and_then(element) else { return };
    let told = |name: &str| block.get_attribute(name).unwrap_or_default();
    let words = Words {
        new_one: told("data-new-one"),
        new_many: told("data-new-many"),
        held: told("data-held"),
        not_sent: told("data-not-sent"),
        sending: told("data-sending"),
        change: told("data-change"),
        mute: told("data-mute"),
        muted: told("data-muted"),
        writing_as: told("data-writing-as"),
        signed_out: told("data-signed-out"),
    };
    let mine = RefCell::new(thread::own_ids());
    let talk = Rc::new(Talk {
        article: told("data-article"),
        words,
        token: RefCell::default(),
        who: RefCell::default(),
        seen: Cell::default(),
        mine,
    });
    thread::begin(&talk, &block);
    form::begin(&talk, &block);
    live::begin(&talk, &block);
}
