//! The last part of an address, and the words that can't be one.

use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

/// Lower-case ASCII letters and digits joined by single hyphens; never empty,
/// at most [`Slug::MAX`] bytes. Made through [`FromStr`] only, so a `Slug` that
/// exists is a valid one.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Slug(String);

/// Why a word is no slug, in an editor's words.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SlugError {
    /// Nothing is left of it.
    #[error("an address can't be empty")]
    Empty,
    /// Longer than [`Slug::MAX`].
    #[error("an address can have at most {} characters", Slug::MAX)]
    TooLong,
    /// Something other than `a-z`, `0-9` and single hyphens between them.
    #[error("“{0}” is no address: only a–z, 0–9 and single hyphens between them")]
    Malformed(String),
    /// The program itself answers at this address.
    #[error("“{0}” is a word that the program needs for itself")]
    Reserved(String),
}

/// First parts of addresses that are the program's own: neither a section nor a
/// page can have one of them. Kept in order, for the binary search.
const RESERVED: &[&str] = &[
    "about-this-site",
    "account",
    "admin",
    "amp",
    "api",
    "archive",
    "article",
    "articles",
    "assets",
    "atom",
    "author",
    "authors",
    "categories",
    "category",
    "comment",
    "comments",
    "content",
    "css",
    "desk",
    "editor",
    "error",
    "favicon",
    "feed",
    "feeds",
    "fonts",
    "healthz",
    "home",
    "icons",
    "images",
    "index",
    "js",
    "live",
    "login",
    "logout",
    "mail",
    "manifest",
    "me",
    "media",
    "metrics",
    "news",
    "newsletter",
    "newsletters",
    "newsroom",
    "oembed",
    "opensearch",
    "page",
    "pages",
    "pkg",
    "preview",
    "readyz",
    "robots",
    "rss",
    "search",
    "section",
    "sections",
    "settings",
    "share",
    "sign-in",
    "sitemap",
    "sitemaps",
    "static",
    "tag",
    "tags",
    "topic",
    "topics",
    "trending",
    "unsubscribe",
    "user",
    "users",
    "well-known",
    "wp-admin",
    "wp-content",
    "wp-json",
    "wp-login",
];

impl Slug {
    /// The longest slug in bytes: WordPress stores 200, so that an archive keeps its addresses.
    pub const MAX: usize = 200;

    /// The slug as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Refuses the words at which the program itself answers. Sections and pages
    /// stand directly under `/`, so they ask; articles stand under a section and don't.
    pub fn top_level(self) -> Result<Self, SlugError> {
        if RESERVED.binary_search(&self.0.as_str()).is_ok() {
            return Err(SlugError::Reserved(self.0));
        }
        Ok(self)
    }

    /// Refuses the words that mean something below a section (`/world/archive`).
    /// Articles ask.
    pub fn below_section(self) -> Result<Self, SlugError> {
        if ["amp", "archive", "atom", "feed", "page", "rss"].contains(&self.0.as_str()) {
            return Err(SlugError::Reserved(self.0));
        }
        Ok(self)
    }

    /// The same word with `-2`, `-3` … behind it, shortened so that it still fits.
    pub fn numbered(&self, number: u32) -> Self {
        let tail = format!("-{number}");
        let mut head = self.0.clone();
        head.truncate(Self::MAX - tail.len());
        Self(format!("{}{tail}", head.trim_end_matches('-')))
    }
}

impl FromStr for Slug {
    type Err = SlugError;

    fn from_str(text: &str) -> Result<Self, SlugError> {
        if text.is_empty() {
            return Err(SlugError::Empty);
        }
        if text.len() > Self::MAX {
            return Err(SlugError::TooLong);
        }
        let letters = text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
        if !letters || text.starts_with('-') || text.ends_with('-') || text.contains("--") {
            let shown: String = text.chars().take(60).collect();
            return Err(SlugError::Malformed(shown));
        }
        Ok(Self(text.to_owned()))
    }
}

impl TryFrom<String> for Slug {
    type Error = SlugError;

    fn try_from(text: String) -> Result<Self, SlugError> {
        text.parse()
    }
}

impl From<Slug> for String {
    fn from(slug: Slug) -> Self {
        slug.0
    }
}

impl fmt::Display for Slug {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reserved_words_are_sorted() {
        assert!(RESERVED.is_sorted());
    }

    #[test]
    fn only_clean_words_pass() {
        for good in ["a", "elections-2024", "7"] {
            assert_eq!(good.parse::<Slug>().map(String::from), Ok(good.to_owned()));
        }
        for bad in ["", "-a", "a-", "a--b", "A", "é", "a b", "a/b", "../x"] {
            assert!(bad.parse::<Slug>().is_err(), "{bad:?} passed");
        }
        assert_eq!("a".repeat(201).parse::<Slug>(), Err(SlugError::TooLong));
    }

    #[test]
    fn the_programs_own_words_are_refused_at_the_top() {
        let slug: Slug = "feed".parse().unwrap();
        assert_eq!(slug.top_level(), Err(SlugError::Reserved("feed".into())));
        assert!("world".parse::<Slug>().unwrap().top_level().is_ok());
        let slug: Slug = "archive".parse().unwrap();
        assert_eq!(slug.below_section(), Err(SlugError::Reserved("archive".into())));
    }

    #[test]
    fn numbered_slugs_still_fit() {
        let long: Slug = "a".repeat(200).parse().unwrap();
        let next = long.numbered(12);
        assert_eq!(next.as_str().len(), 200);
        assert!(next.as_str().ends_with("a-12"));
        assert!(next.as_str().parse::<Slug>().is_ok());
    }
}
