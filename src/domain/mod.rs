//! What a newsroom talks about: plain types with their rules.
//!
//! No input, no output, no clock: everything here compiles to WebAssembly, so
//! that a rule checked in the browser is the very rule checked on the server.

pub mod account;
pub mod article;
pub mod author;
pub mod change;
pub mod comment;
pub mod contact;
pub mod edition;
pub mod listing;
pub mod media;
pub mod names;
pub mod newsletter;
pub mod page;
pub mod reply;
pub mod section;
pub mod share;
pub mod slug;
pub mod time;
pub mod topic;
pub mod words;
pub mod xml;

/// Row numbers that can't be mixed up with one another.
macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub i64);

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }
    )*};
}

ids! {
    /// An article's row.
    ArticleId,
    /// A section's row.
    SectionId,
    /// A topic's row.
    TopicId,
    /// An author's row.
    AuthorId,
    /// A media item's row.
    MediaId,
    /// A comment's row; part of its public address (`#comment-123`).
    CommentId,
    /// A page's row.
    PageId,
    /// An account's row.
    AccountId,
}
