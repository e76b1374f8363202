//! What a storage act changed: the one way by which a change spreads.

use super::{ArticleId, AuthorId, PageId, SectionId, TopicId};
use serde::{Deserialize, Serialize};

/// The noun that changed; stored as its name in lower case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Noun {
    /// An article, its place, its authors or its topics.
    Article,
    /// A page.
    Page,
    /// A section.
    Section,
    /// A topic.
    Topic,
    /// An author.
    Author,
    /// A picture or its description.
    Media,
    /// A comment.
    Comment,
    /// The conversation under an article, whose row this is.
    Thread,
    /// A redirect or an address that is gone.
    Redirect,
    /// The edition's settings.
    Settings,
    /// A mail waits in the outbox, or left it.
    Mail,
    /// A letter to the readers of a newsletter.
    Letter,
    /// Everything: a back-up was restored.
    All,
}

impl Noun {
    const NAMES: &[(Noun, &str)] = &[
        (Noun::Article, "article"),
        (Noun::Page, "page"),
        (Noun::Section, "section"),
        (Noun::Topic, "topic"),
        (Noun::Author, "author"),
        (Noun::Media, "media"),
        (Noun::Comment, "comment"),
        (Noun::Thread, "thread"),
        (Noun::Redirect, "redirect"),
        (Noun::Settings, "settings"),
        (Noun::Mail, "mail"),
        (Noun::Letter, "letter"),
        (Noun::All, "all"),
    ];

    /// The name under which it is stored.
    pub fn as_str(self) -> &'static str {
        Self::NAMES.iter().find(|(noun, _)| *noun == self).map_or("all", |(_, name)| name)
    }

    /// The noun of a stored name. An unknown one (of a newer program beside this
    /// one) means that anything may have changed.
    pub fn of(name: &str) -> Self {
        Self::NAMES.iter().find(|(_, n)| *n == name).map_or(Noun::All, |(noun, _)| *noun)
    }
}

/// One line of the table `changes`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Rising in the order of commits, never used twice.
    pub id: i64,
    /// What changed.
    pub noun: Noun,
    /// Its row; 0 where there is none.
    pub row: i64,
}

/// What a page shows of the newsroom: when it changes, the page is forgotten.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Part {
    /// An article, or its card.
    Article(ArticleId),
    /// The conversation under an article.
    Thread(ArticleId),
    /// A page beside the news.
    Page(PageId),
    /// The letters that were sent.
    Letters,
    /// The list of everything.
    News,
    /// The list of a section.
    Section(SectionId),
    /// The list of a topic.
    Topic(TopicId),
    /// The list of an author.
    Author(AuthorId),
}
