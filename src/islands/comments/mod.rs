//! Comments in the browser.

#[cfg(feature = "hydrate")]
pub(super) mod browser;
#[cfg(feature = "hydrate")]
pub(super) mod form;
pub(super) mod island;
#[cfg(feature = "hydrate")]
pub(super) mod live;
#[cfg(feature = "hydrate")]
pub(super) mod thread;
