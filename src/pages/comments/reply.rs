//! The page on which a comment is written or comes back: never kept, since it holds
//! a reader's words and a token.

use crate::pages::{Head, shell};
use crate::{
    components::{Dress, IntoPiece, Piece, reply_form, rules},
    domain::{
        CommentId,
        article::{Article, href},
        comment::Comment,
    },
    services::{Site, site::frame::Front, text::comment_html},
};
use leptos::prelude::*;

pub use crate::components::Written;

/// What the page says.
pub enum State {
    /// The form, with a line above it where there is something to say.
    Form(Box<Written>, Option<String>),
    /// The comment can't be taken any more: a line, and the words to keep.
    Lost(String, String),
    /// An editor reads it first; its writer, who is known, can look how it stands.
    Held(Option<CommentId>),
}

/// The page for a comment on an article, or on one of its comments.
pub fn page(site: &Site, front: &Front, article: Option<&Article>, answered: Option<&Comment>, state: State) -> String {
    let words = front.words;
    let head = Head { title: words.leave_a_reply.into(), noindex: true, ..Head::default() };
    shell::page(site, front, head, |dress| {
        let matter = match state {
            State::Form(written, line) => {
                form(dress, article, answered, *written, line, rules(dress, &front.edition.conversation))
            }
            State::Lost(line, text) => view! {
                <p class="notice" role="alert">{line}</p>
                <p>"What you wrote, so that you can keep it:"</p>
                <blockquote class="written">{text}</blockquote>
            }
            .piece(),
            State::Held(own) => {
                let own = own.map(|id| {
                    view! { <p><a href=format!("/comments/{id}/yours")>{words.your_own_comment}</a></p> }
                });
                view! { <p class="notice" role="status">{words.comment_awaits}</p>{own} }.piece()
            }
        };
        view! {
            <article class="article article--page reply-page">
                <header class="article__head">
                    <h1 class="article__title">{words.leave_a_reply}</h1>
                    {article.map(|article| {
                        let back = format!("{}#comments", href(&article.section.slug, &article.slug));
                        view! { <p class="standfirst"><a href=back>{article.title.clone()}</a></p> }
                    })}
                </header>
                {matter}
            </article>
        }
        .piece()
    })
}

fn form(
    dress: &Dress,
    article: Option<&Article>,
    answered: Option<&Comment>,
    written: Written,
    line: Option<String>,
    rules: Option<Piece>,
) -> Piece {
    // Without an article there is nothing to write under.
    let Some(article) = article else { return ().piece() };
    let words = dress.words;
    let line = line.map(|line| view! { <p class="notice" role="alert">{line}</p> });
    let answered = answered.map(|comment| {
        let back = format!("{}#comment-{}", href(&article.section.slug, &article.slug), comment.id);
        view! {
            <figure class="reply-page__answered">
                <figcaption>{words.in_answer_to}" "<a href=back.clone()>{comment.name.clone()}</a></figcaption>
                <blockquote class="comment__body" inner_html=comment.body.clone()></blockquote>
                <p><a href=back>{words.cancel_reply}</a></p>
            </figure>
        }
    });
    // As it will look, where there is something to look at.
    let preview = (!written.reply.text.trim().is_empty() && written.faults.none()).then(|| {
        let html = comment_html::from_markdown(&written.reply.tidied().text);
        view! {
            <section class="reply-page__preview" aria-labelledby="reply-preview">
                <h2 class="block-heading" id="reply-preview">{words.preview}</h2>
                <div class="comment__body" inner_html=html></div>
            </section>
        }
    });
    view! {
        {line}
        {answered}
        {preview}
        {rules}
        {reply_form(dress, &article.slug, written)}
    }
    .piece()
}
