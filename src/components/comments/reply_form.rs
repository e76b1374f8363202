//! The form for a comment. On a shared page it carries nothing of the reader and no
//! token; on a page of its own what was written, what was wrong with it, and a token.

use crate::components::{Dress, Field, IntoPiece, Piece};
use crate::{
    assets,
    domain::{
        CommentId,
        contact::MAX_EMAIL,
        reply::{MAX_NAME, MAX_TEXT, Reply, ReplyFaults},
        slug::Slug,
    },
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
    /// What the browser is to solve, where proof of work is asked for; empty on a shared
    /// page, where the island asks for it.
    pub challenge: Option<String>,
    /// The writer wants to hear of answers.
    pub notify: bool,
    /// The name of whoever is signed in, and so needs to give none.
    pub signed: Option<String>,
}

/// The form under an article, or on a page of its own.
pub fn reply_form(dress: &Dress, slug: &Slug, written: Written) -> Piece {
    let Written { reply, faults, answers, token, challenge, notify, signed } = written;
    let words = dress.words;
    let hidden = |name: &'static str, value: String| {
        (!value.is_empty()).then(|| view! { <input type="hidden" name=name value=value/> })
    };
    let field = |name, label, longest| Field::new("reply", name, label, longest).required();
    let name = field("name", words.name, MAX_NAME).value(&reply.name).fault(faults.name.as_deref());
    let email = field("email", words.email_not_shown, MAX_EMAIL).value(&reply.email).fault(faults.email.as_deref());
    let text = field("text", words.your_comment, MAX_TEXT).value(&reply.text).fault(faults.text.as_deref());
    let text = text.hint(words.comment_hint);
    let sending = challenge.is_some().then_some(words.sending);
    let proof = challenge.is_some().then(|| {
        view! {
            <input type="hidden" name="proof" value=""/>
            <script type="module" src=assets::url("proof.js")></script>
        }
    });
    let who = match signed {
        Some(name) => view! { <p class="form__signed">{words.writing_as}" "<strong>{name}</strong></p> }.piece(),
        None => view! {
            <div class="form__pair" id="reply-who">
                {name.line("text", "name")}
                {email.line("email", "email")}
                <p class="form__hint"><a href="/sign-in">{words.or_sign_in}</a></p>
            </div>
        }
        .piece(),
    };
    view! {
        <form class="form" method="post" action="/comments" id="reply" data-challenge=challenge data-sending=sending>
            {hidden("article", slug.to_string())}
            {hidden("answers", answers.map(|id| id.to_string()).unwrap_or_default())}
            {hidden("token", token)}
            {proof}
            {text.text(6)}
            <p class="form__hint form__count" id="reply-count"></p>
            {who}
            <p class="form__check">
                <label><input type="checkbox" name="notify" value="1" checked=notify/>" "{words.notify_me}</label>
            </p>
            // People don't see this field; robots fill it in.
            <p class="form__trap" aria-hidden="true">
                <label for="reply-website">"Leave this empty"</label>
                <input id="reply-website" name="website" tabindex="-1" autocomplete="off"/>
            </p>
            <p class="form__outcome" id="reply-outcome" role="status" tabindex="-1"></p>
            <div class="comment__body form__preview" id="reply-preview-here" role="status"></div>
            <p class="form__act form__buttons">
                <button class="button" type="submit">{words.post_comment}</button>
                <button class="button button--quiet" type="submit" name="preview" value="1">{words.preview}</button>
            </p>
        </form>
    }
    .piece()
}
