//! Comments in the browser.

#[cfg(feature = "hydrate")]
mod browser;
#[cfg(feature = "hydrate")]
mod form;
pub(super) mod island;
#[cfg(feature = "hydrate")]
mod live;
#[cfg(feature = "hydrate")]
mod thread;
