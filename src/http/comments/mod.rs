//! Comments over HTTP: posting, the discussion's page, the live stream.

pub(super) mod discussion;
pub mod live;
pub(super) mod post;

pub use post::*;
