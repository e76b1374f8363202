//! Articles: what the newsroom publishes.

use super::{
    ArticleId, author::Author, media::Picture, names::stored_names, section::Section, slug::Slug, time::Timestamp,
    topic::Topic, words::Words,
};
use serde::{Deserialize, Serialize};

stored_names! {
    /// What sort of piece it is. Readers see the word for all but news.
    Kind {
        /// Reporting; carries no label.
        News = "news",
        /// One writer's view.
        Opinion = "opinion",
        /// Explains and weighs.
        Analysis = "analysis",
        /// Paid for; always labelled.
        Sponsored = "sponsored",
    }
}

impl Kind {
    /// The word for it, where readers must know of it.
    pub fn label(self, words: &Words) -> Option<&'static str> {
        match self {
            Self::News => None,
            Self::Opinion => Some(words.opinion),
            Self::Analysis => Some(words.analysis),
            Self::Sponsored => Some(words.sponsored),
        }
    }
}

stored_names! {
    /// Where an article or page stands between first word and archive.
    Status {
        /// Being written; only `/preview/…` shows it.
        Draft = "draft",
        /// Waits for an editor.
        Review = "review",
        /// Appears by itself at its time.
        Scheduled = "scheduled",
        /// Readers see it.
        Published = "published",
        /// Put away: nowhere listed, its address answers 404.
        Archived = "archived",
        /// Taken down: nowhere listed, its address answers 410.
        Removed = "removed",
    }
}

stored_names! {
    /// What readers may do under an article.
    CommentPolicy {
        /// Read and write, until the conversation is too old.
        Open = "open",
        /// Read and write, however old it is.
        Always = "always",
        /// Write, but an editor reads it first.
        Held = "held",
        /// Read what is there.
        Closed = "closed",
        /// No conversation at all.
        Hidden = "hidden",
    }
}

/// A correction, shown above the body for good.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Correction {
    /// When it was made.
    pub at: Timestamp,
    /// What was wrong and what is right, in plain text.
    pub text: String,
}

/// Where a piece that was taken over stands in full.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// Who published it first.
    pub name: String,
    /// Its address there; http or https.
    pub url: String,
}

/// An article with all that its page shows.
#[derive(Clone, Debug, PartialEq)]
pub struct Article {
    /// Its row.
    pub id: ArticleId,
    /// Unique in the whole site; the address is `/{section}/{slug}`.
    pub slug: Slug,
    /// The one section it stands in.
    pub section: Section,
    /// News, opinion, analysis or sponsored.
    pub kind: Kind,
    /// Where it stands in its life.
    pub status: Status,
    /// Headline, plain text, never empty.
    pub title: String,
    /// Own titles for cards, search engines and social cards, where set.
    pub titles: Titles,
    /// The summary under the headline; may be empty.
    pub standfirst: String,
    /// The body in the fixed subset of HTML (`services::body`).
    pub body: String,
    /// Words of the body.
    pub words: i64,
    /// Lead picture.
    pub picture: Option<Picture>,
    /// Where it was taken over from.
    pub source: Option<Source>,
    /// BCP 47 tag where it differs from the edition's.
    pub language: Option<String>,
    /// May readers write under it?
    pub comment_policy: CommentPolicy,
    /// The same for all of its section.
    pub section_policy: CommentPolicy,
    /// Approved comments.
    pub comment_count: i64,
    /// The newest change (`changes`) when this was read: what happened since is news.
    pub cursor: i64,
    /// Place among the editors' picks, 1 is first.
    pub pick: Option<i64>,
    /// First publication; where scheduled, in the future.
    pub published: Timestamp,
    /// The last change that readers are told of.
    pub updated: Option<Timestamp>,
    /// In the order of the byline; never empty once published.
    pub authors: Vec<Author>,
    /// In the editors' order.
    pub topics: Vec<Topic>,
    /// Oldest first.
    pub corrections: Vec<Correction>,
}

/// Titles for particular places; `None` takes the headline.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Titles {
    /// On cards and in lists.
    pub card: Option<String>,
    /// In `<title>`.
    pub search: Option<String>,
    /// In Open Graph tags.
    pub social: Option<String>,
    /// The text of the social card.
    pub social_text: Option<String>,
}

/// The address of an article.
pub fn href(section: &Slug, slug: &Slug) -> String {
    format!("/{section}/{slug}")
}

/// Whole minutes for reading: words of standfirst and body at 200 a minute,
/// rounded up, at least 1.
pub fn minutes(standfirst: &str, body_words: i64) -> i64 {
    let standfirst = i64::try_from(count_words(standfirst)).unwrap_or(0);
    let words = body_words.max(0).saturating_add(standfirst);
    ((words.saturating_add(199)) / 200).max(1)
}

/// Words of a plain text. Chinese and Japanese are written without spaces:
/// there, each ideograph or kana counts as one word.
pub fn count_words(text: &str) -> usize {
    text.split_whitespace()
        .map(|chunk| {
            let ideographs = chunk
                .chars()
                .filter(|c| matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{20000}'..='\u{3ffff}'))
                .count();
            let letters = chunk.chars().any(|c| {
                c.is_alphanumeric()
                    && !matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{20000}'..='\u{3ffff}')
            });
            ideographs + usize::from(letters)
        })
        .sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reading_time_rounds_up_and_is_at_least_a_minute() {
        assert_eq!(minutes("", 0), 1);
        assert_eq!(minutes("", 200), 1);
        assert_eq!(minutes("", 201), 2);
        assert_eq!(minutes("one more word", 198), 2);
        assert_eq!(minutes("", i64::MAX), i64::MAX / 200);
    }

    #[test]
    fn words_are_counted_in_scripts_without_spaces_too() {
        assert_eq!(count_words("It’s a test — really"), 4);
        assert_eq!(count_words("新聞 in 東京"), 5);
        assert_eq!(count_words(" \n "), 0);
    }

    #[test]
    fn unknown_names_say_what_is_allowed() {
        let error = "novel".parse::<Kind>().unwrap_err();
        assert_eq!(error.to_string(), "“novel” is not one of news, opinion, analysis, sponsored");
    }
}
