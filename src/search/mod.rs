//! The full-text index: derived from storage, thrown away and built again at any time.
//!
//! It holds what readers may see and nothing else, and gives back rows alone: texts are
//! fetched from storage, so they are not stored twice. What a question means is in
//! `question`, how words are compared in `analysis`, what may stand for a word in `expand`,
//! what may have been meant in `suggest`, where it is looked for in `ask` (with what a page of
//! results shows beside it: `facets`), how well an article answers in `score`, which ones and
//! in which order in `rank`
//! (what stands as typed: `row`), which passage of them in `passages`; files and their life are
//! in `index`.

pub mod analysis;
mod ask;
mod count;
mod expand;
mod facets;
mod index;
pub mod passages;
pub mod question;
mod rank;
mod row;
mod score;
mod suggest;

pub use ask::{Answer, Counts, Filters, Hit, Sort, Wanted};
pub use index::{Document, Index, SearchError, UpTo, Writer};
pub use suggest::Unknown;
