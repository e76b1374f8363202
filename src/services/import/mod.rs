//! Archives come in: a folder of Markdown, a WordPress export.
//!
//! Whatever is read becomes drafts that are saved by the same storage acts as
//! everything else. Each item keeps the key of its source, so that the second
//! run brings just what has changed.

pub mod address_check;
pub mod bundle;
mod comments_file;
pub mod fetch;
mod front_matter;
mod galleries;
pub mod load;
pub mod map;
pub mod markdown;
pub mod pictures;
pub mod rehearsal;
pub mod report;
pub mod talks;
pub mod wordpress;
pub mod wordpress_markup;
