//! Comments: writing, threads, a writer's own, moderation, reactions, the filter's words.

pub mod filter;
pub mod moderation;
pub mod own;
pub mod reactions;
pub mod threads;
pub mod write;

pub use write::*;
