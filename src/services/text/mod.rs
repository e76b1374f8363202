//! Text to text, without the site: cleaning, word lists, slugs, names of browsers.

pub mod agents;
pub mod comment_html;
pub mod html;
pub mod nesting;
pub mod slugs;
pub mod word_lists;
