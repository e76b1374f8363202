//! The conversation under an article or a page, in the first HTML.

use super::reply_form::reply_form;
use crate::components::{Dress, IntoPiece, Piece, Written, icon};
use crate::{
    domain::{
        CommentId,
        article::{Article, CommentPolicy, href},
        comment::{Badge, Comment, MAX_INDENT, Order, Talk, Threaded},
        edition::Conversation as Rules,
    },
    islands::Conversation,
};
use leptos::prelude::*;

/// What a thread needs to know of where it stands.
pub struct Stage<'a> {
    /// The article.
    pub article: &'a Article,
    /// What readers may do at this moment.
    pub policy: CommentPolicy,
    /// The rules of the edition.
    pub rules: &'a Rules,
    /// In which order it stands.
    pub order: Order,
}

impl Stage<'_> {
    fn path(&self) -> String {
        href(&self.article.section.slug, &self.article.slug)
    }

    /// Whether readers may write.
    pub fn open(&self) -> bool {
        !matches!(self.policy, CommentPolicy::Closed | CommentPolicy::Hidden)
    }
}

/// An article's whole block: heading, thread, form.
pub fn comments(dress: &Dress, stage: &Stage<'_>, talk: &Talk) -> Option<Piece> {
    if stage.policy == CommentPolicy::Hidden {
        return None;
    }
    let words = dress.words;
    let heading = if stage.open() { words.add_a_comment } else { words.comments_heading };
    let list = list(dress, stage, talk);
    let form = if stage.open() { reply(dress, stage) } else { closed(dress) };
    let block = view! {
        <section
            class="comments"
            id="comments"
            aria-labelledby="comments-heading"
            data-article=stage.article.slug.to_string()
            data-after=stage.article.cursor.to_string()
            data-new-one=(words.new_comments)(1)
            // The number takes the place of this one.
            data-new-many=(words.new_comments)(0)
            data-held=words.comment_awaits
            data-not-sent=words.not_sent
            data-sending=words.sending
            data-change=words.yours
            data-mute=words.mute
            data-muted=format!("{} {}", words.muted, words.show)
            data-writing-as=words.writing_as
            data-signed-out=words.signed_out
        >
            <h2 id="comments-heading" class="block-heading">{heading}</h2>
            {bar(dress, stage, "")}
            // Where the island tells what has come in since; it stays in sight.
            <div class="comments__news" role="status"></div>
            {list}
            {form}
        </section>
    }
    .piece();
    Some(view! { <Conversation>{block}</Conversation> }.piece())
}

/// The block of a page that has a part of the conversation, or all of it in another order:
/// as lively as the article's, but for what comes in meanwhile.
pub fn part(dress: &Dress, stage: &Stage<'_>, talk: &Talk, whole: bool) -> Piece {
    let words = dress.words;
    let path = stage.path();
    let bar = whole.then(|| bar(dress, stage, if stage.open() { "" } else { &path }));
    let form = stage.open().then(|| reply(dress, stage));
    let block = view! {
        <section
            class="comments"
            id="comments"
            aria-label=words.comments_heading
            data-article=stage.article.slug.to_string()
            data-held=words.comment_awaits
            data-not-sent=words.not_sent
            data-sending=words.sending
            data-change=words.yours
            data-mute=words.mute
            data-muted=format!("{} {}", words.muted, words.show)
            data-writing-as=words.writing_as
            data-signed-out=words.signed_out
        >
            {bar}
            {list(dress, stage, talk)}
            {form}
        </section>
    }
    .piece();
    view! { <Conversation>{block}</Conversation> }.piece()
}

/// Above the conversation: how many there are, the way to write, the orders, the feed.
/// `article` is the address of the page with the form; empty on that page.
fn bar(dress: &Dress, stage: &Stage<'_>, article: &str) -> Piece {
    let words = dress.words;
    let count = stage.article.comment_count;
    let write = (stage.open() && count > 0).then(|| {
        view! { <a class="comments__write" href=format!("{article}#reply-box")>{words.leave_a_reply}</a> }
    });
    view! {
        <div class="comments__bar">
            <p class="comments__count">{icon("comment")}<span id="comments-count">{(words.comments)(count)}</span></p>
            {write}
            {(count > 1).then(|| orders(dress, stage))}
            {(count > 0).then(|| feed(dress, stage))}
        </div>
    }
    .piece()
}

