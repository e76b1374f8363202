//! Comments as HTML: threads and the form.

pub(super) mod reply_form;
pub(super) mod thread;
