//! The search: questions and the index.

pub mod indexer;
pub mod query;

pub use query::*;
