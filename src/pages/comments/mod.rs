//! Pages of comments.

pub mod comment;
pub mod discussion;
pub mod reply;
