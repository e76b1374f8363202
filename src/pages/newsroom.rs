//! The newsroom's pages: queues of comments, one comment's file, bans, conversations, what is
//! passed on.
//! Plain forms; `public/newsroom.js` adds the keyboard.

mod desk;
mod file;
mod letters;
mod sharing;

pub use desk::{bans, conversations, password};
pub use file::{File, file};
pub use letters::{Looked, Writing, letter, letters, write};
pub use sharing::sharing;

use super::{Head, head::head_tags};
use crate::{
    assets,
    components::{Dress, Field, IntoPiece, Piece},
    domain::{
        account::{Right, Role},
        time::Timestamp,
    },
    services::{
        Site,
        accounts::Account,
        comments::{
            State,
            filter::rules::{self, Verdict},
            moderation::Waiting,
        },
        site::{frame::Front, proxies},
    },
};
use hydration_context::SsrSharedContext;
use leptos::prelude::*;
use std::{collections::HashMap, sync::Arc};

/// A page of the newsroom for somebody who is signed in.
fn page(
    site: &Site,
    front: &Front,
    account: &Account,
    title: &str,
    current: &'static str,
    main: impl FnOnce(&Dress) -> Piece,
) -> String {
    let owner = Owner::new_root(Some(Arc::new(SsrSharedContext::new_islands())));
    let html = owner.with(|| {
        let dress = Dress { words: front.words, calendar: front.calendar.clone() };
        let head = Head { title: title.to_owned(), noindex: true, ..Head::default() };
        let links = [
            ("/newsroom/comments", "Comments", Right::Moderate),
            ("/newsroom/conversations", "Conversations", Right::Converse),
            ("/newsroom/bans", "Bans", Right::Ban),
            ("/newsroom/sharing", "Sharing", Right::Figures),
            ("/newsroom/newsletter", "Newsletter", Right::Newsletter),
        ];
        let items: Vec<_> = links
            .into_iter()
            .filter(|(_, _, right)| account.role.may(*right))
            .map(|(to, name, _)| {
                view! { <li><a href=to aria-current=(to == current).then_some("page")>{name}</a></li> }
            })
            .collect();
        // Who runs the site can mend it; everybody else would only wonder.
        let proxy = (account.role == Role::Admin).then(|| proxies::fault(site)).flatten();
        let proxy = proxy.map(|fault| view! { <p class="newsroom__fault" role="alert">{fault}"."</p> });
        view! {
            <html lang="en">
                {head_tags(site, &front.edition, head)}
                <body class="newsroom">
                    <a class="skip" href="#main">{front.words.skip_to_content}</a>
                    <header class="newsroom__head">
                        <p class="newsroom__name"><a href="/">{front.edition.name.clone()}</a>" · Newsroom"</p>
                        <nav aria-label="Newsroom"><ul class="newsroom__nav">{items}</ul></nav>
                        <div class="newsroom__who">
                            <a href="/newsroom/password">{account.name.clone()}</a>
                            <form method="post" action="/sign-out"><button type="submit">"Sign out"</button></form>
                        </div>
                    </header>
                    <main id="main" class="newsroom__main" tabindex="-1">
                        <h1>{title.to_owned()}</h1>
                        {proxy}
                        {main(&dress)}
                    </main>
                    <script r#type="module" src=assets::url("newsroom.js")></script>
                </body>
            </html>
        }
        .to_html()
    });
    owner.cleanup();
    format!("<!DOCTYPE html>{}", html.replace("<!>", "<!---->"))
}

/// The queues, by their names in addresses.
pub const QUEUES: [(&str, &str, Option<State>); 6] = [
    ("held", "Held", Some(State::Held)),
    ("reported", "Reported", None),
    ("published", "Published", Some(State::Approved)),
    ("rejected", "Rejected", Some(State::Rejected)),
    ("spam", "Spam", Some(State::Spam)),
    ("withdrawn", "Withdrawn", Some(State::Withdrawn)),
];

/// A queue as it is looked at.
pub struct Queue<'a> {
    /// Its name in addresses.
    pub name: &'static str,
    /// What is looked for.
    pub text: &'a str,
    /// The slug of one article; empty for all.
    pub article: &'a str,
    /// What stands in it.
    pub items: &'a [Waiting],
    /// The address of what follows.
    pub more: Option<String>,
    /// How many stand in each state.
    pub counts: &'a HashMap<State, i64>,
    /// How many are reported.
    pub reported: i64,
    /// The address of this very page.
    pub here: String,
    /// A line about what was done.
    pub said: Option<String>,
}

