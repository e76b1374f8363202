//! The newsroom over HTTP.

pub(super) mod letters;
pub(super) mod queue;

pub use queue::*;
