//! Articles: reading, saving, status, lists.

pub mod lists;
pub mod read;
pub mod status;

pub use read::*;
