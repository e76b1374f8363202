//! Newsletters: subscribers, issues, rendering, sending, what comes back.

pub(super) mod batch;
pub mod bounces;
pub(super) mod brake;
pub mod counts;
pub mod digests;
pub mod issues;
pub(super) mod mjml;
pub mod reader_lists;
pub mod render;
pub mod revival;
pub mod sending;
pub mod subscribers;

pub use subscribers::*;
