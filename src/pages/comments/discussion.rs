//! Pages of a conversation: what does not stand under the article itself, and one
//! comment for whoever puts it in its place.

use crate::pages::{Head, shell};
use crate::{
    components::{Dress, IntoPiece, Stage, comment_part, single_comment},
    domain::{
        article::{Article, href},
        comment::{Comment, Order, Talk, openness},
        time::Timestamp,
    },
    services::{Site, site::frame::Front},
};
use leptos::prelude::*;

/// What of a conversation a page has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extent {
    /// Threads, in an order.
    Threads,
    /// One of them.
    Thread,
}

/// Some threads, or some of one.
pub fn page(site: &Site, front: &Front, stage: &Stage<'_>, talk: &Talk, extent: Extent) -> String {
    let words = front.words;
    let article = stage.article;
    let path = href(&article.section.slug, &article.slug);
    let back = format!("{path}#comments");
    let title = match extent {
        Extent::Threads => words.comments_heading,
        Extent::Thread => words.one_thread,
    };
    let head = Head {
        title: format!("{}: {}", words.comments_heading, article.title),
        // The article's own page is what search engines should find.
        noindex: true,
        ..Head::default()
    };
    shell::page(site, front, head, |dress| {
        view! {
            <article class="article article--page talk-page">
                <header class="article__head">
                    <p class="label"><a class="label__section" href=back.clone()>{article.title.clone()}</a></p>
                    <h1 class="article__title">{title}</h1>
                </header>
                {comment_part(dress, stage, talk, extent == Extent::Threads)}
                <p class="talk-page__back"><a href=back>{words.back_to_article}</a></p>
            </article>
        }
        .piece()
    })
}

/// One comment as it stands in a list, without a page around it.
pub fn piece(front: &Front, stage: &Stage<'_>, comment: &Comment) -> String {
    let dress = Dress { words: front.words, calendar: front.calendar.clone() };
    shell::fragment(|| single_comment(&dress, comment, stage))
}

/// The stage of an article at this moment, in an order.
pub fn stage<'a>(front: &'a Front, article: &'a Article, order: Order, now: Timestamp) -> Stage<'a> {
    let rules = &front.edition.conversation;
    Stage { article, policy: openness(article, rules, now), rules, order }
}
