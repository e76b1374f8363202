//! What runs in the browser. Each is a plain form or link first; the island
//! only makes it better. Kept small: signals and direct calls, no lists built
//! again in the browser.

mod contact_form;
mod copy_link;
mod theme_switch;

pub use contact_form::ContactForm;
pub use copy_link::CopyLink;
pub use theme_switch::ThemeSwitch;
