//! Lists of articles, and their stable addresses.

use super::{
    ArticleId,
    article::{self, Kind},
    author::Byline,
    media::Picture,
    slug::Slug,
    time::Timestamp,
};
use std::{fmt, str::FromStr};

/// What a card in a list shows of an article.
#[derive(Clone, Debug, PartialEq)]
pub struct Summary {
    /// The article's row.
    pub id: ArticleId,
    /// The article's slug.
    pub slug: Slug,
    /// Its section's slug and name.
    pub section: (Slug, String),
    /// News, opinion, analysis or sponsored.
    pub kind: Kind,
    /// The title for cards.
    pub title: String,
    /// The summary; may be empty.
    pub standfirst: String,
    /// First publication.
    pub published: Timestamp,
    /// Lead picture.
    pub picture: Option<Picture>,
    /// Filled only where the list shows bylines.
    pub authors: Vec<Byline>,
}

impl Summary {
    /// The article's address.
    pub fn href(&self) -> String {
        article::href(&self.section.0, &self.slug)
    }

    /// Its place in lists that run by time.
    pub fn cursor(&self) -> Cursor {
        Cursor { at: self.published, id: self.id }
    }
}

/// A place in a list that runs by time: it stays where it is when articles come
/// and go. Written `1747819800000-42` (milliseconds, row).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cursor {
    /// Publication of the article at this place.
    pub at: Timestamp,
    /// Its row, which decides between articles of one moment.
    pub id: ArticleId,
}

impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.at.0, self.id)
    }
}

/// A cursor that was not written by this program.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("this is no place in a list")]
pub struct BadCursor;

impl FromStr for Cursor {
    type Err = BadCursor;

    fn from_str(text: &str) -> Result<Self, BadCursor> {
        let (at, id) = text.rsplit_once('-').ok_or(BadCursor)?;
        let at = at.parse().map_err(|_| BadCursor)?;
        let id = id.parse().map_err(|_| BadCursor)?;
        Ok(Self { at: Timestamp(at), id: ArticleId(id) })
    }
}

/// Which part of a list is wanted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Window {
    /// The newest.
    #[default]
    Newest,
    /// What is older than this place.
    Before(Cursor),
    /// What is newer than this place, nearest to it.
    After(Cursor),
}

/// One page of a list, newest first.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Listing {
    /// The articles.
    pub items: Vec<Summary>,
    /// Where the next older page begins.
    pub older: Option<Cursor>,
    /// Where the next newer page begins.
    pub newer: Option<Cursor>,
}

impl Listing {
    /// Makes a page of at most `size` out of up to `size + 1` rows that a query
    /// brought, newest first (for [`Window::After`]: oldest first).
    pub fn of(mut rows: Vec<Summary>, window: Window, size: usize) -> Self {
        let more = rows.len() > size;
        rows.truncate(size);
        if matches!(window, Window::After(_)) {
            rows.reverse();
        }
        let first = rows.first().map(Summary::cursor);
        let last = rows.last().map(Summary::cursor);
        match window {
            Window::Newest => Self { older: last.filter(|_| more), newer: None, items: rows },
            Window::Before(from) => Self { older: last.filter(|_| more), newer: first.or(Some(from)), items: rows },
            Window::After(from) => Self { older: last.or(Some(from)), newer: first.filter(|_| more), items: rows },
        }
    }
}

/// A month of the archive, with how many articles it holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Month {
    /// The year.
    pub year: i16,
    /// 1 to 12.
    pub month: i8,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cursors_come_back_as_they_went() {
        let cursor = Cursor { at: Timestamp(-5), id: ArticleId(42) };
        assert_eq!(cursor.to_string(), "-5-42");
        assert_eq!("-5-42".parse(), Ok(cursor));
        for bad in ["", "-", "5", "a-b", "1-2x", "99999999999999999999-1"] {
            assert_eq!(bad.parse::<Cursor>(), Err(BadCursor), "{bad:?}");
        }
    }
}
