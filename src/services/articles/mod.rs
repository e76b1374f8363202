//! Reading and publishing: articles, pages, lists, feeds, sitemaps, old addresses, media.

pub mod feeds;
pub mod lists;
pub mod media;
pub mod pages;
pub mod preview;
pub mod read;
pub mod redirects;
pub mod sitemaps;

pub use read::*;
