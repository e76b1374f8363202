//! Pages about one comment: the writer's own, and the one on which it is reported.

use crate::pages::{Head, shell};
use crate::{
    components::{Field, IntoPiece, Piece},
    domain::{
        article::{Article, href},
        comment::Comment,
        reply::{MAX_REMARK, MAX_TEXT, ReplyFaults},
        words::Words,
    },
    services::{
        Site,
        comments::{State, own::Yours, reactions::REASONS},
        site::frame::Front,
        text::comment_html,
    },
};
use leptos::prelude::*;

fn page(site: &Site, front: &Front, title: &'static str, matter: impl FnOnce(&'static Words) -> Piece) -> String {
    let words = front.words;
    let head = Head { title: title.into(), noindex: true, ..Head::default() };
    shell::page(site, front, head, |_| {
        view! {
            <article class="article article--page reply-page">
                <header class="article__head"><h1 class="article__title">{title}</h1></header>
                {matter(words)}
            </article>
        }
        .piece()
    })
}

/// How a comment stands, for its writer, with what may still be done about it.
pub fn yours(
    site: &Site,
    front: &Front,
    yours: &Yours,
    article: Option<&Article>,
    text: Option<&str>,
    faults: &ReplyFaults,
) -> String {
    let now = site.now();
    let own = &yours.own;
    let standing = match yours.state {
        State::Approved => "Readers see your comment.",
        State::Held => "An editor reads your comment before it appears.",
        State::Rejected | State::Spam => "Your comment has not been published.",
        State::Withdrawn => "You have taken this comment back; readers don’t see it.",
    };
    let why: Vec<_> = yours.why.iter().map(|line| view! { <li>{line.clone()}</li> }).collect();
    let why = (!why.is_empty()).then(|| view! { <p>"This is why:"</p><ul>{why}</ul> });
    let changeable = matches!(yours.state, State::Approved | State::Held);
    let place = (yours.state == State::Approved)
        .then(|| view! { <p><a href=format!("/comments/{}", own.id)>"Read it in its place"</a></p> });
    page(site, front, front.words.your_own_comment, |words| {
        let end = front.calendar.date_time(yours.until);
        let hint = format!("You can change it until {end}. An editor may read it again before it appears.");
        let field = Field::new("edit", "text", words.your_comment, MAX_TEXT).required().hint(&hint);
        let field = field.value(text.unwrap_or(&own.words)).fault(faults.text.as_deref());
        let edit = (changeable && now < yours.until).then(|| {
            view! {
                <form class="form" method="post" action=format!("/comments/{}/edit", own.id)>
                    {field.text(8)}
                    <p class="form__act"><button class="button" type="submit">{words.change_comment}</button></p>
                </form>
            }
            .piece()
        });
        let shown = edit.is_none().then(|| {
            let html = comment_html::from_markdown(&own.words);
            view! { <div class="reply-page__preview"><div class="comment__body" inner_html=html></div></div> }
        });
        let withdraw = changeable.then(|| {
            view! {
                <form class="form form--quiet" method="post" action=format!("/comments/{}/withdraw", own.id)>
                    <p>"Taken back, it is not shown any more; what others answered stays."</p>
                    <p class="form__act"><button class="button button--quiet" type="submit">"Take it back"</button></p>
                </form>
            }
        });
        let over = (changeable && now >= yours.until)
            .then(|| view! { <p>"The time in which its words could be changed is over."</p> });
        let on = article.map(|article| {
            let to = href(&article.section.slug, &article.slug);
            view! { <p class="standfirst"><a href=to>{article.title.clone()}</a></p> }
        });
        view! { {on}<p class="notice" role="status">{standing}</p>{over}{why}{place}{shown}{edit}{withdraw} }.piece()
    })
}

/// The form by which a comment is reported.
pub fn report(site: &Site, front: &Front, comment: &Comment, fault: Option<String>) -> String {
    page(site, front, front.words.report_comment, |_| {
        let reasons: Vec<_> = REASONS
            .into_iter()
            .map(|(name, label)| {
                view! { <p class="form__check"><label><input type="radio" name="reason" value=name required/>" "{label}</label></p> }
            })
            .collect();
        let more = Field::new("report", "words", "More about it (may be left empty)", MAX_REMARK);
        let back = format!("/comments/{}", comment.id);
        view! {
            {fault.map(|line| view! { <p class="notice" role="alert">{line}</p> })}
            <figure class="reply-page__answered">
                <figcaption>{comment.name.clone()}</figcaption>
                <blockquote class="comment__body" inner_html=comment.body.clone()></blockquote>
            </figure>
            <form class="form" method="post" action=format!("/comments/{}/report", comment.id)>
                <fieldset class="form__choice">
                    <legend>"What is wrong with it?"</legend>
                    {reasons}
                </fieldset>
                {more.text(3)}
                <p class="form__act">
                    <button class="button" type="submit">"Report it to the newsroom"</button>
                    " "<a class="form__away" href=back>"Back to the comment"</a>
                </p>
            </form>
        }
        .piece()
    })
}

/// A word about what was done, with a way back.
pub fn done(site: &Site, front: &Front, title: &'static str, line: &'static str, back: Option<String>) -> String {
    page(site, front, title, |_| {
        let back = back.map(|to| view! { <p><a href=to>"Back to the conversation"</a></p> });
        view! { <p class="notice" role="status">{line}</p>{back} }.piece()
    })
}

/// Asks before mails are stopped: what follows links in mails should not stop them.
pub fn stop(site: &Site, front: &Front) -> String {
    page(site, front, "Mails about answers", |_| {
        view! {
            <p>"You get a mail when somebody answers your comment."</p>
            <form class="form" method="post">
                <p class="form__act"><button class="button" type="submit">"Send me no more of them"</button></p>
            </form>
        }
        .piece()
    })
}

/// Asks whether somebody wants to hear of answers: what follows links in mails says nothing.
pub fn confirm_notices(site: &Site, front: &Front) -> String {
    page(site, front, "Mails about answers", |_| {
        view! {
            <p>"Somebody commented with your address and asked for an email when someone replies."</p>
            <form class="form" method="post">
                <p class="form__act"><button class="button" type="submit">"Yes, email me about replies"</button></p>
            </form>
        }
        .piece()
    })
}
