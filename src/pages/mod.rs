//! One file per page: what its handler loaded becomes a view in the site's dress.

pub mod article;
pub mod comments;
pub mod contact;
mod head;
pub mod home;
pub mod listing;
pub mod newsletter;
pub mod newsroom;
pub mod page;
pub mod search;
pub mod sharing;
pub mod shell;
pub mod sidebar;
pub mod sign_in;
pub mod status;
pub mod structured;

pub use head::{ArticleTags, Head, THEME_SCRIPT};