/// The page of a queue.
pub fn queue(site: &Site, front: &Front, account: &Account, queue: &Queue<'_>) -> String {
    page(site, front, account, "Comments", "/newsroom/comments", |dress| {
        let tabs: Vec<_> = QUEUES
            .into_iter()
            .map(|(name, label, state)| {
                let count = state.map_or(queue.reported, |state| queue.counts.get(&state).copied().unwrap_or(0));
                let to = format!("/newsroom/comments?queue={name}");
                let current = (name == queue.name).then_some("page");
                view! {
                    <li><a href=to aria-current=current>{label}" "<span class="queue__count" data-queue=name>{count}</span></a></li>
                }
            })
            .collect();
        let cases: Vec<_> = queue.items.iter().map(|item| case(dress, item)).collect();
        let nothing = match queue.name {
            _ if !queue.text.is_empty() || !queue.article.is_empty() => "Nothing was found.",
            "held" | "reported" => "Nothing waits here.",
            _ => "There is nothing here yet.",
        };
        let empty = queue.items.is_empty().then(|| view! { <p class="honest">{nothing}</p> });
        let more =
            queue.more.clone().map(|to| view! { <p class="comments__more"><a class="button" href=to>"More"</a></p> });
        let said = queue.said.clone();
        let text = Field::new("queue", "text", "Words, name, email or address", 200).value(queue.text);
        let article = Field::new("queue", "article", "Article (its address)", 200).value(queue.article);
        view! {
            <nav aria-label="Queues"><ul class="queue__tabs">{tabs}</ul></nav>
            <form class="queue__search" method="get" action="/newsroom/comments" role="search">
                <input type="hidden" name="queue" value=queue.name/>
                {text.line("search", "off")}
                {article.line("text", "off")}
                <p class="form__act"><button class="button" type="submit">"Search"</button></p>
            </form>
            <p class="queue__said" id="queue-said" role="status">{said}</p>
            <form class="queue" method="post" action="/newsroom/comments">
                <input type="hidden" name="back" value=queue.here.clone()/>
                <div class="queue__acts" role="group" aria-label="With the selected">
                    <label><input type="checkbox" id="queue-all"/>" All"</label>
                    <button class="button" name="act" value="approve">"Approve"</button>
                    <button class="button button--quiet" name="act" value="reject">"Reject"</button>
                    <button class="button button--quiet" name="act" value="spam">"Spam"</button>
                    <p class="queue__keys">"Keys: j k move, a approve, r reject, s spam, e edit, u undo, x select"</p>
                </div>
                {empty}
                <ol class="queue__list">{cases}</ol>
            </form>
            {more}
        }
        .piece()
    })
}

fn state_name(state: State) -> &'static str {
    match state {
        State::Approved => "Published",
        State::Held => "Held",
        State::Rejected => "Rejected",
        State::Spam => "Spam",
        State::Withdrawn => "Withdrawn",
    }
}

fn facts(dress: &Dress, item: &Waiting) -> Piece {
    let who = [item.email.as_str(), item.address.as_str()].into_iter().filter(|text| !text.is_empty());
    let who = who.collect::<Vec<_>>().join(" · ");
    let at = Timestamp(item.at);
    let article = (!item.slug.is_empty()).then(|| {
        view! { " · "<a href=format!("/newsroom/comments?queue=published&article={}", item.slug)>{item.title.clone()}</a> }
    });
    view! {
        <p class="case__head">
            <strong class="case__name">{item.name.clone()}</strong>
            <span class="case__who">{who}</span>
            <time datetime=dress.calendar.machine(at)>{dress.calendar.date_time(at)}</time>
            <span class="case__where">{article}</span>
        </p>
    }
    .piece()
}

fn text_of(item: &Waiting) -> Piece {
    // As readers would see it: the body was cleaned when it was stored.
    view! { <div class="comment__body" inner_html=item.body.clone()></div> }.piece()
}

fn findings_of(item: &Waiting) -> Piece {
    let lines: Vec<_> = rules::read(&item.findings)
        .into_iter()
        .map(|finding| {
            let verdict = match finding.verdict {
                Verdict::Hold => "hold",
                Verdict::Spam => "spam",
            };
            view! { <li><strong>{finding.rule}</strong>{format!(" ({verdict}, {} %): ", finding.score)}{finding.why}</li> }
        })
        .collect();
    let lines = (!lines.is_empty())
        .then(|| view! { <ul class="case__findings" aria-label="What the filter found">{lines}</ul> });
    let reports = (!item.reasons.is_empty()).then(|| {
        view! { <p class="case__reports"><strong>{if item.reports == 1 { "Reported: ".into() } else { format!("Reported {} times: ", item.reports) }}</strong>{item.reasons.clone()}</p> }
    });
    let note = (!item.note.is_empty())
        .then(|| view! { <p class="case__note"><strong>"Note: "</strong>{item.note.clone()}</p> });
    view! { {lines}{reports}{note} }.piece()
}

fn case(dress: &Dress, item: &Waiting) -> Piece {
    let id = item.id;
    let state = State::of(&item.status);
    let buttons: Vec<_> = [
        ("approve", "Approve", State::Approved),
        ("reject", "Reject", State::Rejected),
        ("spam", "Spam", State::Spam),
    ]
    .into_iter()
    // What is published and reported can be approved again: then the reports are settled.
    .filter(|(_, _, to)| *to != state || item.reports > 0)
    .map(|(act, label, _)| {
        view! { <button class="case__act" name="one" value=format!("{act}:{id}") aria-label=format!("{label}: {}", item.name)>{label}</button> }
    })
    .collect();
    view! {
        <li class="case" data-id=id.to_string() data-state=item.status.clone() tabindex="-1">
            <label class="case__pick"><input type="checkbox" name="id" value=id.to_string()/><span class="visually-hidden">{format!("Select the comment of {}", item.name)}</span></label>
            <div class="case__matter">
                {facts(dress, item)}
                {text_of(item)}
                {findings_of(item)}
                <p class="case__acts">
                    {buttons}
                    <button class="case__act case__undo" name="one" value=format!("undo:{id}")>"Undo"</button>
                    <a class="case__act case__file" href=format!("/newsroom/comments/{id}")>"File"</a>
                    <span class="case__state">{state_name(state)}</span>
                </p>
            </div>
        </li>
    }
    .piece()
}
