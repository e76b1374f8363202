//! The acts of a newsroom and the questions of its readers: rules first, then
//! one storage act, which tells the rest.

pub mod accounts;
pub mod analytics;
pub mod articles;
pub mod comments;
pub mod import;
pub mod mail;
pub mod newsletter;
pub mod operations;
pub mod search;
pub mod site;
pub mod text;

pub use crate::{storage::StorageError, store::StoreError};
pub use site::Site;
