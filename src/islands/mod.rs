//! What runs in the browser. Each is a plain form or link first, rendered by the
//! server; the island only makes it better. They work on the elements that are there
//! (`dom`): an island that renders its own view again would bring the whole machinery of
//! views into what every reader loads.

pub mod comments;
mod contact_form;
#[cfg(feature = "hydrate")]
mod dom;
mod finder;
mod sharing;
mod sign_up;
mod theme_switch;

pub use comments::island::Conversation;
pub use contact_form::ContactForm;
pub use finder::Finder;
pub use sharing::Sharing;
pub use sign_up::SignUpForm;
pub use theme_switch::ThemeSwitch;
