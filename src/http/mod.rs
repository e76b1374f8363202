//! From the wire to the pages and back.

mod answer;
mod comments;
mod feeds;
mod files;
mod forms;
mod guard;
mod log;
mod machines;
pub mod metrics;
pub mod page_cache;
mod policies;
mod readers;
pub mod router;
pub mod server;

pub use files::pack_all;
pub use log::Peer;
mod sitemaps;