/// A page's block: its conversation came with an archive, and takes no more.
pub fn closed_comments(dress: &Dress, talk: &Talk) -> Piece {
    let words = dress.words;
    let count = i64::try_from(talk.thread.len()).unwrap_or(i64::MAX);
    let items: Vec<_> = talk.thread.iter().map(|t| item(dress, t, None)).collect();
    view! {
        <section class="comments" id="comments" aria-labelledby="comments-heading">
            <h2 id="comments-heading" class="block-heading">{words.comments_heading}</h2>
            <p class="comments__count">{icon("comment")}{(words.comments)(count)}</p>
            <ol class="comments__list">{items}</ol>
        </section>
    }
    .piece()
}

/// The thread with what leads on from it.
fn list(dress: &Dress, stage: &Stage<'_>, talk: &Talk) -> Piece {
    let words = dress.words;
    let path = stage.path();
    let mut items = Vec::new();
    for (index, threaded) in talk.thread.iter().enumerate() {
        items.push(item(dress, threaded, Some(stage)));
        let last = talk.thread.get(index + 1).is_none_or(|next| next.depth == 0);
        let root = threaded.comment.root;
        let left_out = talk.folded.iter().find(|(id, _)| *id == root).filter(|_| last);
        if let Some((_, count)) = left_out {
            items.push(
                view! {
                    <li class="comments__folded">
                        <a href=format!("{path}/comments/{root}") rel="nofollow">{(words.more_answers)(*count)}</a>
                    </li>
                }
                .piece(),
            );
        }
    }
    let more = talk.more.map(|after| {
        let order =
            if stage.order == Order::Oldest { String::new() } else { format!("order={}&", stage.order.as_str()) };
        format!("{path}/comments?{order}after={after}")
    });
    let next = talk
        .next
        .zip(talk.thread.first())
        .map(|(place, first)| format!("{path}/comments/{}?from={place}", first.comment.root));
    let more = more.or(next).map(|to| {
        view! { <p class="comments__more"><a class="button" href=to>{words.load_more}</a></p> }
    });
    view! { <ol class="comments__list" id="comments-list">{items}</ol>{more} }.piece()
}

