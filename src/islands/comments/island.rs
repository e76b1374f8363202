//! The conversation: everything in it is links and plain forms; the island moves the
//! form under what is answered, keeps what is being written, checks it by the server's
//! own rules, sends it without leaving the page, and brings in what others write.

use leptos::prelude::*;

/// Around the block of an article's comments, which the server has rendered; what the
/// island needs to know and to say stands in that block's `data-` attributes, as reading
/// properties would be a tenth of what the browser loads.
#[island]
pub fn Conversation(children: Children) -> impl IntoView {
    #[cfg(feature = "hydrate")]
    super::browser::begin();
    children()
}
