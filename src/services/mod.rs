//! The acts of a newsroom and the questions of its readers: rules first, then
//! one storage act, which tells the rest.

pub mod articles;
pub mod backup;
pub mod body;
pub mod builds;
pub mod changes;
pub mod comment_filter;
pub mod comments;
pub mod contact;
pub mod doctor;
pub mod feeds;
pub mod front;
pub mod import;
pub mod lists;
pub mod mail;
pub mod media;
pub mod old_addresses;
pub mod pages;
pub mod preview;
pub mod reads;
pub mod secrets;
pub mod settings;
pub mod site;
pub mod sitemaps;
pub mod slugs;
pub mod workers;

pub use crate::{storage::StorageError, store::StoreError};
pub use site::Site;