fn feed(dress: &Dress, stage: &Stage<'_>) -> Piece {
    let to = format!("{}/comments/atom.xml", stage.path());
    let label = dress.words.comment_feed;
    view! { <a class="comments__feed" href=to r#type="application/atom+xml" aria-label=label title=label>{icon("rss")}</a> }
        .piece()
}

fn orders(dress: &Dress, stage: &Stage<'_>) -> Piece {
    let words = dress.words;
    let path = stage.path();
    let links: Vec<_> = Order::ALL
        .into_iter()
        .map(|(order, name)| {
            let label = match order {
                Order::Oldest => words.oldest_first,
                Order::Newest => words.newest_first,
                Order::Best => words.best_first,
            };
            let to = match order {
                Order::Oldest => format!("{path}#comments"),
                _ => format!("{path}/comments?order={name}"),
            };
            let current = (order == stage.order).then_some("true");
            view! { <li><a href=to rel="nofollow" aria-current=current>{label}</a></li> }
        })
        .collect();
    view! { <nav class="comments__orders" aria-label=words.order_of_comments><ul>{links}</ul></nav> }.piece()
}

fn closed(dress: &Dress) -> Piece {
    view! { <p class="honest">{dress.words.comments_closed}</p> }.piece()
}

/// One comment as it stands in a list, for whoever puts it there by itself.
pub fn single(dress: &Dress, comment: &Comment, stage: &Stage<'_>) -> Piece {
    item(dress, &Threaded { comment: comment.clone(), depth: 0, answers: None }, Some(stage))
}

fn item(dress: &Dress, threaded: &Threaded, stage: Option<&Stage<'_>>) -> Piece {
    let words = dress.words;
    let comment = &threaded.comment;
    let class = format!("comment comment--depth-{}", threaded.depth.min(MAX_INDENT));
    let id = format!("comment-{}", comment.id);
    if comment.gone {
        let line = if comment.withdrawn { words.comment_withdrawn } else { words.comment_gone };
        return view! { <li class=class id=id><p class="comment__gone">{line}</p></li> }.piece();
    }
    let name = match &comment.url {
        Some(url) => view! { <a href=url.clone() rel="ugc nofollow noopener">{comment.name.clone()}</a> }.piece(),
        None => view! { <span>{comment.name.clone()}</span> }.piece(),
    };
    let badge = match comment.badge {
        Badge::None => None,
        Badge::Staff => Some(words.badge_staff),
        Badge::Author => Some(words.badge_author),
    };
    let badge = badge.map(|word| view! { <span class="comment__badge">{word}</span> });
    let pinned = comment.pinned.then(|| view! { <p class="comment__pinned">{words.pinned}</p> });
    let edited = comment.edited.then(|| view! { <span class="comment__edited">{words.edited}</span> });
    let answered = (comment.answers > 0 && comment.id == comment.root)
        .then(|| view! { <span class="comment__answered">{(words.answers)(comment.answers)}</span> });
    let answers = threaded.answers.as_ref().map(|(id, name)| {
        view! {
            <p class="comment__answers">{words.in_answer_to}" "<a href=format!("#comment-{id}")>{name.clone()}</a></p>
        }
    });
    let acts = stage.map(|stage| acts(dress, comment, stage));
    view! {
        <li class=class id=id>
            <article>
                {pinned}
                <p class="comment__head">
                    <span class="comment__name">{name}</span>
                    {badge}
                    <a class="comment__time" href=format!("#comment-{}", comment.id)>
                        <time datetime=dress.calendar.machine(comment.at)>{dress.calendar.date_time(comment.at)}</time>
                    </a>
                    {edited}
                    {answered}
                </p>
                {answers}
                <div class="comment__body" inner_html=comment.body.clone()></div>
                {acts}
            </article>
        </li>
    }
    .piece()
}

/// What a reader can do about a comment: links and a form, which the island makes better.
fn acts(dress: &Dress, comment: &Comment, stage: &Stage<'_>) -> Piece {
    let words = dress.words;
    let id: CommentId = comment.id;
    let of = |what: &str| format!("{what}: {}", comment.name);
    let reply = stage.open().then(|| {
        let to = format!("/comments/reply?article={}&answers={id}", stage.article.slug);
        let label = format!("{} {}", words.reply_to, comment.name);
        view! { <a class="comment__reply" href=to rel="nofollow" aria-label=label>{words.reply}</a> }
    });
    let count = (comment.recommends > 0).then(|| comment.recommends.to_string());
    view! {
        <div class="comment__acts">
            {reply}
            <form class="comment__recommend" method="post" action=format!("/comments/{id}/recommend")>
                <button type="submit">
                    {icon("recommend")}<span>{words.recommend}</span>
                    <span class="visually-hidden">{format!(": {}", comment.name)}</span>
                    <span class="comment__recommends">{count}</span>
                </button>
            </form>
            <a class="comment__report" href=format!("/comments/{id}/report") rel="nofollow" aria-label=of(words.report)>{words.report}</a>
        </div>
    }
    .piece()
}

/// The form under an article.
fn reply(dress: &Dress, stage: &Stage<'_>) -> Piece {
    let words = dress.words;
    let written = Written { challenge: stage.rules.proof_of_work.then(String::new), ..Written::default() };
    view! {
        <section class="reply" id="reply-box" aria-labelledby="reply-heading">
            <div class="reply__head">
                <h3 id="reply-heading">{words.leave_a_reply}</h3>
                <a class="reply__cancel" id="reply-cancel" href="#comments" hidden>{words.cancel_reply}</a>
            </div>
            <p class="reply__to" id="reply-to"></p>
            {rules(dress, stage.rules)}
            {reply_form(dress, &stage.article.slug, written)}
        </section>
    }
    .piece()
}

/// The rules of the conversation in a line.
pub fn rules(dress: &Dress, rules: &Rules) -> Option<Piece> {
    if rules.rules.is_empty() {
        return None;
    }
    let page = (!rules.rules_page.is_empty()).then(|| {
        view! { " "<a href=format!("/{}", rules.rules_page)>{dress.words.conversation_rules}</a> }
    });
    Some(view! { <p class="reply__rules">{rules.rules.clone()}{page}</p> }.piece())
}
