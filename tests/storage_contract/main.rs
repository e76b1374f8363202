//! What storage promises, on SQLite and on PostgreSQL alike.
#![cfg(feature = "ssr")]

#[path = "../common/mod.rs"]
mod common;

use common::{TestDb, both, newcomer};
use pressroom::{
    domain::{
        ArticleId, AuthorId, CommentId, SectionId, TopicId,
        account::Role,
        article::{CommentPolicy, Correction, Kind, Source, Status, Titles},
        change::{Noun, Part},
        comment::{Badge, Comment, Order, Subject},
        edition::Link,
        listing::{Cursor, Window},
        slug::Slug,
        time::Timestamp,
    },
    storage::{
        Db, StorageError, accounts,
        articles::{
            self, Body, Saved,
            lists::{self, Shelf, Span},
            status,
        },
        authors, changes,
        comments::{
            self, Posted, State, filter,
            moderation::{self, Ban, Wanted},
            own, reactions, threads,
        },
        dump, mails, media, notices, pages, privacy, redirects, sections, settings, sitemaps, topics, views,
    },
};

const NOW: Timestamp = Timestamp(1_000_000_000_000);

fn slug(text: &str) -> Slug {
    text.parse().unwrap()
}

async fn section(db: &Db, name: &str, position: Option<i64>) -> SectionId {
    let draft = sections::Draft {
        slug: slug(name),
        name: name.to_uppercase(),
        description: String::new(),
        parent: None,
        position,
        key: None,
    };
    sections::save(db, &draft, NOW).await.unwrap()
}

async fn topic(db: &Db, name: &str, bar_position: Option<i64>) -> TopicId {
    let draft = topics::Draft {
        slug: slug(name),
        name: name.to_uppercase(),
        description: String::new(),
        bar_position,
        key: None,
    };
    topics::save(db, &draft, NOW).await.unwrap()
}

async fn author(db: &Db, name: &str) -> AuthorId {
    authors::save(db, &author_draft(name), NOW).await.unwrap()
}

fn author_draft(name: &str) -> authors::Draft {
    authors::Draft {
        slug: slug(name),
        name: name.to_uppercase(),
        role: "Reporter".into(),
        bio: "Writes.".into(),
        email: Some("secret@example.org".into()),
        picture: None,
        links: vec![Link { name: "Home".into(), url: "https://example.org".into() }],
        position: Some(1),
        key: Some(format!("test:{name}")),
    }
}

fn draft(name: &str, section: SectionId, published: i64) -> articles::Draft {
    articles::Draft {
        slug: slug(name),
        section,
        kind: Kind::News,
        status: Status::Published,
        title: format!("Title of {name}"),
        titles: Titles::default(),
        standfirst: "In short.".into(),
        body: Body {
            html: "<p>Text</p>".into(),
            source: "Text".into(),
            format: "markdown".into(),
            cleaner: 1,
            words: 1,
        },
        picture: None,
        source: None,
        language: None,
        comment_policy: CommentPolicy::Open,
        pick: None,
        corrections: Vec::new(),
        published: Timestamp(published),
        updated: None,
        authors: Vec::new(),
        topics: Vec::new(),
        key: None,
    }
}

async fn saved(db: &Db, draft: &articles::Draft) -> ArticleId {
    articles::save(db, draft, NOW).await.unwrap().0
}

fn names(items: &[pressroom::domain::listing::Summary]) -> Vec<&str> {
    items.iter().map(|i| i.slug.as_str()).collect()
}

fn section_draft() -> sections::Draft {
    sections::Draft {
        slug: slug("x"),
        name: "X".into(),
        description: String::new(),
        parent: None,
        position: None,
        key: None,
    }
}

fn page(name: &str) -> pages::Draft {
    pages::Draft {
        slug: slug(name),
        title: name.to_uppercase(),
        standfirst: String::new(),
        body: Body { html: "<p>x</p>".into(), ..Body::default() },
        status: Status::Published,
        updated: Timestamp(7),
        key: None,
    }
}

fn said(key: &str, subject: Subject) -> comments::Draft {
    comments::Draft {
        subject,
        parent: None,
        name: "Reader".into(),
        email: Some("secret@example.org".into()),
        url: None,
        body: "<p>Hello</p>".into(),
        status: "approved".into(),
        at: Timestamp(5),
        key: key.into(),
    }
}

/// Runs a promise on both databases, and on one that a newer program has been at.
macro_rules! promise {
    ($(#[$meta:meta])* $name:ident, |$db:ident, $test:ident| $body:block) => {
        $(#[$meta])*
        #[tokio::test]
        async fn $name() {
            for $test in both().await {
                let $db = $test.open().await;
                let _: &TestDb = &$test;
                $body
                $db.close().await;
            }
            let $test = common::sqlite();
            let $db = $test.open().await;
            common::as_the_next_version_leaves_it(&$db).await;
            $body
            $db.close().await;
        }
    };
}

mod of_accounts;
mod of_articles;
mod of_changes;
mod of_comments;
mod of_dumps;
mod of_lists;
mod of_names;
mod of_newsletter;
mod of_search;
mod of_shares;
mod of_steps;
mod of_tables;
mod of_talk;
