//! The conversation under an article or a page, in the first HTML.

use super::{Dress, IntoPiece, Piece, icon};
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
        CommentPolicy::Open => block(dress, words.add_a_comment, count, thread, reply_form(dress, slug)),
        _ => block(dress, words.comments_heading, count, thread, closed(dress)),
    })
}

/// A page's block: its conversation came with an archive, and takes no more.
pub fn closed_comments(dress: &Dress, thread: &[Threaded]) -> Piece {
    let count = i64::try_from(thread.len()).unwrap_or(i64::MAX);
    block(dress, dress.words.comments_heading, count, thread, ().piece())
}

fn closed(dress: &Dress) -> Piece {
    view! { <p class="honest">{dress.words.comments_closed}</p> }.piece()
}

fn block(dress: &Dress, heading: &'static str, count: i64, thread: &[Threaded], form: Piece) -> Piece {
    let items: Vec<_> = thread.iter().map(|t| comment(dress, t)).collect();
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

fn comment(dress: &Dress, threaded: &Threaded) -> Piece {
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
            </article>
        </li>
    }
    .piece()
}

/// Posts to a page that answers honestly while the comment service is not running.
fn reply_form(dress: &Dress, slug: &Slug) -> Piece {
    let words = dress.words;
    view! {
        <section class="reply" aria-labelledby="reply-heading">
            <h3 id="reply-heading">{words.leave_a_reply}</h3>
            <p class="honest" id="reply-honest">{words.comments_missing}</p>
            <form class="form" method="post" action="/comments" aria-describedby="reply-honest">
                <input type="hidden" name="article" value=slug.to_string()/>
                <p class="form__field">
                    <label for="reply-text">"Your comment"</label>
                    <textarea id="reply-text" name="text" rows="5" required maxlength="5000"></textarea>
                </p>
                <div class="form__pair">
                    <p class="form__field">
                        <label for="reply-name">"Name"</label>
                        <input id="reply-name" name="name" autocomplete="name" required maxlength="60"/>
                    </p>
                    <p class="form__field">
                        <label for="reply-email">"Email (not shown)"</label>
                        <input id="reply-email" name="email" type="email" autocomplete="email" maxlength="254"/>
                    </p>
                </div>
                <p class="form__act"><button class="button" type="submit">"Post comment"</button></p>
            </form>
        </section>
    }
    .piece()
}
