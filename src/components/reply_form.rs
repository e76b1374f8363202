//! The form for a comment. On a shared page it carries nothing of the reader and no
//! token; on a page of its own what was written, what was wrong with it, and a token.

use super::{Dress, IntoPiece, Piece};
use crate::domain::{
    CommentId,
    contact::{MAX_EMAIL, escape},
    reply::{MAX_NAME, MAX_TEXT, Reply, ReplyFaults},
    slug::Slug,
};
use leptos::prelude::*;

/// What stands in the form.
#[derive(Clone, Debug, Default)]
pub struct Written {
    /// The words.
    pub reply: Reply,
    /// What was wrong with them.
    pub faults: ReplyFaults,
    /// The comment that is answered.
    pub answers: Option<CommentId>,
    /// Says that the form was shown by us, and when.
    pub token: String,
}

/// The form under an article, or on a page of its own.
pub fn reply_form(dress: &Dress, slug: &Slug, written: Written) -> Piece {
    let Written { reply, faults, answers, token } = written;
    let words = dress.words;
    let hidden = |name: &'static str, value: String| {
        (!value.is_empty()).then(|| view! { <input type="hidden" name=name value=value/> })
    };
    view! {
        <form class="form" method="post" action="/comments" id="reply">
            {hidden("article", slug.to_string())}
            {hidden("answers", answers.map(|id| id.to_string()).unwrap_or_default())}
            {hidden("token", token)}
            <p class="form__field">
                <label for="reply-text">{words.your_comment}</label>
                <textarea
                    id="reply-text"
                    name="text"
                    rows="6"
                    required
                    maxlength=MAX_TEXT.to_string()
                    aria-describedby="reply-text-fault reply-text-hint"
                    aria-invalid=faults.text.is_some().then_some("true")
                    inner_html=escape(&reply.text)
                ></textarea>
                <span class="form__fault" id="reply-text-fault">{faults.text}</span>
                <span class="form__hint" id="reply-text-hint">{words.comment_hint}</span>
            </p>
            <div class="form__pair">
                <p class="form__field">
                    <label for="reply-name">{words.name}</label>
                    <input
                        id="reply-name"
                        name="name"
                        autocomplete="name"
                        required
                        maxlength=MAX_NAME.to_string()
                        value=reply.name
                        aria-describedby="reply-name-fault"
                        aria-invalid=faults.name.is_some().then_some("true")
                    />
                    <span class="form__fault" id="reply-name-fault">{faults.name}</span>
                </p>
                <p class="form__field">
                    <label for="reply-email">{words.email_not_shown}</label>
                    <input
                        id="reply-email"
                        name="email"
                        type="email"
                        autocomplete="email"
                        required
                        maxlength=MAX_EMAIL.to_string()
                        value=reply.email
                        aria-describedby="reply-email-fault"
                        aria-invalid=faults.email.is_some().then_some("true")
                    />
                    <span class="form__fault" id="reply-email-fault">{faults.email}</span>
                </p>
            </div>
            // People don't see this field; robots fill it in.
            <p class="form__trap" aria-hidden="true">
                <label for="reply-website">"Leave this empty"</label>
                <input id="reply-website" name="website" tabindex="-1" autocomplete="off"/>
            </p>
            <p class="form__act"><button class="button" type="submit">{words.post_comment}</button></p>
        </form>
    }
    .piece()
}
