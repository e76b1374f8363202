//! From the wire to the pages and back.

mod answer;
mod files;
mod forms;
mod guard;
mod log;
mod policies;
mod readers;
pub mod router;
pub mod server;
