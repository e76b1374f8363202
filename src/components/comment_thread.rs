//! The conversation under an article or a page, in the first HTML.

use super::{Dress, IntoPiece, Piece, Written, icon, reply_form};
use crate::domain::{
    article::CommentPolicy,
    comment::{MAX_INDENT, Threaded},
    slug::Slug,
};
use leptos::prelude::*;

/// An article's whole block: heading, thread, form.
pub fn comments(dress: &Dress, slug: &Slug, count: i64, thread: &[Threaded], policy: CommentPolicy) -> Option<Piece> {
    if policy == CommentPolicy::Hidden {
        return None;
    }
    let words = dress.words;
    Some(match policy {
        CommentPolicy::Open => block(dress, words.add_a_comment, count, thread, Some(slug), reply(dress, slug)),
        _ => block(dress, words.comments_heading, count, thread, None, closed(dress)),
    })
}

/// A page's block: its conversation came with an archive, and takes no more.
pub fn closed_comments(dress: &Dress, thread: &[Threaded]) -> Piece {
    let count = i64::try_from(thread.len()).unwrap_or(i64::MAX);
    block(dress, dress.words.comments_heading, count, thread, None, ().piece())
}

fn closed(dress: &Dress) -> Piece {
    view! { <p class="honest">{dress.words.comments_closed}</p> }.piece()
}

/// `open` is the article that takes answers.
fn block(
    dress: &Dress,
    heading: &'static str,
    count: i64,
    thread: &[Threaded],
    open: Option<&Slug>,
    form: Piece,
) -> Piece {
    let items: Vec<_> = thread.iter().map(|t| comment(dress, t, open)).collect();
    view! {
        <section class="comments" id="comments" aria-labelledby="comments-heading">
            <h2 id="comments-heading" class="block-heading">{heading}</h2>
            <p class="comments__count">{icon("comment")}{(dress.words.comments)(count)}</p>
            <ol class="comments__list">{items}</ol>
            {form}
        </section>
    }
    .piece()
}

fn comment(dress: &Dress, threaded: &Threaded, open: Option<&Slug>) -> Piece {
    let comment = &threaded.comment;
    let name = match &comment.url {
        Some(url) => view! { <a href=url.clone() rel="ugc nofollow noopener">{comment.name.clone()}</a> }.piece(),
        None => view! { <span>{comment.name.clone()}</span> }.piece(),
    };
    let answers = threaded.answers.as_ref().map(|(id, name)| {
        view! {
            <p class="comment__answers">{dress.words.in_answer_to}" "<a href=format!("#comment-{id}")>{name.clone()}</a></p>
        }
    });
    let reply = open.map(|slug| {
        let href = format!("/comments/reply?article={slug}&answers={}", comment.id);
        let name = format!("{} {}", dress.words.reply_to, comment.name);
        view! { <p class="comment__act"><a href=href rel="nofollow" aria-label=name>{dress.words.reply}</a></p> }
    });
    view! {
        <li class=format!("comment comment--depth-{}", threaded.depth.min(MAX_INDENT)) id=format!("comment-{}", comment.id)>
            <article>
                <p class="comment__head">
                    <span class="comment__name">{name}</span>
                    <a class="comment__time" href=format!("#comment-{}", comment.id)>
                        <time datetime=dress.calendar.machine(comment.at)>{dress.calendar.date_time(comment.at)}</time>
                    </a>
                </p>
                {answers}
                <div class="comment__body" inner_html=comment.body.clone()></div>
                {reply}
            </article>
        </li>
    }
    .piece()
}

/// The form under an article.
fn reply(dress: &Dress, slug: &Slug) -> Piece {
    view! {
        <section class="reply" aria-labelledby="reply-heading">
            <h3 id="reply-heading">{dress.words.leave_a_reply}</h3>
            {reply_form(dress, slug, Written::default())}
        </section>
    }
    .piece()
}
