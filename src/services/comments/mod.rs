//! Comments: posting, threads, a writer's own, moderation, reactions, mails about replies.

pub mod filter;
pub mod moderation;
pub mod own;
pub mod post;
pub mod reactions;
pub mod reply_mails;
pub mod threads;

pub use post::*;
