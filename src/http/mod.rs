//! From the wire to the pages and back.

mod answer;
pub mod comments;
mod connection;
mod crowd;
mod feeds;
mod files;
mod forms;
mod functions;
mod guard;
mod limits;
mod log;
mod machines;
pub mod metrics;
mod newsletter;
pub mod newsroom;
pub mod page_cache;
mod places;
mod policies;
mod readers;
pub mod router;
mod search;
pub mod server;
mod sharing;
mod sign_in;
mod sitemaps;
mod visitor;

pub use files::pack_all;
pub use log::Peer;
